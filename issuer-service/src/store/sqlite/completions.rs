//! Completions: added once, listed, and moved from stage to stage.

use rusqlite::{Row, Transaction, named_params, params};
use stapel_credential::Timestamp;
use stapel_issuer::{
    AuditEntry, Completion, CompletionFilter, CompletionId, Cursor, Insertion, LearnerRef, NotChanged, Page, Stage,
    StageName, Transition, TransitionError,
};

use super::catalogue::to_json;
use super::fault::Answer;
use super::read::Columns;
use super::stage::{StageColumns, completion};
use super::{audit, offers, status};

/// A completion with its badge's id, as `stage::completion` reads it: the columns of `stage::ORDER`.
const SELECT: &str = "SELECT c.id, c.seq, c.achievement, c.achievement_version, c.learner_kind, c.learner, c.awarded,
         c.further, c.recorded_by, c.recorded_at, c.stage, c.approved_by, c.approved_at, c.approval_body,
         c.approval_reference, c.approval_day, c.offer_hash, c.offer_expires, c.claimed_at, c.ended_by, c.ended_at,
         c.ended_reason, k.id AS credential_id, k.signed_at AS credential_signed_at
     FROM completions AS c LEFT JOIN credentials AS k ON k.completion = c.seq";

pub(crate) fn add(tx: &Transaction<'_>, completions: &[Completion], entry: &AuditEntry) -> Answer<Vec<Insertion>> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO completions (id, achievement, achievement_version, learner_kind, learner, awarded, further,
             recorded_by, recorded_at, stage)
         VALUES (:id, :achievement, :version, :kind, :learner, :awarded, :further, :recorded_by, :recorded_at, :stage)
         ON CONFLICT (learner, achievement, awarded, superseded) DO NOTHING",
    )?;
    let mut find = tx.prepare_cached(
        "SELECT id FROM completions WHERE learner = ?1 AND achievement = ?2 AND awarded = ?3 AND superseded = 0",
    )?;
    let mut insertions = Vec::with_capacity(completions.len());
    for new in completions {
        let facts = &new.facts;
        let (kind, learner) = match &facts.learner {
            LearnerRef::Did(did) => ("did", did.as_str()),
            LearnerRef::School(school) => ("school", school.as_str()),
        };
        let (code, awarded) = (facts.achievement.code.as_str(), facts.awarded.to_string());
        let added = insert.execute(named_params! {
            ":id": new.id.to_string(),
            ":achievement": code,
            ":version": facts.achievement.version,
            ":kind": kind,
            ":learner": learner,
            ":awarded": awarded,
            ":further": to_json(&facts.further),
            ":recorded_by": new.recorded_by.as_str(),
            ":recorded_at": new.recorded_at.unix_seconds(),
            ":stage": StageName::Recorded.as_str(),
        })?;
        insertions.push(if added == 1 {
            Insertion::Inserted
        } else {
            let mut rows = find.query(params![learner, code, awarded])?;
            let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            Insertion::Duplicate { of: Columns::of("completions", "id", row)?.text("id", CompletionId::parse)? }
        });
    }
    audit::add(tx, entry)?;
    Ok(insertions)
}

pub(crate) fn find(tx: &Transaction<'_>, id: CompletionId) -> Answer<Option<Completion>> {
    Ok(load(tx, "c.id = ?1", params![id.to_string()])?.map(|(_, completion)| completion))
}

/// The one row for which the condition holds, with its row number.
pub(crate) fn load(
    tx: &Transaction<'_>,
    condition: &str,
    params: impl rusqlite::Params,
) -> Answer<Option<(i64, Completion)>> {
    let mut statement = tx.prepare_cached(&format!("{SELECT} WHERE {condition}"))?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(numbered).transpose()
}

fn numbered(row: &Row<'_>) -> Answer<(i64, Completion)> {
    Ok((row.get(1)?, completion(row)?))
}

pub(crate) fn list(
    tx: &Transaction<'_>,
    filter: &CompletionFilter,
    after: Cursor,
    limit: usize,
) -> Answer<Page<Completion>> {
    let Page { items, next } = numbered_list(tx, filter, after, limit)?;
    Ok(Page { items: items.into_iter().map(|(_, completion)| completion).collect(), next })
}

fn numbered_list(
    tx: &Transaction<'_>,
    filter: &CompletionFilter,
    after: Cursor,
    limit: usize,
) -> Answer<Page<(i64, Completion)>> {
    let mut conditions = String::from("c.seq > :after");
    let kind = filter.with_did.map(|did| if did { "did" } else { "school" });
    let stage = filter.stage.map(StageName::as_str);
    let achievement = filter.achievement.as_ref().map(stapel_issuer::AchievementCode::as_str);
    let limit_text = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut parameters: Vec<(&str, &dyn rusqlite::ToSql)> = vec![(":after", &after.0), (":limit", &limit_text)];
    if let Some(stage) = &stage {
        conditions.push_str(" AND c.stage = :stage");
        parameters.push((":stage", stage));
    }
    if let Some(kind) = &kind {
        conditions.push_str(" AND c.learner_kind = :kind");
        parameters.push((":kind", kind));
    }
    if let Some(achievement) = &achievement {
        conditions.push_str(" AND c.achievement = :achievement");
        parameters.push((":achievement", achievement));
    }
    let mut statement = tx.prepare_cached(&format!("{SELECT} WHERE {conditions} ORDER BY c.seq LIMIT :limit"))?;
    let mut rows = statement.query(parameters.as_slice())?;
    let (mut items, mut last) = (Vec::new(), after);
    while let Some(row) = rows.next()? {
        let found = numbered(row)?;
        last = Cursor(found.0);
        items.push(found);
    }
    let next = (items.len() == limit && limit > 0).then_some(last);
    Ok(Page { items, next })
}

pub(crate) fn change(
    tx: &Transaction<'_>,
    ids: &[CompletionId],
    transition: &Transition<'_>,
    entry: &AuditEntry,
) -> Answer<Vec<Result<Completion, NotChanged>>> {
    let mut outcomes = Vec::with_capacity(ids.len());
    for id in ids {
        outcomes.push(match load(tx, "c.id = ?1", params![id.to_string()])? {
            Some((seq, before)) => step(tx, seq, before, transition, entry.at)?,
            None => Err(NotChanged::Unknown { completion: *id }),
        });
    }
    if outcomes.iter().any(Result::is_ok) {
        audit::add(tx, entry)?;
    }
    Ok(outcomes)
}

pub(crate) fn change_filtered(
    tx: &Transaction<'_>,
    filter: &CompletionFilter,
    after: Cursor,
    limit: usize,
    transition: &Transition<'_>,
    entry: &AuditEntry,
) -> Answer<Page<Result<Completion, NotChanged>>> {
    let page = numbered_list(tx, filter, after, limit)?;
    let mut items = Vec::with_capacity(page.items.len());
    for (seq, before) in page.items {
        items.push(step(tx, seq, before, transition, entry.at)?);
    }
    let changed = items.iter().filter(|outcome| outcome.is_ok()).count();
    if changed > 0 {
        audit::add(tx, &AuditEntry { count: u32::try_from(changed).unwrap_or(u32::MAX), ..entry.clone() })?;
    }
    Ok(Page { items, next: page.next })
}

/// Takes one completion to its next stage, if it may go there.
fn step(
    tx: &Transaction<'_>,
    seq: i64,
    before: Completion,
    transition: &Transition<'_>,
    at: Timestamp,
) -> Answer<Result<Completion, NotChanged>> {
    let (id, from) = (before.id, before.stage.clone());
    Ok(match transition(before) {
        Ok(after) if counts_again(&from, &after.stage) && is_recorded_again(tx, seq)? => {
            Err(TransitionError::RecordedAgain { completion: id }.into())
        }
        Ok(after) => {
            store(tx, seq, &from, &after.stage, at)?;
            Ok(after)
        }
        Err(refused) => Err(refused.into()),
    })
}

/// Whether the step takes back an end.
fn counts_again(from: &Stage, to: &Stage) -> bool {
    StageColumns::of(from).ended.is_some() && StageColumns::of(to).ended.is_none()
}

/// Whether another completion says the same, and counts.
fn is_recorded_again(tx: &Transaction<'_>, seq: i64) -> Answer<bool> {
    let mut statement = tx.prepare_cached(
        "SELECT 1 FROM completions AS c JOIN completions AS other USING (learner, achievement, awarded)
         WHERE c.seq = ?1 AND other.superseded = 0 AND other.seq <> c.seq",
    )?;
    Ok(statement.exists([seq])?)
}

/// Writes the stage, and what goes with the step to it.
pub(crate) fn store(tx: &Transaction<'_>, seq: i64, from: &Stage, to: &Stage, at: Timestamp) -> Answer<()> {
    let columns = StageColumns::of(to);
    let decision = columns.approved.map(|approved| &approved.decision);
    // An index is written anew whenever a column of it is named, so each statement names what its step changes.
    let mut update = tx.prepare_cached(
        "UPDATE completions SET stage = :stage, approved_by = :approved_by, approved_at = :approved_at,
             approval_body = :body, approval_reference = :reference, approval_day = :day, claimed_at = :claimed_at
         WHERE seq = :seq",
    )?;
    update.execute(named_params! {
        ":stage": columns.stage,
        ":approved_by": columns.approved.map(|approved| approved.by.as_str()),
        ":approved_at": columns.approved.map(|approved| approved.at.unix_seconds()),
        ":body": decision.map(|decision| &decision.body),
        ":reference": decision.and_then(|decision| decision.reference.as_ref()),
        ":day": decision.and_then(|decision| decision.day).map(|day| day.to_string()),
        ":claimed_at": columns.claimed_at.map(Timestamp::unix_seconds),
        ":seq": seq,
    })?;
    offer_changes(tx, seq, from, to, at)?;
    end_changes(tx, seq, from, to)
}

/// What a code that is handed out, used or replaced changes.
fn offer_changes(tx: &Transaction<'_>, seq: i64, from: &Stage, to: &Stage, at: Timestamp) -> Answer<()> {
    if let Stage::Offered(_, offer) = from {
        offers::spend(tx, seq, offer.code_hash, at)?;
    }
    let offer = match to {
        Stage::Offered(_, offer) => Some(offer),
        _ => None,
    };
    if offer.is_some() {
        offers::end_sessions(tx, seq)?;
    }
    if offer.is_some() || matches!(from, Stage::Offered(..)) {
        tx.prepare_cached("UPDATE completions SET offer_hash = ?2, offer_expires = ?3 WHERE seq = ?1")?.execute(
            params![
                seq,
                offer.map(|offer| offer.code_hash.as_bytes()),
                offer.map(|offer| offer.expires.unix_seconds())
            ],
        )?;
    }
    Ok(())
}

/// What an end, or the end of an end, changes.
fn end_changes(tx: &Transaction<'_>, seq: i64, from: &Stage, to: &Stage) -> Answer<()> {
    let ended = StageColumns::of(to).ended;
    if ended.is_some() || StageColumns::of(from).ended.is_some() {
        let superseded = if ended.is_some() { seq } else { 0 };
        tx.prepare_cached(
            "UPDATE completions SET superseded = ?2, ended_by = ?3, ended_at = ?4, ended_reason = ?5 WHERE seq = ?1",
        )?
        .execute(params![
            seq,
            superseded,
            ended.map(|ended| ended.by.as_str()),
            ended.map(|ended| ended.at.unix_seconds()),
            ended.map(|ended| &ended.reason)
        ])?;
    }
    match (from.name() == StageName::Revoked, to.name() == StageName::Revoked) {
        (false, true) => status::set_bit(tx, seq),
        (true, false) => status::clear_bit(tx, seq),
        _ => Ok(()),
    }
}

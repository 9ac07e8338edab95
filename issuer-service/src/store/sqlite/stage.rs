//! Which columns does each stage of a completion set, and which combinations can no version of this program have written?

use rusqlite::Row;
use stapel_credential::{Day, Did, Timestamp, Uri};
use stapel_issuer::{
    AchievementCode, AchievementRef, ActorId, Approved, Completion, CompletionFacts, CompletionId, Decision, Ended,
    Issued, LearnerRef, Offer, SchoolRef, SecretHash, Stage, StageName,
};

use super::fault::Answer;
use super::read::{Columns, word};

/// The columns of `completions` from `stage` on, as a stage sets them; those of an offer are set apart.
#[derive(Default)]
pub(crate) struct StageColumns<'s> {
    pub stage: &'static str,
    pub approved: Option<&'s Approved>,
    pub claimed_at: Option<Timestamp>,
    pub ended: Option<&'s Ended>,
}

impl<'s> StageColumns<'s> {
    pub(crate) fn of(stage: &'s Stage) -> Self {
        let columns = Self { stage: stage.name().as_str(), approved: stage.approved(), ..Self::default() };
        match stage {
            Stage::Recorded | Stage::Approved(_) | Stage::Offered(..) | Stage::Signed(..) => columns,
            Stage::Claimed(_, at) => Self { claimed_at: Some(*at), ..columns },
            Stage::Rejected(ended) | Stage::Revoked(_, _, ended) => Self { ended: Some(ended), ..columns },
        }
    }
}

/// The columns of a completion with its badge, in the order in which they are asked for.
const ORDER: [&str; 24] = [
    "id",
    "seq",
    "achievement",
    "achievement_version",
    "learner_kind",
    "learner",
    "awarded",
    "further",
    "recorded_by",
    "recorded_at",
    "stage",
    "approved_by",
    "approved_at",
    "approval_body",
    "approval_reference",
    "approval_day",
    "offer_hash",
    "offer_expires",
    "claimed_at",
    "ended_by",
    "ended_at",
    "ended_reason",
    "credential_id",
    "credential_signed_at",
];

/// What a row says, before it is asked whether it fits together.
struct Found {
    approved: Option<Approved>,
    offer: Option<Offer>,
    claimed_at: Option<Timestamp>,
    ended: Option<Ended>,
    issued: Option<Issued>,
}

/// Reads a row of `completions` joined with the id and instant of its badge, in the order of [`ORDER`].
pub(crate) fn completion(row: &Row<'_>) -> Answer<Completion> {
    let columns = Columns::in_order("completions", &ORDER, row)?;
    let learner = columns.text("learner_kind", |kind| match kind {
        "did" => Ok(true),
        "school" => Ok(false),
        _ => Err(()),
    })?;
    let learner = if learner {
        columns.text("learner", Did::parse).map(LearnerRef::Did)?
    } else {
        columns.text("learner", SchoolRef::parse).map(LearnerRef::School)?
    };
    Ok(Completion {
        id: columns.text("id", CompletionId::parse)?,
        facts: CompletionFacts {
            achievement: AchievementRef {
                code: columns.text("achievement", AchievementCode::parse)?,
                version: columns.raw("achievement_version")?,
            },
            learner,
            awarded: columns.text("awarded", Day::parse)?,
            further: columns.json("further")?,
        },
        recorded_by: columns.text("recorded_by", ActorId::parse)?,
        recorded_at: columns.instant("recorded_at")?,
        stage: stage(&columns)?,
    })
}

fn stage(columns: &Columns<'_>) -> Answer<Stage> {
    let name = columns.text("stage", word(StageName::find))?;
    let found = found(columns)?;
    let lacks = |column| Err(columns.inconsistent(column).into());
    // Which column is there although the stage has no place for it, or is missing although it needs it.
    let refuse = |found: &Found, approved: bool, offer: bool, claimed: bool, ended: bool, issued: bool| {
        [
            ("approved_by", found.approved.is_some(), approved),
            ("offer_hash", found.offer.is_some(), offer),
            ("claimed_at", found.claimed_at.is_some(), claimed),
            ("ended_by", found.ended.is_some(), ended),
            ("stage", found.issued.is_some(), issued),
        ]
        .into_iter()
        .find(|(_, is, should)| is != should)
        .map_or("stage", |(column, ..)| column)
    };
    match (name, found) {
        (StageName::Recorded, Found { approved: None, offer: None, claimed_at: None, ended: None, issued: None }) => {
            Ok(Stage::Recorded)
        }
        (
            StageName::Approved,
            Found { approved: Some(approved), offer: None, claimed_at: None, ended: None, issued: None },
        ) => Ok(Stage::Approved(approved)),
        (
            StageName::Offered,
            Found { approved: Some(approved), offer: Some(offer), claimed_at: None, ended: None, issued: None },
        ) => Ok(Stage::Offered(approved, offer)),
        (
            StageName::Claimed,
            Found { approved: Some(approved), offer: None, claimed_at: Some(at), ended: None, issued: None },
        ) => Ok(Stage::Claimed(approved, at)),
        (
            StageName::Signed,
            Found { approved: Some(approved), offer: None, claimed_at: None, ended: None, issued: Some(issued) },
        ) => Ok(Stage::Signed(approved, issued)),
        (
            StageName::Rejected,
            Found { approved: None, offer: None, claimed_at: None, ended: Some(ended), issued: None },
        ) => Ok(Stage::Rejected(ended)),
        (
            StageName::Revoked,
            Found { approved: Some(approved), offer: None, claimed_at: None, ended: Some(ended), issued: Some(issued) },
        ) => Ok(Stage::Revoked(approved, issued, ended)),
        (StageName::Recorded, found) => lacks(refuse(&found, false, false, false, false, false)),
        (StageName::Approved, found) => lacks(refuse(&found, true, false, false, false, false)),
        (StageName::Offered, found) => lacks(refuse(&found, true, true, false, false, false)),
        (StageName::Claimed, found) => lacks(refuse(&found, true, false, true, false, false)),
        (StageName::Signed, found) => lacks(refuse(&found, true, false, false, false, true)),
        (StageName::Rejected, found) => lacks(refuse(&found, false, false, false, true, false)),
        (StageName::Revoked, found) => lacks(refuse(&found, true, false, false, true, true)),
    }
}

fn found(columns: &Columns<'_>) -> Answer<Found> {
    let approved_by = columns.optional_text("approved_by", ActorId::parse)?;
    let body: Option<String> = columns.raw("approval_body")?;
    let approved = match (approved_by, columns.optional_instant("approved_at")?, body) {
        (Some(by), Some(at), Some(body)) => Some(Approved {
            by,
            at,
            decision: Decision {
                body,
                reference: columns.raw("approval_reference")?,
                day: columns.optional_text("approval_day", Day::parse)?,
            },
        }),
        (None, None, None) => None,
        (None, ..) => return Err(columns.inconsistent("approved_by").into()),
        (_, None, _) => return Err(columns.inconsistent("approved_at").into()),
        (.., None) => return Err(columns.inconsistent("approval_body").into()),
    };
    let offer =
        pair(columns, "offer_expires", columns.optional_hash("offer_hash")?, |code_hash: SecretHash, expires| Offer {
            code_hash,
            expires,
        })?;
    let reason: Option<String> = columns.raw("ended_reason")?;
    let ended = match (columns.optional_text("ended_by", ActorId::parse)?, reason) {
        (Some(by), Some(reason)) => Some((by, reason)),
        (None, None) => None,
        _ => return Err(columns.inconsistent("ended_reason").into()),
    };
    let ended = pair(columns, "ended_at", ended, |(by, reason), at| Ended { by, at, reason })?;
    let credential = columns.optional_text("credential_id", Uri::parse)?;
    let issued = pair(columns, "credential_signed_at", credential, |credential, at| Issued { credential, at })?;
    Ok(Found { approved, offer, claimed_at: columns.optional_instant("claimed_at")?, ended, issued })
}

/// A value and its instant: both or neither.
fn pair<A, T>(
    columns: &Columns<'_>,
    instant: &'static str,
    value: Option<A>,
    make: impl FnOnce(A, Timestamp) -> T,
) -> Answer<Option<T>> {
    match (value, columns.optional_instant(instant)?) {
        (Some(value), Some(at)) => Ok(Some(make(value, at))),
        (None, None) => Ok(None),
        _ => Err(columns.inconsistent(instant).into()),
    }
}

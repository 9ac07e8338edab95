//! Badges: stored together with the places that they take and the stage that they end.

use rusqlite::{Transaction, params};
use stapel_credential::{Did, Uri};
use stapel_issuer::{
    AuditEntry, CompletionId, Issuance, IssueBatch, IssuedCredential, SignNow, StageName, StatusListId,
    StatusListRecord,
};

use super::fault::Answer;
use super::read::Columns;
use super::{audit, status};

pub(crate) fn issue(
    tx: &Transaction<'_>,
    batch: IssueBatch<'_>,
    sign_now: &SignNow<'_>,
    entry: &AuditEntry,
) -> Answer<Issuance> {
    let count = batch.completions.len();
    let Some(list) = list(tx, &batch, count)? else { return Ok(Issuance::NoRoom) };
    let credentials = match batch.prepared {
        Some(prepared) if prepared.list == list.id && prepared.first == list.next => prepared.credentials,
        _ => match sign_now(&list, list.next) {
            Ok(credentials) => credentials,
            Err(failure) => return Ok(Issuance::NotSigned(failure)),
        },
    };
    let skipped = insert(tx, &list, &credentials, batch.from)?;
    if skipped.len() < count {
        let taken = i64::try_from(count).unwrap_or(i64::MAX);
        tx.prepare_cached("UPDATE status_lists SET next = next + ?2 WHERE id = ?1")?
            .execute(params![list.id.to_string(), taken])?;
        audit::add(tx, entry)?;
    }
    Ok(Issuance::Issued { skipped })
}

/// The list that the batch was prepared for, if it still has room; else any.
fn list(tx: &Transaction<'_>, batch: &IssueBatch<'_>, count: usize) -> Answer<Option<StatusListRecord>> {
    if let Some(prepared) = &batch.prepared
        && let Some(list) = status::find(tx, prepared.list)?
        && usize::try_from(list.room()).is_ok_and(|room| room >= count)
    {
        return Ok(Some(list));
    }
    status::find_open(tx, batch.purpose, count)
}

fn insert(
    tx: &Transaction<'_>,
    list: &StatusListRecord,
    credentials: &[IssuedCredential],
    from: StageName,
) -> Answer<Vec<CompletionId>> {
    let list_seq: i64 =
        tx.query_row("SELECT seq FROM status_lists WHERE id = ?1", [list.id.to_string()], |row| row.get(0))?;
    // Stages before a signature are left by clearing what only they know.
    let mut take = tx.prepare_cached(
        "UPDATE completions SET stage = 'signed', claimed_at = NULL
         WHERE id = ?1 AND stage = ?2 AND learner_kind = ?3 RETURNING seq",
    )?;
    let mut store = tx.prepare_cached(
        "INSERT INTO credentials (completion, id, holder, status_list, status_index, signed_at, document)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let kind = if from == StageName::Claimed { "school" } else { "did" };
    let mut skipped = Vec::new();
    for credential in credentials {
        let seq: Option<i64> = {
            let mut rows = take.query(params![credential.completion.to_string(), from.as_str(), kind])?;
            let seq = rows.next()?.map(|row| row.get(0)).transpose()?;
            while rows.next()?.is_some() {}
            seq
        };
        let Some(seq) = seq else {
            skipped.push(credential.completion);
            continue;
        };
        store.execute(params![
            seq,
            credential.id.as_str(),
            credential.holder.as_str(),
            list_seq,
            credential.status_index,
            credential.signed_at.unix_seconds(),
            credential.text
        ])?;
    }
    Ok(skipped)
}

pub(crate) fn find(
    tx: &Transaction<'_>,
    condition: &str,
    params: impl rusqlite::Params,
) -> Answer<Option<IssuedCredential>> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT k.*, c.id AS completion_id, l.id AS list_id FROM credentials AS k
         JOIN completions AS c ON c.seq = k.completion JOIN status_lists AS l ON l.seq = k.status_list
         WHERE {condition}"
    ))?;
    let mut rows = statement.query(params)?;
    rows.next()?
        .map(|row| {
            let columns = Columns::of("credentials", "id", row)?;
            Ok(IssuedCredential {
                id: columns.text("id", Uri::parse)?,
                completion: columns.text("completion_id", CompletionId::parse)?,
                holder: columns.text("holder", Did::parse)?,
                status_list: columns.text("list_id", StatusListId::parse)?,
                status_index: columns.raw("status_index")?,
                signed_at: columns.instant("signed_at")?,
                text: columns.raw("document")?,
            })
        })
        .transpose()
}

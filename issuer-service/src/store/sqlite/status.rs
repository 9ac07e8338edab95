//! Status lists: their counters, their set bits, their signed texts.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use stapel_credential::StatusPurpose;
use stapel_issuer::{Added, OrderKey, StatusBits, StatusListId, StatusListRecord, StatusSnapshot};

use super::fault::Answer;
use super::read::{Columns, stored};

pub(crate) fn add(tx: &Transaction<'_>, list: &StatusListRecord) -> Answer<Added> {
    let added = tx.execute(
        "INSERT INTO status_lists (id, purpose, entries, order_key, next, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO NOTHING",
        params![
            list.id.to_string(),
            list.purpose.to_string(),
            list.entries,
            list.order.as_bytes(),
            list.next,
            stored(list.revision)
        ],
    )?;
    Ok(if added == 1 { Added::Added } else { Added::Taken })
}

/// The lists for which the condition holds, oldest first.
pub(crate) fn lists(
    tx: &Transaction<'_>,
    condition: &str,
    params: impl rusqlite::Params,
) -> Answer<Vec<StatusListRecord>> {
    let mut statement = tx.prepare_cached(&format!("SELECT * FROM status_lists WHERE {condition} ORDER BY seq"))?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(list(row)?);
    }
    Ok(found)
}

pub(crate) fn find(tx: &Transaction<'_>, id: StatusListId) -> Answer<Option<StatusListRecord>> {
    Ok(lists(tx, "id = ?1", params![id.to_string()])?.into_iter().next())
}

/// The oldest list of that purpose with at least so much room.
pub(crate) fn find_open(tx: &Transaction<'_>, purpose: StatusPurpose, room: usize) -> Answer<Option<StatusListRecord>> {
    let room = i64::try_from(room).unwrap_or(i64::MAX);
    let found = lists(tx, "purpose = ?1 AND entries - next >= ?2", params![purpose.to_string(), room])?;
    Ok(found.into_iter().next())
}

fn list(row: &Row<'_>) -> Answer<StatusListRecord> {
    let columns = Columns::of("status_lists", "id", row)?;
    Ok(StatusListRecord {
        id: columns.text("id", StatusListId::parse)?,
        purpose: columns.text("purpose", purpose)?,
        entries: columns.raw("entries")?,
        order: OrderKey::from_bytes(columns.raw("order_key")?),
        next: columns.raw("next")?,
        revision: columns.count("revision")?,
    })
}

fn purpose(text: &str) -> Result<StatusPurpose, ()> {
    match text {
        "revocation" => Ok(StatusPurpose::Revocation),
        "suspension" => Ok(StatusPurpose::Suspension),
        _ => Err(()),
    }
}

pub(crate) fn find_bits(tx: &Transaction<'_>, id: StatusListId) -> Answer<Option<StatusBits>> {
    let Some(list) = find(tx, id)? else { return Ok(None) };
    let mut statement = tx.prepare_cached(
        "SELECT place FROM status_bits WHERE list = (SELECT seq FROM status_lists WHERE id = ?1) ORDER BY place",
    )?;
    let set = statement.query_map([id.to_string()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Some(StatusBits { list, set }))
}

/// Sets the bit of the badge of that completion.
pub(crate) fn set_bit(tx: &Transaction<'_>, completion: i64) -> Answer<()> {
    tx.prepare_cached(
        "INSERT INTO status_bits (list, place)
         SELECT status_list, status_index FROM credentials WHERE completion = ?1",
    )?
    .execute([completion])?;
    next_revision(tx, completion)
}

/// Clears the bit of the badge of that completion.
pub(crate) fn clear_bit(tx: &Transaction<'_>, completion: i64) -> Answer<()> {
    tx.prepare_cached(
        "DELETE FROM status_bits
         WHERE (list, place) = (SELECT status_list, status_index FROM credentials WHERE completion = ?1)",
    )?
    .execute([completion])?;
    next_revision(tx, completion)
}

fn next_revision(tx: &Transaction<'_>, completion: i64) -> Answer<()> {
    tx.prepare_cached(
        "UPDATE status_lists SET revision = revision + 1
         WHERE seq = (SELECT status_list FROM credentials WHERE completion = ?1)",
    )?
    .execute([completion])?;
    Ok(())
}

pub(crate) fn find_snapshot(tx: &Transaction<'_>, id: StatusListId) -> Answer<Option<StatusSnapshot>> {
    let mut statement = tx.prepare_cached(
        "SELECT l.id AS key, s.revision, s.signed_at, s.document
         FROM status_snapshots AS s JOIN status_lists AS l ON l.seq = s.list WHERE l.id = ?1",
    )?;
    let mut rows = statement.query([id.to_string()])?;
    rows.next()?
        .map(|row| {
            let columns = Columns::of("status_snapshots", "key", row)?;
            Ok(StatusSnapshot {
                revision: columns.count("revision")?,
                signed_at: columns.instant("signed_at")?,
                text: columns.raw("document")?,
            })
        })
        .transpose()
}

pub(crate) fn save_snapshot(tx: &Transaction<'_>, id: StatusListId, snapshot: &StatusSnapshot) -> Answer<()> {
    let seq: Option<i64> =
        tx.query_row("SELECT seq FROM status_lists WHERE id = ?1", [id.to_string()], |row| row.get(0)).optional()?;
    tx.execute(
        "INSERT INTO status_snapshots (list, revision, signed_at, document) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (list) DO UPDATE
         SET revision = excluded.revision, signed_at = excluded.signed_at, document = excluded.document
         WHERE (excluded.revision, excluded.signed_at) > (revision, signed_at)",
        params![seq, stored(snapshot.revision), snapshot.signed_at.unix_seconds(), snapshot.text],
    )?;
    Ok(())
}

//! API keys and the audit log.

use rusqlite::{Row, Transaction, params};
use stapel_credential::Timestamp;
use stapel_issuer::{Action, ActorId, Added, ApiKey, AuditEntry, Cursor, Page, Role, SecretHash};

use super::catalogue::audited;
use super::fault::Answer;
use super::read::{Columns, word};

pub(crate) fn add(tx: &Transaction<'_>, entry: &AuditEntry) -> Answer<()> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO audit_log (at, actor, role, action, object, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![
        entry.at.unix_seconds(),
        entry.actor.as_str(),
        entry.role.name(),
        entry.action.name(),
        entry.object,
        entry.count
    ])?;
    Ok(())
}

pub(crate) fn log(tx: &Transaction<'_>, after: Cursor, limit: usize) -> Answer<Page<AuditEntry>> {
    let mut statement =
        tx.prepare_cached("SELECT cast(seq AS TEXT) AS key, * FROM audit_log WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
    let mut rows = statement.query(params![after.0, i64::try_from(limit).unwrap_or(i64::MAX)])?;
    let (mut items, mut last) = (Vec::new(), after);
    while let Some(row) = rows.next()? {
        let columns = Columns::of("audit_log", "key", row)?;
        last = Cursor(columns.raw("seq")?);
        items.push(AuditEntry {
            at: columns.instant("at")?,
            actor: columns.text("actor", ActorId::parse)?,
            role: columns.text("role", word(Role::find))?,
            action: columns.text("action", word(Action::find))?,
            object: columns.raw("object")?,
            count: columns.raw("count")?,
        });
    }
    let next = (items.len() == limit && limit > 0).then_some(last);
    Ok(Page { items, next })
}

pub(crate) fn add_key(tx: &Transaction<'_>, key: &ApiKey, entry: &AuditEntry) -> Answer<Added> {
    let added = tx.execute(
        "INSERT INTO api_keys (name, role, token_hash, created_at, ended_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (name) DO NOTHING",
        params![
            key.name.as_str(),
            key.role.name(),
            key.hash.as_bytes(),
            key.created.unix_seconds(),
            key.ended.map(Timestamp::unix_seconds)
        ],
    )?;
    audited(tx, added, entry)
}

pub(crate) fn find_key(tx: &Transaction<'_>, token: SecretHash) -> Answer<Option<ApiKey>> {
    let mut statement = tx.prepare_cached("SELECT * FROM api_keys WHERE token_hash = ?1")?;
    let mut rows = statement.query([token.as_bytes()])?;
    rows.next()?.map(key).transpose()
}

pub(crate) fn keys(tx: &Transaction<'_>) -> Answer<Vec<ApiKey>> {
    let mut statement = tx.prepare_cached("SELECT * FROM api_keys ORDER BY name")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(key(row)?);
    }
    Ok(found)
}

pub(crate) fn end_key(tx: &Transaction<'_>, name: &ActorId, at: Timestamp, entry: &AuditEntry) -> Answer<bool> {
    let ended = tx.execute(
        "UPDATE api_keys SET ended_at = ?2 WHERE name = ?1 AND ended_at IS NULL",
        params![name.as_str(), at.unix_seconds()],
    )?;
    Ok(audited(tx, ended, entry)? == Added::Added)
}

fn key(row: &Row<'_>) -> Answer<ApiKey> {
    let columns = Columns::of("api_keys", "name", row)?;
    Ok(ApiKey {
        name: columns.text("name", ActorId::parse)?,
        role: columns.text("role", word(Role::find))?,
        hash: columns.hash("token_hash")?,
        created: columns.instant("created_at")?,
        ended: columns.optional_instant("ended_at")?,
    })
}

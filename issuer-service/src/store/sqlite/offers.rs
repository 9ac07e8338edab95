//! One-time codes, the sessions that they open, and single-use nonces.

use rusqlite::{Transaction, params};
use stapel_credential::Timestamp;
use stapel_issuer::{AuditEntry, ClaimSession, CompletionId, NonceUse, Redemption, SecretHash, Stage};

use super::fault::Answer;
use super::read::Columns;
use super::{audit, completions};

/// Remembers that a code was used or replaced.
pub(crate) fn spend(tx: &Transaction<'_>, completion: i64, code: SecretHash, at: Timestamp) -> Answer<()> {
    let mut insert = tx.prepare_cached("INSERT INTO spent_offers VALUES (?1, ?2, ?3)")?;
    insert.execute(params![code.as_bytes(), completion, at.unix_seconds()])?;
    Ok(())
}

/// A new code ends the sessions that an older one opened.
pub(crate) fn end_sessions(tx: &Transaction<'_>, completion: i64) -> Answer<()> {
    tx.prepare_cached("DELETE FROM sessions WHERE completion = ?1")?.execute([completion])?;
    Ok(())
}

pub(crate) fn redeem(
    tx: &Transaction<'_>,
    code: SecretHash,
    token: SecretHash,
    session_expires: Timestamp,
    now: Timestamp,
    entry: &AuditEntry,
) -> Answer<Redemption> {
    let Some((seq, completion)) = completions::load(tx, "c.offer_hash = ?1", params![code.as_bytes()])? else {
        let mut spent = tx.prepare_cached("SELECT 1 FROM spent_offers WHERE code_hash = ?1")?;
        return Ok(if spent.exists([code.as_bytes()])? { Redemption::Spent } else { Redemption::Unknown });
    };
    let from = completion.stage.clone();
    if let Stage::Offered(_, offer) = &from
        && offer.expires <= now
    {
        return Ok(Redemption::Expired { at: offer.expires });
    }
    // Only an offered completion has a code, so this step always can be taken; if not, the code is no longer good.
    let Ok(claimed) = completion.claim(now) else { return Ok(Redemption::Spent) };
    completions::store(tx, seq, &from, &claimed.stage, now)?;
    tx.execute("DELETE FROM sessions WHERE expires_at <= ?1", [now.unix_seconds()])?;
    tx.execute(
        "INSERT INTO sessions (token_hash, completion, expires_at) VALUES (?1, ?2, ?3)",
        params![token.as_bytes(), seq, session_expires.unix_seconds()],
    )?;
    audit::add(tx, &AuditEntry { object: claimed.id.to_string(), ..entry.clone() })?;
    Ok(Redemption::Redeemed(Box::new(claimed)))
}

pub(crate) fn find_session(tx: &Transaction<'_>, token: SecretHash) -> Answer<Option<ClaimSession>> {
    let mut statement = tx.prepare_cached(
        "SELECT c.id AS completion_id, s.expires_at FROM sessions AS s JOIN completions AS c ON c.seq = s.completion
         WHERE s.token_hash = ?1",
    )?;
    let mut rows = statement.query([token.as_bytes()])?;
    rows.next()?
        .map(|row| {
            let columns = Columns::of("sessions", "completion_id", row)?;
            Ok(ClaimSession {
                token,
                completion: columns.text("completion_id", CompletionId::parse)?,
                expires: columns.instant("expires_at")?,
            })
        })
        .transpose()
}

pub(crate) fn add_nonce(tx: &Transaction<'_>, nonce: SecretHash, expires: Timestamp, now: Timestamp) -> Answer<()> {
    tx.prepare_cached("DELETE FROM nonces WHERE expires_at <= ?1")?.execute([now.unix_seconds()])?;
    tx.prepare_cached("INSERT INTO nonces (nonce_hash, expires_at) VALUES (?1, ?2)")?
        .execute(params![nonce.as_bytes(), expires.unix_seconds()])?;
    Ok(())
}

pub(crate) fn take_nonce(tx: &Transaction<'_>, nonce: SecretHash, now: Timestamp) -> Answer<NonceUse> {
    let taken = tx
        .prepare_cached("DELETE FROM nonces WHERE nonce_hash = ?1 AND expires_at > ?2")?
        .execute(params![nonce.as_bytes(), now.unix_seconds()])?;
    Ok(if taken == 1 { NonceUse::Taken } else { NonceUse::Refused })
}

//! Which shape does the database have, and how does it get the newest? Numbered steps, each applied once, never changed.

use std::path::PathBuf;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use stapel_credential::Timestamp;

use super::OpenError;

/// The steps; the first has number 1.
const STEPS: [&str; 2] = [include_str!("0001_first.sql"), include_str!("0002_board.sql")];

/// The version that this program reads and writes.
pub(crate) const NEWEST: u32 = 2;

/// What a migration did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migrated {
    /// The version before; 0 for a new database.
    pub from: u32,
    /// The version now.
    pub to: u32,
}

/// The version of the database; 0 when it is new.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    let known: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations')",
        [],
        |row| row.get(0),
    )?;
    if !known {
        return Ok(0);
    }
    connection.query_row("SELECT coalesce(max(version), 0) FROM migrations", [], |row| row.get(0))
}

/// Refuses a database of a later program: it may mean something else by the same columns.
pub(crate) fn refuse_newer(path: &std::path::Path, found: u32) -> Result<(), OpenError> {
    if found > NEWEST { Err(OpenError::Newer { path: PathBuf::from(path), found, known: NEWEST }) } else { Ok(()) }
}

/// Applies the steps that are missing, all in one transaction.
pub(crate) fn apply(
    connection: &mut Connection,
    path: &std::path::Path,
    now: Timestamp,
) -> Result<Migrated, OpenError> {
    let fail = |error| OpenError::sql(path, error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
    let from = version(&transaction).map_err(fail)?;
    refuse_newer(path, from)?;
    steps(&transaction, from, now).map_err(fail)?;
    transaction.commit().map_err(fail)?;
    Ok(Migrated { from, to: NEWEST })
}

fn steps(transaction: &Transaction<'_>, from: u32, now: Timestamp) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;",
    )?;
    for (version, step) in (1..).zip(STEPS).filter(|(version, _)| *version > from) {
        transaction.execute_batch(step)?;
        transaction.execute("INSERT INTO migrations VALUES (?1, ?2)", (version, now.unix_seconds()))?;
    }
    Ok(())
}

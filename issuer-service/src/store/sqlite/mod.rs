//! How are the records kept in one SQLite file, and what if it is full, locked, newer, or open to others?
//!
//! Write-ahead log, every commit synced to the disk, foreign keys on, strict tables, mode 0600. One connection writes, some
//! read; other processes may use the same file.

mod audit;
mod board;
mod catalogue;
mod completions;
mod credentials;
mod fault;
mod migrations;
mod offers;
mod read;
mod repository;
mod stage;
mod status;

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use stapel_credential::Timestamp;
use stapel_issuer::{RepositoryError, Stored};

pub use migrations::Migrated;

use self::fault::{Answer, BUSY_TIMEOUT, Fault};

/// How many reading connections are kept open.
const READERS: usize = 8;
/// How much of the database each connection may keep in memory: negative means KiB.
const CACHE_KIB: i64 = -32 * 1024;
/// After how many pages the log is carried over: a page that many batches change is then written once, not each time.
const CHECKPOINT_PAGES: i64 = 4_000;
/// How many prepared statements each connection keeps.
const STATEMENTS: usize = 64;

/// The records of one institution in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// Why a database was not opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// No such file.
    #[error("there is no database {path}; make one first", path = .path.display())]
    Absent {
        /// Where.
        path: PathBuf,
    },
    /// The file cannot be made or looked at.
    #[error("the database {path} cannot be opened: {cause}", path = .path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Learners' data, and others may read it.
    #[error("the database {path} has mode {mode:o}, so others can read it; run: chmod 600 {path}", path = .path.display())]
    OpenToOthers {
        /// Where.
        path: PathBuf,
        /// The mode.
        mode: u32,
    },
    /// Written by a later program.
    #[error("the database {path} has version {found}, this program knows up to {known}; use the newer program", path = .path.display())]
    Newer {
        /// Where.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Written by an earlier program.
    #[error("the database {path} has version {found}, this program needs {known}; run: stapel-issuer migrate", path = .path.display())]
    Older {
        /// Where.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The version that this program needs.
        known: u32,
    },
    /// Anything that SQLite says.
    #[error("the database {path} cannot be opened: {cause}", path = .path.display())]
    Sql {
        /// Where.
        path: PathBuf,
        /// What it says.
        cause: RepositoryError,
    },
}

impl OpenError {
    fn sql(path: &Path, error: rusqlite::Error) -> Self {
        Self::Sql { path: path.to_owned(), cause: Fault::Sql(error).into() }
    }
}

impl SqliteStore {
    /// Makes the database, or brings it to the version of this program.
    ///
    /// # Errors
    /// [`OpenError`] when the file cannot be made, is open to others, or was written by a later program.
    pub fn migrate(path: &Path, now: Timestamp) -> Result<Migrated, OpenError> {
        let file = |cause| OpenError::File { path: path.to_owned(), cause };
        // The log files beside it get the mode of the database.
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(file(error)),
            _ => {}
        }
        refuse_open_to_others(path)?;
        let mut connection = connect(path)?;
        migrations::apply(&mut connection, path, now)
    }

    /// Opens a database of this program's version.
    ///
    /// # Errors
    /// [`OpenError`] when there is none, it is open to others, or has another version.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        refuse_open_to_others(path)?;
        let writer = connect(path)?;
        let found = migrations::version(&writer).map_err(|error| OpenError::sql(path, error))?;
        migrations::refuse_newer(path, found)?;
        if found < migrations::NEWEST {
            return Err(OpenError::Older { path: path.to_owned(), found, known: migrations::NEWEST });
        }
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets the database grow to so many pages of 4,096 bytes and no further: a writer then hears that it is full.
    ///
    /// # Errors
    /// [`RepositoryError`] when SQLite does not take it.
    pub fn limit_pages(&self, pages: u32) -> Stored<()> {
        let writer = lock(&self.writer);
        let set = writer.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()));
        set.map_err(|error| Fault::Sql(error).into())
    }

    /// One durable transaction that may change something.
    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Answer<T>) -> Stored<T> {
        let mut writer = lock(&self.writer);
        let attempt = || {
            // Taking the write lock first: a transaction that reads and then writes could otherwise not wait for another.
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        };
        attempt().map_err(|fault: Fault| fault.into())
    }

    /// As [`SqliteStore::write`], but rolled back when the answer says so.
    fn write_unless<T>(
        &self,
        rolled_back: impl FnOnce(&T) -> bool,
        work: impl FnOnce(&Transaction<'_>) -> Answer<T>,
    ) -> Stored<T> {
        let mut writer = lock(&self.writer);
        let attempt = || {
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = work(&transaction)?;
            if rolled_back(&answer) {
                transaction.rollback()?;
            } else {
                transaction.commit()?;
            }
            Ok(answer)
        };
        attempt().map_err(|fault: Fault| fault.into())
    }

    /// One consistent view of the records, beside any writer.
    fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Answer<T>) -> Stored<T> {
        let idle = lock(&self.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => connect(&self.path).map_err(|error| match error {
                OpenError::Sql { cause, .. } => cause,
                other => RepositoryError::Unavailable { reason: other.to_string() },
            })?,
        };
        let attempt = || {
            let transaction = reader.transaction_with_behavior(TransactionBehavior::Deferred)?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        };
        let answer = attempt().map_err(|fault: Fault| fault.into());
        let mut readers = lock(&self.readers);
        if readers.len() < READERS {
            readers.push(reader);
        }
        answer
    }
}

/// A panic inside a transaction rolled it back when the transaction was dropped, so the connection is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn refuse_open_to_others(path: &Path) -> Result<(), OpenError> {
    let metadata = path.metadata().map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => OpenError::Absent { path: path.to_owned() },
        _ => OpenError::File { path: path.to_owned(), cause },
    })?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode.trailing_zeros() >= 6 { Ok(()) } else { Err(OpenError::OpenToOthers { path: path.to_owned(), mode }) }
}

fn connect(path: &Path) -> Result<Connection, OpenError> {
    let attempt = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        Ok(connection)
    };
    attempt().map_err(|error| OpenError::sql(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_written_ahead_and_synced_fully() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        SqliteStore::migrate(&path, Timestamp::parse("2026-11-22T09:00:00Z").unwrap()).unwrap();
        let store = SqliteStore::open(&path).unwrap();
        // The second of them belongs to the connection, so the store's own is asked.
        let writer = lock(&store.writer);
        let text = |pragma: &str| writer.pragma_query_value(None, pragma, |row| row.get::<_, String>(0)).unwrap();
        let number = |pragma: &str| writer.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(text("journal_mode"), "wal");
        assert_eq!(number("synchronous"), 2, "2 is FULL: a commit is on the disk when it is answered");
        assert_eq!(number("foreign_keys"), 1);
        assert_eq!(number("trusted_schema"), 0);
    }
}

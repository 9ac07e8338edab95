//! What did SQLite complain about, in the words of the repository?

use std::time::Duration;

use rusqlite::ErrorCode;
use stapel_issuer::{DatabaseInconsistency, RepositoryError};

/// How long a writer waits for another one.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Anything that goes wrong inside a transaction.
#[derive(Debug)]
pub(crate) enum Fault {
    /// SQLite.
    Sql(rusqlite::Error),
    /// A row that cannot be.
    Row(DatabaseInconsistency),
}

/// What a piece of a transaction answers.
pub(crate) type Answer<T> = Result<T, Fault>;

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<DatabaseInconsistency> for Fault {
    fn from(inconsistency: DatabaseInconsistency) -> Self {
        Self::Row(inconsistency)
    }
}

impl From<Fault> for RepositoryError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Row(inconsistency) => inconsistency.into(),
            Fault::Sql(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { waited: BUSY_TIMEOUT },
                Some(ErrorCode::DiskFull) => Self::Full,
                _ => Self::Unavailable { reason: error.to_string() },
            },
        }
    }
}

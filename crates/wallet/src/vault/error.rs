//! Why does a wallet's file not open, or not take what it should keep?

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use stapel_keys::{OpenError, RandomError, SealError, UnwrapError, WrapError};
use thiserror::Error;

/// Who has the wallet open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBy {
    /// The process.
    pub pid: u32,
    /// The name of its program.
    pub program: String,
}

impl fmt::Display for HeldBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} ({})", self.pid, self.program)
    }
}

/// Why a wallet's file did not open, or did not take what it should keep.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum VaultError {
    /// Nothing stands there.
    #[error("there is no wallet at {}", path.display())]
    NoWallet {
        /// The path.
        path: PathBuf,
    },
    /// Something stands there already. It is left alone.
    #[error("{} exists already; a wallet is never overwritten", path.display())]
    Exists {
        /// The path.
        path: PathBuf,
    },
    /// The passphrase does not open it.
    #[error("the passphrase does not open the wallet {}", path.display())]
    WrongPassphrase {
        /// The path.
        path: PathBuf,
    },
    /// The recovery words are those of something else.
    #[error("the recovery words do not open the wallet {}", path.display())]
    WrongRecoveryWords {
        /// The path.
        path: PathBuf,
    },
    /// The key kept by an unlocked session is that of something else.
    #[error("the key of the unlocked session does not open the wallet {}", path.display())]
    WrongDataKey {
        /// The path.
        path: PathBuf,
    },
    /// The end of the file is missing.
    #[error("the wallet {} is truncated: it has {found} of {expected} bytes", path.display())]
    Truncated {
        /// The path.
        path: PathBuf,
        /// Bytes there are.
        found: u64,
        /// Bytes there were.
        expected: u64,
    },
    /// Something in the file is not as it was written.
    #[error("the wallet {} was altered or is damaged: {what}", path.display())]
    Altered {
        /// The path.
        path: PathBuf,
        /// What is not as it was.
        what: String,
    },
    /// Another kind of file.
    #[error("{} is not a wallet: {why}", path.display())]
    NotAVault {
        /// The path.
        path: PathBuf,
        /// How that shows.
        why: &'static str,
    },
    /// Written by a later program.
    #[error("the wallet {} has format {found}; this program reads up to format {known}", path.display())]
    NewerVersion {
        /// The path.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The latest format known here.
        known: u32,
    },
    /// No room.
    #[error("there is no room left on the disk of {}; the wallet is as it was before", path.display())]
    DiskFull {
        /// The path.
        path: PathBuf,
    },
    /// Another process did not let go of it.
    #[error(
        "{} has the wallet {} open and did not close it within {seconds} seconds",
        held_by.as_ref().map_or_else(|| "another program".to_owned(), HeldBy::to_string), path.display()
    )]
    Busy {
        /// The path.
        path: PathBuf,
        /// Who, where that is known.
        held_by: Option<HeldBy>,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The system refused.
    #[error("the wallet {} could not be {action}: {source}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// SQLite refused for another reason.
    #[error("the wallet {} could not be {action}: {reason}", path.display())]
    Database {
        /// The path.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What SQLite said.
        reason: String,
    },
    /// There is no such entry.
    #[error("the wallet {} has no entry {id}", path.display())]
    NoEntry {
        /// The path.
        path: PathBuf,
        /// The entry asked for.
        id: i64,
    },
    /// Argon2id asks for more memory than there is.
    #[error("opening the wallet takes {memory_kib} KiB of memory, which the system did not give")]
    OutOfMemory {
        /// Memory asked for, in KiB.
        memory_kib: u32,
    },
    /// The key was not protected.
    #[error(transparent)]
    Wrap(#[from] WrapError),
    /// Nothing was sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The system gave no randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
}

impl VaultError {
    pub(super) fn io(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path: path.to_owned() },
            _ => Self::Io { path: path.to_owned(), action, source },
        }
    }

    pub(super) fn sqlite(path: &Path, action: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |error| {
            let path = path.to_owned();
            match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => Self::DiskFull { path },
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    Self::Busy { path, held_by: None, seconds: super::lock::WAIT_SECONDS }
                }
                Some(ErrorCode::DatabaseCorrupt) => truncated_or_altered(&path, &error),
                Some(ErrorCode::NotADatabase) => Self::NotAVault { path, why: "SQLite cannot read it" },
                // A value of another type than was written, no value where one was, a header or a table that SQLite does not
                // understand: our statements never change, so the file did.
                None | Some(ErrorCode::Unknown) => Self::Altered { path, what: error.to_string() },
                Some(_) => Self::Database { path, action, reason: error.to_string() },
            }
        }
    }

    pub(crate) fn altered(path: &Path, what: impl Into<String>) -> Self {
        Self::Altered { path: path.to_owned(), what: what.into() }
    }

    pub(super) fn unopened(path: &Path, what: &str) -> impl FnOnce(OpenError) -> Self {
        move |_| Self::altered(path, format!("{what} does not open"))
    }

    pub(super) fn unwrap(path: &Path) -> impl FnOnce(UnwrapError) -> Self {
        move |error| match error {
            UnwrapError::WrongPassphrase => Self::WrongPassphrase { path: path.to_owned() },
            UnwrapError::WrongRecoveryWords => Self::WrongRecoveryWords { path: path.to_owned() },
            UnwrapError::OutOfMemory { memory_kib } => Self::OutOfMemory { memory_kib },
            other => Self::altered(path, other.to_string()),
        }
    }
}

fn truncated_or_altered(path: &Path, error: &rusqlite::Error) -> VaultError {
    match super::header::Header::load(path) {
        Ok(header) if header.found < header.expected => {
            VaultError::Truncated { path: path.to_owned(), found: header.found, expected: header.expected }
        }
        _ => VaultError::altered(path, error.to_string()),
    }
}

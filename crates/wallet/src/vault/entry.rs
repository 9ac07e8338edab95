//! How is one thing kept sealed in its row?

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use rusqlite::{Connection, params};
use stapel_keys::{DataKey, SealError};
use zeroize::Zeroizing;

use super::error::VaultError;

const ENTRY_DOMAIN: &[u8] = b"stapel vault entry v1\0";
/// Nonce (24) and tag (16): they stand for a whole sealed text, which nobody without the key can exchange and keep both.
const MARK_LENGTH: usize = 40;
const NONCE_LENGTH: usize = 24;

/// What an entry holds, in the clear; it leaves no trace in memory.
pub type Content = Zeroizing<Vec<u8>>;

/// The number of an entry in its vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub(crate) i64);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The holder's signing key.
    SigningKey,
    /// A credential about the holder.
    Credential,
    /// A programme.
    Programme,
    /// A trust list.
    TrustList,
    /// A controller document that was fetched.
    Controller,
    /// A status list that was fetched.
    StatusList,
    /// Whom the holder trusts.
    Policy,
    /// An exemption about the holder.
    Decision,
    /// The record of an award of the holder.
    AwardRecord,
    /// What an institution offers.
    Catalogue,
}

/// One change to a vault.
#[derive(Debug)]
pub enum Change {
    /// A new entry.
    Insert {
        /// What it is.
        kind: Kind,
        /// What it holds.
        content: Content,
    },
    /// Other content for an entry.
    Replace {
        /// Which one.
        id: EntryId,
        /// What it holds from now on.
        content: Content,
    },
    /// An entry less.
    Remove {
        /// Which one.
        id: EntryId,
    },
}

/// What the seal over all entries holds of one.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    nonce_and_tag: [u8; MARK_LENGTH],
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::SigningKey,
        Self::Credential,
        Self::Programme,
        Self::TrustList,
        Self::Controller,
        Self::StatusList,
        Self::Policy,
        Self::Decision,
        Self::AwardRecord,
        Self::Catalogue,
    ];

    /// The number in the file; never given to another kind.
    fn number(self) -> u8 {
        match self {
            Self::SigningKey => 1,
            Self::Credential => 2,
            Self::Programme => 3,
            Self::TrustList => 4,
            Self::Controller => 5,
            Self::StatusList => 6,
            Self::Policy => 7,
            Self::Decision => 8,
            Self::AwardRecord => 9,
            Self::Catalogue => 10,
        }
    }

    fn find(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| i64::from(kind.number()) == number)
    }
}

impl Mark {
    fn of(kind: Kind, sealed: &[u8]) -> Option<Self> {
        let mut nonce_and_tag = [0; MARK_LENGTH];
        let (nonce, tag) = nonce_and_tag.split_at_mut(NONCE_LENGTH);
        nonce.copy_from_slice(sealed.get(..NONCE_LENGTH)?);
        tag.copy_from_slice(sealed.last_chunk::<{ MARK_LENGTH - NONCE_LENGTH }>()?);
        Some(Self { kind, nonce_and_tag })
    }

    pub(super) fn write_to(&self, id: EntryId, data: &mut Vec<u8>) {
        data.extend(id.0.to_le_bytes());
        data.push(self.kind.number());
        data.extend(self.nonce_and_tag);
    }
}

pub(super) fn entry_data(id: EntryId, kind: Kind) -> Vec<u8> {
    let mut data = ENTRY_DOMAIN.to_vec();
    data.push(kind.number());
    data.extend(id.0.to_le_bytes());
    data
}

pub(super) fn seal(key: &DataKey, id: EntryId, kind: Kind, content: &[u8]) -> Result<(Vec<u8>, Mark), SealError> {
    let sealed = key.seal(&entry_data(id, kind), content)?;
    let mark = Mark::of(kind, &sealed).ok_or(SealError::TooLong { length: content.len() })?;
    Ok((sealed, mark))
}

pub(super) fn insert(
    connection: &Connection,
    path: &Path,
    id: EntryId,
    kind: Kind,
    sealed: &[u8],
) -> Result<(), VaultError> {
    connection
        .execute("INSERT INTO entry (id, kind, sealed) VALUES (?1, ?2, ?3)", params![id.0, kind.number(), sealed])
        .map_err(VaultError::sqlite(path, "changed"))?;
    Ok(())
}

pub(super) fn replace(connection: &Connection, path: &Path, id: EntryId, sealed: &[u8]) -> Result<(), VaultError> {
    connection
        .execute("UPDATE entry SET sealed = ?2 WHERE id = ?1", params![id.0, sealed])
        .map_err(VaultError::sqlite(path, "changed"))?;
    Ok(())
}

pub(super) fn remove(connection: &Connection, path: &Path, id: EntryId) -> Result<(), VaultError> {
    connection
        .execute("DELETE FROM entry WHERE id = ?1", params![id.0])
        .map_err(VaultError::sqlite(path, "changed"))?;
    Ok(())
}

/// Opens every entry, forgets what is inside, and gives the marks.
pub(super) fn check_all(
    connection: &Connection,
    path: &Path,
    key: &DataKey,
) -> Result<BTreeMap<EntryId, Mark>, VaultError> {
    let read = || VaultError::sqlite(path, "read");
    let mut statement = connection.prepare("SELECT id, kind, sealed FROM entry ORDER BY id").map_err(read())?;
    let mut rows = statement.query([]).map_err(read())?;
    let mut marks = BTreeMap::new();
    let mut broken = None;
    while let Some(row) = rows.next().map_err(read())? {
        let id = EntryId(row.get(0).map_err(read())?);
        let number: i64 = row.get(1).map_err(read())?;
        let sealed = row.get_ref(2).map_err(read())?.as_blob().map_err(|error| read()(error.into()))?;
        let kind = Kind::find(number)
            .ok_or_else(|| VaultError::altered(path, format!("entry {} has the unknown kind {number}", id.0)))?;
        match (key.open(&entry_data(id, kind), sealed), Mark::of(kind, sealed)) {
            (Ok(_), Some(mark)) => {
                marks.insert(id, mark);
            }
            _ => broken = broken.or(Some(id)),
        }
    }
    match broken {
        None => Ok(marks),
        Some(_) if marks.is_empty() => Err(VaultError::WrongDataKey { path: path.to_owned() }),
        Some(id) => Err(VaultError::altered(path, format!("entry {} does not open", id.0))),
    }
}

//! Which badges are revoked? Status lists: their secret order of places, their bits, and their signed texts.

use std::fmt;
use std::time::Duration;

use stapel_credential::{StatusPurpose, Timestamp, Uri, UriError};
use stapel_status::{IndexPermutation, MINIMUM_ENTRIES, StatusError};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::institution::Institution;

/// For how long a signed status list holds.
pub const STATUS_VALIDITY: Duration = Duration::from_hours(24);
/// After which time an unchanged list is signed anew, so that a list in the hand is never close to its end.
pub const STATUS_RENEWAL: Duration = Duration::from_hours(1);
/// How many places a list has.
#[expect(clippy::cast_possible_truncation, reason = "131,072, which the standard fixed")]
pub const STATUS_ENTRIES: u32 = MINIMUM_ENTRIES as u32;

/// The random identity of a status list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusListId(Uuid);

/// A text that is not the identity of a status list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not the id of a status list")]
pub struct StatusListIdError {
    text: String,
}

/// A status list: how far it is filled, and in which secret order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusListRecord {
    /// Its identity.
    pub id: StatusListId,
    /// What a set bit means.
    pub purpose: StatusPurpose,
    /// How many places it has.
    pub entries: u32,
    /// The key of the secret order.
    pub order: OrderKey,
    /// How many places were handed out: the next badge gets place number `next` of the secret order.
    pub next: u32,
    /// Counts the changes of its bits.
    pub revision: u64,
}

/// The key of the secret order in which places are handed out.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderKey(Zeroizing<[u8; 32]>);

/// A status list and its set bits at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusBits {
    /// The list.
    pub list: StatusListRecord,
    /// The indices of the set bits, in rising order.
    pub set: Vec<u32>,
}

/// A signed text of a status list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusSnapshot {
    /// Which revision of the bits it shows.
    pub revision: u64,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The signed text.
    pub text: String,
}

impl StatusListId {
    /// The identity with these random bits.
    pub fn new(random: Uuid) -> Self {
        Self(random)
    }

    /// Reads a UUID in its usual form.
    ///
    /// # Errors
    /// [`StatusListIdError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, StatusListIdError> {
        let refuse = || StatusListIdError { text: text.chars().take(80).collect() };
        if text.len() != 36 {
            return Err(refuse());
        }
        Uuid::try_parse(text).map(Self).map_err(|_| refuse())
    }

    /// Where the institution publishes the list: `<base URL>/status/<id>`.
    ///
    /// # Errors
    /// [`UriError`] when the base URL leaves no room for it.
    pub fn address(self, institution: &Institution) -> Result<Uri, UriError> {
        institution.address(&format!("status/{self}"))
    }
}

impl fmt::Display for StatusListId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl OrderKey {
    /// The key with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The 32 bytes: a secret.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OrderKey(not shown)")
    }
}

impl StatusListRecord {
    /// How many places are left.
    pub fn room(&self) -> u32 {
        self.entries.saturating_sub(self.next)
    }

    /// The secret order of its places.
    ///
    /// # Errors
    /// [`StatusError`] for a list without places or with too many.
    pub fn permutation(&self) -> Result<IndexPermutation, StatusError> {
        IndexPermutation::new(*self.order.as_bytes(), self.entries as usize)
    }
}

impl StatusSnapshot {
    /// Whether it may still be given out: it shows the newest bits and was signed recently.
    pub fn is_fresh(&self, revision: u64, now: Timestamp) -> bool {
        self.revision == revision && self.signed_at <= now && now < self.signed_at.after(STATUS_RENEWAL)
    }
}

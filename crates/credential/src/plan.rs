//! Which credential counts for what? A plan toward an award, found by the wallet and recomputed by everyone else.

use serde::{Deserialize, Serialize};

use crate::credential::CredentialRef;
use crate::digest::Digest;
use crate::uri::Uri;

/// One edition of a programme, fixed by the digest of its signed credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProgrammeRef {
    /// The programme's identity.
    pub id: Uri,
    /// Its edition.
    pub edition: String,
    /// The digest of the signed programme.
    pub digest: Digest,
}

/// An assignment of credentials to what a programme asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    /// Toward which programme.
    pub programme: ProgrammeRef,
    /// Toward which of its awards; none for a programme that leads to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<String>,
    /// What fills what, ordered by target; each credential stands once.
    pub fills: Vec<Fill>,
}

/// Credentials that together fill one part or one free slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fill {
    /// What is filled.
    pub target: Target,
    /// By what, one for each match of the way.
    pub by: Vec<CredentialRef>,
}

/// What can be filled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// A part, in one of its ways.
    Part {
        /// The part.
        id: String,
        /// The position of the way in the part, from 0.
        way: usize,
    },
    /// A free slot of a pool.
    Slot {
        /// The id of the `credits` requirement.
        requirement: String,
        /// The position of the slot in its pool, from 0.
        slot: usize,
    },
    /// A part by a decision of an examination board.
    Exemption {
        /// The part.
        id: String,
    },
}

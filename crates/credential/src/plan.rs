//! Which credential counts for what? A plan in answer to a question, found by the wallet and recomputed by everyone else.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::credential::CredentialRef;
use crate::digest::Digest;
use crate::question::Ask;
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
    /// What it answers: the award, part or group that was asked. The award is named unless the programme leads to none.
    pub ask: Ask,
    /// What fills what, ordered by target; each credential stands once.
    pub fills: Vec<Fill>,
}

/// Credentials that together fill one part, or that count in one free slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fill {
    /// What is filled.
    pub target: Target,
    /// By what: one for each match of the way, in its order; in a free slot, any number; for an exemption, the decision.
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

impl fmt::Display for ProgrammeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, edition {:?} ({})", self.id, self.edition, self.digest)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part { id, way } => write!(f, "part {id:?} (way {way})"),
            Self::Slot { requirement, slot } => write!(f, "free slot {slot} of {requirement:?}"),
            Self::Exemption { id } => write!(f, "exemption from part {id:?}"),
        }
    }
}

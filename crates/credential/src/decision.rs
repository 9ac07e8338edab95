//! From which parts did an examination board exempt a learner, and on what basis?

use serde::{Deserialize, Serialize};

use crate::credential::{Subject, VerifiableCredential};
use crate::digest::Digest;
use crate::extension::Basis;
use crate::uri::Uri;

/// A signed exemption.
pub type ExemptionDecisionCredential = VerifiableCredential<ExemptionSubject>;

/// Who is exempt, and from what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExemptionSubject {
    /// The holder.
    pub id: Uri,
    /// The decision.
    pub exemption: Exemption,
}

impl Subject for ExemptionSubject {
    const CREDENTIAL_TYPES: &'static [&'static str] = &["ExemptionDecisionCredential"];

    fn id(&self) -> Option<&Uri> {
        Some(&self.id)
    }
}

/// An exemption from parts of one edition of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Exemption {
    /// The programme.
    pub programme: Uri,
    /// Its edition.
    pub edition: String,
    /// The digest of the signed edition.
    pub digest: Digest,
    /// The ids of the parts.
    pub parts: Vec<String>,
    /// On what it rests.
    pub basis: Basis,
    /// Salted digests of the evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Digest>,
}

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
    /// What it rests on, each by a salted digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<CitedEvidence>,
}

/// Evidence that a decision rests on. Who does not have it learns nothing; who has it can see that it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CitedEvidence {
    /// SHA-256 over the salt's text followed by the text of the evidence's own digest ([`CitedEvidence::of`]).
    pub digest: Digest,
    /// The salt. Given for verifiable credentials, whose digests nobody guesses, so that they count only once; kept apart
    /// for anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

impl CitedEvidence {
    /// Cites evidence of this digest (of a credential: that of its secured form) under a salt that is shown.
    pub fn of(evidence: &Digest, salt: &str) -> Self {
        Self { digest: Self::salted(evidence, salt), salt: Some(salt.to_owned()) }
    }

    /// The digest under that salt.
    pub fn salted(evidence: &Digest, salt: &str) -> Digest {
        Digest::of(format!("{salt}{evidence}").as_bytes())
    }

    /// Whether this evidence is meant. Not known, and so no, when the salt is kept apart.
    pub fn cites(&self, evidence: &Digest) -> bool {
        self.salt.as_ref().is_some_and(|salt| Self::salted(evidence, salt) == self.digest)
    }
}

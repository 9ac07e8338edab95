//! What is the answer, and what may be done with the document?

use std::fmt;

use serde::{Serialize, Serializer};
use stapel_credential::{CredentialRef, Digest, Subject, VerifiableCredential};
use stapel_proof::{Authentic, Document};

use crate::check::Findings;

/// The answer in one word. Exit codes of commands follow it: 0, 0, 2, 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Every check passed.
    Accepted,
    /// Every check passed; something is worth knowing.
    AcceptedWithRemarks,
    /// Something could not be checked; nothing speaks against it.
    Undecided,
    /// Something is false.
    Refused,
}

/// A credential that passed every check. Made only by [`crate::verify`] and [`crate::verify_presentation`], and not to be
/// stored: trust is not serialisable.
///
/// ```
/// use stapel_credential::AchievementCredential;
/// fn counts(badge: &stapel_verifier::Verified<AchievementCredential>) -> &AchievementCredential {
///     badge.content()
/// }
/// ```
///
/// Nobody else can make one:
///
/// ```compile_fail
/// use stapel_credential::AchievementCredential;
/// fn forges(authentic: stapel_proof::Authentic<AchievementCredential>) -> stapel_verifier::Verified<AchievementCredential> {
///     stapel_verifier::Verified { authentic, findings: Default::default() }
/// }
/// ```
///
/// And it cannot be read from a file:
///
/// ```compile_fail
/// use stapel_credential::AchievementCredential;
/// fn reads(text: &str) -> stapel_verifier::Verified<AchievementCredential> {
///     serde_json::from_str(text).unwrap()
/// }
/// ```
#[derive(Clone)]
pub struct Verified<T> {
    authentic: Authentic<T>,
    findings: Findings,
}

/// What came of a verification.
#[derive(Debug, Clone)]
pub enum Verdict<T: Document> {
    /// Genuine, valid, not revoked, and by somebody who may.
    Accepted(Verified<T>),
    /// Something could not be checked.
    Undecided(Findings),
    /// Something is false.
    Refused(Findings),
}

impl Outcome {
    /// The exit code of a command that gives this answer.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Accepted | Self::AcceptedWithRemarks => 0,
            Self::Refused => 1,
            Self::Undecided => 2,
        }
    }

    /// The worse of two answers about one thing: refused, then undecided, then accepted with remarks.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        [Self::Refused, Self::Undecided, Self::AcceptedWithRemarks]
            .into_iter()
            .find(|outcome| self == *outcome || other == *outcome)
            .unwrap_or(Self::Accepted)
    }
}

impl<T: Document> fmt::Debug for Verified<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Verified").field(self.content()).finish()
    }
}

impl<T: Document> Verified<T> {
    /// What it says.
    pub fn content(&self) -> &T {
        self.authentic.content()
    }

    /// The checks that it passed.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The text as it was signed.
    pub fn text(&self) -> &str {
        self.authentic.signed().text()
    }

    /// SHA-256 over the JCS form of the whole secured document.
    pub fn digest(&self) -> Digest {
        self.authentic.signed().digest()
    }
}

impl<S: Subject> Verified<VerifiableCredential<S>> {
    /// What identifies it.
    pub fn reference(&self) -> CredentialRef {
        self.content().reference()
    }
}

impl<T: Document> Verdict<T> {
    /// From the checks; an authentic document without fail or unknown is accepted.
    pub(crate) fn conclude(authentic: Option<Authentic<T>>, findings: Findings) -> Self {
        match (findings.outcome(), authentic) {
            (Outcome::Refused, _) => Self::Refused(findings),
            (Outcome::Accepted | Outcome::AcceptedWithRemarks, Some(authentic)) => {
                Self::Accepted(Verified { authentic, findings })
            }
            (_, _) => Self::Undecided(findings),
        }
    }

    /// Every check, whatever the answer.
    pub fn findings(&self) -> &Findings {
        match self {
            Self::Accepted(verified) => verified.findings(),
            Self::Undecided(findings) | Self::Refused(findings) => findings,
        }
    }

    /// The answer in one word.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Accepted(verified) => verified.findings().outcome(),
            Self::Undecided(_) => Outcome::Undecided,
            Self::Refused(_) => Outcome::Refused,
        }
    }

    /// The document, when it was accepted.
    pub fn accepted(&self) -> Option<&Verified<T>> {
        match self {
            Self::Accepted(verified) => Some(verified),
            _ => None,
        }
    }

    /// The document, when it was accepted.
    pub fn into_accepted(self) -> Option<Verified<T>> {
        match self {
            Self::Accepted(verified) => Some(verified),
            _ => None,
        }
    }
}

impl<T: Document> Serialize for Verdict<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Answer<'a> {
            outcome: Outcome,
            #[serde(flatten)]
            findings: &'a Findings,
        }
        Answer { outcome: self.outcome(), findings: self.findings() }.serialize(serializer)
    }
}

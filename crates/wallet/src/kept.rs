//! What is kept of one document, and what is told of it in a list?

use std::fmt;

use serde::{Deserialize, Serialize};
use stapel_credential::{
    AchievementSubject, CredentialRef, ExemptionSubject, ProgrammeSubject, Subject, Timestamp, TrustListSubject,
    VerifiableCredential,
};
use stapel_proof::Signed;
use stapel_verifier::{Claims, Outcome};

use crate::error::WalletError;
use crate::vault::{Content, EntryId, Kind, Vault, VaultError};

/// A kind of credential that a vault keeps.
pub trait Keepsake: Claims {
    /// How the vault calls it.
    const KIND: Kind;
    /// What people call it.
    const WORD: &'static str;

    /// Its name for people.
    fn name(&self) -> String;
}

/// A document that is kept, with when it came and what was last found of it. Nothing of it is verified.
#[derive(Debug, Clone)]
pub struct KeptDocument<S: Subject> {
    /// Its number in the list of its kind, from 1.
    pub number: usize,
    /// The document.
    pub signed: Signed<VerifiableCredential<S>>,
    /// When it was kept.
    pub received: Timestamp,
    /// What was last found.
    pub last: LastVerdict,
    pub(crate) id: EntryId,
}

/// A badge that is kept.
pub type KeptBadge = KeptDocument<AchievementSubject>;

/// What was found of a document, and when. For lists alone: whatever counts is verified again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastVerdict {
    /// What was found.
    pub outcome: LastOutcome,
    /// When.
    pub at: Timestamp,
}

/// An outcome that is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastOutcome {
    /// Every check passed, perhaps with remarks.
    Accepted,
    /// Something could not be checked.
    Undecided,
    /// Something was false.
    Refused,
}

/// How it stands in the vault.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    text: String,
    received: Timestamp,
    last: LastVerdict,
}

impl Keepsake for AchievementSubject {
    const KIND: Kind = Kind::Credential;
    const WORD: &'static str = "badge";

    fn name(&self) -> String {
        self.achievement.name.clone()
    }
}

impl Keepsake for ProgrammeSubject {
    const KIND: Kind = Kind::Programme;
    const WORD: &'static str = "programme";

    fn name(&self) -> String {
        format!("{} ({})", self.programme.name.text("nl"), self.programme.edition)
    }
}

impl Keepsake for TrustListSubject {
    const KIND: Kind = Kind::TrustList;
    const WORD: &'static str = "trust list";

    fn name(&self) -> String {
        self.trust_list.name.clone()
    }
}

impl Keepsake for ExemptionSubject {
    const KIND: Kind = Kind::Decision;
    const WORD: &'static str = "exemption";

    fn name(&self) -> String {
        self.exemption.parts.join(", ")
    }
}

impl LastVerdict {
    pub(crate) fn new(outcome: Outcome, at: Timestamp) -> Self {
        let outcome = match outcome {
            Outcome::Accepted | Outcome::AcceptedWithRemarks => LastOutcome::Accepted,
            Outcome::Undecided => LastOutcome::Undecided,
            Outcome::Refused => LastOutcome::Refused,
        };
        Self { outcome, at }
    }
}

impl fmt::Display for LastVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.outcome {
            LastOutcome::Accepted => "accepted",
            LastOutcome::Undecided => "undecided",
            LastOutcome::Refused => "refused",
        };
        write!(f, "{word} on {}", self.at.day())
    }
}

impl<S: Keepsake> KeptDocument<S> {
    /// What it says, if one believes it.
    pub fn peek_unverified(&self) -> &VerifiableCredential<S> {
        self.signed.peek_unverified()
    }

    /// What identifies it.
    pub fn reference(&self) -> CredentialRef {
        self.peek_unverified().reference()
    }

    /// Its name for people.
    pub fn name(&self) -> String {
        self.peek_unverified().credential_subject.name()
    }

    pub(crate) fn content(&self) -> Content {
        content_of(self.signed.text(), self.received, self.last)
    }
}

/// The content of an entry for a document.
pub(crate) fn content_of(text: &str, received: Timestamp, last: LastVerdict) -> Content {
    Content::new(serde_json::json!(Stored { text: text.to_owned(), received, last }).to_string().into_bytes())
}

/// Something that is kept whole, and that this version of the program cannot read: never a reason to lock the rest away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What it was taken for.
    pub what: &'static str,
    /// Why it cannot be read.
    pub reason: String,
    /// The document, as it was received.
    pub text: String,
}

/// Every document of that kind that can be read, oldest first.
pub(crate) fn load_all<S: Keepsake>(vault: &Vault) -> Result<Vec<KeptDocument<S>>, VaultError> {
    let readable = vault.load_all(S::KIND)?.into_iter().filter_map(|(id, content)| read::<S>(id, &content).ok());
    Ok(readable.enumerate().map(|(index, kept)| KeptDocument { number: index + 1, ..kept }).collect())
}

/// Every document of that kind that cannot be read.
pub(crate) fn load_unreadable<S: Keepsake>(vault: &Vault) -> Result<Vec<Unreadable>, VaultError> {
    Ok(vault.load_all(S::KIND)?.into_iter().filter_map(|(id, content)| read::<S>(id, &content).err()).collect())
}

fn read<S: Keepsake>(id: EntryId, content: &[u8]) -> Result<KeptDocument<S>, Unreadable> {
    let unreadable = |text: &str, reason: String| Unreadable { what: S::WORD, reason, text: text.to_owned() };
    let stored: Stored = serde_json::from_slice(content)
        .map_err(|error| unreadable(&String::from_utf8_lossy(content), error.to_string()))?;
    let signed = Signed::parse(&stored.text).map_err(|error| unreadable(&stored.text, error.to_string()))?;
    Ok(KeptDocument { number: 0, signed, received: stored.received, last: stored.last, id })
}

/// The one document that a number, an address or a part of a name stands for.
pub(crate) fn find<S: Keepsake>(all: Vec<KeptDocument<S>>, asked: &str) -> Result<KeptDocument<S>, WalletError> {
    let asked = asked.trim();
    let not_found = || WalletError::NotFound { what: S::WORD, asked: asked.to_owned() };
    if let Ok(number) = asked.parse::<usize>() {
        return all.into_iter().find(|kept| kept.number == number).ok_or_else(not_found);
    }
    let exact = |kept: &KeptDocument<S>| {
        let content = kept.peek_unverified();
        content.id.as_str() == asked || content.credential_subject.id().is_some_and(|id| id.as_str() == asked)
    };
    let wanted = asked.to_lowercase();
    let part = |kept: &KeptDocument<S>| !wanted.is_empty() && kept.name().to_lowercase().contains(&wanted);
    let mut found: Vec<KeptDocument<S>> = all.iter().filter(|kept| exact(kept)).cloned().collect();
    if found.is_empty() {
        found = all.into_iter().filter(part).collect();
    }
    if found.len() > 1 {
        let names = found.iter().map(|kept| format!("{} {}", kept.number, kept.name())).collect();
        return Err(WalletError::Ambiguous { asked: asked.to_owned(), names });
    }
    found.pop().ok_or_else(not_found)
}

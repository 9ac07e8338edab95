//! What did the institution sign that no completion stands behind? Exemptions, and diplomas for approved plans.

use stapel_credential::{Digest, StatusListEntry, StatusPurpose, Timestamp, Uri};
use stapel_keys::random;

use crate::audit::AuditEntry;
use crate::error::{IssuerError, SignFailure};
use crate::issuer::Issuer;
use crate::records::Records;
use crate::role::{Action, Actor, ActorId};
use crate::stage::{Ended, TransitionError};
use crate::status::{StatusListId, StatusListRecord};

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// An exemption decision.
    Exemption,
    /// A diploma or other award.
    Diploma,
}

/// A signed exemption or diploma.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuedDocument {
    /// Its id.
    pub id: Uri,
    /// What it is.
    pub kind: DocumentKind,
    /// Whose it is.
    pub holder: Uri,
    /// What was asked for: the same request again is the same document. Of a diploma, the digest of its plan.
    pub request: Digest,
    /// The decision's reference.
    pub reference: Option<String>,
    /// Where its status stands.
    pub status_list: StatusListId,
    /// Which bit of it.
    pub status_index: u32,
    /// Who asked for the signature.
    pub signed_by: ActorId,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The signed text.
    pub text: String,
    /// The award record that goes with a diploma.
    pub record: Option<String>,
    /// Whether it was revoked or suspended, and why.
    pub ended: Option<Ended>,
}

impl std::fmt::Debug for IssuedDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedDocument").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Signs the document for place number `next` of the list: called inside the transaction that takes the place.
pub type SignDocument<'a> = dyn Fn(&StatusListRecord, u32) -> Result<IssuedDocument, SignFailure> + 'a;

/// What came of signing a document.
#[derive(Debug)]
#[non_exhaustive]
pub enum DocumentIssuance {
    /// It is stored, and its place is taken.
    Issued(Box<IssuedDocument>),
    /// The same was signed before; nothing was changed. Of exemptions, one that was revoked does not stand in the way.
    Already(Box<IssuedDocument>),
    /// No list of that purpose has room; nothing was changed.
    NoRoom,
    /// Signing failed; nothing was changed.
    NotSigned(SignFailure),
}

impl DocumentKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Exemption, Self::Diploma];

    /// The word in the store and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exemption => "exemption",
            Self::Diploma => "diploma",
        }
    }

    /// The kind of that word.
    pub fn find(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Issuer<'_> {
    /// Signs and stores a document, unless the same was signed before. Gives whether it was.
    pub(crate) fn issue_document(
        &self,
        (kind, request, purpose): (DocumentKind, &Digest, StatusPurpose),
        sign: &SignDocument<'_>,
        entry: &AuditEntry,
    ) -> Result<(IssuedDocument, bool), IssuerError> {
        self.open_status_list(purpose)?;
        match self.records().repository().issue_document(kind, request, purpose, sign, entry)? {
            DocumentIssuance::Issued(document) => Ok((*document, false)),
            DocumentIssuance::Already(document) => Ok((*document, true)),
            DocumentIssuance::NotSigned(failure) => Err(failure.into()),
            DocumentIssuance::NoRoom => Err(IssuerError::Meanwhile { what: "the status list".to_owned() }),
        }
    }

    /// The status entry at that place of the list.
    pub(crate) fn status_entry(&self, list: &StatusListRecord, next: u32) -> Result<StatusListEntry, SignFailure> {
        Ok(StatusListEntry {
            id: None,
            purpose: list.purpose,
            index: list.permutation()?.index_of(next)?,
            list: list.id.address(self.records().institution())?,
        })
    }
}

/// A new `urn:uuid:` that nobody can guess.
pub(crate) fn new_id() -> Result<Uri, SignFailure> {
    Ok(Uri::parse(&format!("urn:uuid:{}", random::uuid_v4()?))?)
}

impl Records<'_> {
    /// Sets the status bit of an exemption or diploma: revoked for ever, or suspended where its achievement says so.
    ///
    /// # Errors
    /// [`IssuerError::UnknownCredential`]; [`IssuerError::EndedAlready`].
    pub fn revoke_document(&self, by: &Actor, id: &Uri, reason: &str, now: Timestamp) -> Result<(), IssuerError> {
        let permit = by.permit(Action::Revoke)?;
        let ended = Ended::new(by, now, reason)?;
        self.load_document(id)?;
        if self.repository().end_document(id, Some(&ended), &permit.entry(now, id.as_str(), 1))? {
            return Ok(());
        }
        Err(IssuerError::EndedAlready { id: id.clone() })
    }

    /// Clears the status bit of a suspended diploma.
    ///
    /// # Errors
    /// [`IssuerError::UnknownCredential`]; [`IssuerError::NotSuspended`] when it was revoked, or holds.
    pub fn reinstate_document(&self, by: &Actor, id: &Uri, now: Timestamp) -> Result<(), IssuerError> {
        let permit = by.permit(Action::Reinstate)?;
        let document = self.load_document(id)?;
        let list = self.repository().find_status_list(document.status_list)?;
        let suspends = list.is_some_and(|list| list.purpose == StatusPurpose::Suspension);
        if suspends && self.repository().end_document(id, None, &permit.entry(now, id.as_str(), 1))? {
            return Ok(());
        }
        Err(IssuerError::NotSuspended { id: id.clone() })
    }

    /// All exemptions or all diplomas, in the order in which they were signed.
    ///
    /// # Errors
    /// [`IssuerError`] when the role does not allow it or the store does not answer.
    pub fn documents(&self, by: &Actor, kind: DocumentKind) -> Result<Vec<IssuedDocument>, IssuerError> {
        by.permit(Action::Read)?;
        Ok(self.repository().documents(kind)?)
    }

    pub(crate) fn load_document(&self, id: &Uri) -> Result<IssuedDocument, IssuerError> {
        self.repository().find_document(id)?.ok_or_else(|| IssuerError::UnknownCredential { id: id.clone() })
    }
}

/// One line, or what is wrong with it.
pub(crate) fn one_line(what: &'static str, text: &str) -> Result<String, TransitionError> {
    if crate::text::is_one_line(text) { Ok(text.trim().to_owned()) } else { Err(TransitionError::Text { what }) }
}

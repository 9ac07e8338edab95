//! Does this credential keep the rules of the VC Data Model that its type alone does not keep?
//!
//! Most rules are kept by the types of the members: an id is one absolute URL ([`Uri`], never null), a date has a time zone
//! ([`Timestamp`]), a name is a text or a language value object ([`crate::Label`]), what must have a type has one
//! ([`crate::TypedObject`]). Here are the rules between members. That every type and term is mapped to a URL by the contexts is a
//! question of JSON-LD: the proof crate asks it where a document is canonicalised as RDF.

use std::collections::BTreeSet;

use crate::context::{ContextEntry, VC_V1, VC_V2};
use crate::json::JsonError;
use crate::related_resource::RelatedResource;
use crate::status_list::CredentialStatus;
use crate::timestamp::Timestamp;
use crate::uri::Uri;

/// The edition of the VC Data Model that a document follows, by its first context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataModel {
    /// Of 2022: read, never written.
    V1_1,
    /// Of 2025.
    V2_0,
}

/// What the VC Data Model says of every credential, whatever it is about.
pub trait Credential {
    /// Whether a document of the data model 1.1 is read as this, too.
    const READS_V1_1: bool;

    /// Its contexts, in their order.
    fn contexts(&self) -> &[ContextEntry];
    /// Its identity, if it has one.
    fn id(&self) -> Option<&Uri>;
    /// The values of `type`.
    fn types(&self) -> &[String];
    /// `issuer` or `issuer.id`.
    fn issuer_id(&self) -> &Uri;
    /// From when it holds; `issuanceDate` in the data model 1.1.
    fn valid_from(&self) -> Option<Timestamp>;
    /// Until when it holds; `expirationDate` in the data model 1.1.
    fn valid_until(&self) -> Option<Timestamp>;
    /// When it was awarded, where it says so.
    fn awarded(&self) -> Option<Timestamp>;
    /// Whom or what it is about, one for each subject: none where a subject has no id.
    fn subject_ids(&self) -> Vec<Option<&Uri>>;
    /// Where to look whether it was revoked or suspended.
    fn statuses(&self) -> &[CredentialStatus];
    /// The documents that it fixes by digest.
    fn related_resources(&self) -> &[RelatedResource];
}

impl DataModel {
    /// The edition of a document with these contexts (VC Data Model 2.0 §4.3, 1.1 §4.1); none where the first is another.
    pub fn of(contexts: &[ContextEntry]) -> Option<Self> {
        match contexts.first()?.url()?.as_str() {
            VC_V2 => Some(Self::V2_0),
            VC_V1 => Some(Self::V1_1),
            _ => None,
        }
    }
}

/// Checks what a credential of the data model must keep, and tells its edition.
///
/// # Errors
/// [`JsonError::Shape`] with the JSON path: another first context, no type `VerifiableCredential`, a related resource that stands
/// twice or is the credential itself.
pub fn check<C: Credential>(credential: &C) -> Result<DataModel, JsonError> {
    let refuse = |path: String, message: String| Err(JsonError::Shape { path, message });
    let model = match DataModel::of(credential.contexts()) {
        Some(DataModel::V1_1) if !C::READS_V1_1 => None,
        model => model,
    };
    let Some(model) = model else {
        return refuse("$.@context[0]".to_owned(), format!("expected {VC_V2}"));
    };
    if !credential.types().iter().any(|kind| kind == "VerifiableCredential") {
        return refuse("$.type".to_owned(), "expected VerifiableCredential among the types".to_owned());
    }
    let mut seen: BTreeSet<&Uri> = credential.id().into_iter().collect();
    for (index, resource) in credential.related_resources().iter().enumerate() {
        if !seen.insert(&resource.id) {
            let path = format!("$.relatedResource[{index}].id");
            let message = if credential.id() == Some(&resource.id) {
                format!("{} is the credential itself", resource.id)
            } else {
                format!("{} stands twice among the related resources", resource.id)
            };
            return refuse(path, message);
        }
    }
    Ok(model)
}

/// Checks what a credential must keep before it is signed: as [`check`], and of the data model 2.0, which alone is written, with an
/// end that is not before its beginning (§4.9).
///
/// # Errors
/// [`JsonError::Shape`] with the JSON path.
pub fn check_unsigned<C: Credential>(credential: &C) -> Result<(), JsonError> {
    let refuse = |path: &str, message: String| Err(JsonError::Shape { path: path.to_owned(), message });
    if check(credential)? != DataModel::V2_0 {
        return refuse("$.@context[0]", format!("expected {VC_V2}: the data model 1.1 is read and not written"));
    }
    match (credential.valid_from(), credential.valid_until()) {
        (Some(from), Some(until)) if until < from => {
            refuse("$.validUntil", format!("{until} is before the beginning on {from}"))
        }
        _ => Ok(()),
    }
}

/// The dates of a credential under the names of both data models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dates {
    pub(crate) valid_from: Option<Timestamp>,
    pub(crate) valid_until: Option<Timestamp>,
    pub(crate) issuance_date: Option<Timestamp>,
    pub(crate) expiration_date: Option<Timestamp>,
}

impl Dates {
    /// Beginning and end under the names of the document's own data model: a date under the name of the other is refused, for one
    /// reader would see it and another not.
    pub(crate) fn under(self, contexts: &[ContextEntry]) -> Result<(Option<Timestamp>, Option<Timestamp>), JsonError> {
        let (dates, foreign, model) = match DataModel::of(contexts) {
            Some(DataModel::V1_1) => (
                (self.issuance_date, self.expiration_date),
                [("validFrom", self.valid_from), ("validUntil", self.valid_until)],
                "2.0",
            ),
            _ => (
                (self.valid_from, self.valid_until),
                [("issuanceDate", self.issuance_date), ("expirationDate", self.expiration_date)],
                "1.1",
            ),
        };
        match foreign.into_iter().find(|(_, date)| date.is_some()) {
            Some((member, _)) => Err(JsonError::Shape {
                path: format!("$.{member}"),
                message: format!("belongs to the data model {model}, and the first context is not of that"),
            }),
            None => Ok(dates),
        }
    }
}

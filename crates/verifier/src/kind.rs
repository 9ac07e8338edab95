//! What kind of document is this, by its own word? Nothing is verified.

use stapel_credential::json::{self, Json, JsonError};
use stapel_credential::{
    AchievementSubject, ExemptionSubject, ProgrammeSubject, StatusListSubject, Subject, TrustListSubject,
};
use stapel_proof::{is_jwt, peek_document_unverified};

/// A kind of document that is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentKind {
    /// An Open Badges 3.0 badge or diploma.
    Badge,
    /// A programme.
    Programme,
    /// A trust list.
    TrustList,
    /// An exemption.
    Decision,
    /// A status list.
    StatusList,
    /// The record of an award, which stands beside its diploma.
    AwardRecord,
    /// Something that a holder shows.
    Presentation,
}

/// Why a text is none of these.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KindError {
    /// Nothing there.
    #[error("there is nothing in it")]
    Empty,
    /// An SD-JWT (RFC 9901).
    #[error(
        "it is an SD-JWT, and this version reads JWTs and Data Integrity proofs alone: ask its issuer for one of these forms (jwt_vc_json, ldp_vc)"
    )]
    SdJwt,
    /// Open Badges 2.
    #[error("it is an Open Badge of version 2, which nobody signed in itself; ask its issuer for Open Badges 3.0")]
    OpenBadge2,
    /// Another kind of credential.
    #[error(
        "it is of the kind {}; Open Badges 3.0 (AchievementCredential), programmes, exemptions, award records and trust lists are read here",
        types.join(", ")
    )]
    Foreign {
        /// Its types.
        types: Vec<String>,
    },
    /// Not JSON, or not of this shape.
    #[error("it is not a document that is read here: {0}")]
    Json(#[from] JsonError),
    /// JSON without a type.
    #[error("it is JSON that does not say what kind of document it is ($.type is missing)")]
    NoType,
}

impl DocumentKind {
    /// Reads what a text of at most [`json::MAX_COLLECTION_BYTES`] is: JSON, or a JWT around it.
    ///
    /// # Errors
    /// [`KindError`].
    pub fn read(text: &str) -> Result<Self, KindError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(KindError::Empty);
        }
        if text.starts_with("eyJ") && text.contains('~') {
            return Err(KindError::SdJwt);
        }
        let document = peek_document_unverified(text);
        if is_jwt(text) && document == text {
            // A JWT that cannot be looked into: reading it as what is given mostly says why.
            return Ok(Self::Badge);
        }
        Self::of(&json::parse_within(&document, json::MAX_COLLECTION_BYTES)?)
    }

    /// What a document is that was read.
    ///
    /// # Errors
    /// [`KindError`].
    pub fn of(document: &Json<'_>) -> Result<Self, KindError> {
        let types: Vec<&str> =
            document.find("type").map(Json::as_items).unwrap_or_default().iter().filter_map(Json::as_str).collect();
        let is = |wanted: &[&str]| types.iter().any(|kind| wanted.contains(kind));
        if is(&["VerifiablePresentation"]) {
            Ok(Self::Presentation)
        } else if is(AchievementSubject::CREDENTIAL_TYPES) {
            Ok(Self::Badge)
        } else if is(ProgrammeSubject::CREDENTIAL_TYPES) {
            Ok(Self::Programme)
        } else if is(TrustListSubject::CREDENTIAL_TYPES) {
            Ok(Self::TrustList)
        } else if is(ExemptionSubject::CREDENTIAL_TYPES) {
            Ok(Self::Decision)
        } else if is(StatusListSubject::CREDENTIAL_TYPES) {
            Ok(Self::StatusList)
        } else if is(&["AwardRecord"]) {
            Ok(Self::AwardRecord)
        } else if is(&["Assertion"]) {
            Err(KindError::OpenBadge2)
        } else if types.is_empty() {
            Err(KindError::NoType)
        } else {
            Err(KindError::Foreign { types: types.into_iter().map(str::to_owned).collect() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_by_its_type() {
        for (kind, expected) in [
            ("AchievementCredential", DocumentKind::Badge),
            ("OpenBadgeCredential", DocumentKind::Badge),
            ("ProgrammeCredential", DocumentKind::Programme),
            ("TrustListCredential", DocumentKind::TrustList),
            ("ExemptionDecisionCredential", DocumentKind::Decision),
            ("BitstringStatusListCredential", DocumentKind::StatusList),
            ("AwardRecord", DocumentKind::AwardRecord),
            ("VerifiablePresentation", DocumentKind::Presentation),
        ] {
            let text = format!("\n {{\"type\": [\"VerifiableCredential\", \"{kind}\"]}}");
            assert_eq!(DocumentKind::read(&text), Ok(expected), "{kind}");
            assert_eq!(DocumentKind::read(&format!("{{\"type\": \"{kind}\"}}")), Ok(expected), "{kind}");
        }
    }

    #[test]
    fn a_jwt_is_told_by_the_type_of_what_it_holds() {
        // {"alg":"EdDSA"} around {"type":"ProgrammeCredential"}, and around {"vc":{"type":["AchievementCredential"]}}.
        let programme = "eyJhbGciOiJFZERTQSJ9.eyJ0eXBlIjoiUHJvZ3JhbW1lQ3JlZGVudGlhbCJ9.AA";
        let badge = "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6eyJ0eXBlIjpbIkFjaGlldmVtZW50Q3JlZGVudGlhbCJdfX0.AA";
        assert_eq!(DocumentKind::read(&format!("{programme}\n")), Ok(DocumentKind::Programme));
        assert_eq!(DocumentKind::read(badge), Ok(DocumentKind::Badge));
        let none = DocumentKind::read("eyJhbGciOiJub25lIn0.e30.");
        assert_eq!(none, Ok(DocumentKind::Badge), "so that reading it says why not");
    }

    #[test]
    fn what_is_not_read_is_named() {
        for (text, sentence) in [
            ("  \n", "there is nothing in it"),
            (
                "eyJhbGciOiJFUzI1NiJ9.eyJ9.c2ln~",
                "it is an SD-JWT, and this version reads JWTs and Data Integrity proofs alone: ask its issuer for one of these forms (jwt_vc_json, ldp_vc)",
            ),
            (
                r#"{"type":"Assertion"}"#,
                "it is an Open Badge of version 2, which nobody signed in itself; ask its issuer for Open Badges 3.0",
            ),
            (
                r#"{"type":["VerifiableCredential","EuropeanDigitalCredential"]}"#,
                "it is of the kind VerifiableCredential, EuropeanDigitalCredential; Open Badges 3.0 (AchievementCredential), \
                 programmes, exemptions, award records and trust lists are read here",
            ),
            (r#"{"kind":"badge"}"#, "it is JSON that does not say what kind of document it is ($.type is missing)"),
        ] {
            assert_eq!(DocumentKind::read(text).unwrap_err().to_string(), sentence);
        }
        let hello = DocumentKind::read("hello").unwrap_err().to_string();
        assert!(hello.starts_with("it is not a document that is read here: "), "{hello}");
    }
}

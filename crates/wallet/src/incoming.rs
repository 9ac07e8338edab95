//! What kind of thing was handed to the wallet?

use stapel_credential::json::{self, Json, JsonError};
use stapel_credential::{
    AchievementSubject, ExemptionSubject, ProgrammeSubject, StatusListSubject, Subject, TrustListSubject,
};
use stapel_openid::{CredentialOffer, OfferLink, OpenIdError};
use stapel_proof::{is_jwt, peek_document_unverified};
use thiserror::Error;

/// What a text is, by its own word. Nothing is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incoming {
    /// An offer to claim: see [`crate::Wallet::claim`].
    Offer(Box<OfferLink>),
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
    /// The record of an award, to be kept beside its diploma.
    AwardRecord,
    /// Something that a holder shows: to be verified, not kept.
    Presentation,
}

/// Why a text is none of these.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum IncomingError {
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
        "it is of the kind {}; this wallet keeps Open Badges 3.0 (AchievementCredential), programmes, exemptions, award records and trust lists",
        types.join(", ")
    )]
    Foreign {
        /// Its types.
        types: Vec<String>,
    },
    /// Not JSON, or not of this shape.
    #[error("it is not a document that a wallet takes: {0}")]
    Json(#[from] JsonError),
    /// JSON without a type.
    #[error("it is JSON that does not say what kind of document it is ($.type is missing)")]
    NoType,
    /// An offer that cannot be read.
    #[error(transparent)]
    Offer(#[from] OpenIdError),
}

impl Incoming {
    /// Reads what a text is.
    ///
    /// # Errors
    /// [`IncomingError`].
    pub fn read(text: &str) -> Result<Self, IncomingError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(IncomingError::Empty);
        }
        if is_link(text) {
            return Ok(Self::Offer(Box::new(OfferLink::parse(text)?)));
        }
        if text.starts_with("eyJ") && text.contains('~') {
            return Err(IncomingError::SdJwt);
        }
        let document = peek_document_unverified(text);
        if is_jwt(text) && document == text {
            // A JWT that cannot be looked into: reading it as what a wallet is mostly given says why.
            return Ok(Self::Badge);
        }
        let tree = json::parse_within(&document, json::MAX_COLLECTION_BYTES)?;
        if tree.find("credential_issuer").is_some() {
            return Ok(Self::Offer(Box::new(OfferLink::Embedded(Box::new(CredentialOffer::parse(text.as_bytes())?)))));
        }
        let types: Vec<&str> =
            tree.find("type").map(Json::as_items).unwrap_or_default().iter().filter_map(Json::as_str).collect();
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
            Err(IncomingError::OpenBadge2)
        } else if types.is_empty() {
            Err(IncomingError::NoType)
        } else {
            Err(IncomingError::Foreign { types: types.into_iter().map(str::to_owned).collect() })
        }
    }
}

fn is_link(text: &str) -> bool {
    ["openid-credential-offer:", "https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Incoming, String> {
        Incoming::read(text).map_err(|error| error.to_string())
    }

    #[test]
    fn each_kind_is_told_by_its_type() {
        for (kind, expected) in [
            ("AchievementCredential", Incoming::Badge),
            ("OpenBadgeCredential", Incoming::Badge),
            ("ProgrammeCredential", Incoming::Programme),
            ("TrustListCredential", Incoming::TrustList),
            ("ExemptionDecisionCredential", Incoming::Decision),
            ("BitstringStatusListCredential", Incoming::StatusList),
            ("AwardRecord", Incoming::AwardRecord),
            ("VerifiablePresentation", Incoming::Presentation),
        ] {
            let text = format!("\n {{\"type\": [\"VerifiableCredential\", \"{kind}\"]}}");
            assert_eq!(read(&text), Ok(expected.clone()), "{kind}");
            assert_eq!(read(&format!("{{\"type\": \"{kind}\"}}")), Ok(expected), "{kind}");
        }
    }

    #[test]
    fn a_jwt_is_told_by_the_type_of_what_it_holds() {
        // {"alg":"EdDSA"} around {"type":"ProgrammeCredential"}, and around {"vc":{"type":["AchievementCredential"]}}.
        let programme = "eyJhbGciOiJFZERTQSJ9.eyJ0eXBlIjoiUHJvZ3JhbW1lQ3JlZGVudGlhbCJ9.AA";
        let badge = "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6eyJ0eXBlIjpbIkFjaGlldmVtZW50Q3JlZGVudGlhbCJdfX0.AA";
        assert_eq!(read(&format!("{programme}\n")), Ok(Incoming::Programme));
        assert_eq!(read(badge), Ok(Incoming::Badge));
        assert_eq!(read("eyJhbGciOiJub25lIn0.e30."), Ok(Incoming::Badge), "so that reading it says why not");
    }

    #[test]
    fn an_offer_is_read_as_link_and_as_json() {
        let offer = r#"{"credential_issuer":"https://school.example","credential_configuration_ids":["badge"],"grants":{"urn:ietf:params:oauth:grant-type:pre-authorized_code":{"pre-authorized_code":"secret"}}}"#;
        let Ok(Incoming::Offer(embedded)) = read(offer) else { panic!() };
        let OfferLink::Embedded(parsed) = &*embedded else { panic!() };
        assert_eq!(read(&parsed.offer_link()), Ok(Incoming::Offer(embedded.clone())));
        let by_reference = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fschool.example%2Foffers%2F7";
        assert!(matches!(read(by_reference), Ok(Incoming::Offer(_))));
    }

    #[test]
    fn what_a_wallet_does_not_take_is_named() {
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
                "it is of the kind VerifiableCredential, EuropeanDigitalCredential; this wallet keeps Open Badges 3.0 \
                 (AchievementCredential), programmes, exemptions, award records and trust lists",
            ),
            (r#"{"kind":"badge"}"#, "it is JSON that does not say what kind of document it is ($.type is missing)"),
        ] {
            assert_eq!(read(text), Err(sentence.to_owned()));
        }
        assert!(read("hello").unwrap_err().starts_with("it is not a document that a wallet takes: "));
        assert!(read("https://school.example/page").unwrap_err().contains("credential_offer"));
    }
}

//! What kind of thing was handed to the wallet?

use stapel_credential::json;
use stapel_openid::{CredentialOffer, OfferLink, OpenIdError};
use stapel_verifier::{DocumentKind, KindError};
use thiserror::Error;

/// What a text is, by its own word. Nothing is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incoming {
    /// An offer to claim: see [`crate::Wallet::claim`].
    Offer(Box<OfferLink>),
    /// A document.
    Document(DocumentKind),
}

/// Why a text is none of these.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum IncomingError {
    /// No document that is read.
    #[error(transparent)]
    Kind(#[from] KindError),
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
        if is_link(text) {
            return Ok(Self::Offer(Box::new(OfferLink::parse(text)?)));
        }
        if !text.starts_with('{') {
            return Ok(Self::Document(DocumentKind::read(text)?));
        }
        let tree = json::parse_within(text, json::MAX_COLLECTION_BYTES).map_err(KindError::from)?;
        if tree.find("credential_issuer").is_some() {
            return Ok(Self::Offer(Box::new(OfferLink::Embedded(Box::new(CredentialOffer::parse(text.as_bytes())?)))));
        }
        Ok(Self::Document(DocumentKind::of(&tree)?))
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
    fn an_offer_is_read_as_link_and_as_json() {
        let offer = r#"{"credential_issuer":"https://school.example","credential_configuration_ids":["badge"],"grants":{"urn:ietf:params:oauth:grant-type:pre-authorized_code":{"pre-authorized_code":"secret"}}}"#;
        let Ok(Incoming::Offer(embedded)) = read(offer) else { panic!() };
        let OfferLink::Embedded(parsed) = &*embedded else { panic!() };
        assert_eq!(read(&parsed.offer_link()), Ok(Incoming::Offer(embedded.clone())));
        let by_reference = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fschool.example%2Foffers%2F7";
        assert!(matches!(read(by_reference), Ok(Incoming::Offer(_))));
        assert!(read("https://school.example/page").unwrap_err().contains("credential_offer"));
    }

    #[test]
    fn what_is_no_offer_is_a_document_or_a_sentence() {
        let badge = read(r#"{"type": ["VerifiableCredential", "OpenBadgeCredential"]}"#);
        assert_eq!(badge, Ok(Incoming::Document(DocumentKind::Badge)));
        assert_eq!(read("  \n"), Err("there is nothing in it".to_owned()));
        assert!(read("hello").unwrap_err().starts_with("it is not a document that is read here: "));
    }
}

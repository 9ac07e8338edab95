//! How does an offer travel as a link or a QR code?

use url::Url;
use url::form_urlencoded::byte_serialize;

use crate::{CredentialOffer, Endpoint, OpenIdError};

/// The longest link that is read, in bytes.
pub const MAX_LINK_BYTES: usize = 64 * 1024;

/// OpenID4VCI §12.1.1: the scheme where a wallet's own address is not known.
const SCHEME: &str = "openid-credential-offer";
const BY_VALUE: &str = "credential_offer";
const BY_REFERENCE: &str = "credential_offer_uri";

/// What the link of an offer holds (OpenID4VCI §4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OfferLink {
    /// The offer itself.
    Embedded(Box<CredentialOffer>),
    /// The address where the offer is.
    ByReference(Endpoint),
}

impl OfferLink {
    /// Reads `openid-credential-offer://?…`, or an https address (http on this machine) with one of the two parameters.
    ///
    /// # Errors
    /// [`OpenIdError::NotAnOfferLink`] for anything else; for an embedded offer whatever [`CredentialOffer::parse`] says.
    pub fn parse(link: &str) -> Result<Self, OpenIdError> {
        let link = link.trim();
        if link.len() > MAX_LINK_BYTES {
            return Err(OpenIdError::LinkTooLong { actual: link.len() });
        }
        let not = |reason| OpenIdError::NotAnOfferLink { reason };
        let url = Url::parse(link).map_err(|_| not("it is not a web address"))?;
        match url.scheme() {
            SCHEME | "https" => {}
            "http" if matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) => {}
            _ => return Err(not("it must start with openid-credential-offer:// or https://")),
        }
        let (mut by_value, mut by_reference) = (None, None);
        for (name, value) in url.query_pairs() {
            let place = match name.as_ref() {
                BY_VALUE => &mut by_value,
                BY_REFERENCE => &mut by_reference,
                _ => continue,
            };
            if place.replace(value).is_some() {
                return Err(not("it carries the same parameter twice"));
            }
        }
        match (by_value, by_reference) {
            (Some(offer), None) => Ok(Self::Embedded(Box::new(CredentialOffer::parse(offer.as_bytes())?))),
            (None, Some(address)) => Ok(Self::ByReference(Endpoint::parse(&address)?)),
            (None, None) => Err(not("it carries neither credential_offer nor credential_offer_uri")),
            // OpenID4VCI §4.1: each MUST NOT be present when the other is.
            (Some(_), Some(_)) => Err(not("it carries both credential_offer and credential_offer_uri")),
        }
    }
}

impl CredentialOffer {
    /// The link that carries this offer by value: `openid-credential-offer://?credential_offer=…`.
    pub fn offer_link(&self) -> String {
        format!("{SCHEME}://?{BY_VALUE}={}", encode(&self.to_json()))
    }
}

/// The link to an offer that is fetched: `openid-credential-offer://?credential_offer_uri=…`, short enough for a QR code.
pub fn reference_link(offer: &Endpoint) -> String {
    format!("{SCHEME}://?{BY_REFERENCE}={}", encode(offer.as_str()))
}

/// A blank becomes `%20`, which reads the same as a form field and as a URI.
fn encode(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

//! Is this text the address of an issuer or of one of its endpoints, and where is its metadata?

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::OpenIdError;
use crate::words::printable;

/// OpenID4VCI §12.2.2.
pub const CREDENTIAL_ISSUER_WELL_KNOWN: &str = "/.well-known/openid-credential-issuer";
/// RFC 8414 §3.
pub const AUTHORIZATION_SERVER_WELL_KNOWN: &str = "/.well-known/oauth-authorization-server";
/// The longest address that is read, in bytes.
const MAX_ADDRESS_BYTES: usize = 2048;

/// The identifier of a Credential Issuer (OpenID4VCI §12.2.1) or an authorization server (RFC 8414 §2): an https address
/// without query and fragment, compared as text. Plain http is read for this machine alone (localhost, 127.0.0.0/8, `::1`),
/// for development; whether such an address is asked at all is decided where requests are sent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IssuerIdentifier(String);

impl IssuerIdentifier {
    /// Reads an identifier.
    ///
    /// # Errors
    /// [`OpenIdError::Address`].
    pub fn parse(text: &str) -> Result<Self, OpenIdError> {
        if read(text)?.query().is_some() {
            return Err(refused(text, "an issuer's identifier has no query"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The identifier as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the Credential Issuer Metadata is: the well-known path stands between host and path (OpenID4VCI §12.2.2).
    pub fn metadata_url(&self) -> String {
        let (origin, path) = self.split();
        // A lone "/" is the empty path (RFC 3986 §6.2.3).
        let path = if path == "/" { "" } else { path };
        format!("{origin}{CREDENTIAL_ISSUER_WELL_KNOWN}{path}")
    }

    /// Where the metadata of the authorization server is; a terminating slash falls away (RFC 8414 §3.1).
    pub fn authorization_server_metadata_url(&self) -> String {
        let (origin, path) = self.split();
        format!("{origin}{AUTHORIZATION_SERVER_WELL_KNOWN}{}", path.strip_suffix('/').unwrap_or(path))
    }

    fn split(&self) -> (&str, &str) {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        let path = self.0.bytes().skip(host).position(|byte| byte == b'/').map_or(self.0.len(), |at| host + at);
        self.0.split_at(path)
    }
}

/// The address of an endpoint: https, perhaps with a query, without a fragment. Plain http as for [`IssuerIdentifier`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Endpoint(String);

impl Endpoint {
    /// Reads an address.
    ///
    /// # Errors
    /// [`OpenIdError::Address`].
    pub fn parse(text: &str) -> Result<Self, OpenIdError> {
        read(text)?;
        Ok(Self(text.to_owned()))
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn read(text: &str) -> Result<Url, OpenIdError> {
    if text.len() > MAX_ADDRESS_BYTES {
        return Err(refused(text, "it is longer than 2048 bytes"));
    }
    // The URL standard repairs blanks and backslashes; two readers would then see two addresses.
    if !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err(refused(text, "it holds characters that are not allowed in an address"));
    }
    let url = Url::parse(text).map_err(|_| refused(text, "it is not a complete web address"))?;
    let this_machine = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(refused(text, "it names no host")),
    };
    if !(text.starts_with("https://") || text.starts_with("http://") && this_machine) {
        return Err(refused(text, "it must start with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused(text, "it carries a user name or a password"));
    }
    if url.fragment().is_some() {
        return Err(refused(text, "it carries a fragment"));
    }
    Ok(url)
}

fn refused(url: &str, reason: &'static str) -> OpenIdError {
    OpenIdError::Address { url: printable(url), reason }
}

impl fmt::Display for IssuerIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for IssuerIdentifier {
    type Error = OpenIdError;

    fn try_from(text: String) -> Result<Self, OpenIdError> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for Endpoint {
    type Error = OpenIdError;

    fn try_from(text: String) -> Result<Self, OpenIdError> {
        Self::parse(&text)
    }
}

impl From<IssuerIdentifier> for String {
    fn from(identifier: IssuerIdentifier) -> Self {
        identifier.0
    }
}

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_well_known_path_stands_between_host_and_path() {
        let urls = |text: &str| {
            let identifier = IssuerIdentifier::parse(text).unwrap();
            (identifier.metadata_url(), identifier.authorization_server_metadata_url())
        };
        // The two examples of OpenID4VCI §12.2.2.
        assert_eq!(
            urls("https://issuer.example.com/tenant").0,
            "https://issuer.example.com/.well-known/openid-credential-issuer/tenant"
        );
        assert_eq!(
            urls("https://tenant.issuer.example.com").0,
            "https://tenant.issuer.example.com/.well-known/openid-credential-issuer"
        );
        assert_eq!(
            urls("https://example.com:8443/issuer1/"),
            (
                "https://example.com:8443/.well-known/openid-credential-issuer/issuer1/".to_owned(),
                "https://example.com:8443/.well-known/oauth-authorization-server/issuer1".to_owned(),
            )
        );
        assert_eq!(
            urls("http://localhost:8080/"),
            (
                "http://localhost:8080/.well-known/openid-credential-issuer".to_owned(),
                "http://localhost:8080/.well-known/oauth-authorization-server".to_owned(),
            )
        );
    }

    #[test]
    fn an_address_that_is_not_safe_to_ask_is_refused() {
        let refusal = |text: &str| IssuerIdentifier::parse(text).unwrap_err().to_string();
        let sentence = |text: &str, reason: &str| format!("\"{text}\" is not an address that can be used: {reason}");
        for (text, reason) in [
            ("http://school.example", "it must start with https://"),
            ("ftp://localhost/x", "it must start with https://"),
            ("HTTPS://school.example", "it must start with https://"),
            ("school.example", "it is not a complete web address"),
            ("https://a:b@school.example", "it carries a user name or a password"),
            ("https://school.example#x", "it carries a fragment"),
            ("https://school.example?x=1", "an issuer's identifier has no query"),
            ("https:\\\\school.example", "it holds characters that are not allowed in an address"),
            (" https://school.example", "it holds characters that are not allowed in an address"),
        ] {
            assert_eq!(refusal(text), sentence(text, reason));
        }
        assert!(Endpoint::parse("https://school.example/token?x=1").is_ok());
        assert!(Endpoint::parse("http://127.0.0.1:8080/token").is_ok());
        assert!(Endpoint::parse("http://localhost.evil.example/token").is_err());
        let long = format!("https://school.example/{}", "x".repeat(2048));
        assert!(Endpoint::parse(&long).unwrap_err().to_string().ends_with("it is longer than 2048 bytes"));
    }
}

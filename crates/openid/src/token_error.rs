//! Why was no access token given?

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::{description, printable};
use crate::{OpenIdError, json};

pub(crate) const MESSAGE: &str = "the token error response";

/// The token endpoint says no (RFC 6749 §5.2, OpenID4VCI §6.3). Displayed it is a sentence for the holder, with the
/// server's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct TokenError {
    /// Which of the errors of the standard.
    pub error: TokenErrorCode,
    /// The server's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
}

/// The errors of RFC 6749 §5.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum TokenErrorCode {
    /// A parameter is missing, stands twice, or is one too many (also: a transaction code not sent, or not expected).
    InvalidRequest,
    /// The server wants to know the client.
    InvalidClient,
    /// The code is wrong, used or expired, or the transaction code is wrong.
    InvalidGrant,
    /// This client may not use the grant.
    UnauthorizedClient,
    /// The server does not take the grant.
    UnsupportedGrantType,
    /// The scope is wrong.
    InvalidScope,
    /// A code of another specification.
    Other(String),
}

impl TokenErrorCode {
    /// The code as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::Other(code) => code,
        }
    }
}

impl From<String> for TokenErrorCode {
    fn from(code: String) -> Self {
        match code.as_str() {
            "invalid_request" => Self::InvalidRequest,
            "invalid_client" => Self::InvalidClient,
            "invalid_grant" => Self::InvalidGrant,
            "unauthorized_client" => Self::UnauthorizedClient,
            "unsupported_grant_type" => Self::UnsupportedGrantType,
            "invalid_scope" => Self::InvalidScope,
            _ => Self::Other(printable(&code)),
        }
    }
}

impl From<TokenErrorCode> for String {
    fn from(code: TokenErrorCode) -> Self {
        code.as_str().to_owned()
    }
}

impl TokenError {
    /// An error with words for whoever develops the other side; characters that the standard forbids are replaced.
    pub fn new(error: TokenErrorCode, words: &str) -> Self {
        Self { error, error_description: Some(description(words)) }
    }

    /// Reads an error response.
    ///
    /// # Errors
    /// [`OpenIdError`] if the body is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, OpenIdError> {
        let mut error: Self = json::parse(MESSAGE, bytes)?;
        error.error_description = error.error_description.as_deref().map(printable);
        Ok(error)
    }

    /// The body as it is sent.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// The HTTP status that goes with it (RFC 6749 §5.2).
    pub fn status(&self) -> u16 {
        if self.error == TokenErrorCode::InvalidClient { 401 } else { 400 }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.error {
            TokenErrorCode::InvalidRequest => "the issuer does not understand the request for a token",
            TokenErrorCode::InvalidClient => "the issuer gives credentials only to wallets it knows",
            TokenErrorCode::InvalidGrant => "the code was used before or has expired",
            TokenErrorCode::UnauthorizedClient => "the issuer does not let this wallet claim with a code",
            TokenErrorCode::UnsupportedGrantType => "the issuer does not take pre-authorized codes",
            TokenErrorCode::InvalidScope => "the issuer does not give a token for this credential",
            TokenErrorCode::Other(_) => "the issuer gives no token",
        })?;
        crate::credential_error::facts(f, self.error.as_str(), self.error_description.as_deref())
    }
}

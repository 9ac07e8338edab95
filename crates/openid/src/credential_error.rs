//! Why was no credential given?

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::{description, printable};
use crate::{OpenIdError, json};

pub(crate) const MESSAGE: &str = "the credential error response";

/// The credential endpoint says no (OpenID4VCI §8.3.1). Displayed it is a sentence for the holder, with the server's own
/// words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct CredentialError {
    /// Which of the errors of the standard.
    pub error: CredentialErrorCode,
    /// The server's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
}

/// The errors of OpenID4VCI §8.3.1.2, and those of RFC 6750 §3.1 for the token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum CredentialErrorCode {
    /// A parameter is missing, not supported, stands twice, or is malformed.
    InvalidCredentialRequest,
    /// The configuration is not known.
    UnknownCredentialConfiguration,
    /// The credential identifier is not known.
    UnknownCredentialIdentifier,
    /// The key proof is missing or wrong, or carries no nonce.
    InvalidProof,
    /// The nonce of a key proof is not (any more) the issuer's.
    InvalidNonce,
    /// The parameters for encryption are wrong or missing.
    InvalidEncryptionParameters,
    /// The issuer does not give the credential, and asking again does not help.
    CredentialRequestDenied,
    /// The access token is missing, wrong or expired (RFC 6750 §3.1).
    InvalidToken,
    /// The access token is for something else (RFC 6750 §3.1).
    InsufficientScope,
    /// A code of another specification.
    Other(String),
}

impl CredentialErrorCode {
    /// The code as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::InvalidCredentialRequest => "invalid_credential_request",
            Self::UnknownCredentialConfiguration => "unknown_credential_configuration",
            Self::UnknownCredentialIdentifier => "unknown_credential_identifier",
            Self::InvalidProof => "invalid_proof",
            Self::InvalidNonce => "invalid_nonce",
            Self::InvalidEncryptionParameters => "invalid_encryption_parameters",
            Self::CredentialRequestDenied => "credential_request_denied",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::Other(code) => code,
        }
    }
}

impl From<String> for CredentialErrorCode {
    fn from(code: String) -> Self {
        match code.as_str() {
            "invalid_credential_request" => Self::InvalidCredentialRequest,
            "unknown_credential_configuration" => Self::UnknownCredentialConfiguration,
            "unknown_credential_identifier" => Self::UnknownCredentialIdentifier,
            "invalid_proof" => Self::InvalidProof,
            "invalid_nonce" => Self::InvalidNonce,
            "invalid_encryption_parameters" => Self::InvalidEncryptionParameters,
            "credential_request_denied" => Self::CredentialRequestDenied,
            "invalid_token" => Self::InvalidToken,
            "insufficient_scope" => Self::InsufficientScope,
            _ => Self::Other(printable(&code)),
        }
    }
}

impl From<CredentialErrorCode> for String {
    fn from(code: CredentialErrorCode) -> Self {
        code.as_str().to_owned()
    }
}

impl CredentialError {
    /// An error with words for whoever develops the other side; characters that the standard forbids are replaced.
    pub fn new(error: CredentialErrorCode, words: &str) -> Self {
        Self { error, error_description: Some(description(words)) }
    }

    /// What the issuer answers to a key proof that [`crate::ProofJwt`] refused: `invalid_nonce` for another nonce, else
    /// `invalid_proof`.
    pub fn of_proof(error: &OpenIdError) -> Self {
        let code = match error {
            OpenIdError::ProofNonce => CredentialErrorCode::InvalidNonce,
            _ => CredentialErrorCode::InvalidProof,
        };
        Self::new(code, &error.to_string())
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

    /// The HTTP status that goes with it (OpenID4VCI §8.3.1.2, RFC 6750 §3.1).
    pub fn status(&self) -> u16 {
        match self.error {
            CredentialErrorCode::InvalidToken => 401,
            CredentialErrorCode::InsufficientScope => 403,
            _ => 400,
        }
    }

    /// The `WWW-Authenticate` header that goes with it, for the errors of RFC 6750.
    pub fn find_www_authenticate(&self) -> Option<String> {
        matches!(self.error, CredentialErrorCode::InvalidToken | CredentialErrorCode::InsufficientScope)
            .then(|| format!("Bearer error=\"{}\"", self.error.as_str()))
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.error {
            CredentialErrorCode::InvalidCredentialRequest => "the issuer does not understand the request",
            CredentialErrorCode::UnknownCredentialConfiguration | CredentialErrorCode::UnknownCredentialIdentifier => {
                "the issuer does not know the credential it offered"
            }
            CredentialErrorCode::InvalidProof => "the issuer does not accept the proof of this wallet's key",
            CredentialErrorCode::InvalidNonce => "the proof of this wallet's key came too late; ask again",
            CredentialErrorCode::InvalidEncryptionParameters => "the issuer asks for encrypted messages",
            CredentialErrorCode::CredentialRequestDenied => "the issuer does not give this credential",
            CredentialErrorCode::InvalidToken => "the permission to claim has expired or was never given",
            CredentialErrorCode::InsufficientScope => "the permission to claim is for another credential",
            CredentialErrorCode::Other(_) => "the issuer gives no credential",
        })?;
        facts(f, self.error.as_str(), self.error_description.as_deref())
    }
}

/// The code, and the server's words as a quotation.
pub(crate) fn facts(f: &mut fmt::Formatter<'_>, code: &str, words: Option<&str>) -> fmt::Result {
    match words {
        Some(words) => write!(f, " ({code}; the server says: \"{words}\")"),
        None => write!(f, " ({code})"),
    }
}

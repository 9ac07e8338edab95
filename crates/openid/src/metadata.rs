//! What does an issuer say of itself: where are its endpoints, and which credentials does it issue?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CredentialConfiguration, Endpoint, IssuerIdentifier, OpenIdError, json};

pub(crate) const MESSAGE: &str = "the credential issuer metadata";

/// The Credential Issuer Metadata (OpenID4VCI §12.2.4), as far as it is spoken here. Other members are passed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CredentialIssuerMetadata {
    /// Who speaks.
    pub credential_issuer: IssuerIdentifier,
    /// Who gives access tokens; empty means the issuer itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorization_servers: Vec<IssuerIdentifier>,
    /// Where credentials are requested.
    pub credential_endpoint: Endpoint,
    /// Where nonces are had; without it none is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce_endpoint: Option<Endpoint>,
    /// Whether requests can, or must, be encrypted beyond TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_request_encryption: Option<Encryption>,
    /// Whether responses can, or must, be encrypted beyond TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_response_encryption: Option<Encryption>,
    /// How the issuer is shown, one entry for each language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub display: Vec<IssuerDisplay>,
    /// The credentials, by the identifiers that offers use.
    pub credential_configurations_supported: BTreeMap<String, CredentialConfiguration>,
}

impl CredentialIssuerMetadata {
    /// Reads metadata that was asked of `asked`.
    ///
    /// # Errors
    /// [`OpenIdError::OtherIssuer`] if it speaks for another identifier, compared as text; else with the JSON path.
    pub fn parse(bytes: &[u8], asked: &IssuerIdentifier) -> Result<Self, OpenIdError> {
        let metadata: Self = json::parse(MESSAGE, bytes)?;
        if metadata.credential_issuer != *asked {
            return Err(OpenIdError::OtherIssuer {
                message: MESSAGE,
                asked: asked.to_string(),
                found: metadata.credential_issuer.to_string(),
            });
        }
        Ok(metadata)
    }

    /// The metadata as it is sent.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    pub(crate) fn requires_encryption(&self) -> bool {
        [&self.credential_request_encryption, &self.credential_response_encryption]
            .into_iter()
            .flatten()
            .any(|encryption| encryption.encryption_required)
    }
}

/// Whether messages must be encrypted beyond TLS; with which keys is not read here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encryption {
    /// Whether a message in the clear is refused.
    pub encryption_required: bool,
}

/// How an issuer is shown in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IssuerDisplay {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The language (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Its logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
}

/// A logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Where it is, of any scheme.
    pub uri: String,
    /// What it shows, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt_text: Option<String>,
}

//! What does a wallet send to get a credential?

use serde::{Deserialize, Serialize};

use crate::{CredentialError, CredentialErrorCode, OpenIdError, json};

const MESSAGE: &str = "the credential request";

/// A credential request (OpenID4VCI §8.2) with `jwt` key proofs, not encrypted beyond TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialRequest {
    /// What is asked for.
    pub wanted: Wanted,
    /// The key proofs, each a compact JWS for [`crate::ProofJwt::parse`]; at least one.
    pub proofs: Vec<String>,
}

/// What is asked for: exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wanted {
    /// An entry of `credential_configurations_supported`.
    Configuration(String),
    /// An identifier that the token response gave.
    Identifier(String),
}

#[derive(Serialize, Deserialize)]
struct Wire {
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_configuration_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proofs: Option<std::collections::BTreeMap<String, serde_json::Value>>,
    #[serde(skip_serializing)]
    credential_response_encryption: Option<serde::de::IgnoredAny>,
}

impl CredentialRequest {
    /// Reads a credential request. Members that are not known are passed over.
    ///
    /// # Errors
    /// The [`CredentialError`] that the issuer answers with.
    pub fn parse(bytes: &[u8]) -> Result<Self, CredentialError> {
        use CredentialErrorCode as Code;
        let wire: Wire = json::parse(MESSAGE, bytes)
            .map_err(|error: OpenIdError| CredentialError::new(Code::InvalidCredentialRequest, &error.to_string()))?;
        let wanted = match (wire.credential_configuration_id, wire.credential_identifier) {
            (Some(id), None) => Wanted::Configuration(id),
            (None, Some(id)) => Wanted::Identifier(id),
            _ => {
                let words = "exactly one of credential_configuration_id and credential_identifier is needed";
                return Err(CredentialError::new(Code::InvalidCredentialRequest, words));
            }
        };
        if wire.credential_response_encryption.is_some() {
            let words = "encrypted responses are not supported";
            return Err(CredentialError::new(Code::InvalidEncryptionParameters, words));
        }
        let invalid_proof = |words: &str| CredentialError::new(Code::InvalidProof, words);
        let mut proofs = wire.proofs.ok_or_else(|| invalid_proof("proofs is missing"))?;
        let jwt = proofs.remove("jwt").ok_or_else(|| invalid_proof("only proofs of the type jwt are taken"))?;
        if !proofs.is_empty() {
            return Err(invalid_proof("proofs must hold exactly one type"));
        }
        let proofs: Vec<String> =
            serde_json::from_value(jwt).map_err(|_| invalid_proof("proofs.jwt must be an array of strings"))?;
        if proofs.is_empty() {
            return Err(invalid_proof("proofs.jwt is empty"));
        }
        Ok(Self { wanted, proofs })
    }

    /// The body as it is sent.
    pub fn to_json(&self) -> String {
        let (configuration, identifier) = match &self.wanted {
            Wanted::Configuration(id) => (Some(id.clone()), None),
            Wanted::Identifier(id) => (None, Some(id.clone())),
        };
        let proofs = std::collections::BTreeMap::from([("jwt".to_owned(), serde_json::json!(self.proofs))]);
        json::write(&Wire {
            credential_configuration_id: configuration,
            credential_identifier: identifier,
            proofs: Some(proofs),
            credential_response_encryption: None,
        })
    }
}

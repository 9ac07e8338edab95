//! What does an authorization server say of itself: where is its token endpoint, and which grants does it take?

use serde::{Deserialize, Serialize};

use crate::{Endpoint, IssuerIdentifier, OpenIdError, PRE_AUTHORIZED_CODE_GRANT, json};

pub(crate) const MESSAGE: &str = "the authorization server metadata";

/// The metadata of an authorization server (RFC 8414 §2, OpenID4VCI §12.3), as far as it is spoken here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationServerMetadata {
    /// Who speaks.
    pub issuer: IssuerIdentifier,
    /// Where tokens are had.
    pub token_endpoint: Endpoint,
    /// Which grants it takes; `None` if it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_types_supported: Option<Vec<String>>,
    /// Whether a pre-authorized code is taken without a `client_id`; `None` if it does not say.
    #[serde(
        rename = "pre-authorized_grant_anonymous_access_supported",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub pre_authorized_grant_anonymous_access_supported: Option<bool>,
}

impl AuthorizationServerMetadata {
    /// A server that takes pre-authorized codes of wallets it does not know, and nothing else.
    pub fn pre_authorized(issuer: IssuerIdentifier, token_endpoint: Endpoint) -> Self {
        Self {
            issuer,
            token_endpoint,
            grant_types_supported: Some(vec![PRE_AUTHORIZED_CODE_GRANT.to_owned()]),
            pre_authorized_grant_anonymous_access_supported: Some(true),
        }
    }

    /// Reads metadata that was asked of `asked`.
    ///
    /// # Errors
    /// [`OpenIdError::OtherIssuer`] if it speaks for another identifier (RFC 8414 §3.3); else with the JSON path.
    pub fn parse(bytes: &[u8], asked: &IssuerIdentifier) -> Result<Self, OpenIdError> {
        let metadata: Self = json::parse(MESSAGE, bytes)?;
        if metadata.issuer != *asked {
            return Err(OpenIdError::OtherIssuer {
                message: MESSAGE,
                asked: asked.to_string(),
                found: metadata.issuer.to_string(),
            });
        }
        Ok(metadata)
    }

    /// The metadata as it is sent.
    pub fn to_json(&self) -> String {
        json::write(self)
    }
}

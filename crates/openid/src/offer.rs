//! What does an issuer offer, and with which code may it be claimed?

use serde::{Deserialize, Serialize};

use crate::words::printable;
use crate::{IssuerIdentifier, OpenIdError, PreAuthorizedCode, TxCode, json};

/// The grant type of the pre-authorized code flow (OpenID4VCI §4.1.1).
pub const PRE_AUTHORIZED_CODE_GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

const MESSAGE: &str = "the credential offer";

/// A credential offer (OpenID4VCI §4.1.1). Whoever holds it may claim: nothing in it is proven, and its code is a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct CredentialOffer {
    credential_issuer: IssuerIdentifier,
    credential_configuration_ids: Vec<String>,
    #[serde(skip_serializing_if = "Grants::is_empty")]
    grants: Grants,
}

/// The ways in which an offer may be claimed, as far as they are spoken here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Grants {
    /// By a code that stands in the offer.
    #[serde(rename = "urn:ietf:params:oauth:grant-type:pre-authorized_code", skip_serializing_if = "Option::is_none")]
    pub pre_authorized_code: Option<PreAuthorizedCodeGrant>,
}

impl Grants {
    fn is_empty(&self) -> bool {
        self.pre_authorized_code.is_none()
    }
}

/// A code that stands for the issuer's permission: short-lived and used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreAuthorizedCodeGrant {
    /// The code.
    #[serde(rename = "pre-authorized_code")]
    pub pre_authorized_code: PreAuthorizedCode,
    /// Present if the holder types a second code, told in another way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tx_code: Option<TxCode>,
    /// Which of several authorization servers takes the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_server: Option<IssuerIdentifier>,
}

impl CredentialOffer {
    /// Offers the configurations of these identifiers under a pre-authorized code.
    ///
    /// # Errors
    /// [`OpenIdError::NothingOffered`] and [`OpenIdError::OfferedTwice`].
    pub fn pre_authorized(
        credential_issuer: IssuerIdentifier,
        credential_configuration_ids: Vec<String>,
        pre_authorized_code: PreAuthorizedCode,
        tx_code: Option<TxCode>,
    ) -> Result<Self, OpenIdError> {
        let grant = PreAuthorizedCodeGrant { pre_authorized_code, tx_code, authorization_server: None };
        let grants = Grants { pre_authorized_code: Some(grant) };
        Self::try_from(Wire { credential_issuer, credential_configuration_ids, grants: Some(grants) })
    }

    /// Reads an offer. Members that are not known are passed over, as the specification asks.
    ///
    /// # Errors
    /// [`OpenIdError`] with the JSON path of what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, OpenIdError> {
        json::parse(MESSAGE, bytes)
    }

    /// The offer as it is sent.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// Who offers; a claim that nothing proves yet.
    pub fn credential_issuer(&self) -> &IssuerIdentifier {
        &self.credential_issuer
    }

    /// Which entries of the issuer's `credential_configurations_supported` are offered; at least one, none twice.
    pub fn credential_configuration_ids(&self) -> &[String] {
        &self.credential_configuration_ids
    }

    /// In which ways the offer may be claimed.
    pub fn grants(&self) -> &Grants {
        &self.grants
    }
}

#[derive(Deserialize)]
struct Wire {
    credential_issuer: IssuerIdentifier,
    credential_configuration_ids: Vec<String>,
    grants: Option<Grants>,
}

impl TryFrom<Wire> for CredentialOffer {
    type Error = OpenIdError;

    fn try_from(wire: Wire) -> Result<Self, OpenIdError> {
        let ids = wire.credential_configuration_ids;
        if ids.is_empty() {
            return Err(OpenIdError::NothingOffered);
        }
        let mut seen = std::collections::HashSet::new();
        if let Some(id) = ids.iter().find(|id| !seen.insert(id.as_str())) {
            return Err(OpenIdError::OfferedTwice { id: printable(id) });
        }
        Ok(Self {
            credential_issuer: wire.credential_issuer,
            credential_configuration_ids: ids,
            grants: wire.grants.unwrap_or_default(),
        })
    }
}

//! What does an issuer say of one kind of credential it issues?

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

/// One entry of `credential_configurations_supported` (OpenID4VCI §12.2.4).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum CredentialConfiguration {
    /// A credential secured with Data Integrity (§A.1.2).
    LdpVc(Box<LdpVcConfiguration>),
    /// A format that is not spoken here; nothing else of it is kept.
    Other {
        /// Its format identifier.
        format: String,
    },
}

/// The metadata of a credential in the format `ldp_vc` (OpenID4VCI §A.1.2.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "ldp_vc")]
pub struct LdpVcConfiguration {
    /// Contexts and types.
    pub credential_definition: CredentialDefinition,
    /// The scope by which an authorization request asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Suites the issuer signs with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credential_signing_alg_values_supported: Vec<String>,
    /// How the credential may be bound to its holder, such as `did:key`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cryptographic_binding_methods_supported: Vec<String>,
    /// Which key proofs are taken, by their type; here `jwt`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub proof_types_supported: BTreeMap<String, KeyProofType>,
    /// How it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_metadata: Option<CredentialMetadata>,
}

impl LdpVcConfiguration {
    /// A credential bound to a `did:key` that is proven by a `jwt` signed with Ed25519.
    pub fn bound_to_did_key(credential_definition: CredentialDefinition) -> Self {
        let algorithms = ["EdDSA", "Ed25519"].map(str::to_owned).to_vec();
        let jwt = KeyProofType { proof_signing_alg_values_supported: algorithms, key_attestations_required: None };
        Self {
            credential_definition,
            scope: None,
            credential_signing_alg_values_supported: Vec::new(),
            cryptographic_binding_methods_supported: vec!["did:key".to_owned()],
            proof_types_supported: BTreeMap::from([("jwt".to_owned(), jwt)]),
            credential_metadata: None,
        }
    }
}

impl<'de> Deserialize<'de> for CredentialConfiguration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let value = serde_json::Value::deserialize(deserializer)?;
        let format = value.get("format").and_then(serde_json::Value::as_str);
        match format.ok_or_else(|| D::Error::custom("missing field `format`"))? {
            "ldp_vc" => {
                serde_json::from_value(value).map(|known| Self::LdpVc(Box::new(known))).map_err(D::Error::custom)
            }
            other => Ok(Self::Other { format: other.to_owned() }),
        }
    }
}

/// What type a credential has (OpenID4VCI §A.1.2.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CredentialDefinition {
    /// The contexts, in order.
    #[serde(rename = "@context")]
    pub context: Vec<serde_json::Value>,
    /// The types.
    #[serde(rename = "type")]
    pub types: Vec<String>,
}

/// What the issuer takes as proof of a key (OpenID4VCI §12.2.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyProofType {
    /// Which algorithms sign it.
    pub proof_signing_alg_values_supported: Vec<String>,
    /// Present if the key must be attested by the wallet's maker; nothing here can do that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_attestations_required: Option<serde_json::Value>,
}

/// How a credential is shown (OpenID4VCI §12.2.4).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CredentialMetadata {
    /// One entry for each language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub display: Vec<CredentialDisplay>,
    /// What it says, in the order in which it is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimDescription>,
}

/// How a credential is shown in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CredentialDisplay {
    /// Its name.
    pub name: String,
    /// The language (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// A logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<crate::Logo>,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A CSS colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background_color: Option<String>,
    /// An image behind the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background_image: Option<ImageLink>,
    /// A CSS colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_color: Option<String>,
}

/// Where an image is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageLink {
    /// Its address, of any scheme.
    pub uri: String,
}

/// One claim of a credential (OpenID4VCI §B.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimDescription {
    /// Where it stands in the credential (Appendix C).
    pub path: Vec<ClaimPathItem>,
    /// Whether the issuer always includes it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mandatory: bool,
    /// Its names, one for each language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub display: Vec<ClaimDisplay>,
}

/// One part of the way to a claim (OpenID4VCI Appendix C).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum ClaimPathItem {
    /// The member of this name.
    Member(String),
    /// The item at this index, counted from 0.
    Item(u64),
    /// Every item of an array, written as `null`.
    EveryItem(()),
}

/// The name of a claim in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimDisplay {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The language (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
}

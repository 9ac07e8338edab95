//! Which credentials does a verifier ask for? The Digital Credentials Query Language (OpenID4VP 1.0 §6), as far as badges need it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A query (OpenID4VP §6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DcqlQuery {
    /// Each of these credentials is asked for; at least one.
    pub credentials: Vec<CredentialQuery>,
}

/// One credential that is asked for (OpenID4VP §6.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialQuery {
    /// By which the answer names it: letters, digits, `_` and `-`.
    pub id: String,
    /// The format, `ldp_vc` here (OpenID4VP §B.1.3.2).
    pub format: String,
    /// Whether several credentials may answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multiple: bool,
    /// What holds of the credential as a whole.
    pub meta: CredentialMeta,
    /// What must stand in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimsQuery>,
}

/// The types of a W3C credential (OpenID4VP §B.1.1): one of these sets, each type as its full address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialMeta {
    /// Sets of types, any of which will do.
    pub type_values: Vec<Vec<String>>,
}

/// A claim that is asked for (OpenID4VP §6.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsQuery {
    /// Where it stands (§7): names, places in a list, and `null` for every place.
    pub path: Vec<Value>,
    /// One of these values; none when any will do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

/// The type of an Open Badge (OB 3.0), as its context makes it.
const BADGE_TYPE: &str = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential";

impl DcqlQuery {
    /// Asks for one badge or several, named `id` in the answer; with this outcome among the addresses of its alignments.
    pub fn badges(id: &str, outcome: Option<&str>) -> Self {
        let path = ["credentialSubject", "achievement", "alignment"].map(Value::from).into_iter();
        let path = path.chain([Value::Null, Value::from("targetUrl")]).collect();
        let claims = outcome.map(|outcome| ClaimsQuery { path, values: vec![Value::from(outcome)] });
        let credential = CredentialQuery {
            id: id.to_owned(),
            format: "ldp_vc".to_owned(),
            multiple: true,
            meta: CredentialMeta { type_values: vec![vec![BADGE_TYPE.to_owned()]] },
            claims: claims.into_iter().collect(),
        };
        Self { credentials: vec![credential] }
    }
}

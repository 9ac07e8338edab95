//! What shows that the achievement was earned (OB 3.0 `Evidence`)?

use serde::{Deserialize, Serialize};

use crate::typed_object::types;
use crate::uri::Uri;

/// Work, or a story about it, that shows what was achieved (OB 3.0 `Evidence`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Where the evidence is.
    #[serde(default, deserialize_with = "crate::uri::present", skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// Contains `Evidence`.
    #[serde(rename = "type", deserialize_with = "types")]
    pub types: Vec<String>,
    /// How it was earned, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its kind, in the issuer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// For whom it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
}

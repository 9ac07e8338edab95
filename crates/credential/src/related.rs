//! Which other achievement is this one related to, such as its translation (OB 3.0 `Related`)?

use serde::{Deserialize, Serialize};

use crate::text::{LanguageTag, one_or_many};
use crate::uri::Uri;

/// Another achievement that this one is a translation or a version of (OB 3.0 `Related`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Related {
    /// The other achievement.
    pub id: Uri,
    /// Contains `Related`.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// Its language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_language: Option<LanguageTag>,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

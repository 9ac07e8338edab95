//! What kind of thing is this, where a document may hold things that we cannot read? Objects of foreign types, kept as received.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json;
use crate::text::{RawJson, one_or_many};
use crate::uri::{Uri, present};

/// An object that must have a type and may have an id (VC Data Model 2.0 §4.5), kept as it was received: terms of use, a refresh
/// service, evidence or a schema of whatever kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedObject {
    id: Option<Uri>,
    types: Vec<String>,
    raw: RawJson,
}

#[derive(Deserialize)]
struct Head {
    #[serde(default, deserialize_with = "present")]
    id: Option<Uri>,
    #[serde(rename = "type", with = "one_or_many")]
    types: Vec<String>,
}

impl TypedObject {
    /// Its identity, if it has one.
    pub fn id(&self) -> Option<&Uri> {
        self.id.as_ref()
    }

    /// Its types, one at least.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The object as it was written.
    pub fn raw(&self) -> &RawJson {
        &self.raw
    }
}

/// Types are terms or URLs (§4.5): one at least, and none empty or with white space, which neither may have.
pub(crate) fn types_hold(types: &[String]) -> bool {
    let holds = |kind: &String| !kind.is_empty() && !kind.chars().any(|c| c.is_whitespace() || c.is_control());
    !types.is_empty() && types.iter().all(holds)
}

/// Reads the values of `type`, of which there must be one at least.
pub(crate) fn types<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let types: Vec<String> = one_or_many::deserialize(deserializer)?;
    if types_hold(&types) { Ok(types) } else { Err(D::Error::custom("expected a type: a term or a URL")) }
}

impl<'de> Deserialize<'de> for TypedObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawJson::deserialize(deserializer)?;
        let Head { id, types } = json::from_str(raw.as_str()).map_err(D::Error::custom)?;
        if !types_hold(&types) {
            return Err(D::Error::custom("expected a type: a term or a URL"));
        }
        Ok(Self { id, types, raw })
    }
}

impl Serialize for TypedObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_has_a_type_and_one_url_as_id() {
        for good in [
            r#"{"type": "OdrlPolicy2017"}"#,
            r#"{"type": ["A", "https://a.example/B"], "id": "urn:uuid:1", "more": [1]}"#,
        ] {
            let object: TypedObject = json::view(good).unwrap();
            assert_eq!(serde_json::to_string(&object).unwrap(), good);
        }
        for bad in [
            "{}",
            r#""A""#,
            r#"["A"]"#,
            r#"{"type": null}"#,
            r#"{"type": []}"#,
            r#"{"type": 2}"#,
            r#"{"type": [2]}"#,
            r#"{"type": ""}"#,
            r#"{"type": "not a term"}"#,
            r#"{"type": "A", "id": null}"#,
            r#"{"type": "A", "id": ["urn:uuid:1"]}"#,
            r#"{"type": "A", "id": "not-a-url"}"#,
        ] {
            assert!(json::view::<TypedObject>(bad).is_err(), "{bad}");
        }
    }
}

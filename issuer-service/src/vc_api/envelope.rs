//! Which signed text is in this JSON? The JSON itself, a JWT as a string, or one in the data URL of an envelope
//! (VC Data Model 2.0 §4.13.1 and §4.13.2).

use std::borrow::Cow;

use stapel_credential::RawJson;
use stapel_credential::context::VC_V2;
use stapel_credential::json::{self, Json, JsonError};

/// What an envelope holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Held {
    Credential,
    Presentation,
}

impl Held {
    fn envelope(self) -> &'static str {
        match self {
            Self::Credential => "EnvelopedVerifiableCredential",
            Self::Presentation => "EnvelopedVerifiablePresentation",
        }
    }

    fn data_urls(self) -> [&'static str; 2] {
        match self {
            Self::Credential => ["data:application/vc+jwt,", "data:application/jwt,"],
            Self::Presentation => ["data:application/vp+jwt,", "data:application/jwt,"],
        }
    }

    /// The text that was signed.
    ///
    /// # Errors
    /// [`JsonError::Shape`] for an envelope under other contexts, or whose id is not a data URL of a JWT.
    pub(super) fn take_out(self, raw: &RawJson) -> Result<Cow<'_, str>, JsonError> {
        let tree = json::parse_within(raw.as_str(), json::MAX_COLLECTION_BYTES)?;
        if let Some(text) = tree.as_str() {
            return Ok(Cow::Owned(text.to_owned()));
        }
        let types = tree.find("type").map(Json::as_items).unwrap_or_default();
        if !types.iter().any(|kind| kind.as_str() == Some(self.envelope())) {
            return Ok(Cow::Borrowed(raw.as_str()));
        }
        let refuse = |path: &str, message: String| JsonError::Shape { path: path.to_owned(), message };
        let contexts = tree.find("@context").map(Json::as_items).unwrap_or_default();
        if !contexts.iter().any(|context| context.as_str() == Some(VC_V2)) {
            return Err(refuse("$.@context", format!("expected {VC_V2}, which says what an envelope is")));
        }
        let id = tree.find("id").and_then(Json::as_str).unwrap_or_default();
        let held = self.data_urls().into_iter().find_map(|start| id.strip_prefix(start));
        let [first, _] = self.data_urls();
        held.map(|text| Cow::Owned(text.to_owned()))
            .ok_or_else(|| refuse("$.id", format!("expected a data URL of a JWT, such as {first}eyJ…")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(held: Held, text: &str) -> Result<String, String> {
        let raw = RawJson::parse(text).unwrap();
        held.take_out(&raw).map(Cow::into_owned).map_err(|error| error.to_string())
    }

    #[test]
    fn an_envelope_is_opened_only_under_the_contexts_that_say_what_it_is() {
        let envelope =
            |context: &str, id: &str, kind: &str| format!(r#"{{"@context":{context},"id":"{id}","type":"{kind}"}}"#);
        let (v2, kind) = (format!("\"{VC_V2}\""), "EnvelopedVerifiableCredential");
        let (jwt, held) = ("data:application/jwt,e.y.J", Held::Credential);
        assert_eq!(out(held, &envelope(&v2, jwt, kind)).as_deref(), Ok("e.y.J"));
        assert_eq!(out(held, "\"e.y.J\"").as_deref(), Ok("e.y.J"));
        for wrong in [
            envelope("[]", jwt, kind),
            envelope("\"https://www.w3.org/ns/credentials/examples/v2\"", jwt, kind),
            envelope(&v2, "e.y.J", kind),
            envelope(&v2, "data:application/vp+jwt,e.y.J", kind),
        ] {
            assert!(out(held, &wrong).is_err(), "{wrong}");
        }
        for other in [envelope(&v2, jwt, "VerifiableCredential"), envelope(&v2, jwt, "EnvelopedVerifiablePresentation")]
        {
            assert_eq!(out(held, &other), Ok(other.clone()), "no envelope of a credential");
        }
    }
}

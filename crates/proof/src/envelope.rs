//! How does a document that is no JSON stand within one that is? VC Data Model 2.0 §4.13, enveloped credentials.

use std::borrow::Cow;

use serde_json::json;
use stapel_credential::context::VC_V2;
use stapel_credential::json::{self, Json};
use stapel_credential::{RawJson, TextError};

use crate::jws::{Header, Jws, is_compact};
use crate::jwt::JwtNames;

/// The type of an object that holds a secured credential in a data URL.
const ENVELOPED: &str = "EnvelopedVerifiableCredential";
/// The data URL of a JWT as VC-JOSE-COSE has it, and of any other.
const DATA_URLS: [&str; 2] = ["data:application/vc+jwt,", "data:application/jwt,"];

/// The text of a signed document as a JSON value, to stand in a presentation, a record or a dossier: JSON as it is, a JWT in
/// an `EnvelopedVerifiableCredential`. [`text_within`] gives the text back, byte for byte.
///
/// # Errors
/// [`TextError`] for what is neither.
pub fn within_json(text: &str) -> Result<RawJson, TextError> {
    if !is_compact(text) {
        return RawJson::parse(text);
    }
    let typ = Jws::parse(text, json::MAX_COLLECTION_BYTES).ok().and_then(|jws| jws.header.typ);
    let is_jose_cose = typ.is_some_and(|typ| Header::media_type(&typ) == JwtNames::CREDENTIAL.typ);
    let [jose_cose, other] = DATA_URLS;
    let id = format!("{}{text}", if is_jose_cose { jose_cose } else { other });
    RawJson::parse(&json!({ "@context": VC_V2, "id": id, "type": ENVELOPED }).to_string())
}

/// The text of a signed document that stands within another: what an envelope or a JSON string holds, else the JSON itself.
pub fn text_within(raw: &RawJson) -> Cow<'_, str> {
    let text = raw.as_str();
    let held = json::parse_within(text, json::MAX_COLLECTION_BYTES).ok().and_then(|tree| held(&tree));
    held.map_or(Cow::Borrowed(text), Cow::Owned)
}

fn held(tree: &Json<'_>) -> Option<String> {
    if let Some(text) = tree.as_str() {
        return Some(text.to_owned());
    }
    let types = tree.find("type")?.as_items();
    if !types.iter().any(|kind| kind.as_str() == Some(ENVELOPED)) {
        return None;
    }
    let id = tree.find("id")?.as_str()?;
    DATA_URLS.into_iter().find_map(|prefix| id.strip_prefix(prefix)).filter(|text| is_compact(text)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_within_json_comes_out_byte_for_byte() {
        let jwt = "eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.e30.AAAA";
        let plain = "eyJhbGciOiJFZERTQSJ9.e30.AAAA";
        for text in ["{\"a\": [1, 2]}", jwt, plain, "e"] {
            assert_eq!(text_within(&within_json(text).unwrap()), text);
        }
        assert!(within_json(jwt).unwrap().as_str().contains("\"data:application/vc+jwt,eyJ"));
        assert!(within_json(plain).unwrap().as_str().contains("\"data:application/jwt,eyJ"));
        assert!(within_json("no JSON").is_err());
    }

    #[test]
    fn only_a_jwt_in_a_data_url_is_taken_out_of_an_envelope() {
        for id in ["data:application/vc+jwt;base64,ZXlK", "https://a.example/eyJ", "data:application/vc+jwt,{}"] {
            let text = json!({ "id": id, "type": [ENVELOPED] }).to_string();
            assert_eq!(text_within(&RawJson::parse(&text).unwrap()), text);
        }
        let other = json!({ "id": "data:application/jwt,eyJ", "type": "VerifiableCredential" }).to_string();
        assert_eq!(text_within(&RawJson::parse(&other).unwrap()), other);
        assert_eq!(text_within(&RawJson::parse("\"eyJ.e30.AA\"").unwrap()), "eyJ.e30.AA");
    }
}

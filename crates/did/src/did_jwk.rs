//! How does a JWK name itself: did:jwk?
//!
//! did:jwk Method: the identifier is the JWK in base64url; the one verification method has the fragment `0`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use stapel_credential::{Did, json};
use stapel_keys::PublicKey;

use crate::document::ControllerDocument;
use crate::error::DidError;

/// Largest JWK that is read, in bytes: that of an 8192-bit RSA key has some 1400.
const JWK_MAX_BYTES: usize = 1_500;

pub(crate) fn document(did: &Did) -> Result<ControllerDocument, DidError> {
    let refuse = |cause: String| DidError::Jwk { did: did.clone(), cause };
    let bytes = URL_SAFE_NO_PAD
        .decode(did.specific())
        .map_err(|_| refuse("what follows is not base64url without padding".to_owned()))?;
    let text = String::from_utf8(bytes).map_err(|_| refuse("it holds no UTF-8 text".to_owned()))?;
    // The strict reading finds what the plain one passes over: a member that stands twice.
    json::parse_within(&text, JWK_MAX_BYTES).map_err(|error| refuse(error.to_string()))?;
    let jwk: Value = serde_json::from_str(&text).map_err(|error| refuse(error.to_string()))?;
    let key = PublicKey::from_jwk(&jwk).map_err(|source| DidError::Key { did: did.clone(), source })?;
    let method = did.with_fragment("0").map_err(|error| refuse(error.to_string()))?;
    ControllerDocument::new(did.clone(), &[(method, key)])
}

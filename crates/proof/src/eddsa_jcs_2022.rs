//! What exactly is signed under `eddsa-jcs-2022`? VC-DI-EdDSA §3.3.

use stapel_credential::json::{Json, JsonError, Object};

use stapel_credential::jcs::{canonicalize_members, canonicalize_object, sha256};

/// The 64 bytes that are signed: the hash of the proof configuration, then that of the document.
pub(crate) type HashData = [u8; 64];

/// What a proof stands over: two hashes (VC-DI-EdDSA §3.2.4 and §3.3.4: the proof configuration's hash comes first).
pub(crate) fn hash_data(config_hash: [u8; 32], document_hash: [u8; 32]) -> HashData {
    let mut data = [0; 64];
    let (first, second) = data.split_at_mut(32);
    first.copy_from_slice(&config_hash);
    second.copy_from_slice(&document_hash);
    data
}

/// The hash of the proof configuration: the proof without its value (VC-DI-EdDSA §3.3.5).
pub(crate) fn config_hash(proof: &Object<'_>) -> [u8; 32] {
    let config = proof.iter().filter(|(name, _)| *name != "proofValue");
    sha256(canonicalize_members(config).as_bytes())
}

/// The hash of the document without its proof (VC-DI-EdDSA §3.3.3 and §3.3.4).
pub(crate) fn document_hash(document: &Object<'_>) -> [u8; 32] {
    sha256(canonicalize_object(document).as_bytes())
}

/// VC-DI-EdDSA §3.3.2, steps 4.1 and 4.2: the document's contexts must start with the proof's, and the proof's were signed.
/// Gives the document's hash under the proof's contexts.
pub(crate) fn document_hash_under<'a>(
    document: &mut Object<'a>,
    as_it_stands: [u8; 32],
    proof: &Object<'a>,
    path: &str,
) -> Result<[u8; 32], JsonError> {
    let Some(signed) = proof.find("@context") else { return Ok(as_it_stands) };
    let received = document.find("@context").cloned().unwrap_or(Json::Array(Vec::new()));
    if *signed == received {
        return Ok(as_it_stands);
    }
    if !received.as_items().starts_with(signed.as_items()) {
        return Err(JsonError::Shape {
            path: format!("{path}.@context"),
            message: "the document's contexts do not start with those that were signed".to_owned(),
        });
    }
    document.insert("@context", signed.clone());
    let hash = document_hash(document);
    document.insert("@context", received);
    Ok(hash)
}

//! What exactly is signed under `eddsa-rdfc-2022`? VC-DI-EdDSA §3.2: the canonical N-Quads of what the contexts make of the JSON.

use stapel_credential::json::{JsonError, Object};
use stapel_jsonld::{CanonicalError, Contexts, canonical};

use crate::signed::ProofError;

/// The hash of the document without its proof (VC-DI-EdDSA §3.2.3 and §3.2.4).
pub(crate) fn document_hash(document: &Object<'_>, contexts: &Contexts) -> Result<[u8; 32], CanonicalError> {
    canonical(document, contexts).map(|text| text.sha256())
}

/// The hash of the proof configuration: the proof without its value, under the document's contexts (VC-DI-EdDSA §3.2.5).
///
/// # Errors
/// [`ProofError`] when the proof has contexts of its own that are not the document's.
pub(crate) fn config_hash(
    document: &Object<'_>,
    proof: &Object<'_>,
    path: &str,
    contexts: &Contexts,
) -> Result<Result<[u8; 32], CanonicalError>, ProofError> {
    let context = document.find("@context");
    if proof.find("@context").is_some_and(|own| Some(own) != context) {
        return Err(JsonError::Shape {
            path: format!("{path}.@context"),
            message: "the proof's contexts are not those of the document".to_owned(),
        }
        .into());
    }
    let mut config = proof.clone();
    config.remove("proofValue");
    if let Some(context) = context {
        config.insert("@context", context.clone());
    }
    Ok(canonical(&config, contexts).map(|text| text.sha256()))
}

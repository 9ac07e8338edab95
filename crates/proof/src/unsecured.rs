//! How does a document become a signed one?

use stapel_credential::json::{self, Json, JsonError};
use stapel_keys::Signer;

use crate::document::Document;
use crate::eddsa_jcs_2022::{document_hash, hash_data};
use crate::proof::{Cryptosuite, Proof, ProofOptions};
use crate::signed::Signed;
use stapel_credential::jcs::canonicalize_object;

/// A document that nobody signed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsecured<T>(T);

/// Why a document was not signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The document cannot be written as JSON that others read the same way.
    #[error("the document cannot be signed: {0}")]
    Json(#[from] JsonError),
    /// The document cannot be written at all.
    #[error("the document cannot be written: {0}")]
    Write(#[from] serde_json::Error),
    /// The key did not sign.
    #[error(transparent)]
    Key(#[from] stapel_keys::SignError),
}

impl<T: Document> Unsecured<T> {
    /// The document to sign.
    pub fn new(content: T) -> Self {
        Self(content)
    }

    /// What it says.
    pub fn content(&self) -> &T {
        &self.0
    }

    /// Signs under `eddsa-jcs-2022` (VC-DI-EdDSA §3.3.1).
    ///
    /// # Errors
    /// [`SignError`] when the document has no safe JSON form or the key does not sign.
    pub fn sign(self, signer: &dyn Signer, options: &ProofOptions) -> Result<Signed<T>, SignError> {
        let mut text = serde_json::to_string(&self.0)?;
        let (config, data) = {
            let Json::Object(document) = json::parse_within(&text, T::MAX_BYTES)? else {
                return Err(JsonError::Shape { path: "$".to_owned(), message: "expected an object".to_owned() }.into());
            };
            let mut config = options.to_json();
            // VC-DI-EdDSA §3.3.1 step 2: the proof carries the document's contexts.
            if let Some(context) = document.find("@context") {
                config.insert("@context", context.clone());
            }
            let config = canonicalize_object(&config);
            let data = hash_data(&config, document_hash(&document));
            (config, data)
        };
        let signature = signer.sign(&data)?;
        // Both texts end in the brace of an object with members, so a member is added before it.
        text.pop();
        text.push_str(",\"proof\":");
        text.push_str(config.strip_suffix('}').unwrap_or(&config));
        text.push_str(",\"proofValue\":\"");
        text.push_str(&signature.to_multibase());
        text.push_str("\"}}");
        if text.len() > T::MAX_BYTES {
            // What nobody would read must not be signed either.
            return Err(JsonError::TooLarge { actual: text.len(), limit: T::MAX_BYTES }.into());
        }
        let proof = Proof {
            cryptosuite: Cryptosuite::EddsaJcs2022,
            verification_method: options.verification_method.clone(),
            purpose: options.purpose.to_string(),
            created: Some(options.created),
            expires: options.expires,
            domain: options.domain.clone().into_iter().collect(),
            challenge: options.challenge.clone(),
            signature: Some(signature),
        };
        Ok(Signed::from_parts(text, self.0, proof, data))
    }
}

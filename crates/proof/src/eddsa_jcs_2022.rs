//! What exactly is signed under `eddsa-jcs-2022`? VC-DI-EdDSA §3.3.

use stapel_credential::jcs::{Member, canonicalize, canonicalize_members, sha256};
use stapel_credential::json::{Json, JsonError, Object};

const CONTEXT: &str = "@context";

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

/// A document without its proofs, as it is hashed (VC-DI-EdDSA §3.3.3 and §3.3.4).
pub(crate) struct Hashed {
    hash: [u8; 32],
    /// The canonical text of its contexts. A proof repeats them (§3.3.1 step 2), so they are written once.
    contexts: Option<String>,
}

impl Hashed {
    pub(crate) fn new(document: &Object<'_>) -> Self {
        let contexts = document.find(CONTEXT).map(canonicalize);
        let text = canonicalize_members(document.iter().map(|member| under(contexts.as_deref(), member)));
        Self { hash: sha256(text.as_bytes()), contexts }
    }

    /// The canonical text of the configuration of a proof that is to be made, with the document's contexts (§3.3.5); and what
    /// is signed with it.
    pub(crate) fn to_sign(&self, config: &Object<'_>) -> (String, HashData) {
        // Of the names that we write in a configuration none comes before this one.
        let contexts = self.contexts.iter().map(|written| (CONTEXT, Member::Written(written)));
        let text = canonicalize_members(contexts.chain(config.iter().map(|member| under(None, member))));
        let data = hash_data(sha256(text.as_bytes()), self.hash);
        (text, data)
    }

    /// What was signed with a proof of this document: its configuration is the proof without its value (§3.3.5). The document's
    /// contexts must start with the proof's, and the proof's were signed (§3.3.2 steps 4.1 and 4.2).
    pub(crate) fn signed<'a>(
        &self,
        document: &mut Object<'a>,
        proof: &Object<'a>,
        path: &str,
    ) -> Result<HashData, JsonError> {
        let Some(signed) = proof.find(CONTEXT) else { return Ok(hash_data(config_hash(proof, None), self.hash)) };
        let received = document.find(CONTEXT);
        if received == Some(signed) {
            return Ok(hash_data(config_hash(proof, self.contexts.as_deref()), self.hash));
        }
        let received = received.cloned().unwrap_or(Json::Array(Vec::new()));
        if !received.as_items().starts_with(signed.as_items()) {
            return Err(JsonError::Shape {
                path: format!("{path}.{CONTEXT}"),
                message: "the document's contexts do not start with those that were signed".to_owned(),
            });
        }
        document.insert(CONTEXT, signed.clone());
        let under_signed = Self::new(document);
        document.insert(CONTEXT, received);
        Ok(hash_data(config_hash(proof, under_signed.contexts.as_deref()), under_signed.hash))
    }
}

fn config_hash(proof: &Object<'_>, contexts: Option<&str>) -> [u8; 32] {
    let config = proof.iter().filter(|(name, _)| *name != "proofValue");
    sha256(canonicalize_members(config.map(|member| under(contexts, member))).as_bytes())
}

/// The member, whose text is known where it is that of the contexts.
fn under<'v, 'a>(contexts: Option<&'v str>, (name, value): (&'v str, &'v Json<'a>)) -> (&'v str, Member<'v, 'a>) {
    match contexts {
        Some(written) if name == CONTEXT => (name, Member::Written(written)),
        _ => (name, Member::Value(value)),
    }
}

//! How does a document become a signed one?

use stapel_credential::jcs::canonicalize_object;
use stapel_credential::json::{self, Json, JsonError};
use stapel_jsonld::{CanonicalError, Contexts};
use stapel_keys::Signer;

use crate::data_integrity::{Input, Secured};
use crate::document::Document;
use crate::eddsa_jcs_2022::{Hashed, hash_data};
use crate::eddsa_rdfc_2022;
use crate::proof::{Cryptosuite, Proof, ProofOptions, ProofPurpose};
use crate::sign_jwt::sign_jwt;
use crate::signed::{ProofError, Signed};

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
    /// Under its contexts the document says something else than its JSON, or a context is not at hand.
    #[error("the document cannot be signed: {0}")]
    NoDataset(#[from] CanonicalError),
    /// The proof's own contexts are not the document's.
    #[error("the document cannot be signed: {0}")]
    Proof(#[from] ProofError),
    /// A suite that is verified at most, never made.
    #[error("{suite} is not a suite that we sign with")]
    Suite {
        /// The suite's name.
        suite: String,
    },
    /// A JWT names no purpose, so it cannot have another than its kind of document.
    #[error("a JWT of this kind is made for {made_for}, and the options say {stated}")]
    JwtPurpose {
        /// What the options say.
        stated: ProofPurpose,
        /// What the kind of document is for.
        made_for: ProofPurpose,
    },
    /// A badge in the form of Open Badges has no claims for the signature alone.
    #[error("a badge as a JWT of Open Badges has no place for an end of the signature, an audience or a challenge")]
    NoPlaceInJwt,
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

    /// Adds a Data Integrity proof under the suite that the options name (VC-DI-EdDSA §3.2.1, §3.3.1), or makes a JWT, if they
    /// name that (Open Badges 3.0 §8.2, VC-JOSE-COSE §3.1).
    ///
    /// # Errors
    /// [`SignError`] when the document has no safe JSON form, says under its contexts something else than its JSON, names a
    /// suite that is not made here, or the key does not sign.
    pub fn sign(self, signer: &dyn Signer, options: &ProofOptions) -> Result<Signed<T>, SignError> {
        self.sign_under(signer, options, Contexts::embedded())
    }

    /// The same for a document whose vocabulary is among these contexts.
    ///
    /// # Errors
    /// As [`Unsecured::sign`].
    pub fn sign_under(
        self,
        signer: &dyn Signer,
        options: &ProofOptions,
        contexts: &Contexts,
    ) -> Result<Signed<T>, SignError> {
        if let Cryptosuite::VcJwt(_) | Cryptosuite::VcJoseCose(_) = options.cryptosuite {
            return sign_jwt(&self.0, signer, options);
        }
        let mut text = serde_json::to_string(&self.0)?;
        let (config, data) = {
            let Json::Object(document) = json::parse_within(&text, T::MAX_BYTES)? else {
                return Err(JsonError::Shape { path: "$".to_owned(), message: "expected an object".to_owned() }.into());
            };
            let config = options.to_json();
            match &options.cryptosuite {
                Cryptosuite::EddsaJcs2022 => Hashed::new(&document).to_sign(&config),
                Cryptosuite::EddsaRdfc2022 => {
                    let config_hash = eddsa_rdfc_2022::config_hash(&document, &config, "$.proof", contexts)??;
                    let data = hash_data(config_hash, eddsa_rdfc_2022::document_hash(&document, contexts)?);
                    (canonicalize_object(&config), data)
                }
                Cryptosuite::Ed25519Signature2020
                | Cryptosuite::VcJwt(_)
                | Cryptosuite::VcJoseCose(_)
                | Cryptosuite::Unsupported(_) => {
                    return Err(SignError::Suite { suite: options.cryptosuite.to_string() });
                }
            }
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
            id: None,
            cryptosuite: options.cryptosuite.clone(),
            verification_method: options.verification_method.clone(),
            purpose: options.purpose.to_string(),
            created: Some(options.created),
            expires: options.expires,
            domain: options.domain.clone().into_iter().collect(),
            challenge: options.challenge.clone(),
            nonce: None,
            previous_proof: Vec::new(),
            signature: Some(signature),
        };
        Ok(Signed::from_parts(text, self.0, Secured { proof, input: Input::HashData(data) }))
    }
}

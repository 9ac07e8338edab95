//! What was received, exactly, and what does it claim? Nothing here is verified yet.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use stapel_credential::json::{self, Json, JsonError};
use stapel_credential::{Digest, Uri, jcs};
use stapel_jsonld::Contexts;

use crate::data_integrity::{self, Input, MAX_PROOFS, Secured};
use crate::document::Document;
use crate::jws::JwsError;
use crate::jwt::{Token, is_jwt};
use crate::proof::Proof;

/// A document with its proof, as the text that was received. The content is a view; what is verified is the text.
pub struct Signed<T>(Arc<Inner<T>>);

struct Inner<T> {
    text: String,
    /// The JSON of the document, where the text is a JWT.
    inside: Option<String>,
    content: T,
    proofs: Vec<Secured>,
    digest: OnceLock<Digest>,
}

/// Why a text is not a signed document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// Not JSON, or not of this shape.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Nobody signed it.
    #[error("the document carries no proof: nobody signed it")]
    NoProof,
    /// More proofs than are read.
    #[error("the document carries {actual} proofs; at most {MAX_PROOFS} are read")]
    TooManyProofs {
        /// How many there are.
        actual: usize,
    },
    /// Not a JWT that can be looked into.
    #[error(transparent)]
    Jws(#[from] JwsError),
    /// A claim of a JWT, and a member of its document that says otherwise.
    #[error("the claim {claim} of the JWT is {stated}, and {path} is {member}")]
    Contradiction {
        /// The claim.
        claim: &'static str,
        /// What it says.
        stated: String,
        /// The JSON path of the member.
        path: String,
        /// What that says.
        member: String,
    },
    /// A key that is not named by a DID: it says nothing against the document, but such keys are not looked up.
    #[error("{path}: the key {method} is not named by a DID, so it cannot be looked up")]
    ForeignMethod {
        /// The JSON path.
        path: String,
        /// The key's name.
        method: Uri,
    },
}

impl ProofError {
    /// Whether the document could not be read to its end, as opposed to read and found wrong.
    pub fn is_undecided(&self) -> bool {
        match self {
            Self::ForeignMethod { .. } => true,
            Self::Jws(error) => error.is_undecided(),
            _ => false,
        }
    }
}

impl<T> Clone for Signed<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Document> fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Signed").field(&self.0.content).finish()
    }
}

impl<T: Document> Signed<T> {
    /// Reads a signed document: strictly as JSON, then typed, then its proofs; or a compact JWT, and the document in it.
    ///
    /// # Errors
    /// [`ProofError`] with the JSON path of what is wrong.
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        if is_jwt(text) {
            return Token::parse::<T>(text)?.into_signed(text.to_owned());
        }
        let tree = json::parse_within(text, T::MAX_BYTES)?;
        let content = T::view(text)?;
        let proofs = secured(tree, Contexts::embedded())?;
        Ok(Self::from_inner(text.to_owned(), None, content, proofs))
    }

    pub(crate) fn from_parts(text: String, content: T, proof: Secured) -> Self {
        Self::from_inner(text, None, content, vec![proof])
    }

    pub(crate) fn from_jwt(text: String, inside: String, content: T, proof: Secured) -> Self {
        Self::from_inner(text, Some(inside), content, vec![proof])
    }

    fn from_inner(text: String, inside: Option<String>, content: T, proofs: Vec<Secured>) -> Self {
        Self(Arc::new(Inner { text, inside, content, proofs, digest: OnceLock::new() }))
    }

    /// The proofs with what they stand over. Where a context is not among those of this build, `contexts` are asked.
    pub(crate) fn secured(&self, contexts: &Contexts) -> Cow<'_, [Secured]> {
        let lacks_context = |secured: &Secured| match &secured.input {
            Input::NoDataset(error) => error.unknown_context().is_some(),
            _ => false,
        };
        if !std::ptr::eq(contexts, Contexts::embedded()) && self.0.proofs.iter().any(lacks_context) {
            // The text was read when this value was made, so it is read again without error.
            let again = json::parse_within(&self.0.text, T::MAX_BYTES).ok().map(|tree| secured(tree, contexts));
            if let Some(Ok(proofs)) = again {
                return Cow::Owned(proofs);
            }
        }
        Cow::Borrowed(&self.0.proofs)
    }

    /// What the document says, if one believes it: nothing was verified.
    pub fn peek_unverified(&self) -> &T {
        &self.0.content
    }

    /// The text, byte for byte as it was received.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The document as JSON text: the text itself, or what its JWT holds.
    pub fn document_text(&self) -> &str {
        self.0.inside.as_deref().unwrap_or(&self.0.text)
    }

    /// The proofs, unverified.
    pub fn proofs(&self) -> impl ExactSizeIterator<Item = &Proof> {
        self.0.proofs.iter().map(|secured| &secured.proof)
    }

    /// SHA-256 over the JCS form of the whole secured document; of a JWT, over the compact text as it was signed.
    pub fn digest(&self) -> Digest {
        *self.0.digest.get_or_init(|| {
            if self.0.inside.is_some() {
                return Digest::from_bytes(jcs::sha256(self.0.text.as_bytes()));
            }
            // The text was read strictly when this value was made, so it is read again without error.
            jcs::digest_text(&self.0.text).unwrap_or_else(|_| Digest::from_bytes(jcs::sha256(self.0.text.as_bytes())))
        })
    }
}

fn secured(tree: Json<'_>, contexts: &Contexts) -> Result<Vec<Secured>, ProofError> {
    match tree {
        Json::Object(document) => data_integrity::read(document, contexts),
        _ => Err(ProofError::NoProof),
    }
}

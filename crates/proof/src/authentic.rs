//! Did its controller sign it? Every proof is checked, and one must be by a key of the issuer or holder.

use std::fmt;

use stapel_credential::{Did, DidUrl, Uri};
use stapel_jsonld::{CanonicalError, Contexts};
use stapel_keys::PublicKey;

use crate::data_integrity::{Input, JwsInput, Secured};
use crate::document::Document;
use crate::proof::{Proof, ProofPurpose};
use crate::signed::Signed;

/// A document of which every proof holds, one of them by a key of its controller for the document's purpose.
/// Made only by [`Signed::authenticate`].
///
/// ```
/// fn uses<T: stapel_proof::Document>(authentic: &stapel_proof::Authentic<T>) -> &T {
///     authentic.content()
/// }
/// ```
///
/// It cannot be made otherwise:
///
/// ```compile_fail
/// fn forges<T: stapel_proof::Document>(signed: stapel_proof::Signed<T>) -> stapel_proof::Authentic<T> {
///     stapel_proof::Authentic { signed }
/// }
/// ```
#[derive(Clone)]
pub struct Authentic<T> {
    signed: Signed<T>,
}

/// Where public keys come from: what was fetched before, or a DID that carries its key.
pub trait KeySource {
    /// The key that `method` names, if its DID lists it for `purpose`.
    ///
    /// # Errors
    /// [`KeyLookupError::Missing`] when the document of the DID is not at hand, [`KeyLookupError::Refused`] when it is and says no.
    fn key(&self, method: &DidUrl, purpose: ProofPurpose) -> Result<PublicKey, KeyLookupError>;

    /// The name of the method of `did` that has this key and is listed for `purpose`: for a signature that brings its key
    /// along. Without an implementation nothing is known of such keys.
    ///
    /// # Errors
    /// As [`Self::key`].
    fn method_of(&self, did: &Did, key: &PublicKey, purpose: ProofPurpose) -> Result<DidUrl, KeyLookupError> {
        let _ = purpose;
        Err(KeyLookupError::Unsupported { reason: format!("whether {key} is a key of {did} cannot be looked up") })
    }

    /// The JSON-LD contexts that are at hand; those of this build unless told otherwise.
    fn contexts(&self) -> &Contexts {
        Contexts::embedded()
    }
}

/// Why there is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyLookupError {
    /// The document that would say is not at hand: nothing is known against the key.
    #[error("the keys of {did} are not at hand")]
    Missing {
        /// Whose keys.
        did: Did,
        /// Where its document would be.
        url: String,
    },
    /// Keys of this kind of DID cannot be read: nothing is known against the key.
    #[error("{reason}")]
    Unsupported {
        /// What cannot be read.
        reason: String,
    },
    /// The document at hand does not give this key for this purpose.
    #[error("{reason}")]
    Refused {
        /// Why not.
        reason: String,
    },
}

/// Why a document is not authentic, or cannot be shown to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthenticateError {
    /// The signature does not belong to this text: it was altered, or never signed by that key.
    #[error(
        "the signature of {method} does not belong to this text: the document was altered, or not signed by that key"
    )]
    BadSignature {
        /// The key's name.
        method: DidUrl,
    },
    /// A good signature, but of somebody else.
    #[error("signed by {found}, which is not a key of {controller}")]
    NotByController {
        /// Who should have signed.
        controller: Uri,
        /// Whose keys did.
        found: String,
    },
    /// Signed to another end.
    #[error("the proof's purpose is {found:?}, not {expected}")]
    WrongPurpose {
        /// The purpose that is needed.
        expected: ProofPurpose,
        /// The purpose that stands there.
        found: String,
    },
    /// An algorithm that the key is not for: what the text says does not change what the key is.
    #[error("signed with {algorithm}, and {method} is a key of the kind {kind}")]
    WrongAlgorithm {
        /// The key's name.
        method: DidUrl,
        /// The algorithm or suite, as the text says.
        algorithm: String,
        /// The kind of the key.
        kind: &'static str,
    },
    /// The key's document refuses it.
    #[error("{0}")]
    KeyRefused(KeyLookupError),
    /// The key could not be looked up: undecided.
    #[error("{0}")]
    KeyUnknown(KeyLookupError),
    /// Under an RDF suite what was signed is what the contexts make of the JSON, and that is not what the JSON says.
    #[error("what was signed is not what is read: {0}")]
    NotWhatWasSigned(CanonicalError),
    /// A vocabulary that is not at hand, so what was signed cannot be computed: undecided.
    #[error("the context {url} is not at hand, so what was signed cannot be computed")]
    UnknownContext {
        /// The address of the context.
        url: String,
    },
    /// Secured in a way that this version cannot check: undecided.
    #[error("secured with {suite}, which this version cannot check")]
    UnsupportedSuite {
        /// The suite's name.
        suite: String,
    },
}

impl AuthenticateError {
    /// Whether it could not be checked, as opposed to checked and found false.
    pub fn is_undecided(&self) -> bool {
        matches!(self, Self::KeyUnknown(_) | Self::UnsupportedSuite { .. } | Self::UnknownContext { .. })
    }
}

impl<T: Document> fmt::Debug for Authentic<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Authentic").field(self.content()).finish()
    }
}

impl<T: Document> Authentic<T> {
    /// What its controller signed.
    pub fn content(&self) -> &T {
        self.signed.peek_unverified()
    }

    /// The document with its text.
    pub fn signed(&self) -> &Signed<T> {
        &self.signed
    }

    /// The proofs, all of which hold.
    pub fn proofs(&self) -> impl ExactSizeIterator<Item = &Proof> {
        self.signed.proofs()
    }
}

impl<T: Document> Signed<T> {
    /// Checks every proof. A set of proofs is as good as its worst member.
    ///
    /// # Errors
    /// [`AuthenticateError`]: what is false goes before what could not be checked. A controller that is not named by a DID is
    /// never authentic, since nothing here says which keys are its own; it is not called forged either.
    pub fn authenticate(&self, keys: &dyn KeySource) -> Result<Authentic<T>, AuthenticateError> {
        let controller = self.peek_unverified().controller();
        let mut undecided = None;
        let mut by_controller = false;
        for secured in self.secured(keys.contexts()).iter() {
            let by = secured.proof.verification_method.did();
            by_controller |= by.as_str() == controller.as_str();
            match check(secured, self.text(), T::PURPOSE, keys) {
                Ok(()) => {}
                Err(error) if error.is_undecided() => undecided = undecided.or(Some(error)),
                Err(error) => return Err(error),
            }
        }
        if let Some(error @ (AuthenticateError::UnsupportedSuite { .. } | AuthenticateError::UnknownContext { .. })) =
            undecided
        {
            // Who signed is not known before the signature was checked, so nobody is called a stranger.
            return Err(error);
        }
        if controller.as_did().is_none() {
            // Who controls an https address is written in a document that is not looked up here: nothing is known against it.
            let reason = format!("{controller} is not a DID, so its keys cannot be looked up");
            let unknown = AuthenticateError::KeyUnknown(KeyLookupError::Unsupported { reason });
            return Err(unknown);
        }
        if !by_controller {
            let found: Vec<String> = self.proofs().map(|proof| proof.verification_method.did().to_string()).collect();
            return Err(AuthenticateError::NotByController { controller: controller.clone(), found: found.join(", ") });
        }
        match undecided {
            Some(error) => Err(error),
            None => Ok(Authentic { signed: self.clone() }),
        }
    }
}

fn check(secured: &Secured, text: &str, purpose: ProofPurpose, keys: &dyn KeySource) -> Result<(), AuthenticateError> {
    let proof = &secured.proof;
    if proof.purpose != purpose.name() {
        return Err(AuthenticateError::WrongPurpose { expected: purpose, found: proof.purpose.clone() });
    }
    let data = match &secured.input {
        Input::HashData(data) => data,
        Input::Jws(jws) => return check_jws(proof, jws, text, purpose, keys),
        Input::Unsupported => {
            return Err(AuthenticateError::UnsupportedSuite { suite: proof.cryptosuite.to_string() });
        }
        Input::NoDataset(error) => {
            return Err(match error.unknown_context() {
                Some(url) => AuthenticateError::UnknownContext { url: url.to_owned() },
                None => AuthenticateError::NotWhatWasSigned(error.clone()),
            });
        }
    };
    let method = &proof.verification_method;
    let key = keys.key(method, purpose).map_err(not_found)?;
    let key = key.as_ed25519().ok_or_else(|| wrong_algorithm(proof, proof.cryptosuite.to_string(), &key))?;
    let bad = || AuthenticateError::BadSignature { method: method.clone() };
    let signature = proof.signature.as_ref().ok_or_else(bad)?;
    key.verify(data, signature).map_err(|_| bad())
}

/// A JWT names its key, or brings it along, or both, or is by somebody who has but one.
fn check_jws(
    proof: &Proof,
    jws: &JwsInput,
    text: &str,
    purpose: ProofPurpose,
    keys: &dyn KeySource,
) -> Result<(), AuthenticateError> {
    let method = &proof.verification_method;
    let key = match &jws.jwk {
        None => keys.key(method, purpose).map_err(not_found)?,
        // Whoever signs can put any key into the header: it is one of the DID's own, or it counts for nothing.
        Some(brought) if jws.is_named => {
            let named = keys.key(method, purpose).map_err(not_found)?;
            if named != **brought {
                let reason = format!("the JWT brings along {brought}, which is not {method}");
                return Err(AuthenticateError::KeyRefused(KeyLookupError::Refused { reason }));
            }
            named
        }
        Some(brought) => {
            keys.method_of(&method.did(), brought, purpose).map_err(not_found)?;
            (**brought).clone()
        }
    };
    if key.algorithm() != jws.algorithm {
        return Err(wrong_algorithm(proof, jws.algorithm.to_string(), &key));
    }
    let bad = || AuthenticateError::BadSignature { method: method.clone() };
    let signed = text.get(..jws.signed_bytes).ok_or_else(bad)?;
    key.verify(signed.as_bytes(), &jws.signature).map_err(|_| bad())
}

fn not_found(error: KeyLookupError) -> AuthenticateError {
    match error {
        KeyLookupError::Refused { .. } => AuthenticateError::KeyRefused(error),
        _ => AuthenticateError::KeyUnknown(error),
    }
}

fn wrong_algorithm(proof: &Proof, algorithm: String, key: &PublicKey) -> AuthenticateError {
    AuthenticateError::WrongAlgorithm { method: proof.verification_method.clone(), algorithm, kind: key.kind() }
}

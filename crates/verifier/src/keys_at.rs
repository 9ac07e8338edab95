//! Which key does a DID have at this instant? By what its trust list keeps for it, else by its document.

use stapel_credential::{Did, DidUrl, Timestamp};
use stapel_did::{ControllerDocument, DidError, Relationship, Resolution, resolve};
use stapel_jsonld::Contexts;
use stapel_keys::PublicKey;
use stapel_proof::{KeyLookupError, KeySource, ProofPurpose};

use crate::dossier::Dossier;
use crate::trust::Trust;

/// The keys at an instant: methods expire and are revoked, and an institution that has closed has those alone that a trust list
/// keeps for it.
#[derive(Clone, Copy)]
pub(crate) struct KeysAt<'a> {
    pub(crate) dossier: &'a Dossier,
    /// None for a trust list itself: it does not say by whose keys it is read.
    pub(crate) trust: Option<&'a Trust>,
    pub(crate) now: Timestamp,
}

impl<'a> KeysAt<'a> {
    /// The trust lists, where they may say whose key it is: for what an institution signed. Who shows something is never theirs to say.
    fn keeping(&self, purpose: ProofPurpose) -> Option<&'a Trust> {
        self.trust.filter(|_| purpose == ProofPurpose::AssertionMethod)
    }

    /// What the document of the DID says, if it can be had.
    fn ask<A>(
        &self,
        did: &Did,
        ask: impl FnOnce(&ControllerDocument) -> Result<A, DidError>,
    ) -> Result<A, KeyLookupError> {
        match resolve(did) {
            // A DID that carries its key is never overruled by a document that somebody put into the dossier.
            Ok(Resolution::Ready(document)) => ask(&document).map_err(refused),
            Ok(Resolution::Fetch(url)) => match self.dossier.find_controller(did) {
                Some(document) => ask(document).map_err(refused),
                None => Err(KeyLookupError::Missing { did: did.clone(), url }),
            },
            Err(error @ DidError::UnknownMethod { .. }) => {
                Err(KeyLookupError::Unsupported { reason: error.to_string() })
            }
            Err(error) => Err(refused(error)),
        }
    }
}

fn relationship(purpose: ProofPurpose) -> Relationship {
    match purpose {
        ProofPurpose::AssertionMethod => Relationship::AssertionMethod,
        ProofPurpose::Authentication => Relationship::Authentication,
    }
}

impl KeySource for KeysAt<'_> {
    fn contexts(&self) -> &Contexts {
        self.dossier.contexts()
    }

    fn key(&self, method: &DidUrl, purpose: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        let did = method.did();
        match self.keeping(purpose).and_then(|trust| trust.find_kept_key(&did, method)) {
            Some(kept) => kept,
            None => self.ask(&did, |document| document.key_at(method, relationship(purpose), self.now)),
        }
    }

    fn method_of(&self, did: &Did, key: &PublicKey, purpose: ProofPurpose) -> Result<DidUrl, KeyLookupError> {
        match self.keeping(purpose).and_then(|trust| trust.find_kept_method(did, key)) {
            Some(kept) => kept,
            None => self.ask(did, |document| document.method_of(key, relationship(purpose), self.now)),
        }
    }
}

fn refused(error: DidError) -> KeyLookupError {
    match error {
        // A key of a kind that we cannot read says nothing against the document.
        error @ DidError::Unusable { .. } => KeyLookupError::Unsupported { reason: error.to_string() },
        DidError::Key { did, source } if source.is_undecided() => {
            KeyLookupError::Unsupported { reason: format!("{did}: {source}") }
        }
        error => KeyLookupError::Refused { reason: error.to_string() },
    }
}

//! What was fetched beforehand? Keys, status lists and trust lists, so that a verdict needs no network.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use stapel_credential::{Did, DidUrl, RawJson, StatusListCredential, Timestamp, TrustListCredential, Uri};
use stapel_did::{ControllerDocument, DidError, Relationship, Resolution, resolve};
use stapel_keys::VerifyingKey;
use stapel_proof::{KeyLookupError, KeySource, ProofError, ProofPurpose, Signed};
use stapel_status::StatusList;

/// Everything that a verification may look up. It grows by what [`crate::Missing`] names.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    controllers: BTreeMap<Did, Controller>,
    status_lists: BTreeMap<Uri, Arc<ShelvedList>>,
    trust_lists: Vec<Signed<TrustListCredential>>,
}

#[derive(Debug, Clone)]
struct Controller {
    text: String,
    document: Arc<ControllerDocument>,
}

/// A status list, and its bits once it was found to be authentic: thousands of badges share one list.
#[derive(Debug)]
pub(crate) struct ShelvedList {
    pub(crate) signed: Signed<StatusListCredential>,
    pub(crate) bits: OnceLock<StatusList>,
}

/// Why something was not taken into the dossier.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DossierError {
    /// Not a document of that DID.
    #[error(transparent)]
    Controller(#[from] DidError),
    /// Not a status list.
    #[error("the status list {url} cannot be read: {source}")]
    StatusList {
        /// Where it came from.
        url: Uri,
        /// What is wrong.
        source: ProofError,
    },
    /// Not a trust list.
    #[error("the trust list cannot be read: {0}")]
    TrustList(ProofError),
}

impl Dossier {
    /// Adds the document that says which keys belong to `did`.
    ///
    /// # Errors
    /// [`DossierError::Controller`] when the text is not that document.
    pub fn add_controller(&mut self, did: &Did, text: &str) -> Result<(), DossierError> {
        let document = Arc::new(ControllerDocument::parse(text, did)?);
        self.controllers.insert(did.clone(), Controller { text: text.to_owned(), document });
        Ok(())
    }

    /// Adds a status list that was found at `url`. Of two lists the one that was signed later stays.
    ///
    /// # Errors
    /// [`DossierError::StatusList`] when the text is not a signed status list.
    pub fn add_status_list(&mut self, url: &Uri, text: &str) -> Result<(), DossierError> {
        let signed = Signed::<StatusListCredential>::parse(text)
            .map_err(|source| DossierError::StatusList { url: url.clone(), source })?;
        let newer = self
            .status_lists
            .get(url)
            .is_none_or(|known| known.signed.peek_unverified().valid_from <= signed.peek_unverified().valid_from);
        if newer {
            self.status_lists.insert(url.clone(), Arc::new(ShelvedList { signed, bits: OnceLock::new() }));
        }
        Ok(())
    }

    /// Adds a trust list. Whether it counts is decided by the policy's anchors.
    ///
    /// # Errors
    /// [`DossierError::TrustList`] when the text is not a signed trust list.
    pub fn add_trust_list(&mut self, text: &str) -> Result<(), DossierError> {
        self.trust_lists.push(Signed::parse(text).map_err(DossierError::TrustList)?);
        Ok(())
    }

    pub(crate) fn find_status_list(&self, url: &Uri) -> Option<&ShelvedList> {
        self.status_lists.get(url).map(AsRef::as_ref)
    }

    pub(crate) fn trust_lists(&self) -> &[Signed<TrustListCredential>] {
        &self.trust_lists
    }

    /// The keys of this dossier as they stand at `now`.
    pub(crate) fn keys_at(&self, now: Timestamp) -> KeysAt<'_> {
        KeysAt { dossier: self, now }
    }
}

/// The keys of a dossier at an instant: methods expire and are revoked.
pub(crate) struct KeysAt<'a> {
    dossier: &'a Dossier,
    now: Timestamp,
}

impl KeySource for KeysAt<'_> {
    fn key(&self, method: &DidUrl, purpose: ProofPurpose) -> Result<VerifyingKey, KeyLookupError> {
        let relationship = match purpose {
            ProofPurpose::AssertionMethod => Relationship::AssertionMethod,
            ProofPurpose::Authentication => Relationship::Authentication,
        };
        let did = method.did();
        if let Some(controller) = self.dossier.controllers.get(&did) {
            return controller.document.key_at(method, relationship, self.now).map_err(refused);
        }
        match resolve(&did) {
            Ok(Resolution::Ready(document)) => document.key_at(method, relationship, self.now).map_err(refused),
            Ok(Resolution::Fetch(url)) => Err(KeyLookupError::Missing { did, url }),
            Err(error @ DidError::UnknownMethod { .. }) => {
                Err(KeyLookupError::Unsupported { reason: error.to_string() })
            }
            Err(error) => Err(refused(error)),
        }
    }
}

fn refused(error: DidError) -> KeyLookupError {
    match error {
        // A key of a kind that we cannot read says nothing against the document.
        error @ DidError::Unusable { .. } => KeyLookupError::Unsupported { reason: error.to_string() },
        error => KeyLookupError::Refused { reason: error.to_string() },
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DossierText {
    #[serde(default)]
    controllers: BTreeMap<Did, RawJson>,
    #[serde(default)]
    status_lists: BTreeMap<Uri, RawJson>,
    #[serde(default)]
    trust_lists: Vec<RawJson>,
}

impl Serialize for Dossier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = |text: &str| RawJson::parse(text).map_err(serde::ser::Error::custom);
        DossierText {
            controllers: self
                .controllers
                .iter()
                .map(|(did, controller)| Ok((did.clone(), raw(&controller.text)?)))
                .collect::<Result<_, S::Error>>()?,
            status_lists: self
                .status_lists
                .iter()
                .map(|(url, list)| Ok((url.clone(), raw(list.signed.text())?)))
                .collect::<Result<_, S::Error>>()?,
            trust_lists: self.trust_lists.iter().map(|list| raw(list.text())).collect::<Result<_, S::Error>>()?,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Dossier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = DossierText::deserialize(deserializer)?;
        let mut dossier = Self::default();
        for (did, document) in &text.controllers {
            dossier.add_controller(did, document.as_str()).map_err(D::Error::custom)?;
        }
        for (url, list) in &text.status_lists {
            dossier.add_status_list(url, list.as_str()).map_err(D::Error::custom)?;
        }
        for list in &text.trust_lists {
            dossier.add_trust_list(list.as_str()).map_err(D::Error::custom)?;
        }
        Ok(dossier)
    }
}

//! What was fetched beforehand? Keys, contexts, status lists and trust lists, so that a verdict needs no network.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use stapel_credential::{Did, Digest, RawJson, StatusListCredential, Timestamp, TrustListCredential, Uri, jcs};
use stapel_did::{ControllerDocument, DidError};
use stapel_jsonld::{ContextError, Contexts};
use stapel_proof::{Authentic, ProofError, Signed, text_within, within_json};
use stapel_status::StatusList;

use crate::keys_at::KeysAt;
use crate::shelved::Shelved;
use crate::trust::Trust;

/// Everything that a verification may look up. It grows by what [`crate::Missing`] names.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    controllers: BTreeMap<Did, Controller>,
    /// Of each address, the list signed last comes first.
    status_lists: BTreeMap<Uri, Vec<Arc<ShelvedList>>>,
    trust_lists: Vec<Arc<Shelved<TrustListCredential>>>,
    /// The contexts of this build and those that were added, if any were.
    contexts: Option<Contexts>,
    /// Documents that credentials name as related, by their address.
    resources: BTreeMap<Uri, Arc<str>>,
}

#[derive(Debug, Clone)]
struct Controller {
    text: Arc<str>,
    document: Arc<ControllerDocument>,
}

/// A status list, and its bits once they were asked for.
#[derive(Debug)]
pub(crate) struct ShelvedList {
    pub(crate) shelved: Shelved<StatusListCredential>,
    pub(crate) bits: OnceLock<StatusList>,
    /// That the holder brought it, and nobody who verifies has fetched it.
    pub(crate) is_presented: bool,
}

impl ShelvedList {
    fn new(signed: Signed<StatusListCredential>, is_presented: bool) -> Arc<Self> {
        Arc::new(Self { shelved: Shelved::new(signed), bits: OnceLock::new(), is_presented })
    }
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
    /// Not the context that was pinned.
    #[error(transparent)]
    Context(#[from] ContextError),
}

impl Dossier {
    /// Adds the document that says which keys belong to `did`.
    ///
    /// # Errors
    /// [`DossierError::Controller`] when the text is not that document.
    pub fn add_controller(&mut self, did: &Did, text: &str) -> Result<(), DossierError> {
        let document = Arc::new(ControllerDocument::parse(text, did)?);
        self.controllers.insert(did.clone(), Controller { text: Arc::from(text), document });
        Ok(())
    }

    /// Adds a status list that was found at `url`. Several lists of one address may stand side by side: the last one that
    /// is authentic counts, so a forged one displaces nothing and an older one brings nothing back.
    ///
    /// # Errors
    /// [`DossierError::StatusList`] when the text is not a signed status list.
    pub fn add_status_list(&mut self, url: &Uri, text: &str) -> Result<(), DossierError> {
        let signed = Signed::<StatusListCredential>::parse(text)
            .map_err(|source| DossierError::StatusList { url: url.clone(), source })?;
        self.shelve(0, url, ShelvedList::new(signed, false));
        Ok(())
    }

    /// Adds a status list that the holder brought along. One without an end of validity is left out: the holder chooses
    /// which to bring, and could bring one from before a revocation for ever.
    pub(crate) fn add_presented_status_list(&mut self, url: &Uri, text: &str) {
        if let Ok(signed) = Signed::<StatusListCredential>::parse(text)
            && signed.peek_unverified().valid_until.is_some()
        {
            // Of two lists of one second, the one that the verifier fetched itself goes first.
            let last = self.status_lists.get(url).map_or(0, Vec::len);
            self.shelve(last, url, ShelvedList::new(signed, true));
        }
    }

    fn shelve(&mut self, place: usize, url: &Uri, list: Arc<ShelvedList>) {
        let lists = self.status_lists.entry(url.clone()).or_default();
        if lists.iter().all(|known| known.shelved.signed.text() != list.shelved.signed.text()) {
            lists.insert(place, list);
            lists.sort_by_key(|list| Reverse(list.shelved.signed.peek_unverified().valid_from));
        }
    }

    /// Adds a trust list. Whether it counts is decided by the policy's anchors.
    ///
    /// # Errors
    /// [`DossierError::TrustList`] when the text is not a signed trust list.
    pub fn add_trust_list(&mut self, text: &str) -> Result<(), DossierError> {
        let signed = Signed::parse(text).map_err(DossierError::TrustList)?;
        self.trust_lists.push(Arc::new(Shelved::new(signed)));
        Ok(())
    }

    /// Adds a JSON-LD context, pinned by the SHA-256 of its exact bytes. Contexts are never fetched: what a signed document
    /// says hangs on them, so whoever verifies must have them from a source that they trust.
    ///
    /// # Errors
    /// [`DossierError::Context`] when the bytes have another digest, are not JSON, or other bytes are known under this address.
    pub fn add_context(&mut self, url: &str, text: &str, digest: &Digest) -> Result<(), DossierError> {
        self.contexts = Some(self.contexts().with(url, text, digest)?);
        Ok(())
    }

    /// The contexts at hand.
    pub fn contexts(&self) -> &Contexts {
        self.contexts.as_ref().unwrap_or_else(|| Contexts::embedded())
    }

    pub(crate) fn has_embedded_contexts_only(&self) -> bool {
        self.contexts.is_none()
    }

    /// Adds a document that was found at `url`, to be compared with the digest under which a credential names it.
    pub fn add_resource(&mut self, url: &Uri, text: &str) {
        self.resources.insert(url.clone(), Arc::from(text));
    }

    /// The text of the document at that address.
    pub(crate) fn find_resource(&self, url: &Uri) -> Option<&str> {
        self.resources.get(url).map(AsRef::as_ref)
    }

    /// This dossier with the trust lists of another one besides.
    #[must_use]
    pub fn with_trust_lists_of(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.trust_lists.extend(other.trust_lists.iter().cloned());
        both
    }

    /// Adds the controllers' documents and the status lists of another dossier, as if each text were added here. Nothing is read
    /// again, and what was computed of a list is shared.
    pub fn add_documents_of(&mut self, other: &Self) {
        self.controllers.extend(other.controllers.iter().map(|(did, controller)| (did.clone(), controller.clone())));
        for (url, lists) in &other.status_lists {
            // Of lists signed at the same second the one added last comes first.
            lists.iter().rev().for_each(|list| self.shelve(0, url, Arc::clone(list)));
        }
    }

    /// The status lists found at `url` that are authentic at `now` by the keys of this dossier and of these trust lists, the last one
    /// first. Whether their issuers may speak of a credential is another question.
    pub fn authentic_status_lists<'a>(
        &'a self,
        url: &Uri,
        trust: &'a Trust,
        now: Timestamp,
    ) -> impl Iterator<Item = Arc<Authentic<StatusListCredential>>> + 'a {
        let keys = KeysAt { dossier: self, trust: Some(trust), now };
        let found = self.status_lists.get(url).into_iter().flatten();
        found.filter_map(move |list| list.shelved.authenticate(keys).ok())
    }

    /// The status lists of that address, the last one first.
    pub(crate) fn status_lists(&self, url: &Uri) -> impl Iterator<Item = &ShelvedList> {
        self.status_lists.get(url).into_iter().flatten().map(AsRef::as_ref)
    }

    pub(crate) fn trust_lists(&self) -> impl Iterator<Item = &Shelved<TrustListCredential>> {
        self.trust_lists.iter().map(AsRef::as_ref)
    }

    /// The document of that DID.
    pub(crate) fn find_controller(&self, did: &Did) -> Option<&ControllerDocument> {
        self.controllers.get(did).map(|controller| controller.document.as_ref())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DossierText {
    #[serde(default)]
    controllers: BTreeMap<Did, RawJson>,
    #[serde(default)]
    status_lists: BTreeMap<Uri, Vec<RawJson>>,
    #[serde(default)]
    trust_lists: Vec<RawJson>,
    /// Exact texts, by address.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    contexts: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    resources: BTreeMap<Uri, String>,
}

impl Serialize for Dossier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = |text: &str| within_json(text).map_err(serde::ser::Error::custom);
        DossierText {
            controllers: self
                .controllers
                .iter()
                .map(|(did, controller)| Ok((did.clone(), raw(&controller.text)?)))
                .collect::<Result<_, S::Error>>()?,
            status_lists: self
                .status_lists
                .iter()
                .map(|(url, lists)| {
                    let texts =
                        lists.iter().map(|list| raw(list.shelved.signed.text())).collect::<Result<_, S::Error>>()?;
                    Ok((url.clone(), texts))
                })
                .collect::<Result<_, S::Error>>()?,
            trust_lists: self
                .trust_lists
                .iter()
                .map(|list| raw(list.signed.text()))
                .collect::<Result<_, S::Error>>()?,
            contexts: self
                .contexts()
                .urls()
                .filter(|url| Contexts::embedded().text(url).is_none())
                .filter_map(|url| Some((url.to_owned(), self.contexts().text(url)?.to_owned())))
                .collect(),
            resources: self.resources.iter().map(|(url, text)| (url.clone(), text.to_string())).collect(),
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
        for (url, lists) in &text.status_lists {
            // Of lists signed at the same second the one added last comes first, and so it was written.
            for list in lists.iter().rev() {
                dossier.add_status_list(url, &text_within(list)).map_err(D::Error::custom)?;
            }
        }
        for (url, context) in &text.contexts {
            let digest = Digest::from_bytes(jcs::sha256(context.as_bytes()));
            dossier.add_context(url, context, &digest).map_err(D::Error::custom)?;
        }
        for list in &text.trust_lists {
            dossier.add_trust_list(&text_within(list)).map_err(D::Error::custom)?;
        }
        for (url, resource) in &text.resources {
            dossier.add_resource(url, resource);
        }
        Ok(dossier)
    }
}

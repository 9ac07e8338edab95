//! What was fetched before, and when? Keys and status lists, so that verdicts need no network.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use stapel_credential::{CredentialStatus, Did, StatusListCredential, Timestamp, Uri, VerifiableCredential};
use stapel_did::{Resolution, resolve};
use stapel_proof::Signed;
use stapel_verifier::{CheckKind, Dossier, Findings, Missing, Reason};

use crate::error::WalletError;
use crate::vault::{Change, Content, EntryId, Kind, Vault, VaultError};

/// How often at most one asks what is missing and fetches it: a badge names its issuer's keys, they lead to its status list,
/// and that perhaps to the keys of a status issuer.
pub const ROUNDS: usize = 3;
/// After so long the keys of a DID are looked up again where that can be done: they may have been rotated.
const CONTROLLER_FRESH: Duration = Duration::from_hours(24);

/// What was fetched. Documents of DIDs count as they come, over https from the place that the DID names. A status list is
/// kept once it was found to be authentic.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) dossier: Dossier,
    controllers: BTreeMap<Did, Item>,
    status_lists: BTreeMap<Uri, Item>,
    offered: BTreeMap<Uri, Item>,
}

#[derive(Debug)]
struct Item {
    text: String,
    fetched: Timestamp,
    /// For how long it need not be looked up again.
    fresh: Duration,
    entry: Option<EntryId>,
    saved: bool,
}

impl Item {
    /// Keys.
    fn controller(text: String, fetched: Timestamp, entry: Option<EntryId>) -> Self {
        Self { text, fetched, fresh: CONTROLLER_FRESH, entry, saved: false }
    }

    fn status_list(text: String, fetched: Timestamp, entry: Option<EntryId>) -> Self {
        let list = Signed::<StatusListCredential>::parse(&text);
        let fresh = list.map_or(Duration::ZERO, |list| list.peek_unverified().credential_subject.time_to_live());
        Self { text, fetched, fresh, entry, saved: false }
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        self.fetched.after(self.fresh) >= now
    }
}

/// How it stands in the vault.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    about: Uri,
    text: String,
    fetched: Timestamp,
}

/// What a verification rested on.
#[derive(Debug, Default)]
pub(crate) struct Used {
    controllers: BTreeSet<Did>,
    /// Each with the date of the edition that was used: it was authentic.
    status_lists: BTreeMap<Uri, Timestamp>,
}

impl Used {
    /// Notes what the verdict on a credential rested on.
    pub(crate) fn note<S>(&mut self, credential: &VerifiableCredential<S>, findings: &Findings) {
        use Reason::{NotRevoked, NotRevokedStale, Revoked, Suspended};
        let passed = |kind| matches!(findings.find(kind), Some(stapel_verifier::CheckResult::Pass(_)));
        if passed(CheckKind::Key) {
            self.controllers.extend(credential.issuer_did());
        }
        let decided = findings.find(CheckKind::Status).map(stapel_verifier::CheckResult::reason);
        if let Some(NotRevoked { as_of } | NotRevokedStale { as_of, .. } | Revoked { as_of } | Suspended { as_of }) =
            decided
            && let Some(CredentialStatus::Bitstring(entry)) = &credential.credential_status
        {
            self.status_lists.insert(entry.list.clone(), *as_of);
        }
    }
}

impl Shelf {
    pub(crate) fn load(vault: &Vault) -> Result<Self, VaultError> {
        let mut shelf = Self::default();
        for kind in [Kind::Controller, Kind::StatusList] {
            for (id, content) in vault.load_all(kind)? {
                // What was kept by an older version and can no longer be read is fetched anew.
                let Ok(stored) = serde_json::from_slice::<Stored>(&content) else { continue };
                let Stored { about, text, fetched } = stored;
                match about.as_did() {
                    Some(did) if kind == Kind::Controller => {
                        if shelf.dossier.add_controller(&did, &text).is_ok() {
                            let item = Item { saved: true, ..Item::controller(text, fetched, Some(id)) };
                            shelf.controllers.insert(did, item);
                        }
                    }
                    _ => {
                        if shelf.dossier.add_status_list(&about, &text).is_ok() {
                            let item = Item { saved: true, ..Item::status_list(text, fetched, Some(id)) };
                            shelf.status_lists.insert(about, item);
                        }
                    }
                }
            }
        }
        Ok(shelf)
    }

    /// Takes what was fetched.
    pub(crate) fn add(&mut self, missing: &Missing, text: &str, now: Timestamp) -> Result<(), WalletError> {
        match missing {
            Missing::Controller { did, .. } => {
                self.dossier.add_controller(did, text)?;
                let entry = self.controllers.get(did).and_then(|item| item.entry);
                self.controllers.insert(did.clone(), Item::controller(text.to_owned(), now, entry));
            }
            Missing::StatusList { url } => {
                if let (Some(kept), Some(offered)) = (self.date_kept(url), date_of(text))
                    && offered < kept
                {
                    return Err(WalletError::OlderStatusList { url: url.clone(), offered, kept });
                }
                self.dossier.add_status_list(url, text)?;
                // The same again is fresh again.
                if let Some(kept) = self.status_lists.get_mut(url).filter(|kept| kept.text == text) {
                    (kept.fetched, kept.saved) = (now, false);
                }
                let item = Item::status_list(text.to_owned(), now, None);
                // Of two with one date only one can be the one that was used; the first stays.
                if self.offered.get(url).is_none_or(|known| date_of(&known.text) < date_of(text)) {
                    self.offered.insert(url.clone(), item);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The document of this DID, if it has to be fetched: it is not here, or not from today.
    pub(crate) fn find_stale(&self, did: &Did, now: Timestamp) -> Option<Missing> {
        let Ok(Resolution::Fetch(url)) = resolve(did) else { return None };
        let is_fresh = self.controllers.get(did).is_some_and(|item| item.is_fresh(now));
        (!is_fresh).then(|| Missing::Controller { did: did.clone(), url })
    }

    /// The status list of this credential, if a newer one has to be looked for: its time to live is over since it was fetched. One
    /// that is not here is named by the verdict.
    pub(crate) fn find_stale_list<S>(&self, credential: &VerifiableCredential<S>, now: Timestamp) -> Option<Missing> {
        let Some(CredentialStatus::Bitstring(entry)) = &credential.credential_status else { return None };
        let item = self.status_lists.get(&entry.list)?;
        (!item.is_fresh(now)).then(|| Missing::StatusList { url: entry.list.clone() })
    }

    /// The text of a status list that was found to be authentic.
    pub(crate) fn find_status_list(&self, url: &Uri) -> Option<&str> {
        self.status_lists.get(url).map(|item| item.text.as_str())
    }

    fn date_kept(&self, url: &Uri) -> Option<Timestamp> {
        date_of(&self.status_lists.get(url)?.text)
    }

    /// Keeps what a verdict rested on.
    pub(crate) fn save(&mut self, vault: &mut Vault, used: &Used) -> Result<(), VaultError> {
        for (url, used) in &used.status_lists {
            let is_new = self.date_kept(url).is_none_or(|kept| kept < *used);
            if let Some(offered) = self.offered.get(url)
                && is_new
                && date_of(&offered.text) == Some(*used)
            {
                let entry = self.status_lists.get(url).and_then(|known| known.entry);
                let item = Item::status_list(offered.text.clone(), offered.fetched, entry);
                self.offered.remove(url);
                self.status_lists.insert(url.clone(), item);
            }
        }
        let controllers = self.controllers.iter_mut().filter(|(did, _)| used.controllers.contains(did));
        let lists = self.status_lists.iter_mut().filter(|(url, _)| used.status_lists.contains_key(url));
        let mut unsaved: Vec<(Kind, Uri, &mut Item)> = controllers
            .map(|(did, item)| (Kind::Controller, did.to_uri(), item))
            .chain(lists.map(|(url, item)| (Kind::StatusList, url.clone(), item)))
            .filter(|(_, _, item)| !item.saved)
            .collect();
        if unsaved.is_empty() {
            return Ok(());
        }
        let changes: Vec<Change> = unsaved
            .iter()
            .map(|(kind, about, item)| {
                let content = content_of(about, item);
                match item.entry {
                    Some(id) => Change::Replace { id, content },
                    None => Change::Insert { kind: *kind, content },
                }
            })
            .collect();
        let mut inserted = vault.apply(&changes)?.into_iter();
        for (_, _, item) in &mut unsaved {
            item.saved = true;
            item.entry = item.entry.or_else(|| inserted.next());
        }
        Ok(())
    }
}

fn content_of(about: &Uri, item: &Item) -> Content {
    let stored = Stored { about: about.clone(), text: item.text.clone(), fetched: item.fetched };
    Content::new(serde_json::json!(stored).to_string().into_bytes())
}

fn date_of(status_list: &str) -> Option<Timestamp> {
    Signed::<StatusListCredential>::parse(status_list).ok().map(|list| list.peek_unverified().valid_from)
}

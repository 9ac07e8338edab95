//! Who vouches for this issuer? Trust lists of the anchors that the verifier chose, applied.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use stapel_credential::{
    Code, Day, Did, DidUrl, Digest, IssuerKind, KeptKey, Successor, Timestamp, TrustListCredential, TrustedIssuer, Uri,
};
use stapel_did::{Resolution, resolve};
use stapel_keys::PublicKey;
use stapel_proof::{Authentic, KeyLookupError};

use crate::dossier::Dossier;
use crate::keys_at::KeysAt;
use crate::policy::{Policy, SeenTrustList};

/// So many mergers are followed from one institution on.
const MAX_MERGERS: usize = 32;

/// The trust lists that count for a policy at an instant: by one of its anchors, authentic, valid, and the newest edition.
#[derive(Debug, Clone)]
pub struct Trust {
    lists: Vec<Arc<Authentic<TrustListCredential>>>,
    pinned: Vec<Did>,
    unusable: Vec<UnusableList>,
    /// By the issuer that went into others.
    successors: BTreeMap<Did, Vec<Successor>>,
}

/// A trust list at hand that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnusableList {
    /// Its name, by its own word.
    pub list: String,
    /// Why it does not count.
    pub why: String,
}

/// Somebody vouches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vouched {
    /// A trust list does.
    ByList {
        /// The list's name.
        list: String,
        /// The issuer's name, as the list knows it.
        name: String,
        /// What kind of body it is.
        kind: IssuerKind,
    },
    /// The verifier pinned the issuer.
    Pinned,
}

/// Who stands for an issuer that went into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SucceededBy {
    /// Its DID.
    pub did: Did,
    /// Its name as a list knows it, else its DID.
    pub name: String,
    /// Since when.
    pub from: Day,
}

/// Nobody vouches, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotVouched {
    /// No list at hand knows the issuer.
    #[error("no trust list at hand knows {issuer}")]
    Unknown {
        /// The issuer.
        issuer: Did,
    },
    /// A list knows it, but not on that day.
    #[error("the trust list {list} does not vouch for {name} on {day}")]
    NotThen {
        /// The list's name.
        list: String,
        /// The issuer's name, as the list knows it.
        name: String,
        /// The day.
        day: Day,
    },
    /// A list vouches for it, and another one keeps its keys: whose key it is, the first does not say.
    #[error("the trust list {list} vouches for {name}, and the trust list {keeper}, which keeps its keys, does not")]
    KeysKept {
        /// The name of the list that vouches.
        list: String,
        /// The issuer's name, as that list knows it.
        name: String,
        /// The name of the list that keeps its keys.
        keeper: String,
    },
    /// A list knows it, without a mandate for this code on that day.
    #[error("by the trust list {list}, {name} may not certify {code} on {day}")]
    NotAuthorised {
        /// The list's name.
        list: String,
        /// The issuer's name, as the list knows it.
        name: String,
        /// The code.
        code: Code,
        /// The day.
        day: Day,
    },
}

impl Trust {
    /// Applies the trust lists of the dossier under the policy at `now`.
    pub fn new(dossier: &Dossier, policy: &Policy, now: Timestamp) -> Self {
        let mut newest: BTreeMap<(Uri, Uri), Arc<Authentic<TrustListCredential>>> = BTreeMap::new();
        let mut unusable = Vec::new();
        let tolerance = Duration::from_secs(policy.clock_tolerance_seconds);
        for shelved in dossier.trust_lists() {
            let content = shelved.signed.peek_unverified();
            let list = content.credential_subject.trust_list.name.clone();
            let mut refuse = |why: String| unusable.push(UnusableList { list: list.clone(), why });
            if !content.issuer_did().is_some_and(|did| policy.trust_anchors.contains(&did)) {
                refuse(format!("its issuer {} is not one of your trust anchors", content.issuer.id));
                continue;
            }
            let subject = &content.credential_subject;
            let seen = policy.seen_trust_lists.iter().filter(|seen| {
                seen.list == subject.id && content.issuer_did().is_some_and(|anchor| anchor == seen.anchor)
            });
            if let Some(newest) =
                seen.map(|seen| seen.sequence).max().filter(|seen| *seen > subject.trust_list.sequence)
            {
                refuse(format!("it is edition {}, and edition {newest} was seen before", subject.trust_list.sequence));
                continue;
            }
            // A list does not say by whose keys it is read.
            let authentic = match shelved.authenticate(KeysAt { dossier, trust: None, now }) {
                Ok(authentic) => authentic,
                Err(error) => {
                    refuse(error.to_string());
                    continue;
                }
            };
            if content.valid_from > now.after(tolerance) {
                refuse(format!("it is valid only from {}", content.valid_from));
                continue;
            }
            let key = (content.issuer.id.clone(), content.credential_subject.id.clone());
            let newer = newest.get(&key).is_none_or(|known| {
                known.content().credential_subject.trust_list.sequence < content.credential_subject.trust_list.sequence
            });
            if newer {
                newest.insert(key, authentic);
            }
        }
        // Only now: an edition that ended was still the newest, and the one before it must not come back.
        let mut lists = Vec::with_capacity(newest.len());
        for authentic in newest.into_values() {
            match why_ended(&authentic, now) {
                None => lists.push(authentic),
                Some(why) => {
                    let list = authentic.content().credential_subject.trust_list.name.clone();
                    unusable.push(UnusableList { list, why });
                }
            }
        }
        Self::of(lists, policy.pinned_issuers.clone(), unusable)
    }

    fn of(lists: Vec<Arc<Authentic<TrustListCredential>>>, pinned: Vec<Did>, unusable: Vec<UnusableList>) -> Self {
        let entries = lists.iter().flat_map(|list| &list.content().credential_subject.trust_list.issuers);
        let mut successors: BTreeMap<Did, Vec<Successor>> = BTreeMap::new();
        for entry in entries.filter(|entry| !entry.successors.is_empty()) {
            successors.entry(entry.did.clone()).or_default().extend(entry.successors.iter().cloned());
        }
        Self { lists, pinned, unusable, successors }
    }

    /// The trust lists of this anchor alone, without pinned issuers: whom would it vouch for?
    #[must_use]
    pub fn of_anchor(&self, anchor: &Did) -> Self {
        let is_by = |list: &&Arc<Authentic<TrustListCredential>>| list.content().issuer_did().as_ref() == Some(anchor);
        let lists = self.lists.iter().filter(is_by).cloned().collect();
        Self::of(lists, Vec::new(), self.unusable.clone())
    }

    /// The editions that count, to be kept for the next time: see [`Policy::seen_trust_lists`].
    pub fn editions(&self) -> Vec<SeenTrustList> {
        let edition = |list: &Arc<Authentic<TrustListCredential>>| {
            let content = list.content();
            let subject = &content.credential_subject;
            let anchor = content.issuer_did()?;
            Some(SeenTrustList { anchor, list: subject.id.clone(), sequence: subject.trust_list.sequence })
        };
        self.lists.iter().filter_map(edition).collect()
    }

    /// Trust lists at hand that do not count, and why: worth telling when an issuer is unknown.
    pub fn unusable(&self) -> &[UnusableList] {
        &self.unusable
    }

    /// Whether the verifier pinned the issuer itself.
    pub fn is_pinned(&self, issuer: &Did) -> bool {
        self.pinned.contains(issuer)
    }

    /// Every entry about an issuer, each with its list's name.
    pub fn entries<'a>(&'a self, issuer: &'a Did) -> impl Iterator<Item = (&'a str, &'a TrustedIssuer)> {
        self.lists.iter().flat_map(move |list| {
            let list = &list.content().credential_subject.trust_list;
            list.issuers.iter().filter(move |entry| entry.did == *issuer).map(|entry| (list.name.as_str(), entry))
        })
    }

    /// Whether anybody vouches for the issuer on that day.
    ///
    /// # Errors
    /// [`NotVouched`], with the list that says no if there is one.
    pub fn vouch(&self, issuer: &Did, day: Day) -> Result<Vouched, NotVouched> {
        self.vouch_for_codes(issuer, &[], day)
    }

    /// Whether this issuer may certify this code on that day. Its own codes need no mandate.
    ///
    /// # Errors
    /// [`NotVouched`], with the list that says no if there is one.
    pub fn may_certify(&self, issuer: &Did, code: &Code, day: Day) -> Result<Vouched, NotVouched> {
        self.vouch_for_codes(issuer, std::slice::from_ref(code), day)
    }

    /// Whether one list vouches for the issuer and all these codes on that day.
    ///
    /// # Errors
    /// [`NotVouched`] of the list that comes closest.
    pub fn vouch_for_codes(&self, issuer: &Did, codes: &[Code], day: Day) -> Result<Vouched, NotVouched> {
        if self.is_pinned(issuer) {
            return Ok(Vouched::Pinned);
        }
        let keeper = self.find_keeper(issuer);
        let mut closest = NotVouched::Unknown { issuer: issuer.clone() };
        for (list, entry) in self.entries(issuer) {
            let (list, name) = (list.to_owned(), entry.name.clone());
            if !entry.is_vouched_for_on(day) {
                if matches!(closest, NotVouched::Unknown { .. }) {
                    closest = NotVouched::NotThen { list, name, day };
                }
                continue;
            }
            let refused = codes.iter().find(|code| {
                code.scheme() != stapel_credential::CodeScheme::Own && entry.find_mandate(code, day).is_none()
            });
            match (refused, keeper) {
                // Whoever says by which keys an issuer is known could make it say anything, so it must vouch for that itself.
                (None, Some(keeper)) if entry.keys.is_empty() => {
                    closest = NotVouched::KeysKept { list, name, keeper: keeper.to_owned() };
                }
                (None, _) => return Ok(Vouched::ByList { list, name, kind: entry.kind }),
                (Some(_), _) if matches!(closest, NotVouched::KeysKept { .. }) => {}
                (Some(code), _) => closest = NotVouched::NotAuthorised { list, name, code: code.clone(), day },
            }
        }
        Err(closest)
    }

    /// The list that keeps keys for the issuer, if one does.
    pub fn find_keeper<'a>(&'a self, issuer: &'a Did) -> Option<&'a str> {
        self.kept(issuer).next().map(|(list, _)| list)
    }

    /// Keys are kept for who would publish them at an address. A DID that is a key is nobody else's to say, and whom the verifier pins
    /// itself is known by its own document.
    fn kept<'a>(&'a self, issuer: &'a Did) -> impl Iterator<Item = (&'a str, &'a TrustedIssuer)> {
        let counts = || !self.is_pinned(issuer) && matches!(resolve(issuer), Ok(Resolution::Fetch(_)));
        self.entries(issuer).filter(move |(_, entry)| !entry.keys.is_empty() && counts())
    }

    /// The key of that method, where lists keep keys for its DID: each of them must have it.
    pub(crate) fn find_kept_key(&self, did: &Did, method: &DidUrl) -> Option<Result<PublicKey, KeyLookupError>> {
        let mut found: Option<PublicKey> = None;
        for (list, entry) in self.kept(did) {
            let Some(kept) = entry.keys.iter().find(|kept| kept.id == *method) else {
                let reason = format!(
                    "{method} is not among the keys that the trust list {list} keeps for {}, and only those count",
                    entry.name
                );
                return Some(Err(KeyLookupError::Refused { reason }));
            };
            let key = match PublicKey::from_multikey(&kept.public_key_multibase) {
                Ok(key) => key,
                Err(error) => {
                    let reason = format!("{method}, as the trust list {list} keeps it: {error}");
                    return Some(Err(KeyLookupError::Unsupported { reason }));
                }
            };
            if found.as_ref().is_some_and(|other| *other != key) {
                let reason = format!("the trust lists that keep keys for {} do not agree on {method}", entry.name);
                return Some(Err(KeyLookupError::Unsupported { reason }));
            }
            found = Some(key);
        }
        found.map(Ok)
    }

    /// The method of that key, where lists keep keys for the DID.
    pub(crate) fn find_kept_method(&self, did: &Did, key: &PublicKey) -> Option<Result<DidUrl, KeyLookupError>> {
        let (list, entry) = self.kept(did).next()?;
        let is_it = |kept: &&KeptKey| PublicKey::from_multikey(&kept.public_key_multibase).is_ok_and(|of| of == *key);
        let Some(kept) = entry.keys.iter().find(is_it) else {
            let reason = format!("the key is not one that the trust list {list} keeps for {}", entry.name);
            return Some(Err(KeyLookupError::Refused { reason }));
        };
        self.find_kept_key(did, &kept.id).map(|found| found.map(|_| kept.id.clone()))
    }

    /// Who stands for the issuer on that day, if it went into another: the last of a row of mergers.
    pub fn find_successor(&self, issuer: &Did, day: Day) -> Option<SucceededBy> {
        let next = |by: &SucceededBy| self.next_successor(&by.did, day);
        let first = self.next_successor(issuer, day)?;
        // A list may be wrong and go round.
        std::iter::successors(Some(first), next).take(MAX_MERGERS).last()
    }

    fn next_successor(&self, issuer: &Did, day: Day) -> Option<SucceededBy> {
        let begun = self.successors.get(issuer)?.iter().filter(|successor| successor.from <= day);
        let Successor { did, from } = begun.max_by_key(|successor| successor.from)?.clone();
        let name = self.entries(&did).next().map_or_else(|| did.to_string(), |(_, entry)| entry.name.clone());
        Some(SucceededBy { did, name, from })
    }

    /// Whether the issuer stands, on that day, for `named`: that is what it succeeded, perhaps by several mergers.
    pub fn stands_for(&self, issuer: &Did, named: &Did, day: Day) -> bool {
        let mut reached = vec![named];
        let mut next = 0;
        while let Some(one) = reached.get(next).filter(|_| next < MAX_MERGERS) {
            for successor in self.successors.get(*one).into_iter().flatten().filter(|successor| successor.from <= day) {
                if successor.did == *issuer {
                    return true;
                }
                if !reached.contains(&&successor.did) {
                    reached.push(&successor.did);
                }
            }
            next += 1;
        }
        false
    }

    /// The list that knows these bytes for the logo of the issuer.
    pub fn find_logo<'a>(&'a self, issuer: &'a Did, logo: &Digest) -> Option<&'a str> {
        self.entries(issuer).find(|(_, entry)| entry.logo.as_ref() == Some(logo)).map(|(list, _)| list)
    }

    /// Where that status list of the issuer is published now, if it was moved.
    pub(crate) fn find_moved_status_list(&self, issuer: &Uri, list: &Uri) -> Option<&Uri> {
        let issuer = issuer.as_did()?;
        self.lists.iter().find_map(|trusted| {
            let of_issuer = trusted.content().credential_subject.trust_list.issuers.iter();
            let mut moved = of_issuer.filter(|entry| entry.did == issuer).flat_map(|entry| &entry.moved_status_lists);
            moved.find(|moved| moved.list == *list).map(|moved| &moved.at)
        })
    }

    /// Whether a trust list says that this status list is published at `at` now.
    pub fn has_moved(&self, list: &Uri, at: &Uri) -> bool {
        let entries = self.lists.iter().flat_map(|trusted| &trusted.content().credential_subject.trust_list.issuers);
        entries.flat_map(|entry| &entry.moved_status_lists).any(|moved| moved.list == *list && moved.at == *at)
    }

    /// What kind of body the issuer is on that day, by the lists that vouch for it.
    pub fn find_kind(&self, issuer: &Did, day: Day) -> Option<IssuerKind> {
        self.entries(issuer).find(|(_, entry)| entry.is_vouched_for_on(day)).map(|(_, entry)| entry.kind)
    }

    /// Whether `signer` may sign on that day status lists for badges of `issuer`: itself, whom a trust list names, or who stands for
    /// it after a merger.
    pub fn may_sign_status(&self, signer: &Uri, issuer: &Uri, day: Day) -> bool {
        signer == issuer
            || issuer.as_did().zip(signer.as_did()).is_some_and(|(issuer, signer)| {
                self.entries(&issuer).any(|(_, entry)| entry.status_issuers.contains(&signer))
                    || self.stands_for(&signer, &issuer, day)
            })
    }
}

fn why_ended(list: &Authentic<TrustListCredential>, now: Timestamp) -> Option<String> {
    let Some(until) = list.content().valid_until else {
        return Some("it has no end of validity, which a trust list must have".to_owned());
    };
    let end = list.proofs().filter_map(|proof| proof.expires).chain([until]).min().unwrap_or(until);
    (end < now).then(|| format!("it was valid until {end}"))
}

//! Which fetched documents are at hand, since when, and for how long may they be used?
//!
//! What is fresh stands in one dossier that all share. A verdict names what it lacks, and that alone is asked, once for all who
//! wait for it. What cannot be had is left in peace for some seconds, and an older copy is used where there is one: the view that
//! has it says so. The verdict itself hangs on the documents of the view and on nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use stapel_credential::{StatusListCredential, Timestamp};
use stapel_fetch::Reuse;
use stapel_proof::Signed;
use stapel_verifier::{Dossier, Missing, Policy, Trust};

/// How long a document is fresh whose server says nothing of it.
pub(crate) const USUALLY_FRESH: Duration = Duration::from_mins(5);
/// At least so long, whatever the server says: what is handed in together is judged by the same documents.
const LEAST_FRESH: Duration = Duration::from_secs(10);
/// At most so long.
const MOST_FRESH: Duration = Duration::from_hours(1);
/// Keys at most so long: by old ones a badge under a new key is refused.
const MOST_FRESH_KEYS: Duration = Duration::from_mins(10);
/// A document that cannot be had again is used until so long after it was fetched.
pub(crate) const MOST_STALE: Duration = Duration::from_hours(24);
/// A fresh document that does not satisfy a verdict is asked again after so long.
const UNSATISFYING: Duration = Duration::from_secs(30);
/// Who did not answer is left in peace for so long.
pub(crate) const IN_PEACE: Duration = Duration::from_secs(15);
/// So many documents are kept.
pub(crate) const MAX_KEPT: usize = 64;
/// And so many bytes of their texts.
const MAX_KEPT_BYTES: usize = 16 * 1024 * 1024;
/// So many failures are remembered.
const MAX_FAILED: usize = 256;

/// The documents that were fetched.
pub(crate) struct Cache {
    held: RwLock<Held>,
    /// What is being asked at this moment.
    asking: Mutex<BTreeSet<Missing>>,
    answered: Condvar,
}

/// What stands at one address: a document of keys; a status list, by whom and for which purpose. Lists of others that stand
/// there in turn do not displace each other.
type Slot = (Missing, String);

/// By what is judged before anything is fetched: trust lists, documents at hand, and whom the operator trusts.
struct Basis {
    given: Dossier,
    policy: Policy,
}

struct Held {
    basis: Arc<Basis>,
    shared: Arc<Shared>,
    kept: BTreeMap<Slot, Kept>,
    /// Since when.
    failed: BTreeMap<Missing, Timestamp>,
}

/// What was given and all that is fresh.
struct Shared {
    basis: Arc<Basis>,
    dossier: Arc<Dossier>,
    /// When each of the fetched documents in it was fetched.
    holds: BTreeMap<Slot, Timestamp>,
    since: Timestamp,
    until: Option<Timestamp>,
}

#[derive(Clone)]
struct Kept {
    /// The document alone, read.
    alone: Arc<Dossier>,
    list: Option<Signed<StatusListCredential>>,
    bytes: usize,
    fetched_at: Timestamp,
    fresh_until: Timestamp,
    stale_until: Timestamp,
}

/// The documents by which something is judged.
#[derive(Clone)]
pub(crate) struct View {
    shared: Arc<Shared>,
    dossier: Arc<Dossier>,
    stale: Vec<Stale>,
}

/// A document that could not be fetched again, so that an older copy was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stale {
    pub(crate) what: Missing,
    pub(crate) fetched_at: Timestamp,
}

/// A text that was fetched.
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) reuse: Reuse,
}

/// How documents are fetched.
pub(crate) struct Source<'a> {
    pub(crate) clock: &'a dyn Fn() -> Timestamp,
    /// Whether there is time for another question.
    pub(crate) has_time: &'a dyn Fn() -> bool,
    pub(crate) fetch: &'a dyn Fn(&Missing) -> Option<Text>,
}

impl Stale {
    /// Where the document is published.
    pub(crate) fn url(&self) -> &str {
        match &self.what {
            Missing::Controller { url, .. } => url,
            Missing::StatusList { url } => url.as_str(),
            _ => "",
        }
    }
}

impl View {
    pub(crate) fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.shared.basis.policy
    }

    /// Which of the documents were older copies, each once.
    pub(crate) fn into_stale(self) -> Vec<Stale> {
        self.stale
    }
}

impl Cache {
    pub(crate) fn new(given: Dossier, policy: Policy, now: Timestamp) -> Self {
        let basis = Arc::new(Basis { given, policy });
        let dossier = Arc::new(basis.given.clone());
        let shared =
            Arc::new(Shared { basis: Arc::clone(&basis), dossier, holds: BTreeMap::new(), since: now, until: None });
        let held = RwLock::new(Held { basis, shared, kept: BTreeMap::new(), failed: BTreeMap::new() });
        Self { held, asking: Mutex::default(), answered: Condvar::new() }
    }

    /// Judges by these from now on; what was fetched stays.
    pub(crate) fn renew(&self, given: Dossier, policy: Policy, now: Timestamp) {
        let mut held = self.write();
        held.basis = Arc::new(Basis { given, policy });
        held.share(now);
    }

    /// What is at hand and fresh.
    pub(crate) fn view(&self, now: Timestamp) -> View {
        let shared = Arc::clone(&self.read().shared);
        let shared = if shared.holds_at(now) { shared } else { self.write().share(now) };
        View { dossier: Arc::clone(&shared.dossier), shared, stale: Vec::new() }
    }

    /// The view with as much of this as can be had; nothing where none of it can.
    pub(crate) fn supply(&self, view: &View, missing: &[Missing], source: &Source<'_>) -> Option<View> {
        let mut more: Option<(Dossier, Vec<Stale>)> = None;
        for what in missing {
            for (kept, is_stale) in self.find(view, what, source) {
                let (dossier, stale) = more.get_or_insert_with(|| (Dossier::clone(&view.dossier), view.stale.clone()));
                dossier.add_documents_of(&kept.alone);
                stale.extend(is_stale.then(|| Stale { what: what.clone(), fetched_at: kept.fetched_at }));
            }
        }
        let (dossier, stale) = more?;
        Some(View { shared: Arc::clone(&view.shared), dossier: Arc::new(dossier), stale })
    }

    /// The document, and whether it is an older copy. Of a status list perhaps several: the verdict knows which will do.
    fn find(&self, view: &View, what: &Missing, source: &Source<'_>) -> Vec<(Kept, bool)> {
        let _turn = self.turn(what);
        let now = (source.clock)();
        let (fresh, failed) = {
            let held = self.read();
            let fresh: Vec<(Slot, Kept)> = held.of(what).filter(|(_, kept)| kept.is_fresh(now)).collect();
            (fresh, held.failed.get(what).copied())
        };
        let is_new = |(slot, kept): &(Slot, Kept)| view.shared.holds.get(slot) != Some(&kept.fetched_at);
        if fresh.iter().any(is_new) {
            return fresh.into_iter().map(|(_, kept)| (kept, false)).collect();
        }
        // What is there, and fresh, does not do.
        let just_asked = fresh.iter().any(|(_, kept)| now < kept.fetched_at.after(UNSATISFYING));
        let in_peace = failed.is_some_and(|since| since <= now && now < since.after(IN_PEACE));
        let mut got = Vec::new();
        if !just_asked && !in_peace && (source.has_time)() {
            let text = (source.fetch)(what);
            let now = (source.clock)();
            match text.and_then(|text| self.keep(what, &text, now)) {
                Some(kept) => got.push((kept, false)),
                None => self.write().fail(what, now),
            }
        }
        let now = (source.clock)();
        let held = self.read();
        // An older copy, also beside a new one that is somebody else's.
        let is_old = |kept: &Kept| kept.is_usable(now) && !kept.is_fresh(now);
        let old: Vec<Kept> = held.of(what).map(|(_, kept)| kept).filter(is_old).collect();
        got.extend(old.into_iter().map(|kept| (kept, true)));
        got
    }

    /// Keeps a document if it is one, and one no older than the one that is known.
    fn keep(&self, what: &Missing, text: &Text, now: Timestamp) -> Option<Kept> {
        let new = Kept::read(what, text, now)?;
        let by = new.list.as_ref().map(|list| {
            let list = list.peek_unverified();
            format!("{} {}", list.credential_subject.status_purpose, list.issuer.id)
        });
        let slot = (what.clone(), by.unwrap_or_default());
        let mut held = self.write();
        if !held.follows(&slot, &new, now) {
            return None;
        }
        held.failed.remove(what);
        held.kept.insert(slot, new.clone());
        held.shrink(now);
        held.share(now);
        Some(new)
    }

    /// Waits until nobody else asks for the same.
    fn turn<'a>(&'a self, what: &'a Missing) -> Turn<'a> {
        let mut asking = self.asking();
        while !asking.insert(what.clone()) {
            asking = self.answered.wait(asking).unwrap_or_else(PoisonError::into_inner);
        }
        Turn { cache: self, what }
    }

    fn asking(&self) -> MutexGuard<'_, BTreeSet<Missing>> {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> RwLockReadGuard<'_, Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Held> {
        self.held.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// That nobody else asks for this now.
struct Turn<'a> {
    cache: &'a Cache,
    what: &'a Missing,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.cache.asking().remove(self.what);
        self.cache.answered.notify_all();
    }
}

impl Shared {
    fn holds_at(&self, now: Timestamp) -> bool {
        self.since <= now && self.until.is_none_or(|until| now < until)
    }
}

impl Held {
    /// Puts all that is fresh into one dossier, which is used until the first of it no longer is.
    fn share(&mut self, now: Timestamp) -> Arc<Shared> {
        let mut dossier = self.basis.given.clone();
        let fresh: Vec<_> = self.kept.iter().filter(|(_, kept)| kept.is_fresh(now)).collect();
        for (_, kept) in &fresh {
            dossier.add_documents_of(&kept.alone);
        }
        let until = fresh.iter().map(|(_, kept)| kept.fresh_until).min();
        let holds = fresh.into_iter().map(|(what, kept)| (what.clone(), kept.fetched_at)).collect();
        let basis = Arc::clone(&self.basis);
        self.shared = Arc::new(Shared { basis, dossier: Arc::new(dossier), holds, since: now, until });
        Arc::clone(&self.shared)
    }

    /// What is known of it.
    fn of<'a>(&'a self, what: &'a Missing) -> impl Iterator<Item = (Slot, Kept)> + 'a {
        self.kept.iter().filter(move |((one, _), _)| one == what).map(|(slot, kept)| (slot.clone(), kept.clone()))
    }

    /// Whether a status list may take the place of the one that is known: an authentic one is followed by an authentic one that was
    /// not signed earlier. So nobody takes a revocation back by an older list.
    fn follows(&self, slot: &Slot, new: &Kept, now: Timestamp) -> bool {
        let known = self.kept.get(slot).filter(|known| known.is_usable(now)).and_then(|known| known.list.as_ref());
        let (Missing::StatusList { url }, Some(known), Some(list)) = (&slot.0, known, &new.list) else { return true };
        // Keys that are no longer fresh are good enough for this: no verdict hangs on it.
        let mut all = self.basis.given.clone();
        self.kept.values().for_each(|kept| all.add_documents_of(&kept.alone));
        all.add_documents_of(&new.alone);
        let trust = Trust::new(&all, &self.basis.policy, now);
        let content = list.peek_unverified();
        let is_like = |other: &StatusListCredential| {
            (other.id == *url || trust.has_moved(&other.id, url))
                && other.issuer.id == content.issuer.id
                && other.credential_subject.status_purpose == content.credential_subject.status_purpose
        };
        let lists: Vec<_> =
            all.authentic_status_lists(url, &trust, now).filter(|other| is_like(other.content())).collect();
        let was_authentic = lists.iter().any(|list| list.signed().text() == known.text());
        !was_authentic || lists.first().is_some_and(|last| last.signed().text() == list.text())
    }

    fn fail(&mut self, what: &Missing, now: Timestamp) {
        self.failed.retain(|_, since| *since <= now && now < since.after(IN_PEACE));
        while self.failed.len() >= MAX_FAILED
            && let Some(first) = self.failed.iter().min_by_key(|(_, since)| **since).map(|(what, _)| what.clone())
        {
            self.failed.remove(&first);
        }
        self.failed.insert(what.clone(), now);
    }

    /// Lets go of what is of no use any more; then, while it is too much, of what is not fresh and of what is oldest.
    fn shrink(&mut self, now: Timestamp) {
        self.kept.retain(|_, kept| kept.is_fresh(now) || kept.is_usable(now));
        let too_much = |kept: &BTreeMap<Slot, Kept>| {
            kept.len() > MAX_KEPT || kept.values().map(|kept| kept.bytes).sum::<usize>() > MAX_KEPT_BYTES
        };
        while too_much(&self.kept)
            && let Some(first) = self
                .kept
                .iter()
                .min_by_key(|(_, kept)| (kept.is_fresh(now), kept.fetched_at))
                .map(|(what, _)| what.clone())
        {
            self.kept.remove(&first);
        }
    }
}

impl Kept {
    /// The document, if it is one.
    fn read(what: &Missing, text: &Text, now: Timestamp) -> Option<Self> {
        let Text { text, reuse } = text;
        let mut alone = Dossier::default();
        let (list, most) = match what {
            Missing::Controller { did, .. } => {
                alone.add_controller(did, text).ok()?;
                (None, MOST_FRESH_KEYS)
            }
            Missing::StatusList { url } => {
                alone.add_status_list(url, text).ok()?;
                (Some(Signed::<StatusListCredential>::parse(text).ok()?), MOST_FRESH)
            }
            _ => return None,
        };
        let mut fresh_until = now.after(reuse.fresh.unwrap_or(USUALLY_FRESH).clamp(LEAST_FRESH, most));
        if let Some(list) = list.as_ref().map(Signed::peek_unverified) {
            // Bitstring Status List 1.0 §2.2: in milliseconds.
            let kept_until = list.credential_subject.ttl.map(|ttl| now.after(Duration::from_millis(ttl)));
            // What is over already is told by the verdict, which asks for another.
            let ends = list.valid_until.filter(|until| *until > now);
            fresh_until = kept_until.into_iter().chain(ends).fold(fresh_until, Ord::min);
        }
        let stale_until = fresh_until.after(reuse.stale.unwrap_or(MOST_STALE)).min(now.after(MOST_STALE));
        Some(Self { alone: Arc::new(alone), list, bytes: text.len(), fetched_at: now, fresh_until, stale_until })
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        self.fetched_at <= now && now < self.fresh_until
    }

    fn is_usable(&self, now: Timestamp) -> bool {
        self.fetched_at <= now && now < self.stale_until
    }
}

#[cfg(test)]
mod tests;

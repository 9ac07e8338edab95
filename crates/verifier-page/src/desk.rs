//! By what are documents judged here, and what may be fetched for it?

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use stapel_credential::Timestamp;
use stapel_fetch::{Accept, FetchRules, Fetcher};
use stapel_stacking::{Answer, ShownError, verify_document};
use stapel_verifier::{Audience, Dossier, Missing, Policy};
use tokio::sync::Semaphore;

/// So often a verdict may name something new that is missing: a status list, then the keys of who signed it.
const ROUNDS: usize = 3;
/// How many documents are judged at once; the others wait.
const PLACES: usize = 16;
/// What was fetched is used for others so long, in seconds. Status lists say besides until when they hold.
const FRESH_SECONDS: i64 = 300;
/// So many fetched documents are held at most.
const MAX_FETCHED: usize = 64;

/// What a verifier needs: whom it trusts, a clock, perhaps the network. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

/// What is to be had without a network: an institution's own status lists.
pub type Known = dyn Fn(&Missing) -> Option<String> + Send + Sync;

/// Where what a verdict lacks comes from: did:web documents and status lists, and nothing else. Without any of these, what is
/// not in the dossier stays undecided.
#[derive(Default)]
pub struct Sources {
    /// Asked first, where it may block.
    pub known: Option<Box<Known>>,
    /// How the network is asked, if it is.
    pub rules: Option<FetchRules>,
}

struct Inner {
    /// What the operator gave: trust lists, and documents for working without a network.
    given: Dossier,
    policy: Policy,
    sources: Sources,
    fetcher: OnceLock<Option<Fetcher>>,
    clock: fn() -> Timestamp,
    fetched: RwLock<Fetched>,
    places: Semaphore,
}

/// The given dossier with what was fetched lately.
#[derive(Clone)]
struct Fetched {
    dossier: Arc<Dossier>,
    count: usize,
    since: Timestamp,
}

/// A document was looked at.
pub(crate) struct Looked {
    pub(crate) answer: Answer,
    /// When.
    pub(crate) now: Timestamp,
}

impl Desk {
    /// A desk that judges by this policy, with these trust lists, and looks up what a verdict lacks in these sources.
    pub fn new(given: Dossier, policy: Policy, sources: Sources, clock: fn() -> Timestamp) -> Self {
        let fetched = Fetched { dossier: Arc::new(given.clone()), count: 0, since: clock() };
        Self(Arc::new(Inner {
            given,
            policy,
            sources,
            fetcher: OnceLock::new(),
            clock,
            fetched: RwLock::new(fetched),
            places: Semaphore::new(PLACES),
        }))
    }

    /// Judges a document where that may take its time. Nothing of it is kept.
    pub(crate) async fn judge(&self, text: String) -> Result<Looked, ShownError> {
        // The semaphore is never closed.
        let _place = self.0.places.acquire().await.ok();
        let desk = self.clone();
        match tokio::task::spawn_blocking(move || desk.look(&text)).await {
            Ok(looked) => looked,
            Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
        }
    }

    fn look(&self, text: &str) -> Result<Looked, ShownError> {
        let now = (self.0.clock)();
        let mut dossier = self.fetched(now).dossier;
        let mut asked = BTreeSet::new();
        for _ in 0..ROUNDS {
            let answer = self.ask(text, &dossier, now)?;
            let new: Vec<Missing> = answer.missing().into_iter().filter(|one| asked.insert(one.clone())).collect();
            match self.fetch_all(&new, now) {
                Some(more) => dossier = more,
                None => return Ok(Looked { answer, now }),
            }
        }
        Ok(Looked { answer: self.ask(text, &dossier, now)?, now })
    }

    fn ask(&self, text: &str, dossier: &Dossier, now: Timestamp) -> Result<Answer, ShownError> {
        verify_document(text, dossier, &self.0.policy, &Audience::default(), now)
    }

    /// What is at hand: the given alone, where what was fetched is too old or too much.
    fn fetched(&self, now: Timestamp) -> Fetched {
        let held = self.0.fetched.read().unwrap_or_else(PoisonError::into_inner).clone();
        let age = now.unix_seconds() - held.since.unix_seconds();
        if held.count == 0 || ((0..FRESH_SECONDS).contains(&age) && held.count < MAX_FETCHED) {
            return held;
        }
        Fetched { dossier: Arc::new(self.0.given.clone()), count: 0, since: now }
    }

    /// What is at hand with these; nothing where none of them could be had.
    fn fetch_all(&self, missing: &[Missing], now: Timestamp) -> Option<Arc<Dossier>> {
        // Nobody waits for a fetch but who asked for it.
        let texts: Vec<(&Missing, String)> = missing.iter().filter_map(|one| Some((one, self.find(one)?))).collect();
        if texts.is_empty() {
            return None;
        }
        let mut held = self.0.fetched.write().unwrap_or_else(PoisonError::into_inner);
        let age = now.unix_seconds() - held.since.unix_seconds();
        if held.count == 0 || !(0..FRESH_SECONDS).contains(&age) || held.count + texts.len() > MAX_FETCHED {
            *held = Fetched { dossier: Arc::new(self.0.given.clone()), count: 0, since: now };
        }
        let mut dossier = Dossier::clone(&held.dossier);
        let added = texts.iter().filter(|(missing, text)| add(&mut dossier, missing, text)).count();
        if added == 0 {
            return None;
        }
        let dossier = Arc::new(dossier);
        *held = Fetched { dossier: Arc::clone(&dossier), count: held.count + added, since: held.since };
        Some(dossier)
    }

    fn find(&self, missing: &Missing) -> Option<String> {
        let known = self.0.sources.known.as_ref().and_then(|known| known(missing));
        known.or_else(|| fetch(self.fetcher()?, missing))
    }

    /// Made where blocking is allowed.
    fn fetcher(&self) -> Option<&Fetcher> {
        let make = || self.0.sources.rules.clone().and_then(|rules| Fetcher::new(rules).ok());
        self.0.fetcher.get_or_init(make).as_ref()
    }
}

fn fetch(fetcher: &Fetcher, missing: &Missing) -> Option<String> {
    let (url, accept) = match missing {
        Missing::Controller { url, .. } => (url.as_str(), Accept::DidDocument),
        Missing::StatusList { url } => (url.as_str(), Accept::Credential),
        _ => return None,
    };
    // What cannot be had stays missing, and the verdict says so.
    String::from_utf8(fetcher.fetch(url, accept).ok()?.body).ok()
}

fn add(dossier: &mut Dossier, missing: &Missing, text: &str) -> bool {
    match missing {
        Missing::Controller { did, .. } => dossier.add_controller(did, text).is_ok(),
        Missing::StatusList { url } => dossier.add_status_list(url, text).is_ok(),
        _ => false,
    }
}

//! By what are documents judged here, and what may be fetched for it?

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use stapel_credential::Timestamp;
use stapel_fetch::{Accept, FetchRules, Fetcher};
use stapel_stacking::{Answer, ShownError, verify_document};
use stapel_verifier::{Audience, Dossier, Missing, Policy};
use tokio::sync::Semaphore;

use crate::admission::Places;

/// So often a verdict may name something new that is missing: a status list, then the keys of who signed it.
const ROUNDS: usize = 3;
/// How many documents are judged at once; the others wait.
const JUDGES: usize = 16;
/// What was fetched is used for others so long, in seconds. Status lists say besides until when they hold.
const FRESH_SECONDS: i64 = 300;
/// No fetch for a document begins later than this after it was begun, in seconds: who names slow hosts by the hundred waits no
/// longer, and holds no thread.
const FETCHING_SECONDS: i64 = 15;
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
    judges: Arc<Semaphore>,
    places: Places,
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
            judges: Arc::new(Semaphore::new(JUDGES)),
            places: Places::default(),
        }))
    }

    /// Who may hand something in.
    pub(crate) fn places(&self) -> &Places {
        &self.0.places
    }

    /// Judges a document where that may take its time. Nothing of it is kept.
    pub(crate) async fn judge(&self, text: String) -> Result<Looked, ShownError> {
        // The semaphore is never closed.
        let judge = Arc::clone(&self.0.judges).acquire_owned().await.ok();
        let desk = self.clone();
        let look = move || {
            // Held until the work ends, also where nobody waits for it any more.
            let _judge = judge;
            desk.look(&text)
        };
        match tokio::task::spawn_blocking(look).await {
            Ok(looked) => looked,
            Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
        }
    }

    fn look(&self, text: &str) -> Result<Looked, ShownError> {
        let now = (self.0.clock)();
        let mut held = self.fetched(now);
        let mut asked = BTreeSet::new();
        for _ in 0..ROUNDS {
            let answer = self.ask(text, &held.dossier, now)?;
            let new: Vec<Missing> = answer.missing().into_iter().filter(|one| asked.insert(one.clone())).collect();
            match self.fetch_all(&held, &new, now) {
                Some(more) => held = more,
                None => return Ok(Looked { answer, now }),
            }
        }
        Ok(Looked { answer: self.ask(text, &held.dossier, now)?, now })
    }

    fn ask(&self, text: &str, dossier: &Dossier, now: Timestamp) -> Result<Answer, ShownError> {
        verify_document(text, dossier, &self.0.policy, &Audience::default(), now)
    }

    /// What is at hand: the given alone, where what was fetched is too old.
    fn fetched(&self, now: Timestamp) -> Fetched {
        let held = self.0.fetched.read().unwrap_or_else(PoisonError::into_inner).clone();
        let age = now.unix_seconds() - held.since.unix_seconds();
        if held.count > 0 && (0..FRESH_SECONDS).contains(&age) {
            return held;
        }
        Fetched { dossier: Arc::new(self.0.given.clone()), count: 0, since: now }
    }

    /// What is held and these; nothing where none of them could be had. Others use it too, while it is not too much.
    fn fetch_all(&self, held: &Fetched, missing: &[Missing], begun: Timestamp) -> Option<Fetched> {
        let in_time = |_: &&Missing| (self.0.clock)().unix_seconds() - begun.unix_seconds() < FETCHING_SECONDS;
        let asked = missing.iter().take_while(in_time);
        let texts: Vec<(&Missing, String)> = asked.filter_map(|one| Some((one, self.find(one)?))).collect();
        if texts.is_empty() {
            return None;
        }
        let mut dossier = Dossier::clone(&held.dossier);
        let added = texts.iter().filter(|(missing, text)| add(&mut dossier, missing, text)).count();
        let more = Fetched { dossier: Arc::new(dossier), count: held.count + added, since: held.since };
        if more.count <= MAX_FETCHED {
            *self.0.fetched.write().unwrap_or_else(PoisonError::into_inner) = more.clone();
        }
        (added > 0).then_some(more)
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

    use stapel_credential::{AchievementCredential, Did, DidUrl};
    use stapel_did::ControllerDocument;
    use stapel_keys::SigningKey;
    use stapel_proof::{ProofOptions, Unsecured};
    use stapel_verifier::Outcome;

    use super::*;

    static SECONDS: AtomicI64 = AtomicI64::new(1_790_000_000);

    fn clock() -> Timestamp {
        Timestamp::from_unix_seconds(SECONDS.load(Ordering::SeqCst)).unwrap()
    }

    /// A badge without a status list by this school.
    fn badge(school: &str, key: &SigningKey) -> String {
        signed(school, key, |content| content.credential_status = None)
    }

    fn badge_with_status(school: &str, key: &SigningKey) -> String {
        signed(school, key, |_| ())
    }

    fn signed(school: &str, key: &SigningKey, change: impl FnOnce(&mut AchievementCredential)) -> String {
        let text = include_str!("../../../fixtures/badges/full.json")
            .replace("\"BADGE_EXTENSION\"", stapel_credential::context::BADGE_EXTENSION)
            .replace("did:key:ISSUER", school)
            .replace("did:key:HOLDER", "did:example:holder");
        let mut content = AchievementCredential::view(&text).unwrap();
        change(&mut content);
        let method = DidUrl::parse(&format!("{school}#key-1")).unwrap();
        let options = ProofOptions::assertion(method, content.valid_from);
        Unsecured::new(content).sign(key, &options).unwrap().text().to_owned()
    }

    static SLOW: AtomicI64 = AtomicI64::new(1_790_000_000);

    fn slow_clock() -> Timestamp {
        Timestamp::from_unix_seconds(SLOW.load(Ordering::SeqCst)).unwrap()
    }

    #[tokio::test]
    async fn who_names_slow_hosts_waits_so_long_and_no_longer() {
        let key = SigningKey::from_seed([7; 32]);
        let lists_asked = Arc::new(AtomicUsize::new(0));
        let (counted, public) = (Arc::clone(&lists_asked), key.verifying_key());
        let known = move |missing: &Missing| {
            let Missing::Controller { did, .. } = missing else {
                counted.fetch_add(1, Ordering::SeqCst);
                return None;
            };
            SLOW.fetch_add(FETCHING_SECONDS, Ordering::SeqCst);
            let method = DidUrl::parse(&format!("{did}#key-1")).unwrap();
            ControllerDocument::new(did.clone(), &[(method, public)]).ok().map(|document| document.to_json())
        };
        let did = Did::parse("did:web:school.example").unwrap();
        let policy = Policy { pinned_issuers: vec![did.clone()], ..Policy::default() };
        let desk =
            Desk::new(Dossier::default(), policy, Sources { known: Some(Box::new(known)), rules: None }, slow_clock);
        let badge = badge_with_status(did.as_str(), &key);
        let ask = async || {
            let outcome = desk.judge(badge.clone()).await.unwrap().answer.outcome();
            (outcome, lists_asked.load(Ordering::SeqCst))
        };
        assert_eq!(ask().await, (Outcome::Undecided, 0), "the time was over before the list could be asked");
        assert_eq!(ask().await, (Outcome::Undecided, 1), "the document was had meanwhile");
    }

    #[tokio::test]
    async fn what_was_fetched_is_used_again_for_five_minutes() {
        let key = SigningKey::from_seed([7; 32]);
        let asked = Arc::new(AtomicUsize::new(0));
        let (counted, public) = (Arc::clone(&asked), key.verifying_key());
        let known = move |missing: &Missing| {
            let Missing::Controller { did, .. } = missing else { return None };
            counted.fetch_add(1, Ordering::SeqCst);
            let method = DidUrl::parse(&format!("{did}#key-1")).unwrap();
            ControllerDocument::new(did.clone(), &[(method, public)]).ok().map(|document| document.to_json())
        };
        let schools: Vec<String> = (0..=MAX_FETCHED).map(|at| format!("did:web:school-{at}.example")).collect();
        let pinned_issuers = schools.iter().map(|school| Did::parse(school).unwrap()).collect();
        let policy = Policy { pinned_issuers, ..Policy::default() };
        let sources = Sources { known: Some(Box::new(known)), rules: None };
        let desk = Desk::new(Dossier::default(), policy, sources, clock);
        let badges: Vec<String> = schools.iter().map(|school| badge(school, &key)).collect();
        let judge = async |at: usize| {
            let outcome = desk.judge(badges.get(at).expect("a badge").clone()).await.unwrap().answer.outcome();
            assert!(matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks), "{outcome:?}");
            asked.load(Ordering::SeqCst)
        };
        assert_eq!([judge(0).await, judge(0).await, judge(1).await, judge(0).await], [1, 1, 2, 2]);
        SECONDS.fetch_add(FRESH_SECONDS - 1, Ordering::SeqCst);
        assert_eq!(judge(0).await, 2);
        SECONDS.fetch_add(1, Ordering::SeqCst);
        assert_eq!([judge(0).await, judge(1).await], [3, 4]);
        // One more than is held for others is still judged.
        for at in 0..=MAX_FETCHED {
            judge(at).await;
        }
        assert_eq!(judge(0).await, 2 + MAX_FETCHED + 1);
    }
}

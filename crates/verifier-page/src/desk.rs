//! By what are documents judged here, and what may be fetched for it?

use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use axum::body::Bytes;
use axum::http::HeaderValue;
use stapel_credential::{ProgrammeCredential, Question, Timestamp};
use stapel_fetch::{Accept, FetchRules, Fetcher, Reuse};
use stapel_intake::IntakeError;
use stapel_proof::Signed;
use stapel_stacking::{Answer, Answered, ShownError};
use stapel_verifier::{Audience, Dossier, Findings, Missing, Outcome, Policy};
use tokio::sync::Semaphore;

use crate::admission::Places;
use crate::cache::{Cache, Stale, Text};
use crate::programmes::Programmes;
use crate::received::{Received, ReceivedError, receive};
use crate::recounting::{Award, Records};
use crate::request_store::{MemoryRequests, RequestStore};

mod look;

use look::{Failed, With};

/// How many documents are judged at once; the others wait.
const JUDGES: usize = 16;
/// No fetch begins later than this after what was handed in together was begun, in seconds: who names slow hosts by the hundred
/// waits no longer, and holds no thread.
const FETCHING_SECONDS: i64 = 15;
/// The largest document that is judged here, in bytes: a presentation of hundreds of badges. Of a hostile one a tree of forty
/// times that size is read.
pub(crate) const MAX_TEXT_BYTES: usize = 2 * 1024 * 1024;

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

/// What the pages offer, besides checking what is handed in.
pub struct Front {
    /// The address under which wallets reach these pages, without a slash at its end: `https://verifier.example`. Nothing can be
    /// asked without it.
    pub address: Option<String>,
    /// Which programmes the form offers to ask about. A question about an outcome needs none.
    pub programmes: Vec<Signed<ProgrammeCredential>>,
    /// Where questions wait for their answers.
    pub requests: Box<dyn RequestStore>,
    /// Pages of which origins may call the API from a browser (CORS): `https://portal.example`.
    pub origins: Vec<HeaderValue>,
}

impl Default for Front {
    fn default() -> Self {
        Self {
            address: None,
            programmes: Vec::new(),
            requests: Box::new(MemoryRequests::default()),
            origins: Vec::new(),
        }
    }
}

struct Inner {
    sources: Sources,
    fetcher: OnceLock<Option<Fetcher>>,
    clock: fn() -> Timestamp,
    /// What the operator gave, trust lists and documents for working without a network; and what was fetched.
    cache: Cache,
    judges: Arc<Semaphore>,
    alone: Mutex<()>,
    places: Places,
    address: Option<String>,
    programmes: Programmes,
    requests: Box<dyn RequestStore>,
    origins: Vec<HeaderValue>,
}

/// Something that was handed in.
pub(crate) enum Given {
    /// A file, perhaps by its name: a document, a picture, an archive, a link.
    File(Option<String>, Bytes),
    /// A document as it is.
    Text(String),
    /// A document that is larger than what is judged, of so many bytes.
    TooLarge(usize),
}

/// What is asked of a document, besides that it holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// For whom it must be.
    pub(crate) audience: Audience,
    /// What it must answer.
    pub(crate) question: Option<Question>,
}

/// What came of something that was handed in.
pub(crate) struct Judged {
    /// The name of its file, or the link that led to it.
    pub(crate) source: Option<String>,
    /// The text that was handed in, where there is no answer on it that has it.
    pub(crate) handed: Option<String>,
    pub(crate) result: Result<Looked, NotJudged>,
}

/// A document was looked at.
pub(crate) struct Looked {
    /// Its text.
    pub(crate) text: String,
    pub(crate) answer: Answer,
    /// Whether it answers what was asked, if anything was.
    pub(crate) answered: Option<Answered>,
    /// The awards in it whose record is at hand, counted again.
    pub(crate) awards: Vec<Award>,
    /// The trust list that knows the picture in the badge for the issuer's logo.
    pub(crate) logo_by: Option<String>,
    /// What could not be fetched again, so that an older copy was used.
    pub(crate) stale: Vec<Stale>,
    /// When.
    pub(crate) now: Timestamp,
}

impl Looked {
    /// What came of it: with a document that may be out of date nothing is accepted without a remark.
    pub(crate) fn outcome(&self) -> Outcome {
        // A diploma whose award does not hold is none to rely on.
        let outcome = self.awards.iter().fold(self.answer.outcome(), |all, award| all.and(award.answer.outcome()));
        if self.stale.is_empty() { outcome } else { outcome.and(Outcome::AcceptedWithRemarks) }
    }
}

impl Judged {
    pub(crate) fn of(source: Option<String>, result: Result<Looked, Failed>) -> Self {
        match result {
            Ok(looked) => Self { source, handed: None, result: Ok(looked) },
            Err((error, handed)) => Self { source, handed, result: Err(error) },
        }
    }
}

/// There is nothing to say about it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotJudged {
    /// Nothing to verify came out.
    #[error(transparent)]
    Received(ReceivedError),
    /// It is none of the documents that are read, or is bent.
    #[error(transparent)]
    Shown(#[from] ShownError),
    /// Plain text.
    #[error("this is neither JSON nor a JWT, so it is no badge; nothing is known against it")]
    NoDocument,
    /// The record of an award, without the diploma that names it.
    #[error(
        "this is the record of an award; hand it in together with the diploma that names it, to have the award counted again"
    )]
    RecordAlone,
    /// It is larger than what is judged for everybody.
    #[error(
        "the document has {found} bytes; at most {MAX_TEXT_BYTES} are judged here, and `stapel verify` judges larger ones"
    )]
    TooLarge {
        /// How many it has.
        found: usize,
    },
}

/// More documents than are judged at once.
pub(crate) struct TooMany;

impl From<ReceivedError> for NotJudged {
    fn from(error: ReceivedError) -> Self {
        if let ReceivedError::TooLarge { found } = error { Self::TooLarge { found } } else { Self::Received(error) }
    }
}

impl NotJudged {
    /// The checks of a text that is malformed.
    pub(crate) fn findings(&self) -> Option<Findings> {
        if let Self::Shown(error) = self { error.findings() } else { None }
    }
}

impl Desk {
    /// A desk that judges by this policy, with these trust lists, and looks up what a verdict lacks in these sources.
    pub fn new(given: Dossier, policy: Policy, sources: Sources, clock: fn() -> Timestamp) -> Self {
        Self::with_front(given, policy, sources, Front::default(), clock)
    }

    /// As [`Desk::new`], with more than checking.
    pub fn with_front(
        given: Dossier,
        policy: Policy,
        sources: Sources,
        front: Front,
        clock: fn() -> Timestamp,
    ) -> Self {
        let mut programmes = Programmes::default();
        front.programmes.iter().for_each(|programme| programmes.add(programme));
        let cache = Cache::new(given, policy, clock());
        Self(Arc::new(Inner {
            sources,
            fetcher: OnceLock::new(),
            clock,
            cache,
            judges: Arc::new(Semaphore::new(JUDGES)),
            alone: Mutex::new(()),
            places: Places::default(),
            address: front.address,
            programmes,
            requests: front.requests,
            origins: front.origins,
        }))
    }

    /// Judges by these trust lists and this policy from now on.
    pub fn renew(&self, given: Dossier, policy: Policy) {
        self.0.cache.renew(given, policy, self.now());
    }

    /// Who may hand something in.
    pub(crate) fn places(&self) -> &Places {
        &self.0.places
    }

    /// Under which address wallets reach it; none where nothing is asked.
    pub(crate) fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// About which programmes something can be asked.
    pub(crate) fn programmes(&self) -> &Programmes {
        &self.0.programmes
    }

    /// The questions that are open.
    pub(crate) fn requests(&self) -> &dyn RequestStore {
        self.0.requests.as_ref()
    }

    /// Who may call the API from a page of their own.
    pub(crate) fn origins(&self) -> &[HeaderValue] {
        &self.0.origins
    }

    /// What time it is.
    pub(crate) fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    /// Judges what was handed in, at most so many documents: at once, or where that may take its time. Nothing of it is kept.
    pub(crate) async fn judge(&self, given: Vec<Given>, asked: Asked, most: usize) -> Result<Vec<Judged>, TooMany> {
        let first = self.look_at_once(&given);
        let (source, first) = match first {
            Some((source, first)) if first.answer.missing().is_empty() => {
                return Ok(vec![Judged::of(source, Ok(Self::finish(first, Vec::new(), &asked)))]);
            }
            Some((source, first)) => (source, Some(first)),
            None => (None, None),
        };
        // The semaphore is never closed.
        let judge = Arc::clone(&self.0.judges).acquire_owned().await.ok();
        let desk = self.clone();
        let look = move || {
            // Held until the work ends, also where nobody waits for it any more.
            let _judge = judge;
            match first {
                Some(first) => Ok(vec![Judged::of(source, desk.look_further(first, &asked))]),
                None => desk.judge_all(given, &asked, most),
            }
        };
        match tokio::task::spawn_blocking(look).await {
            Ok(judged) => judged,
            Err(stopped) => resume_unwind(stopped.into_panic()),
        }
    }

    fn judge_all(&self, given: Vec<Given>, asked: &Asked, most: usize) -> Result<Vec<Judged>, TooMany> {
        let begun = self.now();
        let has_time = || self.now().unix_seconds() - begun.unix_seconds() < FETCHING_SECONDS;
        let mut received = Vec::new();
        for one in given {
            match one {
                Given::Text(text) => received.push(Received { source: None, text: Ok(text) }),
                Given::TooLarge(found) => {
                    received.push(Received { source: None, text: Err(ReceivedError::TooLarge { found }) });
                }
                Given::File(source, bytes) => received.extend(receive(self, source.as_ref(), &bytes, &has_time)),
            }
            if received.len() > most {
                return Err(TooMany);
            }
        }
        let records = Records::take(&mut received);
        let with = With { asked, records: &records, has_time: &has_time };
        let judge = |Received { source, text }| {
            let text = text.map_err(|error| {
                let is_empty = matches!(error, ReceivedError::File(IntakeError::Empty));
                (NotJudged::from(error), is_empty.then(String::new))
            });
            Judged::of(source, text.and_then(|text| self.look(text, &with)))
        };
        let mut judged: Vec<Judged> = received.into_iter().map(judge).collect();
        judged.extend(records.left());
        Ok(judged)
    }

    /// For work that makes much of little: one at a time, on a thread of its own. What glibc keeps of freed memory it keeps by
    /// thread, and gives to the next one when that thread has ended; on threads that stay, each would keep its own.
    pub(crate) fn alone<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let _one = self.0.alone.lock().unwrap_or_else(PoisonError::into_inner);
        match thread::scope(|scope| scope.spawn(work).join()) {
            Ok(done) => done,
            Err(stopped) => resume_unwind(stopped),
        }
    }

    /// A document, from wherever it is to be had.
    fn find(&self, missing: &Missing) -> Option<Text> {
        let known = self.0.sources.known.as_ref().and_then(|known| known(missing));
        let known = known.map(|text| Text { text, reuse: Reuse::default() });
        known.or_else(|| fetch(self.fetcher()?, missing))
    }

    /// Made where blocking is allowed.
    pub(crate) fn fetcher(&self) -> Option<&Fetcher> {
        let make = || self.0.sources.rules.clone().and_then(|rules| Fetcher::new(rules).ok());
        self.0.fetcher.get_or_init(make).as_ref()
    }
}

fn fetch(fetcher: &Fetcher, missing: &Missing) -> Option<Text> {
    let (url, accept) = match missing {
        Missing::Controller { url, .. } => (url.as_str(), Accept::DidDocument),
        Missing::StatusList { url } => (url.as_str(), Accept::Credential),
        _ => return None,
    };
    // What cannot be had stays missing, and the verdict says so.
    let found = fetcher.fetch(url, accept).ok()?;
    Some(Text { text: String::from_utf8(found.body).ok()?, reuse: found.reuse })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

    use super::*;
    use crate::cache::{MAX_KEPT, USUALLY_FRESH};
    use stapel_credential::{AchievementCredential, Did, DidUrl};
    use stapel_did::ControllerDocument;
    use stapel_keys::SigningKey;
    use stapel_proof::{ProofOptions, Unsecured};

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

    async fn outcome_of(desk: &Desk, badge: &str) -> Outcome {
        let given = vec![Given::Text(badge.to_owned())];
        let judged = desk.judge(given, Asked::default(), 1).await.ok().expect("one document").remove(0);
        judged.result.expect("a badge").answer.outcome()
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
            let outcome = outcome_of(&desk, &badge).await;
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
        let schools: Vec<String> = (0..=MAX_KEPT).map(|at| format!("did:web:school-{at}.example")).collect();
        let pinned_issuers = schools.iter().map(|school| Did::parse(school).unwrap()).collect();
        let policy = Policy { pinned_issuers, ..Policy::default() };
        let sources = Sources { known: Some(Box::new(known)), rules: None };
        let desk = Desk::new(Dossier::default(), policy, sources, clock);
        let badges: Vec<String> = schools.iter().map(|school| badge(school, &key)).collect();
        let judge = async |at: usize| {
            let outcome = outcome_of(&desk, badges.get(at).expect("a badge")).await;
            assert!(matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks), "{outcome:?}");
            asked.load(Ordering::SeqCst)
        };
        let fresh = i64::try_from(USUALLY_FRESH.as_secs()).unwrap();
        assert_eq!([judge(0).await, judge(0).await, judge(1).await, judge(0).await], [1, 1, 2, 2]);
        SECONDS.fetch_add(fresh - 1, Ordering::SeqCst);
        assert_eq!(judge(0).await, 2);
        SECONDS.fetch_add(1, Ordering::SeqCst);
        assert_eq!([judge(0).await, judge(1).await], [3, 4]);
        // One more than is held for others is still judged, and makes the first go.
        for at in 0..=MAX_KEPT {
            judge(at).await;
        }
        assert_eq!(judge(0).await, 2 + MAX_KEPT + 2);
    }
}

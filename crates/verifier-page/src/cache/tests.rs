//! Is what was fetched used for as long as it may be, and what could not be fetched again never silently?

use std::cell::{Cell, RefCell};

use serde_json::json;
use stapel_credential::{Did, DidUrl, StatusListCredential};
use stapel_did::ControllerDocument;
use stapel_keys::SigningKey;
use stapel_proof::{ProofOptions, Unsecured};
use stapel_status::StatusList;

use super::*;

const START: i64 = 1_790_000_000;
const LIST: &str = "https://school.example/status/1";

/// A network that answers what it is told, and a clock.
struct World {
    cache: Cache,
    now: Cell<i64>,
    /// What the network answers, or nothing.
    answer: RefCell<Option<(String, Reuse)>>,
    asked: Cell<usize>,
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).unwrap()
}

fn school() -> Did {
    Did::parse("did:web:school.example").unwrap()
}

fn keys_of(number: usize) -> Missing {
    let did = Did::parse(&format!("did:web:school-{number}.example")).unwrap();
    Missing::Controller { url: format!("https://school-{number}.example/.well-known/did.json"), did }
}

fn keys() -> Missing {
    Missing::Controller { did: school(), url: "https://school.example/.well-known/did.json".to_owned() }
}

fn list() -> Missing {
    Missing::StatusList { url: LIST.parse().unwrap() }
}

fn document_of(did: &Did, seed: u8) -> String {
    let method = DidUrl::parse(&format!("{did}#key-1")).unwrap();
    let key = SigningKey::from_seed([seed; 32]).verifying_key();
    ControllerDocument::new(did.clone(), &[(method, key)]).unwrap().to_json()
}

fn document(what: &Missing) -> String {
    let Missing::Controller { did, .. } = what else { panic!("not of keys: {what:?}") };
    document_of(did, 7)
}

/// A status list of this seed's key that was signed so many seconds after the start.
fn list_by(did: &Did, seed: u8, from: i64, more: &serde_json::Value) -> String {
    let mut text = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST, "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did, "validFrom": at(START + from),
        "credentialSubject": {
            "id": format!("{LIST}#list"), "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": StatusList::new(131_072).unwrap().encode()
        }
    });
    for (name, value) in more.as_object().unwrap() {
        let into = if name == "ttl" { &mut text["credentialSubject"] } else { &mut text };
        into[name] = value.clone();
    }
    let content = StatusListCredential::view(&text.to_string()).unwrap();
    let method = DidUrl::parse(&format!("{did}#key-1")).unwrap();
    let options = ProofOptions::assertion(method, content.valid_from);
    Unsecured::new(content).sign(&SigningKey::from_seed([seed; 32]), &options).unwrap().text().to_owned()
}

fn list_of(from: i64) -> String {
    list_by(&school(), 7, from, &json!({}))
}

impl World {
    fn new() -> Self {
        let cache = Cache::new(Dossier::default(), Policy::default(), at(START));
        Self { cache, now: Cell::new(START), answer: RefCell::default(), asked: Cell::new(0) }
    }

    fn says(&self, text: String, fresh: Option<u64>, stale: Option<u64>) {
        let reuse = Reuse { fresh: fresh.map(Duration::from_secs), stale: stale.map(Duration::from_secs) };
        self.answer.replace(Some((text, reuse)));
    }

    fn is_down(&self) {
        self.answer.replace(None);
    }

    fn later(&self, seconds: u64) {
        self.now.set(self.now.get() + i64::try_from(seconds).unwrap());
    }

    /// What a verdict that lacks this is given: when the copy was fetched after the start, and whether it is known to be old.
    fn given(&self, what: &Missing) -> Option<(i64, bool)> {
        let now = || at(self.now.get());
        let view = self.cache.view(now());
        if let Some((_, fetched)) = view.shared.holds.iter().find(|((one, _), _)| one == what) {
            return Some((fetched.unix_seconds() - START, false));
        }
        self.given_beyond(&view, what)
    }

    fn given_beyond(&self, view: &View, what: &Missing) -> Option<(i64, bool)> {
        let fetch = |_: &Missing| {
            self.asked.set(self.asked.get() + 1);
            self.answer.borrow().clone().map(|(text, reuse)| Text { text, reuse })
        };
        let clock = || at(self.now.get());
        let source = Source { clock: &clock, has_time: &|| true, fetch: &fetch };
        let more = self.cache.supply(view, std::slice::from_ref(what), &source)?;
        let stale = more.into_stale();
        let last = self.cache.read().of(what).map(|(_, kept)| kept.fetched_at).max();
        let fetched = stale.first().map_or(last, |stale| Some(stale.fetched_at));
        assert!(stale.iter().all(|stale| stale.what == *what));
        Some((fetched?.unix_seconds() - START, !stale.is_empty()))
    }

    fn asked(&self) -> usize {
        self.asked.take()
    }
}

#[test]
fn a_document_is_fresh_for_as_long_as_its_server_says_within_bounds() {
    for (said, fresh) in [(None, 300), (Some(60), 60), (Some(0), 10), (Some(3), 10), (Some(86_400), 3_600)] {
        let world = World::new();
        world.says(list_of(0), said, None);
        assert_eq!(world.given(&list()), Some((0, false)), "{said:?}");
        world.later(fresh - 1);
        assert_eq!((world.given(&list()), world.asked()), (Some((0, false)), 1), "{said:?}");
        world.later(1);
        let now = i64::try_from(fresh).unwrap();
        assert_eq!((world.given(&list()), world.asked()), (Some((now, false)), 1), "{said:?}");
    }
    let world = World::new();
    world.says(document(&keys()), Some(86_400), None);
    assert_eq!(world.given(&keys()), Some((0, false)));
    world.later(600);
    assert_eq!(world.given(&keys()), Some((600, false)), "keys for ten minutes");
}

#[test]
fn a_status_list_is_fresh_no_longer_than_it_says_itself() {
    for (more, fresh) in [
        (json!({"ttl": 60_000}), 60),
        (json!({"ttl": 86_400_000}), 3_600),
        (json!({"validUntil": at(START + 90)}), 90),
        (json!({"validUntil": at(START + 90), "ttl": 30_000}), 30),
    ] {
        let world = World::new();
        world.says(list_by(&school(), 7, 0, &more), Some(86_400), None);
        assert_eq!(world.given(&list()), Some((0, false)), "{more}");
        world.later(fresh - 1);
        assert_eq!((world.given(&list()), world.asked()), (Some((0, false)), 1), "{more}");
        world.later(1);
        world.given(&list());
        assert_eq!(world.asked(), 1, "{more}");
    }
}

#[test]
fn what_cannot_be_fetched_again_is_used_for_a_day_and_said_to_be_old() {
    let world = World::new();
    world.says(document(&keys()), Some(60), None);
    assert_eq!(world.given(&keys()), Some((0, false)));
    world.is_down();
    world.later(60);
    assert_eq!(world.given(&keys()), Some((0, true)));
    world.later(86_400 - 61);
    assert_eq!(world.given(&keys()), Some((0, true)));
    world.later(1);
    assert_eq!(world.given(&keys()), None, "a day is the end of it");
    world.says(document(&keys()), Some(60), None);
    world.later(15);
    assert_eq!(world.given(&keys()), Some((86_415, false)));
}

#[test]
fn who_forbids_old_copies_has_none_used() {
    for (stale, used) in [(Some(0), None), (Some(20), Some((0, true))), (None, Some((0, true)))] {
        let world = World::new();
        world.says(document(&keys()), Some(60), stale);
        world.given(&keys());
        world.is_down();
        world.later(70);
        assert_eq!(world.given(&keys()), used, "{stale:?}");
        world.later(15);
        assert_eq!(world.given(&keys()), used.filter(|_| stale.is_none()), "{stale:?}");
    }
}

#[test]
fn who_does_not_answer_is_left_in_peace_for_some_seconds() {
    let world = World::new();
    for (seconds, asked) in [(0, 1), (0, 0), (14, 0), (1, 1), (15, 1)] {
        world.later(seconds);
        assert_eq!((world.given(&keys()), world.asked()), (None, asked), "after {seconds}");
    }
    // What is no document of keys is as good as no answer.
    world.later(15);
    world.says("<html>".to_owned(), Some(60), None);
    assert_eq!((world.given(&keys()), world.given(&keys()), world.asked()), (None, None, 1));
    for number in 0..2 * MAX_FAILED {
        world.given(&keys_of(number));
    }
    assert_eq!(world.cache.read().failed.len(), MAX_FAILED);
}

#[test]
fn a_list_that_is_there_and_does_not_do_is_asked_again_only_after_a_while() {
    let world = World::new();
    world.says(list_of(0), Some(3_600), None);
    world.given(&list());
    let again = || {
        let view = world.cache.view(at(world.now.get()));
        (world.given_beyond(&view, &list()), world.asked())
    };
    world.asked();
    assert_eq!(again(), (None, 0));
    world.later(30);
    assert_eq!(again(), (Some((30, false)), 1));
    assert_eq!(again(), (None, 0));
}

#[test]
fn an_older_list_or_a_strangers_never_takes_the_place_of_an_authentic_one() {
    let other = Did::parse("did:web:other.example").unwrap();
    let suspending = list_by(&school(), 7, 20, &json!({}));
    for (what, text, taken) in [
        ("a later one", list_of(20), true),
        ("the same", list_of(10), true),
        ("one of the same second", list_by(&school(), 7, 10, &json!({"ttl": 1_000_000})), true),
        ("an older one", list_of(9), false),
        ("a forged one", list_by(&school(), 8, 20, &json!({})), false),
        ("an altered one", suspending.replace("revocation", "suspension"), false),
        ("somebody else's", list_by(&other, 9, 20, &json!({})), false),
        ("another list", list_by(&school(), 7, 20, &json!({"id": "https://school.example/status/2"})), false),
        ("a page", "<html>Sorry</html>".to_owned(), false),
    ] {
        let world = World::new();
        world.says(document_of(&other, 9), None, None);
        world.given(&Missing::Controller { did: other.clone(), url: "https://other.example/did.json".to_owned() });
        world.says(document(&keys()), None, None);
        world.given(&keys());
        world.says(list_of(10), Some(60), None);
        world.given(&list());
        // The keys are no longer fresh either.
        world.later(600);
        world.says(text.clone(), Some(60), None);
        let at = if taken { (600, false) } else { (0, true) };
        assert_eq!(world.given(&list()), Some(at), "{what}");
        // A day later the memory is over, and whatever is there is judged as it is.
        world.later(86_400);
        world.says(list_of(9), Some(60), None);
        assert_eq!(world.given(&list()), Some((87_000, false)), "{what}");
    }
}

#[test]
fn so_many_documents_are_kept_and_what_is_oldest_goes_first() {
    let world = World::new();
    let get = |number: usize| {
        let what = keys_of(number);
        world.says(document(&what), Some(600), None);
        world.given(&what).map(|(_, stale)| stale)
    };
    for number in 0..MAX_KEPT {
        assert_eq!(get(number), Some(false));
        world.later(1);
    }
    assert_eq!((world.asked(), get(0), world.asked()), (MAX_KEPT, Some(false), 0));
    assert_eq!((get(MAX_KEPT), world.cache.read().kept.len()), (Some(false), MAX_KEPT));
    assert_eq!((world.asked(), get(1), world.asked()), (1, Some(false), 0));
    assert_eq!((get(0), world.asked()), (Some(false), 1), "the oldest made room");
}

#[test]
fn so_many_bytes_are_kept() {
    let world = World::new();
    let padding = " ".repeat(400 * 1024);
    for number in 0..60 {
        let what = Missing::StatusList { url: format!("{LIST}/{number}").parse().unwrap() };
        world.says(format!("{}{padding}", list_of(0)), None, None);
        assert_eq!(world.given(&what).map(|(_, stale)| stale), Some(false));
        world.later(1);
    }
    let bytes: usize = world.cache.read().kept.values().map(|kept| kept.bytes).sum();
    assert!(bytes <= MAX_KEPT_BYTES && bytes > MAX_KEPT_BYTES / 2, "{bytes}");
}

#[test]
fn what_is_fresh_stands_in_one_dossier_for_all() {
    let world = World::new();
    world.says(document(&keys()), Some(60), None);
    world.given(&keys());
    let view = || world.cache.view(at(world.now.get()));
    let first = view();
    world.later(59);
    assert!(Arc::ptr_eq(&first.dossier, &view().dossier), "nothing is built for a request");
    world.later(1);
    assert!(!Arc::ptr_eq(&first.dossier, &view().dossier));
    assert!(view().shared.holds.is_empty());
    // A clock that is put back makes nothing fresh that was fetched later.
    world.later(100);
    world.given(&keys());
    world.now.set(START + 10);
    assert!(view().shared.holds.is_empty());
}

#[test]
fn those_who_lack_the_same_ask_once() {
    let cache = Cache::new(Dossier::default(), Policy::default(), at(START));
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let view = cache.view(at(START));
    let got = std::thread::scope(|scope| {
        let ask = || {
            let fetch = |what: &Missing| {
                asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(100));
                Some(Text { text: document(what), reuse: Reuse::default() })
            };
            let source = Source { clock: &|| at(START), has_time: &|| true, fetch: &fetch };
            cache.supply(&view, &[keys()], &source).is_some()
        };
        let all: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<bool>>()
    });
    assert_eq!((got, asked.into_inner()), (vec![true; 4], 1));
}

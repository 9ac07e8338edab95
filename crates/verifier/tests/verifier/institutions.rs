//! What becomes of badges when their institution merged, closed or moved, and by which tricks does nobody gain from it?

use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, Day};
use stapel_verifier::{CheckKind, CheckResult, Missing, Reason, SeenTrustList, SucceededBy, Trust, verify_text};

use crate::scene::{Scene, bare, scene};
use crate::tokens::{By, web_jwt};
use crate::vectors::{Vector, accepted, find, refused, undecided};
use crate::world::*;

const CLOSED: &str = "2026-08-01";
const ARCHIVE: &str = "https://archive.example/roc/1";

/// The badge of the school at its own address, with its place in the status list.
fn signed_by(pen: &Pen) -> Value {
    let mut badge = badge();
    badge["issuer"]["id"] = json!(WEB);
    pen.sign(badge)
}

fn kept(by: &str) -> Value {
    json!([{ "id": format!("{WEB}#key-1"), "publicKeyMultibase": multikey(by) }])
}

/// The trust list, in which the school has closed: its key is kept, and the university stands for it.
fn closed(bend: impl FnOnce(&mut Value)) -> Value {
    let mut list = trust_list();
    let mut entry = school_entry();
    entry["did"] = json!(WEB);
    entry["until"] = json!(CLOSED);
    entry["keys"] = kept("school");
    entry["successors"] = json!([{ "did": did("university"), "from": CLOSED }]);
    bend(&mut entry);
    let mut university = school_entry();
    university["did"] = json!(did("university"));
    university["name"] = json!("Hogeschool Groter");
    university["statusIssuers"] = json!([]);
    *issuers(&mut list) = vec![entry, university];
    pen("anchor").sign(list)
}

fn list_by(by: &'static str, set: &[u32], bend: impl FnOnce(&mut Value)) -> Value {
    let mut list = status_list(set);
    list["issuer"] = json!(did(by));
    bend(&mut list);
    pen(by).sign(list)
}

/// The badge, with what the trust list says of its closed school and a status list of its successor; nothing of its own document.
fn after(badge: &Value, trust: &Value) -> Scene {
    bare(badge).anchored().trust(trust).list(&list_by("university", &[], |_| ()))
}

/// Who bought the school's domain shows a key of its own there.
fn bought() -> Value {
    let mut document = web_document();
    let mut other = document["verificationMethod"][0].clone();
    document["verificationMethod"][0]["publicKeyMultibase"] = json!(multikey("stranger"));
    other["id"] = json!(format!("{WEB}#key-2"));
    other["publicKeyMultibase"] = json!(multikey("stranger"));
    document["verificationMethod"].as_array_mut().unwrap().push(other);
    document["assertionMethod"] = json!([format!("{WEB}#key-1"), format!("{WEB}#key-2")]);
    document
}

fn stranger(method: &str) -> Pen {
    pen("stranger").naming(&format!("{WEB}#{method}"))
}

/// Another anchor that vouches for the school, and knows nothing of keys.
fn other_list(bend: impl FnOnce(&mut Value)) -> Value {
    let mut list = trust_list();
    list["issuer"]["id"] = json!(did("other-anchor"));
    list["credentialSubject"]["id"] = json!("https://other-anchor.example/list");
    list["credentialSubject"]["trustList"]["name"] = json!("Zorglijst");
    issuers(&mut list)[0]["did"] = json!(WEB);
    bend(&mut issuers(&mut list)[0]);
    pen("other-anchor").sign(list)
}

fn two_anchors(scene: Scene, other: &Value) -> Scene {
    scene.policy(|policy| policy.trust_anchors.push(a_did(&did("other-anchor")))).trust(other)
}

fn badge_without_status() -> Value {
    let mut badge = badge();
    badge.as_object_mut().unwrap().remove("credentialStatus");
    badge
}

/// A trust list that keeps a stranger's key under the name of somebody whose DID is a key.
fn of_a_key(of: &str) -> Value {
    let mut list = trust_list();
    let entry = &mut issuers(&mut list)[0];
    entry["did"] = json!(did(of));
    entry["keys"] = json!([{ "id": method(of), "publicKeyMultibase": multikey("stranger") }]);
    pen("anchor").sign(list)
}

fn seen(sequence: u64) -> Scene {
    scene(&pen("school").sign(badge())).policy(|policy| {
        policy.seen_trust_lists.push(SeenTrustList {
            anchor: a_did(&did("anchor")),
            list: stapel_credential::Uri::parse("https://anchor.example/list").unwrap(),
            sequence,
        });
    })
}

fn moved(lists: &[(&str, Value)]) -> Scene {
    let trust = closed(|entry| entry["movedStatusLists"] = json!([{ "list": LIST, "at": ARCHIVE }]));
    let scene = bare(&signed_by(&web_pen())).anchored().trust(&trust);
    lists.iter().fold(scene, |scene, (url, list)| scene.list_at(url, list))
}

pub(crate) fn vectors() -> Vec<Vector> {
    use CheckKind::{Key, Proof, Status, Trust};
    let badge = signed_by(&web_pen());
    let held = |bend: fn(&mut Value)| after(&badge, &closed(bend));
    let as_before = |list: &mut Value| {
        list["validFrom"] = json!("2026-07-31T06:00:00Z");
    };
    vec![
        accepted("closed-institution", Key, "key-kept", "its key is kept when its domain is gone", held(|_| ())),
        accepted(
            "closed-institution-whose-domain-was-bought",
            Key,
            "key-kept",
            "and what its domain says by now is not asked",
            held(|_| ()).controller(WEB, &bought()),
        ),
        accepted(
            "closed-institution-by-jwt",
            Key,
            "key-kept",
            "whatever the form of the badge",
            web_jwt(By::Ed25519("school"), "EdDSA").bare().anchored().trust(&closed(|_| ())),
        ),
        accepted("merged-institution", Trust, "vouched", "what was issued before stays", held(|_| ())),
        accepted(
            "status-list-of-the-successor",
            Status,
            "not-revoked",
            "who stands for an institution keeps its status lists",
            held(|_| ()),
        ),
        accepted(
            "status-list-that-moved",
            Status,
            "not-revoked",
            "a list is found where it is published now, and is still the list of its own address",
            moved(&[(ARCHIVE, list_by("university", &[], |_| ()))]),
        ),
        accepted("trust-list-seen-before", Trust, "vouched", "the same edition may come again", seen(7)),
        accepted("trust-list-newer-than-seen", Trust, "vouched", "and so may a newer one", seen(6)),
        refused(
            "signed-by-who-bought-the-domain",
            Proof,
            "altered",
            "of a closed institution only the keys count that were kept",
            after(&signed_by(&stranger("key-1")), &closed(|_| ())).controller(WEB, &bought()),
        ),
        refused(
            "signed-by-a-new-key-of-who-bought-the-domain",
            Key,
            "key-refused",
            "a key that came later is none of them",
            after(&signed_by(&stranger("key-2")), &closed(|_| ())).controller(WEB, &bought()),
        ),
        refused(
            "jwt-signed-by-who-bought-the-domain",
            Key,
            "key-refused",
            "nor does a token bring its own",
            web_jwt(By::Ed25519("stranger"), "EdDSA")
                .header("kid", "#key-2")
                .bare()
                .anchored()
                .trust(&closed(|_| ()))
                .controller(WEB, &bought()),
        ),
        refused(
            "awarded-after-the-institution-closed",
            Trust,
            "not-vouched-then",
            "a kept key does not issue any more",
            held(|entry| entry["until"] = json!("2026-06-30")),
        ),
        refused(
            "revoked-by-the-successor",
            Status,
            "revoked",
            "who stands for an institution revokes for it",
            bare(&badge).anchored().trust(&closed(|_| ())).list(&list_by("university", &[PLACE], |_| ())),
        ),
        refused(
            "revoked-where-the-list-moved",
            Status,
            "revoked",
            "the newest list counts, wherever it came from",
            moved(&[
                (LIST, list_by("university", &[], |list| list["validFrom"] = json!("2026-11-22T05:00:00Z"))),
                (ARCHIVE, list_by("university", &[PLACE], |_| ())),
            ]),
        ),
        refused(
            "keys-kept-for-a-pinned-issuer",
            Proof,
            "altered",
            "whom the verifier pins itself is known by its own document, whatever a list says",
            after(&signed_by(&stranger("key-1")), &closed(|entry| entry["keys"] = kept("stranger")))
                .controller(WEB, &web_document())
                .pinned(WEB),
        ),
        refused(
            "keys-kept-for-an-issuer-that-is-a-key",
            Proof,
            "altered",
            "a DID that is a key is overruled by nobody",
            bare(&pen("stranger").naming(&method("school")).sign(badge_without_status()))
                .anchored()
                .trust(&of_a_key("school")),
        ),
        refused(
            "keys-kept-for-a-holder",
            Proof,
            "altered",
            "whom a list names can not be shown by who keeps a key for them",
            bare(&Pen { by: "stranger", ..showing() }.sign(presentation(&[])))
                .anchored()
                .trust(&of_a_key("learner"))
                .asked(),
        ),
        undecided(
            "keys-kept-by-who-does-not-vouch",
            Trust,
            "keys-kept-by-another",
            "who names the keys of an institution cannot make it say what another list vouches for",
            two_anchors(
                after(
                    &signed_by(&stranger("key-1")),
                    &closed(|entry| {
                        entry["keys"] = kept("stranger");
                        entry["mandates"] = json!([]);
                    }),
                ),
                &other_list(|_| ()),
            ),
        ),
        undecided(
            "lists-that-keep-different-keys",
            Key,
            "key-unreadable",
            "where lists do not agree on a key, nobody can say whose it is",
            two_anchors(held(|_| ()), &other_list(|entry| entry["keys"] = kept("stranger"))),
        ),
        undecided(
            "kept-key-of-another-kind",
            Key,
            "key-unreadable",
            "a key that cannot be read says nothing against the badge",
            held(|entry| entry["keys"][0]["publicKeyMultibase"] = json!("zUnreadable")),
        ),
        undecided(
            "status-list-of-the-successor-from-before-the-merger",
            Status,
            "status-list-unusable",
            "until that day it kept no list for the other",
            bare(&badge).anchored().trust(&closed(|_| ())).list(&list_by("university", &[], as_before)),
        ),
        undecided(
            "status-list-moved-and-not-at-hand",
            Status,
            "status-list-missing",
            "where it moved to is where it is missing",
            moved(&[]),
        ),
        undecided(
            "trust-list-older-than-seen",
            Trust,
            "issuer-unknown",
            "an older edition may vouch for whom the newer one does not",
            seen(8),
        ),
    ]
}

#[test]
fn a_list_that_moved_is_missing_at_its_new_address() {
    let scene = &find("status-list-moved-and-not-at-hand").scene;
    let verdict = verify_text::<AchievementCredential>(&scene.document, &scene.dossier, &scene.policy, instant(NOW));
    let missing: Vec<&Missing> = verdict.findings().missing().iter().collect();
    assert!(matches!(missing[..], [Missing::StatusList { url }] if url.as_str() == ARCHIVE), "{missing:?}");
}

#[test]
fn an_answer_names_the_list_and_who_stands_for_the_issuer_today() {
    let scene = &find("merged-institution").scene;
    let verdict = verify_text::<AchievementCredential>(&scene.document, &scene.dossier, &scene.policy, instant(NOW));
    let vouched = verdict.findings().checks().iter().find(|check| check.kind == CheckKind::Trust).unwrap();
    let CheckResult::Pass(Reason::Vouched { list, successor, .. }) = &vouched.result else { panic!("{vouched:?}") };
    assert_eq!(list, "Register Voorbeeld");
    let from = Day::parse(CLOSED).unwrap();
    let by = SucceededBy { did: a_did(&did("university")), name: "Hogeschool Groter".to_owned(), from };
    assert_eq!(successor.as_ref(), Some(&by));
}

#[test]
fn an_older_edition_says_that_a_newer_one_was_seen() {
    let scene = seen(8);
    let trust = Trust::new(&scene.dossier, &scene.policy, instant(NOW));
    assert_eq!(trust.unusable()[0].why, "it is edition 7, and edition 8 was seen before");
    assert!(trust.editions().is_empty());
    let scene = seen(7);
    let editions = Trust::new(&scene.dossier, &scene.policy, instant(NOW)).editions();
    assert_eq!(editions, scene.policy.seen_trust_lists);
}

/// The trust of a list in which each institution of a row went into the next on the first of the year.
fn row(names: &[(&str, &str, &str)]) -> Trust {
    let mut list = trust_list();
    let entry = |(did, next, from): &(&str, &str, &str)| {
        let mut entry = school_entry();
        entry["did"] = json!(did);
        entry["successors"] = json!([{ "did": next, "from": from }]);
        entry
    };
    *issuers(&mut list) = names.iter().map(entry).collect();
    let scene = bare(&badge()).anchored().trust(&pen("anchor").sign(list));
    Trust::new(&scene.dossier, &scene.policy, instant(NOW))
}

#[test]
fn mergers_are_followed_from_one_to_the_next_each_from_its_day() {
    let (a, b, c) = ("did:web:a.example", "did:web:b.example", "did:web:c.example");
    let trust = row(&[(a, b, "2020-01-01"), (b, c, "2024-01-01")]);
    let day = |text: &str| Day::parse(text).unwrap();
    let stands = |issuer: &str, named: &str, on: &str| trust.stands_for(&a_did(issuer), &a_did(named), day(on));
    assert!(stands(b, a, "2020-01-01") && !stands(b, a, "2019-12-31"));
    assert!(stands(c, a, "2024-01-01") && !stands(c, a, "2023-12-31"));
    assert!(!stands(a, b, "2026-01-01") && !stands(a, a, "2026-01-01"));
    let today = |on: &str| trust.find_successor(&a_did(a), day(on)).map(|by| by.did.to_string());
    assert_eq!(today("2019-12-31"), None);
    assert_eq!(today("2023-12-31").as_deref(), Some(b));
    assert_eq!(today("2024-01-01").as_deref(), Some(c));
}

#[test]
fn mergers_that_go_round_come_to_an_end() {
    let (a, b) = ("did:web:a.example", "did:web:b.example");
    let trust = row(&[(a, b, "2020-01-01"), (b, a, "2020-01-01")]);
    let day = Day::parse("2026-01-01").unwrap();
    assert!(!trust.stands_for(&a_did("did:web:c.example"), &a_did(a), day));
    assert!(trust.find_successor(&a_did(a), day).is_some());
}

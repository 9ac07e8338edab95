//! What does a wallet keep, and what does it say of the rest?

use serde_json::json;
use stapel_credential::{AchievementSubject, Timestamp};
use stapel_keys::KdfCost;
use stapel_verifier::{CheckKind, CheckResult, Outcome, Reason};
use stapel_wallet::{Kept, LastOutcome, Wallet, WalletError, WhyNotKept};

use crate::school::{Learner, NOW, STATUS_URL, Signing, World, at, now, passphrase};

const DID_JSON: &str = "https://school.example/.well-known/did.json";

#[test]
fn a_good_badge_is_fetched_for_verified_and_kept() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let badge = world.badge_of(&learner.id(), "a", 1);
    let received = learner.receive(&world, &badge, now()).unwrap();
    assert_eq!((received.outcome(), &received.kept), (Outcome::Accepted, &Kept::New));
    assert_eq!((received.name.as_str(), received.kept.to_string().as_str()), ("Module a", "kept"));
    assert_eq!(world.web.fetched(), [DID_JSON, STATUS_URL]);

    let learner = learner.reopened();
    let badges = learner.wallet.badges().unwrap();
    assert_eq!(badges.len(), 1);
    assert_eq!((badges[0].number, badges[0].received, badges[0].name()), (1, now(), "Module a".to_owned()));
    assert_eq!(badges[0].signed.text(), badge);
    assert_eq!(badges[0].last.to_string(), "accepted on 2026-11-22");
}

#[test]
fn what_was_fetched_once_serves_without_a_network() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let badge = world.badge_of(&learner.id(), "a", 1);
    learner.receive(&world, &badge, now()).unwrap();
    let mut learner = learner.reopened();
    assert_eq!(learner.wallet.missing(now()).unwrap(), []);
    let kept = learner.wallet.badge("1").unwrap();
    // A day later keys and status list are to be looked up again; without a network those at hand serve.
    let tomorrow = at("2026-11-23T10:00:00Z");
    let wanted = learner.wallet.missing(tomorrow).unwrap();
    assert_eq!(
        serde_json::json!(wanted),
        json!([
            {"missing": "controller", "did": "did:web:school.example", "url": DID_JSON},
            {"missing": "status-list", "url": STATUS_URL}
        ])
    );
    assert_eq!(learner.wallet.review(&kept, tomorrow).unwrap().outcome(), Outcome::Accepted);
    // A week later the status list is too old.
    let later = at("2026-11-28T09:00:00Z");
    assert_eq!(learner.wallet.review(&kept, later).unwrap().outcome(), Outcome::Undecided);
    let last = learner.wallet.badge("1").unwrap().last;
    assert_eq!((last.outcome, last.at), (LastOutcome::Undecided, later));
}

#[test]
fn a_badge_of_a_stranger_is_kept_undecided_with_its_reason() {
    let world = World::new();
    let mut learner = Learner::new();
    let badge = world.badge_of(&learner.id(), "a", 1);
    let received = learner.receive(&world, &badge, now()).unwrap();
    assert_eq!((received.outcome(), &received.kept), (Outcome::Undecided, &Kept::New));
    assert!(matches!(
        received.findings.find(CheckKind::Trust),
        Some(CheckResult::Unknown(Reason::IssuerUnknown { .. }))
    ));
    // Once she trusts the school herself, the very same badge is accepted.
    assert!(learner.wallet.pin_issuer(&world.school.did).unwrap());
    assert!(!learner.wallet.pin_issuer(&world.school.did).unwrap());
    let again = learner.receive(&world, &badge, now()).unwrap();
    assert_eq!((again.outcome(), &again.kept), (Outcome::Accepted, &Kept::AlreadyThere));
    assert_eq!(learner.wallet.badge("1").unwrap().last.outcome, LastOutcome::Accepted);
    learner.wallet.distrust(&world.school.did).unwrap();
    let error = learner.wallet.distrust(&world.school.did).unwrap_err();
    assert_eq!(error.to_string(), "did:web:school.example is not among those you trust");
}

#[test]
fn a_duplicate_changes_nothing_and_is_said_to_be_one() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let badge = world.badge_of(&learner.id(), "a", 1);
    learner.receive(&world, &badge, now()).unwrap();
    let again = learner.receive(&world, &format!("\n{badge}\n"), at("2026-11-22T10:00:00Z")).unwrap();
    assert_eq!(again.kept.to_string(), "was kept before; nothing changed");
    let badges = learner.wallet.badges().unwrap();
    assert_eq!((badges.len(), badges[0].received), (1, now()));
}

#[test]
fn a_badge_of_another_holder_is_not_kept_and_it_is_said_whose_it_is() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let friend = Learner::new();
    let received = learner.receive(&world, &world.badge_of(&friend.id(), "a", 1), now()).unwrap();
    assert_eq!(received.outcome(), Outcome::Accepted);
    assert_eq!(
        received.kept.to_string(),
        format!("not kept: it is about {}, and this is the wallet of {}", friend.id(), learner.id())
    );
    let mut nobodys = World::badge("x:y", "a", 2);
    nobodys["credentialSubject"].as_object_mut().unwrap().remove("id");
    let nobodys = world.school.sign::<AchievementSubject>(&nobodys, NOW);
    let received = learner.receive(&world, &nobodys, now()).unwrap();
    assert_eq!(received.kept.to_string(), "not kept: it does not say whom it is about");
    assert_eq!(learner.wallet.badges().unwrap().len(), 0);
}

#[test]
fn refused_badges_are_not_kept() {
    let world = World::new();
    world.web.publish(STATUS_URL, world.status_list("2026-11-20T00:00:00Z", &[7]));
    let mut learner = Learner::new().trusting(&world);
    let holder = learner.id();
    let altered = world.badge_of(&holder, "a", 1).replace("Module a", "Module b");
    let forged =
        Signing { key: stapel_keys::SigningKey::generate().unwrap(), ..Signing::by_did_web("did:web:school.example") }
            .sign::<AchievementSubject>(&World::badge(&holder, "a", 2), NOW);
    let mut expired = World::badge(&holder, "a", 3);
    expired["validUntil"] = json!("2026-10-01T00:00:00Z");
    let mut early = World::badge(&holder, "a", 4);
    early["validFrom"] = json!("2027-01-01T00:00:00Z");
    let revoked = World::badge(&holder, "a", 7);
    let sign = |document| world.school.sign::<AchievementSubject>(document, NOW);
    for (text, kind) in [
        (altered, CheckKind::Proof),
        (forged, CheckKind::Proof),
        (sign(&expired), CheckKind::Validity),
        (sign(&early), CheckKind::Validity),
        (sign(&revoked), CheckKind::Status),
    ] {
        let received = learner.receive(&world, &text, now()).unwrap();
        assert_eq!(received.outcome(), Outcome::Refused, "{kind:?}");
        assert!(
            matches!(received.findings.find(kind), Some(CheckResult::Fail(_))),
            "{kind:?}: {:?}",
            received.findings
        );
        assert_eq!(received.kept, Kept::NotKept(WhyNotKept::Refused));
        assert_eq!(received.kept.to_string(), "not kept: a check failed");
    }
    assert_eq!(learner.wallet.badges().unwrap().len(), 0);
}

#[test]
fn a_revocation_turns_the_verdict_and_an_older_list_does_not_turn_it_back() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let badge = world.badge_of(&learner.id(), "a", 1);
    learner.receive(&world, &badge, now()).unwrap();
    let old = world.web.pages.borrow()[STATUS_URL].clone();
    let missing = serde_json::from_value::<stapel_credential::Uri>(json!(STATUS_URL)).unwrap();
    let missing = stapel_verifier::Missing::StatusList { url: missing };

    let newer = world.status_list("2026-11-21T00:00:00Z", &[1]);
    learner.wallet.add_fetched(&missing, &newer, now()).unwrap();
    let kept = learner.wallet.badge("1").unwrap();
    assert_eq!(learner.wallet.review(&kept, now()).unwrap().outcome(), Outcome::Refused);

    let mut learner = learner.reopened();
    let error = learner.wallet.add_fetched(&missing, &old, now()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the status list https://school.example/status/1 of 2026-11-20T00:00:00Z is older than the one of \
         2026-11-21T00:00:00Z that was seen before; the newer one stays"
    );
    assert_eq!(learner.wallet.review(&kept, now()).unwrap().outcome(), Outcome::Refused);
    assert_eq!(learner.wallet.badge("1").unwrap().last.to_string(), "refused on 2026-11-22");
}

#[test]
fn a_forged_status_list_displaces_none() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let badge = world.badge_of(&learner.id(), "a", 1);
    learner.receive(&world, &badge, now()).unwrap();
    let stranger = Signing::by_did_web("did:web:school.example");
    let forged = World::status_list_by(&stranger, "2026-11-22T00:00:00Z", &[1]);
    let url = stapel_credential::Uri::parse(STATUS_URL).unwrap();
    learner.wallet.add_fetched(&stapel_verifier::Missing::StatusList { url: url.clone() }, &forged, now()).unwrap();
    let kept = learner.wallet.badge("1").unwrap();
    assert_eq!(learner.wallet.review(&kept, now()).unwrap().outcome(), Outcome::Accepted);
    // It is not kept either: the real newer one still gets in.
    let mut learner = learner.reopened();
    let newer = world.status_list("2026-11-21T00:00:00Z", &[1]);
    learner.wallet.add_fetched(&stapel_verifier::Missing::StatusList { url }, &newer, now()).unwrap();
    assert_eq!(learner.wallet.review(&kept, now()).unwrap().outcome(), Outcome::Refused);
}

#[test]
fn a_status_list_is_looked_up_again_when_its_time_to_live_is_over() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let badge = world.badge_of(&learner.id(), "a", 1);
    learner.receive(&world, &badge, now()).unwrap();
    let url = stapel_credential::Uri::parse(STATUS_URL).unwrap();
    let list = [stapel_verifier::Missing::StatusList { url }];
    let after = |minutes: u64| now().after(std::time::Duration::from_mins(minutes));
    assert!(
        learner.wallet.missing(after(60)).unwrap().is_empty()
            && learner.wallet.missing_for(&badge, after(60)).is_empty()
    );
    assert_eq!(learner.wallet.missing(after(61)).unwrap(), list);
    assert_eq!(learner.wallet.missing_for(&badge, after(61)), list);
    // It is still the same one there: looked up once, and well again, also after the wallet was closed.
    let kept = learner.wallet.badge("1").unwrap();
    let look = |learner: &mut Learner, at: Timestamp| {
        let refused =
            learner.wallet.supply(|wallet| wallet.missing(at).unwrap(), |missing| world.web.fetch(missing), at);
        assert!(refused.is_empty(), "{refused:?}");
        learner.wallet.review(&kept, at).unwrap().outcome()
    };
    world.web.fetched();
    assert_eq!(look(&mut learner, after(61)), Outcome::Accepted);
    assert_eq!(world.web.fetched(), [STATUS_URL]);
    let mut learner = learner.reopened();
    assert_eq!(look(&mut learner, after(121)), Outcome::Accepted);
    assert!(world.web.fetched().is_empty());
    world.web.publish(STATUS_URL, world.status_list("2026-11-22T10:30:00Z", &[1]));
    assert_eq!(look(&mut learner, after(122)), Outcome::Refused);
    // What is refused by the list may be good again by the next one.
    assert!(learner.wallet.missing_for(&badge, after(182)).is_empty());
    assert_eq!(learner.wallet.missing_for(&badge, after(183)), list);
}

#[test]
fn rotated_keys_are_looked_up_again() {
    let mut world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    let old = (world.school.method.clone(), world.school.key.verifying_key());
    world.school = Signing {
        method: stapel_credential::DidUrl::parse("did:web:school.example#key-2").unwrap(),
        ..Signing::by_did_web("did:web:school.example")
    };
    let new = (world.school.method.clone(), world.school.key.verifying_key());
    let document = stapel_did::ControllerDocument::new(world.school.did.clone(), &[old, new]).unwrap();
    world.web.publish(DID_JSON, document.to_json());
    let tomorrow = at("2026-11-23T10:00:00Z");
    let badge = world.badge_of(&learner.id(), "b", 2);
    assert_eq!(learner.receive(&world, &badge, tomorrow).unwrap().outcome(), Outcome::Accepted);
    let first = learner.wallet.badge("1").unwrap();
    assert_eq!(learner.wallet.review(&first, tomorrow).unwrap().outcome(), Outcome::Accepted);
}

#[test]
fn another_text_of_the_same_badge_takes_its_place_only_if_it_is_later_and_good() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let first = World::badge(&learner.id(), "a", 1);
    let mut renamed = first.clone();
    renamed["credentialSubject"]["achievement"]["name"] = json!("Module A");
    let sign = |document, created| world.school.sign::<AchievementSubject>(document, created);
    learner.receive(&world, &sign(&first, "2026-06-02T00:00:00Z"), now()).unwrap();
    let earlier = learner.receive(&world, &sign(&renamed, "2026-06-01T00:00:00Z"), now()).unwrap();
    assert_eq!(
        earlier.kept.to_string(),
        "not kept: another text of the same document is kept, which was accepted on 2026-11-22, and this one is no better"
    );
    let later = learner.receive(&world, &sign(&renamed, "2026-07-01T00:00:00Z"), now()).unwrap();
    assert_eq!(later.kept.to_string(), "kept in the place of an earlier text of the same document");
    let badges = learner.wallet.badges().unwrap();
    assert_eq!((badges.len(), badges[0].name()), (1, "Module A".to_owned()));
}

#[test]
fn badges_go_by_number_id_and_part_of_a_name() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    for (index, module) in ["zorg plannen", "zorg verlenen", "hygiëne"].into_iter().enumerate() {
        let badge = world.badge_of(&learner.id(), &module.replace(' ', "-"), u32::try_from(index).unwrap());
        learner.receive(&world, &badge, now()).unwrap();
    }
    let wallet = &mut learner.wallet;
    assert_eq!(wallet.badge("2").unwrap().name(), "Module zorg-verlenen");
    assert_eq!(wallet.badge("HYGIËNE").unwrap().number, 3);
    assert_eq!(wallet.badge("urn:uuid:00000000-0000-4000-8000-000000000001").unwrap().number, 2);
    assert_eq!(
        wallet.badge("zorg").unwrap_err().to_string(),
        "\"zorg\" could be any of these: 1 Module zorg-plannen, 2 Module zorg-verlenen; give its number"
    );
    assert_eq!(wallet.badge("9").unwrap_err().to_string(), "there is no badge \"9\" in this wallet");
    assert_eq!(wallet.programme("zorg").unwrap_err().to_string(), "there is no programme \"zorg\" in this wallet");
    let first = wallet.badge("1").unwrap();
    wallet.remove(&first).unwrap();
    assert_eq!(wallet.badge("1").unwrap().name(), "Module zorg-verlenen");
}

#[test]
fn what_is_no_document_for_a_wallet_is_an_error_that_says_so() {
    let world = World::new();
    let mut learner = Learner::new();
    let mut receive = |text: &str| learner.wallet.receive(text, now()).unwrap_err().to_string();
    assert_eq!(receive(""), "there is nothing in it");
    assert!(receive(&world.status_list(NOW, &[])).starts_with("it is of the kind BitstringStatusListCredential; "));
    assert!(receive("eyJhbGciOiJFZERTQSJ9.e30.c2ln~").starts_with("it is an SD-JWT, "));
    assert!(receive("eyJhbGciOiJFZERTQSJ9.e30.c2ln").contains("$.type is missing"));
    let unsigned = World::badge("did:key:z6Mk", "a", 1).to_string();
    assert_eq!(receive(&unsigned), "the document carries no proof: nobody signed it");
    assert!(receive("{\"type\":\"AchievementCredential\",\"type\":\"x\"}").contains("stands twice"));
}

#[test]
fn a_lost_passphrase_is_not_the_end() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    let Learner { wallet, words, path, folder } = learner;
    let id = wallet.id().clone();
    drop(wallet);
    let mut wallet = Wallet::open_with_recovery(&path, &words).unwrap();
    let new = stapel_keys::Passphrase::new("never forget this one".to_owned()).unwrap();
    wallet.change_passphrase(&new, KdfCost::fast_for_tests()).unwrap();
    let session = wallet.data_key();
    drop(wallet);
    assert!(matches!(Wallet::open(&path, &passphrase()), Err(WalletError::Vault(_))));
    let wallet = Wallet::open(&path, &new).unwrap();
    assert_eq!((wallet.id(), wallet.badges().unwrap().len()), (&id, 1));
    drop(wallet);
    let wallet = Wallet::open_with_data_key(&path, session).unwrap();
    assert_eq!((wallet.id(), wallet.badges().unwrap().len()), (&id, 1));
    drop(folder);
}

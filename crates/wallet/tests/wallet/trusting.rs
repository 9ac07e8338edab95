//! Whom does a wallet trust, and can that be turned back or slipped in?

use serde_json::json;
use stapel_credential::AchievementSubject;
use stapel_verifier::{CheckKind, CheckResult, Outcome};
use stapel_wallet::{Kept, WhyNotKept};

use crate::school::{Learner, NOW, Signing, World, at, now};

#[test]
fn a_trust_list_of_an_anchor_is_kept_and_counts() {
    let world = World::new();
    let learner = Learner::new().trusting(&world).reopened();
    assert_eq!(learner.wallet.trust_lists().unwrap().len(), 1);
    assert_eq!(learner.wallet.policy().trust_anchors, std::slice::from_ref(&world.anchor.did));
    let trust = learner.wallet.trust(now());
    assert!(trust.vouch(&world.school.did, now().day()).is_ok());
}

#[test]
fn a_trust_list_of_a_stranger_is_not_taken() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let stranger = Signing::by_did_key();
    let error = learner.wallet.receive(&World::trust_list_by(&stranger, 5, "Easy list"), now()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the trust list Easy list is by {}, which is not one of your trust anchors", stranger.did)
    );
    // Under the anchor's name, but not with its key.
    let forged = Signing { did: world.anchor.did.clone(), ..stranger };
    let error = learner.wallet.receive(&World::trust_list_by(&forged, 6, "Easy list"), now()).unwrap_err();
    assert!(error.to_string().starts_with("the trust list Easy list is not taken: it names did:key:"), "{error}");
    assert_eq!(learner.wallet.trust_lists().unwrap().len(), 1);
}

#[test]
fn a_trust_list_is_never_rolled_back() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let renewed = learner.wallet.receive(&world.trust_list(3), now()).unwrap();
    assert_eq!((renewed.outcome(), renewed.kept), (Outcome::Accepted, Kept::Renewed));
    let mut learner = learner.reopened();
    assert_eq!(learner.wallet.receive(&world.trust_list(3), now()).unwrap().kept, Kept::AlreadyThere);
    assert_eq!(
        learner.wallet.receive(&world.trust_list(2), now()).unwrap_err().to_string(),
        "edition 2 of the trust list Lijst van het voorbeeldland is older than edition 3, which was seen before; the newer \
         one stays"
    );
    let other = World::trust_list_by(&world.anchor, 3, "Another name");
    assert_eq!(
        learner.wallet.receive(&other, now()).unwrap_err().to_string(),
        "there are two different texts of edition 3 of the trust list Another name; the first one stays"
    );
    assert_eq!(learner.wallet.trust_lists().unwrap().len(), 1);
}

#[test]
fn a_trust_list_that_is_over_no_longer_counts() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let badge = world.badge_of(&learner.id(), "a", 1);
    learner.receive(&world, &badge, now()).unwrap();
    let later = at("2027-02-01T00:00:00Z");
    let error = learner.wallet.receive(&world.trust_list(2), later).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the trust list Lijst van het voorbeeldland is not taken: it expired on 2027-01-01, 31 days before 2027-02-01"
    );
    world.web.publish(crate::school::STATUS_URL, world.status_list("2027-01-31T00:00:00Z", &[]));
    let again = learner.receive(&world, &badge, later).unwrap();
    assert_eq!(again.outcome(), Outcome::Undecided);
}

#[test]
fn an_anchor_with_a_did_web_is_looked_up() {
    let mut world = World::new();
    world.anchor = Signing::by_did_web("did:web:anchor.example");
    world.web.publish("https://anchor.example/.well-known/did.json", world.anchor.controller_document());
    let mut learner = Learner::new();
    learner.wallet.add_trust_anchor(&world.anchor.did).unwrap();
    assert_eq!(learner.receive(&world, &world.trust_list(1), now()).unwrap().kept, Kept::New);
    let mut learner = learner.reopened();
    let badge = world.badge_of(&learner.id(), "a", 1);
    assert_eq!(learner.receive(&world, &badge, now()).unwrap().outcome(), Outcome::Accepted);
}

#[test]
fn an_issuer_without_a_mandate_for_the_code_is_refused() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let mut receive = |crebo: &str, index| {
        let mut badge = World::badge(&learner.id(), "a", index);
        badge["credentialSubject"]["achievement"]["otherIdentifier"] =
            json!([{"type": "IdentifierEntry", "identifier": crebo, "identifierType": "ext:crebo"}]);
        let text = world.school.sign::<AchievementSubject>(&badge, NOW);
        learner.receive(&world, &text, now()).unwrap()
    };
    assert_eq!(receive("25655", 1).outcome(), Outcome::Accepted);
    let refused = receive("25999", 2);
    assert_eq!(refused.kept, Kept::NotKept(WhyNotKept::Refused));
    let Some(CheckResult::Fail(reason)) = refused.findings.find(CheckKind::Trust) else { panic!() };
    assert_eq!(
        reason.to_string(),
        "by the trust list Lijst van het voorbeeldland, ROC Voorbeeld may not certify crebo:25999 on 2026-06-01"
    );
}

//! Does what is kept add up, and does only that add up which holds today?

use stapel_credential::{AchievementSubject, Question};
use stapel_stacking::Budget;
use stapel_verifier::Outcome;
use stapel_wallet::Kept;

use crate::school::{Learner, NOW, STATUS_URL, Signing, World, now};

fn progress(learner: &mut Learner) -> stapel_wallet::Stack {
    let programme = learner.wallet.programme("verzorgende").unwrap();
    learner.wallet.progress(&programme, &Question::progress(None), Budget::default(), now()).unwrap()
}

#[test]
fn a_programme_chosen_afterwards_counts_what_was_earned_before() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    learner.receive(&world, &world.badge_of(&learner.id(), "unrelated", 2), now()).unwrap();
    let programme = learner.receive(&world, &world.programme(), now()).unwrap();
    assert_eq!((programme.outcome(), programme.name.as_str()), (Outcome::Accepted, "Verzorgende-IG (2026)"));
    let mut learner = learner.reopened();
    let stack = progress(&mut learner);
    assert_eq!((stack.found.progress.requirements_met, stack.found.progress.complete), (1, false));
    assert_eq!(stack.found.progress.unused.len(), 1);
    learner.receive(&world, &world.badge_of(&learner.id(), "b", 3), now()).unwrap();
    let stack = progress(&mut learner);
    assert!(stack.found.progress.complete);
    assert_eq!(stack.found.plan.fills.len(), 2);
    assert!(stack.left_out.is_empty());
}

#[test]
fn an_exemption_fills_its_part() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let programme = world.programme();
    learner.receive(&world, &programme, now()).unwrap();
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    let exemption = learner.receive(&world, &world.exemption_of(&learner.id(), &programme), now()).unwrap();
    assert_eq!((exemption.outcome(), exemption.kept), (Outcome::Accepted, Kept::New));
    assert!(progress(&mut learner).found.progress.complete);
    let friend = Learner::new();
    let of_friend = learner.receive(&world, &world.exemption_of(&friend.id(), &programme), now()).unwrap();
    assert!(matches!(of_friend.kept, Kept::NotKept(_)));
}

#[test]
fn what_is_not_accepted_today_is_left_out_with_its_reason() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &world.programme(), now()).unwrap();
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    let stranger = Signing::by_did_key();
    let mut badge = World::badge(&learner.id(), "b", 2);
    badge["issuer"]["id"] = serde_json::json!(stranger.did);
    badge.as_object_mut().unwrap().remove("credentialStatus");
    learner.receive(&world, &stranger.sign::<AchievementSubject>(&badge, NOW), now()).unwrap();
    let stack = progress(&mut learner);
    assert_eq!(stack.found.progress.requirements_met, 1);
    assert_eq!(stack.left_out.len(), 1);
    assert_eq!(
        (stack.left_out[0].name.as_str(), stack.left_out[0].findings.outcome()),
        ("Module b", Outcome::Undecided)
    );

    let url = stapel_credential::Uri::parse(STATUS_URL).unwrap();
    let revoked = world.status_list("2026-11-21T00:00:00Z", &[1]);
    learner.wallet.add_fetched(&stapel_verifier::Missing::StatusList { url }, &revoked, now()).unwrap();
    let stack = progress(&mut learner);
    assert_eq!((stack.found.progress.requirements_met, stack.left_out.len()), (0, 2));
}

#[test]
fn a_programme_that_a_learner_signed_herself_does_not_count() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let stranger = Signing::by_did_key();
    let easy = World::programme_by(&stranger, stranger.did.as_str());
    let received = learner.receive(&world, &easy, now()).unwrap();
    assert_eq!((received.outcome(), received.kept), (Outcome::Undecided, Kept::New));
    let programme = learner.wallet.programme("1").unwrap();
    let error = learner.wallet.progress(&programme, &Question::progress(None), Budget::default(), now()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the programme https://school.example/programmes/zorg/2026 of {0} does not count: {0} is not known here: no \
             trust list at hand vouches for it. That says nothing against it",
            stranger.did
        )
    );
}

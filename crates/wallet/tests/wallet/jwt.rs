//! Are badges in JWTs kept, counted and shown like any other?

use stapel_credential::{AchievementSubject, Question, VerifiableCredential};
use stapel_keys::Algorithm;
use stapel_proof::{Cryptosuite, ProofOptions, Unsecured};
use stapel_stacking::Budget;
use stapel_verifier::{Audience, Outcome};
use stapel_wallet::{Kept, ProgressAnswer, Showing, Verdicts, WalletError};

use crate::school::{Learner, World, at, now};

fn badge_in(form: Cryptosuite, world: &World, holder: &str, module: &str, index: u32) -> String {
    let text = World::badge(holder, module, index).to_string();
    let badge = VerifiableCredential::<AchievementSubject>::parse(&text).unwrap();
    let options = ProofOptions::assertion(world.school.method.clone(), at("2026-06-01T09:00:00Z")).with(form);
    Unsecured::new(badge).sign(&world.school.key, &options).unwrap().text().to_owned()
}

fn showing() -> Showing {
    Showing {
        domain: Some("employer.example".to_owned()),
        challenge: Some("f3c1".to_owned()),
        expires: Some(at("2026-11-22T10:00:00Z")),
        with_status_lists: true,
        with_award_records: false,
        bundle: None,
    }
}

/// A learner with one badge in each form of JWT, and the programme that they are for.
fn learner(world: &World) -> Learner {
    let mut learner = Learner::new().trusting(world);
    for (form, module, index) in
        [(Cryptosuite::VcJwt(Algorithm::EdDsa), "a", 1), (Cryptosuite::VcJoseCose(Algorithm::EdDsa), "b", 2)]
    {
        let text = badge_in(form, world, &learner.id(), module, index);
        // A file ends in a line break.
        let received = learner.receive(world, &format!("{text}\n"), now()).unwrap();
        assert_eq!((received.outcome(), &received.kept), (Outcome::Accepted, &Kept::New));
        assert_eq!(received.name, format!("Module {module}"));
    }
    learner.receive(world, &world.programme(), now()).unwrap();
    learner
}

#[test]
fn a_badge_in_a_jwt_is_kept_as_it_was_signed() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let text = badge_in(Cryptosuite::VcJwt(Algorithm::EdDsa), &world, &learner.id(), "a", 1);
    learner.receive(&world, &text, now()).unwrap();
    let again = learner.receive(&world, &text, now()).unwrap();
    assert_eq!(again.kept, Kept::AlreadyThere);
    let learner = learner.reopened();
    assert_eq!(learner.wallet.badge("1").unwrap().signed.text(), text);
}

#[test]
fn a_badge_that_comes_in_two_forms_is_one_badge() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    let text = badge_in(Cryptosuite::VcJoseCose(Algorithm::EdDsa), &world, &learner.id(), "a", 1);
    let other = learner.receive(&world, &text, now()).unwrap();
    assert_eq!(other.kept, Kept::Renewed);
    assert_eq!(learner.wallet.badges().unwrap().len(), 1);
}

#[test]
fn badges_in_jwts_count_and_are_shown_in_envelopes_that_an_employer_accepts() {
    let world = World::new();
    let mut learner = learner(&world);
    let programme = learner.wallet.programme("verzorgende").unwrap();
    let question = Question::progress(None);
    let stack = learner.wallet.progress(&programme, &question, Budget::default(), now()).unwrap();
    assert!(stack.found.progress.complete);
    let (shown, _) =
        learner.wallet.present_progress(&programme, &question, &showing(), Budget::default(), now()).unwrap();
    let text = shown.text();
    assert!(text.contains("\"data:application/jwt,eyJ") && text.contains("\"data:application/vc+jwt,eyJ"));
    let mut employer = Learner::new().trusting(&world);
    let audience = Audience { domain: Some("employer.example".to_owned()), challenge: Some("f3c1".to_owned()) };
    employer.wallet.supply(|wallet| wallet.missing_for(text, now()), |missing| world.web.fetch(missing), now());
    let answer = employer.wallet.verify(text, &audience, now()).unwrap();
    assert_eq!(answer.outcome(), Outcome::Accepted);
    let Verdicts::Presentation(verdict) = &answer.verdicts else { panic!() };
    assert_eq!(verdict.badges().len(), 2);
    assert!(matches!(answer.progress, Some(ProgressAnswer::Recomputed(_))));
}

#[test]
fn a_forged_jwt_is_not_kept_and_one_that_nobody_signed_says_so() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    let text = badge_in(Cryptosuite::VcJwt(Algorithm::EdDsa), &world, &learner.id(), "a", 1);
    let other = badge_in(Cryptosuite::VcJwt(Algorithm::EdDsa), &world, &learner.id(), "b", 2);
    let (signed, _) = text.rsplit_once('.').unwrap();
    let (_, signature) = other.rsplit_once('.').unwrap();
    let forged = learner.receive(&world, &format!("{signed}.{signature}"), now()).unwrap();
    assert_eq!(forged.outcome(), Outcome::Refused);
    assert!(matches!(forged.kept, Kept::NotKept(_)));
    // {"alg":"none"}
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", text.split('.').nth(1).unwrap());
    let error = learner.receive(&world, &unsigned, now()).unwrap_err();
    let WalletError::Document(error) = error else { panic!("{error}") };
    assert_eq!(error.to_string(), "the header of the JWT: alg is \"none\": nobody signed it");
}

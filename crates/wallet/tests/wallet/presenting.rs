//! What does somebody else find in what a holder shows?

use stapel_credential::{Bundle, Question, Timestamp};
use stapel_stacking::Budget;
use stapel_verifier::{Audience, CheckKind, CheckResult, Outcome, Reason};
use stapel_wallet::{Answer, ProgressAnswer, Showing, Verdicts, WalletError};

use crate::school::{Learner, STATUS_URL, World, at, now};

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

fn asked() -> Audience {
    Audience { domain: Some("employer.example".to_owned()), challenge: Some("f3c1".to_owned()) }
}

/// A learner with both badges and the programme, and an employer with a wallet who trusts the same anchor.
fn parties() -> (World, Learner, Learner) {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    for (module, index) in [("a", 1), ("b", 2), ("unrelated", 3)] {
        learner.receive(&world, &world.badge_of(&learner.id(), module, index), now()).unwrap();
    }
    learner.receive(&world, &world.programme(), now()).unwrap();
    let employer = Learner::new().trusting(&world);
    world.web.fetched();
    (world, learner, employer)
}

fn verify(world: &World, employer: &mut Learner, text: &str, audience: &Audience, now: Timestamp) -> Answer {
    employer.wallet.supply(|wallet| wallet.missing_for(text, now), |missing| world.web.fetch(missing), now);
    employer.wallet.verify(text, audience, now).unwrap()
}

fn shown(learner: &mut Learner, numbers: &[&str], showing: &Showing) -> String {
    let chosen: Vec<_> = numbers.iter().map(|number| learner.wallet.badge(number).unwrap()).collect();
    learner.wallet.present(&chosen, showing, now()).unwrap().text().to_owned()
}

#[test]
fn what_is_shown_is_exactly_what_was_chosen_and_it_is_accepted() {
    let (world, mut learner, mut employer) = parties();
    let url = stapel_credential::Uri::parse(STATUS_URL).unwrap();
    let list = world.status_list("2026-11-22T08:30:00Z", &[]);
    learner.wallet.add_fetched(&stapel_verifier::Missing::StatusList { url }, &list, now()).unwrap();
    let text = shown(&mut learner, &["1"], &showing());
    let answer = verify(&world, &mut employer, &text, &asked(), now());
    assert_eq!(answer.outcome(), Outcome::Accepted);
    let Verdicts::Presentation(verdict) = &answer.verdicts else { panic!() };
    assert_eq!(verdict.holder.as_ref().unwrap().as_str(), learner.id());
    assert_eq!(verdict.badges().len(), 1);
    assert_eq!(verdict.badges()[0].content().credential_subject.achievement.name, "Module a");
    assert!(!text.contains("Module b") && !text.contains("unrelated"));
    // The status list came along, so the school is not told who asks.
    assert_eq!(world.web.fetched(), ["https://school.example/.well-known/did.json"]);
}

/// The holder may have kept it since before a revocation.
#[test]
fn for_a_status_list_beyond_its_time_to_live_the_employer_asks_for_a_newer_one() {
    let (world, mut learner, mut employer) = parties();
    let text = shown(&mut learner, &["1"], &showing());
    world.web.publish(STATUS_URL, world.status_list("2026-11-22T08:00:00Z", &[1]));
    let mut offline = Learner::new().trusting(&world);
    let answer = verify(&world, &mut employer, &text, &asked(), now());
    assert_eq!(answer.outcome(), Outcome::Refused);
    assert!(world.web.fetched().contains(&STATUS_URL.to_owned()));
    // Who cannot goes by the one that is there, which still holds.
    world.web.pages.borrow_mut().remove(STATUS_URL);
    assert_eq!(verify(&world, &mut offline, &text, &asked(), now()).outcome(), Outcome::Accepted);
}

#[test]
fn without_the_status_list_the_employer_asks_for_it() {
    let (world, mut learner, mut employer) = parties();
    let text = shown(&mut learner, &["1", "2"], &Showing { with_status_lists: false, ..showing() });
    assert_eq!(verify(&world, &mut employer, &text, &asked(), now()).outcome(), Outcome::Accepted);
    assert!(world.web.fetched().contains(&STATUS_URL.to_owned()));
}

#[test]
fn a_presentation_for_somebody_else_or_of_another_time_is_refused() {
    let (world, mut learner, mut employer) = parties();
    let text = shown(&mut learner, &["1"], &showing());
    let mut refusal = |audience: &Audience, at, kind| {
        let answer = verify(&world, &mut employer, &text, audience, at);
        assert_eq!(answer.outcome(), Outcome::Refused);
        let Some(CheckResult::Fail(reason)) = answer.findings().find(kind) else { panic!("{:?}", answer.findings()) };
        reason.to_string()
    };
    let other = Audience { domain: Some("other.example".to_owned()), ..asked() };
    assert_eq!(refusal(&other, now(), CheckKind::Audience), "it was made for employer.example, not for other.example");
    let replayed = Audience { challenge: Some("9999".to_owned()), ..asked() };
    assert_eq!(
        refusal(&replayed, now(), CheckKind::Audience),
        "it does not answer this question: its challenge is f3c1"
    );
    assert_eq!(
        refusal(&asked(), at("2026-11-22T10:05:00Z"), CheckKind::Validity),
        "the signature was made to hold until 2026-11-22T10:00:00Z only, and it is 2026-11-22T10:05:00Z now"
    );
}

#[test]
fn a_badge_shown_by_somebody_else_is_refused() {
    let (world, learner, mut employer) = parties();
    // Mallory has a wallet too, and a copy of the badge; her own wallet would not keep it.
    let badge = learner.wallet.badge("1").unwrap();
    let mut mallory = Learner::new().trusting(&world);
    let presentation = mallory.wallet.present(&[badge], &showing(), now()).unwrap();
    let answer = verify(&world, &mut employer, presentation.text(), &asked(), now());
    assert_eq!(answer.outcome(), Outcome::Refused);
    let Verdicts::Presentation(verdict) = &answer.verdicts else { panic!() };
    let found = verdict.presented[0].1.findings().find(CheckKind::Holder);
    assert!(matches!(found, Some(CheckResult::Fail(Reason::OfAnother { .. }))), "{found:?}");
    // And with the learner's name over Mallory's key.
    let renamed = presentation
        .text()
        .replace(&format!("\"holder\":\"{}\"", mallory.id()), &format!("\"holder\":\"{}\"", learner.id()));
    assert_ne!(renamed, presentation.text());
    assert_eq!(verify(&world, &mut employer, &renamed, &asked(), now()).outcome(), Outcome::Refused);
}

#[test]
fn an_altered_presentation_is_refused() {
    let (world, mut learner, mut employer) = parties();
    let text = shown(&mut learner, &["1"], &showing());
    let altered = text.replace("2026-11-22T10:00:00Z", "2027-11-22T10:00:00Z");
    assert_ne!(altered, text);
    let answer = verify(&world, &mut employer, &altered, &asked(), now());
    assert!(matches!(answer.findings().find(CheckKind::Proof), Some(CheckResult::Fail(Reason::Altered { .. }))));
}

#[test]
fn progress_is_shown_with_exactly_the_credentials_of_the_plan_and_recomputed() {
    let (world, mut learner, mut employer) = parties();
    let programme = learner.wallet.programme("1").unwrap();
    let question = Question::progress(None);
    let (presentation, stack) =
        learner.wallet.present_progress(&programme, &question, &showing(), Budget::default(), now()).unwrap();
    assert!(stack.found.progress.complete);
    assert!(!presentation.text().contains("unrelated"));
    let answer = verify(&world, &mut employer, presentation.text(), &asked(), now());
    assert_eq!(answer.outcome(), Outcome::Accepted);
    assert!(matches!(answer.findings().find(CheckKind::Progress), Some(CheckResult::Pass(Reason::ProgressHolds))));
    let Some(ProgressAnswer::Recomputed(progress)) = &answer.progress else { panic!() };
    assert!(progress.complete);
    assert_eq!(progress.credits_counted, stack.found.progress.credits_counted);
}

#[test]
fn a_plan_that_claims_more_than_it_shows_is_refused_with_the_line_that_fails() {
    let (world, mut learner, mut employer) = parties();
    let programme = learner.wallet.programme("1").unwrap();
    let question = Question::progress(None);
    let (presentation, _) =
        learner.wallet.present_progress(&programme, &question, &showing(), Budget::default(), now()).unwrap();
    // The learner signs a plan with one of its badges left out of the presentation: with her own key, but by hand.
    let mut content = presentation.peek_unverified().clone();
    content.verifiable_credential.retain(|document| !document.as_str().contains("Module b"));
    let key = stapel_wallet::Vault::open_with_data_key(&copy_of(&learner), learner.wallet.data_key())
        .unwrap()
        .signing_key()
        .unwrap();
    let method = stapel_did::did_key_verification_method(&key.verifying_key());
    let options = stapel_proof::ProofOptions {
        domain: showing().domain,
        challenge: showing().challenge,
        ..stapel_proof::ProofOptions::authentication(method, now())
    };
    let forged = stapel_proof::Unsecured::new(content).sign(&key, &options).unwrap();
    let answer = verify(&world, &mut employer, forged.text(), &asked(), now());
    assert_eq!(answer.outcome(), Outcome::Refused);
    let Some(ProgressAnswer::Fails(error)) = &answer.progress else { panic!("{:?}", answer.progress) };
    let Some(CheckResult::Fail(reason)) = answer.findings().find(CheckKind::Progress) else { panic!() };
    assert_eq!(reason.to_string(), format!("the plan does not hold: {error}"));
}

/// A copy of the vault's file: the wallet itself is open.
fn copy_of(learner: &Learner) -> std::path::PathBuf {
    let copy = learner.folder.path().canonicalize().unwrap().join("copy");
    std::fs::copy(&learner.path, &copy).unwrap();
    copy
}

#[test]
fn a_revocation_after_the_showing_turns_the_answer() {
    let (world, mut learner, mut employer) = parties();
    let programme = learner.wallet.programme("1").unwrap();
    let showing = Showing { with_status_lists: false, expires: None, ..showing() };
    let (presentation, _) = learner
        .wallet
        .present_progress(&programme, &Question::progress(None), &showing, Budget::default(), now())
        .unwrap();
    world.web.publish(STATUS_URL, world.status_list("2026-11-22T08:00:00Z", &[2]));
    let answer = verify(&world, &mut employer, presentation.text(), &asked(), now());
    assert_eq!(answer.outcome(), Outcome::Refused);
    assert!(matches!(answer.progress, Some(ProgressAnswer::NotReached)));
    // Without the list it is undecided, which must not read as a false plan.
    let mut offline = Learner::new().trusting(&world);
    world.web.pages.borrow_mut().remove(STATUS_URL);
    assert_eq!(verify(&world, &mut offline, presentation.text(), &asked(), now()).outcome(), Outcome::Undecided);
}

#[test]
fn a_revoked_badge_is_not_shown_at_all() {
    let (world, mut learner, _) = parties();
    let url = stapel_credential::Uri::parse(STATUS_URL).unwrap();
    let revoked = world.status_list("2026-11-21T00:00:00Z", &[1]);
    learner.wallet.add_fetched(&stapel_verifier::Missing::StatusList { url }, &revoked, now()).unwrap();
    let badge = learner.wallet.badge("1").unwrap();
    let error = learner.wallet.present(&[badge], &showing(), now()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "urn:uuid:00000000-0000-4000-8000-000000000001 of did:web:school.example is not shown, since it would be refused: \
         its issuer revoked it (list of 2026-11-21T00:00:00Z)"
    );
}

#[test]
fn a_showing_that_makes_no_sense_is_an_error() {
    let (_, mut learner, _) = parties();
    let nothing: [stapel_wallet::KeptBadge; 0] = [];
    let error = learner.wallet.present(&nothing, &showing(), now()).unwrap_err();
    assert!(matches!(error, WalletError::NothingChosen));
    assert_eq!(error.to_string(), "nothing was chosen to be shown");
    let badge = learner.wallet.badge("1").unwrap();
    let over = Showing { expires: Some(at("2026-11-22T09:00:00Z")), ..showing() };
    assert_eq!(
        learner.wallet.present(&[badge], &over, now()).unwrap_err().to_string(),
        "the presentation would end on 2026-11-22T09:00:00Z, and it is 2026-11-22T09:00:00Z now"
    );
}

#[test]
fn a_bundle_has_a_title_and_claims_no_qualification() {
    let (world, mut learner, mut employer) = parties();
    let bundle = Bundle { title: "Zorg en meer".to_owned(), theme: Some("zorg".to_owned()) };
    let text = shown(&mut learner, &["1", "3"], &Showing { bundle: Some(bundle.clone()), ..showing() });
    let answer = verify(&world, &mut employer, &text, &asked(), now());
    assert_eq!(answer.outcome(), Outcome::Accepted);
    let Verdicts::Presentation(verdict) = &answer.verdicts else { panic!() };
    assert_eq!((verdict.bundle.as_ref(), answer.progress.is_none()), (Some(&bundle), true));
}

#[test]
fn single_documents_are_verified_too() {
    let (world, learner, mut employer) = parties();
    for text in [world.badge_of(&learner.id(), "a", 1), world.programme(), world.trust_list(1)] {
        assert_eq!(verify(&world, &mut employer, &text, &Audience::default(), now()).outcome(), Outcome::Accepted);
    }
}

//! Does the wallet answer a question with as little as it can, and does whoever asked find out whether it is an answer?

use serde_json::{Value, json};
use stapel_credential::context::document_contexts;
use stapel_credential::{AchievementSubject, Ask, ProgrammeSubject, Question, Timestamp, VerifiablePresentation};
use stapel_proof::{ProofOptions, Unsecured};
use stapel_stacking::Budget;
use stapel_verifier::{Audience, Outcome};
use stapel_wallet::{Answer, Answered, AskedQuestion, Showing, WalletError, WhyNotSatisfied};

use crate::school::{Learner, NOW, Signing, World, now};

const OUTCOME: &str = "https://outcomes.example/domotica";

fn question(text: &Value) -> Question {
    Question::parse(&text.to_string()).unwrap()
}

/// A learner with these modules and a programme of which the award asks: parts 1 and 2, or part 3.
fn learner(world: &World, modules: &[&str]) -> Learner {
    let mut programme: Value = serde_json::from_str(&world.programme()).unwrap();
    programme.as_object_mut().unwrap().remove("proof");
    let rules = &mut programme["credentialSubject"]["programme"];
    let mut third = rules["parts"][0].clone();
    third["id"] = json!("p3");
    third["ways"] = json!([{"all": [{"achievement": ["https://school.example/achievements/c"]}]}]);
    rules["parts"].as_array_mut().unwrap().push(third);
    rules["awards"][0]["requirement"] = json!({"any": [{"all": [{"part": "p1"}, {"part": "p2"}]}, {"part": "p3"}]});
    let programme = world.school.sign::<ProgrammeSubject>(&programme, "2026-01-01T00:00:00Z");
    let mut learner = Learner::new().trusting(world);
    for (index, module) in (1..).zip(modules) {
        learner.receive(world, &world.badge_of(&learner.id(), module, index), now()).unwrap();
    }
    learner.receive(world, &programme, now()).unwrap();
    learner
}

fn answer(learner: &mut Learner, question: &Question) -> Result<String, WalletError> {
    let showing = Showing { with_status_lists: true, ..Showing::default() };
    let answer = learner.wallet.answer(question, None, &showing, Budget::default(), now())?;
    assert_eq!(answer.peek_unverified().question.as_ref(), Some(question));
    Ok(answer.text().to_owned())
}

fn verified(world: &World, text: &str) -> (Answer, Learner) {
    let mut employer = Learner::new().trusting(world);
    employer.wallet.supply(|wallet| wallet.missing_for(text, now()), |missing| world.web.fetch(missing), now());
    (employer.wallet.verify(text, &Audience::default(), now()).unwrap(), employer)
}

fn answered(world: &World, text: &str, question: &Question) -> Answered {
    let (answer, employer) = verified(world, text);
    answer.answers(question, &employer.wallet.trust(now()), now())
}

fn shown(text: &str) -> Vec<&'static str> {
    ["Module a", "Module b", "Module c"].into_iter().filter(|module| text.contains(module)).collect()
}

#[test]
fn a_part_is_shown_by_its_badge_alone() {
    let world = World::new();
    let mut learner = learner(&world, &["a", "b", "c"]);
    let (first, second) = (question(&json!({"ask": {"part": "p1"}})), question(&json!({"ask": {"part": "p2"}})));
    let text = answer(&mut learner, &first).unwrap();
    assert_eq!(shown(&text), ["Module a"]);
    assert!(matches!(answered(&world, &text, &first), Answered::Satisfied { by } if by.len() == 1));
    let other = Answered::NotSatisfied { why: WhyNotSatisfied::OtherAsk };
    assert_eq!(answered(&world, &text, &second), other);
}

#[test]
fn of_two_ways_to_an_award_the_one_with_fewer_badges_is_shown() {
    let world = World::new();
    let award = Question::progress(None);
    let text = answer(&mut learner(&world, &["a", "b", "c"]), &award).unwrap();
    assert_eq!(shown(&text), ["Module c"]);
    assert!(matches!(answered(&world, &text, &award), Answered::Satisfied { by } if by.len() == 1));
    assert_eq!(shown(&answer(&mut learner(&world, &["a", "b"]), &award).unwrap()), ["Module a", "Module b"]);
}

#[test]
fn credits_are_shown_by_no_more_badges_than_they_take() {
    let world = World::new();
    let mut learner = learner(&world, &["a", "b", "c"]);
    let asked = question(&json!({"ask": {"credits": {"atLeast": 20}}}));
    let text = answer(&mut learner, &asked).unwrap();
    assert_eq!(shown(&text).len(), 2);
    assert!(matches!(answered(&world, &text, &asked), Answered::Satisfied { .. }));
}

#[test]
fn what_is_not_satisfied_is_not_answered() {
    let world = World::new();
    let mut learner = learner(&world, &["a"]);
    let award = Question::progress(None);
    let error = answer(&mut learner, &award).unwrap_err();
    assert_eq!(error.to_string(), "this wallet cannot answer the question: 1 of 2 requirements are met");
    // Its progress can still be shown; that is no answer, and whoever asked is told so.
    let programme = learner.wallet.programme("1").unwrap();
    let (partly, _) =
        learner.wallet.present_progress(&programme, &award, &Showing::default(), Budget::default(), now()).unwrap();
    let not = Answered::NotSatisfied { why: WhyNotSatisfied::Incomplete { met: 1, asked: 2 } };
    assert_eq!(answered(&world, partly.text(), &award), not);
    let badge = learner.wallet.badge("1").unwrap();
    let without = learner.wallet.present(std::slice::from_ref(&badge), &Showing::default(), now()).unwrap();
    let no_plan = Answered::NotSatisfied { why: WhyNotSatisfied::NoPlan };
    assert_eq!(answered(&world, without.text(), &award), no_plan);
    let nobody = Answered::NotSatisfied { why: WhyNotSatisfied::NoPresentation };
    assert_eq!(answered(&world, badge.signed.text(), &award), nobody);
}

#[test]
fn a_question_about_another_programme_is_not_answered() {
    let world = World::new();
    let mut learner = learner(&world, &["a", "b"]);
    let digest = stapel_credential::Digest::of(b"other");
    let named = json!({"id": "https://school.example/programmes/zorg", "edition": "2026", "digest": digest});
    let other = question(&json!({"programme": named, "ask": {"part": "p1"}}));
    let error = answer(&mut learner, &other).unwrap_err();
    assert!(matches!(error, WalletError::ProgrammeNotHere { .. }), "{error}");
    let text = answer(&mut learner, &question(&json!({"ask": {"part": "p1"}}))).unwrap();
    let not = Answered::NotSatisfied { why: WhyNotSatisfied::OtherProgramme };
    assert_eq!(answered(&world, &text, &other), not);
}

/// A badge that shows the outcome, at a level, awarded then.
fn outcome_badge(world: &World, holder: &str, module: &str, index: u32, level: &str, awarded: &str) -> String {
    let mut badge = World::badge(holder, module, index);
    badge["awardedDate"] = json!(awarded);
    badge["credentialSubject"]["achievement"]["alignment"] = json!([
        {"type": ["Alignment"], "targetName": "Domotica", "targetUrl": OUTCOME, "targetType": "CFItem"},
        {
            "type": ["Alignment"], "targetName": "NLQF", "targetUrl": "https://www.nlqf.nl/",
            "targetType": "ext:QualificationLevel", "targetFramework": "NLQF", "targetCode": level
        }
    ]);
    world.school.sign::<AchievementSubject>(&badge, "2026-06-01T09:00:00Z")
}

#[test]
fn an_outcome_is_shown_by_the_one_badge_that_was_awarded_last() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    for (module, index, level, awarded) in [
        ("a", 1, "4", "2021-06-01T00:00:00Z"),
        ("b", 2, "4", "2025-06-01T00:00:00Z"),
        ("c", 3, "3", "2026-06-01T00:00:00Z"),
    ] {
        let badge = outcome_badge(&world, &learner.id(), module, index, level, awarded);
        learner.receive(&world, &badge, now()).unwrap();
    }
    let anchor = world.anchor.did.clone();
    let fits = json!({"minimumLevel": "NLQF 4", "maximumAgeDays": 1095});
    let asked = question(&json!({"ask": {"outcome": {"outcome": OUTCOME, "fits": fits, "vouchedBy": anchor}}}));
    let text = answer(&mut learner, &asked).unwrap();
    assert_eq!(shown(&text), ["Module b"]);
    assert!(matches!(answered(&world, &text, &asked), Answered::Satisfied { by } if by.len() == 1));
    let higher = question(&json!({"ask": {"outcome": {"outcome": OUTCOME, "fits": {"minimumLevel": "NLQF 5"}}}}));
    assert_eq!(
        answer(&mut learner, &higher).unwrap_err().to_string(),
        "no badge in this wallet answers the question; Module a comes closest, but its level NLQF 4 is lower than NLQF 5"
    );
    let Answered::NotSatisfied { why: WhyNotSatisfied::NoneAnswers { close } } = answered(&world, &text, &higher)
    else {
        panic!("the level is too low")
    };
    assert_eq!(close.len(), 1);
    let stranger = Signing::by_did_key().did;
    let elsewhere = question(&json!({"ask": {"outcome": {"outcome": OUTCOME, "vouchedBy": stranger}}}));
    assert!(matches!(answer(&mut learner, &elsewhere), Err(WalletError::NoneAnswers { closest: Some(_) })));
    let unknown = question(&json!({"ask": {"outcome": {"outcome": "https://outcomes.example/other"}}}));
    assert!(matches!(answer(&mut learner, &unknown), Err(WalletError::NoneAnswers { closest: None })));
    let by_achievement = json!({"ask": {"outcome": {"outcome": "https://school.example/achievements/a"}}});
    assert_eq!(shown(&answer(&mut learner, &question(&by_achievement)).unwrap()), ["Module a"]);
}

#[test]
fn nothing_is_answered_before_everything_shown_is_accepted() {
    let world = World::new();
    let mut learner = learner(&world, &["a"]);
    let asked = question(&json!({"ask": {"part": "p1"}}));
    let text = answer(&mut learner, &asked).unwrap();
    let stranger = Learner::new();
    let answer = stranger.wallet.verify(&text, &Audience::default(), now()).unwrap();
    assert_eq!(answer.outcome(), Outcome::Undecided);
    assert_eq!(answer.answers(&asked, &stranger.wallet.trust(now()), now()), Answered::NotReached);
}

#[test]
fn a_signed_question_names_its_asker_and_an_altered_one_does_not_count() {
    let world = World::new();
    let learner = Learner::new().trusting(&world);
    let asker = Signing::by_did_key();
    let document = json!({
        "@context": document_contexts(),
        "type": ["VerifiablePresentation"],
        "holder": asker.did,
        "question": {"ask": {"part": "p1"}}
    });
    let options = ProofOptions::authentication(asker.method.clone(), Timestamp::parse(NOW).unwrap());
    let content = VerifiablePresentation::parse(&document.to_string()).unwrap();
    let signed = Unsecured::new(content).sign(&asker.key, &options).unwrap();
    let read = |text: &str| learner.wallet.read_question(text, now());
    let expected = AskedQuestion {
        question: Question { programme: None, ask: Ask::Part("p1".to_owned()) },
        asker: Some(asker.did.to_uri()),
    };
    assert_eq!(read(signed.text()).unwrap(), expected);
    assert_eq!(read("{\"ask\":{\"part\":\"p1\"}}").unwrap(), AskedQuestion { asker: None, ..expected });
    let altered = signed.text().replace("\"p1\"", "\"p2\"");
    assert!(matches!(read(&altered), Err(WalletError::QuestionNotGenuine { .. })));
    assert!(matches!(read("{\"part\":\"p1\"}"), Err(WalletError::Question(_))));
}

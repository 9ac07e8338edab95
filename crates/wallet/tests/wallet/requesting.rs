//! What does the wallet ask of an examination board, and what does it keep of an award?

use serde_json::{Value, json};
use stapel_credential::context::PRESENTATION_EXTENSION;
use stapel_credential::{AchievementSubject, Basis, ProgrammeSubject, Question, RequestKind};
use stapel_stacking::Budget;
use stapel_verifier::{Audience, Outcome};
use stapel_wallet::{Asking, Kept, ProgressAnswer, Showing, Verdicts, WalletError};

use crate::school::{Learner, World, now};

fn asking(kind: RequestKind, part: &str) -> Asking {
    let note = Some("Tien jaar in de thuiszorg.".to_owned());
    Asking { kind, parts: vec![part.to_owned(), part.to_owned()], basis: Some(Basis::PriorLearning), note }
}

/// A programme in which nobody is exempt from the first part, and in which the diploma of the school shows a third.
fn programme(world: &World) -> String {
    let mut programme: Value = serde_json::from_str(&world.programme()).unwrap();
    programme.as_object_mut().unwrap().remove("proof");
    let rules = &mut programme["credentialSubject"]["programme"];
    rules["parts"][0]["noExemption"] = json!(true);
    let mut third = rules["parts"][1].clone();
    third["id"] = json!("p3");
    third["ways"] = json!([{"all": [{"achievement": ["https://school.example/achievements/diploma"]}]}]);
    rules["parts"].as_array_mut().unwrap().push(third);
    rules["awards"][0]["requirement"] = json!({"all": [{"part": "p1"}, {"part": "p2"}, {"part": "p3"}]});
    world.school.sign::<ProgrammeSubject>(&programme, "2026-01-01T00:00:00Z")
}

#[test]
fn a_request_reaches_the_board_with_its_evidence() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &programme(&world), now()).unwrap();
    learner.receive(&world, &world.badge_of(&learner.id(), "unrelated", 1), now()).unwrap();
    let (programme, badge) = (learner.wallet.programme("1").unwrap(), learner.wallet.badge("1").unwrap());
    let showing = Showing { domain: Some(crate::school::SCHOOL.to_owned()), ..Showing::default() };
    let mut ask = |kind, part| {
        let asking = asking(kind, part);
        learner.wallet.ask_board(&programme, &asking, std::slice::from_ref(&badge), &showing, now())
    };
    let request = ask(RequestKind::Exemption, "p2").unwrap();
    assert!(request.text().contains(PRESENTATION_EXTENSION));
    let mut board = Learner::new().trusting(&world);
    let text = request.text();
    board.wallet.supply(|wallet| wallet.missing_for(text, now()), |missing| world.web.fetch(missing), now());
    let audience = Audience { domain: Some(crate::school::SCHOOL.to_owned()), challenge: None };
    let answer = board.wallet.verify(text, &audience, now()).unwrap();
    assert_eq!(answer.outcome(), Outcome::Accepted);
    let Verdicts::Presentation(verdict) = &answer.verdicts else { panic!("a presentation") };
    let read = verdict.request.as_ref().unwrap();
    assert_eq!((read.kind, read.parts.as_slice()), (RequestKind::Exemption, &["p2".to_owned()][..]));
    assert_eq!((read.programme.digest, read.basis), (programme.signed.digest(), Some(Basis::PriorLearning)));
    assert_eq!(verdict.badges().len(), 1);
    assert_eq!(
        ask(RequestKind::Exemption, "p1").unwrap_err().to_string(),
        "the programme lets nobody be exempt from part \"p1\""
    );
    assert_eq!(ask(RequestKind::Assessment, "p1").unwrap().peek_unverified().request.as_ref().unwrap().parts, ["p1"]);
    assert_eq!(
        ask(RequestKind::Assessment, "p9").unwrap_err().to_string(),
        "https://school.example/programmes/zorg has no part \"p9\""
    );
    let nothing = Asking { parts: Vec::new(), ..asking(RequestKind::Exemption, "p2") };
    let none = learner.wallet.ask_board(&programme, &nothing, &[], &showing, now());
    assert!(matches!(none, Err(WalletError::NoParts)));
}

/// The record of an award that counted the badge of module a, and the diploma that fixes it.
fn award(world: &World, learner: &mut Learner) -> (String, String) {
    let kept = learner.wallet.programme("1").unwrap();
    let stack = learner.wallet.progress(&kept, &Question::progress(None), Budget::default(), now()).unwrap();
    let plan = stack.found.plan;
    let counted = json!({
        "issuer": crate::school::SCHOOL,
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "digest": learner.wallet.badge("1").unwrap().signed.digest(),
    });
    let record = json!({
        "id": "urn:uuid:30000000-0000-4000-8000-000000000001",
        "type": "AwardRecord",
        "holder": learner.id(),
        "awardedDate": "2026-06-01T00:00:00Z",
        "plan": plan,
        "planDigest": stapel_credential::Digest::of(b"plan"),
        "counted": [counted],
        "documents": [],
        "evidence": {},
    })
    .to_string();
    let mut diploma = World::badge(&learner.id(), "diploma", 7);
    diploma["relatedResource"] = json!([{
        "id": "urn:uuid:30000000-0000-4000-8000-000000000001",
        "digestSRI": stapel_proof::jcs::digest_text(&record).unwrap(),
    }]);
    (record, world.school.sign::<AchievementSubject>(&diploma, "2026-06-01T09:00:00Z"))
}

#[test]
fn an_award_record_is_kept_beside_its_diploma_and_counted_with() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &programme(&world), now()).unwrap();
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    let (record, diploma) = award(&world, &mut learner);
    let error = learner.wallet.receive(&record, now()).unwrap_err();
    assert!(matches!(error, WalletError::RecordWithoutDiploma { .. }), "{error}");
    learner.receive(&world, &diploma, now()).unwrap();
    let met = |learner: &mut Learner| {
        let kept = learner.wallet.programme("1").unwrap();
        let stack = learner.wallet.progress(&kept, &Question::progress(None), Budget::default(), now()).unwrap();
        stack.found.progress.requirements_met
    };
    // Nothing says what the diploma was made of, so both count.
    assert_eq!(met(&mut learner), 2);
    let received = learner.wallet.receive(&record, now()).unwrap();
    assert_eq!((received.kept, received.name.as_str()), (Kept::New, "Module diploma"));
    assert_eq!(learner.wallet.receive(&record, now()).unwrap().kept, Kept::AlreadyThere);
    let mut learner = learner.reopened();
    assert_eq!(learner.wallet.award_records().unwrap().len(), 1);
    assert_eq!(met(&mut learner), 1, "the badge is used up by the diploma");
    let friend = Learner::new().wallet.receive(&record, now()).unwrap_err();
    assert!(matches!(friend, WalletError::RecordOfAnother { .. }), "{friend}");
}

#[test]
fn an_award_record_is_shown_only_by_choice() {
    let world = World::new();
    let mut learner = Learner::new().trusting(&world);
    learner.receive(&world, &programme(&world), now()).unwrap();
    learner.receive(&world, &world.badge_of(&learner.id(), "a", 1), now()).unwrap();
    let (record, diploma) = award(&world, &mut learner);
    learner.receive(&world, &diploma, now()).unwrap();
    learner.wallet.receive(&record, now()).unwrap();
    let chosen = [learner.wallet.badge("diploma").unwrap()];
    let mut show = |with_award_records| {
        let showing = Showing { with_award_records, with_status_lists: true, ..Showing::default() };
        learner.wallet.present(&chosen, &showing, now()).unwrap()
    };
    assert!(!show(false).text().contains("AwardRecord"));
    let shown = show(true);
    assert_eq!(shown.peek_unverified().award_record.len(), 1);
    let other = [learner.wallet.badge("Module a").unwrap()];
    let showing = Showing { with_award_records: true, ..Showing::default() };
    assert!(!learner.wallet.present(&other, &showing, now()).unwrap().text().contains("AwardRecord"));
    // Whoever recomputes a progress counts with the record that came along.
    let kept = learner.wallet.programme("1").unwrap();
    let showing = Showing { with_status_lists: true, ..showing };
    let (progress, _) =
        learner.wallet.present_progress(&kept, &Question::progress(None), &showing, Budget::default(), now()).unwrap();
    let mut employer = Learner::new().trusting(&world);
    let text = progress.text();
    employer.wallet.supply(|wallet| wallet.missing_for(text, now()), |missing| world.web.fetch(missing), now());
    let answer = employer.wallet.verify(text, &Audience::default(), now()).unwrap();
    assert!(matches!(answer.progress, Some(ProgressAnswer::Recomputed(_))), "{:?}", answer.findings());
}

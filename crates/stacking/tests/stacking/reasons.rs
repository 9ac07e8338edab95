//! Does every line say why? Progress, near misses and credentials that do not count, with the exact sentences.

use serde_json::{Value, json};
use stapel_credential::{Ask, Credits, Question};
use stapel_stacking::{Done, PartProgress, Progress, State};

use crate::support::{HOLDER, Issuer, Wallet, World, badge_text, programme_text};

struct Desk {
    world: World,
    body: Issuer,
    school: Issuer,
}

fn desk() -> Desk {
    let (body, school) = (Issuer::new(1), Issuer::new(3));
    Desk { world: World::pinning(&[&body, &school]), body, school }
}

impl Desk {
    fn progress(&self, programme: &Value, badges: &[Value]) -> Progress {
        self.ask(programme, badges, Ask::Award(None))
    }

    fn ask(&self, programme: &Value, badges: &[Value], ask: Ask) -> Progress {
        let programme = self.world.programme(&self.body, programme);
        let wallet = Wallet::new(badges.iter().map(|text| self.world.badge(&self.school, text)).collect());
        wallet.ask(&self.world, &programme, &Question { programme: None, ask }).unwrap().progress
    }

    fn badge(&self, letter: &str) -> Value {
        badge_text(&self.school, &format!("urn:b:{letter}"), &format!("urn:a:{letter}"))
    }

    fn sentence(&self, sentence: &impl ToString) -> String {
        sentence.to_string().replace(&self.school.did(), "School")
    }

    /// Why the only badge does not count, when part `a` asks for this.
    fn why(&self, wanted: &Value, badge: &Value) -> String {
        let mut programme = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
        programme["parts"][0]["ways"] = json!([{"all": [wanted]}]);
        let progress = self.progress(&programme, std::slice::from_ref(badge));
        assert_eq!(progress.unused.len(), 1, "{progress:?}");
        self.sentence(&progress.unused[0].why)
    }
}

fn level(framework: &str, code: &str) -> Value {
    json!({"type": "Alignment", "targetName": "Level", "targetUrl": "https://example.org/level",
           "targetType": "ext:QualificationLevel", "targetFramework": framework, "targetCode": code})
}

fn state<'a>(progress: &'a Progress, part: &str) -> &'a State {
    &progress.parts.iter().find(|progress| progress.id == part).unwrap().state
}

#[test]
fn a_credential_says_why_it_does_not_fit() {
    let desk = desk();
    let wanted =
        json!({"achievement": ["urn:a:a"], "minimumLevel": "NLQF 4", "maximumAgeDays": 100, "kind": ["testimonium"]});
    let mut badge = desk.badge("a");
    assert_eq!(desk.why(&wanted, &desk.badge("q")), "nothing in this programme asks for it");
    assert_eq!(desk.why(&wanted, &badge), "it is not of a kind that is asked: testimonium");
    let achievement = |badge: &mut Value, member: &str, value: Value| {
        badge["credentialSubject"]["achievement"][member] = value;
    };
    achievement(&mut badge, "credentialKind", json!("testimonium"));
    assert_eq!(desk.why(&wanted, &badge), "it states no level, and NLQF 4 is asked");
    achievement(&mut badge, "alignment", level("NLQF", "3"));
    assert_eq!(desk.why(&wanted, &badge), "its level NLQF 3 is lower than NLQF 4");
    achievement(&mut badge, "alignment", level("EQF", "8"));
    assert_eq!(
        desk.why(&wanted, &badge),
        "its level EQF 8 cannot be compared with NLQF 4: levels of different frameworks are never converted"
    );
    achievement(&mut badge, "alignment", level("NLQF", "4+"));
    assert_eq!(desk.why(&wanted, &badge), "it was awarded on 2026-06-30, 145 days ago; at most 100 are allowed");
    badge["awardedDate"] = json!("2026-08-14T00:00:00Z");
    let mut programme = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
    programme["parts"][0]["ways"] = json!([{"all": [wanted]}]);
    assert!(desk.progress(&programme, &[badge]).complete);
}

#[test]
fn the_age_is_counted_in_days_to_the_reference_date() {
    let desk = desk();
    let mut badge = desk.badge("a");
    for (awarded, fits) in [("2026-11-12T23:59:59Z", true), ("2026-11-11T23:59:59Z", false)] {
        badge["awardedDate"] = json!(awarded);
        let mut programme = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
        programme["parts"][0]["ways"][0]["all"][0]["maximumAgeDays"] = json!(10);
        assert_eq!(desk.progress(&programme, std::slice::from_ref(&badge)).complete, fits, "{awarded}");
    }
}

#[test]
fn a_part_that_a_near_miss_was_meant_for_is_blocked_by_it() {
    let desk = desk();
    let mut programme =
        programme_text(&[("a", 10.0, "x"), ("b", 10.0, "x")], &json!({"all": [{"part": "a"}, {"part": "b"}]}));
    programme["parts"][0]["ways"][0]["all"][0]["minimumLevel"] = json!("NLQF 4");
    let progress = desk.progress(&programme, &[desk.badge("a")]);
    let State::Blocked { credential, why } = state(&progress, "a") else { panic!("{progress:?}") };
    assert_eq!(credential.id.as_str(), "urn:b:a");
    assert_eq!(why.to_string(), "it states no level, and NLQF 4 is asked");
    assert_eq!(state(&progress, "b"), &State::Open);
    assert_eq!(progress.unused[0].near.as_deref(), Some("a"));
}

#[test]
fn an_own_code_counts_only_with_its_issuer() {
    let desk = desk();
    let mut badge = desk.badge("a");
    badge["credentialSubject"]["achievement"]["humanCode"] = json!("ZORG-1");
    let programme = |issuer: &str| {
        let mut text = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
        text["parts"][0]["ways"] = json!([{"all": [{"code": ["code:ZORG-1"], "issuer": [issuer]}]}]);
        text
    };
    assert!(desk.progress(&programme(&desk.school.did()), std::slice::from_ref(&badge)).complete);
    let stranger = desk.progress(&programme(&desk.body.did()), &[badge]);
    assert_eq!(stranger.unused[0].why.to_string(), "nothing in this programme asks for it");
}

#[test]
fn a_registers_code_counts_only_by_who_may_certify_it_on_the_day_of_the_award() {
    let (body, school) = (Issuer::new(1), Issuer::new(3));
    let list = |from: &str| {
        json!([
            {"did": body.did(), "name": "SBB", "kind": "sector", "from": "2020-01-01"},
            {"did": school.did(), "name": "School", "kind": "mbo", "from": "2020-01-01",
             "mandates": [{"code": "kcode:K0905", "from": from}]}
        ])
    };
    let mut badge = badge_text(&school, "urn:b:k", "urn:a:k");
    badge["credentialSubject"]["achievement"]["otherIdentifier"] =
        json!({"type": "IdentifierEntry", "identifier": "K0905", "identifierType": "ext:kcode"});
    let mut text = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
    text["parts"][0]["ways"] = json!([{"all": [{"code": ["kcode:K0905"]}]}]);
    let before = World::with_list(&list("2026-01-01"));
    let wallet = Wallet::new(vec![before.badge(&school, &badge)]);
    let programme = before.programme(&body, &text);
    assert!(wallet.find(&before, &programme).progress.complete);
    // The badge was verified under another trust list; what counts is the one that counting is given.
    let after = World::with_list(&list("2026-07-01"));
    let progress = wallet.find(&after, &programme).progress;
    assert_eq!(progress.unused[0].why.to_string(), "its issuer was not authorised for kcode:K0905 on 2026-06-30");
}

#[test]
fn an_achievement_of_another_issuer_is_not_taken() {
    let desk = desk();
    let wanted = json!({"achievement": ["urn:a:a"], "issuer": [desk.body.did()]});
    assert_eq!(desk.why(&wanted, &desk.badge("a")), "the programme does not take it from School");
}

#[test]
fn a_free_slot_counts_a_credentials_own_credits_in_the_programmes_unit_up_to_its_limits() {
    let desk = desk();
    let slot = json!({"fits": {"issuer": [desk.school.did()]}, "atMostEach": 30, "atMost": 90});
    let programme = programme_text(
        &[("a", 10.0, "x")],
        &json!({"id": "free", "credits": {"atLeast": 100, "from": {"group": ["x"], "free": [slot]}}}),
    );
    let with = |letter: &str, credits: Option<f64>, unit: Option<&str>| {
        let mut text = desk.badge(letter);
        if let Some(credits) = credits {
            text["credentialSubject"]["achievement"]["creditsAvailable"] = json!(credits);
        }
        if let Some(unit) = unit {
            text["credentialSubject"]["achievement"]["creditUnit"] = json!(unit);
        }
        text
    };
    let mut earned = with("f", Some(99.0), Some("SBU"));
    earned["credentialSubject"]["creditsEarned"] = json!(7.5);
    let badges = [
        with("a", None, None),
        with("b", Some(40.0), Some("SBU")),
        with("c", Some(20.0), None),
        with("d", Some(20.0), Some("EC")),
        with("e", None, Some("SBU")),
        earned,
    ];
    let progress = desk.progress(&programme, &badges);
    let slot = &progress.requirements.slots[0];
    assert_eq!(slot.credits, Credits::from_hundredths(3750));
    let worths: Vec<(&str, String)> =
        slot.by.iter().map(|counted| (counted.name(), counted.worth().to_string())).collect();
    assert_eq!(worths, [("urn:a:b", "30".to_owned()), ("urn:a:f", "7.5".to_owned())]);
    assert_eq!(progress.credits_counted, Credits::from_hundredths(4750));
    assert_eq!(
        progress.requirements.state,
        State::Partly(Done::Credits { have: Credits::from_hundredths(4750), need: Credits::whole(100) })
    );
    let why: Vec<String> = progress.unused.iter().map(|unused| unused.why.to_string()).collect();
    assert_eq!(
        why,
        [
            "it does not say what its credits count, and the programme counts SBU",
            "its credits are EC, and the programme counts SBU",
            "it states no credits, and a free slot counts a credential's own",
        ]
    );
}

#[test]
fn the_worth_is_the_programmes_whatever_a_credential_says_of_itself() {
    let desk = desk();
    let mut badge = desk.badge("a");
    badge["credentialSubject"]["creditsEarned"] = json!(1_000);
    badge["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
    let programme = programme_text(
        &[("a", 10.0, "x"), ("b", 10.0, "x")],
        &json!({"credits": {"atLeast": 20, "from": {"group": ["x"]}}}),
    );
    let progress = desk.progress(&programme, &[badge]);
    assert_eq!(progress.credits_counted, Credits::whole(10));
}

#[test]
fn each_state_is_told() {
    let desk = desk();
    let parts = [("a", 10.0, "x"), ("b", 20.0, "x"), ("c", 30.0, "y"), ("d", 40.0, "y"), ("e", 50.0, "z")];
    let programme = programme_text(
        &parts,
        &json!({"all": [
            {"id": "core", "all": [{"part": "a"}, {"part": "b"}]},
            {"id": "electives", "choose": {"atLeast": 2, "of": [{"part": "c"}, {"part": "d"}]}},
            {"id": "last", "any": [{"part": "e"}]},
            {"id": "total", "credits": {"atLeast": 100, "from": {"group": ["x", "y"]}}}
        ]}),
    );
    let progress = desk.progress(&programme, &[desk.badge("a"), desk.badge("d")]);
    let states: Vec<&State> = progress.requirements.of.iter().map(|child| &child.state).collect();
    assert_eq!(
        states,
        [
            &State::Partly(Done::Parts { have: 1, need: 2 }),
            &State::Partly(Done::Parts { have: 1, need: 2 }),
            &State::Open,
            &State::Partly(Done::Credits { have: Credits::whole(50), need: Credits::whole(100) }),
        ]
    );
    // The pool asks no less than what it measures, so that 100 and the 50 of the last part are asked, and not 250.
    assert_eq!((progress.credits_counted, progress.credits_needed), (Credits::whole(50), Credits::whole(150)));
    assert_eq!((progress.requirements_met, progress.requirements_asked), (2, 6));
    let all: Vec<Value> = ["a", "b", "c", "d", "e"].map(|letter| desk.badge(letter)).to_vec();
    let progress = desk.progress(&programme, &all);
    assert!(progress.complete);
    assert_eq!((progress.credits_counted, progress.requirements_met), (Credits::whole(150), 6));
}

#[test]
fn what_is_not_needed_is_left_out_and_says_so() {
    let desk = desk();
    let programme = programme_text(
        &[("a", 10.0, "x"), ("b", 10.0, "x"), ("c", 10.0, "x")],
        &json!({"all": [
            {"part": "a"},
            {"id": "elective", "choose": {"atLeast": 1, "atMost": 1, "of": [{"part": "b"}, {"part": "c"}]}}
        ]}),
    );
    let badges = [desk.badge("a"), desk.badge("b"), desk.badge("c"), badge_text(&desk.school, "urn:b:a2", "urn:a:a")];
    let progress = desk.progress(&programme, &badges);
    assert!(progress.complete);
    let why: Vec<String> = progress.unused.iter().map(|unused| desk.sentence(&unused.why)).collect();
    assert_eq!(
        why,
        ["it is the same badge as urn:b:a of School, and a badge counts once", "at most 1 of elective count"]
    );
}

#[test]
fn a_part_whose_credential_is_used_elsewhere_says_so() {
    let desk = desk();
    let mut programme =
        programme_text(&[("a", 20.0, "x"), ("b", 10.0, "x")], &json!({"all": [{"part": "a"}, {"part": "b"}]}));
    programme["parts"][1]["ways"] = programme["parts"][0]["ways"].clone();
    let progress = desk.progress(&programme, &[desk.badge("a")]);
    assert_eq!(state(&progress, "a"), &State::Met);
    let State::Blocked { why, .. } = state(&progress, "b") else { panic!("{progress:?}") };
    assert_eq!(why.to_string(), "it is used for a and counts once");
}

#[test]
fn a_question_for_a_part_or_a_group_shows_just_that() {
    let desk = desk();
    let programme = programme_text(
        &[("a", 10.0, "x"), ("b", 10.0, "x"), ("c", 10.0, "y")],
        &json!({"all": [{"part": "a"}, {"part": "b"}, {"part": "c"}]}),
    );
    let badges = [desk.badge("a"), desk.badge("b"), desk.badge("c")];
    let ids =
        |progress: &Progress| progress.parts.iter().map(|part: &PartProgress| part.id.clone()).collect::<Vec<_>>();
    let part = desk.ask(&programme, &badges, Ask::Part("b".to_owned()));
    assert_eq!((part.complete, part.credentials_used, ids(&part)), (true, 1, vec!["b".to_owned()]));
    assert_eq!(part.award, None);
    assert_eq!(part.unused[0].why.to_string(), "it fits a, which is not asked for here");
    let group = desk.ask(&programme, &badges, Ask::Group("x".to_owned()));
    assert_eq!((group.complete, group.credentials_used), (true, 2));
    assert_eq!(ids(&group), ["a", "b"]);
}

#[test]
fn a_question_about_what_is_not_there_is_refused() {
    let desk = desk();
    let mut text = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
    let mut second = text["awards"][0].clone();
    second["id"] = json!("certificate");
    text["awards"].as_array_mut().unwrap().push(second);
    let programme = desk.world.programme(&desk.body, &text);
    let wallet = Wallet::new(Vec::new());
    let refused = |question: &Question| wallet.ask(&desk.world, &programme, question).unwrap_err().to_string();
    let about = |ask| Question { programme: None, ask };
    assert_eq!(
        refused(&about(Ask::Award(None))),
        "urn:example:programme leads to several awards; ask for one of them: diploma, certificate"
    );
    assert_eq!(refused(&about(Ask::Award(Some("x".to_owned())))), "urn:example:programme has no award \"x\"");
    assert_eq!(refused(&about(Ask::Part("x".to_owned()))), "urn:example:programme has no part \"x\"");
    assert_eq!(refused(&about(Ask::Group("q".to_owned()))), "urn:example:programme has no part in group \"q\"");
    let found = wallet.ask(&desk.world, &programme, &Question::progress(Some("certificate"))).unwrap();
    let mut other = found.plan.programme.clone();
    other.edition = "2025".to_owned();
    let digest = programme.digest();
    assert_eq!(
        refused(&Question { programme: Some(other), ask: Ask::Part("a".to_owned()) }),
        format!(
            "the question is about urn:example:programme, edition \"2025\" ({digest}), \
             not about urn:example:programme, edition \"2026\" ({digest})"
        )
    );
}

#[test]
fn an_exemption_stands_in_for_a_part_and_says_so() {
    let (body, school, board) = (Issuer::new(1), Issuer::new(3), Issuer::new(4));
    let entry = |issuer: &Issuer, kind: &str, until: &str| json!({"did": issuer.did(), "name": kind, "kind": kind, "from": "2020-01-01", "until": until});
    let world = World::with_list(&json!([
        entry(&body, "sector", "2030-01-01"),
        entry(&school, "mbo", "2030-01-01"),
        entry(&board, "examination-board", "2030-01-01")
    ]));
    let text = programme_text(&[("a", 10.0, "x"), ("b", 20.0, "x")], &json!({"all": [{"part": "a"}, {"part": "b"}]}));
    let programme = world.programme(&body, &text);
    let mut other = text.clone();
    other["edition"] = json!("2025");
    let other = world.programme(&body, &other);
    let mut wallet = Wallet::new(vec![world.badge(&school, &badge_text(&school, "urn:b:a", "urn:a:a"))]);
    wallet.decisions = vec![
        world.decision(&board, "urn:d:1", HOLDER, &programme, &["a", "b"], &[]),
        world.decision(&board, "urn:d:2", "did:example:friend", &programme, &["a"], &[]),
        world.decision(&board, "urn:d:3", HOLDER, &other, &["a"], &[]),
        world.decision(&school, "urn:d:4", HOLDER, &programme, &["a"], &[]),
    ];
    let progress = wallet.find(&world, &programme).progress;
    assert!(progress.complete);
    assert_eq!((progress.credits_counted, progress.credentials_used), (Credits::whole(30), 2));
    assert!(progress.parts.iter().all(|part| part.by.len() == 1 && part.by[0].is_exemption()));
    let mut why: Vec<(String, String)> =
        progress.unused.iter().map(|unused| (unused.credential.id.to_string(), unused.why.to_string())).collect();
    why.sort();
    assert_eq!(
        why,
        [
            ("urn:b:a".to_owned(), format!("it fits a, which urn:d:1 of {} shows already", board.did())),
            ("urn:d:2".to_owned(), "it is about did:example:friend, not about the holder".to_owned()),
            ("urn:d:3".to_owned(), "the decision is about edition \"2025\" with other rules than these".to_owned()),
            (
                "urn:d:4".to_owned(),
                format!(
                    "{} was no examination board on 2026-06-30 and is not named in the programme's decidedBy",
                    school.did()
                )
            ),
        ]
    );
}

#[test]
fn a_programme_without_award_asks_for_all_its_parts_and_promises_nothing() {
    let desk = desk();
    let mut programme = programme_text(&[("a", 10.0, "x"), ("b", 10.0, "x")], &json!({"part": "a"}));
    programme["awards"] = json!([]);
    let progress = desk.progress(&programme, &[desk.badge("a"), desk.badge("b")]);
    assert_eq!((progress.complete, progress.requirements_met, &progress.award), (true, 2, &None));
}

#[test]
fn progress_is_written_for_programs_and_never_says_awarded() {
    let desk = desk();
    let programme = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
    let progress = serde_json::to_value(desk.progress(&programme, &[desk.badge("a"), desk.badge("q")])).unwrap();
    assert_eq!(progress["complete"], json!(true));
    assert_eq!(progress["parts"][0]["state"], json!("met"));
    assert_eq!(progress["parts"][0]["by"][0]["credential"]["id"], json!("urn:b:a"));
    assert_eq!(progress["requirements"]["asks"], json!({"part": "a"}));
    assert_eq!(progress["unused"][0]["why"], json!({"reason": "fits-nothing"}));
    assert_eq!(progress["award"]["id"], json!("diploma"));
    // "awarded" stands once: the date of the badge.
    assert_eq!(progress.to_string().matches("awarded").count(), 1);
}

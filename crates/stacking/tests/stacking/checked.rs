//! Does a check tell each state, amount and reason exactly, and refuse what claims too much?

use serde_json::{Value, json};
use stapel_credential::{CredentialRef, Credits, Fill, Hours, Plan, ProgrammeCredential, Target};
use stapel_stacking::{Asks, Done, PlanError, Progress, RequirementProgress, State};
use stapel_verifier::Verified;

use crate::support::{HOLDER, Issuer, Wallet, World, badge_text, programme_text};

struct Case {
    world: World,
    school: Issuer,
}

impl Case {
    fn new() -> Self {
        let school = Issuer::new(3);
        Self { world: World::pinning(&[&school]), school }
    }

    fn badge(&self, letter: &str) -> Value {
        badge_text(&self.school, &format!("urn:b:{letter}"), &format!("urn:a:{letter}"))
    }

    /// A badge with so many hours at work.
    fn worked(&self, letter: &str, hours: u32) -> Value {
        let mut badge = self.badge(letter);
        badge["credentialSubject"]["workplace"] =
            json!([{"type": ["Workplace"], "workplaceCompany": "B", "workplaceHours": hours}]);
        badge
    }

    /// A badge that covers these learning outcomes.
    fn covering(&self, letter: &str, outcomes: &[&str]) -> Value {
        let mut badge = self.badge(letter);
        let alignment: Vec<Value> = outcomes
            .iter()
            .map(|of| json!({"type": ["Alignment"], "targetName": "Outcome", "targetUrl": of, "targetType": "CFItem"}))
            .collect();
        badge["credentialSubject"]["achievement"]["alignment"] = json!(alignment);
        badge
    }

    fn wallet(&self, badges: &[Value]) -> Wallet {
        Wallet::new(badges.iter().map(|text| self.world.badge(&self.school, text)).collect())
    }

    fn programme(&self, text: &Value) -> Verified<ProgrammeCredential> {
        self.world.programme(&self.school, text)
    }

    /// What a plan with these lines comes to.
    fn check(&self, text: &Value, badges: &[Value], fills: &[(Target, &[&str])]) -> Result<Progress, PlanError> {
        let (programme, wallet) = (self.programme(text), self.wallet(badges));
        let reference =
            |id: &&str| CredentialRef { issuer: self.school.did().parse().unwrap(), id: id.parse().unwrap() };
        let fills =
            fills.iter().map(|(target, by)| Fill { target: target.clone(), by: by.iter().map(reference).collect() });
        let plan = Plan { fills: fills.collect(), ..wallet.find(&self.world, &programme).plan };
        wallet.check(&self.world, &programme, &plan)
    }

    /// Why a plan with this line is refused.
    fn refusal(&self, text: &Value, badges: &[Value], target: &Target, by: &[&str]) -> String {
        let error = self.check(text, badges, &[(target.clone(), by)]).unwrap_err();
        error.to_string().replace(&self.school.did(), "School")
    }
}

fn part(id: &str) -> Target {
    Target::Part { id: id.to_owned(), way: 0 }
}

fn slot(requirement: &str) -> Target {
    Target::Slot { requirement: requirement.to_owned(), slot: 0 }
}

fn because(state: &State) -> String {
    let State::Blocked { why, .. } = state else { panic!("{state:?}") };
    why.to_string()
}

#[test]
fn a_pool_of_hours_tells_its_hours_exactly() {
    let case = Case::new();
    let asked = json!({"id": "work", "hours": {"atLeast": 400, "from": {"group": ["x"]}}});
    let text = programme_text(&[("a", 10.0, "x")], &asked);
    let told =
        |fills: &[(Target, &[&str])]| case.check(&text, &[case.worked("a", 150)], fills).unwrap().requirements.state;
    assert_eq!(told(&[(part("a"), &["urn:b:a"])]), State::Partly(Done::Hours { have: Hours(150), need: Hours(400) }));
    assert_eq!(told(&[]), State::Open);
}

#[test]
fn a_pool_of_credits_with_nothing_in_it_is_open_unless_something_was_meant_for_it() {
    let case = Case::new();
    let fits = json!({"achievement": ["urn:a:e"], "minimumLevel": "NLQF 4"});
    let text = programme_text(
        &[("a", 10.0, "x")],
        &json!({"id": "free", "credits": {"atLeast": 20, "from": {"free": [{"fits": fits}]}}}),
    );
    let told = |letter: &str| case.check(&text, &[case.badge(letter)], &[]).unwrap().requirements.state;
    assert_eq!(told("q"), State::Open);
    assert_eq!(because(&told("e")), "it states no level, and NLQF 4 is asked");
    assert_eq!(
        case.refusal(&text, &[case.badge("e")], &slot("free"), &["urn:b:e"]),
        "line 1: urn:b:e of School does not fit free slot 0 of \"free\": it states no level, and NLQF 4 is asked"
    );
}

#[test]
fn a_free_slot_of_hours_tells_whole_hours() {
    let case = Case::new();
    let free = json!([{"fits": {"achievement": ["urn:a:e"]}}]);
    let text =
        programme_text(&[("a", 10.0, "x")], &json!({"id": "work", "hours": {"atLeast": 400, "from": {"free": free}}}));
    let progress = case.check(&text, &[case.worked("e", 150)], &[(slot("work"), &["urn:b:e"])]).unwrap();
    let slot = &progress.requirements.slots[0];
    assert_eq!((slot.credits, slot.by[0].worth()), (Credits::whole(150), Credits::whole(150)));
}

#[test]
fn each_of_two_blocked_parts_is_blocked_by_its_own() {
    let case = Case::new();
    let mut text = programme_text(&[("a", 1.0, "x"), ("b", 1.0, "x")], &json!({"all": [{"part": "a"}, {"part": "b"}]}));
    text["parts"][0]["ways"][0]["all"][0]["minimumLevel"] = json!("NLQF 3");
    text["parts"][1]["ways"][0]["all"][0]["minimumLevel"] = json!("NLQF 4");
    let progress = case.check(&text, &[case.badge("a"), case.badge("b")], &[]).unwrap();
    let told: Vec<String> = progress.parts.iter().map(|part| because(&part.state)).collect();
    assert_eq!(told, ["it states no level, and NLQF 3 is asked", "it states no level, and NLQF 4 is asked"]);
}

#[test]
fn a_held_award_is_told_as_an_award() {
    let case = Case::new();
    let asked = json!({"id": "held", "award": {"achievement": ["urn:a:h"]}});
    let text = programme_text(&[("a", 10.0, "x")], &asked);
    let wallet = case.wallet(&[case.badge("h")]);
    let programme = case.programme(&text);
    let plan = wallet.find(&case.world, &programme).plan;
    let RequirementProgress { asks, state, .. } = wallet.check(&case.world, &programme, &plan).unwrap().requirements;
    let Asks::Award(by) = asks else { panic!("{asks:?}") };
    assert_eq!((by.len(), by[0].credential().id.as_str(), state), (1, "urn:b:h", State::Met));
}

#[test]
fn an_alternative_that_is_met_goes_before_one_that_is_under_way() {
    let case = Case::new();
    let text = programme_text(
        &[("a", 1.0, "x"), ("b", 1.0, "x"), ("c", 1.0, "x"), ("d", 1.0, "x"), ("e", 1.0, "x"), ("f", 1.0, "x")],
        &json!({"any": [
            {"part": "a"},
            {"all": [{"part": "b"}, {"part": "c"}]},
            {"all": [{"part": "d"}, {"part": "e"}, {"part": "f"}]}
        ]}),
    );
    let badges = ["a", "b", "c", "d", "e", "f"].map(|letter| case.badge(letter));
    let told = |fills: &[(Target, &[&str])]| case.check(&text, &badges, fills).unwrap().requirements.state;
    let (b, d) = ((part("b"), &["urn:b:b"][..]), (part("d"), &["urn:b:d"][..]));
    assert_eq!(told(&[(part("a"), &["urn:b:a"]), b.clone()]), State::Met);
    assert_eq!(told(&[b, d]), State::Partly(Done::Parts { have: 1, need: 2 }));
}

#[test]
fn a_credential_that_adds_no_outcome_is_superfluous() {
    let case = Case::new();
    let mut text = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
    text["parts"][0]["ways"] = json!([{"outcomes": {"of": ["urn:o:1", "urn:o:2", "urn:o:3"]}}]);
    let badges = [
        case.covering("a", &["urn:o:1", "urn:o:2"]),
        case.covering("b", &["urn:o:2", "urn:o:3"]),
        case.covering("c", &["urn:o:2"]),
    ];
    let refused = |by: &[&str]| match case.check(&text, &badges, &[(part("a"), by)]) {
        Err(PlanError::Superfluous { credential, .. }) => Some(credential.id.to_string()),
        other => other.map(|progress| assert!(progress.complete)).map(|()| None).unwrap(),
    };
    assert_eq!(refused(&["urn:b:a", "urn:b:b"]), None);
    assert_eq!(refused(&["urn:b:a", "urn:b:b", "urn:b:c"]), Some("urn:b:c".to_owned()));
}

#[test]
fn a_credential_that_covers_an_outcome_and_does_not_fit_says_why() {
    let case = Case::new();
    let mut text = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
    text["parts"][0]["ways"] = json!([{"outcomes": {"of": ["urn:o:1"], "fits": {"minimumLevel": "NLQF 4"}}}]);
    let refused = |outcome: &str| case.refusal(&text, &[case.covering("a", &[outcome])], &part("a"), &["urn:b:a"]);
    let line = "line 1: urn:b:a of School does not fit part \"a\" (way 0): ";
    assert_eq!(refused("urn:o:1"), format!("{line}it states no level, and NLQF 4 is asked"));
    assert_eq!(refused("urn:o:2"), format!("{line}nothing in this programme asks for it"));
}

#[test]
fn a_decision_about_the_same_edition_with_other_rules_exempts_from_nothing() {
    let case = Case::new();
    let mut text = programme_text(&[("a", 10.0, "x")], &json!({"part": "a"}));
    text["decidedBy"] = json!([case.school.did()]);
    let programme = case.programme(&text);
    text["parts"][0]["credits"] = json!(1.0);
    let other = case.programme(&text);
    let mut wallet = case.wallet(&[]);
    wallet.decisions = vec![case.world.decision(&case.school, "urn:d:1", HOLDER, &other, &["a"], &[])];
    let found = wallet.find(&case.world, &programme);
    assert!(!found.progress.complete);
    let told = "the decision is about edition \"2026\" with other rules than these";
    assert_eq!(found.progress.unused[0].why.to_string(), told);
    let target = Target::Exemption { id: "a".to_owned() };
    let plan = Plan { fills: vec![Fill { target, by: vec![wallet.decisions[0].reference()] }], ..found.plan };
    assert!(wallet.check(&case.world, &programme, &plan).unwrap_err().to_string().ends_with(told));
}

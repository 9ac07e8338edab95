//! Is a plan that claims more than its credentials show refused, with the line that fails?

use crate::support::{HOLDER, Issuer, Wallet, World, badge_text, programme_text};
use serde_json::json;
use stapel_credential::{Ask, CredentialRef, Fill, Plan, ProgrammeCredential, Target};
use stapel_verifier::Verified;

struct Desk {
    world: World,
    school: Issuer,
    programme: Verified<ProgrammeCredential>,
    wallet: Wallet,
    plan: Plan,
}

/// Two parts, a choice of at most one of two electives, and a free slot; a badge for each.
fn desk() -> Desk {
    let (body, school, board) = (Issuer::new(1), Issuer::new(3), Issuer::new(4));
    let world = World::pinning(&[&body, &school, &board]);
    let requirement = json!({"all": [
        {"part": "a"}, {"part": "b"},
        {"id": "elective", "choose": {"atLeast": 1, "atMost": 1, "of": [{"part": "c"}, {"part": "d"}]}},
        {"id": "free", "credits": {"atLeast": 20, "from": {"free": [{"fits": {"achievement": ["urn:a:e"]}}]}}}
    ]});
    let parts = [("a", 10.0, "x"), ("b", 10.0, "x"), ("c", 10.0, "y"), ("d", 10.0, "y"), ("z", 10.0, "z")];
    let mut text = programme_text(&parts, &requirement);
    text["decidedBy"] = json!([board.did()]);
    text["parts"][1]["ways"] =
        json!([{"all": [{"achievement": ["urn:a:b"]}, {"achievement": ["urn:a:b2"], "minimumLevel": "NLQF 4"}]}]);
    let programme = world.programme(&body, &text);
    let badge = |letter: &str| {
        let mut text = badge_text(&school, &format!("urn:b:{letter}"), &format!("urn:a:{letter}"));
        text["credentialSubject"]["creditsEarned"] = json!(15);
        text["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
        text["credentialSubject"]["achievement"]["alignment"] = json!({
            "type": "Alignment", "targetName": "NLQF 4", "targetUrl": "https://example.org/nlqf/4",
            "targetType": "ext:QualificationLevel", "targetFramework": "NLQF", "targetCode": "4"
        });
        world.badge(&school, &text)
    };
    let mut wallet = Wallet::new(["a", "b", "b2", "c", "d", "e"].map(badge).to_vec());
    let mut friends = badge_text(&school, "urn:b:friend", "urn:a:a");
    friends["credentialSubject"]["id"] = json!("did:example:friend");
    wallet.credentials.push(world.badge(&school, &friends));
    wallet.credentials.push(world.badge(&school, &badge_text(&school, "urn:b:a-again", "urn:a:a")));
    wallet.decisions.push(world.decision(&board, "urn:d:1", HOLDER, &programme, &["a"], &[]));
    wallet.decisions.push(world.decision(&school, "urn:d:2", HOLDER, &programme, &["b"], &[]));
    let plan = wallet.find(&world, &programme).plan;
    Desk { world, school, programme, wallet, plan }
}

impl Desk {
    fn reference(&self, id: &str) -> CredentialRef {
        CredentialRef { issuer: self.school.did().parse().unwrap(), id: id.parse().unwrap() }
    }

    fn fill(&self, target: Target, by: &[&str]) -> Fill {
        Fill { target, by: by.iter().map(|id| self.reference(id)).collect() }
    }

    fn refusal(&self, fills: Vec<Fill>) -> String {
        let plan = Plan { fills, ..self.plan.clone() };
        let error = self.wallet.check(&self.world, &self.programme, &plan).unwrap_err();
        error.to_string().replace(&self.school.did(), "School")
    }
}

fn part(id: &str) -> Target {
    Target::Part { id: id.to_owned(), way: 0 }
}

fn slot(slot: usize) -> Target {
    Target::Slot { requirement: "free".to_owned(), slot }
}

#[test]
fn the_plan_that_was_found_is_ordered_by_target() {
    let desk = desk();
    let targets: Vec<String> = desk.plan.fills.iter().map(|fill| fill.target.to_string()).collect();
    assert_eq!(
        targets,
        ["part \"b\" (way 0)", "part \"c\" (way 0)", "free slot 0 of \"free\"", "exemption from part \"a\""]
    );
    assert_eq!(
        serde_json::to_value(&desk.plan).unwrap(),
        json!({
            "programme": {"id": "urn:example:programme", "edition": "2026", "digest": desk.programme.digest()},
            "ask": {"award": "diploma"},
            "fills": [
                {"target": {"part": {"id": "b", "way": 0}}, "by": [desk.reference("urn:b:b"), desk.reference("urn:b:b2")]},
                {"target": {"part": {"id": "c", "way": 0}}, "by": [desk.reference("urn:b:c")]},
                {"target": {"slot": {"requirement": "free", "slot": 0}}, "by": [desk.reference("urn:b:e")]},
                {"target": {"exemption": {"id": "a"}}, "by": [desk.wallet.decisions[0].reference()]}
            ]
        })
    );
}

#[test]
fn a_target_must_exist_and_be_asked_for() {
    let desk = desk();
    let refused = |target| desk.refusal(vec![desk.fill(part("c"), &["urn:b:c"]), desk.fill(target, &["urn:b:a"])]);
    assert_eq!(refused(part("q")), "line 2: nothing that is asked is called part \"q\" (way 0)");
    assert_eq!(refused(part("z")), "line 2: nothing that is asked is called part \"z\" (way 0)");
    let way = Target::Part { id: "a".to_owned(), way: 1 };
    assert_eq!(refused(way), "line 2: nothing that is asked is called part \"a\" (way 1)");
    assert_eq!(refused(slot(1)), "line 2: nothing that is asked is called free slot 1 of \"free\"");
    let exemption = Target::Exemption { id: "z".to_owned() };
    assert_eq!(refused(exemption), "line 2: nothing that is asked is called exemption from part \"z\"");
}

#[test]
fn a_target_is_filled_once() {
    let desk = desk();
    let twice = vec![desk.fill(part("a"), &["urn:b:a"]), desk.fill(part("a"), &["urn:b:c"])];
    assert_eq!(desk.refusal(twice), "line 2: part \"a\" (way 0) is filled already, on line 1");
    let mut both = vec![desk.fill(part("a"), &["urn:b:a"])];
    both.push(Fill {
        target: Target::Exemption { id: "a".to_owned() },
        by: vec![desk.wallet.decisions[0].reference()],
    });
    assert_eq!(desk.refusal(both), "line 2: exemption from part \"a\" is filled already, on line 1");
}

#[test]
fn a_credential_counts_once() {
    let desk = desk();
    let twice = vec![desk.fill(part("c"), &["urn:b:c"]), desk.fill(part("b"), &["urn:b:b", "urn:b:c"])];
    assert_eq!(desk.refusal(twice), "line 2: urn:b:c of School counts already, on line 1");
    let copy = vec![desk.fill(part("a"), &["urn:b:a"]), desk.fill(part("c"), &["urn:b:a-again"])];
    assert_eq!(
        desk.refusal(copy),
        "line 2: urn:b:a-again of School is the same badge as urn:b:a of School on line 1, and a badge counts once"
    );
}

#[test]
fn a_credential_must_be_there_and_fit() {
    let desk = desk();
    let refused = |target, by: &[&str]| desk.refusal(vec![desk.fill(target, by)]);
    assert_eq!(
        refused(part("a"), &["urn:b:nowhere"]),
        "line 1: urn:b:nowhere of School is not among the verified credentials"
    );
    assert_eq!(
        refused(part("a"), &["urn:b:c"]),
        "line 1: urn:b:c of School does not fit part \"a\" (way 0): nothing in this programme asks for it"
    );
    assert_eq!(
        refused(part("a"), &["urn:b:friend"]),
        "line 1: urn:b:friend of School does not fit part \"a\" (way 0): it is about did:example:friend, not about the holder"
    );
    assert_eq!(
        refused(slot(0), &["urn:b:c"]),
        "line 1: urn:b:c of School does not fit free slot 0 of \"free\": nothing in this programme asks for it"
    );
}

#[test]
fn as_many_credentials_as_the_way_asks() {
    let desk = desk();
    let refused = |target, by: &[&str]| desk.refusal(vec![desk.fill(target, by)]);
    assert_eq!(
        refused(part("b"), &["urn:b:b"]),
        "line 1: part \"b\" (way 0) takes 2 credentials, and the plan names 1"
    );
    assert_eq!(
        refused(part("a"), &["urn:b:a", "urn:b:c"]),
        "line 1: part \"a\" (way 0) takes 1 credential, and the plan names 2"
    );
    assert_eq!(
        refused(slot(0), &[]),
        "line 1: free slot 0 of \"free\" takes at least 1 credential, and the plan names 0"
    );
    assert_eq!(
        refused(Target::Exemption { id: "a".to_owned() }, &[]),
        "line 1: exemption from part \"a\" takes 1 decision, and the plan names 0"
    );
}

#[test]
fn no_more_of_a_choice_than_may_count() {
    let desk = desk();
    let both = vec![desk.fill(part("c"), &["urn:b:c"]), desk.fill(part("d"), &["urn:b:d"])];
    assert_eq!(desk.refusal(both), "line 2: part \"d\" (way 0) is one too many: at most 1 of elective count");
}

#[test]
fn only_an_examination_board_exempts() {
    let desk = desk();
    let exempt = |part: &str, by: CredentialRef| {
        desk.refusal(vec![Fill { target: Target::Exemption { id: part.to_owned() }, by: vec![by] }])
    };
    assert_eq!(
        exempt("b", desk.wallet.decisions[1].reference()),
        "line 1: urn:d:2 of School does not fit exemption from part \"b\": \
         School was no examination board on 2026-06-30 and is not named in the programme's decidedBy"
    );
    assert_eq!(
        exempt("b", desk.reference("urn:b:b")),
        "line 1: urn:b:b of School is not among the verified credentials"
    );
    let board = Issuer::new(4).did();
    assert_eq!(
        exempt("b", desk.wallet.decisions[0].reference()).replace(&board, "Board"),
        "line 1: urn:d:1 of Board does not fit exemption from part \"b\": nothing in this programme asks for it"
    );
}

#[test]
fn a_plan_for_other_rules_is_refused() {
    let desk = desk();
    let check = |plan: &Plan| desk.wallet.check(&desk.world, &desk.programme, plan).unwrap_err().to_string();
    let mut plan = desk.plan.clone();
    plan.programme.id = "urn:example:other".parse().unwrap();
    assert_eq!(check(&plan), "the plan is about urn:example:other, not about urn:example:programme");
    let mut plan = desk.plan.clone();
    plan.programme.edition = "2025".to_owned();
    assert_eq!(check(&plan), "the plan is about edition \"2025\", not about \"2026\"");
    let mut plan = desk.plan.clone();
    plan.programme.digest = desk.wallet.credentials[0].digest();
    assert_eq!(
        check(&plan),
        format!(
            "the plan was made for rules with digest {}, but the rules at hand have {}",
            plan.programme.digest,
            desk.programme.digest()
        )
    );
    let mut plan = desk.plan.clone();
    plan.ask = Ask::Award(None);
    assert_eq!(check(&plan), "the plan does not say which award it is about; the programme leads to one");
    plan.ask = Ask::Award(Some("master".to_owned()));
    assert_eq!(check(&plan), "urn:example:programme has no award \"master\"");
}

#[test]
fn an_empty_plan_claims_nothing() {
    let desk = desk();
    let plan = Plan { fills: Vec::new(), ..desk.plan.clone() };
    let progress = desk.wallet.check(&desk.world, &desk.programme, &plan).unwrap();
    assert_eq!((progress.complete, progress.requirements_met, progress.credentials_used), (false, 0, 0));
    assert!(progress.parts.iter().all(|part| part.by.is_empty()));
}

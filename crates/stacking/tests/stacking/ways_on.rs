//! What is missing, who offers it, what if it were there, and which awards are near?

use serde_json::{Value, json};
use stapel_credential::{Achievement, Credits, Question};
use stapel_stacking::{Budget, Offering, Step, WayOn, nearest, ways_on, what_if};

use crate::support::{HOLDER, Issuer, Wallet, World, badge_text, now, programme_text};

struct Case {
    world: World,
    body: Issuer,
    school: Issuer,
    board: Issuer,
}

impl Case {
    fn new() -> Self {
        let (body, school, board) = (Issuer::new(1), Issuer::new(3), Issuer::new(4));
        let entry = |issuer: &Issuer, kind: &str| json!({"did": issuer.did(), "name": kind, "kind": kind, "from": "2020-01-01"});
        let entries = json!([entry(&body, "sector"), entry(&school, "mbo"), entry(&board, "examination-board")]);
        Self { world: World::with_list(&entries), body, school, board }
    }

    fn wallet(&self, achievements: &[&str]) -> Wallet {
        let badge = |id: &&str| {
            self.world.badge(&self.school, &badge_text(&self.school, &format!("urn:b:{id}"), &format!("urn:a:{id}")))
        };
        Wallet::new(achievements.iter().map(badge).collect())
    }

    fn offers(&self, id: &str, credits: u32) -> Offering {
        let text = json!({
            "id": format!("urn:a:{id}"), "type": ["Achievement"], "name": format!("Module {id}"), "description": "A module.",
            "criteria": {"narrative": "Pass."}, "creditsAvailable": credits, "creditUnit": "SBU"
        });
        let achievement: Achievement = serde_json::from_value(text).unwrap();
        Offering { issuer: self.school.did().parse().unwrap(), name: "School".to_owned(), achievement }
    }

    fn ways(&self, text: &Value, wallet: &Wallet, offerings: &[Offering]) -> Vec<WayOn> {
        let programme = self.world.programme(&self.body, text);
        let (holdings, question) = (wallet.holdings(), Question::progress(None));
        ways_on(&programme, &question, &holdings, &self.world.trust, now(), Budget::default(), offerings).unwrap()
    }
}

/// Each step by its id and what it adds.
fn told(ways: &[WayOn]) -> Vec<Vec<String>> {
    let step = |step: &Step| match step {
        Step::Part { id, offered_by, .. } => {
            let by: Vec<&str> = offered_by.iter().map(|by| by.title.as_str()).collect();
            format!("{id} ({})", by.join(", "))
        }
        Step::Credits { requirement, credits, offered_by, .. } => {
            let by: Vec<&str> = offered_by.iter().map(|by| by.title.as_str()).collect();
            format!("{credits} in {requirement} ({})", by.join(", "))
        }
        Step::Hours { requirement, hours } => format!("{} hours in {requirement}", hours.0),
        Step::Limit { limit, credits, .. } => format!("{credits} under {limit}"),
        other => format!("{other:?}"),
    };
    ways.iter().map(|way| way.steps.iter().map(step).collect()).collect()
}

#[test]
fn the_shortest_way_on_comes_first_with_who_offers_it() {
    let case = Case::new();
    let text = programme_text(
        &[("a", 10.0, "g"), ("b", 20.0, "g"), ("c", 5.0, "g"), ("d", 8.0, "g")],
        &json!({"all": [{"part": "a"}, {"part": "b"}, {"any": [{"part": "c"}, {"part": "d"}]}]}),
    );
    let ways = case.ways(&text, &case.wallet(&["a"]), &[case.offers("b", 20), case.offers("d", 8)]);
    assert_eq!(told(&ways), [vec!["b (Module b)", "c ()"], vec!["b (Module b)", "d (Module d)"]]);
    assert_eq!(ways[0].credits, Credits::whole(25));
}

#[test]
fn what_a_part_adds_counts_in_a_pool_too() {
    let case = Case::new();
    let text = programme_text(
        &[("a", 10.0, "g"), ("b", 20.0, "g"), ("c", 5.0, "g")],
        &json!({"all": [{"id": "total", "credits": {"atLeast": 30, "from": {"group": ["g"]}}}, {"part": "b"}]}),
    );
    assert_eq!(told(&case.ways(&text, &case.wallet(&["a"]), &[])), [vec!["b ()"]]);
    assert_eq!(told(&case.ways(&text, &case.wallet(&["b"]), &[])), [vec!["a ()"]]);
    assert_eq!(told(&case.ways(&text, &case.wallet(&["a", "b"]), &[])), Vec::<Vec<String>>::new());
}

#[test]
fn free_credits_hours_and_limits_from_below_are_told() {
    let case = Case::new();
    let free = json!({"fits": {"issuer": [case.school.did()]}});
    let mut text = programme_text(
        &[("a", 10.0, "g")],
        &json!({"all": [
            {"part": "a"},
            {"id": "free", "credits": {"atLeast": 12, "from": {"free": [free]}}},
            {"id": "work", "hours": {"atLeast": 400, "from": {"group": ["g"]}}}
        ]}),
    );
    text["awards"][0]["limits"] = json!([{"id": "own", "of": {"issuer": [case.body.did()]}, "atLeast": 5}]);
    let ways = case.ways(&text, &case.wallet(&["a"]), &[case.offers("elective", 12)]);
    // The new credits may be those of the body itself.
    assert_eq!(told(&ways), [vec!["12 in free (Module elective)", "400 hours in work"]]);
    text["awards"][0]["limits"] = json!([{"id": "own", "of": {"issuer": [case.body.did()]}, "atLeast": 20}]);
    let ways = case.ways(&text, &case.wallet(&["a"]), &[]);
    assert_eq!(told(&ways), [vec!["12 in free ()", "400 hours in work", "8 under own"]]);
}

#[test]
fn a_planned_module_shows_what_it_would_change_and_counts_for_nothing() {
    let case = Case::new();
    let text = programme_text(&[("a", 10.0, "g"), ("b", 20.0, "g")], &json!({"all": [{"part": "a"}, {"part": "b"}]}));
    let programme = case.world.programme(&case.body, &text);
    let wallet = case.wallet(&["a"]);
    let question = Question::progress(None);
    let planned = [case.offers("b", 20)];
    let (holdings, budget) = (wallet.holdings(), Budget::default());
    let changed = what_if(&programme, &question, &holdings, &planned, &case.world.trust, now(), budget).unwrap();
    assert!(!changed.before.complete && changed.after.complete);
    assert_eq!((changed.shown, changed.given_up), (vec!["b".to_owned()], Vec::new()));
    assert!(!wallet.find(&case.world, &programme).progress.complete);
}

#[test]
fn a_planned_module_is_no_news_to_a_part_that_a_decision_exempts_from() {
    let case = Case::new();
    let parts = [("a", 10.0, "g"), ("b", 20.0, "g")];
    let programme =
        case.world.programme(&case.body, &programme_text(&parts, &json!({"all": [{"part": "a"}, {"part": "b"}]})));
    let mut wallet = case.wallet(&[]);
    wallet.decisions = vec![case.world.decision(&case.board, "urn:d:1", HOLDER, &programme, &["a"], &[])];
    let question = Question::progress(None);
    let planned = [case.offers("b", 20)];
    let (holdings, budget) = (wallet.holdings(), Budget::default());
    let changed = what_if(&programme, &question, &holdings, &planned, &case.world.trust, now(), budget).unwrap();
    assert!(changed.after.complete);
    assert_eq!((changed.shown, changed.given_up), (vec!["b".to_owned()], Vec::new()));
}

#[test]
fn the_nearest_award_comes_first_and_what_cannot_be_counted_is_named() {
    let case = Case::new();
    let programme = |id: &str, requirement: &Value| {
        let mut text = programme_text(&[("a", 10.0, "g"), ("b", 20.0, "g"), ("z", 1.0, "g")], requirement);
        text["id"] = json!(id);
        case.world.programme(&case.body, &text)
    };
    let both = json!({"all": [{"part": "a"}, {"part": "b"}]});
    let far = programme("urn:p:untouched", &json!({"part": "z"}));
    let half = programme("urn:p:half", &both);
    let done = programme("urn:p:done", &json!({"part": "a"}));
    let broken = programme("urn:p:broken", &json!({"part": "nothing"}));
    let wallet = case.wallet(&["a"]);
    let all = [far, half, broken, done];
    let (near, passed_over) = nearest(&all, &wallet.holdings(), &case.world.trust, now(), Budget::default());
    let ids: Vec<&str> = near.iter().map(|near| near.programme.id.as_str()).collect();
    assert_eq!(ids, ["urn:p:done", "urn:p:half", "urn:p:untouched"]);
    assert_eq!((near[1].requirements_met, near[1].requirements_asked), (1, 2));
    assert_eq!(passed_over[0].programme.id.as_str(), "urn:p:broken");
    assert_eq!(wallet.holder.as_str(), HOLDER);
}

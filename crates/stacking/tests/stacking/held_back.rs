//! Does a part say so that stays open only because a limit holds back what would show it?

use serde_json::{Value, json};
use stapel_credential::{Credits, ProgrammeCredential};
use stapel_stacking::{Found, State, WhyUnused};
use stapel_verifier::Verified;

use crate::support::{HOLDER, Issuer, Wallet, World, badge_text, programme_text};

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

    /// Two parts of 10 credits, both asked, under this limit.
    fn programme(&self, limit: &Value) -> Verified<ProgrammeCredential> {
        let asked = json!({"all": [{"part": "a"}, {"part": "b"}]});
        let mut text = programme_text(&[("a", 10.0, "x"), ("b", 10.0, "x")], &asked);
        text["awards"][0]["limits"] = json!([limit]);
        self.world.programme(&self.body, &text)
    }

    fn wallet(&self, parts: &[&str]) -> Wallet {
        let badge = |part: &&str| {
            let text = badge_text(&self.school, &format!("urn:b:{part}"), &format!("urn:a:{part}"));
            self.world.badge(&self.school, &text)
        };
        Wallet::new(parts.iter().map(badge).collect())
    }
}

fn exempt_at_most(credits: u32) -> Value {
    json!({"id": "exempt", "of": {"exemption": true}, "atMost": credits})
}

/// Of each part that is blocked: its id, the id of what comes closest, and why it cannot count.
fn blocked(found: &Found) -> Vec<(&str, &str, &WhyUnused)> {
    let parts = found.progress.parts.iter();
    let blocked = parts.filter_map(|part| match &part.state {
        State::Blocked { credential, why } => Some((part.id.as_str(), credential.id.as_str(), why)),
        _ => None,
    });
    blocked.collect()
}

#[test]
fn a_part_whose_exemption_a_limit_holds_back_is_blocked_by_it() {
    let case = Case::new();
    let programme = case.programme(&exempt_at_most(10));
    let mut wallet = case.wallet(&[]);
    wallet.decisions = vec![case.world.decision(&case.board, "urn:d:1", HOLDER, &programme, &["a", "b"], &[])];
    let found = wallet.find(&case.world, &programme);
    let why = WhyUnused::CreditLimit { limit: "exempt".to_owned(), at_most: Credits::whole(10) };
    assert_eq!(blocked(&found).len(), 1, "{:?}", found.progress.parts);
    let (_, credential, because) = blocked(&found)[0];
    assert_eq!((credential, because), ("urn:d:1", &why));
    assert_eq!(because.to_string(), "at most 10 credits of exempt count");
    assert_eq!(found.progress.unused, [], "the decision counts for the other part");
}

#[test]
fn a_decision_that_counts_for_nothing_because_of_a_limit_says_so() {
    let case = Case::new();
    let programme = case.programme(&exempt_at_most(5));
    let mut wallet = case.wallet(&["a"]);
    wallet.decisions = vec![case.world.decision(&case.board, "urn:d:1", HOLDER, &programme, &["b"], &[])];
    let found = wallet.find(&case.world, &programme);
    let why = WhyUnused::CreditLimit { limit: "exempt".to_owned(), at_most: Credits::whole(5) };
    assert_eq!(blocked(&found), [("b", "urn:d:1", &why)]);
    let unused: Vec<_> = found.progress.unused.iter().map(|unused| (unused.near.as_deref(), &unused.why)).collect();
    assert_eq!(unused, [(Some("b"), &why)]);
}

#[test]
fn a_part_whose_badge_a_limit_holds_back_is_blocked_by_it() {
    let case = Case::new();
    let limit = json!({"id": "outside", "of": {"issuer": [case.school.did()]}, "atMost": 10});
    let found = case.wallet(&["a", "b"]).find(&case.world, &case.programme(&limit));
    let why = WhyUnused::CreditLimit { limit: "outside".to_owned(), at_most: Credits::whole(10) };
    assert_eq!(found.progress.requirements_met, 1);
    let blocked = blocked(&found);
    assert_eq!(blocked.len(), 1);
    assert_eq!(blocked[0].1, format!("urn:b:{}", blocked[0].0));
    assert_eq!(blocked[0].2, &why);
}

#[test]
fn a_part_that_a_limit_would_let_count_is_open_and_not_blocked() {
    let case = Case::new();
    let asked = json!({"any": [{"part": "a"}, {"part": "b"}]});
    let mut text = programme_text(&[("a", 10.0, "x"), ("b", 10.0, "x")], &asked);
    text["awards"][0]["limits"] = json!([exempt_at_most(10)]);
    let programme = case.world.programme(&case.body, &text);
    let mut wallet = case.wallet(&["a", "b"]);
    wallet.decisions = vec![case.world.decision(&case.board, "urn:d:1", HOLDER, &programme, &["b"], &[])];
    let found = wallet.find(&case.world, &programme);
    assert!(found.progress.complete);
    assert_eq!(blocked(&found), [], "it is not needed, and nothing holds it back");
}

//! Is a programme that contradicts itself refused, with every mistake at once and a sentence for each?

use crate::support::{Issuer, Wallet, World, programme_text};
use serde_json::{Value, json};
use stapel_credential::Programme;
use stapel_stacking::Rules;

fn errors(text: &Value) -> Vec<String> {
    let programme: Programme = serde_json::from_value(text.clone()).unwrap();
    Rules::read(&programme).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

fn errors_of(requirement: &Value) -> Vec<String> {
    errors(&programme_text(&[("a", 10.0, "x"), ("b", 20.0, "x"), ("c", 30.0, "y")], requirement))
}

#[test]
fn rules_that_hold_together_are_read() {
    let requirement = json!({"all": [
        {"part": "a"},
        {"any": [{"part": "b"}, {"part": "c"}]},
        {"choose": {"atLeast": 1, "atMost": 2, "of": [{"part": "b"}, {"part": "c"}]}},
        {"id": "free", "credits": {"atLeast": 60, "from": {"group": ["x", "y"]}}}
    ]});
    assert_eq!(errors_of(&requirement), Vec::<String>::new());
}

#[test]
fn what_is_named_must_exist() {
    let requirement = json!({"all": [
        {"part": "d"},
        {"id": "pool", "credits": {"atLeast": 1, "from": {"group": ["z"], "part": ["e"]}}}
    ]});
    assert_eq!(
        errors_of(&requirement),
        [
            "$.awards[0].requirement.all[0].part: there is no part \"d\"; write the id of one of the parts",
            "$.awards[0].requirement.all[1].credits.from.group[0]: no part belongs to group \"z\"; \
             write the group of one of the parts",
            "$.awards[0].requirement.all[1].credits.from.part[0]: there is no part \"e\"; write the id of one of the parts",
        ]
    );
}

#[test]
fn a_choice_must_be_possible() {
    let of = json!([{"part": "a"}, {"part": "b"}]);
    let requirement = json!({"all": [
        {"choose": {"atLeast": 3, "of": of}},
        {"choose": {"atLeast": 2, "atMost": 1, "of": of}},
        {"choose": {"atLeast": 0, "of": of}},
        {"choose": {"atLeast": 0, "atMost": 1, "of": of}},
        {"any": []}
    ]});
    assert_eq!(
        errors_of(&requirement),
        [
            "$.awards[0].requirement.all[0].choose: 3 must be chosen of 2; lower atLeast or list more",
            "$.awards[0].requirement.all[1].choose: at least 2 and at most 1 cannot both hold; raise atMost or lower atLeast",
            "$.awards[0].requirement.all[2].choose: at least 0 asks for nothing; raise atLeast or leave the rule out",
            "$.awards[0].requirement.all[4].any: the list is empty; name at least one, or leave the rule out",
        ]
    );
}

#[test]
fn a_pool_must_be_able_to_hold_what_it_asks() {
    let slot = json!({"fits": {"issuer": ["did:web:school.example"]}, "atMost": 5});
    let requirement = json!({"all": [
        {"id": "small", "credits": {"atLeast": 60.5, "from": {"group": ["x", "y"]}}},
        {"credits": {"atLeast": 5, "from": {"free": [slot]}}},
        {"id": "slot", "credits": {"atLeast": 36, "from": {"group": ["x"], "free": [slot]}}},
        {"id": "none", "credits": {"atLeast": 0, "from": {"group": ["x"]}}},
        {"id": "empty", "credits": {"atLeast": 1, "from": {}}}
    ]});
    assert_eq!(
        errors_of(&requirement),
        [
            "$.awards[0].requirement.all[0].credits: 60.5 credits are asked, but the pool holds at most 60; \
             lower atLeast or add to the pool",
            "$.awards[0].requirement.all[1].credits: a credits requirement with free slots needs an id, \
             since plans name it; give it one",
            "$.awards[0].requirement.all[2].credits: 36 credits are asked, but the pool holds at most 35; \
             lower atLeast or add to the pool",
            "$.awards[0].requirement.all[3].credits: at least 0 asks for nothing; raise atLeast or leave the rule out",
            "$.awards[0].requirement.all[4].credits.from: the list is empty; name at least one, or leave the rule out",
        ]
    );
}

#[test]
fn ids_stand_once() {
    let mut text = programme_text(
        &[("a", 1.0, "x"), ("a", 1.0, "x"), ("", 1.0, "x")],
        &json!({"id": "r", "all": [{"id": "r", "part": "a"}]}),
    );
    let again = text["awards"][0].clone();
    text["awards"].as_array_mut().unwrap().push(again);
    assert_eq!(
        errors(&text),
        [
            "$.parts[1].id: the id \"a\" stands twice; give each its own",
            "$.parts[2].id: the id is empty; give it a short name such as \"b1-k1-w1\"",
            "$.awards[0].requirement.all[0].id: the id \"r\" stands twice; give each its own",
            "$.awards[1].id: the id \"diploma\" stands twice; give each its own",
            "$.awards[1].requirement.all[0].id: the id \"r\" stands twice; give each its own",
        ]
    );
}

#[test]
fn a_match_must_say_what_it_wants() {
    let mut text = programme_text(
        &[("a", 1.0, "x")],
        &json!({"all": [
            {"id": "p", "credits": {"atLeast": 1, "from": {"free": [{"fits": {"kind": ["microcredential"]}}]}}}
        ]}),
    );
    text["parts"][0]["ways"] = json!([
        {"all": [{"issuer": ["did:web:school.example"]}]},
        {"all": [{"code": ["code:ZORG-1"]}]},
        {"all": []}
    ]);
    assert_eq!(
        errors(&text),
        [
            "$.parts[0].ways[0].all[0]: every badge would fit; name an achievement or a code",
            "$.parts[0].ways[1].all[0].code[0]: code:ZORG-1 is an issuer's own code and means nothing without its issuer; \
             name the issuer too",
            "$.parts[0].ways[2].all: the list is empty; name at least one, or leave the rule out",
            "$.awards[0].requirement.all[0].credits.from.free[0].fits: every badge would fit; \
             name an achievement or a code, or at least the issuers",
        ]
    );
}

#[test]
fn entry_must_end_after_it_starts() {
    let mut text = programme_text(&[("a", 1.0, "x")], &json!({"part": "a"}));
    text["enterFrom"] = json!("2026-08-01");
    text["enterUntil"] = json!("2026-08-01");
    assert_eq!(
        errors(&text),
        ["$.enterUntil: entry ends on 2026-08-01, which is not after its start on 2026-08-01; correct one of the days"]
    );
}

#[test]
fn a_signed_programme_with_broken_rules_is_not_counted() {
    let body = Issuer::new(1);
    let world = World::pinning(&[&body]);
    let programme = world.programme(&body, &programme_text(&[("a", 1.0, "x")], &json!({"part": "b"})));
    let error =
        Wallet::new(Vec::new()).ask(&world, &programme, &stapel_credential::Question::progress(None)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the rules of urn:example:programme do not hold together: \
         $.awards[0].requirement.part: there is no part \"b\"; write the id of one of the parts"
    );
}

/// Else a learner would sign a programme that asks for what she has.
#[test]
fn a_programme_counts_only_by_who_may_certify_its_award() {
    let (body, learner) = (Issuer::new(1), Issuer::new(9));
    let entry = |issuer: &Issuer, name: &str, mandates: Value| json!({"did": issuer.did(), "name": name, "kind": "mbo", "from": "2020-01-01", "mandates": mandates});
    let honest = json!([{"code": "crebo:25655", "from": "2020-01-01"}]);
    let world = World::with_list(&json!([entry(&body, "SBB", honest), entry(&learner, "Someone", json!([]))]));
    let mut text = programme_text(&[("a", 1.0, "x")], &json!({"part": "a"}));
    text["awards"][0]["code"] = json!("crebo:25655");
    let wallet = Wallet::new(Vec::new());
    let ask = |programme| wallet.ask(&world, programme, &stapel_credential::Question::progress(None));
    let honest = world.programme(&body, &text);
    assert!(ask(&honest).is_ok());
    // A verifier that pins the learner would accept the document; the count asks its own trust again.
    let easy = World::pinning(&[&learner]).programme(&learner, &text);
    assert_eq!(
        ask(&easy).unwrap_err().to_string(),
        format!(
            "{} may not state rules for crebo:25655: by the trust list Register, Someone may not certify crebo:25655 on 2026-01-01",
            learner.did()
        )
    );
}

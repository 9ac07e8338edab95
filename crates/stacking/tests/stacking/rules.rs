//! Is a programme that contradicts itself refused, with every mistake at once and a sentence for each?

use crate::support::{Issuer, Wallet, World, badge_text, programme_text};
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

/// The rules were written before the merger, and the learner is not to be the worse for it.
#[test]
fn a_badge_of_the_successor_counts_where_its_predecessor_is_named_from_the_merger_on() {
    let (body, old, new) = (Issuer::new(1), Issuer::new(2), Issuer::new(3));
    let done = |merged: &str, by: &Issuer, ways: &Value| {
        let entry = |issuer: &Issuer, successors: Value| json!({"did": issuer.did(), "name": "A", "kind": "mbo", "from": "2020-01-01", "successors": successors});
        let into = json!([{"did": new.did(), "from": merged}]);
        let world = World::with_list(&json!([entry(&body, json!([])), entry(&old, into), entry(&new, json!([])),]));
        let mut text = programme_text(&[("a", 1.0, "x")], &json!({"part": "a"}));
        text["parts"][0]["ways"] = ways.clone();
        let programme = world.programme(&body, &text);
        let wallet = Wallet::new(vec![world.badge(by, &badge_text(by, "urn:b:1", "urn:a:a"))]);
        let found = wallet.ask(&world, &programme, &stapel_credential::Question::progress(None)).unwrap();
        matches!(found.progress.parts[0].state, stapel_stacking::State::Met)
    };
    let named = json!([{"all": [{"achievement": ["urn:a:a"], "issuer": [old.did()]}]}]);
    assert!(done("2026-06-30", &old, &named), "its own");
    assert!(done("2026-06-30", &new, &named), "on the day of the merger");
    assert!(!done("2026-07-01", &new, &named), "the day before");
    let other = json!([{"all": [{"achievement": ["urn:a:a"], "issuer": [new.did()]}]}]);
    assert!(!done("2020-01-01", &old, &other), "and not the other way round");
}

/// Parts a and b, changed, in the order of the document.
fn errors_with(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut text =
        programme_text(&[("a", 10.0, "x"), ("b", 20.0, "x")], &json!({"all": [{"part": "a"}, {"part": "b"}]}));
    change(&mut text);
    errors(&text)
}

#[test]
fn a_way_says_one_thing_and_can_be_taken() {
    let outcomes: Vec<String> = (0..65).map(|at| format!("urn:o:{at}")).collect();
    let found = errors_with(|text| {
        text["parts"][0]["ways"] = json!([
            {"all": [{"achievement": ["urn:a:a"]}], "outcomes": {"of": ["urn:o:1"]}},
            {"all": [{"achievement": ["urn:a:a"]}], "covers": ["b"], "supplements": true},
            {"outcomes": {"of": ["urn:o:1", "urn:o:2", "urn:o:1"], "atLeast": 3}},
            {"outcomes": {"of": ["urn:o:1"], "atLeast": 0}},
            {"outcomes": {"of": outcomes}},
            {"outcomes": {"of": [], "fits": {"code": ["code:X"]}}},
            {"all": [{"achievement": ["urn:a:a"]}], "covers": ["b", "b", "a", "z"]}
        ]);
    });
    let unclear = "a way has either all or outcomes, and supplements nothing that it also covers; write one of them";
    assert_eq!(
        found,
        [
            format!("$.parts[0].ways[0]: {unclear}"),
            format!("$.parts[0].ways[1]: {unclear}"),
            "$.parts[0].ways[2].outcomes.atLeast: 3 outcomes are asked of 2; lower atLeast or list more".to_owned(),
            "$.parts[0].ways[3].outcomes.atLeast: at least 0 asks for nothing; raise atLeast or leave the rule out"
                .to_owned(),
            "$.parts[0].ways[4].outcomes.of: 65 outcomes; at most 64 are taken: write several parts or fewer limits"
                .to_owned(),
            "$.parts[0].ways[5].outcomes.of: the list is empty; name at least one, or leave the rule out".to_owned(),
            "$.parts[0].ways[5].outcomes.fits.code[0]: code:X is an issuer's own code and means nothing without its \
             issuer; name the issuer too"
                .to_owned(),
            "$.parts[0].ways[6].covers[1]: the id \"b\" stands twice; give each its own".to_owned(),
            "$.parts[0].ways[6].covers[2]: the id \"a\" stands twice; give each its own".to_owned(),
            "$.parts[0].ways[6].covers[3]: there is no part \"z\"; write the id of one of the parts".to_owned(),
        ]
    );
}

#[test]
fn a_part_must_have_a_way_to_show_it() {
    let found = errors_with(|text| {
        text["parts"][0]["ways"][0]["supplements"] = json!(true);
        text["parts"][0]["noExemption"] = json!(true);
        text["parts"][1]["ways"] = json!([]);
    });
    assert_eq!(
        found,
        [
            "$.parts[0].ways: part \"a\" has no way to show it and no exemption is allowed; add a way",
            "$.parts[1].ways: the list is empty; name at least one, or leave the rule out",
        ]
    );
    let by_transition = errors_with(|text| {
        text["parts"][1]["ways"] = json!([]);
        text["transitions"] = json!([{
            "fromEdition": "2025", "fromParts": ["old"], "shows": ["b"], "ways": [{"all": [{"achievement": ["urn:a:old"]}]}]
        }]);
    });
    assert_eq!(by_transition, Vec::<String>::new());
}

#[test]
fn what_stands_beside_the_parts_must_refer_to_something() {
    let found = errors_with(|text| {
        text["transitions"] = json!([{"fromEdition": "2025", "fromParts": [], "shows": ["z"], "ways": []}]);
        text["equivalences"] = json!([{"codes": ["crebo:25655", "crebo:25655"], "source": "S", "date": "2026-01-01"}]);
        text["conversions"] = json!([{"from": "SBU", "counts": 2, "source": "S"}, {"from": "EC", "counts": 0, "source": "S"}, {"from": "EC", "counts": 1, "per": 0, "source": "S"}]);
        text["repeatable"] = json!([{"issuer": ["did:example:a"]}]);
    });
    let converts =
        "a conversion needs another unit than the programme's and a factor above 0; correct it or leave it out";
    assert_eq!(
        found,
        [
            "$.transitions[0].ways: the list is empty; name at least one, or leave the rule out".to_owned(),
            "$.transitions[0].shows[0]: there is no part \"z\"; write the id of one of the parts".to_owned(),
            "$.equivalences[0].codes: an equivalence needs two codes or more; add the other code".to_owned(),
            format!("$.conversions[0]: {converts}"),
            format!("$.conversions[1]: {converts}"),
            format!("$.conversions[2]: {converts}"),
            "$.repeatable[0]: every badge would fit; name an achievement or a code".to_owned(),
        ]
    );
    let nothing = errors_with(|text| {
        text["parts"] = json!([]);
        text["awards"] = json!([]);
    });
    assert_eq!(nothing, ["$.parts: the list is empty; name at least one, or leave the rule out"]);
}

#[test]
fn a_held_award_is_named_by_an_id_of_its_own() {
    let held = |code: &str| json!({"code": [code]});
    let found = errors_of(&json!({"all": [
        {"award": held("crebo:25655")},
        {"id": "a", "award": held("crebo:25655")},
        {"id": "open", "award": {"sector": ["mbo"]}}
    ]}));
    let own = "an award requirement needs an id of its own, since plans name it; give it one that no part has";
    assert_eq!(
        found,
        [
            format!("$.awards[0].requirement.all[0].award: {own}"),
            format!("$.awards[0].requirement.all[1].award: {own}"),
            "$.awards[0].requirement.all[2].award: every badge would fit; name an achievement or a code".to_owned(),
        ]
    );
    let in_two_awards = |code: &str| {
        errors_with(|text| {
            let mut second = text["awards"][0].clone();
            text["awards"][0]["requirement"] = json!({"id": "held", "award": held("crebo:25655")});
            second["id"] = json!("second");
            second["requirement"] = json!({"id": "held", "award": held(code)});
            text["awards"].as_array_mut().unwrap().push(second);
        })
    };
    assert_eq!(in_two_awards("crebo:25655"), Vec::<String>::new());
    assert_eq!(in_two_awards("crebo:25656"), [format!("$.awards[1].requirement.award: {own}")]);
}

#[test]
fn a_limit_limits_something_that_can_be() {
    let slot = json!({"fits": {"issuer": ["did:example:a"]}, "atMost": 5});
    let limits = |slot: &Value, limits: &Value| {
        errors_with(|text| {
            let pool = json!({"id": "free", "credits": {"atLeast": 1, "from": {"free": [slot]}}});
            text["awards"][0]["requirement"] = json!({"all": [{"part": "a"}, {"part": "b"}, pool]});
            text["awards"][0]["limits"] = limits.clone();
        })
    };
    let found = limits(
        &slot,
        &json!([
            {"id": "free", "of": {"exemption": true}, "atMost": 5},
            {"id": "l1", "of": {"exemption": true}},
            {"id": "l2", "of": {"not": true}, "atMost": 5},
            {"id": "l3", "of": {"exemption": true, "sector": ["mbo"]}, "atMost": 5},
            {"id": "l4", "of": {"sector": ["mbo"]}, "atLeast": 6, "atMost": 5},
            {"id": "l5", "of": {"sector": ["mbo"]}, "atLeast": 36}
        ]),
    );
    let nothing =
        "a limit needs atLeast or atMost, and a condition that says something; write them or leave the limit out";
    assert_eq!(
        found,
        [
            "$.awards[0].limits[0].id: the id \"free\" stands twice; give each its own".to_owned(),
            format!("$.awards[0].limits[1]: {nothing}"),
            format!("$.awards[0].limits[2].of: {nothing}"),
            "$.awards[0].limits[3].of: exemption stands beside other conditions, which no exemption has; write two limits"
                .to_owned(),
            "$.awards[0].limits[4]: at least 6 and at most 5 credits cannot both hold; raise atMost or lower atLeast"
                .to_owned(),
            "$.awards[0].limits[5]: at least 36 credits are asked of what counts, but all that can count is 35; \
             lower atLeast"
                .to_owned(),
        ]
    );
    let unbounded = json!({"fits": {"issuer": ["did:example:a"]}});
    let high = json!([{"id": "l", "of": {"sector": ["mbo"]}, "atLeast": 36}]);
    assert_eq!(limits(&unbounded, &high), Vec::<String>::new(), "a slot without a limit can hold anything");
    let many: Vec<Value> =
        (0..65).map(|at| json!({"id": format!("l{at}"), "of": {"olderThanDays": at}, "atMost": 5})).collect();
    assert_eq!(
        limits(&slot, &json!(many)),
        [
            "$.awards[0].limits: 65 limits and shown conditions; at most 64 are taken: write several parts or fewer limits"
        ]
    );
}

//! Is what is probably not meant told, with its place and what to do, and is what is meant left alone?

use crate::support::programme_text;
use serde_json::{Value, json};
use stapel_credential::Programme;
use stapel_stacking::Rules;

/// All advice but that about issuers, whom these rules leave out for brevity.
fn advice(text: &Value) -> Vec<String> {
    all_advice(text).into_iter().filter(|line| !line.contains("no issuer is named")).collect()
}

fn all_advice(text: &Value) -> Vec<String> {
    let programme: Programme = serde_json::from_value(text.clone()).unwrap();
    Rules::read(&programme).unwrap().advice().iter().map(ToString::to_string).collect()
}

/// Parts a (10, group x), b (20, group x), c (30, group y).
fn three(requirement: &Value) -> Value {
    programme_text(&[("a", 10.0, "x"), ("b", 20.0, "x"), ("c", 30.0, "y")], requirement)
}

fn limited(requirement: &Value, limits: &Value) -> Value {
    let mut text = three(requirement);
    text["awards"][0]["limits"] = limits.clone();
    text
}

const NONE: [&str; 0] = [];

#[test]
fn rules_that_are_meant_get_no_advice() {
    let text = limited(
        &json!({"all": [
            {"part": "a"},
            {"choose": {"atLeast": 1, "atMost": 1, "of": [{"part": "b"}, {"part": "c"}]}},
            {"credits": {"atLeast": 20, "from": {"group": ["x", "y"]}}},
            {"hours": {"atLeast": 100, "from": {"part": ["a"]}}}
        ]}),
        &json!([{"id": "exempt", "of": {"exemption": true}, "atMost": 10}]),
    );
    assert_eq!(advice(&text), NONE);
}

#[test]
fn a_part_that_leads_to_no_award_is_told() {
    let text = three(&json!({"all": [{"part": "a"}, {"credits": {"atLeast": 1, "from": {"part": ["b"]}}}]}));
    assert_eq!(advice(&text), ["$.parts[2]: no award asks for part \"c\"; name it in a requirement, or leave it out"]);
    let mut no_award = text;
    no_award["awards"] = json!([]);
    assert_eq!(advice(&no_award), NONE, "a programme without an award asks for all its parts");
}

#[test]
fn a_rule_that_anybodys_badge_fits_is_told_once() {
    let sentence = "no issuer is named, so that what fits counts from everybody who is trusted; add issuer, issuerKind or authorisedFor";
    let mut text = three(&json!({"all": [{"part": "a"}, {"part": "b"}, {"part": "c"}]}));
    assert_eq!(all_advice(&text), [format!("$.parts[0].ways[0].all[0]: {sentence} (and in 2 places more)")]);
    text["parts"][0]["ways"][0]["all"][0]["issuer"] = json!(["did:web:school.example"]);
    text["parts"][1]["ways"] = json!([{"all": [{"achievement": ["urn:a:b"], "issuerKind": ["mbo"]}]}]);
    text["parts"][2]["ways"] = json!([{"outcomes": {"of": ["urn:o:1"], "fits": {"minimumLevel": "NLQF 4"}}}]);
    assert_eq!(all_advice(&text), [format!("$.parts[2].ways[0].outcomes.fits: {sentence}")]);
    text["parts"][2]["ways"] = json!([{"all": [{"code": ["crebo:25655"]}]}]);
    assert_eq!(all_advice(&text), NONE, "for a register's code the trust list must vouch");
    text["awards"][0]["requirement"]["all"][2] =
        json!({"id": "held", "name": {"nl": "h"}, "award": {"kind": ["certificaat"]}});
    text["parts"].as_array_mut().unwrap().truncate(2);
    assert_eq!(all_advice(&text), [format!("$.awards[0].requirement.all[2].award: {sentence}")]);
}

#[test]
fn two_parts_that_one_badge_alone_shows_are_told() {
    let mut text = three(&json!({"all": [{"part": "a"}, {"part": "b"}, {"part": "c"}]}));
    text["parts"][1]["ways"] = text["parts"][0]["ways"].clone();
    assert_eq!(advice(&text), NONE, "an exemption could show one of them");
    for part in [0, 1] {
        text["parts"][part]["noExemption"] = json!(true);
    }
    assert_eq!(
        advice(&text),
        [
            "$.parts[1]: only the badge that shows part \"a\" shows this part too, and a badge counts once; let one way cover both, or name another module"
        ]
    );
    let mut repeatable = text.clone();
    repeatable["repeatable"] = json!([text["parts"][0]["ways"][0]["all"][0].clone()]);
    assert_eq!(advice(&repeatable), NONE);
    text["parts"][0]["ways"][0]["covers"] = json!(["b"]);
    assert_eq!(advice(&text), NONE, "one way covers both");
}

#[test]
fn a_way_that_another_way_covers_is_told() {
    let mut text = programme_text(&[("a", 1.0, "x")], &json!({"part": "a"}));
    text["parts"][0]["ways"] = json!([
        {"all": [{"achievement": ["urn:a:1"], "minimumLevel": "NLQF 4", "maximumAgeDays": 10}]},
        {"all": [{"achievement": ["urn:a:1", "urn:a:2"], "minimumLevel": ["NLQF 3", "EQF 4"]}]},
        {"all": [{"achievement": ["urn:a:2"]}]},
        {"all": [{"achievement": ["urn:a:2"]}]},
        {"all": [{"achievement": ["urn:a:2"]}, {"achievement": ["urn:a:3"]}]},
        {"all": [{"achievement": ["urn:a:2"]}], "supplements": true},
        {"outcomes": {"of": ["urn:o:1", "urn:o:2"]}},
        {"outcomes": {"of": ["urn:o:1", "urn:o:2", "urn:o:1"], "atLeast": 1}}
    ]);
    assert_eq!(
        advice(&text),
        [
            "$.parts[0].ways[0]: what fits here fits way 1 too; leave this way out",
            "$.parts[0].ways[3]: what fits here fits way 2 too; leave this way out",
            "$.parts[0].ways[4]: what fits here fits way 2 too; leave this way out",
            "$.parts[0].ways[5]: what fits here fits way 2 too and replaces the part by it; \
             narrow way 2, or leave this one out",
            "$.parts[0].ways[6]: what fits here fits way 7 too; leave this way out",
            "$.parts[0].ways[7].outcomes.of[2]: the outcome stands before in this list and counts once; leave it out",
        ]
    );
}

#[test]
fn ways_that_differ_in_anything_are_left_alone() {
    let ways = |narrow: Value, wide: Value| {
        let mut text =
            programme_text(&[("a", 1.0, "x"), ("b", 1.0, "x")], &json!({"all": [{"part": "a"}, {"part": "b"}]}));
        text["parts"][0]["ways"] = json!([{"all": [narrow]}, {"all": [wide]}]);
        advice(&text)
    };
    let base = json!({"achievement": ["urn:a:1"]});
    for (member, value) in [
        ("version", json!(["1"])),
        ("code", json!(["crebo:25655"])),
        ("issuer", json!(["did:example:a"])),
        ("issuerKind", json!(["mbo"])),
        ("authorisedFor", json!("crebo:25655")),
        ("minimumLevel", json!("NLQF 4")),
        ("minimumResult", json!("6")),
        ("maximumAgeDays", json!(3)),
        ("kind", json!(["testimonium"])),
        ("setting", json!(["workplace"])),
        ("basis", json!(["course"])),
        ("sector", json!(["mbo"])),
    ] {
        let mut narrow = base.clone();
        narrow[member] = value;
        assert_eq!(ways(narrow.clone(), base.clone()).len(), 1, "{member} narrows");
        assert_eq!(ways(base.clone(), narrow.clone()).len(), 1, "{member} narrows in any order");
        let mut other = narrow.clone();
        other["achievement"] = json!(["urn:a:1", "urn:a:2"]);
        other[member] = match member {
            "maximumAgeDays" => json!(2),
            "minimumLevel" => json!("EQF 4"),
            "authorisedFor" => json!("crebo:25656"),
            "minimumResult" => json!("7"),
            "code" => json!(["crebo:25656"]),
            "issuerKind" | "sector" => json!(["wo"]),
            "kind" => json!(["microcredential"]),
            "setting" => json!(["online"]),
            "basis" => json!(["dialogue"]),
            "issuer" => json!(["did:example:b"]),
            _ => json!(["2"]),
        };
        assert_eq!(ways(narrow, other), NONE, "{member} differs");
    }
    let mut covers =
        programme_text(&[("a", 1.0, "x"), ("b", 1.0, "x")], &json!({"all": [{"part": "a"}, {"part": "b"}]}));
    covers["parts"][0]["ways"] = json!([{"all": [base.clone()]}, {"all": [base], "covers": ["b"]}]);
    assert_eq!(advice(&covers), NONE, "what covers more is another way");
}

#[test]
fn parts_out_of_reach_behind_one_that_is_not_asked_are_told() {
    let mut text = three(&json!({"all": [{"part": "b"}, {"part": "c"}]}));
    text["awards"].as_array_mut().unwrap().push(json!(
        {"id": "certificate", "kind": "mbo-verklaring", "name": {"nl": "C"}, "requirement": {"part": "a"}}
    ));
    text["parts"][0]["ways"][0]["covers"] = json!(["b"]);
    text["transitions"] = json!([{
        "fromEdition": "2025", "fromParts": ["old"], "shows": ["a", "c"], "ways": [{"all": [{"achievement": ["urn:a:old"]}]}]
    }]);
    assert_eq!(
        advice(&text),
        [
            "$.parts[0].ways[0].covers: award \"diploma\" asks for part \"b\", but this shows it only with part \"a\", \
             which that award does not ask; write a way of \"b\" alone too",
            "$.transitions[0].shows: award \"diploma\" asks for part \"c\", but this shows it only with part \"a\", \
             which that award does not ask; write a way of \"c\" alone too",
        ]
    );
}

#[test]
fn transitions_equivalences_and_units_that_change_nothing_are_told() {
    let mut text = programme_text(&[("a", 1.0, "x")], &json!({"part": "a"}));
    text["parts"][0]["ways"] = json!([{"all": [{"code": ["crebo:25655"]}]}]);
    text["transitions"] = json!([{
        "fromEdition": "2026", "fromParts": ["old"], "shows": ["a"],
        "ways": [{"all": [{"achievement": ["urn:a:old"]}]}, {"outcomes": {"of": ["urn:o:1", "urn:o:1"]}}]
    }]);
    let equivalence = |codes: &[&str]| json!({"codes": codes, "source": "SBB", "date": "2020-01-01"});
    text["equivalences"] = json!([
        equivalence(&["crebo:25655", "crebo:23181"]),
        equivalence(&["crebo:23181", "crebo:10426"]),
        equivalence(&["kcode:K0905", "kcode:K0001"])
    ]);
    let conversion = json!({"from": "EC", "counts": 28, "source": "Law"});
    text["conversions"] = json!([conversion, conversion]);
    let unit = json!({"issuer": "did:example:a", "unit": "EC"});
    text["issuerUnits"] = json!([unit, unit]);
    assert_eq!(
        advice(&text),
        [
            "$.transitions[0].fromEdition: \"2026\" is this edition itself; write the earlier one",
            "$.transitions[0].ways[1].outcomes.of[1]: the outcome stands before in this list and counts once; leave it out",
            "$.equivalences[1].codes: nothing asks for any of these codes; name one of them in a way, \
             or leave the equivalence out",
            "$.equivalences[1].codes[0]: crebo:23181 stands in an earlier equivalence too; \
             write one equivalence with all codes that mean the same",
            "$.equivalences[2].codes: nothing asks for any of these codes; name one of them in a way, \
             or leave the equivalence out",
            "$.conversions[1]: EC stands before in this list, and the first one holds; leave one of them out",
            "$.issuerUnits[1]: did:example:a stands before in this list, and the first one holds; leave one of them out",
        ]
    );
}

#[test]
fn an_award_that_asks_for_itself_is_told() {
    let award = |id: &str, kind: &str, code: &str, asks: Value| json!({"id": id, "kind": kind, "code": code, "name": {"nl": id}, "requirement": asks});
    let held = |id: &str, code: &str, kind: &str| json!({"id": id, "award": {"code": [code], "kind": [kind]}});
    let mut text = programme_text(&[("a", 1.0, "x")], &json!({"part": "a"}));
    text["equivalences"] = json!([{"codes": ["crebo:25655", "crebo:23181"], "source": "SBB", "date": "2020-01-01"}]);
    text["awards"] = json!([
        award("own", "mbo-diploma", "crebo:25655", held("old", "crebo:23181", "mbo-diploma")),
        award(
            "one",
            "mbo-diploma",
            "crebo:25656",
            json!({"all": [{"part": "a"}, held("two", "crebo:25657", "mbo-diploma")]})
        ),
        award(
            "two",
            "mbo-diploma",
            "crebo:25657",
            json!({"any": [{"part": "a"}, held("one", "crebo:25656", "mbo-diploma")]})
        ),
        award("rung", "mbo-diploma", "crebo:25658", held("below", "crebo:25658", "mbo-verklaring"))
    ]);
    assert_eq!(
        advice(&text),
        [
            "$.awards[0].requirement.award: award \"own\" would have to be held before it can be had; name the award below it",
            "$.awards[1].requirement.all[1].award: award \"one\" would have to be held before it can be had; \
             name the award below it",
            "$.awards[2].requirement.any[1].award: award \"two\" would have to be held before it can be had; \
             name the award below it",
        ]
    );
}

#[test]
fn a_requirement_that_is_met_already_is_told() {
    let text = three(&json!({"all": [
        {"part": "a"},
        {"all": [{"part": "a"}, {"part": "b"}]},
        {"any": [{"part": "a"}, {"part": "c"}]},
        {"choose": {"atLeast": 2, "of": [{"part": "a"}, {"part": "b"}, {"part": "c"}]}},
        {"credits": {"atLeast": 30, "from": {"group": ["x"]}}},
        {"any": [{"part": "c"}, {"all": [{"part": "c"}, {"part": "a"}]}]}
    ]}));
    let met = |place: &str| {
        format!(
            "$.awards[0].requirement.{place}: whatever else the award asks meets this already; ask for more, or leave it out"
        )
    };
    assert_eq!(advice(&text), ["all[1].all[0]", "all[2]", "all[3]", "all[4]"].map(met));
}

#[test]
fn a_choice_that_binds_nothing_or_cannot_be_kept_is_told() {
    let text = three(&json!({"all": [
        {"part": "a"},
        {"part": "b"},
        {"choose": {"atLeast": 0, "atMost": 2, "of": [{"part": "a"}, {"part": "c"}]}},
        {"choose": {"atLeast": 0, "atMost": 1, "of": [{"part": "a"}, {"part": "b"}, {"part": "c"}]}},
        {"any": [{"part": "c"}, {"choose": {"atLeast": 1, "atMost": 1, "of": [
            {"all": [{"part": "b"}, {"part": "c"}]}, {"all": [{"part": "c"}, {"credits": {"atLeast": 1, "from": {"group": ["x"]}}}]}
        ]}}]}
    ]}));
    assert_eq!(
        advice(&text),
        [
            "$.awards[0].requirement.all[2].choose.atMost: of 2 there are never more than 2; lower atMost, or leave it out",
            "$.awards[0].requirement.all[3].choose: at most 1 of these may count, but the award cannot be complete \
             without parts of 2; raise atMost, or name no part in several of them",
            "$.awards[0].requirement.all[4].any[1].choose: at most 1 of these may count, but the award cannot be complete \
             without parts of 2; raise atMost, or name no part in several of them",
        ]
    );
}

#[test]
fn pools_and_slots_in_which_nothing_counts_are_told() {
    let slot = |limits: Value| {
        let mut slot = json!({"fits": {"issuer": ["did:example:a"]}});
        slot.as_object_mut().unwrap().extend(limits.as_object().unwrap().clone());
        slot
    };
    let mut text = three(&json!({"all": [
        {"part": "a"}, {"part": "b"}, {"part": "c"},
        {"id": "p", "credits": {"atLeast": 1, "from": {"level": "NLQF 4", "free": [slot(json!({}))]}}},
        {"id": "q", "credits": {"atLeast": 1, "from": {"free": [
            slot(json!({})), slot(json!({"atMostEach": 0})), slot(json!({"atMostEach": 5, "atMost": 5}))
        ]}}},
        {"id": "r", "hours": {"atLeast": 1, "from": {"free": [slot(json!({"atMost": 0.5})), slot(json!({"atMost": 9}))]}}},
        {"hours": {"atLeast": 1, "from": {"level": "NLQF 4"}}},
        {"hours": {"atLeast": 1, "from": {"part": ["c"]}}}
    ]}));
    text["parts"][2]["ways"][0]["supplements"] = json!(true);
    let no_hours =
        "nothing in this pool can state hours at work, so that it is never met; add parts with ways, or a free slot";
    let nothing = "a slot that counts at most 0 counts nothing; raise the limit, or leave the slot out";
    assert_eq!(
        advice(&text),
        [
            "$.awards[0].requirement.all[3].credits.from: no part is in this pool, only its free slots count; \
             correct what it says of parts, or leave that out"
                .to_owned(),
            format!("$.awards[0].requirement.all[4].credits.from.free[1]: {nothing}"),
            "$.awards[0].requirement.all[4].credits.from.free[2].atMostEach: at most 5 each limits nothing, \
             since all together count at most 5; lower atMostEach, or leave it out"
                .to_owned(),
            format!("$.awards[0].requirement.all[5].hours.from.free[0]: {nothing}"),
            format!("$.awards[0].requirement.all[6].hours: {no_hours}"),
            format!("$.awards[0].requirement.all[7].hours: {no_hours}"),
        ]
    );
}

#[test]
fn limits_that_cannot_be_kept_are_told() {
    let all = json!({"all": [{"part": "a"}, {"part": "b"}, {"part": "c"}]});
    let mut text = limited(
        &all,
        &json!([
            {"id": "exempt", "of": {"exemption": true}, "atMost": 29},
            {"id": "own", "of": {"issuer": ["did:example:own"]}, "atLeast": 31},
            {"id": "others", "of": {"issuer": ["did:example:own"], "not": true}, "atMost": 9},
            {"id": "fresh", "of": {"olderThanDays": 100}, "atLeast": 51},
            {"id": "shown", "of": {"exemption": true, "not": true}, "atMost": 9}
        ]),
    );
    // a: by another issuer alone, and recent; b: by the own one, or by exemption; c: by exemption alone.
    text["parts"][0]["ways"][0]["all"][0]["issuer"] = json!(["did:example:other"]);
    text["parts"][0]["ways"][0]["all"][0]["maximumAgeDays"] = json!(100);
    text["parts"][0]["noExemption"] = json!(true);
    text["parts"][1]["ways"][0]["all"][0]["issuer"] = json!(["did:example:own"]);
    text["parts"][2]["ways"][0]["supplements"] = json!(true);
    assert_eq!(
        advice(&text),
        [
            "$.awards[0].limits[0]: at most 29 credits may be such, but the award cannot be complete with less than 30; \
             raise atMost, or add other ways to show the parts",
            "$.awards[0].limits[1]: at least 31 credits are asked, but no more than 20 can be such; \
             lower atLeast, or correct of",
            "$.awards[0].limits[2]: at most 9 credits may be such, but the award cannot be complete with less than 10; \
             raise atMost, or add other ways to show the parts",
            "$.awards[0].limits[3]: at least 51 credits are asked, but no more than 20 can be such; \
             lower atLeast, or correct of",
            "$.awards[0].limits[4]: at most 9 credits may be such, but the award cannot be complete with less than 10; \
             raise atMost, or add other ways to show the parts",
        ]
    );
}

#[test]
fn limits_and_pools_that_contradict_each_other_are_told() {
    let slot = json!({"fits": {"issuer": ["did:example:own"], "sector": ["mbo"]}, "atMost": 15});
    let mut text = limited(
        &json!({"all": [
            {"id": "p", "credits": {"atLeast": 40, "from": {"group": ["x"], "free": [slot]}}},
            {"credits": {"atLeast": 12, "from": {"part": ["a", "b", "c"], "shown": {"sector": ["hbo"]}}}},
            {"credits": {"atLeast": 11, "from": {"part": ["a", "b"], "shown": {"exemption": true}}}},
            {"credits": {"atLeast": 10, "from": {"part": ["c"]}}}
        ]}),
        &json!([
            {"id": "mbo", "of": {"sector": ["mbo"]}, "atMost": 9},
            {"id": "hbo", "of": {"sector": ["hbo"]}, "atMost": 11},
            {"id": "twice", "of": {"issuerKind": ["wo"]}, "atMost": 5},
            {"id": "again", "of": {"issuerKind": ["wo"]}, "atLeast": 6},
            {"id": "idle", "of": {"exemption": true}, "atMost": 40},
            {"id": "wide", "of": {"issuer": ["did:example:own"]}, "atMost": 75}
        ]),
    );
    text["parts"][1]["noExemption"] = json!(true);
    let impossible = |at: usize, at_most: usize, needed: usize| {
        format!(
            "$.awards[0].limits[{at}]: at most {at_most} credits may be such, but the award cannot be complete with less \
             than {needed}; raise atMost, or add other ways to show the parts"
        )
    };
    assert_eq!(
        advice(&text),
        [
            "$.awards[0].requirement.all[2].credits: 11 credits are asked, but no more than 10 can be shown so; \
             lower atLeast, or correct shown"
                .to_owned(),
            impossible(0, 9, 10),
            impossible(1, 11, 12),
            impossible(2, 5, 6),
            "$.awards[0].limits[4]: no more than 40 credits can be such, so that at most 40 limits nothing; \
             lower atMost, or leave the limit out"
                .to_owned(),
            "$.awards[0].limits[5]: no more than 75 credits can be such, so that at most 75 limits nothing; \
             lower atMost, or leave the limit out"
                .to_owned(),
        ]
    );
}

//! Which cases are made to be hard? Much that is alike, much that overlaps, and amounts that do not add up to what is allowed.

use serde_json::{Value, json};

use crate::large_cases::{Large, part};
use crate::support::{Issuer, Random, Wallet, World, badge_text};

/// What makes a case hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hard {
    /// Five hundred credentials, any of which fits any of forty parts and either of two free slots.
    Equal,
    /// A hundred and twenty parts of different worth in fifty pools that overlap each other.
    Pools,
    /// A limit that no sum of what it limits comes to: 997.50 of even amounts.
    Indivisible,
    /// The same, where two limits overlap and what they leave out is asked besides.
    TwoLimits,
    /// At most seven of forty parts of odd worth may be touched, which a pool asks all of.
    FewOfMany,
    /// Each part is shown by two badges together, and badges are scarce.
    Pairs,
}

pub(crate) const ALL: [Hard; 6] =
    [Hard::Equal, Hard::Pools, Hard::Indivisible, Hard::TwoLimits, Hard::FewOfMany, Hard::Pairs];

/// What a badge of the case says, besides what every badge says.
fn badge(school: &Issuer, at: usize, credits: usize) -> Value {
    let mut text = badge_text(school, &format!("urn:b:{at}"), &format!("urn:m:{at}"));
    text["credentialSubject"]["creditsEarned"] = json!(credits);
    text["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
    text
}

fn module(at: usize) -> String {
    format!("urn:m:{at}")
}

pub(crate) fn hard(kind: Hard) -> Large {
    let mut random = Random::new(4711);
    let (body, school, other) = (Issuer::new(1), Issuer::new(3), Issuer::new(4));
    let world = World::pinning(&[&body, &school, &other]);
    let (parts, badges, requirement, limits) = match kind {
        Hard::Equal => equal(&school),
        Hard::Pools => pools(&school, &mut random),
        Hard::Indivisible => indivisible(&school, &other, &mut random, false),
        Hard::TwoLimits => indivisible(&school, &other, &mut random, true),
        Hard::FewOfMany => few_of_many(&school, &mut random),
        Hard::Pairs => pairs(&school, &mut random),
    };
    let by = |text: &Value| if text["issuer"]["id"] == json!(other.did()) { &other } else { &school };
    let wallet = Wallet::new(badges.iter().map(|text| world.badge(by(text), text)).collect());
    let text = json!({
        "id": "urn:example:hard", "edition": "2026", "name": {"nl": "Moeilijk"}, "unit": "SBU", "parts": parts,
        "awards": [{"id": "diploma", "kind": "mbo-verklaring", "name": {"nl": "Diploma"}, "requirement": requirement, "limits": limits}]
    });
    let programme = world.programme(&body, &text);
    Large { world, programme, wallet }
}

type Made = (Vec<Value>, Vec<Value>, Value, Value);

fn leaves(from: usize, to: usize) -> Vec<Value> {
    (from..to).map(|at| json!({"part": format!("p{at}")})).collect()
}

fn equal(school: &Issuer) -> Made {
    let badges = (0..500).map(|at| {
        let mut text = badge(school, at, 10);
        text["credentialSubject"]["achievement"]["humanCode"] = json!("M");
        text
    });
    let fits = json!({"code": ["code:M"], "issuer": [school.did()]});
    let parts = (0..40).map(|at| {
        json!({"id": format!("p{at}"), "name": {"nl": "deel"}, "group": format!("g{}", at % 4), "credits": 10, "ways": [{"all": [fits]}]})
    });
    let slot = json!([{"fits": fits}]);
    let requirement = json!({"all": [
        {"all": leaves(0, 20)},
        {"choose": {"atLeast": 10, "atMost": 15, "of": leaves(20, 40)}},
        {"id": "one", "credits": {"atLeast": 1015, "from": {"group": ["g0", "g1"], "free": slot}}},
        {"id": "two", "credits": {"atLeast": 2005, "from": {"group": ["g1", "g2"], "free": slot}}}
    ]});
    (parts.collect(), badges.collect(), requirement, json!([]))
}

fn pools(school: &Issuer, random: &mut Random) -> Made {
    let badges = (0..150).map(|at| badge(school, at, 30)).collect();
    let worths: Vec<usize> = (0..120).map(|_| *random.pick(&[17, 29, 40, 53, 71])).collect();
    let mut parts = Vec::new();
    for (at, worth) in worths.iter().enumerate() {
        let shown_by: Vec<String> = (0..2).map(|_| module(random.below(150))).collect();
        parts.push(part(&format!("p{at}"), "g", *worth, &shown_by));
    }
    let mut all = leaves(0, 10);
    for pool in 0..50 {
        let mut of: Vec<usize> = (0..120).collect();
        random.shuffle(&mut of);
        of.truncate(20);
        let holds: usize = of.iter().map(|at| worths[*at]).sum();
        let names: Vec<String> = of.iter().map(|at| format!("p{at}")).collect();
        all.push(
            json!({"id": format!("pool{pool}"), "credits": {"atLeast": holds * 55 / 100, "from": {"part": names}}}),
        );
    }
    (parts, badges, json!({"all": all}), json!([]))
}

fn indivisible(school: &Issuer, other: &Issuer, random: &mut Random, two: bool) -> Made {
    let mut parts = Vec::new();
    let mut badges = Vec::new();
    for at in 0..60 {
        let worth = 60 + 2 * random.below(40);
        parts.push(part(&format!("p{at}"), &format!("g{}", at % 3), worth, &[module(at)]));
        badges.push(badge(if two && at % 2 == 0 { other } else { school }, at, 10));
    }
    let limit = |id: &str, issuer: &Issuer, at_most: f64| json!({"id": id, "of": {"issuer": [issuer.did()]}, "atMost": at_most});
    let mut limits = vec![limit("school", school, 997.5)];
    let mut all = vec![json!({"id": "all", "credits": {"atLeast": 3600, "from": {"group": ["g0", "g1", "g2"]}}})];
    if two {
        limits.push(limit("other", other, 801.5));
        limits.push(json!({"id": "both", "of": {"issuer": [school.did(), other.did()]}, "atMost": 1703.25}));
        all.push(json!({"id": "some", "credits": {"atLeast": 700, "from": {"group": ["g0"]}}}));
        all.extend(leaves(0, 4));
    }
    (parts, badges, json!({"all": all}), json!(limits))
}

fn few_of_many(school: &Issuer, random: &mut Random) -> Made {
    let badges = (0..40).map(|at| badge(school, at, 10)).collect();
    let parts = (0..40).map(|at| part(&format!("p{at}"), "g", 31 + 2 * random.below(30), &[module(at)]));
    let parts: Vec<Value> = parts.collect();
    let requirement = json!({"all": [
        {"choose": {"atLeast": 2, "atMost": 7, "of": leaves(0, 40)}},
        {"id": "all", "credits": {"atLeast": 1200, "from": {"group": ["g"]}}}
    ]});
    (parts, badges, requirement, json!([]))
}

fn pairs(school: &Issuer, random: &mut Random) -> Made {
    let badges = (0..60).map(|at| badge(school, at, 10)).collect();
    let parts = (0..60).map(|at| {
        let some = |random: &mut Random| (0..4).map(|_| module(random.below(60))).collect::<Vec<_>>();
        let (one, two) = (some(random), some(random));
        json!({"id": format!("p{at}"), "name": {"nl": "deel"}, "group": format!("g{}", at % 5), "credits": 20 + 10 * random.below(4),
               "ways": [{"all": [{"achievement": one}, {"achievement": two}]}]})
    });
    let parts: Vec<Value> = parts.collect();
    let requirement = json!({"all": [
        {"all": leaves(0, 15)},
        {"id": "wide", "credits": {"atLeast": 900, "from": {"group": ["g0", "g1", "g2"]}}},
        {"id": "deep", "credits": {"atLeast": 700, "from": {"group": ["g2", "g3", "g4"]}}}
    ]});
    (parts, badges, requirement, json!([]))
}

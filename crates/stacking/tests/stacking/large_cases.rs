//! Which large cases are measured? Two hundred credentials, a hundred parts, each kind of difficulty of its own.

use serde_json::{Value, json};
use stapel_credential::ProgrammeCredential;
use stapel_verifier::Verified;

use crate::support::{Issuer, Random, Wallet, World, badge_text};

pub(crate) struct Large {
    pub(crate) world: World,
    pub(crate) programme: Verified<ProgrammeCredential>,
    pub(crate) wallet: Wallet,
}

/// What makes a case hard.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A diploma as it is: core parts, electives, credits over everything, and free slots that any badge of a school fits.
    Diploma,
    /// The same with half of what it takes.
    Halfway,
    /// Each part is shown by any of eight modules, and there are fewer badges than parts.
    Contested,
    /// Many electives of different worth: so many of them, and so many credits of them.
    Choice,
    /// Electives that are contested, with different worth, in overlapping pools.
    Electives,
}

pub(crate) fn part(id: &str, group: &str, credits: impl Into<Value>, achievements: &[String]) -> Value {
    let credits: Value = credits.into();
    json!({"id": id, "name": {"nl": id}, "group": group, "credits": credits, "ways": [{"all": [{"achievement": achievements}]}]})
}

pub(crate) fn large(kind: Kind) -> Large {
    let mut random = Random::new(42);
    let (body, school) = (Issuer::new(1), Issuer::new(3));
    let world = World::pinning(&[&body, &school]);
    let (count, modules) = match kind {
        Kind::Diploma | Kind::Choice => (200, 200),
        Kind::Halfway => (100, 200),
        Kind::Contested => (80, 120),
        Kind::Electives => (200, 150),
    };
    let mut chosen: Vec<usize> = (0..modules).collect();
    random.shuffle(&mut chosen);
    let badges = (0..count).map(|at| {
        let mut text = badge_text(
            &school,
            &format!("urn:b:{at}"),
            &format!("urn:m:{}", chosen[at % modules] + modules * (at / modules)),
        );
        text["credentialSubject"]["creditsEarned"] = json!(20 + 10 * random.below(5));
        text["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
        world.badge(&school, &text)
    });
    let wallet = Wallet::new(badges.collect());
    let module = |number: usize| format!("urn:m:{number}");
    let some = |random: &mut Random, size: usize| (0..size).map(|_| module(random.below(modules))).collect::<Vec<_>>();
    let mut parts = Vec::new();
    for at in 0..100 {
        let (id, group) = (format!("p{at}"), format!("g{}", at / 10));
        let worth = *random.pick(&[40.0, 60.0, 80.0, 120.0]);
        let achievements = match kind {
            Kind::Diploma | Kind::Halfway | Kind::Choice => vec![module(at)],
            Kind::Contested => some(&mut random, 8),
            Kind::Electives => some(&mut random, 3),
        };
        parts.push(part(&id, &group, worth, &achievements));
    }
    let leaf = |at: usize| json!({"part": format!("p{at}")});
    let leaves = |from: usize, to: usize| (from..to).map(leaf).collect::<Vec<_>>();
    let requirement = match kind {
        Kind::Diploma | Kind::Halfway => json!({"all": [
            {"id": "core", "all": leaves(0, 60)},
            {"id": "electives", "choose": {"atLeast": 10, "atMost": 20, "of": leaves(60, 100)}},
            {"id": "free", "credits": {"atLeast": 960, "from": {"free": [{"fits": {"issuer": [school.did()]}, "atMostEach": 40}]}}},
            {"id": "total", "credits": {"atLeast": 6400, "from": {"group": (0..10).map(|at| format!("g{at}")).collect::<Vec<_>>()}}}
        ]}),
        Kind::Choice => json!({"all": [
            {"all": leaves(0, 30)},
            {"choose": {"atLeast": 15, "of": leaves(30, 100)}},
            {"id": "deep", "credits": {"atLeast": 1990, "from": {"group": ["g3", "g4", "g5", "g6", "g7"]}}},
            {"id": "other", "credits": {"atLeast": 590, "from": {"group": ["g8", "g9"]}}},
            {"id": "free", "credits": {"atLeast": 510, "from": {"free": [{"fits": {"issuer": [school.did()]}}]}}}
        ]}),
        Kind::Contested => json!({"all": leaves(0, 100)}),
        Kind::Electives => json!({"all": [
            {"all": leaves(0, 40)},
            {"choose": {"atLeast": 12, "of": leaves(40, 80)}},
            {"any": [{"all": leaves(80, 90)}, {"all": leaves(90, 100)}]},
            {"id": "wide", "credits": {"atLeast": 2000, "from": {"group": ["g4", "g5", "g6"],
                "free": [{"fits": {"issuer": [school.did()]}, "atMost": 500}]}}},
            {"id": "deep", "credits": {"atLeast": 1000, "from": {"group": ["g6", "g7"]}}}
        ]}),
    };
    let text = json!({
        "id": "urn:example:large", "edition": "2026", "name": {"nl": "Groot"}, "unit": "SBU", "parts": parts,
        "awards": [{"id": "diploma", "kind": "mbo-verklaring", "name": {"nl": "Diploma"}, "requirement": requirement}]
    });
    let programme = world.programme(&body, &text);
    Large { world, programme, wallet }
}

/// A diploma of half as many parts as there are credentials: core parts, electives, credits over everything, free credits.
pub(crate) fn diploma(credentials: usize) -> Large {
    let mut random = Random::new(42);
    let (body, school) = (Issuer::new(1), Issuer::new(3));
    let world = World::pinning(&[&body, &school]);
    let count = credentials / 2;
    let badges = (0..credentials).map(|at| {
        let mut text = badge_text(&school, &format!("urn:b:{at}"), &format!("urn:m:{}", at % (count * 7 / 4)));
        text["credentialSubject"]["creditsEarned"] = json!(20 + 10 * random.below(5));
        text["credentialSubject"]["achievement"]["creditUnit"] = json!("SBU");
        world.badge(&school, &text)
    });
    let wallet = Wallet::new(badges.collect());
    let parts: Vec<Value> = (0..count)
        .map(|at| part(&format!("p{at}"), &format!("g{}", at * 10 / count), 60.0, &[format!("urn:m:{at}")]))
        .collect();
    let leaves = |from: usize, to: usize| (from..to).map(|at| json!({"part": format!("p{at}")})).collect::<Vec<_>>();
    let core = count * 3 / 5;
    let free = json!([{"fits": {"issuer": [school.did()]}, "atMostEach": 40}]);
    let mut groups: Vec<Value> = parts.iter().map(|part| part["group"].clone()).collect();
    groups.dedup();
    let requirement = json!({"all": [
        {"id": "core", "all": leaves(0, core)},
        {"id": "electives", "choose": {"atLeast": 1 + count / 10, "atMost": 1 + count / 5, "of": leaves(core, count)}},
        {"id": "free", "credits": {"atLeast": 4 * count, "from": {"free": free}}},
        {"id": "total", "credits": {"atLeast": 60 * (core + count / 10), "from": {"group": groups}}}
    ]});
    let text = json!({
        "id": "urn:example:large", "edition": "2026", "name": {"nl": "Groot"}, "unit": "SBU", "parts": parts,
        "awards": [{"id": "diploma", "kind": "mbo-verklaring", "name": {"nl": "Diploma"}, "requirement": requirement}]
    });
    let programme = world.programme(&body, &text);
    Large { world, programme, wallet }
}

//! Is the plan found the best there is, whatever the programme and the holdings? Thousands of random small cases against brute force.

use std::collections::{BTreeMap, BTreeSet};

use crate::brute_force::{Best, Case, Simple};
use crate::support::{HOLDER, Issuer, Random, Wallet, World, badge_text};
use serde_json::{Value, json};
use stapel_credential::{
    AchievementCredential, Ask, CredentialRef, Credits, Programme, ProgrammeCredential, Question, Target,
};
use stapel_stacking::{Optimality, Progress, Rules};
use stapel_verifier::Verified;

const CASES: u64 = 3_000;
const ACHIEVEMENTS: usize = 6;

/// Every badge that a case may draw, signed and verified once: seven achievements by two issuers, in several copies.
struct Shelf {
    world: World,
    body: Issuer,
    board: Issuer,
    badges: Vec<(Verified<AchievementCredential>, Simple)>,
}

fn achievement(number: usize) -> String {
    format!("urn:a:{number}")
}

impl Shelf {
    fn new() -> Self {
        let (body, board) = (Issuer::new(1), Issuer::new(2));
        let schools = [Issuer::new(3), Issuer::new(4)];
        let world = World::pinning(&[&body, &board, &schools[0], &schools[1]]);
        let mut badges = Vec::new();
        let mut random = Random::new(7);
        for kind in 0..=ACHIEVEMENTS {
            for (school, issuer) in schools.iter().enumerate() {
                // 0 and 1 are one badge under two ids, 2 is a friend's.
                for copy in 0..3 {
                    let id = format!("urn:b:{kind}:{school}:{copy}");
                    let mut text = badge_text(issuer, &id, &achievement(kind));
                    let credits = *random.pick(&[100, 200, 250, 300, 500]);
                    let unit = [Some("SBU"), Some("SBU"), Some("SBU"), Some("EC"), None][random.below(5)];
                    text["credentialSubject"]["creditsEarned"] = json!(Credits::from_hundredths(credits));
                    if let Some(unit) = unit {
                        text["credentialSubject"]["achievement"]["creditUnit"] = json!(unit);
                    }
                    if copy == 2 {
                        text["credentialSubject"]["id"] = json!("did:example:friend");
                    }
                    let simple = Simple {
                        achievement: achievement(kind),
                        issuer: issuer.did(),
                        credits: (unit == Some("SBU")).then_some(credits),
                        own: copy != 2,
                        same: badges.len() - usize::from(copy == 1),
                    };
                    badges.push((world.badge(issuer, &text), simple));
                }
            }
        }
        Self { world, body, board, badges }
    }
}

/// One random case.
struct Drawn {
    text: Value,
    programme: Verified<ProgrammeCredential>,
    question: Question,
    wallet: Wallet,
    simple: Vec<Simple>,
    exempt: BTreeSet<String>,
}

fn draw_match(random: &mut Random) -> Value {
    let mut ids: Vec<usize> = (0..ACHIEVEMENTS).collect();
    random.shuffle(&mut ids);
    ids.truncate(1 + random.below(3));
    json!({"achievement": ids.into_iter().map(achievement).collect::<Vec<_>>()})
}

fn draw_requirement(random: &mut Random, parts: usize, depth: usize, ids: &mut usize, issuers: &[String]) -> Value {
    let part = |random: &mut Random| json!({"part": format!("p{}", random.below(parts))});
    let list = |random: &mut Random, ids: &mut usize| -> Vec<Value> {
        let count = 1 + random.below(3);
        (0..count).map(|_| draw_requirement(random, parts, depth - 1, ids, issuers)).collect()
    };
    if depth == 0 {
        return part(random);
    }
    match random.below(8) {
        0 => part(random),
        1 | 2 => json!({"all": list(random, ids)}),
        3 => json!({"any": list(random, ids)}),
        4 | 5 => {
            let of = list(random, ids);
            let at_least = 1 + random.below(of.len());
            let mut choose = json!({"atLeast": at_least, "of": of});
            if random.chance(40) {
                choose["atMost"] = json!(at_least + random.below(2));
            }
            json!({"choose": choose})
        }
        _ => {
            *ids += 1;
            let mut from = json!({});
            if random.chance(70) {
                from["group"] = json!([format!("g{}", random.below(2))]);
            } else {
                from["part"] = json!([format!("p{}", random.below(parts))]);
            }
            if random.chance(60) {
                let mut slots = Vec::new();
                for _ in 0..=random.below(2) {
                    let fits =
                        if random.chance(50) { draw_match(random) } else { json!({"issuer": [random.pick(issuers)]}) };
                    let mut slot = json!({"fits": fits});
                    if random.chance(30) {
                        slot["atMostEach"] = json!(2);
                    }
                    if random.chance(30) {
                        slot["atMost"] = json!(4);
                    }
                    slots.push(slot);
                }
                from["free"] = json!(slots);
            }
            json!({"id": format!("r{ids}"), "credits": {"atLeast": 1 + random.below(8), "from": from}})
        }
    }
}

fn draw(shelf: &Shelf, seed: u64) -> Drawn {
    let mut random = Random::new(seed);
    let issuers = [Issuer::new(3).did(), Issuer::new(4).did()];
    loop {
        let count = 1 + random.below(5);
        let parts: Vec<Value> = (0..count)
            .map(|at| {
                let ways: Vec<Value> = (0..=random.below(2))
                    .map(|_| {
                        let matches = 1 + usize::from(random.chance(20));
                        json!({"all": (0..matches).map(|_| draw_match(&mut random)).collect::<Vec<_>>()})
                    })
                    .collect();
                let credits = *random.pick(&[1.0, 2.0, 2.5, 4.0]);
                json!({"id": format!("p{at}"), "name": {"nl": format!("Deel {at}")}, "group": format!("g{}", at % 2),
                       "credits": credits, "ways": ways})
            })
            .collect();
        let mut text = json!({
            "id": "urn:example:programme", "edition": "2026", "name": {"nl": "Programma"}, "unit": "SBU",
            "parts": parts, "decidedBy": [shelf.board.did()]
        });
        let kind = random.below(10);
        if kind > 0 {
            let requirement = draw_requirement(&mut random, count, 3, &mut 0, &issuers);
            text["awards"] = json!([{
                "id": "diploma", "kind": "mbo-verklaring", "name": {"nl": "Diploma"}, "requirement": requirement
            }]);
        }
        let ask = match kind {
            1 => Ask::Part("p0".to_owned()),
            2 => Ask::Group("g0".to_owned()),
            _ => Ask::Award(None),
        };
        let read: Programme = serde_json::from_value(text.clone()).unwrap();
        if Rules::read(&read).is_err() {
            continue;
        }
        let programme = shelf.world.programme(&shelf.body, &text);
        let mut chosen: Vec<usize> = (0..shelf.badges.len()).collect();
        random.shuffle(&mut chosen);
        chosen.truncate(2 + random.below(9));
        let mut wallet = Wallet::new(chosen.iter().map(|at| shelf.badges[*at].0.clone()).collect());
        let mut exempt = BTreeSet::new();
        if random.chance(10) {
            let part = format!("p{}", random.below(count));
            wallet.decisions.push(shelf.world.decision(&shelf.board, "urn:d:1", HOLDER, &programme, &[&part]));
            exempt.insert(part);
        }
        let simple = chosen.iter().map(|at| shelf.badges[*at].1.clone()).collect();
        return Drawn { text, programme, question: Question { programme: None, ask }, wallet, simple, exempt };
    }
}

impl Drawn {
    fn brute_force(&self) -> Best {
        let rules = &self.programme.content().credential_subject.programme;
        let all = |wanted: &dyn Fn(&stapel_credential::Part) -> bool| stapel_credential::Requirement {
            id: None,
            name: stapel_credential::Localised::default(),
            rule: stapel_credential::Rule::All(
                rules
                    .parts
                    .iter()
                    .filter(|part| wanted(part))
                    .map(|part| stapel_credential::Requirement {
                        id: None,
                        name: stapel_credential::Localised::default(),
                        rule: stapel_credential::Rule::Part(part.id.clone()),
                    })
                    .collect(),
            ),
        };
        let root = match &self.question.ask {
            Ask::Part(id) => all(&|part| part.id == *id),
            Ask::Group(group) => all(&|part| part.group.as_ref() == Some(group)),
            _ => rules.awards.first().map_or_else(|| all(&|_| true), |award| award.requirement.clone()),
        };
        Case { programme: rules, root: &root, badges: &self.simple, exempt: self.exempt.clone() }.best()
    }
}

fn score(progress: &Progress) -> Best {
    Best {
        complete: progress.complete,
        leaves: progress.requirements_met,
        counted: progress.credits_counted.hundredths().into(),
        used: std::cmp::Reverse(progress.credentials_used),
    }
}

#[test]
fn the_best_plan_is_as_good_as_brute_force_finds() {
    let shelf = Shelf::new();
    let mut seen = BTreeMap::new();
    for seed in 0..CASES {
        let case = draw(&shelf, seed);
        let found = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap();
        assert_eq!(found.optimality, Optimality::Best, "seed {seed}");
        let brute = case.brute_force();
        assert_eq!(score(&found.progress), brute, "seed {seed}: {:#}\n{:?}", case.text, found.plan);
        *seen.entry((brute.complete, brute.used.0.min(4))).or_insert(0) += 1;
    }
    // Cases that are all empty or all complete would prove nothing.
    assert!(seen.get(&(true, 3)).is_some_and(|count| *count > 50), "{seen:?}");
    assert!(seen.get(&(false, 3)).is_some_and(|count| *count > 50), "{seen:?}");
}

#[test]
fn checking_a_plan_that_was_found_gives_the_progress_that_was_found() {
    let shelf = Shelf::new();
    for seed in 0..CASES {
        let case = draw(&shelf, seed);
        let found = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap();
        let checked = case.wallet.check(&shelf.world, &case.programme, &found.plan);
        assert_eq!(checked.as_ref(), Ok(&found.progress), "seed {seed}: {:#}", case.text);
    }
}

#[test]
fn order_and_copies_have_no_effect() {
    let shelf = Shelf::new();
    for seed in 0..CASES / 2 {
        let mut case = draw(&shelf, seed);
        let before = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap();
        let mut random = Random::new(seed + 1);
        let copies: Vec<_> = case.wallet.credentials.iter().filter(|_| random.chance(50)).cloned().collect();
        case.wallet.credentials.extend(copies);
        let copies = case.wallet.decisions.clone();
        case.wallet.decisions.extend(copies);
        random.shuffle(&mut case.wallet.credentials);
        let after = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap();
        assert_eq!(before, after, "seed {seed}: {:#}", case.text);
    }
}

#[test]
fn another_credential_never_lowers_the_score() {
    let shelf = Shelf::new();
    for seed in 0..CASES / 2 {
        let mut case = draw(&shelf, seed);
        let before = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap().progress.score();
        let mut random = Random::new(seed + 2);
        case.wallet.credentials.push(random.pick(&shelf.badges).0.clone());
        let after = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap().progress.score();
        assert!(after >= before, "seed {seed}: {before:?} became {after:?}: {:#}", case.text);
    }
}

#[test]
fn a_friends_badge_never_counts() {
    let shelf = Shelf::new();
    let mut friends = 0;
    for seed in 0..CASES / 2 {
        let case = draw(&shelf, seed);
        let progress = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap().progress;
        let mut own = case.wallet.clone();
        own.credentials.retain(|credential| {
            credential.content().credential_subject.id.as_ref().is_some_and(|id| id.as_str() == HOLDER)
        });
        friends += case.wallet.credentials.len() - own.credentials.len();
        let alone = own.ask(&shelf.world, &case.programme, &case.question).unwrap().progress;
        assert_eq!(progress.score(), alone.score(), "seed {seed}");
        assert_eq!(progress.parts, alone.parts, "seed {seed}");
    }
    assert!(friends > 1_000, "{friends}");
}

#[test]
fn every_credential_either_counts_or_has_a_reason() {
    let shelf = Shelf::new();
    for seed in 0..CASES / 2 {
        let case = draw(&shelf, seed);
        let found = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap();
        let mut told: BTreeSet<CredentialRef> = found.plan.fills.iter().flat_map(|fill| fill.by.clone()).collect();
        for unused in &found.progress.unused {
            assert!(told.insert(unused.credential.clone()), "seed {seed}: {unused:?} counts, or stands twice");
        }
        let mut had: BTreeSet<CredentialRef> = case.wallet.credentials.iter().map(Verified::reference).collect();
        had.extend(case.wallet.decisions.iter().map(Verified::reference));
        assert_eq!(told, had, "seed {seed}");
    }
}

/// Any single change to a plan is refused, or it claims no more than the plan did.
#[test]
fn a_changed_plan_is_refused_or_claims_no_more() {
    let shelf = Shelf::new();
    let (mut refused, mut kept) = (0, 0);
    for seed in 0..CASES {
        let case = draw(&shelf, seed);
        let found = case.wallet.ask(&shelf.world, &case.programme, &case.question).unwrap();
        let mut random = Random::new(seed + 3);
        let mut plan = found.plan.clone();
        let any: Vec<CredentialRef> = shelf.badges.iter().map(|(badge, _)| badge.reference()).collect();
        if plan.fills.is_empty() {
            continue;
        }
        let line = random.below(plan.fills.len());
        match random.below(5) {
            0 => {
                let again = plan.fills[line].clone();
                plan.fills.push(again);
            }
            1 => {
                let at = random.below(plan.fills[line].by.len());
                plan.fills[line].by[at] = random.pick(&any).clone();
            }
            2 => plan.fills[line].target = Target::Part { id: format!("p{}", random.below(7)), way: random.below(3) },
            3 => {
                let more = random.pick(&any).clone();
                plan.fills[line].by.push(more);
            }
            _ => {
                let mut more = plan.fills[line].clone();
                more.target = Target::Exemption { id: format!("p{}", random.below(5)) };
                plan.fills.push(more);
            }
        }
        match case.wallet.check(&shelf.world, &case.programme, &plan) {
            Err(error) => {
                refused += 1;
                assert!(error.to_string().starts_with("line "), "seed {seed}: {error}");
            }
            Ok(progress) => {
                kept += 1;
                assert!(progress.score() <= found.progress.score(), "seed {seed}");
            }
        }
    }
    assert!(refused > 1_000 && kept > 20, "{refused} refused, {kept} kept");
}

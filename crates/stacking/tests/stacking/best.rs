//! Is the plan found the best there is, whatever the programme and the holdings? Thousands of random small cases against brute force.

use std::collections::{BTreeMap, BTreeSet};

use crate::brute_force::Best;
use crate::draw::{Shelf, draw};
use crate::support::{HOLDER, Issuer, Random, Wallet, World, badge_text, programme_text};
use serde_json::json;
use stapel_credential::{CredentialRef, Credits, Target};
use stapel_stacking::{Optimality, Progress};
use stapel_verifier::Verified;

const CASES: u64 = 3_000;

fn score(progress: &Progress) -> Best {
    Best {
        complete: progress.complete,
        leaves: progress.requirements_met,
        counted: progress.credits_counted.hundredths().into(),
        hours: progress.hours_counted.0.into(),
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
        let more = random.pick(&shelf.badges).0.clone();
        // A diploma beside its record tells what it was made of: limits on what is shared may then bind.
        if !more.content().related_resource.is_empty() {
            continue;
        }
        case.wallet.credentials.push(more);
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

#[test]
fn what_must_stay_open_does_not_hide_what_could_still_be_counted() {
    // One badge fits both of two mandatory parts. Of three modules under a limit of 50 the largest leaves room for no other.
    let (body, school, firm) = (Issuer::new(1), Issuer::new(3), Issuer::new(5));
    let world = World::pinning(&[&body, &school, &firm]);
    let parts = [("a", 10.0, "g"), ("b", 10.0, "g"), ("p", 30.0, "g"), ("q", 25.0, "g"), ("r", 25.0, "g")];
    let pool = json!({"credits": {"atLeast": 80, "from": {"part": ["p", "q", "r"]}}});
    let mut text = programme_text(&parts, &json!({"all": [{"part": "a"}, {"part": "b"}, pool]}));
    text["parts"][1]["ways"] = json!([{"all": [{"achievement": ["urn:a:a"]}]}]);
    text["awards"][0]["limits"] = json!([{"id": "firm", "of": {"issuer": [firm.did()]}, "atMost": 50}]);
    let badge = |issuer: &Issuer, part: &str| {
        world.badge(issuer, &badge_text(issuer, &format!("urn:b:{part}"), &format!("urn:a:{part}")))
    };
    let badges = vec![badge(&school, "a"), badge(&firm, "p"), badge(&firm, "q"), badge(&firm, "r")];
    let found = Wallet::new(badges).find(&world, &world.programme(&body, &text));
    assert_eq!(found.optimality, Optimality::Best);
    assert_eq!(found.progress.credits_counted, Credits::whole(60));
}

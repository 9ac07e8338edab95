//! Does the search end within its budget and near its bound where it cannot be exact?

use stapel_stacking::{Budget, Found, Optimality};

use crate::hard_cases::{ALL, Hard, hard};
use crate::support::now;
use stapel_credential::Question;

/// In steps, so that it is the same on every machine: a fraction of the default.
const STEPS: u64 = 300;

/// What is found, after it was seen to hold; `per_cent` of the bound's credits are counted at least.
fn found(kind: Hard, per_cent: u64) -> Found {
    let case = hard(kind);
    let (question, holdings) = (Question::progress(None), case.wallet.holdings());
    let budget = Budget::steps(STEPS);
    let found = stapel_stacking::find(&case.programme, &question, &holdings, &case.world.trust, now(), budget).unwrap();
    assert_eq!(case.wallet.check(&case.world, &case.programme, &found.plan).as_ref(), Ok(&found.progress));
    if let Optimality::BestFound { bound } = found.optimality {
        let score = found.progress.score();
        assert!(bound >= score, "{bound:?} {score:?}");
        let counted = u64::from(score.credits_counted.hundredths()) * 100;
        assert!(counted >= u64::from(bound.credits_counted.hundredths()) * per_cent, "{bound:?} {score:?}");
    }
    found
}

#[test]
fn five_hundred_equal_credentials_end_with_all_the_credits_of_the_bound() {
    assert!(found(Hard::Equal, 100).progress.complete);
}

#[test]
fn five_hundred_equal_credentials_are_answered_best_within_the_default_budget() {
    let case = hard(Hard::Equal);
    let found = case.wallet.find(&case.world, &case.programme);
    // Twenty parts and, of the others, the five that count in both pools; what the pools then miss comes from their slots.
    assert_eq!((found.optimality, found.progress.credentials_used), (Optimality::Best, 298));
}

#[test]
fn a_budget_of_few_bytes_ends_a_search_as_one_of_few_steps_does() {
    let case = hard(Hard::TwoLimits);
    let (question, holdings) = (Question::progress(None), case.wallet.holdings());
    let find = |budget| {
        stapel_stacking::find(&case.programme, &question, &holdings, &case.world.trust, now(), budget).unwrap()
    };
    let (all, few) = (Budget::steps(STEPS), Budget::steps(STEPS).with_bytes(10_000));
    assert_eq!(find(few), find(few));
    assert!(find(few).progress.score() <= find(all).progress.score());
    assert_eq!(find(all.with_bytes(0)), find(Budget::steps(0)));
}

#[test]
fn fifty_overlapping_pools_end_within_two_per_cent_of_the_bound() {
    assert!(found(Hard::Pools, 98).progress.requirements_met > 0);
}

#[test]
fn amounts_that_never_come_to_a_limit_end_within_two_per_cent_of_the_bound() {
    let progress = found(Hard::Indivisible, 98).progress;
    assert!(progress.limits[0].counted.hundredths() > 97_700, "{:?}", progress.limits);
}

#[test]
fn limits_that_overlap_end_within_two_per_cent_of_the_bound() {
    found(Hard::TwoLimits, 98);
}

#[test]
fn few_of_many_end_within_two_per_cent_of_the_bound() {
    found(Hard::FewOfMany, 98);
}

#[test]
fn parts_that_two_scarce_badges_show_together_end_within_two_per_cent_of_the_bound() {
    found(Hard::Pairs, 98);
}

#[test]
fn what_is_found_with_few_steps_is_the_same_every_time() {
    for kind in ALL {
        let case = hard(kind);
        let (question, holdings) = (Question::progress(None), case.wallet.holdings());
        let find = || {
            let budget = Budget::steps(5);
            stapel_stacking::find(&case.programme, &question, &holdings, &case.world.trust, now(), budget).unwrap()
        };
        assert_eq!(find(), find(), "{kind:?}");
    }
}

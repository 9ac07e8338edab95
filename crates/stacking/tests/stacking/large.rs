//! Does the search stay exact when there is much to choose from? Time is measured by `cargo bench -p stapel-stacking`.

use crate::large_cases::{Kind, diploma, large};
use crate::support::now;
use stapel_credential::Question;
use stapel_stacking::{Budget, Optimality};

#[test]
fn two_hundred_credentials_and_a_hundred_parts_are_solved_exactly() {
    for kind in [Kind::Diploma, Kind::Halfway, Kind::Contested, Kind::Choice, Kind::Electives] {
        let case = large(kind);
        let found = case.wallet.find(&case.world, &case.programme);
        assert_eq!(found.optimality, Optimality::Best, "{kind:?}");
        assert_eq!(case.wallet.check(&case.world, &case.programme, &found.plan), Ok(found.progress), "{kind:?}");
    }
}

/// Too few steps to prove the fewest credentials: the plan still holds, is the same every time, and the bound says what is not
/// excluded.
#[test]
fn when_the_budget_ends_the_plan_still_holds_and_the_bound_is_not_below_it() {
    let case = large(Kind::Electives);
    let find = || {
        let question = Question::progress(None);
        stapel_stacking::find(
            &case.programme,
            &question,
            &case.wallet.holdings(),
            &case.world.trust,
            now(),
            Budget::steps(3),
        )
        .unwrap()
    };
    let found = find();
    let Optimality::BestFound { bound } = found.optimality else { panic!("{:?}", found.optimality) };
    assert!(found.progress.complete);
    assert!(bound >= found.progress.score(), "{bound:?}");
    assert_eq!(case.wallet.check(&case.world, &case.programme, &found.plan).as_ref(), Ok(&found.progress));
    assert_eq!(find(), found);
}

#[test]
fn with_five_hundred_credentials_a_diploma_is_solved_exactly() {
    let case = diploma(500);
    assert_eq!(case.wallet.find(&case.world, &case.programme).optimality, Optimality::Best);
}

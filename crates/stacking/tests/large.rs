//! Does the search stay exact when there is much to choose from? Time is measured by `cargo bench -p stapel-stacking`.

mod support;
#[path = "support/large.rs"]
mod large_cases;

use large_cases::{Kind, large};
use stapel_stacking::Optimality;

#[test]
fn two_hundred_credentials_and_a_hundred_parts_are_solved_exactly() {
    for kind in Kind::ALL {
        let case = large(kind);
        let found = case.wallet.find(&case.world, &case.programme);
        println!("{kind:?}: {:?} {:?}", found.progress.score(), found.optimality);
        assert_eq!(found.optimality, Optimality::Best, "{kind:?}");
        assert_eq!(case.wallet.check(&case.world, &case.programme, &found.plan), Ok(found.progress), "{kind:?}");
    }
}

//! Do searches toward the catalogue end with a proof? Few wallets here; `cargo bench -p stapel-stacking --bench counting -- wallets`
//! draws a thousand.

use crate::catalogue_cases::{Catalogue, proven};

#[test]
fn nearly_all_searches_over_random_wallets_are_proven_best_within_the_default_budget() {
    let catalogue = Catalogue::new();
    assert_eq!(catalogue.shelves.len(), 36);
    let (best, all, most) = proven(&catalogue, 0..20);
    assert_eq!(all, 36 * 20);
    assert!(best * 100 >= all * 99, "{best} of {all}");
    assert!(most > 20, "wallets of at most {most} credentials would prove little");
}

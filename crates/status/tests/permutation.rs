//! Does the secret order hand out each place once, in an order that looks like chance?
#![expect(clippy::unwrap_used, reason = "in a test, what fails should panic")]

use proptest::prelude::*;
use stapel_status::{IndexPermutation, MAXIMUM_ENTRIES, MINIMUM_ENTRIES};

fn order(key: u8, entries: usize) -> Vec<u32> {
    let permutation = IndexPermutation::new([key; 32], entries).unwrap();
    (0..u32::try_from(entries).unwrap()).map(|counter| permutation.index_of(counter).unwrap()).collect()
}

fn is_a_bijection(order: &[u32]) -> bool {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    sorted.iter().copied().eq(0..u32::try_from(order.len()).unwrap())
}

#[test]
fn every_place_of_the_least_list_is_handed_out_once() {
    assert!(is_a_bijection(&order(1, MINIMUM_ENTRIES)));
}

#[test]
fn every_place_of_a_list_of_any_length_is_handed_out_once() {
    for entries in (1..70).chain([1_000, 131_080, 200_000]) {
        assert!(is_a_bijection(&order(2, entries)), "{entries} entries");
    }
}

#[test]
fn the_greatest_list_stays_within_its_bounds_without_repetition() {
    let permutation = IndexPermutation::new([3; 32], MAXIMUM_ENTRIES).unwrap();
    let last = u32::try_from(MAXIMUM_ENTRIES).unwrap();
    let places: std::collections::BTreeSet<u32> =
        (0..5_000).chain(last - 5_000..last).map(|counter| permutation.index_of(counter).unwrap()).collect();
    assert_eq!(places.len(), 10_000);
    assert!(places.iter().all(|&place| place < last));
}

#[test]
fn a_full_list_hands_out_no_more_places() {
    let permutation = IndexPermutation::new([4; 32], MINIMUM_ENTRIES).unwrap();
    assert_eq!(
        permutation.index_of(131_072).unwrap_err().to_string(),
        "all 131072 places of the status list have been handed out; a new list is needed"
    );
}

#[test]
fn a_list_without_entries_or_too_long_has_no_order() {
    assert_eq!(
        IndexPermutation::new([5; 32], 0).unwrap_err().to_string(),
        "places cannot be handed out from a status list without entries"
    );
    assert_eq!(
        IndexPermutation::new([5; 32], MAXIMUM_ENTRIES + 1).unwrap_err().to_string(),
        "a status list of 8388609 entries is longer than the 8388608 taken here"
    );
}

#[test]
fn the_order_of_a_key_never_changes_between_versions() {
    // An issuer's counter outlives a release: another order would hand out places that are taken. The numbers agree with
    // a second writing of the network in Python.
    let permutation =
        IndexPermutation::new(std::array::from_fn(|i| u8::try_from(i).unwrap()), MINIMUM_ENTRIES).unwrap();
    let places: Vec<u32> = (0..6).map(|counter| permutation.index_of(counter).unwrap()).collect();
    assert_eq!(places, [39_085, 81_306, 20_816, 89_652, 12_649, 18_541]);
}

#[test]
fn two_keys_and_two_lengths_give_different_orders() {
    let shared = |one: &[u32], other: &[u32]| one.iter().zip(other).filter(|(a, b)| a == b).count();
    // Two independent orders share one place on average; ten or more happen once in ten million.
    assert!(shared(&order(6, MINIMUM_ENTRIES), &order(7, MINIMUM_ENTRIES)) < 10);
    assert!(shared(&order(6, MINIMUM_ENTRIES), &order(6, MINIMUM_ENTRIES + 8)) < 10);
}

#[test]
fn neighbours_in_time_are_strangers_in_place() {
    let order = order(8, MINIMUM_ENTRIES);
    let places: Vec<f64> = order.iter().map(|&place| f64::from(place)).collect();
    let counters: Vec<f64> = (0..MINIMUM_ENTRIES).map(|counter| f64::from(u32::try_from(counter).unwrap())).collect();
    // The standard deviation of the correlation of unrelated rows is 1 / sqrt(131072) = 0.0028.
    for (name, correlation) in [
        ("place with time", correlation(&counters, &places)),
        ("place with the next place", correlation(&places[1..], &places[..places.len() - 1])),
    ] {
        assert!(correlation.abs() < 0.015, "{name}: {correlation}");
    }
    // Of unrelated neighbours 200 / 131072 lie within 100 places of each other: 200 of them, give or take 14.
    let near = order.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) <= 100).count();
    assert!((120..280).contains(&near), "{near} neighbours in time lie within 100 places");
}

#[test]
fn each_tenth_of_the_list_fills_evenly() {
    let permutation = IndexPermutation::new([9; 32], MINIMUM_ENTRIES).unwrap();
    let mut tenths = [0_u32; 10];
    for counter in 0..10_000 {
        tenths[permutation.index_of(counter).unwrap() as usize * 10 / MINIMUM_ENTRIES] += 1;
    }
    // A thousand each, give or take 30.
    assert!(tenths.iter().all(|count| (850..1_150).contains(count)), "{tenths:?}");
}

#[test]
fn the_key_is_not_shown() {
    let permutation = IndexPermutation::new([10; 32], MINIMUM_ENTRIES).unwrap();
    assert_eq!(format!("{permutation:?}"), "IndexPermutation { entries: 131072, .. }");
}

fn correlation(xs: &[f64], ys: &[f64]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let count = xs.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / count;
    let (mean_x, mean_y) = (mean(xs), mean(ys));
    let spread = |values: &[f64], mean: f64| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    let together: f64 = xs.iter().zip(ys).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    together / (spread(xs, mean_x) * spread(ys, mean_y)).sqrt()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_key_gives_a_bijection_over_any_short_list(key in any::<[u8; 32]>(), entries in 1_usize..600) {
        let permutation = IndexPermutation::new(key, entries).unwrap();
        let order: Vec<u32> =
            (0..u32::try_from(entries).unwrap()).map(|counter| permutation.index_of(counter).unwrap()).collect();
        prop_assert!(is_a_bijection(&order));
    }
}

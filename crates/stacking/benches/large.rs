//! How long do find and check take on large cases?
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark may stop at a surprise"
)]

#[path = "../tests/stacking/large_cases.rs"]
mod large_cases;
#[path = "../tests/stacking/support.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod support;

use large_cases::{Kind, large};

const KINDS: [Kind; 5] = [Kind::Diploma, Kind::Halfway, Kind::Contested, Kind::Choice, Kind::Electives];

fn main() {
    divan::main();
}

#[divan::bench(args = KINDS)]
fn find(bencher: divan::Bencher<'_, '_>, kind: Kind) {
    let case = large(kind);
    bencher.bench(|| case.wallet.find(&case.world, &case.programme));
}

#[divan::bench(args = KINDS)]
fn check(bencher: divan::Bencher<'_, '_>, kind: Kind) {
    let case = large(kind);
    let found = case.wallet.find(&case.world, &case.programme);
    bencher.bench(|| case.wallet.check(&case.world, &case.programme, &found.plan));
}

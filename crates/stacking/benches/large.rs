//! How long do find and check take on large cases?

#[path = "../tests/support/large.rs"]
mod large_cases;
#[path = "../tests/support/mod.rs"]
mod support;

use large_cases::{Kind, large};

fn main() {
    divan::main();
}

#[divan::bench(args = Kind::ALL)]
fn find(bencher: divan::Bencher<'_, '_>, kind: Kind) {
    let case = large(kind);
    bencher.bench(|| case.wallet.find(&case.world, &case.programme));
}

#[divan::bench(args = Kind::ALL)]
fn check(bencher: divan::Bencher<'_, '_>, kind: Kind) {
    let case = large(kind);
    let found = case.wallet.find(&case.world, &case.programme);
    bencher.bench(|| case.wallet.check(&case.world, &case.programme, &found.plan));
}

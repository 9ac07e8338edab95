//! Does counting hold what it promises? Everything here is really signed and really verified.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "in a test, what fails should panic"
)]

mod award;
mod best;
mod brute_force;
mod brute_measure;
mod draw;
mod large;
mod large_cases;
mod plan;
mod reasons;
mod rules;
mod support;

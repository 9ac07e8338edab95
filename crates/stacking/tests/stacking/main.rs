//! Does counting hold what it promises? Everything here is really signed and really verified.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test, what fails should panic"
)]

mod advice;
mod award;
mod best;
mod brute_force;
mod brute_measure;
mod catalogue;
mod catalogue_cases;
mod checked;
mod draw;
mod hard;
mod hard_cases;
mod held_back;
mod language;
mod large;
mod large_cases;
mod narrowed;
mod plan;
mod reasons;
mod rules;
mod shown;
mod support;
mod vectors;
mod ways_on;

//! Does counting hold what it promises? Everything here is really signed and really verified.

mod best;
mod brute_force;
mod large;
mod large_cases;
mod plan;
mod reasons;
mod rules;
mod support;

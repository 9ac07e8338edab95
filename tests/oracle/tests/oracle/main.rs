//! Do our JSON-LD and our RDFC-1.0 say what other people's say, on random badges and random graphs?
//!
//! `cargo test --release` in this folder; `PROPTEST_CASES` says how many of each.

mod badges;
mod differential;

//! Is every document accepted that should be, and no other? The rules of the pipeline by name, and the cases of `fixtures/vectors`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test document that cannot be made fails its test"
)]
#![expect(clippy::too_many_lines, reason = "tables of cases")]

mod accepted;
mod conformance;
mod data_model;
mod demonstration;
mod edges;
mod institutions;
mod jwt;
mod presentations;
mod reasons;
mod refused;
mod remembered;
mod rounds;
mod rules;
mod scene;
mod tokens;
mod tricks_with_datasets;
mod tricks_with_keys;
mod tricks_with_lists;
mod tricks_with_proofs;
mod undecided;
mod vectors;
mod world;

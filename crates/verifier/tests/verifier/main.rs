//! Is every document accepted that should be, and no other? The rules of the pipeline by name, and the cases of `fixtures/vectors`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test document that cannot be made fails its test"
)]

mod accepted;
mod refused;
mod scene;
mod undecided;
mod vectors;
mod world;

//! Does the real program do and say what a learner reads? Each test runs the binary; documents are made and signed here.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what cannot be prepared fails its test"
)]

mod ahead;
mod claiming;
mod contexts;
mod dossiers;
mod found;
mod full_disk;
mod help;
mod holder;
mod journey;
mod jwt;
mod keeping;
mod many;
mod pictures;
mod recounting;
mod server;
mod showing;
mod vault;
mod watching;
mod websites;
mod world;

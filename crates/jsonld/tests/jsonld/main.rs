//! Does a document become the dataset that it says, and no dataset that its JSON does not say?
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a document that cannot be made fails its test"
)]

mod caps;
mod contexts;
mod documents;
mod safe;
mod support;
mod to_rdf;
mod tricks;
mod w3c_vectors;

//! What does this JSON-LD document say, as an RDF dataset with one canonical text? Under pinned contexts, in safe mode.
//!
//! * [`dataset`]: the quads.

pub mod dataset;

pub use dataset::{Dataset, Term};

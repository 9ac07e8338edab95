//! What does this JSON-LD document say, as an RDF dataset with one canonical text? Under pinned contexts, in safe mode.
//!
//! * [`dataset`]: the quads.
//! * [`nquads`]: datasets that come as N-Quads.
//! * [`rdfc`]: the canonical text.

pub mod dataset;
pub mod nquads;
pub mod rdfc;

pub use dataset::{Dataset, Term};
pub use rdfc::{Canonical, RdfcError, WorkLimit, canonicalize};

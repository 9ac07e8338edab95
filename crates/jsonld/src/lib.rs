//! What does this JSON-LD document say, as an RDF dataset with one canonical text? Under pinned contexts, in safe mode.
//!
//! * [`dataset`]: the quads.
//! * [`Contexts`]: the contexts that are known, byte for byte; compiled once, shared by all threads, never downloaded.
//! * [`to_dataset`]: JSON-LD 1.1 in safe mode, so strictly that what was signed is what is read by name.
//! * [`nquads`]: datasets that come as N-Quads.
//! * [`rdfc`]: the canonical text.
//!
//! It is larger than other rooms because two standards live in it, each with its own vectors: JSON-LD 1.1 (contexts: `process`, `define`;
//! the walk: `expand`, `node`, `value`, `maps`; exact reading: `exact`) and RDFC-1.0.

pub mod dataset;
pub mod nquads;
pub mod rdfc;

mod active;
mod contexts;
mod define;
mod embedded;
mod entries;
mod error;
mod exact;
mod expand;
mod hash;
mod head;
mod iri;
mod maps;
mod nest;
mod node;
mod options;
mod path;
mod process;
mod space;
mod term;
mod value;
mod walk;

pub use contexts::Contexts;
pub use dataset::{Dataset, Term};
pub use error::{ContextError, ErrorCode, JsonLdError};
pub use options::{Limits, Options, ProcessingMode, RdfDirection, Reading};
pub use rdfc::{Canonical, RdfcError, WorkLimit, canonicalize};
pub use walk::{to_dataset, to_dataset_with};

//! Whose key is this? Decentralised identifiers, and the documents that say which keys belong to them.
//!
//! * [`resolve`]: did:key and did:jwk say everything themselves; did:web says which URL to fetch. Nothing is fetched here.
//! * [`ControllerDocument`]: what was fetched, read strictly; [`ControllerDocument::key_at`] gives the key of a verification
//!   method, if the document lists it for what it is used for.
//! * [`did_key`], [`ControllerDocument::new`]: the other direction, for those who hold keys.
//!
//! Sources: DID Core 1.0, Controlled Identifiers 1.0 (CID), the did:key, did:jwk and did:web method specifications.

mod did_jwk;
mod did_key;
mod did_web;
mod document;
mod error;
mod method;
mod resolution;

pub use did_key::{did_key, did_key_verification_method};
pub use document::{ControllerDocument, DOCUMENT_MAX_BYTES, METHODS_MAX};
pub use error::DidError;
pub use method::Relationship;
pub use resolution::{Resolution, resolve};

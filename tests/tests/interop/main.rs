//! Are our badges other people's, and theirs ours? Foreign verifiers and issuers of `tests/interop`, both ways, without network.
//!
//! Every case stands beside one that must come out otherwise, so that a verifier that always says yes, or always no, fails here.
#![expect(clippy::indexing_slicing, clippy::panic, reason = "a document that cannot be made fails its test")]

mod badges;
mod ours;
mod theirs;
mod tokens;

//! Is this what its signer signed? `Unsecured` → `Signed` → `Authentic`, under Data Integrity proofs and in JWTs.
//!
//! * [`Unsecured`] is built freely and [signed](Unsecured::sign).
//! * [`Signed`] keeps the text exactly as it was received; its content can only be [peeked at](Signed::peek_unverified).
//! * [`Authentic`] came out of [`Signed::authenticate`]: every proof holds, and one is by a key of the document's controller.
//!   Whether it is valid, revoked or trusted is the verifier's question.

mod authentic;
mod claims;
mod data_integrity;
mod document;
mod eddsa_jcs_2022;
mod eddsa_rdfc_2022;
mod envelope;
mod jws;
mod jwt;
mod proof;
mod sign_jwt;
mod signed;
mod unsecured;

pub use authentic::{Authentic, AuthenticateError, KeyLookupError, KeySource};
pub use data_integrity::MAX_PROOFS;
pub use document::Document;
pub use envelope::{text_within, within_json};
pub use jws::{JwsError, MAX_HEADER_BYTES};
pub use jwt::{JwtNames, is_jwt, peek_document_unverified};
pub use proof::{Cryptosuite, Proof, ProofOptions, ProofPurpose};
pub use signed::{ProofError, Signed};
pub use stapel_credential::jcs;
pub use unsecured::{SignError, Unsecured};

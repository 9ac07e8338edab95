//! Is what is signed what is verified, and does nothing else pass? eddsa-jcs-2022 and JCS against their vectors, and forgeries.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test document that cannot be made fails its test"
)]

mod contexts;
mod forgeries;
mod jcs_vectors;
mod jwt;
mod jwt_issuing;
mod key_lookup;
mod proof_sets;
mod rdf_vectors;
mod signing;
mod support;
mod w3c_vectors;
mod wrong_proofs;

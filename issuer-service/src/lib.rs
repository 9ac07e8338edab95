//! What is the institution's service made of? The parts of `stapel-issuer` that tests and benchmarks use too.

pub mod store;

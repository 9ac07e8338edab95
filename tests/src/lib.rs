//! What do several tests and benchmarks share? A full badge, where the vectors are, and how a ratio is measured.

pub mod badge;
pub mod ratio;
pub mod school;
pub mod vectors;

//! What do several tests and benchmarks share? A full badge, where the vectors and the foreign software are, how a ratio is measured, and the stories.

pub mod badge;
pub mod catalogue;
pub mod draft;
pub mod interop;
pub mod issued;
pub mod journey;
pub mod ratio;
pub mod school;
pub mod told;
pub mod town;
pub mod vectors;

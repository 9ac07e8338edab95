//! Is the canonical text the one that the standard means, for every dataset, and is too much work refused?
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test dataset that cannot be made fails its test"
)]

mod datasets;
mod nquads;
mod properties;
mod reference;
mod w3c;
mod work;

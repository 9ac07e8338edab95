//! Does a credential go into pictures and come out, does the rest stay as it was, and is what is hostile refused?
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what cannot be prepared fails its test"
)]

mod pictures;
mod png;
mod properties;
mod svg;

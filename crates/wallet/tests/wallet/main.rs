//! Does a wallet do what its holder asks, and nothing that she would regret? Every document is really signed.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod ahead;
mod answering;
mod claiming;
mod jwt;
mod presenting;
mod receiving;
mod requesting;
mod school;
mod stacking;
mod trusting;

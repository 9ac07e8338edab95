//! Does a store keep its promises, and is what is issued out of it what the standards ask for?
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod badges;
mod killed;
mod lists;
mod publishing;
mod school;
mod sqlite;
mod story;

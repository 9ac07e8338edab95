//! Does the real program do what a school and its learners ask? Started as users start it, spoken to over real connections.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod answers;
mod api;
mod asking;
mod awards;
mod board;
mod browser;
mod claiming;
mod command_line;
mod csv_files;
mod exemptions;
mod full;
mod http;
mod killed;
mod offers;
mod pages;
mod routes;
mod school;
mod setting_up;
mod vc_api;
mod verifier;
mod wallet;

//! What is the institution's service made of? The parts of `stapel-issuer`; tests and benchmarks use its store.

mod api;
mod app;
mod attempts;
mod cli;
mod clock;
mod commands;
mod config;
mod desk;
mod error;
mod extract;
mod failure;
mod folder;
mod guard;
mod lookup;
mod office;
mod openid;
mod output;
mod pages;
mod passphrase;
mod proof;
mod published;
mod routes;
mod shutdown;
pub mod store;
mod trusting;
mod vc_api;
mod words;

pub use cli::run;

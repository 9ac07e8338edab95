//! Where does the learner's command begin and end?

mod cli;
mod clock;
mod commands;
mod crew;
mod error;
mod file;
mod folder;
mod keyring;
mod network;
mod output;
mod passphrase;
mod picture;
mod progress_bar;
mod session;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::session::Session;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let language = words::choose(&arguments, |name| std::env::var(name).ok());
    let cli = match cli::parse(arguments, language) {
        Ok(cli) => cli,
        Err(error) => return output::usage(&error),
    };
    let json = cli.everywhere.json;
    let result = Session::new(&cli.everywhere, language).and_then(|session| commands::run(&cli.verb, &session));
    output::finish(result, json, language)
}

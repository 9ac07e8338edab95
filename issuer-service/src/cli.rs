//! What can be typed after `stapel-issuer`? Nothing but clap; each command is a file in `commands/`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::{
    achievement, api_key, approve, award, completion, config, credential, doctor, exemption, init, migrate, offer,
    programme, reject, serve, sign, status, trust_list, vc_api, verifier,
};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::output::{self, Output};
use crate::words::{self, Language};

/// Issue badges: record completions, approve, sign, hand out, revoke; and serve all of it.
#[derive(Debug, Parser)]
#[command(name = "stapel-issuer", version, propagate_version = true)]
#[command(after_help = "Exit codes: 0 done, 1 refused, 2 could not run. Results go to stdout, talk to stderr.")]
struct Cli {
    /// The data folder of the institution
    #[arg(
        long,
        global = true,
        help_heading = "Everywhere",
        value_name = "DIR",
        env = "STAPEL_ISSUER_DATA",
        hide_env_values = true
    )]
    data: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long, global = true, help_heading = "Everywhere")]
    json: bool,
    /// Language of talk and advice: nl or en (default: that of the locale)
    #[arg(long, global = true, help_heading = "Everywhere", value_name = "LANG", value_parser = Language::parse)]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Set up an institution: its data folder, its key, one API key for each role
    Init(init::Arguments),
    /// Make, list and end API keys
    #[command(subcommand)]
    ApiKey(api_key::Verb),
    /// Add and list achievements
    #[command(subcommand)]
    Achievement(achievement::Verb),
    /// Check, publish and list programmes
    #[command(subcommand)]
    Programme(programme::Verb),
    /// Record and list completions
    #[command(subcommand)]
    Completion(completion::Verb),
    /// Approve completions that somebody else recorded
    Approve(approve::Arguments),
    /// Reject completions
    Reject(reject::Arguments),
    /// Sign everything that is approved and names a DID
    Sign(sign::Arguments),
    /// Hand out one-time codes for completions without a DID
    Offer(offer::Arguments),
    /// Grant and list exemptions from parts of a programme
    #[command(subcommand)]
    Exemption(exemption::Verb),
    /// Propose, approve and sign diplomas
    #[command(subcommand)]
    Award(award::Verb),
    /// Revoke a badge, exemption or diploma for ever
    Revoke(status::Reasoned),
    /// Suspend a badge, where its achievement says so
    Suspend(status::Reasoned),
    /// End the suspension of a badge
    Unsuspend(status::Plain),
    /// List signed badges
    #[command(subcommand)]
    Credential(credential::Verb),
    /// Make a trust list, signed by this institution's key
    #[command(subcommand)]
    TrustList(trust_list::Verb),
    /// Serve the API, the pages, the status lists, and wallets
    Serve(serve::Arguments),
    /// Serve the page on which anybody checks a badge; needs no institution
    Verifier(verifier::Arguments),
    /// Issue and verify for conformance suites, on this machine alone
    VcApi(vc_api::Arguments),
    /// Bring the database to this program's version
    Migrate,
    /// Check the settings, or print an example
    #[command(subcommand)]
    Config(config::Verb),
    /// Look whether everything is in order
    Doctor(doctor::Arguments),
}

/// Runs the program.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let language = words::choose(cli.lang);
    let result = dispatch(cli.command, Folder::named(cli.data), cli.json, language);
    output::finish(result, cli.json, language)
}

fn dispatch(
    command: Command,
    folder: Result<Folder, Failure>,
    json: bool,
    language: Language,
) -> Result<Output, Failure> {
    match command {
        // These need no institution.
        Command::Config(verb) => config::run(verb, folder),
        Command::Programme(programme::Verb::Check { file }) => programme::check(&file, language),
        Command::VcApi(arguments) => vc_api::run(&arguments, json, language),
        Command::Verifier(arguments) => verifier::run(&arguments, json, language),
        command => in_folder(command, &folder?, language),
    }
}

fn in_folder(command: Command, folder: &Folder, language: Language) -> Result<Output, Failure> {
    match command {
        Command::Init(arguments) => init::run(folder, &arguments, language),
        Command::ApiKey(verb) => api_key::run(folder, verb, language),
        Command::Achievement(verb) => achievement::run(folder, verb, language),
        Command::Programme(verb) => programme::run(folder, verb, language),
        Command::Completion(verb) => completion::run(folder, verb, language),
        Command::Approve(arguments) => approve::run(folder, arguments, language),
        Command::Reject(arguments) => reject::run(folder, arguments, language),
        Command::Sign(arguments) => sign::run(folder, &arguments, language),
        Command::Offer(arguments) => offer::run(folder, &arguments, language),
        Command::Exemption(verb) => exemption::run(folder, verb, language),
        Command::Award(verb) => award::run(folder, verb, language),
        Command::Revoke(arguments) => status::revoke(folder, arguments, language),
        Command::Suspend(arguments) => status::suspend(folder, arguments, language),
        Command::Unsuspend(arguments) => status::unsuspend(folder, arguments, language),
        Command::Credential(verb) => credential::run(folder, verb),
        Command::TrustList(verb) => trust_list::run(folder, verb, language),
        Command::Serve(arguments) => serve::run(folder, &arguments, language),
        Command::VcApi(arguments) => vc_api::run(&arguments, false, language),
        Command::Verifier(arguments) => verifier::run(&arguments, false, language),
        Command::Migrate => migrate::run(folder, language),
        Command::Config(verb) => config::run(verb, Ok(folder.clone())),
        Command::Doctor(arguments) => Ok(doctor::run(folder, &arguments, language)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }
}

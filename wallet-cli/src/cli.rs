//! What may be typed? Only the shape of the command line; what it means stands in `commands`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgGroup, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use stapel_credential::{Basis, Did, Timestamp};
use stapel_report::Language;

use crate::words;

/// Keep your badges, see how far they bring you, and show them.
#[derive(Debug, Parser)]
#[command(
    name = "stapel",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
#[command(arg_required_else_help = true, subcommand_value_name = "COMMAND", max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) everywhere: Everywhere,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Everywhere {
    /// The wallet's file; without it ~/.local/share/stapel/wallet.stapel
    #[arg(long, global = true, value_name = "FILE", env = "STAPEL_WALLET", hide_env_values = true)]
    pub(crate) wallet: Option<PathBuf>,
    /// The file that holds the passphrase (mode 0600); without it you are asked
    #[arg(long, global = true, value_name = "FILE", env = "STAPEL_PASSPHRASE_FILE", hide_env_values = true)]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Dutch or English; without it as LANG says
    #[arg(long, global = true, value_name = "nl|en", value_parser = Language::parse)]
    pub(crate) lang: Option<Language>,
    /// Fetch nothing
    #[arg(long, global = true)]
    pub(crate) offline: bool,
    /// For development: ask 127.0.0.1:PORT over plain http (may be given several times)
    #[arg(
        long,
        global = true,
        value_name = "PORT",
        env = "STAPEL_DEV_LOOPBACK",
        hide_env_values = true,
        value_delimiter = ','
    )]
    pub(crate) dev_loopback: Vec<u16>,
    /// Print help
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make a new wallet; prints its DID and, once, the twenty-four recovery words
    Init(Init),
    /// Print the wallet's DID
    Id,
    /// Verify something, say what was found, and keep it
    Receive(Receive),
    /// List what is kept, with what was last found of it
    List,
    /// Show everything that a badge says, and what is found of it today
    Show(Show),
    /// Programmes to work toward
    #[command(subcommand, subcommand_value_name = "COMMAND", subcommand_required = true)]
    Programme(Programme),
    /// Whom you trust
    #[command(subcommand, subcommand_value_name = "COMMAND", subcommand_required = true)]
    Trust(Trust),
    /// Show how far you are in a programme, and what is missing
    Progress(Progress),
    /// Show badges, your progress, or the answer to a question, to somebody who asked
    Present(Present),
    /// Put badges together under a title; a bundle claims no qualification
    Bundle(Bundle),
    /// Exemptions that an examination board grants
    #[command(subcommand, subcommand_value_name = "COMMAND", subcommand_required = true)]
    Exemption(Exemption),
    /// Verify badges and presentations of others; needs no wallet
    Verify(Verify),
    /// Keep the wallet open for some minutes
    Unlock(Unlock),
    /// Close the wallet again
    Lock,
    /// Choose a new passphrase with the recovery words
    Recover(Recover),
    /// Change the passphrase
    Passphrase(NewPassphrase),
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Write the recovery words to this file (mode 0600) instead of printing them
    #[arg(long, value_name = "FILE")]
    pub(crate) words_to: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Receive {
    /// A file, a web address, an offer link, or - for standard input
    #[arg(value_name = "FILE|URL|-|LINK")]
    pub(crate) what: String,
    /// The code that the issuer told you apart from the offer; without it you are asked
    #[arg(long, value_name = "CODE")]
    pub(crate) tx_code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Which badge: its number in the list, its id, or a part of its name
    #[arg(value_name = "ID|NAME|NUMBER")]
    pub(crate) badge: String,
    /// Print the badge exactly as its issuer signed it
    #[arg(long)]
    pub(crate) source: bool,
    /// Print it as a certificate on paper, into this PDF file; only if it is accepted today
    #[arg(long, value_name = "FILE", conflicts_with = "source")]
    pub(crate) pdf: Option<PathBuf>,
    /// Your name on the sheet; no badge vouches for it
    #[arg(long, value_name = "NAME", requires = "pdf")]
    pub(crate) name: Option<String>,
    /// Overwrite the file
    #[arg(long, requires = "pdf")]
    pub(crate) force: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Programme {
    /// Verify a programme and keep it
    Add {
        /// A file, a web address, or - for standard input
        #[arg(value_name = "FILE|URL|-")]
        from: String,
    },
    /// List the programmes that are kept
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Trust {
    /// Trust an anchor, and keep its list of issuers
    Add {
        /// The list: a file, a web address, or - for standard input
        #[arg(value_name = "FILE|URL|-")]
        from: String,
        /// Who must have signed it: somebody whose DID you know from elsewhere
        #[arg(long, value_name = "DID", value_parser = Did::parse)]
        anchor: Did,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Trust one issuer, without a list
    Pin {
        /// The issuer
        #[arg(value_parser = Did::parse)]
        did: Did,
    },
    /// Trust an anchor or issuer no longer
    Remove {
        /// The anchor or issuer
        #[arg(value_parser = Did::parse)]
        did: Did,
    },
    /// List whom you trust
    List,
}

#[derive(Debug, Args)]
pub(crate) struct Progress {
    /// Which programme: its number, its id, or a part of its name
    #[arg(value_name = "PROGRAMME")]
    pub(crate) programme: String,
    /// Toward which award, where the programme leads to several
    #[arg(long, value_name = "ID")]
    pub(crate) award: Option<String>,
    /// Draw it as a tower of blocks, into this SVG file
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
    /// Print it on paper, into this PDF file
    #[arg(long, value_name = "FILE")]
    pub(crate) pdf: Option<PathBuf>,
    /// Your name on the sheet; without it your DID
    #[arg(long, value_name = "NAME", requires = "pdf")]
    pub(crate) name: Option<String>,
    /// Overwrite the file
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["badges", "programme", "answer"]))]
pub(crate) struct Present {
    /// Which badges: numbers in the list, ids, or parts of names
    #[arg(value_name = "ID|NAME|NUMBER", conflicts_with_all = ["programme", "answer"])]
    pub(crate) badges: Vec<String>,
    /// Answer this question with the fewest badges that satisfy it: a file, a web address, or - for standard input
    #[arg(long, value_name = "FILE|URL|-")]
    pub(crate) answer: Option<String>,
    /// Show the progress in this programme, with exactly the badges that it uses
    #[arg(long, value_name = "PROGRAMME")]
    pub(crate) programme: Option<String>,
    /// Toward which award, where the programme leads to several
    #[arg(long, value_name = "ID", requires = "programme", conflicts_with = "answer")]
    pub(crate) award: Option<String>,
    /// Show the award records of diplomas along: they name everything that counted for them
    #[arg(long)]
    pub(crate) with_award_records: bool,
    /// Who asked, e.g. employer.example
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) to: String,
    /// The single-use text that they gave
    #[arg(long, value_name = "TEXT")]
    pub(crate) challenge: String,
    /// For how long it holds
    #[arg(long, value_name = "MINUTES", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=525_600))]
    pub(crate) minutes: u64,
    /// Where to write it; - for standard output
    #[arg(long, value_name = "FILE|-")]
    pub(crate) out: String,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    /// Overwrite the file
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Bundle {
    /// Which badges: numbers in the list, ids, or parts of names
    #[arg(value_name = "ID|NAME|NUMBER", required = true)]
    pub(crate) badges: Vec<String>,
    /// The title of the collection
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: String,
    /// What holds it together
    #[arg(long, value_name = "TEXT")]
    pub(crate) theme: Option<String>,
    /// For whom it is, e.g. employer.example; without it anybody may pass it on
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) to: Option<String>,
    /// The single-use text that they gave
    #[arg(long, value_name = "TEXT", requires = "to")]
    pub(crate) challenge: Option<String>,
    /// Until when it holds, e.g. 2026-12-31T23:59:59Z
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    pub(crate) expires: Option<Timestamp>,
    /// Where to write it; - for standard output
    #[arg(long, value_name = "FILE|-")]
    pub(crate) out: String,
    /// Print it on paper too, into this PDF file: the badges that are accepted today
    #[arg(long, value_name = "FILE")]
    pub(crate) pdf: Option<PathBuf>,
    /// Your name on the sheet; without it your DID
    #[arg(long, value_name = "NAME", requires = "pdf")]
    pub(crate) name: Option<String>,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    /// Overwrite the files
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Exemption {
    /// Ask an examination board for an exemption or an assessment, with badges as the evidence
    Request(ExemptionRequest),
}

#[derive(Debug, Args)]
pub(crate) struct ExemptionRequest {
    /// In which programme: its number, its id, or a part of its name
    #[arg(long, value_name = "PROGRAMME")]
    pub(crate) programme: String,
    /// For which part, by its id (may be given several times)
    #[arg(long, value_name = "ID", required = true)]
    pub(crate) part: Vec<String>,
    /// Which badges show it: numbers in the list, ids, or parts of names
    #[arg(long, value_name = "ID|NAME|NUMBER", num_args = 1..)]
    pub(crate) evidence: Vec<String>,
    /// Ask for an assessment instead
    #[arg(long)]
    pub(crate) assessment: bool,
    /// On what it should rest: course, workplace, prior-learning, dialogue, ...
    #[arg(long, value_name = "WORD", value_parser = basis)]
    pub(crate) basis: Option<Basis>,
    /// More about it, in your own words
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    /// The examination board, or its institution
    #[arg(long, value_name = "DID", value_parser = Did::parse)]
    pub(crate) to: Did,
    /// The single-use text that they gave
    #[arg(long, value_name = "TEXT")]
    pub(crate) challenge: Option<String>,
    /// Where to write it; - for standard output
    #[arg(long, value_name = "FILE|-")]
    pub(crate) out: String,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    /// Overwrite the file
    #[arg(long)]
    pub(crate) force: bool,
}

fn basis(text: &str) -> Result<Basis, String> {
    let known: Vec<&str> = Basis::ALL.iter().map(|basis| basis.as_str()).collect();
    Basis::find(text).ok_or_else(|| known.join(", "))
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(false).args(["files", "case"]))]
pub(crate) struct Verify {
    /// Badges, presentations, programmes: files, web addresses, or - for standard input
    #[arg(value_name = "FILE|URL|-")]
    pub(crate) files: Vec<String>,
    /// A trust list (may be given several times)
    #[arg(long, value_name = "FILE|URL", requires = "anchor", conflicts_with = "case")]
    pub(crate) trust: Vec<String>,
    /// Who must have signed the trust lists (may be given several times)
    #[arg(long, value_name = "DID", value_parser = Did::parse, conflicts_with = "case")]
    pub(crate) anchor: Vec<Did>,
    /// An issuer that you trust without a list (may be given several times)
    #[arg(long, value_name = "DID", value_parser = Did::parse, conflicts_with = "case")]
    pub(crate) pin: Vec<Did>,
    /// For whom a presentation must have been made: you
    #[arg(long, value_name = "DOMAIN", conflicts_with = "case")]
    pub(crate) domain: Option<String>,
    /// The single-use text that you gave the holder
    #[arg(long, value_name = "TEXT", conflicts_with = "case")]
    pub(crate) challenge: Option<String>,
    /// Does it answer this question? A file, or - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub(crate) question: Option<String>,
    /// Verify as if it were this instant, e.g. 2026-11-22T09:00:00Z
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse, conflicts_with = "case")]
    pub(crate) as_of: Option<Timestamp>,
    /// Write everything that the answer rests on to this file
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    pub(crate) case_out: Option<PathBuf>,
    /// Give the answer of such a file again, without a network
    #[arg(long, value_name = "FILE")]
    pub(crate) case: Option<String>,
    /// Overwrite the file
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Unlock {
    /// For how long
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub(crate) minutes: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Recover {
    /// The file that holds the recovery words, or - for standard input; without it you are asked
    #[arg(long, value_name = "FILE|-")]
    pub(crate) words_from: Option<String>,
    #[command(flatten)]
    pub(crate) new: NewPassphrase,
}

#[derive(Debug, Args)]
pub(crate) struct NewPassphrase {
    /// The file that holds the new passphrase (mode 0600); without it you are asked
    #[arg(long, value_name = "FILE")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}

/// Reads the command line; its help is in that language.
pub(crate) fn parse(arguments: Vec<OsString>, language: Language) -> Result<Cli, clap::Error> {
    let matches = command(language).try_get_matches_from(arguments)?;
    Cli::from_arg_matches(&matches)
}

/// The command line with its help in that language.
pub(crate) fn command(language: Language) -> clap::Command {
    words::help(Cli::command(), language)
}

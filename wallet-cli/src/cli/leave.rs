//! What may be typed to show something to somebody: presentations, bundles, requests?

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use stapel_credential::{Basis, Did, Timestamp};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["badges", "programme", "answer"]))]
pub(crate) struct Present {
    /// Which badges: numbers in the list, ids, or parts of names
    #[arg(value_name = "ID|NAME|NUMBER", conflicts_with_all = ["programme", "answer"])]
    pub(crate) badges: Vec<String>,
    /// Answer this question with the fewest badges that satisfy it: a file, a web address, or - for standard input; the link of
    /// somebody who asks says besides who asks, and the answer goes there
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
    #[arg(long, value_name = "DOMAIN", required_unless_present = "answer")]
    pub(crate) to: Option<String>,
    /// The single-use text that they gave
    #[arg(long, value_name = "TEXT", required_unless_present = "answer")]
    pub(crate) challenge: Option<String>,
    /// For how long it holds; 10, or as long as the link that is answered is open
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..=525_600))]
    pub(crate) minutes: Option<u64>,
    /// Where to write it; - for standard output
    #[arg(long, value_name = "FILE|-", required_unless_present = "answer")]
    pub(crate) out: Option<String>,
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

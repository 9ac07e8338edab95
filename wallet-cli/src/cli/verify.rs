//! What may be typed to verify what others show?

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use stapel_credential::{Did, Timestamp};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(false).args(["files", "case"]))]
pub(crate) struct Verify {
    /// Badges, presentations, programmes: files, pictures with a badge in them (PNG, SVG), folders of such files, web addresses, or - for standard input
    #[arg(value_name = "FILE|FOLDER|URL|-")]
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
    /// Evidence that was fetched before, by `stapel dossier`. It holds keys of issuers: take it only from whom you would let fetch for you
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    pub(crate) dossier: Option<PathBuf>,
    /// A folder with vocabularies (JSON-LD contexts) that you trust, each named with its digest in its contexts.json
    #[arg(long, value_name = "FOLDER", conflicts_with = "case")]
    pub(crate) contexts: Vec<PathBuf>,
    /// For whom a presentation must have been made: you
    #[arg(long, value_name = "DOMAIN", conflicts_with = "case")]
    pub(crate) domain: Option<String>,
    /// The single-use text that you gave the holder
    #[arg(long, value_name = "TEXT", conflicts_with = "case")]
    pub(crate) challenge: Option<String>,
    /// Does it answer this question? A file, or - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub(crate) question: Option<String>,
    /// Count the award again as of its day, from the record that was kept beside the diploma: a file, or - for standard input
    #[arg(long, value_name = "FILE|-", conflicts_with = "case")]
    pub(crate) record: Option<String>,
    /// Verify as if it were this instant, e.g. 2026-11-22T09:00:00Z
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse, conflicts_with = "case")]
    pub(crate) as_of: Option<Timestamp>,
    /// Write everything that the answer rests on to this file
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    pub(crate) case_out: Option<PathBuf>,
    /// Give the answer of such a file again, without a network
    #[arg(long, value_name = "FILE")]
    pub(crate) case: Option<String>,
    /// Write a row for each document to this file; its name ends in .csv or .json
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    pub(crate) report: Option<PathBuf>,
    /// Tell what changed since the last time, which this file remembers, and what expires soon; for cron
    #[arg(long, value_name = "FILE", conflicts_with_all = ["case", "case_out", "record", "question"])]
    pub(crate) watch: Option<PathBuf>,
    /// What expires within so many days is told
    #[arg(long, value_name = "DAYS", default_value_t = 60, requires = "watch", value_parser = clap::value_parser!(u16).range(1..=3660))]
    pub(crate) soon: u16,
    /// Write the same as a web page to this file
    #[arg(long, value_name = "FILE", requires = "watch")]
    pub(crate) page: Option<PathBuf>,
    /// On how many threads; without it on all cores
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) threads: Option<u16>,
    /// Overwrite the files; the one of --watch is always replaced
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Dossier {
    /// Badges, presentations, programmes, as for `stapel verify`
    #[arg(value_name = "FILE|FOLDER|URL|-", required = true)]
    pub(crate) files: Vec<String>,
    /// Where it is written
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// A trust list that goes along (may be given several times)
    #[arg(long, value_name = "FILE|URL", requires = "anchor")]
    pub(crate) trust: Vec<String>,
    /// Who must have signed the trust lists (may be given several times); this does not go along
    #[arg(long, value_name = "DID", value_parser = Did::parse)]
    pub(crate) anchor: Vec<Did>,
    /// A folder with vocabularies (JSON-LD contexts) that go along, each named with its digest in its contexts.json
    #[arg(long, value_name = "FOLDER")]
    pub(crate) contexts: Vec<PathBuf>,
    /// Fetch as if it were this instant, e.g. 2026-11-22T09:00:00Z
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    pub(crate) as_of: Option<Timestamp>,
    /// On how many threads; without it on all cores
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) threads: Option<u16>,
    /// Overwrite the file
    #[arg(long)]
    pub(crate) force: bool,
}

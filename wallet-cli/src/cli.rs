//! What may be typed? Only the shape of the command line; what it means stands in `commands`.

mod ahead;
mod leave;
mod verify;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgGroup, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use stapel_credential::Did;
use stapel_report::Language;

pub(crate) use self::ahead::{Catalogue, Helps, Nearest, Progress};
pub(crate) use self::leave::{Bundle, Exemption, ExemptionRequest, Present};
pub(crate) use self::verify::{Dossier, Verify};
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
    /// Show how far you are in a programme, what is missing, and the shortest ways on
    Progress(Progress),
    /// Show which awards you are nearest to, over many programmes
    Nearest(Nearest),
    /// Show where a badge helps you, or a module that you may choose
    Helps(Helps),
    /// Catalogues of institutions: who offers which module; nobody signed them
    #[command(subcommand, subcommand_value_name = "COMMAND", subcommand_required = true)]
    Catalogue(Catalogue),
    /// Show badges, your progress, or the answer to a question, to somebody who asked
    Present(Present),
    /// Put badges together under a title; a bundle claims no qualification
    Bundle(Bundle),
    /// Exemptions that an examination board grants
    #[command(subcommand, subcommand_value_name = "COMMAND", subcommand_required = true)]
    Exemption(Exemption),
    /// Verify badges and presentations of others; needs no wallet
    Verify(Verify),
    /// Fetch everything that verdicts on documents need into one file, for a machine without a network. It is evidence, not trust: whoever verifies with it names whom they trust
    Dossier(Dossier),
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
    /// A file or a picture with a badge in it (PNG, SVG), a web address, an offer link, or - for standard input
    #[arg(value_name = "FILE|URL|-|LINK")]
    pub(crate) what: String,
    /// The code that the issuer told you apart from the offer; without it you are asked
    #[arg(long, value_name = "CODE")]
    pub(crate) tx_code: Option<String>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("written").multiple(true).args(["pdf", "image"]))]
pub(crate) struct Show {
    /// Which badge: its number in the list, its id, or a part of its name
    #[arg(value_name = "ID|NAME|NUMBER")]
    pub(crate) badge: String,
    /// Print the badge exactly as its issuer signed it
    #[arg(long)]
    pub(crate) source: bool,
    /// Print the award record that is kept beside a diploma, exactly as it was received
    #[arg(long, conflicts_with_all = ["source", "pdf"])]
    pub(crate) record: bool,
    /// Print it as a certificate on paper, into this PDF file; only if it is accepted today
    #[arg(long, value_name = "FILE", conflicts_with = "source")]
    pub(crate) pdf: Option<PathBuf>,
    /// Your name on the sheet; no badge vouches for it
    #[arg(long, value_name = "NAME", requires = "pdf")]
    pub(crate) name: Option<String>,
    /// Put the badge into a picture, this PNG or SVG file: whoever has it can read and verify the badge
    #[arg(long, value_name = "FILE", conflicts_with_all = ["source", "record"])]
    pub(crate) image: Option<PathBuf>,
    /// Into this picture; without it into its own, else into one that is drawn for it (SVG)
    #[arg(long, value_name = "FILE", requires = "image")]
    pub(crate) picture: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long, requires = "written")]
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

//! What may be typed about what lies ahead: progress, catalogues, the nearest awards, where something helps?

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct Progress {
    /// Which programme: its number, its id, or a part of its name
    #[arg(value_name = "PROGRAMME")]
    pub(crate) programme: String,
    /// Toward which award, where the programme leads to several
    #[arg(long, value_name = "ID")]
    pub(crate) award: Option<String>,
    /// What if you finished these? Modules of the catalogues that are kept, by id, code or a part of the title
    #[arg(long, value_name = "ACHIEVEMENT", num_args = 1.., conflicts_with_all = ["svg", "pdf"])]
    pub(crate) what_if: Vec<String>,
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

#[derive(Debug, Subcommand)]
pub(crate) enum Catalogue {
    /// Fetch a catalogue and keep it, in the place of the one that came from there before
    Add {
        /// A web address, a file, or - for standard input
        #[arg(value_name = "URL|FILE|-")]
        from: String,
    },
    /// List the catalogues that are kept
    List {
        /// List their modules too
        #[arg(long)]
        modules: bool,
    },
    /// Keep a catalogue no longer
    Remove {
        /// Its number in the list, or where it came from
        #[arg(value_name = "NUMBER|URL|FILE")]
        catalogue: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Nearest {
    /// Signed programmes besides those that are kept: files with one or an array of them, folders of such files, web addresses
    #[arg(value_name = "FILE|FOLDER|URL")]
    pub(crate) programmes: Vec<String>,
    /// How many awards to name
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Name every programme that was passed over, with the reason
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Helps {
    /// A badge by its number in the list or its id, or a module of a catalogue by id, code or a part of the title
    #[arg(value_name = "NUMBER|ACHIEVEMENT")]
    pub(crate) what: String,
    /// Signed programmes besides those that are kept: files with one or an array of them, folders of such files, web addresses
    #[arg(value_name = "FILE|FOLDER|URL")]
    pub(crate) programmes: Vec<String>,
    /// Name every award that it does nothing for, and every programme that was passed over
    #[arg(long)]
    pub(crate) all: bool,
}

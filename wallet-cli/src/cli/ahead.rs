//! What may be typed about what lies ahead: progress and ways on?

use std::path::PathBuf;

use clap::Args;

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

//! `achievement`: what does the institution award?

use std::path::PathBuf;

use super::{ActingAs, in_file, read_text};
use crate::clock;
use crate::desk::achievements;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::routes::MAX_FILE_BYTES;
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Add achievements, or new versions of them
    Add {
        /// JSON: {"code", "achievement": {…}, "form"?, "validityMonths"?, "statusPurpose"?}
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        acting: ActingAs,
    },
    /// List the newest version of each
    List {
        #[command(flatten)]
        acting: ActingAs,
    },
}

pub(crate) fn run(folder: &Folder, verb: Verb, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    match verb {
        Verb::Add { files, acting } => {
            let by = acting.actor(office.repository.as_ref())?;
            let mut added = Vec::with_capacity(files.len());
            for path in &files {
                let text = read_text(path, MAX_FILE_BYTES as u64)?;
                let one = achievements::add(&office.records(), &by, &text, clock::now());
                added.push(one.map_err(|error| in_file(path)(error.into()))?);
            }
            let lines: Vec<_> = added.iter().map(|one| format!("{}\n  {}", one.line(), one.id())).collect();
            Ok(Output::new(lines.join("\n"), &added))
        }
        Verb::List { acting } => {
            let by = acting.actor(office.repository.as_ref())?;
            let found = achievements::list(&office.records(), &by)?;
            let lines: Vec<_> = found.iter().map(achievements::AchievementView::line).collect();
            let none = language.either("nog geen", "none yet");
            Ok(Output::new(if lines.is_empty() { none.to_owned() } else { lines.join("\n") }, &found))
        }
    }
}

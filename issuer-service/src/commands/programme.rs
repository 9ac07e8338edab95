//! `programme`: what must be shown for which award?

use std::path::{Path, PathBuf};

use super::{ActingAs, in_file, read_text};
use crate::clock;
use crate::desk::programmes;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::passphrase::PassphraseSource;
use crate::routes::MAX_FILE_BYTES;
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Look whether the rules hold together; nothing is published
    Check {
        /// The programme as JSON
        file: PathBuf,
    },
    /// Sign and publish an edition
    Add {
        /// The programme as JSON
        file: PathBuf,
        #[command(flatten)]
        acting: ActingAs,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// List all editions
    List,
}

pub(crate) fn run(folder: &Folder, verb: Verb, language: Language) -> Result<Output, Failure> {
    match verb {
        Verb::Check { file } => check(&file, language),
        Verb::Add { file, acting, passphrase } => {
            let office = Office::open(folder)?;
            let by = acting.actor(office.repository.as_ref())?;
            let text = read_text(&file, MAX_FILE_BYTES as u64)?;
            let key = folder.open_key(&passphrase, language)?;
            let published = programmes::publish(&office.issuer(&key)?, &by, &text, clock::now())
                .map_err(|error| in_file(&file)(error.into()))?;
            let line = format!("{} ({})\n  {}", published.name, published.edition, published.credential);
            Ok(Output::new(line, &published))
        }
        Verb::List => {
            let office = Office::open(folder)?;
            let found = programmes::list(office.repository.as_ref())?;
            let lines: Vec<_> =
                found.iter().map(|one| format!("{} ({})\n  {}", one.name, one.edition, one.credential)).collect();
            let none = language.either("nog geen", "none yet");
            Ok(Output::new(if lines.is_empty() { none.to_owned() } else { lines.join("\n") }, &found))
        }
    }
}

/// Needs no data folder: whoever writes rules may check them anywhere.
pub(crate) fn check(file: &Path, language: Language) -> Result<Output, Failure> {
    let text = read_text(file, MAX_FILE_BYTES as u64)?;
    let checked = programmes::check(&text).map_err(|error| in_file(file)(error.into()))?;
    let line = language.either(
        format!("{} ({}) is in orde: {} onderdelen", checked.name, checked.edition, checked.parts),
        format!("{} ({}) holds together: {} parts", checked.name, checked.edition, checked.parts),
    );
    Ok(Output::new(line, &checked))
}

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
    ///
    /// Prints every mistake in the rules with its place, or the first one of form, and ends with 1; or says that the rules
    /// hold together, gives advice on what is allowed and probably not meant, and ends with 0. Needs no data folder and no
    /// key.
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
    let checked = programmes::examine(&text).map_err(|error| in_file(file)(error.into()))?;
    let title = format!("{} ({})", checked.name, checked.edition);
    let mut lines = vec![match (checked.errors.len(), checked.parts) {
        (0, 1) => title + language.either(" is in orde: 1 onderdeel", " holds together: 1 part"),
        (0, parts) => language.either(
            format!("{title} is in orde: {parts} onderdelen"),
            format!("{title} holds together: {parts} parts"),
        ),
        (1, _) => title + language.either(" is niet in orde: 1 fout", " does not hold together: 1 mistake"),
        (errors, _) => language.either(
            format!("{title} is niet in orde: {errors} fouten"),
            format!("{title} does not hold together: {errors} mistakes"),
        ),
    }];
    lines.extend(checked.errors.iter().map(|error| format!("  {error}")));
    if !checked.advice.is_empty() {
        lines.push(language.either("Advies", "Advice").to_owned());
        lines.extend(checked.advice.iter().map(|advice| format!("  {advice}")));
    }
    Ok(Output::new(lines.join("\n"), &checked).refused(!checked.errors.is_empty()))
}

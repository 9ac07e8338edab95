//! `credential`: which badges were signed?

use super::ActingAs;
use crate::desk::credentials;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// List the badges that hold
    List {
        /// List the revoked and suspended ones instead
        #[arg(long)]
        revoked: bool,
        #[command(flatten)]
        acting: ActingAs,
    },
}

pub(crate) fn run(folder: &Folder, verb: Verb) -> Result<Output, Failure> {
    let Verb::List { revoked, acting } = verb;
    let office = Office::open(folder)?;
    let by = acting.actor(office.repository.as_ref())?;
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let piece = credentials::list(&office.records(), &by, revoked, after)?;
        items.extend(piece.items);
        after = piece.next;
        if after.is_none() {
            break;
        }
    }
    let lines: Vec<_> = items
        .iter()
        .map(|item| format!("{}  {}", item.credential.as_deref().unwrap_or_default(), item.line()))
        .collect();
    Ok(Output::new(lines.join("\n"), &items))
}

//! `reject`: what did the examination board say no to?

use stapel_issuer::CompletionId;

use super::{ActingAs, decided};
use crate::clock;
use crate::desk::decisions::{self, Rejection};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::words::Language;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The completions to reject
    #[arg(value_name = "ID", required = true)]
    completions: Vec<String>,
    /// Why: it is kept with the completion
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: ActingAs,
}

pub(crate) fn run(folder: &Folder, arguments: Arguments, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let completions = arguments.completions.iter().map(|id| CompletionId::parse(id)).collect::<Result<_, _>>()?;
    let rejection = Rejection { completions, reason: arguments.reason };
    let done = decisions::reject(&office.records(), &by, &rejection, clock::now())?;
    Ok(decided(&done, ("afgewezen", "rejected"), language))
}

//! `revoke`, `suspend`, `unsuspend`: which badges no longer hold?

use stapel_credential::Uri;

use super::ActingAs;
use crate::clock;
use crate::desk::credentials::{self, StatusChange, StatusRequest};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Args)]
pub(crate) struct Reasoned {
    /// The badge's id: urn:uuid:…
    #[arg(value_name = "CREDENTIAL_ID")]
    credential: String,
    /// Why: it is kept with the completion, and not published
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    acting: ActingAs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Plain {
    /// The badge's id: urn:uuid:…
    #[arg(value_name = "CREDENTIAL_ID")]
    credential: String,
    #[command(flatten)]
    acting: ActingAs,
}

pub(crate) fn revoke(folder: &Folder, arguments: Reasoned, language: Language) -> Result<Output, Failure> {
    change(folder, StatusChange::Revoke, arguments, language)
}

pub(crate) fn suspend(folder: &Folder, arguments: Reasoned, language: Language) -> Result<Output, Failure> {
    change(folder, StatusChange::Suspend, arguments, language)
}

pub(crate) fn unsuspend(folder: &Folder, arguments: Plain, language: Language) -> Result<Output, Failure> {
    let Plain { credential, acting } = arguments;
    change(folder, StatusChange::Reinstate, Reasoned { credential, reason: String::new(), acting }, language)
}

fn change(folder: &Folder, wanted: StatusChange, arguments: Reasoned, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let request = StatusRequest { credential: Uri::parse(&arguments.credential)?, reason: arguments.reason };
    let changed = credentials::change_status(&office.records(), &by, wanted, &request, clock::now())?;
    let word = match changed.status {
        "revoked" => language.either("ingetrokken", "revoked"),
        "suspended" => language.either("opgeschort", "suspended"),
        _ => language.either("weer geldig", "valid again"),
    };
    let text = language.either(
        format!(
            "{}: {word}; wie het navraagt ziet het binnen vijf minuten, wie een kopie van de lijst heeft binnen een uur, en wie geen netwerk heeft binnen een dag",
            changed.credential
        ),
        format!(
            "{}: {word}; whoever asks sees it within five minutes, whoever has a copy of the list within an hour, and whoever has no network within a day",
            changed.credential
        ),
    );
    Ok(Output::new(text, &changed))
}

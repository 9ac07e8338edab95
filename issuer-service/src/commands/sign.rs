//! `sign`: how do approved completions become badges?

use std::io::{IsTerminal as _, Write as _, stderr};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use stapel_issuer::{BATCH, Repository, SigningReport};

use super::ActingAs;
use crate::clock;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::passphrase::PassphraseSource;
use crate::words::{Either as _, Language};

/// Work that takes longer shows how far it is.
const QUIET: Duration = Duration::from_secs(1);

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    acting: ActingAs,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

pub(crate) fn run(folder: &Folder, arguments: &Arguments, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let by = arguments.acting.actor(office.repository.as_ref())?;
    let key = folder.open_key(&arguments.passphrase, language)?;
    let issuer = office.issuer(&key)?;
    let report =
        with_progress(office.repository.as_ref(), language, || issuer.sign_approved(&by, BATCH, clock::now()))?;
    let SigningReport { signed, skipped } = report;
    let mut text = language.either(format!("{signed} ondertekend"), format!("{signed} signed"));
    if skipped > 0 {
        text.push_str(&language.either(
            format!("; {skipped} had een ander proces op hetzelfde moment al ondertekend"),
            format!("; {skipped} were signed by another process at the same moment"),
        ));
    }
    Ok(Output::new(text, &report))
}

/// Shows on a terminal, once a second, how many badges are stored.
fn with_progress<T: Send>(repository: &dyn Repository, language: Language, work: impl FnOnce() -> T + Send) -> T {
    if !stderr().is_terminal() {
        return work();
    }
    let before = repository.count_credentials().unwrap_or_default();
    thread::scope(|scope| {
        let (done, wait) = channel::<()>();
        scope.spawn(move || {
            let mut shown = false;
            while let Err(RecvTimeoutError::Timeout) = wait.recv_timeout(QUIET) {
                let signed = repository.count_credentials().unwrap_or(before).saturating_sub(before);
                // Progress that cannot be shown is no reason to stop.
                let _ = write!(stderr(), "\r{signed} {}", language.either("ondertekend …", "signed …"));
                shown = true;
            }
            if shown {
                let _ = write!(stderr(), "\r\x1b[K");
            }
        });
        let result = work();
        drop(done);
        result
    })
}

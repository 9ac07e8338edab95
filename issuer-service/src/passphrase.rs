//! Where does the passphrase of the signing key come from? A file, systemd, or a person at a terminal.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use stapel_keys::{Passphrase, PassphraseError};

use crate::failure::Failure;
use crate::words::{Either as _, Language};

/// The name under which systemd passes it.
const CREDENTIAL: &str = "stapel-issuer-passphrase";

/// Where it comes from, in this order: the file, systemd's folder, the terminal.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct PassphraseSource {
    /// File that holds the passphrase of the signing key (mode 0600)
    #[arg(long, value_name = "FILE", env = "STAPEL_PASSPHRASE_FILE", hide_env_values = true)]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Where systemd puts this service's credentials
    #[arg(long, env = "CREDENTIALS_DIRECTORY", hide = true)]
    pub(crate) credentials_directory: Option<PathBuf>,
}

/// The passphrase of a key that stands already.
pub(crate) fn ask(source: &PassphraseSource, language: Language) -> Result<Passphrase, Failure> {
    if let Some(passphrase) = given(source)? {
        return Ok(passphrase);
    }
    let prompt = language.either("Wachtwoordzin van de ondertekensleutel: ", "Passphrase of the signing key: ");
    Ok(Passphrase::new(typed(prompt)?)?)
}

/// The passphrase for a new key: typed twice, when a person types it.
pub(crate) fn choose(source: &PassphraseSource, language: Language) -> Result<Passphrase, Failure> {
    if let Some(passphrase) = given(source)? {
        return Ok(passphrase);
    }
    let prompt =
        language.either("Nieuwe wachtwoordzin voor de ondertekensleutel: ", "New passphrase for the signing key: ");
    let first = typed(prompt)?;
    let passphrase = Passphrase::for_new(first.clone())?;
    let again = typed(language.either("Nog een keer: ", "Once more: "))?;
    if again == first { Ok(passphrase) } else { Err(Failure::PassphrasesDiffer) }
}

fn given(source: &PassphraseSource) -> Result<Option<Passphrase>, PassphraseError> {
    if let Some(path) = &source.passphrase_file {
        return Passphrase::from_file(path).map(Some);
    }
    match source.credentials_directory.as_deref() {
        Some(directory) if directory.join(CREDENTIAL).exists() => {
            Passphrase::from_systemd_credential(CREDENTIAL, Some(directory)).map(Some)
        }
        _ => Ok(None),
    }
}

fn typed(prompt: &str) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::NoPassphrase);
    }
    rpassword::prompt_password(prompt).map_err(Failure::Prompt)
}

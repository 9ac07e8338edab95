//! Which verbs are there? One file each; here what they share: who acts, and how files are read.

pub(crate) mod achievement;
pub(crate) mod api_key;
pub(crate) mod approve;
pub(crate) mod award;
pub(crate) mod completion;
pub(crate) mod config;
pub(crate) mod credential;
pub(crate) mod doctor;
pub(crate) mod exemption;
pub(crate) mod init;
pub(crate) mod migrate;
pub(crate) mod offer;
pub(crate) mod programme;
pub(crate) mod reject;
pub(crate) mod serve;
pub(crate) mod sign;
pub(crate) mod status;
pub(crate) mod trust_list;
pub(crate) mod vc_api;
pub(crate) mod verifier;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use stapel_issuer::{Actor, Repository};

use crate::clock;
use crate::desk::{self, Decided};
use crate::failure::Failure;
use crate::output::Output;
use crate::words::{Either as _, Language};

/// The longest API key file, in bytes; a key has 43.
const KEY_FILE_MAX_BYTES: u64 = 1_024;

/// Somebody acts: the API key says who, and in which role.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct ActingAs {
    /// File that holds the API key of whoever acts (or set `STAPEL_API_KEY`)
    #[arg(long, value_name = "FILE")]
    pub(crate) api_key_file: Option<PathBuf>,
}

/// Which ports of this machine may be asked without https?
#[derive(Debug, clap::Args)]
pub(crate) struct DevLoopback {
    /// For developers: ask 127.0.0.1:PORT over plain http (may be repeated)
    #[arg(long = "dev-loopback", value_name = "PORT")]
    pub(crate) ports: Vec<u16>,
}

impl ActingAs {
    /// Whether a key was given at all.
    fn find_token(&self) -> Result<Option<String>, Failure> {
        if let Some(path) = &self.api_key_file {
            return Ok(Some(read_text(path, KEY_FILE_MAX_BYTES)?.trim().to_owned()));
        }
        Ok(std::env::var("STAPEL_API_KEY").ok().filter(|token| !token.is_empty()))
    }

    /// Who acts.
    pub(crate) fn actor(&self, repository: &dyn Repository) -> Result<Actor, Failure> {
        let token = self.find_token()?.ok_or(Failure::NoApiKey)?;
        desk::keys::who(repository, &token, clock::now())?.ok_or(Failure::UnknownApiKey)
    }

    /// Who acts, or `otherwise` where no key was given.
    pub(crate) fn actor_or(
        &self,
        repository: &dyn Repository,
        otherwise: impl FnOnce() -> Result<Actor, Failure>,
    ) -> Result<Actor, Failure> {
        if self.find_token()?.is_some() { self.actor(repository) } else { otherwise() }
    }
}

/// Reads a file of at most `limit` bytes.
pub(crate) fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let failed = |source| Failure::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit { Err(Failure::TooLarge { path: path.to_owned(), limit }) } else { Ok(bytes) }
}

/// Reads a text file of at most `limit` bytes.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, Failure> {
    let text = String::from_utf8(read_bytes(path, limit)?).map_err(|_| Failure::NotText { path: path.to_owned() })?;
    // Some editors begin a text with a byte order mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Makes a folder that only its owner may look into, unless it stands already.
pub(crate) fn create_private(path: &Path) -> Result<(), Failure> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path).map_err(|source| Failure::Write { path: path.to_owned(), source })
}

/// Writes a new file that only its owner may read; what stands there already is left alone.
pub(crate) fn write_secret(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |source| Failure::Write { path: path.to_owned(), source };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

/// Writes a file that anybody may read, whole or not at all.
pub(crate) fn write_public(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |source| Failure::Write { path: path.to_owned(), source };
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    let beside = path.with_file_name(name);
    let written =
        File::create(&beside).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.and_then(|()| fs::rename(&beside, path)).map_err(failed)
}

/// Names the file that something is wrong with.
pub(crate) fn in_file(path: &Path) -> impl Fn(Failure) -> Failure + '_ {
    move |source| Failure::InFile { path: path.to_owned(), source: Box::new(source) }
}

/// `2 approved`, and a line for each that was not.
pub(crate) fn decided(decided: &Decided, done: (&str, &str), language: Language) -> Output {
    let mut lines = vec![format!("{} {}", decided.changed, language.either(done.0, done.1))];
    let not = language.either("niet gedaan", "not done");
    lines.extend(decided.refused.iter().map(|refused| format!("{not}: {}", refused.sentence(language))));
    Output::new(lines.join("\n"), decided).refused(!decided.refused.is_empty())
}

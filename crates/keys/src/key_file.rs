//! How does a signing key rest in a file?

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::random::{self, RandomError};
use crate::{DataKey, KdfCost, KeyError, Passphrase, SigningKey, UnwrapError, VerifyingKey, WrapError, WrappedKey};

/// Longest key file, in bytes; one has about 400.
const KEY_FILE_MAX_BYTES: u64 = 16_384;
const KEY_FILE_TYPE: &str = "StapelSigningKey";

/// A signing key in a file: the public half to be read by anyone, the seed encrypted under a passphrase.
///
/// As JSON: `{"type":"StapelSigningKey","publicKeyMultibase":"z6Mk…","seed":{…}}`, the seed as a [`WrappedKey`] whose
/// associated data is the public key: exchanging it is found when the file is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFile {
    public_key: VerifyingKey,
    seed: WrappedKey,
}

/// Why there is no key file.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KeyFileError {
    /// Something stands there already. It is left alone: overwriting a key loses every badge it signed.
    #[error("{} exists already; a key file is never overwritten", path.display())]
    Exists {
        /// The path.
        path: PathBuf,
    },
    /// Not read.
    #[error("the key file {} cannot be read: {source}", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Not written; nothing is left behind.
    #[error("the key file {} cannot be written: {source}", path.display())]
    Write {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Too long to be a key file.
    #[error("{} has more than {KEY_FILE_MAX_BYTES} bytes and is no key file", path.display())]
    TooLong {
        /// The path.
        path: PathBuf,
    },
    /// Not the JSON of a key file: truncated, altered, or another file.
    #[error("{} is no key file, or was damaged: {reason}", path.display())]
    Malformed {
        /// The path.
        path: PathBuf,
        /// What is wrong, without its content.
        reason: String,
    },
    /// The public key it names cannot be used.
    #[error("the key file {} names an unusable public key: {source}", path.display())]
    PublicKey {
        /// The path.
        path: PathBuf,
        /// Why.
        source: KeyError,
    },
    /// The seed could not be protected.
    #[error(transparent)]
    Wrap(#[from] WrapError),
    /// No randomness for a name.
    #[error(transparent)]
    Random(#[from] RandomError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFileJson {
    r#type: String,
    #[serde(rename = "publicKeyMultibase")]
    public_key: String,
    seed: WrappedKey,
}

impl KeyFile {
    /// Encrypts the key and writes a new file of mode 0600, whole or not at all, and durable when this returns.
    ///
    /// # Errors
    /// [`KeyFileError::Exists`] if anything stands at the path; [`KeyFileError::Write`] with what the system said.
    pub fn create(path: &Path, key: &SigningKey, passphrase: &Passphrase, cost: KdfCost) -> Result<Self, KeyFileError> {
        // Asked first for the sake of a quick answer; `link_new` is what holds against a race.
        if fs::symlink_metadata(path).is_ok() {
            return Err(KeyFileError::Exists { path: path.to_owned() });
        }
        let public_key = key.verifying_key();
        let seed =
            WrappedKey::wrap(&DataKey::from_bytes(&key.seed()), passphrase, cost, &associated_data(&public_key))?;
        let file = Self { public_key, seed };
        let temporary = temporary_beside(path)?;
        write_durably(path, &temporary, file.to_json().as_bytes()).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => KeyFileError::Exists { path: path.to_owned() },
            _ => KeyFileError::Write { path: path.to_owned(), source },
        })?;
        Ok(file)
    }

    /// Reads a key file; the seed stays encrypted.
    ///
    /// # Errors
    /// [`KeyFileError`] with the path.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        let read = |source| KeyFileError::Read { path: path.to_owned(), source };
        let mut text = String::new();
        File::open(path).map_err(read)?.take(KEY_FILE_MAX_BYTES + 1).read_to_string(&mut text).map_err(read)?;
        if text.len() as u64 > KEY_FILE_MAX_BYTES {
            return Err(KeyFileError::TooLong { path: path.to_owned() });
        }
        let malformed = |reason| KeyFileError::Malformed { path: path.to_owned(), reason };
        let json: KeyFileJson = serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))?;
        if json.r#type != KEY_FILE_TYPE {
            return Err(malformed(format!("its type is not {KEY_FILE_TYPE}")));
        }
        let public_key = VerifyingKey::from_multikey(&json.public_key)
            .map_err(|source| KeyFileError::PublicKey { path: path.to_owned(), source })?;
        Ok(Self { public_key, seed: json.seed })
    }

    /// The public key that the file names. That it belongs to the seed is certain once [`Self::open`] succeeded.
    pub fn public_key(&self) -> VerifyingKey {
        self.public_key
    }

    /// Decrypts the key.
    ///
    /// # Errors
    /// [`UnwrapError`]; [`UnwrapError::WrongPassphrase`] also where public key or seed were altered.
    pub fn open(&self, passphrase: &Passphrase) -> Result<SigningKey, UnwrapError> {
        let seed = self.seed.unwrap(passphrase, &associated_data(&self.public_key))?;
        let key = SigningKey::from_seed(*seed.to_bytes());
        if key.verifying_key() == self.public_key { Ok(key) } else { Err(UnwrapError::OtherKey) }
    }

    fn to_json(&self) -> String {
        let json = serde_json::json!({
            "type": KEY_FILE_TYPE,
            "publicKeyMultibase": self.public_key.to_multikey(),
            "seed": self.seed,
        });
        format!("{json:#}\n")
    }
}

fn associated_data(public_key: &VerifyingKey) -> Vec<u8> {
    [b"stapel key file v1\0".as_slice(), public_key.as_bytes()].concat()
}

fn temporary_beside(path: &Path) -> Result<PathBuf, RandomError> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", random::uuid_v4()?.simple()));
    Ok(path.with_file_name(name))
}

fn write_durably(path: &Path, temporary: &Path, content: &[u8]) -> io::Result<()> {
    write_new(temporary, content)?;
    let linked = link_new(temporary, path, content);
    let removed = fs::remove_file(temporary);
    linked?;
    removed?;
    sync_folder(path)
}

/// A hard link, not a rename, makes the whole file appear at once: a rename would replace what stands there. Where a file
/// system has no links (FAT on a stick), the file is written in place; that too never replaces anything.
fn link_new(temporary: &Path, path: &Path, content: &[u8]) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => write_new(path, content),
        Ok(()) => Ok(()),
    }
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    if written.is_err() {
        drop(file);
        // The first error is the one to tell; what is left is an incomplete file that was just made here.
        let _ = fs::remove_file(path);
    }
    written
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: [u8; 32] = [42; 32];

    fn passphrase() -> Passphrase {
        Passphrase::new("open sesame".to_owned()).unwrap()
    }

    fn created() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("issuer.key");
        KeyFile::create(&path, &SigningKey::from_seed(SEED), &passphrase(), KdfCost::fast_for_tests()).unwrap();
        (folder, path)
    }

    fn altered(change: impl Fn(&str) -> String) -> (tempfile::TempDir, Result<KeyFile, String>) {
        let (folder, path) = created();
        fs::write(&path, change(&fs::read_to_string(&path).unwrap())).unwrap();
        let loaded = KeyFile::load(&path).map_err(|e| e.to_string().replace(&path.display().to_string(), "PATH"));
        (folder, loaded)
    }

    #[test]
    fn a_key_comes_back_from_its_file() {
        let (_folder, path) = created();
        let file = KeyFile::load(&path).unwrap();
        assert_eq!(file.public_key(), SigningKey::from_seed(SEED).verifying_key());
        assert_eq!(*file.open(&passphrase()).unwrap().seed(), SEED);
    }

    #[cfg(unix)]
    #[test]
    fn the_file_has_mode_0600_and_nothing_is_left_beside_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, path) = created();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_file_shows_the_public_key_and_not_the_seed() {
        let (_folder, path) = created();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(&SigningKey::from_seed(SEED).verifying_key().to_multikey()));
        for secret in [crate::encoding::to_base64url(&SEED), crate::encoding::to_multibase(&SEED)] {
            assert!(!text.contains(&secret));
        }
    }

    #[test]
    fn a_wrong_passphrase_does_not_open_it() {
        let (_folder, path) = created();
        let wrong = Passphrase::new("open sesam".to_owned()).unwrap();
        let error = KeyFile::load(&path).unwrap().open(&wrong).unwrap_err();
        assert_eq!(error.to_string(), "the passphrase is wrong, or the file was altered");
    }

    #[test]
    fn an_existing_file_is_not_overwritten() {
        let (_folder, path) = created();
        let before = fs::read(&path).unwrap();
        let error = KeyFile::create(&path, &SigningKey::from_seed([1; 32]), &passphrase(), KdfCost::fast_for_tests())
            .unwrap_err();
        assert_eq!(error.to_string(), format!("{} exists already; a key file is never overwritten", path.display()));
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_file_that_appears_in_the_meantime_is_not_overwritten_either() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("issuer.key");
        fs::write(&path, "mine").unwrap();
        let error = write_durably(&path, &folder.path().join("tmp"), b"other").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_missing_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none").join("issuer.key");
        let error =
            KeyFile::create(&path, &SigningKey::from_seed(SEED), &passphrase(), KdfCost::fast_for_tests()).unwrap_err();
        let start = format!("the key file {} cannot be written: ", path.display());
        assert!(error.to_string().starts_with(&start), "{error}");
        let error = KeyFile::load(&path).unwrap_err();
        assert!(error.to_string().starts_with(&format!("the key file {} cannot be read: ", path.display())));
    }

    #[test]
    fn a_truncated_file_says_so_at_every_length() {
        let (_folder, path) = created();
        let text = fs::read_to_string(&path).unwrap();
        for length in 0..text.trim_end().len() {
            fs::write(&path, &text[..length]).unwrap();
            let error = KeyFile::load(&path).unwrap_err();
            let start = format!("{} is no key file, or was damaged: EOF while parsing", path.display());
            assert!(error.to_string().starts_with(&start), "{length}: {error}");
        }
    }

    #[test]
    fn another_public_key_written_into_the_file_is_found_on_opening() {
        let mine = SigningKey::from_seed(SEED).verifying_key().to_multikey();
        let other = SigningKey::from_seed([1; 32]).verifying_key().to_multikey();
        let (_folder, loaded) = altered(|text| text.replace(&mine, &other));
        assert_eq!(loaded.unwrap().open(&passphrase()).unwrap_err(), UnwrapError::WrongPassphrase);
    }

    #[test]
    fn a_file_that_wraps_another_seed_than_it_names_does_not_open() {
        let public_key = SigningKey::from_seed(SEED).verifying_key();
        let seed = WrappedKey::wrap(
            &DataKey::from_bytes(&[1; 32]),
            &passphrase(),
            KdfCost::fast_for_tests(),
            &associated_data(&public_key),
        )
        .unwrap();
        let error = KeyFile { public_key, seed }.open(&passphrase()).unwrap_err();
        assert_eq!(error.to_string(), "the secret inside does not belong to the public key that stands beside it");
    }

    #[test]
    fn a_file_that_is_none_says_why() {
        let reason = |change: &dyn Fn(&str) -> String| altered(change).1.unwrap_err();
        assert_eq!(
            reason(&|text| text.replace("StapelSigningKey", "Other")),
            "PATH is no key file, or was damaged: its type is not StapelSigningKey"
        );
        assert_eq!(reason(&|_| " ".repeat(20_000)), "PATH has more than 16384 bytes and is no key file");
        assert_eq!(
            reason(&|text| text.replace("z6Mk", "x6Mk")),
            "the key file PATH names an unusable public key: the key cannot be read: the text does not start with 'z', \
             the multibase prefix of base58btc"
        );
        assert!(reason(&|text| text.replace("\"passes\": 1", "\"passes\": 99")).contains("99 passes"));
    }

    #[test]
    fn debug_shows_nothing_secret() {
        let (_folder, path) = created();
        let file = KeyFile::load(&path).unwrap();
        let key = file.open(&passphrase()).unwrap();
        let multikey = key.verifying_key().to_multikey();
        assert_eq!(format!("{key:?}"), format!("SigningKey(of {multikey})"));
        assert!(!format!("{file:?}").contains("42, 42"));
    }
}

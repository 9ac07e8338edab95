//! What is a passphrase, and where may one come from?

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use thiserror::Error;
use zeroize::{Zeroize as _, Zeroizing};

/// Longest passphrase, in bytes.
const PASSPHRASE_MAX_BYTES: usize = 4_096;
/// Shortest passphrase that may be chosen anew, in characters.
const NEW_PASSPHRASE_MIN_CHARACTERS: usize = 8;

/// A passphrase in memory. Zeroised when dropped; `Debug` shows nothing of it.
pub struct Passphrase(Zeroizing<String>);

const _: fn(&Passphrase) = |secret| crate::wiped::wiped(&secret.0);

/// Why there is no passphrase.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PassphraseError {
    /// Nothing was given.
    #[error("the passphrase is empty")]
    Empty,
    /// Too short to be chosen anew.
    #[error("the passphrase has {found} characters; a new one needs at least {NEW_PASSPHRASE_MIN_CHARACTERS}")]
    TooShort {
        /// Characters given.
        found: usize,
    },
    /// Longer than any passphrase.
    #[error("the passphrase has more than {PASSPHRASE_MAX_BYTES} bytes")]
    TooLong,
    /// The file cannot be read.
    #[error("the passphrase file {} cannot be read: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Other users of the machine may read or write the file.
    #[error(
        "the passphrase file {} is open to other users (mode {mode:04o}); close it with: chmod 600 {}",
        path.display(), path.display()
    )]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file is a directory, a pipe or a device.
    #[error("the passphrase file {} is not a regular file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The file is longer than any passphrase.
    #[error("the passphrase file {} has more than {PASSPHRASE_MAX_BYTES} bytes", path.display())]
    FileTooLong {
        /// The file.
        path: PathBuf,
    },
    /// The file is not text.
    #[error("the passphrase file {} is not UTF-8 text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// The file holds nothing but perhaps an end of line.
    #[error("the passphrase file {} is empty", path.display())]
    EmptyFile {
        /// The file.
        path: PathBuf,
    },
    /// systemd gave this process no credentials.
    #[error(
        "there is no systemd credential {name:?}: $CREDENTIALS_DIRECTORY is not set; add LoadCredentialEncrypted={name}:… \
         to the unit, or name a passphrase file"
    )]
    NoCredentialsDirectory {
        /// The credential asked for.
        name: String,
    },
    /// A name that systemd would not take.
    #[error("{name:?} is no name of a systemd credential: it must be a plain file name")]
    CredentialName {
        /// The name given.
        name: String,
    },
}

impl Passphrase {
    /// A passphrase to open something with.
    ///
    /// # Errors
    /// [`PassphraseError::Empty`], [`PassphraseError::TooLong`].
    pub fn new(text: String) -> Result<Self, PassphraseError> {
        let text = Zeroizing::new(text);
        if text.is_empty() {
            return Err(PassphraseError::Empty);
        }
        if text.len() > PASSPHRASE_MAX_BYTES {
            return Err(PassphraseError::TooLong);
        }
        Ok(Self(text))
    }

    /// A passphrase to protect something new with: at least 8 characters (NIST SP 800-63B-3 §5.1.1.2).
    ///
    /// # Errors
    /// [`PassphraseError::TooShort`] and those of [`Self::new`].
    pub fn for_new(text: String) -> Result<Self, PassphraseError> {
        let passphrase = Self::new(text)?;
        let found = passphrase.0.chars().count();
        if found < NEW_PASSPHRASE_MIN_CHARACTERS {
            return Err(PassphraseError::TooShort { found });
        }
        Ok(passphrase)
    }

    /// Reads a file that holds the passphrase and perhaps one end of line. On Unix the file must be closed to other users.
    ///
    /// # Errors
    /// [`PassphraseError`] with the path.
    pub fn from_file(path: &Path) -> Result<Self, PassphraseError> {
        let file = open_regular(path)?;
        refuse_if_open_to_others(&file, path)?;
        Self::read(file, path)
    }

    /// Reads a credential that systemd passed to this service. `directory` is the value of `$CREDENTIALS_DIRECTORY`, which
    /// the caller reads.
    ///
    /// The file's own mode is not judged: systemd guards the directory, and where it grants access through an ACL the group
    /// bits show the ACL's mask (systemd.exec(5), "CREDENTIALS").
    ///
    /// # Errors
    /// [`PassphraseError`] with the name or the path.
    pub fn from_systemd_credential(name: &str, directory: Option<&Path>) -> Result<Self, PassphraseError> {
        let plain = !name.is_empty() && name.len() <= 255 && name != "." && name != ".." && !name.contains(['/', '\0']);
        if !plain {
            return Err(PassphraseError::CredentialName { name: name.to_owned() });
        }
        let directory = directory.ok_or_else(|| PassphraseError::NoCredentialsDirectory { name: name.to_owned() })?;
        let path = directory.join(name);
        Self::read(open_regular(&path)?, &path)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    fn read(file: File, path: &Path) -> Result<Self, PassphraseError> {
        // Room for one end of line, and one byte more to see that there is more.
        const ROOM: usize = PASSPHRASE_MAX_BYTES + 3;
        let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
        file.take(ROOM as u64)
            .read_to_end(&mut bytes)
            .map_err(|source| PassphraseError::Io { path: path.to_owned(), source })?;
        if bytes.ends_with(b"\n") {
            bytes.pop();
            if bytes.ends_with(b"\r") {
                bytes.pop();
            }
        }
        if bytes.len() > PASSPHRASE_MAX_BYTES {
            return Err(PassphraseError::FileTooLong { path: path.to_owned() });
        }
        if bytes.is_empty() {
            return Err(PassphraseError::EmptyFile { path: path.to_owned() });
        }
        let text = String::from_utf8(std::mem::take(&mut *bytes)).map_err(|error| {
            error.into_bytes().zeroize();
            PassphraseError::NotText { path: path.to_owned() }
        })?;
        Self::new(text)
    }
}

fn open_regular(path: &Path) -> Result<File, PassphraseError> {
    let io = |source| PassphraseError::Io { path: path.to_owned(), source };
    // Asked before opening as well: opening a pipe that nobody writes to would wait for ever.
    if !std::fs::metadata(path).map_err(io)?.is_file() {
        return Err(PassphraseError::NotAFile { path: path.to_owned() });
    }
    File::open(path).map_err(io)
}

#[cfg(unix)]
fn refuse_if_open_to_others(file: &File, path: &Path) -> Result<(), PassphraseError> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = file.metadata().map_err(|source| PassphraseError::Io { path: path.to_owned(), source })?;
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(PassphraseError::OpenToOthers { path: path.to_owned(), mode });
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_if_open_to_others(_: &File, _: &Path) -> Result<(), PassphraseError> {
    Ok(())
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn file(content: &[u8], mode: u32) -> (tempfile::TempDir, PathBuf) {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        (folder, path)
    }

    #[test]
    fn an_empty_passphrase_is_none() {
        assert_eq!(Passphrase::new(String::new()).unwrap_err().to_string(), "the passphrase is empty");
    }

    #[test]
    fn a_new_passphrase_has_at_least_eight_characters_not_bytes() {
        let error = Passphrase::for_new("ëëëëëëë".to_owned()).unwrap_err();
        assert_eq!(error.to_string(), "the passphrase has 7 characters; a new one needs at least 8");
        assert!(Passphrase::for_new("ëëëëëëëë".to_owned()).is_ok());
        assert!(Passphrase::new("old".to_owned()).is_ok());
    }

    #[test]
    fn a_passphrase_of_a_megabyte_is_refused() {
        let error = Passphrase::new("a".repeat(1 << 20)).unwrap_err();
        assert_eq!(error.to_string(), "the passphrase has more than 4096 bytes");
    }

    #[cfg(unix)]
    #[test]
    fn one_end_of_line_is_not_part_of_the_passphrase() {
        for content in ["open sesame", "open sesame\n", "open sesame\r\n"] {
            let (_folder, path) = file(content.as_bytes(), 0o600);
            assert_eq!(Passphrase::from_file(&path).unwrap().as_bytes(), b"open sesame");
        }
        let (_folder, path) = file(b" open sesame \n\n", 0o400);
        assert_eq!(Passphrase::from_file(&path).unwrap().as_bytes(), b" open sesame \n");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_open_to_others_is_refused_with_advice() {
        for mode in [0o640, 0o604, 0o620, 0o644] {
            let (_folder, path) = file(b"open sesame\n", mode);
            let error = Passphrase::from_file(&path).unwrap_err();
            let path = path.display();
            assert_eq!(
                error.to_string(),
                format!(
                    "the passphrase file {path} is open to other users (mode {mode:04o}); close it with: chmod 600 {path}"
                )
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_holds_no_passphrase_says_why() {
        let text = |content: &[u8]| {
            let (_folder, path) = file(content, 0o600);
            let error = Passphrase::from_file(&path).unwrap_err().to_string();
            error.replace(&path.display().to_string(), "PATH")
        };
        assert_eq!(text(b""), "the passphrase file PATH is empty");
        assert_eq!(text(b"\r\n"), "the passphrase file PATH is empty");
        assert_eq!(text(&[0xff, 0xfe]), "the passphrase file PATH is not UTF-8 text");
        assert_eq!(text(&[b'a'; 4097]), "the passphrase file PATH has more than 4096 bytes");
        assert_eq!(text(&vec![b'a'; 1 << 20]), "the passphrase file PATH has more than 4096 bytes");
    }

    #[cfg(unix)]
    #[test]
    fn the_longest_passphrase_may_end_its_line() {
        let (_folder, path) = file(&[&[b'a'; 4096][..], b"\r\n"].concat(), 0o600);
        assert_eq!(Passphrase::from_file(&path).unwrap().as_bytes().len(), 4096);
    }

    #[test]
    fn a_missing_file_and_a_folder_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none");
        let error = Passphrase::from_file(&missing).unwrap_err().to_string();
        assert!(error.starts_with(&format!("the passphrase file {} cannot be read: ", missing.display())), "{error}");
        let error = Passphrase::from_file(folder.path()).unwrap_err().to_string();
        assert_eq!(error, format!("the passphrase file {} is not a regular file", folder.path().display()));
    }

    #[cfg(unix)]
    #[test]
    fn a_systemd_credential_is_read_from_the_directory_given() {
        // 0440: what the mask of systemd's ACL looks like.
        let (folder, _path) = file(b"open sesame\n", 0o440);
        let read = Passphrase::from_systemd_credential("passphrase", Some(folder.path())).unwrap();
        assert_eq!(read.as_bytes(), b"open sesame");
    }

    #[test]
    fn without_systemd_the_error_says_what_to_do() {
        let error = Passphrase::from_systemd_credential("stapel", None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no systemd credential \"stapel\": $CREDENTIALS_DIRECTORY is not set; add \
             LoadCredentialEncrypted=stapel:… to the unit, or name a passphrase file"
        );
    }

    #[test]
    fn a_credential_name_cannot_leave_its_directory() {
        for name in ["", ".", "..", "../shadow", "/etc/shadow", "a\0b"] {
            let error = Passphrase::from_systemd_credential(name, Some(Path::new("/tmp"))).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("{name:?} is no name of a systemd credential: it must be a plain file name")
            );
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let passphrase = Passphrase::new("open sesame".to_owned()).unwrap();
        assert_eq!(format!("{passphrase:?}"), "Passphrase(secret)");
    }
}

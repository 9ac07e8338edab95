//! How is something read that is named on the command line, and how is a file written: whole or not at all, and over nothing?

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use stapel_bake::{BakeError, Format};
use stapel_credential::json::MAX_COLLECTION_BYTES;
use stapel_intake::{Content, FileKind, IntakeError, Item};

use crate::error::Failure;
use crate::network::Network;

/// Standard input, where a file can be named.
pub(crate) const DASH: &str = "-";

/// Reads a file, a web address, or standard input.
pub(crate) fn read(what: &str, network: &Network) -> Result<String, Failure> {
    if what == DASH {
        return text(io::stdin().lock(), "stdin");
    }
    if is_address(what) {
        return network.text(what);
    }
    text(open(what)?, what)
}

/// As [`read_documents`], where one document is wanted; the first of several.
pub(crate) fn read_badge(what: &str, network: &Network) -> Result<String, Failure> {
    let first = read_documents(what, network)?.into_iter().next();
    first.map_or_else(|| Err(Failure::NotText { what: what.to_owned() }), |document| document.text)
}

/// The documents in a file, at a web address, or on standard input.
pub(crate) fn read_documents(what: &str, network: &Network) -> Result<Vec<Document>, Failure> {
    let bytes = match what {
        DASH => bytes(io::stdin().lock(), "stdin")?,
        address if is_address(address) => network.bytes(address)?,
        path => bytes_at(Path::new(path), path)?,
    };
    Ok(documents(what, &bytes))
}

/// The documents in a file of this machine.
pub(crate) fn documents_at(path: &Path) -> Result<Vec<Document>, Failure> {
    let what = path.display().to_string();
    Ok(documents(&what, &bytes_at(path, &what)?))
}

/// A text to be verified, and where it stands.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    /// The text, or why there is none.
    pub(crate) text: Result<String, Failure>,
}

/// What ends a file's name that is read when a whole folder is.
pub(crate) const READ_IN_FOLDERS: [&str; 9] = ["jpeg", "jpg", "json", "jsonld", "jwt", "pdf", "png", "svg", "zip"];

/// From the bytes of a file to the documents in it: a text, a picture with its badge or a photo of a code, a sheet with its
/// badge, an archive of these. What is broken within an archive is a document that cannot be read.
fn documents(what: &str, bytes: &[u8]) -> Vec<Document> {
    let named = |inner: Option<String>| inner.map_or_else(|| what.to_owned(), |inner| format!("{what} › {inner}"));
    let document = |item: Item| {
        let name = named(item.name);
        let text = match item.content {
            Ok(Content::Document(text)) => Ok(text),
            Ok(Content::Link(link)) => Err(Failure::IsLink { what: name.clone(), link }),
            // Whoever reads a text says what is to be said of none.
            Err(IntakeError::Empty) => Ok(String::new()),
            Err(IntakeError::NoCode) if FileKind::find(bytes) == FileKind::Png => {
                Err(BakeError::NoBadge { format: Format::Png }.into())
            }
            Err(IntakeError::NotText) => Err(Failure::NotText { what: name.clone() }),
            Err(IntakeError::Picture(error)) => Err(error.into()),
            Err(error) => Err(Failure::NothingInFile { what: name.clone(), error }),
        };
        Document { name, text }
    };
    stapel_intake::open(bytes).into_iter().map(document).collect()
}

/// Reads a picture.
pub(crate) fn read_picture(path: &Path) -> Result<Vec<u8>, Failure> {
    let what = path.display().to_string();
    let file = File::open(path).map_err(|source| Failure::Read { what: what.clone(), source })?;
    bytes(file, &what)
}

/// Reads a file, or standard input.
pub(crate) fn read_here(what: &str) -> Result<String, Failure> {
    if what == DASH { text(io::stdin().lock(), "stdin") } else { text(open(what)?, what) }
}

pub(crate) fn is_address(what: &str) -> bool {
    what.starts_with("https://") || what.starts_with("http://")
}

/// The bytes of a file, in as few readings as can be.
fn bytes_at(path: &Path, what: &str) -> Result<Vec<u8>, Failure> {
    let failed = |source| Failure::Read { what: what.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_or(0, |found| found.len());
    let room = usize::try_from(length).unwrap_or(usize::MAX).min(MAX_COLLECTION_BYTES) + 1;
    bytes_into(Vec::with_capacity(room), file, what)
}

fn open(what: &str) -> Result<File, Failure> {
    File::open(what).map_err(|source| Failure::Read { what: what.to_owned(), source })
}

fn text(from: impl Read, what: &str) -> Result<String, Failure> {
    String::from_utf8(bytes(from, what)?).map_err(|_| Failure::NotText { what: what.to_owned() })
}

fn bytes(from: impl Read, what: &str) -> Result<Vec<u8>, Failure> {
    bytes_into(Vec::new(), from, what)
}

fn bytes_into(mut bytes: Vec<u8>, from: impl Read, what: &str) -> Result<Vec<u8>, Failure> {
    let limit = MAX_COLLECTION_BYTES;
    from.take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| Failure::Read { what: what.to_owned(), source })?;
    if bytes.len() > limit {
        return Err(Failure::TooLarge { what: what.to_owned(), limit });
    }
    Ok(bytes)
}

/// A file that is being written beside its place; what is not finished leaves nothing behind.
#[derive(Debug)]
pub(crate) struct NewFile {
    file: File,
    temporary: PathBuf,
    path: PathBuf,
    force: bool,
}

impl NewFile {
    /// Begins a file: `private` ones are for this user alone. Without `force` nothing may stand there.
    pub(crate) fn begin(path: &Path, force: bool, private: bool) -> Result<Self, Failure> {
        if !force && fs::symlink_metadata(path).is_ok() {
            return Err(Failure::Exists { path: path.to_owned() });
        }
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = path.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if private {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file =
            options.open(&temporary).map_err(|source| Failure::Write { what: path.display().to_string(), source })?;
        Ok(Self { file, temporary, path: path.to_owned(), force })
    }

    /// Writes the file and gives it its name.
    pub(crate) fn finish(mut self, content: impl AsRef<[u8]>) -> Result<(), Failure> {
        let written = self.file.write_all(content.as_ref());
        written.map_err(|source| self.failed(source))?;
        self.close()
    }

    /// Gives what was written its name.
    pub(crate) fn close(self) -> Result<(), Failure> {
        self.file.sync_all().and_then(|()| self.name()).map_err(|source| self.failed(source))
    }

    /// What did not go well while it was written.
    pub(crate) fn failed(&self, source: io::Error) -> Failure {
        match source.kind() {
            io::ErrorKind::AlreadyExists => Failure::Exists { path: self.path.clone() },
            _ => Failure::Write { what: self.path.display().to_string(), source },
        }
    }

    /// A link, not a rename, gives the name: a rename would replace what came to stand there meanwhile.
    fn name(&self) -> io::Result<()> {
        if self.force {
            return fs::rename(&self.temporary, &self.path);
        }
        match fs::hard_link(&self.temporary, &self.path) {
            // A file system without links.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists && fs::symlink_metadata(&self.path).is_err() => {
                fs::rename(&self.temporary, &self.path)
            }
            other => other,
        }
    }
}

impl io::Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // After a rename it is gone already; what cannot be removed is an unfinished file that nobody looks for.
        let _ = fs::remove_file(&self.temporary);
    }
}

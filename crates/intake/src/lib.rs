//! Which documents are in this file? Somebody was handed bytes: a badge as text, as a picture, as a photo of a QR code, as a
//! printed sheet, or an archive of all of these.
//!
//! [`open`] finds what can be verified in them: documents (JSON or a compact JWT) and links to documents. Nothing is verified
//! here and nothing is fetched; what comes out is foreign text whose next stop is a verifier, or `stapel-fetch`.
//!
//! Everything is bounded before it is read: how large, how many, how many pixels, how much comes out of a compressed byte, and
//! an archive within an archive is not opened.
//!
//! ```
//! use stapel_intake::{Content, open};
//!
//! let items = open(br#"{"type": ["VerifiableCredential"]}"#);
//! assert!(matches!(&items[0].content, Ok(Content::Document(text)) if text.starts_with('{')));
//!
//! let items = open(b"https://school.example/badges/7");
//! assert!(matches!(&items[0].content, Ok(Content::Link(_))));
//! ```

use std::borrow::Cow;

mod archive;
mod corners;
mod error;
mod grey;
mod kind;
mod pdf;
mod qr;

pub use error::IntakeError;
pub use kind::FileKind;

/// The largest file that is opened, in bytes: as large as the largest presentation.
pub const MAX_FILE_BYTES: usize = 32 * 1024 * 1024;
/// The most files that are read of an archive.
pub const MAX_ARCHIVE_FILES: usize = 1_000;
/// The most bytes that come out of an archive, all its files together.
pub const MAX_ARCHIVE_BYTES: u64 = MAX_FILE_BYTES as u64;
/// The most pixels of a photo: what a phone of our days takes by default.
pub const MAX_PIXELS: usize = 25_000_000;
/// The most pixels of a photo that cannot be read line by line: a progressive JPEG, an interlaced PNG.
pub const MAX_PIXELS_AT_ONCE: usize = 8_000_000;

/// Something in a file that can be verified, or why it cannot be read.
#[derive(Debug)]
pub struct Item {
    /// Its name within the archive or the PDF, by the archive's own word; none where the file itself is the document.
    pub name: Option<String>,
    /// What it is.
    pub content: Result<Content, IntakeError>,
}

/// What can be verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text: JSON, a compact JWT, or something else that a verifier tells apart.
    Document(String),
    /// The address of a document, `https://…` or `http://…`; whether it may be fetched is for whoever fetches.
    Link(String),
}

/// Finds what can be verified in a file; one item at least. A broken file within an archive does not stop the others.
pub fn open(bytes: &[u8]) -> Vec<Item> {
    if bytes.len() > MAX_FILE_BYTES {
        return one(Err(IntakeError::TooLarge { found: bytes.len() }));
    }
    match FileKind::find(bytes) {
        FileKind::Zip => archive::open(bytes).unwrap_or_else(|error| one(Err(error))),
        kind => open_file(kind, Cow::Borrowed(bytes)),
    }
}

/// Opens anything but an archive.
fn open_file(kind: FileKind, bytes: Cow<'_, [u8]>) -> Vec<Item> {
    match kind {
        FileKind::Zip => one(Err(IntakeError::NestedArchive)),
        FileKind::Pdf => pdf::open(&bytes).unwrap_or_else(|error| one(Err(error))),
        FileKind::Png => match stapel_bake::extract(&bytes) {
            // A screenshot or a scan may show a code instead.
            Err(stapel_bake::BakeError::NoBadge { .. }) => {
                qr::open(kind, &bytes).unwrap_or_else(|error| one(Err(error)))
            }
            baked => one(baked.map(|baked| Content::Document(baked.text)).map_err(IntakeError::Picture)),
        },
        FileKind::Svg => {
            one(stapel_bake::extract(&bytes).map(|baked| Content::Document(baked.text)).map_err(IntakeError::Picture))
        }
        FileKind::Jpeg => qr::open(kind, &bytes).unwrap_or_else(|error| one(Err(error))),
        FileKind::Other(name) => one(Err(IntakeError::OtherKind { name })),
        FileKind::Text => one(text(bytes)),
    }
}

fn one(content: Result<Content, IntakeError>) -> Vec<Item> {
    vec![Item { name: None, content }]
}

/// A text is a link when it is nothing else.
fn text(bytes: Cow<'_, [u8]>) -> Result<Content, IntakeError> {
    let read = match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(str::from_utf8(bytes).map_err(|_| IntakeError::NotText)?),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).map_err(|_| IntakeError::NotText)?),
    };
    let whole = read.as_ref();
    // Some editors begin a text with U+FEFF, which RFC 8259 §8.1 lets a reader leave out.
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole).trim();
    if text.is_empty() {
        return Err(IntakeError::Empty);
    }
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    let is_link = is_address && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    let is_whole = text.len() == whole.len();
    // What came out of an archive is not copied.
    let text = if is_whole { read.into_owned() } else { text.to_owned() };
    Ok(if is_link { Content::Link(text) } else { Content::Document(text) })
}

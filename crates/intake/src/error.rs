//! Why is there nothing to verify in a file? Each is a sentence with its facts; none says anything against a badge.

use stapel_bake::BakeError;

use crate::{MAX_ARCHIVE_BYTES, MAX_ARCHIVE_FILES, MAX_FILE_BYTES, MAX_PIXELS, MAX_PIXELS_AT_ONCE};

/// A file, or one within an archive, that holds nothing to verify.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// More than is read.
    #[error("it has {found} bytes; at most {MAX_FILE_BYTES} are read")]
    TooLarge {
        /// How many bytes it has.
        found: usize,
    },
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// Bytes that are nothing we know.
    #[error("it is neither text nor a kind of file that can carry a badge (PNG, SVG, JPEG, PDF or ZIP)")]
    NotText,
    /// A kind of file that is known and not read.
    #[error("it is a file of the kind {name}, which is not read here: PNG, SVG, JPEG, PDF, ZIP and text are")]
    OtherKind {
        /// How that kind is called.
        name: &'static str,
    },
    /// A picture without a badge, or a broken one.
    #[error(transparent)]
    Picture(BakeError),
    /// A photo that cannot be decoded.
    #[error("the picture cannot be read: {why}")]
    BrokenPicture {
        /// What its decoder says.
        why: String,
    },
    /// A photo with more pixels than are looked at.
    #[error(
        "the picture has {found} pixels; at most {MAX_PIXELS} are read, and {MAX_PIXELS_AT_ONCE} of a progressive or interlaced one"
    )]
    TooManyPixels {
        /// How many it has.
        found: usize,
    },
    /// A photo without a code, or with one that cannot be made out.
    #[error("there is no badge in the picture, and no QR code that can be read")]
    NoCode,
    /// A PDF without an attached badge.
    #[error("no badge is attached to this PDF; a certificate that Stapel prints has its badge with it")]
    NoAttachment,
    /// A PDF with a password.
    #[error("this PDF is locked with a password")]
    LockedPdf,
    /// What is attached cannot be taken out.
    #[error("what is attached to this PDF cannot be read: {why}")]
    BrokenAttachment {
        /// What is wrong.
        why: &'static str,
    },
    /// A ZIP archive that cannot be read.
    #[error("the ZIP archive cannot be read: {why}")]
    BrokenArchive {
        /// What its reader says.
        why: String,
    },
    /// Too many files in an archive.
    #[error("the ZIP archive names more than {MAX_ARCHIVE_FILES} files")]
    TooManyFiles,
    /// More comes out of an archive than is read.
    #[error("more than {MAX_ARCHIVE_BYTES} bytes come out of the ZIP archive; the rest of it is not read")]
    ArchiveTooLarge,
    /// An archive in an archive.
    #[error("it is a ZIP archive (or an office document), which is not opened within another one")]
    NestedArchive,
    /// A file in an archive that is locked.
    #[error("it is locked with a password")]
    LockedFile,
}

impl IntakeError {
    /// Whether it is known that no badge is in it: asking again for the same file would not help.
    pub fn is_without_badge(&self) -> bool {
        match self {
            Self::NotText | Self::OtherKind { .. } | Self::NoCode | Self::NoAttachment => true,
            Self::Picture(error) => matches!(error, BakeError::NoBadge { .. }),
            _ => false,
        }
    }
}

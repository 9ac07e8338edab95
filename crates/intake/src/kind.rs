//! What kind of file is this by its first bytes? Its name says nothing that counts.

use stapel_bake::Format;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics, or another text that begins with `<`.
    Svg,
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PDF (ISO 32000).
    Pdf,
    /// A ZIP archive; office documents are archives, too.
    Zip,
    /// A kind that is known and carries no document that is read here; its name.
    Other(&'static str),
    /// Anything else.
    Text,
}

/// Files that people hand in by mistake, or photos in a form that is not read: their first bytes, from where, and their name.
const OTHERS: [(usize, &[u8], &str); 9] = [
    (8, b"WEBP", "WebP"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypavif", "AVIF"),
    (0, b"GIF8", "GIF"),
    (0, b"\xd0\xcf\x11\xe0", "Microsoft Office 97-2003"),
    (0, b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (0, b"Rar!", "RAR"),
    (0, b"\x1f\x8b", "gzip"),
];

impl FileKind {
    /// The kind that the first bytes tell.
    pub fn find(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        if bytes.starts_with(b"%PDF-") {
            return Self::Pdf;
        }
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Self::Jpeg;
        }
        let starts =
            |(at, first, _): &&(usize, &[u8], &str)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(first));
        if let Some((_, _, name)) = OTHERS.iter().find(starts) {
            return Self::Other(name);
        }
        match Format::find(bytes) {
            Some(Format::Png) => Self::Png,
            Some(_) => Self::Svg,
            None => Self::Text,
        }
    }
}

//! Which sentence says why no credential came out of a picture, or went into one?

use crate::{Format, MAX_PICTURE_BYTES, MAX_TEXT_BYTES};

/// Why no credential came out of a picture, or went into one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BakeError {
    /// A sound picture, and no badge in it.
    #[error("the {format} picture carries no badge")]
    NoBadge {
        /// The kind of picture.
        format: Format,
    },
    /// A badge of Open Badges 1 or 2: keyword `openbadges`, element `openbadges:assertion`.
    #[error("the {format} picture carries an older badge, of Open Badges 1 or 2, which is not read here")]
    OlderBadge {
        /// The kind of picture.
        format: Format,
    },
    /// More than one badge; OB 3.0 §5.3.1.1 and §5.3.2.1 allow one, and readers differ in which they take.
    #[error("the {format} picture carries {found} badges, and one is allowed")]
    SeveralBadges {
        /// The kind of picture.
        format: Format,
        /// How many.
        found: usize,
    },
    /// Neither PNG nor SVG by its first bytes.
    #[error("it is neither a PNG nor an SVG picture")]
    UnknownFormat,
    /// Over the cap.
    #[error("the picture has {found} bytes, more than the {MAX_PICTURE_BYTES} that are read")]
    TooLarge {
        /// The size received, in bytes.
        found: usize,
    },
    /// The credential is over the cap.
    #[error("the credential has more than {MAX_TEXT_BYTES} bytes")]
    TextTooLong,
    /// Neither JSON nor a compact JWS by its shape.
    #[error("the text is neither a JSON object nor a compact JWS; it begins with {begins:?}")]
    NotACredential {
        /// Its first characters.
        begins: String,
    },
    /// JSON may hold characters that XML 1.0 §2.2 cannot (U+FFFE, U+FFFF).
    #[error("the character U+{code:04X} at byte {at} of the credential may not stand in an SVG picture")]
    NotForSvg {
        /// Its code point.
        code: u32,
        /// Where it is in the credential.
        at: usize,
    },
    /// The PNG is broken.
    #[error("the PNG picture is broken: {0}")]
    Png(#[from] PngError),
    /// The SVG is broken, or not read.
    #[error("the SVG picture is not read: {0}")]
    Svg(#[from] SvgError),
}

/// What is wrong with a PNG. `at` is where the chunk begins, in bytes from the beginning of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PngError {
    /// The file ends before the chunk that begins there does, or before any chunk begins there.
    #[error("the file ends inside the chunk at byte {at}")]
    CutOff {
        /// Where the chunk begins.
        at: usize,
    },
    /// The length of a chunk is over 2³¹−1 (PNG §5.3).
    #[error("the chunk at byte {at} claims {length} bytes, more than a PNG may have")]
    Length {
        /// Where the chunk begins.
        at: usize,
        /// The length that it claims.
        length: u32,
    },
    /// The type of a chunk is not four letters (PNG §5.4).
    #[error("there is no chunk at byte {at}: its type is not four letters")]
    Type {
        /// Where the chunk begins.
        at: usize,
    },
    /// The CRC of a chunk that matters is wrong (PNG §5.5).
    #[error("the {kind} chunk at byte {at} was altered: its CRC is {found:08x}, and {stated:08x} is stated")]
    Crc {
        /// The type of the chunk.
        kind: String,
        /// Where the chunk begins.
        at: usize,
        /// The CRC of what is there.
        found: u32,
        /// The CRC that stands behind it.
        stated: u32,
    },
    /// A chunk where the standard does not put it: IHDR first and once, of 13 bytes; IEND empty.
    #[error("the {kind} chunk at byte {at} may not be there")]
    Misplaced {
        /// The type of the chunk.
        kind: String,
        /// Where the chunk begins.
        at: usize,
    },
    /// No IDAT.
    #[error("it has no pixels (no IDAT chunk)")]
    NoPixels,
    /// Over the cap.
    #[error("it has more than {limit} chunks")]
    TooManyChunks {
        /// How many are read.
        limit: usize,
    },
    /// The chunk with the badge is not an `iTXt` of PNG §11.3.3.4.
    #[error("the iTXt chunk at byte {at} cannot be read: {fault}")]
    Text {
        /// Where the chunk begins.
        at: usize,
        /// What is wrong.
        fault: String,
    },
}

/// What is wrong with an SVG. `at` counts in bytes from the beginning of its text, a byte order mark left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SvgError {
    /// Not UTF-8.
    #[error("byte {at} is not UTF-8")]
    NotUtf8 {
        /// The first byte that is not.
        at: usize,
    },
    /// Another encoding than UTF-8, or another XML than 1.0.
    #[error("it says that it is {declared}; XML 1.0 in UTF-8 is read")]
    Declaration {
        /// What it says.
        declared: String,
    },
    /// A character that XML 1.0 §2.2 forbids.
    #[error("the character U+{code:04X} at byte {at} may not stand in XML")]
    Character {
        /// Its code point.
        code: u32,
        /// Where it is.
        at: usize,
    },
    /// Not well-formed.
    #[error("it is not well-formed XML at byte {at}: {reason}")]
    Malformed {
        /// Where.
        at: usize,
        /// What is wrong.
        reason: String,
    },
    /// The document ends too early.
    #[error("it ends inside <{open}>")]
    CutOff {
        /// The root that is still open.
        open: String,
    },
    /// A DOCTYPE with declarations in it, which may hold entities.
    #[error("its DOCTYPE at byte {at} declares something of its own, entities perhaps; that is not read")]
    Declares {
        /// Where it begins.
        at: usize,
    },
    /// An entity that XML itself does not have.
    #[error("the entity &{name}; at byte {at} is not one of XML's own five")]
    Entity {
        /// The name.
        name: String,
        /// Where it is.
        at: usize,
    },
    /// The root is not `svg`.
    #[error("its root is <{found}>, not <svg>")]
    OtherRoot {
        /// The root found.
        found: String,
    },
    /// No element at all.
    #[error("there is no element in it")]
    NoRoot,
    /// Over the cap.
    #[error("elements are nested deeper than {limit} at byte {at}")]
    TooDeep {
        /// Where.
        at: usize,
        /// How deep is read.
        limit: usize,
    },
    /// Over the cap.
    #[error("the element at byte {at} has more than {limit} attributes")]
    TooManyAttributes {
        /// Where it begins.
        at: usize,
        /// How many are read.
        limit: usize,
    },
    /// A badge that is not a child of the root.
    #[error("the badge at byte {at} does not stand directly in <svg>")]
    Misplaced {
        /// Where it begins.
        at: usize,
    },
    /// A badge in its element and in `verify`.
    #[error("the badge at byte {at} has a text and the attribute verify, and only one of them may be the credential")]
    BothForms {
        /// Where it begins.
        at: usize,
    },
    /// An element where the text of the badge should be.
    #[error("the badge at byte {at} holds an element, and text is expected")]
    ElementInside {
        /// Where it begins.
        at: usize,
    },
}

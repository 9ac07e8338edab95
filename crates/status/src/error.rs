//! Which sentence says why a status list, or a place in one, was refused?

use crate::{MAXIMUM_ENCODED_LENGTH, MAXIMUM_ENTRIES, MINIMUM_ENTRIES};

/// Why a status list, or a place in one, was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatusError {
    /// Fewer entries than Bitstring Status List §"Bitstring Encoding" asks for; with fewer, a place points at a person.
    #[error("a status list has {entries} entries; Bitstring Status List 1.0 asks for at least {MINIMUM_ENTRIES}")]
    TooShort {
        /// The number of entries given.
        entries: usize,
    },
    /// More entries than this library holds in memory.
    #[error("a status list of {entries} entries is longer than the {MAXIMUM_ENTRIES} taken here")]
    TooLong {
        /// The number of entries given.
        entries: usize,
    },
    /// The number of entries does not fill whole bytes.
    #[error("a status list of {entries} entries does not fill whole bytes; the number must be a multiple of 8")]
    NotWholeBytes {
        /// The number of entries given.
        entries: usize,
    },
    /// An index beyond the end of the list.
    #[error("index {index} is beyond the end of the status list, which has {entries} entries numbered from 0")]
    OutOfRange {
        /// The index given.
        index: usize,
        /// The number of entries in the list.
        entries: usize,
    },
    /// All places of a list have been handed out.
    #[error("all {entries} places of the status list have been handed out; a new list is needed")]
    Full {
        /// The number of entries in the list.
        entries: usize,
    },
    /// A permutation over no places at all.
    #[error("places cannot be handed out from a status list without entries")]
    NoEntries,
    /// The encoded text is longer than any list within [`MAXIMUM_ENTRIES`] needs.
    #[error("the encoded status list has {length} characters, more than the {MAXIMUM_ENCODED_LENGTH} taken here")]
    EncodedTooLong {
        /// The number of bytes of text given.
        length: usize,
    },
    /// The encoded text is empty.
    #[error("the encoded status list is empty")]
    Empty,
    /// The encoding of Status List 2021: GZIP in base64url without the multibase prefix.
    #[error(
        "the encoded status list has no multibase prefix 'u': this is the older encoding of Status List 2021, \
         which is not read here"
    )]
    StatusList2021,
    /// Another multibase prefix than `u`.
    #[error(
        "the encoded status list begins with {found:?}; Bitstring Status List 1.0 asks for the multibase prefix 'u'"
    )]
    WrongPrefix {
        /// The first character of the text.
        found: char,
    },
    /// The text after the prefix is not base64url without padding.
    #[error("the encoded status list is not base64url without padding: {reason}")]
    NotBase64Url {
        /// What is wrong, and at which byte after the prefix.
        reason: String,
    },
    /// The bytes are not a sound GZIP member (RFC 1952).
    #[error("the encoded status list is not sound GZIP: {reason}")]
    NotGzip {
        /// What the decompressor found.
        reason: String,
    },
    /// The GZIP member ends too early.
    #[error("the encoded status list is cut off: its GZIP data ends after {length} bytes, before its end mark")]
    CutOff {
        /// The number of compressed bytes given.
        length: usize,
    },
    /// Bytes follow the GZIP member.
    #[error("the encoded status list goes on after the end of its GZIP data (bytes left over: {count})")]
    TrailingBytes {
        /// The number of bytes left over.
        count: usize,
    },
    /// The list grows beyond [`MAXIMUM_ENTRIES`] when decompressed.
    #[error("the encoded status list decompresses to more than {} bytes, the most taken here", MAXIMUM_ENTRIES / 8)]
    DecompressedTooLarge,
}

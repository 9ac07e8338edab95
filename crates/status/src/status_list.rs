//! What does bit number *n* of a status list say?

use std::fmt;

use crate::{StatusError, encoding};

/// The least number of entries: 16 KB, so that one place hides among many (Bitstring Status List 1.0 §"Bitstring Encoding").
pub const MINIMUM_ENTRIES: usize = 131_072;

/// The greatest number of entries taken: 1 MiB when decompressed. A cap of ours; the standard has none.
pub const MAXIMUM_ENTRIES: usize = 8_388_608;

/// A list of one-bit statuses. What a set bit means is the `statusPurpose` of the credential that carries the list.
///
/// Index 0 is the left-most bit: the most significant bit of the first byte (Bitstring Status List 1.0
/// §"Data Model", `encodedList`).
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList {
    bytes: Vec<u8>,
}

#[expect(clippy::len_without_is_empty, reason = "a status list has at least MINIMUM_ENTRIES entries")]
impl StatusList {
    /// A list in which no bit is set.
    ///
    /// # Errors
    /// [`StatusError::TooShort`], [`StatusError::TooLong`] or [`StatusError::NotWholeBytes`] when `entries` is not a
    /// multiple of 8 from [`MINIMUM_ENTRIES`] to [`MAXIMUM_ENTRIES`].
    pub fn new(entries: usize) -> Result<Self, StatusError> {
        if entries < MINIMUM_ENTRIES {
            return Err(StatusError::TooShort { entries });
        }
        if entries > MAXIMUM_ENTRIES {
            return Err(StatusError::TooLong { entries });
        }
        if !entries.is_multiple_of(8) {
            return Err(StatusError::NotWholeBytes { entries });
        }
        Ok(Self { bytes: vec![0; entries / 8] })
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.bytes.len() * 8
    }

    /// Whether the bit at `index` is set; `None` beyond the end of the list.
    pub fn find(&self, index: usize) -> Option<bool> {
        self.bytes.get(index / 8).map(|byte| byte & mask(index) != 0)
    }

    /// Sets or clears the bit at `index`.
    ///
    /// # Errors
    /// [`StatusError::OutOfRange`] beyond the end of the list.
    pub fn set(&mut self, index: usize, value: bool) -> Result<(), StatusError> {
        let entries = self.len();
        let byte = self.bytes.get_mut(index / 8).ok_or(StatusError::OutOfRange { index, entries })?;
        if value {
            *byte |= mask(index);
        } else {
            *byte &= !mask(index);
        }
        Ok(())
    }

    /// The list as `encodedList` text: multibase `u`, then base64url without padding, of the GZIP-compressed bits
    /// (Bitstring Status List 1.0 §"Bitstring Encoding"). The same list always gives the same text.
    pub fn encode(&self) -> String {
        encoding::encode(&self.bytes)
    }

    /// The list that an `encodedList` text holds.
    ///
    /// Memory stays below a few MiB whatever comes in: the text is capped at [`crate::MAXIMUM_ENCODED_LENGTH`] and what
    /// it decompresses to at [`MAXIMUM_ENTRIES`].
    ///
    /// # Errors
    /// A [`StatusError`] that says what is wrong: prefix, base64url, GZIP, bytes left over, too short or too long.
    pub fn decode(text: &str) -> Result<Self, StatusError> {
        let bytes = encoding::decode(text)?;
        let entries = bytes.len() * 8;
        if entries < MINIMUM_ENTRIES {
            return Err(StatusError::TooShort { entries });
        }
        Ok(Self { bytes })
    }
}

impl fmt::Debug for StatusList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set: u32 = self.bytes.iter().map(|byte| byte.count_ones()).sum();
        f.debug_struct("StatusList").field("entries", &self.len()).field("set", &set).finish()
    }
}

const fn mask(index: usize) -> u8 {
    0b1000_0000 >> (index % 8)
}

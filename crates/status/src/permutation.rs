//! Which place in the list does the *n*-th badge get, so that no one can tell its order of issue from its place?

use std::fmt;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{MAXIMUM_ENTRIES, StatusError};

/// As many rounds as FF1 of NIST SP 800-38G, for the same reason: the halves are short.
const ROUNDS: u8 = 10;

/// Keeps these hashes apart from every other use of the same key.
const PURPOSE: &[u8; 8] = b"stpl-idx";

/// A secret order of the places in one status list.
///
/// A place counted up would say when a badge was issued and beside whose (the group privacy of Bitstring Status List 1.0
/// §"Privacy Considerations"). The issuer keeps a counter and this key instead: counter *n* gets place `index_of(n)`, a
/// bijection, so no place is handed out twice and none needs to be looked up. Without the key the order cannot be told
/// from chance.
///
/// A Feistel network with SHA-256 as round function over the least even number of bits that holds the list, walking its
/// cycle until the result lies within the list (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
/// The order depends on the key and on the length: **never change either for a list that has places handed out.**
pub struct IndexPermutation {
    key: Zeroizing<[u8; 32]>,
    entries: u32,
    half_bits: u32,
}

impl IndexPermutation {
    /// The order that `key`, 32 secret random bytes kept for this one list, gives to a list of `entries` entries.
    ///
    /// # Errors
    /// [`StatusError::NoEntries`] for 0 entries, [`StatusError::TooLong`] above [`MAXIMUM_ENTRIES`].
    pub fn new(key: [u8; 32], entries: usize) -> Result<Self, StatusError> {
        let key = Zeroizing::new(key);
        if entries == 0 {
            return Err(StatusError::NoEntries);
        }
        if entries > MAXIMUM_ENTRIES {
            return Err(StatusError::TooLong { entries });
        }
        let entries = u32::try_from(entries).map_err(|_| StatusError::TooLong { entries })?;
        let bits = u32::BITS - (entries - 1).leading_zeros();
        Ok(Self { key, entries, half_bits: bits.div_ceil(2).max(1) })
    }

    /// The place of the `counter`-th entry, both counted from 0.
    ///
    /// # Errors
    /// [`StatusError::Full`] when `counter` is not below the number of entries: the list has no place left.
    pub fn index_of(&self, counter: u32) -> Result<u32, StatusError> {
        if counter >= self.entries {
            return Err(StatusError::Full { entries: self.entries as usize });
        }
        let mut index = self.permute(counter);
        // The cycle comes back to `counter`, which lies within the list, so the walk ends; two steps on average.
        while index >= self.entries {
            index = self.permute(index);
        }
        Ok(index)
    }

    /// One pass of the network over `2 * half_bits` bits.
    fn permute(&self, block: u32) -> u32 {
        let mask = (1 << self.half_bits) - 1;
        let (mut left, mut right) = (block >> self.half_bits, block & mask);
        for round in 0..ROUNDS {
            (left, right) = (right, left ^ (self.round(round, right) & mask));
        }
        left << self.half_bits | right
    }

    fn round(&self, round: u8, half: u32) -> u32 {
        let [a, b, c, d, ..]: [u8; 32] = Sha256::new()
            .chain_update(PURPOSE)
            .chain_update(self.key.as_slice())
            .chain_update(self.entries.to_be_bytes())
            .chain_update([round])
            .chain_update(half.to_be_bytes())
            .finalize()
            .into();
        u32::from_be_bytes([a, b, c, d])
    }
}

impl fmt::Debug for IndexPermutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexPermutation").field("entries", &self.entries).finish_non_exhaustive()
    }
}

//! How does a passphrase become a key, and at what cost?

use argon2::{Algorithm, Argon2, Block, Params, Version};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::{DataKey, Passphrase};

/// Most memory a file may ask for, in KiB: 1 GiB. A hostile file must not exhaust memory.
const MEMORY_MAX_KIB: u32 = 1_048_576;
/// Most passes a file may ask for.
const PASSES_MAX: u32 = 16;
/// Most lanes a file may ask for.
const LANES_MAX: u32 = 16;

/// What one guess of a passphrase costs: the parameters of Argon2id (RFC 9106 §3.1), within the caps of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfCost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// A cost outside the caps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "Argon2id with {memory_kib} KiB, {passes} passes and {lanes} lanes is outside what is allowed: 8 KiB a lane to \
     {MEMORY_MAX_KIB} KiB, 1 to {PASSES_MAX} passes, 1 to {LANES_MAX} lanes"
)]
pub struct KdfCostError {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// The system did not give the memory that the cost asks for.
#[derive(Debug)]
pub(crate) struct OutOfMemory;

impl KdfCost {
    /// 64 MiB, 3 passes, 1 lane: the second recommendation of RFC 9106 §4 with one lane; about 0.2 s.
    pub const fn standard() -> Self {
        Self { memory_kib: 65_536, passes: 3, lanes: 1 }
    }

    /// 8 KiB, 1 pass: a guess costs nothing. **For tests alone**: a file made with it is as good as unprotected.
    pub const fn fast_for_tests() -> Self {
        Self { memory_kib: 8, passes: 1, lanes: 1 }
    }

    /// A cost of one's own, memory in KiB.
    ///
    /// # Errors
    /// [`KdfCostError`] outside 8 KiB a lane to 1 GiB, 1 to 16 passes, 1 to 16 lanes.
    pub const fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, KdfCostError> {
        let fits = lanes >= 1
            && lanes <= LANES_MAX
            && passes >= 1
            && passes <= PASSES_MAX
            && memory_kib <= MEMORY_MAX_KIB
            && memory_kib >= 8 * lanes;
        if fits { Ok(Self { memory_kib, passes, lanes }) } else { Err(KdfCostError { memory_kib, passes, lanes }) }
    }

    /// Memory of one guess in KiB.
    pub const fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// Passes over that memory.
    pub const fn passes(&self) -> u32 {
        self.passes
    }

    /// Lanes.
    pub const fn lanes(&self) -> u32 {
        self.lanes
    }

    /// Argon2id, version 0x13, 32 bytes. The working memory is zeroised: it follows from the passphrase.
    pub(crate) fn derive(&self, passphrase: &Passphrase, salt: &[u8; 16]) -> Result<DataKey, OutOfMemory> {
        let mut key = Zeroizing::new([0; 32]);
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(key.len())).map_err(|_| OutOfMemory)?;
        let mut memory: Zeroizing<Vec<Block>> = Zeroizing::new(Vec::new());
        let blocks = params.block_count();
        memory.try_reserve_exact(blocks).map_err(|_| OutOfMemory)?;
        memory.resize(blocks, Block::new());
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(passphrase.as_bytes(), salt, key.as_mut_slice(), memory.as_mut_slice())
            .map_err(|_| OutOfMemory)?;
        Ok(DataKey::from_bytes(&key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_outside_the_caps_is_refused_with_its_numbers() {
        let error = KdfCost::new(1_048_577, 3, 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Argon2id with 1048577 KiB, 3 passes and 1 lanes is outside what is allowed: 8 KiB a lane to 1048576 KiB, \
             1 to 16 passes, 1 to 16 lanes"
        );
        for (memory, passes, lanes) in
            [(7, 1, 1), (65_536, 0, 1), (65_536, 17, 1), (65_536, 1, 0), (65_536, 1, 17), (15, 1, 2), (u32::MAX, 1, 1)]
        {
            assert!(KdfCost::new(memory, passes, lanes).is_err(), "{memory} {passes} {lanes}");
        }
        assert_eq!(KdfCost::new(65_536, 3, 1), Ok(KdfCost::standard()));
        assert_eq!(KdfCost::new(8, 1, 1), Ok(KdfCost::fast_for_tests()));
    }

    #[test]
    fn passphrase_salt_and_cost_each_change_the_key() {
        let derive = |cost: KdfCost, words: &str, salt| {
            *cost.derive(&Passphrase::new(words.to_owned()).unwrap(), salt).unwrap().to_bytes()
        };
        let cost = KdfCost::fast_for_tests();
        let key = derive(cost, "correct horse", &[1; 16]);
        assert_eq!(key, derive(cost, "correct horse", &[1; 16]));
        assert_ne!(key, derive(cost, "correct horsf", &[1; 16]));
        assert_ne!(key, derive(cost, "correct horse", &[2; 16]));
        assert_ne!(key, derive(KdfCost::new(16, 1, 1).unwrap(), "correct horse", &[1; 16]));
        assert_ne!(key, derive(KdfCost::new(8, 2, 1).unwrap(), "correct horse", &[1; 16]));
    }

    /// Expected keys from the reference implementation in C, through argon2-cffi 25.1.
    #[test]
    fn the_reference_implementation_derives_the_same_keys() {
        let vectors = [
            (64, 3, 1, "2dbe5243b4e8487a3e870dffe21f0314074c9afcf8e0c860b00ea461028456f6"),
            (128, 2, 4, "8ff97a2b23d7737425709d20796f3b6034ddfeb93212d5dec0535082cf66d593"),
        ];
        let passphrase = Passphrase::new("correct horse".to_owned()).unwrap();
        for (memory, passes, lanes, expected) in vectors {
            let cost = KdfCost::new(memory, passes, lanes).unwrap();
            let key = cost.derive(&passphrase, b"somesaltsomesalt").unwrap().to_bytes();
            let hex: String = key
                .iter()
                .flat_map(|byte| [byte >> 4, byte & 15])
                .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
                .collect();
            assert_eq!(hex, expected);
        }
    }
}

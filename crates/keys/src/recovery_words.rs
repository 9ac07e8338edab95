//! What does a learner write down on paper, in case the passphrase is forgotten?

use std::fmt;

use bip39::{Language, Mnemonic};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use zeroize::{Zeroize as _, Zeroizing};

use crate::DataKey;
use crate::random::{RandomError, secret_bytes};

const WORD_COUNT: usize = 24;
/// Longest text that is read, in bytes: 24 words of at most 8 letters, and generous space between them.
const TEXT_MAX_BYTES: usize = 1_024;

/// Twenty-four English words of BIP39: 256 random bits and a checksum of 8. Zeroised when dropped; `Debug` shows none of
/// them.
pub struct RecoveryWords(Mnemonic);

const _: fn(&RecoveryWords) = |secret| crate::wiped::wiped(&secret.0);

/// Why a text is not twenty-four recovery words. No variant repeats what was typed: it is almost the secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RecoveryError {
    /// Another number of words.
    #[error("there are {found} words; recovery takes {WORD_COUNT}")]
    WrongCount {
        /// Words found.
        found: usize,
    },
    /// A word that is not in the list.
    #[error("word {number} is not one of the 2048 recovery words")]
    UnknownWord {
        /// Which word, counted from 1.
        number: usize,
    },
    /// All words are in the list, but they do not belong together.
    #[error("the words do not fit together: at least one of them is another word, or stands in another place")]
    Checksum,
    /// More text than twenty-four words have.
    #[error("the text has {found} bytes; {WORD_COUNT} words never have more than {TEXT_MAX_BYTES}")]
    TooLong {
        /// Length of the text in bytes.
        found: usize,
    },
}

impl RecoveryWords {
    /// New words from the operating system's randomness. They are shown to their owner once.
    ///
    /// # Errors
    /// [`RandomError`] if there is none.
    pub fn generate() -> Result<Self, RandomError> {
        Ok(Self::from_entropy(&*secret_bytes::<32>()?))
    }

    #[expect(clippy::expect_used, reason = "BIP39 gives words to every entropy of 256 bits; the type fixes the length")]
    fn from_entropy(entropy: &[u8; 32]) -> Self {
        Self(Mnemonic::from_entropy_in(Language::English, entropy).expect("256 bits of entropy"))
    }

    /// Reads words as a person types them: any space between them, capitals or not.
    ///
    /// # Errors
    /// [`RecoveryError`].
    pub fn parse(text: &str) -> Result<Self, RecoveryError> {
        if text.len() > TEXT_MAX_BYTES {
            return Err(RecoveryError::TooLong { found: text.len() });
        }
        let found = text.split_whitespace().count();
        if found != WORD_COUNT {
            return Err(RecoveryError::WrongCount { found });
        }
        let lower = Zeroizing::new(text.to_lowercase());
        match Mnemonic::parse_in_normalized(Language::English, &lower) {
            Ok(mnemonic) => Ok(Self(mnemonic)),
            Err(bip39::Error::UnknownWord(index)) => Err(RecoveryError::UnknownWord { number: index + 1 }),
            Err(bip39::Error::BadWordCount(found)) => Err(RecoveryError::WrongCount { found }),
            Err(_) => Err(RecoveryError::Checksum),
        }
    }

    /// The words in order, to be printed once and never kept.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        self.0.words()
    }

    /// The key that these words and this salt stand for: SHA-256 over a name, the salt and the entropy.
    ///
    /// 256 random bits cannot be guessed, so a slow derivation would add waiting and no safety. The name keeps this key apart
    /// from any other use of the words; all three parts have a fixed length, so no two inputs run together.
    pub(crate) fn derive(&self, salt: &[u8; 16]) -> DataKey {
        let (mut entropy, length) = self.0.to_entropy_array();
        let mut digest = Sha256::new();
        digest.update(b"stapel recovery words v1");
        digest.update(salt);
        digest.update(entropy.get(..length).unwrap_or(&entropy));
        let mut key: [u8; 32] = digest.finalize().into();
        let derived = DataKey::from_bytes(&key);
        entropy.zeroize();
        key.zeroize();
        derived
    }
}

impl fmt::Debug for RecoveryWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryWords(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 24-word vectors of the BIP39 reference implementation (trezor/python-mnemonic, vectors.json).
    const VECTORS: [(u8, &str, &str); 3] = [
        (0x00, "abandon", "art"),
        (0x7f, "legal winner thank year wave sausage worth useful", "title"),
        (0xff, "zoo", "vote"),
    ];

    fn abandon() -> String {
        format!("{}art", "abandon ".repeat(23))
    }

    #[test]
    fn the_reference_vectors_come_out() {
        for (byte, start, last) in VECTORS {
            let words: Vec<_> = RecoveryWords::from_entropy(&[byte; 32]).words().collect();
            assert_eq!(words.len(), 24);
            assert!(words.join(" ").starts_with(start), "{words:?}");
            assert_eq!(words[23], last);
        }
        let (entropy, length) = RecoveryWords::parse(&abandon()).unwrap().0.to_entropy_array();
        assert_eq!(entropy[..length], [0; 32]);
    }

    #[test]
    fn words_read_back_give_the_same_key() {
        let words = RecoveryWords::generate().unwrap();
        let typed = words.words().map(str::to_uppercase).collect::<Vec<_>>().join("\n  ");
        let again = RecoveryWords::parse(&typed).unwrap();
        assert_eq!(words.derive(&[1; 16]).to_bytes(), again.derive(&[1; 16]).to_bytes());
        assert_ne!(words.derive(&[1; 16]).to_bytes(), words.derive(&[2; 16]).to_bytes());
    }

    #[test]
    fn a_mistyped_word_is_named_by_its_number_alone() {
        let typed = abandon().replacen("abandon abandon", "abandon abandom", 1);
        let error = RecoveryWords::parse(&typed).unwrap_err();
        assert_eq!(error.to_string(), "word 2 is not one of the 2048 recovery words");
    }

    #[test]
    fn a_wrong_number_of_words_is_counted() {
        let error = RecoveryWords::parse(&"abandon ".repeat(12)).unwrap_err();
        assert_eq!(error.to_string(), "there are 12 words; recovery takes 24");
        assert_eq!(RecoveryWords::parse("").unwrap_err(), RecoveryError::WrongCount { found: 0 });
    }

    #[test]
    fn words_that_do_not_fit_together_are_told_from_unknown_ones() {
        let error = RecoveryWords::parse(&"abandon ".repeat(24)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the words do not fit together: at least one of them is another word, or stands in another place"
        );
    }

    #[test]
    fn a_book_is_not_read() {
        let error = RecoveryWords::parse(&"abandon ".repeat(1000)).unwrap_err();
        assert_eq!(error.to_string(), "the text has 8000 bytes; 24 words never have more than 1024");
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", RecoveryWords::from_entropy(&[0; 32])), "RecoveryWords(secret)");
    }
}

//! How is what rests on disk sealed?

use std::fmt;

use chacha20poly1305::aead::inout::InOutBuf;
use chacha20poly1305::{AeadInOut as _, Key, KeyInit as _, Tag, XChaCha20Poly1305, XNonce};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::random::{self, RandomError, secret_bytes};

const NONCE_LENGTH: usize = 24;
const TAG_LENGTH: usize = 16;

/// A symmetric key of 256 bits that seals what rests on disk. Zeroised when dropped; `Debug` shows nothing of it.
pub struct DataKey(Zeroizing<[u8; 32]>);

const _: fn(&DataKey) = |secret| crate::wiped::wiped(&secret.0);

/// Why nothing was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SealError {
    /// No nonce could be drawn.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// More than the cipher takes under one nonce.
    #[error("{length} bytes are too many to seal at once")]
    TooLong {
        /// Length of the plaintext in bytes.
        length: usize,
    },
}

/// Why sealed bytes did not open.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Shorter than nonce and tag.
    #[error("the sealed data is truncated: {found} bytes, and even an empty text has 40")]
    Truncated {
        /// Length in bytes.
        found: usize,
    },
    /// The tag does not fit the key, the associated data or the bytes.
    #[error("the sealed data was altered, or sealed under another key or for another place")]
    Altered,
}

impl DataKey {
    /// A new key from the operating system's randomness.
    ///
    /// # Errors
    /// [`RandomError`] if there is none.
    pub fn generate() -> Result<Self, RandomError> {
        Ok(Self(secret_bytes()?))
    }

    /// The key made of these bytes. **Dangerous**: for the cache of an unlocked session alone; the caller zeroises its copy.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// The key itself. **Dangerous**: whoever has these bytes reads everything that was sealed under them. They are for the
    /// cache of an unlocked session, in a place of the system that only this user reads and that a restart empties.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }

    /// Seals with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): nonce (24 bytes, drawn at random, which 192 bits allow
    /// for any number of messages), ciphertext, tag (16 bytes). `associated_data` says what and where this is; it is not
    /// kept, and the same must be given to [`Self::open`].
    ///
    /// # Errors
    /// [`SealError`].
    pub fn seal(&self, associated_data: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, SealError> {
        let nonce = random::bytes::<NONCE_LENGTH>()?;
        let mut sealed = Vec::with_capacity(NONCE_LENGTH + plaintext.len() + TAG_LENGTH);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plaintext);
        let (_, text) = sealed.split_at_mut(NONCE_LENGTH);
        let tag = self
            .cipher()
            .encrypt_inout_detached(&XNonce::from(nonce), associated_data, InOutBuf::from(text))
            .map_err(|_| SealError::TooLong { length: plaintext.len() })?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// Opens what [`Self::seal`] made under the same key and the same associated data.
    ///
    /// # Errors
    /// [`OpenError`]; nothing of the plaintext is given back then.
    pub fn open(&self, associated_data: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let truncated = OpenError::Truncated { found: sealed.len() };
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_LENGTH>().ok_or_else(|| truncated.clone())?;
        let (ciphertext, tag) = rest.split_last_chunk::<TAG_LENGTH>().ok_or(truncated)?;
        let mut text = Zeroizing::new(ciphertext.to_vec());
        self.cipher()
            .decrypt_inout_detached(
                &XNonce::from(*nonce),
                associated_data,
                InOutBuf::from(text.as_mut_slice()),
                &Tag::from(*tag),
            )
            .map_err(|_| OpenError::Altered)?;
        Ok(text)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key: &Key = (&*self.0).into();
        XChaCha20Poly1305::new(key)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(secret)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_sealed_opens(
            key: [u8; 32],
            place in prop::collection::vec(any::<u8>(), 0..40),
            text in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            let key = DataKey::from_bytes(&key);
            let sealed = key.seal(&place, &text).unwrap();
            prop_assert_eq!(sealed.len(), text.len() + 40);
            prop_assert_eq!(&*key.open(&place, &sealed).unwrap(), &text);
        }

        #[test]
        fn one_altered_bit_anywhere_is_found(
            text in prop::collection::vec(any::<u8>(), 0..100),
            at: prop::sample::Index,
            bit in 0..8u32,
        ) {
            let key = DataKey::generate().unwrap();
            let mut sealed = key.seal(b"place", &text).unwrap();
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert_eq!(key.open(b"place", &sealed).unwrap_err(), OpenError::Altered);
        }

        #[test]
        fn what_is_cut_off_does_not_open(text in prop::collection::vec(any::<u8>(), 1..100), at: prop::sample::Index) {
            let key = DataKey::generate().unwrap();
            let sealed = key.seal(b"", &text).unwrap();
            let cut = &sealed[..at.index(sealed.len())];
            prop_assert!(key.open(b"", cut).is_err());
        }
    }

    #[test]
    fn sealed_in_one_place_it_does_not_open_in_another() {
        let key = DataKey::generate().unwrap();
        let sealed = key.seal(b"credential 1", b"text").unwrap();
        let error = key.open(b"credential 2", &sealed).unwrap_err();
        assert_eq!(error.to_string(), "the sealed data was altered, or sealed under another key or for another place");
        let other = DataKey::generate().unwrap();
        assert_eq!(other.open(b"credential 1", &sealed).unwrap_err(), OpenError::Altered);
    }

    #[test]
    fn truncation_says_how_much_is_there() {
        let error = DataKey::generate().unwrap().open(b"", &[0; 39]).unwrap_err();
        assert_eq!(error.to_string(), "the sealed data is truncated: 39 bytes, and even an empty text has 40");
    }

    #[test]
    fn the_same_text_sealed_twice_differs() {
        let key = DataKey::generate().unwrap();
        assert_ne!(key.seal(b"", b"text").unwrap(), key.seal(b"", b"text").unwrap());
    }

    #[test]
    fn a_session_cache_gives_the_key_back() {
        let key = DataKey::generate().unwrap();
        let sealed = key.seal(b"", b"text").unwrap();
        let again = DataKey::from_bytes(&key.to_bytes());
        assert_eq!(again.open(b"", &sealed).unwrap().as_slice(), b"text");
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", DataKey::from_bytes(&[7; 32])), "DataKey(secret)");
    }
}

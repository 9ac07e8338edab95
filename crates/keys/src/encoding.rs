//! How are bytes written as text: multibase base58btc and base64url?

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use thiserror::Error;

/// Longest text that is decoded at all, in bytes: the modulus of an 8192-bit RSA key, the longest this might meet, has 1366.
/// Decoding base58 takes quadratic time, so the cap comes first.
pub(crate) const TEXT_MAX_LENGTH: usize = 1_400;

/// Why a text does not stand for bytes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TextError {
    /// Longer than anything this crate reads.
    #[error("the text has {found} bytes; at most {TEXT_MAX_LENGTH} are read")]
    TooLong {
        /// Length of the text in bytes.
        found: usize,
    },
    /// No multibase prefix, or another one than `z`.
    #[error("the text does not start with 'z', the multibase prefix of base58btc")]
    NotBase58btc,
    /// A character outside the base58btc alphabet.
    #[error("the character at position {position} is not in the base58btc alphabet")]
    Base58Character {
        /// Position in the text, counted from 0, the `z` included.
        position: usize,
    },
    /// Not base64url as RFC 7515 writes it.
    #[error("the text is not base64url without padding (RFC 4648 §5)")]
    NotBase64url,
    /// Another number of bytes than the thing has.
    #[error("the text holds {found} bytes where {expected} belong")]
    WrongLength {
        /// Bytes found.
        found: usize,
        /// Bytes that belong there.
        expected: usize,
    },
}

/// Multibase base58btc: `z` and the digits. The decoding is a bijection, so what is read has one spelling only.
pub(crate) fn from_multibase(text: &str) -> Result<Vec<u8>, TextError> {
    if text.len() > TEXT_MAX_LENGTH {
        return Err(TextError::TooLong { found: text.len() });
    }
    let digits = text.strip_prefix('z').ok_or(TextError::NotBase58btc)?;
    bs58::decode(digits).into_vec().map_err(|error| {
        let index = match error {
            bs58::decode::Error::InvalidCharacter { index, .. } | bs58::decode::Error::NonAsciiCharacter { index } => {
                index
            }
            _ => 0,
        };
        TextError::Base58Character { position: index + 1 }
    })
}

pub(crate) fn to_multibase(bytes: &[u8]) -> String {
    let mut text = bs58::encode(bytes).into_string();
    text.insert(0, 'z');
    text
}

/// base64url without padding and without stray bits in the last character, so that what is read has one spelling only.
pub(crate) fn from_base64url(text: &str) -> Result<Vec<u8>, TextError> {
    if text.len() > TEXT_MAX_LENGTH {
        return Err(TextError::TooLong { found: text.len() });
    }
    URL_SAFE_NO_PAD.decode(text).map_err(|_| TextError::NotBase64url)
}

pub(crate) fn to_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], TextError> {
    bytes.try_into().map_err(|_| TextError::WrongLength { found: bytes.len(), expected: N })
}

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

/// The same of 64 bytes, as of a signature, which is read and written so often that its quadratic time would be felt.
pub(crate) fn from_multibase_64(text: &str) -> Result<[u8; 64], TextError> {
    let mut bytes = [0; 64];
    match text.strip_prefix('z').map(|digits| five8::decode_64(digits, &mut bytes)) {
        Some(Ok(())) => Ok(bytes),
        // What is wrong with it is said as of any text.
        _ => fixed(&from_multibase(text)?),
    }
}

pub(crate) fn to_multibase_64(bytes: &[u8; 64]) -> String {
    let mut digits = [0; five8::BASE58_ENCODED_64_MAX_LEN];
    let length = usize::from(five8::encode_64(bytes, &mut digits));
    std::iter::once('z').chain(digits.iter().take(length).map(|digit| char::from(*digit))).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn sixty_four_bytes_are_written_as_any_number_of_them(zeros in 0..=64_usize, tail: [u8; 64]) {
            let mut bytes = tail;
            bytes.iter_mut().take(zeros).for_each(|byte| *byte = 0);
            let text = to_multibase(&bytes);
            proptest::prop_assert_eq!(to_multibase_64(&bytes), text.as_str());
            proptest::prop_assert_eq!(from_multibase_64(&text), Ok(bytes));
        }

        #[test]
        fn what_is_no_text_of_sixty_four_bytes_is_refused_as_any_other(
            text in "z?[1-9A-HJ-NP-Za-km-z]{60,91}|z1{0,70}[1-9A-HJ-NP-Za-km-z]{0,90}|z[1-9A-z]{85,89}|\\PC{0,99}"
        ) {
            proptest::prop_assert_eq!(from_multibase_64(&text), from_multibase(&text).and_then(|bytes| fixed(&bytes)));
        }
    }
}

//! What is an Ed25519 signature, and how is it written as text?

use std::fmt;

use thiserror::Error;

use crate::encoding::{TextError, fixed, from_base64url, from_multibase_64, to_base64url, to_multibase_64};

/// An Ed25519 signature: 64 bytes (RFC 8032 §5.1.6), not yet checked against any key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature([u8; 64]);

/// The signature does not belong to this message and this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the signature does not belong to this document and this key")]
pub struct BadSignature;

impl Signature {
    /// The signature made of these bytes.
    pub fn from_bytes(bytes: &[u8; 64]) -> Self {
        Self(*bytes)
    }

    /// The 64 bytes: R, then S.
    pub fn to_bytes(&self) -> [u8; 64] {
        self.0
    }

    /// Reads multibase base58btc, as the `proofValue` of cryptosuite eddsa-jcs-2022 is written (VC-DI-EdDSA §3.3).
    ///
    /// # Errors
    /// [`TextError`] if the text does not start with `z`, has a character outside the alphabet, or not 64 bytes.
    pub fn from_multibase(text: &str) -> Result<Self, TextError> {
        from_multibase_64(text).map(Self)
    }

    /// Multibase base58btc text.
    pub fn to_multibase(&self) -> String {
        to_multibase_64(&self.0)
    }

    /// Reads base64url without padding, as the third part of a JWS is written (RFC 7515 §2).
    ///
    /// # Errors
    /// [`TextError`] if the text is padded, has a stray character or stray bits, or not 64 bytes.
    pub fn from_base64url(text: &str) -> Result<Self, TextError> {
        fixed(&from_base64url(text)?).map(Self)
    }

    /// base64url text without padding.
    pub fn to_base64url(&self) -> String {
        to_base64url(&self.0)
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({})", self.to_multibase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::to_multibase;

    fn counting() -> Signature {
        Signature::from_bytes(&std::array::from_fn(|i| u8::try_from(i).unwrap()))
    }

    #[test]
    fn text_comes_back_as_it_went() {
        let signature = counting();
        assert_eq!(Signature::from_multibase(&signature.to_multibase()), Ok(signature));
        assert_eq!(Signature::from_base64url(&signature.to_base64url()), Ok(signature));
        assert_eq!(signature.to_base64url().len(), 86);
    }

    #[test]
    fn sixty_three_bytes_are_no_signature() {
        let short = to_multibase(&[7; 63]);
        let error = Signature::from_multibase(&short).unwrap_err();
        assert_eq!(error.to_string(), "the text holds 63 bytes where 64 belong");
    }

    #[test]
    fn another_multibase_is_refused() {
        let error = Signature::from_multibase(&format!("u{}", counting().to_base64url())).unwrap_err();
        assert_eq!(error.to_string(), "the text does not start with 'z', the multibase prefix of base58btc");
    }

    #[test]
    fn a_stray_character_is_named_by_its_position() {
        let mut text = counting().to_multibase();
        text.replace_range(5..6, "0");
        let error = Signature::from_multibase(&text).unwrap_err();
        assert_eq!(error.to_string(), "the character at position 5 is not in the base58btc alphabet");
        text.replace_range(5..6, "é");
        assert_eq!(Signature::from_multibase(&text), Err(TextError::Base58Character { position: 5 }));
    }

    #[test]
    fn padding_stray_bits_and_the_other_alphabet_are_refused() {
        let text = Signature::from_bytes(&[0xff; 64]).to_base64url();
        assert!(text.ends_with("_w"));
        for wrong in [format!("{text}=="), format!("{}x", &text[..85]), text.replace('_', "/"), format!(" {text}")] {
            assert_eq!(Signature::from_base64url(&wrong), Err(TextError::NotBase64url), "{wrong}");
        }
    }

    #[test]
    fn a_text_of_a_megabyte_is_not_decoded() {
        let long = format!("z{}", "2".repeat(1_000_000));
        assert_eq!(Signature::from_multibase(&long), Err(TextError::TooLong { found: 1_000_001 }));
        assert_eq!(Signature::from_base64url(&long), Err(TextError::TooLong { found: 1_000_001 }));
    }
}

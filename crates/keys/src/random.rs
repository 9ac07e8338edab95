//! Where does randomness come from?
//!
//! From the operating system, and nowhere else; everything random in Stapel is drawn here.

use thiserror::Error;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::encoding::to_base64url;

/// The operating system gave no randomness. Nothing sensible can be done but to stop.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the operating system gave no randomness: {reason}")]
pub struct RandomError {
    reason: String,
}

/// `N` random bytes.
///
/// # Errors
/// [`RandomError`] if the operating system gives none.
pub fn bytes<const N: usize>() -> Result<[u8; N], RandomError> {
    let mut drawn = [0; N];
    fill(&mut drawn)?;
    Ok(drawn)
}

/// A random UUID (version 4, RFC 9562 §5.4).
///
/// # Errors
/// [`RandomError`] if the operating system gives no randomness.
pub fn uuid_v4() -> Result<Uuid, RandomError> {
    Ok(uuid::Builder::from_random_bytes(bytes()?).into_uuid())
}

/// 256 random bits as 43 characters of base64url: one-time codes, nonces, API keys.
///
/// # Errors
/// [`RandomError`] if the operating system gives no randomness.
pub fn token() -> Result<String, RandomError> {
    Ok(to_base64url(secret_bytes::<32>()?.as_slice()))
}

/// A salt of 128 bits: what RFC 9106 §3.1 recommends for a passphrase, and what tells apart two keys of the same words.
///
/// # Errors
/// [`RandomError`] if the operating system gives no randomness.
pub fn salt() -> Result<[u8; 16], RandomError> {
    bytes()
}

pub(crate) fn secret_bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, RandomError> {
    let mut drawn = Zeroizing::new([0; N]);
    fill(drawn.as_mut_slice())?;
    Ok(drawn)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that draws randomness")]
fn fill(buffer: &mut [u8]) -> Result<(), RandomError> {
    getrandom::fill(buffer).map_err(|error| RandomError { reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        assert_ne!(bytes::<32>().unwrap(), bytes::<32>().unwrap());
        assert_ne!(salt().unwrap(), salt().unwrap());
        assert_ne!(uuid_v4().unwrap(), uuid_v4().unwrap());
    }

    #[test]
    fn a_uuid_says_that_it_is_random() {
        let uuid = uuid_v4().unwrap();
        assert_eq!(uuid.get_version_num(), 4);
        assert_eq!(uuid.get_variant(), uuid::Variant::RFC4122);
    }

    #[test]
    fn a_token_has_43_characters_that_need_no_escaping_in_a_url() {
        let token = token().unwrap();
        assert_eq!(token.len(), 43);
        assert!(token.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{token}");
    }
}

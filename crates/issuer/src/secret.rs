//! What is shown once and stored only as a hash? One-time codes, access tokens, nonces and API keys.

use std::fmt;

use sha2::{Digest as _, Sha256};
use stapel_keys::{RandomError, random};
use zeroize::Zeroizing;

/// The longest secret that is looked up, in bytes: ours have 43.
const MAX_SECRET: usize = 200;

/// A random text of 256 bits that is shown once. `Debug` does not show it.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// SHA-256 of a [`Secret`]: what is stored. The secret has 256 random bits, so no salt and no slow hash are needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretHash([u8; 32]);

impl Secret {
    /// A new secret.
    ///
    /// # Errors
    /// [`RandomError`] when the operating system gives no randomness.
    pub fn generate() -> Result<Self, RandomError> {
        random::token().map(|token| Self(Zeroizing::new(token)))
    }

    /// The text, to be shown once.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored.
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }
}

impl SecretHash {
    /// The hash of a text that somebody presents. A text longer than any secret hashes to that of no secret.
    pub fn of(presented: &str) -> Self {
        let presented = if presented.len() > MAX_SECRET { "" } else { presented };
        Self(Sha256::digest(presented.as_bytes()).into())
    }

    /// The hash with these bytes, as it was stored.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(not shown)")
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown_by_debug() {
        let secret = Secret::generate().unwrap();
        assert_eq!(format!("{secret:?} {:?}", secret.hash()), "Secret(not shown) SecretHash(not shown)");
        assert_eq!(SecretHash::of(secret.expose()), secret.hash());
    }

    #[test]
    fn a_text_too_long_for_a_secret_is_that_of_none() {
        assert_eq!(SecretHash::of(&"a".repeat(MAX_SECRET + 1)), SecretHash::of(""));
        assert_ne!(SecretHash::of(&"a".repeat(MAX_SECRET)), SecretHash::of(""));
    }
}

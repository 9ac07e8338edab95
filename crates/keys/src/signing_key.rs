//! Who can sign, and with what secret?

use std::fmt;

use ed25519_dalek::Signer as _;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::random::{RandomError, secret_bytes};
use crate::{Signature, VerifyingKey};

/// Something that signs under one Ed25519 key: a [`SigningKey`] in memory today, a device that keeps its key tomorrow.
pub trait Signer: Send + Sync {
    /// The public half.
    fn verifying_key(&self) -> VerifyingKey;

    /// Signs the message itself (Ed25519, RFC 8032 §5.1.6; not Ed25519ph).
    ///
    /// # Errors
    /// [`SignError`] if the device that holds the key does not answer. A key in memory always signs.
    fn sign(&self, message: &[u8]) -> Result<Signature, SignError>;
}

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignError {
    /// The device that holds the key did not sign.
    #[error("the device that holds the key did not sign: {reason}")]
    Device {
        /// What the device said.
        reason: String,
    },
}

/// An Ed25519 key pair in memory. Zeroised when dropped; `Debug` shows the public half alone.
pub struct SigningKey(ed25519_dalek::SigningKey);

const _: fn(&SigningKey) = |secret| crate::wiped::wiped(&secret.0);

impl SigningKey {
    /// A new key from the operating system's randomness.
    ///
    /// # Errors
    /// [`RandomError`] if there is none.
    pub fn generate() -> Result<Self, RandomError> {
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(&*secret_bytes()?)))
    }

    /// The key of this seed (RFC 8032 §5.1.5 calls it the private key).
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// The seed, from which the whole key follows: a secret.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey::of(&self.0)
    }
}

impl Signer for SigningKey {
    fn verifying_key(&self) -> VerifyingKey {
        self.verifying_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Signature, SignError> {
        Ok(Signature::from_bytes(&self.0.sign(message).to_bytes()))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(of {})", self.verifying_key().to_multikey())
    }
}

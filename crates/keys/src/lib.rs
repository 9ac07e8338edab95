//! What is secret here, and how does it sign, open and rest on disk?
//!
//! This crate is the only holder of secrets and the only place that draws randomness. It knows nothing of credentials.
//!
//! * [`SigningKey`], [`VerifyingKey`], [`Signature`]: Ed25519 (RFC 8032), verified strictly; Multikey and JWK text.
//! * [`PublicKey`]: the keys that others sign with, also P-256 (ES256) and RSA (RS256): verified, never signed with.
//! * [`DataKey`]: seals what is kept at rest (XChaCha20-Poly1305).
//! * [`WrappedKey`]: a data key under a [`Passphrase`] (Argon2id, RFC 9106) or under [`RecoveryWords`] (BIP39).
//! * [`KeyFile`]: a signing key in a file, encrypted under a passphrase.
//! * [`random`]: the operating system's randomness.
//!
//! Every secret is zeroised when dropped, and no `Debug`, `Display` or error shows one.
//!
//! What holds a secret is [`zeroize::ZeroizeOnDrop`], and so is the field in it, or it does not compile (`wiped.rs`). What no
//! test can show, and nobody should rely on: that the compiler left no copy where a value was moved from (on the stack, in a
//! register); that the system wrote no page to swap, to a hibernation image or to a core dump; that `getrandom`, the terminal
//! or the C library kept nothing; and that anything is wiped in a process that is killed.

mod data_key;
mod encoding;
mod jwk;
mod kdf;
mod key_file;
mod p256_key;
mod passphrase;
mod public_key;
pub mod random;
mod recovery_words;
mod rsa_key;
mod signature;
mod signing_key;
mod verifying_key;
mod wiped;
mod wrapped_key;

pub use data_key::{DataKey, OpenError, SealError};
pub use encoding::TextError;
pub use kdf::{KdfCost, KdfCostError};
pub use key_file::{KeyFile, KeyFileError};
pub use p256_key::P256Key;
pub use passphrase::{Passphrase, PassphraseError};
pub use public_key::{Algorithm, PublicKey};
pub use random::RandomError;
pub use recovery_words::{RecoveryError, RecoveryWords};
pub use rsa_key::{RSA_MAX_BITS, RSA_MIN_BITS, RsaKey};
pub use signature::{BadSignature, Signature};
pub use signing_key::{SignError, Signer, SigningKey};
pub use verifying_key::{KeyError, VerifyingKey};
pub use wrapped_key::{UnwrapError, WrapError, WrappedKey, WrappedKeyError};

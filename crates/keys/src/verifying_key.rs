//! Which public keys are taken, how are they written, and what did they sign?

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::encoding::{TextError, fixed, from_base64url, from_multibase, to_base64url, to_multibase};
use crate::{BadSignature, Signature};

/// The varint of multicodec `ed25519-pub`, 0xed (Controlled Identifiers 1.0 §2.2.2, "Multikey").
const ED25519_PREFIX: [u8; 2] = [0xed, 0x01];

/// An Ed25519 public key. It is a point on the curve, in its one canonical encoding, and not of small order: under such a
/// weak key a signature can be made that fits almost every message. Kept expanded, so that verifying does not decompress it.
#[derive(Clone, Copy)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

/// Why a text or some bytes are no public key that can be trusted to verify.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The text does not stand for bytes.
    #[error("the key cannot be read: {0}")]
    Text(#[from] TextError),
    /// The bytes decode to no point on the curve (RFC 8032 §5.1.3).
    #[error("these 32 bytes are not a point on the Ed25519 curve")]
    NotAPoint,
    /// The same point has a shorter spelling (RFC 8032 §5.1.3 step 1: y is less than p).
    #[error("these 32 bytes are not the canonical encoding of a point on the Ed25519 curve")]
    NotCanonical,
    /// A point of small order.
    #[error("this key has small order: a signature under it fits almost every document")]
    SmallOrder,
    /// A Multikey of another kind.
    #[error("this is {kind}; only Ed25519 keys are supported")]
    OtherKind {
        /// The kind by name, or its first bytes.
        kind: String,
    },
    /// A JWK with its private member.
    #[error("this JWK contains the private key (member \"d\"): it must never leave its owner, and is now to be replaced")]
    PrivateJwk,
    /// A JWK that is not a public Ed25519 key (RFC 8037 §2).
    #[error("the JWK's member {member:?} is {found} where {expected} belongs")]
    Jwk {
        /// The member.
        member: &'static str,
        /// What stands there, as JSON, or "missing".
        found: String,
        /// What belongs there.
        expected: &'static str,
    },
}

impl VerifyingKey {
    /// Takes the encoding of RFC 8032 §5.1.2.
    ///
    /// # Errors
    /// [`KeyError::NotAPoint`], [`KeyError::NotCanonical`], [`KeyError::SmallOrder`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAPoint)?;
        if key.is_weak() {
            return Err(KeyError::SmallOrder);
        }
        // dalek follows ZIP 215 here and takes y >= p as well: two spellings of one key would be two identities.
        if key.to_edwards().compress().as_bytes() != bytes {
            return Err(KeyError::NotCanonical);
        }
        Ok(Self(key))
    }

    /// A public half is canonical and of prime order by construction: a clamped scalar times the base point.
    pub(crate) fn of(key: &ed25519_dalek::SigningKey) -> Self {
        Self(key.verifying_key())
    }

    /// The 32 bytes of RFC 8032 §5.1.2.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Reads a Multikey: `z`, then base58btc of 0xed 0x01 and the 32 bytes.
    ///
    /// # Errors
    /// [`KeyError`]; [`KeyError::OtherKind`] names a key of another kind.
    pub fn from_multikey(text: &str) -> Result<Self, KeyError> {
        let bytes = from_multibase(text)?;
        match bytes.strip_prefix(&ED25519_PREFIX) {
            Some(key) => Self::from_bytes(&fixed(key)?),
            None => Err(KeyError::OtherKind { kind: multicodec_kind(&bytes) }),
        }
    }

    /// The Multikey text, 48 characters that start with `z6Mk`.
    pub fn to_multikey(&self) -> String {
        let mut bytes = [0; 34];
        bytes[..2].copy_from_slice(&ED25519_PREFIX);
        bytes[2..].copy_from_slice(self.as_bytes());
        to_multibase(&bytes)
    }

    /// Reads a JWK (RFC 8037 §2): `kty` OKP, `crv` Ed25519, `x`. Members `alg` and `use`, if there, must allow signatures.
    ///
    /// # Errors
    /// [`KeyError::PrivateJwk`] if it carries `d`, [`KeyError::Jwk`] with the member that does not fit.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        if jwk.get("d").is_some() {
            return Err(KeyError::PrivateJwk);
        }
        jwk_member(jwk, "kty", &["OKP"], "\"OKP\"")?;
        jwk_member(jwk, "crv", &["Ed25519"], "\"Ed25519\"")?;
        if jwk.get("alg").is_some() {
            // RFC 9864 §2.2: "Ed25519" is the exact name, "EdDSA" the one used before.
            jwk_member(jwk, "alg", &["EdDSA", "Ed25519"], "\"EdDSA\" or \"Ed25519\"")?;
        }
        if jwk.get("use").is_some() {
            jwk_member(jwk, "use", &["sig"], "\"sig\"")?;
        }
        let x = jwk.get("x").and_then(Value::as_str).ok_or_else(|| wrong_member(jwk, "x", "base64url text"))?;
        Self::from_bytes(&fixed(&from_base64url(x)?)?)
    }

    /// The public JWK: `kty`, `crv`, `x`.
    pub fn to_jwk(&self) -> Value {
        json!({ "crv": "Ed25519", "kty": "OKP", "x": to_base64url(self.as_bytes()) })
    }

    /// The JWK thumbprint (RFC 7638, RFC 8037 §2): SHA-256 of the members in order, as base64url.
    pub fn thumbprint(&self) -> String {
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, to_base64url(self.as_bytes()));
        to_base64url(&Sha256::digest(members))
    }

    /// Whether this key signed this message.
    ///
    /// # Errors
    /// [`BadSignature`] also where the check is strict: S not reduced, R not canonical or of small order.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that verifies signatures")]
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), BadSignature> {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.to_bytes());
        self.0.verify_strict(message, &signature).map_err(|_| BadSignature)
    }
}

/// Names of the multicodecs that stand in Multikeys, from the multicodec table and Controlled Identifiers 1.0 §2.2.2.
fn multicodec_kind(bytes: &[u8]) -> String {
    let name = match bytes {
        [0xec, 0x01, ..] => "an X25519 key, which cannot sign",
        [0x80, 0x24, ..] => "a P-256 key",
        [0x81, 0x24, ..] => "a P-384 key",
        [0x82, 0x24, ..] => "a P-521 key",
        [0xe7, 0x01, ..] => "a secp256k1 key",
        [0xea | 0xeb, 0x01, ..] => "a BLS12-381 key",
        [0x85, 0x24, ..] => "an RSA key",
        [0x80, 0x26, ..] => "a PRIVATE Ed25519 key, which must never leave its owner",
        [a, b, ..] => return format!("a key of the unknown kind 0x{a:02x}{b:02x}"),
        _ => "no key",
    };
    name.to_owned()
}

fn jwk_member(
    jwk: &Value,
    member: &'static str,
    allowed: &[&str],
    expected: &'static str,
) -> Result<(), KeyError> {
    match jwk.get(member).and_then(Value::as_str) {
        Some(found) if allowed.contains(&found) => Ok(()),
        _ => Err(wrong_member(jwk, member, expected)),
    }
}

fn wrong_member(jwk: &Value, member: &'static str, expected: &'static str) -> KeyError {
    let found = jwk.get(member).map_or_else(
        || "missing".to_owned(),
        |value| {
            let mut text: String = value.to_string().chars().take(41).collect();
            if text.chars().count() > 40 {
                text.pop();
                text.push('…');
            }
            text
        },
    );
    KeyError::Jwk { member, found, expected }
}

impl PartialEq for VerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for VerifyingKey {}

impl Hash for VerifyingKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl PartialOrd for VerifyingKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for VerifyingKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl fmt::Display for VerifyingKey {
    /// The Multikey.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_multikey())
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", self.to_multikey())
    }
}

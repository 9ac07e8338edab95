//! Of which kinds are the public keys that others sign with, and what did they sign?

use std::fmt;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::encoding::{from_multibase, to_base64url};
use crate::jwk::{Jwk, shortened};
use crate::p256_key::P256_PREFIX;
use crate::verifying_key::{ED25519_PREFIX, multicodec_kind};
use crate::{BadSignature, KeyError, P256Key, RsaKey, Signature, VerifyingKey};

/// A public key that verifies signatures. Stapel signs with Ed25519 alone; the other kinds are those of foreign issuers.
#[derive(Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// Ed25519 (RFC 8032), for `EdDSA` and the cryptosuites of its name.
    Ed25519(VerifyingKey),
    /// P-256, for `ES256`.
    P256(P256Key),
    /// RSA, for `RS256`, which Open Badges 3.0 §8.2 names.
    Rsa(RsaKey),
}

/// The signature algorithms that are verified; a key is for one of them, and a message cannot choose another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Ed25519 (RFC 8037 §3.1, RFC 9864 §2.2).
    EdDsa,
    /// ECDSA on P-256 with SHA-256 (RFC 7518 §3.4).
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
    Rs256,
}

impl Algorithm {
    /// The algorithm of this name in a JWS header or a JWK, if it is one that is verified here.
    pub fn find(name: &str) -> Option<Self> {
        match name {
            // RFC 9864 §2.2: "Ed25519" is the exact name, "EdDSA" the one used before.
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            "ES256" => Some(Self::Es256),
            "RS256" => Some(Self::Rs256),
            _ => None,
        }
    }

    /// The name in a JWS header: `EdDSA`, `ES256`, `RS256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PublicKey {
    /// Reads a Multikey of Ed25519 (`z6Mk…`) or P-256 (`zDn…`) (Controlled Identifiers 1.0 §2.2.2).
    ///
    /// # Errors
    /// [`KeyError`]; [`KeyError::UnknownKind`] names a key of another kind.
    pub fn from_multikey(text: &str) -> Result<Self, KeyError> {
        let bytes = from_multibase(text)?;
        if bytes.starts_with(&ED25519_PREFIX) {
            VerifyingKey::from_multikey(text).map(Self::Ed25519)
        } else if let Some(point) = bytes.strip_prefix(&P256_PREFIX) {
            P256Key::from_multikey_bytes(point).map(Self::P256)
        } else {
            Err(KeyError::UnknownKind { kind: multicodec_kind(&bytes) })
        }
    }

    /// Reads a public JWK: OKP with Ed25519 (RFC 8037 §2), EC with P-256 (RFC 7518 §6.2), RSA (§6.3). Members `alg`, `use`
    /// and `key_ops`, if there, must allow signatures of its kind. Its text must have been read strictly before.
    ///
    /// # Errors
    /// [`KeyError::PrivateJwk`] for a JWK with a private member, [`KeyError::UnknownKind`] for another `kty` or `crv`, else
    /// what is wrong.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        let members = Jwk::new(jwk)?;
        match (members.text("kty"), members.text("crv")) {
            (Some("EC"), Some("P-256")) => {
                members.is_for(&["ES256"], "\"ES256\"")?;
                P256Key::from_jwk(members).map(Self::P256)
            }
            (Some("RSA"), _) => {
                members.is_for(&["RS256"], "\"RS256\"")?;
                RsaKey::from_jwk(members).map(Self::Rsa)
            }
            (Some("OKP" | "EC"), Some(curve)) if !["Ed25519", "P-256"].contains(&curve) => {
                Err(KeyError::UnknownKind { kind: format!("a key on the curve {:?}", shortened(curve)) })
            }
            (Some("EC"), _) => Err(members.member("crv", &["P-256"], "\"P-256\"").err().unwrap_or(KeyError::NotOnP256)),
            (Some("OKP") | None, _) => VerifyingKey::from_jwk(jwk).map(Self::Ed25519),
            (Some(kind), _) => Err(KeyError::UnknownKind { kind: format!("a key of the kind {:?}", shortened(kind)) }),
        }
    }

    /// The algorithm that this key is for.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Ed25519(_) => Algorithm::EdDsa,
            Self::P256(_) => Algorithm::Es256,
            Self::Rsa(_) => Algorithm::Rs256,
        }
    }

    /// The kind by name: `Ed25519`, `P-256`, `RSA`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ed25519(_) => "Ed25519",
            Self::P256(_) => "P-256",
            Self::Rsa(_) => "RSA",
        }
    }

    /// The key, where it is an Ed25519 key.
    pub fn as_ed25519(&self) -> Option<&VerifyingKey> {
        match self {
            Self::Ed25519(key) => Some(key),
            _ => None,
        }
    }

    /// The Multikey text; RSA keys have none here.
    pub fn to_multikey(&self) -> Option<String> {
        match self {
            Self::Ed25519(key) => Some(key.to_multikey()),
            Self::P256(key) => Some(key.to_multikey()),
            Self::Rsa(_) => None,
        }
    }

    /// The public JWK, with the members of the kind alone.
    pub fn to_jwk(&self) -> Value {
        match self {
            Self::Ed25519(key) => key.to_jwk(),
            Self::P256(key) => key.to_jwk(),
            Self::Rsa(key) => key.to_jwk(),
        }
    }

    /// The JWK thumbprint (RFC 7638): SHA-256 of the members in order, as base64url.
    pub fn thumbprint(&self) -> String {
        match self {
            Self::Ed25519(key) => key.thumbprint(),
            Self::P256(key) => to_base64url(&Sha256::digest(key.thumbprint_members())),
            Self::Rsa(key) => to_base64url(&Sha256::digest(key.thumbprint_members())),
        }
    }

    /// Whether this key signed this message, under the one algorithm that it is for.
    ///
    /// # Errors
    /// [`BadSignature`], also where the signature has another length than the algorithm's.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        match self {
            Self::Ed25519(key) => {
                let signature = signature.try_into().map_err(|_| BadSignature)?;
                key.verify(message, &Signature::from_bytes(signature))
            }
            Self::P256(key) => key.verify(message, signature),
            Self::Rsa(key) => key.verify(message, signature),
        }
    }
}

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self::Ed25519(key)
    }
}

impl fmt::Display for PublicKey {
    /// The Multikey, or the thumbprint of an RSA key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_multikey() {
            Some(multikey) => f.write_str(&multikey),
            None => write!(f, "the {} key {}", self.kind(), self.thumbprint()),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

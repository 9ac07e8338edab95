//! Which public keys are taken, how are they written, and what did they sign?

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::encoding::{TextError, fixed, from_multibase, to_base64url, to_multibase};
use crate::jwk::Jwk;
use crate::{BadSignature, Signature};

/// The varint of multicodec `ed25519-pub`, 0xed (Controlled Identifiers 1.0 §2.2.2, "Multikey").
pub(crate) const ED25519_PREFIX: [u8; 2] = [0xed, 0x01];

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
    /// The same point has another spelling, and this one is not allowed (RFC 8032 §5.1.3 step 1: y is less than p).
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
    /// A key of a kind that is not read at all: nothing is known against it.
    #[error("this is {kind}; Ed25519, P-256 and RSA keys are supported")]
    UnknownKind {
        /// The kind by name, or its first bytes.
        kind: String,
    },
    /// Bytes or coordinates that are no public key on P-256 (SEC 1 §2.3.4).
    #[error("these bytes are not a point on the curve P-256")]
    NotOnP256,
    /// An RSA key that is not taken.
    #[error("this RSA key is not taken: {cause}")]
    Rsa {
        /// Why not.
        cause: String,
    },
    /// A JWK with a private member, or a shared secret.
    #[error(
        "this JWK contains the private key (member {member:?}): it must never leave its owner, and is now to be replaced"
    )]
    PrivateJwk {
        /// The member.
        member: &'static str,
    },
    /// A JWK that is not what it should be (RFC 7518 §6, RFC 8037 §2).
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

impl KeyError {
    /// Whether the key is of a kind that is not read, as opposed to read and found wrong.
    pub fn is_undecided(&self) -> bool {
        matches!(self, Self::OtherKind { .. } | Self::UnknownKind { .. })
    }
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

    /// Reads a JWK (RFC 8037 §2): `kty` OKP, `crv` Ed25519, `x`. Members `alg`, `use` and `key_ops`, if there, must allow
    /// signatures.
    ///
    /// # Errors
    /// [`KeyError::PrivateJwk`] if it carries `d`, [`KeyError::Jwk`] with the member that does not fit.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        let jwk = Jwk::new(jwk)?;
        jwk.member("kty", &["OKP"], "\"OKP\"")?;
        jwk.member("crv", &["Ed25519"], "\"Ed25519\"")?;
        // RFC 9864 §2.2: "Ed25519" is the exact name, "EdDSA" the one used before.
        jwk.is_for(&["EdDSA", "Ed25519"], "\"EdDSA\" or \"Ed25519\"")?;
        Self::from_bytes(&fixed(&jwk.bytes("x")?)?)
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
pub(crate) fn multicodec_kind(bytes: &[u8]) -> String {
    let name = match bytes {
        [0xec, 0x01, ..] => "an X25519 key, which cannot sign",
        [0x80, 0x24, ..] => "a P-256 key",
        [0x81, 0x24, ..] => "a P-384 key",
        [0x82, 0x24, ..] => "a P-521 key",
        [0xe7, 0x01, ..] => "a secp256k1 key",
        [0xea | 0xeb | 0xee, 0x01, ..] => "a BLS12-381 key",
        [0x85, 0x24, ..] => "an RSA key",
        [0x80, 0x26, ..] => "a PRIVATE Ed25519 key, which must never leave its owner",
        [a, b, ..] => return format!("a key of the unknown kind 0x{a:02x}{b:02x}"),
        _ => "no key",
    };
    name.to_owned()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Signer as _, SigningKey};

    fn key() -> VerifyingKey {
        SigningKey::from_seed([42; 32]).verifying_key()
    }

    fn hex(text: &str) -> [u8; 32] {
        std::array::from_fn(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap())
    }

    /// The eight points of small order in every encoding that some decoder takes, from "Taming the many `EdDSAs`" (Chalkias,
    /// Garillot, Nikolaenko, 2020), Table 1, and the list of libsodium's `ge25519_has_small_order`.
    const SMALL_ORDER: [&str; 14] = [
        // order 1: (0, 1); canonical, with sign bit, y = p + 1, y = p + 1 with sign bit
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // order 2: (0, -1); canonical and with sign bit
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // order 4: (±sqrt(-1), 0); canonical twice, y = p twice
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // order 8: four points, canonical
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ];

    #[test]
    fn keys_of_small_order_are_refused_in_every_encoding() {
        for encoding in SMALL_ORDER {
            assert_eq!(VerifyingKey::from_bytes(&hex(encoding)), Err(KeyError::SmallOrder), "{encoding}");
        }
        let multikey = to_multibase(&[&ED25519_PREFIX[..], &hex(SMALL_ORDER[10])].concat());
        assert_eq!(
            VerifyingKey::from_multikey(&multikey).unwrap_err().to_string(),
            "this key has small order: a signature under it fits almost every document"
        );
    }

    /// y = p + 3 to p + 18: of the encodings beyond p, those whose y is on the curve and not of small order.
    #[test]
    fn a_second_spelling_of_a_key_is_refused() {
        let mut second_spellings = 0;
        for low in 0xf0..=0xff_u8 {
            for high in [0x7f, 0xff] {
                let mut bytes = [0xff; 32];
                (bytes[0], bytes[31]) = (low, high);
                let refused = VerifyingKey::from_bytes(&bytes).unwrap_err();
                assert!(matches!(refused, KeyError::NotCanonical | KeyError::NotAPoint), "{low:x} {refused}");
                second_spellings += u32::from(refused == KeyError::NotCanonical);
            }
        }
        assert!(second_spellings > 0);
    }

    #[test]
    fn bytes_off_the_curve_are_refused() {
        let mut off_curve = [0; 32];
        off_curve[0] = 2;
        assert_eq!(
            VerifyingKey::from_bytes(&off_curve).unwrap_err().to_string(),
            "these 32 bytes are not a point on the Ed25519 curve"
        );
    }

    #[test]
    fn a_multikey_comes_back_as_it_went() {
        let multikey = key().to_multikey();
        assert_eq!(multikey.len(), 48);
        assert!(multikey.starts_with("z6Mk"), "{multikey}");
        assert_eq!(VerifyingKey::from_multikey(&multikey), Ok(key()));
        assert_eq!(format!("{:?}", key()), format!("VerifyingKey({multikey})"));
        assert_eq!(key().to_string(), multikey);
    }

    #[test]
    fn keys_of_other_kinds_are_named() {
        let refused = |prefix: &[u8], length| {
            let bytes = [prefix, &vec![2; length]].concat();
            VerifyingKey::from_multikey(&to_multibase(&bytes)).unwrap_err().to_string()
        };
        assert_eq!(refused(&[0x80, 0x24], 33), "this is a P-256 key; only Ed25519 keys are supported");
        assert_eq!(
            refused(&[0xec, 0x01], 32),
            "this is an X25519 key, which cannot sign; only Ed25519 keys are supported"
        );
        assert_eq!(
            refused(&[0x80, 0x26], 32),
            "this is a PRIVATE Ed25519 key, which must never leave its owner; only Ed25519 keys are supported"
        );
        assert_eq!(
            refused(&[0x12, 0x34], 32),
            "this is a key of the unknown kind 0x1234; only Ed25519 keys are supported"
        );
        assert_eq!(refused(&ED25519_PREFIX, 31), "the key cannot be read: the text holds 31 bytes where 32 belong");
    }

    #[test]
    fn text_that_is_no_multikey_is_refused() {
        assert_eq!(
            VerifyingKey::from_multikey("").unwrap_err().to_string(),
            "the key cannot be read: the text does not start with 'z', the multibase prefix of base58btc"
        );
        assert_eq!(VerifyingKey::from_multikey("z").unwrap_err(), KeyError::OtherKind { kind: "no key".to_owned() });
        let spaced = format!("{} ", key().to_multikey());
        assert_eq!(
            VerifyingKey::from_multikey(&spaced).unwrap_err(),
            KeyError::Text(TextError::Base58Character { position: 48 })
        );
        let zeros = format!("z1{}", &key().to_multikey()[1..]);
        assert!(matches!(VerifyingKey::from_multikey(&zeros), Err(KeyError::OtherKind { .. })));
    }

    /// RFC 8037 Appendix A.2 and A.3.
    #[test]
    fn the_jwk_of_rfc_8037_has_the_thumbprint_it_names() {
        let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
        let key = VerifyingKey::from_jwk(&jwk).unwrap();
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert_eq!(key.to_jwk(), jwk);
    }

    #[test]
    fn a_jwk_that_is_no_public_ed25519_key_is_refused_by_member() {
        let refused = |change: &dyn Fn(&mut Value)| {
            let mut jwk = key().to_jwk();
            change(&mut jwk);
            VerifyingKey::from_jwk(&jwk).unwrap_err().to_string()
        };
        assert_eq!(refused(&|jwk| jwk["kty"] = json!("EC")), r#"the JWK's member "kty" is "EC" where "OKP" belongs"#);
        assert_eq!(
            refused(&|jwk| jwk["crv"] = json!("X25519")),
            r#"the JWK's member "crv" is "X25519" where "Ed25519" belongs"#
        );
        assert_eq!(
            refused(&|jwk| jwk["alg"] = json!("ES256")),
            r#"the JWK's member "alg" is "ES256" where "EdDSA" or "Ed25519" belongs"#
        );
        assert_eq!(refused(&|jwk| jwk["use"] = json!("enc")), r#"the JWK's member "use" is "enc" where "sig" belongs"#);
        assert_eq!(
            refused(&|jwk| jwk["x"] = json!(["a", "b"])),
            r#"the JWK's member "x" is ["a","b"] where base64url text belongs"#
        );
        assert_eq!(refused(&|jwk| *jwk = json!("text")), r#"the JWK's member "kty" is missing where "OKP" belongs"#);
        assert_eq!(
            refused(&|jwk| jwk["kty"] = json!("K".repeat(50))),
            format!("the JWK's member \"kty\" is \"{}… where \"OKP\" belongs", "K".repeat(39))
        );
        assert_eq!(
            refused(&|jwk| jwk["x"] = json!("AAAA")),
            "the key cannot be read: the text holds 3 bytes where 32 belong"
        );
    }

    #[test]
    fn a_jwk_with_its_private_member_is_refused_and_not_repeated() {
        let mut jwk = key().to_jwk();
        jwk["d"] = json!("c2VjcmV0");
        assert_eq!(
            VerifyingKey::from_jwk(&jwk).unwrap_err().to_string(),
            "this JWK contains the private key (member \"d\"): it must never leave its owner, and is now to be replaced"
        );
    }

    #[test]
    fn a_signature_fits_one_message_and_one_key() {
        let signer = SigningKey::from_seed([42; 32]);
        let signature = signer.sign(b"a badge").unwrap();
        assert_eq!(key().verify(b"a badge", &signature), Ok(()));
        let error = key().verify(b"a Badge", &signature).unwrap_err();
        assert_eq!(error.to_string(), "the signature does not belong to this document and this key");
        let other = SigningKey::from_seed([1; 32]).verifying_key();
        assert_eq!(other.verify(b"a badge", &signature), Err(BadSignature));
    }

    #[test]
    fn two_generated_keys_differ() {
        let (one, other) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
        assert_ne!(one.verifying_key(), other.verifying_key());
        assert_ne!(one.seed(), other.seed());
    }
}

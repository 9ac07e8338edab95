//! Which P-256 public keys are taken, and what did they sign? ES256 (RFC 7518 §3.4), verified alone.

use std::fmt;

use p256::ecdsa::signature::Verifier as _;
use serde_json::{Value, json};

use crate::encoding::{fixed, to_base64url, to_multibase};
use crate::jwk::Jwk;
use crate::{BadSignature, KeyError};

/// The varint of multicodec `p256-pub`, 0x1200 (Controlled Identifiers 1.0 §2.2.2, "Multikey").
pub(crate) const P256_PREFIX: [u8; 2] = [0x80, 0x24];

/// A public key on the curve P-256: a point of the curve, and not the one at infinity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct P256Key(p256::ecdsa::VerifyingKey);

impl P256Key {
    /// Takes the 33 bytes of the compressed form (SEC 1 §2.3.3): 2 or 3, then x.
    ///
    /// # Errors
    /// [`KeyError::NotOnP256`].
    pub fn from_compressed(bytes: &[u8; 33]) -> Result<Self, KeyError> {
        // A third tag of 33 bytes, 5, leaves the sign of y out: a second spelling of the key.
        if !matches!(bytes, [2 | 3, ..]) {
            return Err(KeyError::NotOnP256);
        }
        p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map(Self).map_err(|_| KeyError::NotOnP256)
    }

    /// The 33 bytes of the compressed form.
    pub fn to_compressed(&self) -> [u8; 33] {
        let point = self.0.to_sec1_point(true);
        let mut bytes = [0; 33];
        // A compressed point that is not at infinity, which no key is, has 33 bytes.
        for (to, from) in bytes.iter_mut().zip(point.as_bytes()) {
            *to = *from;
        }
        bytes
    }

    /// The bytes of a Multikey behind their prefix.
    pub(crate) fn from_multikey_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        Self::from_compressed(&fixed(bytes)?)
    }

    /// The Multikey text, which starts with `zDn`.
    pub fn to_multikey(&self) -> String {
        to_multibase(&[&P256_PREFIX[..], &self.to_compressed()].concat())
    }

    pub(crate) fn from_jwk(jwk: Jwk<'_>) -> Result<Self, KeyError> {
        // RFC 7518 §6.2.1.2: x and y have the full length of the field, leading zeros included.
        let (x, y) = (jwk.bytes("x")?, jwk.bytes("y")?);
        let (x, y) = (fixed::<32>(&x)?, fixed::<32>(&y)?);
        let mut point = [4; 65];
        for (to, from) in point.iter_mut().skip(1).zip(x.iter().chain(&y)) {
            *to = *from;
        }
        p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).map(Self).map_err(|_| KeyError::NotOnP256)
    }

    /// The coordinates as base64url, each of 32 bytes.
    fn coordinates(&self) -> (String, String) {
        let point = self.0.to_sec1_point(false);
        let (x, y) = point.as_bytes().get(1..).unwrap_or_default().split_at_checked(32).unwrap_or_default();
        (to_base64url(x), to_base64url(y))
    }

    /// The public JWK: `kty`, `crv`, `x`, `y`.
    pub fn to_jwk(&self) -> Value {
        let (x, y) = self.coordinates();
        json!({ "crv": "P-256", "kty": "EC", "x": x, "y": y })
    }

    /// The members of the thumbprint in their order (RFC 7638 §3.2).
    pub(crate) fn thumbprint_members(&self) -> String {
        let (x, y) = self.coordinates();
        format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)
    }

    /// Whether this key signed this message: ECDSA over SHA-256, the signature r and s of 32 bytes each (RFC 7518 §3.4).
    /// The other of the two signatures that ECDSA allows (s for its negative) is taken too, as JWS does.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        let signature = p256::ecdsa::Signature::from_slice(signature).map_err(|_| BadSignature)?;
        self.0.verify(message, &signature).map_err(|_| BadSignature)
    }
}

impl fmt::Debug for P256Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P256Key({})", self.to_multikey())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PublicKey;

    /// RFC 7515 Appendix A.3.
    fn jwk() -> Value {
        json!({
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        })
    }

    fn refused(change: impl Fn(&mut Value)) -> String {
        let mut jwk = jwk();
        change(&mut jwk);
        PublicKey::from_jwk(&jwk).unwrap_err().to_string()
    }

    #[test]
    fn a_key_comes_back_as_it_went() {
        let PublicKey::P256(key) = PublicKey::from_jwk(&jwk()).unwrap() else { panic!("another kind") };
        assert_eq!(key.to_jwk(), jwk());
        assert!(key.to_multikey().starts_with("zDn"));
        assert_eq!(PublicKey::from_multikey(&key.to_multikey()), Ok(PublicKey::P256(key)));
        assert_eq!(P256Key::from_compressed(&key.to_compressed()), Ok(key));
        assert_eq!(format!("{key:?}"), format!("P256Key({})", key.to_multikey()));
        assert_eq!(PublicKey::P256(key).thumbprint(), "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
    }

    #[test]
    fn a_point_off_the_curve_in_another_spelling_or_of_another_length_is_refused() {
        let off = "these bytes are not a point on the curve P-256";
        assert_eq!(refused(|jwk| jwk["y"] = json!("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a4")), off);
        assert_eq!(refused(|jwk| jwk["x"] = json!("A".repeat(43))), off);
        let long = format!("AA{}", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
        assert!(refused(|jwk| jwk["x"] = json!(long)).starts_with("the key cannot be read: "));
        let short = "the key cannot be read: the text holds 31 bytes where 32 belong";
        assert_eq!(refused(|jwk| jwk["x"] = json!(to_base64url(&[7; 31]))), short);
        let PublicKey::P256(key) = PublicKey::from_jwk(&jwk()).unwrap() else { panic!("another kind") };
        for tag in [0, 1, 4, 5, 6, 7] {
            let mut bytes = key.to_compressed();
            bytes[0] = tag;
            assert_eq!(P256Key::from_compressed(&bytes), Err(KeyError::NotOnP256), "{tag}");
        }
        let mut uncompressed = vec![0x80, 0x24, 4];
        uncompressed.extend([1; 64]);
        assert_eq!(
            PublicKey::from_multikey(&to_multibase(&uncompressed)).unwrap_err().to_string(),
            "the key cannot be read: the text holds 65 bytes where 33 belong"
        );
    }

    #[test]
    fn a_jwk_that_is_for_something_else_is_refused_by_member() {
        assert_eq!(
            refused(|jwk| jwk["alg"] = json!("ES384")),
            r#"the JWK's member "alg" is "ES384" where "ES256" belongs"#
        );
        assert_eq!(refused(|jwk| jwk["use"] = json!("enc")), r#"the JWK's member "use" is "enc" where "sig" belongs"#);
        assert_eq!(
            refused(|jwk| jwk["key_ops"] = json!(["deriveBits"])),
            r#"the JWK's member "key_ops" is ["deriveBits"] where a list with "verify" belongs"#
        );
        assert_eq!(refused(|jwk| jwk["crv"] = json!(256)), r#"the JWK's member "crv" is 256 where "P-256" belongs"#);
        assert!(refused(|jwk| jwk["d"] = json!("AA")).contains("private key (member \"d\")"));
        let mut public = jwk();
        public["key_ops"] = json!(["verify"]);
        public["alg"] = json!("ES256");
        assert!(PublicKey::from_jwk(&public).is_ok());
    }
}

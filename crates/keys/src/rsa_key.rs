//! Which RSA public keys are taken, and what did they sign? RS256 (RFC 7518 §3.3), verified alone.

use std::fmt;

use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};

use crate::encoding::to_base64url;
use crate::jwk::Jwk;
use crate::{BadSignature, KeyError};

/// Fewest bits of a modulus (RFC 7518 §3.3).
pub const RSA_MIN_BITS: usize = 2_048;
/// Most bits of a modulus: verifying takes quadratic time.
pub const RSA_MAX_BITS: usize = 8_192;
/// Smallest exponent that is taken (FIPS 186-5 §A.1.1: greater than 2 to the 16th); 1 would sign everything.
const EXPONENT_MIN: u64 = 65_537;
/// Largest exponent that is taken: 33 bits, which is what ring verifies with.
const EXPONENT_MAX: u64 = (1 << 33) - 1;

/// An RSA public key of 2048 to 8192 bits. Whether the modulus is the product of two primes cannot be seen.
#[derive(Clone, PartialEq, Eq)]
pub struct RsaKey {
    /// The modulus n, big end first, without leading zeros.
    modulus: Vec<u8>,
    /// The exponent e, likewise.
    exponent: Vec<u8>,
}

impl RsaKey {
    /// The key of this modulus and exponent, each big end first.
    ///
    /// # Errors
    /// [`KeyError::Rsa`] for a leading zero, an even number, a modulus under 2048 or over 8192 bits, and an exponent under
    /// 65537 or over 33 bits.
    pub fn new(modulus: Vec<u8>, exponent: Vec<u8>) -> Result<Self, KeyError> {
        let refuse = |cause: String| Err(KeyError::Rsa { cause });
        for (name, number) in [("modulus", &modulus), ("exponent", &exponent)] {
            // RFC 7518 §6.3.1: "must not include extra zero-valued octets", or one key would have many spellings.
            if number.first().is_none_or(|first| *first == 0) {
                return refuse(format!("its {name} is empty or starts with a zero byte"));
            }
            if number.last().is_some_and(|last| last % 2 == 0) {
                return refuse(format!("its {name} is even"));
            }
        }
        let key = Self { modulus, exponent };
        let bits = key.bits();
        if !(RSA_MIN_BITS..=RSA_MAX_BITS).contains(&bits) {
            return refuse(format!("its modulus has {bits} bits; {RSA_MIN_BITS} to {RSA_MAX_BITS} are taken"));
        }
        let exponent =
            key.exponent.iter().try_fold(0_u64, |sum, byte| sum.checked_mul(256)?.checked_add((*byte).into()));
        if exponent.is_none_or(|exponent| !(EXPONENT_MIN..=EXPONENT_MAX).contains(&exponent)) {
            return refuse(format!("its exponent is not between {EXPONENT_MIN} and {EXPONENT_MAX}"));
        }
        Ok(key)
    }

    /// How many bits the modulus has.
    pub fn bits(&self) -> usize {
        let spare = self.modulus.first().map_or(0, |first| first.leading_zeros());
        (self.modulus.len() * 8).saturating_sub(spare as usize)
    }

    pub(crate) fn from_jwk(jwk: Jwk<'_>) -> Result<Self, KeyError> {
        Self::new(jwk.bytes("n")?, jwk.bytes("e")?)
    }

    /// The public JWK: `kty`, `n`, `e`.
    pub fn to_jwk(&self) -> Value {
        json!({ "e": to_base64url(&self.exponent), "kty": "RSA", "n": to_base64url(&self.modulus) })
    }

    /// The members of the thumbprint in their order (RFC 7638 §3.2).
    pub(crate) fn thumbprint_members(&self) -> String {
        let (e, n) = (to_base64url(&self.exponent), to_base64url(&self.modulus));
        format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#)
    }

    /// Whether this key signed this message: RSASSA-PKCS1-v1_5 over SHA-256 (RFC 8017 §8.2.2).
    ///
    /// # Errors
    /// [`BadSignature`].
    #[expect(clippy::disallowed_methods, reason = "stapel-keys is the one place that verifies signatures")]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent }
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            .map_err(|_| BadSignature)
    }
}

impl fmt::Debug for RsaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaKey({} bits)", self.bits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PublicKey;

    /// RFC 7515 Appendix A.2.
    const N: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    const SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    const INPUT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    fn jwk() -> Value {
        json!({ "kty": "RSA", "n": N, "e": "AQAB" })
    }

    fn decoded(text: &str) -> Vec<u8> {
        crate::encoding::from_base64url(text).unwrap()
    }

    #[test]
    fn the_signature_of_rfc_7515_holds_for_its_message_alone() {
        let key = PublicKey::from_jwk(&jwk()).unwrap();
        assert_eq!(key.to_jwk(), jwk());
        let signature = decoded(SIGNATURE);
        assert_eq!(key.verify(INPUT.as_bytes(), &signature), Ok(()));
        assert_eq!(key.verify(&INPUT.as_bytes()[1..], &signature), Err(BadSignature));
        assert_eq!(key.verify(INPUT.as_bytes(), &signature[1..]), Err(BadSignature));
        assert_eq!(key.verify(INPUT.as_bytes(), &[]), Err(BadSignature));
        let longer = [&[0][..], &signature].concat();
        assert_eq!(key.verify(INPUT.as_bytes(), &longer), Err(BadSignature));
    }

    /// RFC 7638 §3.1.
    #[test]
    fn the_thumbprint_of_rfc_7638_comes_out() {
        let jwk = json!({
            "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        });
        let key = PublicKey::from_jwk(&jwk).unwrap();
        assert_eq!(key.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assert_eq!(key.to_string(), "the RSA key NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assert_eq!(key.to_multikey(), None);
    }

    #[test]
    fn weak_keys_and_second_spellings_are_refused_with_their_cause() {
        let refused = |n: &[u8], e: &[u8]| RsaKey::new(n.to_vec(), e.to_vec()).unwrap_err().to_string();
        let n = decoded(N);
        let e = [1, 0, 1];
        let taken = "this RSA key is not taken: ";
        assert_eq!(
            refused(&n[1..], &e),
            format!("{taken}its modulus has 2048 bits; 2048 to 8192 are taken").replace("2048 bits", "2040 bits")
        );
        let mut smaller = n.clone();
        smaller[0] = 0x7f;
        assert_eq!(refused(&smaller, &e), format!("{taken}its modulus has 2047 bits; 2048 to 8192 are taken"));
        assert_eq!(refused(&[0xff; 1025], &e), format!("{taken}its modulus has 8200 bits; 2048 to 8192 are taken"));
        let padded = [&[0][..], &n].concat();
        assert_eq!(refused(&padded, &e), format!("{taken}its modulus is empty or starts with a zero byte"));
        assert_eq!(refused(&n, &[0, 1, 0, 1]), format!("{taken}its exponent is empty or starts with a zero byte"));
        assert_eq!(refused(&n, &[]), format!("{taken}its exponent is empty or starts with a zero byte"));
        assert_eq!(refused(&n, &[1, 0, 2]), format!("{taken}its exponent is even"));
        let range = format!("{taken}its exponent is not between 65537 and 8589934591");
        assert_eq!(refused(&n, &[1]), range);
        assert_eq!(refused(&n, &[3]), range);
        assert_eq!(refused(&n, &[2, 0, 0, 0, 1]), range);
        assert_eq!(refused(&n, &[0xff; 17]), range);
        let mut even = n.clone();
        even[255] = 0xa0;
        assert_eq!(refused(&even, &e), format!("{taken}its modulus is even"));
        assert!(RsaKey::new(n, vec![1, 0xff, 0xff, 0xff, 0xff]).is_ok());
    }

    #[test]
    fn a_private_jwk_is_refused_by_the_member_that_it_shows() {
        for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            let mut private = jwk();
            private[member] = json!("AQAB");
            let error = PublicKey::from_jwk(&private).unwrap_err();
            assert_eq!(error, KeyError::PrivateJwk { member });
        }
    }
}

//! Has every key and signature one spelling only?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_keys::{PublicKey, RecoveryWords, Signature, VerifyingKey};

fuzz_target!(|text: &str| {
    if let Ok(key) = PublicKey::from_multikey(text) {
        assert_eq!(key.to_multikey().as_deref(), Some(text));
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()), Ok(key));
    }
    if let Ok(jwk) = serde_json::from_str(text)
        && let Ok(key) = PublicKey::from_jwk(&jwk)
    {
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()), Ok(key));
    }
    if let Ok(key) = VerifyingKey::from_multikey(text) {
        assert_eq!(key.to_multikey(), text);
        assert_eq!(VerifyingKey::from_jwk(&key.to_jwk()), Ok(key));
    }
    if let Ok(signature) = Signature::from_multibase(text) {
        assert_eq!(signature.to_multibase(), text);
    }
    if let Ok(signature) = Signature::from_base64url(text) {
        assert_eq!(signature.to_base64url(), text);
    }
    if let Ok(jwk) = serde_json::from_str(text)
        && let Ok(key) = VerifyingKey::from_jwk(&jwk)
    {
        assert_eq!(VerifyingKey::from_jwk(&key.to_jwk()), Ok(key));
    }
    let _ = RecoveryWords::parse(text);
});

//! Is any JWT authentic but one that its signer made and whose claims agree with its document?
//!
//! The input is a JWT as it came; and a header and a payload, a line each, which key 1 signs: so that what stands behind the
//! signature is reached too.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use stapel_credential::{AchievementCredential, Did, DidUrl, StatusListCredential, VerifiablePresentation};
use stapel_did::{Relationship, Resolution, resolve};
use stapel_keys::{PublicKey, Signer as _, SigningKey};
use stapel_proof::{
    Cryptosuite, Document, KeyLookupError, KeySource, ProofPurpose, Signed, is_jwt, jcs, peek_document_unverified,
    text_within, within_json,
};

/// The keys of DIDs that say them themselves.
struct Dids;

fn document(did: &Did) -> Result<stapel_did::ControllerDocument, KeyLookupError> {
    match resolve(did) {
        Ok(Resolution::Ready(document)) => Ok(document),
        Ok(Resolution::Fetch(url)) => Err(KeyLookupError::Missing { did: did.clone(), url }),
        Err(error) => Err(KeyLookupError::Refused { reason: error.to_string() }),
    }
}

fn refused(error: stapel_did::DidError) -> KeyLookupError {
    KeyLookupError::Refused { reason: error.to_string() }
}

impl KeySource for Dids {
    fn key(&self, method: &DidUrl, _: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        document(&method.did())?.key(method, Relationship::AssertionMethod).map_err(refused)
    }

    fn method_of(&self, did: &Did, key: &PublicKey, _: ProofPurpose) -> Result<DidUrl, KeyLookupError> {
        let now = stapel_credential::Timestamp::from_unix_seconds(0).expect("a time");
        document(did)?.method_of(key, Relationship::AssertionMethod, now).map_err(refused)
    }
}

fn reads<T: Document>(text: &str) {
    let Ok(signed) = Signed::<T>::parse(text) else { return };
    assert_eq!(signed.text(), text);
    assert_eq!(signed.digest().as_bytes(), &jcs::sha256(text.as_bytes()));
    assert_eq!(signed.proofs().len(), 1);
    // The document is what is read, and it stands in the text.
    let peeked = peek_document_unverified(text);
    assert!(stapel_credential::json::parse_within(&peeked, T::MAX_BYTES).is_ok());
    let within = within_json(text).expect("a JWT");
    assert_eq!(text_within(&within), text);
    if let Ok(authentic) = signed.authenticate(&Dids) {
        let proof = authentic.proofs().next().expect("one proof");
        assert!(matches!(proof.cryptosuite, Cryptosuite::VcJwt(_) | Cryptosuite::VcJoseCose(_)));
        assert_eq!(proof.verification_method.did().as_str(), authentic.content().controller().as_str());
        // base64url has one spelling: what is authentic is made of these parts and of no others.
        for part in text.split('.') {
            let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64url");
            assert_eq!(URL_SAFE_NO_PAD.encode(bytes), part);
        }
    }
}

fn all(text: &str) {
    if !is_jwt(text) {
        return;
    }
    reads::<AchievementCredential>(text);
    reads::<StatusListCredential>(text);
    reads::<VerifiablePresentation>(text);
}

fuzz_target!(|text: &str| {
    all(text);
    if let Some((header, payload)) = text.split_once('\n') {
        let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        let signature = SigningKey::from_seed([1; 32]).sign(input.as_bytes()).expect("a key in memory signs");
        all(&format!("{input}.{}", signature.to_base64url()));
    }
});

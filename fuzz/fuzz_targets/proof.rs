//! Is any text but the signed one authentic?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_credential::{
    AchievementCredential, DidUrl, ExemptionDecisionCredential, ProgrammeCredential, StatusListCredential,
    TrustListCredential, VerifiablePresentation,
};
use stapel_keys::PublicKey;
use stapel_proof::{Document, KeyLookupError, KeySource, ProofPurpose, Signed, is_jwt, jcs};

/// The key that a did:key names.
struct DidKeys;

impl KeySource for DidKeys {
    fn key(&self, method: &DidUrl, _: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        PublicKey::from_multikey(method.did().specific())
            .map_err(|error| KeyLookupError::Refused { reason: error.to_string() })
    }
}

fn reads<T: Document>(text: &str) {
    let Ok(signed) = Signed::<T>::parse(text) else { return };
    if is_jwt(text) {
        return; // jwt.rs looks at these
    }
    assert_eq!(signed.text(), text);
    assert_eq!(signed.digest(), jcs::digest_text(text).expect("it was read strictly"));
    if let Ok(authentic) = signed.authenticate(&DidKeys) {
        let controller = authentic.content().controller().clone();
        assert!(authentic.proofs().any(|proof| proof.verification_method.did().as_str() == controller.as_str()));
        assert!(authentic.proofs().all(|proof| proof.purpose == T::PURPOSE.name() && proof.signature.is_some()));
    }
}

fuzz_target!(|text: &str| {
    reads::<AchievementCredential>(text);
    reads::<VerifiablePresentation>(text);
    reads::<TrustListCredential>(text);
    reads::<ProgrammeCredential>(text);
    reads::<ExemptionDecisionCredential>(text);
    reads::<StatusListCredential>(text);
});

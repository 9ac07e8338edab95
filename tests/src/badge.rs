//! A full badge of about 3 KB: a module of nursing with all eleven EU facts, a status entry and the further facts. Illustrative.

use stapel_credential::json;
use stapel_credential::{AchievementCredential, Did, Timestamp};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::SigningKey;
use stapel_proof::{ProofOptions, Signed, Unsecured};

/// A TEST ONLY key from a fixed seed.
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

/// The did:key of that TEST ONLY key.
pub fn did(seed: u8) -> Did {
    did_key(&key(seed).verifying_key())
}

/// The badge before it is signed, issued by key 1 to key 2.
pub fn full() -> AchievementCredential {
    let extension = stapel_credential::context::BADGE_EXTENSION;
    let text = include_str!("../../fixtures/badges/full.json")
        .replace("\"BADGE_EXTENSION\"", extension)
        .replace("did:key:ISSUER", did(1).as_str())
        .replace("did:key:HOLDER", did(2).as_str());
    json::parse(&text).expect("the fixture is strict JSON");
    AchievementCredential::view(&text).expect("the fixture is a badge")
}

/// The badge, signed by its issuer.
pub fn signed() -> Signed<AchievementCredential> {
    let issuer = key(1);
    let options = ProofOptions::assertion(
        did_key_verification_method(&issuer.verifying_key()),
        Timestamp::parse("2026-06-30T12:00:00Z").expect("a date"),
    );
    Unsecured::new(full()).sign(&issuer, &options).expect("a fixture can be signed")
}

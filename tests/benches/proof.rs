//! `cargo bench --bench proof`: what does eddsa-jcs-2022 cost beyond the Ed25519 operation, in units of P?
//!
//! P is the time that serde_json takes to parse the same badge to a `Value`.

use stapel_credential::AchievementCredential;
use stapel_did::did_key_verification_method;
use stapel_keys::{PublicKey, Signer, VerifyingKey};
use stapel_proof::{KeyLookupError, KeySource, ProofOptions, ProofPurpose, Signed, Unsecured};
use stapel_tests::ratio::{Subject, medians};
use stapel_tests::{badge, ratio};
use stapel_verifier::{Dossier, Policy, verify_text};

struct OneKey(VerifyingKey);

impl KeySource for OneKey {
    fn key(&self, _: &stapel_credential::DidUrl, _: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        Ok(self.0.into())
    }
}

fn main() {
    let signed = badge::signed();
    let text = signed.text().to_owned();
    let issuer = badge::key(1);
    let key = issuer.verifying_key();
    let source = OneKey(key);
    let now = stapel_credential::Timestamp::parse("2026-11-22T12:00:00Z").expect("a date");
    let options = ProofOptions::assertion(did_key_verification_method(&key), now);
    let unsecured = badge::full();
    let mut without_status = badge::full();
    without_status.credential_status = None;
    let plain = Unsecured::new(without_status).sign(&issuer, &options).expect("signs").text().to_owned();
    let dossier = Dossier::default();
    let policy = Policy { pinned_issuers: vec![badge::did(1)], ..Policy::default() };
    let message = [7_u8; 64];
    let signature = issuer.sign(&message).expect("signs");

    let mut subjects: Vec<ratio::Subject<'_>> = vec![
        Subject::new("P: serde_json to Value", || serde_json::from_str::<serde_json::Value>(&text).expect("JSON")),
        Subject::new("Ed25519 sign", || issuer.sign(&message).expect("signs")),
        Subject::new("Ed25519 verify_strict", || key.verify(&message, &signature).expect("holds")),
        Subject::new("sign a badge", || Unsecured::new(unsecured.clone()).sign(&issuer, &options).expect("signs")),
        Subject::new("(copying the badge to sign)", || unsecured.clone()),
        Subject::new("parse and authenticate a badge", || {
            Signed::<AchievementCredential>::parse(&text).expect("reads").authenticate(&source).expect("authentic")
        }),
        Subject::new("parse a badge alone", || Signed::<AchievementCredential>::parse(&text).expect("reads")),
        Subject::new("strict parse to a tree", || stapel_credential::json::parse(&text).expect("reads")),
        Subject::new("typed view", || AchievementCredential::view(&text).expect("reads")),
        Subject::new("whole pipeline, did:key, no status", || {
            verify_text::<stapel_credential::AchievementSubject>(&plain, &dossier, &policy, now)
        }),
    ];
    let times = medians(&mut subjects, 400, 20);
    let p = times[0];
    println!("badge: {} bytes; median of 400 interleaved rounds of 20", text.len());
    for (subject, time) in subjects.iter().zip(&times) {
        println!("{:<40} {:>9.2} µs {:>7.2} P", subject.name, time / 1000.0, time / p);
    }
    println!("signing beyond Ed25519:   {:.2} P (at most 2 wanted)", (times[3] - times[4] - times[1]) / p);
    println!("verifying beyond Ed25519: {:.2} P (at most 2 wanted)", (times[5] - times[2]) / p);
}

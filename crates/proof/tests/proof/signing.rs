//! What does signing write, and what does it refuse to sign?

use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, Criteria, json as strict};
use stapel_proof::{Cryptosuite, ProofOptions, Signed, Unsecured, jcs};

use crate::support::{ByItsKey, NOW, assertion, badge, key, method, now, read, signed_by};

#[test]
fn signing_the_same_document_twice_gives_the_same_text() {
    assert_eq!(signed_by(1).text(), signed_by(1).text());
}

#[test]
fn a_text_that_is_signed_and_read_says_the_same() {
    let signed = signed_by(1);
    let read = Signed::<AchievementCredential>::parse(signed.text()).unwrap();
    assert_eq!(read.peek_unverified(), signed.peek_unverified());
    assert_eq!(read.proofs().collect::<Vec<_>>(), signed.proofs().collect::<Vec<_>>());
    assert_eq!(read.digest(), signed.digest());
    assert_eq!(read.digest(), jcs::digest_text(signed.text()).unwrap());
}

#[test]
fn the_proof_says_what_was_chosen() {
    let until = stapel_credential::Timestamp::parse("2026-07-01T00:00:00Z").unwrap();
    let options = ProofOptions {
        expires: Some(until),
        domain: Some("werkgever.example".to_owned()),
        challenge: Some("c-1".to_owned()),
        ..assertion(1)
    };
    let signed = Unsecured::new(badge()).sign(&key(1), &options).unwrap();
    let document: Value = serde_json::from_str(signed.text()).unwrap();
    let proof = document["proof"].as_object().unwrap();
    assert_eq!(proof["@context"], document["@context"]);
    assert_eq!(proof["type"], "DataIntegrityProof");
    assert_eq!(proof["created"], NOW);
    assert_eq!(proof["expires"], "2026-07-01T00:00:00Z");
    assert_eq!(proof["proofPurpose"], "assertionMethod");
    assert_eq!(proof["verificationMethod"], json!(method(1)));
    assert_eq!(proof.len(), 10);
    let proof = signed.proofs().next().unwrap();
    assert_eq!(proof.cryptosuite, Cryptosuite::EddsaJcs2022);
    assert_eq!(proof.domain, ["werkgever.example"]);
    assert_eq!(proof.challenge.as_deref(), Some("c-1"));
    assert_eq!((proof.created, proof.expires), (Some(now()), Some(until)));
    assert_eq!(read::<AchievementCredential>(signed.text()), Ok(()));
}

#[test]
fn what_nobody_would_read_is_not_signed() {
    let mut large = badge();
    let room = strict::MAX_DOCUMENT_BYTES - serde_json::to_string(&large).unwrap().len();
    large.description = Some("x".repeat(room - 100));
    let error = Unsecured::new(large).sign(&key(1), &assertion(1)).unwrap_err();
    assert!(error.to_string().starts_with("the document cannot be signed: the document has "), "{error}");
    assert!(error.to_string().ends_with(" bytes; at most 1048576 are read"), "{error}");
    for (text, sentence) in [
        ("{\"a\":1,\"a\":1}", "the document cannot be signed: $.a: the member stands twice in its object"),
        ("[1]", "the document cannot be signed: $: expected an object"),
        (
            "{\"a\":9007199254740993}",
            "the document cannot be signed: $.a: the integer 9007199254740993 is beyond 2^53 and would be rounded",
        ),
    ] {
        let error = Unsecured::new(ByItsKey::new(text)).sign(&key(1), &assertion(1)).unwrap_err();
        assert_eq!(error.to_string(), sentence);
    }
}

#[test]
fn what_is_built_is_free_until_it_is_signed() {
    let unsecured = Unsecured::new(badge());
    let mut content = unsecured.content().clone();
    content.credential_subject.achievement.criteria = Criteria::default();
    assert_ne!(Unsecured::new(content), unsecured);
}

#[test]
fn a_clone_shares_its_text() {
    let signed = signed_by(1);
    let authentic = signed.authenticate(&crate::support::DidKeys).unwrap();
    let (first, second) = (authentic.clone(), authentic);
    assert!(std::ptr::eq(first.signed().text(), second.signed().text()));
    assert_eq!(first.content(), second.content());
}

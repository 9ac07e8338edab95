//! What do several proofs say together? Every member counts.

use serde_json::{Value, json};
use stapel_credential::AchievementCredential;
use stapel_proof::{AuthenticateError, Cryptosuite, MAX_PROOFS, Signed, Unsecured};

use crate::support::{
    ALTERED, DidKeys, Refusal, assertion, badge, badge_refusal, did, key, method, read, signed_by, tree,
};

fn proof_by(seed: u8) -> Value {
    let document: Value = serde_json::from_str(signed_by(seed).text()).unwrap();
    document["proof"].clone()
}

fn with_proofs(proofs: Vec<Value>) -> String {
    let mut document = tree();
    document["proof"] = Value::from(proofs);
    document.to_string()
}

fn bad(mut proof: Value) -> Value {
    proof["created"] = json!("2020-01-01T00:00:00Z");
    proof
}

fn of_another_suite(mut proof: Value) -> Value {
    proof["cryptosuite"] = json!("bbs-2023");
    proof
}

#[test]
fn a_list_of_one_proof_is_that_proof() {
    assert_eq!(read::<AchievementCredential>(&with_proofs(vec![proof_by(1)])), Ok(()));
}

#[test]
fn a_set_in_which_every_proof_holds_is_authentic() {
    for proofs in [vec![proof_by(1), proof_by(3)], vec![proof_by(3), proof_by(1)]] {
        let signed = Signed::<AchievementCredential>::parse(&with_proofs(proofs)).unwrap();
        assert_eq!(signed.authenticate(&DidKeys).unwrap().proofs().len(), 2);
    }
}

#[test]
fn one_bad_proof_spoils_the_set_whoever_made_it() {
    for (proofs, method) in [
        (vec![proof_by(1), bad(proof_by(3))], method(3)),
        (vec![bad(proof_by(3)), proof_by(1)], method(3)),
        (vec![bad(proof_by(1)), proof_by(3)], method(1)),
        (vec![bad(proof_by(1)), proof_by(1)], method(1)),
    ] {
        assert_eq!(badge_refusal(&with_proofs(proofs)).sentence(), format!("the signature of {method} {ALTERED}"));
    }
}

#[test]
fn a_set_of_strangers_alone_is_refused() {
    let refusal = badge_refusal(&with_proofs(vec![proof_by(3), proof_by(4)]));
    assert_eq!(refusal.sentence(), format!("signed by {}, {}, which is not a key of {}", did(3), did(4), did(1)));
}

#[test]
fn a_proof_of_another_suite_leaves_the_set_undecided() {
    for proofs in [
        vec![proof_by(1), of_another_suite(proof_by(3))],
        vec![of_another_suite(proof_by(3)), proof_by(1)],
        vec![of_another_suite(proof_by(1))],
    ] {
        let refusal = badge_refusal(&with_proofs(proofs));
        assert_eq!(refusal.sentence(), "secured with bbs-2023, which this version cannot check");
        assert!(refusal.is_undecided());
    }
}

#[test]
fn what_is_false_goes_before_what_cannot_be_checked() {
    for proofs in
        [vec![of_another_suite(proof_by(1)), bad(proof_by(1))], vec![bad(proof_by(1)), of_another_suite(proof_by(1))]]
    {
        let refusal = badge_refusal(&with_proofs(proofs));
        assert!(matches!(refusal, Refusal::NotAuthentic(AuthenticateError::BadSignature { .. })), "{refusal:?}");
    }
}

#[test]
fn nobody_is_called_a_stranger_before_the_signature_was_checked() {
    let refusal = badge_refusal(&with_proofs(vec![of_another_suite(proof_by(3))]));
    assert_eq!(refusal.sentence(), "secured with bbs-2023, which this version cannot check");
}

#[test]
fn a_chain_is_not_taken_for_a_set() {
    let mut first = proof_by(1);
    first["previousProof"] = json!("urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544");
    let refusal = badge_refusal(&with_proofs(vec![first, proof_by(3)]));
    let missing = "$.proof[0].previousProof: the document carries no proof with the id urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544";
    assert_eq!(refusal.sentence(), missing);
}

#[test]
fn a_document_without_a_proof_is_not_signed() {
    let mut document = tree();
    document.as_object_mut().unwrap().remove("proof");
    for text in [document.to_string(), with_proofs(Vec::new())] {
        assert_eq!(badge_refusal(&text).sentence(), "the document carries no proof: nobody signed it");
    }
}

#[test]
fn more_proofs_than_are_read_are_refused_before_any_is_checked() {
    assert_eq!(read::<AchievementCredential>(&with_proofs(vec![proof_by(1); MAX_PROOFS])), Ok(()));
    let refusal = badge_refusal(&with_proofs(vec![proof_by(1); MAX_PROOFS + 1]));
    assert_eq!(refusal.sentence(), "the document carries 17 proofs; at most 16 are read");
}

#[test]
fn what_is_no_proof_is_named_by_its_place() {
    let refusal = badge_refusal(&with_proofs(vec![proof_by(1), json!("proof")]));
    assert_eq!(refusal.sentence(), "$.proof[1]: expected a proof");
    let mut second = proof_by(3);
    second.as_object_mut().unwrap().remove("proofPurpose");
    let refusal = badge_refusal(&with_proofs(vec![proof_by(1), second]));
    assert_eq!(refusal.sentence(), "$.proof[1].proofPurpose: is missing");
    let mut document = tree();
    document["proof"] = json!(null);
    assert_eq!(badge_refusal(&document.to_string()).sentence(), "$.proof: expected a proof");
}

/// The proof with this id, resting on these.
fn chained(proof: Value, id: &str, previous: &[&str]) -> Value {
    let mut proof = proof;
    proof["id"] = json!(id);
    if !previous.is_empty() {
        proof["previousProof"] = json!(previous);
    }
    proof
}

#[test]
fn two_proofs_with_one_id_are_refused() {
    let twice = vec![chained(proof_by(1), "urn:p:1", &[]), chained(proof_by(3), "urn:p:1", &[])];
    let refusal = badge_refusal(&with_proofs(twice));
    assert_eq!(refusal.sentence(), "$.proof[0].id: another proof of this document has the same id");
}

#[test]
fn a_chain_that_comes_back_to_where_it_began_is_refused_whatever_stands_beside_it() {
    let refusal = |proofs| badge_refusal(&with_proofs(proofs)).sentence();
    let back = |at| format!("$.proof[{at}].previousProof: the chain of proofs comes back to where it began");
    let beside = chained(proof_by(1), "urn:p:1", &[]);
    let (second, third) =
        (chained(proof_by(3), "urn:p:2", &["urn:p:3"]), chained(proof_by(3), "urn:p:3", &["urn:p:2"]));
    assert_eq!(refusal(vec![second.clone(), third.clone()]), back(0));
    assert_eq!(refusal(vec![beside.clone(), second.clone(), third]), back(1));
    assert_eq!(refusal(vec![beside, chained(proof_by(3), "urn:p:2", &["urn:p:1", "urn:p:2"])]), back(1));
    let in_any_order = vec![
        chained(proof_by(3), "urn:p:3", &["urn:p:2"]),
        chained(proof_by(3), "urn:p:2", &["urn:p:1"]),
        chained(proof_by(1), "urn:p:1", &[]),
    ];
    assert!(Signed::<AchievementCredential>::parse(&with_proofs(in_any_order)).is_ok());
}

#[test]
fn under_rdfc_a_proof_has_no_other_contexts_than_its_document() {
    let options = assertion(1).with(Cryptosuite::EddsaRdfc2022);
    let signed = Unsecured::new(badge()).sign(&key(1), &options).unwrap();
    let mut document: Value = serde_json::from_str(signed.text()).unwrap();
    document["proof"]["@context"] = document["@context"].clone();
    assert_eq!(read::<AchievementCredential>(&document.to_string()), Ok(()));
    document["proof"]["@context"].as_array_mut().unwrap().pop();
    let refusal = badge_refusal(&document.to_string());
    assert_eq!(refusal.sentence(), "$.proof.@context: the proof's contexts are not those of the document");
}

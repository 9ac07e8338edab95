//! Do the document's contexts start with those that were signed (VC-DI-EdDSA §3.3.2, steps 4.1 and 4.2)?

use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, json};
use stapel_keys::Signer as _;
use stapel_proof::jcs;

use crate::support::{ALTERED, badge, badge_refusal, bent, key, method, read};

const NOT_A_PREFIX: &str = "$.proof.@context: the document's contexts do not start with those that were signed";

#[test]
fn a_context_added_at_the_end_leaves_the_document_authentic() {
    let text = bent(|badge| badge["@context"].as_array_mut().unwrap().push(json!("https://a.example/context")));
    assert_eq!(read::<AchievementCredential>(&text), Ok(()));
}

#[test]
fn a_context_put_first_taken_out_or_exchanged_is_refused() {
    let contexts: [fn(&mut Vec<Value>); 4] = [
        |contexts| contexts.insert(0, json!("https://a.example/context")),
        |contexts| drop(contexts.pop()),
        |contexts| contexts.swap(0, 1),
        |contexts| contexts[1] = json!("https://a.example/context"),
    ];
    for bend in contexts {
        let text = bent(|badge| bend(badge["@context"].as_array_mut().unwrap()));
        assert_eq!(badge_refusal(&text).sentence(), NOT_A_PREFIX);
    }
}

#[test]
fn one_term_of_an_inline_context_that_is_changed_is_refused() {
    let text = bent(|badge| badge["@context"][2]["creditUnit"] = json!("https://a.example/#name"));
    assert_eq!(badge_refusal(&text).sentence(), NOT_A_PREFIX);
}

#[test]
fn the_contexts_of_the_proof_are_signed_too() {
    // Taken out of both, they agree with each other again, but not with the signature.
    let text = bent(|badge| {
        badge["@context"].as_array_mut().unwrap().pop();
        badge["proof"]["@context"].as_array_mut().unwrap().pop();
    });
    assert!(badge_refusal(&text).sentence().ends_with(ALTERED));
    let text = bent(|badge| drop(badge["proof"].as_object_mut().unwrap().remove("@context")));
    assert!(badge_refusal(&text).sentence().ends_with(ALTERED));
}

/// As other signers may write it: step 4.1 asks only what is to be done when the proof has contexts.
#[test]
fn a_proof_without_contexts_signs_the_document_as_it_stands() {
    let mut document = serde_json::to_value(badge()).unwrap();
    let mut proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": method(1),
        "proofPurpose": "assertionMethod",
    });
    let digest = |value: &Value| *jcs::digest(&json::parse(&value.to_string()).unwrap()).as_bytes();
    let data = [digest(&proof), digest(&document)].concat();
    proof["proofValue"] = json!(key(1).sign(&data).unwrap().to_multibase());
    document["proof"] = proof;
    assert_eq!(read::<AchievementCredential>(&document.to_string()), Ok(()));
    document["@context"].as_array_mut().unwrap().push(json!("https://a.example/context"));
    assert!(badge_refusal(&document.to_string()).sentence().ends_with(ALTERED), "then nothing may be added");
}

//! Do all our own documents go through exact reading, and those that others publish?

use std::path::Path;

use serde_json::{Value, json};
use stapel_credential::context::DOCUMENT_EXTENSION;
use stapel_jsonld::Options;

use crate::support::{badge, full_badge, read, vectors};

/// Every document with a `@context` in this value, also in JSON texts.
fn documents(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(members) => {
            if members.contains_key("@context") {
                found.push(value.clone());
            }
            members.values().for_each(|value| documents(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| documents(value, found)),
        Value::String(text) if text.starts_with('{') => {
            if let Ok(inner) = serde_json::from_str(text) {
                documents(&inner, found);
            }
        }
        _ => {}
    }
}

/// Not read exactly: a document under a context that nobody pinned, and documents of DIDs, which nobody signs.
fn is_foreign(document: &Value) -> bool {
    ["https://a.example/context", "https://www.w3.org/ns/did/v1"]
        .iter()
        .any(|url| document["@context"].to_string().contains(url))
}

fn read_exactly(document: &Value) {
    let mut document = document.clone();
    document.as_object_mut().unwrap().remove("proof");
    document.as_object_mut().unwrap().remove("proofValue");
    match read(&document, &Options::exact()) {
        Ok(exact) => assert_eq!(exact, read(&document, &Options::safe()).unwrap()),
        Err(error) => panic!("{error}\n{document}"),
    }
}

#[test]
fn every_document_of_the_accepted_vectors_is_read_exactly() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/vectors/accepted"));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        documents(&serde_json::from_str(&text).unwrap(), &mut found);
    }
    found.retain(|document| !is_foreign(document));
    assert!(found.len() > 100, "only {} documents", found.len());
    let of_type = |name: &str| found.iter().any(|document| document["type"].to_string().contains(name));
    for name in [
        "AchievementCredential",
        "ProgrammeCredential",
        "TrustListCredential",
        "ExemptionDecisionCredential",
        "BitstringStatusListCredential",
        "VerifiablePresentation",
        "DataIntegrityProof",
    ] {
        assert!(of_type(name), "no {name}");
    }
    // Signed as JSON (JCS): under these contexts nothing says what a Profile is, so they cannot be signed as datasets.
    let (undefined, defined): (Vec<_>, Vec<_>) = found.into_iter().partition(calls_its_issuer_a_profile);
    for document in &undefined {
        let error = read(document, &Options::exact()).unwrap_err().to_string();
        assert!(error.ends_with("issuer.type[0]: no context defines the type Profile"), "{error}");
    }
    assert!(defined.len() > 80, "only {} documents", defined.len());
    defined.iter().for_each(read_exactly);
}

/// A document of ours other than a badge, or a presentation that holds one, whose issuer has the type of Open Badges.
fn calls_its_issuer_a_profile(document: &Value) -> bool {
    let here =
        document["issuer"]["type"] == json!(["Profile"]) && !document["@context"].to_string().contains("/ob/v3p0/");
    let credentials = document["verifiableCredential"].as_array().into_iter().flatten();
    here || credentials.into_iter().any(calls_its_issuer_a_profile)
}

#[test]
fn the_badge_with_all_facts_is_read_exactly() {
    read_exactly(&full_badge());
    read_exactly(&badge());
}

#[test]
fn a_presentation_holds_credentials_in_graphs_of_their_own() {
    let mut first = full_badge();
    first["proof"] = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-06-30T12:00:00Z",
        "verificationMethod": "did:key:z6Mk#z6Mk",
        "proofPurpose": "assertionMethod",
        "proofValue": "z1",
    });
    let second = badge();
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", serde_json::from_str::<Value>(DOCUMENT_EXTENSION).unwrap()],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:holder",
        "verifiableCredential": [first, second],
        "plan": { "anything": [1, null, { "@id": "not a keyword here" }] },
    });
    read_exactly(&presentation);
    let text = read(&presentation, &Options::exact()).unwrap();
    assert_eq!(text.matches("<https://www.w3.org/2018/credentials#verifiableCredential>").count(), 2);
    assert!(text.contains(r#""{\"anything\":[1,null,{\"@id\":\"not a keyword here\"}]}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"#));
}

#[test]
fn published_badges_are_read_exactly() {
    let Some(folder) = vectors("ob3/spec-examples") else { return };
    for file in [
        "docformat-00.json",
        "examples-01.json",
        "examples_achievementAlignmentCase-00.json",
        "examples_achievementAlignmentCe-00.json",
        "examples_basicOpenBadgeCredential-00.json",
        "examples_skillAssertionCase-00.json",
        "examples_skillAssertionCtdl-00.json",
        "impl_recommended-practices-00.json",
        "impl_recommended-practices-04.json",
    ] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        read_exactly(&serde_json::from_str(&text).unwrap());
    }
}

#[test]
fn published_documents_whose_statements_could_be_moved_are_refused_and_say_so() {
    let Some(folder) = vectors("ob3/spec-examples") else { return };
    // A CLR says of the learner at one place what the badge in it says at another, in one graph; the full example uses one id for
    // several things.
    for file in ["impl_linked-data-proof-clr-00.json", "examples_fullOpenBadge-00.json"] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let mut document: Value = serde_json::from_str(&text).unwrap();
        document.as_object_mut().unwrap().remove("proof");
        assert!(read(&document, &Options::safe()).is_ok());
        let error = read(&document, &Options::exact()).unwrap_err().to_string();
        assert!(error.contains("stands at several places"), "{error}");
    }
}

//! Are the contexts those that were pinned, and are they compiled once?

use serde_json::{Value, json};
use stapel_credential::context::BADGE_EXTENSION;
use stapel_credential::digest::Digest;
use stapel_jsonld::{ContextError, Contexts, Options};

use crate::support::{badge, full_badge, read, read_with, vectors};

const OURS: &str = "https://school.example/context";

fn school() -> String {
    json!({ "@context": { "nickname": "https://school.example/terms#nickname" } }).to_string()
}

#[test]
fn a_context_can_be_added_with_its_digest() {
    let text = school();
    let contexts = Contexts::embedded().with(OURS, &text, &Digest::of(text.as_bytes())).unwrap();
    let mut document = badge();
    document["@context"].as_array_mut().unwrap().push(json!(OURS));
    document["credentialSubject"]["nickname"] = json!("Jo");
    let said = read_with(&document, &contexts, &Options::exact()).unwrap();
    assert!(said.contains("<https://school.example/terms#nickname> \"Jo\""), "{said}");
    assert_eq!(contexts.text(OURS), Some(text.as_str()));
    assert!(Contexts::embedded().text(OURS).is_none());
}

#[test]
fn a_context_with_other_bytes_than_pinned_is_not_added() {
    let error = Contexts::embedded().with(OURS, &school(), &Digest::of(b"other")).unwrap_err();
    assert!(matches!(error, ContextError::OtherBytes { .. }), "{error}");
    let other = "{}";
    let error = Contexts::embedded()
        .with("https://www.w3.org/ns/credentials/v2", other, &Digest::of(other.as_bytes()))
        .unwrap_err();
    assert!(matches!(error, ContextError::Taken { .. }), "{error}");
    let broken = "{";
    let error = Contexts::embedded().with(OURS, broken, &Digest::of(broken.as_bytes())).unwrap_err();
    assert!(matches!(error, ContextError::NotJson { .. }), "{error}");
}

#[test]
fn an_added_context_may_not_bend_what_is_known() {
    let text = json!({ "@context": { "achieved": { "@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsEarned", "@type": "https://www.w3.org/2001/XMLSchema#float" } } }).to_string();
    let contexts = Contexts::embedded().with(OURS, &text, &Digest::of(text.as_bytes())).unwrap();
    let mut document = badge();
    document["@context"].as_array_mut().unwrap().push(json!(OURS));
    let subject = document["credentialSubject"].as_object_mut().unwrap();
    let credits = subject.remove("creditsEarned").unwrap();
    subject.insert("achieved".to_owned(), credits);
    assert_eq!(read_with(&document, &contexts, &Options::safe()).unwrap(), read(&badge(), &Options::exact()).unwrap());
    let error = read_with(&document, &contexts, &Options::exact()).unwrap_err().to_string();
    assert!(error.contains("achieved is another name for"), "{error}");
}

#[test]
fn every_built_in_context_can_be_processed() {
    for url in Contexts::embedded().urls() {
        let document = json!({ "@context": url, "@id": "urn:x:1", "urn:x:p": "v" });
        let said = read(&document, &Options::safe()).unwrap();
        assert_eq!(said, "<urn:x:1> <urn:x:p> \"v\" .\n", "{url}");
        assert!(Contexts::embedded().digest(url).is_some());
    }
    assert!(Contexts::embedded().urls().count() >= 18);
}

#[test]
fn the_built_in_contexts_are_those_of_the_standards_bodies() {
    let Some(folder) = vectors("") else { return };
    for (url, file) in [
        ("https://www.w3.org/ns/credentials/v2", "vc2/contexts/v2"),
        ("https://www.w3.org/2018/credentials/v1", "vc2/contexts/v1"),
        ("https://www.w3.org/ns/credentials/undefined-terms/v2", "vc2/contexts/undefined-terms_v2"),
        ("https://w3id.org/security/v1", "vc2/contexts/security_v1"),
        ("https://purl.imsglobal.org/spec/ob/v3p0/context.json", "ob3/contexts/context.json"),
        ("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "ob3/contexts/context-3.0.1.json"),
        ("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "ob3/contexts/context-3.0.2.json"),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "ob3/contexts/context-3.0.3.validator-2026-07.json",
        ),
        ("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "ob3/contexts/extensions.json"),
        ("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "clr2/contexts/clr-v2p0-2.0.1.json"),
        ("https://w3id.org/security/data-integrity/v1", "data-integrity/contexts/data-integrity_v1"),
        ("https://w3id.org/security/data-integrity/v2", "data-integrity/contexts/data-integrity_v2"),
        ("https://w3id.org/security/multikey/v1", "data-integrity/contexts/multikey_v1"),
        ("https://www.w3.org/ns/did/v1", "data-integrity/contexts/did_v1.jsonld"),
        ("https://www.w3.org/ns/credentials/status/v1", "bitstring-status-list/contexts/status_v1.jsonld"),
    ] {
        let theirs: Value = serde_json::from_str(&std::fs::read_to_string(folder.join(file)).unwrap()).unwrap();
        let ours: Value = serde_json::from_str(Contexts::embedded().text(url).unwrap()).unwrap();
        assert_eq!(ours, theirs, "{url}");
    }
}

#[test]
fn a_context_written_otherwise_is_the_same_context() {
    let mut document = full_badge();
    let said = read(&document, &Options::exact()).unwrap();
    // Other order and white space, by way of another text.
    let pretty: Value = serde_json::from_str(&BADGE_EXTENSION.replace(',', " ,\n")).unwrap();
    document["@context"][2] = pretty;
    assert_eq!(read(&document, &Options::exact()).unwrap(), said);
}

#[test]
fn threads_share_what_was_compiled_and_say_the_same() {
    let said = read(&full_badge(), &Options::exact()).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let said = &said;
            scope.spawn(move || {
                for round in 0..20 {
                    assert_eq!(&read(&full_badge(), &Options::exact()).unwrap(), said);
                    // Contexts that nobody saw before, so that families come and go.
                    let mut document = badge();
                    let term = format!("term{thread}x{round}");
                    document["@context"].as_array_mut().unwrap().push(json!({ term: "urn:x:term" }));
                    read(&document, &Options::exact()).unwrap();
                }
            });
        }
    });
}

#[test]
fn a_family_that_strangers_filled_is_made_anew() {
    let said = read(&full_badge(), &Options::exact()).unwrap();
    let types = [
        "Achievement",
        "AchievementSubject",
        "Address",
        "Alignment",
        "Criteria",
        "Evidence",
        "Image",
        "Profile",
        "Related",
        "Result",
    ];
    for round in 0..6_u32 {
        let mut document = full_badge();
        let objects: Vec<Value> = (1..100_u32)
            .map(|number| {
                let number = number * 10 + round;
                let chosen: Vec<&str> =
                    types.iter().enumerate().filter(|(bit, _)| number >> bit & 1 == 1).map(|(_, name)| *name).collect();
                json!({ "type": chosen })
            })
            .collect();
        document["evidence"] = objects.into();
        // Whether it is refused does not matter: it must not change what others say.
        let _ = read(&document, &Options::exact());
        assert_eq!(read(&full_badge(), &Options::exact()).unwrap(), said);
    }
}

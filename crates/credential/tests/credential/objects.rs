//! Is a list refused wherever an object belongs? The structs that serde derives would take one, member by position.

use serde_json::{Value, json};
use stapel_credential::{
    AchievementCredential, Programme, TrustListCredential, VerifiablePresentation, json as strict,
};

const FULL_BADGE: &str = include_str!("../documents/full-badge.json");

/// The JSON pointer of every object, but for those below what is kept as it was received.
fn objects(value: &Value, at: &str, kept: &[&str], found: &mut Vec<String>) {
    if kept.contains(&at) {
        return;
    }
    match value {
        Value::Object(members) => {
            found.push(at.to_owned());
            for (name, member) in members {
                objects(member, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), kept, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, &format!("{at}/{index}"), kept, found);
            }
        }
        _ => {}
    }
}

/// The document with one of its objects as the list of its values.
fn by_position(document: &Value, pointer: &str) -> String {
    let mut document = document.clone();
    let object = document.pointer_mut(pointer).unwrap();
    *object = object.as_object().unwrap().values().cloned().collect();
    document.to_string()
}

/// Every object of the document as a list, one after another; gives how many there were.
fn no_list_is_read(document: &Value, kept: &[&str], reads: impl Fn(&str) -> bool) -> usize {
    assert!(reads(&document.to_string()), "the document itself is read");
    let mut found = Vec::new();
    objects(document, "", kept, &mut found);
    let read: Vec<&String> = found.iter().filter(|pointer| reads(&by_position(document, pointer))).collect();
    assert!(read.is_empty(), "read as lists: {read:?}");
    found.len()
}

#[test]
fn no_object_of_a_badge_may_be_a_list() {
    let badge: Value = serde_json::from_str(FULL_BADGE).unwrap();
    let terms = badge["@context"][2].as_object().unwrap().keys().map(|term| format!("/@context/2/{term}"));
    let kept = ["/endorsement/0", "/credentialSubject/achievement/endorsement/0", "/issuer/endorsement/0"];
    let kept: Vec<String> = kept.into_iter().map(str::to_owned).chain(terms).collect();
    let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
    let count = no_list_is_read(&badge, &kept, |text| AchievementCredential::parse(text).is_ok());
    assert!(count > 40, "{count}");
}

#[test]
fn a_list_for_an_object_is_named_by_its_path() {
    let mut badge: Value = serde_json::from_str(FULL_BADGE).unwrap();
    badge["credentialSubject"]["achievement"]["criteria"] = json!([null, "by position"]);
    assert_eq!(
        AchievementCredential::parse(&badge.to_string()).unwrap_err().to_string(),
        "$.credentialSubject.achievement.criteria: found a list […], expected an object {…}"
    );
}

#[test]
fn no_object_of_a_programme_may_be_a_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/programmes");
    for name in ["audicien-opticien.json", "groene-entree.json", "helpende-plus.json"] {
        let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
        let programme: Value = serde_json::from_str(&text).unwrap();
        let count = no_list_is_read(&programme, &[], |text| strict::view::<Programme>(text).is_ok());
        assert!(count > 10, "{name}: {count}");
    }
}

#[test]
fn no_object_of_a_trust_list_may_be_a_list() {
    let list = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "TrustListCredential"],
        "issuer": { "id": "did:web:anchor.example", "type": ["Profile"] },
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "https://anchor.example/list",
            "trustList": {
                "name": "Register",
                "sequence": 7,
                "issuers": [{
                    "did": "did:web:roc.example",
                    "name": "ROC Voorbeeld",
                    "kind": "mbo",
                    "from": "2020-08-01",
                    "mandates": [{ "code": "crebo:25655", "from": "2024-08-01" }],
                }],
            },
        },
    });
    assert_eq!(no_list_is_read(&list, &[], |text| TrustListCredential::parse(text).is_ok()), 6);
}

#[test]
fn no_object_of_a_presentation_may_be_a_list() {
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": "did:key:z6Mkf5rGMoatrSj1f4CyvuHBeXJELe9RPdzo2PKGNCKVtZxP",
        "verifiableCredential": [{ "kept": { "as": "it is" } }],
        "bundle": { "title": "Zorg" },
    });
    let kept = ["/verifiableCredential/0/kept"];
    assert_eq!(no_list_is_read(&presentation, &kept, |text| VerifiablePresentation::parse(text).is_ok()), 3);
}

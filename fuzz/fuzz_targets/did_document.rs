//! Does a controller document give keys only as it lists them?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_credential::{Did, Timestamp};
use stapel_did::{ControllerDocument, Relationship};

fuzz_target!(|text: &str| {
    let did = Did::parse("did:web:roc.example").expect("a DID");
    let Ok(document) = ControllerDocument::parse(text, &did) else { return };
    assert_eq!(document.id(), &did);
    assert_eq!(document.to_json(), text);
    let now = Timestamp::parse("2026-11-22T09:00:00Z").expect("an instant");
    for fragment in ["key-1", "a", "1"] {
        let method = did.with_fragment(fragment).expect("a fragment");
        for relationship in [Relationship::AssertionMethod, Relationship::Authentication] {
            let at_any_time = document.key(&method, relationship);
            if let Ok(key) = document.key_at(&method, relationship, now) {
                assert_eq!(at_any_time.ok(), Some(key));
            }
        }
    }
});

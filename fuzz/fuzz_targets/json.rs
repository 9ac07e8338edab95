//! Is canonical text its own canonical text, and does a second reader agree with ours?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_credential::json;
use stapel_proof::jcs;

fuzz_target!(|text: &str| {
    let Ok(tree) = json::parse(text) else { return };
    let canonical = jcs::canonicalize(&tree);
    let again = json::parse(&canonical).expect("canonical text is JSON");
    assert_eq!(again, tree);
    assert_eq!(jcs::canonicalize(&again), canonical);
    // What we read strictly, others read too, and to the same members.
    let other: serde_json::Value = serde_json::from_str(text).expect("what we take is JSON");
    let rewritten = other.to_string();
    assert_eq!(jcs::canonicalize(&json::parse(&rewritten).expect("JSON")), canonical);
});

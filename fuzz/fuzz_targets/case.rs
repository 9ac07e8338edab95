//! Does the whole pipeline answer every case, and twice the same?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_verifier::Case;

fuzz_target!(|text: &str| {
    let Ok(case) = Case::parse(text) else { return };
    let verdict = serde_json::to_string(&case.replay()).expect("a verdict is JSON");
    let stored = serde_json::to_string(&case).expect("a case is JSON");
    let again = Case::parse(&stored).expect("what was stored is a case");
    assert_eq!(serde_json::to_string(&again.replay()).expect("a verdict is JSON"), verdict);
});

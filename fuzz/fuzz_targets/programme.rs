//! Are rules that hold together written again as the same rules?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_credential::{Plan, Programme, Question, json};
use stapel_stacking::Rules;

fuzz_target!(|text: &str| {
    if json::parse(text).is_err() {
        return;
    }
    let _ = (json::view::<Plan>(text), json::view::<Question>(text));
    let Ok(programme) = json::view::<Programme>(text) else { return };
    let written = serde_json::to_string(&programme).expect("what was read can be written");
    assert_eq!(json::view::<Programme>(&written).as_ref(), Ok(&programme));
    match Rules::read(&programme) {
        Ok(rules) => assert_eq!(rules.programme(), &programme),
        Err(errors) => {
            assert!(!errors.is_empty());
            errors.iter().for_each(|error| drop(error.to_string()));
        }
    }
});

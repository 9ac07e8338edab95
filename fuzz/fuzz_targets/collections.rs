//! Are catalogues and collections of programmes read, or refused with a sentence?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_wallet::{Catalogue, MAX_MODULES, read_programmes};

fuzz_target!(|text: &str| {
    match Catalogue::parse(text) {
        Ok(catalogue) => assert!(catalogue.modules.len() <= MAX_MODULES),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    match read_programmes(text) {
        Ok(programmes) => {
            programmes.iter().filter_map(|one| one.as_ref().err()).for_each(|error| drop(error.to_string()))
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

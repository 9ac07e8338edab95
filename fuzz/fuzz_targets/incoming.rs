//! Does the wallet say of every text what it is, or why it is nothing that it takes?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_wallet::Incoming;

fuzz_target!(|text: &str| {
    match Incoming::read(text) {
        Ok(incoming) => drop(format!("{incoming:?}")),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

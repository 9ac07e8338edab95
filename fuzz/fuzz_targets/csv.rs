//! Is every row of a school's file either taken or named with its place?
#![no_main]
#![allow(dead_code, reason = "only the readers of these files are used")]

use libfuzzer_sys::fuzz_target;
// The readers are private to the issuer: their files are compiled in here, over the issuer's own types.
#[path = "../../crates/issuer/src/csv.rs"]
mod csv;
#[path = "../../crates/issuer/src/record_csv.rs"]
mod record_csv;
#[path = "../../crates/issuer/src/trust_csv.rs"]
mod trust_csv;

mod achievement {
    pub(crate) use stapel_issuer::AchievementCode;
}
mod completion {
    pub(crate) use stapel_issuer::{CompletionId, FurtherFacts, LearnerRef, SchoolRef};
}
mod error {
    pub(crate) use stapel_issuer::CompletionError;
}
mod institution {
    pub(crate) use stapel_issuer::Country;
}
mod new_completion {
    pub(crate) use stapel_issuer::NewCompletion;
}

fuzz_target!(|bytes: &[u8]| {
    // A carriage return alone ends a row too.
    let lines = 1 + bytes.iter().filter(|byte| matches!(**byte, b'\n' | b'\r')).count();
    if let Ok((_, errors)) = record_csv::read(bytes) {
        for error in &errors {
            assert!((1..=lines).contains(&error.row), "{error}");
        }
    }
    if let Err(error) = trust_csv::read(bytes) {
        assert!(!error.to_string().is_empty());
    }
});

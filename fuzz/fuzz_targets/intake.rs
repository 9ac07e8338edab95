//! Does every file get an answer within bounds, whatever it is?
#![no_main]

use std::panic;
use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use stapel_intake::{Content, open};

/// The decoders of pictures that are others' code; where one stops, ours answers.
const GUARDED: [&str; 3] = ["/rqrr-", "/zune-", "/png-"];

/// A stop that is caught is no defect; libFuzzer's own hook would end the run before it is caught.
fn let_guarded_code_stop() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let abort = panic::take_hook();
        panic::set_hook(Box::new(move |stopped| {
            let place = stopped.location().map_or("", |place| place.file());
            if !GUARDED.iter().any(|guarded| place.contains(guarded)) {
                abort(stopped);
            }
        }));
    });
}

fuzz_target!(|bytes: &[u8]| {
    let_guarded_code_stop();
    let items = open(bytes);
    assert!(!items.is_empty());
    for item in &items {
        if let Some(name) = &item.name {
            assert!(!name.chars().any(char::is_control));
        }
        match &item.content {
            Ok(Content::Document(text)) => assert!(!text.is_empty() && text.trim() == text),
            Ok(Content::Link(link)) => assert!(link.starts_with("http") && !link.contains(char::is_whitespace)),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

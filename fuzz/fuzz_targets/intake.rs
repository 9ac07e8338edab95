//! Does every file get an answer within bounds, whatever it is?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_intake::{Content, open};

fuzz_target!(|bytes: &[u8]| {
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

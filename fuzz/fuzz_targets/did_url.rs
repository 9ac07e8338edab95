//! Are identifiers, instants, codes and levels read and written alike, and what does a DID resolve to?
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::fmt::Display;

use stapel_credential::{Code, Day, Did, DidUrl, Digest, LanguageTag, Level, Timestamp, Uri};
use stapel_did::{Resolution, resolve};

fn alike<T: Display + PartialEq + std::fmt::Debug, E: Display>(
    parse: fn(&str) -> Result<T, E>,
    text: &str,
) -> Option<T> {
    let first = match parse(text) {
        Ok(first) => first,
        Err(error) => {
            let _ = error.to_string();
            return None;
        }
    };
    let second = parse(&first.to_string()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(second, first);
    Some(first)
}

fuzz_target!(|text: &str| {
    alike(Uri::parse, text);
    alike(Day::parse, text);
    alike(Code::parse, text);
    alike(Level::parse, text);
    alike(Digest::parse, text);
    alike(LanguageTag::parse, text);
    if let Some(instant) = alike(Timestamp::parse, text) {
        let _ = (instant.day().to_string(), instant.unix_seconds());
        let year = std::time::Duration::from_secs(366 * 86_400);
        assert!(instant.before(year) <= instant && instant <= instant.after(year));
        let _ = (instant.before(year).to_string(), instant.after(year).to_string());
    }
    if let Some(url) = alike(DidUrl::parse, text) {
        assert!(text.starts_with(url.did().as_str()));
    }
    let Some(did) = alike(Did::parse, text) else { return };
    match resolve(&did) {
        Ok(Resolution::Ready(document)) => assert_eq!(document.id(), &did),
        Ok(Resolution::Fetch(url)) => assert!(url.starts_with("https://") && url.ends_with("/did.json"), "{url}"),
        Err(error) => drop(error.to_string()),
    }
});

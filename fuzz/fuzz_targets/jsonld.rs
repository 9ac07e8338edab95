//! Does every JSON-LD document get a dataset or a sentence, the same each time, and is what is read exactly also read safely?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_credential::json;
use stapel_jsonld::{Contexts, Dataset, JsonLdError, Options, WorkLimit, canonicalize, nquads, to_dataset_with};

/// Steps, so that one input stays cheap.
const LIMIT: u64 = 5_000;

fn canonical(dataset: &Dataset) -> Option<String> {
    let limit = WorkLimit { steps: LIMIT, ..WorkLimit::default() };
    canonicalize(dataset, &limit).ok().map(|canonical| canonical.text().to_owned())
}

fn read(document: &json::Json<'_>, options: &Options<'_>) -> Result<Dataset, JsonLdError> {
    let read = to_dataset_with(document, Contexts::embedded(), options);
    match &read {
        Ok(dataset) => assert!(dataset.quads().len() <= options.limits.statements),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    // What was compiled on the way changes nothing.
    let again = to_dataset_with(document, Contexts::embedded(), options);
    match (&read, &again) {
        (Ok(first), Ok(second)) => assert_eq!(canonical(first), canonical(second)),
        (Err(first), Err(second)) => assert_eq!(first, second),
        _ => panic!("read once, and not a second time"),
    }
    read
}

fuzz_target!(|text: &str| {
    let Ok(document) = json::parse(text) else { return };
    let exact = read(&document, &Options::exact());
    let safe = read(&document, &Options::safe());
    let _ = read(&document, &Options::standard());
    let Ok(exact) = exact else { return };
    let safe = safe.expect("what is read exactly is read safely");
    let text = canonical(&exact);
    assert_eq!(text, canonical(&safe), "both say the same");
    if let Some(text) = text {
        assert!(nquads::parse(&text).is_ok(), "a dataset that is read can be written: {text}");
    }
});

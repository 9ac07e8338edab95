//! Is canonical text its own canonical text, and does every dataset get an answer within a limit?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_jsonld::dataset::Quad;
use stapel_jsonld::rdfc::{HashAlgorithm, canonicalize_with};
use stapel_jsonld::{Dataset, RdfcError, Term, WorkLimit, canonicalize, nquads};

/// Steps, so that one input stays cheap.
const STEPS: u64 = 5_000;

fuzz_target!(|text: &str| {
    let parsed = match nquads::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let limit = WorkLimit { steps: STEPS, ..WorkLimit::default() };
    let canonical = match canonicalize(&parsed.dataset, &limit) {
        Ok(canonical) => canonical,
        Err(RdfcError::Poisoned { steps }) => return assert_eq!(steps, STEPS),
        Err(error) => return assert!(matches!(error, RdfcError::TooDeep { .. }), "{error}"),
    };
    assert!(canonical.work().steps <= STEPS);
    assert!(canonical.text().lines().is_sorted());
    if let Ok(other) = canonicalize_with(&parsed.dataset, HashAlgorithm::Sha384, &limit) {
        assert_eq!(other.text().lines().count(), canonical.text().lines().count());
    }

    // There the standard itself leaves the labels to the order of the input (see `stapel_jsonld::rdfc`).
    let between = |quad: &Quad| matches!(quad, (Term::Blank(_), _, Term::Blank(_), Some(_)));
    if parsed.dataset.quads().iter().any(between) {
        return;
    }
    let again = nquads::parse(canonical.text()).expect("canonical text is N-Quads");
    same(&again.dataset, canonical.text());

    let mut backwards = Dataset::default();
    let blanks: Vec<Term> = parsed.labels.iter().map(|_| backwards.blank()).collect();
    for &(subject, predicate, object, graph) in parsed.dataset.quads().iter().rev() {
        let mut copy = |term| match term {
            Term::Blank(blank) => blanks[blanks.len() - 1 - blank as usize],
            text => {
                let iri = parsed.dataset.text(text);
                if iri.starts_with('<') { backwards.iri(&iri[1..iri.len() - 1]) } else { literal(&mut backwards, iri) }
            }
        };
        let quad = (copy(subject), copy(predicate), copy(object), graph.map(copy));
        backwards.push(quad);
    }
    same(&backwards, canonical.text());
});

/// A literal by its N-Quads text, which the parser takes apart.
fn literal(dataset: &mut Dataset, text: &str) -> Term {
    let line = format!("<urn:a> <urn:a> {text} .");
    let (value, rest) = text[1..].rsplit_once('"').expect("a literal ends");
    let value = unescape(value);
    assert!(nquads::parse(&line).is_ok(), "{line}");
    match rest.strip_prefix('@') {
        Some(language) => dataset.literal(&value, "", Some(language)),
        None if rest.is_empty() => dataset.literal(&value, "http://www.w3.org/2001/XMLSchema#string", None),
        None => dataset.literal(&value, &rest[3..rest.len() - 1], None),
    }
}

/// The escapes of canonical text are those of JSON.
fn unescape(value: &str) -> String {
    serde_json::from_str(&format!("\"{}\"", value.replace('\u{7f}', "\\u007F"))).expect("canonical escapes are JSON's")
}

fn same(dataset: &Dataset, text: &str) {
    // Another order of the same statements may take more steps.
    let limit = WorkLimit { steps: 20 * STEPS, ..WorkLimit::default() };
    if let Ok(canonical) = canonicalize(dataset, &limit) {
        assert_eq!(canonical.text(), text);
    }
}

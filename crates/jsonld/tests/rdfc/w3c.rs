//! The 86 tests of the W3C for RDFC-1.0.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use stapel_jsonld::nquads::{self, NQuads};
use stapel_jsonld::rdfc::{HashAlgorithm, canonicalize_with};
use stapel_jsonld::{Canonical, RdfcError, Term, WorkLimit};

/// The vectors of the W3C, or nothing (said aloud) where they are not beside the project.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/rdf-canon");
    if !folder.is_dir() {
        assert!(std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"), "{} is missing", folder.display());
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

struct Case {
    id: String,
    kind: String,
    algorithm: HashAlgorithm,
    input: String,
    result: Option<String>,
}

fn cases() -> Vec<Case> {
    let Some(folder) = folder() else { return Vec::new() };
    let read = |name: &Value| fs::read_to_string(folder.join(name.as_str().unwrap())).unwrap();
    let manifest: Value = serde_json::from_str(&read(&"manifest.jsonld".into())).unwrap();
    let entries = manifest["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 86);
    let case = |entry: &Value| Case {
        id: entry["id"].as_str().unwrap().to_owned(),
        kind: entry["type"].as_str().unwrap().to_owned(),
        algorithm: match entry.get("hashAlgorithm").map(|name| name.as_str().unwrap()) {
            None => HashAlgorithm::Sha256,
            Some("SHA384") => HashAlgorithm::Sha384,
            Some(other) => panic!("{other} is no hash function of ours"),
        },
        input: read(&entry["action"]),
        result: entry.get("result").map(read),
    };
    entries.iter().map(case).collect()
}

fn run(case: &Case) -> (NQuads<'_>, Result<Canonical, RdfcError>) {
    let parsed = nquads::parse(&case.input).unwrap_or_else(|error| panic!("{}: {error}", case.id));
    let canonical = canonicalize_with(&parsed.dataset, case.algorithm, &WorkLimit::default());
    (parsed, canonical)
}

/// Runs the tests of a kind, of which the manifest has so many.
fn each(kind: &str, expected: usize, check: impl Fn(&Case)) {
    let cases = cases();
    if !cases.is_empty() {
        assert_eq!(cases.iter().filter(|case| case.kind == kind).inspect(|case| check(case)).count(), expected);
    }
}

#[test]
fn the_canonical_text_is_that_of_the_w3c() {
    each("rdfc:RDFC10EvalTest", 64, |case| {
        let (_, canonical) = run(case);
        let canonical = canonical.unwrap_or_else(|error| panic!("{}: {error}", case.id));
        assert_eq!(Some(canonical.text()), case.result.as_deref(), "{}", case.id);
    });
}

#[test]
fn the_labels_of_the_input_become_those_of_the_w3c() {
    each("rdfc:RDFC10MapTest", 21, |case| {
        let (parsed, canonical) = run(case);
        let canonical = canonical.unwrap_or_else(|error| panic!("{}: {error}", case.id));
        let label = |blank| canonical.label(Term::Blank(blank)).map(|number| format!("c14n{number}"));
        let map: BTreeMap<&str, String> =
            (0..).zip(&parsed.labels).map(|(blank, name)| (*name, label(blank).unwrap())).collect();
        let expected: BTreeMap<&str, String> = serde_json::from_str(case.result.as_deref().unwrap()).unwrap();
        assert_eq!(map, expected, "{}", case.id);
    });
}

#[test]
fn the_poisoned_dataset_of_the_w3c_is_refused() {
    each("rdfc:RDFC10NegativeEvalTest", 1, |case| {
        assert_eq!(run(case).1, Err(RdfcError::Poisoned { steps: WorkLimit::default().steps }), "{}", case.id);
    });
}

#[test]
fn no_accepted_test_of_the_w3c_comes_near_the_limit() {
    let limit = WorkLimit::default().steps;
    for case in cases() {
        if let (_, Ok(canonical)) = run(&case) {
            let steps = canonical.work().steps;
            assert!(steps * 4 < limit, "{}: {steps} steps", case.id);
            if steps > 1000 {
                println!("{}: {steps} steps", case.id);
            }
        }
    }
}

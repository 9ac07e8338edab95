//! Do the toRdf tests of the W3C come out? All 467 by the manifest, less those that are not applicable, each with its reason.

use std::path::Path;

use serde_json::Value;
use stapel_credential::digest::Digest;
use stapel_credential::json;
use stapel_jsonld::{Contexts, Options, ProcessingMode, RdfDirection, nquads, to_dataset_with};

use crate::support::{canonical, vectors};

/// Tests that are not applicable, with the reason.
const NOT_APPLICABLE: &[(&str, &str)] = &[
    ("#t0118", "JSON-LD 1.0 and generalized RDF: blank nodes as predicates, which RDF 1.1 does not have"),
    ("#te014", "JSON-LD 1.0: any term is a prefix"),
    ("#te026", "JSON-LD 1.0: an IRI as a term may stand for another IRI"),
    ("#te071", "JSON-LD 1.0: a compact IRI as a term may stand for another IRI"),
    ("#te075", "JSON-LD 1.0 and generalized RDF: blank nodes as predicates, which RDF 1.1 does not have"),
    ("#te115", "JSON-LD 1.0: a relative vocabulary mapping is an error; JSON-LD 1.1 allows it"),
    ("#te116", "JSON-LD 1.0: a relative vocabulary mapping is an error; JSON-LD 1.1 allows it"),
    ("#ter02", "JSON-LD 1.0: its code is `recursive context inclusion`; that of JSON-LD 1.1 is `context overflow`"),
    ("#ter03", "JSON-LD 1.0: its code is `recursive context inclusion`; that of JSON-LD 1.1 is `context overflow`"),
    ("#ter24", "JSON-LD 1.0: a list of lists is an error; JSON-LD 1.1 allows it"),
    ("#ter32", "JSON-LD 1.0: a list of lists is an error; JSON-LD 1.1 allows it"),
];

fn text(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

/// All context files of the suite, under the URLs that the tests know them by.
fn contexts(folder: &Path, base: &str) -> Contexts {
    let mut contexts = Contexts::embedded().clone();
    let mut folders = vec![folder.join("toRdf")];
    while let Some(here) = folders.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "jsonld") {
                let url = format!("{base}{}", path.strip_prefix(folder).unwrap().display());
                let bytes = std::fs::read_to_string(&path).unwrap();
                if let Ok(more) = contexts.with(&url, &bytes, &Digest::of(bytes.as_bytes())) {
                    contexts = more;
                }
            }
        }
    }
    contexts
}

fn outcome(folder: &Path, base: &str, contexts: &Contexts, test: &Value) -> Result<(), String> {
    let option = |name: &str| test["option"].get(name).and_then(Value::as_str);
    // One input is listed under the folder of another suite.
    let input = &test["input"].as_str().unwrap().replace("expand/", "toRdf/");
    let document = text(folder, input);
    let document = json::parse(&document).map_err(|error| format!("not read: {error}"))?;
    let url = format!("{base}{input}");
    let expand_context = option("expandContext").map(|file| text(folder, file));
    let expand_context = expand_context.as_ref().map(|text| json::parse(text).unwrap());
    let mut options = Options::standard();
    options.base = Some(option("base").unwrap_or(&url));
    options.expand_context = expand_context.as_ref();
    if option("processingMode") == Some("json-ld-1.0") {
        options.processing_mode = ProcessingMode::JsonLd10;
    }
    match option("rdfDirection") {
        Some("i18n-datatype") => options.rdf_direction = RdfDirection::I18nDatatype,
        Some("compound-literal") => options.rdf_direction = RdfDirection::CompoundLiteral,
        _ => {}
    }
    let result = to_dataset_with(&document, contexts, &options);
    let kinds: Vec<&str> = test["@type"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    if kinds.contains(&"jld:NegativeEvaluationTest") {
        let expected = test["expectErrorCode"].as_str().unwrap();
        return match result {
            Ok(_) => Err(format!("no error, expected {expected:?}")),
            Err(error) if error.code().is_some_and(|code| code.as_str() == expected) => Ok(()),
            Err(error) => Err(format!("expected {expected:?}, found {error}")),
        };
    }
    let dataset = result.map_err(|error| error.to_string())?;
    let Some(expected) = test["expect"].as_str() else { return Ok(()) };
    let expected = text(folder, expected);
    let expected = nquads::parse(&expected).map_err(|error| format!("expectation: {error}"))?;
    let (found, expected) = (canonical(&dataset), canonical(&expected.dataset));
    if found == expected { Ok(()) } else { Err(format!("found\n{found}expected\n{expected}")) }
}

#[test]
fn the_tests_of_the_w3c_come_out() {
    let Some(folder) = vectors("json-ld-toRdf") else { return };
    let manifest: Value = serde_json::from_str(&text(&folder, "toRdf-manifest.jsonld")).unwrap();
    let base = manifest["baseIri"].as_str().unwrap();
    let contexts = contexts(&folder, base);
    let tests = manifest["sequence"].as_array().unwrap();
    assert_eq!(tests.len(), 467);
    let mut wrong = Vec::new();
    let mut passed = 0;
    for test in tests {
        let id = test["@id"].as_str().unwrap();
        let excused = NOT_APPLICABLE.iter().any(|(name, _)| *name == id);
        match outcome(&folder, base, &contexts, test) {
            Ok(()) if excused => wrong.push(format!("{id} passes: it must not be excused")),
            Ok(()) => passed += 1,
            Err(_) if excused => {}
            Err(error) => wrong.push(format!("{id} {}: {} {error}", test["name"], test["option"])),
        }
    }
    assert!(wrong.is_empty(), "{} wrong, {passed} passed:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(passed + NOT_APPLICABLE.len(), 467);
}

//! Does `docs/conformance.md` name only vectors and tests that are there?

use std::path::Path;

use crate::vectors::all;
use crate::world::fixtures;

/// Every word in backticks in the rows of the tables.
fn named() -> Vec<String> {
    let text = std::fs::read_to_string(fixtures("../docs/conformance.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with('|'));
    rows.flat_map(|row| row.split('`').skip(1).step_by(2).map(str::to_owned)).collect()
}

fn is_joined_by(word: &str, joint: char, least: usize) -> bool {
    let mut parts = word.split(joint);
    word.split(joint).count() > least
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

fn sources(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_vector_that_the_conformance_table_names_is_there() {
    let known: Vec<&str> = all().iter().map(|vector| vector.name).collect();
    let is_vector = |word: &&String| is_joined_by(word, '-', 1) && !word.starts_with("eddsa-");
    let names = named();
    let listed: Vec<&String> = names.iter().filter(is_vector).collect();
    let missing: Vec<&&String> = listed.iter().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(listed.len() > 80, "{}", listed.len());
}

#[test]
fn every_test_that_the_conformance_table_names_is_there() {
    let mut text = String::new();
    for name in ["credential", "did", "keys", "proof", "status", "verifier"] {
        sources(&fixtures(&format!("../crates/{name}")), &mut text);
    }
    let names = named();
    let listed: Vec<&String> = names.iter().filter(|word| is_joined_by(word, '_', 2)).collect();
    let missing: Vec<&&String> = listed.iter().filter(|name| !text.contains(&format!("fn {name}()"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(listed.len() > 12, "{}", listed.len());
}

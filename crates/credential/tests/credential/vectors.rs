//! Where are the shared vectors of the standards? Absent on a user's machine: then their tests say so and return.

use std::path::{Path, PathBuf};

/// The folder of the vectors; `None`, with a printed line, where there is none.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors"));
    if folder.is_dir() {
        return Some(folder.to_owned());
    }
    let required = std::env::var("STAPEL_REQUIRE_VECTORS").is_ok_and(|value| value == "1");
    assert!(!required, "STAPEL_REQUIRE_VECTORS is 1, but {} is absent", folder.display());
    println!("skipped: {} is absent", folder.display());
    None
}

/// The files of a folder, in the order of their names.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// The schema of badges, as a validator.
pub(crate) fn schema(folder: &Path) -> jsonschema::Validator {
    jsonschema::validator_for(&schema_text(folder)).unwrap()
}

/// The schema of badges.
pub(crate) fn schema_text(folder: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(folder.join("ob3/schemas/ob_v3p0_achievementcredential_schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

//! Do foreign tools understand what we issue? The OB 3.0 JSON Schema, and jsonld.js in safe mode.

use std::path::{Path, PathBuf};
use std::process::Command;

use stapel_credential::StatusListCredential;
use stapel_credential::context::ContextEntry;
use stapel_tests::issued::documents;
use stapel_tests::{badge, interop, vectors};

#[test]
fn every_badge_issued_holds_against_the_ob_3_schema() {
    let Some(folder) = vectors::find("ob3") else { return };
    let schema =
        std::fs::read_to_string(folder.join("schemas/ob_v3p0_achievementcredential_schema.json")).expect("the schema");
    let schema = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let mut badges = 0;
    for (name, text) in documents().iter().filter(|(name, _)| name.contains("badge")) {
        let document = serde_json::from_str(text).expect("JSON");
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {}", errors.join("; "));
        badges += 1;
    }
    assert_eq!(badges, 12 + 4 + 1);
}

#[test]
fn the_schema_does_refuse_a_badge_without_an_achievement() {
    let Some(folder) = vectors::find("ob3") else { return };
    let schema =
        std::fs::read_to_string(folder.join("schemas/ob_v3p0_achievementcredential_schema.json")).expect("the schema");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    let mut document: serde_json::Value = serde_json::from_str(badge::signed().text()).expect("JSON");
    document["credentialSubject"].as_object_mut().expect("a subject").remove("achievement");
    assert!(!validator.is_valid(&document));
}

fn expand(interop: &Path, files: &[PathBuf]) -> (bool, String) {
    let output = Command::new("node").arg(interop.join("expand.mjs")).args(files).output().expect("node runs");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
    )
}

#[test]
fn every_document_issued_expands_in_jsonld_js_safe_mode() {
    let Some(interop) = interop::find() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for (name, text) in documents() {
        let file = folder.path().join(format!("{name}.json"));
        std::fs::write(&file, text).expect("written");
        files.push(file);
    }
    let (holds, told) = expand(&interop, &files);
    assert!(holds, "{told}");
    assert_eq!(told.lines().filter(|line| line.contains("\"ok\":true")).count(), files.len());
}

#[test]
fn safe_mode_does_refuse_a_term_that_no_context_defines() {
    let Some(interop) = interop::find() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("undefined.json");
    let text = badge::signed().text().replace("\"creditUnit\":\"SBU\"", "\"creditUnits\":\"SBU\"");
    std::fs::write(&file, text).expect("written");
    let (holds, told) = expand(&interop, &[file]);
    assert!(!holds, "{told}");
}

#[test]
fn the_extension_is_always_the_same_json_value() {
    let recognised = stapel_proof::jcs::digest_text(stapel_credential::context::BADGE_EXTENSION).expect("JSON");
    let documents = stapel_proof::jcs::digest_text(stapel_credential::context::DOCUMENT_EXTENSION).expect("JSON");
    let hex = |digest: &stapel_credential::Digest| {
        digest.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    // Released contexts are read for ever: a change here is a new context, never another digest.
    assert_eq!(hex(&recognised), "a31cb90df20671f9cdfe9c23914982fdca8eba0fcb48b5a9539a1edb2b14c095");
    assert_eq!(hex(&documents), "089cd9d61af587abcf95954734f8044e75db1990eb4b5bb02e86c0a26bcf314a");
    let badge = badge::full();
    let Some(ContextEntry::Inline(inline)) = badge.context.get(2) else { panic!("the third context is inline") };
    assert_eq!(stapel_proof::jcs::digest_text(inline.as_str()).expect("JSON"), recognised);
}

#[test]
fn a_status_list_is_no_badge() {
    assert!(StatusListCredential::parse(badge::signed().text()).is_err());
}

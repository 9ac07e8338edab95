//! What of a badge under a vocabulary that the program does not know?

use std::fs;

use serde_json::json;
use stapel_credential::{AchievementCredential, Digest, Timestamp};
use stapel_did::did_key_verification_method;
use stapel_jsonld::Contexts;
use stapel_proof::{ProofOptions, Unsecured};

use crate::holder::Holder;
use crate::world::{AWARDED, SCHOOL, badge};

const URL: &str = "https://terms.example/v1";
const TERMS: &str = "{\"@context\": {\"kleur\": \"https://terms.example/v1#kleur\"}}\n";

/// A badge that names a vocabulary of somebody else beside ours.
fn signed() -> String {
    let mut badge = badge("did:example:someone");
    badge["@context"].as_array_mut().unwrap().push(json!(URL));
    let badge = AchievementCredential::parse(&badge.to_string()).unwrap();
    let key = SCHOOL.key();
    let method = did_key_verification_method(&key.verifying_key());
    let options = ProofOptions::assertion(method, Timestamp::parse(AWARDED).unwrap());
    let contexts = Contexts::embedded().with(URL, TERMS, &Digest::of(TERMS.as_bytes())).unwrap();
    Unsecured::new(badge).sign_under(&key, &options, &contexts).unwrap().text().to_owned()
}

fn folder(holder: &Holder, terms: &str) -> String {
    let folder = holder.path("vocabularies");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("terms.json"), terms).unwrap();
    let index = json!({ URL: { "file": "terms.json", "digestSRI": Digest::of(TERMS.as_bytes()).to_string() } });
    fs::write(folder.join("contexts.json"), index.to_string()).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn a_badge_under_an_unknown_vocabulary_is_undecided_and_the_vocabulary_is_named() {
    let holder = Holder::new();
    let file = holder.file("badge.json", &signed());
    let ran = holder.run(&["verify", &file, "--pin", &SCHOOL.did()]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.out.contains(&format!("Its vocabulary {URL} is not at hand")), "{}", ran.out);
}

#[test]
fn a_folder_of_vocabularies_decides_it_and_one_with_other_bytes_is_not_taken() {
    let holder = Holder::new();
    let file = holder.file("badge.json", &signed());
    let good = folder(&holder, TERMS);
    let ran = holder.run(&["verify", &file, "--pin", &SCHOOL.did(), "--contexts", &good]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let other = Holder::new();
    let bent = folder(&other, &TERMS.replace("#kleur", "#smaak"));
    let ran = holder.run(&["verify", &file, "--pin", &SCHOOL.did(), "--contexts", &bent]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains(&format!("the context {URL} has the digest sha256-")), "{}", ran.err);
}

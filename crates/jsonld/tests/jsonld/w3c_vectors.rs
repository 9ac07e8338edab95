//! Are the canonical documents of the W3C's signatures those that we make?

use std::path::Path;

use serde_json::{Value, json};
use stapel_credential::digest::Digest;
use stapel_jsonld::{Contexts, Options};

use crate::support::{read_with, vectors};

fn text(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

fn contexts(folder: &Path) -> Contexts {
    let examples = text(folder, "vc2/contexts/examples_v2");
    let digest = Digest::of(examples.as_bytes());
    Contexts::embedded().with("https://www.w3.org/ns/credentials/examples/v2", &examples, &digest).unwrap()
}

#[test]
fn the_canonical_documents_and_proofs_of_the_w3c_come_out() {
    let Some(folder) = vectors("") else { return };
    let contexts = contexts(&folder);
    for (document, expected) in [
        ("unsigned.json", "eddsa-rdfc-2022/canonDocDataInt.txt"),
        ("eddsa-rdfc-2022/proofConfigDataInt.json", "eddsa-rdfc-2022/proofCanonDataInt.txt"),
        ("Ed25519Signature2020/proofConfigEdSig.json", "Ed25519Signature2020/proofCanonEdSig.txt"),
    ] {
        let place = folder.join("vc-di-eddsa");
        let document: Value = serde_json::from_str(&text(&place, document)).unwrap();
        let said = read_with(&document, &contexts, &Options::exact()).unwrap();
        assert_eq!(said.trim_end(), text(&place, expected).trim_end());
    }
}

#[test]
fn the_worked_example_of_open_badges_comes_out() {
    let Some(folder) = vectors("") else { return };
    let expected = text(&folder, "ob3/worked-example/obv3p0_document-canon.txt");
    let mut document: Value =
        serde_json::from_str(&text(&folder, "ob3/spec-examples/examples_basicOpenBadgeCredential-00.json")).unwrap();
    // The worked example signs this badge, with the issuer as other examples have it.
    document["issuer"] = json!({
        "id": "https://example.edu/issuers/565049",
        "type": ["Profile"],
        "name": "Example Corp",
        "url": "https://www.imsglobal.org",
    });
    let said = read_with(&document, Contexts::embedded(), &Options::exact()).unwrap();
    assert_eq!(said.trim_end(), expected.trim_end());
}

//! Where do the tests find their documents, and how do they compare datasets?

use std::path::PathBuf;

use serde_json::{Value, json};
use stapel_credential::context::BADGE_EXTENSION;
use stapel_credential::json;
use stapel_jsonld::{Contexts, Dataset, JsonLdError, Options, WorkLimit, canonicalize, to_dataset_with};

/// A folder of vectors of standards bodies, if they are there.
pub(crate) fn vectors(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors"));
    if !folder.is_dir() {
        assert!(std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"), "{} is missing", folder.display());
        println!("skipped: {} is missing", folder.display());
        return None;
    }
    Some(folder.join(path))
}

/// The canonical N-Quads of a dataset.
pub(crate) fn canonical(dataset: &Dataset) -> String {
    canonicalize(dataset, &WorkLimit::default()).unwrap().into_text()
}

/// What the document says, as canonical N-Quads.
pub(crate) fn read(document: &Value, options: &Options<'_>) -> Result<String, JsonLdError> {
    read_with(document, Contexts::embedded(), options)
}

pub(crate) fn read_with(document: &Value, contexts: &Contexts, options: &Options<'_>) -> Result<String, JsonLdError> {
    let text = document.to_string();
    to_dataset_with(&json::parse(&text).unwrap(), contexts, options).map(|dataset| canonical(&dataset))
}

/// The badge with all facts.
pub(crate) fn full_badge() -> Value {
    let mut badge: Value = serde_json::from_str(include_str!("../../../../fixtures/badges/full.json")).unwrap();
    badge["@context"][2] = serde_json::from_str(BADGE_EXTENSION).unwrap();
    badge
}

/// A small badge.
pub(crate) fn badge() -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e11",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": { "id": "https://roc.example", "type": ["Profile"], "name": "ROC Voorbeeld" },
        "validFrom": "2026-06-30T12:00:00Z",
        "name": "Basiszorg",
        "credentialSubject": {
            "id": "did:example:holder",
            "type": ["AchievementSubject"],
            "creditsEarned": 240,
            "achievement": {
                "id": "https://roc.example/zorg-1",
                "type": ["Achievement"],
                "name": "Basiszorg verlenen",
                "description": "De lerende ondersteunt zorgvragers.",
                "criteria": { "narrative": "Een proeve van bekwaamheid." },
                "creator": { "id": "https://roc.example", "type": ["Profile"] },
            },
        },
    })
}

//! Is any verifiable credential read, of both data models, as far as the data model goes?

use serde_json::{Value, json};
use stapel_credential::{
    AchievementCredential, AnyCredential, AnyPresentation, Credential as _, CredentialStatus, DataModel, data_model,
};

use crate::vectors;

fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "did:web:roc.example",
        "credentialSubject": { "id": "did:example:subject" },
    })
}

fn with(member: &str, value: Value) -> Result<AnyCredential, String> {
    let mut credential = credential();
    credential[member] = value;
    AnyCredential::parse(&credential.to_string()).map_err(|error| error.to_string())
}

#[test]
fn the_least_credential_is_read() {
    let text = credential().to_string();
    let read = AnyCredential::parse(&text).unwrap();
    assert_eq!((read.id(), read.valid_from(), read.statuses().len(), read.has_proof()), (None, None, 0, false));
    assert_eq!(read.issuer_id().as_str(), "did:web:roc.example");
    assert_eq!(data_model::check(&read), Ok(DataModel::V2_0));
    assert_eq!(data_model::check_unsigned(&read), Ok(()));
    assert_eq!(serde_json::to_string(&read).unwrap(), text, "it is written as it was received");
}

#[test]
fn what_is_wrong_is_named_by_its_path() {
    for (member, value, sentence) in [
        ("id", json!(null), "$.id: found null, expected a text in quotes"),
        ("id", json!(["urn:uuid:1"]), "$.id: found a list […], expected a text in quotes"),
        ("issuer", json!({ "name": "ROC" }), "$.issuer: missing field `id`"),
        ("credentialSubject", json!({}), "$.credentialSubject: expected a subject with claims"),
        ("credentialSubject", json!([]), "$.credentialSubject: expected a subject with claims"),
        ("credentialSchema", json!({ "type": "JsonSchema" }), "$.credentialSchema: missing field `id`"),
        ("termsOfUse", json!({ "id": "urn:uuid:1" }), "$.termsOfUse: missing field `type`"),
        ("type", json!([]), "$.type: expected a type: a term or a URL"),
        (
            "relatedResource",
            json!([{ "id": "urn:uuid:1" }]),
            "$.relatedResource[0]: a related resource needs digestSRI or digestMultibase",
        ),
        (
            "issuanceDate",
            json!("2026-01-01T00:00:00Z"),
            "$.issuanceDate: belongs to the data model 1.1, and the first context is not of that",
        ),
    ] {
        let said = with(member, value).map(drop).unwrap_err();
        assert_eq!(said, sentence);
    }
}

#[test]
fn what_stands_between_members_is_checked_apart() {
    let sri = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    let resource = json!({ "id": "urn:uuid:2", "digestSRI": sri });
    let said = |credential: &AnyCredential| data_model::check_unsigned(credential).unwrap_err().to_string();
    let twice = with("relatedResource", json!([resource, resource])).unwrap();
    assert_eq!(said(&twice), "$.relatedResource[1].id: urn:uuid:2 stands twice among the related resources");
    let mut itself = credential();
    (itself["id"], itself["relatedResource"]) = (json!("urn:uuid:2"), resource);
    let itself = AnyCredential::parse(&itself.to_string()).unwrap();
    assert_eq!(said(&itself), "$.relatedResource[0].id: urn:uuid:2 is the credential itself");
    let other = with("@context", json!(["https://www.w3.org/ns/credentials/examples/v2"])).unwrap();
    assert_eq!(said(&other), "$.@context[0]: expected https://www.w3.org/ns/credentials/v2");
    let mut ends = credential();
    (ends["validFrom"], ends["validUntil"]) = (json!("2026-01-01T00:00:00Z"), json!("2025-01-01T00:00:00Z"));
    let ends = AnyCredential::parse(&ends.to_string()).unwrap();
    assert_eq!(said(&ends), "$.validUntil: 2025-01-01T00:00:00Z is before the beginning on 2026-01-01T00:00:00Z");
    assert_eq!(data_model::check(&ends), Ok(DataModel::V2_0), "a verifier says it of the validity");
}

#[test]
fn several_statuses_are_several_entries() {
    let entry = json!({
        "type": ["BitstringStatusListEntry"],
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://roc.example/status/1",
    });
    let read = with("credentialStatus", json!([entry, { "type": "ExampleStatus" }])).unwrap();
    let [CredentialStatus::Bitstring(first), CredentialStatus::Unknown(kind)] = read.statuses() else {
        panic!("{:?}", read.statuses())
    };
    assert_eq!((first.index, kind.as_str()), (7, "ExampleStatus"));
}

#[test]
fn the_data_model_1_1_is_read_and_not_written() {
    let mut old = credential();
    old["@context"][0] = json!("https://www.w3.org/2018/credentials/v1");
    (old["issuanceDate"], old["expirationDate"]) = (json!("2020-01-01T00:00:00Z"), json!("2030-01-01T00:00:00Z"));
    let read = AnyCredential::parse(&old.to_string()).unwrap();
    assert_eq!(data_model::check(&read), Ok(DataModel::V1_1));
    let dates = (read.valid_from().unwrap().to_string(), read.valid_until().unwrap().to_string());
    assert_eq!((dates.0.as_str(), dates.1.as_str()), ("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"));
    assert!(data_model::check_unsigned(&read).unwrap_err().to_string().contains("read and not written"));
    old["validUntil"] = json!("2040-01-01T00:00:00Z");
    let said = AnyCredential::parse(&old.to_string()).unwrap_err().to_string();
    assert_eq!(said, "$.validUntil: belongs to the data model 2.0, and the first context is not of that");
}

#[test]
fn published_badges_of_both_data_models_are_read() {
    let Some(folder) = vectors::folder() else { return };
    let (mut badges, mut old) = (0, 0);
    for name in ["complex.json", "simple-noproof.json", "simple.json", "simple_v1.json"] {
        let text = std::fs::read_to_string(folder.join("clr2/fixtures").join(name)).unwrap();
        let clr = AnyCredential::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(data_model::check(&clr).is_ok(), "{name}");
        let clr: Value = serde_json::from_str(&text).unwrap();
        for badge in clr["credentialSubject"]["verifiableCredential"].as_array().into_iter().flatten() {
            let badge = badge.to_string();
            let read = AchievementCredential::parse(&badge).unwrap_or_else(|error| panic!("{name}: {error}"));
            badges += 1;
            old += u32::from(data_model::check(&read) == Ok(DataModel::V1_1));
            AnyCredential::parse(&badge).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    assert!(old >= 5 && badges > old, "{old} of {badges} are of the data model 1.1");
}

#[test]
fn a_presentation_shows_objects_and_says_who_shows_them() {
    let presentation = |member: &str, value: Value| {
        let mut presentation = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "holder": "did:web:learner.example",
            "verifiableCredential": [credential()],
        });
        presentation[member] = value;
        AnyPresentation::parse(&presentation.to_string())
    };
    let object = presentation("holder", json!({ "id": "did:web:learner.example", "name": "A" })).unwrap();
    assert_eq!(object.holder().map(ToString::to_string).as_deref(), Some("did:web:learner.example"));
    assert_eq!(object.credentials().len(), 1);
    for (member, value, sentence) in [
        ("@context", json!(["https://a.example"]), "$.@context[0]: expected https://www.w3.org/ns/credentials/v2"),
        ("type", json!("Presentation"), "$.type: expected VerifiablePresentation, found Presentation"),
        (
            "verifiableCredential",
            json!([credential(), "https://a.example"]),
            "$.verifiableCredential[1]: expected a credential: an object {…}",
        ),
        ("holder", json!(null), "$.holder: is missing, and no proof says who shows it"),
    ] {
        assert_eq!(presentation(member, value).unwrap_err().to_string(), sentence);
    }
}

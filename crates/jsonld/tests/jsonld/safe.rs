//! Is everything that JSON-LD would drop or leave half done an error that names its place?

use serde_json::{Value, json};
use stapel_jsonld::{JsonLdError, Options};

use crate::support::{badge, full_badge, read};

fn refusal(document: &Value) -> String {
    let error = read(document, &Options::safe()).unwrap_err();
    assert_eq!(read(document, &Options::exact()).unwrap_err().to_string(), error.to_string());
    error.to_string()
}

#[test]
fn a_member_that_no_context_defines_is_refused() {
    let mut document = badge();
    document["credentialSubject"]["nickname"] = json!("Jo");
    assert_eq!(
        refusal(&document),
        "$.credentialSubject.nickname: no context defines this member, so that no signature would cover it"
    );
}

#[test]
fn a_type_that_no_context_defines_is_refused() {
    let mut document = badge();
    document["issuer"]["type"] = json!(["Profile", "School"]);
    assert_eq!(refusal(&document), "$.issuer.type[1]: no context defines the type School");
    document["issuer"]["type"] = json!("1EdTechJsonSchemaValidator2019");
    assert_eq!(refusal(&document), "$.issuer.type[0]: no context defines the type 1EdTechJsonSchemaValidator2019");
}

#[test]
fn a_relative_id_is_refused() {
    for id in ["zorg-1", "/zorg-1", "#zorg-1", ""] {
        let mut document = badge();
        document["credentialSubject"]["achievement"]["id"] = json!(id);
        assert_eq!(refusal(&document), format!("$.credentialSubject.achievement.id: {id} is not an absolute IRI"));
    }
}

#[test]
fn an_address_with_characters_that_no_iri_has_is_refused() {
    for id in ["https://roc.example/zorg 1", "https://roc.example/<1>", "https://roc.example/\u{7}", "did:x:y#a#b"] {
        let mut document = badge();
        document["issuer"] = json!(id);
        assert_eq!(refusal(&document), format!("$.issuer: {id} is not an absolute IRI"));
    }
}

#[test]
fn null_is_refused_wherever_it_stands() {
    let mut document = badge();
    document["issuer"]["url"] = Value::Null;
    assert_eq!(refusal(&document), "$.issuer.url: null says nothing in JSON-LD, so that no signature would cover it");
    document["issuer"]["url"] = json!(["https://roc.example", null]);
    assert_eq!(
        refusal(&document),
        "$.issuer.url[1]: null says nothing in JSON-LD, so that no signature would cover it"
    );
}

#[test]
fn a_document_that_says_nothing_is_refused() {
    let document = json!({ "@context": "https://www.w3.org/ns/credentials/v2" });
    assert!(refusal(&document).starts_with("$: an object that says nothing of itself"));
    let document = json!({ "@context": "https://www.w3.org/ns/credentials/v2", "id": "urn:x:1" });
    assert!(refusal(&document).starts_with("$: an object that says nothing of itself"));
}

#[test]
fn an_unknown_context_is_named_and_is_no_refusal() {
    let mut document = badge();
    document["@context"][1] = json!("https://a.example/context");
    let error = read(&document, &Options::exact()).unwrap_err();
    let JsonLdError::UnknownContext { path, url } = &error else { panic!("{error}") };
    assert_eq!((path.as_str(), url.as_str()), ("$.@context", "https://a.example/context"));
    assert_eq!(error.to_string(), "$.@context: the context https://a.example/context is not among the pinned contexts");
}

#[test]
fn a_protected_term_with_another_meaning_is_refused() {
    let mut document = badge();
    document["@context"].as_array_mut().unwrap().push(json!({ "name": "urn:x:name" }));
    assert_eq!(
        refusal(&document),
        "$.@context: protected term redefinition: the term \"name\" is protected and would be given another meaning"
    );
    document["@context"][2] = json!({ "name": "@ignored" });
    assert!(refusal(&document).contains("is protected and would be taken away"));
    document["@context"][2] = Value::Null;
    assert!(refusal(&document).contains("invalid context nullification"));
}

#[test]
fn the_context_of_open_badges_3_0_0_cannot_stand_beside_vc_2_0() {
    let mut document = badge();
    document["@context"][1] = json!("https://purl.imsglobal.org/spec/ob/v3p0/context.json");
    assert!(refusal(&document).contains("protected term redefinition"));
}

#[test]
fn dates_and_numbers_get_the_datatypes_that_other_tools_give_them() {
    let mut document = full_badge();
    document["credentialSubject"]["creditsEarned"] = json!(2.5);
    let text = read(&document, &Options::exact()).unwrap();
    // The 3.0.3 context coerces the date to a datatype without an address.
    assert!(text.contains("\"2026-06-30T12:00:00Z\"^^<xsd:dateTime>"), "{text}");
    assert!(text.contains("\"2.5E0\"^^<https://www.w3.org/2001/XMLSchema#float>"), "{text}");
    assert!(text.contains("\"240\"^^<https://www.w3.org/2001/XMLSchema#float>"), "{text}");
}

#[test]
fn directions_become_datatypes() {
    let mut document = badge();
    document["name"] = json!({ "@value": "Basiszorg", "@language": "NL", "@direction": "rtl" });
    let text = read(&document, &Options::exact()).unwrap();
    assert!(text.contains("\"Basiszorg\"^^<https://www.w3.org/ns/i18n#nl_rtl>"), "{text}");
}

//! Can somebody rewrite a signed document so that its signature holds and its readers read something else? Each trick by its name: the
//! dataset of plain safe mode stays the same, byte for byte, and exact reading refuses it.

use serde_json::{Value, json};
use stapel_jsonld::{JsonLdError, Options};

use crate::support::{badge, full_badge, read};

fn refusal(document: &Value) -> String {
    match read(document, &Options::exact()) {
        Ok(_) => panic!("exact reading let it pass"),
        Err(JsonLdError::NotExact { path, trick }) => format!("{path}: {trick}"),
        Err(error) => error.to_string(),
    }
}

/// The trick is real: safe mode cannot tell the two apart. And it is refused.
#[track_caller]
fn tricked(before: &Value, after: &Value, expected: &str) {
    let signed = read(before, &Options::exact()).unwrap();
    assert_eq!(read(before, &Options::safe()).unwrap(), signed);
    assert_eq!(read(after, &Options::safe()).unwrap(), signed, "the dataset is another: no trick");
    assert_eq!(refusal(after), expected);
}

fn with_context(document: &Value, more: Value) -> Value {
    let mut document = document.clone();
    document["@context"].as_array_mut().unwrap().push(more);
    document
}

fn rename(object: &mut Value, from: &str, to: &str) {
    let value = object.as_object_mut().unwrap().remove(from).unwrap();
    object[to] = value;
}

#[test]
fn a_member_under_an_alias_of_an_inline_context() {
    let before = badge();
    let mut after = with_context(
        &before,
        json!({ "until": { "@id": "https://www.w3.org/2018/credentials#validFrom", "@type": "http://www.w3.org/2001/XMLSchema#dateTime" } }),
    );
    rename(&mut after, "validFrom", "until");
    tricked(&before, &after, "$.until: until is another name for https://www.w3.org/2018/credentials#validFrom");
}

#[test]
fn a_member_under_its_full_address() {
    let before = badge();
    let mut after = before.clone();
    rename(&mut after, "name", "https://schema.org/name");
    tricked(&before, &after, "$.https://schema.org/name: https://schema.org/name is not written by its name");
}

#[test]
fn a_member_under_a_compact_address() {
    let before = badge();
    let mut after = with_context(&before, json!({ "schema": "https://schema.org/" }));
    rename(&mut after, "name", "schema:name");
    tricked(&before, &after, "$.schema:name: https://schema.org/name is not written by its name");
}

#[test]
fn a_member_by_a_vocabulary_mapping() {
    let before = full_badge();
    let mut after = with_context(&before, json!({ "@vocab": "http://data.europa.eu/snb/model/elm/" }));
    rename(&mut after["credentialSubject"]["achievement"], "assessment", "provenBy");
    tricked(
        &before,
        &after,
        "$.credentialSubject.achievement.provenBy: http://data.europa.eu/snb/model/elm/provenBy is not written by its name",
    );
}

#[test]
fn a_member_under_the_name_of_its_type() {
    let before = badge();
    let mut after = before.clone();
    rename(&mut after["credentialSubject"]["achievement"], "criteria", "Criteria");
    tricked(
        &before,
        &after,
        "$.credentialSubject.achievement.Criteria: Criteria is another name for https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria",
    );
}

#[test]
fn a_type_under_its_full_address() {
    let before = badge();
    let mut after = before.clone();
    after["issuer"]["type"] = json!(["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile"]);
    tricked(
        &before,
        &after,
        "$.issuer.type[0]: https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile is not written by its name",
    );
}

#[test]
fn a_type_under_an_alias() {
    let before = badge();
    let mut after =
        with_context(&before, json!({ "Person": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile" }));
    after["issuer"]["type"] = json!(["Person"]);
    tricked(
        &before,
        &after,
        "$.issuer.type[0]: Person is another name for https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile",
    );
}

#[test]
fn a_type_hidden_in_a_property() {
    let before = badge();
    let mut after = with_context(
        &before,
        json!({ "kind": { "@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "@type": "@id" } }),
    );
    after["issuer"].as_object_mut().unwrap().remove("type");
    after["issuer"]["kind"] = json!("https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile");
    tricked(&before, &after, "$.issuer.kind: kind is another name for http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
}

#[test]
fn a_known_name_with_another_meaning_inside_a_strangers_member() {
    // "name" inside "sponsor" reads as a name and says something else.
    let stranger = json!({ "sponsor": { "@id": "urn:x:sponsor", "@context": { "name": "urn:x:slogan", "slogan": "urn:x:slogan" } } });
    let mut before = with_context(&badge(), stranger);
    before["issuer"]["sponsor"] = json!({ "slogan": "Altijd vooruit" });
    let mut after = before.clone();
    after["issuer"]["sponsor"] = json!({ "name": "Altijd vooruit" });
    tricked(
        &before,
        &after,
        "$.issuer.sponsor.name: a context of the document gives name another meaning than is known",
    );
}

#[test]
fn a_known_name_that_a_strangers_type_gives_another_meaning() {
    let stranger = json!({ "Sponsor": { "@id": "urn:x:Sponsor", "@context": { "humanCode": "urn:x:slogan", "slogan": "urn:x:slogan" } } });
    let mut before = with_context(&badge(), stranger);
    before["issuer"]["parentOrg"] =
        json!({ "id": "urn:x:1", "type": ["Profile", "Sponsor"], "slogan": "Altijd vooruit" });
    let mut after = before.clone();
    rename(&mut after["issuer"]["parentOrg"], "slogan", "humanCode");
    tricked(
        &before,
        &after,
        "$.issuer.parentOrg.humanCode: a context of the document gives humanCode another meaning than is known",
    );
}

#[test]
fn members_in_a_nest() {
    let before = badge();
    let mut after = before.clone();
    let name = after["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("name").unwrap();
    after["credentialSubject"]["achievement"]["@nest"] = json!({ "name": name });
    tricked(&before, &after, "$.credentialSubject.achievement.@nest: the keyword or alias @nest");
}

#[test]
fn members_in_a_nest_with_a_name() {
    let before = badge();
    let mut after = with_context(&before, json!({ "more": "@nest" }));
    let credits = after["credentialSubject"].as_object_mut().unwrap().remove("creditsEarned").unwrap();
    after["credentialSubject"]["more"] = json!({ "creditsEarned": credits });
    tricked(&before, &after, "$.credentialSubject.more: the keyword or alias more");
}

#[test]
fn statements_in_included() {
    let before = badge();
    let mut after = before.clone();
    let creator = json!({ "id": "https://roc.example", "type": ["Profile"], "name": "ROC Voorbeeld" });
    after["issuer"] = json!("https://roc.example");
    after["@included"] = creator;
    tricked(&before, &after, "$.@included: the keyword or alias @included");
}

#[test]
fn the_whole_document_in_a_graph() {
    let before = badge();
    let mut after = json!({ "@context": before["@context"] });
    let mut inner = before.clone();
    inner.as_object_mut().unwrap().remove("@context");
    after["@graph"] = json!([inner]);
    tricked(&before, &after, "$.@graph: the keyword or alias @graph");
}

#[test]
fn a_statement_turned_around() {
    let mut before = with_context(&badge(), json!({ "sponsor": "urn:x:sponsor" }));
    before["issuer"]["sponsor"] = json!({ "id": "urn:x:1", "type": "Profile" });
    before["issuer"]["parentOrg"] = json!({ "id": "urn:x:1" });
    let mut after = before.clone();
    after["issuer"].as_object_mut().unwrap().remove("sponsor");
    after["issuer"]["parentOrg"] =
        json!({ "id": "urn:x:1", "type": "Profile", "@reverse": { "sponsor": { "id": "https://roc.example" } } });
    tricked(&before, &after, "$.issuer.parentOrg.@reverse: the keyword or alias @reverse");
}

#[test]
fn a_statement_turned_around_by_a_term() {
    let stranger = json!({ "sponsor": "urn:x:sponsor", "sponsorOf": { "@reverse": "urn:x:sponsor" } });
    let mut before = with_context(&badge(), stranger);
    before["issuer"]["sponsor"] = json!({ "id": "urn:x:1", "type": "Profile" });
    before["issuer"]["parentOrg"] = json!({ "id": "urn:x:1" });
    let mut after = before.clone();
    after["issuer"].as_object_mut().unwrap().remove("sponsor");
    after["issuer"]["parentOrg"] =
        json!({ "id": "urn:x:1", "type": "Profile", "sponsorOf": { "id": "https://roc.example" } });
    tricked(&before, &after, "$.issuer.parentOrg.sponsorOf: sponsorOf turns its statements around");
}

#[test]
fn id_and_type_as_keywords() {
    let before = badge();
    for (from, to) in [("id", "@id"), ("type", "@type")] {
        let mut after = before.clone();
        rename(&mut after["issuer"], from, to);
        tricked(&before, &after, &format!("$.issuer.{to}: the keyword or alias {to}"));
    }
}

#[test]
fn id_under_another_alias() {
    let before = badge();
    let mut after = with_context(&before, json!({ "address_": "@id" }));
    rename(&mut after["issuer"], "id", "address_");
    tricked(&before, &after, "$.issuer.address_: the keyword or alias address_");
}

#[test]
fn a_value_in_a_set_or_a_value_object() {
    let before = badge();
    let mut after = before.clone();
    after["name"] = json!({ "@set": ["Basiszorg"] });
    tricked(&before, &after, "$.name.@set: the keyword or alias @set");
    after["name"] = json!({ "@value": "Basiszorg" });
    tricked(&before, &after, "$.name.@value: the keyword or alias @value");
    after["name"] = json!({ "@value": "Basiszorg", "@type": "http://www.w3.org/2001/XMLSchema#string" });
    tricked(&before, &after, "$.name.@type: the keyword or alias @type");
}

#[test]
fn a_text_with_its_language_is_no_trick() {
    let mut document = badge();
    document["name"] = json!({ "@value": "Basiszorg", "@language": "nl" });
    assert!(read(&document, &Options::exact()).unwrap().contains("\"Basiszorg\"@nl"));
    document["name"] = json!({ "@value": "Basiszorg", "@language": "nl", "@direction": "ltr" });
    assert!(read(&document, &Options::exact()).unwrap().contains("\"Basiszorg\"^^<https://www.w3.org/ns/i18n#nl_ltr>"));
}

#[test]
fn an_index_that_no_statement_holds() {
    let before = badge();
    let mut after = before.clone();
    after["issuer"]["@index"] = json!("the best school of the country");
    tricked(&before, &after, "$.issuer.@index: the keyword or alias @index");
}

#[test]
fn an_index_map_whose_keys_no_statement_holds() {
    let stranger = |container: Value| json!({ "grade": { "@id": "urn:x:grade", "@container": container } });
    let mut before = with_context(&badge(), stranger(json!("@set")));
    before["credentialSubject"]["grade"] = json!("8");
    let mut after = with_context(&badge(), stranger(json!("@index")));
    after["credentialSubject"]["grade"] = json!({ "excellent": "8" });
    tricked(&before, &after, "$.credentialSubject.grade: the members of grade are data");
}

#[test]
fn an_id_map_instead_of_ids() {
    let stranger =
        |container: Value| json!({ "mentor": { "@id": "urn:x:mentor", "@type": "@id", "@container": container } });
    let mut before = with_context(&badge(), stranger(json!("@set")));
    before["credentialSubject"]["mentor"] = json!({ "id": "urn:x:1", "type": "Profile" });
    let mut after = with_context(&badge(), stranger(json!("@id")));
    after["credentialSubject"]["mentor"] = json!({ "urn:x:1": { "type": "Profile" } });
    tricked(&before, &after, "$.credentialSubject.mentor: the members of mentor are data");
}

#[test]
fn a_null_member() {
    let mut after = badge();
    after["validUntil"] = Value::Null;
    assert_eq!(refusal(&after), "$.validUntil: null says nothing in JSON-LD, so that no signature would cover it");
    assert_eq!(read(&after, &Options::safe()).unwrap_err().to_string(), refusal(&after));
}

#[test]
fn an_empty_array() {
    let before = badge();
    let mut after = before.clone();
    after["credentialStatus"] = json!([]);
    tricked(
        &before,
        &after,
        "$.credentialStatus: an empty array says nothing in JSON-LD, so that no signature would cover it",
    );
}

#[test]
fn an_array_in_an_array() {
    let before = badge();
    let mut after = before.clone();
    after["name"] = json!([["Basiszorg"]]);
    tricked(&before, &after, "$.name[0]: an array in an array is the same set without it");
}

#[test]
fn the_same_value_twice() {
    let before = badge();
    let mut after = before.clone();
    after["name"] = json!(["Basiszorg", "Basiszorg"]);
    tricked(&before, &after, "$.name: the same stands twice in one set");
    let mut after = before.clone();
    after["issuer"]["type"] = json!(["Profile", "Profile"]);
    tricked(&before, &after, "$.issuer.type: the same stands twice in one set");
}

#[test]
fn the_same_credits_twice() {
    let before = badge();
    let mut after = before.clone();
    after["credentialSubject"]["creditsEarned"] = json!([240, 240]);
    tricked(&before, &after, "$.credentialSubject.creditsEarned: the same stands twice in one set");
}

#[test]
fn the_same_achievement_twice() {
    let before = badge();
    let mut after = before.clone();
    after["credentialSubject"]["achievement"] =
        json!([before["credentialSubject"]["achievement"], { "id": "https://roc.example/zorg-1" }]);
    let signed = read(&before, &Options::safe()).unwrap();
    // The criteria have no id, so only the reference can be repeated.
    assert_eq!(read(&after, &Options::safe()).unwrap(), signed);
    assert_eq!(refusal(&after), "$.credentialSubject.achievement: the same stands twice in one set");
}

#[test]
fn a_text_instead_of_a_number() {
    let before = badge();
    let mut after = before.clone();
    after["credentialSubject"]["creditsEarned"] = json!("240");
    tricked(
        &before,
        &after,
        "$.credentialSubject.creditsEarned: another kind of JSON value than https://www.w3.org/2001/XMLSchema#float has",
    );
}

#[test]
fn a_number_that_the_dataset_rounds() {
    let mut before = badge();
    before["credentialSubject"]["creditsEarned"] = json!(2.5);
    let mut after = before.clone();
    after["credentialSubject"]["creditsEarned"] = json!(2.499_999_999_999_999_6);
    tricked(&before, &after, "$.credentialSubject.creditsEarned: 2.4999999999999996 becomes 2.5E0, another number");
}

#[test]
fn a_name_behind_a_prefix_as_id() {
    let before = badge();
    let mut after = with_context(&before, json!({ "school": "https://roc.example/" }));
    after["credentialSubject"]["achievement"]["id"] = json!("school:zorg-1");
    tricked(&before, &after, "$.credentialSubject.achievement.id: school:zorg-1 stands for https://roc.example/zorg-1");
}

#[test]
fn an_id_relative_to_a_base() {
    let before = badge();
    let mut after = with_context(&before, json!({ "@base": "https://roc.example/" }));
    after["credentialSubject"]["achievement"]["id"] = json!("zorg-1");
    tricked(&before, &after, "$.credentialSubject.achievement.id: zorg-1 stands for https://roc.example/zorg-1");
}

#[test]
fn a_blank_node_with_a_name() {
    let mut before = badge();
    before["credentialSubject"].as_object_mut().unwrap().remove("id");
    let mut after = before.clone();
    after["credentialSubject"]["id"] = json!("_:holder");
    tricked(&before, &after, "$.credentialSubject.id: _:holder names a blank node, which no dataset keeps");
}

#[test]
fn statements_moved_to_another_place_of_the_same_thing() {
    let before = badge();
    let mut after = before.clone();
    after["credentialSubject"]["achievement"]["creator"] = before["issuer"].clone();
    after["issuer"] = json!("https://roc.example");
    tricked(
        &before,
        &after,
        "$: what is said of https://roc.example stands at several places, at this one not all of it",
    );
    after["issuer"] = json!({ "id": "https://roc.example" });
    tricked(
        &before,
        &after,
        "$: what is said of https://roc.example stands at several places, at this one not all of it",
    );
}

#[test]
fn one_statement_moved_to_another_place_of_the_same_thing() {
    let before = badge();
    let mut after = before.clone();
    after["credentialSubject"]["achievement"]["creator"] = before["issuer"].clone();
    after["issuer"].as_object_mut().unwrap().remove("name");
    tricked(
        &before,
        &after,
        "$.issuer: what is said of https://roc.example stands at several places, at this one not all of it",
    );
}

#[test]
fn statements_split_over_two_places_of_the_same_thing() {
    let before = badge();
    let mut after = before.clone();
    after["credentialSubject"]["achievement"]["creator"] =
        json!({ "id": "https://roc.example", "name": "ROC Voorbeeld" });
    after["issuer"] = json!({ "id": "https://roc.example", "type": ["Profile"] });
    let text = refusal(&after);
    tricked(&before, &after, &text);
    assert!(text.contains("stands at several places"), "{text}");
}

#[test]
fn the_achievement_moved_below_its_own_mention() {
    let mut before = badge();
    before["credentialSubject"]["achievement"]["related"] =
        json!([{ "id": "https://roc.example/zorg-1", "type": ["Related"], "inLanguage": "nl" }]);
    // Not all of what is said of the achievement stands at either place: it cannot be signed like that.
    assert!(refusal(&before).contains("stands at several places"));
}

#[test]
fn a_context_inside_the_document() {
    let before = badge();
    let mut after = before.clone();
    after["credentialSubject"]["@context"] = before["@context"].clone();
    tricked(&before, &after, "$.credentialSubject: @context stands inside the document");
}

#[test]
fn a_date_of_1_1_in_a_document_of_2_0() {
    let before = badge();
    let mut after = with_context(
        &before,
        json!({ "issuanceDate": { "@id": "https://www.w3.org/2018/credentials#validFrom", "@type": "http://www.w3.org/2001/XMLSchema#dateTime" } }),
    );
    rename(&mut after, "validFrom", "issuanceDate");
    tricked(
        &before,
        &after,
        "$.issuanceDate: a context of the document gives issuanceDate another meaning than is known",
    );
}

#[test]
fn the_expiry_of_a_proof_under_its_older_name() {
    let configuration = |contexts: Value| {
        json!({
            "@context": contexts,
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-06-30T12:00:00Z",
            "verificationMethod": "did:key:z6Mk#z6Mk",
            "proofPurpose": "assertionMethod",
        })
    };
    let mut before = configuration(json!(["https://www.w3.org/ns/credentials/v2"]));
    before["expires"] = json!("2027-01-01T00:00:00Z");
    let mut after = configuration(json!(["https://w3id.org/security/v2", "https://www.w3.org/ns/credentials/v2"]));
    after["expiration"] = json!("2027-01-01T00:00:00Z");
    tricked(&before, &after, "$.expiration: expiration is another name for https://w3id.org/security#expiration");
}

#[test]
fn an_extension_fact_under_another_name() {
    let before = full_badge();
    let mut after = with_context(&before, json!({ "unit": "https://w3id.org/stapel/v1#creditUnit" }));
    rename(&mut after["credentialSubject"]["achievement"], "creditUnit", "unit");
    tricked(
        &before,
        &after,
        "$.credentialSubject.achievement.unit: unit is another name for https://w3id.org/stapel/v1#creditUnit",
    );
}

#[test]
fn an_extension_fact_with_the_meaning_of_another() {
    // Without our extension, another context may say that sector means pathway.
    let before = full_badge();
    let mut after = before.clone();
    let mut extension = before["@context"][2].clone();
    extension["creditUnit"] = json!("stapel:sector");
    extension["sector"] = json!("stapel:creditUnit");
    after["@context"][2] = extension;
    rename(&mut after["credentialSubject"]["achievement"], "creditUnit", "sector");
    let text = refusal(&after);
    tricked(&before, &after, &text);
    assert!(text.ends_with("another meaning than is known"), "{text}");
}

#[test]
fn a_list_spelled_out() {
    let stranger = |term: Value| json!({ "steps": term, "first": "http://www.w3.org/1999/02/22-rdf-syntax-ns#first", "rest": { "@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest", "@type": "@id" } });
    let mut before = with_context(&badge(), stranger(json!({ "@id": "urn:x:steps", "@container": "@list" })));
    before["credentialSubject"]["steps"] = json!(["one"]);
    let mut after = with_context(&badge(), stranger(json!("urn:x:steps")));
    after["credentialSubject"]["steps"] =
        json!({ "first": "one", "rest": "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil" });
    tricked(
        &before,
        &after,
        "$.credentialSubject.steps.first: first is another name for http://www.w3.org/1999/02/22-rdf-syntax-ns#first",
    );
}

#[test]
fn a_credential_about_the_document_changes_places_with_it() {
    let mut before = badge();
    before["endorsement"] = json!([{
        "id": "urn:x:endorsement",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": "https://roc.example",
        "validFrom": "2026-06-30T12:00:00Z",
        "credentialSubject": { "id": before["id"], "endorsementComment": "Goed" },
    }]);
    before["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("creator");
    before["issuer"] = json!("https://roc.example");
    // The endorsement says something of the document, so not all of that stands at the root: sign an endorsement without comment.
    before["endorsement"][0]["credentialSubject"] = json!({ "id": before["id"] });
    let mut inner = before.clone();
    inner.as_object_mut().unwrap().remove("@context");
    inner["endorsement"] = json!([{ "id": "urn:x:endorsement" }]);
    let mut after = before["endorsement"][0].clone();
    after["@context"] = before["@context"].clone();
    after["credentialSubject"] = inner;
    tricked(&before, &after, "$.credentialSubject: a VerifiableCredential stands where none is expected");
}

#[test]
fn an_endorsement_by_somebody_who_is_described_elsewhere_is_no_trick() {
    let mut document = badge();
    document["endorsement"] = json!([{
        "@context": document["@context"],
        "id": "urn:x:endorsement",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": { "id": "https://roc.example", "type": ["Profile"] },
        "validFrom": "2026-06-30T12:00:00Z",
        "credentialSubject": { "id": "https://roc.example/zorg-1", "type": ["Achievement"] },
    }]);
    assert_eq!(read(&document, &Options::exact()).unwrap(), read(&document, &Options::safe()).unwrap());
}

#[test]
fn the_language_of_a_text_moved_into_the_context() {
    let mut before = badge();
    before["name"] = json!({ "@value": "Basiszorg", "@language": "nl" });
    for member in ["issuer", "credentialSubject"] {
        before.as_object_mut().unwrap().remove(member);
    }
    before["issuer"] = json!("https://roc.example");
    let mut after = with_context(&before, json!({ "@language": "nl" }));
    after["name"] = json!("Basiszorg");
    tricked(&before, &after, "$.name: a context gives the text a language or a direction");
}

#[test]
fn a_credential_by_reference_alone_is_not_in_the_dataset() {
    let presentation = |credential: Value| {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [credential],
        })
    };
    for credential in [json!("urn:x:1"), json!({ "@id": "urn:x:2" })] {
        let mut options = Options::safe();
        options.reading = stapel_jsonld::Reading::Standard;
        let said = read(&presentation(credential.clone()), &options).unwrap();
        assert!(!said.contains("urn:x:"), "{said}");
        let error = read(&presentation(credential), &Options::safe()).unwrap_err().to_string();
        assert!(error.starts_with("$.verifiableCredential[0]: a graph without statements"), "{error}");
    }
}

#[test]
fn strangers_members_that_touch_nothing_known_are_no_trick() {
    let stranger = json!({ "sponsor": { "@id": "urn:x:sponsor", "@context": { "slogan": "urn:x:slogan" } }, "id": "@id", "type": "@type" });
    let mut document = with_context(&badge(), stranger);
    document["issuer"]["sponsor"] = json!({ "id": "urn:x:1", "slogan": "Altijd vooruit" });
    assert_eq!(read(&document, &Options::exact()).unwrap(), read(&document, &Options::safe()).unwrap());
}

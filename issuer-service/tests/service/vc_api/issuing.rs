//! What is issued, and what is refused, by the statements of vc-data-model-2.0? Under every cryptosuite.

use serde_json::{Value, json};

use super::{Api, DI_SUITES, EXAMPLES, V2, assert_fails, assert_holds};

/// A statement, what is done to the least credential, and what is said about it: nothing where it is issued.
type Case = (&'static str, fn(&mut Value), Option<&'static str>);

const SUITES: [&str; 4] = ["eddsa-rdfc-2022", "eddsa-jcs-2022", "vc-jose-cose", "vc-jwt"];

fn remove(credential: &mut Value, member: &str) {
    credential.as_object_mut().unwrap().remove(member);
}

/// Types of the suite's fixtures are terms of an inline context.
fn with_term(credential: &mut Value, term: &str) {
    credential["@context"] = json!([V2, { term: format!("https://example.org/examples#{term}") }]);
}

const CONTEXTS_IDS_TYPES: &[Case] = &[
    ("4.3 a credential includes @context", |c| remove(c, "@context"), Some("@context")),
    ("4.3 the first context is that of the data model", |c| c["@context"] = json!([EXAMPLES]), Some("$.@context[0]")),
    ("4.3 and in that place", |c| c["@context"] = json!([EXAMPLES, V2]), Some("$.@context[0]")),
    ("4.3 further contexts may be URLs", |c| c["@context"] = json!([V2, EXAMPLES]), None),
    (
        "4.3 or objects",
        |c| {
            with_term(c, "ExampleVerifiableCredential");
            c["type"] = json!(["VerifiableCredential", "ExampleVerifiableCredential"]);
        },
        None,
    ),
    (
        "4.3 what is no URL is no context",
        |c| c["@context"] = json!([V2, "https ://not-a-url/contexts/example/v1"]),
        Some("$.@context"),
    ),
    ("4.3 nor is a number", |c| c["@context"] = json!([V2, 123_192_875]), Some("$.@context")),
    ("4.4 an id is a URL", |c| c["id"] = json!("urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"), None),
    ("4.4 of any scheme", |c| c["id"] = json!("did:example:credential"), None),
    ("4.4 what is no URL is no id", |c| c["id"] = json!("not-a-url"), Some("$.id")),
    ("4.4 an id is not null", |c| c["id"] = json!(null), Some("$.id")),
    ("4.4 a credential has one id", |c| c["id"] = json!(["did:example:a", "did:example:b"]), Some("$.id")),
    (
        "4.4 a subject has one id",
        |c| c["credentialSubject"]["id"] = json!(["did:example:a", "did:example:b"]),
        Some("$.credentialSubject"),
    ),
    ("4.5 a credential has a type", |c| remove(c, "type"), Some("type")),
    ("4.5 a type may be a URL", |c| c["type"] = json!(["VerifiableCredential", "https://example.org/#Example"]), None),
    (
        "4.5 the order of types does not matter",
        |c| c["type"] = json!(["https://example.org/#Example", "VerifiableCredential"]),
        None,
    ),
    (
        "4.5 a term that is mapped to no URL is no type",
        |c| {
            c["@context"] = json!([V2, { "ExampleTestCredential": "https ://not-a-url#ExampleTestCredential" }]);
            c["type"] = json!(["VerifiableCredential", "ExampleTestCredential"]);
        },
        Some("ExampleTestCredential"),
    ),
    (
        "4.5 nor is one that is not mapped",
        |c| c["type"] = json!(["VerifiableCredential", "ExampleTestCredential"]),
        Some("ExampleTestCredential"),
    ),
    (
        "4.5 VerifiableCredential is among the types",
        |c| c["type"] = json!(["https://example.org/#Example"]),
        Some("$.type"),
    ),
    (
        "4.5 evidence has a type",
        |c| {
            with_term(c, "DocumentVerification2018");
            c["evidence"] = json!({ "id": "did:example:evidence" });
        },
        Some("$.evidence"),
    ),
    ("4.5 termsOfUse has a type", |c| c["termsOfUse"] = json!({ "id": "did:example:terms" }), Some("$.termsOfUse")),
    (
        "4.5 refreshService has a type",
        |c| c["refreshService"] = json!({ "id": "did:example:refresh" }),
        Some("$.refreshService"),
    ),
];

const NAMES: &[Case] = &[
    ("4.6 a name is text", |c| c["name"] = json!("Ijs"), None),
    ("4.6 or a language value", |c| c["name"] = json!({ "@value": "Ice", "@language": "en" }), None),
    ("4.6 with a direction", |c| c["name"] = json!({ "@value": "Ice", "@language": "en", "@direction": "ltr" }), None),
    (
        "4.6 or several",
        |c| c["name"] = json!([{ "@value": "Ice", "@language": "en" }, { "@value": "Ijs", "@language": "nl" }]),
        None,
    ),
    (
        "4.6 and nothing more",
        |c| c["name"] = json!({ "@value": "Ice", "@language": "en", "url": "did:example:credential" }),
        Some("$.name"),
    ),
    ("4.6 the same of a description", |c| c["description"] = json!({ "@value": "Ice", "@language": "en" }), None),
    (
        "4.6 and nothing more of it either",
        |c| c["description"] = json!({ "@value": "Ice", "@language": "en", "extra": 1 }),
        Some("$.description"),
    ),
    (
        "4.6 the same of the issuer's",
        |c| {
            c["issuer"] =
                json!({ "id": c["issuer"], "name": { "@value": "Ice", "@language": "en" }, "description": "x" });
        },
        None,
    ),
    (
        "4.6 the issuer's name has nothing more",
        |c| c["issuer"] = json!({ "id": c["issuer"], "name": { "@value": "Ice", "extra": 1 } }),
        Some("$.issuer"),
    ),
    (
        "4.6 nor has its description",
        |c| c["issuer"] = json!({ "id": c["issuer"], "description": { "@value": "Ice", "extra": 1 } }),
        Some("$.issuer"),
    ),
];

const ISSUER_SUBJECT_DATES: &[Case] = &[
    ("4.7 a credential has an issuer", |c| remove(c, "issuer"), Some("issuer")),
    ("4.7 which is not null", |c| c["issuer"] = json!(null), Some("$.issuer")),
    ("4.7 nor a number", |c| c["issuer"] = json!(2), Some("$.issuer")),
    ("4.7 nor text that is no URL", |c| c["issuer"] = json!("not-a-url"), Some("$.issuer")),
    ("4.7 but may be an object with an id", |c| c["issuer"] = json!({ "id": c["issuer"] }), None),
    ("4.7 without one it may not", |c| c["issuer"] = json!({}), Some("$.issuer")),
    ("4.7 the id is not null", |c| c["issuer"] = json!({ "id": null }), Some("$.issuer")),
    ("4.7 the id is a URL", |c| c["issuer"] = json!({ "id": "not-a-url" }), Some("$.issuer")),
    ("4.8 a credential has a subject", |c| remove(c, "credentialSubject"), Some("credentialSubject")),
    ("4.8 of one claim at least", |c| c["credentialSubject"] = json!({}), Some("$.credentialSubject")),
    ("4.8 of one subject at least", |c| c["credentialSubject"] = json!([]), Some("$.credentialSubject")),
    (
        "4.8 of several, too",
        |c| c["credentialSubject"] = json!([{ "id": "did:example:a" }, { "id": "did:example:b" }]),
        None,
    ),
    (
        "4.8 of which none is empty",
        |c| c["credentialSubject"] = json!([{ "id": "did:example:a" }, {}]),
        Some("$.credentialSubject"),
    ),
    ("4.9 validFrom is a date with a time zone", |c| c["validFrom"] = json!("2023-02-26T00:37:06-04:00"), None),
    ("4.9 with parts of seconds", |c| c["validFrom"] = json!("2023-02-26T00:37:06.123Z"), None),
    ("4.9 and nothing else", |c| c["validFrom"] = json!("02/26/2023"), Some("$.validFrom")),
    ("4.9 the same of validUntil", |c| c["validUntil"] = json!("2123-02-26T00:37:06+01:00"), None),
    ("4.9 with parts of seconds, too", |c| c["validUntil"] = json!("2123-02-26T00:37:06.5Z"), None),
    ("4.9 and nothing else of it", |c| c["validUntil"] = json!("tomorrow"), Some("$.validUntil")),
    (
        "4.9 the beginning may be the end",
        |c| {
            c["validFrom"] = json!("2023-02-26T00:37:06Z");
            c["validUntil"] = json!("2023-02-26T00:37:06Z");
        },
        None,
    ),
    (
        "4.9 and not after it",
        |c| {
            c["validFrom"] = json!("2028-02-26T00:37:06Z");
            c["validUntil"] = json!("2024-02-26T00:37:06Z");
        },
        Some("$.validUntil"),
    ),
];

const STATUS_SCHEMA_AND_MORE: &[Case] = &[
    (
        "4.10 a status may be of any type",
        |c| {
            with_term(c, "CredentialStatusList2017");
            c["credentialStatus"] = json!({ "id": "did:example:status", "type": "CredentialStatusList2017" });
        },
        None,
    ),
    (
        "4.10 without an id, too",
        |c| {
            with_term(c, "CredentialStatusList2017");
            c["credentialStatus"] = json!({ "type": "CredentialStatusList2017" });
        },
        None,
    ),
    (
        "4.10 but not without a type",
        |c| c["credentialStatus"] = json!({ "id": "did:example:status" }),
        Some("$.credentialStatus"),
    ),
    (
        "4.10 which is no number",
        |c| c["credentialStatus"] = json!({ "id": "did:example:status", "type": 2 }),
        Some("$.credentialStatus"),
    ),
    (
        "4.10 with one id",
        |c| {
            with_term(c, "CredentialStatusList2017");
            let ids = json!(["did:example:a", "did:example:b"]);
            c["credentialStatus"] = json!({ "id": ids, "type": "CredentialStatusList2017" });
        },
        Some("$.credentialStatus"),
    ),
    (
        "4.10 that is a URL",
        |c| {
            with_term(c, "CredentialStatusList2017");
            c["credentialStatus"] = json!({ "id": "not-a-url", "type": "CredentialStatusList2017" });
        },
        Some("$.credentialStatus"),
    ),
    (
        "4.11 schemas are one or more",
        |c| {
            let schema = |name: &str| json!({ "id": format!("https://example.org/{name}.json"), "type": "JsonSchema" });
            c["credentialSchema"] = json!([schema("a"), schema("b")]);
        },
        None,
    ),
    ("4.11 each has a type", |c| c["credentialSchema"] = json!({ "id": "did:example:s" }), Some("$.credentialSchema")),
    ("4.11 and an id", |c| c["credentialSchema"] = json!({ "type": "JsonSchema" }), Some("$.credentialSchema")),
    (
        "4.11 that is a URL",
        |c| c["credentialSchema"] = json!({ "id": "not-a-url", "type": "JsonSchema" }),
        Some("$.credentialSchema"),
    ),
    (
        "5.2 no context redefines a term of the data model",
        |c| c["@context"] = json!([V2, { "VerifiableCredential": "https://example.org/#Other" }]),
        Some("VerifiableCredential"),
    ),
    (
        "5.2 nor any that is protected",
        |c| {
            c["@context"] = json!([
                V2,
                { "@protected": true, "ExampleVerifiableCredential": "https://example.org/#Example" },
                { "ExampleVerifiableCredential": "https://example.org/#Other" },
            ]);
            c["type"] = json!(["VerifiableCredential", "ExampleVerifiableCredential"]);
        },
        Some("ExampleVerifiableCredential"),
    ),
    (
        "5.3 a related resource has a digest",
        |c| {
            c["relatedResource"] =
                json!([{ "id": V2, "digestSRI": "sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=" }]);
        },
        None,
    ),
    (
        "5.3 in multibase, too",
        |c| {
            let digest = "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ";
            c["relatedResource"] =
                json!([{ "id": "https://example.org/a", "digestMultibase": digest, "mediaType": "text/plain" }]);
        },
        None,
    ),
    (
        "5.3 which is not known to be another",
        |c| {
            c["relatedResource"] =
                json!([{ "id": V2, "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }]);
        },
        Some("$.relatedResource[0]"),
    ),
    (
        "5.3 without a digest it is none",
        |c| c["relatedResource"] = json!([{ "id": "https://example.org/a" }]),
        Some("$.relatedResource"),
    ),
    (
        "5.3 nor without an id",
        |c| c["relatedResource"] = json!([{ "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }]),
        Some("$.relatedResource"),
    ),
    ("5.3 nor as text", |c| c["relatedResource"] = json!(["https://example.org/a"]), Some("$.relatedResource")),
    (
        "5.3 each stands once",
        |c| {
            let one = json!({ "id": "https://example.org/a", "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" });
            c["relatedResource"] = json!([one, one]);
        },
        Some("$.relatedResource[1]"),
    ),
    (
        "5.4 refresh services are one or more",
        |c| {
            let one = json!({ "type": "https://example.org/#Refresh", "id": "did:example:refresh/1" });
            c["refreshService"] = json!([one, { "type": "https://example.org/#Other" }]);
        },
        None,
    ),
    (
        "5.5 terms of use are one or more, with an id or without",
        |c| {
            let one = json!({ "type": "https://example.org/#Terms", "id": "did:example:terms/1" });
            c["termsOfUse"] = json!([one, { "type": "https://example.org/#Terms" }]);
        },
        None,
    ),
    (
        "5.6 evidence is one or more",
        |c| {
            with_term(c, "DocumentVerification2018");
            let one = json!({ "type": "DocumentVerification2018" });
            c["evidence"] = json!([one, { "type": "https://example.org/#Other", "id": "did:example:evidence" }]);
        },
        None,
    ),
    (
        "the data model 1.1 is read and not written",
        |c| c["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]),
        Some("$.@context[0]"),
    ),
    (
        "what is signed already is not signed again",
        |c| c["proof"] = json!({ "type": "DataIntegrityProof" }),
        Some("$.proof"),
    ),
    ("a term that no context defines is not signed", |c| c["unknown"] = json!("x"), Some("unknown")),
];

fn check(cases: &[Case]) {
    let api = Api::start();
    for (statement, bend, refused) in cases {
        let mut credential = api.credential();
        bend(&mut credential);
        for suite in SUITES {
            let why = format!("{statement} ({suite})");
            let answer = api.issue(&credential, &json!({ "cryptosuite": suite }));
            if let Some(part) = refused {
                assert_eq!(answer.status, 400, "{why}: {}", answer.body);
                assert!(answer.problem().contains(part), "{why}: {}", answer.body);
            } else {
                assert_eq!(answer.status, 201, "{why}: {}", answer.body);
                let issued = &answer.json()["verifiableCredential"];
                assert_holds(&api.verify(issued, &json!({ "checks": ["proof"] })), &why);
            }
        }
    }
}

#[test]
fn contexts_identifiers_and_types_are_as_the_data_model_has_them() {
    check(CONTEXTS_IDS_TYPES);
}

#[test]
fn names_and_descriptions_are_as_the_data_model_has_them() {
    check(NAMES);
}

#[test]
fn issuers_subjects_and_dates_are_as_the_data_model_has_them() {
    check(ISSUER_SUBJECT_DATES);
}

#[test]
fn status_schemas_and_what_is_more_are_as_the_data_model_has_them() {
    check(STATUS_SCHEMA_AND_MORE);
}

#[test]
fn what_was_sent_is_what_was_signed() {
    let api = Api::start();
    let mut credential = api.credential();
    credential["id"] = json!("urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e");
    for suite in DI_SUITES {
        let options =
            json!({ "cryptosuite": suite, "created": "2026-01-02T03:04:05Z", "verificationMethod": "did:x:y" });
        let mut issued = api.issued(&credential, &options);
        let proof = issued.as_object_mut().unwrap().remove("proof").unwrap();
        assert_eq!(issued, credential);
        let key = api.issuer.strip_prefix("did:key:").unwrap();
        assert_eq!(proof["type"], "DataIntegrityProof");
        assert_eq!(proof["cryptosuite"], suite);
        assert_eq!(proof["proofPurpose"], "assertionMethod");
        assert_eq!(proof["created"], "2026-01-02T03:04:05Z");
        assert_eq!(proof["verificationMethod"], format!("did:key:{key}#{key}"));
        // Multibase base58btc of 64 bytes (VC-DI-EdDSA §2.2.1), and UTF-8 as all of it.
        let value = proof["proofValue"].as_str().unwrap();
        assert!(value.starts_with('z') && (86..=90).contains(&value.len()), "{value}");
    }
    assert_eq!(api.issued(&credential, &json!({}))["proof"]["cryptosuite"], "eddsa-rdfc-2022");
    // Without options at all.
    assert_eq!(api.post("/credentials/issue", &json!({ "credential": credential })).status, 201);
    for (options, part) in [
        (json!({ "cryptosuite": "ecdsa-rdfc-2019" }), "$.options.cryptosuite"),
        (json!({ "type": "Ed25519Signature2020" }), "$.options.type"),
        (json!({ "created": "yesterday" }), "$.options.created"),
        (json!({ "statusList": { "purpose": "message" } }), "$.options.statusList"),
    ] {
        let answer = api.issue(&credential, &options);
        assert_eq!(answer.status, 400, "{options}");
        assert!(answer.problem().contains(part), "{options}: {}", answer.body);
    }
}

#[test]
fn it_signs_for_an_issuer_that_it_does_not_own_and_says_at_verification_that_it_is_none() {
    let api = Api::start();
    let mut credential = api.credential();
    credential["issuer"] = json!("did:key:z6MkhTNL7i2etLerDK8Acz5t528giE5KA4p75T6ka1E1D74r");
    let issued = api.issued(&credential, &json!({}));
    assert_eq!(issued["issuer"], credential["issuer"]);
    let answer = api.verify(&issued, &json!({ "checks": ["proof"] }));
    assert_fails(&answer, "a foreign issuer", "key", "key-of-another", &api.issuer);
}

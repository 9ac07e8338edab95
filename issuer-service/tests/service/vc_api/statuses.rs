//! Where does it stand whether a credential was revoked, by the statements of bitstring-status-list?

use serde_json::{Value, json};
use stapel_status::{MINIMUM_ENTRIES, StatusList};

use super::{Api, assert_fails, assert_holds};
use crate::http::split;

const ID: &str = "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e";

fn with_id(api: &Api) -> Value {
    let mut credential = api.credential();
    credential["id"] = json!(ID);
    credential
}

/// The list that an entry names, as a client that asks for JSON gets it.
fn list_of(api: &Api, entry: &Value) -> Value {
    let (port, path) = split(entry["statusListCredential"].as_str().unwrap());
    assert_eq!(port, api.port);
    let answer = api.get(path, &[("Accept", "application/ld+json, application/json")]);
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/ld+json")));
    answer.json()
}

fn is_set(list: &Value, entry: &Value) -> bool {
    let bits = StatusList::decode(list["credentialSubject"]["encodedList"].as_str().unwrap()).unwrap();
    bits.find(entry["statusListIndex"].as_str().unwrap().parse().unwrap()).unwrap()
}

#[test]
fn an_entry_and_its_list_are_as_the_standard_has_them() {
    let api = Api::start();
    let issued = api.issued(&with_id(&api), &json!({ "statusList": true }));
    let entry = &issued["credentialStatus"];
    // "The type property MUST be BitstringStatusListEntry." "The purpose of the status entry MUST be a string."
    assert_eq!((&entry["type"], &entry["statusPurpose"]), (&json!("BitstringStatusListEntry"), &json!("revocation")));
    // "an arbitrary size integer greater than or equal to 0, expressed as a string in base 10"
    let index = entry["statusListIndex"].as_str().unwrap();
    assert_eq!(index.parse::<u32>().unwrap().to_string(), index);
    // "If present, the id … MUST NOT be the URL for the status list."
    assert_ne!(entry["id"], entry["statusListCredential"]);

    let list = list_of(&api, entry);
    assert_eq!(list["id"], entry["statusListCredential"]);
    assert_eq!(list["issuer"], api.issuer);
    assert_eq!(list["type"], json!(["VerifiableCredential", "BitstringStatusListCredential"]));
    assert_eq!(list["credentialSubject"]["type"], "BitstringStatusList");
    assert_eq!(list["credentialSubject"]["statusPurpose"], "revocation");
    // "a Multibase-encoded base64url (with no padding)" "at least 16KB in size"
    let encoded = list["credentialSubject"]["encodedList"].as_str().unwrap();
    assert!(encoded.starts_with('u') && !encoded.contains('='), "{encoded}");
    assert_eq!(StatusList::decode(encoded).unwrap().len(), MINIMUM_ENTRIES);
    // It is a conforming document itself.
    assert_holds(&api.verify(&list, &json!({})), "the list");

    let path = split(entry["statusListCredential"].as_str().unwrap()).1.to_owned();
    for (accept, kind) in
        [("*/*", "application/vc"), ("application/vc", "application/vc"), ("application/json", "application/json")]
    {
        assert_eq!(api.get(&path, &[("Accept", accept)]).header("content-type"), Some(kind));
    }
    let published = api.post(&format!("{path}/publish"), &json!({}));
    assert_eq!((published.status, published.body.as_str()), (204, ""));

    let other = api.issued(&with_id(&api), &json!({ "statusList": { "purpose": "revocation" } }));
    assert_eq!(other["credentialStatus"]["statusListCredential"], entry["statusListCredential"]);
    assert_ne!(other["credentialStatus"]["statusListIndex"], entry["statusListIndex"], "each has a place of its own");
}

#[test]
fn a_revoked_credential_fails_from_then_on_under_every_suite() {
    let api = Api::start();
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022", "vc-jose-cose", "vc-jwt"] {
        let mut credential = api.credential();
        credential["id"] = json!(format!("urn:example:{suite}"));
        let issued = api.issued(&credential, &json!({ "cryptosuite": suite, "statusList": true }));
        let checks = json!({ "checks": ["proof", "credentialStatus"] });
        assert_holds(&api.verify(&issued, &checks), suite);
        // In the form of one, as the suite sends it.
        let change = json!({ "credentialId": credential["id"], "credentialStatus": {
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        } });
        let done = api.post("/credentials/status", &change);
        assert_eq!((done.status, &done.json()["credentialStatus"][0]["status"]), (200, &json!(true)), "{}", done.body);
        assert_fails(&api.verify(&issued, &checks), suite, "status", "revoked", "revoked it");
        assert_fails(&api.verify(&issued, &json!({})), suite, "status", "revoked", "revoked it");
        let answer = api.verify(&issued, &json!({ "checks": ["proof"] }));
        assert_holds(&answer, "the status was not asked");
        assert_eq!(answer.json()["warnings"][0]["because"], "revoked");

        let back = json!({ "credentialId": credential["id"], "credentialStatus": [{
            "type": "BitstringStatusListEntry", "status": false,
        }] });
        assert!(api.post("/credentials/status", &back).problem().contains("stays revoked"));
        assert_fails(&api.verify(&issued, &checks), "and it does", "status", "revoked", "");
    }
}

#[test]
fn a_suspension_ends() {
    let api = Api::start();
    let issued = api.issued(&with_id(&api), &json!({ "statusList": { "purpose": "suspension" } }));
    let entry = issued["credentialStatus"].clone();
    for (status, is_suspended) in [(true, true), (false, false), (true, true)] {
        let change = json!({ "credentialStatus": [{
            "type": "BitstringStatusListEntry", "status": status,
            "statusListCredential": entry["statusListCredential"], "statusListIndex": entry["statusListIndex"],
        }] });
        assert_eq!(api.post("/credentials/status", &change).status, 200);
        assert_eq!(is_set(&list_of(&api, &entry), &entry), is_suspended);
        let answer = api.verify(&issued, &json!({}));
        if is_suspended {
            assert_fails(&answer, "suspended", "status", "suspended", "for the time being");
        } else {
            assert_holds(&answer, "no more");
        }
    }
}

#[test]
fn what_no_credential_has_cannot_be_changed() {
    let api = Api::start();
    let issued = api.issued(&with_id(&api), &json!({ "statusList": true }));
    let list = &issued["credentialStatus"]["statusListCredential"];
    let index: usize = issued["credentialStatus"]["statusListIndex"].as_str().unwrap().parse().unwrap();
    let beside = ((index + 1) % MINIMUM_ENTRIES).to_string();
    let entry = |more: Value| {
        let mut change = json!({ "type": "BitstringStatusListEntry" });
        change.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        change
    };
    for (status, change) in [
        (404, json!({ "credentialId": "urn:example:other", "credentialStatus": entry(json!({})) })),
        (404, json!({ "credentialId": ID, "credentialStatus": entry(json!({ "statusPurpose": "suspension" })) })),
        (404, json!({ "credentialStatus": entry(json!({ "statusListCredential": list, "statusListIndex": beside })) })),
        (400, json!({ "credentialStatus": entry(json!({})) })),
        (400, json!({ "credentialId": ID, "credentialStatus": { "type": "RevocationList2020Status" } })),
        (400, json!({ "credentialId": ID })),
    ] {
        let answer = api.post("/credentials/status", &change);
        assert_eq!(answer.status, status, "{change}: {}", answer.body);
        assert!(!answer.problem().is_empty());
    }
    assert_holds(&api.verify(&issued, &json!({})), "nothing was changed");
    assert_eq!(api.post("/credentials/none/publish", &json!({})).status, 404);
}

#[test]
fn entries_that_callers_supply_are_signed_as_they_stand_and_checked_as_they_are() {
    let api = Api::start();
    let own = api.issued(&with_id(&api), &json!({ "statusList": true }))["credentialStatus"].clone();
    let supplied = |bend: &dyn Fn(&mut Value)| {
        let mut credential = api.credential();
        credential["credentialStatus"] = own.clone();
        bend(&mut credential["credentialStatus"]);
        credential
    };
    let refused = api.issue(&supplied(&|_| ()), &json!({ "statusList": true }));
    assert!(refused.problem().contains("names a status already"), "{}", refused.body);

    // "a MALFORMED_VALUE_ERROR MUST be raised"
    for (member, value) in [
        ("statusListIndex", json!(true)),
        ("statusListIndex", json!("-1")),
        ("statusListIndex", json!(null)),
        ("statusListCredential", json!("not-a-url")),
        ("statusPurpose", json!(null)),
        ("type", json!(null)),
        ("id", json!("not-a-url")),
    ] {
        let answer = api.issue(&supplied(&|entry| entry[member] = value.clone()), &json!({}));
        assert_eq!(answer.status, 400, "{member} {value}");
        assert!(answer.problem().contains("$.credentialStatus"), "{member} {value}: {}", answer.body);
    }
    let mut stray = api.credential();
    stray["statusEntry"] = json!({ "type": "BitstringStatusListEntry", "statusListIndex": true });
    assert_eq!(api.issue(&stray, &json!({})).status, 400);

    // "outside of the range of the bitstring, a RANGE_ERROR MUST be raised"
    let beyond = api.issued(&supplied(&|entry| entry["statusListIndex"] = json!("9999999")), &json!({}));
    let answer = api.verify(&beyond, &json!({}));
    assert_fails(&answer, "beyond", "status", "status-list-unusable", "number 9999999");
    assert_eq!(
        answer.json()["errors"][0]["type"],
        "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR"
    );

    // A purpose that is not the list's.
    let other = api.issued(&supplied(&|entry| entry["statusPurpose"] = json!("suspension")), &json!({}));
    assert_fails(&api.verify(&other, &json!({})), "purpose", "status", "status-list-unusable", "purpose");

    // A list of somebody else is not fetched.
    let far =
        api.issued(&supplied(&|entry| entry["statusListCredential"] = json!("https://status.example/1")), &json!({}));
    let answer = api.verify(&far, &json!({}));
    assert_fails(&answer, "far", "status", "status-list-missing", "could not be checked");
    assert_eq!(
        answer.json()["errors"][0]["type"],
        "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR"
    );
}

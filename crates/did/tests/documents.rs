//! Which key does a document give, and which documents are refused?
#![expect(clippy::unwrap_used, reason = "a test document that cannot be made fails its test")]

use serde_json::{Value, json};
use stapel_credential::{Did, DidUrl, Timestamp};
use stapel_did::{ControllerDocument, DOCUMENT_MAX_BYTES, DidError, METHODS_MAX, Relationship, did_key};
use stapel_keys::{PublicKey, SigningKey, VerifyingKey};

const SCHOOL: &str = "did:web:school.example";

fn school() -> Did {
    Did::parse(SCHOOL).unwrap()
}

fn method(fragment: &str) -> DidUrl {
    school().with_fragment(fragment).unwrap()
}

fn key(seed: u8) -> VerifyingKey {
    SigningKey::from_seed([seed; 32]).verifying_key()
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn multikey(id: &str, seed: u8) -> Value {
    json!({ "id": id, "type": "Multikey", "controller": SCHOOL, "publicKeyMultibase": key(seed).to_multikey() })
}

/// A document with one Multikey, listed for both uses.
fn document() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": SCHOOL,
        "verificationMethod": [multikey("did:web:school.example#key-1", 1)],
        "assertionMethod": ["did:web:school.example#key-1"],
        "authentication": ["did:web:school.example#key-1"],
    })
}

fn parse(json: &Value) -> Result<ControllerDocument, DidError> {
    ControllerDocument::parse(&json.to_string(), &school())
}

fn refused(change: impl Fn(&mut Value)) -> String {
    let mut json = document();
    change(&mut json);
    parse(&json).unwrap_err().to_string()
}

/// The answer to "which key is key-1, for assertions?" in a document changed so.
fn asked(change: impl Fn(&mut Value)) -> Result<PublicKey, String> {
    let mut json = document();
    change(&mut json);
    parse(&json).unwrap().key(&method("key-1"), Relationship::AssertionMethod).map_err(|error| error.to_string())
}

#[test]
fn a_listed_multikey_is_given() {
    let document = parse(&document()).unwrap();
    assert_eq!(document.id(), &school());
    assert_eq!(document.key(&method("key-1"), Relationship::AssertionMethod), Ok(key(1).into()));
    assert_eq!(document.key(&method("key-1"), Relationship::Authentication), Ok(key(1).into()));
}

#[test]
fn keys_in_the_other_spellings_are_given() {
    for kind in ["JsonWebKey", "JsonWebKey2020"] {
        let jwk = json!({ "id": "#key-1", "type": kind, "controller": SCHOOL, "publicKeyJwk": key(2).to_jwk() });
        assert_eq!(asked(|json| json["verificationMethod"] = json!([jwk])), Ok(key(2).into()));
    }
    assert_eq!(
        asked(|json| json["verificationMethod"][0]["type"] = json!("Ed25519VerificationKey2020")),
        Ok(key(1).into())
    );
}

#[test]
fn relative_ids_belong_to_the_document() {
    let relative = |json: &mut Value| {
        json["verificationMethod"][0]["id"] = json!("#key-1");
        json["assertionMethod"] = json!(["#key-1"]);
    };
    assert_eq!(asked(relative), Ok(key(1).into()));
}

#[test]
fn an_embedded_method_serves_its_relationship_alone() {
    let mut json = document();
    json["assertionMethod"] = json!([multikey("#key-2", 2)]);
    let document = parse(&json).unwrap();
    assert_eq!(document.key(&method("key-2"), Relationship::AssertionMethod), Ok(key(2).into()));
    assert_eq!(
        document.key(&method("key-2"), Relationship::Authentication).unwrap_err().to_string(),
        "did:web:school.example does not list did:web:school.example#key-2 under authentication"
    );
    assert_eq!(
        document.key(&method("key-1"), Relationship::AssertionMethod).unwrap_err().to_string(),
        "did:web:school.example does not list did:web:school.example#key-1 under assertionMethod"
    );
}

#[test]
fn a_method_that_is_not_listed_is_refused_also_where_the_list_is_missing() {
    let sentence = "did:web:school.example does not list did:web:school.example#key-1 under assertionMethod";
    assert_eq!(asked(|json| json["assertionMethod"] = json!([])), Err(sentence.to_owned()));
    let without = |json: &mut Value| {
        json.as_object_mut().unwrap().remove("assertionMethod");
    };
    assert_eq!(asked(without), Err(sentence.to_owned()));
}

#[test]
fn a_method_in_the_hands_of_another_is_refused() {
    assert_eq!(
        asked(|json| json["verificationMethod"][0]["controller"] = json!("did:web:stranger.example")),
        Err("did:web:school.example#key-1 is controlled by did:web:stranger.example, not by did:web:school.example"
            .to_owned())
    );
}

#[test]
fn a_method_of_another_did_is_refused_even_where_the_document_lists_it() {
    let stranger = DidUrl::parse("did:web:stranger.example#key-1").unwrap();
    let mut json = document();
    json["verificationMethod"] = json!([multikey(stranger.as_str(), 1)]);
    json["assertionMethod"] = json!([stranger.as_str()]);
    let error = parse(&json).unwrap().key(&stranger, Relationship::AssertionMethod).unwrap_err();
    assert_eq!(
        error.to_string(),
        "did:web:stranger.example#key-1 is not a verification method of did:web:school.example"
    );
}

#[test]
fn a_listed_method_that_is_nowhere_described_is_not_found() {
    assert_eq!(
        asked(|json| json["verificationMethod"] = json!([])),
        Err("did:web:school.example has no verification method did:web:school.example#key-1".to_owned())
    );
}

#[test]
fn a_did_web_without_fragment_does_not_say_which_key() {
    let document = parse(&document()).unwrap();
    let bare = DidUrl::parse(SCHOOL).unwrap();
    assert_eq!(
        document.key(&bare, Relationship::AssertionMethod).unwrap_err().to_string(),
        "did:web:school.example does not say which of its keys is meant: a fragment such as did:web:school.example#key-1 \
         is missing"
    );
}

#[test]
fn unsupported_and_unusable_keys_are_errors_for_the_one_who_asks_for_them_alone() {
    let mut json = document();
    json["verificationMethod"].as_array_mut().unwrap().push(json!({
        "id": "#key-2", "type": "Bls12381G2Key2020", "controller": SCHOOL, "publicKeyBase58": "25Ee",
    }));
    json["assertionMethod"].as_array_mut().unwrap().push(json!("#key-2"));
    let document = parse(&json).unwrap();
    assert_eq!(document.key(&method("key-1"), Relationship::AssertionMethod), Ok(key(1).into()));
    assert_eq!(
        document.key(&method("key-2"), Relationship::AssertionMethod).unwrap_err().to_string(),
        "did:web:school.example#key-2 cannot be used: its type \"Bls12381G2Key2020\" is not supported"
    );
}

const P_256: &str = "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv";
const P_384: &str = "z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9";

#[test]
fn keys_of_foreign_kinds_are_usable_under_each_type_that_may_hold_them() {
    let with = |kind: &str, member: &str, key: Value| {
        asked(|json| {
            let entry = json["verificationMethod"][0].as_object_mut().unwrap();
            entry.remove("publicKeyMultibase");
            entry.insert("type".to_owned(), json!(kind));
            entry.insert(member.to_owned(), key.clone());
        })
    };
    let p_256 = PublicKey::from_multikey(P_256).unwrap();
    assert_eq!(with("Multikey", "publicKeyMultibase", json!(P_256)), Ok(p_256.clone()));
    for kind in ["JsonWebKey", "JsonWebKey2020"] {
        assert_eq!(with(kind, "publicKeyJwk", p_256.to_jwk()), Ok(p_256.clone()));
    }
    // The type of 2020 is for Ed25519 alone.
    assert_eq!(
        with("Ed25519VerificationKey2020", "publicKeyMultibase", json!(P_256)).unwrap_err(),
        "did:web:school.example#key-1 cannot be used: this is a P-256 key; only Ed25519 keys are supported"
    );
}

#[test]
fn the_method_of_a_key_is_found_where_it_is_listed_and_holds() {
    let now = Timestamp::parse("2026-06-30T12:00:00Z").unwrap();
    let document = ControllerDocument::new(school(), &[(method("key-1"), key(1)), (method("key-2"), key(2))]).unwrap();
    let of = |document: &ControllerDocument, seed| {
        document.method_of(&key(seed).into(), Relationship::AssertionMethod, now).map_err(|error| error.to_string())
    };
    assert_eq!(of(&document, 2), Ok(method("key-2")));
    assert_eq!(
        of(&document, 3),
        Err(format!(
            "{SCHOOL} has no verification method with {}, which the signature brought along",
            key(3).to_multikey()
        ))
    );
    let mut json: Value = serde_json::from_str(&document.to_json()).unwrap();
    json["assertionMethod"] = json!([]);
    assert_eq!(
        of(&parse(&json).unwrap(), 2),
        Err("did:web:school.example does not list did:web:school.example#key-2 under assertionMethod".to_owned())
    );
    json["verificationMethod"][1]["revoked"] = json!("2026-01-01T00:00:00Z");
    json["assertionMethod"] = json!(["#key-2"]);
    assert_eq!(
        of(&parse(&json).unwrap(), 2),
        Err("did:web:school.example#key-2 was revoked on 2026-01-01T00:00:00Z".to_owned())
    );
}

#[test]
fn a_document_with_a_key_that_has_no_multikey_writes_it_as_a_jwk() {
    let jwk = json!({ "kty": "RSA", "e": "AQAB", "n": format!("{}Q", "v".repeat(341)) });
    let rsa = PublicKey::from_jwk(&jwk).unwrap();
    let made = ControllerDocument::new(school(), &[(method("key-1"), rsa.clone())]).unwrap();
    let json: Value = serde_json::from_str(&made.to_json()).unwrap();
    assert_eq!(json["verificationMethod"][0]["publicKeyJwk"], jwk);
    assert_eq!(json["@context"][2], "https://w3id.org/security/jwk/v1");
    assert_eq!(parse(&json).unwrap().key(&method("key-1"), Relationship::AssertionMethod), Ok(rsa));
}

#[test]
fn an_unusable_key_says_why() {
    let unusable = |method: Value| {
        asked(|json| {
            let entry = json["verificationMethod"][0].as_object_mut().unwrap();
            entry.remove("publicKeyMultibase");
            entry.extend(method.as_object().unwrap().clone());
        })
        .unwrap_err()
        .replace("did:web:school.example#key-1 cannot be used: ", "")
    };
    assert_eq!(
        unusable(json!({ "publicKeyMultibase": P_384 })),
        "this is a P-384 key; Ed25519, P-256 and RSA keys are supported"
    );
    assert_eq!(unusable(json!({})), "a Multikey has its key as text in publicKeyMultibase; this one does not");
    assert_eq!(
        unusable(json!({ "type": "JsonWebKey" })),
        "a JsonWebKey has its key in publicKeyJwk; this one does not"
    );
    assert_eq!(
        unusable(json!({ "publicKeyMultibase": key(1).to_multikey(), "publicKeyJwk": key(2).to_jwk() })),
        "it states its key twice, as publicKeyMultibase and as publicKeyJwk"
    );
    assert_eq!(
        unusable(json!({ "publicKeyMultibase": key(1).to_multikey(), "secretKeyMultibase": "z3u2" })),
        "it publishes its private key (secretKeyMultibase)"
    );
    let mut private = key(1).to_jwk();
    private["d"] = json!("AAAA");
    assert_eq!(
        unusable(json!({ "type": "JsonWebKey", "publicKeyJwk": private })),
        "this JWK contains the private key (member \"d\"): it must never leave its owner, and is now to be replaced"
    );
}

#[test]
fn a_key_counts_until_it_is_revoked_or_expires_and_not_from_then_on() {
    for (member, sentence) in [
        ("revoked", "did:web:school.example#key-1 was revoked on 2026-03-01T00:00:00Z"),
        ("expires", "did:web:school.example#key-1 expired on 2026-03-01T00:00:00Z"),
    ] {
        let mut json = document();
        json["verificationMethod"][0][member] = json!("2026-03-01T01:00:00+01:00");
        let document = parse(&json).unwrap();
        let at = |now| document.key_at(&method("key-1"), Relationship::AssertionMethod, instant(now));
        assert_eq!(at("2026-02-28T23:59:59Z"), Ok(key(1).into()));
        assert_eq!(at("2026-03-01T00:00:00Z").unwrap_err().to_string(), sentence);
        assert_eq!(at("2027-01-01T00:00:00Z").unwrap_err().to_string(), sentence);
        assert_eq!(document.key(&method("key-1"), Relationship::AssertionMethod), Ok(key(1).into()));
    }
    let document = parse(&document()).unwrap();
    let now = instant("2126-01-01T00:00:00Z");
    assert_eq!(document.key_at(&method("key-1"), Relationship::AssertionMethod, now), Ok(key(1).into()));
}

#[test]
fn the_document_of_another_is_refused() {
    assert_eq!(
        refused(|json| json["id"] = json!("did:web:stranger.example")),
        "the document of did:web:school.example says that it is that of \"did:web:stranger.example\""
    );
    assert_eq!(
        refused(|json| json["id"] = json!(["did:web:school.example"])),
        "the document of did:web:school.example cannot be read: $.id: is missing or is not text"
    );
}

#[test]
fn a_malformed_document_is_refused_with_its_path() {
    let refused = |change: &dyn Fn(&mut Value)| {
        refused(change).replace("the document of did:web:school.example cannot be read: ", "")
    };
    assert_eq!(refused(&|json| json["verificationMethod"] = json!({})), "$.verificationMethod: is not an array");
    assert_eq!(
        refused(&|json| json["verificationMethod"] = json!(["#key-1"])),
        "$.verificationMethod[0]: is not an object"
    );
    assert_eq!(
        refused(&|json| json["verificationMethod"][0]["id"] = json!("key-1")),
        "$.verificationMethod[0].id: \"key-1\" is not a DID URL with a fragment"
    );
    assert_eq!(
        refused(&|json| json["verificationMethod"][0]["id"] = json!(SCHOOL)),
        "$.verificationMethod[0].id: \"did:web:school.example\" is not a DID URL with a fragment"
    );
    assert_eq!(
        refused(&|json| json["verificationMethod"][0]["type"] = json!(7)),
        "$.verificationMethod[0].type: is not text"
    );
    assert_eq!(
        refused(&|json| {
            json["verificationMethod"][0].as_object_mut().unwrap().remove("controller");
        }),
        "$.verificationMethod[0].controller: is missing"
    );
    assert_eq!(
        refused(&|json| json["verificationMethod"][0]["expires"] = json!("2026-03-01")),
        "$.verificationMethod[0].expires: \"2026-03-01\" is not a date and time with time zone such as \
         2026-11-22T09:00:00Z"
    );
    assert_eq!(
        refused(&|json| json["authentication"] = json!([7])),
        "$.authentication[0]: is neither the id of a method nor a method"
    );
    assert_eq!(
        refused(&|json| json["assertionMethod"] = json!(["#key-1", "#"])),
        "$.assertionMethod[1]: \"#\" is not a DID URL with a fragment"
    );
}

#[test]
fn two_methods_of_one_id_are_refused_wherever_they_stand() {
    let sentence = "the document of did:web:school.example has two verification methods did:web:school.example#key-1";
    let twice = json!([multikey("#key-1", 1), multikey("did:web:school.example#key-1", 2)]);
    assert_eq!(refused(|json| json["verificationMethod"] = twice.clone()), sentence);
    assert_eq!(refused(|json| json["assertionMethod"] = json!([multikey("#key-1", 2)])), sentence);
}

#[test]
fn text_that_is_not_strict_json_is_refused() {
    let refused = |text: &str| ControllerDocument::parse(text, &school()).unwrap_err().to_string();
    assert_eq!(
        refused(r#"{"id":"did:web:school.example","id":"did:web:school.example"}"#),
        "the document of did:web:school.example cannot be read: $.id: the member stands twice in its object"
    );
    assert!(
        refused("<!doctype html>").starts_with("the document of did:web:school.example cannot be read: not JSON: ")
    );
    assert!(refused("[]").starts_with("the document of did:web:school.example cannot be read: $: "));
    let long = " ".repeat(DOCUMENT_MAX_BYTES + 1);
    assert_eq!(
        refused(&long),
        "the document of did:web:school.example cannot be read: the document has 262145 bytes; at most 262144 are read"
    );
}

#[test]
fn more_than_a_thousand_methods_are_refused() {
    let sentence = "the document of did:web:school.example has more than 1000 verification methods";
    let methods = |count: usize| -> Value {
        (0..count).map(|i| json!({ "id": format!("#{i}"), "type": "x", "controller": SCHOOL })).collect()
    };
    assert!(parse(&json!({ "id": SCHOOL, "verificationMethod": methods(METHODS_MAX) })).is_ok());
    let over = json!({ "id": SCHOOL, "verificationMethod": methods(METHODS_MAX + 1) });
    assert_eq!(parse(&over).unwrap_err().to_string(), sentence);
    let embedded = json!({
        "id": SCHOOL,
        "verificationMethod": methods(METHODS_MAX),
        "authentication": [multikey("#one-more", 1)],
    });
    assert_eq!(parse(&embedded).unwrap_err().to_string(), sentence);
}

#[test]
fn a_document_that_was_made_reads_back() {
    let made = ControllerDocument::new(school(), &[(method("key-1"), key(1)), (method("key-2"), key(2))]).unwrap();
    let text = made.to_json();
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": SCHOOL,
            "verificationMethod": [
                multikey("did:web:school.example#key-1", 1),
                multikey("did:web:school.example#key-2", 2),
            ],
            "assertionMethod": ["did:web:school.example#key-1", "did:web:school.example#key-2"],
            "authentication": ["did:web:school.example#key-1", "did:web:school.example#key-2"],
        })
    );
    let read = ControllerDocument::parse(&text, &school()).unwrap();
    for (fragment, seed) in [("key-1", 1), ("key-2", 2)] {
        for relationship in [Relationship::AssertionMethod, Relationship::Authentication] {
            assert_eq!(read.key(&method(fragment), relationship), Ok(key(seed).into()));
            assert_eq!(made.key(&method(fragment), relationship), Ok(key(seed).into()));
        }
    }
}

#[test]
fn a_document_that_was_received_is_given_back_as_it_came() {
    let text = format!("{:#}\n", document());
    assert_eq!(ControllerDocument::parse(&text, &school()).unwrap().to_json(), text);
}

#[test]
fn a_document_is_not_made_with_methods_that_are_not_its_own() {
    let made = |methods: &[(DidUrl, VerifyingKey)]| ControllerDocument::new(school(), methods).unwrap_err().to_string();
    let other = did_key(&key(1)).with_fragment("a").unwrap();
    assert_eq!(
        made(&[(other.clone(), key(1))]),
        format!("{other} is not a verification method of did:web:school.example")
    );
    assert_eq!(
        made(&[(method("key-1"), key(1)), (method("key-1"), key(2))]),
        "the document of did:web:school.example has two verification methods did:web:school.example#key-1"
    );
    assert!(made(&[(DidUrl::parse(SCHOOL).unwrap(), key(1))]).contains("does not say which of its keys is meant"));
}

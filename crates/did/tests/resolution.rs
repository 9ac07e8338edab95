//! What does a DID resolve to, and which DIDs are refused?
#![expect(clippy::unwrap_used, clippy::panic, reason = "a vector that cannot be read fails its test")]

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use stapel_credential::{Did, DidUrl};
use stapel_did::{ControllerDocument, Relationship, Resolution, did_key, did_key_verification_method, resolve};
use stapel_keys::{PublicKey, SigningKey, VerifyingKey};

/// A shared file of did:key vectors; `None`, said aloud, where the folder is not there.
fn vectors(file: &str) -> Option<Value> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors"));
    if !folder.is_dir() {
        assert!(std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"), "{} is missing", folder.display());
        println!("skipped: {} is missing", folder.display());
        return None;
    }
    let text = std::fs::read_to_string(folder.join("did-key").join(file)).unwrap();
    let cases: Value = serde_json::from_str(&text).unwrap();
    // x25519.json alone has one level more.
    Some(cases.get("didDocument").cloned().unwrap_or(cases))
}

fn did(text: &str) -> Did {
    Did::parse(text).unwrap()
}

fn ready(did: &Did) -> ControllerDocument {
    match resolve(did).unwrap() {
        Resolution::Ready(document) => document,
        Resolution::Fetch(url) => panic!("{did} wants {url}"),
    }
}

fn refused(text: &str) -> String {
    resolve(&did(text)).unwrap_err().to_string()
}

fn did_jwk(jwk: &str) -> String {
    format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(jwk))
}

fn key() -> VerifyingKey {
    SigningKey::from_seed([42; 32]).verifying_key()
}

#[test]
fn every_ed25519_did_key_of_the_vectors_resolves_to_its_key() {
    let Some(cases) = vectors("ed25519-x25519.json") else { return };
    let cases = cases.as_object().unwrap();
    assert_eq!(cases.len(), 5);
    for (name, case) in cases {
        let document = ready(&did(name));
        let method = DidUrl::parse(case["didDocument"]["verificationMethod"][0]["id"].as_str().unwrap()).unwrap();
        for relationship in [Relationship::AssertionMethod, Relationship::Authentication] {
            let listed = case["didDocument"][relationship.as_str()].as_array().unwrap();
            assert!(listed.contains(&Value::from(method.as_str())));
            let key = document.key(&method, relationship).unwrap();
            let key = *key.as_ed25519().unwrap();
            assert_eq!(did_key(&key), did(name));
            assert_eq!(did_key_verification_method(&key), method);
            assert_eq!(document.key(&DidUrl::parse(name).unwrap(), relationship), Ok(key.into()));
        }
    }
}

#[test]
fn did_keys_of_other_kinds_are_refused_by_their_kind() {
    let files =
        [("nist-curves.json", 4), ("rsa.json", 2), ("secp256k1.json", 6), ("bls12381.json", 6), ("x25519.json", 4)];
    let mut kinds = std::collections::BTreeMap::new();
    for (file, count) in files {
        let Some(cases) = vectors(file) else { return };
        let cases = cases.as_object().unwrap();
        let names: Vec<&String> = cases.keys().filter(|name| !name.starts_with("did:key:zDn")).collect();
        assert_eq!(names.len(), count, "{file}");
        for name in names {
            let refused = refused(name);
            let kind = refused.strip_prefix(&format!("{name}: this is ")).unwrap_or_else(|| panic!("{refused}"));
            *kinds.entry(kind.split("; ").next().unwrap().to_owned()).or_insert(0) += 1;
        }
    }
    let kinds: Vec<_> = kinds.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(
        kinds,
        [
            ("a BLS12-381 key", 6),
            ("a P-384 key", 2),
            ("a P-521 key", 2),
            ("a secp256k1 key", 6),
            ("an RSA key", 2),
            ("an X25519 key, which cannot sign", 4),
        ]
    );
}

#[test]
fn every_p_256_did_key_of_the_vectors_resolves_to_its_key() {
    let Some(cases) = vectors("nist-curves.json") else { return };
    let mut count = 0;
    for (name, case) in cases.as_object().unwrap().iter().filter(|(name, _)| name.starts_with("did:key:zDn")) {
        let document = ready(&did(name));
        let bare = DidUrl::parse(name).unwrap();
        let key = document.key(&bare, Relationship::AssertionMethod).unwrap();
        assert_eq!(key.to_multikey().unwrap(), name["did:key:".len()..]);
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()), Ok(key.clone()));
        let published = &case["verificationMethod"];
        let published = published.get(0).unwrap_or(published);
        if let Some(jwk) = published.get("publicKeyJwk") {
            assert_eq!(PublicKey::from_jwk(jwk), Ok(key));
        }
        count += 1;
    }
    assert_eq!(count, 3);
}

#[test]
fn a_did_key_with_another_fragment_names_nothing() {
    let document = ready(&did_key(&key()));
    let method = did_key(&key()).with_fragment("key-1").unwrap();
    assert_eq!(
        document.key(&method, Relationship::Authentication).unwrap_err().to_string(),
        format!("{} has no verification method {method}", did_key(&key()))
    );
}

#[test]
fn a_did_key_that_is_no_key_is_refused() {
    let cases = [
        (
            "did:key:abc",
            "did:key:abc: the key cannot be read: the text does not start with 'z', the multibase prefix of base58btc",
        ),
        ("did:key:z", "did:key:z: this is no key; Ed25519, P-256 and RSA keys are supported"),
        (
            "did:key:z6MkO",
            "did:key:z6MkO: the key cannot be read: the character at position 4 is not in the base58btc alphabet",
        ),
    ];
    for (name, sentence) in cases {
        assert_eq!(refused(name), sentence);
    }
    let versioned = format!("did:key:1.1:{}", key().to_multikey());
    assert!(refused(&versioned).contains("does not start with 'z'"));
}

/// The bytes 01 00 … encode (0, 1), the neutral point.
#[test]
fn a_did_key_of_small_order_is_refused() {
    let name = "did:key:z6MkeXATEjyXENzBXBxgC5EHk2JE5aqd7qMGGtDpLUH1e2Sj";
    assert_eq!(
        refused(name),
        format!("{name}: this key has small order: a signature under it fits almost every document")
    );
}

#[test]
fn a_did_jwk_of_an_ed25519_key_resolves_to_its_method_0() {
    let name = did(&did_jwk(&key().to_jwk().to_string()));
    let document = ready(&name);
    let method = name.with_fragment("0").unwrap();
    assert_eq!(document.key(&method, Relationship::AssertionMethod), Ok(key().into()));
    assert_eq!(document.key(&method, Relationship::Authentication), Ok(key().into()));
    let bare = DidUrl::parse(name.as_str()).unwrap();
    assert_eq!(
        document.key(&bare, Relationship::Authentication).unwrap_err().to_string(),
        format!("{name} does not say which of its keys is meant: a fragment such as {name}#key-1 is missing")
    );
}

/// The did:jwk Method's first example, a P-256 key.
#[test]
fn a_did_jwk_of_p_256_resolves_to_its_key() {
    let name = "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9";
    let method = did(name).with_fragment("0").unwrap();
    let key = ready(&did(name)).key(&method, Relationship::AssertionMethod).unwrap();
    assert_eq!(key.kind(), "P-256");
    assert_eq!(did_jwk(&key.to_jwk().to_string()), name);
}

#[test]
fn a_did_jwk_of_another_kind_is_refused() {
    for (jwk, kind) in [
        (r#"{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}"#, r#"a key on the curve "secp256k1""#),
        (r#"{"kty":"OKP","crv":"X25519","x":"AA"}"#, r#"a key on the curve "X25519""#),
        (r#"{"kty":"AKP","alg":"ML-DSA-44","pub":"AA"}"#, r#"a key of the kind "AKP""#),
    ] {
        let name = did_jwk(jwk);
        assert_eq!(refused(&name), format!("{name}: this is {kind}; Ed25519, P-256 and RSA keys are supported"));
    }
}

#[test]
fn a_did_jwk_that_holds_no_strict_jwk_is_refused() {
    let x = key().to_jwk()["x"].as_str().unwrap().to_owned();
    let cause = |jwk: &str| {
        let name = did_jwk(jwk);
        refused(&name).replace(&name, "DID")
    };
    assert_eq!(
        cause(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","x":"{x}"}}"#)),
        "DID is not a did:jwk: $.x: the member stands twice in its object"
    );
    assert_eq!(cause(&" ".repeat(1501)), "DID is not a did:jwk: the document has 1501 bytes; at most 1500 are read");
    assert!(cause("{").starts_with("DID is not a did:jwk: not JSON: "));
    assert_eq!(cause("[]"), r#"DID: the JWK's member "kty" is missing where "OKP" belongs"#);
    assert!(cause(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","d":"{x}"}}"#)).contains("private key"));
    assert_eq!(
        refused("did:jwk:e30.e30"),
        "did:jwk:e30.e30 is not a did:jwk: what follows is not base64url without padding"
    );
    assert_eq!(refused("did:jwk:_w"), "did:jwk:_w is not a did:jwk: it holds no UTF-8 text");
}

#[test]
fn a_did_web_says_which_url_it_needs() {
    assert_eq!(
        resolve(&did("did:web:school.example:opleiding")),
        Ok(Resolution::Fetch("https://school.example/opleiding/did.json".to_owned()))
    );
    assert_eq!(
        refused("did:web:10.0.0.1"),
        "did:web:10.0.0.1 is not a did:web: its host is an IP address; only 127.0.0.1 with a port is taken, for development"
    );
}

#[test]
fn another_method_is_refused_by_name() {
    assert_eq!(
        refused("did:ebsi:zvHWX359A3CvfJnCYaAiAde"),
        "did:ebsi:zvHWX359A3CvfJnCYaAiAde: the DID method \"ebsi\" is not supported; did:key, did:jwk and did:web are"
    );
}

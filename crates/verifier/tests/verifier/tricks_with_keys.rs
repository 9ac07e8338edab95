//! Which names of keys and which documents of keys are not what they seem?

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use stapel_credential::Did;
use stapel_verifier::CheckKind;

use crate::scene::{Scene, bare};
use crate::vectors::{Vector, refused, undecided};
use crate::world::*;

/// A badge by this issuer, pinned, signed by the school's key under this name.
fn issued_by(issuer: &str, method: &str) -> Scene {
    let mut badge = web_badge();
    badge["issuer"]["id"] = json!(issuer);
    let scene = bare(&pen("school").naming(method).sign(badge));
    if Did::parse(issuer).is_ok() { scene.pinned(issuer) } else { scene }
}

/// The same for a DID that is its own key's name.
fn self_named(specific: &str) -> Scene {
    let did = format!("did:key:{specific}");
    issued_by(&did, &format!("{did}#{specific}"))
}

/// A badge by the did:jwk of this JWK.
fn by_jwk(jwk: &Value) -> Scene {
    let did = format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(jwk.to_string()));
    issued_by(&did, &format!("{did}#0"))
}

fn jwk() -> Value {
    key("school").verifying_key().to_jwk()
}

/// A badge of the school under its own address, whose document was bent.
fn web(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut document = web_document();
    bend(&mut document);
    bare(&web_pen().sign(web_badge())).controller(WEB, &document).pinned(WEB)
}

fn did_key_cases() -> Vec<Vector> {
    let key_refused = |name, proves, scene| refused(name, CheckKind::Key, "key-refused", proves, scene);
    let unreadable = |name, proves, scene| undecided(name, CheckKind::Key, "key-unreadable", proves, scene);
    let school = multikey("school");
    let bytes = key("school").verifying_key().as_bytes().to_vec();
    let coded = |prefix: &[u8], bytes: &[u8]| format!("z{}", bs58::encode([prefix, bytes].concat()).into_string());
    vec![
        key_refused(
            "did-key-in-capitals",
            "the name of a key is compared and read letter by letter",
            self_named(&school.to_uppercase()),
        ),
        key_refused(
            "did-key-in-base64url",
            "a did:key has one spelling, so one key has one name",
            self_named(&format!("u{}", URL_SAFE_NO_PAD.encode([&[0xed, 0x01][..], &bytes].concat()))),
        ),
        key_refused(
            "did-key-with-a-byte-too-many",
            "a key has 32 bytes, and what follows them is not passed over",
            self_named(&coded(&[0xed, 0x01], &[&bytes[..], &[0]].concat())),
        ),
        key_refused(
            "did-key-with-a-byte-too-few",
            "nor is what lacks filled up",
            self_named(&coded(&[0xed, 0x01], &bytes[..31])),
        ),
        unreadable(
            "did-key-with-a-longer-prefix",
            "the kind of a key is written in the shortest way alone",
            self_named(&coded(&[0xed, 0x81, 0x00], &bytes)),
        ),
        key_refused(
            "did-key-off-the-curve",
            "32 bytes that are no point are no key",
            self_named(&coded(&[0xed, 0x01], &{
                let mut off = [0; 32];
                off[0] = 2;
                off
            })),
        ),
        key_refused(
            "did-key-of-the-neutral-element",
            "every signature with the right R fits the neutral element",
            self_named(&coded(&[0xed, 0x01], &{
                let mut one = [0; 32];
                one[0] = 1;
                one
            })),
        ),
        key_refused(
            "did-key-named-by-another-fragment",
            "the one key of a did:key is called by its own name",
            issued_by(&did("school"), &format!("{}#key-1", did("school"))),
        ),
        unreadable(
            "did-key-for-agreement",
            "a key that others make secrets with signs nothing",
            self_named(&coded(&[0xec, 0x01], &bytes)),
        ),
    ]
}

fn did_jwk_cases() -> Vec<Vector> {
    let key_refused = |name, proves, scene| refused(name, CheckKind::Key, "key-refused", proves, scene);
    let unreadable = |name, proves, scene| undecided(name, CheckKind::Key, "key-unreadable", proves, scene);
    let with = |member: &str, value: Value| {
        let mut jwk = jwk();
        jwk[member] = value;
        by_jwk(&jwk)
    };
    let spelled = |text: String| {
        let did = format!("did:jwk:{text}");
        issued_by(&did, &format!("{did}#0"))
    };
    let did = format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(jwk().to_string()));
    vec![
        key_refused("did-jwk-with-its-private-half", "who published the private half did not sign alone", {
            with("d", json!(URL_SAFE_NO_PAD.encode([7; 32])))
        }),
        key_refused("did-jwk-for-encryption", "a key says for what it is", with("use", json!("enc"))),
        key_refused("did-jwk-of-another-algorithm", "and for which algorithm", with("alg", json!("ES256"))),
        unreadable("did-jwk-of-another-curve", "a key of another curve has 32 bytes too", with("crv", json!("X25519"))),
        key_refused("did-jwk-called-by-another-name", "its one key is called 0", issued_by(&did, &format!("{did}#1"))),
        key_refused(
            "did-jwk-with-a-member-twice",
            "of two keys in one name one may sign and the other be shown",
            spelled({
                let x = jwk()["x"].as_str().unwrap().to_owned();
                let other = key("stranger").verifying_key().to_jwk()["x"].as_str().unwrap().to_owned();
                URL_SAFE_NO_PAD.encode(format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{other}","x":"{x}"}}"#))
            }),
        ),
        key_refused("did-jwk-that-is-no-json", "what is no JWK is no key", spelled(URL_SAFE_NO_PAD.encode("key"))),
        undecided(
            "did-jwk-padded",
            CheckKind::Key,
            "key-unreadable",
            "a name with an equals sign is no DID, and is not looked up",
            spelled(URL_SAFE.encode(format!("{} ", jwk()))),
        ),
        key_refused(
            "did-jwk-of-a-small-key",
            "a weak key is none in any spelling",
            with("x", {
                json!(URL_SAFE_NO_PAD.encode({
                    let mut one = [0; 32];
                    one[0] = 1;
                    one
                }))
            }),
        ),
    ]
}

fn did_web_cases() -> Vec<Vector> {
    let key_refused = |name, proves, scene| refused(name, CheckKind::Key, "key-refused", proves, scene);
    let nowhere = |did: &str| issued_by(did, &format!("{did}#key-1"));
    let unreadable = |name, proves, scene| undecided(name, CheckKind::Key, "key-unreadable", proves, scene);
    vec![
        key_refused("did-web-upwards", "a path does not leave its place", nowhere("did:web:roc.example:..:stranger")),
        key_refused(
            "did-web-upwards-by-an-escape",
            "nor when its dots are written otherwise",
            nowhere("did:web:roc.example:%2e%2e:stranger"),
        ),
        key_refused(
            "did-web-that-hides-a-slash",
            "what stands for a slash does not cut an address in two",
            nowhere("did:web:roc.example%2Fstranger"),
        ),
        key_refused(
            "did-web-with-a-name-before-the-host",
            "the host is what stands there, and not what follows an @",
            nowhere("did:web:roc.example%40stranger.example"),
        ),
        key_refused(
            "did-web-of-this-machine",
            "the machine of the verifier is not the issuer's",
            nowhere("did:web:127.0.0.1"),
        ),
        key_refused(
            "did-web-of-this-machine-as-a-number",
            "in whatever way its address is written",
            nowhere("did:web:2130706433"),
        ),
        key_refused("did-web-of-the-metadata-service", "nor a machine beside it", nowhere("did:web:169.254.169.254")),
        key_refused(
            "did-web-with-an-impossible-port",
            "a port has at most five digits",
            nowhere("did:web:roc.example%3A65536"),
        ),
        refused(
            "did-web-in-capitals",
            CheckKind::Key,
            "key-of-another",
            "two spellings of a host are two names",
            bare(&web_pen().sign({
                let mut badge = web_badge();
                badge["issuer"]["id"] = json!("did:web:ROC.example");
                badge
            }))
            .controller(WEB, &web_document())
            .pinned("did:web:ROC.example"),
        ),
        refused(
            "did-web-below-the-issuer",
            CheckKind::Key,
            "key-of-another",
            "whoever has a page at the school's address is not the school",
            bare(&pen("stranger").naming("did:web:roc.example:learner#key-1").sign(web_badge()))
                .controller(WEB, &web_document())
                .pinned(WEB),
        ),
        unreadable(
            "key-named-with-a-query",
            "the name of a key does not choose among versions of its document",
            issued_by(WEB, "did:web:roc.example?versionTime=2020-01-01T00:00:00Z#key-1")
                .controller(WEB, &web_document()),
        ),
        unreadable(
            "issuer-named-as-a-key",
            "an issuer is not one of its keys",
            issued_by(&format!("{WEB}#key-1"), &format!("{WEB}#key-1")).controller(WEB, &web_document()),
        ),
    ]
}

fn document_cases() -> Vec<Vector> {
    let key_refused = |name, proves, scene| refused(name, CheckKind::Key, "key-refused", proves, scene);
    let unreadable = |name, proves, scene| undecided(name, CheckKind::Key, "key-unreadable", proves, scene);
    let first = |document: &mut Value| document["verificationMethod"][0].as_object_mut().unwrap().clone();
    vec![
        key_refused(
            "key-listed-under-a-name-that-begins-alike",
            "names of keys are compared whole",
            web(|document| document["assertionMethod"] = json!([format!("{WEB}#key-10")])),
        ),
        key_refused(
            "key-listed-for-nothing",
            "a document that lists no key for statements has none",
            web(|document| drop(document.as_object_mut().unwrap().remove("assertionMethod"))),
        ),
        key_refused(
            "key-listed-under-the-name-of-another-document",
            "a reference to somebody else's key does not list one's own",
            web(|document| document["assertionMethod"] = json!(["did:web:stranger.example#key-1"])),
        ),
        key_refused(
            "key-revoked-at-this-instant",
            "a key ends at the instant that it is told to, not after it",
            web(|document| document["verificationMethod"][0]["revoked"] = json!(NOW)),
        ),
        key_refused(
            "key-of-another-in-the-issuers-document",
            "a key that the stranger controls is the stranger's, wherever it is listed",
            web(|document| {
                let mut method = first(document);
                method.insert("id".to_owned(), json!(format!("{WEB}#key-2")));
                document["verificationMethod"].as_array_mut().unwrap().push(Value::Object(method));
                document["verificationMethod"][0]["controller"] = json!(did("stranger"));
            }),
        ),
        unreadable(
            "key-told-in-two-ways",
            "a key that is told twice may be told differently",
            web(|document| {
                document["verificationMethod"][0]["publicKeyJwk"] = key("stranger").verifying_key().to_jwk();
            }),
        ),
        unreadable(
            "key-of-a-kind-that-is-not-read",
            "a kind of key that is not read says nothing against the badge",
            web(|document| document["verificationMethod"][0]["type"] = json!("EcdsaSecp256k1VerificationKey2019")),
        ),
        unreadable(
            "key-without-its-key",
            "a name without a key verifies nothing",
            web(|document| {
                document["verificationMethod"][0].as_object_mut().unwrap().remove("publicKeyMultibase");
            }),
        ),
        unreadable(
            "key-in-another-alphabet",
            "a key is written in base58btc",
            web(|document| {
                let text = format!("m{}", STANDARD.encode(key("school").verifying_key().as_bytes()));
                document["verificationMethod"][0]["publicKeyMultibase"] = json!(text);
            }),
        ),
    ]
}

pub(crate) fn vectors() -> Vec<Vector> {
    [did_key_cases(), did_jwk_cases(), did_web_cases(), document_cases()].concat()
}

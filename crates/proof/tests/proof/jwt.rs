//! Which JWTs are authentic? Those of others, read as they were published, and ours, bent in every place.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, Did, DidUrl, Timestamp, VerifiablePresentation, jcs};
use stapel_keys::{Algorithm, PublicKey, Signer as _};
use stapel_proof::{
    AuthenticateError, Cryptosuite, KeyLookupError, KeySource, ProofError, ProofOptions, ProofPurpose, Signed,
    Unsecured, is_jwt, peek_document_unverified,
};

use crate::support::{
    ByItsIssuer, DidKeys, Refusal, assertion, badge, badge_refusal, did, key, method, now, read, vectors,
};

pub(crate) const FORMS: [Cryptosuite; 2] =
    [Cryptosuite::VcJwt(Algorithm::EdDsa), Cryptosuite::VcJoseCose(Algorithm::EdDsa)];

pub(crate) fn signed(form: &Cryptosuite) -> Signed<AchievementCredential> {
    Unsecured::new(badge()).sign(&key(1), &assertion(1).with(form.clone())).unwrap()
}

pub(crate) fn parts(text: &str) -> (Value, Value, Vec<u8>) {
    let parts: Vec<Vec<u8>> = text.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
    assert_eq!(parts.len(), 3);
    let json = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap();
    (json(&parts[0]), json(&parts[1]), parts[2].clone())
}

/// A token of the key of this seed, made step by step (RFC 7515 §5.1).
fn token(seed: u8, header: &Value, payload: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", encode(header), encode(payload));
    let signature = key(seed).sign(input.as_bytes()).unwrap().to_base64url();
    format!("{input}.{signature}")
}

fn bent(form: &Cryptosuite, bend: impl FnOnce(&mut Value, &mut Value)) -> String {
    let (mut header, mut payload, _) = parts(signed(form).text());
    bend(&mut header, &mut payload);
    token(1, &header, &payload)
}

#[test]
fn a_badge_is_the_same_in_every_form_and_its_text_is_not() {
    let plain = crate::support::signed_by(1);
    for form in FORMS {
        let signed = signed(&form);
        let again = Signed::<AchievementCredential>::parse(signed.text()).unwrap();
        assert_eq!(again.peek_unverified(), &badge());
        assert_eq!(again.peek_unverified().reference(), plain.peek_unverified().reference());
        assert_eq!(again.proofs().collect::<Vec<_>>(), signed.proofs().collect::<Vec<_>>());
        assert_eq!(again.digest().as_bytes(), &jcs::sha256(signed.text().as_bytes()));
        assert_ne!(again.digest(), plain.digest());
        assert!(is_jwt(again.text()) && !is_jwt(plain.text()));
        assert_eq!(peek_document_unverified(again.text()), again.document_text());
        assert_eq!(plain.document_text(), plain.text());
        let authentic = again.authenticate(&DidKeys).unwrap();
        assert_eq!(authentic.content(), &badge());
        assert_eq!(authentic.proofs().next().unwrap().cryptosuite, form);
    }
}

#[test]
fn no_altered_character_of_a_jwt_goes_unnoticed() {
    for form in FORMS {
        let genuine = signed(&form).text().to_owned();
        for at in 0..genuine.len() {
            let other = if genuine.as_bytes()[at] == b'A' { "B" } else { "A" };
            let mut altered = genuine.clone();
            altered.replace_range(at..=at, other);
            badge_refusal(&altered);
        }
        for end in 0..genuine.len() {
            badge_refusal(&genuine[..end]);
        }
    }
}

proptest! {
    #[test]
    fn no_random_header_or_payload_is_authentic_by_chance(header in "[ -~]{0,60}", payload in "[ -~]{0,60}") {
        let text = format!("{}.{}.AAAA", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        badge_refusal(&text);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "e[A-Za-z0-9_.=-]{0,200}") {
        badge_refusal(&text);
        peek_document_unverified(&text);
    }
}

#[test]
fn what_the_header_says_is_told_with_its_place() {
    let form = &FORMS[0];
    for (member, value, sentence) in [
        ("alg", json!("none"), r#"the header of the JWT: alg is "none": nobody signed it"#),
        (
            "alg",
            json!("HS512"),
            "the header of the JWT: alg HS512 is for shared secrets: whoever can verify it can forge it",
        ),
        ("alg", json!(7), "the header of the JWT: $.alg: expected text"),
        (
            "crit",
            json!(["exp", "b64"]),
            r#"the header of the JWT: crit asks to understand ["exp","b64"], which this version does not"#,
        ),
        ("b64", json!(false), "the header of the JWT: b64 asks for a payload that is not encoded"),
        ("b64", json!("true"), "the header of the JWT: b64 asks for a payload that is not encoded"),
        (
            "x5c",
            json!([]),
            "the header of the JWT: x5c brings a key along; only the keys of the signer's own DID count",
        ),
        ("typ", json!("at+jwt"), "the header of the JWT: $.typ: expected JWT or vc+jwt"),
        ("cty", json!("JWT"), "the header of the JWT: $.cty: expected vc"),
        ("kid", json!(["a"]), "the header of the JWT: $.kid: expected text"),
        (
            "jwk",
            json!({ "kty": "oct", "k": "AAAA" }),
            "the header of the JWT: jwk: this JWK contains the private key (member \"k\"): it must never leave its owner, and is now to be replaced",
        ),
    ] {
        let refusal = badge_refusal(&bent(form, |header, _| header[member] = value));
        assert_eq!(refusal.sentence(), sentence);
        assert!(!refusal.is_undecided());
    }
    let harmless = bent(form, |header, _| header["b64"] = json!(true));
    assert_eq!(read::<AchievementCredential>(&harmless), Ok(()));
}

#[test]
fn what_the_claims_say_otherwise_is_told_with_both() {
    let form = &FORMS[0];
    for (claim, value, sentence) in [
        ("iss", json!(did(3)), format!("the claim iss of the JWT is {}, and $.issuer is {}", did(3), did(1))),
        (
            "jti",
            json!("urn:uuid:1"),
            "the claim jti of the JWT is urn:uuid:1, and $.id is urn:uuid:7c4f8a52-4c0e-4d9a-9a55-0f6b7a1c2d3e"
                .to_owned(),
        ),
        (
            "sub",
            json!(did(3)),
            format!("the claim sub of the JWT is {}, and $.credentialSubject.id is {}", did(3), did(2)),
        ),
        (
            "nbf",
            json!(0),
            "the claim nbf of the JWT is 1970-01-01T00:00:00Z, and $.validFrom is 2026-06-30T12:00:00Z".to_owned(),
        ),
        ("nbf", json!(0.5), "$.nbf: expected whole seconds since 1970, of a year up to 9999".to_owned()),
        ("nbf", json!(1e300), "$.nbf: expected whole seconds since 1970, of a year up to 9999".to_owned()),
        ("exp", json!("tomorrow"), "$.exp: expected a number".to_owned()),
        ("sub", json!([did(2)]), "$.sub: expected text".to_owned()),
        ("aud", json!([1]), "$.aud: expected text".to_owned()),
    ] {
        let refusal = badge_refusal(&bent(form, |_, payload| payload[claim] = value));
        assert_eq!(refusal.sentence(), sentence);
        assert!(!refusal.is_undecided());
    }
}

#[test]
fn an_end_that_is_not_that_of_the_badge_is_a_contradiction_in_one_form_and_the_signatures_in_the_other() {
    let with_end = |form: &Cryptosuite, exp: i64| {
        bent(form, |_, payload| {
            payload["validUntil"] = json!("2027-01-01T00:00:00Z");
            payload["exp"] = json!(exp);
        })
    };
    let end = Timestamp::parse("2027-01-01T00:00:00Z").unwrap().unix_seconds();
    assert_eq!(read::<AchievementCredential>(&with_end(&FORMS[0], end)), Ok(()));
    assert_eq!(
        badge_refusal(&with_end(&FORMS[0], end - 1)).sentence(),
        "the claim exp of the JWT is 2026-12-31T23:59:59Z, and $.validUntil is 2027-01-01T00:00:00Z"
    );
    let earlier = with_end(&FORMS[1], end - 1);
    let signed = Signed::<AchievementCredential>::parse(&earlier).unwrap();
    assert_eq!(signed.proofs().next().unwrap().expires, Some(Timestamp::from_unix_seconds(end - 1).unwrap()));
}

#[test]
fn fractions_of_a_second_in_the_badge_are_no_contradiction() {
    let text = bent(&FORMS[0], |_, payload| payload["validFrom"] = json!("2026-06-30T12:00:00.75Z"));
    assert_eq!(read::<AchievementCredential>(&text), Ok(()));
}

#[test]
fn two_documents_in_one_jwt_are_refused() {
    let sentence = "$.vc: a document stands in this claim, and it is not the one to read";
    for form in FORMS {
        let refusal = badge_refusal(&bent(&form, |_, payload| payload["vc"] = json!({})));
        assert_eq!(refusal.sentence(), sentence);
    }
    let in_claim = |typ: &str, bend: &dyn Fn(&mut Value)| {
        let document = serde_json::to_value(badge()).unwrap();
        let mut payload = json!({ "vc": document });
        bend(&mut payload);
        token(1, &json!({ "alg": "EdDSA", "kid": method(1), "typ": typ }), &payload)
    };
    assert_eq!(read::<AchievementCredential>(&in_claim("JWT", &|_| ())), Ok(()));
    assert_eq!(badge_refusal(&in_claim("vc+jwt", &|_| ())).sentence(), sentence);
    assert_eq!(
        badge_refusal(&in_claim("JWT", &|payload| payload["vc"] = json!("text"))).sentence(),
        "$.vc: expected an object"
    );
    assert_eq!(
        badge_refusal(&in_claim("JWT", &|payload| payload["vp"] = json!({}))).sentence(),
        "$.vp: a document stands in this claim, and it is not the one to read"
    );
}

#[test]
fn claims_complete_the_document_of_version_1_1_and_overrule_nothing() {
    let from = now().unix_seconds();
    let bare = |bend: &dyn Fn(&mut Value)| {
        let mut document = serde_json::to_value(badge()).unwrap();
        for member in ["id", "validFrom", "issuer"] {
            document.as_object_mut().unwrap().remove(member);
        }
        document["credentialSubject"].as_object_mut().unwrap().remove("id");
        let mut payload = json!({
            "vc": document, "iss": did(1), "jti": "urn:uuid:1", "sub": did(2), "nbf": from, "exp": from + 60,
        });
        bend(&mut payload);
        token(1, &json!({ "alg": "EdDSA", "typ": "JWT" }), &payload)
    };
    let signed = Signed::<AchievementCredential>::parse(&bare(&|_| ())).unwrap();
    let authentic = signed.authenticate(&DidKeys).unwrap();
    let content = authentic.content();
    assert_eq!(content.issuer.id.as_str(), did(1));
    assert_eq!(content.id.as_str(), "urn:uuid:1");
    assert_eq!(content.credential_subject.id.as_ref().unwrap().as_str(), did(2));
    assert_eq!(content.valid_from, now());
    assert_eq!(content.valid_until.unwrap().unix_seconds(), from + 60);
    // Neither name nor key came along: the DID itself says which key it is.
    assert_eq!(authentic.proofs().next().unwrap().verification_method.as_str(), did(1));
    let overruled = bare(&|payload| payload["vc"]["issuer"] = json!(did(3)));
    assert_eq!(
        badge_refusal(&overruled).sentence(),
        format!("the claim iss of the JWT is {}, and $.issuer is {}", did(1), did(3))
    );
    let named = bare(&|payload| payload["vc"]["issuer"] = json!({ "type": ["Profile"], "name": "School" }));
    let signed = Signed::<AchievementCredential>::parse(&named).unwrap();
    let issuer = &signed.peek_unverified().issuer;
    assert_eq!((issuer.id.as_str(), issuer.name.as_deref()), (did(1).as_str(), Some("School")));
    let overruled = bare(&|payload| payload["vc"]["issuer"] = json!({ "id": did(3), "type": ["Profile"] }));
    assert_eq!(
        badge_refusal(&overruled).sentence(),
        format!("the claim iss of the JWT is {}, and $.issuer is {}", did(1), did(3))
    );
    let nobody = bare(&|payload| drop(payload.as_object_mut().unwrap().remove("iss")));
    assert_eq!(badge_refusal(&nobody).sentence(), "$.issuer: is missing or has no id");
}

#[test]
fn a_document_of_version_1_1_has_the_dates_of_that_version() {
    let from = now().unix_seconds();
    let text = |more: &Value| {
        let mut document = json!({
            "@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential"], "issuer": did(1),
            "credentialSubject": {},
        });
        document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let payload = json!({ "vc": document, "iss": did(1), "nbf": from, "exp": from + 60 });
        token(1, &json!({ "alg": "EdDSA", "typ": "JWT" }), &payload)
    };
    let signed = Signed::<ByItsIssuer>::parse(&text(&json!({}))).unwrap();
    let document: Value = serde_json::from_str(signed.document_text()).unwrap();
    let end = Timestamp::from_unix_seconds(from + 60).unwrap();
    assert_eq!(document["issuanceDate"], now().to_string());
    assert_eq!(document["expirationDate"], end.to_string());
    assert!(document.get("validFrom").is_none() && document.get("validUntil").is_none(), "{document}");
    for (member, claim, stated) in [("issuanceDate", "nbf", now()), ("expirationDate", "exp", end)] {
        let refusal = read::<ByItsIssuer>(&text(&json!({ member: "2020-01-01T00:00:00Z" }))).unwrap_err();
        let sentence = format!("the claim {claim} of the JWT is {stated}, and $.{member} is 2020-01-01T00:00:00Z");
        assert_eq!(refusal.sentence(), sentence);
    }
}

#[test]
fn the_key_is_the_issuers_whatever_the_header_brings() {
    let stranger = bent(&FORMS[0], |header, _| header["jwk"] = key(3).verifying_key().to_jwk());
    let refusal = badge_refusal(&stranger);
    let multikey = key(3).verifying_key().to_multikey();
    assert_eq!(refusal.sentence(), format!("the JWT brings along {multikey}, which is not {}", method(1)));
    let Refusal::NotAuthentic(AuthenticateError::KeyRefused(_)) = refusal else { panic!("{refusal:?}") };
    // A source of keys that looks keys up by name alone knows nothing of one that has none.
    let unnamed = bent(&FORMS[0], |header, _| drop(header.as_object_mut().unwrap().remove("kid")));
    let refusal = badge_refusal(&unnamed);
    assert!(refusal.is_undecided());
    let own = key(1).verifying_key().to_multikey();
    assert_eq!(refusal.sentence(), format!("whether {own} is a key of {} cannot be looked up", did(1)));
    let other = bent(&FORMS[1], |header, _| header["kid"] = json!(method(3)));
    assert!(matches!(badge_refusal(&other), Refusal::NotAuthentic(AuthenticateError::BadSignature { .. })));
}

/// Keys that are known by what they are, and not by any name.
struct ByTheKeyAlone;

impl KeySource for ByTheKeyAlone {
    fn key(&self, method: &DidUrl, _: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        Err(KeyLookupError::Refused { reason: format!("{method} is listed nowhere") })
    }

    fn method_of(&self, did: &Did, _: &PublicKey, _: ProofPurpose) -> Result<DidUrl, KeyLookupError> {
        Ok(DidUrl::parse(&format!("{did}#found")).unwrap())
    }
}

#[test]
fn a_name_that_means_nothing_here_is_passed_over_where_the_key_came_along() {
    let with = |kid: &str, jwk: bool| {
        let text = bent(&FORMS[0], |header, _| {
            header["kid"] = json!(kid);
            let header = header.as_object_mut().unwrap();
            header.remove("jwk");
            if jwk {
                header.insert("jwk".to_owned(), key(1).verifying_key().to_jwk());
            }
        });
        Signed::<AchievementCredential>::parse(&text).map(|signed| signed.authenticate(&ByTheKeyAlone).map(drop))
    };
    for kid in ["7", "#7", "https://school.example/keys/7"] {
        assert_eq!(with(kid, true), Ok(Ok(())), "{kid}");
    }
    let refused = |kid: &str| match with(kid, false) {
        Ok(Ok(())) => panic!("{kid}"),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    for kid in ["7", "#7"] {
        assert_eq!(refused(kid), format!("{}#7 is listed nowhere", did(1)));
    }
    assert!(refused("https://school.example/keys/7").contains("is not named by a DID"));
    // A DID is a name for everybody, also where its key came along.
    let named = with(&method(1).to_string(), true).unwrap().unwrap_err();
    assert_eq!(named.to_string(), format!("{} is listed nowhere", method(1)));
}

#[test]
fn of_a_signature_that_cannot_be_checked_the_key_is_not_read_either() {
    let text = bent(&FORMS[0], |header, _| {
        header["alg"] = json!("EdDSA-Next");
        header["jwk"] = json!({ "kty": "Next" });
    });
    let refusal = badge_refusal(&text);
    assert_eq!(refusal.sentence(), "secured with EdDSA-Next in a JWT, which this version cannot check");
    assert!(refusal.is_undecided());
    let unreadable = bent(&FORMS[0], |header, _| header["jwk"] = json!({ "kty": "Next" }));
    assert!(badge_refusal(&unreadable).is_undecided(), "a kind of key that is not known here");
    let broken = bent(&FORMS[0], |header, _| header["jwk"] = json!({ "kty": "OKP", "crv": "Ed25519", "x": "!" }));
    assert!(!badge_refusal(&broken).is_undecided());
}

#[test]
fn an_algorithm_that_the_key_is_not_for_is_refused() {
    let refusal = badge_refusal(&bent(&FORMS[1], |header, _| header["alg"] = json!("RS256")));
    assert_eq!(refusal.sentence(), format!("signed with RS256, and {} is a key of the kind Ed25519", method(1)));
    assert!(!refusal.is_undecided());
    let unknown = badge_refusal(&bent(&FORMS[1], |header, _| header["alg"] = json!("ES512")));
    assert_eq!(unknown.sentence(), "secured with ES512 in a JWT, which this version cannot check");
    assert!(unknown.is_undecided());
}

/// One key under every name.
struct OneKey(PublicKey);

impl KeySource for OneKey {
    fn key(&self, _: &DidUrl, _: ProofPurpose) -> Result<PublicKey, KeyLookupError> {
        Ok(self.0.clone())
    }

    fn method_of(&self, did: &Did, key: &PublicKey, _: ProofPurpose) -> Result<DidUrl, KeyLookupError> {
        if *key == self.0 {
            return Ok(did.with_fragment("0").unwrap());
        }
        Err(KeyLookupError::Refused { reason: "another key".to_owned() })
    }
}

#[test]
fn es256_is_authentic_under_its_own_key() {
    use p256::ecdsa::signature::Signer as _;
    let pair = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let point = pair.verifying_key().to_sec1_point(false);
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let (x, y) = point.as_bytes()[1..].split_at(32);
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": encode(x), "y": encode(y) });
    let header = json!({ "alg": "ES256", "jwk": jwk, "typ": "vc+jwt" });
    let document = serde_json::to_value(badge()).unwrap();
    let input = format!("{}.{}", encode(header.to_string().as_bytes()), encode(document.to_string().as_bytes()));
    let signature: p256::ecdsa::Signature = pair.sign(input.as_bytes());
    let text = format!("{input}.{}", encode(&signature.to_bytes()));
    let signed = Signed::<AchievementCredential>::parse(&text).unwrap();
    let keys = OneKey(PublicKey::from_jwk(&jwk).unwrap());
    assert_eq!(signed.proofs().next().unwrap().cryptosuite, Cryptosuite::VcJoseCose(Algorithm::Es256));
    assert!(signed.authenticate(&keys).is_ok());
    let others = OneKey(key(1).verifying_key().into());
    assert!(matches!(signed.authenticate(&others), Err(AuthenticateError::KeyRefused(_))));
}

/// An RS256 JWT of the 1EdTech validator: version 1.1 in the claim `vc`, an https issuer, its key in the header.
#[test]
fn the_published_clr_is_read_and_its_signature_holds_under_its_key() {
    let Some(path) = vectors("clr2/fixtures/simple.jwt") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.trim();
    // Its issuer is an https address, whose keys nobody looks up: undecided, never accepted.
    let refusal = read::<ByItsIssuer>(text).unwrap_err();
    assert_eq!(
        refusal.sentence(),
        "the header of the JWT: the key https://example.edu/issuers/565049 is not named by a DID, so it cannot be looked up"
    );
    assert!(refusal.is_undecided());
    let (header, payload, signature) = parts(text);
    assert_eq!(header["alg"], "RS256");
    let rsa = PublicKey::from_jwk(&header["jwk"]).unwrap();
    let (input, _) = text.rsplit_once('.').unwrap();
    assert_eq!(rsa.verify(input.as_bytes(), &signature), Ok(()));
    let peeked: Value = serde_json::from_str(&peek_document_unverified(text)).unwrap();
    assert_eq!(peeked, payload["vc"]);
    // The badge in it stands in a JWT of its own.
    let inner = payload["vc"]["credentialSubject"]["verifiableCredential"][0].as_str().unwrap();
    let (header, _, signature) = parts(inner);
    let (input, _) = inner.rsplit_once('.').unwrap();
    assert_eq!(PublicKey::from_jwk(&header["jwk"]).unwrap().verify(input.as_bytes(), &signature), Ok(()));
    assert!(peek_document_unverified(inner).contains("Example University Degree"));
}

/// The badges of the specification, of other formats and none of them signed, come through a JWT as they are.
#[test]
fn every_badge_of_the_specification_comes_through_a_jwt_as_it_is() {
    let Some(folder) = vectors("ob3/spec-examples") else { return };
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let Ok(mut document) = serde_json::from_str::<Value>(&text) else { continue };
        if document["type"].as_array().is_none_or(|types| !types.contains(&json!("VerifiableCredential"))) {
            continue;
        }
        document.as_object_mut().unwrap().remove("proof");
        if document["issuer"].is_string() {
            document["issuer"] = json!(did(1));
        } else {
            document["issuer"]["id"] = json!(did(1));
        }
        let header = json!({ "alg": "EdDSA", "kid": method(1), "typ": "vc+jwt" });
        let text = token(1, &header, &document);
        let signed = Signed::<ByItsIssuer>::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(signed.authenticate(&DidKeys).is_ok(), "{}", path.display());
        assert_eq!(serde_json::from_str::<Value>(signed.document_text()).unwrap(), document);
        count += 1;
    }
    assert!(count >= 8, "{count}");
}

#[test]
fn a_presentation_says_in_its_claims_for_whom_and_when() {
    let presentation = VerifiablePresentation::parse(
        &json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"], "holder": did(2),
        })
        .to_string(),
    )
    .unwrap();
    let until = Timestamp::parse("2026-06-30T12:05:00Z").unwrap();
    let options = ProofOptions {
        expires: Some(until),
        domain: Some("werkgever.example".to_owned()),
        challenge: Some("c-1".to_owned()),
        ..ProofOptions::authentication(method(2), now())
    };
    for form in FORMS {
        let signed = Unsecured::new(presentation.clone()).sign(&key(2), &options.clone().with(form)).unwrap();
        let (header, payload, _) = parts(signed.text());
        assert_eq!(header, json!({ "alg": "EdDSA", "cty": "vp", "kid": method(2), "typ": "vp+jwt" }));
        assert_eq!(payload["aud"], "werkgever.example");
        assert_eq!(payload["nonce"], "c-1");
        let again = Signed::<VerifiablePresentation>::parse(signed.text()).unwrap();
        let authentic = again.authenticate(&DidKeys).unwrap();
        let proof = authentic.proofs().next().unwrap();
        assert_eq!(proof.purpose, "authentication");
        assert_eq!((proof.created, proof.expires), (Some(now()), Some(until)));
        assert_eq!(proof.domain, ["werkgever.example"]);
        assert_eq!(proof.challenge.as_deref(), Some("c-1"));
        let as_badge = Signed::<AchievementCredential>::parse(signed.text()).unwrap_err();
        assert_eq!(as_badge.to_string(), "the header of the JWT: $.typ: expected JWT or vc+jwt");
    }
}

#[test]
fn what_is_too_large_is_not_decoded() {
    let long = format!("e{}.e30.AA", "A".repeat(9_000));
    assert_eq!(
        Signed::<AchievementCredential>::parse(&long).unwrap_err().to_string(),
        "the header of the JWT has 9001 characters; at most 8192 are read"
    );
    let huge = format!("e30.{}.AA", "A".repeat(2_000_000));
    let error = Signed::<AchievementCredential>::parse(&huge).unwrap_err();
    assert!(matches!(error, ProofError::Jws(_)), "{error}");
    assert_eq!(error.to_string(), "the JWT has 2000007 bytes; at most 1407662 are read");
    let padded = format!("e30.e30.{}", "A".repeat(1_367));
    assert!(Signed::<AchievementCredential>::parse(&padded).is_err());
}

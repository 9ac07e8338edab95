//! Does jose read the badges that we put into JWTs, and do we read those that jose signed?

use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, Did, DidUrl, Timestamp};
use stapel_keys::Algorithm;
use stapel_proof::{Cryptosuite, ProofOptions, Unsecured};
use stapel_tests::badge::{did, key};
use stapel_tests::interop;
use stapel_verifier::Outcome;

use crate::badges::{Dress, NOW, Name, SCHOOL, STRANGER, badge, did_key_method};
use crate::theirs::outcome_of_text;

/// Our badge in a JWT of this form.
fn ours(form: Cryptosuite) -> String {
    let document = AchievementCredential::view(&badge(Dress::Facts, Name::Key).to_string()).expect("a badge");
    let method = DidUrl::parse(&did_key_method(SCHOOL)).expect("a DID URL");
    let created = Timestamp::parse("2026-06-30T12:00:00Z").expect("a date");
    let options = ProofOptions { cryptosuite: form, ..ProofOptions::assertion(method, created) };
    Unsecured::new(document).sign(&key(SCHOOL), &options).expect("a fixture can be signed").text().to_owned()
}

/// With one letter of its payload exchanged.
fn altered(jwt: &str) -> String {
    let at = jwt.find('.').expect("a header") + 40;
    let other = if jwt.as_bytes()[at] == b'A' { "B" } else { "A" };
    let mut jwt = jwt.to_owned();
    jwt.replace_range(at..=at, other);
    jwt
}

#[test]
fn jose_verifies_our_badges_in_jwts_and_refuses_them_altered_or_under_another_key() {
    let Some(folder) = interop::find() else { return };
    let forms = [Cryptosuite::VcJwt(Algorithm::EdDsa), Cryptosuite::VcJoseCose(Algorithm::EdDsa)];
    let verify = |jwt: &str, seed: u8| {
        let key = key(seed).verifying_key().to_jwk();
        json!({ "client": "jose", "do": "verify", "jwt": jwt, "key": key, "algorithm": "EdDSA" })
    };
    let jobs: Vec<Value> = forms
        .into_iter()
        .map(ours)
        .flat_map(|jwt| [verify(&jwt, SCHOOL), verify(&altered(&jwt), SCHOOL), verify(&jwt, STRANGER)])
        .collect();
    let answers = interop::ask(&folder, NOW, &[], &jobs);
    for answers in answers.chunks(3) {
        assert_eq!(answers[0]["errors"], json!([]));
        assert_eq!(answers[0]["payload"]["issuer"]["id"], did(SCHOOL).as_str());
        assert_eq!(answers[0]["header"]["kid"], did_key_method(SCHOOL));
        for refused in &answers[1..] {
            assert_eq!(refused["verified"], false, "{refused}");
            assert_eq!(refused["errors"], json!(["signature verification failed"]));
        }
    }
}

#[test]
fn what_jose_signs_is_accepted_and_altered_it_is_refused() {
    let Some(folder) = interop::find() else { return };
    let mut jobs = Vec::new();
    for algorithm in ["EdDSA", "ES256", "RS256"] {
        let mut payload = badge(Dress::Plain, Name::Key);
        payload["issuer"]["id"] = json!("did:jwk:ISSUER");
        let header = json!({ "alg": algorithm, "kid": "did:jwk:ISSUER#0", "typ": "vc+jwt", "cty": "vc" });
        jobs.push(json!({ "client": "jose", "do": "sign", "header": header, "payload": payload }));
        payload["iss"] = json!("did:jwk:ISSUER");
        payload["jti"] = payload["id"].clone();
        payload["sub"] = payload["credentialSubject"]["id"].clone();
        payload["nbf"] = json!(Timestamp::parse("2026-06-30T12:00:00Z").expect("a date").unix_seconds());
        let header = json!({ "alg": algorithm, "kid": "did:jwk:ISSUER#0", "typ": "JWT" });
        jobs.push(json!({ "client": "jose", "do": "sign", "header": header, "payload": payload }));
    }
    let answers = interop::ask(&folder, NOW, &[], &jobs);
    for (job, answer) in jobs.iter().zip(&answers) {
        assert_eq!(answer["errors"], json!([]), "{}", job["header"]);
        let jwt = answer["jwt"].as_str().expect("a JWT");
        let issuer = Did::parse(answer["issuer"].as_str().expect("an issuer")).expect("a DID");
        let pinned = [issuer];
        assert_eq!(outcome_of_text(jwt, &pinned), Outcome::Accepted, "{}: {jwt}", job["header"]);
        assert_eq!(outcome_of_text(jwt, &[did(SCHOOL)]), Outcome::Undecided, "nobody vouches for this issuer");
        assert_eq!(outcome_of_text(&altered(jwt), &pinned), Outcome::Refused, "{}", job["header"]);
    }
}

//! What is shown, by whom, to whom: the statements of vc-data-model-2.0 about presentations.

use serde_json::{Value, json};
use stapel_credential::AnyPresentation;
use stapel_keys::Algorithm;
use stapel_proof::{Cryptosuite, ProofOptions, ProofPurpose, Unsecured};

use super::{Api, EXAMPLES, Pen, V2, assert_fails, assert_holds};

const SUITES: [Cryptosuite; 2] = [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022];

/// What is done to a presentation, which check fails then, and why.
type Bent<'a> = (&'static str, &'a dyn Fn(&mut Value), &'static str, &'static str);

fn presentation(holder: &Pen, shown: &[Value]) -> Value {
    json!({ "@context": [V2], "type": ["VerifiablePresentation"], "holder": holder.did, "verifiableCredential": shown })
}

fn asked(holder: &Pen, suite: Cryptosuite) -> ProofOptions {
    ProofOptions {
        domain: Some("domain.example".to_owned()),
        challenge: Some("1235abcd6789".to_owned()),
        ..holder.options(ProofPurpose::Authentication, suite)
    }
}

fn text(holder: &Pen, presentation: &Value, options: &ProofOptions) -> String {
    let presentation = AnyPresentation::parse(&presentation.to_string()).unwrap();
    Unsecured::new(presentation).sign(&holder.key, options).unwrap().text().to_owned()
}

fn signed(holder: &Pen, presentation: &Value, suite: Cryptosuite) -> Value {
    serde_json::from_str(&text(holder, presentation, &asked(holder, suite))).unwrap()
}

#[test]
fn a_presentation_holds_for_whom_it_was_made_and_for_nobody_else() {
    let (api, holder) = (Api::start(), Pen::new(9));
    for suite in SUITES {
        let shown = [
            api.issued(&api.credential(), &json!({})),
            api.issued(&api.credential(), &json!({ "cryptosuite": "vc-jose-cose" })),
        ];
        let signed = signed(&holder, &presentation(&holder, &shown), suite);
        let verify = |options: Value| api.verify_presentation(&signed, &options);
        assert_holds(&verify(json!({ "domain": "domain.example", "challenge": "1235abcd6789" })), "as asked");
        assert_holds(&verify(json!({ "checks": [] })), "nothing asked");
        assert_holds(&verify(json!({ "checks": ["proof"], "challenge": "1235abcd6789" })), "as the suite asks");
        let other = verify(json!({ "checks": ["proof"], "domain": "domain.example", "challenge": "other" }));
        assert_fails(&other, "challenge", "audience", "other-challenge", "1235abcd6789");
        let other = verify(json!({ "checks": ["proof"], "domain": "other.example", "challenge": "1235abcd6789" }));
        assert_fails(&other, "domain", "audience", "for-another", "domain.example");
        // Whether it is about the one who shows it is asked by name alone.
        let other = verify(json!({ "checks": ["proof", "holder"] }));
        assert_fails(&other, "holder", "holder", "of-another", "did:example:subject");
    }
}

#[test]
fn a_presentation_of_nothing_or_of_several_holds_and_a_bent_one_does_not() {
    let (api, holder) = (Api::start(), Pen::new(9));
    let shown = api.issued(&api.credential(), &json!({}));
    let other = api.issued(&api.credential(), &json!({ "created": "2026-01-02T03:04:05Z" }));
    for suite in SUITES {
        let verify = |presentation: &Value| api.verify_presentation(presentation, &json!({ "checks": ["proof"] }));
        // A dataset says nothing of an empty list, so none is made of it: a forger could take it away.
        if suite == Cryptosuite::EddsaJcs2022 {
            assert_holds(&verify(&signed(&holder, &presentation(&holder, &[]), suite.clone())), "nothing");
        }
        for (why, unsigned) in [
            ("two", presentation(&holder, &[shown.clone(), other.clone()])),
            ("with an id", {
                let mut with_id = presentation(&holder, std::slice::from_ref(&shown));
                with_id["id"] = json!("urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e");
                with_id["type"] = json!(["VerifiablePresentation", "https://example.org/#Presentation"]);
                with_id
            }),
        ] {
            assert_holds(&verify(&signed(&holder, &unsigned, suite.clone())), why);
        }
        let good = signed(&holder, &presentation(&holder, std::slice::from_ref(&shown)), suite.clone());
        let bent: [Bent<'_>; 9] = [
            ("no context", &|p| drop(p.as_object_mut().unwrap().remove("@context")), "structure", "malformed"),
            ("another context first", &|p| p["@context"] = json!([EXAMPLES, V2]), "structure", "malformed"),
            ("no type", &|p| drop(p.as_object_mut().unwrap().remove("type")), "structure", "malformed"),
            ("another type", &|p| p["type"] = json!(["https://example.org/#P"]), "structure", "malformed"),
            (
                "text is shown",
                &|p| p["verifiableCredential"] = json!(["https://example.org/1"]),
                "structure",
                "malformed",
            ),
            ("a number is shown", &|p| p["verifiableCredential"] = json!([7]), "structure", "malformed"),
            ("an id that is no URL", &|p| p["id"] = json!("not-a-url"), "structure", "malformed"),
            ("no proof", &|p| drop(p.as_object_mut().unwrap().remove("proof")), "structure", "malformed"),
            (
                "a proof of another",
                &|p| p["proof"]["proofValue"] = shown["proof"]["proofValue"].clone(),
                "proof",
                "altered",
            ),
        ];
        for (why, bend, check, because) in bent {
            let mut bent = good.clone();
            bend(&mut bent);
            // Whatever is asked: an empty list asks for all.
            assert_fails(&api.verify_presentation(&bent, &json!({ "checks": [] })), why, check, because, "");
            assert_fails(&verify(&bent), why, check, because, "");
        }
    }
}

#[test]
fn each_credential_that_is_shown_is_checked_and_named() {
    let (api, holder) = (Api::start(), Pen::new(9));
    let good = api.issued(&api.credential(), &json!({}));
    let mut altered = good.clone();
    altered["credentialSubject"]["id"] = json!("did:example:other");
    let mut untyped = good.clone();
    untyped.as_object_mut().unwrap().remove("type");
    let mut revocable = api.credential();
    revocable["id"] = json!("urn:example:revocable");
    let revoked = api.issued(&revocable, &json!({ "statusList": true }));
    let change =
        json!({ "credentialId": "urn:example:revocable", "credentialStatus": { "type": "BitstringStatusListEntry" } });
    assert_eq!(api.post("/credentials/status", &change).status, 200);
    for (why, second, check, because) in [
        ("altered", altered, "proof", "altered"),
        ("without a type", untyped, "structure", "malformed"),
        ("unsigned", api.credential(), "structure", "malformed"),
        ("revoked", revoked, "status", "revoked"),
    ] {
        // A dataset could not be made of what has no type.
        let shown = signed(&holder, &presentation(&holder, &[good.clone(), second]), Cryptosuite::EddsaJcs2022);
        let answer = api.verify_presentation(&shown, &json!({}));
        assert_fails(&answer, why, check, because, "");
        assert!(
            answer.json()["errors"].as_array().unwrap().iter().all(|error| error["credential"] == 1),
            "{}",
            answer.body
        );
    }
}

#[test]
fn an_enveloped_presentation_is_verified_and_a_bent_envelope_is_not_opened() {
    let (api, holder) = (Api::start(), Pen::new(9));
    let shown = presentation(&holder, &[api.issued(&api.credential(), &json!({ "cryptosuite": "vc-jose-cose" }))]);
    let jwt = text(&holder, &shown, &asked(&holder, Cryptosuite::VcJoseCose(Algorithm::EdDsa)));
    let envelope = json!({
        "@context": [V2], "type": "EnvelopedVerifiablePresentation", "id": format!("data:application/vp+jwt,{jwt}"),
    });
    let options = json!({ "domain": "domain.example", "challenge": "1235abcd6789" });
    assert_holds(&api.verify_presentation(&envelope, &options), "enveloped");
    let bent = |member: &str, value: Value| {
        let mut envelope = envelope.clone();
        envelope[member] = value;
        api.verify_presentation(&envelope, &options)
    };
    for (why, answer) in [
        ("no context", bent("@context", json!([]))),
        ("another context", bent("@context", json!([EXAMPLES]))),
        ("no data URL", bent("id", json!(jwt))),
        ("another type", bent("type", json!(["VerifiablePresentation"]))),
    ] {
        assert_fails(&answer, why, "structure", "malformed", "$");
    }
}

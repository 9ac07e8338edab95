//! What holds, and what does not, by the statements of vc-di-eddsa and of the data integrity suite that it takes in?

use serde_json::{Value, json};
use stapel_proof::{Cryptosuite, ProofPurpose};

use super::{Api, DI_SUITES, EXAMPLES, Pen, V2, assert_fails, assert_holds};
use crate::school::now;

/// A statement, what is done to a credential that holds, and which check fails why.
type Case = (&'static str, fn(&mut Value), &'static str, &'static str, &'static str);

fn without(credential: &mut Value, member: &str) {
    credential["proof"].as_object_mut().unwrap().remove(member);
}

/// Bytes as multibase has them, with as many zeroes behind as asked.
fn lengthened(value: &mut Value) {
    let text = format!("{}111111", value.as_str().unwrap());
    *value = json!(text);
}

const PROOFS: &[Case] = &[
    (
        "if the proof is missing, an error is raised",
        |c| drop(c.as_object_mut().unwrap().remove("proof")),
        "structure",
        "malformed",
        "carries no proof",
    ),
    ("if the proof is null", |c| c["proof"] = json!(null), "structure", "malformed", "$.proof"),
    ("if the proof is text", |c| c["proof"] = json!("z"), "structure", "malformed", "$.proof"),
    ("if proof.type is missing", |c| without(c, "type"), "structure", "malformed", "$.proof.type"),
    (
        "if proof.type is not DataIntegrityProof",
        |c| c["proof"]["type"] = json!("UnknownProofType"),
        "proof",
        "unknown-suite",
        "could not be checked",
    ),
    ("if cryptosuite is missing", |c| without(c, "cryptosuite"), "structure", "malformed", "$.proof.cryptosuite"),
    (
        "if cryptosuite is not a suite",
        |c| c["proof"]["cryptosuite"] = json!("UnknownCryptosuite"),
        "proof",
        "unknown-suite",
        "UnknownCryptosuite",
    ),
    (
        "cryptosuite is text",
        |c| c["proof"]["cryptosuite"] = json!(["eddsa-rdfc-2022"]),
        "structure",
        "malformed",
        "$.proof.cryptosuite",
    ),
    (
        "if verificationMethod is missing",
        |c| without(c, "verificationMethod"),
        "structure",
        "malformed",
        "$.proof.verificationMethod",
    ),
    (
        "if verificationMethod is invalid",
        |c| c["proof"]["verificationMethod"] = json!("did:key:invalidVm"),
        "key",
        "key-refused",
        "",
    ),
    (
        "verificationMethod is a URL",
        |c| c["proof"]["verificationMethod"] = json!("invalid"),
        "structure",
        "malformed",
        "$.proof.verificationMethod",
    ),
    ("if proofPurpose is missing", |c| without(c, "proofPurpose"), "structure", "malformed", "$.proof.proofPurpose"),
    (
        "if proofPurpose is invalid",
        |c| c["proof"]["proofPurpose"] = json!("invalidPurpose"),
        "proof",
        "wrong-purpose",
        "invalidPurpose",
    ),
    ("if proofValue is missing", |c| without(c, "proofValue"), "structure", "malformed", "$.proof.proofValue"),
    (
        "if proofValue is null",
        |c| c["proof"]["proofValue"] = json!(null),
        "structure",
        "malformed",
        "$.proof.proofValue",
    ),
    (
        "if proofValue has no header of multibase",
        |c| c["proof"]["proofValue"] = json!(c["proof"]["proofValue"].as_str().unwrap()[1..]),
        "structure",
        "malformed",
        "$.proof.proofValue",
    ),
    (
        "if proofValue is not in the alphabet of base58btc",
        |c| c["proof"]["proofValue"] = json!(c["proof"]["proofValue"].as_str().unwrap().replace('z', "l")),
        "structure",
        "malformed",
        "$.proof.proofValue",
    ),
    (
        "if proofValue is not 64 bytes long",
        |c| lengthened(&mut c["proof"]["proofValue"]),
        "structure",
        "malformed",
        "$.proof.proofValue",
    ),
    (
        "if proofValue is much too short",
        |c| c["proof"]["proofValue"] = json!("z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"),
        "structure",
        "malformed",
        "$.proof.proofValue",
    ),
    (
        "created is a dateTimeStamp",
        |c| c["proof"]["created"] = json!("invalidDate"),
        "structure",
        "malformed",
        "$.proof.created",
    ),
    (
        "expires is a dateTimeStamp",
        |c| c["proof"]["expires"] = json!("invalidDate"),
        "structure",
        "malformed",
        "$.proof.expires",
    ),
    ("challenge is text", |c| c["proof"]["challenge"] = json!(7), "structure", "malformed", "$.proof.challenge"),
    ("domain is text", |c| c["proof"]["domain"] = json!([7]), "structure", "malformed", "$.proof.domain"),
    ("nonce is text", |c| c["proof"]["nonce"] = json!(7), "structure", "malformed", "$.proof.nonce"),
    (
        "previousProof is text",
        |c| c["proof"]["previousProof"] = json!(7),
        "structure",
        "malformed",
        "$.proof.previousProof",
    ),
    (
        "if no proof has the id of previousProof",
        |c| c["proof"]["previousProof"] = json!("urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"),
        "structure",
        "malformed",
        "$.proof.previousProof",
    ),
    (
        "if one of several previous proofs is not there",
        |c| {
            let mut second = c["proof"].clone();
            c["proof"]["id"] = json!("urn:uuid:1");
            second["previousProof"] = json!(["urn:uuid:1", "urn:uuid:2"]);
            c["proof"] = json!([c["proof"], second]);
        },
        "structure",
        "malformed",
        "previousProof",
    ),
    (
        "an altered claim is found",
        |c| c["credentialSubject"]["id"] = json!("did:example:other"),
        "proof",
        "altered",
        "does not belong to this text",
    ),
    ("an altered created, too", |c| c["proof"]["created"] = json!("2026-01-02T03:04:06Z"), "proof", "altered", ""),
];

/// What the suites do to a document that is signed over its dataset.
const DATASETS: &[Case] = &[
    (
        "an undefined term is not dropped",
        |c| c["credentialSubject"]["undefinedTerm"] = json!("IfDroppedWillVerify"),
        "proof",
        "not-what-was-signed",
        "undefinedTerm",
    ),
    (
        "nor an undefined type",
        |c| c["type"] = json!(["VerifiableCredential", "UndefinedType"]),
        "proof",
        "not-what-was-signed",
        "UndefinedType",
    ),
    ("another canonicalisation is an error", |c| c["proof"]["cryptosuite"] = json!("eddsa-jcs-2022"), "", "", ""),
];

const TEXTS: &[Case] = &[
    (
        "an undefined term is not dropped",
        |c| c["credentialSubject"]["undefinedTerm"] = json!("IfDroppedWillVerify"),
        "proof",
        "altered",
        "",
    ),
    ("nor an undefined type", |c| c["type"] = json!(["VerifiableCredential", "UndefinedType"]), "proof", "altered", ""),
    (
        "another canonicalisation is an error",
        |c| c["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022"),
        "proof",
        "altered",
        "",
    ),
];

#[test]
fn each_statement_about_proofs_holds_under_both_suites() {
    let api = Api::start();
    let credential = api.credential();
    for suite in DI_SUITES {
        let created = "2026-01-02T03:04:05Z";
        let issued = api.issued(&credential, &json!({ "cryptosuite": suite, "created": created }));
        assert_holds(&api.verify(&issued, &json!({ "checks": ["proof"] })), suite);
        let more = if suite == "eddsa-rdfc-2022" { DATASETS } else { TEXTS };
        for (statement, bend, check, because, detail) in PROOFS.iter().chain(more) {
            let mut bent = issued.clone();
            bend(&mut bent);
            let why = format!("{statement} ({suite})");
            let answer = api.verify(&bent, &json!({ "checks": ["proof"] }));
            if check.is_empty() {
                assert_eq!((answer.status, &answer.json()["verified"]), (400, &json!(false)), "{why}");
            } else {
                assert_fails(&answer, &why, check, because, detail);
            }
        }
    }
}

#[test]
fn a_proof_for_another_purpose_than_expected_is_an_error() {
    let api = Api::start();
    let issued = api.issued(&api.credential(), &json!({}));
    let expecting =
        |purpose: &str| api.verify(&issued, &json!({ "checks": ["proof"], "expectedProofPurpose": purpose }));
    assert_holds(&expecting("assertionMethod"), "as expected");
    assert_fails(&expecting("authentication"), "another", "proof", "wrong-purpose", "authentication");

    // Well signed, to the wrong end.
    let pen = Pen::new(7);
    let mut credential = api.credential();
    credential["issuer"] = json!(pen.did);
    for suite in [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022] {
        let shown = pen.sign(&credential, &pen.options(ProofPurpose::Authentication, suite.clone()));
        assert_fails(&api.verify(&shown, &json!({})), "to authenticate", "proof", "wrong-purpose", "assertionMethod");
        let stated = pen.sign(&credential, &pen.options(ProofPurpose::AssertionMethod, suite));
        assert_holds(&api.verify(&stated, &json!({})), "an issuer whom nobody knows here");
    }
}

#[test]
fn domain_and_challenge_must_be_those_that_were_asked_for() {
    let api = Api::start();
    for suite in DI_SUITES {
        let options = json!({ "cryptosuite": suite, "domain": "domain.example", "challenge": "1235abcd6789" });
        let issued = api.issued(&api.credential(), &options);
        let verify = |options: Value| api.verify(&issued, &options);
        assert_holds(&verify(json!({ "domain": "domain.example", "challenge": "1235abcd6789" })), suite);
        let other = verify(json!({ "checks": ["proof"], "domain": "invalid-vc-domain.example.com" }));
        assert_fails(&other, suite, "audience", "for-another", "domain.example");
        let other =
            verify(json!({ "checks": ["proof"], "domain": "domain.example", "challenge": "invalid-challenge" }));
        assert_fails(&other, suite, "audience", "other-challenge", "1235abcd6789");
        assert_eq!(other.json()["errors"][0]["type"], "https://w3id.org/security#INVALID_CHALLENGE_ERROR");
    }
}

#[test]
fn a_proof_that_ended_is_an_error_even_where_dates_are_not_asked_for() {
    let api = Api::start();
    let issued = api.issued(&api.credential(), &json!({ "expires": "2026-01-02T03:04:05Z" }));
    assert_fails(
        &api.verify(&issued, &json!({ "checks": ["proof"] })),
        "ended",
        "proof",
        "proof-expired",
        "2026-01-02",
    );
    let later = now().after(std::time::Duration::from_hours(1));
    let issued = api.issued(&api.credential(), &json!({ "expires": later }));
    assert_holds(&api.verify(&issued, &json!({ "checks": ["proof"] })), "not ended");
}

#[test]
fn only_what_is_asked_decides_and_the_rest_is_a_warning() {
    let api = Api::start();
    let mut credential = api.credential();
    credential["validFrom"] = json!("2025-01-02T03:04:05Z");
    credential["validUntil"] = json!("2026-01-02T03:04:05Z");
    let issued = api.issued(&credential, &json!({}));
    assert_fails(&api.verify(&issued, &json!({})), "expired", "validity", "expired", "expired on 2026-01-02");
    let answer = api.verify(&issued, &json!({ "checks": ["proof"] }));
    assert_holds(&answer, "only the proof");
    assert_eq!(answer.json()["warnings"][0]["because"], "expired");
    let lines = answer.json()["checks"].as_array().unwrap().clone();
    let asked: Vec<_> = lines.iter().filter(|line| line["asked"] == true).map(|line| line["check"].clone()).collect();
    assert_eq!(asked, ["structure", "proof", "key"]);
    assert!(lines.iter().all(|line| line["check"] != "trust"), "nobody asked whom to trust");
    assert!(lines.iter().all(|line| line["sentence"].as_str().is_some_and(|sentence| !sentence.is_empty())));
}

#[test]
fn what_would_have_to_be_fetched_could_not_be_checked() {
    let api = Api::start();
    let issued = api.issued(&api.credential(), &json!({ "cryptosuite": "eddsa-jcs-2022" }));
    let mut web = issued.clone();
    web["issuer"] = json!("did:web:school.example");
    web["proof"]["verificationMethod"] = json!("did:web:school.example#key");
    let sentence = "could not be checked: the keys of did:web:school.example could not be looked up";
    assert_fails(&api.verify(&web, &json!({})), "did:web", "key", "key-missing", sentence);

    // A vocabulary that is not at hand is not guessed, and not fetched.
    let mut foreign = issued;
    foreign["@context"] = json!([V2, "https://vocabulary.example/v1"]);
    foreign["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022");
    foreign["proof"].as_object_mut().unwrap().remove("@context");
    let answer = api.verify(&foreign, &json!({}));
    assert_fails(&answer, "context", "proof", "context-unknown", "https://vocabulary.example/v1");
}

#[test]
fn what_is_no_credential_is_none() {
    let api = Api::start();
    for document in [json!({ "type": ["NonconformingDocument"] }), json!([]), json!(7), json!("text"), json!(null)] {
        let answer = api.verify(&document, &json!({ "checks": ["proof"] }));
        assert_fails(&answer, &document.to_string(), "structure", "malformed", "");
        let answer = api.verify_presentation(&document, &json!({ "checks": [] }));
        assert_fails(&answer, &document.to_string(), "structure", "malformed", "");
    }
    let unsigned = api.verify(&api.credential(), &json!({ "checks": [] }));
    assert_fails(&unsigned, "unsigned", "structure", "malformed", "nobody signed it");
}

#[test]
fn an_enveloped_credential_is_verified_and_a_bent_envelope_is_not_opened() {
    let api = Api::start();
    for (suite, start) in [("vc-jose-cose", "data:application/vc+jwt,"), ("vc-jwt", "data:application/jwt,")] {
        let envelope = api.issued(&api.credential(), &json!({ "cryptosuite": suite }));
        assert_eq!((&envelope["@context"], &envelope["type"]), (&json!(V2), &json!("EnvelopedVerifiableCredential")));
        let id = envelope["id"].as_str().unwrap().to_owned();
        let jwt = id.strip_prefix(start).unwrap();
        assert_holds(&api.verify(&envelope, &json!({})), suite);
        assert_holds(&api.verify(&json!(jwt), &json!({})), "the bare JWT");
        let bent = |member: &str, value: Value| {
            let mut envelope = envelope.clone();
            envelope[member] = value;
            api.verify(&envelope, &json!({ "checks": ["proof"] }))
        };
        for (why, answer) in [
            ("no context", bent("@context", json!([]))),
            ("another context", bent("@context", json!(EXAMPLES))),
            ("no data URL", bent("id", json!(jwt))),
            ("no type", bent("type", json!(null))),
            ("another type", bent("type", json!("VerifiableCredential"))),
        ] {
            assert_fails(&answer, why, "structure", "malformed", "$");
        }
        let altered = format!("{}A", &id[..id.len() - 1]);
        let altered = if altered == id { format!("{}Q", &id[..id.len() - 1]) } else { altered };
        assert_eq!(bent("id", json!(altered)).status, 400);
    }
}

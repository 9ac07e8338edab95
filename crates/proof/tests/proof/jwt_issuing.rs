//! What stands in a JWT that we issue, and what is not issued as one?

use serde_json::json;
use stapel_credential::Timestamp;
use stapel_keys::Algorithm;
use stapel_proof::{Cryptosuite, ProofOptions, ProofPurpose, Unsecured};

use crate::jwt::{FORMS, parts, signed};
use crate::support::{assertion, badge, did, key, method, now};

#[test]
fn the_form_of_open_badges_repeats_the_members_of_the_badge() {
    let (header, payload, signature) = parts(signed(&FORMS[0]).text());
    assert_eq!(
        header,
        json!({ "alg": "EdDSA", "jwk": key(1).verifying_key().to_jwk(), "kid": method(1), "typ": "JWT" })
    );
    assert_eq!(payload["iss"], did(1));
    assert_eq!(payload["jti"], payload["id"]);
    assert_eq!(payload["sub"], did(2));
    assert_eq!(payload["nbf"], now().unix_seconds());
    assert_eq!(payload.get("exp"), None);
    assert_eq!(signature.len(), 64);
    let mut with_end = badge();
    with_end.valid_until = Some(Timestamp::parse("2030-01-01T00:00:00Z").unwrap());
    let signed = Unsecured::new(with_end).sign(&key(1), &assertion(1).with(FORMS[0].clone())).unwrap();
    assert_eq!(parts(signed.text()).1["exp"], 1_893_456_000);
}

#[test]
fn the_form_of_vc_jose_cose_adds_when_it_was_signed_and_nothing_else() {
    let (header, mut payload, _) = parts(signed(&FORMS[1]).text());
    assert_eq!(header, json!({ "alg": "EdDSA", "cty": "vc", "kid": method(1), "typ": "vc+jwt" }));
    assert_eq!(payload["iat"], now().unix_seconds());
    payload.as_object_mut().unwrap().remove("iat");
    assert_eq!(payload, serde_json::to_value(badge()).unwrap());
}

#[test]
fn what_a_form_has_no_place_for_is_not_signed() {
    let refused = |options: ProofOptions| Unsecured::new(badge()).sign(&key(1), &options).unwrap_err().to_string();
    for options in [
        ProofOptions { expires: Some(now()), ..assertion(1) },
        ProofOptions { domain: Some("employer.example".to_owned()), ..assertion(1) },
        ProofOptions { challenge: Some("once".to_owned()), ..assertion(1) },
    ] {
        assert_eq!(
            refused(options.with(FORMS[0].clone())),
            "a badge as a JWT of Open Badges has no place for an end of the signature, an audience or a challenge"
        );
    }
    let purpose = ProofOptions { purpose: ProofPurpose::Authentication, ..assertion(1) };
    assert_eq!(
        refused(purpose.with(FORMS[1].clone())),
        "a JWT of this kind is made for assertionMethod, and the options say authentication"
    );
    for algorithm in [Algorithm::Es256, Algorithm::Rs256] {
        let error = refused(assertion(1).with(Cryptosuite::VcJwt(algorithm)));
        assert_eq!(error, format!("{algorithm} in a JWT is not a suite that we sign with"));
    }
}

#[test]
fn a_jwt_that_names_a_key_by_another_name_than_its_issuer_is_signed_and_not_authentic() {
    let signed = Unsecured::new(badge()).sign(&key(3), &assertion(3).with(FORMS[1].clone())).unwrap();
    let refusal = crate::support::badge_refusal(signed.text());
    assert_eq!(refusal.sentence(), format!("signed by {}, which is not a key of {}", did(3), did(1)));
}

#[test]
fn a_badge_too_large_to_be_read_is_not_signed_as_a_jwt() {
    let mut large = badge();
    large.description = Some("x".repeat(1_100_000));
    for form in FORMS {
        let error = Unsecured::new(large.clone()).sign(&key(1), &assertion(1).with(form)).unwrap_err();
        assert!(error.to_string().starts_with("the document cannot be signed: the document has "), "{error}");
    }
}

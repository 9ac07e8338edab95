//! What does a person read about a badge that came as a JWT?

use stapel_credential::{AchievementCredential, Timestamp};
use stapel_did::did_key_verification_method;
use stapel_keys::Algorithm;
use stapel_proof::{Cryptosuite, ProofOptions, Unsecured};

use crate::holder::{Holder, Ran};
use crate::world::{AWARDED, SCHOOL, badge};

fn jwt(holder: &str, form: Cryptosuite) -> String {
    let key = SCHOOL.key();
    let method = did_key_verification_method(&key.verifying_key());
    let options = ProofOptions::assertion(method, Timestamp::parse(AWARDED).unwrap()).with(form);
    let badge = AchievementCredential::parse(&badge(holder).to_string()).unwrap();
    Unsecured::new(badge).sign(&key, &options).unwrap().text().to_owned()
}

/// Verifies a file without a wallet, the school being trusted.
fn verified(holder: &Holder, text: &str, more: &[&str]) -> Ran {
    let file = holder.file("badge.jwt", &format!("{text}\n"));
    holder.run(&[&["verify", &file, "--pin", &SCHOOL.did()], more].concat())
}

const FORMS: [Cryptosuite; 2] = [Cryptosuite::VcJwt(Algorithm::EdDsa), Cryptosuite::VcJoseCose(Algorithm::EdDsa)];

#[test]
fn a_good_badge_in_a_jwt_is_accepted_and_shown_like_any_other() {
    for form in FORMS {
        let holder = Holder::new();
        let ran = verified(&holder, &jwt("did:example:someone", form), &[]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let out = ran.out;
        assert!(
            out.starts_with(
                "Accepted. Every check passed.\n\
                 \x20 ✓ Structure   It is a document of the kind AchievementCredential.\n\
                 \x20 ✓ Signature   The text is exactly as <school>#key signed it.\n"
            ),
            "{out}"
        );
        assert!(out.contains("\nBasiszorg verlenen\n"), "{out}");
    }
}

#[test]
fn an_altered_jwt_is_refused() {
    let text = jwt("did:example:someone", FORMS[0].clone());
    let other = jwt("did:example:another", FORMS[0].clone());
    let (signed, _) = text.rsplit_once('.').unwrap();
    let (_, signature) = other.rsplit_once('.').unwrap();
    let ran = verified(&Holder::new(), &format!("{signed}.{signature}"), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let out = ran.out;
    assert!(
        out.starts_with(
            "Refused. The text was changed after it was signed, or was not signed by the key that it names (<school>#key).\n"
        ),
        "{out}"
    );
}

#[test]
fn a_jwt_that_nobody_signed_is_refused_and_one_of_an_unknown_algorithm_is_undecided() {
    let text = jwt("did:example:someone", FORMS[1].clone());
    let payload = text.split('.').nth(1).unwrap();
    // {"alg":"none"}
    let ran = verified(&Holder::new(), &format!("eyJhbGciOiJub25lIn0.{payload}."), &[]);
    assert_eq!(ran.code, 1, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("alg is \"none\": nobody signed it"), "{}", ran.out);
    // {"alg":"ES384"}
    let ran = verified(&Holder::new(), &format!("eyJhbGciOiJFUzM4NCJ9.{payload}.AAAA"), &[]);
    assert_eq!(ran.code, 2, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("secured with ES384 in a JWT, which this version cannot check"), "{}", ran.out);
}

#[test]
fn a_case_of_a_jwt_is_stored_and_replayed() {
    let holder = Holder::new();
    let case = holder.path("case.json").to_str().unwrap().to_owned();
    let first = verified(&holder, &jwt("did:example:someone", FORMS[0].clone()), &["--case-out", &case]);
    assert_eq!(first.code, 0, "{}", first.err);
    let again = holder.run(&["verify", "--case", &case]);
    assert_eq!((again.code, again.out.lines().next()), (0, first.out.lines().next()));
}

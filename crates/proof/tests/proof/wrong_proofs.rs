//! Which proofs are refused before a key is looked up, and with which sentence?

use serde_json::{Value, json};
use stapel_credential::{AchievementCredential, VerifiablePresentation, json as strict};
use stapel_proof::{ProofError, ProofOptions, Signed, Unsecured};

use crate::support::{
    DidKeys, Refusal, assertion, badge, badge_refusal, bent, did, key, method, now, read, signed_by, tree,
};

fn proof_with(member: &str, value: Value) -> String {
    let refusal = badge_refusal(&bent(|badge| badge["proof"][member] = value));
    assert!(!refusal.is_undecided());
    refusal.sentence()
}

fn proof_without(member: &str) -> String {
    badge_refusal(&bent(|badge| drop(badge["proof"].as_object_mut().unwrap().remove(member)))).sentence()
}

#[test]
fn a_missing_member_is_named() {
    for member in ["type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue"] {
        assert_eq!(proof_without(member), format!("$.proof.{member}: is missing"));
    }
}

#[test]
fn a_member_of_the_wrong_type_is_named() {
    for member in
        ["type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue", "created", "expires", "challenge"]
    {
        assert_eq!(proof_with(member, json!(["x"])), format!("$.proof.{member}: expected text"));
    }
    assert_eq!(proof_with("domain", json!(["a", 1])), "$.proof.domain: expected text");
}

#[test]
fn a_signature_that_is_none_is_refused_with_its_cause() {
    for (value, cause) in [
        ("", "the text does not start with 'z', the multibase prefix of base58btc"),
        ("uAAAA", "the text does not start with 'z', the multibase prefix of base58btc"),
        ("z0", "the character at position 1 is not in the base58btc alphabet"),
        ("z2", "the text holds 1 bytes where 64 belong"),
    ] {
        assert_eq!(proof_with("proofValue", json!(value)), format!("$.proof.proofValue: {cause}"));
    }
}

#[test]
fn a_date_that_is_none_is_refused() {
    let cause = "is not a date and time with time zone such as 2026-11-22T09:00:00Z";
    for member in ["created", "expires"] {
        let sentence = proof_with(member, json!("2026-13-01T00:00:00Z"));
        assert_eq!(sentence, format!("$.proof.{member}: \"2026-13-01T00:00:00Z\" {cause}"));
    }
}

#[test]
fn a_key_that_is_not_named_by_a_did_is_undecided() {
    let text = bent(|badge| badge["proof"]["verificationMethod"] = json!("https://roc.example/keys/1"));
    let refusal = badge_refusal(&text);
    assert_eq!(
        refusal.sentence(),
        "$.proof.verificationMethod: the key https://roc.example/keys/1 is not named by a DID, so it cannot be looked up"
    );
    assert!(matches!(refusal, Refusal::Unreadable(ProofError::ForeignMethod { .. })));
    assert!(refusal.is_undecided());
}

#[test]
fn a_key_that_is_no_name_at_all_is_refused() {
    assert_eq!(
        proof_with("verificationMethod", json!("key 1")),
        "$.proof.verificationMethod: \"key 1\" is not an absolute URL or URN: \
         it contains a space or another character that URLs do not allow"
    );
}

#[test]
fn a_proof_for_another_purpose_is_refused() {
    for purpose in ["authentication", "capabilityInvocation", "AssertionMethod", ""] {
        assert_eq!(
            proof_with("proofPurpose", json!(purpose)),
            format!("the proof's purpose is {purpose:?}, not assertionMethod")
        );
    }
    let signed = Unsecured::new(badge()).sign(&key(1), &ProofOptions::authentication(method(1), now())).unwrap();
    assert!(matches!(signed.authenticate(&DidKeys).unwrap_err(), stapel_proof::AuthenticateError::WrongPurpose { .. }));
}

fn presentation() -> VerifiablePresentation {
    let text = json!({
        "@context": stapel_credential::context::document_contexts(),
        "type": ["VerifiablePresentation"],
        "holder": did(2),
        "verifiableCredential": [tree()],
    });
    VerifiablePresentation::parse(&text.to_string()).unwrap()
}

#[test]
fn a_presentation_is_signed_to_authenticate_and_not_to_assert() {
    let shown = Unsecured::new(presentation()).sign(&key(2), &ProofOptions::authentication(method(2), now())).unwrap();
    assert_eq!(read::<VerifiablePresentation>(shown.text()), Ok(()));
    let stated = Unsecured::new(presentation()).sign(&key(2), &assertion(2)).unwrap();
    assert_eq!(
        read::<VerifiablePresentation>(stated.text()).unwrap_err().sentence(),
        "the proof's purpose is \"assertionMethod\", not authentication"
    );
}

#[test]
fn a_presentation_by_another_than_its_holder_is_refused() {
    let shown = Unsecured::new(presentation()).sign(&key(3), &ProofOptions::authentication(method(3), now())).unwrap();
    assert_eq!(
        read::<VerifiablePresentation>(shown.text()).unwrap_err().sentence(),
        format!("signed by {}, which is not a key of {}", did(3), did(2))
    );
}

#[test]
fn a_legacy_proof_that_names_our_suite_is_still_a_legacy_proof() {
    let text = bent(|badge| badge["proof"]["type"] = json!("RsaSignature2018"));
    assert_eq!(badge_refusal(&text).sentence(), "secured with RsaSignature2018, which this version cannot check");
}

#[test]
fn a_member_that_stands_twice_is_refused_wherever_it_stands() {
    let text = signed_by(1).text().to_owned();
    let twice = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        badge_refusal(&text.replacen(from, to, 1)).sentence()
    };
    assert_eq!(
        twice("\"validFrom\":", "\"validFrom\":\"2020-01-01T00:00:00Z\",\"validFrom\":"),
        "$.validFrom: the member stands twice in its object"
    );
    assert_eq!(
        twice("\"validFrom\":", "\"valid\\u0046rom\":\"2020-01-01T00:00:00Z\",\"validFrom\":"),
        "$.validFrom: the member stands twice in its object"
    );
    assert_eq!(
        twice("\"criteria\":", "\"name\":\"Doctoraat\",\"criteria\":"),
        "$.credentialSubject.achievement.name: the member stands twice in its object"
    );
    assert_eq!(
        twice("\"proofPurpose\":", "\"proofPurpose\":\"authentication\",\"proofPurpose\":"),
        "$.proof.proofPurpose: the member stands twice in its object"
    );
    assert_eq!(twice("\"proof\":", "\"proof\":{},\"proof\":"), "$.proof: the member stands twice in its object");
    assert_eq!(twice("\"id\":\"urn", "\"id\":\"urn:x:y\",\"id\":\"urn"), "$.id: the member stands twice in its object");
}

#[test]
fn a_text_that_is_too_large_or_too_deep_is_refused() {
    let limit = strict::MAX_DOCUMENT_BYTES;
    let spaces = format!("{}{}", signed_by(1).text(), " ".repeat(limit));
    assert_eq!(
        badge_refusal(&spaces).sentence(),
        format!("the document has {} bytes; at most {limit} are read", spaces.len())
    );
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let text = bent(|badge| badge["evidence"] = json!("DEEP")).replace("\"DEEP\"", &deep);
    let sentence = badge_refusal(&text).sentence();
    assert!(sentence.ends_with(": nested deeper than 64 levels"), "{sentence}");
}

#[test]
fn what_is_no_object_or_another_kind_of_document_is_refused() {
    for text in ["", "null", "[]", "\"text\"", "{}", "{\"proof\":{}}", "\u{feff}{}"] {
        assert!(matches!(badge_refusal(text), Refusal::Unreadable(ProofError::Json(_))), "{text}");
    }
    let programme = bent(|badge| badge["type"] = json!(["VerifiableCredential", "ProgrammeCredential"]));
    assert_eq!(
        badge_refusal(&programme).sentence(),
        "$.type: expected AchievementCredential or OpenBadgeCredential, found VerifiableCredential, ProgrammeCredential"
    );
    assert!(Signed::<AchievementCredential>::parse(&tree().to_string()).is_ok());
}

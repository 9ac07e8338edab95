//! Does anything but the signed text pass?

use serde_json::{Value, json};
use stapel_credential::AchievementCredential;
use stapel_proof::{AuthenticateError, Signed};

use crate::support::{ALTERED, DidKeys, Refusal, badge_refusal, bent, did, method, read, signed_by, tree};

#[test]
fn a_signed_badge_is_authentic() {
    let signed = Signed::<AchievementCredential>::parse(signed_by(1).text()).unwrap();
    let authentic = signed.authenticate(&DidKeys).unwrap();
    assert_eq!(authentic.content(), signed.peek_unverified());
}

#[test]
fn every_byte_that_is_changed_left_out_or_doubled_is_noticed() {
    let text = signed_by(1).text().to_owned();
    let bytes = text.as_bytes();
    let mut tried = 0;
    for at in 0..bytes.len() {
        let mut variants: Vec<Vec<u8>> = [1_u8, 2, 0x10, 0x20]
            .iter()
            .map(|flip| {
                let mut variant = bytes.to_vec();
                variant[at] ^= flip;
                variant
            })
            .collect();
        variants.push([&bytes[..at], &bytes[at + 1..]].concat());
        variants.push([&bytes[..=at], &bytes[at..]].concat());
        for variant in variants {
            // Bytes that are no text never come as far as this library.
            let Ok(variant) = String::from_utf8(variant) else { continue };
            tried += 1;
            let outcome = read::<AchievementCredential>(&variant);
            assert!(outcome.is_err(), "byte {at} ({:?}) was changed unnoticed: {variant}", bytes[at] as char);
        }
    }
    assert!(tried > 10_000, "{tried}");
}

#[test]
fn a_text_cut_off_anywhere_is_unreadable() {
    let text = signed_by(1).text().to_owned();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert!(matches!(badge_refusal(&text[..end]), Refusal::Unreadable(_)), "{end}");
    }
}

#[test]
fn spaces_order_and_escapes_do_not_matter() {
    let pretty = serde_json::to_string_pretty(&tree()).unwrap();
    assert_ne!(pretty, signed_by(1).text());
    assert_eq!(read::<AchievementCredential>(&pretty), Ok(()));
    assert_eq!(read::<AchievementCredential>(&pretty.replace('é', "\\u00e9").replace('€', "\\u20AC")), Ok(()));
    assert_eq!(read::<AchievementCredential>(&format!("\n\t {pretty} \r\n")), Ok(()));
}

fn is_altered(text: &str) {
    let refusal = badge_refusal(text);
    assert_eq!(refusal.sentence(), format!("the signature of {} {ALTERED}", method(1)));
    assert!(!refusal.is_undecided());
}

#[test]
fn a_member_that_is_added_is_an_alteration_wherever_it_stands() {
    is_altered(&bent(|badge| badge["unknown"] = json!(1)));
    is_altered(&bent(|badge| badge["validUntil"] = json!("2099-01-01T00:00:00Z")));
    is_altered(&bent(|badge| badge["issuer"]["unknown"] = json!(1)));
    is_altered(&bent(|badge| badge["credentialSubject"]["achievement"]["unknown"] = json!({})));
    is_altered(&bent(|badge| badge["proof"]["unknown"] = json!(null)));
    is_altered(&bent(|badge| badge["proof"]["domain"] = json!("roc.example")));
    is_altered(&bent(|badge| badge["proof"]["challenge"] = json!("c")));
    is_altered(&bent(|badge| badge["proof"]["expires"] = json!("2099-01-01T00:00:00Z")));
    is_altered(&bent(|badge| badge["proof"]["id"] = json!("urn:uuid:1")));
}

#[test]
fn a_member_that_is_taken_out_is_an_alteration() {
    let without = |path: &str, member: &str| {
        bent(|badge| {
            badge.pointer_mut(path).unwrap().as_object_mut().unwrap().remove(member).unwrap();
        })
    };
    is_altered(&without("/issuer", "name"));
    is_altered(&without("/credentialSubject", "creditsEarned"));
    is_altered(&without("/proof", "created"));
}

#[test]
fn another_subject_title_credits_or_date_is_an_alteration() {
    is_altered(&bent(|badge| badge["credentialSubject"]["id"] = json!(did(3))));
    is_altered(&bent(|badge| badge["credentialSubject"]["achievement"]["name"] = json!("Doctoraat")));
    is_altered(&bent(|badge| badge["credentialSubject"]["creditsEarned"] = json!(250)));
    is_altered(&bent(|badge| badge["validFrom"] = json!("2020-06-30T12:00:00Z")));
    is_altered(&bent(|badge| badge["proof"]["created"] = json!("2020-06-30T12:00:00Z")));
    is_altered(&bent(|badge| badge["type"] = json!(["AchievementCredential", "VerifiableCredential"])));
}

#[test]
fn a_list_of_one_is_not_the_value_itself() {
    is_altered(&bent(|badge| badge["credentialSubject"]["type"] = json!("AchievementSubject")));
    is_altered(&bent(|badge| badge["credentialSubject"]["achievement"]["type"] = json!("Achievement")));
}

#[test]
fn the_signature_of_another_document_does_not_fit() {
    let other = bent(|badge| badge["id"] = json!("urn:uuid:00000000-0000-4000-8000-000000000000"));
    is_altered(&other);
}

/// L, the order of the group, little-endian: S + L would be the same signature once more (RFC 8032 §5.1.7).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[test]
fn a_second_spelling_of_the_signature_is_refused() {
    let signed = signed_by(1);
    let mut bytes = signed.proofs().next().unwrap().signature.unwrap().to_bytes();
    let mut carry = 0;
    for (byte, add) in bytes[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    let twin = stapel_keys::Signature::from_bytes(&bytes).to_multibase();
    is_altered(&bent(|badge| badge["proof"]["proofValue"] = json!(twin)));
}

#[test]
fn a_signature_of_zeroes_is_refused() {
    let zeroes = stapel_keys::Signature::from_bytes(&[0; 64]).to_multibase();
    is_altered(&bent(|badge| badge["proof"]["proofValue"] = json!(zeroes)));
}

#[test]
fn a_trusted_name_over_a_strangers_key_is_rejected() {
    let signed = signed_by(3);
    let error = signed.authenticate(&DidKeys).unwrap_err();
    assert_eq!(error.to_string(), format!("signed by {}, which is not a key of {}", did(3), did(1)));
    assert!(matches!(error, AuthenticateError::NotByController { .. }));
    assert!(!error.is_undecided());
}

#[test]
fn the_name_of_the_controllers_key_over_a_strangers_signature_is_rejected() {
    let mut forged: Value = serde_json::from_str(signed_by(3).text()).unwrap();
    forged["proof"]["verificationMethod"] = json!(method(1));
    is_altered(&forged.to_string());
}

#[test]
fn a_key_whose_did_only_begins_like_the_controllers_is_a_strangers() {
    let mut badge = tree();
    badge["issuer"]["id"] = json!(format!("{}x", did(1)));
    assert!(matches!(badge_refusal(&badge.to_string()), Refusal::NotAuthentic(AuthenticateError::BadSignature { .. })));
    let unsigned = crate::support::badge();
    let other = AchievementCredential {
        issuer: stapel_credential::Profile::new(stapel_credential::Uri::parse(&format!("{}x", did(1))).unwrap()),
        ..unsigned
    };
    let signed = stapel_proof::Unsecured::new(other).sign(&crate::support::key(1), &crate::support::assertion(1));
    let error = signed.unwrap().authenticate(&DidKeys).unwrap_err();
    assert!(matches!(error, AuthenticateError::NotByController { .. }), "{error}");
}

//! Which proofs are not what they seem, in ways that need no second suite?

use serde_json::{Value, json};
use stapel_keys::Signature;
use stapel_verifier::CheckKind;

use crate::accepted::signed;
use crate::scene::{Scene, scene};
use crate::vectors::{Vector, refused};
use crate::world::*;

/// The genuine badge, bent after it was signed.
fn forged(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut badge = signed();
    bend(&mut badge);
    scene(&badge)
}

/// The genuine badge with another text of its signature.
fn value_so(bend: impl FnOnce(&str) -> String) -> Scene {
    forged(|badge| {
        let text = bend(badge["proof"]["proofValue"].as_str().unwrap());
        badge["proof"]["proofValue"] = json!(text);
    })
}

/// The bytes of a signature bent.
fn signature_so(bend: impl FnOnce(&mut [u8; 64])) -> Scene {
    value_so(|text| {
        let mut bytes = Signature::from_multibase(text).unwrap().to_bytes();
        bend(&mut bytes);
        Signature::from_bytes(&bytes).to_multibase()
    })
}

fn shape_cases() -> Vec<Vector> {
    let malformed = |name, proves, scene| refused(name, CheckKind::Structure, "malformed", proves, scene);
    let with = |member: &'static str, value: Value| forged(|badge| badge["proof"][member] = value);
    vec![
        malformed("proof-as-text", "a proof is an object", forged(|badge| badge["proof"] = json!("proof"))),
        malformed(
            "proof-list-in-a-list",
            "a list of proofs holds proofs",
            forged(|badge| badge["proof"] = json!([[badge["proof"]]])),
        ),
        malformed(
            "proof-value-with-a-letter-outside-the-alphabet",
            "base58btc has no zero, and none is read as an o",
            value_so(|text| format!("{}0", &text[..text.len() - 1])),
        ),
        malformed(
            "proof-value-without-its-prefix",
            "which alphabet is meant must be said",
            value_so(|text| text[1..].to_owned()),
        ),
        malformed(
            "proof-value-with-a-space-behind-it",
            "nothing stands around a signature",
            value_so(|text| format!("{text} ")),
        ),
        malformed(
            "proof-value-with-a-byte-in-front",
            "a signature has 64 bytes, and zeroes before them are not passed over",
            value_so(|text| format!("z1{}", &text[1..])),
        ),
        malformed(
            "proof-value-as-a-list",
            "of two signatures one may hold and the other be read",
            forged(|badge| badge["proof"]["proofValue"] = json!([badge["proof"]["proofValue"]])),
        ),
        malformed(
            "proof-date-without-time-zone",
            "an instant has a time zone in proofs too",
            with("created", json!("2026-06-30T12:00:00")),
        ),
        malformed("proof-date-as-a-number", "and is text", with("created", json!(1_782_820_800))),
        malformed(
            "proof-end-that-is-no-date",
            "an end that cannot be read is not passed over",
            with("expires", json!("never")),
        ),
        malformed(
            "proof-method-missing",
            "whose key it was must be said",
            forged(|badge| {
                drop(badge["proof"].as_object_mut().unwrap().remove("verificationMethod"));
            }),
        ),
        malformed(
            "proof-kind-missing",
            "what kind of proof it is must be said",
            forged(|badge| drop(badge["proof"].as_object_mut().unwrap().remove("type"))),
        ),
        malformed(
            "proof-suite-missing",
            "with which suite it was made must be said",
            forged(|badge| drop(badge["proof"].as_object_mut().unwrap().remove("cryptosuite"))),
        ),
        malformed(
            "proof-purpose-as-a-list",
            "of two purposes one may fit",
            with("proofPurpose", json!(["assertionMethod", "authentication"])),
        ),
        malformed(
            "context-of-the-proof-beside-the-documents",
            "the document's contexts begin with the proof's",
            with(
                "@context",
                json!(["https://www.w3.org/ns/credentials/v2", "https://w3id.org/security/data-integrity/v2"]),
            ),
        ),
        malformed(
            "context-of-the-proof-in-another-order",
            "in the same order",
            forged(|badge| {
                let contexts = badge["proof"]["@context"].as_array_mut().unwrap();
                contexts.reverse();
            }),
        ),
    ]
}

fn signature_cases() -> Vec<Vector> {
    let altered = |name, proves, scene| refused(name, CheckKind::Proof, "altered", proves, scene);
    vec![
        altered("signature-with-one-bit-of-r-turned", "every bit of R counts", signature_so(|bytes| bytes[0] ^= 1)),
        altered("signature-with-one-bit-of-s-turned", "and every bit of S", signature_so(|bytes| bytes[32] ^= 1)),
        altered("signature-with-its-sign-turned", "the sign of R too", signature_so(|bytes| bytes[31] ^= 0x80)),
        altered("signature-with-its-halves-exchanged", "R comes first", signature_so(|bytes| bytes.rotate_left(32))),
        altered(
            "signature-with-a-high-bit-in-s",
            "S is below the order of the group",
            signature_so(|bytes| bytes[63] |= 0x20),
        ),
        altered(
            "signature-whose-r-is-of-small-order",
            "an R of small order is no commitment",
            signature_so(|bytes| {
                bytes[..32].fill(0);
                bytes[0] = 1;
            }),
        ),
        altered("signature-of-ones", "bytes that are no point are no R", signature_so(|bytes| bytes.fill(0xff))),
        altered(
            "signature-over-the-document-alone",
            "what is signed is the proof's hash and then the document's",
            scene(&{
                let mut badge = signed();
                let mut unsigned = badge.clone();
                unsigned.as_object_mut().unwrap().remove("proof");
                badge["proof"]["proofValue"] = json!(raw_signature(&digest(&unsigned)));
                badge
            }),
        ),
        altered(
            "signature-over-the-hashes-in-the-other-order",
            "in this order",
            scene(&{
                let mut badge = signed();
                let mut unsigned = badge.clone();
                let mut proof = unsigned.as_object_mut().unwrap().remove("proof").unwrap();
                proof.as_object_mut().unwrap().remove("proofValue");
                badge["proof"]["proofValue"] = json!(raw_signature(&[digest(&unsigned), digest(&proof)].concat()));
                badge
            }),
        ),
    ]
}

fn raw_signature(message: &[u8]) -> String {
    use stapel_keys::Signer as _;
    key("school").sign(message).unwrap().to_multibase()
}

fn content_cases() -> Vec<Vector> {
    let altered = |name, proves, scene| refused(name, CheckKind::Proof, "altered", proves, scene);
    vec![
        altered("proof-purpose-exchanged", "the purpose is signed", forged_showing()),
        altered(
            "proof-with-an-end-added",
            "so is that it has no end",
            forged(|badge| badge["proof"]["expires"] = json!("2030-01-01T00:00:00Z")),
        ),
        altered(
            "proof-with-a-name-added",
            "and that it has no name",
            forged(|badge| badge["proof"]["id"] = json!("urn:uuid:1")),
        ),
        altered("proof-with-a-nonce-added", "and no nonce", forged(|badge| badge["proof"]["nonce"] = json!("n"))),
        altered(
            "proof-with-a-domain-added",
            "and nobody whom it is for",
            forged(|badge| badge["proof"]["domain"] = json!(AUDIENCE)),
        ),
        altered(
            "proof-date-in-another-time-zone",
            "the same instant in other letters was not signed",
            forged(|badge| badge["proof"]["created"] = json!("2026-06-30T14:00:00+02:00")),
        ),
        altered(
            "date-in-another-time-zone",
            "in the badge neither",
            forged(|badge| badge["validFrom"] = json!("2026-06-30T14:00:00+02:00")),
        ),
        altered(
            "name-in-another-unicode-form",
            "letters are compared by their code points",
            scene(&{
                let mut badge = badge();
                badge["name"] = json!("Caf\u{e9}");
                let mut badge = pen("school").sign(badge);
                badge["name"] = json!("Cafe\u{301}");
                badge
            }),
        ),
        altered(
            "member-in-look-alike-letters",
            "a member whose name looks like another is another",
            forged(|badge| badge["credentialSubject"]["\u{441}reditsEarned"] = json!(2400)),
        ),
        altered(
            "member-with-an-invisible-letter",
            "or that has a letter nobody sees",
            forged(|badge| badge["credentialSubject"]["creditsEarned\u{200b}"] = json!(2400)),
        ),
        altered(
            "codes-in-another-order",
            "the order of a list is signed",
            scene(&{
                let mut badge = badge();
                let codes = badge["credentialSubject"]["achievement"]["otherIdentifier"].as_array_mut().unwrap();
                codes.push(json!({ "type": "IdentifierEntry", "identifier": "1", "identifierType": "ext:own" }));
                let mut badge = pen("school").sign(badge);
                badge["credentialSubject"]["achievement"]["otherIdentifier"].as_array_mut().unwrap().reverse();
                badge
            }),
        ),
        altered(
            "number-as-near-as-can-be",
            "the next number is another one",
            scene(&{
                let mut badge = badge();
                badge["credentialSubject"]["creditsEarned"] = json!(2.5);
                let mut badge = pen("school").sign(badge);
                badge["credentialSubject"]["creditsEarned"] = json!(2.51);
                badge
            }),
        ),
        altered(
            "achievement-of-another-badge",
            "an achievement is signed with its subject",
            scene(&{
                let mut other = badge();
                other["credentialSubject"]["achievement"]["id"] = json!("https://roc.example/achievements/zorg-2");
                let mut badge = signed();
                badge["credentialSubject"] = other["credentialSubject"].clone();
                badge
            }),
        ),
        altered(
            "issuers-name-changed",
            "what the issuer is called is signed",
            forged(|badge| badge["issuer"]["name"] = json!("Universiteit Voorbeeld")),
        ),
        altered(
            "type-added",
            "no further type was signed",
            forged(|badge| {
                badge["type"].as_array_mut().unwrap().push(json!("EndorsementCredential"));
            }),
        ),
    ]
}

/// A badge signed to authenticate, whose purpose was exchanged after that.
fn forged_showing() -> Scene {
    let mut badge = pen("school").with("proofPurpose", "authentication").sign(badge());
    badge["proof"]["proofPurpose"] = json!("assertionMethod");
    scene(&badge)
}

pub(crate) fn vectors() -> Vec<Vector> {
    [shape_cases(), signature_cases(), content_cases()].concat()
}

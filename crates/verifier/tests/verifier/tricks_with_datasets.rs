//! Under `eddsa-rdfc-2022` what is signed is what the contexts make of the JSON: how could another JSON pass for it?

use serde_json::{Value, json};
use stapel_keys::{Signature, Signer as _};
use stapel_verifier::CheckKind;

use crate::scene::{Scene, bare, scene, without_list, without_trust};
use crate::vectors::{Vector, accepted, refused, undecided};
use crate::world::*;

/// The badge, signed by the school over its dataset.
pub(crate) fn signed() -> Value {
    pen("school").rdfc().sign(badge())
}

/// The genuine badge, bent after it was signed.
fn forged(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut badge = signed();
    bend(&mut badge);
    scene(&badge)
}

/// The genuine badge with the facts of the extension, bent after it was signed.
fn forged_facts(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut badge = pen("school").rdfc().sign(extended_badge());
    bend(&mut badge);
    scene(&badge)
}

fn subject(badge: &mut Value) -> &mut Value {
    &mut badge["credentialSubject"]
}

fn achievement(badge: &mut Value) -> &mut Value {
    &mut badge["credentialSubject"]["achievement"]
}

fn accepted_cases() -> Vec<Vector> {
    let holds = |name, proves, scene| accepted(name, CheckKind::Proof, "intact", proves, scene);
    vec![
        holds("dataset", "a badge signed over its dataset", scene(&signed())),
        holds(
            "dataset-with-the-extension",
            "with the facts of the extension",
            scene(&pen("school").rdfc().sign(extended_badge())),
        ),
        holds(
            "dataset-with-its-codes-in-another-order",
            "a set has no order, and none is read into it",
            scene(&{
                let mut badge = badge();
                let kinds = json!(["AchievementCredential", "VerifiableCredential"]);
                badge["type"] = json!(["VerifiableCredential", "AchievementCredential"]);
                let mut badge = pen("school").rdfc().sign(badge);
                badge["type"] = kinds;
                badge
            }),
        ),
        holds(
            "dataset-under-a-context-that-changes-nothing",
            "a context that changes nothing in the dataset changes nothing",
            forged(|badge| {
                badge["@context"].as_array_mut().unwrap().push(json!({ "@base": "https://elsewhere.example/" }));
            }),
        ),
        holds(
            "dataset-beside-the-text",
            "a badge that two suites secure is one badge",
            scene(&{
                let mut badge = badge();
                badge["proof"] = json!([pen("school").proof_of(&badge), pen("school").rdfc().proof_of(&badge)]);
                badge
            }),
        ),
        holds(
            "dataset-with-a-list-over-its-dataset",
            "a status list may be secured so too",
            without_list(&signed()).list(&pen("school").rdfc().sign(status_list(&[]))),
        ),
    ]
}

fn altered_cases() -> Vec<Vector> {
    let altered = |name, proves, scene| refused(name, CheckKind::Proof, "altered", proves, scene);
    let proof_so = |member: &'static str, value: Value| forged(move |badge| badge["proof"][member] = value);
    vec![
        altered(
            "dataset-title-changed",
            "another title is another dataset",
            forged(|badge| achievement(badge)["name"] = json!("Basiszorg verlenen en meer")),
        ),
        altered(
            "dataset-credits-multiplied",
            "so are more credits",
            forged(|badge| subject(badge)["creditsEarned"] = json!(2400)),
        ),
        altered(
            "dataset-credits-almost-the-same",
            "and a hundredth more",
            forged(|badge| subject(badge)["creditsEarned"] = json!(240.01)),
        ),
        altered(
            "dataset-subject-changed",
            "another learner",
            forged(|badge| subject(badge)["id"] = json!(did("other-learner"))),
        ),
        altered(
            "dataset-subject-taken-out",
            "a badge for nobody",
            forged(|badge| drop(subject(badge).as_object_mut().unwrap().remove("id"))),
        ),
        altered("dataset-end-added", "an end", forged(|badge| badge["validUntil"] = json!("2030-01-01T00:00:00Z"))),
        altered(
            "dataset-date-in-another-time-zone",
            "a date is compared as it is written",
            forged(|badge| badge["validFrom"] = json!("2026-06-30T14:00:00+02:00")),
        ),
        altered(
            "dataset-code-exchanged",
            "another code",
            forged(|badge| achievement(badge)["humanCode"] = json!("ZORG-2")),
        ),
        altered(
            "dataset-code-moved-to-the-badge",
            "the same code of another thing",
            forged(|badge| {
                let codes = achievement(badge).as_object_mut().unwrap().remove("otherIdentifier").unwrap();
                badge["issuer"]["otherIdentifier"] = codes;
            }),
        ),
        altered(
            "dataset-status-entry-stripped",
            "a revoked badge does not become good without its status",
            forged(|badge| drop(badge.as_object_mut().unwrap().remove("credentialStatus"))),
        ),
        altered(
            "dataset-status-entry-moved",
            "nor with the place of another",
            forged(|badge| badge["credentialStatus"]["statusListIndex"] = json!("12")),
        ),
        altered(
            "dataset-fact-changed",
            "facts of the extension are signed",
            forged_facts(|badge| achievement(badge)["creditUnit"] = json!("EC")),
        ),
        altered(
            "dataset-fact-taken-out",
            "and cannot be taken out",
            forged_facts(|badge| drop(achievement(badge).as_object_mut().unwrap().remove("creditUnit"))),
        ),
        altered(
            "dataset-proof-back-dated",
            "the proof's date is signed",
            proof_so("created", json!("2020-01-01T00:00:00Z")),
        ),
        altered("dataset-proof-with-an-end-added", "and its end", proof_so("expires", json!("2030-01-01T00:00:00Z"))),
        altered("dataset-proof-with-a-name-added", "and its name", proof_so("id", json!("urn:uuid:1"))),
        altered("dataset-proof-with-a-domain-added", "and for whom it is", proof_so("domain", json!(AUDIENCE))),
        altered("dataset-proof-with-a-challenge-added", "and what it answers", proof_so("challenge", json!(CHALLENGE))),
        altered("dataset-proof-purpose-exchanged", "and its purpose", {
            let mut badge = pen("school").rdfc().with("proofPurpose", "authentication").sign(badge());
            badge["proof"]["proofPurpose"] = json!("assertionMethod");
            scene(&badge)
        }),
        altered(
            "dataset-signature-under-the-name-of-the-text-suite",
            "a signature over the dataset is none over the text",
            forged(|badge| {
                badge["proof"]["cryptosuite"] = json!("eddsa-jcs-2022");
                badge["proof"]["@context"] = badge["@context"].clone();
            }),
        ),
        altered(
            "text-signature-under-the-name-of-the-dataset-suite",
            "nor the other way about",
            scene(&{
                let mut badge = crate::accepted::signed();
                badge["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022");
                badge["proof"].as_object_mut().unwrap().remove("@context");
                badge
            }),
        ),
        altered(
            "dataset-signature-of-another-badge",
            "a signature belongs to one document",
            forged(|badge| badge["id"] = json!("urn:uuid:2f3a6f3e-0a4b-4e8a-8f27-7b1c9d5e4a10")),
        ),
        altered(
            "dataset-signature-of-a-stranger",
            "the name of the issuer's key is not its signature",
            scene(&pen("stranger").rdfc().naming(&method("school")).sign(badge())),
        ),
        altered("dataset-signature-in-a-second-spelling", "S and S + L would be two signatures", {
            forged(|badge| {
                let text = badge["proof"]["proofValue"].as_str().unwrap();
                let signature = Signature::from_multibase(text).unwrap();
                badge["proof"]["proofValue"] = json!(crate::refused::twin(&signature).to_multibase());
            })
        }),
        altered(
            "dataset-signature-over-the-dataset-alone",
            "what is signed is the proof's hash and then the document's",
            forged(|badge| {
                let mut unsigned = badge.clone();
                unsigned.as_object_mut().unwrap().remove("proof");
                badge["proof"]["proofValue"] = json!(raw(&dataset_digest(&unsigned)));
            }),
        ),
        altered(
            "dataset-signature-over-the-hashes-in-the-other-order",
            "in this order",
            forged(|badge| {
                let mut unsigned = badge.clone();
                let mut config = unsigned.as_object_mut().unwrap().remove("proof").unwrap();
                config.as_object_mut().unwrap().remove("proofValue");
                config["@context"] = unsigned["@context"].clone();
                let data = [dataset_digest(&unsigned), dataset_digest(&config)].concat();
                badge["proof"]["proofValue"] = json!(raw(&data));
            }),
        ),
        altered(
            "dataset-set-with-a-bad-member",
            "every proof of a set counts",
            scene(&{
                let mut badge = badge();
                let mut other = pen("university").rdfc().proof_of(&badge);
                other["created"] = json!("2020-01-01T00:00:00Z");
                badge["proof"] = json!([pen("school").rdfc().proof_of(&badge), other]);
                badge
            }),
        ),
        altered(
            "dataset-set-with-a-bad-text-member",
            "whatever its suite",
            scene(&{
                let mut badge = badge();
                let mut other = pen("school").proof_of(&badge);
                other["created"] = json!("2020-01-01T00:00:00Z");
                badge["proof"] = json!([pen("school").rdfc().proof_of(&badge), other]);
                badge
            }),
        ),
        altered(
            "dataset-chain-broken",
            "a proof that names one before it signs that one too",
            scene(&{
                let mut badge = badge();
                let first = pen("school").rdfc().with("id", "urn:uuid:1").proof_of(&badge);
                let second = pen("university").rdfc().with("previousProof", "urn:uuid:1").proof_of(&badge);
                badge["proof"] = json!([first, second]);
                badge
            }),
        ),
        refused(
            "dataset-signed-to-authenticate",
            CheckKind::Proof,
            "wrong-purpose",
            "a key that shows who one is does not state anything",
            scene(&pen("school").rdfc().with("proofPurpose", "authentication").sign(badge())),
        ),
        refused(
            "dataset-by-a-stranger",
            CheckKind::Key,
            "key-of-another",
            "a good signature of a stranger under a trusted name",
            scene(&pen("stranger").rdfc().sign(badge())),
        ),
        refused(
            "dataset-revoked",
            CheckKind::Status,
            "revoked",
            "the bit is set, whatever the suite",
            without_list(&signed()).list(&pen("school").rdfc().sign(status_list(&[PLACE]))),
        ),
        refused(
            "dataset-expired",
            CheckKind::Validity,
            "expired",
            "a badge past its end, whatever the suite",
            scene(&{
                let mut badge = badge();
                badge["validUntil"] = json!("2026-07-31T23:59:59Z");
                pen("school").rdfc().sign(badge)
            }),
        ),
    ]
}

fn raw(message: &[u8]) -> String {
    key("school").sign(message).unwrap().to_multibase()
}

/// Another name for a member.
fn rename(object: &mut Value, from: &str, to: &str) {
    let value = object.as_object_mut().unwrap().remove(from).unwrap();
    object[to] = value;
}

/// The genuine badge under one more context, by which its JSON is written otherwise and its dataset is the same.
fn renamed(context: &Value, bend: impl FnOnce(&mut Value)) -> Scene {
    let genuine = signed();
    let scene = forged(|badge| {
        badge["@context"].as_array_mut().unwrap().push(context.clone());
        bend(badge);
    });
    assert_ne!(scene.document, text(&genuine));
    scene
}

/// A badge that the school signed with a unit of credits, to which its context gives another meaning than we read.
fn meaning(context: Value) -> Scene {
    let mut badge = badge();
    badge["@context"].as_array_mut().unwrap().push(context);
    achievement(&mut badge)["creditUnit"] = json!("SBU");
    scene(&pen("school").rdfc().sign(badge))
}

/// What says something else as JSON than as a dataset.
fn other_reading_cases() -> Vec<Vector> {
    let not_signed = |name, proves, scene| refused(name, CheckKind::Proof, "not-what-was-signed", proves, scene);
    let malformed = |name, proves, scene| refused(name, CheckKind::Structure, "malformed", proves, scene);
    let with_context = |context: Value| forged(move |badge| badge["@context"].as_array_mut().unwrap().push(context));
    vec![
        not_signed(
            "dataset-undefined-member",
            "a member that no context defines is in no dataset, so nobody signed it",
            forged(|badge| subject(badge)["creditsTotal"] = json!(2400)),
        ),
        not_signed(
            "dataset-undefined-type",
            "nor is such a type",
            forged(|badge| badge["type"].as_array_mut().unwrap().push(json!("DiplomaCredential"))),
        ),
        not_signed(
            "dataset-member-by-its-address",
            "a member is called by its name, and not by its address beside it",
            forged(|badge| {
                subject(badge)["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsEarned"] = json!(2400);
                drop(subject(badge).as_object_mut().unwrap().remove("creditsEarned"));
            }),
        ),
        not_signed(
            "dataset-member-by-a-short-address",
            "nor by a prefix",
            forged_facts(|badge| {
                let unit = achievement(badge).as_object_mut().unwrap().remove("creditUnit").unwrap();
                achievement(badge)["stapel:creditUnit"] = unit;
            }),
        ),
        not_signed(
            "dataset-id-by-its-keyword",
            "who is meant stands in id",
            forged(|badge| {
                let id = subject(badge).as_object_mut().unwrap().remove("id").unwrap();
                subject(badge)["@id"] = id;
            }),
        ),
        malformed(
            "dataset-type-by-its-keyword",
            "what it is stands in type",
            forged(|badge| {
                let types = achievement(badge).as_object_mut().unwrap().remove("type").unwrap();
                achievement(badge)["@type"] = types;
            }),
        ),
        not_signed(
            "dataset-nested",
            "a member stands where it belongs",
            forged(|badge| {
                let credits = subject(badge).as_object_mut().unwrap().remove("creditsEarned").unwrap();
                subject(badge)["@nest"] = json!({ "creditsEarned": credits });
            }),
        ),
        not_signed(
            "dataset-with-something-included",
            "nothing about the subject stands elsewhere",
            forged(|badge| badge["@included"] = json!([{ "id": did("learner"), "creditsEarned": 2400 }])),
        ),
        not_signed(
            "dataset-turned-around",
            "a statement is not turned around",
            forged(|badge| {
                let id = badge["id"].clone();
                badge["issuer"]["@reverse"] = json!({ "https://www.w3.org/2018/credentials#issuer": { "id": id } });
            }),
        ),
        not_signed(
            "dataset-in-a-graph",
            "a badge is not hidden in a graph",
            forged(|badge| badge["@graph"] = json!([{ "id": did("learner"), "creditsEarned": 2400 }])),
        ),
        not_signed(
            "dataset-with-a-member-of-nothing",
            "a member that is null is in no dataset, and would still be read",
            forged(|badge| badge["validUntil"] = Value::Null),
        ),
        not_signed(
            "dataset-with-an-empty-list",
            "so is a list without members",
            forged(|badge| badge["evidence"] = json!([])),
        ),
        malformed(
            "dataset-with-a-relative-id",
            "a name that depends on who reads it is none",
            forged(|badge| achievement(badge)["id"] = json!("zorg-1")),
        ),
        malformed(
            "dataset-with-a-name-for-nobody",
            "a name that is anybody's names nobody",
            forged(|badge| achievement(badge)["id"] = json!("_:b0")),
        ),
        malformed(
            "dataset-with-a-value-in-a-wrapping",
            "a value stands there itself",
            forged(|badge| achievement(badge)["name"] = json!({ "@value": "Basiszorg verlenen" })),
        ),
        malformed(
            "dataset-with-a-set-in-a-wrapping",
            "and a set as a list",
            forged(|badge| {
                achievement(badge)["otherIdentifier"] = json!({ "@set": achievement(badge)["otherIdentifier"] });
            }),
        ),
        not_signed(
            "dataset-whose-subject-brings-a-context",
            "no inner context gives the members another meaning",
            forged(|badge| {
                subject(badge)["@context"] = json!({ "creditsEarned": "https://stranger.example/unimportant" });
            }),
        ),
        not_signed(
            "dataset-whose-achievement-forgets-the-contexts",
            "nor takes all meaning away",
            forged(|badge| achievement(badge)["@context"] = Value::Null),
        ),
        not_signed(
            "dataset-with-an-alias-of-type",
            "a context gives no second name for what a thing is",
            renamed(&json!({ "kind": "@type" }), |badge| rename(&mut badge["issuer"], "type", "kind")),
        ),
        not_signed(
            "dataset-with-an-alias-of-id",
            "nor for who it is",
            renamed(&json!({ "who": "@id" }), |badge| rename(subject(badge), "id", "who")),
        ),
        not_signed(
            "dataset-with-a-second-name-for-credits",
            "nor for a member that is read",
            renamed(&json!({ "points": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsEarned" }), |badge| {
                rename(subject(badge), "creditsEarned", "points");
            }),
        ),
        not_signed(
            "dataset-with-a-name-of-another-meaning",
            "nor another meaning to a name that is read",
            meaning(json!({ "creditUnit": "https://stranger.example/unimportant" })),
        ),
        not_signed(
            "dataset-with-a-vocabulary-for-everything",
            "nor a meaning to every name",
            meaning(json!({ "@vocab": "https://stranger.example/" })),
        ),
        not_signed(
            "dataset-with-a-member-renamed-by-a-vocabulary",
            "what an issuer's own context calls otherwise does not become a fact that is read",
            scene(&{
                let mut badge = badge();
                badge["@context"].as_array_mut().unwrap().push(Value::Null);
                badge["@context"][2] = json!({ "unit": "https://stranger.example/creditUnit" });
                achievement(&mut badge)["unit"] = json!("SBU");
                let mut badge = pen("school").rdfc().sign(badge);
                badge["@context"][2] = json!({ "@vocab": "https://stranger.example/" });
                rename(achievement(&mut badge), "unit", "creditUnit");
                badge
            }),
        ),
        not_signed(
            "dataset-with-a-type-by-a-vocabulary",
            "nor its own type one that is known",
            scene(&{
                let mut badge = badge();
                badge["@context"].as_array_mut().unwrap().push(Value::Null);
                badge["type"].as_array_mut().unwrap().push(Value::Null);
                badge["@context"][2] = json!({ "Diploma": "https://stranger.example/ClrCredential" });
                badge["type"][2] = json!("Diploma");
                let mut badge = pen("school").rdfc().sign(badge);
                badge["@context"][2] = json!({ "@vocab": "https://stranger.example/" });
                badge["type"][2] = json!("ClrCredential");
                badge
            }),
        ),
        not_signed(
            "dataset-with-a-protected-term-redefined",
            "what is protected is not redefined",
            with_context(json!({ "name": "https://stranger.example/name" })),
        ),
        malformed(
            "dataset-contexts-in-another-order",
            "the first context says what kind of document it is",
            forged(|badge| badge["@context"].as_array_mut().unwrap().reverse()),
        ),
        malformed(
            "dataset-with-the-date-of-another-version",
            "a document of version 2.0 has no date of issue of 1.1 beside its own",
            forged(|badge| badge["issuanceDate"] = json!("2020-01-01T00:00:00Z")),
        ),
        malformed(
            "dataset-proof-with-other-contexts",
            "a proof has the contexts of its document",
            forged(|badge| badge["proof"]["@context"] = json!(["https://www.w3.org/ns/credentials/v2"])),
        ),
        undecided(
            "dataset-with-a-context-that-is-not-known",
            CheckKind::Proof,
            "context-unknown",
            "a vocabulary that is not at hand is named, never downloaded, and never passed over",
            with_context(json!("https://stranger.example/context.json")),
        ),
    ]
}

fn other_document_cases() -> Vec<Vector> {
    let unusable = |name, proves, scene| undecided(name, CheckKind::Status, "status-list-unusable", proves, scene);
    vec![
        unusable(
            "dataset-list-with-the-bit-cleared",
            "a list over its dataset that was altered is not believed",
            without_list(&signed()).list(&{
                let mut list = pen("school").rdfc().sign(status_list(&[PLACE]));
                list["credentialSubject"]["encodedList"] = json!(encoded(&[]));
                list
            }),
        ),
        unusable(
            "dataset-list-forged",
            "nor one by a stranger",
            without_list(&signed()).list(&pen("stranger").rdfc().sign(status_list(&[]))),
        ),
        unusable(
            "dataset-list-with-an-undefined-member",
            "nor one with a member that nobody signed",
            without_list(&signed()).list(&{
                let mut list = pen("school").rdfc().sign(status_list(&[]));
                list["credentialSubject"]["revokedTotal"] = json!(0);
                list
            }),
        ),
        undecided(
            "dataset-trust-list-with-an-issuer-added",
            CheckKind::Trust,
            "issuer-unknown",
            "an entry added after signing spoils the whole list",
            without_trust(&signed()).anchored().trust(&{
                let mut empty = trust_list();
                empty["issuer"] = json!(did("anchor"));
                issuers(&mut empty).clear();
                let mut list = pen("anchor").rdfc().sign(empty);
                issuers(&mut list).push(school_entry());
                list
            }),
        ),
        refused(
            "dataset-programme-made-easier",
            CheckKind::Proof,
            "altered",
            "the rules in a programme are signed as one value",
            scene(&{
                let mut programme = programme();
                programme["issuer"] = json!(did("school"));
                let mut programme = pen("school").rdfc().sign(programme);
                programme["credentialSubject"]["programme"]["parts"][0]["credits"] = json!(1);
                programme
            }),
        ),
        refused(
            "dataset-presentation-with-a-badge-taken-out",
            CheckKind::Proof,
            "altered",
            "the holder showed one more",
            scene(&{
                let mut other = badge();
                other["id"] = json!("urn:uuid:2f3a6f3e-0a4b-4e8a-8f27-7b1c9d5e4a10");
                let other = pen("school").rdfc().sign(other);
                let mut shown = showing().rdfc().sign(presentation(&[&signed(), &other]));
                shown["verifiableCredential"].as_array_mut().unwrap().remove(0);
                shown
            })
            .asked(),
        ),
        refused(
            "dataset-presentation-replayed",
            CheckKind::Audience,
            "other-challenge",
            "the answer to an older question is no answer",
            scene(
                &showing()
                    .rdfc()
                    .with("challenge", "c0ffee00-0000-4000-8000-000000000000")
                    .sign(presentation(&[&signed()])),
            )
            .asked(),
        ),
        refused(
            "dataset-did-web-key-listed-only-for-authentication",
            CheckKind::Key,
            "key-refused",
            "a key that is not listed for assertionMethod cannot issue, whatever the suite",
            {
                let mut document = web_document();
                document["authentication"] = document["assertionMethod"].take();
                document["assertionMethod"] = json!([]);
                bare(&web_pen().rdfc().sign(web_badge())).controller(WEB, &document).pinned(WEB)
            },
        ),
    ]
}

pub(crate) fn vectors() -> Vec<Vector> {
    [accepted_cases(), altered_cases(), other_reading_cases(), other_document_cases()].concat()
}

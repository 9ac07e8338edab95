//! Which cases cannot be decided? None of them may be accepted, and none called forged.

use serde_json::{Value, json};
use stapel_verifier::CheckKind;

use crate::accepted::signed;
use crate::scene::{Scene, bare, scene, without_list, without_trust};
use crate::vectors::{Vector, undecided};
use crate::world::*;

/// The badge with a status list that was bent before it was signed by the school.
fn list(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut list = status_list(&[]);
    bend(&mut list);
    without_list(&signed()).list(&pen("school").sign(list))
}

/// The badge with a trust list that was bent before the anchor signed it.
fn trust(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut list = trust_list();
    bend(&mut list);
    without_trust(&signed()).anchored().trust(&pen("anchor").sign(list))
}

/// A badge with another status entry.
fn status(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut badge = badge();
    bend(&mut badge["credentialStatus"]);
    scene(&pen("school").sign(badge))
}

/// A badge of the school under its own address, whose document was bent.
fn web(bend: impl FnOnce(&mut Value)) -> Scene {
    let mut document = web_document();
    bend(&mut document);
    bare(&web_pen().sign(web_badge())).controller(WEB, &document).pinned(WEB)
}

/// A Multikey of the point of order two: every signature by it fits one message in two.
pub(crate) fn weak_multikey() -> &'static str {
    "z6MkvQQfodDS9hpfvSLcFA5f2iCB9tBXk3PE5b1P8VVsjtRt"
}

fn trust_cases() -> Vec<Vector> {
    let unknown = |name, proves, scene| undecided(name, CheckKind::Trust, "issuer-unknown", proves, scene);
    vec![
        unknown("no-trust-list", "without a trust list or a pinned issuer nobody vouches", without_trust(&signed())),
        unknown(
            "trust-list-of-an-anchor-not-chosen",
            "a genuine trust list of somebody else does not count",
            without_trust(&signed()).anchored().trust(&{
                let mut list = trust_list();
                list["issuer"]["id"] = json!(did("other-anchor"));
                pen("other-anchor").sign(list)
            }),
        ),
        unknown(
            "trust-list-forged",
            "the anchor's name over a stranger's key does not count",
            without_trust(&signed()).anchored().trust(&pen("stranger").sign(trust_list())),
        ),
        unknown(
            "trust-list-under-the-anchors-key-name",
            "the name of the anchor's key over a stranger's signature does not count",
            without_trust(&signed()).anchored().trust(&pen("stranger").naming(&method("anchor")).sign(trust_list())),
        ),
        unknown(
            "trust-list-with-an-issuer-added",
            "an entry added after signing spoils the whole list",
            without_trust(&signed()).anchored().trust(&{
                let mut empty = trust_list();
                issuers(&mut empty).clear();
                let mut list = pen("anchor").sign(empty);
                issuers(&mut list).push(school_entry());
                list
            }),
        ),
        unknown(
            "trust-list-ended",
            "a trust list past its end does not count",
            trust(|list| list["validUntil"] = json!("2026-11-22T08:59:59Z")),
        ),
        unknown(
            "trust-list-without-end",
            "a trust list must have an end",
            trust(|list| drop(list.as_object_mut().unwrap().remove("validUntil"))),
        ),
        unknown(
            "trust-list-not-begun",
            "a trust list of tomorrow does not count today",
            trust(|list| list["validFrom"] = json!("2026-11-23T00:00:00Z")),
        ),
        unknown(
            "trust-list-whose-proof-ended",
            "the end of the proof is an end of the list",
            without_trust(&signed())
                .anchored()
                .trust(&pen("anchor").with("expires", "2026-11-20T00:00:00Z").sign(trust_list())),
        ),
        unknown(
            "trust-list-of-a-lower-sequence",
            "an older edition does not bring back an issuer that the newer one dropped",
            scene(&signed()).trust(&{
                let mut list = trust_list();
                list["credentialSubject"]["trustList"]["sequence"] = json!(8);
                issuers(&mut list).clear();
                pen("anchor").sign(list)
            }),
        ),
        unknown(
            "trust-list-outlived-by-an-older-one",
            "when the newest edition has ended, an older one with a later end does not come back",
            scene(&signed()).trust(&{
                let mut list = trust_list();
                list["credentialSubject"]["trustList"]["sequence"] = json!(8);
                list["validUntil"] = json!("2026-11-20T00:00:00Z");
                pen("anchor").sign(list)
            }),
        ),
        unknown(
            "issuer-not-on-the-list",
            "a list that does not know the issuer says nothing against it",
            trust(|list| issuers(list)[0]["did"] = json!(did("university"))),
        ),
    ]
}

fn status_cases() -> Vec<Vector> {
    let unusable = |name, proves, scene| undecided(name, CheckKind::Status, "status-list-unusable", proves, scene);
    let unreadable = |name, proves, scene| undecided(name, CheckKind::Status, "status-kind-unknown", proves, scene);
    let encoded_as = |text: String| list(|list| list["credentialSubject"]["encodedList"] = json!(text));
    vec![
        undecided(
            "status-list-missing",
            CheckKind::Status,
            "status-list-missing",
            "a list that is not at hand is named, to be fetched",
            without_list(&signed()),
        ),
        undecided(
            "status-list-under-another-address",
            CheckKind::Status,
            "status-list-missing",
            "a list at another address than the badge names is not looked at",
            without_list(&signed()).list_at("https://roc.example/status/2", &pen("school").sign(status_list(&[]))),
        ),
        undecided(
            "status-list-stale",
            CheckKind::Status,
            "status-list-stale",
            "a list past its end says nothing about today",
            scene(&signed()).at("2026-11-23T06:00:01Z"),
        ),
        undecided(
            "status-list-staler-than-the-policy-accepts",
            CheckKind::Status,
            "status-list-stale",
            "a policy that accepts an hour does not accept two",
            scene(&signed()).at("2026-11-23T08:00:00Z").policy(|policy| policy.accept_stale_status_seconds = 3600),
        ),
        undecided(
            "status-list-whose-proof-ended",
            CheckKind::Status,
            "status-list-stale",
            "the end of the proof is an end of the list",
            without_list(&signed()).list(&pen("school").with("expires", "2026-11-22T07:00:00Z").sign(status_list(&[]))),
        ),
        undecided(
            "status-list-stale-beside-an-older-one-without-end",
            CheckKind::Status,
            "status-list-stale",
            "none older than one already seen is taken",
            without_list(&signed())
                .list(&{
                    let mut list = status_list(&[]);
                    list["validUntil"] = json!("2026-11-22T07:00:00Z");
                    pen("school").sign(list)
                })
                .list(&{
                    let mut list = status_list(&[]);
                    list["validFrom"] = json!("2026-11-21T06:00:00Z");
                    list.as_object_mut().unwrap().remove("validUntil");
                    pen("school").sign(list)
                }),
        ),
        unusable(
            "status-list-of-somebody-else",
            "a genuine list by one who may not sign for this issuer is not believed",
            without_list(&signed()).list(&{
                let mut list = status_list(&[]);
                list["issuer"] = json!(did("university"));
                pen("university").sign(list)
            }),
        ),
        unusable(
            "status-list-forged",
            "the issuer's name over a stranger's key is not believed",
            without_list(&signed()).list(&pen("stranger").sign(status_list(&[]))),
        ),
        unusable(
            "status-list-with-the-bit-cleared",
            "a list that was altered after signing is not believed",
            without_list(&signed()).list(&{
                let mut list = pen("school").sign(status_list(&[PLACE]));
                list["credentialSubject"]["encodedList"] = json!(encoded(&[]));
                list
            }),
        ),
        unusable(
            "status-list-signed-to-authenticate",
            "a list signed for another purpose is not believed",
            without_list(&signed()).list(&pen("school").with("proofPurpose", "authentication").sign(status_list(&[]))),
        ),
        unusable(
            "status-list-that-names-another-address",
            "a genuine list of the same issuer for other badges does not stand in for this one",
            list(|list| list["id"] = json!("https://roc.example/status/2")),
        ),
        unusable(
            "status-list-of-another-purpose",
            "a list of suspensions does not answer for revocations",
            list(|list| list["credentialSubject"]["statusPurpose"] = json!("suspension")),
        ),
        unusable(
            "status-list-not-begun",
            "a list of tomorrow says nothing about today",
            list(|list| list["validFrom"] = json!("2026-11-22T12:00:00Z")),
        ),
        unusable(
            "status-index-outside-the-list",
            "a place beyond the end of the list has no bit",
            status(|entry| entry["statusListIndex"] = json!("131072")),
        ),
        unusable(
            "status-list-of-another-suite",
            "a list secured in a way that cannot be checked is not believed",
            without_list(&signed()).list(&pen("school").with("cryptosuite", "bbs-2023").sign(status_list(&[]))),
        ),
        unusable("status-list-empty-text", "an empty list has no bits", encoded_as(String::new())),
        unusable(
            "status-list-2021-encoding",
            "the older encoding without prefix is named, not guessed",
            encoded_as(encoded(&[])[1..].to_owned()),
        ),
        unusable(
            "status-list-cut-off",
            "a list whose data ends too early is not read as zeroes",
            encoded_as({
                let whole = encoded(&[]);
                whole[..whole.len() / 2].to_owned()
            }),
        ),
        unusable(
            "status-list-too-short",
            "a list of fewer entries than the standard asks for points at persons",
            // GZIP of 16 zero bytes, which is 128 entries.
            encoded_as("uH4sIAAAAAAACA2NgQAUAVUu77BAAAAA".to_owned()),
        ),
        unusable(
            "status-list-bomb",
            "a list that grows beyond eight million entries is not unpacked to its end",
            encoded_as(bomb()),
        ),
        unreadable(
            "status-kind-unknown",
            "a kind of status that cannot be read is named",
            status(|entry| *entry = json!({ "type": "1EdTechRevocationList", "id": "https://roc.example/revoked" })),
        ),
        unreadable(
            "status-kind-that-uses-our-names",
            "another kind may use our member names with other types",
            status(|entry| *entry = json!({ "type": "StatusList2021Entry", "statusListIndex": 7, "statusSize": "x" })),
        ),
        unreadable(
            "status-size-of-two",
            "an entry of two bits holds a message, not yes or no",
            status(|entry| entry["statusSize"] = json!(2)),
        ),
        unreadable(
            "status-purpose-unknown",
            "a bit of an unknown purpose is not read as good news",
            status(|entry| entry["statusPurpose"] = json!("probation")),
        ),
        unreadable(
            "several-statuses",
            "which of several statuses counts is not guessed",
            status(|entry| *entry = json!([entry.clone(), entry.clone()])),
        ),
    ]
}

/// GZIP of 1,200,000 zero bytes, beyond the cap of 8,388,608 bits; made by Python's gzip, and the same on every machine.
fn bomb() -> String {
    include_str!("bomb.txt").trim_end().to_owned()
}

fn key_cases() -> Vec<Vector> {
    let suite = |name, proves, scene| undecided(name, CheckKind::Proof, "unknown-suite", proves, scene);
    let unreadable = |name, proves, scene| undecided(name, CheckKind::Key, "key-unreadable", proves, scene);
    let with_issuer = |id: &str, pen: &Pen| {
        let mut badge = badge();
        badge["issuer"]["id"] = json!(id);
        badge.as_object_mut().unwrap().remove("credentialStatus");
        pen.sign(badge)
    };
    vec![
        suite(
            "suite-bbs-2023",
            "a suite that is not checked yet is not called forged",
            scene(&pen("school").with("cryptosuite", "bbs-2023").sign(badge())),
        ),
        suite(
            "suite-rsa-signature-2018",
            "neither is a legacy one",
            scene(&{
                let mut badge = pen("school").with("type", "RsaSignature2018").sign(badge());
                badge["proof"].as_object_mut().unwrap().remove("cryptosuite");
                badge
            }),
        ),
        suite(
            "suite-renamed-to-escape",
            "an altered badge under the name of another suite is not accepted either",
            scene(&{
                let mut badge = signed();
                badge["credentialSubject"]["creditsEarned"] = json!(2400);
                badge["proof"]["cryptosuite"] = json!("ecdsa-jcs-2019");
                badge
            }),
        ),
        suite(
            "proof-set-with-an-unknown-suite",
            "a set is as good as its worst member",
            scene(&{
                let mut badge = badge();
                let other = pen("university").with("cryptosuite", "bbs-2023").proof_of(&badge);
                badge["proof"] = json!([pen("school").proof_of(&badge), other]);
                badge
            }),
        ),
        unreadable(
            "issuer-by-https",
            "whose keys an https address controls is not looked up",
            bare(&with_issuer("https://roc.example/issuer", &pen("school"))).anchored(),
        ),
        unreadable(
            "key-by-https",
            "a key that is not named by a DID is not looked up",
            scene(&pen("school").naming("https://roc.example/keys/1").sign(badge())),
        ),
        unreadable(
            "did-of-an-unknown-method",
            "a DID method that is not read says nothing against the badge",
            bare(&with_issuer("did:ebsi:zabc", &pen("school").naming("did:ebsi:zabc#1"))).pinned("did:ebsi:zabc"),
        ),
        undecided(
            "did-web-document-missing",
            CheckKind::Key,
            "key-missing",
            "a document that is not at hand is named, to be fetched",
            bare(&web_pen().sign(web_badge())).pinned(WEB),
        ),
        unreadable(
            "did-web-key-of-another-kind",
            "a P-384 key is not read yet",
            web(|document| {
                let key = json!("z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9");
                document["verificationMethod"][0]["publicKeyMultibase"] = key;
            }),
        ),
        unreadable(
            "did-web-weak-key",
            "a weak key, under which a signature fits almost every document, is never used",
            web(|document| document["verificationMethod"][0]["publicKeyMultibase"] = json!(weak_multikey())),
        ),
        unreadable(
            "did-web-publishes-its-private-key",
            "a key whose private half is published is not used",
            web(|document| document["verificationMethod"][0]["secretKeyMultibase"] = json!("z3u2")),
        ),
        undecided(
            "did-web-of-the-status-service-missing",
            CheckKind::Status,
            "status-list-unusable",
            "the keys of a status issuer are named, to be fetched",
            bare(&signed())
                .anchored()
                .trust(&{
                    let mut list = trust_list();
                    issuers(&mut list)[0]["statusIssuers"] = json!(["did:web:status.example"]);
                    pen("anchor").sign(list)
                })
                .list(&{
                    let mut list = status_list(&[]);
                    list["issuer"] = json!("did:web:status.example");
                    pen("status-service").naming("did:web:status.example#1").sign(list)
                }),
        ),
    ]
}

fn presentation_cases() -> Vec<Vector> {
    let endless = |set: &[u32]| {
        let mut list = status_list(set);
        list["validFrom"] = json!("2026-07-01T00:00:00Z");
        list.as_object_mut().unwrap().remove("validUntil");
        pen("school").sign(list)
    };
    vec![
        undecided(
            "presented-list-without-end",
            CheckKind::Status,
            "status-list-missing",
            "a list without end that the holder chose may be from before a revocation",
            without_list(&showing().sign(presentation(&[&signed(), &endless(&[])]))).asked(),
        ),
        undecided(
            "presented-list-of-the-holder",
            CheckKind::Status,
            "status-list-unusable",
            "a list that the holder made is not believed",
            without_list(&showing().sign(presentation(&[&signed(), &{
                let mut list = status_list(&[]);
                list["issuer"] = json!(did("learner"));
                pen("learner").sign(list)
            }])))
            .asked(),
        ),
        undecided(
            "presented-badge-of-an-unknown-issuer",
            CheckKind::Trust,
            "issuer-unknown",
            "one undecided badge leaves the whole undecided",
            scene(&showing().sign(presentation(&[&signed(), &{
                let mut badge = badge();
                badge["issuer"]["id"] = json!(did("university"));
                badge.as_object_mut().unwrap().remove("credentialStatus");
                pen("university").sign(badge)
            }])))
            .asked(),
        ),
    ]
}

pub(crate) fn vectors() -> Vec<Vector> {
    [trust_cases(), status_cases(), key_cases(), presentation_cases()].concat()
}

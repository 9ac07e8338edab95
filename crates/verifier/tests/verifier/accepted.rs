//! Which cases are accepted, so that what is refused beside them is refused for its trick alone?

use serde_json::json;
use stapel_verifier::CheckKind;

use crate::scene::{Scene, bare, scene, without_list, without_trust};
use crate::vectors::{Vector, accepted};
use crate::world::*;

pub(crate) fn signed() -> serde_json::Value {
    pen("school").sign(badge())
}

fn without_status() -> serde_json::Value {
    let mut badge = badge();
    badge.as_object_mut().unwrap().remove("credentialStatus");
    pen("school").sign(badge)
}

/// Progress as an employer gets it: badge, programme and status list in one file, for this audience and question.
pub(crate) fn shown() -> Scene {
    let list = pen("school").sign(status_list(&[]));
    let programme = pen("school").sign(programme());
    without_list(&showing().sign(presentation(&[&signed(), &programme, &list]))).asked()
}

pub(crate) fn vectors() -> Vec<Vector> {
    use CheckKind::{Audience, Holder, Key, Proof, Status, Structure, Trust, Validity};
    vec![
        accepted(
            "badge",
            Trust,
            "vouched",
            "a badge, its status list and a trust list are all it takes",
            scene(&signed()),
        ),
        accepted(
            "badge-with-the-extension",
            Structure,
            "well-formed",
            "the inline context of our extension is signed like any other member",
            scene(&pen("school").sign(extended_badge())),
        ),
        accepted(
            "badge-printed-otherwise",
            Proof,
            "intact",
            "spaces and the order of members are not signed",
            scene(&signed()).bent(|text| {
                let value: serde_json::Value = serde_json::from_str(text).unwrap();
                format!("{value:#}")
            }),
        ),
        accepted(
            "context-added-at-the-end",
            Proof,
            "intact",
            "the document's contexts need only start with those that were signed",
            scene(&{
                let mut badge = signed();
                badge["@context"].as_array_mut().unwrap().push(json!("https://a.example/context"));
                badge
            }),
        ),
        accepted(
            "pinned-issuer",
            Trust,
            "pinned",
            "an issuer that the verifier pinned needs no trust list",
            bare(&signed()).list(&pen("school").sign(status_list(&[]))).pinned(&did("school")),
        ),
        accepted(
            "no-status",
            Status,
            "no-status",
            "a badge without status entry cannot be revoked, and that is said",
            without_list(&without_status()),
        ),
        accepted(
            "suspension-list-unset",
            Status,
            "not-revoked",
            "a list of suspensions is read by its own purpose",
            without_list(&{
                let mut badge = badge();
                badge["credentialStatus"]["statusPurpose"] = json!("suspension");
                pen("school").sign(badge)
            })
            .list(&{
                let mut list = status_list(&[]);
                list["credentialSubject"]["statusPurpose"] = json!("suspension");
                pen("school").sign(list)
            }),
        ),
        accepted(
            "neighbours-revoked",
            Status,
            "not-revoked",
            "the bits beside the badge's own say nothing about it",
            without_list(&signed()).list(&pen("school").sign(status_list(&[PLACE - 1, PLACE + 1, 0, 131_071]))),
        ),
        accepted(
            "status-list-by-the-entrusted-service",
            Status,
            "not-revoked",
            "a status issuer that the trust list names may sign the list",
            without_list(&signed()).list(&{
                let mut list = status_list(&[]);
                list["issuer"] = json!(did("status-service"));
                pen("status-service").sign(list)
            }),
        ),
        accepted(
            "forged-list-beside-the-genuine-one",
            Status,
            "not-revoked",
            "a newer list that is forged does not displace the genuine one",
            scene(&signed()).list(&{
                let mut list = status_list(&[PLACE]);
                list["validFrom"] = json!("2026-11-22T08:00:00Z");
                pen("stranger").naming(&method("school")).sign(list)
            }),
        ),
        accepted(
            "stale-list-under-a-lenient-policy",
            Status,
            "not-revoked-stale",
            "a list past its end is taken, with a remark, by a policy that accepts its age",
            scene(&signed()).at("2026-11-23T06:30:00Z").policy(|policy| policy.accept_stale_status_seconds = 3600),
        ),
        accepted(
            "did-web-with-its-document",
            Key,
            "key-of-controller",
            "a did:web issuer's key comes from its document in the dossier",
            bare(&web_pen().sign(web_badge())).controller(WEB, &web_document()).pinned(WEB),
        ),
        accepted(
            "did-web-with-a-relative-method",
            Key,
            "key-of-controller",
            "a document may name its methods by fragment alone",
            bare(&web_pen().sign(web_badge()))
                .controller(WEB, &{
                    let mut document = web_document();
                    document["verificationMethod"][0]["id"] = json!("#key-1");
                    document["assertionMethod"] = json!(["#key-1"]);
                    document
                })
                .pinned(WEB),
        ),
        accepted(
            "co-signed",
            Proof,
            "intact",
            "a second proof by another that holds does no harm",
            scene(&{
                let mut badge = badge();
                badge["proof"] = json!([pen("school").proof_of(&badge), pen("university").proof_of(&badge)]);
                badge
            }),
        ),
        accepted(
            "mandate-ended-after-the-award",
            Trust,
            "vouched",
            "the day of the award decides whether the issuer might, not today",
            without_trust(&signed()).anchored().trust(&{
                let mut list = trust_list();
                issuers(&mut list)[0]["mandates"][0]["until"] = json!("2026-07-01");
                issuers(&mut list)[0]["until"] = json!("2026-08-01");
                pen("anchor").sign(list)
            }),
        ),
        accepted(
            "own-code-without-mandate",
            Trust,
            "vouched",
            "an issuer's own codes need no mandate",
            scene(&{
                let mut badge = badge();
                badge["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("otherIdentifier");
                pen("school").sign(badge)
            }),
        ),
        accepted(
            "newest-of-two-trust-lists",
            Trust,
            "vouched",
            "of two editions the one of the higher sequence counts",
            scene(&signed()).trust(&{
                let mut list = trust_list();
                list["credentialSubject"]["trustList"]["sequence"] = json!(6);
                issuers(&mut list).clear();
                pen("anchor").sign(list)
            }),
        ),
        accepted(
            "clocks-that-differ",
            Validity,
            "valid",
            "a minute between two clocks is tolerated",
            without_trust(&signed())
                .pinned(&did("school"))
                .at("2026-11-22T05:59:30Z")
                .policy(|policy| policy.clock_tolerance_seconds = 60),
        ),
        accepted(
            "progress",
            Audience,
            "for-us",
            "a presentation for this audience and question, with all it needs",
            shown(),
        ),
        accepted(
            "badge-of-the-holder",
            Holder,
            "of-holder",
            "the badge is about the one who shows it",
            scene(&showing().sign(presentation(&[&signed()]))).asked(),
        ),
        accepted(
            "presentation-that-nobody-asked-for",
            Audience,
            "audience-not-asked",
            "where nothing was asked nothing is compared, and that is said",
            scene(&showing().sign(presentation(&[&signed()]))),
        ),
        accepted(
            "presentation-for-several",
            Audience,
            "for-us",
            "one of several domains of a proof may be ours",
            scene(&showing().with("domain", json!(["other.example", AUDIENCE])).sign(presentation(&[&signed()])))
                .asked(),
        ),
        accepted(
            "programme",
            Trust,
            "vouched",
            "a programme counts by the mandate for its award's code",
            scene(&pen("school").sign(programme())),
        ),
        accepted(
            "exemption-of-the-holder",
            Holder,
            "of-holder",
            "an exemption is about the one who shows it",
            bare(&showing().sign(presentation(&[&pen("board").sign(exemption())]))).asked().pinned(&did("board")),
        ),
    ]
}

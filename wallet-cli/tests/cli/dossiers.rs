//! `stapel dossier`: does another machine without a network give the same verdict, byte for byte?

use std::fs;

use serde_json::Value;

use crate::holder::{Holder, Ran};
use crate::websites::WebSchool;
use crate::world::{ANCHOR, SCHOOL, badge};

const AS_OF: [&str; 2] = ["--as-of", "2026-11-22T09:00:00Z"];

/// A school that revoked one of its three badges, and a folder with them and the anchor's trust list.
fn ready() -> (WebSchool, Holder) {
    let (school, holder) = (WebSchool::open(), Holder::new());
    school.publishes_status(&[2], "2026-11-22T01:00:00Z");
    fs::create_dir(holder.path("inbox")).unwrap();
    for number in 1..=3 {
        fs::write(holder.path(&format!("inbox/{number}.json")), school.badge(number)).unwrap();
    }
    holder.file("list.json", &school.trust_list());
    (school, holder)
}

fn verify(holder: &Holder, more: &[&str]) -> Ran {
    holder.run(&[&["verify", "inbox", "--anchor", &ANCHOR.did(), "--json"], &AS_OF[..], more].concat())
}

fn outcomes(ran: &Ran) -> Vec<Value> {
    ran.json()["documents"].as_array().unwrap().iter().map(|document| document["outcome"].clone()).collect()
}

#[test]
fn with_a_dossier_a_machine_without_a_network_gives_the_same_verdict_byte_for_byte() {
    let (school, holder) = ready();
    let (port, anchor) = (school.port(), ANCHOR.did());
    let here = verify(&holder, &["--trust", "list.json", "--dev-loopback", &port]);
    assert_eq!((here.code, outcomes(&here)), (1, vec!["accepted".into(), "refused".into(), "accepted".into()]));
    let dossier = ["dossier", "inbox", "--out", "dossier.json", "--trust", "list.json", "--anchor", &anchor];
    let ran = holder.run(&[&dossier[..], &["--dev-loopback", &port], &AS_OF].concat());
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (
            0,
            "The dossier for 3 documents is in dossier.json: controller documents 1, status lists 1, trust lists 1, contexts 0\n"
        )
    );
    assert!(ran.err.contains("A dossier is evidence, not trust: "), "{}", ran.err);
    school.goes_away();
    let asked = school.server.asked().len();
    let there = verify(&holder, &["--dossier", "dossier.json", "--offline"]);
    assert_eq!((there.code, &there.out, there.err.as_str()), (here.code, &here.out, ""));
    assert_eq!(school.server.asked().len(), asked, "nothing was asked for");
    // Each badge alone, too.
    let one = ["verify", "inbox/2.json", "--anchor", &anchor, "--dossier", "dossier.json", "--offline"];
    let ran = holder.run(&[&one[..], &AS_OF].concat());
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("Refused. Its issuer revoked it (list of "), "{}", ran.out);
}

#[test]
fn a_dossier_is_evidence_and_brings_no_trust_along() {
    let (school, holder) = ready();
    let (port, anchor) = (school.port(), ANCHOR.did());
    let dossier = ["dossier", "inbox", "--out", "dossier.json", "--trust", "list.json", "--anchor", &anchor];
    assert_eq!(holder.run(&[&dossier[..], &["--dev-loopback", &port]].concat()).code, 0);
    let there = ["verify", "inbox/1.json", "--dossier", "dossier.json", "--offline", "--json"];
    let nobody = holder.run(&there);
    assert_eq!(nobody.code, 2, "who trusts nobody accepts nothing: {}", nobody.out);
    let other = holder.run(&[&there[..], &["--anchor", &SCHOOL.did()]].concat());
    assert_eq!(other.code, 2, "the list of another anchor does not count: {}", other.out);
    assert_eq!(holder.run(&[&there[..], &["--anchor", &anchor]].concat()).code, 0);
    assert_eq!(holder.run(&[&there[..], &["--pin", &school.did]].concat()).code, 0);
    let text = fs::read_to_string(holder.path("dossier.json")).unwrap();
    let members: Value = serde_json::from_str(&text).unwrap();
    let names: Vec<&String> = members.as_object().unwrap().keys().collect();
    assert_eq!(names, ["controllers", "statusLists", "trustLists"], "no anchor, no policy");
}

#[test]
fn what_could_not_be_fetched_or_read_is_named() {
    let (school, holder) = ready();
    school.server.answers("GET /status/1", 503, "");
    fs::write(holder.path("inbox/4.png"), [0xff, 0xfe]).unwrap();
    let port = school.port();
    let ran = holder.run(&["dossier", "inbox", "--out", "dossier.json", "--dev-loopback", &port]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.out.contains("controller documents 1, status lists 0"), "{}", ran.out);
    assert!(ran.out.contains("/status/1") && ran.out.contains("inbox/4.png: "), "{}", ran.out);
    let json =
        holder.run(&["dossier", "inbox", "--out", "dossier.json", "--force", "--dev-loopback", &port, "--json"]).json();
    assert_eq!(json["contents"]["controllers"], 1);
    assert_eq!(json["missing"][0]["missing"], "status-list");
    assert_eq!(json["unread"][0]["source"], "inbox/4.png");
    let stays = holder.run(&["dossier", "inbox", "--out", "dossier.json", "--offline", "--lang", "nl"]);
    assert_eq!(stays.code, 2);
    assert!(stays.err.starts_with("stapel: dossier.json bestaat al en blijft zoals het is\n"), "{}", stays.err);
}

#[test]
fn what_is_no_dossier_is_said() {
    let holder = Holder::new();
    let file = holder.file("badge.json", &SCHOOL.badge(&badge("did:example:someone")));
    let ran = holder.run(&["verify", &file, "--dossier", &file]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.starts_with("stapel: DIR/badge.json is not what `stapel dossier` writes: "), "{}", ran.err);
}

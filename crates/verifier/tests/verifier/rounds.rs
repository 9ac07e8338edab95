//! What is missing is named, fetched by the caller, and asked again: at most three rounds.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stapel_credential::AchievementCredential;
use stapel_verifier::{Dossier, Missing, Outcome, verify_text};

use crate::scene::{Scene, bare};
use crate::world::*;

/// Asks, fetches what is missing from `web`, and asks again; the addresses fetched in each round.
fn ask(scene: &Scene, web: &BTreeMap<&str, Value>) -> (Outcome, Vec<Vec<String>>) {
    let mut dossier: Dossier = scene.dossier.clone();
    let mut rounds = Vec::new();
    loop {
        let verdict =
            verify_text::<AchievementCredential>(&scene.document, &dossier, &scene.policy, instant(scene.now));
        let missing = verdict.findings().missing().to_vec();
        if missing.is_empty() || rounds.len() == 3 {
            return (verdict.outcome(), rounds);
        }
        let mut fetched = Vec::new();
        for missing in missing {
            match missing {
                Missing::Controller { did, url } => {
                    if let Some(document) = web.get(url.as_str()) {
                        dossier.add_controller(&did, &text(document)).unwrap();
                    }
                    fetched.push(url);
                }
                Missing::StatusList { url } => {
                    if let Some(list) = web.get(url.as_str()) {
                        dossier.add_status_list(&url, &text(list)).unwrap();
                    }
                    fetched.push(url.to_string());
                }
                _ => panic!("something else is missing"),
            }
        }
        rounds.push(fetched);
    }
}

/// A badge by did:web whose status list is by another did:web: nothing is at hand but the trust list.
fn far_away() -> Scene {
    let mut badge = badge();
    badge["issuer"]["id"] = json!(WEB);
    let mut list = trust_list();
    issuers(&mut list)[0]["did"] = json!(WEB);
    issuers(&mut list)[0]["statusIssuers"] = json!(["did:web:status.example"]);
    bare(&web_pen().sign(badge)).anchored().trust(&pen("anchor").sign(list))
}

fn web(set: &[u32]) -> BTreeMap<&'static str, Value> {
    let mut service = web_document();
    service["id"] = json!("did:web:status.example");
    service["verificationMethod"] = json!([{
        "id": "#1",
        "type": "Multikey",
        "controller": "did:web:status.example",
        "publicKeyMultibase": multikey("status-service"),
    }]);
    service["assertionMethod"] = json!(["#1"]);
    let mut list = status_list(set);
    list["issuer"] = json!("did:web:status.example");
    BTreeMap::from([
        (WEB_URL, web_document()),
        ("https://status.example/.well-known/did.json", service),
        (LIST, pen("status-service").naming("did:web:status.example#1").sign(list)),
    ])
}

#[test]
fn what_is_missing_is_fetched_in_rounds_until_it_is_decided() {
    let (outcome, rounds) = ask(&far_away(), &web(&[]));
    assert_eq!(outcome, Outcome::Accepted);
    assert_eq!(
        rounds,
        [vec![WEB_URL.to_owned(), LIST.to_owned()], vec!["https://status.example/.well-known/did.json".to_owned()]]
    );
}

#[test]
fn a_revocation_comes_to_light_in_the_last_round() {
    assert_eq!(ask(&far_away(), &web(&[PLACE])).0, Outcome::Refused);
}

#[test]
fn what_cannot_be_fetched_leaves_it_undecided() {
    for absent in [WEB_URL, LIST, "https://status.example/.well-known/did.json"] {
        let mut web = web(&[]);
        web.remove(absent);
        let (outcome, rounds) = ask(&far_away(), &web);
        assert_eq!((outcome, rounds.len()), (Outcome::Undecided, 3), "{absent}");
    }
}

#[test]
fn a_stale_list_is_asked_for_again() {
    let scene = bare(&pen("school").sign(badge())).pinned(&did("school"));
    let mut old = status_list(&[]);
    old["validFrom"] = json!("2026-11-20T06:00:00Z");
    old["validUntil"] = json!("2026-11-21T06:00:00Z");
    let scene = scene.list(&pen("school").sign(old));
    let (outcome, rounds) = ask(&scene, &BTreeMap::from([(LIST, pen("school").sign(status_list(&[PLACE])))]));
    assert_eq!((outcome, rounds), (Outcome::Refused, vec![vec![LIST.to_owned()]]));
}

#[test]
fn nothing_is_missing_where_fetching_would_not_help() {
    let scene = bare(&pen("stranger").sign(web_badge()));
    assert_eq!(ask(&scene, &BTreeMap::new()), (Outcome::Refused, Vec::new()));
}

//! A list that was found authentic once: is it asked again whether its key still holds?

use serde_json::{Value, json};
use stapel_credential::AchievementCredential;
use stapel_verifier::{CheckKind, CheckResult, Dossier, Outcome, Policy, verify_text};

use crate::scene::{Scene, bare};
use crate::world::{WEB, a_did, badge, instant, multikey, status_list, text, web_document, web_pen};

/// A badge and its status list by the school under its own address, whose key this document lists.
fn web(document: &Value) -> Scene {
    let mut badge = badge();
    badge["issuer"]["id"] = json!(WEB);
    let mut list = status_list(&[]);
    list["issuer"] = json!(WEB);
    list["validUntil"] = json!("2027-11-23T06:00:00Z");
    bare(&web_pen().sign(badge)).controller(WEB, document).pinned(WEB).list(&web_pen().sign(list))
}

fn status(scene: &Scene, dossier: &Dossier, now: &str) -> (Outcome, CheckResult) {
    let verdict = verify_text::<AchievementCredential>(&scene.document, dossier, &scene.policy, instant(now));
    (verdict.outcome(), verdict.findings().find(CheckKind::Status).unwrap().clone())
}

#[test]
fn a_key_that_expires_between_two_looks_is_noticed() {
    let mut document = web_document();
    document["verificationMethod"][0]["expires"] = json!("2026-11-22T10:00:00Z");
    let scene = web(&document);
    for _ in 0..2 {
        assert!(matches!(status(&scene, &scene.dossier, "2026-11-22T09:00:00Z").1, CheckResult::Pass(_)));
    }
    let (outcome, result) = status(&scene, &scene.dossier, "2026-11-22T10:00:00Z");
    assert!(matches!(result, CheckResult::Unknown(_)), "{result:?}");
    assert_eq!(outcome, Outcome::Refused, "the badge's own key is the same");
    assert!(matches!(status(&scene, &scene.dossier, "2026-11-22T09:59:59Z").1, CheckResult::Pass(_)));
}

#[test]
fn a_document_that_lists_another_key_since_is_noticed() {
    let scene = web(&web_document());
    assert_eq!(status(&scene, &scene.dossier, "2026-11-22T09:00:00Z").0, Outcome::Accepted);
    let mut dossier = scene.dossier.clone();
    let mut other = web_document();
    other["verificationMethod"][0]["publicKeyMultibase"] = json!(multikey("stranger"));
    dossier.add_controller(&a_did(WEB), &text(&other)).unwrap();
    let (outcome, result) = status(&scene, &dossier, "2026-11-22T09:00:00Z");
    assert_eq!(outcome, Outcome::Refused);
    assert!(matches!(result, CheckResult::Unknown(_)), "{result:?}");
    assert_eq!(status(&scene, &scene.dossier, "2026-11-22T09:00:00Z").0, Outcome::Accepted, "the other dossier");
}

#[test]
fn a_list_that_was_refused_is_accepted_once_its_key_is_at_hand() {
    let scene = web(&web_document());
    let mut dossier = Dossier::default();
    let mut list = status_list(&[]);
    list["issuer"] = json!(WEB);
    let url = stapel_credential::Uri::parse(crate::world::LIST).unwrap();
    dossier.add_status_list(&url, &text(&web_pen().sign(list))).unwrap();
    let policy = Policy { pinned_issuers: vec![a_did(WEB)], ..Policy::default() };
    let scene = Scene { policy, ..scene };
    assert!(matches!(status(&scene, &dossier, "2026-11-22T09:00:00Z").1, CheckResult::Unknown(_)));
    dossier.add_controller(&a_did(WEB), &text(&web_document())).unwrap();
    assert!(matches!(status(&scene, &dossier, "2026-11-22T09:00:00Z").1, CheckResult::Pass(_)));
}

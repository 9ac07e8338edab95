//! What holds at the very second at which something begins or ends, and where one of two conditions alone decides?

use serde_json::json;
use stapel_credential::{AchievementCredential, CredentialRef, Uri};
use stapel_verifier::{
    CaseVerdict, CheckKind, CheckResult, Outcome, PresentationVerdict, Presented, Reason, verify_text,
};

use crate::accepted::signed;
use crate::scene::{Scene, bare, scene, without_list};
use crate::world::*;

fn verdict(scene: &Scene) -> PresentationVerdict {
    match scene.replay() {
        CaseVerdict::Presentation(verdict) => *verdict,
        CaseVerdict::Credential(findings) => panic!("no presentation: {findings:?}"),
    }
}

/// What comes of the badge with a list that holds from one instant to another, if it ends.
fn with_list(from: &str, until: Option<&str>, accept_stale: u64) -> Outcome {
    let mut list = status_list(&[]);
    list["validFrom"] = json!(from);
    match until {
        Some(until) => list["validUntil"] = json!(until),
        None => drop(list.as_object_mut().unwrap().remove("validUntil")),
    }
    let scene = without_list(&signed()).list(&pen("school").sign(list));
    scene.policy(|policy| policy.accept_stale_status_seconds = accept_stale).replay().outcome()
}

#[test]
fn a_status_list_holds_from_its_first_second_to_its_last() {
    use Outcome::{Accepted, AcceptedWithRemarks, Undecided};
    // Clocks may differ by a minute.
    assert_eq!(with_list("2026-11-22T09:01:00Z", None, 0), Accepted);
    assert_eq!(with_list("2026-11-22T09:01:01Z", None, 0), Undecided);
    let from = "2026-11-22T00:00:00Z";
    assert_eq!(with_list(from, Some("2026-11-22T09:00:00Z"), 0), Accepted);
    assert_eq!(with_list(from, Some("2026-11-22T08:59:59Z"), 0), Undecided);
    assert_eq!(with_list(from, Some("2026-11-22T08:59:50Z"), 10), AcceptedWithRemarks);
    assert_eq!(with_list(from, Some("2026-11-22T08:59:49Z"), 10), Undecided);
}

#[test]
fn a_trust_list_vouches_until_its_last_second() {
    let until = |end: &str| {
        let mut list = trust_list();
        list["validUntil"] = json!(end);
        bare(&signed()).anchored().trust(&pen("anchor").sign(list)).list(&pen("school").sign(status_list(&[])))
    };
    assert_eq!(until(NOW).replay().outcome(), Outcome::Accepted);
    assert_eq!(until("2026-11-22T08:59:59Z").replay().outcome(), Outcome::Undecided);
}

#[test]
fn one_thing_that_was_asked_is_enough_to_be_for_us() {
    let shown = showing().sign(presentation(&[&signed()]));
    for (domain, challenge) in [(Some(AUDIENCE), None), (None, Some(CHALLENGE))] {
        let mut scene = scene(&shown);
        scene.audience.domain = domain.map(str::to_owned);
        scene.audience.challenge = challenge.map(str::to_owned);
        let verdict = verdict(&scene);
        let audience = verdict.findings.find(CheckKind::Audience).unwrap();
        assert_eq!(*audience, CheckResult::Pass(Reason::ForUs), "{domain:?} {challenge:?}");
    }
}

#[test]
fn every_proof_of_a_presentation_is_for_who_asked() {
    let shown = presentation(&[&signed()]);
    let ours = showing().proof_of(&shown);
    for (member, other) in [("domain", "bank.example"), ("challenge", "another")] {
        let theirs = showing().with(member, other).proof_of(&shown);
        for proofs in [json!([ours, theirs]), json!([theirs, ours])] {
            let mut both = shown.clone();
            both["proof"] = proofs;
            let verdict = verdict(&scene(&both).asked());
            let audience = verdict.findings.find(CheckKind::Audience).unwrap();
            assert!(matches!(audience, CheckResult::Fail(_)), "{member}: {audience:?}");
        }
    }
}

#[test]
fn a_badge_goes_by_either_of_its_names_also_where_any_credential_is_read() {
    for name in ["AchievementCredential", "OpenBadgeCredential"] {
        let mut badge = badge();
        badge["type"] = json!(["VerifiableCredential", name]);
        let shown = showing().sign(presentation(&[&pen("school").sign(badge)]));
        let verdict = verdict(&scene(&shown).asked().policy(|policy| policy.any_credential = true));
        assert_eq!((verdict.outcome(), verdict.badges().len()), (Outcome::Accepted, 1), "{name}");
        let issuer = Uri::parse(&did("school")).unwrap();
        let id = Uri::parse("urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e11").unwrap();
        assert_eq!(verdict.presented[0].0, Some(CredentialRef { issuer, id }), "{name}");
    }
}

#[test]
fn a_credential_of_a_foreign_kind_is_read_only_where_that_was_chosen() {
    let foreign = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": did("school"),
        "validFrom": AWARDED,
        "credentialSubject": { "id": did("learner") },
    });
    let shown = showing().sign(presentation(&[&pen("school").sign(foreign)]));
    let of = |any: bool| verdict(&scene(&shown).asked().policy(|policy| policy.any_credential = any));
    assert!(matches!(of(true).presented[0].1, Presented::Foreign(_)));
    assert!(!matches!(of(false).presented[0].1, Presented::Foreign(_)));
    assert_eq!(of(false).outcome(), Outcome::Refused);
}

#[test]
fn what_is_accepted_can_be_taken_out_and_says_what_it_is() {
    let scene = scene(&signed());
    let verdict = || verify_text::<AchievementCredential>(&scene.document, &scene.dossier, &scene.policy, instant(NOW));
    let form = verdict().findings().find(CheckKind::Structure).unwrap().clone();
    assert_eq!(form, CheckResult::Pass(Reason::WellFormed { kind: "AchievementCredential".to_owned() }));
    let id = verdict().accepted().unwrap().content().id.clone();
    assert_eq!(verdict().into_accepted().unwrap().content().id, id);
    let nobody = bare(&signed());
    let verdict = verify_text::<AchievementCredential>(&nobody.document, &nobody.dossier, &nobody.policy, instant(NOW));
    assert!(verdict.into_accepted().is_none());
}

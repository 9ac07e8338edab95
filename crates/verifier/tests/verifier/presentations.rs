//! What does a verdict on a presentation hold, beside its outcome?

use serde_json::json;
use stapel_credential::{Ask, Uri};
use stapel_verifier::{CaseVerdict, CheckKind, CheckResult, Missing, Outcome, PresentationVerdict, Reason};

use crate::accepted::signed;
use crate::scene::{Scene, scene, without_list};
use crate::vectors::find;
use crate::world::*;

fn verdict(scene: &Scene) -> PresentationVerdict {
    match scene.replay() {
        CaseVerdict::Presentation(verdict) => *verdict,
        CaseVerdict::Credential(findings) => panic!("no presentation: {findings:?}"),
    }
}

#[test]
fn a_progress_presentation_gives_its_badges_and_its_programme() {
    let verdict = verdict(&find("progress").scene);
    assert_eq!(verdict.outcome(), Outcome::Accepted);
    assert_eq!(verdict.holder, Some(Uri::parse(&did("learner")).unwrap()));
    assert_eq!(verdict.badges().len(), 1);
    assert_eq!(verdict.programme().unwrap().content().credential_subject.programme.edition, "2026");
    assert_eq!(verdict.presented.len(), 2, "the status list is no credential to count");
    assert_eq!(verdict.missing(), [a_newer_list()], "the list that came along is hours old");
}

fn a_newer_list() -> Missing {
    Missing::StatusList { url: Uri::parse(LIST).unwrap() }
}

#[test]
fn plan_question_and_bundle_come_along_unjudged() {
    let mut document = presentation(&[&signed()]);
    document["question"] = json!({ "ask": { "award": "diploma" } });
    document["bundle"] = json!({ "title": "Zorg" });
    document["plan"] = json!({
        "programme": {
            "id": PROGRAMME,
            "edition": "2026",
            "digest": stapel_proof::jcs::digest_text("{}").unwrap(),
        },
        "ask": { "award": "diploma" },
        "fills": [],
    });
    let verdict = verdict(&scene(&showing().sign(document)).asked());
    assert_eq!(verdict.outcome(), Outcome::Accepted);
    assert_eq!(verdict.question.unwrap().ask, Ask::Award(Some("diploma".to_owned())));
    assert_eq!(verdict.bundle.unwrap().title, "Zorg");
    assert_eq!(verdict.plan.unwrap().fills, []);
}

#[test]
fn a_status_list_presented_along_spares_the_question_to_the_issuer() {
    let list = pen("school").sign(status_list(&[]));
    let shown = without_list(&showing().sign(presentation(&[&signed(), &list]))).asked();
    assert_eq!(verdict(&shown).outcome(), Outcome::Accepted);
    let alone = verdict(&without_list(&showing().sign(presentation(&[&signed()]))).asked());
    assert_eq!(alone.outcome(), Outcome::Undecided);
    assert_eq!(alone.missing().len(), 1);
}

/// The holder chooses which list to bring. So whoever can looks for a newer one once its time to live is over; nobody has to.
#[test]
fn for_a_presented_list_beyond_its_time_to_live_a_newer_one_is_named() {
    let brought = |valid_from: &str, ttl: Option<u64>| {
        let mut list = status_list(&[]);
        list["validFrom"] = json!(valid_from);
        if let Some(ttl) = ttl {
            list["credentialSubject"]["ttl"] = json!(ttl);
        }
        let list = pen("school").sign(list);
        (without_list(&showing().sign(presentation(&[&signed(), &list]))).asked(), list)
    };
    let hour = 3_600_000;
    for (valid_from, ttl, is_fresh) in [
        ("2026-11-22T08:55:00Z", None, true),
        ("2026-11-22T08:54:59Z", None, false),
        ("2026-11-22T08:55:00Z", Some(60_000), false),
        ("2026-11-22T08:00:00Z", Some(hour), true),
        ("2026-11-22T07:59:59Z", Some(hour), false),
        ("2026-11-22T07:59:59Z", Some(24 * hour), false),
    ] {
        let (scene, list) = brought(valid_from, ttl);
        let alone = verdict(&scene);
        assert_eq!(alone.outcome(), Outcome::Accepted, "{valid_from} {ttl:?}");
        assert_eq!(alone.missing().is_empty(), is_fresh, "{valid_from} {ttl:?}: {:?}", alone.missing());
        // Whoever looked and found the same list need not look again.
        let looked = verdict(&scene.list(&list));
        assert_eq!((looked.outcome(), looked.missing()), (Outcome::Accepted, vec![]), "{valid_from} {ttl:?}");
    }
    let (scene, _) = brought("2026-11-22T06:30:00Z", Some(hour));
    assert_eq!(verdict(&scene).missing(), [a_newer_list()]);
    let mut revoked = status_list(&[PLACE]);
    revoked["validFrom"] = json!("2026-11-22T08:59:00Z");
    let looked = verdict(&scene.list(&pen("school").sign(revoked)));
    assert_eq!(looked.outcome(), Outcome::Refused, "{:?}", looked.presented);
}

/// A thief has the badges of another, but not the key: what he shows counts for nothing, not even its parts.
#[test]
fn no_badge_is_accepted_while_the_holder_is_not_established() {
    for name in [
        "presentation-by-a-stranger",
        "presentation-under-the-holders-key-name",
        "presentation-for-another-audience",
        "presentation-replayed",
        "presentation-too-late",
    ] {
        let verdict = verdict(&find(name).scene);
        assert!(verdict.badges().is_empty(), "{name}");
        let holder = verdict.presented[0].1.findings().find(CheckKind::Holder).unwrap();
        assert!(matches!(holder, CheckResult::Unknown(Reason::HolderNotEstablished { .. })), "{name}: {holder:?}");
        assert_eq!(
            named(&holder.reason().to_string()),
            "it is about <learner>, and that <learner> shows it was not established"
        );
    }
}

#[test]
fn a_whole_is_as_good_as_its_worst_part() {
    use Outcome::{Accepted, AcceptedWithRemarks, Refused, Undecided};
    let order = [Accepted, AcceptedWithRemarks, Undecided, Refused];
    for (at, better) in order.iter().enumerate() {
        for worse in &order[at..] {
            assert_eq!((better.and(*worse), worse.and(*better)), (*worse, *worse));
        }
    }
    let two = |second: &serde_json::Value| verdict(&scene(&showing().sign(presentation(&[&signed(), second]))).asked());
    let mut revoked = badge();
    revoked["id"] = json!("urn:uuid:2f3a6f3e-0a4b-4e8a-8f27-7b1c9d5e4a10");
    revoked["validUntil"] = json!("2026-07-31T00:00:00Z");
    let verdict = two(&pen("school").sign(revoked));
    assert_eq!(verdict.outcome(), Refused);
    assert_eq!(verdict.badges().len(), 1, "what is good in it stays good");
}

#[test]
fn an_empty_presentation_proves_only_who_is_there() {
    let verdict = verdict(&scene(&showing().sign(presentation(&[]))).asked());
    assert_eq!(verdict.outcome(), Outcome::Accepted);
    assert!(verdict.badges().is_empty() && verdict.programme().is_none() && verdict.exemptions().is_empty());
}

#[test]
fn exemptions_are_given_apart_from_badges() {
    let verdict = verdict(&find("exemption-of-the-holder").scene);
    assert_eq!((verdict.exemptions().len(), verdict.badges().len()), (1, 0));
}

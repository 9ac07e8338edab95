//! What holds at the very second at which something begins or ends, and where one of two conditions alone decides?

use serde_json::json;
use stapel_credential::{AchievementCredential, CredentialRef, Digest, Uri};
use stapel_verifier::{
    CaseVerdict, CheckKind, CheckResult, DocumentKind, Dossier, KindError, Outcome, PresentationVerdict, Presented,
    Reason, verify_text, verify_texts,
};

use crate::accepted::signed;
use crate::scene::{Scene, bare, because, checks, scene, without_list, without_trust};
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
fn a_badge_is_valid_from_its_first_second_to_its_last() {
    let badge_so = |from: &str, until: &str, expires: Option<&str>| {
        let mut badge = badge();
        badge["validFrom"] = json!(from);
        badge["validUntil"] = json!(until);
        let pen = match expires {
            Some(expires) => pen("school").with("expires", expires),
            None => pen("school"),
        };
        let verdict = scene(&pen.sign(badge)).replay();
        let result = checks(&verdict).into_iter().find(|check| check.kind == CheckKind::Validity).unwrap().clone();
        (verdict.outcome(), because(&result))
    };
    let (accepted, refused) = (Outcome::Accepted, Outcome::Refused);
    let valid = (accepted, "valid".to_owned());
    // Clocks may differ by a minute.
    assert_eq!(badge_so(AWARDED, "2026-11-22T08:59:00Z", None), valid);
    assert_eq!(badge_so(AWARDED, "2026-11-22T08:58:59Z", None), (refused, "expired".to_owned()));
    assert_eq!(badge_so("2026-11-22T09:01:00Z", "2026-12-01T00:00:00Z", None), valid);
    assert_eq!(badge_so("2026-11-22T09:01:01Z", "2026-12-01T00:00:00Z", None), (refused, "not-yet-valid".to_owned()));
    // One instant is a time, too; a time that ends before it begins is none.
    assert_eq!(badge_so(NOW, NOW, None), valid);
    assert_eq!(badge_so(NOW, "2026-11-22T08:59:59Z", None), (refused, "ends-before-it-begins".to_owned()));
    let far = "2030-01-01T00:00:00Z";
    // The end that comes first is told: nothing is called valid beyond it.
    let until_proof_ends = (accepted, "valid-until-proof-ends".to_owned());
    assert_eq!(badge_so(AWARDED, far, Some("2026-11-22T08:59:00Z")), until_proof_ends);
    assert_eq!(badge_so(AWARDED, far, Some(far)), valid);
    assert_eq!(badge_so(AWARDED, far, Some("2030-01-01T00:00:01Z")), valid);
    assert_eq!(badge_so(AWARDED, far, Some("2026-11-22T08:58:59Z")), (refused, "proof-expired".to_owned()));
}

#[test]
fn of_an_altered_text_the_key_is_not_known_and_of_a_strangers_key_all_is() {
    let found = |name: &str| {
        let verdict = crate::vectors::find(name).scene.replay();
        let all = checks(&verdict);
        let of = |kind: CheckKind| -> Vec<String> {
            all.iter().filter(|check| check.kind == kind).map(|check| because(check)).collect()
        };
        (of(CheckKind::Proof), of(CheckKind::Key))
    };
    let (proof, key) = found("strangers-signature-under-the-issuers-key-name");
    assert_eq!((proof, key), (vec!["altered".to_owned()], vec!["key-not-reached".to_owned()]));
    let (proof, key) = found("trusted-name-over-a-strangers-key");
    assert_eq!((proof, key), (Vec::new(), vec!["key-of-another".to_owned()]));
}

#[test]
fn many_at_once_are_judged_as_one_by_one() {
    let scene = scene(&signed());
    let good = scene.document.clone();
    let altered = good.replace("ROC Voorbeeld", "ROC Voorbeeldig");
    assert_ne!(altered, good);
    let texts: Vec<&str> = (0..100).map(|at| if at % 7 == 3 { altered.as_str() } else { good.as_str() }).collect();
    for threads in [1, 2, 5] {
        let threads = std::num::NonZeroUsize::new(threads).unwrap();
        let verdicts =
            verify_texts::<AchievementCredential>(&texts, &scene.dossier, &scene.policy, instant(NOW), threads);
        assert_eq!(verdicts.len(), texts.len());
        for (verdict, text) in verdicts.iter().zip(&texts) {
            let alone = verify_text::<AchievementCredential>(text, &scene.dossier, &scene.policy, instant(NOW));
            assert_eq!((verdict.outcome(), verdict.findings()), (alone.outcome(), alone.findings()));
        }
        assert_eq!(verdicts.iter().filter(|verdict| verdict.outcome() == Outcome::Refused).count(), 14);
    }
    let none: [&str; 0] = [];
    let two = std::num::NonZeroUsize::new(2).unwrap();
    assert!(verify_texts::<AchievementCredential>(&none, &scene.dossier, &scene.policy, instant(NOW), two).is_empty());
}

#[test]
fn a_case_keeps_the_record_of_its_award() {
    let case = scene(&signed()).case();
    assert_eq!(case.award_record_text(), None);
    let record = "{ \"a\":  1 }";
    let written = serde_json::to_string(&case.with_award_record(record)).unwrap();
    let read = stapel_verifier::Case::parse(&written).unwrap();
    assert_eq!(read.award_record_text().as_deref(), Some(record));
}

#[test]
fn what_a_document_is_is_read_from_its_type_whatever_its_form() {
    use base64::Engine as _;
    let read = |text: &str| DocumentKind::read(text);
    let part = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
    let programme = programme().to_string();
    assert_eq!(read(&programme), Ok(DocumentKind::Programme));
    let jwt = format!("{}.{}.c2ln", part(r#"{"alg":"EdDSA"}"#), part(&programme));
    assert_eq!(read(&jwt), Ok(DocumentKind::Programme));
    assert_eq!(read("eyJhbGciOiJFZERTQSJ9.!!!.c2ln"), Ok(DocumentKind::Badge), "its reader says why");
    assert_eq!(read(&format!("{jwt}~")), Err(KindError::SdJwt));
    let mut with_a_tilde = badge();
    with_a_tilde["name"] = json!("een~twee");
    assert_eq!(read(&with_a_tilde.to_string()), Ok(DocumentKind::Badge));
}

#[test]
fn a_dossier_takes_contexts_by_their_digest_and_the_trust_lists_of_another() {
    let (url, text) = ("https://school.example/context", r#"{"@context":{"a":"https://school.example/#a"}}"#);
    let mut dossier = Dossier::default();
    assert!(dossier.add_context(url, text, &Digest::of(b"something else")).is_err());
    dossier.add_context(url, text, &Digest::of(text.as_bytes())).unwrap();
    assert!(dossier.add_context(url, "{\"@context\":{}}", &Digest::of(b"{\"@context\":{}}")).is_err(), "other bytes");

    let (here, there) = (without_trust(&signed()), scene(&signed()));
    let judge = |dossier: &Dossier| {
        verify_text::<AchievementCredential>(&there.document, dossier, &there.policy, instant(NOW)).outcome()
    };
    assert_eq!(judge(&here.dossier), Outcome::Undecided);
    assert_eq!(judge(&here.dossier.with_trust_lists_of(&there.dossier)), Outcome::Accepted);
}

#[test]
fn a_foreign_credential_says_its_own_kind() {
    let kind_of = |types: serde_json::Value| {
        let foreign = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
            "type": types,
            "issuer": did("school"),
            "credentialSubject": { "id": did("learner") },
        });
        let verdict = bare(&pen("school").sign(foreign)).policy(|policy| policy.any_credential = true).replay();
        let all = checks(&verdict);
        let structure = all.into_iter().find(|check| check.kind == CheckKind::Structure).unwrap().result.clone();
        match structure {
            CheckResult::Pass(Reason::WellFormed { kind }) => kind,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(kind_of(json!(["VerifiableCredential"])), "VerifiableCredential");
    assert_eq!(kind_of(json!(["VerifiableCredential", "ExampleAlumniCredential"])), "ExampleAlumniCredential");
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

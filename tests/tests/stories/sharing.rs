//! Does route 4 run: one wallet against two programmes, with an explicit rule on what they share? Kyra, double bachelor
//! Pabo-ALO; all details beyond persona and route are illustrative.

use serde_json::{Value, json};
use stapel_credential::context::badge_contexts;
use stapel_credential::{AchievementCredential, ProgrammeCredential, Question, VerifiableCredential};
use stapel_did::did_key_verification_method;
use stapel_proof::{ProofOptions, Signed, Unsecured, jcs};
use stapel_stacking::{Budget, Found, HeldRecord, Holdings, check, find};
use stapel_tests::badge::{did, key};
use stapel_tests::journey::Journey;
use stapel_tests::school::Cast;
use stapel_tests::told::told;
use stapel_verifier::{Claims, Verified, verify};

use crate::routes::shown;

/// The seed of the school's key.
const SCHOOL: u8 = 40;
const ALO_RESEARCH: &str = "Onderzoek naar bewegen";

fn accepted<S: Claims>(journey: &Journey, text: &str) -> Verified<VerifiableCredential<S>> {
    let signed = Signed::parse(text).expect("readable");
    let verdict = verify(&signed, journey.wallet.dossier(), journey.wallet.policy(), journey.now());
    let findings = format!("{:?}", verdict.findings());
    verdict.into_accepted().unwrap_or_else(|| panic!("{findings}"))
}

fn counted(
    journey: &Journey,
    programme: &Verified<ProgrammeCredential>,
    credentials: &[Verified<AchievementCredential>],
    records: &[HeldRecord],
) -> Found {
    let (holder, trust, now) = (journey.wallet.id().to_uri(), journey.wallet.trust(journey.now()), journey.now());
    let holdings = Holdings { holder: &holder, credentials, decisions: &[], records };
    let found = find(programme, &Question::progress(None), &holdings, &trust, now, Budget::default()).expect("found");
    assert_eq!(check(programme, &found.plan, &holdings, &trust, now).expect("the plan holds"), found.progress);
    found
}

/// The bachelor that the school awarded for this plan, and the record that fixes what it was made of.
fn bachelor(
    journey: &Journey,
    programme: &Verified<ProgrammeCredential>,
    badges: &[Verified<AchievementCredential>],
    found: &Found,
) -> (Verified<AchievementCredential>, HeldRecord) {
    let used = |held: &&Verified<AchievementCredential>| {
        found.plan.fills.iter().any(|fill| fill.by.contains(&held.reference()))
    };
    let used: Vec<_> = badges.iter().filter(used).collect();
    let counted: Vec<Value> = used
        .iter()
        .map(|held| {
            let reference = held.reference();
            json!({"issuer": reference.issuer, "id": reference.id, "digest": held.digest(),
                   "achievement": held.content().credential_subject.achievement.id})
        })
        .collect();
    let document = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let mut documents = vec![document(programme.text())];
    documents.extend(used.iter().map(|held| document(held.text())));
    let plan = serde_json::to_string(&found.plan).expect("a plan");
    let record = json!({
        "id": "urn:example:record:pabo", "type": "AwardRecord", "holder": journey.wallet.id(),
        "awardedDate": "2026-07-03T12:00:00Z", "plan": found.plan,
        "planDigest": jcs::digest_text(&plan).expect("a digest"),
        "counted": counted, "documents": documents, "evidence": {}
    });
    let record = HeldRecord::parse(&record.to_string()).expect("a record");
    let diploma = json!({
        "@context": badge_contexts(), "id": "urn:example:diploma:pabo",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": did(SCHOOL), "type": "Profile", "name": "Hogeschool Voorbeeld (illustratief)"},
        "validFrom": "2026-07-03T12:00:00Z", "awardedDate": "2026-07-03T12:00:00Z",
        "relatedResource": [{"id": "urn:example:record:pabo", "digestSRI": record.digest()}],
        "credentialSubject": {"id": journey.wallet.id(), "type": "AchievementSubject", "achievement": {
            "id": "urn:example:bachelor:pabo", "type": "Achievement", "name": "Bachelor Pabo (illustratief)",
            "description": "De opleiding tot leraar basisonderwijs. (Illustratief.)",
            "criteria": {"narrative": "Alle onderdelen."}, "credentialKind": "bachelor"}}
    });
    let options = ProofOptions::assertion(did_key_verification_method(&key(SCHOOL).verifying_key()), journey.now());
    let content = AchievementCredential::parse(&diploma.to_string()).expect("a diploma");
    let signed = Unsecured::new(content).sign(&key(SCHOOL), &options).expect("signed");
    (accepted(journey, signed.text()), record)
}

#[test]
fn route_4_one_wallet_shows_how_far_it_is_in_two_programmes_at_once() {
    let mut journey = Journey::of(4, &["ISSUER"], Cast::default());
    journey.programme("programme.json");
    journey.programme("programme-alo.json");
    let pabo = shown(&mut journey, "1");
    assert_eq!(
        pabo,
        [
            "complete",
            "met taal-en-rekenen",
            "met jonge-kind",
            "met pedagogiek",
            "met didactiek",
            "met onderzoek",
            "unused Bewegingsleer: nothing in this programme asks for it",
            "unused Onderzoek naar bewegen: nothing in this programme asks for it",
            "unused Sport en spel: nothing in this programme asks for it",
        ]
    );
    let alo = shown(&mut journey, "2");
    assert_eq!(
        alo[..7],
        [
            "complete",
            "met bewegen",
            "met sport",
            "met pedagogiek",
            "met didactiek",
            "met onderzoek",
            "limit gedeeld: 0 of at most 60"
        ]
    );
}

#[test]
fn route_4_what_counted_toward_the_first_bachelor_counts_toward_the_second_up_to_the_limit() {
    let mut journey = Journey::of(4, &["ISSUER"], Cast::default());
    let pabo = journey.programme("programme.json");
    let alo = journey.programme("programme-alo.json");
    let (pabo, alo) = (accepted(&journey, &pabo), accepted(&journey, &alo));
    let all: Vec<Verified<AchievementCredential>> =
        journey.badges.iter().map(|text| accepted(&journey, text)).collect();
    let of_alo =
        |held: &Verified<AchievementCredential>| held.content().credential_subject.achievement.name == ALO_RESEARCH;
    let mut badges: Vec<_> = all.iter().filter(|held| !of_alo(held)).cloned().collect();

    let first = counted(&journey, &pabo, &badges, &[]);
    assert!(first.progress.complete);
    let (diploma, record) = bachelor(&journey, &pabo, &badges, &first);
    let records = [record];
    badges.push(diploma);
    let second = told(&counted(&journey, &alo, &badges, &records).progress);
    assert_eq!(second[0], "not complete", "ninety EC are shared, and sixty count");
    assert!(second.contains(&"limit gedeeld: 60 of at most 60".to_owned()), "{second:?}");
    let held_back = second.iter().filter(|line| line.ends_with(": at most 60 credits of gedeeld count")).count();
    assert_eq!(held_back, 1, "{second:?}");

    badges.extend(all.iter().filter(|held| of_alo(held)).cloned());
    let third = told(&counted(&journey, &alo, &badges, &records).progress);
    assert_eq!(third[0], "complete", "with research of its own: {third:?}");
    assert!(third.contains(&"limit gedeeld: 60 of at most 60".to_owned()), "{third:?}");

    let without = told(&counted(&journey, &alo, &badges, &[]).progress);
    assert!(
        without.contains(&"limit gedeeld: 0 of at most 60".to_owned()),
        "only a record at hand says what was shared"
    );
}

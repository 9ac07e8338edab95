//! Do routes 2, 3, 5, 6 and 8 run from the institutions through the wallet to an employer? All details beyond persona and route
//! are illustrative, as the fixtures say.

use serde_json::json;
use stapel_credential::context::document_contexts;
use stapel_credential::{
    AchievementSubject, Bundle, CitedEvidence, ExemptionDecisionCredential, ProgrammeCredential, Timestamp,
    VerifiablePresentation,
};
use stapel_did::did_key_verification_method;
use stapel_proof::{ProofOptions, Signed, Unsecured};
use stapel_report::{Language, bars};
use stapel_stacking::Optimality;
use stapel_tests::badge::{did, key};
use stapel_tests::journey::Journey;
use stapel_tests::school::Cast;
use stapel_tests::told::told;
use stapel_verifier::{Outcome, PresentationVerdict};
use stapel_wallet::{KeptDocument, ProgressAnswer, Showing, Verdicts};

const BOARD: u8 = 90;

/// Shows the progress to an employer, who counts the same; gives it in lines.
pub(crate) fn shown(journey: &mut Journey, programme: &str) -> Vec<String> {
    let (text, found) = journey.show(programme);
    assert_eq!(found.optimality, Optimality::Best);
    let answer = journey.employer(&text);
    assert_eq!(answer.outcome(), Outcome::Accepted, "{:?}", answer.findings());
    let Some(ProgressAnswer::Recomputed(progress)) = answer.progress else { panic!("{:?}", answer.progress) };
    assert_eq!(progress.score(), found.progress.score(), "the employer counts as the wallet does");
    assert_eq!(progress.limits, found.progress.limits);
    told(&found.progress).iter().map(|line| line.replace(did(BOARD).as_str(), "BOARD")).collect()
}

#[test]
fn route_2_temporiseren_what_larissa_had_counts_on_in_the_edition_that_came_meanwhile() {
    let mut journey = Journey::of(2, &["ISSUER"], Cast::default());
    journey.programme("programme-2023.json");
    assert_eq!(
        shown(&mut journey, "1"),
        [
            "not complete",
            "met programmeren-1",
            "met programmeren-2",
            "met databases",
            "open netwerken",
            "open praktijk",
            "unused Ontwerpen voor mensen: nothing in this programme asks for it",
        ]
    );
    journey.programme("programme.json");
    assert_eq!(
        shown(&mut journey, "2"),
        ["not complete", "met software", "met data-en-netwerk", "met ontwerpen", "open praktijk"]
    );
}

/// The board's decision on these parts for the wallet's holder, resting on this badge.
fn exemption(journey: &Journey, programme: &str, parts: &[&str], evidence: &str) -> String {
    let programme = Signed::<ProgrammeCredential>::parse(programme).expect("a programme");
    let rules = &programme.peek_unverified().credential_subject.programme;
    let evidence = Signed::<stapel_credential::AchievementCredential>::parse(evidence).expect("a badge").digest();
    let text = json!({
        "@context": document_contexts(), "id": "urn:example:decision", "issuer": did(BOARD),
        "type": ["VerifiableCredential", "ExemptionDecisionCredential"], "validFrom": "2026-09-01T09:00:00Z",
        "credentialSubject": {"id": journey.wallet.id(), "exemption": {
            "programme": rules.id, "edition": rules.edition, "digest": programme.digest(), "parts": parts,
            "basis": "prior-learning", "evidence": [CitedEvidence::of(&evidence, "salt")]}}
    });
    let content = ExemptionDecisionCredential::parse(&text.to_string()).expect("a decision");
    let method = did_key_verification_method(&key(BOARD).verifying_key());
    let options = ProofOptions::assertion(method, Timestamp::parse("2026-09-01T09:00:00Z").expect("a date"));
    Unsecured::new(content).sign(&key(BOARD), &options).expect("signed").text().to_owned()
}

#[test]
fn route_3_versnellen_experience_stands_in_for_parts_and_the_reason_is_visible() {
    let board = Cast::of(&[("BOARD", did(BOARD))]);
    let mut journey = Journey::of(3, &["ISSUER", "SECOND"], board);
    let programme = journey.programme("programme.json");
    assert_eq!(
        shown(&mut journey, "1"),
        [
            "not complete",
            "met gasten",
            "open wijn-en-spijs",
            "met team",
            "open inkoop",
            "open bedrijfsplan",
            "requirement bediening: 1 of 2",
            "requirement leiding: 1 of 3",
            "limit vrijstellingen: 0 of at most 800",
        ],
        "the certificate of prior learning shows one part"
    );
    let evidence = journey.badges.last().expect("the certificate of prior learning").clone();
    let decision = exemption(&journey, &programme, &["gasten", "wijn-en-spijs", "inkoop", "bedrijfsplan"], &evidence);
    journey.receive(&decision);
    assert_eq!(
        shown(&mut journey, "1"),
        [
            "not complete",
            "met gasten by exemption",
            "met wijn-en-spijs by exemption",
            "met team",
            "blocked inkoop: at most 800 credits of vrijstellingen count",
            "open bedrijfsplan",
            "requirement leiding: 1 of 3",
            "limit vrijstellingen: 800 of at most 800",
            "unused Ervaringscertificaat bediening: urn:example:decision of BOARD rests on it already, and a badge counts once",
        ],
        "the certificate counts once: behind the decision that rests on it, and under the limit of the programme"
    );
    let told = bars(&journey.show("1").1.progress, Language::Nl, 200, false);
    let sentence = "Ervaringscertificaat bediening: De vrijstelling van 1 september 2026 berust er al op";
    assert!(told.contains(sentence), "{told}");
    assert!(told.contains("Van “Vrijstellingen” tellen hoogstens 800 punten mee"), "{told}");
}

#[test]
fn route_5_another_institution_courses_of_university_b_count_in_the_programme_of_university_a() {
    let mut journey = Journey::of(5, &["ISSUER", "SECOND"], Cast::default());
    journey.programme("programme.json");
    assert_eq!(
        shown(&mut journey, "1"),
        [
            "not complete",
            "met stofwisseling",
            "met gezondheid",
            "open onderzoek",
            "met ds-beginselen",
            "met ds-leren",
            "open ds-beeld",
            "requirement hoofdvak: 2 of 3",
            "requirement eigen: 36 of 42 credits",
        ]
    );
}

#[test]
fn route_6_across_sectors_an_hbo_course_counts_at_its_own_level_and_is_not_converted() {
    let mut journey = Journey::of(6, &["ISSUER", "SECOND"], Cast::default());
    journey.programme("programme.json");
    assert_eq!(
        shown(&mut journey, "1"),
        [
            "not complete",
            "met veredeling",
            "met moleculair",
            "met kas",
            "blocked verdieping: its level NLQF 6 is lower than NLQF 7",
            "requirement toepassing: 1 of 2",
            "limit buiten-wo: 10 of at most 15",
        ]
    );
    let sectors: Vec<_> = journey.wallet.badges().expect("kept").iter().map(sector_and_level).collect();
    assert_eq!(sectors, ["wo NLQF 7", "wo NLQF 7", "hbo NLQF 6", "hbo NLQF 6"]);
}

fn sector_and_level(kept: &KeptDocument<AchievementSubject>) -> String {
    let achievement = &kept.peek_unverified().credential_subject.achievement;
    let level = achievement.levels().next().expect("a level");
    format!("{} {level}", achievement.sector.expect("a sector"))
}

#[test]
fn route_8_bundelen_three_issuers_in_one_bundle_that_claims_no_qualification() {
    let mut journey = Journey::of(8, &["ISSUER", "SECOND", "THIRD"], Cast::default());
    let bundle: Bundle = serde_json::from_str(
        &std::fs::read_to_string(stapel_tests::school::route(8).join("bundle.json")).expect("the fixture"),
    )
    .expect("a bundle");
    let chosen = journey.wallet.badges().expect("kept");
    let showing = Showing { bundle: Some(bundle.clone()), ..journey.showing() };
    let now = journey.now();
    let signed = journey.wallet.present(&chosen, &showing, now).expect("presented");

    let answer = journey.employer(signed.text());
    assert_eq!(answer.outcome(), Outcome::Accepted, "{:?}", answer.findings());
    assert!(answer.progress.is_none(), "a bundle is measured against no programme");
    let Verdicts::Presentation(verdict) = answer.verdicts else { panic!("{:?}", answer.verdicts) };
    let PresentationVerdict { holder, bundle: shown, plan, question, .. } = &*verdict;
    assert_eq!(
        holder.as_ref().map(ToString::to_string),
        Some(journey.wallet.id().to_string()),
        "she signed it herself"
    );
    assert_eq!((shown.as_ref(), plan.is_none(), question.is_none()), (Some(&bundle), true, true));
    let mut issuers: Vec<_> = verdict.badges().iter().map(|badge| badge.content().issuer.id.clone()).collect();
    issuers.dedup();
    assert_eq!(issuers.len(), 3);
    let claims: VerifiablePresentation = VerifiablePresentation::parse(signed.text()).expect("a presentation");
    assert_eq!(claims.types, ["VerifiablePresentation"]);
    for word in ["diploma", "kwalificatie", "qualification", "getuigschrift", "graad"] {
        let said = format!("{} {}", bundle.title, bundle.theme.clone().unwrap_or_default()).to_lowercase();
        assert!(!said.contains(word), "{said}");
    }

    let altered = signed.text().replace(&bundle.title, "Diploma energietransitie");
    assert_eq!(journey.employer(&altered).outcome(), Outcome::Refused, "the title is under her signature");
}

//! Whose progress is shown in these tests and pictures? Fictional learners of routes 1 and 9; everything is really signed and verified.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared by tests and the example; each uses a part of it"
)]

pub mod pictures;
pub mod printed;

use serde_json::{Value, json};
use stapel_credential::context::{badge_contexts, document_contexts};
use stapel_credential::{AchievementCredential, ProgrammeCredential, Question, Timestamp, Uri, VerifiableCredential};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::SigningKey;
use stapel_proof::{Document, ProofOptions, Signed, Unsecured};
use stapel_stacking::{Budget, Holdings, Progress, find};
use stapel_verifier::{Claims, Dossier, Policy, Trust, Verified, verify};

pub const ROUTE_1: &str = include_str!("../../../../fixtures/routes/route-1/programme.json");
pub const ROUTE_9: &str = include_str!("../../../../fixtures/routes/route-9/programme.json");

const HOLDER: &str = "did:example:michelle";
const AWARDED: &str = "2026-07-01T12:00:00Z";

/// A badge that a learner brings.
#[derive(Clone)]
pub struct Badge {
    pub achievement: String,
    pub name: String,
    pub code: Option<(&'static str, &'static str)>,
    pub level: &'static str,
    pub credits: u32,
}

impl Badge {
    /// The badge that shows the part of that id, by the fixtures' convention.
    pub fn of_part(programme: &Value, id: &str) -> Self {
        let part = programme["parts"].as_array().unwrap().iter().find(|part| part["id"] == id).unwrap();
        Self {
            achievement: part["ways"][0]["all"][0]["achievement"][0].as_str().unwrap().to_owned(),
            name: part["name"]["nl"].as_str().unwrap().to_owned(),
            code: None,
            level: "4",
            credits: 240,
        }
    }

    /// A badge that the programme does not name.
    pub fn other(name: &str, code: Option<(&'static str, &'static str)>, credits: u32) -> Self {
        let achievement = format!("https://elders.example/achievements/{}", name.replace(' ', "-"));
        Self { achievement, name: name.to_owned(), code, level: "4", credits }
    }
}

/// The programme's text with the school's DID where the fixture leaves it open.
pub fn programme(text: &str) -> Value {
    let did = did_key(&school().verifying_key()).to_string();
    serde_json::from_str(&text.replace("\"ISSUER\"", &format!("\"{did}\""))).unwrap()
}

/// How far these badges go toward the programme's award.
pub fn progress(programme: &Value, badges: &[Badge]) -> Progress {
    answer(programme, badges, &Question::progress(None))
}

/// What these badges answer.
pub fn answer(programme: &Value, badges: &[Badge], question: &Question) -> Progress {
    let issuer = did_key(&school().verifying_key());
    let now = Timestamp::parse("2026-11-22T09:00:00Z").unwrap();
    let (dossier, policy) = (Dossier::default(), Policy { pinned_issuers: vec![issuer.clone()], ..Policy::default() });
    let trust = Trust::new(&dossier, &policy, now);
    let rules = json!({
        "@context": document_contexts(),
        "id": "urn:example:programme:credential",
        "type": ["VerifiableCredential", "ProgrammeCredential"],
        "issuer": issuer,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": programme["id"], "programme": programme}
    });
    let rules = sign(ProgrammeCredential::parse(&rules.to_string()).unwrap());
    let rules = accepted(&rules, &dossier, &policy, now);
    let credentials: Vec<_> = badges
        .iter()
        .enumerate()
        .map(|(number, badge)| {
            let text = badge_json(badge, number, issuer.as_str());
            let signed = sign(AchievementCredential::parse(&text.to_string()).unwrap());
            accepted(&signed, &dossier, &policy, now)
        })
        .collect();
    let holder: Uri = HOLDER.parse().unwrap();
    let holdings = Holdings { holder: &holder, credentials: &credentials, decisions: &[], records: &[] };
    find(&rules, question, &holdings, &trust, now, Budget::default()).unwrap().progress
}

fn school() -> SigningKey {
    SigningKey::from_seed([7; 32])
}

fn sign<S>(content: VerifiableCredential<S>) -> Signed<VerifiableCredential<S>>
where
    VerifiableCredential<S>: Document,
{
    let method = did_key_verification_method(&school().verifying_key());
    let created = Timestamp::parse(AWARDED).unwrap();
    Unsecured::new(content).sign(&school(), &ProofOptions::assertion(method, created)).unwrap()
}

fn accepted<S: Claims>(
    signed: &Signed<VerifiableCredential<S>>,
    dossier: &Dossier,
    policy: &Policy,
    now: Timestamp,
) -> Verified<VerifiableCredential<S>> {
    verify(signed, dossier, policy, now).into_accepted().unwrap()
}

fn badge_json(badge: &Badge, number: usize, issuer: &str) -> Value {
    let mut achievement = json!({
        "id": badge.achievement,
        "type": "Achievement",
        "name": badge.name,
        "description": "Illustratief.",
        "criteria": {"narrative": "Illustratief."},
        "creditsAvailable": badge.credits,
        "creditUnit": "SBU",
        "alignment": [{
            "type": ["Alignment"], "targetType": "ext:QualificationLevel", "targetFramework": "NLQF",
            "targetCode": badge.level, "targetName": "NLQF", "targetUrl": "https://nlqf.nl/nlqf-niveaus"
        }]
    });
    if let Some((scheme, code)) = badge.code {
        achievement["otherIdentifier"] =
            json!([{"type": "IdentifierEntry", "identifier": code, "identifierType": format!("ext:{scheme}")}]);
    }
    json!({
        "@context": badge_contexts(),
        "id": format!("urn:example:badge:{number}"),
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": issuer, "type": "Profile", "name": "ROC Voorbeeld"},
        "validFrom": AWARDED,
        "awardedDate": AWARDED,
        "credentialSubject": {"id": HOLDER, "type": "AchievementSubject", "achievement": achievement}
    })
}

/// Jochem: route 1, so many of the twelve modules.
pub fn jochem(modules: usize) -> Progress {
    let programme = programme(ROUTE_1);
    let badges: Vec<Badge> =
        (1..=modules).map(|number| Badge::of_part(&programme, &format!("apo-{number:02}"))).collect();
    progress(&programme, &badges)
}

/// Michelle: route 9, half way, with a choice made, one elective, one module whose level is too low and a first aid badge.
pub fn michelle() -> Progress {
    michelle_answers(&Question::progress(None))
}

/// What Michelle's badges answer.
pub fn michelle_answers(question: &Question) -> Progress {
    let programme = programme(ROUTE_9);
    let mut badges: Vec<Badge> =
        ["zorg-01", "zorg-02", "zorg-03", "zorg-07"].map(|id| Badge::of_part(&programme, id)).into();
    badges.push(Badge { level: "3", ..Badge::of_part(&programme, "zorg-05") });
    badges.push(Badge::other("Zorg en technologie", Some(("kcode", "K0905")), 240));
    badges.push(Badge::other("EHBO", None, 16));
    answer(&programme, &badges, question)
}

//! What is there to say? One sample of each variant, so that no sentence is missing in a language.
#![cfg(test)]

use stapel_credential::{CredentialRef, CreditUnit, Credits, Day, Timestamp, Uri};
use stapel_stacking::WhyUnused;
use stapel_verifier::{CheckKind, Missing, Reason, SucceededBy};

fn uri(text: &str) -> Uri {
    Uri::parse(text).unwrap()
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn credential() -> CredentialRef {
    CredentialRef { issuer: uri("did:web:roc.example"), id: uri("urn:uuid:7") }
}

/// The names of an enum's variants in its source.
pub(crate) fn variants_of(source: &str, name: &str) -> Vec<String> {
    let body = source.split(&format!("pub enum {name} {{\n")).nth(1).unwrap().split("\n}\n").next().unwrap();
    let mut names: Vec<String> = body
        .lines()
        .filter(|line| line.starts_with("    ") && line.chars().nth(4).is_some_and(char::is_uppercase))
        .map(|line| line.trim().split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

pub(super) fn reasons() -> Vec<Reason> {
    let (from, until, now) =
        (instant("2026-02-01T08:00:00Z"), instant("2026-03-01T09:30:00Z"), instant("2026-11-22T10:00:00Z"));
    let as_of = instant("2026-10-05T00:00:00Z");
    let school = || uri("did:web:school.example");
    let did = || "did:web:school.example".parse().unwrap();
    let method = || "did:web:school.example#key-1".parse().unwrap();
    let text = |text: &str| text.to_owned();
    let code = || stapel_credential::Code::parse("crebo:25655").unwrap();
    let day = Day::parse("2026-07-04").unwrap();
    vec![
        Reason::WellFormed { kind: text("AchievementCredential") },
        Reason::Malformed { message: text("$.issuer is missing") },
        Reason::ResourceAltered { resource: uri("https://school.example/rules") },
        Reason::Intact { method: method() },
        Reason::Altered { method: method() },
        Reason::WrongPurpose { expected: text("assertionMethod"), found: text("authentication") },
        Reason::WrongAlgorithm { method: method(), algorithm: text("ES256"), kind: text("Ed25519") },
        Reason::UnknownSuite { suite: text("bbs-2023") },
        Reason::NotWhatWasSigned { message: text("$.alias: the term is not defined") },
        Reason::ContextUnknown { url: text("https://terms.example/v1") },
        Reason::KeyOfController { controller: school() },
        Reason::KeyOfAnother { controller: school(), found: text("did:web:other.example") },
        Reason::KeyRefused { message: text("key-1 was withdrawn") },
        Reason::KeyMissing { did: did(), url: text("https://school.example/.well-known/did.json") },
        Reason::KeyUnreadable { message: text("a P-521 key") },
        Reason::KeyNotReached,
        Reason::Valid { from, until: Some(until) },
        Reason::ValidWithoutBeginning { until: Some(until) },
        Reason::ValidUntilProofEnds { until },
        Reason::Expired { until, now, days: 266 },
        Reason::NotYetValid { from, now },
        Reason::ProofExpired { until, now },
        Reason::EndsBeforeItBegins { from: until, until: from },
        Reason::NoStatus,
        Reason::NotRevoked { as_of },
        Reason::NotRevokedStale { as_of, until },
        Reason::Revoked { as_of },
        Reason::Suspended { as_of },
        Reason::StatusListMissing { url: uri("https://school.example/status/1") },
        Reason::StatusListStale { until, now },
        Reason::StatusListUnusable { url: uri("https://school.example/status/1"), message: text("too short") },
        Reason::StatusKindUnknown { kind: text("RevocationList2020Status") },
        Reason::Vouched {
            name: text("ROC Voorbeeld"),
            list: text("Mbo-lijst"),
            codes: vec![code()],
            successor: Some(SucceededBy { did: did(), name: text("ROC Groter"), from: day }),
        },
        Reason::KeyKept { controller: school(), list: text("Mbo-lijst") },
        Reason::KeysKeptByAnother { name: text("ROC Voorbeeld"), list: text("Zorglijst"), keeper: text("Mbo-lijst") },
        Reason::Pinned { issuer: did() },
        Reason::IssuerUnknown { issuer: school() },
        Reason::NotVouchedThen { name: text("ROC Voorbeeld"), list: text("Mbo-lijst"), day },
        Reason::NotAuthorised { name: text("ROC Voorbeeld"), list: text("Mbo-lijst"), code: code(), day },
        Reason::OfHolder { holder: uri("did:key:z6Mk1") },
        Reason::OfAnother { subject: text("did:key:z6Mk2"), holder: uri("did:key:z6Mk1") },
        Reason::HolderNotEstablished { holder: uri("did:key:z6Mk1") },
        Reason::ForUs,
        Reason::AudienceNotAsked { domain: Some(text("bakker.example")) },
        Reason::ForAnother { expected: text("bakker.example"), found: Some(text("slager.example")) },
        Reason::OtherChallenge { found: Some(text("c-123")) },
        Reason::PartRefused { credential: credential() },
        Reason::PartUndecided { credential: credential() },
        Reason::ProgressHolds,
        Reason::ProgressFails { message: text("line 3: no such part") },
    ]
}

pub(super) fn checks() -> Vec<CheckKind> {
    vec![
        CheckKind::Structure,
        CheckKind::Proof,
        CheckKind::Key,
        CheckKind::Validity,
        CheckKind::Status,
        CheckKind::Trust,
        CheckKind::Holder,
        CheckKind::Audience,
        CheckKind::Progress,
    ]
}

pub(super) fn missings() -> Vec<Missing> {
    vec![
        Missing::Controller {
            did: "did:web:school.example".parse().unwrap(),
            url: "https://school.example/.well-known/did.json".to_owned(),
        },
        Missing::StatusList { url: uri("https://school.example/status/1") },
    ]
}

pub(super) fn whys() -> Vec<WhyUnused> {
    let day = Day::parse("2015-07-01").unwrap();
    let text = |text: &str| text.to_owned();
    let (low, high) =
        (stapel_credential::Level::parse("NLQF 3").unwrap(), stapel_credential::Level::parse("NLQF 4").unwrap());
    let issuer = || uri("did:web:other.example");
    vec![
        WhyUnused::OtherHolder { holder: Some(uri("did:key:z6Mk2")) },
        WhyUnused::CopyOf { credential: credential() },
        WhyUnused::AlreadyShown { part: text("b1-k1"), by: credential() },
        WhyUnused::AlreadyUsed { target: text("b1-k1") },
        WhyUnused::PoolFull { requirement: text("keuze") },
        WhyUnused::LimitReached { requirement: text("keuze"), at_most: 2 },
        WhyUnused::NotNeeded { target: text("b1-k1") },
        WhyUnused::NotAlone { part: text("b1-k1") },
        WhyUnused::NotAsked { part: text("b1-k1") },
        WhyUnused::OtherIssuer { issuer: issuer() },
        WhyUnused::IssuerNotAuthorised { code: stapel_credential::Code::parse("crebo:25655").unwrap(), day },
        WhyUnused::OtherKind { wanted: vec![text("mbo-diploma"), text("microcredential")] },
        WhyUnused::OtherIssuerKind { wanted: vec![text("mbo")] },
        WhyUnused::OtherSector { wanted: vec![text("mbo")] },
        WhyUnused::OtherVersion { version: Some(text("1")), wanted: vec![text("2")] },
        WhyUnused::OtherSetting { wanted: vec![text("workplace")] },
        WhyUnused::OtherBasis { wanted: vec![text("evc")] },
        WhyUnused::ResultTooLow { result: Some(text("6")), wanted: text("7") },
        WhyUnused::OnlySupplements { part: text("b1-k1") },
        WhyUnused::CreditLimit { limit: text("vrijstelling"), at_most: Credits::whole(60) },
        WhyUnused::UsedUp { by: credential() },
        WhyUnused::ExemptionNotAllowed { part: text("b1-k1") },
        WhyUnused::NoHours,
        WhyUnused::LevelTooLow { level: low, wanted: high },
        WhyUnused::LevelOfAnotherFramework { level: stapel_credential::Level::parse("EQF 5").unwrap(), wanted: high },
        WhyUnused::NoLevel { wanted: high },
        WhyUnused::TooOld { awarded: day, age_days: 4162, maximum_days: 1826 },
        WhyUnused::NoCredits,
        WhyUnused::NoCreditUnit { wanted: CreditUnit::Ec },
        WhyUnused::OtherCreditUnit { unit: CreditUnit::Sbu, wanted: CreditUnit::Ec },
        WhyUnused::MayNotDecide { issuer: issuer(), day },
        WhyUnused::OtherProgramme { programme: uri("urn:uuid:programme") },
        WhyUnused::OtherEdition { edition: text("2024") },
        WhyUnused::FitsNothing,
    ]
}

//! What stands in docs/pictures? Towers and sheets of the fictional learners.

use serde_json::Value;
use stapel_credential::{AchievementCredential, Bundle, Day};
use stapel_report::pdf::{
    AnswerSheet, AwardSheet, CertificateHead, PartSheet, SheetHead, answer_sheet, bundle_sheet, certificate,
    progress_sheet,
};
use stapel_report::{CheckLine, Language, Mark, answer_facts, badge_picture, state, tower_svg};
use stapel_verifier::Outcome;

use super::{jochem, michelle};

/// A badge that states everything.
const FULL: &str = include_str!("../../../credential/tests/documents/full-badge.json");

pub fn head(holder: &str) -> SheetHead<'_> {
    SheetHead { holder, as_of: Day::parse("2026-11-22").unwrap() }
}

pub fn full() -> AchievementCredential {
    AchievementCredential::parse(FULL).unwrap()
}

/// Where the badge of the printed certificate is checked.
pub const LINK: &str = "https://controle.example/#https://school.example/badges/7f3a91c2";

/// Chen's units around the energy transition (route 8), from an mbo school, a branch and a university of applied sciences.
pub fn chen() -> (Bundle, Vec<AchievementCredential>) {
    let unit = |name: &str, issuer: &str, number: u32, sector: &str, level: &str, credits: u32, unit: &str| {
        let mut badge: Value = serde_json::from_str(FULL).unwrap();
        badge["issuer"]["name"] = issuer.into();
        badge["issuer"]["id"] = format!("did:web:uitgever-{number}.example").into();
        let subject = &mut badge["credentialSubject"];
        subject["creditsEarned"] = credits.into();
        let achievement = &mut subject["achievement"];
        achievement["name"] = name.into();
        achievement["sector"] = sector.into();
        achievement["creditsAvailable"] = credits.into();
        achievement["creditUnit"] = unit.into();
        achievement["alignment"] = serde_json::json!([{
            "type": ["Alignment"], "targetType": "ext:QualificationLevel", "targetFramework": "NLQF",
            "targetCode": level, "targetName": "NLQF", "targetUrl": "https://nlqf.nl/nlqf-niveaus"
        }]);
        AchievementCredential::parse(&badge.to_string()).unwrap()
    };
    let badges = vec![
        unit("Slimme meters installeren en uitlezen", "ROC Voorbeeld", 1, "mbo", "4", 240, "SBU"),
        unit("Warmtepompen in bestaande woningen", "ROC Voorbeeld", 1, "mbo", "4", 160, "SBU"),
        unit("Veilig werken aan batterijopslag", "Branche Techniek Voorbeeld", 2, "industry", "4", 16, "SBU"),
        unit("Vermogenselektronica voor het net", "Hogeschool Voorbeeld", 3, "hbo", "6", 5, "EC"),
    ];
    let bundle = Bundle {
        title: "Energietransitie in de wijk".to_owned(),
        theme: Some(
            "Van de meter achter de voordeur tot het net in de straat: wat nodig is om een wijk van het gas te halen. \
             Illustratief: Chen, de uitgevers en de badges zijn bedacht."
                .to_owned(),
        ),
    };
    (bundle, badges)
}

/// Every picture with its name.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![
        ("route-1-complete.svg", tower_svg(&jochem(12), Language::Nl).into_bytes()),
        ("route-1-halfway.svg", tower_svg(&jochem(7), Language::En).into_bytes()),
        ("route-9-halfway.svg", tower_svg(&michelle(), Language::Nl).into_bytes()),
        ("badge-nl.svg", badge_picture(&full(), Language::Nl).into_bytes()),
    ];
    all.extend(sheets());
    all
}

/// Answers for a personnel file: a badge that is accepted, and a presentation that is not.
fn answers(language: Language) -> Vec<u8> {
    let facts = answer_facts(&full(), language);
    let line = |mark, what, why: &str| CheckLine { mark, what, why: why.to_owned() };
    let nl = language == Language::Nl;
    let pick = |dutch: &'static str, english: &'static str| if nl { dutch } else { english };
    let lines = [
        line(Mark::Pass, pick("Handtekening", "Signature"), pick("De tekst is ongewijzigd.", "The text is unaltered.")),
        line(Mark::Remark, pick("Status", "Status"), pick("De lijst is van gisteren.", "The list is of yesterday.")),
        line(Mark::Unknown, pick("Uitgever", "Issuer"), pick("Niet bekend.", "Not known.")),
        line(Mark::Fail, pick("Houder", "Holder"), pick("Het gaat over een ander.", "It is about somebody else.")),
    ];
    let advice =
        [pick("Vraag de houder om een bewijs op eigen naam.", "Ask the holder for one of their own.").to_owned()];
    let documents = ["{}".to_owned()];
    // A document, its award record, and the first once more.
    let others = ["a.b.c".to_owned(), "{\"a\":1}".to_owned(), "{}".to_owned()];
    let accepted = AnswerSheet {
        outcome: Outcome::Accepted,
        state: state(Outcome::Accepted, language),
        sentence: pick(
            "ROC Voorbeeld staat op de vertrouwenslijst “Register”.",
            "The trust list Register vouches for it.",
        ),
        note: Some(pick("Een bestand is te kopiëren.", "A file can be copied.")),
        name: Some("Medicatie"),
        source: Some("medicatie.json"),
        documents: &documents,
        answered: None,
        checked_on: Some(pick("22 november 2026, 10:00", "22 November 2026, 10:00")),
        status: Some(pick("Het is niet ingetrokken.", "It is not revoked.")),
        advice: &[],
        facts: &facts[..10],
        claims_note: None,
        progress: None,
        awards: &[],
        parts: &[],
        lines: &lines[..1],
    };
    let progress = michelle();
    let told = pick("Nagerekend naar 30 juni 2026, en het klopt.", "Recounted as of 30 June 2026, and it holds.");
    let awards = [AwardSheet { said: vec![told], progress: None }];
    let parts = [PartSheet {
        name: pick("Een deel ervan", "A part of it").to_owned(),
        headline: pick("Niet geaccepteerd.", "Not accepted.").to_owned(),
        facts: facts.iter().take(2).cloned().collect(),
    }];
    let refused = AnswerSheet {
        outcome: Outcome::Refused,
        state: state(Outcome::Refused, language),
        sentence: pick("Het gaat over een ander.", "It is about somebody else."),
        note: None,
        name: None,
        documents: &others,
        answered: Some(pick("Het is niet wat gevraagd was.", "It is not what was asked.")),
        status: None,
        advice: &advice,
        facts: &facts[..4],
        claims_note: Some(pick("Dit is niet bevestigd.", "This is not confirmed.")),
        progress: Some(&progress),
        awards: &awards,
        parts: &parts,
        lines: &lines,
        ..accepted
    };
    answer_sheet(&[accepted, refused], Some("https://verifier.example/verify"), language)
}

/// The four sheets in both languages, with their names.
pub fn sheets() -> Vec<(&'static str, Vec<u8>)> {
    let (bundle, units) = chen();
    let units: Vec<&AchievementCredential> = units.iter().collect();
    vec![
        ("progress-nl.pdf", progress_sheet(&michelle(), &head("Michelle Voorbeeld"), Language::Nl)),
        ("progress-en.pdf", progress_sheet(&jochem(7), &head("Jochem Voorbeeld"), Language::En)),
        (
            "certificate-nl.pdf",
            certificate(
                &full(),
                &CertificateHead { holder: Some("Michelle Voorbeeld"), code: Some(LINK), signed: None },
                Language::Nl,
            )
            .unwrap(),
        ),
        (
            "certificate-en.pdf",
            certificate(
                &full(),
                &CertificateHead { holder: Some("Michelle Voorbeeld"), code: Some(LINK), signed: None },
                Language::En,
            )
            .unwrap(),
        ),
        ("bundle-nl.pdf", bundle_sheet(&bundle, &units, &head("Chen Voorbeeld"), Language::Nl)),
        ("answer-nl.pdf", answers(Language::Nl)),
        ("answer-en.pdf", answers(Language::En)),
        ("bundle-en.pdf", bundle_sheet(&bundle, &units, &head("Chen Voorbeeld"), Language::En)),
    ]
}

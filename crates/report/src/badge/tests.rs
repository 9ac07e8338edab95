//! Does a badge tell all that it states?

use super::*;

const FULL: &str = include_str!("../../../credential/tests/documents/full-badge.json");

fn full() -> AchievementCredential {
    AchievementCredential::parse(FULL).unwrap()
}

#[test]
fn a_full_badge_tells_all_eleven_facts() {
    let text = badge_text(&full(), Language::Nl);
    for fact in [
        "  Titel                 Farmaceutische patiëntenzorg (taal: nl)\n",
        "  Land van de uitgever  NL\n",
        "  Uitgever              Voorbeeld College (did:web:school.example)\n",
        "BRIN 25LP",
        "  Toegekend op          1 juli 2026\n",
        "  Wat de lerende kan    B1-K1 Biedt farmaceutische patiëntenzorg",
        "  Studielast            240 SBU\n",
        "  Niveau                EQF 4\n                        NLQF 4+\n",
        "proeve van bekwaamheid · door: examinator · op het werk · met toezicht in de ruimte · identiteitsbewijs getoond · geen AI gebruikt",
        "deels op locatie, deels online",
        "toezicht door de overheid · Inspectie van het Onderwijs",
        "van 2 juli 2026 tot en met 2 juli 2036",
        "crebo 25655",
    ] {
        assert!(text.contains(fact), "{fact:?} is not in\n{text}");
    }
    assert!(!text.contains("niet vermeld"), "{text}");
    let english = badge_text(&full(), Language::En);
    assert!(english.contains("test of skill in a realistic task · by: examiner · at work"), "{english}");
    assert!(english.contains("1 July 2026"), "{english}");
}

#[test]
fn no_text_of_the_subject_is_lost() {
    fn texts(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => out.push(text.clone()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
            serde_json::Value::Object(object) => object.values().for_each(|value| texts(value, out)),
            _ => {}
        }
    }
    let document: serde_json::Value = serde_json::from_str(FULL).unwrap();
    let text = badge_text(&full(), Language::Nl);
    let subject = &document["credentialSubject"];
    for path in ["approval", "provider", "ownContribution", "narrative", "role", "term", "licenseNumber"] {
        let mut expected = Vec::new();
        texts(&subject[path], &mut expected);
        assert!(!expected.is_empty(), "{path}");
        for each in expected {
            let day = stapel_credential::Day::parse(&each).map(|day| Language::Nl.day(day)).unwrap_or(each);
            assert!(text.contains(&day), "{path}: {day} is not in\n{text}");
        }
    }
    for path in ["description", "fieldOfStudy", "specialization", "version", "prerequisites", "legalBasis"] {
        let mut expected = Vec::new();
        texts(&subject["achievement"][path], &mut expected);
        assert!(!expected.is_empty(), "{path}");
        for each in expected {
            assert!(text.contains(&each), "{path}: {each} is not in\n{text}");
        }
    }
}

#[test]
fn what_a_badge_does_not_state_is_said() {
    let mut badge = full();
    badge.issuer.address = None;
    badge.credential_subject.achievement.credit_unit = None;
    let text = badge_text(&badge, Language::Nl);
    assert!(text.contains("  Land van de uitgever  niet vermeld\n"), "{text}");
    assert!(text.contains("  Studielast            240 (eenheid niet vermeld)\n"), "{text}");
}

#[test]
fn a_hostile_name_cannot_drive_the_terminal() {
    let mut badge = full();
    badge.credential_subject.achievement.name = "Zorg\u{1b}[2J\nGeaccepteerd".to_owned();
    let text = badge_text(&badge, Language::Nl);
    assert!(!text.contains('\u{1b}'));
    assert!(text.starts_with("Zorg\u{FFFD}[2J Geaccepteerd\n"), "{text}");
}

#[test]
fn an_employer_reads_first_what_the_person_can_do() {
    for (language, wanted) in [
        (
            Language::Nl,
            [
                "Wat de lerende kan",
                "Telt mee voor",
                "Niveau",
                "Beoordeling",
                "Studielast",
                "Kwaliteitszorg",
                "Erkenning",
                "Toegekend op",
                "Bewijs geldig",
            ],
        ),
        (
            Language::En,
            [
                "Learning outcomes",
                "Counts toward",
                "Level",
                "Assessment",
                "Workload",
                "Quality assurance",
                "Recognition",
                "Date of issuing",
                "Badge valid",
            ],
        ),
    ] {
        let facts = answer_facts(&full(), language);
        let labels: Vec<&str> = facts.iter().map(|fact| fact.label.as_str()).collect();
        assert_eq!(labels[..9], wanted, "{labels:?}");
        assert_eq!(facts.len(), badge_facts(&full(), language).len());
        let last = facts.last().unwrap();
        assert_eq!(last.mandatory, Some(EuFact::Learner));
    }
    let level = answer_facts(&full(), Language::Nl).remove(2);
    assert_eq!(level.values, ["EQF 4: even hoog als mbo-4 of havo", "NLQF 4+: even hoog als vwo"]);
}

#[test]
fn where_nobody_is_named_nobody_recognises() {
    let mut badge = full();
    badge.credential_subject.achievement.recognition.clear();
    let facts = answer_facts(&badge, Language::En);
    let recognition = facts.iter().find(|fact| fact.label == "Recognition").unwrap();
    assert_eq!(recognition.values, ["by nobody else, as far as this badge says"]);
}

//! Is every member of Open Badges 3.0 and of our extension read, kept and written? One illustrative badge has them all.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use stapel_credential::context::{BADGE_EXTENSION, TERMS, TermShape, badge_contexts};

use crate::vectors;
use stapel_credential::{AchievementCredential, EuFact, Level, eu_facts, missing_facts};

const FULL_BADGE: &str = include_str!("../documents/full-badge.json");

fn full_badge() -> AchievementCredential {
    AchievementCredential::parse(FULL_BADGE).unwrap()
}

#[test]
fn what_is_read_is_written_again_member_by_member() {
    let badge = full_badge();
    let text = serde_json::to_string(&badge).unwrap();
    let expected: Value = serde_json::from_str(FULL_BADGE).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
    assert_eq!(AchievementCredential::parse(&text).unwrap(), badge);
}

/// The names of all members at any depth, contexts and endorsements apart.
fn members(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| members(item, names)),
        Value::Object(object) => {
            for (name, value) in object {
                names.insert(name.clone());
                if name != "@context" && name != "endorsement" {
                    members(value, names);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn the_full_badge_has_every_term_of_our_extension() {
    let mut names = BTreeSet::new();
    members(&serde_json::from_str(FULL_BADGE).unwrap(), &mut names);
    let absent: Vec<_> =
        TERMS.iter().filter(|term| term.shape != TermShape::Prefix && !names.contains(term.term)).collect();
    assert_eq!(absent, Vec::<&stapel_credential::context::Term>::new());
}

#[test]
fn the_full_badge_has_the_contexts_of_every_badge() {
    let (badge, expected) = (full_badge(), badge_contexts());
    assert_eq!(badge.context.len(), expected.len());
    assert_eq!(badge.context[..2], expected[..2]);
    let document: Value = serde_json::from_str(FULL_BADGE).unwrap();
    assert_eq!(document["@context"][2], serde_json::from_str::<Value>(BADGE_EXTENSION).unwrap());
}

#[test]
fn the_full_badge_has_every_member_of_the_open_badges_schema() {
    let Some(folder) = vectors::folder() else { return };
    let schema = vectors::schema_text(&folder);
    let mut of_type: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    collect_by_type(&serde_json::from_str(FULL_BADGE).unwrap(), &mut of_type);
    let mut absent = Vec::new();
    for name in [
        "AchievementSubject",
        "IdentityObject",
        "Evidence",
        "Achievement",
        "IdentifierEntry",
        "Image",
        "Alignment",
        "Result",
        "ResultDescription",
        "RubricCriterionLevel",
        "Related",
        "Profile",
        "Address",
        "GeoCoordinates",
    ] {
        for property in schema["$defs"][name]["properties"].as_object().unwrap().keys() {
            if !of_type[name].contains(property) {
                absent.push(format!("{name}.{property}"));
            }
        }
    }
    assert_eq!(absent, Vec::<String>::new());
}

fn collect_by_type(value: &Value, of_type: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_by_type(item, of_type)),
        Value::Object(object) => {
            let kind = object.get("type").map(|kind| if kind.is_array() { &kind[0] } else { kind });
            if let Some(kind) = kind.and_then(Value::as_str) {
                of_type.entry(kind.to_owned()).or_default().extend(object.keys().cloned());
            }
            object.values().for_each(|value| collect_by_type(value, of_type));
        }
        _ => {}
    }
}

#[test]
fn what_we_write_satisfies_the_open_badges_schema() {
    let Some(folder) = vectors::folder() else { return };
    let validator = vectors::schema(&folder);
    let mut written = serde_json::to_value(full_badge()).unwrap();
    let errors = |value: &Value| -> Vec<String> {
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    };
    assert_eq!(errors(&written), Vec::<String>::new());
    written["credentialSubject"]["achievement"]["otherIdentifier"][0]["identifierType"] = "crebo".into();
    assert_eq!(errors(&written).len(), 1, "the schema must see a bare identifierType");
}

#[test]
fn codes_levels_and_outcomes_are_found() {
    let badge = full_badge();
    let achievement = &badge.credential_subject.achievement;
    let texts = |codes: Vec<stapel_credential::Code>| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(texts(achievement.codes()), ["crebo:25655", "kcode:K0905", "code:APO-1"]);
    assert_eq!(texts(badge.issuer.codes()), ["brin:25LP"]);
    assert_eq!(badge.issuer.did().unwrap().as_str(), "did:web:school.example");
    let levels: Vec<Level> = achievement.levels().collect();
    assert_eq!(levels, [Level::parse("EQF 4").unwrap(), Level::parse("NLQF 4+").unwrap()]);
    assert_eq!(achievement.level(), Some(Level::parse("EQF 4").unwrap()));
    let outcomes: Vec<&str> = achievement.outcomes().map(|outcome| outcome.target_name.as_str()).collect();
    assert_eq!(outcomes, ["Biedt farmaceutische patiëntenzorg", "Neemt een zorgvraag aan"]);
}

#[test]
fn the_full_badge_states_all_eleven_facts() {
    let badge = full_badge();
    assert_eq!(EuFact::ALL.len(), 11);
    let facts = eu_facts(&badge.issuer, Some(badge.award_instant()), &badge.credential_subject);
    assert_eq!(facts, EuFact::ALL);
    assert_eq!(missing_facts(&badge.issuer, Some(badge.award_instant()), &badge.credential_subject), []);
}

#[test]
fn a_fact_taken_away_is_the_one_that_is_missing() {
    type Change = fn(&mut AchievementCredential);
    let changes: [(EuFact, Change); 10] = [
        (EuFact::Learner, |badge| {
            badge.credential_subject.id = None;
            badge.credential_subject.identifier.clear();
        }),
        (EuFact::Title, |badge| badge.credential_subject.achievement.name = " ".to_owned()),
        (EuFact::Country, |badge| badge.issuer.address = None),
        (EuFact::AwardingBody, |badge| badge.issuer.name = None),
        (EuFact::LearningOutcomes, |badge| badge.credential_subject.achievement.alignment.retain(|a| !a.is_outcome())),
        (EuFact::Workload, |badge| badge.credential_subject.achievement.credit_unit = None),
        (EuFact::Level, |badge| badge.credential_subject.achievement.alignment.retain(|a| a.level().is_none())),
        (EuFact::Assessment, |badge| badge.credential_subject.achievement.assessment.clear()),
        (EuFact::Participation, |badge| badge.credential_subject.achievement.participation.clear()),
        (EuFact::QualityAssurance, |badge| badge.credential_subject.achievement.quality_assurance.clear()),
    ];
    for (fact, change) in changes {
        let mut badge = full_badge();
        change(&mut badge);
        let missing = missing_facts(&badge.issuer, Some(badge.valid_from), &badge.credential_subject);
        assert_eq!(missing, [fact]);
    }
    let badge = full_badge();
    assert_eq!(missing_facts(&badge.issuer, None, &badge.credential_subject), [EuFact::IssuingDate]);
}

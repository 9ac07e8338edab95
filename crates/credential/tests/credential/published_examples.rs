//! Are the published examples of Open Badges 3.0 and CLR 2.0 read? Each file is listed with what it is.

use serde_json::Value;
use stapel_credential::{Achievement, AchievementCredential, AchievementSubject, JsonError, Profile, json};

use crate::vectors;

/// What a published file is.
enum Kind {
    /// A badge.
    Badge,
    /// A CLR: a credential about several badges, which are read one by one.
    Clr,
    /// An envelope whose subject says only who: the specification leaves the achievement out for brevity, and its own schema refuses it.
    Fragment,
    /// A document of Open Badges 2, or a context: nothing to read.
    Other,
}

/// Every file of `ob3/spec-examples`.
const SPEC_EXAMPLES: &[(&str, Kind)] = &[
    ("docformat-00.json", Kind::Badge),
    ("equality-and-comparison-00.json", Kind::Badge),
    ("equality-and-comparison-01.json", Kind::Badge),
    ("equality-and-comparison-02.json", Kind::Badge),
    ("equality-and-comparison-03.json", Kind::Badge),
    ("examples-01.json", Kind::Fragment),
    ("examples_achievementAlignmentCase-00.json", Kind::Badge),
    ("examples_achievementAlignmentCe-00.json", Kind::Badge),
    ("examples_basicOpenBadgeCredential-00.json", Kind::Badge),
    ("examples_fullOpenBadge-00.json", Kind::Badge),
    ("examples_skillAssertionCase-00.json", Kind::Badge),
    ("examples_skillAssertionCtdl-00.json", Kind::Badge),
    ("impl_extensions-00.json", Kind::Other),
    ("impl_linked-data-proof-clr-00.json", Kind::Clr),
    ("impl_linked-data-proof-clr-01.json", Kind::Clr),
    ("impl_linked-data-proof-clr-04.json", Kind::Clr),
    ("impl_migrating-01.json", Kind::Other),
    ("impl_migrating-03.json", Kind::Other),
    ("impl_migrating-04.json", Kind::Badge),
    ("impl_recommended-practices-00.json", Kind::Badge),
    ("impl_recommended-practices-04.json", Kind::Badge),
    ("readme-00.json", Kind::Fragment),
];

#[test]
fn every_example_of_the_specification_is_read() {
    let Some(folder) = vectors::folder() else { return };
    let files = vectors::files(&folder.join("ob3/spec-examples"));
    let schema = vectors::schema(&folder);
    let names: Vec<&str> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    let listed: Vec<&str> = SPEC_EXAMPLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, listed, "each file must be listed with what it is");
    for (file, (name, kind)) in files.iter().zip(SPEC_EXAMPLES) {
        let text = std::fs::read_to_string(file).unwrap();
        match kind {
            Kind::Badge => {
                let badge = AchievementCredential::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
                let written = serde_json::to_string(&badge).unwrap();
                assert_eq!(AchievementCredential::parse(&written).unwrap(), badge, "{name}");
            }
            Kind::Clr => assert!(parts_of_clr(name, &text) > 0, "{name}"),
            Kind::Fragment => {
                assert!(!schema.is_valid(&serde_json::from_str(&text).unwrap()), "{name} is a badge after all");
                let error = AchievementCredential::parse(&text).unwrap_err();
                assert_eq!(error.to_string(), "$.credentialSubject: missing field `type`");
                let fragment: Value = serde_json::from_str(&text).unwrap();
                json::view::<Profile>(&fragment["issuer"].to_string()).unwrap();
            }
            Kind::Other => {
                let error = AchievementCredential::parse(&text).unwrap_err();
                assert!(matches!(error, JsonError::Shape { .. }), "{name}: {error}");
            }
        }
    }
}

#[test]
fn every_badge_and_achievement_inside_the_clr_fixtures_is_read() {
    let Some(folder) = vectors::folder() else { return };
    for (name, count) in [
        ("complex.json", 6),
        ("simple-noproof.json", 3),
        ("simple.json", 3),
        ("simple_old_safesigned.json", 3),
        ("simple_v1.json", 6),
    ] {
        let text = std::fs::read_to_string(folder.join("clr2/fixtures").join(name)).unwrap();
        assert_eq!(parts_of_clr(name, &text), count, "{name}");
    }
}

/// How many subjects of badges and achievements a CLR has; all must be read, as its issuers must be.
fn parts_of_clr(name: &str, text: &str) -> usize {
    let clr: Value = serde_json::from_str(text).unwrap();
    let read = |value: &Value| value.to_string();
    let fail = |error: JsonError| -> ! { panic!("{name}: {error}") };
    json::view::<Profile>(&read(&clr["issuer"])).unwrap_or_else(|error| fail(error));
    let subject = &clr["credentialSubject"];
    let list = |member: &str| subject[member].as_array().cloned().unwrap_or_default();
    let (badges, achievements) = (list("verifiableCredential"), list("achievement"));
    for badge in &badges {
        json::view::<Profile>(&read(&badge["issuer"])).unwrap_or_else(|error| fail(error));
        json::view::<AchievementSubject>(&read(&badge["credentialSubject"])).unwrap_or_else(|error| fail(error));
    }
    for achievement in &achievements {
        json::view::<Achievement>(&read(achievement)).unwrap_or_else(|error| fail(error));
    }
    badges.len() + achievements.len()
}

//! Does every typed view either refuse a text or write again what it read?
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use stapel_credential::{
    AchievementCredential, ExemptionDecisionCredential, JsonError, ProgrammeCredential, StatusListCredential,
    TrustListCredential, VerifiablePresentation, eu_facts,
};

fn again<T: Serialize + PartialEq + std::fmt::Debug>(parse: fn(&str) -> Result<T, JsonError>, text: &str) -> Option<T> {
    let first = parse(text).ok()?;
    let written = serde_json::to_string(&first).expect("what was read can be written");
    // A status of an unknown kind and such are kept by name only; what is written must be read again without change.
    let second = parse(&written).expect("what was written is read");
    assert_eq!(serde_json::to_string(&second).expect("and written"), written);
    Some(first)
}

fuzz_target!(|text: &str| {
    if let Some(badge) = again(AchievementCredential::parse, text) {
        let achievement = &badge.credential_subject.achievement;
        let _ =
            (badge.reference(), badge.issuer_did(), badge.award_instant(), achievement.codes(), achievement.level());
        let _ = eu_facts(&badge.issuer, badge.awarded_date, &badge.credential_subject);
    }
    again(ProgrammeCredential::parse, text);
    again(TrustListCredential::parse, text);
    again(ExemptionDecisionCredential::parse, text);
    again(StatusListCredential::parse, text);
    again(VerifiablePresentation::parse, text);
});

//! Do we accept what foreign software issues, and refuse it when it was altered?

use serde_json::{Value, json};
use stapel_credential::{Did, Timestamp};
use stapel_tests::badge::did;
use stapel_tests::interop;
use stapel_verifier::{Audience, Case, Dossier, Outcome, Policy};

use crate::badges::{
    AUDIENCE, CHALLENGE, Dress, LEARNER, NOW, Name, SCHOOL, Suite, badge, documents, presentation, signed,
};

fn issue(suite: Suite, dress: Dress) -> Value {
    json!({
        "client": "digitalbazaar",
        "do": "issue",
        "credential": badge(dress, Name::Key),
        "seed": format!("{SCHOOL:02x}").repeat(32),
        "suite": suite.name(),
    })
}

fn outcome(badge: &Value, pinned: &[Did]) -> Outcome {
    outcome_for(Audience::default(), badge, pinned)
}

fn outcome_for(audience: Audience, document: &Value, pinned: &[Did]) -> Outcome {
    let policy = Policy { pinned_issuers: pinned.to_vec(), ..Policy::default() };
    let now = Timestamp::parse(NOW).expect("a date");
    Case::new(&document.to_string(), Dossier::default(), policy, audience, now).replay().outcome()
}

#[test]
fn what_digital_bazaar_issues_is_accepted_and_altered_it_is_refused() {
    let Some(folder) = interop::find() else { return };
    let forms: Vec<(Suite, Dress)> =
        Suite::ALL.into_iter().flat_map(|suite| Dress::BOTH.map(|dress| (suite, dress))).collect();
    let jobs: Vec<Value> = forms.iter().map(|(suite, dress)| issue(*suite, *dress)).collect();
    let answers = interop::ask(&folder, NOW, &documents(), &jobs);
    for ((suite, dress), answer) in forms.iter().zip(&answers) {
        assert_eq!(answer["errors"], json!([]), "{suite:?} {dress:?}");
        let signed = &answer["signed"];
        assert_eq!(signed["proof"]["cryptosuite"], suite.name());
        assert_eq!(outcome(signed, &[did(SCHOOL)]), Outcome::Accepted, "{suite:?} {dress:?}: {signed}");
        assert_eq!(outcome(signed, &[]), Outcome::Undecided, "nobody vouches for its issuer");
        for pointer in
            ["/name", "/validFrom", "/credentialSubject/achievement/name", "/proof/created", "/credentialSubject/id"]
        {
            let mut altered = signed.clone();
            let value = altered.pointer_mut(pointer).expect("a member");
            *value = match pointer {
                "/validFrom" | "/proof/created" => json!("2026-06-29T12:00:00Z"),
                "/credentialSubject/id" => json!(did(SCHOOL)),
                _ => json!("Iets anders"),
            };
            assert_eq!(outcome(&altered, &[did(SCHOOL)]), Outcome::Refused, "{suite:?} {dress:?} {pointer}");
        }
    }
}

#[test]
fn what_digital_bazaar_presents_is_accepted_and_for_another_question_it_is_refused() {
    let Some(folder) = interop::find() else { return };
    let shown = badge(Dress::Plain, Name::Key);
    let jobs: Vec<Value> = Suite::ALL
        .into_iter()
        .map(|suite| {
            json!({
                "client": "digitalbazaar",
                "do": "present",
                "presentation": presentation(&[signed(&shown, suite, Name::Key)]),
                "seed": format!("{LEARNER:02x}").repeat(32),
                "suite": suite.name(),
                "domain": AUDIENCE,
                "challenge": CHALLENGE,
            })
        })
        .collect();
    let answers = interop::ask(&folder, NOW, &documents(), &jobs);
    let asked = |challenge: &str| Audience { domain: Some(AUDIENCE.to_owned()), challenge: Some(challenge.to_owned()) };
    for (suite, answer) in Suite::ALL.iter().zip(&answers) {
        assert_eq!(answer["errors"], json!([]), "{suite:?}");
        let signed = &answer["signed"];
        assert_eq!(outcome_for(asked(CHALLENGE), signed, &[did(SCHOOL)]), Outcome::Accepted, "{suite:?}: {signed}");
        assert_eq!(outcome_for(asked("another"), signed, &[did(SCHOOL)]), Outcome::Refused, "{suite:?}");
        let mut emptied = signed.clone();
        emptied["verifiableCredential"] = json!([]);
        assert_eq!(outcome_for(asked(CHALLENGE), &emptied, &[did(SCHOOL)]), Outcome::Refused, "{suite:?}");
    }
}

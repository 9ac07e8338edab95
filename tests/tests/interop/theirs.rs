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
    verdict(audience, &document.to_string(), pinned)
}

/// Our verdict on a text, with nothing at hand and these issuers pinned.
pub fn outcome_of_text(text: &str, pinned: &[Did]) -> Outcome {
    verdict(Audience::default(), text, pinned)
}

fn verdict(audience: Audience, text: &str, pinned: &[Did]) -> Outcome {
    let policy = Policy { pinned_issuers: pinned.to_vec(), ..Policy::default() };
    let now = Timestamp::parse(NOW).expect("a date");
    Case::new(text, Dossier::default(), policy, audience, now).replay().outcome()
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

#[test]
fn a_badge_of_the_older_data_model_that_others_issued_is_accepted_and_altered_it_is_refused() {
    let Some(folder) = interop::find() else { return };
    let older = json!({
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            "https://w3id.org/security/suites/ed25519-2020/v1",
        ],
        "id": "urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e12",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Basiszorg verlenen (illustratief)",
        "issuer": { "id": did(SCHOOL), "type": ["Profile"], "name": "ROC Voorbeeld (illustratief)" },
        "issuanceDate": "2024-06-30T12:00:00Z",
        "credentialSubject": {
            "id": did(LEARNER),
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://roc.example/achievements/zorg-1",
                "type": ["Achievement"],
                "name": "Basiszorg verlenen",
                "description": "De lerende ondersteunt zorgvragers bij de basiszorg.",
                "criteria": { "narrative": "Een proeve van bekwaamheid." },
            },
        },
    });
    let job = json!({
        "client": "digitalcredentials",
        "do": "issue",
        "credential": older,
        "seed": format!("{SCHOOL:02x}").repeat(32),
    });
    let answers = interop::ask(&folder, NOW, &[], &[job]);
    assert_eq!(answers[0]["errors"], json!([]));
    let signed = &answers[0]["signed"];
    assert_eq!(signed["proof"]["type"], "Ed25519Signature2020");
    assert_eq!(outcome(signed, &[did(SCHOOL)]), Outcome::Accepted, "{signed}");
    assert_eq!(outcome(signed, &[]), Outcome::Undecided, "nobody vouches for its issuer");
    for (member, value) in [("name", json!("Iets anders")), ("issuanceDate", json!("2020-01-01T00:00:00Z"))] {
        let mut altered = signed.clone();
        altered[member] = value;
        assert_eq!(outcome(&altered, &[did(SCHOOL)]), Outcome::Refused, "{member}");
    }
}

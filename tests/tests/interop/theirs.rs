//! Do we accept what foreign software issues, and refuse it when it was altered?

use serde_json::{Value, json};
use stapel_credential::{Did, Timestamp};
use stapel_tests::badge::did;
use stapel_tests::interop;
use stapel_verifier::{Audience, Case, Dossier, Outcome, Policy};

use crate::badges::{Dress, NOW, Name, SCHOOL, Suite, badge, documents};

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
    let policy = Policy { pinned_issuers: pinned.to_vec(), ..Policy::default() };
    let now = Timestamp::parse(NOW).expect("a date");
    Case::new(&badge.to_string(), Dossier::default(), policy, Audience::default(), now).replay().outcome()
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

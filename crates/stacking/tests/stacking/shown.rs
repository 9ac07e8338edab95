//! Is a document that somebody shows verified as its kind alone would be, however it is read?

use std::fs;
use std::path::Path;

use stapel_stacking::verify_document;
use stapel_verifier::{Case, CaseVerdict};

#[test]
fn every_vector_has_the_findings_of_its_case() {
    let (mut compared, mut presentations, mut unread) = (0, 0, 0);
    for folder in ["accepted", "undecided", "refused"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/vectors").join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let case = Case::parse(&fs::read_to_string(&path).unwrap()).unwrap();
            // Documents of foreign kinds are none that somebody shows here.
            if case.policy.any_credential {
                continue;
            }
            let text = case.document_text();
            let answer = verify_document(&text, &case.dossier, &case.policy, &case.audience, case.now);
            match (case.replay(), answer) {
                (CaseVerdict::Credential(findings), Ok(answer)) => {
                    assert_eq!(*answer.findings(), findings, "{}", path.display());
                    compared += 1;
                }
                (CaseVerdict::Presentation(verdict), Ok(answer)) => {
                    // With a plan the answer says more than the case.
                    assert!(verdict.plan.is_some() || answer.outcome() == verdict.outcome(), "{}", path.display());
                    presentations += 1;
                }
                (CaseVerdict::Credential(findings), Err(error)) => {
                    if let Some(found) = error.findings() {
                        assert_eq!(found, findings, "{}", path.display());
                    }
                    unread += 1;
                }
                (CaseVerdict::Presentation(_), Err(error)) => panic!("{}: {error}", path.display()),
            }
        }
    }
    assert!(compared > 200 && presentations > 10 && unread > 20, "{compared} {presentations} {unread}");
}

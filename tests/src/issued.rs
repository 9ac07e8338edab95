//! What do institutions sign? Every kind of document, through the whole of the issuing library.

use stapel_credential::StatusListCredential;

use crate::badge::{did, signed};
use crate::school::{School, route};

/// Every kind of document that an institution signs, made from the fixtures of both routes, each with its name.
pub fn documents() -> Vec<(String, String)> {
    let mut documents = Vec::new();
    for (number, column) in [(1, "s2023-0417"), (9, "m.vermeer-88")] {
        let school = School::open("ROC Voorbeeld (illustratief)", number);
        let folder = route(number);
        school.add_achievements(&folder.join("achievements"));
        let csv = std::fs::read_to_string(folder.join("completions.csv"))
            .expect("the fixture")
            .replace(",learner,", ",did,")
            .replace(column, did(33).as_str());
        let first = documents.len();
        let badges = school.issue_csv(&csv);
        assert_eq!(badges.len(), csv.lines().count() - 1, "a badge for each row");
        for (index, text) in badges.into_iter().enumerate() {
            documents.push((format!("route-{number}-badge-{index}"), text));
        }
        documents.push((format!("route-{number}-programme"), school.publish_programme(&folder.join("programme.json"))));
        let list = school.publish_trust_list(&folder.join("trust-list.csv"), &school.did());
        documents.push((format!("route-{number}-trust-list"), list));
        let status = school.status_list_of(&documents[first].1);
        assert!(StatusListCredential::parse(&status).is_ok(), "{status}");
        documents.push((format!("route-{number}-status-list"), status));
    }
    documents.push(("full-badge".to_owned(), signed().text().to_owned()));
    documents
}

//! What does the examination board exempt from, and how often?

use std::fs;

use serde_json::json;
use stapel_credential::{CitedEvidence, Digest, ExemptionDecisionCredential};
use stapel_proof::{Signed, jcs};

use crate::board::{PROGRAMME, Scene, said};
use crate::school::School;

#[test]
fn the_board_exempts_from_parts_that_allow_it() {
    let school = School::new();
    let scene = Scene::new(&school);
    assert_eq!(
        said(&scene.grant("registrar", &["p1"], &[])),
        (
            1,
            "stapel-issuer: registrar acts as registrar, which may not grant exemptions; that is for examination-board\n  \
             → use the API key of somebody with that role\n"
        ),
    );
    assert_eq!(
        said(&scene.grant("board", &["p9"], &[])),
        (1, format!("stapel-issuer: {PROGRAMME} has no part \"p9\"; its parts are p1, p2, p3\n").as_str()),
    );
    assert_eq!(
        said(&scene.grant("board", &["p1", "p3"], &[])),
        (1, "stapel-issuer: the programme allows no exemption from part \"p3\": it must be shown\n"),
    );
    let other = school.run_as(
        "board",
        &["exemption", "grant", "--holder", "did:key:x", "--programme", PROGRAMME, "--edition", "2027"]
            .into_iter()
            .chain(["--part", "p1", "--basis", "dialogue"])
            .collect::<Vec<_>>(),
    );
    assert_eq!(
        said(&other),
        (
            1,
            format!(
                "stapel-issuer: this institution published no edition 2027 of {PROGRAMME}; give the signed programme as a file\n"
            )
            .as_str()
        ),
    );

    // A credential is cited with its salt, any other file without.
    let credential = school.write("decision.json", &scene.granted(&["p2"]));
    let portfolio = school.write("portfolio.txt", "Mijn werk.");
    let evidence = ["--evidence", credential.to_str().unwrap(), portfolio.to_str().unwrap(), "--reference", "EC-7"];
    let granted = scene.grant("board", &["p1"], &[&evidence[..], &["--json"]].concat());
    assert_eq!(granted.code, 0, "{granted:?}");
    let json = granted.json();
    let decision = ExemptionDecisionCredential::parse(&json["document"].to_string()).unwrap();
    assert_eq!(decision.description.as_deref(), Some("EC-7"));
    let exemption = decision.credential_subject.exemption;
    assert_eq!((exemption.parts, exemption.basis.as_str()), (vec!["p1".to_owned()], "prior-learning"));
    assert_eq!(exemption.digest, jcs::digest_text(&scene.programme).unwrap());
    let signed: Signed<ExemptionDecisionCredential> = Signed::parse(&fs::read_to_string(&credential).unwrap()).unwrap();
    assert!(exemption.evidence[0].cites(&signed.digest()));
    let [salt] = json["salts"].as_array().unwrap().as_slice() else { panic!("{json}") };
    let own = Digest::of(b"Mijn werk.");
    assert_eq!((&salt["position"], &salt["digest"]), (&json!(1), &json!(own)));
    assert_eq!(exemption.evidence[1].salt, None);
    assert_eq!(exemption.evidence[1].digest, CitedEvidence::salted(&own, salt["salt"].as_str().unwrap()));
    assert!(!granted.stdout.contains("\"salt\": null") && !json["document"].to_string().contains("Mijn werk"));

    // The same again is the same decision, until it is revoked.
    let again = scene.grant("board", &["p1"], &["--json"]).json();
    assert_eq!((&again["already"], &again["credential"]), (&json!(true), &json["credential"]));
    let id = json["credential"].as_str().unwrap();
    let revoked = school.run_as("board", &["revoke", id, "--reason", "vergissing"]);
    assert_eq!(
        (revoked.code, revoked.stdout),
        (
            0,
            format!(
                "{id}: revoked; whoever asks sees it within five minutes, whoever has a copy of the list within an hour, and whoever has no network within a day\n"
            )
        )
    );
    assert_eq!(
        said(&school.run_as("board", &["revoke", id, "--reason", "vergissing"])),
        (1, format!("stapel-issuer: {id} was revoked or suspended before; nothing was changed\n").as_str()),
    );
    let anew = scene.grant("board", &["p1"], &["--json"]).json();
    assert_eq!(anew["already"], json!(false));
    let listed = school.run_as("auditor", &["exemption", "list"]);
    let did = scene.did();
    assert_eq!(listed.stdout.lines().nth(1), Some(format!("{id}  {did}  {PROGRAMME} (2026): p1  revoked").as_str()));
}

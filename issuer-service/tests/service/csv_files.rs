//! What does the program say of a file of which nothing can be taken, and is nothing recorded of it?

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::school::{Ended, School, ended};

const COLUMNS: &str = "achievement, learner, did, awarded, grade, credits, basis, pathway, workplace, \
                       workplace_setting, workplace_from, workplace_until, workplace_hours, own_contribution";

/// The files, and what is said of each.
fn unreadable() -> Vec<(&'static str, &'static [u8], String)> {
    vec![
        (
            "latin-1",
            b"achievement,learner,awarded\nM1,s1,2026-01-30\nM1,Andr\xe9,2026-01-30\n",
            "row 3 is not UTF-8 text; save the file as \"CSV UTF-8\"".to_owned(),
        ),
        (
            "open-quote",
            b"achievement,learner,awarded\nM1,s1,2026-01-30\nM1,\"s2,2026-01-30\nM1,s3,2026-01-30\n",
            "a quotation mark in row 3 is never closed".to_owned(),
        ),
        (
            "unknown-column",
            b"achievement,learner,awarded,teacher\nM1,s1,2026-01-30,x\n",
            format!("row 1 names a column \"teacher\", which is not known; the columns are {COLUMNS}"),
        ),
        (
            "missing-column",
            b"achievement,learner\nM1,s1\n",
            "row 1 names no column awarded, which is needed".to_owned(),
        ),
        (
            "double-column",
            b"achievement,learner,awarded,learner\nM1,s1,2026-01-30,s2\n",
            "row 1 names the column learner twice".to_owned(),
        ),
        ("empty", b"", format!("the file is empty; its first row must name the columns: {COLUMNS}")),
    ]
}

fn file(school: &School, name: &str, bytes: &[u8]) -> PathBuf {
    let path = school.path(&format!("{name}.csv"));
    fs::write(&path, bytes).unwrap();
    path
}

fn assert_refused(refused: &Ended, sentence: &str) {
    assert_eq!((refused.code, refused.stdout.as_str(), refused.stderr.as_str()), (1, "", sentence));
}

#[test]
fn a_csv_that_cannot_be_read_is_refused_with_its_reason() {
    let school = School::new();
    for (name, bytes, cause) in unreadable() {
        let path = file(&school, name, bytes);
        // With nothing to tell rows apart by, --keep-good keeps nothing either.
        for more in [&[][..], &["--keep-good"]] {
            let add = ["completion", "add", path.to_str().unwrap()];
            let refused = school.run_as("registrar", &[&add, more].concat());
            assert_refused(
                &refused,
                &format!(
                    "stapel-issuer: {}: {cause}\n  → correct the file and record it again; nothing of it was recorded\n",
                    path.display()
                ),
            );
        }
    }
    let path = file(&school, "leeg", b"");
    let dutch = school.run_as("registrar", &["--lang", "nl", "completion", "add", path.to_str().unwrap()]);
    assert!(
        dutch.stderr.ends_with("  → verbeter het bestand en leg het opnieuw vast; er is niets van vastgelegd\n"),
        "{dutch:?}"
    );
    assert_eq!(school.run_as("registrar", &["--json", "completion", "list"]).json(), json!([]));
}

#[test]
fn the_api_says_the_same_of_a_file_that_cannot_be_read() {
    let school = School::new();
    let serving = school.serve();
    let registrar = school.key("registrar");
    let csv = "achievement,learner\nM1,s1\n";
    let refused = serving.post_as(&registrar, "/api/completions", "text/csv", csv);
    assert_eq!(
        (refused.status, refused.json()),
        (
            422,
            json!({
                "type": "https://w3id.org/stapel/problems#csv",
                "title": "The file was refused",
                "status": 422,
                "detail": "row 1 names no column awarded, which is needed",
            }),
        ),
    );
    assert_eq!(serving.get_as(&registrar, "/api/completions").json()["items"], json!([]));
}

#[test]
fn a_bad_row_refuses_the_whole_file_and_nothing_is_recorded() {
    let school = School::new();
    let path = school.write("c.csv", "achievement,learner,awarded\nM1,s1,2026-01-30\nM1,s2,2026-02-30\n");
    for more in [&[][..], &["--refuse-whole-file"]] {
        let add = ["completion", "add", path.to_str().unwrap()];
        assert_eq!(school.run_as("registrar", &[&add, more].concat()).code, 1);
        assert_eq!(school.run_as("registrar", &["--json", "completion", "list"]).json(), json!([]));
    }
}

#[test]
fn a_trust_list_with_a_bad_row_is_not_signed() {
    let school = School::new();
    let path =
        school.write("t.csv", "did,name,kind,from\ndid:web:a.example,A,mbo,2024-08-01\ndid:web:b.example,B,school,x\n");
    let out = school.path("list.json");
    let make = |more: &[&str]| {
        let make = ["trust-list", "make", path.to_str().unwrap(), "--name", "Demo", "--out", out.to_str().unwrap()];
        school.run_as("admin", &[more, &make].concat())
    };
    let row = "row 3, column from: \"x\" is not a day such as 2026-11-22";
    let dutch_row = "rij 3, kolom from: \"x\" is not a day such as 2026-11-22";
    let english = format!(
        "stapel-issuer: {}: 1 of the rows cannot be taken, so none was: {row}\n  \
         → correct the rows below; a trust list with a hole in it is not signed\n  {row}\n",
        path.display()
    );
    let dutch = format!(
        "stapel-issuer: {}: van de rijen kunnen er 1 niet mee, dus geen enkele ging mee: {dutch_row}\n  \
         → verbeter de rijen hieronder; een vertrouwenslijst met een gat erin wordt niet ondertekend\n  {dutch_row}\n",
        path.display()
    );
    assert_refused(&make(&[]), &english);
    assert_refused(&make(&["--lang", "nl"]), &dutch);
    assert!(!out.exists());
    let path = school.write("t.csv", &format!("did,name,kind,from\n{},A,mbo,2024-08-01\n", school.did()));
    let signed = school.run_as("admin", &["--json", "trust-list", "make", path.to_str().unwrap(), "--name", "Demo"]);
    assert_eq!(signed.json()["sequence"], 1, "what was refused got no number");
}

#[test]
fn a_wrong_passphrase_leaves_what_is_approved_unsigned() {
    let school = School::new();
    let path = crate::full::wallets(&school, 1);
    assert_eq!(school.run_as("registrar", &["completion", "add", path.to_str().unwrap()]).stdout, "1 recorded\n");
    assert_eq!(school.run_as("board", &["approve", "--all", "--reference", "1"]).stdout, "1 approved\n");
    let wrong = school.secret("wrong", "een andere zin");
    let sign = ["sign", "--passphrase-file", wrong.to_str().unwrap()];
    assert_eq!(ended(school.command(&sign).env("STAPEL_API_KEY", school.key("signer"))).code, 2);
    assert_eq!(school.run_as("board", &["--json", "credential", "list"]).json(), json!([]));
    let waiting = school.run_as("board", &["--json", "completion", "list", "--stage", "approved"]).json();
    assert_eq!(waiting.as_array().unwrap().len(), 1, "it waits as before");
    assert_eq!(school.run_as("signer", &["sign"]).stdout, "1 signed\n");
}

//! What if there is no room left? The real program on a database that may grow no further: what is done stays, and it says how much.

use std::fmt::Write as _;
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::json;

use crate::school::{Ended, School, ended};

/// As the program knows it; see `folder.rs`.
const PAGES: &str = "STAPEL_TEST_PAGES";
/// More than one transaction of badges.
const COMPLETIONS: usize = 1_200;

/// How many pages the database has now.
fn pages(school: &School) -> u32 {
    let database = Connection::open(school.data().join("issuer.sqlite")).unwrap();
    database.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap()
}

fn run_within(school: &School, who: &str, pages: u32, arguments: &[&str]) -> Ended {
    ended(school.command(arguments).env("STAPEL_API_KEY", school.key(who)).env(PAGES, pages.to_string()))
}

/// A file of completions of M1, each with a DID of its own.
pub(crate) fn wallets(school: &School, rows: usize) -> PathBuf {
    let mut csv = String::from("achievement,did,awarded\n");
    for row in 0..rows {
        writeln!(csv, "M1,did:key:z6MkLearner{row},2026-01-30").unwrap();
    }
    school.write("wallets.csv", &csv)
}

#[test]
fn a_full_disk_while_signing_says_how_many_are_stored() {
    let school = School::new();
    let file = wallets(&school, COMPLETIONS);
    let recorded = school.run_as("registrar", &["completion", "add", file.to_str().unwrap()]);
    assert_eq!((recorded.code, recorded.stdout.as_str()), (0, "1200 recorded\n"), "{recorded:?}");
    assert_eq!(school.run_as("board", &["approve", "--all", "--reference", "1"]).stdout, "1200 approved\n");

    // Room for one batch of five hundred badges of a page each, not for two.
    let room = pages(&school) + 750;
    let full = run_within(&school, "signer", room, &["sign"]);
    let sentence = "stapel-issuer: the disk or the database is full; 500 badges are signed and stored, the others wait; \
                    make room and sign again\n  → make room on the disk and try again\n";
    assert_eq!((full.code, full.stdout.as_str(), full.stderr.as_str()), (2, "", sentence));
    let listed = |arguments: &[&str]| school.run_as("board", arguments).json().as_array().unwrap().len();
    assert_eq!(listed(&["--json", "credential", "list"]), 500);
    assert_eq!(listed(&["--json", "completion", "list", "--stage", "approved"]), 700);

    // As full as before: nothing more is stored, and that is said.
    let room = pages(&school) + 10;
    let again = run_within(&school, "signer", room, &["--lang", "nl", "sign"]);
    let sentence = "stapel-issuer: de schijf of de database is vol; er is niets veranderd, maak ruimte en probeer het opnieuw\n  \
                    → maak ruimte op de schijf en probeer het opnieuw\n";
    assert_eq!((again.code, again.stderr.as_str()), (2, sentence));
    assert_eq!(listed(&["--json", "credential", "list"]), 500);

    assert_eq!(school.run_as("signer", &["sign"]).stdout, "700 signed\n");
    assert_eq!(listed(&["--json", "credential", "list"]), COMPLETIONS);
}

#[test]
fn a_full_database_records_nothing_and_says_so() {
    let school = School::new();
    let file = wallets(&school, COMPLETIONS);
    let room = pages(&school) + 10;
    let full = run_within(&school, "registrar", room, &["completion", "add", file.to_str().unwrap()]);
    let sentence = format!(
        "stapel-issuer: {}: the disk or the database is full; nothing was changed, make room and try again\n  \
         → make room on the disk and try again\n",
        file.display()
    );
    assert_eq!((full.code, full.stdout.as_str(), full.stderr.as_str()), (2, "", sentence.as_str()));
    assert_eq!(school.run_as("registrar", &["--json", "completion", "list"]).json(), json!([]));
    let recorded = school.run_as("registrar", &["completion", "add", file.to_str().unwrap()]);
    assert_eq!((recorded.code, recorded.stdout.as_str()), (0, "1200 recorded\n"));
}

#[test]
fn the_service_answers_507_while_there_is_no_room() {
    let school = School::new();
    let file = wallets(&school, COMPLETIONS);
    let csv = std::fs::read_to_string(file).unwrap();
    let room = (pages(&school) + 10).to_string();
    let serving = school.serve_in(&[(PAGES, &room)]);
    let registrar = school.key("registrar");
    let full = serving.post_as(&registrar, "/api/completions", "text/csv", &csv);
    assert_eq!(
        (full.status, full.json()),
        (
            507,
            json!({
                "type": "https://w3id.org/stapel/problems#full",
                "title": "There is no room left",
                "status": 507,
                "detail": "the disk or the database is full; nothing was changed, make room and try again",
            }),
        ),
    );
    assert_eq!(full.header("content-type"), Some("application/problem+json"));
    assert_eq!(serving.get_as(&registrar, "/api/completions").json()["items"], json!([]));
    assert_eq!(serving.get("/health").status, 200, "reading goes on");
}

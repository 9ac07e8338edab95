//! Folders and many files at once: is each judged as it would be alone, is what is missing fetched once, and what is told?

use std::fs;
use std::os::unix::fs::symlink;
use std::thread;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;

use crate::holder::{Holder, Ran};
use crate::websites::WebSchool;
use crate::world::{ANCHOR, SCHOOL, STRANGER, badge, programme, second_badge, trust_list};

/// A folder with `good` badges, and one of each other state; the last is of another kind.
fn folder(holder: &Holder, good: usize) -> String {
    let folder = holder.path("inbox");
    fs::create_dir_all(folder.join("deep")).unwrap();
    let signed = SCHOOL.badge(&badge("did:example:someone"));
    for number in 0..good {
        fs::write(folder.join(format!("good-{number:04}.json")), &signed).unwrap();
    }
    fs::write(folder.join("altered.json"), signed.replace("Basiszorg verlenen", "=HYPERLINK(\\\"x\\\")")).unwrap();
    fs::write(folder.join("broken.json"), "{\"type\": [").unwrap();
    let mut strange = second_badge("did:example:someone");
    strange["issuer"]["id"] = STRANGER.did().into();
    fs::write(folder.join("deep/unknown.json"), STRANGER.badge(&strange)).unwrap();
    fs::write(folder.join("deep/programme.json"), programme()).unwrap();
    fs::write(folder.join("notes.docx"), "no badge").unwrap();
    fs::write(folder.join(".hidden.json"), "no badge").unwrap();
    "inbox".to_owned()
}

fn verify(holder: &Holder, what: &[&str], more: &[&str]) -> Ran {
    holder.run(&[&["verify"], what, &["--pin", &SCHOOL.did()], more].concat())
}

/// The rows of a CSV report, by the names of the columns.
fn rows(holder: &Holder, name: &str) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(holder.path(name)).unwrap();
    let rows: Result<_, _> = reader.deserialize().collect();
    rows.unwrap()
}

#[test]
fn each_document_of_a_folder_is_judged_as_it_would_be_alone_whatever_the_number_of_threads() {
    let holder = Holder::new();
    let folder = folder(&holder, 40);
    let mut all = Vec::new();
    for threads in ["1", "2", "7"] {
        let ran = verify(&holder, &[&folder], &["--json", "--threads", threads]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        all.push(ran.json());
    }
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
    assert_eq!(all[0]["outcome"], "refused");
    let documents = all[0]["documents"].as_array().unwrap();
    let names: Vec<&str> = documents.iter().map(|document| document["source"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 44);
    assert!(names.is_sorted(), "{names:?}");
    for document in documents.iter().take(7) {
        let name = document["source"].as_str().unwrap();
        let alone = verify(&holder, &[name], &["--json"]).json();
        assert_eq!(&alone["documents"][0], document, "{name}");
    }
}

#[test]
fn of_few_everything_is_told_and_of_many_the_summary_and_those_not_accepted() {
    let holder = Holder::new();
    let folder = folder(&holder, 3);
    let few = verify(&holder, &[&folder], &[]);
    assert_eq!(few.code, 1);
    assert!(few.out.contains("== inbox/good-0002.json\nAccepted. Every check passed.\n"), "{}", few.out);
    self::folder(&holder, 30);
    let passed = "1 file in the folder was passed over: it is of another kind, or behind a link that leads out\n";
    let many = verify(&holder, &[&folder], &[]);
    assert_eq!((many.code, many.err.as_str()), (1, passed));
    assert_eq!(
        many.out,
        "inbox/altered.json: Refused. The text was changed after it was signed, or was not signed by the key that it names (<school>#key).\n\
         inbox/broken.json: Refused. The document is not well formed: not JSON: the text ends too early: a bracket or a brace is not closed at line 1 column 10.\n\
         inbox/deep/unknown.json: Undecided. <stranger> is not known here: no trust list at hand vouches for it. That says nothing against it.\n\
         34 documents: 31 accepted, 0 accepted with remarks, 1 undecided, 2 refused.\n"
    );
    let dutch = verify(&holder, &[&folder], &["--lang", "nl"]);
    assert!(
        dutch.out.ends_with(
            "34 documenten: 31 geaccepteerd, 0 geaccepteerd met opmerkingen, 1 niet te beslissen, 2 afgewezen.\n"
        ),
        "{}",
        dutch.out
    );
    assert!(dutch.err.starts_with("1 bestand in de map is overgeslagen"), "{}", dutch.err);
}

#[test]
fn the_exit_code_is_that_of_the_worst() {
    let holder = Holder::new();
    let good = holder.file("good.json", &SCHOOL.badge(&badge("did:example:someone")));
    let mut strange = badge("did:example:someone");
    strange["issuer"]["id"] = STRANGER.did().into();
    let unknown = holder.file("unknown.json", &STRANGER.badge(&strange));
    let broken = holder.file("broken.json", "{");
    assert_eq!(verify(&holder, &[&good, &good], &[]).code, 0);
    assert_eq!(verify(&holder, &[&good, &unknown], &[]).code, 2);
    assert_eq!(verify(&holder, &[&unknown, &broken, &good], &[]).code, 1);
    let missing = verify(&holder, &[&good, "not-there.json"], &[]);
    assert_eq!(missing.code, 2, "what cannot be read stops nothing: {}", missing.out);
    assert!(missing.out.contains("== not-there.json\nnot-there.json cannot be read: "), "{}", missing.out);
}

#[test]
fn an_empty_folder_is_no_good_answer() {
    let holder = Holder::new();
    fs::create_dir(holder.path("inbox")).unwrap();
    verify(&holder, &["inbox"], &[]).failed(
        2,
        "stapel: nothing stands in the folder inbox\n  → name the files themselves: those are read whatever they are called\n",
    );
    fs::write(holder.path("inbox/a.docx"), "").unwrap();
    let dutch = verify(&holder, &["inbox"], &["--lang", "nl"]);
    assert!(
        dutch
            .err
            .starts_with("stapel: niets in de map inbox is van een soort die wordt gelezen (1 van andere soorten)\n"),
        "{}",
        dutch.err
    );
}

#[test]
fn a_link_that_leads_out_of_the_folder_is_not_followed() {
    let holder = Holder::new();
    let outside = holder.file("outside.json", "{");
    let folder = folder(&holder, 1);
    symlink(outside, holder.path("inbox/out.json")).unwrap();
    symlink("/", holder.path("inbox/root")).unwrap();
    let ran = verify(&holder, &[&folder], &["--json"]);
    assert_eq!(ran.json()["documents"].as_array().unwrap().len(), 5);
    assert!(ran.err.starts_with("3 files in the folder were passed over"), "{}", ran.err);
}

#[test]
fn what_is_missing_is_fetched_once_for_all() {
    let school = WebSchool::open();
    let holder = Holder::new();
    fs::create_dir(holder.path("inbox")).unwrap();
    for number in 0..60 {
        fs::write(holder.path(&format!("inbox/{number:02}.json")), school.badge(number)).unwrap();
    }
    school.publishes_status(&[7], "2026-11-22T01:00:00Z");
    let (port, did) = (school.port(), school.did.clone());
    let verify = ["verify", "inbox", "--pin", &did, "--dev-loopback", &port, "--threads", "4"];
    let ran = holder.run(&verify);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert_eq!(
        ran.out,
        "inbox/07.json: Refused. Its issuer revoked it (list of 22 November 2026).\n\
         60 documents: 59 accepted, 0 accepted with remarks, 0 undecided, 1 refused.\n"
    );
    let mut asked = school.server.asked();
    asked.sort();
    assert_eq!(asked, ["GET /.well-known/did.json", "GET /status/1"]);
    // What cannot be had is not asked for again by each badge, and said once.
    school.goes_away();
    let ran = holder.run(&verify);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert_eq!(school.server.asked().len(), 4);
    assert_eq!(ran.err.matches("It could not be fetched: ").count(), 2, "{}", ran.err);
    let offline = holder.run(&[&verify[..], &["--offline"]].concat());
    assert_eq!((offline.code, school.server.asked().len()), (2, 4));
}

/// In a terminal of its own (Debian package bsdutils, which is never missing there).
fn in_a_terminal(holder: &Holder, arguments: &[&str]) -> Ran {
    let program = assert_cmd::cargo::cargo_bin("stapel");
    let line = format!("{} {}", program.display(), arguments.join(" "));
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    let path = std::env::var_os("PATH").unwrap();
    holder.finish(holder.of_this_holder(command).env("PATH", path).env("TERM", "xterm").timeout(Duration::from_mins(1)))
}

#[test]
fn who_waits_at_a_terminal_sees_how_far_it_is() {
    let school = WebSchool::open();
    let holder = Holder::new();
    fs::create_dir(holder.path("inbox")).unwrap();
    for number in 0..30 {
        fs::write(holder.path(&format!("inbox/{number:02}.json")), school.badge(number)).unwrap();
    }
    let (port, did) = (school.port(), school.did.clone());
    let verify = ["verify", "inbox", "--pin", &did, "--dev-loopback", &port];
    let summary = "30 documents: 30 accepted, 0 accepted with remarks, 0 undecided, 0 refused.";
    // The school lets wait; whoever sits there sees it, and a file or a program that reads along does not.
    let waiting = |run: &(dyn Fn() -> Ran + Sync)| {
        thread::scope(|scope| {
            let before = school.server.asked().len();
            let held = school.server.hold();
            let running = scope.spawn(run);
            while school.server.asked().len() == before && !running.is_finished() {
                thread::sleep(Duration::from_millis(10));
            }
            thread::sleep(Duration::from_millis(1200));
            drop(held);
            running.join().unwrap()
        })
    };
    let ran = waiting(&|| in_a_terminal(&holder, &verify));
    assert!(ran.out.contains("Checking [") && ran.out.contains("] 30/30"), "{}", ran.out);
    // In the end the bar is wiped out, and the summary stands.
    let after = ran.out.rsplit_once("] 30/30").unwrap().1;
    assert!(after.contains("\u{1b}[2K") && ran.out.contains(summary), "{:?}", ran.out);
    let json = [&verify[..], &["--json"]].concat();
    let ran = waiting(&|| in_a_terminal(&holder, &json));
    assert!(ran.out.contains("\"outcome\"") && !ran.out.contains("Checking"), "{}", ran.out);
    let ran = waiting(&|| holder.run(&verify));
    assert!(ran.out.contains(summary) && !ran.err.contains("Checking"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_report_has_a_row_for_each_document() {
    let holder = Holder::new();
    let folder = folder(&holder, 25);
    let list = holder.file("list.json", &trust_list(&["crebo:25655"]));
    let anchor = ANCHOR.did();
    let ran = holder.run(&["verify", &folder, "--trust", &list, "--anchor", &anchor, "--report", "report.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.ends_with("The report is in report.csv\n"), "{}", ran.err);
    let text = fs::read_to_string(holder.path("report.csv")).unwrap();
    assert_eq!(
        text.split("\r\n").next().unwrap(),
        "file,state,document,facts_are,achievement,issuer,issuer_name,issuer_name_is,vouched_by,holder,awarded,valid_from,\
         valid_until,status_as_of,reason_code,reason,checked_at,expires_in_days,change"
    );
    assert_eq!(text.split("\r\n").count(), 29 + 2, "a heading, a row each, and the end");
    let rows = rows(&holder, "report.csv");
    let row = |file: &str| rows.iter().find(|row| row["file"] == file).unwrap();
    let expect = |file: &str, cells: &[(&str, &str)]| {
        for (column, cell) in cells {
            assert_eq!(row(file)[*column], *cell, "{file} {column}");
        }
    };
    expect(
        "inbox/good-0000.json",
        &[
            ("state", "accepted"),
            ("document", "badge"),
            ("facts_are", "verified"),
            ("achievement", "Basiszorg verlenen"),
            ("issuer", &SCHOOL.did()),
            ("issuer_name", "ROC Voorbeeld"),
            ("issuer_name_is", "confirmed"),
            ("vouched_by", "Register Voorbeeld"),
            ("holder", "did:example:someone"),
            ("awarded", "2026-06-30T12:00:00Z"),
            ("valid_from", "2026-06-30T12:00:00Z"),
            ("valid_until", ""),
            ("reason_code", ""),
            ("checked_at", "2026-11-22T09:00:00Z"),
        ],
    );
    // A stranger chose this name: a spreadsheet must not calculate it.
    expect(
        "inbox/altered.json",
        &[
            ("state", "refused"),
            ("facts_are", "claimed"),
            ("achievement", "'=HYPERLINK(\"x\")"),
            ("issuer_name", "ROC Voorbeeld (illustratief)"),
            ("issuer_name_is", "claimed"),
            ("reason_code", "altered"),
        ],
    );
    expect("inbox/broken.json", &[("state", "refused"), ("document", "unreadable"), ("reason_code", "malformed")]);
    expect(
        "inbox/deep/unknown.json",
        &[("state", "undecided"), ("reason_code", "issuer-unknown"), ("issuer_name_is", "claimed"), ("vouched_by", "")],
    );
    let ran =
        holder.run(&["verify", &folder, "--trust", &list, "--anchor", &anchor, "--report", "report.json", "--json"]);
    assert_eq!(ran.code, 1);
    let json: Vec<Value> = serde_json::from_str(&fs::read_to_string(holder.path("report.json")).unwrap()).unwrap();
    assert_eq!(json.len(), rows.len());
    for (json, row) in json.iter().zip(&rows) {
        for (column, cell) in row {
            let value = json[column].as_str().unwrap_or_default();
            assert!(value == cell || format!("'{value}") == *cell, "{column}: {value} {cell}");
        }
        assert_eq!(json["change"], Value::Null);
    }
}

#[test]
fn a_report_is_written_whole_or_not_at_all_and_over_nothing() {
    let holder = Holder::new();
    let folder = folder(&holder, 1);
    verify(&holder, &[&folder], &["--report", "report.txt"]).failed(
        2,
        "stapel: report.txt ends neither in .csv nor in .json\n  → end its name in .csv for a spreadsheet, in .json for a program\n",
    );
    holder.file("report.csv", "as it was");
    let ran = verify(&holder, &[&folder], &["--report", "report.csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(fs::read_to_string(holder.path("report.csv")).unwrap(), "as it was");
    // Something else goes wrong after it was begun.
    let ran = verify(
        &holder,
        &[&folder],
        &["--report", "report.csv", "--force", "--trust", "not-there", "--anchor", "did:example:a"],
    );
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(fs::read_to_string(holder.path("report.csv")).unwrap(), "as it was");
    assert_eq!(holder.files(), ["inbox", "report.csv"]);
    assert_eq!(verify(&holder, &[&folder], &["--report", "report.csv", "--force"]).code, 1);
    assert_eq!(rows(&holder, "report.csv").len(), 5);
    // A report that stands in the folder is not taken for a document of it.
    assert_eq!(verify(&holder, &[&folder], &["--report", "inbox/report.json"]).code, 1);
    assert_eq!(verify(&holder, &[&folder], &["--report", "inbox/report.json", "--force"]).code, 1);
    let again: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(holder.path("inbox/report.json")).unwrap()).unwrap();
    assert_eq!(again.len(), 5);
}

#[test]
fn a_presentation_has_one_row_with_what_it_shows() {
    let holder = Holder::new();
    let shown = ANCHOR.shows(&SCHOOL.badge(&badge(&ANCHOR.did())), "employer.example", "once");
    let file = holder.file("shown.json", &shown);
    let ran =
        verify(&holder, &[&file], &["--domain", "employer.example", "--challenge", "once", "--report", "report.csv"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let row = rows(&holder, "report.csv").remove(0);
    for (column, cell) in [
        ("state", "accepted"),
        ("document", "presentation"),
        ("achievement", "Basiszorg verlenen"),
        ("issuer", &SCHOOL.did()),
        ("vouched_by", "(pinned)"),
        ("holder", &ANCHOR.did()),
    ] {
        assert_eq!(row[column], cell, "{column}");
    }
    // One of the parts is the cause: the row says which reason.
    let ran = holder.run(&[
        "verify",
        &file,
        "--domain",
        "employer.example",
        "--challenge",
        "once",
        "--report",
        "report.csv",
        "--force",
    ]);
    assert_eq!(ran.code, 2);
    assert_eq!(rows(&holder, "report.csv")[0]["reason_code"], "issuer-unknown");
}

#[test]
fn an_archive_gives_each_of_its_documents_and_a_photo_of_a_link_says_so() {
    use std::io::Write as _;

    let holder = Holder::new();
    let signed = SCHOOL.badge(&badge("did:example:someone"));
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [("een.json", signed.as_bytes()), ("twee.json", b"{"), ("drie.bin", b"\xff\xfe")] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    fs::write(holder.path("klas.zip"), writer.finish().unwrap().into_inner()).unwrap();
    let ran = verify(&holder, &["klas.zip"], &["--json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let documents = ran.json();
    let told: Vec<(&str, &str)> = documents["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["source"].as_str().unwrap(), one["outcome"].as_str().unwrap()))
        .collect();
    let named = [
        ("klas.zip › een.json", "accepted"),
        ("klas.zip › twee.json", "refused"),
        ("klas.zip › drie.bin", "undecided"),
    ];
    assert_eq!(told, named);
    let case = verify(&holder, &["klas.zip"], &["--case-out", "case.json"]);
    assert_eq!(
        (case.code, case.err.contains("a case holds one document, and 3 were given")),
        (2, true),
        "{}",
        case.err
    );
    assert!(!holder.path("case.json").exists());

    let photo = include_bytes!("../../../crates/intake/tests/data/code.jpg");
    fs::write(holder.path("photo.jpg"), photo).unwrap();
    let ran = verify(&holder, &["photo.jpg"], &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("photo.jpg holds a link: https://school.example/badges/0198c0de"), "{}", ran.err);
    assert!(ran.err.contains("stapel verify https://school.example/badges/0198c0de"), "{}", ran.err);
}

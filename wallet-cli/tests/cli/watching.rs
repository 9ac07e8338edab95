//! `stapel verify --watch`: what changed in a folder, what expires, and is the memory of it safe?

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::holder::{Holder, Ran, mode};
use crate::websites::WebSchool;
use crate::world::{ANCHOR, SCHOOL, badge, trust_list_edition};

const LATER: &str = "2026-11-29T09:00:00Z";

fn ready() -> (WebSchool, Holder) {
    let (school, holder) = (WebSchool::open(), Holder::new());
    fs::create_dir(holder.path("inbox")).unwrap();
    for (number, until) in [(1, None), (2, None), (3, Some("2026-12-20T00:00:00Z")), (4, Some("2027-06-30T00:00:00Z"))]
    {
        fs::write(holder.path(&format!("inbox/{number}.json")), school.badge_until(number, until)).unwrap();
    }
    (school, holder)
}

fn watch(school: &WebSchool, holder: &Holder, more: &[&str]) -> Ran {
    let (port, did) = (school.port(), &school.did);
    holder.run(&[&["verify", "inbox", "--watch", "state.json", "--pin", did, "--dev-loopback", &port], more].concat())
}

#[test]
fn what_changed_since_the_last_time_is_told_and_what_expires_soon() {
    let (school, holder) = ready();
    let warning = |ran: &Ran| ran.err.lines().filter(|line| !line.contains("127.0.0.1")).count();
    let first = watch(&school, &holder, &[]);
    assert_eq!((first.code, warning(&first)), (0, 0), "{}{}", first.out, first.err);
    assert_eq!(
        first.out,
        "Checked for the first time on 22 November 2026 at 10:00 (Dutch time).\n\
         4 documents: 4 accepted, 0 accepted with remarks, 0 undecided, 0 refused.\n\
         \n\
         Expires within 60 days\n\
         \x20 File          Valid until       Days left  Achievement         Issuer\n\
         \x20 inbox/3.json  20 December 2026  28         Basiszorg verlenen  ROC Voorbeeld (illustratief) (claimed)\n\
         \n\
         Everything is accepted.\n"
    );
    assert_eq!(mode(&holder.path("state.json")), 0o600);
    let again = watch(&school, &holder, &["--soon", "20"]);
    assert!(again.out.contains("Nothing changed since the last time.\n"), "{}", again.out);
    assert!(again.out.contains("Nothing that is accepted expires within 20 days.\n"), "{}", again.out);
    // One is revoked, one goes, one comes.
    school.publishes_status(&[1], "2026-11-28T00:00:00Z");
    fs::remove_file(holder.path("inbox/2.json")).unwrap();
    fs::write(holder.path("inbox/5.json"), school.badge(5)).unwrap();
    let more = ["--as-of", LATER, "--report", "report.csv", "--page", "page.html"];
    let changed = watch(&school, &holder, &more);
    assert_eq!(changed.code, 1);
    assert_eq!(
        changed.out,
        "Checked on 29 November 2026 at 10:00 (Dutch time); the time before was 22 November 2026 at 10:00 (Dutch time).\n\
         4 documents: 3 accepted, 0 accepted with remarks, 0 undecided, 1 refused.\n\
         \n\
         What changed\n\
         \x20 File          Change       Achievement                   Reason\n\
         \x20 inbox/1.json  now refused  Basiszorg verlenen (claimed)  Its issuer revoked it (list of 28 November 2026).\n\
         \x20 inbox/5.json  new          Basiszorg verlenen\n\
         \x20 inbox/2.json  gone         Basiszorg verlenen (claimed)\n\
         \n\
         Expires within 60 days\n\
         \x20 File          Valid until       Days left  Achievement         Issuer\n\
         \x20 inbox/3.json  20 December 2026  21         Basiszorg verlenen  ROC Voorbeeld (illustratief) (claimed)\n\
         \n\
         Not accepted\n\
         \x20 File          Answer   Achievement                   Issuer                                  Reason\n\
         \x20 inbox/1.json  Refused  Basiszorg verlenen (claimed)  ROC Voorbeeld (illustratief) (claimed)  Its issuer revoked it (list of 28 November 2026).\n"
    );
    let mut report = csv::Reader::from_path(holder.path("report.csv")).unwrap();
    let cells = |row: csv::StringRecord| [0, 1, 18].map(|column| row[column].to_owned()).join(" ");
    let rows: Vec<String> = report.records().map(|row| cells(row.unwrap())).collect();
    let expected = [
        "inbox/1.json refused now-refused",
        "inbox/3.json accepted ",
        "inbox/4.json accepted ",
        "inbox/5.json accepted new",
        "inbox/2.json  gone",
    ];
    assert_eq!(rows, expected);
    // The revocation was a mistake, and then nobody answers.
    school.publishes_status(&[], "2026-11-28T12:00:00Z");
    let json = watch(&school, &holder, &["--as-of", LATER, "--json"]).json();
    assert_eq!(
        (&json["changed"][0]["file"], &json["changed"][0]["change"]),
        (&"inbox/1.json".into(), &"accepted-again".into())
    );
    assert_eq!((&json["since"], &json["outcome"]), (&LATER.into(), &"accepted".into()));
    assert_eq!(json["counts"]["accepted"], 4);
    assert_eq!(json["expiring"][0]["expires_in_days"], 21);
    school.goes_away();
    let undecided = watch(&school, &holder, &["--as-of", LATER, "--lang", "nl"]);
    assert_eq!(undecided.code, 2);
    assert_eq!(undecided.out.matches("nu niet te beslissen").count(), 4, "{}", undecided.out);
}

/// An older edition may vouch for whom the newer one no longer does.
#[test]
fn an_older_edition_of_a_trust_list_is_not_taken_the_next_time() {
    let holder = Holder::new();
    fs::create_dir(holder.path("inbox")).unwrap();
    holder.file("inbox/1.json", &SCHOOL.badge(&badge("did:example:learner")));
    let watch = |sequence| {
        let list = holder.file("list.json", &trust_list_edition(sequence, &["crebo:25655"]));
        let anchor = ANCHOR.did();
        holder.run(&["verify", "inbox", "--offline", "--watch", "state.json", "--trust", &list, "--anchor", &anchor])
    };
    assert_eq!(watch(8).code, 0);
    let older = watch(7);
    assert_eq!(older.code, 1, "{}{}", older.out, older.err);
    assert!(
        older.err.contains("edition 7 of the trust list https://anchor.example/list is older than edition 8"),
        "{}",
        older.err
    );
    assert_eq!(watch(8).code, 0);
    assert_eq!(watch(9).code, 0);
    let state: Value = serde_json::from_str(&fs::read_to_string(holder.path("state.json")).unwrap()).unwrap();
    assert_eq!(state["trustLists"][0]["sequence"], 9);
}

#[test]
fn the_page_stands_alone_runs_nothing_and_says_what_is_a_claim() {
    let (school, holder) = ready();
    fs::write(
        holder.path("inbox/<script>alert(1)<script>.json"),
        school.badge(9).replace("Basiszorg verlenen", "<script>alert(2)</script>"),
    )
    .unwrap();
    for (language, claimed, caption) in [("en", "(claimed)", "Not accepted"), ("nl", "(beweerd)", "Niet geaccepteerd")]
    {
        let ran = watch(&school, &holder, &["--page", "page.html", "--force", "--lang", language]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        let page = fs::read_to_string(holder.path("page.html")).unwrap();
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{language}\">\n")), "{page}");
        for part in [
            format!("<caption>{caption}</caption>"),
            "<th scope=\"col\">".to_owned(),
            "<th scope=\"row\">inbox/&#60;script&#62;alert(1)&#60;script&#62;.json</th>".to_owned(),
            format!("<td>&#60;script&#62;alert(2)&#60;/script&#62; {claimed}</td>"),
        ] {
            assert!(page.contains(&part), "{part}: {page}");
        }
        for none in ["<script", "<link", "src=", "@import", "url("] {
            assert!(!page.contains(none), "{none}");
        }
    }
}

#[test]
fn another_file_is_not_taken_for_a_memory_and_stays() {
    let (school, holder) = ready();
    for text in ["my thesis", "{\"stapelWatch\":2,\"checkedAt\":\"2026-11-22T09:00:00Z\",\"documents\":{}}", "{}"] {
        holder.file("state.json", text);
        let ran = watch(&school, &holder, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{text}");
        assert!(
            ran.err
                .contains("stapel: state.json is not what `stapel verify --watch` remembers, and is left as it is: "),
            "{}",
            ran.err
        );
        assert_eq!(fs::read_to_string(holder.path("state.json")).unwrap(), text);
    }
    assert_eq!(holder.files(), ["inbox", "state.json"]);
}

/// The memory is either the old one or the new one, whenever the program is killed.
#[test]
fn a_watch_that_is_killed_leaves_the_memory_whole() {
    let (school, holder) = ready();
    assert_eq!(watch(&school, &holder, &[]).code, 0);
    let (did, port) = (school.did.clone(), school.port());
    for number in 10..400 {
        fs::write(holder.path(&format!("inbox/{number}.json")), school.badge(1)).unwrap();
    }
    let (mut killed, mut ended) = (0, 0);
    for microseconds in (0..40).map(|step| step * 4_000) {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("stapel"));
        command.current_dir(holder.path("")).args(["verify", "inbox", "--watch", "state.json", "--pin", &did]);
        command.args(["--dev-loopback", &port, "--threads", "1"]).env("STAPEL_TEST_NOW", crate::world::NOW);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_micros(microseconds));
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            ended += 1;
        } else {
            killed += 1;
        }
        let state: Value = serde_json::from_str(&fs::read_to_string(holder.path("state.json")).unwrap()).unwrap();
        let documents = state["documents"].as_object().unwrap().len();
        assert!(documents == 4 || documents == 394, "half a memory: {documents}");
    }
    assert!(killed > 0, "{killed} killed, {ended} ended");
    let after = watch(&school, &holder, &[]);
    assert_eq!(after.code, 0, "{}", after.err);
}

/// Runs a script of `tests/browser`, as those of the pages of the service do.
fn browse(script: &str, mut things: Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/browser");
    let packages = ["axe-core", "playwright-core"].iter().all(|one| folder.join("node_modules").join(one).is_dir());
    let on_path = |name: &str| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    };
    let (Some(chromium), Some(_), true) = (on_path("chromium"), on_path("node"), packages) else {
        let required = std::env::var("STAPEL_REQUIRE_BROWSER").as_deref() == Ok("1");
        assert!(!required, "STAPEL_REQUIRE_BROWSER=1, and chromium, node or the npm packages are not installed");
        println!("skipped: install chromium and node, and run `npm ci --ignore-scripts` in {}", folder.display());
        return;
    };
    things["chromium"] = json!(chromium);
    things["screenshots"] = json!(std::env::var("STAPEL_SCREENSHOTS").ok());
    let mut node = Command::new("node").arg(folder.join(script)).stdin(Stdio::piped()).spawn().unwrap();
    node.stdin.take().unwrap().write_all(things.to_string().as_bytes()).unwrap();
    assert!(node.wait().unwrap().success(), "{script} found something: see above");
}

#[test]
fn the_overview_is_accessible_in_both_languages_and_prints_on_one_page() {
    let (school, holder) = ready();
    watch(&school, &holder, &[]);
    school.publishes_status(&[1], "2026-11-28T00:00:00Z");
    fs::remove_file(holder.path("inbox/2.json")).unwrap();
    fs::write(holder.path("inbox/5.json"), school.badge(5)).unwrap();
    fs::write(holder.path("inbox/a-file-with-a-rather-long-name-that-does-not-break.json"), "{}").unwrap();
    fs::copy(holder.path("state.json"), holder.path("before.json")).unwrap();
    let mut overviews = serde_json::Map::new();
    for language in ["nl", "en"] {
        fs::copy(holder.path("before.json"), holder.path("state.json")).unwrap();
        let page = format!("{language}.html");
        let ran = watch(&school, &holder, &["--as-of", LATER, "--page", &page, "--lang", language]);
        assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
        overviews.insert(language.to_owned(), json!(format!("file://{}", holder.path(&page).display())));
    }
    browse("overview.mjs", json!({ "verifier": "http://127.0.0.1:1/verify", "overviews": overviews }));
}

//! What does the command print, how does it end, and what does it say when it cannot?

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::school::{School, ended, program};

/// The help texts are fixtures: `STAPEL_BLESS=1` writes them anew.
#[test]
fn the_help_texts_are_those_on_file() {
    let verbs: &[&[&str]] = &[
        &[],
        &["init"],
        &["api-key"],
        &["api-key", "add"],
        &["achievement", "add"],
        &["programme", "add"],
        &["programme", "check"],
        &["completion", "add"],
        &["completion", "list"],
        &["approve"],
        &["reject"],
        &["sign"],
        &["offer"],
        &["exemption"],
        &["exemption", "grant"],
        &["award"],
        &["award", "propose"],
        &["award", "approve"],
        &["award", "sign"],
        &["revoke"],
        &["suspend"],
        &["unsuspend"],
        &["credential", "list"],
        &["trust-list", "make"],
        &["serve"],
        &["vc-api"],
        &["verifier"],
        &["migrate"],
        &["config"],
        &["doctor"],
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/service/help");
    for verb in verbs {
        let help = ended(program().args(*verb).arg("--help"));
        assert_eq!(help.code, 0);
        let name = if verb.is_empty() { "stapel-issuer".to_owned() } else { verb.join("-") };
        let path = folder.join(format!("{name}.txt"));
        if std::env::var_os("STAPEL_BLESS").is_some() {
            fs::write(&path, &help.stdout).unwrap();
        }
        assert_eq!(help.stdout, fs::read_to_string(&path).unwrap(), "{name}");
    }
}

#[test]
fn init_tells_each_key_once_and_never_sets_up_twice() {
    let school = School::new();
    let admin = school.run(&["init", "--name", "X", "--did-key", "--country", "NL", "--base-url", "https://x.example"]);
    let data = school.data();
    assert_eq!(
        (admin.code, admin.stderr.as_str()),
        (
            1,
            format!(
                "stapel-issuer: {} holds the institution ROC <Voorbeeld> already; it was left as it is\n  \
                 → choose another folder for a second institution\n",
                data.display()
            )
            .as_str()
        ),
    );
    for file in ["admin", "registrar", "board", "signer", "auditor"] {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &fs::metadata(school.path("keys").join(format!("{file}.key"))).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&data).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700);
    let base = ended(
        school
            .command(&["init", "--name", "X", "--did-key", "--country", "NL", "--base-url", "http://x.example"])
            .env("STAPEL_ISSUER_DATA", school.path("other")),
    );
    assert_eq!(
        (base.code, base.stderr.as_str()),
        (1, "stapel-issuer: \"http://x.example\" is not an address that can be used: it must start with https://\n"),
    );
}

#[test]
fn a_wrong_passphrase_signs_nothing() {
    let school = School::new();
    let wrong = school.secret("wrong", "een andere zin");
    let signed = ended(
        school
            .command(&["sign", "--passphrase-file", wrong.to_str().unwrap()])
            .env("STAPEL_API_KEY", school.key("signer")),
    );
    let key = school.data().join("key.json");
    assert_eq!(
        (signed.code, signed.stderr.as_str()),
        (
            2,
            format!(
                "stapel-issuer: the key file {} was not opened: the passphrase is wrong, or the file was altered\n  \
                 → try the passphrase again; if it is really lost, a new key must be set up\n",
                key.display()
            )
            .as_str()
        ),
    );
}

#[test]
fn who_acts_must_be_known_and_may_do_it() {
    let school = School::new();
    let nobody = school.run(&["completion", "list"]);
    assert_eq!(
        (nobody.code, nobody.stderr.as_str()),
        (
            2,
            "stapel-issuer: this command acts as somebody: no API key was given\n  \
             → give --api-key-file FILE, or set STAPEL_API_KEY; init made one key for each role\n"
        ),
    );
    let unknown = ended(school.command(&["completion", "list"]).env("STAPEL_API_KEY", "nobody"));
    assert_eq!(
        (unknown.code, unknown.stderr.as_str()),
        (
            1,
            "stapel-issuer: this API key is not known, or was ended\n  \
             → see with `api-key list` which there are; make a new one with `api-key add`\n"
        ),
    );
    let dutch = school.run_as("registrar", &["--lang", "nl", "approve", "--all", "--reference", "1"]);
    assert_eq!(
        (dutch.code, dutch.stderr.as_str()),
        (
            1,
            "stapel-issuer: registrar handelt als registrar en mag dit niet: afrondingen goedkeuren; dat is aan examination-board\n  \
             → gebruik de API-sleutel van iemand met die rol\n"
        ),
    );
    // Whoever has the folder and the passphrase can make a lost key anew.
    let made = school.run(&["--json", "api-key", "add", "--name", "desk-2", "--role", "registrar"]);
    let token = made.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(ended(school.command(&["completion", "list"]).env("STAPEL_API_KEY", &token)).code, 0);
    assert_eq!(school.run(&["api-key", "remove", "desk-2"]).stdout, "desk-2 was ended\n");
    assert_eq!(ended(school.command(&["completion", "list"]).env("STAPEL_API_KEY", &token)).code, 1);
}

#[test]
fn a_csv_is_refused_or_kept_in_part_and_a_repetition_changes_nothing() {
    let school = School::new();
    let file = school.write("c.csv", "achievement,learner,awarded\nM1,s1,2026-01-30\nM1,s2,2026-02-30\n");
    let path = file.to_str().unwrap();
    let refused = school.run_as("registrar", &["completion", "add", path]);
    assert_eq!(
        (refused.code, refused.stderr.as_str()),
        (
            1,
            format!(
                "stapel-issuer: {path}: 1 of the rows cannot be taken, so none was: row 3, column awarded: \
                 \"2026-02-30\" is not a day such as 2026-11-22\n  \
                 → correct the rows below, or give --keep-good to record the good rows all the same\n  \
                 row 3, column awarded: \"2026-02-30\" is not a day such as 2026-11-22\n"
            )
            .as_str()
        ),
    );
    let kept = school.run_as("registrar", &["completion", "add", path, "--keep-good"]);
    assert_eq!(
        (kept.code, kept.stdout.as_str()),
        (1, "1 recorded\nnot taken: row 3, column awarded: \"2026-02-30\" is not a day such as 2026-11-22\n"),
    );
    let id = school.run_as("registrar", &["--json", "completion", "list"]).json()[0]["id"].as_str().unwrap().to_owned();
    let good = school.write("good.csv", "achievement,learner,awarded\nM1,s1,2026-01-30\n");
    let again = school.run_as("registrar", &["completion", "add", good.to_str().unwrap()]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (0, format!("0 recorded\nrow 2: was recorded before, as {id}; nothing was changed\n").as_str()),
    );
    let json = school.run_as("registrar", &["--json", "completion", "add", path]);
    assert_eq!(json.json()["rows"][0]["column"], "awarded");
}

#[test]
fn a_database_that_is_locked_is_waited_for_and_then_named() {
    let school = School::new();
    let lock = rusqlite::Connection::open(school.data().join("issuer.sqlite")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let file = school.write("c.csv", "achievement,learner,awarded\nM1,s1,2026-01-30\n");
    let busy = school.run_as("registrar", &["completion", "add", file.to_str().unwrap()]);
    assert_eq!(
        (busy.code, busy.stderr.as_str()),
        (
            2,
            format!(
                "stapel-issuer: {}: another process has been writing to the database for 5 s; nothing was changed, try again later\n  \
                 → wait until the other program is done; `doctor` shows whether the database answers\n",
                file.display()
            )
            .as_str()
        ),
    );
    lock.execute_batch("ROLLBACK").unwrap();
    assert_eq!(school.run_as("registrar", &["completion", "add", file.to_str().unwrap()]).stdout, "1 recorded\n");
}

#[test]
fn a_full_disk_loses_nothing_and_says_so() {
    let school = School::new();
    let id = school.approved("M1", "s1");
    let full = Path::new("/dev/full");
    if !full.exists() {
        assert!(std::env::var_os("STAPEL_REQUIRE_VECTORS").is_none(), "there is no /dev/full here");
        println!("there is no /dev/full here; the store's own tests fill a database");
        return;
    }
    let out = school.path("out.json");
    std::os::unix::fs::symlink(full, school.path(".out.json.new")).unwrap();
    let csv = school.write("t.csv", &format!("did,name,kind,from\n{},A,mbo,2024-08-01\n", school.did()));
    let list = ["trust-list", "make", csv.to_str().unwrap(), "--name", "Demo", "--out", out.to_str().unwrap()];
    let made = school.run_as("admin", &list);
    assert_eq!(
        (made.code, made.stderr.as_str()),
        (
            2,
            format!(
                "stapel-issuer: {} cannot be written: No space left on device (os error 28)\n  \
                 → make room on the disk and try again\n",
                out.display()
            )
            .as_str()
        ),
    );
    assert!(!out.exists());
    assert_eq!(school.run_as("registrar", &["--json", "completion", "list"]).json()[0]["id"], id);
}

#[test]
fn a_trust_list_is_signed_numbered_and_served() {
    let school = School::new();
    let csv = school.write("t.csv", &format!("did,name,kind,from\n{},A,mbo,2024-08-01\n", school.did()));
    let out = school.path("list.json");
    let make = |more: &[&str]| {
        let arguments = ["trust-list", "make", csv.to_str().unwrap(), "--name", "Demo", "--out", out.to_str().unwrap()];
        school.run_as("admin", &[&arguments, more].concat())
    };
    assert_eq!(make(&[]).stdout, format!("Demo, edition 1: {}\n", out.display()));
    let wrong = make(&["--sequence", "7"]);
    assert_eq!(
        (wrong.code, wrong.stderr.as_str()),
        (
            1,
            format!(
                "stapel-issuer: the next edition of {}/trust-list has number 2, not 7; nothing was signed\n",
                school.base()
            )
            .as_str()
        ),
    );
    assert_eq!(make(&["--sequence", "2"]).code, 0);
    let serving = school.serve();
    assert_eq!(serving.get("/trust-list").body, fs::read_to_string(out).unwrap());
}

#[test]
fn a_service_without_https_stays_on_this_machine() {
    let school = School::new();
    let refused = school.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(
        (refused.code, refused.stderr.as_str()),
        (
            1,
            "stapel-issuer: 0.0.0.0:0 can be reached from other machines, and this service speaks plain http\n  \
             → put a proxy with https before it and give --behind-proxy, or listen on 127.0.0.1\n"
        ),
    );
}

#[test]
fn the_service_stops_softly_on_sigterm_and_its_log_names_nobody() {
    let school = School::new();
    let offer = school.offer(&school.approved("M1", "s1001"));
    let serving = school.serve();
    let badges = crate::wallet::Wallet::new().claim(offer["link"].as_str().unwrap()).unwrap();
    assert_eq!(badges.len(), 1);
    // A connection that stays open without asking does not hold it up.
    let idle = std::net::TcpStream::connect(("127.0.0.1", serving.port)).unwrap();
    idle.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    serving.signal("-TERM");
    let (code, log) = serving.end();
    assert_eq!(code, 0, "{log}");
    assert!(log.contains("route=\"/openid/offers/{completion}/{code}\" status=200"), "{log}");
    for secret in [offer["code"].as_str().unwrap(), "s1001", "did:key", "Medicatie", &school.key("registrar")] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[test]
fn doctor_says_what_is_wrong() {
    let school = School::new();
    let well = school.run(&["doctor", "--open-key"]);
    assert_eq!(well.code, 0, "{well:?}");
    fs::write(school.data().join("config.toml"), "lisen = 1\n").unwrap();
    let ill = school.run(&["--json", "doctor"]);
    assert_eq!(ill.code, 1);
    let wrong: Vec<_> =
        ill.json().as_array().unwrap().iter().filter(|one| one["ok"] == json!(false)).cloned().collect();
    assert_eq!((wrong.len(), wrong[0]["what"].as_str()), (1, Some("settings")));
    assert_eq!(school.run(&["migrate"]).stdout, "version 2: nothing to do\n");
    let nothing = ended(school.command(&["doctor"]).env("STAPEL_ISSUER_DATA", school.path("nothing")));
    assert_eq!(nothing.code, 1);
}

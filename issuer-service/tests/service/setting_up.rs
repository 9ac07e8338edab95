//! How does an institution begin, publish its programmes, and open its key without a person beside it?

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::school::{Ended, PASSPHRASE, School, achievement, ended, program};

fn ok(ended: &Ended, stdout: &str) {
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (0, stdout, ""));
}

#[test]
fn a_programme_is_checked_signed_and_listed() {
    let school = School::new();
    let rules = crate::routes::programme("Zorg");
    let file = school.write("p.json", &rules);
    let path = file.to_str().unwrap();
    // Whoever writes rules has no data folder.
    ok(&ended(program().args(["programme", "check", path])), "Zorg (2026) holds together: 1 part\n");
    let dutch = ended(program().args(["--lang", "nl", "programme", "check", path]));
    ok(&dutch, "Zorg (2026) is in orde: 1 onderdeel\n");
    ok(&school.run(&["programme", "list"]), "none yet\n");

    let added = school.run_as("registrar", &["--json", "programme", "add", path]).json();
    let credential = added["credential"].as_str().unwrap().to_owned();
    assert!(credential.starts_with(&format!("{}/programmes/", school.base())), "{credential}");
    let line = format!("Zorg (2026)\n  {credential}\n");
    ok(&school.run(&["programme", "list"]), &line);
    ok(&school.run_as("registrar", &["programme", "add", path]), &line);

    let other = school.write("other.json", &crate::routes::programme("Verzorging"));
    let refused = school.run_as("registrar", &["programme", "add", other.to_str().unwrap()]);
    let sentence = format!(
        "stapel-issuer: {}: edition 2026 of https://school.example/programmes/zorg was published with other rules; \
         rules never change, publish a new edition\n",
        other.display()
    );
    assert_eq!((refused.code, refused.stdout.as_str(), refused.stderr.as_str()), (1, "", sentence.as_str()));
    ok(&school.run(&["programme", "list"]), &line);

    let broken = school.write("broken.json", &rules.replace(r#"{"part":"p1"}"#, r#"{"part":"p9"}"#));
    let refused = school.run_as("registrar", &["programme", "add", broken.to_str().unwrap()]);
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    let begin = format!("stapel-issuer: {}: the rules of this programme do not hold together: ", broken.display());
    assert!(refused.stderr.starts_with(&begin) && refused.stderr.contains("p9"), "{refused:?}");

    let serving = school.serve();
    let (_, path) = crate::http::split(&credential);
    let served: Value = serving.get(path).json();
    assert_eq!((served["id"].as_str(), served["issuer"]["id"].as_str()), (Some(&*credential), Some(&*school.did())));
}

#[test]
fn a_check_tells_every_mistake_with_its_place_or_gives_advice() {
    let folder = tempfile::tempdir().unwrap();
    let check = |rules: &Value, options: &[&str]| {
        let file = folder.path().join("p.json");
        fs::write(&file, rules.to_string()).unwrap();
        ended(program().args(options).args(["programme", "check"]).arg(&file))
    };
    let mut rules: Value = serde_json::from_str(&crate::routes::programme("Zorg")).unwrap();
    let mut second = rules["parts"][0].clone();
    second["id"] = "p2".into();
    rules["parts"].as_array_mut().unwrap().push(second);
    let advice = "no award asks for part \"p2\"; name it in a requirement, or leave it out";
    ok(&check(&rules, &[]), &format!("Zorg (2026) holds together: 2 parts\nAdvice\n  $.parts[1]: {advice}\n"));
    ok(
        &check(&rules, &["--lang", "nl"]),
        &format!("Zorg (2026) is in orde: 2 onderdelen\nAdvies\n  $.parts[1]: {advice}\n"),
    );
    let told = check(&rules, &["--json"]).json();
    assert_eq!(
        (&told["errors"], &told["advice"]),
        (&serde_json::json!([]), &serde_json::json!([{"path": "$.parts[1]", "sentence": advice}]))
    );

    rules["parts"][1]["id"] = "p1".into();
    let twice = "  $.parts[1].id: the id \"p1\" stands twice; give each its own\n";
    let one = check(&rules, &[]);
    assert_eq!(
        (one.code, one.stdout.as_str(), one.stderr.as_str()),
        (1, format!("Zorg (2026) does not hold together: 1 mistake\n{twice}").as_str(), "")
    );
    assert_eq!(check(&rules, &["--lang", "nl"]).stdout, format!("Zorg (2026) is niet in orde: 1 fout\n{twice}"));
    rules["enterFrom"] = "2026-08-01".into();
    rules["enterUntil"] = "2026-08-01".into();
    let two = check(&rules, &["--lang", "nl"]);
    let never = "  $.enterUntil: entry ends on 2026-08-01, which is not after its start on 2026-08-01; correct one of the days\n";
    assert_eq!((two.code, two.stdout), (1, format!("Zorg (2026) is niet in orde: 2 fouten\n{never}{twice}")));
    assert!(check(&rules, &[]).stdout.starts_with("Zorg (2026) does not hold together: 2 mistakes\n"));
    let told = check(&rules, &["--json"]);
    assert_eq!((told.code, &told.json()["errors"][1]["path"]), (1, &"$.parts[1].id".into()));

    rules["colour"] = "red".into();
    let unread = check(&rules, &[]);
    assert_eq!((unread.code, unread.stdout.as_str()), (1, ""));
    assert!(unread.stderr.contains("unknown field `colour`"), "{unread:?}");
}

/// `init` of an institution that issues as did:key.
fn init(folder: &Path, passphrase: &Path, more: &[&str]) -> Command {
    let mut command = program();
    command.env("STAPEL_ISSUER_DATA", folder.join("data")).env("STAPEL_PASSPHRASE_FILE", passphrase);
    command.args(["init", "--name", "Bakkerij Voorbeeld", "--did-key", "--country", "NL"]);
    command.args(["--base-url", "https://badges.bakker.example/"]).args(more);
    command
}

#[test]
fn an_institution_with_a_did_key_is_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let passphrase = folder.path().join("passphrase");
    fs::write(&passphrase, PASSPHRASE).unwrap();
    fs::set_permissions(&passphrase, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let keys = folder.path().join("keys");
    let made = ended(&mut init(folder.path(), &passphrase, &["--api-keys-to", keys.to_str().unwrap()]));
    let did = made.stdout.lines().nth(1).unwrap().to_owned();
    assert!(did.starts_with("did:key:z6Mk"), "{made:?}");
    let key = |name: &str| keys.join(format!("{name}.key"));
    ok(
        &made,
        &format!(
            "Bakkerij Voorbeeld\n{did}\n\n\
             API keys, one for each role; they are shown only once:\n  \
             administrator      {}\n  registrar          {}\n  examination-board  {}\n  signer             {}\n  \
             auditor            {}\n",
            key("admin").display(),
            key("registrar").display(),
            key("board").display(),
            key("signer").display(),
            key("auditor").display(),
        ),
    );

    // It signs: the badge names the DID, which is its own key.
    let run = |who: &str, arguments: &[&str]| {
        let mut command = program();
        command.env("STAPEL_ISSUER_DATA", folder.path().join("data")).env("STAPEL_PASSPHRASE_FILE", &passphrase);
        ended(command.arg("--json").args(arguments).args(["--api-key-file", key(who).to_str().unwrap()]))
    };
    let file = folder.path().join("m1.json");
    fs::write(&file, achievement("M1")).unwrap();
    assert_eq!(run("registrar", &["achievement", "add", file.to_str().unwrap()]).code, 0);
    let csv = folder.path().join("c.csv");
    fs::write(&csv, "achievement,did,awarded\nM1,did:key:z6MkLearner1,2026-01-30\n").unwrap();
    assert_eq!(run("registrar", &["completion", "add", csv.to_str().unwrap()]).code, 0);
    assert_eq!(run("board", &["approve", "--all", "--reference", "1"]).json()["changed"], 1);
    assert_eq!(run("signer", &["sign"]).json()["signed"], 1);
    let database = rusqlite::Connection::open(folder.path().join("data/issuer.sqlite")).unwrap();
    let text: String = database.query_row("SELECT document FROM credentials", [], |row| row.get(0)).unwrap();
    let badge: Value = serde_json::from_str(&text).unwrap();
    let method = format!("{did}#{}", did.trim_start_matches("did:key:"));
    assert_eq!(
        (badge["issuer"]["id"].as_str(), badge["proof"]["verificationMethod"].as_str()),
        (Some(&*did), Some(&*method)),
    );
}

#[test]
fn the_passphrase_comes_from_a_systemd_credential() {
    let school = School::new();
    let csv = crate::full::wallets(&school, 1);
    school.run_as("registrar", &["completion", "add", csv.to_str().unwrap()]);
    school.run_as("board", &["approve", "--all", "--reference", "1"]);
    let directory = school.path("credentials");
    fs::create_dir(&directory).unwrap();
    let sign = |language: &str| {
        let mut command = school.command(&["--lang", language, "sign"]);
        command.env_remove("STAPEL_PASSPHRASE_FILE").env("CREDENTIALS_DIRECTORY", &directory);
        ended(command.env("STAPEL_API_KEY", school.key("signer")))
    };

    // systemd gave this service another credential, not this one.
    let absent = sign("en");
    assert_eq!(
        (absent.code, absent.stderr.as_str()),
        (
            2,
            "stapel-issuer: no passphrase: there is no terminal to ask at\n  \
             → give --passphrase-file FILE, or the systemd credential stapel-issuer-passphrase\n"
        ),
    );
    assert!(
        sign("nl")
            .stderr
            .ends_with("→ geef --passphrase-file BESTAND, of de systemd-credential stapel-issuer-passphrase\n")
    );

    // As systemd writes it: readable for the service, with the end of line of an editor.
    fs::write(directory.join("stapel-issuer-passphrase"), format!("{PASSPHRASE}\n")).unwrap();
    ok(&sign("en"), "1 signed\n");

    fs::remove_file(school.path("passphrase")).unwrap();
    let listen = school.serve_from(&directory);
    assert_eq!(listen.get("/health").status, 200);
}

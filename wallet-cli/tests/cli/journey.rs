//! From a badge to an employer: progress, presentation, verification, and the same answer again from one file.

use std::fs;

use serde_json::{Value, json};

use crate::holder::{Holder, mode};
use crate::server::Server;
use crate::world::{PLACE, SCHOOL, STRANGER, badge, badge_with_status, programme, second_badge, status_list};

/// A holder with two badges and a programme that one of them counts in.
fn ready() -> Holder {
    let holder = Holder::trusting();
    for (name, text) in [
        ("badge.json", SCHOOL.badge(&badge(&holder.did))),
        ("second.json", SCHOOL.badge(&second_badge(&holder.did))),
        ("programme.json", programme()),
    ] {
        let file = holder.file(name, &text);
        let ran = holder.run(&["receive", &file]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    }
    holder
}

#[test]
fn progress_shows_what_counts_what_is_missing_and_what_does_not_count() {
    let holder = ready();
    for (language, words) in [
        ("en", ["Zorg (illustratief)", "240 SBU", "Begeleiden", "Does not count here", "Tuinieren"]),
        ("nl", ["Zorg (illustratief)", "240 SBU", "Begeleiden", "Telt hier niet mee", "Tuinieren"]),
    ] {
        let ran = holder.run(&["progress", "zorg", "--lang", language, "--svg", &format!("{language}.svg")]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        for word in words {
            assert!(ran.out.contains(word), "{word}: {}", ran.out);
        }
        for never in ["awarded", "toegekend", "\u{1b}["] {
            assert!(!ran.out.contains(never), "{never}: {}", ran.out);
        }
        assert!(fs::read_to_string(holder.path(&format!("{language}.svg"))).unwrap().starts_with("<svg "));
    }
    holder.run(&["progress", "zorg", "--svg", "en.svg"]).failed(
        2,
        "stapel: en.svg exists already and is left as it is\n  → choose another name, or give --force where the command has it\n",
    );
    assert_eq!(holder.run(&["progress", "zorg", "--svg", "en.svg", "--force"]).code, 0);
    let json = holder.run(&["progress", "1", "--json"]).json();
    assert_eq!(json["progress"]["complete"], false);
    assert_eq!(json["progress"]["creditsCounted"].to_string(), "240");
    assert_eq!(json["plan"]["fills"].as_array().unwrap().len(), 1);
    holder
        .run(&["progress", "zorg", "--award", "other"])
        .failed(2, "stapel: https://roc.example/programmes/zorg has no award \"other\"\n");
}

#[test]
fn a_programme_of_somebody_unknown_does_not_count() {
    let holder = ready();
    assert_eq!(holder.run(&["trust", "remove", &SCHOOL.did()]).code, 0);
    let ran = holder.run(&["progress", "1"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("does not count: <school> is not known here"), "{}", ran.err);
    assert!(
        ran.err.ends_with("  → trust its issuer first: stapel trust add FILE --anchor DID, or stapel trust pin DID\n")
    );
}

#[test]
fn a_holder_sees_what_leaves_and_an_employer_accepts_it() {
    let holder = ready();
    let present = ["present", "basiszorg", "--to", "employer.example", "--challenge", "b1f0c2e4"];
    let ran = holder.run(&[&present[..], &["--out", "shown.json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, "Written: shown.json\n");
    assert_eq!(
        ran.err,
        "This leaves, for employer.example, and holds until 22 November 2026 at 10:10 (Dutch time):\n  \
         • badge “Basiszorg verlenen” of ROC Voorbeeld (illustratief)\n\
         Each badge leaves whole, as its issuer signed it: single facts cannot be hidden. Your DID goes along: <holder>\n"
    );
    assert_eq!(mode(&holder.path("shown.json")), 0o600);
    let shown: Value = serde_json::from_str(&fs::read_to_string(holder.path("shown.json")).unwrap()).unwrap();
    assert_eq!(shown["verifiableCredential"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&shown["proof"]["domain"], &shown["proof"]["challenge"], &shown["proof"]["expires"]),
        (&json!("employer.example"), &json!("b1f0c2e4"), &json!("2026-11-22T09:10:00Z"))
    );
    let verify = |more: &[&str]| {
        let pin = SCHOOL.did();
        holder.run(&[&["verify", "shown.json", "--pin", &pin], more].concat())
    };
    let accepted = verify(&["--domain", "employer.example", "--challenge", "b1f0c2e4"]);
    assert_eq!(accepted.code, 0, "{}", accepted.out);
    assert!(accepted.out.starts_with("Presentation: Accepted. Every check passed.\n"), "{}", accepted.out);
    assert!(accepted.out.contains("\n“Basiszorg verlenen”: Accepted. Every check passed.\n"), "{}", accepted.out);
    let other = verify(&["--domain", "employer.example", "--challenge", "other"]);
    assert_eq!(other.code, 1);
    assert!(other.out.contains("does not answer this question: its challenge is b1f0c2e4"), "{}", other.out);
    let late = verify(&["--domain", "employer.example", "--challenge", "b1f0c2e4", "--as-of", "2026-11-22T10:00:00Z"]);
    assert_eq!(late.code, 1);
    let printed = holder.command().args(present).args(["--out", "-"]).output().unwrap();
    let again =
        holder.run_with_input(&["verify", "-", "--pin", &SCHOOL.did()], &String::from_utf8(printed.stdout).unwrap());
    assert_eq!(again.code, 0, "{}", again.out);
    assert!(
        again.out.starts_with("Presentation: Accepted, with remarks. Its holder made this for employer.example"),
        "{}",
        again.out
    );
    holder.run(&[&present[..], &["--out", "shown.json"]].concat()).failed(
        2,
        "stapel: shown.json exists already and is left as it is\n  → choose another name, or give --force where the command has it\n",
    );
}

#[test]
fn progress_is_recomputed_and_replayed_from_one_file() {
    let holder = ready();
    let ran = holder.run(&[
        "present",
        "--programme",
        "zorg",
        "--to",
        "employer.example",
        "--challenge",
        "b1f0c2e4",
        "--out",
        "shown.json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("  • programme “Zorg (illustratief)” (2026)\n"), "{}", ran.err);
    assert!(ran.err.contains("  • the plan: which badge counts for what\n"), "{}", ran.err);
    assert!(!ran.err.contains("Tuinieren"), "what does not count stays at home: {}", ran.err);
    let ran = holder.run(&[
        "verify",
        "shown.json",
        "--pin",
        &SCHOOL.did(),
        "--domain",
        "employer.example",
        "--challenge",
        "b1f0c2e4",
        "--case-out",
        "case.json",
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(
        ran.err,
        "Everything that the answer rests on is in case.json; again with: stapel verify --case case.json\n"
    );
    assert!(ran.out.contains("The progress was recomputed and is as the plan says."), "{}", ran.out);
    assert!(ran.out.contains("Begeleiden"), "{}", ran.out);
    let later = holder.finish(holder.command().env("STAPEL_TEST_NOW", "2031-01-01T00:00:00Z").args([
        "verify",
        "--case",
        "case.json",
    ]));
    later.gave(0, &ran.out);
    holder
        .run(&["verify", "shown.json", "badge.json", "--case-out", "other.json"])
        .failed(2, "stapel: a case holds one document, and 2 were given\n  → verify them one by one\n");
    let mut case: Value = serde_json::from_str(&fs::read_to_string(holder.path("case.json")).unwrap()).unwrap();
    case["policy"]["pinnedIssuers"] = json!([]);
    let stranger = holder.file("stranger.json", &case.to_string());
    assert_eq!(holder.run(&["verify", "--case", &stranger]).code, 2, "the answer rests on the file alone");
    holder
        .run_with_input(&["verify", "--case", "-"], "{}")
        .failed(2, "stapel: the case cannot be read: $: missing field `document`\n");
}

#[test]
fn a_revocation_turns_the_answer_and_stays_with_the_holder() {
    let server = Server::start();
    let (url, port) = (server.url("/status/1"), server.port.to_string());
    let holder = Holder::trusting();
    let list = |revoked: &[usize], from| status_list(&url, revoked, from, "2026-11-23T06:00:00Z");
    server.answers("GET /status/1", 200, &list(&[], "2026-11-22T06:00:00Z"));
    let file = holder.file("badge.json", &SCHOOL.badge(&badge_with_status(&holder.did, &url)));
    assert_eq!(holder.run(&["receive", &file, "--dev-loopback", &port]).code, 0);
    let ran =
        holder.run(&["present", "1", "--to", "e.example", "--challenge", "c", "--out", "shown.json", "--offline"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("a status list, so that nobody has to ask the issuer"), "{}", ran.err);
    let offline = holder.run(&[
        "verify",
        "shown.json",
        "--pin",
        &SCHOOL.did(),
        "--domain",
        "e.example",
        "--challenge",
        "c",
        "--offline",
    ]);
    assert_eq!(offline.code, 0, "{}", offline.out);
    server.answers("GET /status/1", 200, &list(&[PLACE], "2026-11-22T08:00:00Z"));
    let ran = holder.run(&["verify", &file, "--pin", &SCHOOL.did(), "--dev-loopback", &port]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.starts_with("Refused. Its issuer revoked it (list of 22 November 2026).\n"), "{}", ran.out);
}

#[test]
fn a_badge_shown_by_somebody_else_is_refused() {
    let holder = Holder::trusting();
    let stolen = SCHOOL.badge(&badge(&holder.did));
    let shown = holder.file("shown.json", &STRANGER.shows(&stolen, "employer.example", "b1f0c2e4"));
    let pin = SCHOOL.did();
    let verify = |language: &str| {
        let audience = ["--domain", "employer.example", "--challenge", "b1f0c2e4", "--pin", &pin, "--lang", language];
        holder.run(&[&["verify", &shown][..], &audience].concat())
    };
    verify("en").gave(
        1,
        "Refused: one of the documents shown is the cause.\n\
         \n\
         Presentation: Accepted. Every check passed.\n\
         \x20 ✓ Structure  It is a document of the kind VerifiablePresentation.\n\
         \x20 ✓ Signature  The text is exactly as <stranger>#key signed it.\n\
         \x20 ✓ Key        The key belongs to <stranger>.\n\
         \x20 ✓ Validity   It has been valid since 22 November 2026.\n\
         \x20 ✓ Audience   It was made for this audience and question.\n\
         \n\
         urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e11: Refused. It is about <holder>, not about <stranger>, who shows it.\n\
         \x20 ✓ Structure   It is a document of the kind AchievementCredential.\n\
         \x20 ✓ Signature   The text is exactly as <school>#key signed it.\n\
         \x20 ✓ Key         The key belongs to <school>.\n\
         \x20 ✓ Validity    It has been valid since 30 June 2026.\n\
         \x20 – Revocation  Its issuer cannot make it invalid later: there is no list of revoked badges for it.\n\
         \x20 ✓ Trust       You trust <school> yourself.\n\
         \x20 ✗ Holder      It is about <holder>, not about <stranger>, who shows it.\n\
         What you can do: Ask the holder for one of their own.\n",
    );
    let ran = verify("nl");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.starts_with("Afgewezen: dat komt door een van de getoonde bewijzen.\n"), "{}", ran.out);
    assert!(
        ran.out.ends_with(
            "\n\x20 ✗ Houder        Het gaat over <holder>, niet over <stranger> die het laat zien.\n\
             Wat u kunt doen: Vraag de houder om een bewijs op eigen naam.\n"
        ),
        "{}",
        ran.out
    );
}

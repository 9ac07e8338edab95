//! What is found of a badge that is not as it should be? Exit code 1: refused; 2: undecided. The whole text is what people read.

use serde_json::json;

use crate::holder::{Holder, Ran};
use crate::server::Server;
use crate::world::{
    ANCHOR, PLACE, SCHOOL, STRANGER, badge, badge_with_status, named, second_badge, status_list, trust_list,
};

/// Verifies a badge without a wallet, the school being trusted.
fn verified(badge: &str, more: &[&str]) -> Ran {
    let holder = Holder::new();
    let file = holder.file("badge.json", badge);
    holder.run(&[&["verify", &file, "--pin", &SCHOOL.did()], more].concat())
}

#[test]
fn a_good_badge_is_accepted_and_everything_it_says_is_shown() {
    let ran = verified(&SCHOOL.badge(&badge("did:example:someone")), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.starts_with(
            "Accepted. Every check passed.\n\
             \x20 ✓ Structure   It is a document of the kind AchievementCredential.\n\
             \x20 ✓ Signature   The text is exactly as <school>#key signed it.\n\
             \x20 ✓ Key         The key belongs to <school>.\n\
             \x20 ✓ Validity    It has been valid since 30 June 2026.\n\
             \x20 – Revocation  Its issuer cannot make it invalid later: there is no list of revoked badges for it.\n\
             \x20 ✓ Trust       You trust <school> yourself.\n\
             \nBasiszorg verlenen\n"
        ),
        "{}",
        ran.out
    );
}

#[test]
fn an_altered_badge_is_refused() {
    let altered = SCHOOL.badge(&badge("did:example:someone")).replace("Basiszorg", "Spoedzorg");
    verified(&altered, &[]).gave(
        1,
        "Refused. The text was changed after it was signed, or was not signed by the key that it names (<school>#key).\n\
         \x20 ✓ Structure   It is a document of the kind AchievementCredential.\n\
         \x20 ✗ Signature   The text was changed after it was signed, or was not signed by the key that it names (<school>#key).\n\
         \x20 ? Key         The key was not looked at: the signature does not hold, or could not be checked.\n\
         \x20 ? Validity    Counts only if the signature holds: It has been valid since 30 June 2026.\n\
         \x20 ? Revocation  Counts only if the signature holds: Its issuer cannot make it invalid later: there is no list of revoked badges for it.\n\
         \x20 ? Trust       Counts only if the signature holds: You trust <school> yourself.\n\
         What you can do: Do not rely on this file. Ask the holder for the original, or call the issuer by the number on its own website, not by one that came with the file.\n",
    );
}

#[test]
fn a_badge_that_a_stranger_signed_in_the_schools_name_is_refused() {
    let ran = verified(&STRANGER.badge(&badge("did:example:someone")), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let first = ran.out.lines().next().unwrap();
    assert_eq!(first, "Refused. It names <school>, but <stranger> signed it.", "{}", ran.out);
}

#[test]
fn an_expired_badge_is_refused_with_its_dates() {
    let mut badge = badge("did:example:someone");
    badge["validUntil"] = json!("2026-10-31T00:00:00Z");
    let ran = verified(&SCHOOL.badge(&badge), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "Refused. It expired on 31 October 2026, 22 days before 22 November 2026.");
    assert_eq!(lines[7], "What you can do: Ask the holder for a newer one.");
    assert_eq!(verified(&SCHOOL.badge(&badge), &["--as-of", "2026-10-01T00:00:00Z"]).code, 0);
}

#[test]
fn a_badge_that_is_not_valid_yet_is_refused() {
    let mut badge = badge("did:example:someone");
    badge["validFrom"] = json!("2026-12-01T00:00:00Z");
    let ran = verified(&SCHOOL.badge(&badge), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines[0],
        "Refused. It is valid only from 1 December 2026 at 01:00 (Dutch time), and it is 22 November 2026 at 10:00 (Dutch time) now."
    );
    assert_eq!(lines[7], "What you can do: Try again from that day.");
}

#[test]
fn an_unknown_issuer_is_undecided_and_never_called_forged() {
    let holder = Holder::new();
    let file = holder.file("badge.json", &SCHOOL.badge(&badge("did:example:someone")));
    let ran = holder.run(&["verify", &file]);
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines[0],
        "Undecided. Nothing wrong was found, but whether the issuer can be trusted could not be checked."
    );
    assert_eq!(
        lines[6],
        "  ? Trust       <school> is not known here: no trust list at hand vouches for it. That says nothing against it."
    );
    assert_eq!(lines[7], "What you can do: Add a trust list that names the issuer, or pin the issuer yourself.");
}

#[test]
fn an_issuer_that_may_not_certify_this_code_is_refused() {
    let holder = Holder::new();
    let file = holder.file("badge.json", &SCHOOL.badge(&badge("did:example:someone")));
    let verify = |codes: &[&str]| {
        let list = holder.file("list.json", &trust_list(codes));
        holder.run(&["verify", &file, "--trust", &list, "--anchor", &ANCHOR.did()])
    };
    let ran = verify(&["crebo:25698"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines[0],
        "Refused. According to the trust list Register Voorbeeld, ROC Voorbeeld was not allowed to certify programme 25655 (crebo) on 30 June 2026."
    );
    assert_eq!(
        lines[7],
        "What you can do: Do not count it: by that list its issuer was not allowed to give it. That need not be the fault of the holder: ask whether they have proof of this from another institution. If you think that the issuer may give it, call it (the number is on its own website), or ask whoever keeps the list."
    );
    assert_eq!(verify(&["crebo:25698", "crebo:25655"]).code, 0);
}

#[test]
fn a_status_list_that_cannot_be_had_leaves_it_undecided() {
    let server = Server::start();
    let url = server.url("/status/1");
    let badge = SCHOOL.badge(&badge_with_status("did:example:someone", &url));
    let port = server.port.to_string();
    let ran = verified(&badge, &["--dev-loopback", &port]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        format!(
            "Warning: for development, 127.0.0.1:{port} may be asked over plain http, without proof of name; do not use this with real badges\n\
             The status list is missing; it is published at {url}. It could not be fetched: {url} answered with status 404.\n"
        )
    );
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "Undecided. Nothing wrong was found, but whether it was revoked could not be checked.");
    assert_eq!(
        lines[5],
        format!("  ? Revocation  Whether it was revoked could not be looked up: the status list {url} is not at hand.")
    );
    assert_eq!(lines[7], "What you can do: Try again with an internet connection.");
    let offline = verified(&badge, &["--offline"]);
    assert_eq!((offline.code, offline.out), (2, ran.out));
    assert_eq!(offline.err, format!("Not fetched, since --offline was given: {url}\n"));
}

#[test]
fn a_stale_status_list_leaves_it_undecided_and_a_set_bit_refuses() {
    let server = Server::start();
    let url = server.url("/status/1");
    let badge = SCHOOL.badge(&badge_with_status("did:example:someone", &url));
    let port = server.port.to_string();
    let verify = |revoked: &[usize], from: &str, until: &str| {
        server.answers("GET /status/1", 200, &status_list(&url, revoked, from, until));
        let ran = verified(&badge, &["--dev-loopback", &port]);
        let line = |at: usize| ran.out.lines().nth(at).unwrap().to_owned();
        (ran.code, line(0), line(5), ran.out.lines().nth(7).map(str::to_owned))
    };
    let (code, first, status, advice) = verify(&[], "2026-11-20T06:00:00Z", "2026-11-21T06:00:00Z");
    assert_eq!(
        (code, first.as_str()),
        (2, "Undecided. Nothing wrong was found, but whether it was revoked could not be checked.")
    );
    assert_eq!(
        status,
        "  ? Revocation  Whether it was revoked is not known: the status list at hand was valid until 21 November 2026 at 07:00 (Dutch time), and it is 22 November 2026 at 10:00 (Dutch time) now."
    );
    assert_eq!(advice.unwrap(), "What you can do: Fetch a new list and try again.");
    let (code, first, ..) = verify(&[PLACE], "2026-11-22T06:00:00Z", "2026-11-23T06:00:00Z");
    assert_eq!((code, first.as_str()), (1, "Refused. Its issuer revoked it (list of 22 November 2026)."));
    let (code, first, ..) = verify(&[PLACE + 1], "2026-11-22T06:00:00Z", "2026-11-23T06:00:00Z");
    assert_eq!((code, first.as_str()), (0, "Accepted. Every check passed."));
}

#[test]
fn unreachable_is_undecided_and_forged_is_refused() {
    let mut unreachable = badge("did:example:someone");
    // RFC 6761 §6.4: a name that never resolves.
    unreachable["issuer"]["id"] = json!("did:web:school.invalid");
    let method = SCHOOL.did().replace("did:key:", "#");
    let signed =
        SCHOOL.badge(&unreachable).replace(&format!("{}{method}", SCHOOL.did()), "did:web:school.invalid#key-1");
    let ran = verified(&signed, &["--pin", "did:web:school.invalid"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    assert!(
        ran.err.starts_with(
            "The keys of did:web:school.invalid are missing; they are published at https://school.invalid/.well-known/did.json. It could not be fetched: "
        ),
        "{}",
        ran.err
    );
    let first = ran.out.lines().next().unwrap();
    assert_eq!(first, "Undecided. Nothing wrong was found, but the key could not be checked.");
    let forged = SCHOOL.badge(&badge("did:example:someone")).replace("240", "960");
    assert_eq!(verified(&forged, &[]).code, 1);
}

#[test]
fn text_that_is_no_badge_is_told_apart() {
    let holder = Holder::new();
    for (text, code, sentence) in [
        ("", 2, "stapel: there is nothing in it\n  → ask for the badge as a file (JSON)\n"),
        (
            "eyJhbGciOiJFUzI1NiJ9.eyJ9.c2ln~",
            2,
            "stapel: it is an SD-JWT, and this version reads JWTs and Data Integrity proofs alone: ask its issuer for one of these forms (jwt_vc_json, ldp_vc)\n",
        ),
        (
            "{\"type\":\"Assertion\"}",
            2,
            "stapel: it is an Open Badge of version 2, which nobody signed in itself; ask its issuer for Open Badges 3.0\n",
        ),
    ] {
        holder.run_with_input(&["verify", "-"], text).failed(code, sentence);
    }
    let twice = SCHOOL.badge(&badge("did:example:someone")).replacen('{', "{\"id\":\"urn:x\",", 1);
    let ran = holder.run_with_input(&["verify", "-"], &twice);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let first = ran.out.lines().next().unwrap();
    assert!(first.starts_with("Refused. The document is not well formed: "), "{first}");
    assert!(first.contains("$.id"), "{first}");
}

#[test]
fn the_worst_of_several_answers_is_the_exit_code() {
    let holder = Holder::new();
    let good = holder.file("good.json", &SCHOOL.badge(&badge("did:example:someone")));
    let unknown = holder.file(
        "unknown.json",
        &STRANGER.badge(&{
            let mut badge = second_badge("did:example:someone");
            badge["issuer"] = json!(STRANGER.did());
            badge
        }),
    );
    let altered = holder.file("altered.json", &SCHOOL.badge(&badge("did:example:someone")).replace("240", "241"));
    let pin = SCHOOL.did();
    let verify = |files: &[&str]| holder.run(&[&["verify", "--pin", &pin], files].concat());
    assert_eq!(verify(&[&good]).code, 0);
    assert_eq!(verify(&[&good, &unknown]).code, 2);
    let worst = verify(&[&good, &unknown, &altered, "nothing.json"]);
    assert_eq!(worst.code, 1);
    let heads: Vec<&str> = worst.out.lines().filter(|line| line.starts_with("== ")).collect();
    assert_eq!(heads, ["== DIR/good.json", "== DIR/unknown.json", "== DIR/altered.json", "== nothing.json"]);
    assert!(
        worst.out.contains("nothing.json cannot be read: No such file or directory (os error 2)\n"),
        "{}",
        worst.out
    );
    let json = holder.run(&["verify", "--json", "--pin", &pin, &good, &unknown]).json();
    assert_eq!(json["outcome"], "undecided");
    assert_eq!(json["documents"][0]["outcome"], "accepted");
    assert_eq!(json["documents"][0]["source"], "DIR/good.json");
    assert_eq!(json["documents"][1]["document"], "badge");
    let trust = json["documents"][1]["verdict"]["checks"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&trust["kind"], &trust["result"], &trust["reason"]["because"]),
        (&json!("trust"), &json!("unknown"), &json!("issuer-unknown"))
    );
    assert_eq!(named(trust["reason"]["issuer"].as_str().unwrap()), "<stranger>");
}

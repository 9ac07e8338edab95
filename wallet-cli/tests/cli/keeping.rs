//! What does the wallet say of what it is given, and what does it keep?

use std::fs;

use serde_json::json;

use crate::holder::Holder;
use crate::server::Server;
use crate::world::{
    ANCHOR, SCHOOL, badge, badge_with_status, name_of, programme, second_badge, status_list, trust_list,
};

#[test]
fn a_badge_is_verified_told_and_kept() {
    let holder = Holder::trusting();
    let text = SCHOOL.badge(&badge(&holder.did));
    let file = holder.file("badge.json", &text);
    holder.run(&["receive", &file]).gave(
        0,
        "“Basiszorg verlenen” is kept.\n\
         Accepted. Every check passed.\n\
         \x20 ✓ Structure   It is a document of the kind AchievementCredential.\n\
         \x20 ✓ Signature   The text is exactly as <school>#key signed it.\n\
         \x20 ✓ Key         The key belongs to <school>.\n\
         \x20 ✓ Validity    It has been valid since 30 June 2026.\n\
         \x20 – Revocation  Its issuer cannot make it invalid later: there is no list of revoked badges for it.\n\
         \x20 ✓ Trust       You trust <school> yourself.\n",
    );
    let again = holder.run_with_input(&["receive", "-"], &text);
    assert_eq!(again.out.lines().next().unwrap(), "“Basiszorg verlenen” was kept before; nothing changed.");
    holder
        .run(&["list"])
        .gave(0, "1  Basiszorg verlenen  ROC Voorbeeld (illustratief)  30 June 2026  accepted on 22 November 2026\n");
    holder.run(&["list", "--lang", "nl"]).gave(
        0,
        "1  Basiszorg verlenen  ROC Voorbeeld (illustratief)  30 juni 2026  geaccepteerd op 22 november 2026\n",
    );
    let listed = holder.run(&["list", "--json"]).json();
    assert_eq!(listed["badges"][0]["name"], json!(name_of(&text)));
    assert_eq!(listed["badges"][0]["last"], json!({ "outcome": "accepted", "at": "2026-11-22T09:00:00Z" }));
    for which in ["1", "basiszorg", "urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e11"] {
        let shown = holder.run(&["show", which]);
        assert_eq!((shown.code, shown.err.as_str()), (0, ""));
        assert!(shown.out.starts_with("Basiszorg verlenen\n\nThe eleven European facts\n"), "{}", shown.out);
        assert!(shown.out.contains("\nAccepted. Every check passed.\n"), "{}", shown.out);
        let source = holder.command().args(["show", which, "--source"]).output().unwrap().stdout;
        assert_eq!(String::from_utf8(source).unwrap(), format!("{text}\n"));
    }
    holder.run(&["show", "7"]).failed(
        2,
        "stapel: there is no badge \"7\" in this wallet\n  → see what is there with: stapel list, or stapel programme list\n",
    );
}

#[test]
fn a_badge_of_somebody_else_is_not_kept() {
    let holder = Holder::trusting();
    let file = holder.file("badge.json", &SCHOOL.badge(&badge("did:example:someone")));
    let ran = holder.run(&["receive", &file]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(
        ran.out.starts_with(
            "“Basiszorg verlenen” is not kept: it is about did:example:someone, and this is the wallet of <holder>.\n\
             \x20 → look at it with `stapel verify`; only the wallet that it was issued to can keep and show it\n\
             Accepted. Every check passed.\n"
        ),
        "{}",
        ran.out
    );
    holder.run(&["list"]).gave(0, "No badges yet. Begin with: stapel receive FILE|URL|LINK\n");
}

#[test]
fn a_refused_badge_is_not_kept_and_an_undecided_one_is() {
    let holder = Holder::with_wallet();
    let text = SCHOOL.badge(&badge(&holder.did));
    let altered = holder.file("altered.json", &text.replace("Basiszorg", "Spoedzorg"));
    let ran = holder.run(&["receive", &altered]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.lines().next().unwrap(), "“Spoedzorg verlenen” is not kept: a check failed.");
    let unknown = holder.file("unknown.json", &text);
    let ran = holder.run(&["receive", &unknown]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.out.lines().next().unwrap(), "“Basiszorg verlenen” is kept.");
    holder
        .run(&["list"])
        .gave(0, "1  Basiszorg verlenen  ROC Voorbeeld (illustratief)  30 June 2026  undecided on 22 November 2026\n");
}

#[test]
fn a_badge_comes_from_a_web_address_too() {
    let server = Server::start();
    let holder = Holder::trusting();
    server.answers("GET /badge.json", 200, &SCHOOL.badge(&badge(&holder.did)));
    let (url, port) = (server.url("/badge.json"), server.port.to_string());
    let ran = holder.finish(holder.command().env("STAPEL_DEV_LOOPBACK", &port).args(["receive", &url]));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().next().unwrap(), "“Basiszorg verlenen” is kept.");
    holder.run(&["receive", &url, "--offline"]).failed(
        2,
        &format!("stapel: {url} would have to be asked, and --offline was given\n  → try again without --offline\n"),
    );
    holder.run(&["receive", &url]).failed(
        2,
        &format!("stapel: {url} is not an https address\n  → ask for an https address on the public internet, or for the file itself\n"),
    );
}

#[test]
fn what_was_seen_once_is_known_without_a_network() {
    let server = Server::start();
    let holder = Holder::trusting();
    let (url, port) = (server.url("/status/1"), server.port.to_string());
    server.answers("GET /status/1", 200, &status_list(&url, &[], "2026-11-22T06:00:00Z", "2026-11-23T06:00:00Z"));
    let file = holder.file("badge.json", &SCHOOL.badge(&badge_with_status(&holder.did, &url)));
    assert_eq!(holder.run(&["receive", &file, "--dev-loopback", &port]).code, 0);
    assert_eq!(server.asked(), ["GET /status/1"]);
    assert_eq!(holder.run(&["show", "1", "--offline"]).code, 0);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_presentation_is_refused_with_advice() {
    let holder = Holder::trusting();
    let file = holder.file("badge.json", &SCHOOL.badge(&badge(&holder.did)));
    assert_eq!(holder.run(&["receive", &file]).code, 0);
    let shown = holder.run(&["present", "1", "--to", "employer.example", "--challenge", "abc", "--out", "shown.json"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    holder.run(&["receive", "shown.json"]).failed(
        2,
        "stapel: this is a presentation, which somebody shows; a wallet does not keep it\n  → verify it with: stapel verify FILE\n",
    );
}

#[test]
fn an_anchor_is_shown_before_it_is_trusted() {
    let holder = Holder::with_wallet();
    let list = holder.file("list.json", &trust_list(&["crebo:25655"]));
    let contents = "The trust list “Register Voorbeeld” (edition 7, valid until 1 February 2027) vouches for 1:\n  \
                    ROC Voorbeeld  mbo  crebo:25655  <school>\n";
    holder
        .run(&["trust", "list"])
        .gave(0, "You trust nobody yet. Begin with: stapel trust add FILE|URL --anchor DID, or stapel trust pin DID\n");
    holder.run(&["trust", "add", &list, "--anchor", &ANCHOR.did()]).failed(
        2,
        &format!(
            "{contents}stapel: there is no terminal to ask whether you agree at\n  → read what stands above, and give --yes if you agree\n"
        ),
    );
    holder.run(&["trust", "add", &list, "--anchor", &SCHOOL.did(), "--yes"]).failed(
        1,
        "stapel: the trust list names <anchor> as its signer, not <school>\n  → check the DID with the body that keeps the list, in another way than by this file\n",
    );
    holder.run(&["receive", &list]).failed(
        1,
        "stapel: the trust list Register Voorbeeld is by <anchor>, which is not one of your trust anchors\n  → if you know the anchor's DID from elsewhere: stapel trust add FILE --anchor DID\n",
    );
    let added = holder.run(&["trust", "add", &list, "--anchor", &ANCHOR.did(), "--yes"]);
    assert_eq!((added.code, added.err.as_str()), (0, contents));
    assert_eq!(added.out.lines().next().unwrap(), "“Register Voorbeeld” is kept.");
    let listed = holder.run(&["trust", "list"]);
    assert_eq!(
        listed.out,
        "Trust anchors (their lists count)\n  <anchor>\n\nTrust lists\n\
         1  Register Voorbeeld  Register (illustratief)  1 November 2026  accepted on 22 November 2026\n"
    );
    let file = holder.file("badge.json", &SCHOOL.badge(&badge(&holder.did)));
    let received = holder.run(&["receive", &file]);
    assert_eq!(received.code, 0, "{}", received.out);
    assert!(
        received.out.contains(
            "ROC Voorbeeld is vouched for by the trust list Register Voorbeeld and may certify programme 25655 (crebo)."
        ),
        "{}",
        received.out
    );
    holder.run(&["trust", "remove", &ANCHOR.did()]).gave(0, "You trust <anchor> no longer.\n");
    assert_eq!(holder.run(&["show", "1"]).code, 2);
}

#[test]
fn a_forged_trust_list_is_not_taken() {
    let holder = Holder::with_wallet();
    let list = holder.file("list.json", &trust_list(&["crebo:25655"]).replace("crebo:25655", "crebo:25656"));
    let ran = holder.run(&["trust", "add", &list, "--anchor", &ANCHOR.did(), "--yes"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(
        ran.out.starts_with(
            "The trust list “Register Voorbeeld” is not taken.\nRefused. The text was changed after it was signed"
        ),
        "{}",
        ran.out
    );
    assert_eq!(holder.run(&["trust", "list", "--json"]).json(), json!({ "anchors": [], "pinned": [], "lists": [] }));
    let badge = holder.file("badge.json", &SCHOOL.badge(&badge(&holder.did)));
    let ran = holder.run(&["verify", &badge, "--trust", &list, "--anchor", &ANCHOR.did()]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(
        ran.err.starts_with("stapel: the trust list Register Voorbeeld is not taken: The text was changed after"),
        "{}",
        ran.err
    );
}

#[test]
fn only_a_programme_is_added_as_a_programme() {
    let holder = Holder::trusting();
    let badge = holder.file("badge.json", &SCHOOL.badge(&second_badge(&holder.did)));
    holder
        .run(&["programme", "add", &badge])
        .failed(2, "stapel: this is not a programme\n  → a badge is kept with: stapel receive FILE\n");
    let file = holder.file("programme.json", &programme());
    let added = holder.run(&["programme", "add", &file]);
    assert_eq!(added.code, 0, "{}{}", added.out, added.err);
    assert_eq!(added.out.lines().next().unwrap(), "“Zorg (illustratief) (2026)” is kept.");
    holder.run(&["programme", "list"]).gave(
        0,
        "1  Zorg (illustratief) (2026)  ROC Voorbeeld (illustratief)  1 January 2026  accepted on 22 November 2026\n",
    );
}

#[test]
fn json_says_what_was_found_and_errors_are_json_too() {
    let holder = Holder::with_wallet();
    let file = holder.file("badge.json", &SCHOOL.badge(&badge(&holder.did)));
    let received = holder.run(&["receive", &file, "--json"]);
    assert_eq!(received.code, 2);
    let json = received.json();
    assert_eq!((&json["received"][0]["kept"], &json["received"][0]["outcome"]), (&json!(true), &json!("undecided")));
    fs::remove_file(holder.wallet()).unwrap();
    let failed = holder.run(&["list", "--json"]);
    assert_eq!(failed.json()["error"], "there is no wallet at DIR/wallet.stapel");
    assert_eq!(failed.json()["exit"], 2);
    assert!(failed.err.starts_with("stapel: there is no wallet at DIR/wallet.stapel\n"));
}

//! Is an award counted again from its record, decades later, and is a record that was touched refused?

use std::fs;

use serde_json::{Value, json};
use stapel_credential::Digest;
use stapel_proof::jcs::digest_text;

use crate::holder::{Holder, Ran};
use crate::server::Server;
use crate::world::{PLACE, SCHOOL, badge, badge_with_status, programme, status_list};

const AWARD_DAY: &str = "2026-07-01T10:00:00Z";
const RECORD: &str = "urn:uuid:30000000-0000-4000-8000-000000000001";
/// Where the list that says whether the first badge was revoked is published.
const LIST: &str = "/status/1";

/// A learner, and the record of her award as a tree that tests may change.
struct Award {
    holder: Holder,
    server: Server,
    record: Value,
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

impl Award {
    fn new() -> Self {
        let (holder, server) = (Holder::trusting(), Server::start());
        let url = server.url(LIST);
        let list = status_list(&url, &[], "2026-06-30T00:00:00Z", "2026-07-07T00:00:00Z");
        let mut second = badge(&holder.did);
        second["id"] = json!("urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e12");
        second["credentialSubject"]["achievement"]["id"] = json!("https://roc.example/achievements/zorg-2");
        second["credentialSubject"]["achievement"]["name"] = json!("Begeleiden");
        let badges = [SCHOOL.badge(&badge_with_status(&holder.did, &url)), SCHOOL.badge(&second)];
        let programme = programme();
        let by = |badge: &str| json!([{ "issuer": SCHOOL.did(), "id": parsed(badge)["id"] }]);
        let plan = json!({
            "programme": {
                "id": "https://roc.example/programmes/zorg", "edition": "2026",
                "digest": digest_text(&programme).unwrap(),
            },
            "ask": { "award": "diploma" },
            "fills": [
                { "target": { "part": { "id": "zorg-1", "way": 0 } }, "by": by(&badges[0]) },
                { "target": { "part": { "id": "zorg-2", "way": 0 } }, "by": by(&badges[1]) },
            ],
        });
        let counted = badges.each_ref().map(|badge| {
            let tree = parsed(badge);
            json!({
                "issuer": SCHOOL.did(), "id": tree["id"], "digest": digest_text(badge).unwrap(),
                "achievement": tree["credentialSubject"]["achievement"]["id"],
            })
        });
        let record = json!({
            "id": RECORD, "type": "AwardRecord", "holder": holder.did, "awardedDate": AWARD_DAY,
            "planDigest": digest_text(&plan.to_string()).unwrap(), "plan": plan, "counted": counted,
            "documents": [parsed(&programme), parsed(&badges[0]), parsed(&badges[1])],
            "evidence": { "statusLists": { url: [parsed(&list)] } },
        });
        Self { holder, server, record }
    }

    /// Writes the record, and the diploma that fixes it as it stands now.
    fn write(&self) {
        let mut diploma = badge(&self.holder.did);
        diploma["id"] = json!("urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e13");
        diploma["awardedDate"] = json!(AWARD_DAY);
        diploma["credentialSubject"]["achievement"]["id"] = json!("https://roc.example/achievements/diploma");
        diploma["credentialSubject"]["achievement"]["name"] = json!("Diploma Zorg");
        let digest = |value: &Value| digest_text(&value.to_string()).unwrap();
        let programme = &self.record["documents"][0];
        diploma["relatedResource"] = json!([
            { "id": programme["id"], "digestSRI": digest(programme) },
            { "id": RECORD, "digestSRI": digest(&self.record) },
        ]);
        self.holder.file("diploma.json", &SCHOOL.badge(&diploma));
        self.holder.file("record.json", &self.record.to_string());
    }

    fn verify(&self, more: &[&str]) -> Ran {
        let pin = SCHOOL.did();
        self.holder.run(&[&["verify", "diploma.json", "--record", "record.json", "--pin", &pin], more].concat())
    }

    /// Puts another plan into the record, with the digest that the board would have approved.
    fn replan(&mut self, change: impl FnOnce(&mut Value)) {
        change(&mut self.record["plan"]);
        self.record["planDigest"] = json!(digest_text(&self.record["plan"].to_string()).unwrap());
    }
}

#[test]
fn an_award_is_recounted_as_of_its_day_in_both_languages() {
    let award = Award::new();
    award.write();
    let digest = award.record["planDigest"].as_str().unwrap();
    for (language, head, tail) in [
        (
            "en",
            format!(
                "\nRecounted as of 1 July 2026, and it holds: “Diploma” of the programme “Zorg (illustratief)” (2026).\n\
                 Plan: {digest}. The plan is complete.\n\
                 Counted:\n  \
                 • “Basiszorg verlenen”, ROC Voorbeeld (illustratief)\n  \
                 • “Begeleiden”, ROC Voorbeeld (illustratief)\n\n"
            ),
            "\nWhat this rests on: signatures, trust lists and all rules were checked again. Which keys and revocations there were on that day is the word of the diploma's issuer, who fixed the record.\n",
        ),
        (
            "nl",
            format!(
                "\nNagerekend naar 1 juli 2026, en het klopt: “Diploma” van het programma “Zorg (illustratief)” (2026).\n\
                 Plan: {digest}. Het plan is compleet.\n\
                 Meegeteld:\n  \
                 • “Basiszorg verlenen”, ROC Voorbeeld (illustratief)\n  \
                 • “Begeleiden”, ROC Voorbeeld (illustratief)\n\n"
            ),
            "\nWaar dit op rust: handtekeningen, vertrouwenslijsten en alle regels zijn opnieuw nagegaan. Welke sleutels en welke intrekkingen er op die dag waren, is het woord van wie het diploma uitgaf: die heeft het dossier vastgelegd.\n",
        ),
    ] {
        let ran = award.verify(&["--offline", "--lang", language]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        assert!(ran.out.contains(&head), "{}", ran.out);
        assert!(ran.out.contains("480"), "{}", ran.out);
        assert!(ran.out.ends_with(tail), "{}", ran.out);
    }
    let json = award.verify(&["--offline", "--json"]).json();
    let recount = &json["documents"][0]["recount"];
    assert_eq!((&json["outcome"], &recount["outcome"]), (&json!("accepted"), &json!("accepted")));
    assert_eq!((&recount["award"]["awarded"], &recount["award"]["plan"]), (&json!(AWARD_DAY), &json!(digest)));
    assert_eq!(recount["award"]["progress"]["complete"], true);
    assert_eq!(recount["award"]["counted"].as_array().unwrap().len(), 2);
}

#[test]
fn what_was_revoked_since_is_a_remark_and_the_case_gives_it_again() {
    let award = Award::new();
    award.write();
    let revoked = status_list(&award.server.url(LIST), &[PLACE], "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z");
    award.server.answers(&format!("GET {LIST}"), 200, &revoked);
    let port = award.server.port.to_string();
    let ran = award.verify(&["--dev-loopback", &port, "--case-out", "case.json"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let ended = "\nEnded later, which takes nothing from what was awarded then:\n  \
                 ! “Basiszorg verlenen”, ROC Voorbeeld (illustratief): Its issuer revoked it (list of 22 November 2026).\n";
    assert!(ran.out.contains(ended), "{}", ran.out);
    let json = award.verify(&["--dev-loopback", &port, "--json"]).json();
    assert_eq!(json["outcome"], "accepted-with-remarks", "{json:#}");
    fs::remove_file(award.holder.path("record.json")).unwrap();
    fs::remove_file(award.holder.path("diploma.json")).unwrap();
    fs::remove_file(award.holder.wallet()).unwrap();
    let again = award.holder.finish(award.holder.command().env("STAPEL_TEST_NOW", "2056-01-01T00:00:00Z").args([
        "verify",
        "--case",
        "case.json",
        "--offline",
    ]));
    again.gave(0, &ran.out);
}

#[test]
fn a_record_that_was_touched_is_refused() {
    let award = Award::new();
    award.write();
    let mut altered = award.record.clone();
    altered["decision"] = json!("Toegekend");
    award.holder.file("record.json", &altered.to_string());
    let digest = digest_text(&altered.to_string()).unwrap();
    let ran = award.verify(&["--offline"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let said = format!(
        "\nRefused. The diploma names no award record with digest {digest}: this is another record, or it was altered.\n"
    );
    assert!(ran.out.ends_with(&said), "{}", ran.out);
    let dutch = award.verify(&["--offline", "--lang", "nl"]);
    let said = format!(
        "\nAfgewezen. Het diploma noemt geen toekenningsdossier met het controlegetal {digest}: dit is een ander dossier, of het is veranderd.\n"
    );
    assert!(dutch.out.ends_with(&said), "{}", dutch.out);
    let json = award.verify(&["--offline", "--json"]).json();
    assert_eq!(json["documents"][0]["recount"]["outcome"], "refused");
    award.holder.file("record.json", "{");
    let ran = award.verify(&["--offline", "--case-out", "case.json"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("\nRefused. The award record cannot be read: "), "{}", ran.out);
    assert_eq!(award.holder.run(&["verify", "--case", "case.json"]).out, ran.out);
}

#[test]
fn a_plan_that_claims_too_much_is_refused_and_a_decision_completes_an_open_one() {
    let mut award = Award::new();
    award.replan(|plan| {
        plan["fills"].as_array_mut().unwrap().pop();
    });
    award.record["counted"].as_array_mut().unwrap().pop();
    award.write();
    let ran = award.verify(&["--offline", "--lang", "nl"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(
        ran.out.ends_with("\nAfgewezen. Het plan is niet compleet, en in het toekenningsdossier staat geen besluit van de examencommissie.\n"),
        "{}",
        ran.out
    );
    award.record["decision"] = json!("Onderdeel 2 is vervangen (EC-2026-9)");
    award.write();
    let ran = award.verify(&["--offline"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let said = "The plan is not complete; the examination board decided: “Onderdeel 2 is vervangen (EC-2026-9)”.\n";
    assert!(ran.out.contains(said), "{}", ran.out);
    award.record["planDigest"] = json!(Digest::of(b"another plan"));
    award.write();
    let ran = award.verify(&["--offline"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("\nRefused. The plan in the award record has digest "), "{}", ran.out);
}

#[test]
fn who_trusts_nobody_cannot_tell_and_a_record_needs_its_diploma() {
    let award = Award::new();
    award.write();
    let holder = &award.holder;
    let ran = holder.run(&["verify", "diploma.json", "--record", "record.json", "--offline"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(
        ran.out.ends_with("\nThe award was not recounted, since the diploma itself is not accepted.\n"),
        "{}",
        ran.out
    );
    holder.run(&["verify", "diploma.json", "diploma.json", "--record", "record.json"]).failed(
        2,
        "stapel: an award record belongs to one diploma, and 2 documents were given\n  → verify them one by one\n",
    );
    holder.file("programme.json", &programme());
    holder.run(&["verify", "programme.json", "--record", "record.json", "--lang", "nl"]).failed(
        2,
        "stapel: dit is geen diploma of ander bewijs\n  → geef het diploma zelf, met zijn toekenningsdossier\n",
    );
}

#[test]
fn a_wallet_gives_diploma_and_record_back_to_be_recounted() {
    let award = Award::new();
    award.write();
    let holder = &award.holder;
    assert_eq!(holder.run(&["receive", "diploma.json"]).code, 0);
    let how = "\nIts award record is kept; recount the award with:\n  \
               stapel show 1 --source > diploma.json; stapel show 1 --record > record.json\n  \
               stapel verify diploma.json --record record.json --trust LIST --anchor DID\n";
    assert!(!holder.run(&["show", "1"]).out.contains("award record"));
    holder
        .run(&["show", "1", "--record"])
        .failed(2, "stapel: no award record of “Diploma Zorg” is kept\n  → keep it, with: stapel receive FILE\n");
    assert_eq!(holder.run(&["receive", "record.json"]).code, 0);
    let shown = holder.run(&["show", "1"]);
    assert!(shown.out.ends_with(how), "{}", shown.out);
    assert!(holder.run(&["show", "1", "--lang", "nl"]).out.contains("Het toekenningsdossier is erbij bewaard;"));
    let json = holder.run(&["show", "1", "--json"]).json();
    assert_eq!(json["awardRecord"].as_str().unwrap(), digest_text(&award.record.to_string()).unwrap().to_string());
    let printed = holder.command().args(["show", "1", "--record"]).output().unwrap().stdout;
    holder.file("record.json", &String::from_utf8(printed).unwrap());
    let ran = award.verify(&["--offline"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

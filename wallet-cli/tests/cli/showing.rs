//! Bundles, sheets of paper, answers to questions and requests to an examination board: what leaves, and what is found of it?

use std::fs;

use serde_json::{Value, json};
use stapel_credential::{ExemptionSubject, ProgrammeSubject};

use crate::holder::{Holder, mode};
use crate::world::{SCHOOL, STRANGER, badge, programme, second_badge};

const NO_CLAIM: [&str; 2] = [
    "The holder put this bundle together. It is no diploma or certificate and claims no qualification.",
    "De houder stelde deze bundel samen. De bundel is geen diploma of certificaat en claimt geen kwalificatie.",
];

/// The school's programme, in which the school itself may exempt.
fn decided_programme() -> String {
    let mut document: Value = serde_json::from_str(&programme()).unwrap();
    document.as_object_mut().unwrap().remove("proof");
    document["credentialSubject"]["programme"]["decidedBy"] = json!([SCHOOL.did()]);
    SCHOOL.sign::<ProgrammeSubject>(&document)
}

/// A holder with a badge of each of two issuers, and a programme.
fn ready() -> Holder {
    let holder = Holder::trusting();
    assert_eq!(holder.run(&["trust", "pin", &STRANGER.did()]).code, 0);
    let mut second = second_badge(&holder.did);
    second["issuer"] = json!({ "id": STRANGER.did(), "type": ["Profile"], "name": "Groenbedrijf (illustratief)" });
    for (name, text) in [
        ("badge.json", SCHOOL.badge(&badge(&holder.did))),
        ("second.json", STRANGER.badge(&second)),
        ("programme.json", decided_programme()),
    ] {
        let file = holder.file(name, &text);
        let ran = holder.run(&["receive", &file]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    }
    holder
}

fn pdf(holder: &Holder, name: &str) -> Vec<u8> {
    let bytes = fs::read(holder.path(name)).unwrap();
    assert!(bytes.starts_with(b"%PDF-"), "{name}");
    bytes
}

#[test]
fn a_bundle_says_what_leaves_and_never_claims_a_qualification() {
    let holder = ready();
    let bundle = ["bundle", "basiszorg", "tuinieren", "--title", "Zorg en groen", "--theme", "Werken met mensen"];
    let ran = holder.run(&[&bundle[..], &["--out", "bundle.json", "--pdf", "bundle.pdf", "--name", "Sanne"]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (0, "Written: bundle.json\n"));
    assert_eq!(
        ran.err,
        "This leaves, for whoever gets the file, without an end:\n  \
         • badge “Basiszorg verlenen” of ROC Voorbeeld (illustratief)\n  \
         • badge “Tuinieren” of Groenbedrijf (illustratief)\n  \
         • the title “Zorg en groen”\n  \
         • the theme “Werken met mensen”\n\
         Each badge leaves whole, as its issuer signed it: single facts cannot be hidden. Your DID goes along: <holder>\n\
         The holder put this bundle together. It is no diploma or certificate and claims no qualification.\n\
         The sheet is in bundle.pdf\n"
    );
    assert_eq!(mode(&holder.path("bundle.json")), 0o600);
    pdf(&holder, "bundle.pdf");
    let (school, stranger) = (SCHOOL.did(), STRANGER.did());
    let verify = ["verify", "bundle.json", "--pin", &school, "--pin", &stranger];
    let heads = [
        "Bundle “Zorg en groen”\nTheme: Werken met mensen\n2 badges of 2 issuers\n",
        "Bundel “Zorg en groen”\nThema: Werken met mensen\n2 bewijzen van 2 uitgevers\n",
    ];
    for ((language, head), sentence) in ["en", "nl"].into_iter().zip(heads).zip(NO_CLAIM) {
        let ran = holder.run(&[&verify[..], &["--lang", language]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        assert!(ran.out.starts_with(&format!("{head}{sentence}\n\n")), "{}", ran.out);
        assert!(ran.out.contains("\n“Basiszorg verlenen”: ") && ran.out.contains("\n“Tuinieren”: "), "{}", ran.out);
        let written = holder.run(&[&bundle[..], &["--out", &format!("{language}.json"), "--lang", language]].concat());
        assert!(written.err.contains(sentence), "{}", written.err);
        for text in [&ran.out, &ran.err, &written.out, &written.err] {
            let rest = text.replace(sentence, "").to_lowercase();
            for claim in ["diploma", "kwalificatie", "qualification", "certificaat", "certificate"] {
                assert!(!rest.contains(claim), "{claim}: {text}");
            }
        }
    }
    let read = holder.run(&[&verify[..], &["--json"]].concat()).json();
    assert_eq!(read["documents"][0]["claimsQualification"], false);
    assert_eq!(read["documents"][0]["verdict"]["bundle"]["title"], "Zorg en groen");
    let undecided = holder.run(&["verify", "bundle.json", "--pin", &school]);
    assert_eq!(undecided.code, 2, "{}", undecided.out);
    let titled = |title: &'static str| ["bundle", "1", "--title", title, "--out", "other.json"];
    holder.run(&titled("Mijn diploma zorg")).failed(
        2,
        "stapel: \"Mijn diploma zorg\" names a diploma, and a bundle claims no qualification\n  → choose words for what the badges have in common\n",
    );
    let dutch = holder.run(&[&titled("Diploma")[..], &["--lang", "nl"]].concat());
    dutch.failed(
        2,
        "stapel: \"Diploma\" noemt een diploma, en een bundel claimt geen kwalificatie\n  → kies woorden voor wat de bewijzen gemeen hebben\n",
    );
    assert!(!holder.path("other.json").exists());
}

#[test]
fn progress_and_certificate_are_printed_and_only_what_is_accepted_is() {
    let holder = ready();
    let ran = holder.run(&["progress", "zorg", "--pdf", "progress.pdf", "--name", "Sanne"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "The sheet is in progress.pdf\n"));
    pdf(&holder, "progress.pdf");
    let ran = holder.run(&["show", "1", "--pdf", "badge.pdf", "--lang", "nl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.ends_with("Het blad staat in badge.pdf\n"), "{}", ran.err);
    assert!(ran.out.starts_with("Basiszorg verlenen\n"), "{}", ran.out);
    pdf(&holder, "badge.pdf");
    // The badge goes with its certificate: whoever has the PDF can verify it.
    let ran = holder.run(&["verify", "badge.pdf", "--pin", &SCHOOL.did()]);
    assert_eq!((ran.code, ran.out.starts_with("Accepted. Every check passed.")), (0, true), "{}{}", ran.out, ran.err);
    let ran = holder.run(&["verify", "progress.pdf"]);
    assert_eq!((ran.code, ran.err.contains("There is no badge in this PDF")), (2, true), "{}", ran.err);
    assert_eq!(holder.run(&["trust", "remove", &SCHOOL.did()]).code, 0);
    holder.run(&["show", "1", "--pdf", "other.pdf"]).failed(
        2,
        "stapel: “Basiszorg verlenen” is not printed, since it is not accepted today: <school> is not known here: no trust list at hand vouches for it. That says nothing against it.\n  \
         → see all checks with: stapel show, without --pdf\n",
    );
    assert!(!holder.path("other.pdf").exists());
    let ran = holder.run(&["bundle", "1", "2", "--title", "Zorg", "--out", "b.json", "--pdf", "b.pdf"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let note = "Not on the sheet, since it is not accepted today: “Basiszorg verlenen”\n";
    assert!(ran.err.contains(note), "{}", ran.err);
    let bundle = ["bundle", "basiszorg", "--title", "Zorg", "--out", "c.json", "--pdf", "c.pdf"];
    holder.run(&bundle).failed(
        2,
        "stapel: none of the chosen badges is accepted today, so there is nothing to print; nothing was written\n  \
         → see all checks with: stapel show; or give the bundle without --pdf\n",
    );
    assert!(!holder.path("c.json").exists() && !holder.path("c.pdf").exists());
}

#[test]
fn a_question_is_answered_with_the_least_and_checked_by_who_asked() {
    let holder = ready();
    let asked = holder.file("question.json", r#"{"ask":{"part":"zorg-1"}}"#);
    let more = holder.file("more.json", r#"{"ask":{"award":null}}"#);
    let present = |question: &str, out: &str| {
        holder.run(&["present", "--answer", question, "--to", "e.example", "--challenge", "c", "--out", out])
    };
    let ran = present(&asked, "answer.json");
    assert_eq!((ran.code, ran.out.as_str()), (0, "Written: answer.json\n"), "{}", ran.err);
    assert_eq!(
        ran.err,
        "This leaves, for e.example, and holds until 22 November 2026 at 10:10 (Dutch time):\n  \
         • programme “Zorg (illustratief)” (2026)\n  \
         • badge “Basiszorg verlenen” of ROC Voorbeeld (illustratief)\n  \
         • the plan: which badge counts for what\n\
         Each badge leaves whole, as its issuer signed it: single facts cannot be hidden. Your DID goes along: <holder>\n\
         An answer stands alone: answers to several questions do not add up, since one badge may be in all of them.\n"
    );
    let school = SCHOOL.did();
    let verify = |question: &str, language: &str| {
        let audience = ["--domain", "e.example", "--challenge", "c", "--question", question, "--lang", language];
        holder.run(&[&["verify", "answer.json", "--pin", &school], &audience[..]].concat())
    };
    let alone =
        "An answer stands alone: answers to several questions do not add up, since one badge may be in all of them.";
    let good = verify(&asked, "en");
    assert_eq!(good.code, 0, "{}", good.out);
    let head = format!("It satisfies your question, with 1 badge or decision.\n{alone}\n\nPresentation: Accepted.");
    assert!(good.out.starts_with(&head), "{}", good.out);
    let other = verify(&more, "en");
    assert_eq!(other.code, 1, "{}", other.out);
    let head = format!("It does not satisfy your question: its plan answers something else.\n{alone}\n\n");
    assert!(other.out.starts_with(&head), "{}", other.out);
    assert!(verify(&asked, "nl").out.starts_with("Het voldoet aan uw vraag, met 1 bewijs of besluit.\n"));
    let own = holder.run(&["verify", "answer.json", "--pin", &school, "--json"]).json();
    assert_eq!(own["documents"][0]["question"]["of"], "holder");
    assert_eq!(own["documents"][0]["question"]["result"]["answer"], "satisfied");
    present(&more, "none.json").failed(
        1,
        "stapel: this wallet cannot answer the question: 1 of 2 requirements are met\n  → see what is missing with: stapel progress PROGRAMME\n",
    );
    let outcome = holder.file(
        "outcome.json",
        r#"{"ask":{"outcome":{"outcome":"https://roc.example/achievements/tuin-1","fits":{"minimumLevel":"NLQF 4"}}}}"#,
    );
    present(&outcome, "none.json").failed(
        1,
        "stapel: no badge in this wallet answers the question; “Tuinieren” comes closest: It states no level, and NLQF 4 is asked.\n",
    );
    assert!(!holder.path("none.json").exists());
    let wrong = holder.file("wrong.json", r#"{"ask":{"part":1}}"#);
    let ran = present(&wrong, "none.json");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.starts_with("stapel: the question cannot be read: "), "{}", ran.err);
}

#[test]
fn an_exemption_is_asked_for_granted_and_counted() {
    let holder = ready();
    let school = SCHOOL.did();
    let request = |more: &[&str]| {
        let asked = ["exemption", "request", "--programme", "zorg", "--part", "zorg-2", "--evidence", "tuinieren"];
        holder.run(&[&asked[..], &["--to", &school, "--out", "request.json"], more].concat())
    };
    let ran = request(&["--basis", "prior-learning", "--note", "Tien jaar ervaring"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "Written: request.json\n"), "{}", ran.err);
    assert_eq!(
        ran.err,
        "This leaves, for <school>, without an end:\n  \
         • badge “Tuinieren” of Groenbedrijf (illustratief)\n  \
         • the request for an exemption from zorg-2\n  \
         • your note: Tien jaar ervaring\n\
         Each badge leaves whole, as its issuer signed it: single facts cannot be hidden. Your DID goes along: <holder>\n\
         Only the examination board decides; what it grants you keep with: stapel receive\n"
    );
    let verified = holder.run(&["verify", "request.json", "--pin", &STRANGER.did(), "--domain", &school]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    assert!(
        verified.out.starts_with(
            "Request for an exemption from zorg-2\nProgramme: https://roc.example/programmes/zorg, edition 2026 ("
        ),
        "{}",
        verified.out
    );
    assert!(verified.out.contains(
        ")\nBasis: prior-learning\nNote of the holder: Tien jaar ervaring\nIt grants nothing: only the examination board decides.\n\nPresentation: "
    ));
    let assessed = request(&["--assessment", "--force", "--lang", "nl"]);
    assert!(assessed.err.contains("  • het verzoek om beoordeling van zorg-2\n"), "{}", assessed.err);
    request(&["--force", "--part", "zorg-9"])
        .failed(2, "stapel: https://roc.example/programmes/zorg has no part \"zorg-9\"\n");
    let kept = fs::read_to_string(holder.path("programme.json")).unwrap();
    let decision = json!({
        "@context": stapel_credential::context::document_contexts(),
        "id": "urn:uuid:5d6f5f0e-64c1-4c0f-9c8e-0a4f4ad0c003",
        "type": ["VerifiableCredential", "ExemptionDecisionCredential"],
        "issuer": { "id": school, "name": "Examencommissie (illustratief)" },
        "validFrom": "2026-11-20T00:00:00Z",
        "credentialSubject": { "id": holder.did, "exemption": {
            "programme": "https://roc.example/programmes/zorg", "edition": "2026",
            "digest": stapel_proof::jcs::digest_text(&kept).unwrap(),
            "parts": ["zorg-2"], "basis": "prior-learning",
        } },
    });
    let file = holder.file("decision.json", &SCHOOL.sign::<ExemptionSubject>(&decision));
    let received = holder.run(&["receive", &file]);
    assert_eq!(received.code, 0, "{}{}", received.out, received.err);
    let listed = holder.run(&["list"]);
    assert!(listed.out.contains("\n\nExemptions\n1  zorg-2  Examencommissie (illustratief)  "), "{}", listed.out);
    assert_eq!(holder.run(&["progress", "zorg", "--json"]).json()["progress"]["complete"], true);
}

#[test]
fn an_award_record_is_kept_and_listed_with_its_diploma() {
    let holder = ready();
    let plan = holder.command().args(["progress", "zorg", "--json"]).output().unwrap().stdout;
    let plan: Value = serde_json::from_slice(&plan).unwrap();
    let record = json!({
        "id": "urn:uuid:30000000-0000-4000-8000-000000000001", "type": "AwardRecord", "holder": holder.did,
        "awardedDate": "2026-07-01T00:00:00Z", "plan": plan["plan"],
        "planDigest": stapel_credential::Digest::of(b"plan"), "counted": [], "documents": [], "evidence": {},
    })
    .to_string();
    let mut diploma = badge(&holder.did);
    diploma["id"] = json!("urn:uuid:0b7cfb54-4f0e-4f0c-a3c1-8f2d2f7a9e13");
    diploma["credentialSubject"]["achievement"]["id"] = json!("https://roc.example/achievements/diploma");
    diploma["credentialSubject"]["achievement"]["name"] = json!("Diploma Zorg");
    diploma["relatedResource"] = json!([{
        "id": "urn:uuid:30000000-0000-4000-8000-000000000001",
        "digestSRI": stapel_proof::jcs::digest_text(&record).unwrap(),
    }]);
    let (record, diploma) = (holder.file("record.json", &record), holder.file("diploma.json", &SCHOOL.badge(&diploma)));
    let early = holder.run(&["receive", &record]);
    assert_eq!(early.code, 1);
    assert!(early.err.ends_with("  → keep the diploma first, with: stapel receive FILE\n"), "{}", early.err);
    assert_eq!(holder.run(&["receive", &diploma]).code, 0);
    holder.run(&["receive", &record]).gave(
        0,
        "“Award record of Diploma Zorg” is kept.\nAccepted. Every check passed.\n  ✓ Structure  It is a document of the kind AwardRecord.\n",
    );
    let listed = holder.run(&["list", "--lang", "nl"]);
    assert!(listed.out.ends_with("\n\nToekenningsdossiers\n1  Diploma Zorg  1 juli 2026\n"), "{}", listed.out);
    assert_eq!(holder.run(&["list", "--json"]).json()["awardRecords"][0]["diploma"], "Diploma Zorg");
    let present = ["present", "diploma", "--to", "e.example", "--challenge", "c", "--out", "-"];
    let without = holder.run(&present);
    assert!(!without.out.contains("AwardRecord") && !without.err.contains("award record"), "{}", without.err);
    let along = holder.run(&[&present[..], &["--with-award-records"]].concat());
    assert!(
        along.err.contains("  • an award record, which names everything that counted for the diploma\n"),
        "{}",
        along.err
    );
}

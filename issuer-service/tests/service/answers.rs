//! Is an award counted again on the page, is an answer kept on paper, and what is known of who issued it?

use std::fs;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use stapel_credential::{AchievementCredential, Digest, ExemptionDecisionCredential};
use stapel_did::did_key;
use stapel_keys::SigningKey;
use stapel_report::Language;
use stapel_report::pdf::MAX_ATTACHED;

use crate::board::{Scene, badge_by, sign};
use crate::http::ask;
use crate::school::{School, now};
use crate::verifier::{Verifier, badge_of, multipart, states};

/// A diploma and its record, signed by the school for two exemptions; and the id of the decision.
fn awarded(school: &School, scene: &Scene<'_>) -> (String, String, String) {
    let decision = scene.granted(&["p1", "p2"]);
    let (_, plan) = scene.propose("registrar", &decision, &["p1", "p2"]);
    assert_eq!(scene.approve("board", &plan, &[]).code, 0);
    let [out, record] = ["diploma.json", "record.json"].map(|name| school.path(name).to_str().unwrap().to_owned());
    let signed = school.run_as("signer", &["award", "sign", &plan, "--out", &out, "--record-out", &record]);
    assert_eq!(signed.code, 0, "{signed:?}");
    let decision = ExemptionDecisionCredential::parse(&decision).unwrap().id.to_string();
    (fs::read_to_string(out).unwrap(), fs::read_to_string(record).unwrap(), decision)
}

#[test]
fn an_award_is_counted_again_from_its_record_and_later_revocations_stand_beside_it() {
    let school = School::new();
    let _serving = school.serve();
    let scene = Scene::new(&school);
    let (diploma, record, decision) = awarded(&school, &scene);
    let verifier = Verifier::trusting(&school);
    let page = |language: &str, files: &[(&str, &str)]| {
        let fields: Vec<_> = files.iter().map(|(name, text)| ("file", Some(*name), text.as_bytes())).collect();
        verifier.page(language, &fields).body
    };

    let alone = page("nl", &[("diploma.json", &diploma)]);
    assert_eq!(states(&alone), ["accepted"]);
    assert!(!alone.contains("nagerekend"), "{alone}");
    let both = page("nl", &[("dossier.json", &record), ("diploma.json", &diploma)]);
    assert_eq!(states(&both), ["accepted"], "the record is no document of its own: {both}");
    assert!(both.contains("Nagerekend naar") && both.contains("en het klopt"), "{both}");
    assert!(both.contains("Meegeteld:") && !both.contains("Later beëindigd"), "{both}");
    let english = page("en", &[("record.json", &record), ("diploma.json", &diploma)]);
    assert!(english.contains("Recounted as of") && english.contains("and it holds"), "{english}");

    let answer = verifier.api(format!("[{diploma}, {record}]").as_bytes()).json();
    assert_eq!(answer["documents"].as_array().unwrap().len(), 1, "{answer}");
    verifier.assert_as_described("Answers", &answer);
    let award = &answer["documents"][0]["awards"][0];
    assert_eq!((&award["outcome"], &award["recount"]["progress"]["complete"]), (&json!("accepted"), &json!(true)));

    // The PDF carries the record too: the award is counted again from it alone.
    let wanted = [("Accept", "application/pdf")];
    let list = format!("[{diploma}, {record}]");
    let pdf = ask(verifier.port, "POST", "/api/verify", &wanted, list.as_bytes());
    let of_the_pdf = verifier.api(&pdf.bytes).json();
    assert_eq!(of_the_pdf["documents"][0]["awards"], answer["documents"][0]["awards"], "{of_the_pdf}");
    assert!(of_the_pdf["documents"][0]["awards"][0]["recount"].is_object(), "{of_the_pdf}");
    // A record that is altered is not the one that the diploma names, and counts nothing.
    let altered = record.replace("EC-2026-9", "EC-2026-8").replace("2026", "2027");
    assert_ne!(altered, record);
    let page_of = page("nl", &[("diploma.json", &diploma), ("dossier.json", &altered)]);
    assert_eq!(states(&page_of), ["accepted", "undecided"], "{page_of}");
    let lone = page("nl", &[("dossier.json", &record)]);
    assert_eq!(states(&lone), ["undecided"]);
    assert!(lone.contains("Bied het aan samen met het diploma"), "{lone}");

    let ended = school.run_as("board", &["revoke", &decision, "--reason", "vergissing"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let later = Verifier::trusting(&school);
    let fields = [("file", Some("d.json"), diploma.as_bytes()), ("file", Some("r.json"), record.as_bytes())];
    let page = later.page("nl", &fields).body;
    assert_eq!(states(&page), ["remarks"], "{page}");
    assert!(page.contains("Later beëindigd; dat neemt niets weg van wat toen is toegekend"), "{page}");
    let answer = later.api(format!("[{diploma}, {record}]").as_bytes()).json();
    later.assert_as_described("Answers", &answer);
    assert_eq!(answer["outcome"], "accepted-with-remarks", "{answer}");
    assert_eq!(answer["documents"][0]["awards"][0]["recount"]["later"][0]["credential"]["id"], decision.as_str());
}

#[test]
fn a_coach_sees_the_progress_that_a_learner_shows_until_the_time_that_she_named() {
    let school = School::new();
    let _serving = school.serve();
    let scene = Scene::new(&school);
    let [shown, unshown] = [&["p1"], &["p2"]].map(|parts| scene.granted(parts));
    let [shown_id, unshown_id] =
        [&shown, &unshown].map(|decision| ExemptionDecisionCredential::parse(decision).unwrap().id.to_string());
    let verifier = Verifier::trusting(&school);
    let (now, hour) = (now(), Duration::from_hours(1));
    let until = now.after(hour * 24);
    let for_a_day = scene.presentation_until(&shown, &["p1"], (now, until));

    let page = verifier.pasted("nl", &for_a_day);
    assert_eq!(states(&page), ["remarks"], "{page}");
    let said = format!("De houder laat het zien tot {}; vraag het daarna opnieuw.", Language::Nl.minute_of(until));
    assert!(page.contains(&said), "{said}: {page}");
    assert!(page.contains("class=\"tower\""), "{page}");
    // She named nobody: nobody is told to look for a name in it, but how to be sure whose it is.
    assert!(page.contains("De houder maakte dit voor niemand in het bijzonder."), "{page}");
    assert!(!page.contains("De houder zelf laat het zien"), "it may have been passed on: {page}");
    assert!(!page.contains("uw naam") && page.contains("href=\"verify/ask?lang=nl\">Stel eerst een vraag"), "{page}");
    let english = verifier.pasted("en", &for_a_day);
    let said = format!("The holder shows it until {}; ask again after that.", Language::En.minute_of(until));
    assert!(english.contains(&said), "{said}: {english}");
    // What counts is recomputed, and of the rest nothing is known here.
    let answer = verifier.api(for_a_day.as_bytes()).json();
    verifier.assert_as_described("Answers", &answer);
    let (answer, told) = (&answer["documents"][0], answer.to_string());
    assert_eq!(answer["progress"]["complete"], false, "{answer}");
    assert!(told.contains(&shown_id) && !told.contains(&unshown_id) && !page.contains(&unshown_id), "{told}");
    let because = "\"because\":\"valid-until-proof-ends\"";
    assert!(told.contains(because), "{told}");

    let ended = scene.presentation_until(&shown, &["p1"], (now.before(hour * 2), now.before(hour)));
    let page = verifier.pasted("nl", &ended);
    assert_eq!(states(&page), ["refused"], "{page}");
    assert!(
        page.contains("De handtekening was geldig tot")
            && page.contains("Vraag de houder om het opnieuw te laten zien"),
        "{page}"
    );
}

/// Name and value of the fields that a page carries to be checked again.
fn again(page: &str) -> Vec<(String, String)> {
    let of = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!("{name}=\"")).unwrap().1;
        rest.split('"').next().unwrap().to_owned()
    };
    let tags = page.split("<input type=\"hidden\"").skip(1).map(|rest| rest.split('>').next().unwrap());
    let fields = tags.map(|tag| (of(tag, "name"), of(tag, "value")));
    fields.filter(|(name, _)| ["source", "document"].contains(&name.as_str())).collect()
}

#[test]
fn an_answer_is_checked_again_from_its_page_and_kept_as_a_pdf_that_carries_the_document() {
    let school = School::new();
    let _serving = school.serve();
    let badge = badge_of(&school);
    let verifier = Verifier::trusting(&school);
    let page = verifier.page("nl", &[("file", Some("cijferlijst <1>.json"), badge.as_bytes())]).body;
    let fields = again(&page);
    let [(source, _), (document, value)] = fields.as_slice() else { panic!("{fields:?}") };
    assert_eq!((source.as_str(), document.as_str()), ("source", "document"));
    assert_eq!(STANDARD.decode(value).unwrap(), badge.as_bytes(), "letter by letter");
    let sent = [("source", None, b"klas.json".as_slice()), ("document", None, value.as_bytes())];
    let once_more = verifier.page("en", &sent).body;
    assert_eq!(states(&once_more), ["accepted"]);
    assert!(once_more.contains("Genuine and still valid") && once_more.contains("klas.json"), "{once_more}");
    let broken = verifier.page("nl", &[("document", None, b"no base64".as_slice())]);
    assert_eq!(broken.status, 400);

    // What is no document is there when the page is sent again, too.
    let mixed: [(&str, Option<&str>, &[u8]); 4] = [
        ("file", Some("leeg.json"), b""),
        ("file", Some("brief.txt"), b"hello"),
        ("file", Some("kapot.json"), b"{\"type\": "),
        ("file", Some("goed.json"), badge.as_bytes()),
    ];
    let page = verifier.page("nl", &mixed).body;
    let wanted = ["undecided", "undecided", "refused", "accepted"];
    assert_eq!(states(&page), wanted, "{page}");
    assert!(page.contains("Dit bestand is leeg.") && page.contains("Geen badge gevonden"), "{page}");
    let fields = again(&page);
    let sent: Vec<(&str, Option<&str>, &[u8])> =
        fields.iter().map(|(name, value)| (name.as_str(), None, value.as_bytes())).collect();
    let once_more = verifier.page("nl", &sent).body;
    assert_eq!(states(&once_more), wanted, "{once_more}");
    assert!(once_more.contains("Dit bestand is leeg.") && once_more.contains("leeg.json"), "{once_more}");

    let (kind, body) = multipart(&sent);
    for (language, name) in [("nl", "uitslag.pdf"), ("en", "outcome.pdf")] {
        let path = format!("/verify/report.pdf?lang={language}");
        let pdf = ask(verifier.port, "POST", &path, &[("Content-Type", &kind)], &body);
        assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")));
        let disposition = format!("attachment; filename=\"{name}\"");
        assert_eq!(pdf.header("content-disposition"), Some(disposition.as_str()));
        assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
        // What was checked is in the file, so that anybody can check it again.
        let of_the_pdf = verifier.page("nl", &[("file", Some(name), &pdf.bytes)]).body;
        assert_eq!(states(&of_the_pdf), ["accepted"], "{of_the_pdf}");
    }
    let headers = [("Accept", "application/pdf"), ("Accept-Language", "nl")];
    let pdf = ask(verifier.port, "POST", "/api/verify", &headers, badge.as_bytes());
    assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")));
    let refused = ask(verifier.port, "POST", "/api/verify", &headers, badge.replace("Toont", "Toonde").as_bytes());
    assert!(refused.bytes.starts_with(b"%PDF-1.7"), "a refusal is worth keeping, too");
}

#[test]
fn the_pdf_of_several_documents_carries_them_all_and_of_too_many_none() {
    let verifier = Verifier::start(&["--offline"]);
    let key = SigningKey::generate().unwrap();
    let badges: Vec<String> = (0..MAX_ATTACHED)
        .map(|at| sign(&key, badge_by(&key, "did:example:learner", &format!("p{at}"))).text().to_owned())
        .collect();
    let headers = [("Accept", "text/html;q=0.1, Application/PDF ; q=0.9")];
    let pdf_of = |badges: &[String]| {
        let list = format!("[{}]", badges.join(","));
        let pdf = ask(verifier.port, "POST", "/api/verify", &headers, list.as_bytes());
        assert_eq!(pdf.header("content-type"), Some("application/pdf"), "{}", pdf.body);
        pdf.bytes
    };
    let again = |pdf: &[u8]| ask(verifier.port, "POST", "/api/verify", &[], pdf).json();
    for count in [2, MAX_ATTACHED] {
        let told = again(&pdf_of(&badges[..count]));
        let documents = told["documents"].as_array().unwrap();
        let kinds: Vec<&str> = documents.iter().map(|one| one["document"].as_str().unwrap()).collect();
        assert_eq!(kinds, vec!["badge"; count], "{told}");
    }
    // The same file twice is in it once.
    assert_eq!(again(&pdf_of(&[badges[0].clone(), badges[0].clone()]))["documents"].as_array().unwrap().len(), 1);
    // Of a file that is handed in again one sees which was which, and where it can be checked.
    let two = [("file", Some("Sanne.json"), badges[0].as_bytes()), ("file", Some("Piet é.json"), badges[1].as_bytes())];
    let (kind, body) = multipart(&two);
    let pdf = ask(verifier.port, "POST", "/verify/report.pdf?lang=nl", &[("Content-Type", &kind)], &body);
    let page = verifier.page("nl", &[("file", Some("uitslag.pdf"), &pdf.bytes)]).body;
    for name in ["<h2>uitslag.pdf › 01 Sanne.json</h2>", "<h2>uitslag.pdf › 02 Piet _.json</h2>"] {
        assert!(page.contains(name), "{name}: {page}");
    }
    let more = sign(&key, badge_by(&key, "did:example:learner", "one-more")).text().to_owned();
    let none = again(&pdf_of(&[badges, vec![more]].concat()));
    assert!(none["documents"][0]["error"].as_str().unwrap().contains("no badge is attached"), "{none}");
}

pub(crate) const LOGO: &[u8] = include_bytes!("../../../fixtures/images/dot.png");

#[test]
fn the_name_and_the_logo_of_an_issuer_are_claims_until_a_trust_list_confirms_them() {
    let school = School::new();
    let _serving = school.serve();
    let company = SigningKey::generate().unwrap();
    let of_company = did_key(&company.verifying_key()).to_string();
    let mut content = badge_by(&company, "did:example:learner", "p1");
    let picture = format!("data:image/png;base64,{}", STANDARD.encode(LOGO));
    let image = json!({ "id": picture, "type": "Image" });
    content.issuer.image = Some(serde_json::from_value(image).unwrap());
    let badge = sign(&company, content).text().to_owned();

    let pinned = Verifier::start(&["--pin", &of_company]).pasted("nl", &badge);
    assert_eq!(states(&pinned), ["accepted"]);
    assert!(pinned.contains(&picture) && pinned.contains("niemand bevestigt het"), "{pinned}");
    let unknown = Verifier::start(&["--offline"]).pasted("nl", &badge);
    assert!(unknown.contains("niemand bevestigt het"), "{unknown}");

    let listed = |logo: &str| {
        let csv = format!("did,name,kind,from,logo\n{of_company},Bedrijf BV,employer,2020-01-01,{logo}\n");
        let (file, out) = (school.write("list.csv", &csv), school.path(&format!("list-{}.json", logo.len())));
        let out = out.to_str().unwrap();
        let made = school
            .run_as("admin", &["trust-list", "make", file.to_str().unwrap(), "--name", "Bedrijven", "--out", out]);
        assert_eq!(made.code, 0, "{made:?}");
        let (did, port) = (school.did(), school.port.to_string());
        Verifier::start(&["--trust", out, "--anchor", &did, "--dev-loopback", &port]).pasted("nl", &badge)
    };
    let known = listed(&Digest::of(LOGO).to_string());
    assert_eq!(states(&known), ["accepted"]);
    assert!(known.contains("Logo, bevestigd door de vertrouwenslijst “Bedrijven”"), "{known}");
    assert!(known.contains("volgens de vertrouwenslijst “Bedrijven”: Bedrijf BV"), "it claims another name: {known}");
    assert!(listed("").contains("niemand bevestigt het"));
}

/// Nothing is fetched for a picture, and nothing but a picture is shown.
#[test]
fn a_picture_elsewhere_is_not_shown() {
    let company = SigningKey::generate().unwrap();
    for address in ["https://tracker.example/logo.png", "data:image/x-icon;base64,AAAA"] {
        let mut content = badge_by(&company, "did:example:learner", "p1");
        content.issuer.image = Some(serde_json::from_value::<_>(json!({ "id": address, "type": "Image" })).unwrap());
        let badge = sign::<AchievementCredential>(&company, content).text().to_owned();
        let page = Verifier::start(&["--offline"]).pasted("en", &badge);
        assert!(!page.contains("<figure") && !page.contains(&format!("src=\"{address}")), "{page}");
    }
}

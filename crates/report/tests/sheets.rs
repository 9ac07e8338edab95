//! Do the printed sheets say just what they should, to people and to screen readers?

mod support;

use stapel_report::Language;
use stapel_report::pdf::{CertificateHead, bundle_sheet, certificate, progress_sheet};
use support::pictures::{LINK, chen, full, head, sheets};
use support::{michelle, printed};

#[test]
fn every_sheet_says_exactly_this() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/sheets/");
    assert_eq!(sheets().len(), 8);
    for (name, bytes) in sheets() {
        let path = format!("{folder}{}", name.replace(".pdf", ".txt"));
        let said = printed::text(&bytes);
        if std::env::var_os("STAPEL_BLESS").is_some() {
            std::fs::write(&path, &said).unwrap();
        }
        assert_eq!(said, std::fs::read_to_string(&path).unwrap(), "{name}: STAPEL_BLESS=1 writes it again");
    }
}

#[test]
fn the_same_facts_make_the_same_bytes() {
    for ((name, once), (_, again)) in sheets().into_iter().zip(sheets()) {
        assert!(once == again, "{name}");
    }
}

#[test]
fn every_page_says_what_the_sheet_is_not() {
    let said = |bytes: Vec<u8>, sentence: &str| {
        for page in printed::pages(&bytes) {
            assert!(page.iter().any(|line| line.text == sentence), "{sentence} is not on {page:?}");
        }
    };
    let (bundle, badges) = chen();
    let badges: Vec<_> = badges.iter().collect();
    said(
        progress_sheet(&michelle(), &head("Michelle"), Language::En),
        "This shows progress; it is no diploma or certificate.",
    );
    said(
        certificate(&full(), &CertificateHead { holder: None, code: Some(LINK), signed: None }, Language::En).unwrap(),
        "A printed page proves at most the badge, never who shows it.",
    );
    said(
        bundle_sheet(&bundle, &badges, &head("Chen"), Language::En),
        "The holder put this bundle together. It is no diploma or certificate and claims no qualification.",
    );
    for (name, bytes) in sheets() {
        match name {
            "answer-nl.pdf" => {
                said(bytes, "Wat de controle op dat moment uitwees. Dit blad is geen bewijs: controleer opnieuw.");
            }
            "answer-en.pdf" => {
                said(bytes, "What the check came to at that moment. This sheet is no proof: check again.");
            }
            _ => {}
        }
    }
}

#[test]
fn the_documents_go_with_their_answers_each_once() {
    let sheets = sheets();
    let answers: Vec<_> = sheets.iter().filter(|(name, _)| name.starts_with("answer")).collect();
    assert_eq!(answers.len(), 2);
    for (name, bytes) in answers {
        let text = printed::text(bytes);
        assert!(text.contains("https://verifier.example/verify"), "{name} does not say where: {text}");
        let raw = String::from_utf8_lossy(bytes);
        let names: Vec<&str> = raw.split("/F(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert_eq!(names, ["01 medicatie.json", "02 medicatie.json", "03 medicatie.json"], "{name}");
        assert_eq!(raw.matches("/Type/EmbeddedFile/").count(), 3, "{name}");
    }
}

#[test]
fn every_sheet_tells_its_title_its_language_and_its_structure() {
    for (name, bytes) in sheets() {
        let pdf = hayro_syntax::Pdf::new(bytes.clone()).unwrap();
        assert!(pdf.metadata().title.as_ref().is_some_and(|title| title.len() > 10), "{name}");
        assert_eq!(pdf.metadata().creation_date, None, "{name}: no clock");
        let raw = String::from_utf8_lossy(&bytes);
        let language = if name.contains("-nl") { "/Lang(nl)" } else { "/Lang(en)" };
        for each in [language, "/Marked true", "/DisplayDocTitle true", "/StructTreeRoot", "/ParentTree", "/S/H1"] {
            assert!(raw.contains(each), "{name} has no {each}");
        }
    }
}

#[test]
fn a_phone_reads_the_code_on_a_certificate() {
    let sheet =
        certificate(&full(), &CertificateHead { holder: None, code: Some(LINK), signed: None }, Language::Nl).unwrap();
    assert_eq!(printed::code(&sheet), LINK);
}

#[test]
fn the_badge_goes_with_its_certificate_as_it_was_signed() {
    for (signed, name) in [("{\"a\": \"één\\n)\"}", "badge.json"), ("eyJ.e30.c2ln", "badge.jwt")] {
        let head = CertificateHead { signed: Some(signed), ..CertificateHead::default() };
        let sheet = certificate(&full(), &head, Language::Nl).unwrap();
        let items = stapel_intake::open(&sheet);
        assert_eq!(items.len(), 1);
        assert!(
            matches!(&items[0].content, Ok(stapel_intake::Content::Document(text)) if text == signed),
            "{:?}",
            items[0].content
        );
        assert_eq!(printed::attached(&sheet), [(name.to_owned(), signed.as_bytes().to_vec())]);
    }
    let bare = certificate(&full(), &CertificateHead::default(), Language::Nl).unwrap();
    assert!(printed::attached(&bare).is_empty());
}

#[test]
fn a_certificate_without_a_code_says_what_it_proves() {
    let text = printed::text(
        &certificate(&full(), &CertificateHead { holder: None, code: None, signed: None }, Language::Nl).unwrap(),
    );
    assert!(!text.contains("met deze code"), "{text}");
    assert_eq!(text.matches("Een afdruk bewijst hoogstens de badge, nooit wie hem laat zien.").count(), 2, "{text}");
    assert!(!text.contains("naam zoals de houder die opgeeft"), "{text}");
}

#[test]
fn too_long_a_code_is_refused() {
    let error = certificate(
        &full(),
        &CertificateHead { holder: None, code: Some(&"a".repeat(3000)), signed: None },
        Language::Nl,
    )
    .unwrap_err();
    assert_eq!(error.to_string(), "a text of 3000 bytes does not fit into a QR code");
}

#[test]
fn a_sheet_is_small_enough_to_send() {
    for (name, bytes) in sheets() {
        assert!(bytes.len() < 100_000, "{name}: {} bytes", bytes.len());
    }
}

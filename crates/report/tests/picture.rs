//! Is the picture of a badge well-formed, does everything fit in it, and is it safe against hostile names?

mod support;

use roxmltree::{Document, Node};
use stapel_credential::AchievementCredential;
use stapel_report::{Language, badge_picture};
use support::pictures::full;

fn named(name: &str, issuer: &str) -> AchievementCredential {
    let mut badge = full();
    name.clone_into(&mut badge.credential_subject.achievement.name);
    badge.issuer.name = Some(issuer.to_owned());
    badge
}

fn lines<'a>(picture: &'a Document<'_>) -> Vec<&'a str> {
    picture.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect()
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

#[test]
fn a_badge_shows_its_name_its_issuer_and_its_day() {
    let badge = named("Basiszorg verlenen", "ROC Voorbeeld");
    for (language, day) in [(Language::Nl, "1 juli 2026"), (Language::En, "1 July 2026")] {
        let picture = badge_picture(&badge, language);
        assert_eq!(picture, badge_picture(&badge, language), "the same badge, the same picture");
        let document = Document::parse(&picture).unwrap();
        let root = document.root_element();
        assert!(root.has_tag_name(("http://www.w3.org/2000/svg", "svg")));
        assert_eq!(lines(&document).concat(), format!("Basiszorg verlenenROC Voorbeeld{day}"));
        let told = |tag| root.children().find(|node| node.has_tag_name(tag)).and_then(|node| node.text());
        assert_eq!(told("title"), Some("Basiszorg verlenen"));
        assert_eq!(told("desc"), Some(format!("ROC Voorbeeld, {day}").as_str()));
    }
}

#[test]
fn everything_fits_however_long_it_is() {
    let long =
        "Ondersteunen bij de persoonlijke basiszorg en rapporteren over veranderingen in de gezondheid ".repeat(4);
    let word = "Zorgverzekeringsmaatschappijmedewerkersopleiding".repeat(3);
    for (name, issuer) in [("Ja", "R"), (&long, &long), (&word, &word), ("", ""), ("漢字".repeat(60).as_str(), "A")] {
        let picture = badge_picture(&named(name, issuer), Language::Nl);
        let document = Document::parse(&picture).unwrap();
        let texts: Vec<Node<'_, '_>> = document.descendants().filter(|node| node.has_tag_name("text")).collect();
        assert!(texts.len() <= 8, "{picture}");
        let mut below = 132.0;
        for text in texts {
            let (y, size) = (number(text, "y"), number(text, "font-size"));
            assert!(y - size >= below - size * 0.45, "no line stands on another: {picture}");
            assert!(y < 400.0 - 4.0, "it stands in the picture: {picture}");
            below = y;
        }
    }
}

#[test]
fn a_hostile_name_stays_a_name() {
    let hostile = "</text></svg><script>alert(1)</script>\" ' & ]]> \u{202E}\u{7}\u{FFFE}";
    let picture = badge_picture(&named(hostile, hostile), Language::En);
    let document = Document::parse(&picture).unwrap();
    let tags: Vec<&str> = document.descendants().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
    for tag in tags {
        assert!(["svg", "title", "desc", "rect", "path", "circle", "text"].contains(&tag), "{tag}");
    }
    assert!(!picture.contains("href") && !picture.contains("url("));
    assert!(!picture.contains('\u{202E}') && !picture.contains('\u{7}'));
}

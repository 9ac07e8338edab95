//! Does a picture get an answer, and does what is baked into it come out, with a second reader agreeing?
#![no_main]

use libfuzzer_sys::fuzz_target;
use roxmltree::{Document, ParsingOptions};
use stapel_bake::{BakeError, Format, MAX_TEXT_BYTES, bake, extract};

const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
const JSON: &str = "{\"a\":\"]]>\r\n<!-- &amp; é\"}";

fuzz_target!(|bytes: &[u8]| {
    let found = extract(bytes);
    if let Ok(found) = &found {
        assert!(found.text.len() <= MAX_TEXT_BYTES && !found.text.is_empty());
        assert_eq!(found.text.trim(), found.text);
        if found.format == Format::Svg {
            agrees(bytes, &found.text);
        }
    }
    let sound = matches!(found, Ok(_) | Err(BakeError::NoBadge { .. } | BakeError::OlderBadge { .. }));
    let Ok(baked) = bake(bytes, JSON) else {
        // But for one that has as many attributes or namespaces as are read.
        let attributes = bytes.iter().filter(|byte| **byte == b'=').count();
        assert!(!sound || attributes >= 128, "a sound picture takes a badge");
        return;
    };
    let again = extract(&baked).expect("what was baked comes out");
    assert_eq!(again.text, JSON);
    assert_eq!(bake(&baked, JSON).expect("a sound picture"), baked, "twice is once");
    if again.format == Format::Svg {
        agrees(&baked, JSON);
    }
    let jws = bake(&baked, "a.b.c").expect("a sound picture");
    assert_eq!(extract(&jws).expect("what was baked comes out").text, "a.b.c");
    assert_eq!(bake(&jws, JSON).expect("a sound picture"), baked);
});

/// Where a second XML reader reads the picture at all, it finds the same, once.
fn agrees(picture: &[u8], expected: &str) {
    let text = std::str::from_utf8(picture).expect("an SVG is UTF-8");
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    // XML 1.0 §2.11 before anything else; roxmltree takes "\r&#10;" for one end of a line.
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n");
    let Ok(document) = Document::parse_with_options(&text, options) else { return };
    let mut badges = document.descendants().filter(|node| node.has_tag_name((NAMESPACE, "credential")));
    let badge = badges.next().expect("the badge");
    assert!(badges.next().is_none());
    assert_eq!(badge.parent(), Some(document.root_element()));
    let said: String = badge.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
    assert_eq!(badge.attribute("verify").unwrap_or(&said).trim(), expected);
}

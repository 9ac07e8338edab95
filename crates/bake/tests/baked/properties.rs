//! What goes in comes out, twice is once, and the rest stays, whatever is baked into whatever.

use proptest::prelude::*;
use stapel_bake::{bake, extract};

use crate::pictures::{badge, chunk, decoded, deflated, end, header, itxt, pixels, png};

/// A JSON object by its shape, with whatever XML and PNG could trip over.
fn credential() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        Just("]]>".to_owned()),
        Just("\r\n".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("&amp;<openbadges:credential/>".to_owned()),
    ];
    let json = proptest::collection::vec(piece, 0..6).prop_map(|pieces| format!("{{{}}}", pieces.concat()));
    prop_oneof![4 => json, 1 => "[A-Za-z0-9_-]{1,40}\\.[A-Za-z0-9_-]{1,40}\\.[A-Za-z0-9_-]{1,40}"]
}

/// Chunks that may stand before or after the pixels; badges among them.
fn chunks() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let data = proptest::collection::vec(any::<u8>(), 0..40);
    let each = prop_oneof![
        data.prop_map(|data| chunk(b"prVt", &data)),
        "[A-Za-z]{1,20}".prop_map(|text| itxt("Comment", [0, 0], text.as_bytes())),
        "\\PC{0,20}".prop_map(|text| itxt("Software", [1, 0], &deflated(text.as_bytes()))),
        Just(chunk(b"tEXt", b"openbadges\0https://badges.example/1")),
        credential().prop_map(|text| badge(&text)),
    ];
    proptest::collection::vec(each, 0..5)
}

fn not_ours(chunk: &[u8]) -> bool {
    !chunk[8..].starts_with(b"openbadgecredential\0")
}

/// Pieces of an SVG; badges among them.
fn pieces() -> impl Strategy<Value = String> {
    let each = prop_oneof![
        "[ -%'-;=?-~é–]{0,10}",
        Just("<g a=\"1\"><path d='M0 0'/></g>".to_owned()),
        Just("<!-- <openbadges:credential/> -->".to_owned()),
        Just("<text><![CDATA[</svg><openbadges:credential>]]>&#65;</text>".to_owned()),
        Just("<o:credential xmlns:o='https://purl.imsglobal.org/ob/v3p0' verify='a.b.c'/>".to_owned()),
        Just("<g><credential xmlns='https://purl.imsglobal.org/ob/v3p0'>{}</credential></g>".to_owned()),
    ];
    proptest::collection::vec(each, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_baked_into_a_png_comes_out_and_the_rest_stays(before in chunks(), after in chunks(), one in credential(), other in credential()) {
        let picture = png(&[&[header()], &before[..], &[pixels()], &after[..], &[end()]].concat());
        let baked = bake(&picture, &one).unwrap();
        let kept = |chunks: &[Vec<u8>]| chunks.iter().filter(|chunk| not_ours(chunk)).cloned().collect::<Vec<_>>();
        let expected = png(&[&[header()], &kept(&before)[..], &[badge(one.trim()), pixels()], &kept(&after)[..], &[end()]].concat());
        prop_assert_eq!(&baked, &expected);
        prop_assert_eq!(extract(&baked).unwrap().text, one.trim());
        prop_assert_eq!(&bake(&baked, &one).unwrap(), &baked);
        prop_assert_eq!(bake(&bake(&picture, &other).unwrap(), &one).unwrap(), baked);
    }

    #[test]
    fn what_is_baked_into_a_png_is_found_by_another_decoder(before in chunks(), one in credential()) {
        let sound = before.into_iter().filter(|chunk| not_ours(chunk));
        let picture = png(&std::iter::once(header()).chain(sound).chain([pixels(), end()]).collect::<Vec<_>>());
        let (pixels, texts) = decoded(&bake(&picture, &one).unwrap());
        prop_assert_eq!(pixels, decoded(&picture).0);
        let ours: Vec<_> = texts.into_iter().filter(|(keyword, _)| keyword == "openbadgecredential").collect();
        prop_assert_eq!(ours, [("openbadgecredential".to_owned(), one.trim().to_owned())]);
    }

    #[test]
    fn what_is_baked_into_an_svg_comes_out_and_another_reader_finds_the_same(
        inside in pieces(),
        root in prop_oneof![Just(""), Just(" xmlns:openbadges='http://openbadges.org'"), Just("\n xmlns:openbadges = \"https://purl.imsglobal.org/ob/v3p0\" ")],
        one in credential(),
        other in credential(),
    ) {
        let picture = format!("<?xml version=\"1.0\"?>\n<svg xmlns='http://www.w3.org/2000/svg'{root}>{inside}</svg>\n");
        let baked = bake(picture.as_bytes(), &one).unwrap();
        prop_assert_eq!(extract(&baked).unwrap().text, one.trim());
        prop_assert_eq!(&bake(&baked, &one).unwrap(), &baked);
        prop_assert_eq!(&bake(&bake(picture.as_bytes(), &other).unwrap(), &one).unwrap(), &baked);
        let text = String::from_utf8(baked).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let badges: Vec<_> = document.descendants().filter(|node| node.has_tag_name(("https://purl.imsglobal.org/ob/v3p0", "credential"))).collect();
        prop_assert_eq!(badges.len(), 1);
        let said: String = badges[0].children().filter_map(|child| child.text()).collect();
        let said = badges[0].attribute("verify").map_or(said, str::to_owned);
        prop_assert_eq!(said.trim(), one.trim());
        prop_assert!(text.ends_with("</svg>\n"));
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "[<>a-z/ =':!\\[\\]&;-]{0,80}") {
        let _ = extract(&bytes);
        let _ = extract(&png(&[bytes]));
        if extract(format!("<svg>{text}</svg>").as_bytes()).is_ok() {
            prop_assert!(text.contains("credential"));
        }
    }
}

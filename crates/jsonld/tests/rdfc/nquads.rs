//! The parser of N-Quads: what it takes, and what it refuses with a place.

use stapel_jsonld::nquads::{MAX_BYTES, MAX_STATEMENTS, NQuadsError, parse};
use stapel_jsonld::{WorkLimit, canonicalize};

fn canonical(text: &str) -> String {
    canonicalize(&parse(text).unwrap().dataset, &WorkLimit::default()).unwrap().into_text()
}

fn refused(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn space_comments_and_empty_lines_say_nothing() {
    let text =
        "# first\r\n\r\n \t<urn:ex:s>\t<urn:ex:p><urn:ex:o>. # last\n<urn:ex:s><urn:ex:p>\"\\u00E9\"@nl-NL<urn:ex:g>.";
    assert_eq!(canonical(text), "<urn:ex:s> <urn:ex:p> \"é\"@nl-NL <urn:ex:g> .\n<urn:ex:s> <urn:ex:p> <urn:ex:o> .\n");
}

#[test]
fn labels_of_blank_nodes_end_before_the_full_stop() {
    let parsed = parse("_:a.b <urn:ex:p> _:0é-·.\n_:a.b <urn:ex:p> _:a.b _:g .").unwrap();
    assert_eq!(parsed.labels, ["a.b", "0é-·", "g"]);
    assert_eq!(parsed.dataset.quads().len(), 2);
}

#[test]
fn escapes_in_literals_end_no_literal() {
    assert_eq!(canonical(r#"<urn:a> <urn:p> "\\" ."#), "<urn:a> <urn:p> \"\\\\\" .\n");
    assert_eq!(canonical(r#"<urn:a> <urn:p> "\\\" . " ."#), "<urn:a> <urn:p> \"\\\\\\\" . \" .\n");
    assert_eq!(canonical(r#"<urn:a> <urn:p> "\U0001F303\t" ."#), "<urn:a> <urn:p> \"🌃\\t\" .\n");
}

#[test]
fn a_string_says_no_datatype() {
    let text = "<urn:a> <urn:p> \"x\"^^<http://www.w3.org/2001/XMLSchema#string> .\n<urn:a> <urn:p> \"x\" .";
    assert_eq!(canonical(text), "<urn:a> <urn:p> \"x\" .\n");
}

#[test]
fn what_is_no_n_quads_is_refused_with_its_place() {
    for (text, sentence) in [
        ("x", "line 1, column 1: a subject (an IRI or a blank node) was expected"),
        ("\r\n\r\n\"x\" <urn:p> <urn:o> .", "line 3, column 1: a subject (an IRI or a blank node) was expected"),
        ("<urn:a> _:p <urn:o> .", "line 1, column 9: a predicate (an absolute IRI) was expected"),
        ("<urn:a> <urn:p> .", "line 1, column 17: an object was expected"),
        ("<urn:a> <urn:p> <urn:o>", "line 1, column 24: a graph or a full stop was expected"),
        ("<urn:a> <urn:p> <urn:o> \"g\" .", "line 1, column 25: a graph or a full stop was expected"),
        ("<urn:a> <urn:p> <urn:o> <urn:g>", "line 1, column 32: a full stop was expected"),
        ("<urn:a> <urn:p> <urn:o> . <urn:a>", "line 1, column 27: the end of the line was expected"),
        ("<urn:a> <urn:p> <urn:o\n> .", "line 1, column 17: the > that ends an IRI was expected"),
        ("<urn:a b> <urn:p> <urn:o> .", "line 1, column 1: an IRI without spaces and without <>\"{}|^`\\ was expected"),
        (
            "<urn:\\u003e> <urn:p> <urn:o> .",
            "line 1, column 1: an IRI without spaces and without <>\"{}|^`\\ was expected",
        ),
        ("<a/b> <urn:p> <urn:o> .", "line 1, column 1: an absolute IRI was expected"),
        ("<:b> <urn:p> <urn:o> .", "line 1, column 1: an absolute IRI was expected"),
        ("<1a:b> <urn:p> <urn:o> .", "line 1, column 1: an absolute IRI was expected"),
        ("<urn:\\n> <urn:p> <urn:o> .", "line 1, column 1: an escape that N-Quads knows was expected"),
        ("_:. <urn:p> <urn:o> .", "line 1, column 3: the label of a blank node was expected"),
        ("_:- <urn:p> <urn:o> .", "line 1, column 3: the label of a blank node was expected"),
        ("<urn:a> <urn:p> \"x .", "line 1, column 18: the quotation mark that ends a literal was expected"),
        ("<urn:a> <urn:p> \"\\x\" .", "line 1, column 18: an escape that N-Quads knows was expected"),
        ("<urn:a> <urn:p> \"\\u12\" .", "line 1, column 18: an escape with the number of a character was expected"),
        ("<urn:a> <urn:p> \"\\u+123\" .", "line 1, column 18: an escape with the number of a character was expected"),
        ("<urn:a> <urn:p> \"\\uD800\" .", "line 1, column 18: an escape with the number of a character was expected"),
        (
            "<urn:a> <urn:p> \"\\U00110000\" .",
            "line 1, column 18: an escape with the number of a character was expected",
        ),
        ("<urn:a> <urn:p> \"x\"@ .", "line 1, column 21: a language tag was expected"),
        ("<urn:a> <urn:p> \"x\"@e1 .", "line 1, column 21: a language tag was expected"),
        ("<urn:a> <urn:p> \"x\"@en--ltr .", "line 1, column 21: a language tag was expected"),
        ("<urn:a> <urn:p> \"x\"^^_:b .", "line 1, column 22: a datatype (an absolute IRI) was expected"),
    ] {
        assert_eq!(refused(text), sentence, "{text}");
    }
}

#[test]
fn no_more_is_read_than_the_caps_allow() {
    assert_eq!(parse(&" ".repeat(MAX_BYTES + 1)).unwrap_err(), NQuadsError::TooLong { bytes: MAX_BYTES + 1 });
    assert!(parse(&" ".repeat(MAX_BYTES)).is_ok());
    let line = "<urn:a> <urn:p> <urn:o> .\n";
    assert!(parse(&line.repeat(MAX_STATEMENTS)).is_ok());
    assert_eq!(parse(&line.repeat(MAX_STATEMENTS + 1)).unwrap_err(), NQuadsError::TooMany);
}

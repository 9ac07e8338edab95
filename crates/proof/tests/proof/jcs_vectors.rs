//! Does JCS write what RFC 8785 and its vectors write?

use stapel_credential::json::{self, Json, JsonError};
use stapel_proof::jcs;

use crate::support::vectors;

#[test]
fn the_jcs_vectors_come_out_byte_for_byte() {
    let Some(folder) = vectors("jcs") else { return };
    for name in ["arrays", "french", "structures", "unicode", "values", "weird"] {
        let read = |path: String| std::fs::read_to_string(folder.join(path)).unwrap();
        let input = read(format!("input/{name}.json"));
        let canonical = jcs::canonicalize(&json::parse(&input).unwrap());
        assert_eq!(canonical, read(format!("output/{name}.json")), "{name}");
        let hex: Vec<String> = canonical.bytes().map(|byte| format!("{byte:02x}")).collect();
        let expected = read(format!("outhex/{name}.txt"));
        assert_eq!(hex, expected.split_whitespace().collect::<Vec<_>>(), "{name}");
        let again = json::parse(&canonical).unwrap();
        assert_eq!(jcs::canonicalize(&again), canonical, "{name}: canonical text is its own canonical text");
    }
}

fn canonical(text: &str) -> String {
    jcs::canonicalize(&json::parse(text).unwrap())
}

/// RFC 8785 Appendix B, the numbers that JSON can write, and the neighbours of the safe integers.
#[test]
fn numbers_are_written_as_ecmascript_writes_them() {
    for (written, expected) in [
        ("-0", "0"),
        ("-0.0", "0"),
        ("0e0", "0"),
        ("5e-324", "5e-324"),
        ("-5e-324", "-5e-324"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("-1.7976931348623157e308", "-1.7976931348623157e+308"),
        ("9007199254740992", "9007199254740992"),
        ("-9007199254740992", "-9007199254740992"),
        ("9.999999999999997e22", "9.999999999999997e+22"),
        ("1e23", "1e+23"),
        ("1.0000000000000001e23", "1.0000000000000001e+23"),
        ("1e21", "1e+21"),
        ("9.999999999999997e-7", "9.999999999999997e-7"),
        ("0.000001", "0.000001"),
        ("333333333.3333332", "333333333.3333332"),
        ("333333333.33333325", "333333333.33333325"),
        ("333333333.3333334", "333333333.3333334"),
        ("-0.0000033333333333333333", "-0.0000033333333333333333"),
        ("1424953923781206.2", "1424953923781206.2"),
        ("2.50", "2.5"),
        ("1E2", "100"),
    ] {
        assert_eq!(canonical(written), expected, "{written}");
    }
}

/// The numbers of RFC 8785 Appendix B that are written as integers beyond 2^53: a reader takes them in no spelling, since what
/// is written could not be read again.
#[test]
fn a_double_that_is_written_as_an_integer_beyond_two_to_the_53_is_written_but_never_read() {
    for (number, written) in [
        (295_147_905_179_352_830_000.0, "295147905179352830000"),
        (999_999_999_999_999_700_000.0, "999999999999999700000"),
        (999_999_999_999_999_900_000.0, "999999999999999900000"),
    ] {
        assert_eq!(jcs::canonicalize(&Json::Number(number)), written);
        for text in [written.to_owned(), format!("{written}.0"), format!("{written}e0")] {
            assert!(matches!(json::parse(&text), Err(JsonError::UnsafeInteger { .. })), "{text}");
        }
    }
}

#[test]
fn a_number_beyond_every_double_is_refused() {
    assert!(matches!(json::parse("1e400"), Err(JsonError::Syntax { .. })));
}

#[test]
fn only_what_must_be_escaped_is_escaped() {
    assert_eq!(
        canonical(r#""\u0000\u001f\u007f\/\"\\\b\f\n\r\t\u00e9\ud83d\ude00""#),
        "\"\\u0000\\u001f\u{7f}/\\\"\\\\\\b\\f\\n\\r\\té😀\""
    );
}

#[test]
fn a_lone_surrogate_is_no_text() {
    for text in [r#""\ud83d""#, r#""\ude00\ud83d""#, r#"{"\ud83d":1}"#] {
        assert!(matches!(json::parse(text), Err(JsonError::Syntax { .. })), "{text}");
    }
}

#[test]
fn texts_that_look_alike_stay_different() {
    assert_ne!(canonical("\"\u{e9}\""), canonical("\"e\u{301}\""), "no normalisation: RFC 8785 §3.2.2.2");
}

#[test]
fn members_are_sorted_by_utf16_at_every_depth() {
    assert_eq!(
        canonical("{\"\u{fb33}\":1,\"\u{1f600}\":{\"b\":1,\"a\":2},\"\":0,\"1\":[{\"z\":1,\"y\":2}],\"10\":3,\"2\":4}"),
        "{\"\":0,\"1\":[{\"y\":2,\"z\":1}],\"10\":3,\"2\":4,\"\u{1f600}\":{\"a\":2,\"b\":1},\"\u{fb33}\":1}"
    );
}

#[test]
fn the_digest_of_a_text_does_not_depend_on_its_spelling() {
    let spellings = ["{\"a\":1,\"b\":\"é\"}", " { \"b\" : \"\\u00e9\", \"a\" : 1.0 } "];
    let [first, second] = spellings.map(|text| jcs::digest_text(text).unwrap());
    assert_eq!(first, second);
    assert_eq!(first.to_string(), "sha256-Ca2f0vtkjLL2IUEhWCjqAKYsKZ2wXSCqmt4vUnowHMY=");
    assert!(jcs::digest_text("{\"a\":1,\"a\":1}").is_err());
}

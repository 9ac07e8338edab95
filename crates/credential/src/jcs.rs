//! Which bytes stand for this JSON value? The JSON Canonicalization Scheme, RFC 8785.

use std::fmt::Write as _;

use crate::digest::Digest;
use crate::json::{self, Json, JsonError, Object};
use sha2::{Digest as _, Sha256};

/// The canonical text of a value (RFC 8785 §3.2).
pub fn canonicalize(value: &Json<'_>) -> String {
    let mut text = String::with_capacity(4096);
    write_value(value, &mut text);
    text
}

/// The canonical text of an object.
pub fn canonicalize_object(object: &Object<'_>) -> String {
    canonicalize_members(object.iter().map(|(name, value)| (name, Member::Value(value))))
}

/// What stands in a member.
#[derive(Debug, Clone, Copy)]
pub enum Member<'v, 'a> {
    /// This value.
    Value(&'v Json<'a>),
    /// The value of which this is the canonical text.
    Written(&'v str),
}

/// The canonical text of an object with these members alone, in the order given: [`Object::iter`] gives the canonical one.
pub fn canonicalize_members<'v, 'a: 'v>(members: impl Iterator<Item = (&'v str, Member<'v, 'a>)>) -> String {
    let mut text = String::with_capacity(8192);
    write_members(members, &mut text);
    text
}

/// SHA-256 over the canonical text: what a digest of a document is throughout.
pub fn digest(value: &Json<'_>) -> Digest {
    Digest::from_bytes(sha256(canonicalize(value).as_bytes()))
}

/// The digest of a document in text.
///
/// # Errors
/// [`JsonError`] when the text is not strict JSON of at most [`json::MAX_COLLECTION_BYTES`].
pub fn digest_text(text: &str) -> Result<Digest, JsonError> {
    json::parse_within(text, json::MAX_COLLECTION_BYTES).map(|value| digest(&value))
}

/// SHA-256 (FIPS 180-4) of these bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn write_value(value: &Json<'_>, text: &mut String) {
    match value {
        Json::Null => text.push_str("null"),
        Json::Bool(true) => text.push_str("true"),
        Json::Bool(false) => text.push_str("false"),
        // RFC 8785 §3.2.2.3: numbers are written as ECMAScript writes them. The parser lets no infinity in.
        Json::Number(number) => text.push_str(ryu_js::Buffer::new().format(*number)),
        Json::String(string) => write_string(string, text),
        Json::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_value(item, text);
            }
            text.push(']');
        }
        Json::Object(object) => {
            write_members(object.iter().map(|(name, value)| (name, Member::Value(value))), text);
        }
    }
}

fn write_members<'v, 'a: 'v>(members: impl Iterator<Item = (&'v str, Member<'v, 'a>)>, text: &mut String) {
    text.push('{');
    for (index, (name, value)) in members.enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_string(name, text);
        text.push(':');
        match value {
            Member::Value(value) => write_value(value, text),
            Member::Written(written) => text.push_str(written),
        }
    }
    text.push('}');
}

/// RFC 8785 §3.2.2.2: only quotation mark, reverse solidus and control characters are escaped.
fn write_string(string: &str, text: &mut String) {
    text.push('"');
    let mut rest = string;
    while let Some(at) = find_escaped(rest) {
        let (plain, tail) = rest.split_at(at);
        text.push_str(plain);
        let mut characters = tail.chars();
        match characters.next() {
            Some('"') => text.push_str("\\\""),
            Some('\\') => text.push_str("\\\\"),
            Some('\u{8}') => text.push_str("\\b"),
            Some('\t') => text.push_str("\\t"),
            Some('\n') => text.push_str("\\n"),
            Some('\u{c}') => text.push_str("\\f"),
            Some('\r') => text.push_str("\\r"),
            Some(control) => {
                // Writing to a String cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(control));
            }
            None => {}
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    text.push('"');
}

/// Where the first byte stands that is escaped. Nearly no text has one, so that is asked first, of eight bytes at once.
fn find_escaped(text: &str) -> Option<usize> {
    let is_escaped = |byte: &u8| matches!(byte, 0..0x20 | b'"' | b'\\');
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk() else { return bytes.iter().position(is_escaped) };
    let (eights, _) = bytes.as_chunks();
    if eights.iter().any(|eight| has_escaped(*eight)) || has_escaped(*last) {
        bytes.iter().position(is_escaped)
    } else {
        None
    }
}

/// Whether one of these bytes is escaped: a byte below 0x20, or one that comes to nothing when its bits are taken away
/// ("Determine if a word has a byte less than n", Anderson, Bit Twiddling Hacks).
fn has_escaped(eight: [u8; 8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let word = u64::from_ne_bytes(eight);
    let less = |word: u64, than: u8| word.wrapping_sub(ONES * u64::from(than)) & !word;
    let is = |byte: u8| less(word ^ (ONES * u64::from(byte)), 1);
    (less(word, 0x20) | is(b'"') | is(b'\\')) & HIGH != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_second_implementation_writes_the_same(value in any_json()) {
            let text = serde_json::to_string(&value).unwrap();
            let ours = canonicalize(&json::parse(&text).unwrap());
            proptest::prop_assert_eq!(ours, serde_json_canonicalizer::to_string(&value).unwrap());
        }
    }

    #[test]
    fn whatever_byte_stands_wherever_in_a_text_is_escaped_as_it_should_be() {
        for byte in 0..0x80_u8 {
            for length in 1..20 {
                for at in 0..length {
                    let text: String = (0..length).map(|n| if n == at { char::from(byte) } else { 'é' }).collect();
                    let tree = Json::String(text.as_str().into());
                    assert_eq!(canonicalize(&tree), serde_json_canonicalizer::to_string(&text).unwrap());
                }
            }
        }
    }

    fn any_json() -> impl proptest::strategy::Strategy<Value = serde_json::Value> {
        use proptest::prelude::*;
        use serde_json::Value;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-9_007_199_254_740_992_i64..=9_007_199_254_740_992).prop_map(Value::from),
            any::<f64>()
                .prop_filter("finite, and not written as an integer beyond 2^53", |number| {
                    number.is_finite() && !(9_007_199_254_740_992.0..1e21).contains(&number.abs())
                })
                .prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 64, 8, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }
}

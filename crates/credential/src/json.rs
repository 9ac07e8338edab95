//! What does this JSON text say, strictly? Duplicate members, deep nesting and unsafe integers are errors that name the place.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;

use serde::de::DeserializeSeed as _;

mod objects;
mod plain;
mod reading;

use objects::Objects;
pub(crate) use objects::from_str;
use plain::{plain, plain_with_place};
use reading::{Path, Seed};

/// The largest single document that is read, in bytes.
pub const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;
/// The largest presentation or dossier that is read, in bytes; each document inside stays under [`MAX_DOCUMENT_BYTES`].
pub const MAX_COLLECTION_BYTES: usize = 32 * 1024 * 1024;
/// The deepest nesting of arrays and objects that is read.
pub const MAX_DEPTH: usize = 64;
/// Integers beyond this are not the same number in every JSON implementation (RFC 7493 §2.2).
const MAX_SAFE_INTEGER: u64 = 1 << 53;
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// One JSON value. Strings without escapes borrow from the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Every JSON number is an IEEE 754 double (RFC 8785 §3.2.2.3).
    Number(f64),
    /// A string, unescaped.
    String(Cow<'a, str>),
    /// An array, in the order received.
    Array(Vec<Json<'a>>),
    /// An object without duplicate members.
    Object(Object<'a>),
}

/// The members of a JSON object, unique, in the order of their UTF-16 code units (RFC 8785 §3.2.3).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Json<'a> {
    /// The member of this object, if this is an object that has it.
    pub fn find(&self, name: &str) -> Option<&Json<'a>> {
        match self {
            Json::Object(object) => object.find(name),
            _ => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// The object, if this is one.
    pub fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    /// A single value as a list of one, an array as its items: JSON-LD lets both stand in most places.
    pub fn as_items(&self) -> &[Json<'a>] {
        match self {
            Json::Array(items) => items,
            other => std::slice::from_ref(other),
        }
    }
}

impl<'a> Object<'a> {
    /// The value of the member `name`.
    pub fn find(&self, name: &str) -> Option<&Json<'a>> {
        let at = self.0.binary_search_by(|(key, _)| utf16_order(key, name)).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// The members in canonical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// Takes the member out and gives its value.
    pub fn remove(&mut self, name: &str) -> Option<Json<'a>> {
        let at = self.0.binary_search_by(|(key, _)| utf16_order(key, name)).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Sets the member, in its canonical place.
    pub fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: Json<'a>) {
        let name = name.into();
        match self.0.binary_search_by(|(key, _)| utf16_order(key, &name)) {
            Ok(at) => {
                if let Some(member) = self.0.get_mut(at) {
                    member.1 = value;
                }
            }
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// RFC 8785 §3.2.3: names are ordered by UTF-16 code units. That is the order of their UTF-8 bytes, but where a character
/// beyond the basic plane meets one of U+E000 to U+FFFF.
pub fn utf16_order(left: &str, right: &str) -> Ordering {
    match left.bytes().zip(right.bytes()).find(|(l, r)| l != r) {
        None => left.len().cmp(&right.len()),
        Some((l, r)) if l < 0xEE || r < 0xEE => l.cmp(&r),
        Some(_) => left.encode_utf16().cmp(right.encode_utf16()),
    }
}

/// Why a JSON text was refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// Over the cap.
    #[error("the document has {actual} bytes; at most {limit} are read")]
    TooLarge {
        /// The size received, in bytes.
        actual: usize,
        /// The cap, in bytes.
        limit: usize,
    },
    /// Nested too deep.
    #[error("{path}: nested deeper than {MAX_DEPTH} levels")]
    TooDeep {
        /// The JSON path of the value.
        path: String,
    },
    /// A member stands twice: which one was signed, which one is read?
    #[error("{path}: the member stands twice in its object")]
    DuplicateMember {
        /// The JSON path of the member.
        path: String,
    },
    /// An integer that implementations round differently.
    #[error("{path}: the integer {value} is beyond 2^53 and would be rounded")]
    UnsafeInteger {
        /// The JSON path of the number.
        path: String,
        /// The number as written.
        value: String,
    },
    /// Not JSON at all.
    #[error("not JSON: {message}")]
    Syntax {
        /// What the parser says, with line and column.
        message: String,
    },
    /// JSON, but not of the shape that was asked for.
    #[error("{path}: {message}")]
    Shape {
        /// The JSON path of the value.
        path: String,
        /// What was expected and what stands there.
        message: String,
    },
}

/// Reads one document of at most [`MAX_DOCUMENT_BYTES`].
///
/// # Errors
/// [`JsonError`] for text over the caps, duplicate members, integers beyond 2^53, and anything that is not JSON.
pub fn parse(text: &str) -> Result<Json<'_>, JsonError> {
    parse_within(text, MAX_DOCUMENT_BYTES)
}

/// Reads one document of at most `limit` bytes.
///
/// # Errors
/// As [`parse`].
pub fn parse_within(text: &str, limit: usize) -> Result<Json<'_>, JsonError> {
    if text.len() > limit {
        return Err(JsonError::TooLarge { actual: text.len(), limit });
    }
    let (found, large) = (RefCell::new(None), Cell::new(false));
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // Our own cap is lower than serde_json's 128, so its recursion guard stays on.
    let seed = Seed { path: Path::Root, depth: 0, found: &found, large: &large };
    let tree =
        seed.deserialize(&mut deserializer).and_then(|tree| deserializer.end().map(|()| tree)).map_err(|error| {
            match found.take() {
                Some(found) => found,
                None => JsonError::Syntax { message: plain_with_place(&error.to_string()) },
            }
        })?;
    if large.get()
        && let Some(value) = long_integer(text)
    {
        return Err(JsonError::UnsafeInteger { path: "$".to_owned(), value });
    }
    Ok(tree)
}

/// The first integer of more than 18 digits outside strings, written without fraction and exponent.
fn long_integer(text: &str) -> Option<String> {
    let mut outside = String::with_capacity(text.len());
    let (mut inside, mut escaped) = (false, false);
    for character in text.chars() {
        match character {
            '"' if !escaped => inside = !inside,
            '\\' if inside && !escaped => {
                escaped = true;
                continue;
            }
            _ if !inside => outside.push(character),
            _ => {}
        }
        escaped = false;
    }
    outside
        .split(|character: char| !(character.is_ascii_alphanumeric() || "+-.".contains(character)))
        .find(|word| word.len() > 18 && word.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned)
}

/// Reads the text as `T`; a wrong type is an error that names its JSON path, and so is a list where `T` has an object. The text
/// must have passed [`parse`] before: this view alone does not see duplicate members.
///
/// # Errors
/// [`JsonError::Shape`] with the path.
pub fn view<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, JsonError> {
    if let Ok(value) = from_str(text) {
        return Ok(value);
    }
    // Only a failure pays for tracking the path.
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(Objects(&mut deserializer)).map_err(|error| {
        let path = match error.path().to_string() {
            path if path == "." => "$".to_owned(),
            path => format!("$.{path}"),
        };
        let message = error.inner().to_string();
        let message = plain(message.rsplit_once(" at line ").map_or(message.as_str(), |(head, _)| head));
        JsonError::Shape { path, message }
    })?;
    deserializer.end().map_err(|error| JsonError::Syntax { message: plain_with_place(&error.to_string()) })?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duplicate_member_is_an_error_that_names_its_path() {
        let error = parse(r#"{"a":[{"b":1,"c":2,"b":3}]}"#).unwrap_err();
        assert_eq!(error.to_string(), "$.a[0].b: the member stands twice in its object");
    }

    #[test]
    fn a_duplicate_hidden_by_an_escape_is_found() {
        let error = parse(r#"{"id":1,"\u0069d":2}"#).unwrap_err();
        assert_eq!(error.to_string(), "$.id: the member stands twice in its object");
    }

    #[test]
    fn integers_beyond_2_to_the_53_are_refused_in_every_spelling() {
        assert!(parse("[9007199254740992]").is_ok());
        for text in [
            "[9007199254740993]",
            "[-9007199254740993]",
            "[100000000000000000000001]",
            "[100000000000100000000.0]",
            "[1E20]",
        ] {
            assert!(matches!(parse(text), Err(JsonError::UnsafeInteger { .. })), "{text}");
        }
        assert!(parse("[1E30, 333333333.33333329]").is_ok());
    }

    #[test]
    fn nesting_over_the_cap_is_refused() {
        let deep = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
        assert!(parse(&deep).is_ok());
        let deeper = format!("{}{}", "[".repeat(MAX_DEPTH + 1), "]".repeat(MAX_DEPTH + 1));
        assert!(matches!(parse(&deeper), Err(JsonError::TooDeep { .. })));
        let hostile = "[".repeat(100_000);
        assert!(matches!(parse(&hostile), Err(JsonError::TooDeep { .. })));
    }

    #[test]
    fn text_over_the_cap_is_refused_before_it_is_read() {
        assert_eq!(parse_within("[1,2,3]", 3), Err(JsonError::TooLarge { actual: 7, limit: 3 }));
    }

    #[test]
    fn text_after_the_value_is_refused() {
        assert!(matches!(parse("{} x"), Err(JsonError::Syntax { .. })));
    }

    #[test]
    fn members_are_ordered_by_utf16_code_units() {
        let tree = parse("{\"\u{fb33}\":1,\"\u{1f600}\":2,\"a\":3}").unwrap();
        let names: Vec<&str> = tree.as_object().unwrap().iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "\u{1f600}", "\u{fb33}"]);
    }

    proptest::proptest! {
        #[test]
        fn the_fast_order_is_the_order_of_utf16(left: String, right: String) {
            proptest::prop_assert_eq!(utf16_order(&left, &right), left.encode_utf16().cmp(right.encode_utf16()));
        }
    }
}

//! Is this message JSON without doubt: not too large, not too deep, no member twice?

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};

use crate::OpenIdError;
use crate::words::printable;

/// The largest message that is read, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 256 * 1024;
/// The deepest nesting of arrays and objects that is read: 64 for a credential and some around it.
pub const MAX_DEPTH: usize = 72;

/// Reads a message strictly. `message` names it in errors.
pub(crate) fn parse<T: DeserializeOwned>(message: &'static str, bytes: &[u8]) -> Result<T, OpenIdError> {
    if bytes.len() > MAX_MESSAGE_BYTES {
        return Err(OpenIdError::TooLarge { message, actual: bytes.len() });
    }
    parse_of_any_size(message, bytes)
}

/// As [`parse`], where the caller has a cap of its own.
pub(crate) fn parse_of_any_size<T: DeserializeOwned>(message: &'static str, bytes: &[u8]) -> Result<T, OpenIdError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| OpenIdError::NotJson { message, reason: printable(&error.to_string()) })?;
    strict(message, text)?;
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    // Only a failure pays for tracking the path.
    let mut deserializer = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = match error.path().to_string() {
            path if path == "." => "$".to_owned(),
            path => printable(&format!("$.{path}")),
        };
        let reason = error.inner().to_string();
        let reason = printable(reason.rsplit_once(" at line ").map_or(reason.as_str(), |(head, _)| head));
        OpenIdError::Shape { message, path, reason }
    })
}

/// Writes a message. Types of this crate hold nothing that JSON cannot say.
pub(crate) fn write<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn strict(message: &'static str, text: &str) -> Result<(), OpenIdError> {
    let found = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = Seed { message, path: Path::Root, depth: 0, found: &found };
    seed.deserialize(&mut deserializer).and_then(|()| deserializer.end()).map_err(|error| {
        found.take().unwrap_or_else(|| OpenIdError::NotJson { message, reason: printable(&error.to_string()) })
    })
}

/// The way from the root to a value, kept on the stack: it costs nothing until an error names it.
#[derive(Clone, Copy)]
enum Path<'p> {
    Root,
    Member(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => f.write_str("$"),
            Path::Member(parent, name) => write!(f, "{parent}.{}", printable(name)),
            Path::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

struct Seed<'p> {
    message: &'static str,
    path: Path<'p>,
    depth: usize,
    found: &'p RefCell<Option<OpenIdError>>,
}

impl Seed<'_> {
    fn refuse<E: serde::de::Error>(&self, error: OpenIdError) -> E {
        let refusal = E::custom(&error);
        self.found.replace(Some(error));
        refusal
    }

    fn deeper<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth >= MAX_DEPTH {
            return Err(self.refuse(OpenIdError::TooDeep { message: self.message, path: self.path.to_string() }));
        }
        Ok(self.depth + 1)
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let (depth, mut index) = (self.deeper()?, 0);
        while seq
            .next_element_seed(Seed {
                message: self.message,
                path: Path::Item(&self.path, index),
                depth,
                found: self.found,
            })?
            .is_some()
        {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let depth = self.deeper()?;
        let mut names = std::collections::HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            let path = Path::Member(&self.path, &name);
            if names.contains(&name) {
                let path = path.to_string();
                return Err(self.refuse(OpenIdError::DuplicateMember { message: self.message, path }));
            }
            map.next_value_seed(Seed { message: self.message, path, depth, found: self.found })?;
            names.insert(name);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        parse::<serde_json::Value>("the message", text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_member_that_stands_twice_is_refused_with_its_path() {
        assert_eq!(refusal(r#"{"a":[{"b":1,"b":1}]}"#), "the message, $.a[0].b: the member stands twice in its object");
        assert_eq!(refusal(r#"{"b":1,"\u0062":2}"#), "the message, $.b: the member stands twice in its object");
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(parse::<serde_json::Value>("the message", deep(MAX_DEPTH).as_bytes()).is_ok());
        assert!(refusal(&deep(MAX_DEPTH + 1)).ends_with(": nested deeper than 72 levels"));
    }

    #[test]
    fn a_message_over_the_cap_is_refused_before_it_is_read() {
        assert_eq!(
            refusal(&" ".repeat(MAX_MESSAGE_BYTES + 1)),
            "the message has 262145 bytes; at most 262144 are read"
        );
    }

    #[test]
    fn what_is_not_json_is_refused() {
        assert_eq!(refusal("{} x"), "the message is not JSON: trailing characters at line 1 column 4");
        assert_eq!(refusal("<html>"), "the message is not JSON: expected value at line 1 column 1");
        let bytes = parse::<serde_json::Value>("the message", b"\"\xff\"").unwrap_err().to_string();
        assert_eq!(bytes, "the message is not JSON: invalid utf-8 sequence of 1 bytes from index 1");
    }
}

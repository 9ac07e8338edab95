//! How is a JSON value read strictly? The visitor behind [`super::parse`], which knows its place in the document.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

use super::{Json, JsonError, MAX_DEPTH, MAX_EXACT, MAX_SAFE_INTEGER, Object, utf16_order};

/// From here on ECMAScript, and so RFC 8785, writes numbers with an exponent.
const WRITTEN_WITH_EXPONENT: f64 = 1e21;

/// The way from the root to a value, kept on the stack: it costs nothing until an error names it.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    Root,
    Member(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => f.write_str("$"),
            Path::Member(parent, name) => write!(f, "{parent}.{name}"),
            Path::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

pub(super) struct Seed<'p> {
    pub(super) path: Path<'p>,
    pub(super) depth: usize,
    pub(super) found: &'p RefCell<Option<JsonError>>,
    /// The parser gives an integer beyond 64 bits as a double; then the text itself is searched for it.
    pub(super) large: &'p Cell<bool>,
}

impl Seed<'_> {
    fn refuse<E: serde::de::Error>(&self, error: JsonError) -> E {
        let refusal = E::custom(&error);
        self.found.replace(Some(error));
        refusal
    }

    fn deeper<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth >= MAX_DEPTH {
            return Err(self.refuse(JsonError::TooDeep { path: self.path.to_string() }));
        }
        Ok(self.depth + 1)
    }

    fn unsafe_integer<E: serde::de::Error>(&self, value: impl fmt::Display) -> E {
        self.refuse(JsonError::UnsafeInteger { path: self.path.to_string(), value: value.to_string() })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 2^53, which a double holds exactly")]
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Json<'de>, E> {
        if value > MAX_SAFE_INTEGER {
            return Err(self.unsafe_integer(value));
        }
        Ok(Json::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "at least -2^53, which a double holds exactly")]
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Json<'de>, E> {
        if value.unsigned_abs() > MAX_SAFE_INTEGER {
            return Err(self.unsafe_integer(value));
        }
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Json<'de>, E> {
        if value.abs() > MAX_EXACT && value.fract() == 0.0 {
            // RFC 8785 §3.2.2.3 writes it as an integer, which would be refused when it is read again.
            if value.abs() < WRITTEN_WITH_EXPONENT {
                return Err(self.unsafe_integer(value));
            }
            self.large.set(true);
        }
        Ok(Json::Number(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json<'de>, A::Error> {
        let depth = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Seed {
            path: Path::Item(&self.path, items.len()),
            depth,
            found: self.found,
            large: self.large,
        })? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let depth = self.deeper()?;
        let mut members: Vec<(Cow<'de, str>, Json<'de>)> = Vec::with_capacity(8);
        while let Some(Name(name)) = map.next_key()? {
            let value = map.next_value_seed(Seed {
                path: Path::Member(&self.path, &name),
                depth,
                found: self.found,
                large: self.large,
            })?;
            members.push((name, value));
        }
        members.sort_unstable_by(|(left, _), (right, _)| utf16_order(left, right));
        if let Some(name) = members.windows(2).find_map(|pair| match pair {
            [(first, _), (second, _)] if first == second => Some(first),
            _ => None,
        }) {
            let path = Path::Member(&self.path, name).to_string();
            return Err(self.refuse(JsonError::DuplicateMember { path }));
        }
        Ok(Json::Object(Object(members)))
    }
}

struct Name<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Name<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a member")
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(value)))
            }
            fn visit_str<E>(self, value: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(value.to_owned())))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}

//! How are the small pieces of a document read? Raw JSON, one value or a list, closed vocabularies, language tags.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// JSON kept as it was written, such as an endorsement; equal when its text is equal.
#[derive(Debug, Clone)]
pub struct RawJson(Box<RawValue>);

/// Why a text is not a word of a vocabulary or a language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// Neither in the enumeration of Open Badges nor an extension of it.
    #[error("{text:?} is not {what} of Open Badges 3.0; others are written ext:name")]
    UnknownWord {
        /// The text received, shortened.
        text: String,
        /// What the enumeration lists.
        what: &'static str,
    },
    /// Not a language tag.
    #[error("{text:?} is not a language tag such as nl or en-GB")]
    Language {
        /// The text received, shortened.
        text: String,
    },
    /// Not JSON.
    #[error("not JSON: {message}")]
    NotJson {
        /// What the parser says, with line and column.
        message: String,
    },
}

impl RawJson {
    /// Keeps the text, which must be one JSON value.
    ///
    /// # Errors
    /// [`TextError::NotJson`] for anything else.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        serde_json::from_str(text).map(Self).map_err(|error| TextError::NotJson { message: error.to_string() })
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RawJson {}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Self)
    }
}

/// A language as Open Badges writes it (`nl`, `en-GB`, `zh-Hant-TW`): a subset of BCP 47.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Reads a language tag: two to four small letters, perhaps a script (`Hant`), perhaps a region (`GB`, `419`).
    ///
    /// # Errors
    /// [`TextError::Language`] for anything else.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let all = |part: &str, holds: fn(&u8) -> bool| part.as_bytes().iter().all(holds);
        let language = |part: &str| (2..=4).contains(&part.len()) && all(part, u8::is_ascii_lowercase);
        let script = |part: &str| {
            part.len() == 4
                && part.starts_with(|first: char| first.is_ascii_uppercase())
                && part.get(1..).is_some_and(|rest| all(rest, u8::is_ascii_lowercase))
        };
        let region = |part: &str| {
            (part.len() == 2 && all(part, u8::is_ascii_uppercase)) || (part.len() == 3 && all(part, u8::is_ascii_digit))
        };
        let parts: Vec<&str> = text.split('-').collect();
        let holds = match parts.as_slice() {
            [first] => language(first),
            [first, second] => language(first) && (script(second) || region(second)),
            [first, second, third] => language(first) && script(second) && region(third),
            _ => false,
        };
        if holds { Ok(Self(text.to_owned())) } else { Err(TextError::Language { text: shortened(text) }) }
    }

    /// The tag as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::timestamp::as_text!(LanguageTag);

pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(120).collect()
}

/// Whether the text is an extension of an enumeration: `ext:` and a name (OB 3.0 schema: letters, digits, `.`, `-`, `_`).
pub(crate) fn is_extension_word(text: &str) -> bool {
    text.strip_prefix("ext:").is_some_and(|name| {
        name.len() <= 120
            && name.starts_with(|first: char| first.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    })
}

/// An enumeration of Open Badges that `ext:` words extend.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $what:literal, { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
            /// A word of somebody's own, with its `ext:`.
            Extension(String),
        }

        impl $name {
            /// Reads a word of the enumeration, or one that starts with `ext:`.
            ///
            /// # Errors
            /// [`TextError::UnknownWord`](crate::text::TextError::UnknownWord) for any other.
            pub fn parse(text: &str) -> Result<Self, crate::text::TextError> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    other if crate::text::is_extension_word(other) => Ok(Self::Extension(other.to_owned())),
                    other => Err(crate::text::TextError::UnknownWord {
                        text: crate::text::shortened(other),
                        what: $what,
                    }),
                }
            }

            /// The word as it stands in the document.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Extension(text) => text,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        crate::timestamp::as_text!($name);
    };
}
pub(crate) use vocabulary;

/// A list that JSON-LD lets stand as one value (JSON-LD 1.1 §4.3); `null` is a list without items. Written as a list.
pub mod one_or_many {
    use std::marker::PhantomData;

    use serde::de::{IntoDeserializer, MapAccess, SeqAccess, Visitor};

    use super::{Deserialize, Deserializer, MapAccessDeserializer, Serialize, Serializer, fmt};

    struct OneOrMany<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("one value or a list")
        }

        fn visit_unit<E>(self) -> Result<Vec<T>, E> {
            Ok(Vec::new())
        }

        fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Vec<T>, E> {
            T::deserialize(value.into_deserializer()).map(|one| vec![one])
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element()? {
                items.push(item);
            }
            Ok(items)
        }
    }

    /// Reads one value or a list.
    ///
    /// # Errors
    /// Those of the items, and "invalid type" for numbers and booleans.
    pub fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(OneOrMany(PhantomData))
    }

    /// Writes a list.
    ///
    /// # Errors
    /// Those of the items.
    pub fn serialize<S: Serializer, T: Serialize>(items: &[T], serializer: S) -> Result<S::Ok, S::Error> {
        items.serialize(serializer)
    }
}

/// As [`one_or_many`], but a single item is written bare: the OB schema wants the `type` of some objects so.
pub mod one_bare_or_many {
    use super::{Serialize, Serializer};

    pub use super::one_or_many::deserialize;

    /// Writes one item bare, several as a list.
    ///
    /// # Errors
    /// Those of the items.
    pub fn serialize<S: Serializer, T: Serialize>(items: &[T], serializer: S) -> Result<S::Ok, S::Error> {
        match items {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }
}

/// As [`one_or_many`], for values that read from JSON text alone: [`RawJson`] and contexts.
pub mod raw_one_or_many {
    use serde::de::{DeserializeOwned, Error};

    use super::{Deserialize, Deserializer, RawJson};
    use crate::json;

    pub use super::one_or_many::serialize;

    /// Reads one value or a list.
    ///
    /// # Errors
    /// Those of the items.
    pub fn deserialize<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
        let raw = RawJson::deserialize(deserializer)?;
        match raw.as_str().as_bytes().first() {
            Some(b'[') => json::from_str(raw.as_str()),
            Some(b'n') => Ok(Vec::new()),
            _ => json::from_str(raw.as_str()).map(|one| vec![one]),
        }
        .map_err(D::Error::custom)
    }
}

//! How is it called? A name or description: a text, or the same in several languages (VC Data Model 2.0 §4.6 and §11.1).

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::json;
use crate::text::RawJson;

/// A name or a description: a text, a language value object, or a list of those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label(Vec<LanguageValue>);

/// A text in one language (VC Data Model 2.0 §11.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageValue {
    /// The text.
    #[serde(rename = "@value")]
    pub value: String,
    /// Its language (BCP 47).
    #[serde(rename = "@language", default, deserialize_with = "language")]
    pub language: Option<String>,
    /// In which direction it is written.
    #[serde(rename = "@direction", default)]
    pub direction: Option<Direction>,
}

/// The base direction of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Label {
    /// The text in that language, else the first.
    pub fn text(&self, language: &str) -> &str {
        let in_language = |value: &&LanguageValue| {
            value
                .language
                .as_ref()
                .is_some_and(|tag| tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(language)))
        };
        self.0.iter().find(in_language).or_else(|| self.0.first()).map_or("", |value| value.value.as_str())
    }

    /// The texts, in their order.
    pub fn values(&self) -> &[LanguageValue] {
        &self.0
    }
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let tag = String::deserialize(deserializer)?;
    // BCP 47 §2.1: subtags of one to eight letters and digits, the first of letters alone.
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    let holds = (1..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if holds { Ok(Some(tag)) } else { Err(D::Error::custom(format!("{tag:?} is not a language tag such as nl"))) }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawJson::deserialize(deserializer)?;
        let one = |text: &str| match text.as_bytes().first() {
            Some(b'"') => json::from_str(text).map(|value| LanguageValue { value, language: None, direction: None }),
            _ => json::from_str::<LanguageValue>(text),
        };
        let text = raw.as_str();
        let values = if text.starts_with('[') {
            let items: Vec<RawJson> = json::from_str(text).map_err(D::Error::custom)?;
            items.iter().map(|item| one(item.as_str())).collect::<Result<Vec<_>, _>>()
        } else {
            one(text).map(|value| vec![value])
        }
        .map_err(D::Error::custom)?;
        if values.is_empty() {
            return Err(D::Error::custom("a name or description without any text"));
        }
        Ok(Self(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_text_or_language_values_and_nothing_else() {
        for good in [
            r#""Dog""#,
            r#"{"@value": "Dog"}"#,
            r#"{"@value": "Dog", "@language": "en"}"#,
            r#"{"@value": "HTML و CSS", "@language": "ar", "@direction": "rtl"}"#,
            r#"{"@value": "Dog", "@language": "en-GB", "@direction": null}"#,
            r#"[{"@value": "Dog", "@language": "en"}, {"@value": "Chien", "@language": "fr"}]"#,
            r#"["Dog", {"@value": "Chien", "@language": "fr"}]"#,
        ] {
            assert!(json::view::<Label>(good).is_ok(), "{good}");
        }
        for bad in [
            r"1",
            r"null",
            r"{}",
            r"[]",
            r"[[]]",
            r#"[["Dog", "en", "ltr"]]"#,
            r#"{"@value": 1}"#,
            r#"{"@language": "en"}"#,
            r#"{"@value": "Dog", "@language": "e n"}"#,
            r#"{"@value": "Dog", "@language": null}"#,
            r#"{"@value": "Dog", "@language": ["en"]}"#,
            r#"{"@value": "Dog", "@direction": "up"}"#,
            r#"{"@value": "Dog", "@type": "string"}"#,
            r#"{"@value": "Dog", "url": "https://a.example"}"#,
            r#"{"en": "Dog"}"#,
        ] {
            assert!(json::view::<Label>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_label_knows_its_languages() {
        let label: Label =
            json::view(r#"[{"@value": "Dog", "@language": "en-GB"}, {"@value": "Hond", "@language": "nl"}]"#).unwrap();
        assert_eq!((label.text("nl"), label.text("en"), label.text("fr")), ("Hond", "Dog", "Dog"));
    }
}

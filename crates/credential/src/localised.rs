//! How is it called in each language?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A text by language tag (BCP 47), e.g. `{"nl": "Zorg", "en": "Care"}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localised(BTreeMap<String, String>);

impl Localised {
    /// A text in one language.
    pub fn new(language: &str, text: &str) -> Self {
        Self(BTreeMap::from([(language.to_owned(), text.to_owned())]))
    }

    /// The same with a further language.
    #[must_use]
    pub fn with(mut self, language: &str, text: &str) -> Self {
        self.0.insert(language.to_owned(), text.to_owned());
        self
    }

    /// The text in that language, else in Dutch, else in English, else in any; empty only when there is none at all.
    pub fn text(&self, language: &str) -> &str {
        [language, "nl", "en"]
            .iter()
            .find_map(|tag| self.0.get(*tag))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Whether there is none in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

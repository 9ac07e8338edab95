//! How is it called in each language?

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text by language tag (BCP 47), e.g. `{"nl": "Zorg", "en": "Care"}`. Names are copied into every count, so that copies share
/// their texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Localised(Option<Arc<BTreeMap<String, String>>>);

impl Localised {
    /// A text in one language.
    pub fn new(language: &str, text: &str) -> Self {
        Self::default().with(language, text)
    }

    /// The same with a further language.
    #[must_use]
    pub fn with(mut self, language: &str, text: &str) -> Self {
        Arc::make_mut(self.0.get_or_insert_default()).insert(language.to_owned(), text.to_owned());
        self
    }

    /// The text in that language, else in Dutch, else in English, else in any; empty only when there is none at all.
    pub fn text(&self, language: &str) -> &str {
        let Some(texts) = &self.0 else { return "" };
        [language, "nl", "en"]
            .iter()
            .find_map(|tag| texts.get(*tag))
            .or_else(|| texts.values().next())
            .map_or("", String::as_str)
    }

    /// Whether there is none in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl Serialize for Localised {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(texts) => texts.as_ref().serialize(serializer),
            None => serializer.collect_map::<&str, &str, [(&str, &str); 0]>([]),
        }
    }
}

impl<'de> Deserialize<'de> for Localised {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = BTreeMap::<String, String>::deserialize(deserializer)?;
        Ok(Self((!texts.is_empty()).then(|| Arc::new(texts))))
    }
}

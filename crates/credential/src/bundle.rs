//! What does a themed collection say of itself, and what may it never say?

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest title or theme, in characters.
pub const MAX_BUNDLE_TEXT: usize = 120;
/// Words that name a qualification, in Dutch and English, by which they begin.
const QUALIFICATIONS: &[&str] = &["diploma", "kwalificatie", "qualification", "getuigschrift"];

/// A themed collection over issuers and sectors. It claims no qualification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Its title.
    pub title: String,
    /// What holds it together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
}

/// Why a text is no title or theme of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BundleError {
    /// Nothing in it.
    #[error("the title or theme of a bundle is empty")]
    Empty,
    /// Too long, or on several lines.
    #[error("{text:?} is no title or theme of a bundle: one line of at most {MAX_BUNDLE_TEXT} characters")]
    Form {
        /// The text.
        text: String,
    },
    /// It reads like a qualification.
    #[error("{text:?} names a {word}, and a bundle claims no qualification")]
    Claims {
        /// The text.
        text: String,
        /// The word.
        word: String,
    },
}

impl Bundle {
    /// A bundle whose own words claim nothing.
    ///
    /// # Errors
    /// [`BundleError`] for the first text that is none.
    pub fn new(title: &str, theme: Option<&str>) -> Result<Self, BundleError> {
        Ok(Self { title: said(title)?, theme: theme.map(said).transpose()? })
    }
}

fn said(text: &str) -> Result<String, BundleError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BundleError::Empty);
    }
    if text.chars().count() > MAX_BUNDLE_TEXT || text.chars().any(char::is_control) {
        return Err(BundleError::Form { text: text.to_owned() });
    }
    let lower = text.to_lowercase();
    let claimed = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .find(|word| QUALIFICATIONS.iter().any(|qualification| word.contains(qualification)));
    match claimed {
        Some(word) => Err(BundleError::Claims { text: text.to_owned(), word: word.to_owned() }),
        None => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_names_no_qualification_in_its_own_words() {
        assert_eq!(
            Bundle::new(" Zorg en techniek ", Some("Domotica")),
            Ok(Bundle { title: "Zorg en techniek".to_owned(), theme: Some("Domotica".to_owned()) })
        );
        for (title, theme, sentence) in [
            ("Mbo-diploma Zorg", None, "\"Mbo-diploma Zorg\" names a diploma, and a bundle claims no qualification"),
            (
                "Zorg",
                Some("Beroepskwalificatie"),
                "\"Beroepskwalificatie\" names a beroepskwalificatie, and a bundle claims no qualification",
            ),
            (" ", None, "the title or theme of a bundle is empty"),
            ("a\nb", None, "\"a\\nb\" is no title or theme of a bundle: one line of at most 120 characters"),
        ] {
            assert_eq!(Bundle::new(title, theme).map_err(|error| error.to_string()), Err(sentence.to_owned()));
        }
        assert!(Bundle::new(&"a".repeat(MAX_BUNDLE_TEXT), None).is_ok());
        assert!(Bundle::new(&"a".repeat(MAX_BUNDLE_TEXT + 1), None).is_err());
    }
}

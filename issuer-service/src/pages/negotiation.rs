//! In which language does this reader want the page? `?lang=` before `Accept-Language` (RFC 9110 §12.5.4), else Dutch.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;

use crate::words::Language;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reader {
    pub(crate) language: Language,
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let asked = url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "lang")
            .and_then(|(_, value)| Language::parse(&value).ok());
        let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self { language: asked.unwrap_or_else(|| preferred(header)) })
    }
}

/// The language we speak that the reader likes best; Dutch where none is named.
fn preferred(header: &str) -> Language {
    let mut best = (0.0_f32, Language::Nl);
    for entry in header.split(',').take(20) {
        let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let Ok(language) = Language::parse(tag.trim()) else { continue };
        let weight = parameters.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_is_chosen() {
        for (header, language) in [
            ("", Language::Nl),
            ("en-GB,en;q=0.9,nl;q=0.8", Language::En),
            ("nl-NL,nl;q=0.9,en;q=0.8", Language::Nl),
            ("de, en;q=0.3, nl;q=0.7", Language::Nl),
            ("fr", Language::Nl),
            ("en;q=0", Language::Nl),
            ("en;q=x,,;", Language::Nl),
        ] {
            assert_eq!(preferred(header), language, "{header}");
        }
    }
}

//! In which language does this reader want the page? `?lang=` before `Accept-Language` (RFC 9110 §12.5.4), else Dutch.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use serde::Deserialize;
use stapel_report::Language;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reader {
    pub(crate) language: Language,
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

impl Reader {
    /// Who reads, by the address and the headers of a request.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let query = Query::<Asked>::try_from_uri(uri).ok();
        let asked = query.and_then(|Query(asked)| Language::parse(&asked.lang?).ok());
        let header = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self { language: asked.unwrap_or_else(|| Language::preferred(header)) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

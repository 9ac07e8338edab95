//! In which language does this reader want the page? `?lang=` before `Accept-Language` (RFC 9110 §12.5.4), else Dutch.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
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

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let query = Query::<Asked>::from_request_parts(parts, state).await.ok();
        let asked = query.and_then(|Query(asked)| Language::parse(&asked.lang?).ok());
        let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self { language: asked.unwrap_or_else(|| Language::preferred(header)) })
    }
}

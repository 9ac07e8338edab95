//! Which HTTP request is sent next?

use std::fmt;

use crate::AccessToken;

/// A request that the caller sends. Its Debug shows no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// GET or POST.
    pub method: Method,
    /// Where to; it accepts `application/json`.
    pub url: String,
    /// What is sent along.
    pub body: Body,
    /// The token for `Authorization: Bearer …`.
    pub bearer: Option<AccessToken>,
}

/// How it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// Fetch.
    Get,
    /// Post.
    Post,
}

/// What is sent along.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    None,
    /// `application/json`
    Json(String),
    /// `application/x-www-form-urlencoded`, not yet encoded.
    Form(Vec<(String, String)>),
}

impl Request {
    pub(crate) fn fetch(url: impl Into<String>) -> Self {
        Self { method: Method::Get, url: url.into(), body: Body::None, bearer: None }
    }

    pub(crate) fn post(url: impl Into<String>, body: Body, bearer: Option<AccessToken>) -> Self {
        Self { method: Method::Post, url: url.into(), body, bearer }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Json(text) => write!(f, "Json({} bytes)", text.len()),
            Self::Form(fields) => {
                write!(f, "Form(")?;
                f.debug_list().entries(fields.iter().map(|(name, _)| name)).finish()?;
                write!(f, ")")
            }
        }
    }
}

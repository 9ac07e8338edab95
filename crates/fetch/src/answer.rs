//! What came back, and how is a body read that may lie about its length or never end?

use std::{fmt, io::Read as _};

use reqwest::{
    blocking::Response,
    header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName},
};

use crate::{FetchError, Reuse};

/// A document that was fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address the document came from, after redirects, without fragment. A port opened for development keeps the
    /// scheme it was asked with.
    pub url: String,
    /// The `Content-Type` header as sent.
    pub content_type: Option<String>,
    /// For how long it may be used again, as its server says.
    pub reuse: Reuse,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

/// The answer to a POST, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status code (RFC 9110 §15).
    pub status: u16,
    /// The `Content-Type` header as sent.
    pub content_type: Option<String>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

impl fmt::Debug for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetched")
            .field("url", &crate::target::shown_text(&self.url))
            .field("content_type", &self.content_type)
            .field("reuse", &self.reuse)
            .field("bytes", &self.body.len())
            .finish()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("bytes", &self.body.len())
            .finish()
    }
}

pub(crate) fn content_type(headers: &HeaderMap) -> Option<String> {
    header(headers, &CONTENT_TYPE)
}

pub(crate) fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// What went wrong while a body was read.
pub(crate) enum BodyFault {
    TooLarge,
    Encoded(String),
    Broken(std::io::Error),
}

impl BodyFault {
    pub(crate) fn into_error(
        self,
        url: String,
        limit: usize,
        broken: impl FnOnce(&std::io::Error) -> FetchError,
    ) -> FetchError {
        match self {
            Self::TooLarge => FetchError::TooLarge { url, limit },
            Self::Encoded(encoding) => FetchError::Encoded { url, encoding },
            Self::Broken(error) => broken(&error),
        }
    }
}

/// Reads at most `limit` bytes, whatever the answer says of its length.
pub(crate) fn read_body(response: Response, limit: usize) -> Result<Vec<u8>, BodyFault> {
    if let Some(encoding) = response.headers().get(CONTENT_ENCODING)
        && !encoding.as_bytes().eq_ignore_ascii_case(b"identity")
    {
        return Err(BodyFault::Encoded(String::from_utf8_lossy(encoding.as_bytes()).into_owned()));
    }
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(BodyFault::TooLarge);
    }
    let mut body = Vec::new();
    response.take(limit as u64 + 1).read_to_end(&mut body).map_err(BodyFault::Broken)?;
    if body.len() > limit { Err(BodyFault::TooLarge) } else { Ok(body) }
}

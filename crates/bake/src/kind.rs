//! What kind of picture is this by its first bytes, and what kind of credential is that by its shape?

use std::fmt;

use crate::{BakeError, MAX_TEXT_BYTES};

/// The first bytes of every PNG (PNG §5.2).
pub(crate) const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// U+FEFF in UTF-8, which may stand before an XML document.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A kind of picture that can carry a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// Scalable Vector Graphics.
    Svg,
}

/// How a credential is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A JSON object with its proof inside.
    Json,
    /// A compact JWS (VC-JWT, VC-JOSE).
    Jws,
}

impl Format {
    /// The format that the first bytes tell; `None` for what is neither. What begins with `<` is taken for SVG, and
    /// reading it tells whether it is.
    pub fn find(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(PNG_SIGNATURE) {
            return Some(Self::Png);
        }
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        (text.trim_ascii_start().first() == Some(&b'<')).then_some(Self::Svg)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
        })
    }
}

impl Kind {
    /// The kind of a trimmed text: `{…}`, or three parts of base64url with dots between them (RFC 7515 §7.1).
    pub(crate) fn of(text: &str) -> Result<Self, BakeError> {
        if text.len() > MAX_TEXT_BYTES {
            return Err(BakeError::TextTooLong);
        }
        if text.starts_with('{') && text.ends_with('}') {
            return Ok(Self::Json);
        }
        let is_part = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        if text.split('.').count() == 3 && text.split('.').all(is_part) {
            return Ok(Self::Jws);
        }
        Err(BakeError::NotACredential { begins: text.chars().take(24).collect() })
    }
}

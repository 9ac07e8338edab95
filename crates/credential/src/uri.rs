//! Who or what is named? Absolute URIs and DIDs, parsed once.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::timestamp::as_text;

/// The longest identifier that is read, in bytes. `data:` images are not identifiers; they have a type of their own.
pub const MAX_URI_BYTES: usize = 2048;

/// An absolute URI with a scheme, without spaces or control characters; kept exactly as it was written. Copies share the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uri(Arc<str>);

/// A decentralised identifier, `did:method:specific` (DID Core §3.1), without path, query or fragment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Did(String);

/// A DID with a fragment that names one of its verification methods (DID Core §3.2).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DidUrl(String);

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UriError {
    /// Not an absolute URI.
    #[error("{text:?} is not an absolute URL or URN: {cause}")]
    NotAbsolute {
        /// The text received, shortened.
        text: String,
        /// What is wrong with it.
        cause: &'static str,
    },
    /// Not a DID.
    #[error("{text:?} is not a DID such as did:web:school.example or did:key:z6Mk…")]
    NotADid {
        /// The text received, shortened.
        text: String,
    },
}

fn shortened(text: &str) -> String {
    text.chars().take(120).collect()
}

/// Whether a character may stand in a URI, or in one with letters of all alphabets (RFC 3987).
fn is_allowed(c: char) -> bool {
    !(c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// Whether a byte is an ASCII character that [`is_allowed`]: asked first, since most identifiers have no other.
fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7e) && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
}

impl Uri {
    /// Reads an absolute URI (RFC 3986 §4.3 with scheme).
    ///
    /// # Errors
    /// [`UriError::NotAbsolute`] for relative references, white space, control characters, and text over [`MAX_URI_BYTES`].
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let refuse = |cause| UriError::NotAbsolute { text: shortened(text), cause };
        if text.len() > MAX_URI_BYTES {
            return Err(refuse("longer than 2048 bytes"));
        }
        let holds = text.bytes().fold(true, |holds, byte| holds & is_plain(byte)) || text.chars().all(is_allowed);
        if !holds {
            return Err(refuse("it contains a space or another character that URLs do not allow"));
        }
        let Some((scheme, rest)) = text.split_once(':') else { return Err(refuse("it has no scheme")) };
        let mut letters = scheme.bytes();
        let scheme_holds = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        if !scheme_holds {
            return Err(refuse("it has no scheme"));
        }
        if rest.is_empty() {
            return Err(refuse("nothing follows the scheme"));
        }
        Ok(Self(Arc::from(text)))
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This URI as a DID, if it is one.
    pub fn as_did(&self) -> Option<Did> {
        Did::parse(&self.0).ok()
    }
}

impl Did {
    /// Reads a DID.
    ///
    /// # Errors
    /// [`UriError::NotADid`] for anything else, also for DID URLs with path, query or fragment.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let refuse = || UriError::NotADid { text: shortened(text) };
        if text.len() > MAX_URI_BYTES {
            return Err(refuse());
        }
        let rest = text.strip_prefix("did:").ok_or_else(refuse)?;
        let (method, specific) = rest.split_once(':').ok_or_else(refuse)?;
        let method_holds =
            !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let specific_holds = !specific.is_empty()
            && !specific.ends_with(':')
            && specific.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:%".contains(&byte));
        if method_holds && specific_holds { Ok(Self(text.to_owned())) } else { Err(refuse()) }
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The method: `key`, `web`, …
    pub fn method(&self) -> &str {
        self.0.split(':').nth(1).unwrap_or_default()
    }

    /// What follows the method.
    pub fn specific(&self) -> &str {
        self.0.splitn(3, ':').nth(2).unwrap_or_default()
    }

    /// This DID as a URI.
    pub fn to_uri(&self) -> Uri {
        Uri(Arc::from(self.0.as_str()))
    }

    /// The verification method of this DID that the fragment names.
    ///
    /// # Errors
    /// [`UriError::NotADid`] when the fragment has characters that fragments do not allow.
    pub fn with_fragment(&self, fragment: &str) -> Result<DidUrl, UriError> {
        DidUrl::parse(&format!("{self}#{fragment}"))
    }
}

impl DidUrl {
    /// Reads a DID with or without a fragment; published examples name a bare `did:key` as verification method.
    ///
    /// # Errors
    /// [`UriError::NotADid`] for anything else, also for paths and queries.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let (did, fragment) = match text.split_once('#') {
            Some((did, fragment)) => (did, Some(fragment)),
            None => (text, None),
        };
        Did::parse(did)?;
        let fragment_holds = fragment.is_none_or(|fragment| {
            !fragment.is_empty()
                && fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:%~".contains(&byte))
        });
        if fragment_holds && text.len() <= MAX_URI_BYTES {
            Ok(Self(text.to_owned()))
        } else {
            Err(UriError::NotADid { text: shortened(text) })
        }
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The DID before the fragment.
    pub fn did(&self) -> Did {
        Did(self.0.split('#').next().unwrap_or_default().to_owned())
    }

    /// What follows `#`.
    pub fn fragment(&self) -> Option<&str> {
        self.0.split_once('#').map(|(_, fragment)| fragment)
    }
}

/// Reads an id that may be missing, but not be `null` (VC Data Model 2.0 §4.4: if present, a single URL).
pub(crate) fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Uri>, D::Error> {
    <Uri as serde::Deserialize>::deserialize(deserializer).map(Some)
}

macro_rules! identifier {
    ($($type:ty),*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl FromStr for $type {
            type Err = UriError;
            fn from_str(text: &str) -> Result<Self, UriError> {
                Self::parse(text)
            }
        }
        as_text!($type);
    )*};
}
identifier!(Uri, Did, DidUrl);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_question_about_a_byte_agrees_with_the_slow_one() {
        for byte in 0..=u8::MAX {
            let slow = byte.is_ascii() && is_allowed(char::from(byte));
            assert_eq!(is_plain(byte), slow, "{byte:#x}");
        }
    }

    #[test]
    fn a_did_is_read_strictly() {
        for good in [
            "did:web:school.example",
            "did:web:localhost%3A8443:a",
            "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        ] {
            assert!(Did::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "did:web",
            "did:web:",
            "did:Web:a",
            "did:web:a#b",
            "did:web:a/b",
            "did:web:a?b",
            "DID:web:a",
            "web:a",
            "did:web:a b",
            "did:web:a:",
        ] {
            assert!(Did::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_did_url_knows_its_parts() {
        let url = DidUrl::parse("did:web:school.example#key-1").unwrap();
        assert_eq!((url.did().as_str(), url.fragment()), ("did:web:school.example", Some("key-1")));
        assert!(DidUrl::parse("did:web:school.example#").is_err());
        assert!(DidUrl::parse("did:web:school.example#a b").is_err());
    }

    #[test]
    fn a_uri_must_be_absolute() {
        for good in ["urn:uuid:1", "https://a.example/b?c#d", "did:web:a", "mailto:a@b.example"] {
            assert!(Uri::parse(good).is_ok(), "{good}");
        }
        for bad in ["a", "/a", "https:", ":a", "1a:b", "https://a b", "https://a/\n", "#x", ""] {
            assert!(Uri::parse(bad).is_err(), "{bad}");
        }
    }
}

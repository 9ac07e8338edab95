//! What does a JSON Web Key say of itself? RFC 7517, with the members of RFC 7518 §6 and RFC 8037 §2.

use serde_json::Value;

use crate::KeyError;
use crate::encoding::from_base64url;

/// The members that no public key has (RFC 7518 §6.2.2, §6.3.2, §6.4; RFC 8037 §2).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A JWK whose text was read strictly before, so that no member stands twice.
#[derive(Clone, Copy)]
pub(crate) struct Jwk<'a>(&'a Value);

impl<'a> Jwk<'a> {
    /// Takes a JWK without private members.
    pub(crate) fn new(jwk: &'a Value) -> Result<Self, KeyError> {
        match PRIVATE.into_iter().find(|member| jwk.get(member).is_some()) {
            Some(member) => Err(KeyError::PrivateJwk { member }),
            None => Ok(Self(jwk)),
        }
    }

    /// The member's text.
    pub(crate) fn text(self, member: &'static str) -> Option<&'a str> {
        self.0.get(member).and_then(Value::as_str)
    }

    /// Holds where the member is one of these texts.
    pub(crate) fn member(self, member: &'static str, allowed: &[&str], expected: &'static str) -> Result<(), KeyError> {
        match self.text(member) {
            Some(found) if allowed.contains(&found) => Ok(()),
            _ => Err(self.wrong(member, expected)),
        }
    }

    /// Members `alg`, `use` and `key_ops`, where they are there, must allow verifying with these algorithms (RFC 7517 §4.2
    /// to §4.4).
    pub(crate) fn is_for(self, algorithms: &[&str], expected: &'static str) -> Result<(), KeyError> {
        if self.0.get("alg").is_some() {
            self.member("alg", algorithms, expected)?;
        }
        if self.0.get("use").is_some() {
            self.member("use", &["sig"], "\"sig\"")?;
        }
        match self.0.get("key_ops") {
            None => Ok(()),
            Some(Value::Array(operations)) if operations.iter().any(|operation| operation == "verify") => Ok(()),
            Some(_) => Err(self.wrong("key_ops", "a list with \"verify\"")),
        }
    }

    /// The member's base64url, decoded.
    pub(crate) fn bytes(self, member: &'static str) -> Result<Vec<u8>, KeyError> {
        let text = self.text(member).ok_or_else(|| self.wrong(member, "base64url text"))?;
        Ok(from_base64url(text)?)
    }

    fn wrong(self, member: &'static str, expected: &'static str) -> KeyError {
        let found = self.0.get(member).map_or_else(|| "missing".to_owned(), |value| shortened(&value.to_string()));
        KeyError::Jwk { member, found, expected }
    }
}

/// At most 40 characters of a stranger's text.
pub(crate) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(41).collect();
    if short.chars().count() > 40 {
        short.pop();
        short.push('…');
    }
    short
}

//! Which texts must never be seen in a log?

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{InputMode, OpenIdError, TxCode};

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes a text of printable ASCII without blanks.
            ///
            /// # Errors
            /// [`OpenIdError::UnusableText`].
            pub fn parse(text: &str) -> Result<Self, OpenIdError> {
                if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
                    return Err(OpenIdError::UnusableText { what: $what });
                }
                Ok(Self(text.to_owned()))
            }

            /// The secret itself.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl TryFrom<String> for $name {
            type Error = OpenIdError;

            fn try_from(text: String) -> Result<Self, OpenIdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(secret: $name) -> Self {
                secret.0
            }
        }
    };
}

secret! {
    /// The code of an offer: who has it may claim (OpenID4VCI §4.1.1).
    PreAuthorizedCode, "pre-authorized code"
}

secret! {
    /// The token shown at the credential endpoint (RFC 6750).
    AccessToken, "access token"
}

impl AccessToken {
    /// The token in an `Authorization` header, if that is of the scheme Bearer, in any case (RFC 9110 §11.1).
    pub fn find_in_header(value: &str) -> Option<Self> {
        let (scheme, token) = value.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("Bearer") {
            return None;
        }
        Self::parse(token.trim_matches(' ')).ok()
    }
}

/// What a person types beside the offer (`tx_code`, OpenID4VCI §6.1).
#[derive(Clone, PartialEq, Eq)]
pub struct TransactionCode(String);

impl TransactionCode {
    /// Takes what a person typed, without blanks around it, as `asked` describes it.
    ///
    /// # Errors
    /// [`OpenIdError::TransactionCode`] for letters where digits belong and for another length.
    pub fn parse(text: &str, asked: &TxCode) -> Result<Self, OpenIdError> {
        let code = text.trim();
        let fits = match asked.input_mode {
            InputMode::Numeric => code.bytes().all(|byte| byte.is_ascii_digit()),
            InputMode::Text => code.chars().all(|character| !character.is_control()),
        };
        let long_enough = asked.length.is_none_or(|length| usize::try_from(length) == Ok(code.chars().count()));
        if code.is_empty() || !fits || !long_enough {
            return Err(OpenIdError::TransactionCode { input_mode: asked.input_mode, expected_length: asked.length });
        }
        Ok(Self(code.to_owned()))
    }

    /// As it came in a token request; empty is none (RFC 6749 §3.2).
    pub(crate) fn received(text: String) -> Option<Self> {
        (!text.is_empty()).then_some(Self(text))
    }

    /// The secret itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TransactionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TransactionCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_itself() {
        let code = PreAuthorizedCode::parse("oaKazRN8I0IbtZ0C7JuMn5").unwrap();
        assert_eq!(format!("{code:?}"), "PreAuthorizedCode(…)");
        let token = AccessToken::parse("czZCaGRSa3F0MzpnWDFmQmF0M2JW").unwrap();
        assert_eq!(format!("{token:?}"), "AccessToken(…)");
        let typed = TransactionCode::parse("1234", &TxCode::default()).unwrap();
        assert_eq!(format!("{typed:?}"), "TransactionCode(…)");
    }

    #[test]
    fn a_bearer_token_is_found_in_a_header_of_any_case() {
        let found = |value| AccessToken::find_in_header(value).map(|token| token.expose().to_owned());
        assert_eq!(found("Bearer abc"), Some("abc".to_owned()));
        assert_eq!(found("BEARER abc"), Some("abc".to_owned()));
        assert_eq!(found("Basic abc"), None);
        assert_eq!(found("Bearer"), None);
        assert_eq!(found("Bearer a b"), None);
    }

    #[test]
    fn a_secret_that_cannot_be_sent_is_refused() {
        assert_eq!(
            AccessToken::parse("a\nb").unwrap_err().to_string(),
            "the access token is empty or holds characters that are not printable ASCII"
        );
        assert!(PreAuthorizedCode::parse("").is_err());
    }

    #[test]
    fn a_transaction_code_of_another_kind_is_refused_before_it_is_sent() {
        let refusal = |text, asked: &TxCode| TransactionCode::parse(text, asked).unwrap_err().to_string();
        let four = TxCode { length: Some(4), ..TxCode::default() };
        assert_eq!(refusal("123", &four), "the transaction code has 4 digits; what was typed is something else");
        assert_eq!(
            refusal("12a4", &TxCode::default()),
            "the transaction code has only digits; what was typed is something else"
        );
        let text = TxCode { input_mode: InputMode::Text, ..TxCode::default() };
        assert_eq!(
            refusal(" ", &text),
            "the transaction code has only printable characters; what was typed is something else"
        );
        assert_eq!(TransactionCode::parse(" 1234\n", &four).unwrap().expose(), "1234");
    }
}

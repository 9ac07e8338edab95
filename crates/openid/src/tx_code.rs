//! What does the issuer want typed beside the offer?

use serde::{Deserialize, Serialize};

use crate::OpenIdError;

/// OpenID4VCI §4.1.1: a description does not exceed 300 characters.
pub const MAX_DESCRIPTION_CHARACTERS: usize = 300;

/// How the transaction code looks and how its holder gets it (`tx_code`, OpenID4VCI §4.1.1). Present means asked for, even
/// when empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Wire")]
pub struct TxCode {
    /// Digits or any characters.
    #[serde(skip_serializing_if = "InputMode::is_default")]
    pub input_mode: InputMode,
    /// How many characters it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// Guidance for the holder on how to get it; at most [`MAX_DESCRIPTION_CHARACTERS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Which characters a transaction code has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum InputMode {
    /// Only digits.
    #[default]
    Numeric,
    /// Any characters.
    Text,
}

impl InputMode {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    input_mode: InputMode,
    length: Option<u32>,
    description: Option<String>,
}

impl TryFrom<Wire> for TxCode {
    type Error = OpenIdError;

    fn try_from(wire: Wire) -> Result<Self, OpenIdError> {
        if let Some(actual) = wire.description.as_ref().map(|text| text.chars().count())
            && actual > MAX_DESCRIPTION_CHARACTERS
        {
            return Err(OpenIdError::DescriptionTooLong { actual });
        }
        Ok(Self { input_mode: wire.input_mode, length: wire.length, description: wire.description })
    }
}

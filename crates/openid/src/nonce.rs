//! Which fresh value goes into a key proof?

use serde::{Deserialize, Serialize};

use crate::{OpenIdError, json};

pub(crate) const MESSAGE: &str = "the nonce response";

/// The nonce response (OpenID4VCI §7.2); it goes with `Cache-Control: no-store`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonceResponse {
    /// The challenge.
    pub c_nonce: String,
}

impl NonceResponse {
    /// Reads a nonce response.
    ///
    /// # Errors
    /// [`OpenIdError::UnusableText`] for an empty nonce; else with the JSON path.
    pub fn parse(bytes: &[u8]) -> Result<Self, OpenIdError> {
        let response: Self = json::parse(MESSAGE, bytes)?;
        if response.c_nonce.is_empty() || !response.c_nonce.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Err(OpenIdError::UnusableText { what: "nonce" });
        }
        Ok(response)
    }

    /// The body as it is sent.
    pub fn to_json(&self) -> String {
        json::write(self)
    }
}

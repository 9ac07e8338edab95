//! What does an issuer give?

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{OpenIdError, json};

pub(crate) const MESSAGE: &str = "the credential response";

/// A credential response (OpenID4VCI §8.3).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialResponse {
    /// The credentials, at once (status 200).
    Issued {
        /// Each credential's JSON text, exactly as it came: what was received is what is verified.
        credentials: Vec<String>,
        /// What to call this issuance in a notification.
        notification_id: Option<String>,
    },
    /// A promise (status 202).
    Deferred {
        /// What to call the promise.
        transaction_id: String,
        /// How long to wait at least, in seconds.
        interval_seconds: u64,
    },
}

#[derive(Serialize, Deserialize)]
struct Wire {
    #[serde(skip_serializing_if = "Option::is_none")]
    credentials: Option<Vec<Issued>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Issued {
    credential: Box<RawValue>,
}

impl CredentialResponse {
    /// Gives these credentials, each a JSON text that is sent exactly as it is.
    ///
    /// # Errors
    /// [`OpenIdError::NotJson`] and the like for a text that is no JSON.
    pub fn issued(credentials: Vec<String>) -> Result<Self, OpenIdError> {
        for credential in &credentials {
            json::parse::<serde::de::IgnoredAny>("the credential", credential.as_bytes())?;
        }
        Ok(Self::Issued { credentials, notification_id: None })
    }

    /// Reads a credential response.
    ///
    /// # Errors
    /// [`OpenIdError::NoCredential`] for a response that gives and promises nothing; else with the JSON path.
    pub fn parse(bytes: &[u8]) -> Result<Self, OpenIdError> {
        let wire: Wire = json::parse(MESSAGE, bytes)?;
        match (wire.credentials, wire.transaction_id) {
            (Some(issued), None) if !issued.is_empty() => Ok(Self::Issued {
                credentials: issued.into_iter().map(|issued| issued.credential.get().to_owned()).collect(),
                notification_id: wire.notification_id,
            }),
            (None, Some(transaction_id)) => {
                Ok(Self::Deferred { transaction_id, interval_seconds: wire.interval.unwrap_or(0) })
            }
            _ => Err(OpenIdError::NoCredential),
        }
    }

    /// The body as it is sent; it goes with `Cache-Control: no-store`.
    ///
    /// # Errors
    /// [`OpenIdError::NotJson`] if a credential, put in by hand, is no JSON.
    pub fn to_json(&self) -> Result<String, OpenIdError> {
        let wire = match self {
            Self::Issued { credentials, notification_id } => Wire {
                credentials: Some(credentials.iter().map(|text| raw(text)).collect::<Result<_, _>>()?),
                transaction_id: None,
                interval: None,
                notification_id: notification_id.clone(),
            },
            Self::Deferred { transaction_id, interval_seconds } => Wire {
                credentials: None,
                transaction_id: Some(transaction_id.clone()),
                interval: Some(*interval_seconds),
                notification_id: None,
            },
        };
        Ok(json::write(&wire))
    }

    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Issued { .. } => 200,
            Self::Deferred { .. } => 202,
        }
    }
}

fn raw(text: &str) -> Result<Issued, OpenIdError> {
    RawValue::from_string(text.to_owned())
        .map(|credential| Issued { credential })
        .map_err(|error| OpenIdError::NotJson { message: "the credential", reason: error.to_string() })
}

//! Where does it stand whether a credential was revoked? Entries and lists of Bitstring Status List 1.0, as documents.

use std::fmt;
use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::credential::{Subject, VerifiableCredential};
use crate::json;
use crate::text::{RawJson, one_bare_or_many};
use crate::uri::Uri;

/// What a set bit means (Bitstring Status List 1.0 §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum StatusPurpose {
    /// Revoked, for ever.
    Revocation,
    /// Suspended until further notice.
    Suspension,
    /// Messages, which we read past.
    Message,
    /// A newer credential is to be had.
    Refresh,
}

impl fmt::Display for StatusPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
            Self::Message => "message",
            Self::Refresh => "refresh",
        })
    }
}

/// `credentialStatus` of a credential; Open Badges allows one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialStatus {
    /// A `BitstringStatusListEntry`.
    Bitstring(StatusListEntry),
    /// A kind of status that we cannot read: its `type`.
    Unknown(String),
}

/// A `BitstringStatusListEntry` (Bitstring Status List 1.0 §2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusListEntry {
    /// The identity of the entry, if it has one; not the list's.
    pub id: Option<Uri>,
    /// What a set bit means.
    pub purpose: StatusPurpose,
    /// Which bit; text in JSON.
    pub index: u32,
    /// Where the list is.
    pub list: Uri,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EntryText {
    #[serde(default, deserialize_with = "crate::uri::present", skip_serializing_if = "Option::is_none")]
    id: Option<Uri>,
    #[serde(rename = "type", with = "one_bare_or_many")]
    types: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status_purpose: Option<StatusPurpose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status_list_index: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status_list_credential: Option<Uri>,
}

const ENTRY_TYPE: &str = "BitstringStatusListEntry";

impl Serialize for CredentialStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bitstring(entry) => EntryText {
                id: entry.id.clone(),
                types: vec![ENTRY_TYPE.to_owned()],
                status_purpose: Some(entry.purpose),
                status_list_index: Some(entry.index.to_string()),
                status_list_credential: Some(entry.list.clone()),
            },
            Self::Unknown(kind) => EntryText {
                id: None,
                types: vec![kind.clone()],
                status_purpose: None,
                status_list_index: None,
                status_list_credential: None,
            },
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CredentialStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Foreign kinds of status may use our member names with other types: only these are read first.
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Kind {
            #[serde(default, rename = "id", deserialize_with = "crate::uri::present")]
            _id: Option<Uri>,
            #[serde(rename = "type", with = "one_bare_or_many")]
            types: Vec<String>,
            #[serde(default)]
            status_size: Option<serde_json::Value>,
            #[serde(default)]
            status_purpose: Option<serde_json::Value>,
        }
        let raw = RawJson::deserialize(deserializer)?;
        if raw.as_str().starts_with('[') {
            // VC Data Model 2.0 §4.10 allows several; Open Badges one. Which of them count is not ours to guess.
            let several: Vec<RawJson> = json::from_str(raw.as_str()).map_err(D::Error::custom)?;
            let several = several.iter().map(|one| json::from_str(one.as_str())).collect::<Result<Vec<Self>, _>>();
            return several
                .map(|all| Self::Unknown(format!("list of {} statuses", all.len())))
                .map_err(D::Error::custom);
        }
        let kind: Kind = json::from_str(raw.as_str()).map_err(D::Error::custom)?;
        if kind.types.is_empty() || kind.types.iter().any(String::is_empty) {
            return Err(D::Error::custom("expected a type: a term or a URL"));
        }
        if !kind.types.iter().any(|kind| kind == ENTRY_TYPE) {
            return Ok(Self::Unknown(kind.types.join(", ")));
        }
        // Bitstring Status List 1.0 §2.1: an entry of several bits holds a message, not yes or no.
        if let Some(size) = kind.status_size.filter(|size| size.as_u64() != Some(1)) {
            return Ok(Self::Unknown(format!("{ENTRY_TYPE} with a statusSize of {size}")));
        }
        if let Some(purpose) = kind.status_purpose
            && StatusPurpose::deserialize(&purpose).is_err()
        {
            return Ok(Self::Unknown(format!("{ENTRY_TYPE} with a statusPurpose of {purpose}")));
        }
        let text: EntryText = json::from_str(raw.as_str()).map_err(D::Error::custom)?;
        let digits = text.status_list_index.ok_or_else(|| D::Error::missing_field("statusListIndex"))?;
        let index = digits.parse().ok().filter(|index: &u32| index.to_string() == digits).ok_or_else(|| {
            D::Error::custom(format!("statusListIndex {digits:?} is not a whole number of at least 0 in text"))
        })?;
        Ok(Self::Bitstring(StatusListEntry {
            id: text.id,
            purpose: text.status_purpose.ok_or_else(|| D::Error::missing_field("statusPurpose"))?,
            index,
            list: text.status_list_credential.ok_or_else(|| D::Error::missing_field("statusListCredential"))?,
        }))
    }
}

/// A signed status list (Bitstring Status List 1.0 §2.2).
pub type StatusListCredential = VerifiableCredential<StatusListSubject>;

/// What a status list says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusListSubject {
    /// The list's own id, if it has one.
    #[serde(default, deserialize_with = "crate::uri::present", skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// `BitstringStatusList`
    #[serde(rename = "type")]
    pub kind: String,
    /// What a set bit means.
    pub status_purpose: StatusPurpose,
    /// Multibase base64url of the gzipped bits; `stapel-status` reads it.
    pub encoded_list: String,
    /// For how many milliseconds a copy may be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<u64>,
}

impl StatusListSubject {
    /// For how long a copy will do, before one looks for a newer one (Bitstring Status List 1.0 §2.2, `ttl`): an hour at most, and
    /// five minutes where its issuer does not say.
    pub fn time_to_live(&self) -> Duration {
        self.ttl.map_or(Duration::from_mins(5), Duration::from_millis).min(Duration::from_hours(1))
    }
}

impl Subject for StatusListSubject {
    const CREDENTIAL_TYPES: &'static [&'static str] = &["BitstringStatusListCredential"];

    fn id(&self) -> Option<&Uri> {
        self.id.as_ref()
    }
}

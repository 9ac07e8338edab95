//! What does any verifiable credential say, whatever it is about? The members of the VC Data Model, and nothing else of it.
//!
//! Our own documents have types of their own ([`crate::AchievementCredential`] and others). This one is for foreign ones: it reads what
//! a verifier must know, and keeps the text.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::context::ContextEntry;
use crate::data_model::{Credential, Dates};
use crate::json::{self, Json, JsonError};
use crate::label::Label;
use crate::related_resource::RelatedResource;
use crate::status_list::CredentialStatus;
use crate::text::{RawJson, one_or_many, raw_one_or_many};
use crate::timestamp::Timestamp;
use crate::typed_object::{TypedObject, types};
use crate::uri::{Uri, present};

/// A verifiable credential of any kind (VC Data Model 2.0 §4; 1.1 is read, too). A view over the text received, which it keeps: what is
/// signed or written is that text.
#[derive(Clone, PartialEq)]
pub struct AnyCredential {
    text: RawJson,
    members: Members,
    valid_from: Option<Timestamp>,
    valid_until: Option<Timestamp>,
}

/// One subject of a credential, as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnySubject {
    id: Option<Uri>,
    raw: RawJson,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    #[serde(rename = "@context", with = "raw_one_or_many")]
    context: Vec<ContextEntry>,
    #[serde(default, deserialize_with = "present")]
    id: Option<Uri>,
    #[serde(rename = "type", deserialize_with = "types")]
    types: Vec<String>,
    #[serde(default, deserialize_with = "some")]
    name: Option<Label>,
    #[serde(default, deserialize_with = "some")]
    description: Option<Label>,
    issuer: Party,
    #[serde(default)]
    valid_from: Option<Timestamp>,
    #[serde(default)]
    valid_until: Option<Timestamp>,
    #[serde(default)]
    issuance_date: Option<Timestamp>,
    #[serde(default)]
    expiration_date: Option<Timestamp>,
    #[serde(with = "raw_one_or_many")]
    credential_subject: Vec<AnySubject>,
    #[serde(default, with = "raw_one_or_many")]
    credential_status: Vec<CredentialStatus>,
    #[serde(default, with = "raw_one_or_many")]
    credential_schema: Vec<Schema>,
    #[serde(default, with = "raw_one_or_many")]
    evidence: Vec<TypedObject>,
    #[serde(default, with = "one_or_many")]
    related_resource: Vec<RelatedResource>,
    #[serde(default, with = "raw_one_or_many")]
    refresh_service: Vec<TypedObject>,
    #[serde(default, with = "raw_one_or_many")]
    terms_of_use: Vec<TypedObject>,
}

/// An issuer or a holder: its URL, or an object with that as its id (VC Data Model 2.0 §4.7 and §4.13).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Party {
    pub(crate) id: Uri,
    name: Option<Label>,
}

/// A schema has a type and an id (VC Data Model 2.0 §4.11).
#[derive(Debug, Clone, PartialEq)]
struct Schema(TypedObject);

impl AnyCredential {
    /// Reads the view from text: strictly, then typed.
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path: duplicate members and the like, an id that is not one URL, a date without time zone or under
    /// the name of another data model, a subject without claims, a status, schema, term or service without type, a name that is
    /// neither text nor language values, a related resource without digest.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        json::parse(text)?;
        Self::view(text)
    }

    /// Reads the view from text that passed [`json::parse`] before.
    ///
    /// # Errors
    /// As [`AnyCredential::parse`], but for what the strict reading finds.
    pub fn view(text: &str) -> Result<Self, JsonError> {
        let members: Members = json::view(text)?;
        let refuse =
            |path: &str, message: &str| JsonError::Shape { path: path.to_owned(), message: message.to_owned() };
        if members.credential_subject.is_empty() {
            return Err(refuse("$.credentialSubject", "expected a subject with claims"));
        }
        let dates = Dates {
            valid_from: members.valid_from,
            valid_until: members.valid_until,
            issuance_date: members.issuance_date,
            expiration_date: members.expiration_date,
        };
        let (valid_from, valid_until) = dates.under(&members.context)?;
        let text = RawJson::parse(text).map_err(|error| refuse("$", &error.to_string()))?;
        Ok(Self { text, members, valid_from, valid_until })
    }

    /// The text as it was received.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// Whether the text has a proof already: it is not to be signed as if it had none.
    pub fn has_proof(&self) -> bool {
        json::parse(self.text()).is_ok_and(|tree: Json<'_>| tree.find("proof").is_some())
    }

    /// A name for people.
    pub fn name(&self) -> Option<&Label> {
        self.members.name.as_ref()
    }

    /// A description for people.
    pub fn description(&self) -> Option<&Label> {
        self.members.description.as_ref()
    }

    /// The issuer's name for people.
    pub fn issuer_name(&self) -> Option<&Label> {
        self.members.issuer.name.as_ref()
    }

    /// What it is about, one at least.
    pub fn subjects(&self) -> &[AnySubject] {
        &self.members.credential_subject
    }

    /// The schemas that it follows, each with its id and type.
    pub fn schemas(&self) -> impl Iterator<Item = &TypedObject> {
        self.members.credential_schema.iter().map(|schema| &schema.0)
    }

    /// What it rests on.
    pub fn evidence(&self) -> &[TypedObject] {
        &self.members.evidence
    }

    /// Where a newer one may be had.
    pub fn refresh_services(&self) -> &[TypedObject] {
        &self.members.refresh_service
    }

    /// Terms of use.
    pub fn terms_of_use(&self) -> &[TypedObject] {
        &self.members.terms_of_use
    }
}

impl Credential for AnyCredential {
    const READS_V1_1: bool = true;

    fn contexts(&self) -> &[ContextEntry] {
        &self.members.context
    }

    fn id(&self) -> Option<&Uri> {
        self.members.id.as_ref()
    }

    fn types(&self) -> &[String] {
        &self.members.types
    }

    fn issuer_id(&self) -> &Uri {
        &self.members.issuer.id
    }

    fn valid_from(&self) -> Option<Timestamp> {
        self.valid_from
    }

    fn valid_until(&self) -> Option<Timestamp> {
        self.valid_until
    }

    fn awarded(&self) -> Option<Timestamp> {
        None
    }

    fn subject_ids(&self) -> Vec<Option<&Uri>> {
        self.members.credential_subject.iter().map(AnySubject::id).collect()
    }

    fn statuses(&self) -> &[CredentialStatus] {
        &self.members.credential_status
    }

    fn related_resources(&self) -> &[RelatedResource] {
        &self.members.related_resource
    }
}

impl AnySubject {
    /// Who or what it is, if it says so.
    pub fn id(&self) -> Option<&Uri> {
        self.id.as_ref()
    }

    /// The subject as it was written.
    pub fn raw(&self) -> &RawJson {
        &self.raw
    }
}

impl fmt::Debug for AnyCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AnyCredential").field(&self.members.types).field(&self.members.id).finish()
    }
}

impl Serialize for AnyCredential {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AnySubject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Head {
            #[serde(default, deserialize_with = "present")]
            id: Option<Uri>,
        }
        let raw = RawJson::deserialize(deserializer)?;
        let Head { id } = json::from_str(raw.as_str()).map_err(D::Error::custom)?;
        // VC Data Model 2.0 §4.8: each object must be the subject of one or more claims.
        if raw.as_str().trim_start_matches('{').trim_start().starts_with('}') {
            return Err(D::Error::custom("expected a subject with claims"));
        }
        Ok(Self { id, raw })
    }
}

impl<'de> Deserialize<'de> for Party {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Object {
            id: Uri,
            #[serde(default, deserialize_with = "some")]
            name: Option<Label>,
            #[serde(default, rename = "description", deserialize_with = "some")]
            _description: Option<Label>,
        }
        let raw = RawJson::deserialize(deserializer)?;
        if raw.as_str().starts_with('"') {
            return json::from_str(raw.as_str()).map(|id| Self { id, name: None }).map_err(D::Error::custom);
        }
        let Object { id, name, .. } = json::from_str(raw.as_str()).map_err(D::Error::custom)?;
        Ok(Self { id, name })
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = TypedObject::deserialize(deserializer)?;
        match object.id() {
            Some(_) => Ok(Self(object)),
            None => Err(D::Error::missing_field("id")),
        }
    }
}

/// A name that may be missing, but not be `null`.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Label>, D::Error> {
    Label::deserialize(deserializer).map(Some)
}

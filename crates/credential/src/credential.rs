//! What do all signed documents have in common? The envelope of the W3C Verifiable Credentials Data Model 2.0.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::context::ContextEntry;
use crate::data_model::{Credential, DataModel, Dates};
use crate::evidence::Evidence;
use crate::image::Image;
use crate::json::{self, JsonError};
use crate::profile::Profile;
use crate::related_resource::RelatedResource;
use crate::status_list::CredentialStatus;
use crate::subject::AchievementSubject;
use crate::text::{RawJson, one_or_many, raw_one_or_many};
use crate::timestamp::Timestamp;
use crate::typed_object::{TypedObject, types};
use crate::uri::{Did, Uri};

/// What a kind of credential says about its subject.
pub trait Subject: Clone + fmt::Debug + Serialize + DeserializeOwned {
    /// The values of `type` of which the credential must have one.
    const CREDENTIAL_TYPES: &'static [&'static str];

    /// Whether a credential of the VC Data Model 1.1 is read as one of these.
    const READS_V1_1: bool = false;

    /// Whom it is about: the DID that must present it, or the id of the thing described.
    fn id(&self) -> Option<&Uri>;
}

/// An Open Badges 3.0 badge or diploma (OB 3.0 §B.1.3).
pub type AchievementCredential = VerifiableCredential<AchievementSubject>;

/// A verifiable credential (VC Data Model 2.0 §4), with the members that Open Badges adds (OB 3.0 §B.1.3).
/// A view over the text received: its proof and unknown members stay in that text. Of the data model 1.1 it has the dates under
/// their names of 2.0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "Wire<S>", bound(deserialize = "S: DeserializeOwned"))]
pub struct VerifiableCredential<S> {
    /// The contexts; the first is that of the VC Data Model 2.0.
    #[serde(rename = "@context", with = "raw_one_or_many")]
    pub context: Vec<ContextEntry>,
    /// The identity of this credential, together with its issuer.
    pub id: Uri,
    /// `VerifiableCredential` and what it is more.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// A name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A description for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A picture of the badge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// Who signed it.
    pub issuer: Profile,
    /// From when it holds.
    pub valid_from: Timestamp,
    /// Until when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// When the achievement was awarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awarded_date: Option<Timestamp>,
    /// What it says.
    pub credential_subject: S,
    /// Where to look whether it was revoked or suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_status: Option<CredentialStatus>,
    /// The schemas that it follows.
    #[serde(default, with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub credential_schema: Vec<CredentialSchema>,
    /// What the award rests on.
    #[serde(default, with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Endorsements, kept as they were received.
    #[serde(default, with = "raw_one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub endorsement: Vec<RawJson>,
    /// Endorsements as compact JWTs.
    #[serde(default, with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub endorsement_jwt: Vec<String>,
    /// Documents that belong to it, fixed by digest (VC Data Model 2.0 §5.3).
    #[serde(default, with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub related_resource: Vec<RelatedResource>,
    /// Where a newer one may be had, kept as received.
    #[serde(default, with = "raw_one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub refresh_service: Vec<TypedObject>,
    /// Terms of use, kept as received.
    #[serde(default, with = "raw_one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub terms_of_use: Vec<TypedObject>,
}

/// The members as they stand in JSON, with the dates of either data model.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "S: DeserializeOwned"))]
struct Wire<S> {
    #[serde(rename = "@context", with = "raw_one_or_many")]
    context: Vec<ContextEntry>,
    id: Uri,
    #[serde(rename = "type", deserialize_with = "types")]
    types: Vec<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    image: Option<Image>,
    issuer: Profile,
    #[serde(default)]
    valid_from: Option<Timestamp>,
    #[serde(default)]
    valid_until: Option<Timestamp>,
    #[serde(default)]
    issuance_date: Option<Timestamp>,
    #[serde(default)]
    expiration_date: Option<Timestamp>,
    #[serde(default)]
    awarded_date: Option<Timestamp>,
    credential_subject: S,
    #[serde(default)]
    credential_status: Option<CredentialStatus>,
    #[serde(default, with = "one_or_many")]
    credential_schema: Vec<CredentialSchema>,
    #[serde(default, with = "one_or_many")]
    evidence: Vec<Evidence>,
    #[serde(default, with = "raw_one_or_many")]
    endorsement: Vec<RawJson>,
    #[serde(default, with = "one_or_many")]
    endorsement_jwt: Vec<String>,
    #[serde(default, with = "one_or_many")]
    related_resource: Vec<RelatedResource>,
    #[serde(default, with = "raw_one_or_many")]
    refresh_service: Vec<TypedObject>,
    #[serde(default, with = "raw_one_or_many")]
    terms_of_use: Vec<TypedObject>,
}

impl<S> TryFrom<Wire<S>> for VerifiableCredential<S> {
    type Error = JsonError;

    fn try_from(wire: Wire<S>) -> Result<Self, JsonError> {
        let dates = Dates {
            valid_from: wire.valid_from,
            valid_until: wire.valid_until,
            issuance_date: wire.issuance_date,
            expiration_date: wire.expiration_date,
        };
        let (valid_from, valid_until) = dates.under(&wire.context)?;
        let valid_from = valid_from.ok_or_else(|| {
            let member = match DataModel::of(&wire.context) {
                Some(DataModel::V1_1) => "issuanceDate",
                _ => "validFrom",
            };
            JsonError::Shape { path: "$".to_owned(), message: format!("missing field `{member}`") }
        })?;
        Ok(Self {
            context: wire.context,
            id: wire.id,
            types: wire.types,
            name: wire.name,
            description: wire.description,
            image: wire.image,
            issuer: wire.issuer,
            valid_from,
            valid_until,
            awarded_date: wire.awarded_date,
            credential_subject: wire.credential_subject,
            credential_status: wire.credential_status,
            credential_schema: wire.credential_schema,
            evidence: wire.evidence,
            endorsement: wire.endorsement,
            endorsement_jwt: wire.endorsement_jwt,
            related_resource: wire.related_resource,
            refresh_service: wire.refresh_service,
            terms_of_use: wire.terms_of_use,
        })
    }
}

/// A schema that the credential follows (VC Data Model 2.0 §4.11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialSchema {
    /// Where the schema is.
    pub id: Uri,
    /// Its kind, e.g. `1EdTechJsonSchemaValidator2019`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// The identity of a credential: the same for all its copies and forms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialRef {
    /// `issuer.id`
    pub issuer: Uri,
    /// `id`
    pub id: Uri,
}

impl fmt::Display for CredentialRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.id, self.issuer)
    }
}

impl<S: Subject> VerifiableCredential<S> {
    /// Reads the view from text: strictly, then typed.
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path for duplicate members, wrong types, unknown levels and codes, and for a document of another kind.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        json::parse(text)?;
        Self::view(text)
    }

    /// Reads the view from text that passed [`json::parse`] before.
    ///
    /// # Errors
    /// As [`VerifiableCredential::parse`], but for what the strict reading finds.
    pub fn view(text: &str) -> Result<Self, JsonError> {
        let credential = Self::try_from(json::view::<Wire<S>>(text)?)?;
        if !credential.types.iter().any(|kind| S::CREDENTIAL_TYPES.contains(&kind.as_str())) {
            return Err(JsonError::Shape {
                path: "$.type".to_owned(),
                message: format!(
                    "expected {}, found {}",
                    S::CREDENTIAL_TYPES.join(" or "),
                    credential.types.join(", ")
                ),
            });
        }
        Ok(credential)
    }
}

impl<S> VerifiableCredential<S> {
    /// What identifies it.
    pub fn reference(&self) -> CredentialRef {
        CredentialRef { issuer: self.issuer.id.clone(), id: self.id.clone() }
    }

    /// The issuer's DID, when it is named by one.
    pub fn issuer_did(&self) -> Option<Did> {
        self.issuer.id.as_did()
    }

    /// The day that decides questions such as "was the issuer authorised then?": the award's, else the start of validity.
    pub fn award_instant(&self) -> Timestamp {
        self.awarded_date.unwrap_or(self.valid_from)
    }
}

impl<S: Subject> Credential for VerifiableCredential<S> {
    const READS_V1_1: bool = S::READS_V1_1;

    fn contexts(&self) -> &[ContextEntry] {
        &self.context
    }

    fn id(&self) -> Option<&Uri> {
        Some(&self.id)
    }

    fn types(&self) -> &[String] {
        &self.types
    }

    fn issuer_id(&self) -> &Uri {
        &self.issuer.id
    }

    fn valid_from(&self) -> Option<Timestamp> {
        Some(self.valid_from)
    }

    fn valid_until(&self) -> Option<Timestamp> {
        self.valid_until
    }

    fn awarded(&self) -> Option<Timestamp> {
        self.awarded_date
    }

    fn subject_ids(&self) -> Vec<Option<&Uri>> {
        vec![self.credential_subject.id()]
    }

    fn statuses(&self) -> &[CredentialStatus] {
        self.credential_status.as_slice()
    }

    fn related_resources(&self) -> &[RelatedResource] {
        &self.related_resource
    }
}

impl Subject for AchievementSubject {
    const CREDENTIAL_TYPES: &'static [&'static str] = &["AchievementCredential", "OpenBadgeCredential"];
    const READS_V1_1: bool = true;

    fn id(&self) -> Option<&Uri> {
        self.id.as_ref()
    }
}

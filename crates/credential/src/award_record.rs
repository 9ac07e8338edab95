//! What was counted for a diploma, so that the award can be recomputed decades later, without a network?

use serde::{Deserialize, Serialize};

use crate::credential::CredentialRef;
use crate::digest::Digest;
use crate::json::{self, JsonError};
use crate::plan::Plan;
use crate::text::RawJson;
use crate::timestamp::Timestamp;
use crate::uri::Uri;

/// The record of an award, which the holder keeps beside the diploma. It is not signed: the diploma fixes it by its digest
/// (`relatedResource`), and every document in it bears its own proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwardRecord {
    /// How the diploma calls it.
    pub id: Uri,
    /// `AwardRecord`
    #[serde(rename = "type")]
    pub kind: String,
    /// Whose award it is.
    pub holder: Uri,
    /// As of when everything was verified and counted: the diploma's `awardedDate`.
    pub awarded_date: Timestamp,
    /// The plan that the examination board approved.
    pub plan: Plan,
    /// The digest of that plan, which is what the board approved.
    pub plan_digest: Digest,
    /// Every credential and decision that was counted.
    pub counted: Vec<CountedCredential>,
    /// What the board decided about what was not shown, where the plan alone does not complete the award.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// The programme, the credentials and the decisions, each as its issuer signed it.
    pub documents: Vec<RawJson>,
    /// The award records of the diplomas and certificates among the documents, each fixed by the one it belongs to: what a
    /// counted award was made of counts for nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RawJson>,
    /// What they were verified with: controller documents, status lists and trust lists as they stood.
    pub evidence: RawJson,
}

/// One credential that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedCredential {
    /// `issuer.id`
    pub issuer: Uri,
    /// `id`
    pub id: Uri,
    /// The digest of the signed credential.
    pub digest: Digest,
    /// The id of its achievement: issued again under another id, it is the same badge. A decision has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement: Option<Uri>,
}

impl CountedCredential {
    /// Its identity.
    pub fn reference(&self) -> CredentialRef {
        CredentialRef { issuer: self.issuer.clone(), id: self.id.clone() }
    }
}

impl AwardRecord {
    /// Reads a record of at most [`json::MAX_COLLECTION_BYTES`].
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        json::parse_within(text, json::MAX_COLLECTION_BYTES)?;
        let record: Self = json::view(text)?;
        if record.kind != "AwardRecord" {
            return Err(JsonError::Shape {
                path: "$.type".to_owned(),
                message: format!("expected AwardRecord, found {}", record.kind),
            });
        }
        Ok(record)
    }
}

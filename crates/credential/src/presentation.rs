//! What does a holder show, and to what end? Presentations, proofs of progress, bundles and requests.

use serde::{Deserialize, Deserializer, Serialize};

use crate::any_credential::Party;
use crate::any_presentation;
use crate::board_request::BoardRequest;
use crate::bundle::Bundle;
use crate::context::ContextEntry;
use crate::json::{self, JsonError};
use crate::plan::Plan;
use crate::question::Question;
use crate::text::{RawJson, one_or_many, raw_one_or_many};
use crate::uri::Uri;

/// A presentation (VC Data Model 2.0 §4.13), with our terms for progress and bundles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifiablePresentation {
    /// The contexts; the first is that of the VC Data Model 2.0.
    #[serde(rename = "@context", with = "raw_one_or_many")]
    pub context: Vec<ContextEntry>,
    /// Its identity, if it has one.
    #[serde(default, deserialize_with = "crate::uri::present", skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// `VerifiablePresentation`
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// Who shows it and signed it: written as its URL, read as an object with that as its id, too.
    #[serde(deserialize_with = "holder")]
    pub holder: Uri,
    /// The credentials shown, each exactly as its issuer signed it: badges, the programme, and status lists presented along.
    #[serde(default, with = "raw_one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub verifiable_credential: Vec<RawJson>,
    /// How the credentials count toward a programme: the verifier recomputes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// What was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// The title of a themed collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<Bundle>,
    /// What is asked of an examination board, with what is shown as the evidence
    /// ([`crate::context::PRESENTATION_EXTENSION`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<BoardRequest>,
    /// Award records that the holder chose to show beside their diplomas, each with every member it came with: its digest
    /// is what a diploma names ([`crate::context::PRESENTATION_EXTENSION`]).
    #[serde(default, with = "raw_one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub award_record: Vec<RawJson>,
}

impl VerifiablePresentation {
    /// Reads the view from text of at most [`json::MAX_COLLECTION_BYTES`].
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        json::parse_within(text, json::MAX_COLLECTION_BYTES)?;
        Self::view(text)
    }

    /// Reads the view from text that was read strictly before.
    ///
    /// # Errors
    /// As [`VerifiablePresentation::parse`], but for what the strict reading finds.
    pub fn view(text: &str) -> Result<Self, JsonError> {
        let presentation: Self = json::view(text)?;
        any_presentation::check(&presentation.context, &presentation.types, &presentation.verifiable_credential)?;
        Ok(presentation)
    }
}

fn holder<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uri, D::Error> {
    Party::deserialize(deserializer).map(|party| party.id)
}

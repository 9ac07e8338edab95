//! One file from which a verdict can be replayed: document, dossier, policy, now.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use stapel_credential::json::{self, JsonError};
use stapel_credential::{
    AchievementCredential, AnyCredential, AnyPresentation, ExemptionDecisionCredential, ProgrammeCredential, RawJson,
    Timestamp, TrustListCredential, VerifiablePresentation,
};
use stapel_proof::{Signed, peek_document_unverified};

use crate::check::Findings;
use crate::dossier::Dossier;
use crate::pipeline::{Verifiable, unreadable, verify_text};
use crate::policy::Policy;
use crate::presentation::{Audience, PresentationVerdict, Shown, verify_presentation};
use crate::verdict::Outcome;

/// Everything that a verdict depends on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// The document, as it was received; text that is not strict JSON stands as one JSON string.
    pub document: RawJson,
    /// What was fetched.
    #[serde(default)]
    pub dossier: Dossier,
    /// What the verifier demands.
    #[serde(default)]
    pub policy: Policy,
    /// Who asked, for presentations.
    #[serde(default)]
    pub audience: Audience,
    /// When.
    pub now: Timestamp,
    /// The record of the award that the document is a diploma of, if it was to be recounted; as `document`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award_record: Option<RawJson>,
}

/// Why a text is not a case.
#[derive(Debug, thiserror::Error)]
#[error("the case cannot be read: {0}")]
pub struct CaseError(#[from] JsonError);

/// What came of a case.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "document")]
pub enum CaseVerdict {
    /// Of a credential.
    Credential(Findings),
    /// Of a presentation.
    Presentation(Box<PresentationVerdict>),
}

impl CaseVerdict {
    /// The answer in one word.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Credential(findings) => findings.outcome(),
            Self::Presentation(verdict) => verdict.outcome(),
        }
    }
}

impl Case {
    /// Reads a case of at most [`json::MAX_COLLECTION_BYTES`].
    ///
    /// # Errors
    /// [`CaseError`] with the JSON path.
    pub fn parse(text: &str) -> Result<Self, CaseError> {
        json::parse_within(text, json::MAX_COLLECTION_BYTES)?;
        Ok(json::view(text)?)
    }

    /// Everything that a verdict on this text depends on. Any text will do: what is not JSON is refused by the verdict.
    pub fn new(text: &str, dossier: Dossier, policy: Policy, audience: Audience, now: Timestamp) -> Self {
        Self { document: kept_whole(text), dossier, policy, audience, now, award_record: None }
    }

    /// The same case with the record of the award, whatever it is.
    #[must_use]
    pub fn with_award_record(self, text: &str) -> Self {
        Self { award_record: Some(kept_whole(text)), ..self }
    }

    /// The text of the document, byte for byte.
    pub fn document_text(&self) -> Cow<'_, str> {
        text_of(&self.document)
    }

    /// The text of the award record, byte for byte.
    pub fn award_record_text(&self) -> Option<Cow<'_, str>> {
        self.award_record.as_ref().map(text_of)
    }

    /// The verdict, whatever kind of document it is.
    pub fn replay(&self) -> CaseVerdict {
        let text = self.document_text();
        let text = text.as_ref();
        let peeked = peek_document_unverified(text);
        let is = |kind: &str| {
            json::parse_within(&peeked, json::MAX_COLLECTION_BYTES).is_ok_and(|tree| {
                tree.find("type").is_some_and(|types| types.as_items().iter().any(|t| t.as_str() == Some(kind)))
            })
        };
        let any = self.policy.any_credential;
        if is("VerifiablePresentation") {
            return if any {
                self.presentation::<AnyPresentation>(text)
            } else {
                self.presentation::<VerifiablePresentation>(text)
            };
        }
        CaseVerdict::Credential(if is("ProgrammeCredential") {
            self.findings::<ProgrammeCredential>(text)
        } else if is("TrustListCredential") {
            self.findings::<TrustListCredential>(text)
        } else if is("ExemptionDecisionCredential") {
            self.findings::<ExemptionDecisionCredential>(text)
        } else if any && !is("AchievementCredential") && !is("OpenBadgeCredential") {
            self.findings::<AnyCredential>(text)
        } else {
            self.findings::<AchievementCredential>(text)
        })
    }

    fn presentation<P: Shown>(&self, text: &str) -> CaseVerdict {
        match Signed::<P>::parse(text) {
            Ok(signed) => CaseVerdict::Presentation(Box::new(verify_presentation(
                &signed,
                &self.dossier,
                &self.policy,
                &self.audience,
                self.now,
            ))),
            Err(error) => CaseVerdict::Credential(unreadable(&error)),
        }
    }

    fn findings<T: Verifiable>(&self, text: &str) -> Findings {
        verify_text::<T>(text, &self.dossier, &self.policy, self.now).findings().clone()
    }
}

/// A text as it will stand in the file, one level deeper.
fn kept_whole(text: &str) -> RawJson {
    let inside = format!("[{text}]");
    let strict = json::parse_within(&inside, json::MAX_COLLECTION_BYTES).is_ok() && text.starts_with('{');
    let raw = RawJson::parse(text).ok().filter(|raw| strict && raw.as_str() == text);
    raw.unwrap_or_else(|| quoted(text))
}

fn text_of(raw: &RawJson) -> Cow<'_, str> {
    let text = raw.as_str();
    serde_json::from_str(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[expect(clippy::expect_used, reason = "any text is a JSON string once it is quoted")]
fn quoted(text: &str) -> RawJson {
    RawJson::parse(&serde_json::Value::from(text).to_string()).expect("a JSON string")
}

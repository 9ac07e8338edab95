//! What does somebody ask a holder to show?

use serde::{Deserialize, Serialize};

use crate::credits::Credits;
use crate::json::{self, JsonError};
use crate::level::Level;
use crate::plan::ProgrammeRef;
use crate::uri::{Did, Uri};
use crate::way::Match;

/// A question about progress in one edition of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    /// About which programme; none when any programme that the holder shows will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeRef>,
    /// What is asked.
    pub ask: Ask,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub enum Ask {
    /// Progress toward the award of this id; of a programme with one award or none, that.
    Award(Option<String>),
    /// Is this part shown?
    Part(String),
    /// Are all parts of this group shown?
    Group(String),
    /// Are so many credits shown?
    Credits(CreditsAsk),
    /// Is an outcome shown, whatever the programme? Such a question names none.
    Outcome(Box<OutcomeAsk>),
}

/// So many credits of a programme's parts, perhaps of a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreditsAsk {
    /// At least so many, in the programme's unit.
    pub at_least: Credits,
    /// Of parts of at least this level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Of parts of this group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// A learning outcome or achievement, with what must hold of the credential that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeAsk {
    /// The outcome, by the `targetUrl` of an alignment, or the id of an achievement.
    pub outcome: Uri,
    /// What the credential must fit besides: level, age, kind, issuer.
    #[serde(default, skip_serializing_if = "Match::is_open")]
    pub fits: Match,
    /// The anchor of the trust list that must vouch for the issuer; any of the verifier's, when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vouched_by: Option<Did>,
}

impl Question {
    /// Reads a question of at most [`json::MAX_DOCUMENT_BYTES`].
    ///
    /// # Errors
    /// [`JsonError`] with the JSON path; a question about an outcome that names a programme is one.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        json::parse(text)?;
        let question: Self = json::view(text)?;
        if question.programme.is_some() && matches!(question.ask, Ask::Outcome(_)) {
            let message = "a question about an outcome names no programme".to_owned();
            return Err(JsonError::Shape { path: "$.programme".to_owned(), message });
        }
        Ok(question)
    }

    /// How far toward the programme's award?
    pub fn progress(award: Option<&str>) -> Self {
        Self { programme: None, ask: Ask::Award(award.map(str::to_owned)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_strictly() {
        let read = |text: &str| Question::parse(text).map_err(|error| error.to_string());
        assert_eq!(read(r#"{"ask":{"part":"p1"}}"#).unwrap().ask, Ask::Part("p1".to_owned()));
        assert_eq!(read(r#"{"ask":{"award":null}}"#).unwrap(), Question::progress(None));
        let outcome =
            r#"{"ask":{"outcome":{"outcome":"urn:x:1","fits":{"minimumLevel":"NLQF 4","maximumAgeDays":1095}}}}"#;
        let Ask::Outcome(ask) = read(outcome).unwrap().ask else { panic!("an outcome") };
        assert_eq!((ask.fits.maximum_age_days, ask.vouched_by), (Some(1095), None));
        let digest = crate::Digest::of(b"programme");
        let named = format!(
            r#"{{"programme":{{"id":"urn:x:p","edition":"1","digest":"{digest}"}},"ask":{{"outcome":{{"outcome":"urn:x:1"}}}}}}"#
        );
        assert_eq!(read(&named), Err("$.programme: a question about an outcome names no programme".to_owned()));
        assert!(read(r#"{"ask":{"part":"p1"},"by":"a"}"#).is_err());
        assert!(read(r#"{"ask":{"part":"p1"},"ask":{"part":"p2"}}"#).is_err());
    }
}

//! Who completed what? One learner's completion of one achievement, from record to badge.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use stapel_credential::{Basis, Credits, Day, Did, Pathway, Timestamp, Workplace};
use uuid::Uuid;

use crate::achievement::AchievementRef;
use crate::role::ActorId;
use crate::stage::Stage;
use crate::text::is_one_line;

/// The random identity of a completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CompletionId(Uuid);

/// A text that is not the identity of a completion.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not the id of a completion, such as 0f8fad5b-d9cb-469f-a165-70867728950e")]
pub struct CompletionIdError {
    text: String,
}

/// The learner of a completion: known by the wallet's DID, or by the school's own reference until a wallet claims the badge.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LearnerRef {
    /// The wallet's DID.
    Did(Did),
    /// The school's reference, such as a learner number. Personal data: it stays with the school, and `Debug` does not show it.
    School(SchoolRef),
}

/// The school's own reference of a learner: 1 to 400 characters on one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolRef(String);

/// A text that refers to no learner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a learner's reference has 1 to 400 characters on one line")]
pub struct SchoolRefError;

/// What was completed, by whom and how, as the registrar states it.
#[derive(Debug, Clone, PartialEq)]
pub struct CompletionFacts {
    /// The version of the achievement.
    pub achievement: AchievementRef,
    /// Who.
    pub learner: LearnerRef,
    /// When it was awarded.
    pub awarded: Day,
    /// What may be said further.
    pub further: FurtherFacts,
}

/// What may be said of a completion beside who, what and when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FurtherFacts {
    /// The grade or result, as the achievement's result description says to read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The credits earned, where they differ from what the achievement offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Credits>,
    /// On what it rests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Basis>,
    /// The form of enrolment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pathway: Option<Pathway>,
    /// Where the learner learned at work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workplace: Vec<Workplace>,
    /// The learner's own part in work that a group did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_contribution: Option<String>,
}

/// A completion: what was recorded, and how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// Its identity.
    pub id: CompletionId,
    /// What was recorded.
    pub facts: CompletionFacts,
    /// Who recorded it, and so may not approve it.
    pub recorded_by: ActorId,
    /// When.
    pub recorded_at: Timestamp,
    /// How far it has come.
    pub stage: Stage,
}

impl CompletionId {
    /// The identity with these random bits.
    pub fn new(random: Uuid) -> Self {
        Self(random)
    }

    /// The UUID.
    pub fn uuid(self) -> Uuid {
        self.0
    }

    /// Reads a UUID in its usual form.
    ///
    /// # Errors
    /// [`CompletionIdError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, CompletionIdError> {
        let refuse = || CompletionIdError { text: text.chars().take(80).collect() };
        if text.len() != 36 {
            return Err(refuse());
        }
        Uuid::try_parse(text).map(Self).map_err(|_| refuse())
    }
}

impl fmt::Display for CompletionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for CompletionId {
    type Err = CompletionIdError;
    fn from_str(text: &str) -> Result<Self, CompletionIdError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CompletionId {
    type Error = CompletionIdError;
    fn try_from(text: String) -> Result<Self, CompletionIdError> {
        Self::parse(&text)
    }
}

impl From<CompletionId> for String {
    fn from(id: CompletionId) -> Self {
        id.to_string()
    }
}

impl SchoolRef {
    /// Reads a reference.
    ///
    /// # Errors
    /// [`SchoolRefError`] when it is empty, over 400 characters, or has control characters.
    pub fn parse(text: &str) -> Result<Self, SchoolRefError> {
        if is_one_line(text) { Ok(Self(text.trim().to_owned())) } else { Err(SchoolRefError) }
    }

    /// The reference: personal data.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl LearnerRef {
    /// The wallet's DID, when it is known.
    pub fn did(&self) -> Option<&Did> {
        match self {
            Self::Did(did) => Some(did),
            Self::School(_) => None,
        }
    }
}

impl fmt::Debug for SchoolRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SchoolRef(not shown)")
    }
}

impl fmt::Debug for LearnerRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Did(_) => "Did(not shown)",
            Self::School(_) => "School(not shown)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learner_is_not_shown_by_debug() {
        let school = LearnerRef::School(SchoolRef::parse("s1234567").unwrap());
        let did = LearnerRef::Did(Did::parse("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK").unwrap());
        assert_eq!(format!("{school:?} {did:?}"), "School(not shown) Did(not shown)");
    }

    #[test]
    fn the_id_of_a_completion_is_read_in_one_spelling_only() {
        let id = "0f8fad5b-d9cb-469f-a165-70867728950e";
        assert_eq!(CompletionId::parse(id).unwrap().to_string(), id);
        assert_eq!(
            CompletionId::parse("{0f8fad5b-d9cb-469f-a165-70867728950e}").unwrap_err().to_string(),
            "\"{0f8fad5b-d9cb-469f-a165-70867728950e}\" is not the id of a completion, such as 0f8fad5b-d9cb-469f-a165-70867728950e",
        );
    }
}

//! What does somebody ask a holder to show?

use serde::{Deserialize, Serialize};

use crate::plan::ProgrammeRef;

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
}

impl Question {
    /// How far toward the programme's award?
    pub fn progress(award: Option<&str>) -> Self {
        Self { programme: None, ask: Ask::Award(award.map(str::to_owned)) }
    }
}

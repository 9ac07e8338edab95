//! What does a learner ask of an examination board?

use serde::{Deserialize, Serialize};

use crate::extension::Basis;
use crate::plan::ProgrammeRef;

/// A request to the examination board of a programme; the presentation that carries it shows the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BoardRequest {
    /// What is asked.
    pub kind: RequestKind,
    /// In which edition of which programme.
    pub programme: ProgrammeRef,
    /// For which parts, by their ids; at least one.
    pub parts: Vec<String>,
    /// On what it should rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// More about it, in the learner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What is asked of an examination board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    /// That it exempts from the parts.
    Exemption,
    /// That it has the parts assessed.
    Assessment,
}

//! What shows a part? Ways, and the matches that credentials must fit.

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::extension::{Basis, CredentialKind, Sector, Setting};
use crate::level::Level;
use crate::programme::is_false;
use crate::text::one_or_many;
use crate::trust_list::IssuerKind;
use crate::uri::{Did, Uri};

/// One way to show a part: every match of `all` by a credential of its own, or outcomes covered together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Way {
    /// What is wanted, all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Match>,
    /// Outcomes that credentials cover together; instead of `all`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<Outcomes>,
    /// Further parts that are shown in the same stroke, by the same credentials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<String>,
    /// What fits supplements the part and does not replace it: it is told, and never fills.
    #[serde(default, skip_serializing_if = "is_false")]
    pub supplements: bool,
}

/// Learning outcomes that one or more credentials cover together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcomes {
    /// The outcomes, by the `targetUrl` of their alignment.
    pub of: Vec<Uri>,
    /// How many of them must be covered; all, when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// What each credential must fit besides.
    #[serde(default, skip_serializing_if = "Match::is_open")]
    pub fits: Match,
}

/// A credential that fits: everything that is given holds. At least one of `achievement` and `code` is given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Match {
    /// The achievement has one of these ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub achievement: Vec<Uri>,
    /// Its description has one of these versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub version: Vec<String>,
    /// The achievement carries one of these codes. The issuer's own code fits only together with `issuer`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<Code>,
    /// The credential is by one of these issuers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer: Vec<Did>,
    /// The trust list calls its issuer one of these kinds, on the day of the award.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer_kind: Vec<IssuerKind>,
    /// The trust list lets its issuer certify this code, on the day of the award.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorised_for: Option<Code>,
    /// The achievement has at least one of these levels; one for each framework that is taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub minimum_level: Vec<Level>,
    /// One of its results is at least this: a number, or a value of the result's own scale (`allowedValue`, low to high).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_result: Option<String>,
    /// It was awarded at most so many days before the reference date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_age_days: Option<u32>,
    /// It is one of these kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<CredentialKind>,
    /// It was assessed in one of these settings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub setting: Vec<Setting>,
    /// It rests on one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Basis>,
    /// It is of one of these sectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sector: Vec<Sector>,
}

impl Match {
    /// Whether every credential fits.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

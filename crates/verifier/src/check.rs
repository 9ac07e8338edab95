//! What was checked, and what came of it?

use serde::Serialize;
use stapel_credential::{Did, Uri};

use crate::reason::Reason;
use crate::verdict::Outcome;

/// What a check looks at, in the order of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CheckKind {
    /// Is it a document of this kind at all?
    Structure,
    /// Does every signature belong to this text?
    Proof,
    /// Is the key one of the issuer's or holder's?
    Key,
    /// Does it hold today?
    Validity,
    /// Was it revoked or suspended?
    Status,
    /// Does somebody we trust vouch for the issuer, for these codes, on that day?
    Trust,
    /// Is it about the one who shows it?
    Holder,
    /// Was it made for us, in answer to our question?
    Audience,
    /// Do the credentials count as the plan says?
    Progress,
}

/// What came of a check. Any `Fail` refuses; else any `Unknown` leaves it undecided.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "result", content = "reason")]
pub enum CheckResult {
    /// It holds.
    Pass(Reason),
    /// It holds, and there is something to know.
    Remark(Reason),
    /// It could not be checked: that says nothing against the document.
    Unknown(Reason),
    /// It does not hold.
    Fail(Reason),
}

/// One check and its result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub kind: CheckKind,
    /// What came of it.
    #[serde(flatten)]
    pub result: CheckResult,
}

/// Something that is needed for a decision and not in the dossier; or, of a status list that decides, perhaps a newer one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "missing")]
#[non_exhaustive]
pub enum Missing {
    /// The keys of a DID.
    Controller {
        /// Whose.
        did: Did,
        /// Where they are published.
        url: String,
    },
    /// A status list.
    StatusList {
        /// Where it is published.
        url: Uri,
    },
}

/// Every check that was made, in order.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Findings {
    checks: Vec<Check>,
    missing: Vec<Missing>,
}

impl CheckResult {
    /// Why.
    pub fn reason(&self) -> &Reason {
        match self {
            Self::Pass(reason) | Self::Remark(reason) | Self::Unknown(reason) | Self::Fail(reason) => reason,
        }
    }
}

impl Findings {
    /// The checks, in the order in which they were made.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// What would have to be fetched for a decision, or for one by the newest documents.
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// The result of the check of that kind.
    pub fn find(&self, kind: CheckKind) -> Option<&CheckResult> {
        self.checks.iter().find(|check| check.kind == kind).map(|check| &check.result)
    }

    /// Any fail refuses; else any unknown leaves it undecided; else any remark is worth reading.
    pub fn outcome(&self) -> Outcome {
        let any = |wanted: fn(&CheckResult) -> bool| self.checks.iter().any(|check| wanted(&check.result));
        if any(|result| matches!(result, CheckResult::Fail(_))) {
            Outcome::Refused
        } else if self.checks.is_empty() || any(|result| matches!(result, CheckResult::Unknown(_))) {
            Outcome::Undecided
        } else if any(|result| matches!(result, CheckResult::Remark(_))) {
            Outcome::AcceptedWithRemarks
        } else {
            Outcome::Accepted
        }
    }

    /// Adds a check that a caller made beyond this pipeline, such as whether the progress is as claimed.
    pub fn add(&mut self, kind: CheckKind, result: CheckResult) {
        self.checks.push(Check { kind, result });
    }

    pub(crate) fn need(&mut self, missing: Missing) {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    pub(crate) fn need_all(&mut self, other: &Self) {
        for missing in &other.missing {
            self.need(missing.clone());
        }
    }
}

//! What did the examination board decide?

use serde::Deserialize;
use stapel_credential::{Day, Timestamp};
use stapel_issuer::{AchievementCode, Action, Actor, CompletionId, Decision, NotChanged, Records};

use super::{Decided, DeskError, Refused};

/// The body that decides where none is named.
pub(crate) const BODY: &str = "Examencommissie";

/// What is to be approved.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Approval {
    /// Everything that is recorded.
    #[serde(default)]
    pub(crate) all: bool,
    /// With `all`: of this achievement alone.
    pub(crate) achievement: Option<AchievementCode>,
    /// These completions.
    #[serde(default)]
    pub(crate) completions: Vec<CompletionId>,
    /// The body that decided.
    pub(crate) body: Option<String>,
    /// Its reference, such as a number of minutes.
    pub(crate) reference: Option<String>,
    /// The day on which it decided; today where none is named.
    pub(crate) day: Option<Day>,
}

/// What is to be rejected, and why.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Rejection {
    pub(crate) completions: Vec<CompletionId>,
    pub(crate) reason: String,
}

/// Approves; each completion is approved or refused on its own.
pub(crate) fn approve(
    records: &Records<'_>,
    by: &Actor,
    wanted: &Approval,
    now: Timestamp,
) -> Result<Decided, DeskError> {
    by.permit(Action::Approve)?;
    if wanted.all != wanted.completions.is_empty() || (wanted.achievement.is_some() && !wanted.all) {
        return Err(DeskError::AllOrSome);
    }
    let body = wanted.body.as_deref().unwrap_or(BODY);
    let day = wanted.day.unwrap_or_else(|| now.day());
    let decision = Decision::new(body, wanted.reference.as_deref(), Some(day))?;
    if wanted.all {
        let approvals = records.approve_recorded(by, wanted.achievement.as_ref(), &decision, now)?;
        let refused = approvals.refused.into_iter().map(Refused::new).collect();
        return Ok(Decided { changed: approvals.approved, refused });
    }
    Ok(decided(records.approve(by, &wanted.completions, &decision, now)?))
}

/// Rejects; each completion is rejected or refused on its own.
pub(crate) fn reject(
    records: &Records<'_>,
    by: &Actor,
    wanted: &Rejection,
    now: Timestamp,
) -> Result<Decided, DeskError> {
    Ok(decided(records.reject(by, &wanted.completions, &wanted.reason, now)?))
}

fn decided<T>(outcomes: Vec<Result<T, NotChanged>>) -> Decided {
    let mut decided = Decided { changed: 0, refused: Vec::new() };
    for outcome in outcomes {
        match outcome {
            Ok(_) => decided.changed += 1,
            Err(error) => decided.refused.push(Refused::new(error)),
        }
    }
    decided
}

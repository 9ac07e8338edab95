//! What is the best plan? The search that a wallet makes.

use std::rc::Rc;

use stapel_credential::{Plan, ProgrammeCredential, Question, Timestamp};
use stapel_verifier::{Trust, Verified};

use crate::badge::Holdings;
use crate::bound::Worth;
use crate::count::count;
use crate::error::StackingError;
use crate::model::{Model, edition};
use crate::progress::{Progress, Score};
use crate::rules::Rules;
use crate::search::search;
use crate::shelf::Shelf;
use crate::tree::credits;

/// How long a search may take and how much it may hold in mind, in steps and bytes: the result is the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    pub(crate) steps: u64,
    pub(crate) bytes: u64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Found {
    /// Which credential fills what.
    pub plan: Plan,
    /// What that comes to: exactly what [`crate::check`] makes of the plan.
    pub progress: Progress,
    /// Whether there is no better plan.
    pub optimality: Optimality,
}

/// Whether a plan is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optimality {
    /// There is no better plan.
    Best,
    /// The budget ended before that was certain.
    BestFound {
        /// No plan is better than this; whether one is as good is not known.
        bound: Score,
    },
}

impl Budget {
    /// So many steps; a step weighs one choice of what to fill. Where there is much to fill, a choice counts for several.
    pub const fn steps(steps: u64) -> Self {
        Self { steps, bytes: 128 << 20 }
    }

    /// So many bytes at most for what is chosen on the way to where the search is; what is weighed there comes on top.
    #[must_use]
    pub const fn with_bytes(self, bytes: u64) -> Self {
        Self { bytes, ..self }
    }
}

impl Default for Budget {
    /// Many times what hundreds of credentials and parts take in practice, and 128 MiB.
    fn default() -> Self {
        Self::steps(2_000)
    }
}

/// Searches the best assignment of verified credentials to what the question asks.
///
/// # Errors
/// [`StackingError`] when the programme's rules do not hold together or its issuer may not state them, or when the question
/// is about something else.
pub fn find(
    programme: &Verified<ProgrammeCredential>,
    question: &Question,
    holdings: &Holdings<'_>,
    trust: &Trust,
    now: Timestamp,
    budget: Budget,
) -> Result<Found, StackingError> {
    let model = model_for(programme, question, holdings, trust, now)?;
    Ok(find_in(&model, budget))
}

/// The model of a question about this very edition.
pub(crate) fn model_for<'a>(
    programme: &'a Verified<ProgrammeCredential>,
    question: &Question,
    holdings: &Holdings<'a>,
    trust: &'a Trust,
    now: Timestamp,
) -> Result<Model<'a>, StackingError> {
    let given = edition(programme);
    if let Some(asked) = question.programme.as_ref().filter(|asked| **asked != given) {
        return Err(StackingError::OtherProgramme { asked: Box::new(asked.clone()), given: Box::new(given) });
    }
    let shelf = Rc::new(Shelf::new(holdings, Vec::new()));
    Model::new(programme, rules_of(programme)?, &question.ask, shelf, trust, now)
}

/// The rules of a programme, where they hold together.
pub(crate) fn rules_of(programme: &Verified<ProgrammeCredential>) -> Result<Rc<Rules<'_>>, StackingError> {
    let content = &programme.content().credential_subject.programme;
    let refuse = |errors| StackingError::Rules { programme: content.id.clone(), errors };
    Rules::read(content).map(Rc::new).map_err(refuse)
}

fn find_in(model: &Model<'_>, budget: Budget) -> Found {
    let (assignment, bound) = search(model, budget);
    Found { plan: assignment.to_plan(model), progress: count(model, &assignment), optimality: optimality(bound) }
}

/// What a search knows of what it did not find.
pub(crate) fn optimality(bound: Option<Worth>) -> Optimality {
    bound.map_or(Optimality::Best, |bound| Optimality::BestFound {
        bound: Score {
            complete: bound.complete,
            requirements_met: bound.leaves,
            credits_counted: credits(bound.counted),
            hours_counted: stapel_credential::Hours(u32::try_from(bound.hours).unwrap_or(u32::MAX)),
            credentials_used: std::cmp::Reverse(u32::try_from(bound.used).unwrap_or(u32::MAX)),
        },
    })
}

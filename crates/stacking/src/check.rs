//! Is what this plan claims so? Recomputed in one pass, without search.

use std::rc::Rc;

use stapel_credential::{Ask, Plan, ProgrammeCredential, Timestamp};
use stapel_verifier::{Trust, Verified};

use crate::assignment::Assignment;
use crate::badge::Holdings;
use crate::count::count;
use crate::error::PlanError;
use crate::find::rules_of;
use crate::model::{Model, edition};
use crate::progress::Progress;
use crate::shelf::Shelf;

/// Recomputes the progress that a plan comes to. Nothing in the plan is trusted: every line must name something that is
/// asked, with verified credentials of the holder that fit it, each badge once.
///
/// # Errors
/// [`PlanError`] with the first line that fails.
pub fn check(
    programme: &Verified<ProgrammeCredential>,
    plan: &Plan,
    holdings: &Holdings<'_>,
    trust: &Trust,
    now: Timestamp,
) -> Result<Progress, PlanError> {
    let given = edition(programme);
    let planned = &plan.programme;
    if planned.id != given.id {
        return Err(PlanError::OtherProgramme { planned: planned.id.clone(), given: given.id });
    }
    if planned.edition != given.edition {
        return Err(PlanError::OtherEdition { planned: planned.edition.clone(), given: given.edition });
    }
    if planned.digest != given.digest {
        return Err(PlanError::OtherDigest { planned: planned.digest, given: given.digest });
    }
    let shelf = Rc::new(Shelf::new(holdings, Vec::new()));
    let model = Model::new(programme, rules_of(programme)?, &plan.ask, shelf, trust, now)?;
    if plan.ask == Ask::Award(None) && model.ask != plan.ask {
        return Err(PlanError::AwardOpen);
    }
    let assignment = Assignment::read(&model, plan)?;
    Ok(count(&model, &assignment))
}

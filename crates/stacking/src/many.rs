//! Which awards is the holder nearest to, over many programmes, and what if a module were added?

use std::rc::Rc;

use serde::Serialize;
use stapel_credential::{Ask, Credits, Localised, ProgrammeCredential, ProgrammeRef, Question, Timestamp};
use stapel_verifier::{Trust, Verified};

use crate::assignment::Assignment;
use crate::badge::Holdings;
use crate::error::StackingError;
use crate::find::{Budget, Optimality, model_for, optimality, rules_of};
use crate::model::{Model, edition};
use crate::offer::{Offering, Pretended};
use crate::progress::{AwardSummary, Score};
use crate::search::search;
use crate::shelf::Shelf;
use crate::tree::credits;

/// How near one award of one programme is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Nearness {
    /// The edition.
    pub programme: ProgrammeRef,
    /// The programme's name.
    pub name: Localised,
    /// What about it is invented, when it is an example.
    #[serde(skip_serializing_if = "Localised::is_empty")]
    pub illustrative: Localised,
    /// The award; none of a programme that leads to none.
    pub award: Option<AwardSummary>,
    /// Leaf requirements met, of those asked.
    pub requirements_met: u32,
    /// Leaf requirements asked.
    pub requirements_asked: u32,
    /// Credits that count.
    pub credits_counted: Credits,
    /// Credits asked.
    pub credits_needed: Credits,
    /// Whether everything that is asked is shown.
    pub complete: bool,
    /// Whether that is the best there is.
    #[serde(skip)]
    pub optimality: Optimality,
}

impl Nearness {
    /// How near the best plan is: measured as in any count, without a line for every credential.
    fn of(model: &Model<'_>, budget: Budget) -> Self {
        let (assignment, bound) = search(model, budget);
        let whole = model.tree.measure(&assignment.filling(model), &mut Vec::new());
        let programme = model.rules.programme();
        Self {
            programme: model.edition.clone(),
            name: programme.name.clone(),
            illustrative: programme.illustrative.clone(),
            award: model.rules.find_award(&model.ask).map(AwardSummary::of),
            requirements_met: whole.leaves,
            requirements_asked: model.tree.root().map_or(0, |root| root.asked),
            credits_counted: credits(whole.counted),
            credits_needed: credits(whole.needed),
            complete: whole.met,
            optimality: optimality(bound),
        }
    }
}

/// A programme that could not be counted.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PassedOver {
    /// Which.
    pub programme: ProgrammeRef,
    /// Why.
    pub why: StackingError,
}

/// Every award of every programme, nearest first: complete ones, then those with the fewest credits missing of which some
/// count, then the others; equally near ones by requirements missing and by name.
pub fn nearest(
    programmes: &[Verified<ProgrammeCredential>],
    holdings: &Holdings<'_>,
    trust: &Trust,
    now: Timestamp,
    budget: Budget,
) -> (Vec<Nearness>, Vec<PassedOver>) {
    let shelf = Rc::new(Shelf::new(holdings, Vec::new()));
    let (mut near, mut passed_over) = (Vec::new(), Vec::new());
    for programme in programmes {
        let rules = match rules_of(programme) {
            Ok(rules) => rules,
            Err(why) => {
                passed_over.push(PassedOver { programme: edition(programme), why });
                continue;
            }
        };
        let awards: Vec<Option<String>> = match rules.programme().awards.as_slice() {
            [] => vec![None],
            awards => awards.iter().map(|award| Some(award.id.clone())).collect(),
        };
        for award in awards {
            let (rules, shelf) = (Rc::clone(&rules), Rc::clone(&shelf));
            match Model::new(programme, rules, &Ask::Award(award), shelf, trust, now) {
                Ok(model) => near.push(Nearness::of(&model, budget)),
                Err(why) => {
                    passed_over.push(PassedOver { programme: edition(programme), why });
                    break;
                }
            }
        }
    }
    near.sort_by_cached_key(|near| {
        let missing = near.credits_needed.saturating_sub(near.credits_counted);
        let starts = near.credits_counted > Credits::ZERO || near.requirements_met > 0;
        let requirements = near.requirements_asked.saturating_sub(near.requirements_met);
        let award = near.award.as_ref().map(|award| award.id.clone());
        (
            !near.complete,
            !starts,
            missing,
            requirements,
            near.programme.id.clone(),
            near.programme.edition.clone(),
            award,
        )
    });
    (near, passed_over)
}

/// What planned modules would change. It is no progress: nothing of it is shown, and nothing can be presented.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WhatIf {
    /// How good the best plan is today.
    pub before: Score,
    /// How good it would be.
    pub after: Score,
    /// The ids of the parts that would be shown and are not shown today.
    pub shown: Vec<String>,
    /// The ids of the parts that are shown today and would not be: a better plan may leave one for another.
    pub given_up: Vec<String>,
}

/// What if these modules were finished today, besides what is at hand?
///
/// # Errors
/// As [`crate::find`].
pub fn what_if(
    programme: &Verified<ProgrammeCredential>,
    question: &Question,
    holdings: &Holdings<'_>,
    planned: &[Offering],
    trust: &Trust,
    now: Timestamp,
    budget: Budget,
) -> Result<WhatIf, StackingError> {
    let model = model_for(programme, question, holdings, trust, now)?;
    let pretended: Vec<Pretended> = planned.iter().map(|offering| Pretended::new(holdings.holder, offering)).collect();
    let more = pretended.iter().map(|pretended| pretended.badge(now)).collect();
    let shelf = Rc::new(Shelf::new(holdings, more));
    let planned = Model::new(programme, Rc::clone(&model.rules), &model.ask, shelf, trust, now)?;
    let best = |model: &Model<'_>| -> (Assignment, Score) {
        let (assignment, _) = search(model, budget);
        let score = crate::count::count(model, &assignment).score();
        (assignment, score)
    };
    let ((today, before), (then, after)) = (best(&model), best(&planned));
    let parts = 0..model.rules.parts().len();
    let changed = |from: bool| {
        let is_it = |part: &usize| today.shows(&model, *part) == from && then.shows(&planned, *part) != from;
        parts.clone().filter(is_it).map(|part| model.part_id(part)).collect()
    };
    Ok(WhatIf { before, after, shown: changed(false), given_up: changed(true) })
}

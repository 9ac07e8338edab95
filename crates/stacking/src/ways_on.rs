//! What is missing, what are the shortest ways on, and who offers what is missing?
//!
//! The best plan stands; what is asked is walked through once more for what would complete it. Of every choice the cheapest
//! alternatives are kept, so that the ways are the shortest wherever fewer than [`KEPT`] combinations compete.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use stapel_credential::{Credits, Hours, Localised, ProgrammeCredential, Question, Timestamp};
use stapel_verifier::{Trust, Verified};

use crate::badge::Holdings;
use crate::error::StackingError;
use crate::filling::{Brings, Filling};
use crate::find::{Budget, model_for};
use crate::model::Model;
use crate::offer::{OfferedBy, Offering, Offers};
use crate::search::search;
use crate::tree::{Kind, Node, credits, hours};

/// So many combinations are carried on.
const KEPT: usize = 32;

/// So many ways are told.
const TOLD: usize = 5;

/// One way to complete what is asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WayOn {
    /// What is still to be shown, in the order of the programme.
    pub steps: Vec<Step>,
    /// The credits of all of it.
    pub credits: Credits,
}

impl WayOn {
    /// These steps, of so many credits.
    pub fn of(steps: Vec<Step>, credits: Credits) -> Self {
        Self { steps, credits }
    }
}

/// Something that is still to be shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Step {
    /// A part.
    Part {
        /// Its id.
        id: String,
        /// Its name.
        name: Localised,
        /// What it is worth.
        credits: Credits,
        /// Who offers what shows it.
        offered_by: Vec<OfferedBy>,
    },
    /// Credits in the free slots of a pool.
    Credits {
        /// The id of the requirement.
        requirement: String,
        /// Its name.
        name: Localised,
        /// So many are missing.
        credits: Credits,
        /// Who offers what counts there.
        offered_by: Vec<OfferedBy>,
    },
    /// Hours at work.
    Hours {
        /// The id of the requirement.
        requirement: String,
        /// So many are missing.
        hours: Hours,
    },
    /// Credits that a limit from below asks of what counts.
    Limit {
        /// The id of the limit.
        limit: String,
        /// Its name.
        name: Localised,
        /// So many are missing.
        credits: Credits,
    },
}

/// The shortest ways to complete what is asked: fewest credits first, then fewest steps. Empty when it is complete, or when
/// nothing can complete it.
///
/// # Errors
/// As [`crate::find`].
pub fn ways_on(
    programme: &Verified<ProgrammeCredential>,
    question: &Question,
    holdings: &Holdings<'_>,
    trust: &Trust,
    now: Timestamp,
    budget: Budget,
    offerings: &[Offering],
) -> Result<Vec<WayOn>, StackingError> {
    let model = model_for(programme, question, holdings, trust, now)?;
    let (assignment, _) = search(&model, budget);
    let finder = Finder { model: &model, filling: assignment.filling(&model) };
    let offers = Offers::new(&model, offerings);
    let mut ways: Vec<WayOn> = finder.complete().into_iter().map(|addition| finder.way(&addition, &offers)).collect();
    ways.retain(|way| !way.steps.is_empty());
    ways.truncate(TOLD);
    Ok(ways)
}

/// What would be added to what counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Addition {
    parts: BTreeSet<usize>,
    /// By slot.
    credits: BTreeMap<usize, u64>,
    /// By node.
    hours: BTreeMap<usize, u64>,
    /// By node.
    limits: BTreeMap<usize, u64>,
}

struct Finder<'a> {
    model: &'a Model<'a>,
    filling: Filling,
}

impl Finder<'_> {
    fn complete(&self) -> Vec<Addition> {
        let root = self.model.tree.nodes.len().checked_sub(1);
        let found = root.map_or_else(Vec::new, |root| self.expand(root, &Addition::default()));
        let holds = |addition: &Addition| self.model.tree.find_overfull(&self.with(addition)).is_none();
        found.into_iter().filter(holds).collect()
    }

    /// The filling with what would be added, at its best: new credentials meet every condition from below.
    fn with(&self, addition: &Addition) -> Filling {
        let mut filling = self.filling.clone();
        let best = Brings { any: 0, all: u64::MAX, hours: 0 };
        for part in &addition.parts {
            filling.fill_part(*part, Some(best));
        }
        for (slot, more) in &addition.credits {
            filling.fill_slot(*slot, *more, best, true);
        }
        filling
    }

    /// In hundredths, then how many steps.
    fn cost(&self, addition: &Addition) -> (u64, usize) {
        let parts: u64 = addition.parts.iter().map(|part| self.model.tree.worth(*part)).sum();
        let credits: u64 = addition.credits.values().sum();
        let steps = addition.parts.len() + addition.credits.len() + addition.hours.len() + addition.limits.len();
        (parts + credits, steps)
    }

    fn keep(&self, mut found: Vec<Addition>) -> Vec<Addition> {
        found.sort_by_cached_key(|addition| (self.cost(addition), addition.clone()));
        found.dedup();
        found.truncate(KEPT);
        found
    }

    /// Every kept way to meet a node, each with what was added before.
    fn expand(&self, at: usize, before: &Addition) -> Vec<Addition> {
        let Some(node) = self.model.tree.nodes.get(at) else { return Vec::new() };
        match &node.kind {
            Kind::Part { part, .. } => {
                let mut with = before.clone();
                if !self.filling.is_filled(*part) {
                    with.parts.insert(*part);
                }
                vec![with]
            }
            Kind::All { of } => {
                // Pools last: what the rest adds counts in them.
                let (pools, rest): (Vec<usize>, Vec<usize>) = of.iter().partition(|child| self.is_pool(**child));
                rest.into_iter().chain(pools).fold(vec![before.clone()], |found, child| {
                    self.keep(found.iter().flat_map(|addition| self.expand(child, addition)).collect())
                })
            }
            Kind::Choose { at_least, of, .. } => self.choose(*at_least, of, before),
            Kind::Pool { at_least, counts_hours, .. } => self.fill_pool(at, node, *at_least, *counts_hours, before),
        }
    }

    /// By how many alternatives are met, the cheapest ways to meet so many.
    fn choose(&self, at_least: usize, of: &[usize], before: &Addition) -> Vec<Addition> {
        let mut by_count: Vec<Vec<Addition>> = vec![Vec::new(); at_least + 1];
        if let Some(none) = by_count.first_mut() {
            none.push(before.clone());
        }
        for child in of {
            for count in (0..at_least).rev() {
                let from = by_count.get(count).cloned().unwrap_or_default();
                let more: Vec<Addition> = from.iter().flat_map(|addition| self.expand(*child, addition)).collect();
                if let Some(place) = by_count.get_mut(count + 1) {
                    place.extend(more);
                    *place = self.keep(std::mem::take(place));
                }
            }
        }
        by_count.pop().unwrap_or_default()
    }

    fn fill_pool(&self, at: usize, node: &Node, at_least: u64, counts_hours: bool, before: &Addition) -> Vec<Addition> {
        let missing = at_least.saturating_sub(self.model.tree.in_pool(node, &self.with(before)));
        let mut with = before.clone();
        if missing == 0 {
            return vec![with];
        }
        if counts_hours {
            with.hours.insert(at, missing);
            return vec![with];
        }
        if node.only_measures {
            with.limits.insert(at, missing);
            return vec![with];
        }
        let mut found = self.fill_by_parts(node, missing, before);
        let filling = self.with(before);
        for slot in &node.slots {
            let Some(rule) = self.model.tree.slots.get(*slot).map(|slot| &slot.rule) else { continue };
            let full = rule.at_most.map_or(u64::MAX, crate::tree::hundredths);
            if full.saturating_sub(self.model.tree.in_slot(*slot, &filling, None)) >= missing {
                *with.credits.entry(*slot).or_default() += missing;
                found.push(with);
                break;
            }
        }
        self.keep(found)
    }

    /// The cheapest sets of open parts that bring so many credits; a set stands for all of the same sum and size.
    fn fill_by_parts(&self, node: &Node, missing: u64, before: &Addition) -> Vec<Addition> {
        let filling = self.with(before);
        let mut sets: Vec<Addition> = vec![before.clone()];
        let mut found = Vec::new();
        let sum = |addition: &Addition| -> u64 {
            addition.parts.difference(&before.parts).map(|part| self.model.tree.worth(*part)).sum()
        };
        for part in node.parts.iter().filter(|part| !filling.is_filled(**part) && self.model.tree.worth(**part) > 0) {
            let longer: Vec<Addition> = sets
                .iter()
                .map(|set| {
                    let mut with = set.clone();
                    with.parts.insert(*part);
                    with
                })
                .collect();
            for set in longer {
                if sum(&set) >= missing { found.push(set) } else { sets.push(set) }
            }
            // Of equal sums one is enough; the largest are nearest.
            sets.sort_by_cached_key(|set| (std::cmp::Reverse(sum(set)), set.parts.len(), set.clone()));
            sets.dedup_by_key(|set| (sum(set), set.parts.len()));
            sets.truncate(4 * KEPT);
            if !sets.contains(before) {
                sets.push(before.clone());
            }
        }
        self.keep(found)
    }

    fn is_pool(&self, at: usize) -> bool {
        matches!(self.model.tree.nodes.get(at), Some(Node { kind: Kind::Pool { .. }, .. }))
    }

    fn way(&self, addition: &Addition, offers: &Offers<'_>) -> WayOn {
        let (sum, _) = self.cost(addition);
        let part = |at: &usize| {
            let part = &self.model.rules.parts().get(*at)?.part;
            let (id, name, credits) = (part.id.clone(), part.name.clone(), part.credits);
            Some(Step::Part { id, name, credits, offered_by: offers.for_part(*at) })
        };
        let slot = |(at, more): (&usize, &u64)| {
            let requirement = self.model.tree.slots.get(*at)?.requirement.clone();
            let node = self.model.tree.nodes.iter().find(|node| node.slots.contains(at))?;
            let (name, credits) = (node.name.clone(), credits(*more));
            Some(Step::Credits { requirement, name, credits, offered_by: offers.for_slot(*at) })
        };
        let node = |at: &usize| self.model.tree.nodes.get(*at);
        let hour =
            |(at, more): (&usize, &u64)| Some(Step::Hours { requirement: node(at)?.label(), hours: hours(*more) });
        let limit = |(at, more): (&usize, &u64)| {
            let node = node(at)?;
            Some(Step::Limit { limit: node.label(), name: node.name.clone(), credits: credits(*more) })
        };
        let steps = addition.parts.iter().filter_map(part);
        let steps = steps.chain(addition.credits.iter().filter_map(slot));
        let steps = steps.chain(addition.hours.iter().filter_map(hour));
        WayOn { steps: steps.chain(addition.limits.iter().filter_map(limit)).collect(), credits: credits(sum) }
    }
}

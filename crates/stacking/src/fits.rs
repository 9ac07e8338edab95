//! What fits what, by number? Every credential of the holder against every way and slot, once.

use std::collections::BTreeMap;

use stapel_credential::Outcomes;

use crate::exemption::Decision;
use crate::few::Few;
use crate::fit::Judge;
use crate::model::{Near, NearTarget};
use crate::rules::{RuleWay, Rules};
use crate::shelf::Shelf;
use crate::tree::{Tree, hundredths};
use crate::why::WhyUnused;

/// What fits what. Only the holder's own is in here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fits {
    /// Of each part, each way.
    pub(crate) parts: Vec<Few<WayFits>>,
    /// Of each free slot that is asked: the credentials that fit, and what each would count: hundredths, or hours.
    pub(crate) slots: Vec<Vec<(usize, u64)>>,
    /// Of each part: the decisions that exempt from it.
    pub(crate) exempt: Vec<Vec<usize>>,
    /// Near misses in the order of the programme: parts, then slots.
    pub(crate) near: Vec<Near>,
}

/// The credentials that fit one way.
#[derive(Debug, Clone)]
pub(crate) enum WayFits {
    /// For each match, those that fit it.
    All(Few<Few<usize>>),
    /// Those that cover any of the outcomes: which, one bit each; and how many must be covered.
    Outcomes { by: Vec<(usize, u64)>, need: u32 },
}

impl WayFits {
    /// Every credential that fits some of it.
    pub(crate) fn badges(&self) -> impl Iterator<Item = usize> {
        let (matches, by): (&[Few<usize>], &[(usize, u64)]) = match self {
            Self::All(matches) => (matches, &[]),
            Self::Outcomes { by, .. } => (&[], by),
        };
        matches.iter().flatten().copied().chain(by.iter().map(|(badge, _)| *badge))
    }

    /// Every credential that shows it alone.
    pub(crate) fn alone(&self) -> impl Iterator<Item = usize> {
        let (only, by, need): (&[usize], &[(usize, u64)], u32) = match self {
            Self::All(matches) => match matches.as_slice() {
                [only] => (only, &[], 0),
                _ => (&[], &[], 0),
            },
            Self::Outcomes { by, need } => (&[], by, *need),
        };
        let enough = by.iter().filter(move |(_, covered)| covered.count_ones() >= need).map(|(badge, _)| *badge);
        only.iter().copied().chain(enough)
    }
}

impl Fits {
    pub(crate) fn new(
        rules: &Rules<'_>,
        tree: &Tree,
        judge: &Judge<'_>,
        shelf: &Shelf<'_>,
        decisions: &[Decision],
    ) -> Self {
        let mut finder = Finder { judge, shelf, near: Vec::new(), candidates: Vec::new() };
        let parts = rules.parts().iter().enumerate();
        let parts =
            parts.map(|(at, part)| part.ways.iter().map(|way| finder.way(at, &part.part.id, way)).collect()).collect();
        let slots = (0..tree.slots.len()).map(|at| finder.slot(tree, at)).collect();
        let mut exempt = vec![Vec::new(); rules.parts().len()];
        for (at, decision) in decisions.iter().enumerate() {
            for part in decision.parts.iter().flatten() {
                exempt.get_mut(*part).into_iter().for_each(|list: &mut Vec<usize>| list.push(at));
            }
        }
        Self { parts, slots, exempt, near: finder.near }
    }

    /// Whether nothing fits any of these parts, nor any slot.
    pub(crate) fn are_none(&self, parts: &[usize]) -> bool {
        let fits_none = |part: &usize| {
            let mut ways = self.parts.get(*part).into_iter().flatten();
            ways.all(|way| way.badges().next().is_none()) && self.exempt.get(*part).is_none_or(Vec::is_empty)
        };
        self.slots.iter().all(Vec::is_empty) && parts.iter().all(fits_none)
    }
}

struct Finder<'a> {
    judge: &'a Judge<'a>,
    shelf: &'a Shelf<'a>,
    near: Vec<Near>,
    /// Those of the match at hand.
    candidates: Vec<usize>,
}

impl Finder<'_> {
    fn way(&mut self, part: usize, id: &str, way: &RuleWay<'_>) -> WayFits {
        if let Some(outcomes) = &way.way.outcomes {
            let found = self.outcomes(part, outcomes);
            if !way.way.supplements {
                return found;
            }
            for badge in found.badges() {
                self.note(badge, NearTarget::Part(part), WhyUnused::OnlySupplements { part: id.to_owned() });
            }
            return WayFits::All(Few::One(Few::None));
        }
        let mut matches = Few::None;
        let mut candidates = std::mem::take(&mut self.candidates);
        for wanted in &way.way.all {
            let mut fitting = Few::None;
            self.shelf.find_candidates(wanted, &mut candidates);
            for badge in candidates.iter().copied() {
                let Some(facts) = self.shelf.badges.get(badge) else { continue };
                match self.judge.fits(wanted, facts) {
                    Ok(()) if way.way.supplements => {
                        self.note(badge, NearTarget::Part(part), WhyUnused::OnlySupplements { part: id.to_owned() });
                    }
                    Ok(()) => fitting.push(badge),
                    Err(why) => self.note(badge, NearTarget::Part(part), why),
                }
            }
            matches.push(fitting);
        }
        self.candidates = candidates;
        WayFits::All(matches)
    }

    fn outcomes(&mut self, part: usize, outcomes: &Outcomes) -> WayFits {
        let mut covered: BTreeMap<usize, u64> = BTreeMap::new();
        for (bit, outcome) in outcomes.of.iter().enumerate() {
            let is_first = outcomes.of.iter().take(bit).all(|before| before != outcome);
            for badge in self.shelf.showing(outcome).filter(|_| is_first) {
                *covered.entry(badge).or_default() |= 1 << bit;
            }
        }
        let mut by = Vec::with_capacity(covered.len());
        for (badge, bits) in covered {
            let Some(facts) = self.shelf.badges.get(badge) else { continue };
            match self.judge.fits(&outcomes.fits, facts) {
                Ok(()) => by.push((badge, bits)),
                Err(why) => self.note(badge, NearTarget::Part(part), why),
            }
        }
        let listed = outcomes.of.iter().collect::<std::collections::BTreeSet<_>>().len();
        let need = outcomes.at_least.unwrap_or(u32::try_from(listed).unwrap_or(u32::MAX));
        WayFits::Outcomes { by, need }
    }

    fn slot(&mut self, tree: &Tree, at: usize) -> Vec<(usize, u64)> {
        let Some(slot) = tree.slots.get(at) else { return Vec::new() };
        let mut fitting = Vec::new();
        let mut candidates = std::mem::take(&mut self.candidates);
        self.shelf.find_candidates(&slot.rule.fits, &mut candidates);
        fitting.reserve(candidates.len());
        for badge in candidates.iter().copied() {
            let Some(facts) = self.shelf.badges.get(badge) else { continue };
            let worth = if slot.counts_hours {
                self.judge.hours_in_slot(&slot.rule, facts).map(|hours| u64::from(hours.0))
            } else {
                self.judge.worth_in_slot(&slot.rule, facts).map(hundredths)
            };
            match worth {
                Ok(worth) => fitting.push((badge, worth)),
                Err(why) => self.note(badge, NearTarget::Slot(at), why),
            }
        }
        self.candidates = candidates;
        fitting
    }

    fn note(&mut self, badge: usize, target: NearTarget, why: WhyUnused) {
        if why != WhyUnused::FitsNothing {
            self.near.push(Near { badge, target, why });
        }
    }
}

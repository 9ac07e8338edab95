//! What fits what, by number? Every credential of the holder against every way and slot, once.

use std::collections::BTreeMap;

use stapel_credential::{Code, Match, Outcomes, Uri};

use crate::badge::Badge;
use crate::exemption::Decision;
use crate::fit::Judge;
use crate::model::{Near, NearTarget};
use crate::rules::{RuleWay, Rules};
use crate::tree::{Tree, hundredths};
use crate::why::WhyUnused;

/// What fits what. Only the holder's own is in here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fits {
    /// Of each part, each way.
    pub(crate) parts: Vec<Vec<WayFits>>,
    /// Of each free slot that is asked: the credentials that fit, and what each would count: hundredths, or hours.
    pub(crate) slots: Vec<Vec<(usize, u64)>>,
    /// Of each part: the decisions that exempt from it.
    pub(crate) exempt: Vec<Vec<usize>>,
    /// Near misses in the order of the programme.
    pub(crate) near: Vec<Near>,
}

/// The credentials that fit one way.
#[derive(Debug, Clone)]
pub(crate) enum WayFits {
    /// For each match, those that fit it.
    All(Vec<Vec<usize>>),
    /// Those that cover any of the outcomes: which, one bit each; and how many must be covered.
    Outcomes { by: Vec<(usize, u64)>, need: u32 },
}

impl WayFits {
    /// Every credential that fits some of it.
    pub(crate) fn badges(&self) -> Vec<usize> {
        match self {
            Self::All(matches) => matches.iter().flatten().copied().collect(),
            Self::Outcomes { by, .. } => by.iter().map(|(badge, _)| *badge).collect(),
        }
    }

    /// Every credential that shows it alone.
    pub(crate) fn alone(&self) -> Vec<usize> {
        match self {
            Self::All(matches) => match matches.as_slice() {
                [only] => only.clone(),
                _ => Vec::new(),
            },
            Self::Outcomes { by, need } => {
                by.iter().filter(|(_, covered)| covered.count_ones() >= *need).map(|(badge, _)| *badge).collect()
            }
        }
    }
}

impl Fits {
    pub(crate) fn new(
        rules: &Rules,
        tree: &Tree,
        judge: &Judge<'_>,
        holder: &Uri,
        badges: &[Badge],
        decisions: &[Decision],
    ) -> Self {
        let mut finder = Finder { judge, own: Own::new(badges, holder), badges, near: Vec::new() };
        let parts = rules.parts().iter().enumerate();
        let parts =
            parts.map(|(at, part)| part.ways.iter().map(|way| finder.way(at, &part.part.id, way)).collect()).collect();
        let slots = (0..tree.slots.len()).map(|at| finder.slot(tree, at)).collect();
        let exempts =
            |part: usize, decision: &Decision| decision.parts.as_ref().is_ok_and(|parts| parts.contains(&part));
        let exempt = (0..rules.parts().len()).map(|part| {
            (0..).zip(decisions).filter(|(_, decision)| exempts(part, decision)).map(|(at, _)| at).collect()
        });
        Self { parts, slots, exempt: exempt.collect(), near: finder.near }
    }
}

/// The holder's own credentials by what matches ask for first, so that not every credential is held against every match.
struct Own<'a> {
    all: Vec<usize>,
    by_achievement: BTreeMap<&'a str, Vec<usize>>,
    by_code: BTreeMap<&'a Code, Vec<usize>>,
    by_outcome: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Own<'a> {
    fn new(badges: &'a [Badge], holder: &Uri) -> Self {
        let mut own = Self {
            all: Vec::new(),
            by_achievement: BTreeMap::new(),
            by_code: BTreeMap::new(),
            by_outcome: BTreeMap::new(),
        };
        for (at, badge) in badges.iter().enumerate().filter(|(_, badge)| badge.holder.as_ref() == Some(holder)) {
            own.all.push(at);
            own.by_achievement.entry(badge.achievement.as_str()).or_default().push(at);
            for code in &badge.codes {
                own.by_code.entry(code).or_default().push(at);
            }
            for outcome in &badge.outcomes {
                own.by_outcome.entry(outcome.as_str()).or_default().push(at);
            }
        }
        own
    }

    /// The credentials that could fit, in order.
    fn candidates(&self, wanted: &Match) -> Vec<usize> {
        let mut found: Vec<usize> = if !wanted.achievement.is_empty() {
            wanted.achievement.iter().filter_map(|id| self.by_achievement.get(id.as_str())).flatten().copied().collect()
        } else if !wanted.code.is_empty() {
            wanted.code.iter().filter_map(|code| self.by_code.get(code)).flatten().copied().collect()
        } else {
            return self.all.clone();
        };
        found.sort_unstable();
        found.dedup();
        found
    }
}

struct Finder<'a> {
    judge: &'a Judge<'a>,
    own: Own<'a>,
    badges: &'a [Badge],
    near: Vec<Near>,
}

impl Finder<'_> {
    fn way(&mut self, part: usize, id: &str, way: &RuleWay) -> WayFits {
        if let Some(outcomes) = &way.way.outcomes {
            let found = self.outcomes(part, outcomes);
            if !way.way.supplements {
                return found;
            }
            for badge in found.badges() {
                self.note(badge, NearTarget::Part(part), WhyUnused::OnlySupplements { part: id.to_owned() });
            }
            return WayFits::All(vec![Vec::new()]);
        }
        let mut matches = Vec::with_capacity(way.way.all.len());
        for wanted in &way.way.all {
            let mut fitting = Vec::new();
            for badge in self.own.candidates(wanted) {
                let Some(facts) = self.badges.get(badge) else { continue };
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
        WayFits::All(matches)
    }

    fn outcomes(&mut self, part: usize, outcomes: &Outcomes) -> WayFits {
        let mut covered: BTreeMap<usize, u64> = BTreeMap::new();
        for (bit, outcome) in outcomes.of.iter().enumerate() {
            let is_first = outcomes.of.iter().take(bit).all(|before| before != outcome);
            for badge in self.own.by_outcome.get(outcome.as_str()).filter(|_| is_first).into_iter().flatten() {
                *covered.entry(*badge).or_default() |= 1 << bit;
            }
        }
        let mut by = Vec::with_capacity(covered.len());
        for (badge, bits) in covered {
            let Some(facts) = self.badges.get(badge) else { continue };
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
        for badge in self.own.candidates(&slot.rule.fits) {
            let Some(facts) = self.badges.get(badge) else { continue };
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
        fitting
    }

    fn note(&mut self, badge: usize, target: NearTarget, why: WhyUnused) {
        if why != WhyUnused::FitsNothing {
            self.near.push(Near { badge, target, why });
        }
    }
}

//! How far does a filling carry what is asked? The one measure of the tree, for search and count alike.

use std::cmp::Reverse;

use crate::filling::Filling;
use crate::tree::{AtMost, Kind, Node, Tree, hundredths};

/// What a requirement comes to under a filling. Credits in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Measure {
    pub(crate) met: bool,
    /// Leaf requirements met, of those asked.
    pub(crate) leaves: u32,
    /// Credits counted, never more than are asked.
    pub(crate) counted: u64,
    /// Credits asked, by the alternatives that are furthest.
    pub(crate) needed: u64,
    /// No smaller filling counts more credits than this, even one that meets less.
    pub(crate) most: u64,
    /// Hours counted, never more than are asked.
    pub(crate) hours: u64,
    /// Of a pool, everything in it; of a choice, how many alternatives are met.
    pub(crate) have: u64,
}

/// What a filling has too much of.
#[derive(Debug, Clone)]
pub(crate) enum Overfull<'a> {
    /// More alternatives of a choice than may count.
    Choice { choice: &'a Node, at_most: usize },
    /// More credits than a limit lets count.
    Limit { limit: &'a AtMost, counted: u64 },
}

impl Tree {
    /// Measures every node; the root's measure is also returned.
    pub(crate) fn measure(&self, filling: &Filling, measures: &mut Vec<Measure>) -> Measure {
        measures.clear();
        for node in &self.nodes {
            let measure = self.measure_one(node, filling, measures);
            measures.push(measure);
        }
        measures.last().copied().unwrap_or_default()
    }

    fn measure_one(&self, node: &Node, filling: &Filling, below: &[Measure]) -> Measure {
        match &node.kind {
            Kind::Part { part, worth } => {
                let met = filling.is_filled(*part);
                let counted = if met { *worth } else { 0 };
                Measure { met, leaves: met.into(), counted, needed: *worth, most: counted, ..Measure::default() }
            }
            Kind::Pool { at_least, counts_hours, .. } => {
                let have = self.in_pool(node, filling);
                let (met, counted) = (have >= *at_least, have.min(*at_least));
                let leaves = met.into();
                match (counts_hours, node.only_measures) {
                    (true, _) => Measure { met, leaves, hours: counted, have, ..Measure::default() },
                    (false, true) => Measure { met, leaves, have, ..Measure::default() },
                    (false, false) => {
                        Measure { met, leaves, counted, needed: *at_least, most: counted, hours: 0, have }
                    }
                }
            }
            Kind::All { of } => {
                let mut sum = Measure { met: true, ..Measure::default() };
                for (child, node) in of.iter().filter_map(|child| below.get(*child).zip(self.nodes.get(*child))) {
                    sum.met &= child.met;
                    sum.leaves += child.leaves;
                    sum.hours += child.hours;
                    if node.adds {
                        sum.counted += child.counted;
                        sum.needed += child.needed;
                        sum.most += child.most;
                    }
                }
                sum
            }
            Kind::Choose { at_least, of, largest, .. } => measure_choice(*at_least, of, *largest, below),
        }
    }

    /// Everything in a pool: what its filled parts and its free slots bring, up to their limits.
    pub(crate) fn in_pool(&self, node: &Node, filling: &Filling) -> u64 {
        let (counts_hours, condition) = match node.kind {
            Kind::Pool { counts_hours, condition, .. } => (counts_hours, condition),
            _ => (false, None),
        };
        let in_part = |part: &usize| {
            let brings = filling.brings(*part)?;
            let counts = condition.is_none_or(|bit| brings.all >> bit & 1 == 1);
            counts.then(|| if counts_hours { brings.hours } else { self.worth(*part) })
        };
        let parts: u64 = node.parts.iter().filter_map(in_part).sum();
        let slots: u64 = node.slots.iter().map(|slot| self.in_slot(*slot, filling, condition)).sum();
        parts + slots
    }

    /// The first choice of which more is touched than may count, once these parts are shown too.
    pub(crate) fn find_overfull_choice(&self, filling: &Filling, shown: &[usize]) -> Option<Overfull<'_>> {
        self.bounded.iter().filter_map(|at| self.nodes.get(*at)).find_map(|node| match &node.kind {
            Kind::Choose { at_most: Some(at_most), of, .. } => {
                let children = of.iter().filter_map(|child| self.nodes.get(*child));
                let touched = children.filter(|child| child.mentions(shown) || child.is_touched(filling));
                (touched.count() > *at_most).then_some(Overfull::Choice { choice: node, at_most: *at_most })
            }
            _ => None,
        })
    }

    /// The first choice or limit of which more is touched than may count.
    pub(crate) fn find_overfull(&self, filling: &Filling) -> Option<Overfull<'_>> {
        let choice = self.find_overfull_choice(filling, &[]);
        let limit = || {
            self.limits.iter().find_map(|limit| {
                let counted = self.under_limit(limit, filling);
                (counted > limit.credits).then_some(Overfull::Limit { limit, counted })
            })
        };
        choice.or_else(limit)
    }

    /// The credits that a limit from above counts: a part as soon as one of its credentials is meant.
    pub(crate) fn under_limit(&self, limit: &AtMost, filling: &Filling) -> u64 {
        let is_meant =
            |part: &usize| filling.brings(*part).is_some_and(|brings| brings.any >> limit.condition & 1 == 1);
        let parts: u64 = self.asked.iter().filter(|part| is_meant(part)).map(|part| self.worth(*part)).sum();
        let slots = (0..).zip(&self.slots).filter(|(_, slot)| !slot.counts_hours);
        parts + slots.map(|(at, _)| self.in_slot(at, filling, Some(limit.condition))).sum::<u64>()
    }

    /// What counts in a free slot, after its limit; perhaps only that for which a condition holds.
    pub(crate) fn in_slot(&self, slot: usize, filling: &Filling, condition: Option<usize>) -> u64 {
        let Some(of) = self.slots.get(slot) else { return 0 };
        let limit = of
            .rule
            .at_most
            .map_or(u64::MAX, |limit| if of.counts_hours { hundredths(limit) / 100 } else { hundredths(limit) });
        filling.in_slot(slot, condition).min(limit)
    }

    /// The most hours that count, whatever is chosen.
    pub(crate) fn most_hours(&self, measures: &[Measure]) -> u64 {
        let is_pool = |node: &Node| matches!(node.kind, Kind::Pool { counts_hours: true, .. });
        self.nodes.iter().zip(measures).filter(|(node, _)| is_pool(node)).map(|(_, measure)| measure.hours).sum()
    }
}

fn measure_choice(at_least: usize, of: &[usize], largest: u32, below: &[Measure]) -> Measure {
    // Room for all at once: this is asked of every choice of every state of a search.
    let mut children = Vec::with_capacity(of.len());
    children.extend(of.iter().filter_map(|child| below.get(*child).copied()));
    let have = children.iter().filter(|child: &&Measure| child.met).count();
    let mut credits: Vec<u64> = children.iter().map(|child| child.most).collect();
    first(&mut credits, at_least, |most| Reverse(*most));
    let most = credits.iter().take(at_least).sum();
    for child in &mut children {
        child.leaves = if child.met { largest } else { child.leaves };
    }
    // All that is summed stands in the key, so that it does not matter which of equal ones are first.
    first(&mut children, at_least, |child| {
        (Reverse(child.leaves), Reverse(child.counted), Reverse(child.hours), child.needed)
    });
    children.truncate(at_least);
    Measure {
        met: have >= at_least,
        leaves: children.iter().map(|child| child.leaves).sum(),
        counted: children.iter().map(|child| child.counted).sum(),
        needed: children.iter().map(|child| child.needed).sum(),
        most,
        hours: children.iter().map(|child| child.hours).sum(),
        have: u64::try_from(have).unwrap_or(u64::MAX),
    }
}

/// Moves the first so many by a key to the front, in any order.
fn first<T, K: Ord>(all: &mut [T], count: usize, key: impl FnMut(&T) -> K) {
    if let Some(last) = count.checked_sub(1).filter(|_| count < all.len()) {
        all.select_nth_unstable_by_key(last, key);
    }
}

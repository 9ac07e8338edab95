//! What can still be reached, and at what cost at least? The bounds that let the search stop early.

use std::cmp::Reverse;

use crate::filling::Filling;
use crate::matching::Matching;
use crate::measure::Measure;
use crate::problem::Problem;
use crate::tree::{Kind, Node};

/// More leaf requirements met, then more credits counted, then more hours, then fewer credentials used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Worth {
    pub(crate) complete: bool,
    pub(crate) leaves: u32,
    pub(crate) counted: u64,
    pub(crate) hours: u64,
    pub(crate) used: u64,
}

impl Worth {
    pub(crate) fn gain(self) -> (u32, u64, u64) {
        (self.leaves, self.counted, self.hours)
    }

    pub(crate) fn is_better_than(self, other: Self) -> bool {
        (self.gain(), Reverse(self.used)) > (other.gain(), Reverse(other.used))
    }
}

/// A part that must be shown whatever is chosen, and what it adds to the credits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mandatory {
    item: usize,
    adds: u64,
}

/// The contested parts that stand directly under the root's `all`, most credits first.
pub(crate) fn mandatory(problem: &Problem<'_>) -> Vec<Mandatory> {
    let tree = &problem.model.tree;
    let mut found: Vec<Mandatory> = Vec::new();
    for node in tree.mandatory().into_iter().filter_map(|at| tree.nodes.get(at)) {
        let Kind::Part { part, worth } = node.kind else { continue };
        let Some(item) = problem.find_only_item(part) else { continue };
        let is_contested =
            problem.items.get(item).is_some_and(|item| !item.is_free_standing && !item.takes_exemption());
        if is_contested && found.iter().all(|known| known.item != item) {
            found.push(Mandatory { item, adds: if node.adds { worth } else { 0 } });
        }
    }
    found.sort_by_key(|mandatory| Reverse(mandatory.adds));
    found
}

/// How many of the open mandatory parts must stay open, and how many credits that costs at least. Sets of parts that can be
/// filled together form a matroid, so taking the largest first gives the most.
pub(crate) fn shortfall(
    problem: &Problem<'_>,
    mandatory: &[Mandatory],
    matching: &Matching,
    is_open: impl Fn(usize) -> bool,
) -> (u32, u64) {
    // Room for all at once: this is asked of every state of a search.
    let mut open: Vec<&Mandatory> = Vec::with_capacity(mandatory.len());
    open.extend(mandatory.iter().filter(|mandatory| is_open(mandatory.item)));
    if open.len() < 2 {
        return (0, 0);
    }
    let mut matching = matching.clone();
    let (mut missed, mut credits) = (0, 0);
    for part in open {
        let met = problem.items.get(part.item).is_some_and(|item| matching.meet(item.any_badge, &problem.demands));
        if !met {
            missed += 1;
            credits += part.adds;
        }
    }
    (missed, credits)
}

/// What is filled for certain, and what could be.
pub(crate) struct Outlook<'a> {
    pub(crate) problem: &'a Problem<'a>,
    pub(crate) certain: &'a Filling,
    pub(crate) possible: &'a Filling,
    /// Of every node, under `possible`.
    pub(crate) measures: &'a [Measure],
    /// Whether an item is neither filled nor given up.
    pub(crate) is_open: &'a dyn Fn(usize) -> bool,
}

impl Outlook<'_> {
    /// The fewest credentials still needed to meet all but `slack` of the leaf requirements that are possible.
    pub(crate) fn need(&self, slack: u32) -> u64 {
        let nodes = &self.problem.model.tree.nodes;
        let mut needs: Vec<u64> = Vec::with_capacity(nodes.len());
        for (node, measure) in nodes.iter().zip(self.measures) {
            let need = self.need_of(node, *measure, &needs);
            needs.push(need);
        }
        match nodes.last().map(|root| &root.kind) {
            _ if slack == 0 => needs.last().copied().unwrap_or(0),
            Some(Kind::All { of }) => self.sum_apart(of, &needs, usize::try_from(slack).unwrap_or(usize::MAX)),
            _ => 0,
        }
    }

    fn need_of(&self, node: &Node, measure: Measure, below: &[u64]) -> u64 {
        match &node.kind {
            Kind::Part { part, .. } => {
                let item = self.problem.find_only_item(*part).filter(|item| (self.is_open)(*item));
                let item = item.and_then(|item| self.problem.items.get(item)).filter(|item| item.shows.len() == 1);
                item.filter(|_| self.possible.is_filled(*part)).map_or(0, crate::problem::Item::least_cost)
            }
            Kind::Pool { at_least, counts_hours, condition } if measure.met => {
                self.need_of_pool(node, *at_least, *counts_hours, *condition)
            }
            Kind::Pool { .. } => 0,
            Kind::All { of } => self.sum_apart(of, below, 0),
            Kind::Choose { at_least, of, .. } => {
                let met = |child: &&usize| self.measures.get(**child).is_some_and(|measure| measure.met);
                let mut needs = Vec::with_capacity(of.len());
                needs.extend(of.iter().filter(met).filter_map(|child| below.get(*child).copied()));
                needs.sort_unstable();
                let leaves_only = of.iter().all(|child| self.is_part(*child));
                match needs.len().checked_sub(*at_least) {
                    // Whatever is met counts, since fewer are met than are asked; other alternatives may replace inner nodes.
                    None if leaves_only && self.are_apart(of) => needs.iter().sum(),
                    None => 0,
                    Some(_) if self.are_apart(of) => needs.iter().take(*at_least).sum(),
                    Some(_) => at_least.checked_sub(1).and_then(|last| needs.get(last).copied()).unwrap_or(0),
                }
            }
        }
    }

    /// The fewest items that bring a pool to what it asks: the largest first.
    fn need_of_pool(&self, node: &Node, at_least: u64, counts_hours: bool, condition: Option<usize>) -> u64 {
        let tree = &self.problem.model.tree;
        let mut missing = at_least.saturating_sub(tree.in_pool(node, self.certain));
        let in_parts = node.parts.iter().filter_map(|part| self.problem.items_of_part.get(*part)).flatten();
        let in_slots = node.slots.iter().filter_map(|slot| self.problem.items_of_slot.get(*slot)).flatten();
        let mut open = Vec::with_capacity(self.problem.items.len());
        open.extend(in_parts.chain(in_slots).copied().filter(|item| (self.is_open)(*item)));
        open.sort_unstable();
        open.dedup();
        let worth = |item: usize| Some(self.problem.items.get(item)?.worth_in_pool(counts_hours, condition));
        let mut worths = Vec::with_capacity(open.len());
        worths.extend(open.into_iter().filter_map(worth));
        worths.sort_unstable_by_key(|worth| Reverse(*worth));
        let mut count = 0;
        for worth in worths {
            if missing == 0 {
                break;
            }
            missing = missing.saturating_sub(worth);
            count += 1;
        }
        count
    }

    /// The needs of children that share nothing add up. Two ways to take as many apart as possible are tried: parts and
    /// choices before pools, and pools before them. `spare` of the children may stay short of what is possible.
    fn sum_apart(&self, of: &[usize], needs: &[u64], spare: usize) -> u64 {
        let (pools, rest): (Vec<usize>, Vec<usize>) = of.iter().partition(|child| self.is_pool(**child));
        let sum = |order: &mut dyn Iterator<Item = &usize>| -> u64 {
            let mut seen = self.problem.model.tree.nothing();
            let apart = order.filter(|child| self.mark(**child, &mut seen));
            let needs = apart.filter_map(|child| needs.get(*child).copied());
            if spare == 0 {
                return needs.sum();
            }
            let mut needs: Vec<u64> = needs.collect();
            needs.sort_unstable_by_key(|need| Reverse(*need));
            needs.iter().skip(spare).sum()
        };
        sum(&mut rest.iter().chain(&pools)).max(sum(&mut pools.iter().chain(&rest)))
    }

    fn are_apart(&self, of: &[usize]) -> bool {
        let mut seen = self.problem.model.tree.nothing();
        of.iter().all(|child| self.mark(*child, &mut seen))
    }

    /// Marks what a node mentions, unless some of it is marked already. Certain parts cost nothing more, so they do not overlap.
    fn mark(&self, node: usize, seen: &mut Filling) -> bool {
        let Some(node) = self.problem.model.tree.nodes.get(node) else { return false };
        if node.parts.iter().any(|part| seen.is_filled(*part)) {
            return false;
        }
        for part in &node.parts {
            seen.fill_part(*part, (!self.certain.is_filled(*part)).then(Default::default));
        }
        true
    }

    fn is_pool(&self, at: usize) -> bool {
        self.problem.model.tree.nodes.get(at).is_some_and(|node| matches!(node.kind, Kind::Pool { .. }))
    }

    fn is_part(&self, at: usize) -> bool {
        self.problem.model.tree.nodes.get(at).is_some_and(|node| matches!(node.kind, Kind::Part { .. }))
    }
}

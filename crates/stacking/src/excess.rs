//! Where more could be filled than may count, how much is lost at least?
//!
//! Of what could be filled under a limit, or under a choice of which only so many may count, the excess must stay open. What
//! it adds to the total is lost with it, as far as the pools that it counts in have no more than they ask.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::filling::Filling;
use crate::measure::Measure;
use crate::tree::{Kind, Node, Tree};

/// What no filling can have, though each part of it could be had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) leaves: u32,
    /// In hundredths.
    pub(crate) credits: u64,
}

/// Which parts and slots add to the total whatever else is filled, and which parts are leaves that must all be met.
pub(crate) struct Excess {
    adds: Vec<bool>,
    is_leaf: Vec<bool>,
    slot_adds: Vec<bool>,
    /// The pools that add to the total.
    pools: Vec<usize>,
}

/// What must stay open under one bound.
struct Surplus {
    /// What it is about; a part counts once, under whichever bound.
    parts: BTreeSet<usize>,
    credits: u64,
    leaves: u32,
}

impl Excess {
    pub(crate) fn new(tree: &Tree) -> Self {
        let parts = tree.part_count();
        let mut excess = Self {
            adds: vec![false; parts],
            is_leaf: vec![false; parts],
            slot_adds: vec![false; tree.slots.len()],
            pools: Vec::new(),
        };
        for at in tree.mandatory() {
            let Some(node) = tree.nodes.get(at) else { continue };
            match node.kind {
                Kind::Part { part, .. } => {
                    set(&mut excess.is_leaf, part);
                    if node.adds {
                        set(&mut excess.adds, part);
                    }
                }
                Kind::Pool { .. } if node.adds && !node.only_measures => {
                    node.parts.iter().for_each(|part| set(&mut excess.adds, *part));
                    let open = node
                        .slots
                        .iter()
                        .filter(|slot| tree.slots.get(**slot).is_some_and(|of| of.rule.at_most.is_none()));
                    open.for_each(|slot| set(&mut excess.slot_adds, *slot));
                    excess.pools.push(at);
                }
                _ => {}
            }
        }
        excess
    }

    /// What is lost for certain of what is possible.
    pub(crate) fn lost(&self, tree: &Tree, certain: &Filling, possible: &Filling, measures: &[Measure]) -> Lost {
        if !tree.has_bounds() {
            return Lost::default();
        }
        let mut found: Vec<Surplus> = Vec::new();
        for limit in &tree.limits {
            let too_much = tree.under_limit(limit, possible).saturating_sub(limit.credits);
            let is_meant = |part: &usize| possible.brings(*part).is_some_and(|of| of.any >> limit.condition & 1 == 1);
            let parts = tree.asked.iter().copied().filter(|part| !certain.is_filled(*part) && is_meant(part));
            let slots = (0..).zip(&tree.slots).filter(|(_, slot)| !slot.counts_hours).map(|(slot, _)| {
                let in_slot = |filling| tree.in_slot(slot, filling, Some(limit.condition));
                (slot, in_slot(possible).saturating_sub(in_slot(certain)))
            });
            if too_much > 0 {
                found.push(self.of_limit(tree, too_much, parts.collect(), slots));
            }
        }
        found
            .extend(tree.bounded.iter().filter_map(|at| self.of_choice(tree, tree.nodes.get(*at)?, certain, possible)));
        found.sort_by_key(|surplus| Reverse((surplus.credits, surplus.leaves)));
        let leaves = found.iter().map(|surplus| surplus.leaves).max().unwrap_or(0);
        let (mut seen, mut credits) = (BTreeSet::new(), 0);
        for surplus in found {
            if seen.is_disjoint(&surplus.parts) {
                credits += surplus.credits;
                seen.extend(surplus.parts);
            }
        }
        let spare = self.pools.iter().filter_map(|pool| Some((tree.nodes.get(*pool)?, measures.get(*pool)?)));
        let spare: u64 = spare.map(|(node, measure)| measure.have.saturating_sub(asked(node))).sum();
        Lost { leaves, credits: credits.saturating_sub(spare) }
    }

    fn of_limit(
        &self,
        tree: &Tree,
        too_much: u64,
        parts: BTreeSet<usize>,
        slots: impl Iterator<Item = (usize, u64)>,
    ) -> Surplus {
        let sum = |wanted: &dyn Fn(usize) -> bool| -> u64 {
            parts.iter().filter(|part| wanted(**part)).map(|part| tree.worth(*part)).sum()
        };
        let (adding, other): (Vec<_>, Vec<_>) = slots.partition(|(slot, _)| is_set(&self.slot_adds, *slot));
        let in_slots = |slots: &[(usize, u64)]| slots.iter().map(|(_, worth)| worth).sum::<u64>();
        let credits = too_much.saturating_sub(sum(&|part| !is_set(&self.adds, part)) + in_slots(&other));
        let no_leaves = sum(&|part| !is_set(&self.is_leaf, part)) + in_slots(&other) + in_slots(&adding);
        let mut of_leaves = too_much.saturating_sub(no_leaves);
        let mut worths: Vec<u64> =
            parts.iter().filter(|part| is_set(&self.is_leaf, **part)).map(|part| tree.worth(*part)).collect();
        worths.sort_unstable();
        let mut leaves = 0;
        while let Some(worth) = worths.pop().filter(|_| of_leaves > 0) {
            of_leaves = of_leaves.saturating_sub(worth);
            leaves += 1;
        }
        // A slot that adds has no place among the parts: what several bounds take from it is counted once.
        let credits = if adding.iter().any(|(_, worth)| *worth > 0) {
            credits.saturating_sub(in_slots(&adding))
        } else {
            credits
        };
        Surplus { parts, credits, leaves }
    }

    /// Of a choice among parts, of which more could be touched than may.
    fn of_choice(&self, tree: &Tree, node: &Node, certain: &Filling, possible: &Filling) -> Option<Surplus> {
        let Kind::Choose { at_most: Some(at_most), of, .. } = &node.kind else { return None };
        let part = |child: &usize| match tree.nodes.get(*child)?.kind {
            Kind::Part { part, .. } => Some(part),
            _ => None,
        };
        let of: Vec<usize> = of.iter().map(part).collect::<Option<_>>()?;
        let all: BTreeSet<usize> = of.iter().copied().filter(|part| possible.is_filled(*part)).collect();
        let parts: BTreeSet<usize> = all.iter().copied().filter(|part| !certain.is_filled(*part)).collect();
        // Of a part that stands twice it is not said which is touched.
        let too_many =
            all.len().checked_sub(*at_most).filter(|too_many| *too_many > 0 && of.len() == node.parts.len())?;
        let mut worths: Vec<u64> =
            parts.iter().map(|part| if is_set(&self.adds, *part) { tree.worth(*part) } else { 0 }).collect();
        worths.sort_unstable();
        let credits = worths.iter().take(too_many).sum();
        let no_leaves = parts.iter().filter(|part| !is_set(&self.is_leaf, **part)).count();
        let leaves = u32::try_from(too_many.saturating_sub(no_leaves)).unwrap_or(u32::MAX);
        Some(Surplus { parts, credits, leaves })
    }
}

fn asked(node: &Node) -> u64 {
    match node.kind {
        Kind::Pool { at_least, .. } => at_least,
        _ => 0,
    }
}

fn set(list: &mut [bool], at: usize) {
    list.get_mut(at).into_iter().for_each(|place| *place = true);
}

fn is_set(list: &[bool], at: usize) -> bool {
    list.get(at).copied().unwrap_or(false)
}

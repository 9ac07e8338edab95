//! Which sums must what is filled still reach, so that nothing is lost of what can be had?
//!
//! An answer as good as what is possible, but for the number of its credentials, reaches all of them. Every sum is linear in
//! what is filled, so that [`crate::relax`] can say how many credentials that takes at least.

use std::collections::BTreeMap;

use crate::bound::Outlook;
use crate::measure::Measure;
use crate::tree::{Kind, Node};

/// The weights of what is chosen must come to `need` at least.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The same from state to state: what asks, and what of it.
    pub(crate) name: (Of, usize, u64),
    pub(crate) need: i64,
    pub(crate) of: Vec<(usize, i64)>,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Of {
    /// All that a node asks.
    Node,
    /// What a pool asks of its parts, since its slots are limited.
    PartsOfPool,
    /// Those of a choice that are worth as much or more.
    Worth,
    /// One badge, which counts once.
    Badge,
}

/// All the sums, over the open items and, numbered after them, over which alternatives of a choice are meant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cover {
    pub(crate) rows: Vec<Row>,
    /// What each costs: credentials of an item, nothing of an alternative.
    pub(crate) costs: Vec<i64>,
}

impl Cover {
    /// What reaching everything that is possible takes.
    pub(crate) fn of(outlook: &Outlook<'_>) -> Self {
        let problem = outlook.problem;
        let tree = &problem.model.tree;
        let costs = problem.items.iter().map(|item| number(item.least_cost())).collect();
        let mut at_hand = Vec::new();
        tree.measure(outlook.certain, &mut at_hand);
        let mut builder = Builder { outlook, at_hand, cover: Self { rows: Vec::new(), costs } };
        if let Some(root) = tree.nodes.len().checked_sub(1) {
            builder.require(root, None);
        }
        builder.badges();
        builder.cover
    }
}

struct Builder<'a> {
    outlook: &'a Outlook<'a>,
    /// Of every node, by what is certain.
    at_hand: Vec<Measure>,
    cover: Cover,
}

impl Builder<'_> {
    /// What a node asks; of an alternative only where it is meant.
    fn require(&mut self, at: usize, meant: Option<usize>) {
        let outlook = self.outlook;
        let tree = &outlook.problem.model.tree;
        let (Some(node), Some(measure)) = (tree.nodes.get(at), outlook.measures.get(at)) else { return };
        match &node.kind {
            Kind::Part { part, .. } => {
                if outlook.possible.is_filled(*part) && !outlook.certain.is_filled(*part) {
                    let of = self.showing(&[*part]);
                    self.row(Of::Node, at, 1, of, meant);
                }
            }
            Kind::Pool { at_least, .. } if measure.met => self.pool(at, node, *at_least, meant),
            // What counts of a pool that cannot be met is all that it can have.
            Kind::Pool { .. } if meant.is_none() && node.adds && !node.only_measures => {
                self.pool(at, node, measure.have, meant);
            }
            Kind::Pool { .. } => {}
            Kind::All { of } => of.iter().for_each(|child| self.require(*child, meant)),
            Kind::Choose { at_least, of, .. } => self.choose(at, node, *at_least, of, meant),
        }
    }

    fn pool(&mut self, at: usize, node: &Node, asked: u64, meant: Option<usize>) {
        let Kind::Pool { counts_hours, condition, .. } = node.kind else { return };
        let outlook = self.outlook;
        let (problem, tree) = (outlook.problem, &outlook.problem.model.tree);
        let missing = number(asked) - number(tree.in_pool(node, outlook.certain));
        let worth = |at: usize| Some((at, number(problem.items.get(at)?.worth_in_pool(counts_hours, condition))));
        let in_parts = node.parts.iter().filter_map(|part| problem.items_of_part.get(*part)).flatten();
        let mut open = Vec::with_capacity(problem.items.len());
        open.extend(in_parts.copied().filter(|item| (outlook.is_open)(*item)));
        open.sort_unstable();
        open.dedup();
        let mut of = Vec::with_capacity(problem.items.len());
        of.extend(open.into_iter().filter_map(worth));
        let more_in_slot = |slot: &usize| {
            let in_slot = |filling| number(tree.in_slot(*slot, filling, condition));
            in_slot(outlook.possible) - in_slot(outlook.certain)
        };
        let in_slots: i64 = node.slots.iter().map(more_in_slot).sum();
        self.row(Of::PartsOfPool, at, missing - in_slots, of.clone(), meant);
        let in_slots = node.slots.iter().filter_map(|slot| problem.items_of_slot.get(*slot)).flatten();
        of.extend(in_slots.copied().filter(|item| (outlook.is_open)(*item)).filter_map(worth));
        self.row(Of::Node, at, missing, of, meant);
    }

    fn choose(&mut self, at: usize, node: &Node, at_least: usize, of: &[usize], meant: Option<usize>) {
        let tree = &self.outlook.problem.model.tree;
        let measures = self.outlook.measures;
        let is_met = |child: &usize| measures.get(*child).is_some_and(|measure| measure.met);
        let is_certain = |child: &usize| self.at_hand.get(*child).is_some_and(|measure| measure.met);
        let met: Vec<usize> = of.iter().copied().filter(is_met).collect();
        let (certain, open): (Vec<usize>, Vec<usize>) = met.iter().copied().partition(is_certain);
        let asked = at_least.min(met.len());
        let missing = size(asked) - size(certain.len());
        let counts = meant.is_none() && node.adds;
        let counted = |child: &usize| measures.get(*child).map_or(0, |measure| measure.counted);
        let parts = |children: &[usize]| -> Option<Vec<usize>> {
            let part = |child: &usize| match tree.nodes.get(*child)?.kind {
                Kind::Part { part, .. } => Some(part),
                _ => None,
            };
            children.iter().map(part).collect()
        };
        if parts(of).is_some() {
            let showing = parts(&open).map(|parts| self.showing(&parts)).unwrap_or_default();
            self.row(Of::Node, at, missing, showing, meant);
            let mut worths: Vec<u64> = met.iter().map(counted).collect();
            worths.sort_unstable_by_key(|worth| std::cmp::Reverse(*worth));
            worths.truncate(asked);
            // The credits of a choice are those of the best: none of them may be missed.
            for of_worth in worths.chunk_by(|one, other| one == other).filter(|_| counts) {
                let Some(worth) = of_worth.first().copied() else { continue };
                let is_worth = |child: &&usize| counted(child) >= worth;
                let wanted = worths.iter().filter(|other| **other >= worth).count();
                let missing = size(wanted) - size(certain.iter().filter(is_worth).count());
                let open: Vec<usize> = open.iter().filter(is_worth).copied().collect();
                let showing = parts(&open).map(|parts| self.showing(&parts)).unwrap_or_default();
                self.named((Of::Worth, at, worth), missing, showing, meant);
            }
            return;
        }
        let most = met.iter().map(counted).max().unwrap_or(0);
        let may_be_meant = |child: &&usize| !counts || at_least != 1 || counted(child) == most;
        let missing = size(asked) - size(certain.iter().filter(may_be_meant).count());
        let alternatives: Vec<usize> = open.iter().filter(may_be_meant).copied().collect();
        let mut row = Vec::with_capacity(alternatives.len());
        for child in alternatives {
            let alternative = self.cover.costs.len();
            self.cover.costs.push(0);
            row.push((alternative, 1));
            self.require(child, Some(alternative));
        }
        self.row(Of::Node, at, missing, row, meant);
    }

    /// The open items that show any of these parts, each with how many of them.
    fn showing(&self, parts: &[usize]) -> Vec<(usize, i64)> {
        let outlook = self.outlook;
        let items = parts.iter().filter_map(|part| outlook.problem.items_of_part.get(*part)).flatten();
        let mut found: Vec<usize> = items.copied().filter(|item| (outlook.is_open)(*item)).collect();
        found.sort_unstable();
        found.chunk_by(|one, other| one == other).filter_map(|same| Some((*same.first()?, size(same.len())))).collect()
    }

    /// A badge that is all that fills several items fills one of them.
    fn badges(&mut self) {
        let problem = self.outlook.problem;
        let mut only: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
        for (at, item) in problem.items.iter().enumerate() {
            let is_contested = !item.is_free_standing && !item.takes_exemption();
            if let ([badge], true, true) =
                (problem.demands.badges(item.any_badge), is_contested, (self.outlook.is_open)(at))
            {
                only.entry(*badge).or_default().push((at, -1));
            }
        }
        for (badge, of) in only.into_iter().filter(|(_, of)| of.len() > 1) {
            self.row(Of::Badge, badge, -1, of, None);
        }
    }

    fn row(&mut self, what: Of, at: usize, need: i64, of: Vec<(usize, i64)>, meant: Option<usize>) {
        self.named((what, at, 0), need, of, meant);
    }

    fn named(&mut self, name: (Of, usize, u64), need: i64, mut of: Vec<(usize, i64)>, meant: Option<usize>) {
        if need <= 0 && name.0 != Of::Badge {
            return;
        }
        let need = if need > 0 { reachable(need, &of) } else { need };
        // More than is needed is no use, and tells less.
        for (_, weight) in &mut of {
            *weight = (*weight).min(need.abs());
        }
        of.retain(|(_, weight)| *weight != 0);
        let need = match meant {
            None => need,
            Some(alternative) => {
                of.push((alternative, -need));
                0
            }
        };
        self.cover.rows.push(Row { name, need, of });
    }
}

/// The least sum of these weights that is enough: where all that does not reach alone comes in steps, nothing between two
/// steps can be had (Gomory 1958). Of credits of 10 each, 102 are needed for 1,015.
fn reachable(need: i64, of: &[(usize, i64)]) -> i64 {
    let short = of.iter().map(|(_, weight)| *weight).filter(|weight| *weight < need);
    match short.fold(0, greatest_common_divisor) {
        0 => need,
        step => (need + step - 1) / step * step,
    }
}

fn greatest_common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one.abs() } else { greatest_common_divisor(other, one % other) }
}

fn size(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_in_steps_is_asked_in_steps() {
        let of = |weights: &[i64]| weights.iter().copied().enumerate().collect::<Vec<_>>();
        assert_eq!(reachable(1_015, &of(&[10; 200])), 1_020);
        assert_eq!(reachable(1_020, &of(&[10; 200])), 1_020);
        assert_eq!(reachable(1_015, &of(&[10, 15, 20])), 1_015);
        assert_eq!(reachable(1_015, &of(&[10, 20, 5_000])), 1_020, "what is enough alone has no step");
        assert_eq!(reachable(1_015, &of(&[5_000])), 1_015);
        assert_eq!(reachable(1_015, &[]), 1_015);
    }
}

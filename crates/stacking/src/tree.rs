//! What is asked? The requirement tree, flat, and how its credits add up.
//!
//! A leaf (`part`, `credits`) that is met counts one. Of a choice only as many alternatives count as are asked, the furthest
//! ones, and one that is met counts as much as the largest of its siblings: so meeting anything never lowers the measure.
//! Hours and limits measure what fills and add no credits. Credits are counted where they are asked. A pool that measures what its siblings in `all` ask, and asks no less than
//! they, stands for them in the total; one that asks less adds nothing to it: no credit is asked twice.

use std::cmp::Reverse;

use stapel_credential::{Condition, Credits, FreeSlot, Hours, Limit, Localised, Pool, Requirement, Rule};

use crate::few::Few;
use crate::filling::{Brings, Filling};
use crate::rules::Rules;

/// What is asked, flat: children stand before their parents, the root last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) slots: Vec<Slot>,
    /// What limits and pools ask of what fills; each has one bit.
    pub(crate) conditions: Vec<Condition>,
    pub(crate) limits: Vec<AtMost>,
    /// The choices of which only so many may count.
    pub(crate) bounded: Vec<usize>,
    asks_what_fills: bool,
    counts_hours: bool,
    /// The parts that are asked, ordered, and of each part whether it is.
    pub(crate) asked: Few<usize>,
    is_asked: Vec<bool>,
    /// What each part of the programme is worth, in hundredths.
    worths: Vec<u64>,
}

/// A limit from above.
#[derive(Debug, Clone)]
pub(crate) struct AtMost {
    pub(crate) limit: Limit,
    pub(crate) condition: usize,
    /// In hundredths.
    pub(crate) credits: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) id: Option<String>,
    pub(crate) name: Localised,
    pub(crate) kind: Kind,
    /// The leaf requirements that it asks.
    pub(crate) asked: u32,
    /// The most credits that it can ask, whatever is chosen.
    pub(crate) most_asked: u64,
    /// Whether its credits add to the total of the `all` above it.
    pub(crate) adds: bool,
    /// Every part that it mentions, ordered.
    pub(crate) parts: Few<usize>,
    /// Every free slot below it, ordered.
    pub(crate) slots: Vec<usize>,
    /// It measures what fills and asks for no credits.
    pub(crate) only_measures: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Part {
        part: usize,
        worth: u64,
    },
    /// Of credits in hundredths, or of hours; perhaps only of what a condition holds for.
    Pool {
        at_least: u64,
        counts_hours: bool,
        condition: Option<usize>,
    },
    All {
        of: Vec<usize>,
    },
    Choose {
        at_least: usize,
        at_most: Option<usize>,
        of: Vec<usize>,
        largest: u32,
    },
}

/// A free slot of a pool.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) requirement: String,
    pub(crate) position: usize,
    pub(crate) rule: FreeSlot,
    pub(crate) counts_hours: bool,
}

impl Tree {
    /// The tree of a requirement of these rules under these limits. Limits from below stand beside the requirement.
    pub(crate) fn of(rules: &Rules<'_>, requirement: &Requirement, limits: &[Limit]) -> Self {
        let worths = rules.parts().iter().map(|part| hundredths(part.part.credits)).collect();
        let mut tree = Self { worths, ..Self::default() };
        // One for each part in nearly all, and a few above them.
        tree.nodes.reserve(rules.parts().len() + 32);
        let root = tree.add(rules, requirement);
        tree.asked = tree.root().map(|root| root.parts.clone()).unwrap_or_default();
        tree.is_asked = (0..tree.worths.len()).map(|part| tree.asked.binary_search(&part).is_ok()).collect();
        let mut all = vec![root];
        for limit in limits {
            let condition = tree.condition(&limit.of);
            if let Some(at_most) = limit.at_most.map(hundredths) {
                tree.limits.push(AtMost { limit: limit.clone(), condition, credits: at_most });
            }
            if let Some(at_least) = limit.at_least.map(hundredths) {
                all.push(tree.add_limit(limit, condition, at_least));
            }
        }
        if all.len() > 1 {
            let node = tree.inner(Kind::All { of: all.clone() }, &all);
            tree.nodes.push(node);
            tree.settle_totals(tree.nodes.len() - 1);
        }
        let is_bounded = |node: &Node| matches!(node.kind, Kind::Choose { at_most: Some(_), .. });
        tree.bounded = (0..).zip(&tree.nodes).filter(|(_, node)| is_bounded(node)).map(|(at, _)| at).collect();
        tree.counts_hours = tree.nodes.iter().any(|node| matches!(node.kind, Kind::Pool { counts_hours: true, .. }));
        tree.asks_what_fills = !tree.conditions.is_empty() || tree.counts_hours;
        tree
    }

    /// A limit from below measures every part that is asked and every slot of credits.
    fn add_limit(&mut self, limit: &Limit, condition: usize, at_least: u64) -> usize {
        let kind = Kind::Pool { at_least, counts_hours: false, condition: Some(condition) };
        let parts = self.asked.clone();
        let slots = (0..).zip(&self.slots).filter(|(_, slot)| !slot.counts_hours).map(|(at, _)| at).collect();
        let mut node = Node { only_measures: true, ..Node::leaf(kind, 0, parts, slots) };
        node.id = Some(limit.id.clone());
        node.name = limit.name.clone();
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn condition(&mut self, condition: &Condition) -> usize {
        if let Some(known) = self.conditions.iter().position(|known| known == condition) {
            return known;
        }
        self.conditions.push(condition.clone());
        self.conditions.len() - 1
    }

    pub(crate) fn root(&self) -> Option<&Node> {
        self.nodes.last()
    }

    fn add(&mut self, rules: &Rules<'_>, requirement: &Requirement) -> usize {
        let mut node = match &requirement.rule {
            Rule::Part(id) => {
                // Rules::read has seen to it that the part exists.
                let part = rules.find_position(id).unwrap_or_default();
                let worth = self.worth(part);
                Node::leaf(Kind::Part { part, worth }, worth, Few::One(part), Vec::new())
            }
            Rule::Award(_) => {
                let part = requirement.id.as_deref().and_then(|id| rules.find_position(id)).unwrap_or_default();
                Node::leaf(Kind::Part { part, worth: 0 }, 0, Few::One(part), Vec::new())
            }
            Rule::Credits(rule) => {
                self.pool(rules, requirement.id.as_deref(), &rule.from, hundredths(rule.at_least), false)
            }
            Rule::Hours(rule) => self.pool(rules, requirement.id.as_deref(), &rule.from, rule.at_least.0.into(), true),
            Rule::All(of) => {
                let of: Vec<usize> = of.iter().map(|child| self.add(rules, child)).collect();
                self.inner(Kind::All { of: of.clone() }, &of)
            }
            Rule::Any(of) => self.choose(rules, 1, None, of),
            Rule::Choose(choose) => self.choose(rules, choose.at_least, choose.at_most, &choose.of),
        };
        node.id.clone_from(&requirement.id);
        node.name = requirement.name.clone();
        self.nodes.push(node);
        let at = self.nodes.len() - 1;
        if matches!(requirement.rule, Rule::All(_)) {
            self.settle_totals(at);
        }
        at
    }

    fn pool(&mut self, rules: &Rules<'_>, id: Option<&str>, pool: &Pool, at_least: u64, counts_hours: bool) -> Node {
        let first = self.slots.len();
        self.slots.extend(pool.free.iter().enumerate().map(|(position, rule)| Slot {
            requirement: id.unwrap_or_default().to_owned(),
            position,
            rule: FreeSlot { fits: rules.widen(&rule.fits), ..rule.clone() },
            counts_hours,
        }));
        let condition = pool.shown.as_ref().map(|shown| self.condition(shown));
        let slots = (first..self.slots.len()).collect();
        let kind = Kind::Pool { at_least, counts_hours, condition };
        let asks = if counts_hours || (pool.shown.is_some() && pool.free.is_empty()) { 0 } else { at_least };
        // What only holds under a condition is asked elsewhere too, or not at all: it measures.
        let only_measures = counts_hours || (condition.is_some() && pool.free.is_empty());
        Node { only_measures, ..Node::leaf(kind, asks, rules.pool_parts(pool).into(), slots) }
    }

    fn choose(&mut self, rules: &Rules<'_>, at_least: u32, at_most: Option<u32>, of: &[Requirement]) -> Node {
        let of: Vec<usize> = of.iter().map(|child| self.add(rules, child)).collect();
        let largest = of.iter().filter_map(|child| self.nodes.get(*child)).map(|child| child.asked).max().unwrap_or(0);
        let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        self.inner(Kind::Choose { at_least: size(at_least), at_most: at_most.map(size), of: of.clone(), largest }, &of)
    }

    fn inner(&self, kind: Kind, of: &[usize]) -> Node {
        let children = || of.iter().filter_map(|child| self.nodes.get(*child));
        let mut parts: Vec<usize> = Vec::with_capacity(of.len());
        children().for_each(|child| parts.extend_from_slice(&child.parts));
        parts.sort_unstable();
        parts.dedup();
        let parts = Few::from(parts);
        let slots = children().flat_map(|child| child.slots.iter().copied()).collect();
        let mut asks: Vec<u64> = Vec::with_capacity(of.len());
        asks.extend(children().map(|child| child.most_asked));
        let asked = match &kind {
            Kind::Choose { at_least, largest, .. } => {
                asks.sort_unstable_by_key(|ask| Reverse(*ask));
                asks.truncate(*at_least);
                largest.saturating_mul(u32::try_from(*at_least).unwrap_or(u32::MAX))
            }
            _ => children().map(|child| child.asked).sum(),
        };
        Node { asked, ..Node::leaf(kind, asks.iter().sum(), parts, slots) }
    }

    /// Which children of this `all` (and of every `all` directly below it) add to its credits, where pools overlap the rest.
    fn settle_totals(&mut self, all: usize) {
        let mut members = Vec::with_capacity(self.nodes.len());
        self.members(all, &mut members);
        for &member in &members {
            let adds = self.nodes.get(member).is_some_and(|node| !node.only_measures);
            self.set_adds(member, adds);
        }
        let mut pools: Vec<usize> = members.iter().copied().filter(|member| self.is_pool(*member)).collect();
        pools.sort_by_key(|pool| self.nodes.get(*pool).map_or(0, |node| node.parts.len()));
        for pool in pools {
            let Some(node) = self.nodes.get(pool).filter(|node| node.adds) else { continue };
            let inside: Vec<usize> = members
                .iter()
                .copied()
                .filter(|member| *member != pool)
                .filter(|member| self.nodes.get(*member).is_some_and(|other| other.adds && other.lies_within(node)))
                .collect();
            let asked: u64 =
                inside.iter().filter_map(|member| self.nodes.get(*member)).map(|node| node.most_asked).sum();
            if inside.is_empty() {
                continue;
            }
            if node.most_asked >= asked {
                for member in inside {
                    self.set_adds(member, false);
                }
            } else {
                self.set_adds(pool, false);
            }
        }
        let most: u64 = members
            .iter()
            .filter_map(|member| self.nodes.get(*member))
            .filter(|node| node.adds)
            .map(|node| node.most_asked)
            .sum();
        if let Some(node) = self.nodes.get_mut(all) {
            node.most_asked = most;
        }
    }

    fn members(&self, all: usize, found: &mut Vec<usize>) {
        match self.nodes.get(all) {
            Some(Node { kind: Kind::All { of }, .. }) => of.iter().for_each(|child| self.members(*child, found)),
            _ => found.push(all),
        }
    }

    fn is_pool(&self, at: usize) -> bool {
        matches!(self.nodes.get(at), Some(Node { kind: Kind::Pool { .. }, .. }))
    }

    fn set_adds(&mut self, at: usize, adds: bool) {
        if let Some(node) = self.nodes.get_mut(at) {
            node.adds = adds;
        }
    }

    /// The leaves and choices that must all be met: the root's members, where it is an `all`.
    pub(crate) fn mandatory(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.nodes.len().checked_sub(1).into_iter().for_each(|root| self.members(root, &mut found));
        found
    }
}

impl Tree {
    /// Whether it matters which credentials fill something, and not only that they do.
    pub(crate) fn asks_what_fills(&self) -> bool {
        self.asks_what_fills
    }

    /// Whether hours at work are asked.
    pub(crate) fn counts_hours(&self) -> bool {
        self.counts_hours
    }

    /// Whether anything may be filled too much.
    pub(crate) fn has_bounds(&self) -> bool {
        !self.limits.is_empty() || !self.bounded.is_empty()
    }

    /// What matters of what a credential brings.
    pub(crate) fn that_matters(&self, brings: Brings) -> Brings {
        Brings { hours: if self.counts_hours() { brings.hours } else { 0 }, ..brings }
    }

    /// Nothing filled.
    pub(crate) fn nothing(&self) -> Filling {
        Filling::nothing(self.worths.len(), self.slots.len(), self.conditions.len(), self.asks_what_fills)
    }

    /// Whether a part is asked.
    pub(crate) fn asks(&self, part: usize) -> bool {
        self.is_asked.get(part).copied().unwrap_or(false)
    }

    /// How many parts there are, asked or not.
    pub(crate) fn part_count(&self) -> usize {
        self.worths.len()
    }

    /// What a part is worth, in hundredths.
    pub(crate) fn worth(&self, part: usize) -> u64 {
        self.worths.get(part).copied().unwrap_or(0)
    }
}

impl Node {
    fn leaf(kind: Kind, most_asked: u64, parts: Few<usize>, slots: Vec<usize>) -> Self {
        Self {
            id: None,
            name: Localised::default(),
            kind,
            asked: 1,
            most_asked,
            adds: true,
            parts,
            slots,
            only_measures: false,
        }
    }

    /// How sentences call it: by its id, else by its name.
    pub(crate) fn label(&self) -> String {
        match &self.id {
            Some(id) => id.clone(),
            None if self.name.is_empty() => "the choice".to_owned(),
            None => self.name.text("en").to_owned(),
        }
    }

    /// Whether it mentions any of these parts.
    pub(crate) fn mentions(&self, parts: &[usize]) -> bool {
        let mentions = |part: &usize| match self.parts.as_slice() {
            [only] => only == part,
            several => several.binary_search(part).is_ok(),
        };
        parts.iter().any(mentions)
    }

    /// Whether anything that it mentions is filled.
    pub(crate) fn is_touched(&self, filling: &Filling) -> bool {
        self.parts.iter().any(|part| filling.is_filled(*part))
            || self.slots.iter().any(|slot| filling.in_slot(*slot, None) > 0)
    }

    /// Whether the pool measures everything that this mentions.
    fn lies_within(&self, pool: &Self) -> bool {
        matches!(pool.kind, Kind::Pool { condition: None, .. })
            && self.slots.is_empty()
            && self.parts.iter().all(|part| pool.parts.binary_search(part).is_ok())
    }
}

/// The amount in hundredths, wide enough that sums do not overflow.
pub(crate) fn hundredths(credits: Credits) -> u64 {
    credits.hundredths().into()
}

/// The amount of so many hundredths; the highest that can be written when there are more.
pub(crate) fn credits(hundredths: u64) -> Credits {
    Credits::from_hundredths(u32::try_from(hundredths).unwrap_or(u32::MAX))
}

/// So many hours; the highest that can be written when there are more.
pub(crate) fn hours(hours: u64) -> Hours {
    Hours(u32::try_from(hours).unwrap_or(u32::MAX))
}

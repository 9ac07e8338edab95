//! How far do filled parts and slots carry what is asked? The requirement tree and its one measure, for search and count alike.
//!
//! A leaf (`part`, `credits`) that is met counts one. Of a choice only as many alternatives count as are asked, the furthest
//! ones, and one that is met counts as much as the largest of its siblings: so meeting anything never lowers the measure.
//! Credits are counted where they are asked. A pool that measures what its siblings in `all` ask, and asks no less than
//! they, stands for them in the total; one that asks less adds nothing to it: no credit is asked twice.

use std::cmp::Reverse;

use stapel_credential::{Credits, CreditsRule, FreeSlot, Localised, Requirement, Rule};

use crate::rules::Rules;

/// What is asked, flat: children stand before their parents, the root last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) slots: Vec<Slot>,
    /// What each part of the programme is worth, in hundredths.
    worths: Vec<u64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) id: Option<String>,
    pub(crate) name: Localised,
    pub(crate) kind: Kind,
    /// The leaf requirements that it asks.
    pub(crate) asked: u32,
    /// The most credits that it can ask, whatever is chosen.
    most_asked: u64,
    /// Whether its credits add to the total of the `all` above it.
    pub(crate) adds: bool,
    /// Every part that it mentions, ordered.
    pub(crate) parts: Vec<usize>,
    /// Every free slot below it, ordered.
    pub(crate) slots: Vec<usize>,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Part { part: usize, worth: u64 },
    Pool { at_least: u64 },
    All { of: Vec<usize> },
    Choose { at_least: usize, at_most: Option<usize>, of: Vec<usize>, largest: u32 },
}

/// A free slot of a pool.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) requirement: String,
    pub(crate) position: usize,
    pub(crate) rule: FreeSlot,
}

/// What is filled: which parts, and how many hundredths stand in each free slot before its limit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filling {
    pub(crate) parts: Vec<bool>,
    pub(crate) slots: Vec<u64>,
}

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
    /// Of a pool, everything in it; of a choice, how many alternatives are met.
    pub(crate) have: u64,
}

impl Tree {
    /// The tree of a requirement of these rules.
    pub(crate) fn of(rules: &Rules, requirement: &Requirement) -> Self {
        let worths = rules.parts().iter().map(|part| hundredths(part.credits)).collect();
        let mut tree = Self { worths, ..Self::default() };
        tree.add(rules, requirement);
        tree
    }

    pub(crate) fn root(&self) -> Option<&Node> {
        self.nodes.last()
    }

    fn add(&mut self, rules: &Rules, requirement: &Requirement) -> usize {
        let mut node = match &requirement.rule {
            Rule::Part(id) => {
                // Rules::read has seen to it that the part exists.
                let part = rules.find_position(id).unwrap_or_default();
                let worth = self.worth(part);
                Node::leaf(Kind::Part { part, worth }, worth, vec![part], Vec::new())
            }
            Rule::Credits(rule) => self.pool(rules, requirement.id.as_deref().unwrap_or_default(), rule),
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

    fn pool(&mut self, rules: &Rules, id: &str, rule: &CreditsRule) -> Node {
        let first = self.slots.len();
        self.slots.extend(rule.from.free.iter().enumerate().map(|(position, rule)| Slot {
            requirement: id.to_owned(),
            position,
            rule: rule.clone(),
        }));
        let at_least = hundredths(rule.at_least);
        let slots = (first..self.slots.len()).collect();
        Node::leaf(Kind::Pool { at_least }, at_least, rules.pool_parts(rule), slots)
    }

    fn choose(&mut self, rules: &Rules, at_least: u32, at_most: Option<u32>, of: &[Requirement]) -> Node {
        let of: Vec<usize> = of.iter().map(|child| self.add(rules, child)).collect();
        let largest = of.iter().filter_map(|child| self.nodes.get(*child)).map(|child| child.asked).max().unwrap_or(0);
        let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        self.inner(Kind::Choose { at_least: size(at_least), at_most: at_most.map(size), of: of.clone(), largest }, &of)
    }

    fn inner(&self, kind: Kind, of: &[usize]) -> Node {
        let children = || of.iter().filter_map(|child| self.nodes.get(*child));
        let mut parts: Vec<usize> = children().flat_map(|child| child.parts.iter().copied()).collect();
        parts.sort_unstable();
        parts.dedup();
        let slots = children().flat_map(|child| child.slots.iter().copied()).collect();
        let mut asks: Vec<u64> = children().map(|child| child.most_asked).collect();
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
        let members = self.members(all);
        for &member in &members {
            self.set_adds(member, true);
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

    fn members(&self, all: usize) -> Vec<usize> {
        let Some(Node { kind: Kind::All { of }, .. }) = self.nodes.get(all) else { return vec![all] };
        of.iter().flat_map(|child| self.members(*child)).collect()
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
        self.nodes.len().checked_sub(1).map_or_else(Vec::new, |root| self.members(root))
    }

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
        let is_filled = |part: usize| filling.parts.get(part).copied().unwrap_or(false);
        match &node.kind {
            Kind::Part { part, worth } => {
                let met = is_filled(*part);
                let counted = if met { *worth } else { 0 };
                Measure { met, leaves: met.into(), counted, needed: *worth, most: counted, have: met.into() }
            }
            Kind::Pool { at_least } => {
                let have = self.in_pool(node, filling);
                let (met, counted) = (have >= *at_least, have.min(*at_least));
                Measure { met, leaves: met.into(), counted, needed: *at_least, most: counted, have }
            }
            Kind::All { of } => {
                let mut sum = Measure { met: true, ..Measure::default() };
                for (child, node) in of.iter().filter_map(|child| below.get(*child).zip(self.nodes.get(*child))) {
                    sum.met &= child.met;
                    sum.leaves += child.leaves;
                    sum.have += u64::from(child.met);
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

    /// Everything in a pool: the worth of its filled parts, and its free slots up to their limits.
    pub(crate) fn in_pool(&self, node: &Node, filling: &Filling) -> u64 {
        let parts: u64 = node
            .parts
            .iter()
            .filter(|part| filling.parts.get(**part).copied().unwrap_or(false))
            .map(|part| self.worth(*part))
            .sum();
        let slots: u64 = node.slots.iter().map(|slot| self.in_slot(*slot, filling)).sum();
        parts + slots
    }

    /// The first choice of which more alternatives are touched than may count, and that limit.
    pub(crate) fn find_overfull(&self, filling: &Filling) -> Option<(&Node, usize)> {
        self.nodes.iter().find_map(|node| match &node.kind {
            Kind::Choose { at_most: Some(at_most), of, .. } => {
                let touched =
                    of.iter().filter_map(|child| self.nodes.get(*child)).filter(|child| child.is_touched(filling));
                (touched.count() > *at_most).then_some((node, *at_most))
            }
            _ => None,
        })
    }

    /// What counts in a free slot, after its limit.
    pub(crate) fn in_slot(&self, slot: usize, filling: &Filling) -> u64 {
        let limit = self.slots.get(slot).and_then(|slot| slot.rule.at_most).map_or(u64::MAX, hundredths);
        filling.slots.get(slot).copied().unwrap_or(0).min(limit)
    }
}

impl Tree {
    /// What a part is worth, in hundredths.
    pub(crate) fn worth(&self, part: usize) -> u64 {
        self.worths.get(part).copied().unwrap_or(0)
    }
}

impl Node {
    fn leaf(kind: Kind, most_asked: u64, parts: Vec<usize>, slots: Vec<usize>) -> Self {
        Self { id: None, name: Localised::default(), kind, asked: 1, most_asked, adds: true, parts, slots }
    }

    /// How sentences call it: by its id, else by its name.
    pub(crate) fn label(&self) -> String {
        match &self.id {
            Some(id) => id.clone(),
            None if self.name.is_empty() => "the choice".to_owned(),
            None => self.name.text("en").to_owned(),
        }
    }

    /// Whether anything that it mentions is filled.
    fn is_touched(&self, filling: &Filling) -> bool {
        self.parts.iter().any(|part| filling.parts.get(*part).copied().unwrap_or(false))
            || self.slots.iter().any(|slot| filling.slots.get(*slot).copied().unwrap_or(0) > 0)
    }

    /// Whether the pool measures everything that this mentions.
    fn lies_within(&self, pool: &Self) -> bool {
        self.slots.is_empty() && self.parts.iter().all(|part| pool.parts.binary_search(part).is_ok())
    }
}

fn measure_choice(at_least: usize, of: &[usize], largest: u32, below: &[Measure]) -> Measure {
    let mut children: Vec<Measure> = of.iter().filter_map(|child| below.get(*child).copied()).collect();
    let have = children.iter().filter(|child| child.met).count();
    let mut mosts: Vec<u64> = children.iter().map(|child| child.most).collect();
    mosts.sort_unstable_by_key(|most| Reverse(*most));
    for child in &mut children {
        child.leaves = if child.met { largest } else { child.leaves };
    }
    children.sort_by_key(|child| (Reverse(child.leaves), Reverse(child.counted), child.needed));
    children.truncate(at_least);
    Measure {
        met: have >= at_least,
        leaves: children.iter().map(|child| child.leaves).sum(),
        counted: children.iter().map(|child| child.counted).sum(),
        needed: children.iter().map(|child| child.needed).sum(),
        most: mosts.iter().take(at_least).sum(),
        have: u64::try_from(have).unwrap_or(u64::MAX),
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

//! What is the best of all assignments? Every one is tried, and measured by the words of the specification: slow, short, and
//! written without a look at the search.

use std::collections::BTreeSet;

use stapel_credential::{Match, Part, Programme, Requirement, Rule};

/// What the brute force knows of a badge. Matches in these cases are by achievement alone, slots by achievement or issuer.
#[derive(Debug, Clone)]
pub(crate) struct Simple {
    pub(crate) achievement: String,
    pub(crate) issuer: String,
    /// In hundredths of the programme's unit; none when the badge has no unit or another.
    pub(crate) credits: Option<u32>,
    pub(crate) own: bool,
    /// Badges with the same number are one.
    pub(crate) same: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Best {
    pub(crate) complete: bool,
    pub(crate) leaves: u32,
    pub(crate) counted: u64,
    pub(crate) used: std::cmp::Reverse<u32>,
}

pub(crate) struct Case<'a> {
    pub(crate) programme: &'a Programme,
    pub(crate) root: &'a Requirement,
    pub(crate) badges: &'a [Simple],
    pub(crate) exempt: BTreeSet<String>,
}

#[derive(Clone, Default)]
struct Filled {
    parts: BTreeSet<String>,
    /// (requirement, slot, credits)
    slots: Vec<(String, usize, u64)>,
    badges: BTreeSet<usize>,
    used: u32,
}

#[derive(Clone, Copy)]
struct Measure {
    met: bool,
    leaves: u32,
    counted: u64,
}

fn fits(wanted: &Match, badge: &Simple) -> bool {
    badge.own
        && (wanted.achievement.is_empty() || wanted.achievement.iter().any(|id| id.as_str() == badge.achievement))
        && (wanted.issuer.is_empty() || wanted.issuer.iter().any(|did| did.as_str() == badge.issuer))
}

fn mentioned(requirement: &Requirement, programme: &Programme) -> BTreeSet<String> {
    match &requirement.rule {
        Rule::Part(id) => BTreeSet::from([id.clone()]),
        Rule::All(of) | Rule::Any(of) => of.iter().flat_map(|child| mentioned(child, programme)).collect(),
        Rule::Choose(choose) => choose.of.iter().flat_map(|child| mentioned(child, programme)).collect(),
        Rule::Credits(rule) => programme
            .parts
            .iter()
            .filter(|part| {
                rule.from.part.contains(&part.id) || part.group.as_ref().is_some_and(|g| rule.from.group.contains(g))
            })
            .map(|part| part.id.clone())
            .collect(),
    }
}

fn has_slots(requirement: &Requirement) -> bool {
    !slots(requirement).is_empty()
}

fn slots(requirement: &Requirement) -> Vec<(String, usize, stapel_credential::FreeSlot)> {
    match &requirement.rule {
        Rule::Part(_) => Vec::new(),
        Rule::All(of) | Rule::Any(of) => of.iter().flat_map(slots).collect(),
        Rule::Choose(choose) => choose.of.iter().flat_map(slots).collect(),
        Rule::Credits(rule) => {
            let id = requirement.id.clone().unwrap_or_default();
            rule.from.free.iter().enumerate().map(|(at, slot)| (id.clone(), at, slot.clone())).collect()
        }
    }
}

impl Case<'_> {
    pub(crate) fn best(&self) -> Best {
        let asked = mentioned(self.root, self.programme);
        let parts: Vec<&Part> = self.programme.parts.iter().filter(|part| asked.contains(&part.id)).collect();
        let mut best = self.measured(&Filled::default()).unwrap();
        self.fill_parts(&parts, &Filled::default(), &mut best);
        best
    }

    fn fill_parts(&self, parts: &[&Part], filled: &Filled, best: &mut Best) {
        let Some((part, rest)) = parts.split_first() else {
            self.fill_slots(0, filled, best);
            return;
        };
        self.fill_parts(rest, filled, best);
        let mut with = filled.clone();
        with.parts.insert(part.id.clone());
        if self.exempt.contains(&part.id) {
            with.used += 1;
            self.fill_parts(rest, &with, best);
            with.used -= 1;
        }
        for way in &part.ways {
            self.fill_way(&way.all, &with, &mut |filled| self.fill_parts(rest, filled, best));
        }
    }

    fn fill_way(&self, matches: &[Match], filled: &Filled, then: &mut dyn FnMut(&Filled)) {
        let Some((wanted, rest)) = matches.split_first() else { return then(filled) };
        for badge in self.badges.iter().filter(|badge| fits(wanted, badge) && !filled.badges.contains(&badge.same)) {
            let mut with = filled.clone();
            with.badges.insert(badge.same);
            with.used += 1;
            self.fill_way(rest, &with, then);
        }
    }

    fn fill_slots(&self, from: usize, filled: &Filled, best: &mut Best) {
        let Some(badge) = self.badges.get(from) else {
            if let Some(worth) = self.measured(filled) {
                *best = (*best).max(worth);
            }
            return;
        };
        self.fill_slots(from + 1, filled, best);
        if filled.badges.contains(&badge.same) {
            return;
        }
        for (requirement, at, slot) in slots(self.root) {
            let Some(credits) = badge.credits.filter(|_| fits(&slot.fits, badge)) else { continue };
            let each = slot.at_most_each.map_or(credits, |limit| limit.hundredths().min(credits));
            let mut with = filled.clone();
            with.badges.insert(badge.same);
            with.used += 1;
            with.slots.push((requirement, at, each.into()));
            self.fill_slots(from + 1, &with, best);
        }
    }

    /// None when more of a choice is filled than may count.
    fn measured(&self, filled: &Filled) -> Option<Best> {
        if !self.within_limits(self.root, filled) {
            return None;
        }
        let whole = self.measure(self.root, filled);
        Some(Best {
            complete: whole.met,
            leaves: whole.leaves,
            counted: whole.counted,
            used: std::cmp::Reverse(filled.used),
        })
    }

    fn within_limits(&self, requirement: &Requirement, filled: &Filled) -> bool {
        match &requirement.rule {
            Rule::All(of) | Rule::Any(of) => of.iter().all(|child| self.within_limits(child, filled)),
            Rule::Choose(choose) => {
                let touched = choose.of.iter().filter(|child| self.is_touched(child, filled)).count();
                choose.at_most.is_none_or(|limit| touched <= limit as usize)
                    && choose.of.iter().all(|child| self.within_limits(child, filled))
            }
            _ => true,
        }
    }

    fn is_touched(&self, requirement: &Requirement, filled: &Filled) -> bool {
        !mentioned(requirement, self.programme).is_disjoint(&filled.parts)
            || slots(requirement)
                .iter()
                .any(|(id, at, _)| filled.slots.iter().any(|(of, slot, _)| of == id && slot == at))
    }

    fn worth(&self, part: &str) -> u64 {
        self.programme.find_part(part).unwrap().credits.hundredths().into()
    }

    fn leaves(requirement: &Requirement) -> u32 {
        match &requirement.rule {
            Rule::Part(_) | Rule::Credits(_) => 1,
            Rule::All(of) => of.iter().map(Self::leaves).sum(),
            Rule::Any(of) => of.iter().map(Self::leaves).max().unwrap(),
            Rule::Choose(choose) => choose.at_least * choose.of.iter().map(Self::leaves).max().unwrap(),
        }
    }

    fn measure(&self, requirement: &Requirement, filled: &Filled) -> Measure {
        match &requirement.rule {
            Rule::Part(id) => {
                let met = filled.parts.contains(id);
                Measure { met, leaves: met.into(), counted: if met { self.worth(id) } else { 0 } }
            }
            Rule::Credits(rule) => {
                let parts: u64 = mentioned(requirement, self.programme)
                    .intersection(&filled.parts)
                    .map(|part| self.worth(part))
                    .sum();
                let id = requirement.id.clone().unwrap_or_default();
                let in_slots = rule.from.free.iter().enumerate().map(|(at, slot)| {
                    let sum: u64 =
                        filled.slots.iter().filter(|(of, n, _)| *of == id && *n == at).map(|(.., c)| c).sum();
                    slot.at_most.map_or(sum, |limit| sum.min(limit.hundredths().into()))
                });
                let have = parts + in_slots.sum::<u64>();
                let asked = u64::from(rule.at_least.hundredths());
                Measure { met: have >= asked, leaves: (have >= asked).into(), counted: have.min(asked) }
            }
            Rule::All(of) => {
                let children: Vec<Measure> = of.iter().map(|child| self.measure(child, filled)).collect();
                let counted = self.members_that_add(requirement).into_iter().map(|m| self.measure(m, filled).counted);
                Measure {
                    met: children.iter().all(|child| child.met),
                    leaves: children.iter().map(|child| child.leaves).sum(),
                    counted: counted.sum(),
                }
            }
            Rule::Any(of) => self.best_of(1, of, filled),
            Rule::Choose(choose) => self.best_of(choose.at_least as usize, &choose.of, filled),
        }
    }

    /// The best of every subset of the size that is asked.
    fn best_of(&self, size: usize, of: &[Requirement], filled: &Filled) -> Measure {
        let largest = of.iter().map(Self::leaves).max().unwrap();
        let children: Vec<Measure> = of.iter().map(|child| self.measure(child, filled)).collect();
        let mut best = (0, 0);
        for subset in 0_u32..1 << children.len() {
            if subset.count_ones() as usize != size {
                continue;
            }
            let chosen =
                || children.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0).map(|(_, child)| child);
            let leaves: u32 = chosen().map(|child| if child.met { largest } else { child.leaves }).sum();
            best = best.max((leaves, chosen().map(|child| child.counted).sum()));
        }
        let met = children.iter().filter(|child| child.met).count() >= size;
        Measure { met, leaves: best.0, counted: best.1 }
    }

    /// The requirements whose credits make up the total of an `all`: a pool stands for what it measures when it asks no
    /// less, and adds nothing when it asks less. Smaller pools are looked at before larger ones.
    fn members_that_add<'a>(&self, all: &'a Requirement) -> Vec<&'a Requirement> {
        let members = flat(all);
        let mut adds = vec![true; members.len()];
        let mut pools: Vec<usize> =
            (0..members.len()).filter(|at| matches!(members[*at].rule, Rule::Credits(_))).collect();
        pools.sort_by_key(|at| mentioned(members[*at], self.programme).len());
        for pool in pools {
            if !adds[pool] {
                continue;
            }
            let measured = mentioned(members[pool], self.programme);
            let inside: Vec<usize> = (0..members.len())
                .filter(|at| *at != pool && adds[*at] && !has_slots(members[*at]))
                .filter(|at| mentioned(members[*at], self.programme).is_subset(&measured))
                .collect();
            let asked: u64 = inside.iter().map(|at| self.most_asked(members[*at])).sum();
            if inside.is_empty() {
                continue;
            }
            if self.most_asked(members[pool]) >= asked {
                for at in inside {
                    adds[at] = false;
                }
            } else {
                adds[pool] = false;
            }
        }
        members.into_iter().zip(adds).filter(|(_, adds)| *adds).map(|(member, _)| member).collect()
    }

    fn most_asked(&self, requirement: &Requirement) -> u64 {
        let largest = |size: usize, of: &[Requirement]| {
            let mut asks: Vec<u64> = of.iter().map(|child| self.most_asked(child)).collect();
            asks.sort_unstable();
            asks.iter().rev().take(size).sum()
        };
        match &requirement.rule {
            Rule::Part(id) => self.worth(id),
            Rule::Credits(rule) => rule.at_least.hundredths().into(),
            Rule::All(_) => self.members_that_add(requirement).into_iter().map(|member| self.most_asked(member)).sum(),
            Rule::Any(of) => largest(1, of),
            Rule::Choose(choose) => largest(choose.at_least as usize, &choose.of),
        }
    }
}

fn flat(requirement: &Requirement) -> Vec<&Requirement> {
    match &requirement.rule {
        Rule::All(of) => of.iter().flat_map(flat).collect(),
        _ => vec![requirement],
    }
}

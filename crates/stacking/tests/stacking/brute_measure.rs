//! What does an assignment come to, by the words of the specification?

use stapel_credential::{Condition, FreeSlot, Limit, Requirement, Rule};

use crate::brute_force::{Best, By, Case, Filled, children, holds, mentioned, only_measures, pool_of, slots};

#[derive(Clone, Copy)]
struct Measure {
    met: bool,
    leaves: u32,
    counted: u64,
    hours: u64,
}

fn has_slots(requirement: &Requirement) -> bool {
    !slots(requirement).is_empty()
}

impl Case<'_> {
    /// None when more of a choice is filled than may count, or more under a limit.
    pub(crate) fn measured(&self, filled: &Filled) -> Option<Best> {
        let is_over = |limit: &Limit| {
            limit.at_most.is_some_and(|most| self.under(limit, filled, true) > most.hundredths().into())
        };
        if !self.within_limits(self.root, filled) || self.limits.iter().any(is_over) {
            return None;
        }
        let whole = self.measure(self.root, filled);
        let mut best = Best {
            complete: whole.met,
            leaves: whole.leaves,
            counted: whole.counted,
            hours: whole.hours,
            used: std::cmp::Reverse(filled.used),
        };
        for (limit, least) in self.limits.iter().filter_map(|limit| Some((limit, limit.at_least?))) {
            let met = self.under(limit, filled, false) >= least.hundredths().into();
            best.complete &= met;
            best.leaves += u32::from(met);
        }
        Some(best)
    }

    /// Whether a condition holds for what fills a part: for any of it, or for all.
    fn is_meant(&self, condition: &Condition, by: &By, any: bool) -> bool {
        let mut each = by.iter().map(|number| holds(condition, &self.badges[*number]));
        match (by.is_empty(), any) {
            (true, _) => condition.exemption && !condition.not,
            (false, true) => each.any(|holds| holds),
            (false, false) => each.all(|holds| holds),
        }
    }

    fn under(&self, limit: &Limit, filled: &Filled, any: bool) -> u64 {
        let asked = mentioned(self.root, self.programme);
        let parts = filled.parts.iter().filter(|(part, by)| asked.contains(*part) && self.is_meant(&limit.of, by, any));
        let parts: u64 = parts.map(|(part, _)| self.worth(part)).sum();
        let slots = slots(self.root).into_iter().filter(|(.., counts_hours)| !counts_hours);
        parts + slots.map(|(id, at, slot, _)| self.in_slot(&id, at, &slot, filled, Some(&limit.of))).sum::<u64>()
    }

    fn in_slot(&self, id: &str, at: usize, slot: &FreeSlot, filled: &Filled, condition: Option<&Condition>) -> u64 {
        let meant = |badge: usize| condition.is_none_or(|condition| holds(condition, &self.badges[badge]));
        let entries = filled.slots.iter().filter(|(of, n, _, badge)| of == id && *n == at && meant(*badge));
        let sum: u64 = entries.map(|(.., worth, _)| worth).sum();
        let counts_hours = slots(self.root).iter().any(|(of, n, _, hours)| of == id && *n == at && *hours);
        let cap =
            slot.at_most.map_or(u64::MAX, |limit| u64::from(limit.hundredths()) / if counts_hours { 100 } else { 1 });
        sum.min(cap)
    }

    fn within_limits(&self, requirement: &Requirement, filled: &Filled) -> bool {
        let here = match &requirement.rule {
            Rule::Choose(choose) => {
                let touched = choose.of.iter().filter(|child| self.is_touched(child, filled)).count();
                choose.at_most.is_none_or(|limit| touched <= limit as usize)
            }
            _ => true,
        };
        here && children(requirement).iter().all(|child| self.within_limits(child, filled))
    }

    fn is_touched(&self, requirement: &Requirement, filled: &Filled) -> bool {
        mentioned(requirement, self.programme).iter().any(|part| filled.parts.contains_key(part))
            || slots(requirement)
                .iter()
                .any(|(id, at, ..)| filled.slots.iter().any(|(of, slot, ..)| of == id && slot == at))
    }

    /// A held award is worth nothing.
    fn worth(&self, part: &str) -> u64 {
        self.programme.find_part(part).map_or(0, |part| part.credits.hundredths().into())
    }

    fn leaves(requirement: &Requirement) -> u32 {
        match &requirement.rule {
            Rule::Part(_) | Rule::Credits(_) | Rule::Hours(_) | Rule::Award(_) => 1,
            Rule::All(of) => of.iter().map(Self::leaves).sum(),
            Rule::Any(of) => of.iter().map(Self::leaves).max().unwrap(),
            Rule::Choose(choose) => choose.at_least * choose.of.iter().map(Self::leaves).max().unwrap(),
        }
    }

    fn measure(&self, requirement: &Requirement, filled: &Filled) -> Measure {
        match &requirement.rule {
            Rule::Part(id) => {
                let met = filled.parts.contains_key(id);
                Measure { met, leaves: met.into(), counted: if met { self.worth(id) } else { 0 }, hours: 0 }
            }
            Rule::Award(_) => {
                let met = filled.parts.contains_key(requirement.id.as_ref().unwrap());
                Measure { met, leaves: met.into(), counted: 0, hours: 0 }
            }
            Rule::Credits(_) | Rule::Hours(_) => self.measure_pool(requirement, filled),
            Rule::All(of) => {
                let children: Vec<Measure> = of.iter().map(|child| self.measure(child, filled)).collect();
                let counted = self.members_that_add(requirement).into_iter().map(|m| self.measure(m, filled).counted);
                Measure {
                    met: children.iter().all(|child| child.met),
                    leaves: children.iter().map(|child| child.leaves).sum(),
                    counted: counted.sum(),
                    hours: children.iter().map(|child| child.hours).sum(),
                }
            }
            Rule::Any(of) => self.best_of(1, of, filled),
            Rule::Choose(choose) => self.best_of(choose.at_least as usize, &choose.of, filled),
        }
    }

    fn measure_pool(&self, requirement: &Requirement, filled: &Filled) -> Measure {
        let (pool, counts_hours) = pool_of(requirement).unwrap();
        let measured = mentioned(requirement, self.programme);
        let parts = filled.parts.iter().filter(|(part, by)| {
            measured.contains(*part) && pool.shown.as_ref().is_none_or(|shown| self.is_meant(shown, by, false))
        });
        let of_part = |part: &str, by: &By| match counts_hours {
            true if filled.covered.contains(part) => 0,
            true => by.iter().map(|number| self.badges[*number].hours).sum(),
            false => self.worth(part),
        };
        let in_parts: u64 = parts.map(|(part, by)| of_part(part, by)).sum();
        let in_slots = slots(requirement).into_iter();
        let in_slots: u64 =
            in_slots.map(|(id, at, slot, _)| self.in_slot(&id, at, &slot, filled, pool.shown.as_ref())).sum();
        let have = in_parts + in_slots;
        let asked = match &requirement.rule {
            Rule::Hours(rule) => u64::from(rule.at_least.0),
            Rule::Credits(rule) => rule.at_least.hundredths().into(),
            _ => unreachable!("a pool counts credits or hours"),
        };
        let met = have >= asked;
        Measure {
            met,
            leaves: met.into(),
            counted: if only_measures(requirement) { 0 } else { have.min(asked) },
            hours: if counts_hours { have.min(asked) } else { 0 },
        }
    }

    /// The best of every subset of the size that is asked.
    fn best_of(&self, size: usize, of: &[Requirement], filled: &Filled) -> Measure {
        let largest = of.iter().map(Self::leaves).max().unwrap();
        let children: Vec<Measure> = of.iter().map(|child| self.measure(child, filled)).collect();
        let mut best = (0, 0, 0);
        for subset in 0_u32..1 << children.len() {
            if subset.count_ones() as usize != size {
                continue;
            }
            let chosen =
                || children.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0).map(|(_, child)| child);
            let leaves: u32 = chosen().map(|child| if child.met { largest } else { child.leaves }).sum();
            let hours = chosen().map(|child| child.hours).sum();
            best = best.max((leaves, chosen().map(|child| child.counted).sum(), hours));
        }
        let met = children.iter().filter(|child| child.met).count() >= size;
        Measure { met, leaves: best.0, counted: best.1, hours: best.2 }
    }

    fn members_that_add<'a>(&self, all: &'a Requirement) -> Vec<&'a Requirement> {
        let members = flat(all);
        let mut adds: Vec<bool> = members.iter().map(|member| !only_measures(member)).collect();
        let mut pools: Vec<usize> = (0..members.len()).filter(|at| pool_of(members[*at]).is_some()).collect();
        pools.sort_by_key(|at| mentioned(members[*at], self.programme).len());
        for pool in pools {
            let is_conditional = pool_of(members[pool]).is_some_and(|(pool, _)| pool.shown.is_some());
            if !adds[pool] || is_conditional {
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
            Rule::Credits(_) if only_measures(requirement) => 0,
            Rule::Hours(_) | Rule::Award(_) => 0,
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

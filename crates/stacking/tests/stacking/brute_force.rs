//! What is the best of all assignments? Every one is tried, and measured by the words of the specification: slow, short, and
//! written without a look at the search.

use std::collections::{BTreeMap, BTreeSet};

use stapel_credential::{Condition, FreeSlot, Limit, Match, Part, Pool, Programme, Requirement, Rule};

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
    pub(crate) sector: Option<&'static str>,
    pub(crate) is_old: bool,
    pub(crate) hours: u64,
    pub(crate) outcomes: BTreeSet<String>,
    /// What a held award was made of.
    pub(crate) made_of: BTreeSet<usize>,
    pub(crate) is_shared: bool,
}

/// A decision: from which parts it exempts, and on which badges it rests.
#[derive(Debug, Clone)]
pub(crate) struct Exempts {
    pub(crate) parts: BTreeSet<String>,
    pub(crate) rests_on: BTreeSet<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Best {
    pub(crate) complete: bool,
    pub(crate) leaves: u32,
    pub(crate) counted: u64,
    pub(crate) hours: u64,
    pub(crate) used: std::cmp::Reverse<u32>,
}

pub(crate) struct Case<'a> {
    pub(crate) programme: &'a Programme,
    pub(crate) root: &'a Requirement,
    pub(crate) limits: &'a [Limit],
    pub(crate) badges: &'a [Simple],
    pub(crate) decisions: Vec<Exempts>,
}

/// What fills a part: badges, or none for an exemption.
pub(crate) type By = Vec<usize>;

#[derive(Clone, Default)]
pub(crate) struct Filled {
    pub(crate) parts: BTreeMap<String, By>,
    /// (requirement, slot, credits or hours, badge)
    pub(crate) slots: Vec<(String, usize, u64, usize)>,
    badges: BTreeSet<usize>,
    used_up: BTreeSet<usize>,
    decisions: BTreeSet<usize>,
    pub(crate) used: u32,
    /// Shown in the same stroke as another part, which has the hours.
    pub(crate) covered: BTreeSet<String>,
}

fn fits(wanted: &Match, badge: &Simple) -> bool {
    badge.own
        && (wanted.achievement.is_empty() || wanted.achievement.iter().any(|id| id.as_str() == badge.achievement))
        && (wanted.issuer.is_empty() || wanted.issuer.iter().any(|did| did.as_str() == badge.issuer))
}

pub(crate) fn holds(condition: &Condition, badge: &Simple) -> bool {
    let inner = !condition.exemption
        && (condition.issuer.is_empty() || condition.issuer.iter().any(|did| did.as_str() == badge.issuer))
        && (condition.sector.is_empty()
            || condition.sector.iter().any(|sector| Some(sector.to_string().as_str()) == badge.sector))
        && (condition.older_than_days.is_none() || badge.is_old)
        && (condition.shared_with.is_empty() || badge.is_shared);
    inner != condition.not
}

pub(crate) fn pool_of(requirement: &Requirement) -> Option<(&Pool, bool)> {
    match &requirement.rule {
        Rule::Credits(rule) => Some((&rule.from, false)),
        Rule::Hours(rule) => Some((&rule.from, true)),
        _ => None,
    }
}

pub(crate) fn children(requirement: &Requirement) -> &[Requirement] {
    match &requirement.rule {
        Rule::All(of) | Rule::Any(of) => of,
        Rule::Choose(choose) => &choose.of,
        _ => &[],
    }
}

pub(crate) fn mentioned(requirement: &Requirement, programme: &Programme) -> BTreeSet<String> {
    let mut found: BTreeSet<String> =
        children(requirement).iter().flat_map(|child| mentioned(child, programme)).collect();
    match &requirement.rule {
        Rule::Part(id) => {
            found.insert(id.clone());
        }
        Rule::Award(_) => found.extend(requirement.id.clone()),
        _ => {}
    }
    if let Some((pool, _)) = pool_of(requirement) {
        let in_pool = |part: &&Part| {
            pool.part.contains(&part.id) || part.group.as_ref().is_some_and(|group| pool.group.contains(group))
        };
        found.extend(programme.parts.iter().filter(in_pool).map(|part| part.id.clone()));
    }
    found
}

/// (requirement, position, slot, whether it counts hours)
pub(crate) fn slots(requirement: &Requirement) -> Vec<(String, usize, FreeSlot, bool)> {
    let mut found: Vec<_> = children(requirement).iter().flat_map(slots).collect();
    if let Some((pool, counts_hours)) = pool_of(requirement) {
        let id = requirement.id.clone().unwrap_or_default();
        found.extend(pool.free.iter().enumerate().map(|(at, slot)| (id.clone(), at, slot.clone(), counts_hours)));
    }
    found
}

/// It measures what fills and adds no credits.
pub(crate) fn only_measures(requirement: &Requirement) -> bool {
    pool_of(requirement).is_some_and(|(pool, hours)| hours || (pool.shown.is_some() && pool.free.is_empty()))
}

fn awards(requirement: &Requirement) -> Vec<(String, Match)> {
    let mut found: Vec<_> = children(requirement).iter().flat_map(awards).collect();
    if let Rule::Award(wanted) = &requirement.rule {
        found.push((requirement.id.clone().unwrap(), wanted.clone()));
    }
    found
}

impl Case<'_> {
    pub(crate) fn best(&self) -> Best {
        let asked = mentioned(self.root, self.programme);
        let parts = self.programme.parts.iter().filter(|part| asked.contains(&part.id)).map(|part| part.id.clone());
        let held = awards(self.root).into_iter().map(|(id, _)| id);
        let parts: Vec<String> = parts.chain(held).collect();
        let mut best = self.measured(&Filled::default()).unwrap();
        self.fill_parts(&parts, &Filled::default(), &mut best);
        best
    }

    fn fill_parts(&self, parts: &[String], filled: &Filled, best: &mut Best) {
        let Some((part, rest)) = parts.split_first() else {
            self.fill_slots(0, filled, best);
            return;
        };
        self.fill_parts(rest, filled, best);
        if filled.parts.contains_key(part) {
            return;
        }
        for (number, decision) in self.decisions.iter().enumerate() {
            if !decision.parts.contains(part) {
                continue;
            }
            let mut with = filled.clone();
            if with.decisions.insert(number) && !with.use_up(&decision.rests_on) {
                continue;
            }
            with.used += 1;
            with.parts.insert(part.clone(), Vec::new());
            self.fill_parts(rest, &with, best);
        }
        if let Some((_, wanted)) = awards(self.root).into_iter().find(|(id, _)| id == part) {
            self.fill_way(&[wanted], filled, &mut Vec::new(), &mut |filled, by| {
                self.fill_parts(rest, &filled.showing(std::slice::from_ref(part), by), best);
            });
            return;
        }
        for way in &self.programme.find_part(part).unwrap().ways {
            let shows: Vec<String> = [part].into_iter().chain(&way.covers).cloned().collect();
            if shows.iter().any(|part| filled.parts.contains_key(part)) {
                continue;
            }
            let mut then = |filled: &Filled, by: &By| self.fill_parts(rest, &filled.showing(&shows, by), best);
            match &way.outcomes {
                None => self.fill_way(&way.all, filled, &mut Vec::new(), &mut then),
                Some(outcomes) => {
                    let of: BTreeSet<String> = outcomes.of.iter().map(ToString::to_string).collect();
                    let need = outcomes.at_least.map_or(of.len(), |need| need as usize);
                    self.fill_outcomes(&of, need, 0, filled, &mut Vec::new(), &mut then);
                }
            }
        }
    }

    fn fill_way(&self, matches: &[Match], filled: &Filled, by: &mut By, then: &mut dyn FnMut(&Filled, &By)) {
        let Some((wanted, rest)) = matches.split_first() else { return then(filled, by) };
        for (number, badge) in self.badges.iter().enumerate().filter(|(_, badge)| fits(wanted, badge)) {
            if let Some(with) = filled.taking(badge) {
                by.push(number);
                self.fill_way(rest, &with, by, then);
                by.pop();
            }
        }
    }

    fn fill_outcomes(
        &self,
        of: &BTreeSet<String>,
        need: usize,
        from: usize,
        filled: &Filled,
        by: &mut By,
        then: &mut dyn FnMut(&Filled, &By),
    ) {
        let covered = |without: Option<usize>| {
            let all: BTreeSet<&String> = by
                .iter()
                .filter(|number| Some(**number) != without)
                .flat_map(|number| self.badges[*number].outcomes.intersection(of))
                .collect();
            all.len()
        };
        if covered(None) >= need && by.iter().all(|number| covered(Some(*number)) < need) {
            then(filled, by);
        }
        for number in from..self.badges.len() {
            let badge = &self.badges[number];
            let fits = badge.own && !badge.outcomes.is_disjoint(of);
            if let Some(with) = filled.taking(badge).filter(|_| fits) {
                by.push(number);
                self.fill_outcomes(of, need, number + 1, &with, by, then);
                by.pop();
            }
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
        let Some(taken) = filled.taking(badge) else { return };
        for (requirement, at, slot, counts_hours) in slots(self.root) {
            if !fits(&slot.fits, badge) {
                continue;
            }
            let each = if counts_hours {
                badge.hours.min(slot.at_most_each.map_or(u64::MAX, |limit| u64::from(limit.hundredths()) / 100))
            } else {
                let Some(credits) = badge.credits else { continue };
                slot.at_most_each.map_or(credits, |limit| limit.hundredths().min(credits)).into()
            };
            if each > 0 {
                let mut with = taken.clone();
                with.slots.push((requirement, at, each, from));
                self.fill_slots(from + 1, &with, best);
            }
        }
    }
}

impl Filled {
    /// With one badge more, unless it counts already or something used rests on it.
    fn taking(&self, badge: &Simple) -> Option<Self> {
        if self.badges.contains(&badge.same) || self.used_up.contains(&badge.same) {
            return None;
        }
        let mut with = self.clone();
        with.badges.insert(badge.same);
        with.used += 1;
        with.use_up(&badge.made_of).then_some(with)
    }

    fn use_up(&mut self, badges: &BTreeSet<usize>) -> bool {
        let free = self.badges.is_disjoint(badges) && self.used_up.is_disjoint(badges);
        self.used_up.extend(badges);
        free
    }

    fn showing(&self, parts: &[String], by: &By) -> Self {
        let mut with = self.clone();
        with.parts.extend(parts.iter().map(|part| (part.clone(), by.clone())));
        with.covered.extend(parts.iter().skip(1).cloned());
        with
    }
}

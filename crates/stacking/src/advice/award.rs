//! Which rules of an award are never met, always met, or about the award itself?

use std::collections::BTreeSet;

use stapel_credential::{
    Award, Condition, Credits, CreditsRule, FreeSlot, HoursRule, Limit, Match, Pool, Requirement, Rule,
};

use super::choice::{asks_all, is_met_by, needs, worth};
use super::condition::{can_match, can_part, must_match, must_part, ways};
use super::{Advisor, RuleDoubt, children, held_awards, list_name, mentions, slots};
use crate::rules::Rules;

/// What is known of an award while its tree is walked.
struct Known<'a> {
    award: &'a Award,
    /// The parts without which it is never complete.
    needed: BTreeSet<usize>,
    /// Those of them that were met on the walk.
    seen: BTreeSet<usize>,
}

impl Advisor<'_> {
    pub(super) fn awards(&mut self) {
        let rules = self.rules;
        for (at, award) in rules.programme().awards.iter().enumerate() {
            let path = format!("$.awards[{at}]");
            let needed = needs(rules, &award.requirement);
            let mut known = Known { award, needed, seen: BTreeSet::new() };
            self.requirement(&format!("{path}.requirement"), &award.requirement, &mut known, true);
            for (at, limit) in award.limits.iter().enumerate() {
                self.limit(&format!("{path}.limits[{at}]"), limit, &known);
            }
        }
    }

    fn requirement(&mut self, path: &str, requirement: &Requirement, known: &mut Known<'_>, is_needed: bool) {
        let rules = self.rules;
        if is_needed && !asks_all(requirement) {
            let single = matches!(requirement.rule, Rule::Part(_) | Rule::Award(_));
            let is_again = mentions(rules, requirement).into_iter().any(|part| !known.seen.insert(part));
            if if single { is_again } else { is_met_by(rules, requirement, &known.needed) } {
                self.say(path.to_owned(), RuleDoubt::MetAlready);
            }
        }
        match &requirement.rule {
            Rule::Credits(CreditsRule { at_least, from }) => {
                self.pool(&format!("{path}.credits.from"), from, false);
                self.shown(&format!("{path}.credits"), *at_least, from);
            }
            Rule::Hours(HoursRule { from, .. }) => {
                self.pool(&format!("{path}.hours.from"), from, true);
                let states_hours = |part: &usize| !ways(rules, *part).is_empty();
                if from.free.is_empty() && !rules.pool_parts(from).iter().any(states_hours) {
                    self.say(format!("{path}.hours"), RuleDoubt::NoHours);
                }
            }
            Rule::Award(wanted) if asks_for_itself(rules, wanted, known.award) => {
                self.say(format!("{path}.award"), RuleDoubt::RequiresItself { award: known.award.id.clone() });
            }
            Rule::Choose(choose) => self.choice(&format!("{path}.choose"), choose, &known.needed),
            _ => {}
        }
        let below = is_needed && asks_all(requirement);
        for (at, child) in children(requirement).iter().enumerate() {
            self.requirement(&format!("{path}.{}[{at}]", list_name(requirement)), child, known, below);
        }
    }

    fn pool(&mut self, path: &str, pool: &Pool, counts_hours: bool) {
        let says_parts = Pool { free: Vec::new(), shown: None, ..pool.clone() } != Pool::default();
        if says_parts && !pool.free.is_empty() && self.rules.pool_parts(pool).is_empty() {
            self.say(path.to_owned(), RuleDoubt::NoPartInPool);
        }
        let one = if counts_hours { Credits::whole(1) } else { Credits::from_hundredths(1) };
        for (at, slot) in pool.free.iter().enumerate() {
            let path = format!("{path}.free[{at}]");
            if [slot.at_most, slot.at_most_each].into_iter().flatten().any(|limit| limit < one) {
                self.say(path, RuleDoubt::SlotCountsNothing);
            } else if let (Some(each), Some(all)) = (slot.at_most_each, slot.at_most)
                && each >= all
            {
                self.say(format!("{path}.atMostEach"), RuleDoubt::EachAboveAll { each, all });
            }
        }
    }

    /// A pool of what is shown so must be able to hold what it asks.
    fn shown(&mut self, path: &str, at_least: Credits, pool: &Pool) {
        let Some(shown) = &pool.shown else { return };
        let free = pool.free.iter().map(|slot| (slot, false)).collect();
        let holds = most(self.rules, shown, self.rules.pool_parts(pool), free);
        if let Some(holds) = holds.filter(|holds| *holds < at_least) {
            self.say(path.to_owned(), RuleDoubt::ShownTooLittle { at_least, holds });
        }
    }

    fn limit(&mut self, path: &str, limit: &Limit, known: &Known<'_>) {
        let requirement = &known.award.requirement;
        let parts = mentions(self.rules, requirement);
        let holds = most(self.rules, &limit.of, parts, slots(requirement));
        if let (Some(at_least), Some(holds)) = (limit.at_least, holds)
            && at_least > holds
        {
            self.say(path.to_owned(), RuleDoubt::LimitUnreachable { at_least, holds });
        }
        let Some(at_most) = limit.at_most else { return };
        let needed = least(self.rules, limit, known);
        if needed > at_most {
            self.say(path.to_owned(), RuleDoubt::LimitImpossible { at_most, needed });
        } else if let Some(holds) = holds.filter(|holds| *holds <= at_most) {
            self.say(path.to_owned(), RuleDoubt::LimitsNothing { at_most, holds });
        }
    }
}

/// The most credits of these parts and slots for which a condition can hold; nothing when a slot has no limit.
fn most(
    rules: &Rules,
    condition: &Condition,
    parts: impl IntoIterator<Item = usize>,
    slots: Vec<(&FreeSlot, bool)>,
) -> Option<Credits> {
    let such = parts.into_iter().filter(|part| can_part(rules, condition, *part));
    let free = slots.into_iter().filter(|(slot, hours)| !hours && can_match(condition, &slot.fits));
    let free: Option<Credits> = free.map(|(slot, _)| slot.at_most).sum();
    Some(worth(rules, such) + free?)
}

/// So many credits at least are such when the award is complete.
fn least(rules: &Rules, limit: &Limit, known: &Known<'_>) -> Credits {
    let such = known.needed.iter().copied().filter(|part| must_part(rules, &limit.of, *part));
    let same = known.award.limits.iter().filter(|other| other.of == limit.of).filter_map(|other| other.at_least);
    let pools = needed_pools(&known.award.requirement).into_iter().map(|rule| least_of_pool(rules, limit, rule));
    same.chain(pools).fold(worth(rules, such), Ord::max)
}

fn needed_pools(requirement: &Requirement) -> Vec<&CreditsRule> {
    match &requirement.rule {
        Rule::Credits(rule) => vec![rule],
        _ if asks_all(requirement) => children(requirement).iter().flat_map(needed_pools).collect(),
        _ => Vec::new(),
    }
}

/// What a pool asks, less all in it that need not be such.
fn least_of_pool(rules: &Rules, limit: &Limit, rule: &CreditsRule) -> Credits {
    if rule.from.shown.as_ref() == Some(&limit.of) {
        return rule.at_least;
    }
    let other = rules.pool_parts(&rule.from).into_iter().filter(|part| !must_part(rules, &limit.of, *part));
    let free = rule.from.free.iter().filter(|slot| !must_match(&limit.of, &slot.fits));
    let free: Option<Credits> = free.map(|slot| slot.at_most).sum();
    free.map_or(Credits::ZERO, |free| rule.at_least.saturating_sub(worth(rules, other) + free))
}

/// Whether the award that is asked for is the award itself, or one of the programme that asks for it.
fn asks_for_itself(rules: &Rules, wanted: &Match, award: &Award) -> bool {
    let mut waiting = vec![wanted];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(wanted) = waiting.pop() {
        let codes = rules.widen(wanted).code;
        let is_named = |other: &&Award| {
            other.code.as_ref().is_some_and(|code| codes.contains(code))
                && (wanted.kind.is_empty() || wanted.kind.contains(&other.kind))
        };
        for named in rules.programme().awards.iter().filter(is_named) {
            if named.id == award.id {
                return true;
            }
            if seen.insert(&named.id) {
                waiting.extend(held_awards(&named.requirement));
            }
        }
    }
    false
}

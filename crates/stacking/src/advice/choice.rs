//! What of an award is asked in any case, and what follows from it for its choices?

use std::collections::BTreeSet;

use stapel_credential::{Choose, Credits, Requirement, Rule};

use super::{Advisor, RuleDoubt, children, mentions};
use crate::rules::Rules;

/// The parts without which the requirement is never met.
pub(super) fn needs(rules: &Rules, requirement: &Requirement) -> BTreeSet<usize> {
    match &requirement.rule {
        Rule::Part(_) | Rule::Award(_) => mentions(rules, requirement),
        _ if asks_all(requirement) => children(requirement).iter().flat_map(|child| needs(rules, child)).collect(),
        _ => BTreeSet::new(),
    }
}

/// Whether everything below must be met.
pub(super) fn asks_all(requirement: &Requirement) -> bool {
    match &requirement.rule {
        Rule::All(_) => true,
        Rule::Any(of) => of.len() == 1,
        Rule::Choose(choose) => usize::try_from(choose.at_least).is_ok_and(|at_least| at_least == choose.of.len()),
        _ => false,
    }
}

/// Whether what fills these parts meets the requirement.
pub(super) fn is_met_by(rules: &Rules, requirement: &Requirement, parts: &BTreeSet<usize>) -> bool {
    let met = || children(requirement).iter().filter(|child| is_met_by(rules, child, parts)).count();
    match &requirement.rule {
        Rule::Part(_) | Rule::Award(_) => mentions(rules, requirement).is_subset(parts),
        Rule::All(of) => met() == of.len(),
        Rule::Any(_) => met() > 0,
        Rule::Choose(choose) => {
            choose.at_most.is_none() && u32::try_from(met()).is_ok_and(|met| met >= choose.at_least)
        }
        Rule::Credits(rule) => {
            let filled = rules.pool_parts(&rule.from).into_iter().filter(|part| parts.contains(part));
            rule.from.shown.is_none() && worth(rules, filled) >= rule.at_least
        }
        Rule::Hours(_) => false,
    }
}

/// What these parts are worth together.
pub(super) fn worth(rules: &Rules, parts: impl IntoIterator<Item = usize>) -> Credits {
    parts.into_iter().filter_map(|part| rules.parts().get(part)).map(|part| part.part.credits).sum()
}

impl Advisor<'_> {
    /// A choice with an upper bound, in an award that needs these parts.
    pub(super) fn choice(&mut self, path: &str, choose: &Choose, needed: &BTreeSet<usize>) {
        let Some(at_most) = choose.at_most else { return };
        let bound = usize::try_from(at_most).unwrap_or(usize::MAX);
        let listed = choose.of.len();
        if bound >= listed {
            return self.say(format!("{path}.atMost"), RuleDoubt::ChoiceLimitsNothing { at_most, listed });
        }
        let rules = self.rules;
        let touched = |needed: &BTreeSet<usize>| {
            choose.of.iter().filter(|child| !mentions(rules, child).is_disjoint(needed)).count()
        };
        let with = |child: &Requirement| touched(&needed.union(&needs(rules, child)).copied().collect());
        let mut counts: Vec<usize> = choose.of.iter().map(with).collect();
        counts.sort_unstable();
        let last = usize::try_from(choose.at_least).unwrap_or(usize::MAX).checked_sub(1);
        let touched = last.map_or_else(|| Some(touched(needed)), |last| counts.get(last).copied()).unwrap_or(0);
        if touched > bound {
            self.say(path.to_owned(), RuleDoubt::ChoiceImpossible { at_most, touched });
        }
    }
}

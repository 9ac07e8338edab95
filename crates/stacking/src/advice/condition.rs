//! Can what fits a match be such, and must it?

use stapel_credential::{Condition, Match};

use crate::rules::{RuleWay, Rules, holds_for_exemption};

/// Whether the condition holds for every credential that fits the match.
pub(super) fn must_match(condition: &Condition, wanted: &Match) -> bool {
    if condition.exemption {
        // An exemption is no credential that fits a match: the condition holds for all of these, or for none.
        return condition.not;
    }
    let given = [
        (!condition.issuer.is_empty()).then(|| compare(&wanted.issuer, &condition.issuer)),
        (!condition.issuer_kind.is_empty()).then(|| compare(&wanted.issuer_kind, &condition.issuer_kind)),
        (!condition.sector.is_empty()).then(|| compare(&wanted.sector, &condition.sector)),
        condition.older_than_days.map(|days| match wanted.maximum_age_days {
            Some(maximum) if maximum <= days => Holds::Never,
            _ => Holds::Perhaps,
        }),
        (!condition.shared_with.is_empty()).then_some(Holds::Perhaps),
    ];
    let mut given = given.into_iter().flatten();
    if condition.not { given.any(|holds| holds == Holds::Never) } else { given.all(|holds| holds == Holds::Always) }
}

/// Whether the condition holds for some credential that fits the match.
pub(super) fn can_match(condition: &Condition, wanted: &Match) -> bool {
    !must_match(&Condition { not: !condition.not, ..condition.clone() }, wanted)
}

/// Whether some way to show the part, or an exemption from it, is wholly such.
pub(super) fn can_part(rules: &Rules, condition: &Condition, part: usize) -> bool {
    let can_way = |way: &RuleWay| wanted(way).iter().all(|wanted| can_match(condition, wanted));
    (is_exemptible(rules, part) && holds_for_exemption(condition)) || ways(rules, part).into_iter().any(can_way)
}

/// Whether every way to show the part, and every exemption from it, is at least in part such.
pub(super) fn must_part(rules: &Rules, condition: &Condition, part: usize) -> bool {
    let must_way = |way: &RuleWay| wanted(way).iter().any(|wanted| must_match(condition, wanted));
    (!is_exemptible(rules, part) || holds_for_exemption(condition)) && ways(rules, part).into_iter().all(must_way)
}

/// Every way that shows the part, also with others.
pub(super) fn ways<'a>(rules: &'a Rules<'a>, part: usize) -> Vec<&'a RuleWay<'a>> {
    let ways = rules.parts().iter().flat_map(|part| &part.ways);
    ways.filter(|way| !way.way.supplements && way.shows.contains(&part)).collect()
}

fn is_exemptible(rules: &Rules, part: usize) -> bool {
    rules.parts().get(part).is_some_and(|part| !part.part.no_exemption)
}

fn wanted<'a>(way: &'a RuleWay<'a>) -> Vec<&'a Match> {
    way.way.all.iter().chain(way.way.outcomes.as_ref().map(|outcomes| &outcomes.fits)).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Always,
    Never,
    Perhaps,
}

/// Whether what is one of `wanted` is one of `meant`.
fn compare<T: PartialEq>(wanted: &[T], meant: &[T]) -> Holds {
    match wanted {
        [] => Holds::Perhaps,
        _ if wanted.iter().all(|one| meant.contains(one)) => Holds::Always,
        _ if wanted.iter().all(|one| !meant.contains(one)) => Holds::Never,
        _ => Holds::Perhaps,
    }
}

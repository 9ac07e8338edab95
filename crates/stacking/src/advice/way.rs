//! Does another way of the same part take all that this way takes?

use std::collections::BTreeSet;

use stapel_credential::{Level, Match, Outcomes, Way};

use super::{Advisor, RuleDoubt};

impl Advisor<'_> {
    /// Ways of a part that lie within others of it.
    pub(super) fn ways(&mut self, path: &str, part: usize) {
        let Some(part) = self.rules.parts().get(part) else { return };
        // The ways of transitions stand behind the part's own.
        let own: Vec<&Way> = part.ways.iter().take(part.part.ways.len()).map(|way| &*way.way).collect();
        for (at, way) in own.iter().enumerate() {
            let wider = own.iter().enumerate().find(|(other, wider)| {
                let is_other = *other != at && !wider.supplements && lies_within(way, wider);
                is_other && (way.supplements || *other < at || !lies_within(wider, way))
            });
            let Some((other, _)) = wider else { continue };
            let doubt =
                if way.supplements { RuleDoubt::SupplementsInVain { other } } else { RuleDoubt::WayWithin { other } };
            self.say(format!("{path}.ways[{at}]"), doubt);
        }
    }
}

/// Whether whatever shows the part by this way shows it by the wider one too.
fn lies_within(way: &Way, wider: &Way) -> bool {
    let covers = |way: &Way| way.covers.iter().cloned().collect::<BTreeSet<_>>();
    if covers(way) != covers(wider) && !way.supplements {
        return false;
    }
    match (&way.outcomes, &wider.outcomes) {
        (Some(way), Some(wider)) => outcomes_lie_within(way, wider),
        (None, None) => {
            // Each match of the wider way takes a match of its own.
            let mut taken = BTreeSet::new();
            wider.all.iter().all(|wider| {
                let found =
                    way.all.iter().enumerate().find(|(at, of)| !taken.contains(at) && matches_within(of, wider));
                found.is_some_and(|(at, _)| taken.insert(at))
            })
        }
        _ => false,
    }
}

fn outcomes_lie_within(way: &Outcomes, wider: &Outcomes) -> bool {
    let distinct = |outcomes: &Outcomes| outcomes.of.iter().cloned().collect::<BTreeSet<_>>();
    let (of, among) = (distinct(way), distinct(wider));
    let all = |listed: &BTreeSet<_>| u32::try_from(listed.len()).unwrap_or(u32::MAX);
    let need = |outcomes: &Outcomes, listed| outcomes.at_least.unwrap_or_else(|| all(listed));
    of.is_subset(&among) && need(wider, &among) <= need(way, &of) && matches_within(&way.fits, &wider.fits)
}

/// Whether every credential that fits the match fits the wider one.
fn matches_within(wanted: &Match, wider: &Match) -> bool {
    list_within(&wanted.achievement, &wider.achievement)
        && list_within(&wanted.version, &wider.version)
        && list_within(&wanted.code, &wider.code)
        && list_within(&wanted.issuer, &wider.issuer)
        && list_within(&wanted.issuer_kind, &wider.issuer_kind)
        && list_within(&wanted.kind, &wider.kind)
        && list_within(&wanted.setting, &wider.setting)
        && list_within(&wanted.basis, &wider.basis)
        && list_within(&wanted.sector, &wider.sector)
        && (wider.authorised_for.is_none() || wider.authorised_for == wanted.authorised_for)
        && (wider.minimum_result.is_none() || wider.minimum_result == wanted.minimum_result)
        && wider.maximum_age_days.is_none_or(|days| wanted.maximum_age_days.is_some_and(|own| own <= days))
        && levels_within(&wanted.minimum_level, &wider.minimum_level)
}

/// An empty list takes everything.
fn list_within<T: PartialEq>(list: &[T], wider: &[T]) -> bool {
    wider.is_empty() || (!list.is_empty() && list.iter().all(|one| wider.contains(one)))
}

fn levels_within(levels: &[Level], wider: &[Level]) -> bool {
    let reaches = |level: &Level| wider.iter().any(|wider| level.at_least(*wider) == Some(true));
    wider.is_empty() || (!levels.is_empty() && levels.iter().all(reaches))
}

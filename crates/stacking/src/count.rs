//! What does an assignment come to? The one count, by which find and check both answer.

use std::collections::BTreeMap;

use stapel_credential::{CredentialRef, Credits};

use crate::assignment::{Assignment, PartFill};
use crate::filling::{Brings, Filling};
use crate::fits::WayFits;
use crate::measure::{Measure, Overfull};
use crate::model::{Model, NearTarget};
use crate::progress::{
    Asks, AwardSummary, Counted, Done, LimitProgress, PartProgress, Progress, RequirementProgress, SlotProgress, State,
};
use crate::rules::RulePart;
use crate::tree::{AtMost, Kind, Node, credits, hours};
use crate::why::WhyUnused;

/// Counts an assignment that holds.
pub(crate) fn count(model: &Model<'_>, assignment: &Assignment) -> Progress {
    let filling = assignment.filling(model);
    let mut measures = Vec::new();
    let whole = model.tree.measure(&filling, &mut measures);
    let counter = Counter::new(model, assignment, filling, measures);
    let (numbers, parts) = counter.parts();
    let programme = model.rules.programme();
    Progress {
        programme: model.edition.clone(),
        name: programme.name.clone(),
        illustrative: programme.illustrative.clone(),
        ask: model.ask.clone(),
        award: model.rules.find_award(&model.ask).map(AwardSummary::of),
        unit: programme.unit,
        requirements: counter.requirement(model.tree.nodes.len().saturating_sub(1), &numbers, &parts),
        unused: counter.unused(),
        parts,
        limits: counter.limits(),
        hours_counted: hours(whole.hours),
        credits_counted: credits(whole.counted),
        credits_needed: credits(whole.needed),
        requirements_met: whole.leaves,
        requirements_asked: model.tree.root().map_or(0, |root| root.asked),
        credentials_used: u32::try_from(assignment.size()).unwrap_or(u32::MAX),
        complete: whole.met,
    }
}

pub(crate) struct Counter<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) assignment: &'a Assignment,
    pub(crate) filling: Filling,
    pub(crate) measures: Vec<Measure>,
    /// Of each credential: what it is used for.
    used: Vec<Option<NearTarget>>,
    /// Of each badge: the first credential of it that is used.
    used_of: Vec<Option<usize>>,
    /// Of each slot, whether its pool has all it asks.
    pub(crate) pool_met: Vec<Option<bool>>,
    /// By badge: the used award or exemption that rests on it.
    resting: BTreeMap<usize, CredentialRef>,
    /// Of each part: the part under which the plan says what fills it.
    owners: Vec<Option<usize>>,
}

impl<'a> Counter<'a> {
    fn new(model: &'a Model<'a>, assignment: &'a Assignment, filling: Filling, measures: Vec<Measure>) -> Self {
        let credentials = model.badges().len();
        let (mut used, mut used_of) = (vec![None; credentials], vec![None; credentials]);
        let (mut resting, mut owners) = (BTreeMap::new(), vec![None; model.tree.part_count()]);
        let note = |list: &mut Vec<Option<usize>>, at: usize, what: usize| {
            list.get_mut(at).into_iter().for_each(|place| *place = place.or(Some(what)));
        };
        for (at, target) in assignment.uses() {
            used.get_mut(at).into_iter().for_each(|place| *place = Some(target));
        }
        for (at, badge) in (0..).zip(model.badges()).zip(&used).filter_map(|(found, used)| used.map(|_| found)) {
            note(&mut used_of, badge.counts_as, at);
            for rested_on in badge.made_of() {
                resting.entry(*rested_on).or_insert_with(|| badge.reference());
            }
        }
        for (part, fill) in &assignment.parts {
            match fill {
                PartFill::Way { way, .. } => {
                    for shown in model.rules.shows(*part, *way) {
                        note(&mut owners, *shown, *part);
                    }
                }
                PartFill::Exemption { decision } => {
                    note(&mut owners, *part, *part);
                    for (decision, badge) in model
                        .decisions
                        .get(*decision)
                        .iter()
                        .flat_map(|of| of.rests_on.iter().map(move |badge| (of, badge)))
                    {
                        resting.entry(*badge).or_insert_with(|| decision.reference.clone());
                    }
                }
            }
        }
        let mut pool_met = vec![None; model.tree.slots.len()];
        let pools = model.tree.nodes.iter().zip(&measures).filter(|(node, _)| matches!(node.kind, Kind::Pool { .. }));
        for (slot, met) in pools.flat_map(|(node, of)| node.slots.iter().map(|slot| (*slot, of.met))) {
            // A slot's own pool stands before the limits that measure the slot too.
            pool_met.get_mut(slot).into_iter().for_each(|place: &mut Option<bool>| *place = place.or(Some(met)));
        }
        Self { model, assignment, filling, measures, used, used_of, pool_met, resting, owners }
    }

    /// Every part that is asked, by number, and how far it is.
    fn parts(&self) -> (Vec<usize>, Vec<PartProgress>) {
        let asked = &self.model.tree.asked;
        let (mut numbers, mut parts) = (Vec::with_capacity(asked.len()), Vec::with_capacity(asked.len()));
        for at in asked {
            let Some(RulePart { part, is_award: false, .. }) = self.model.rules.parts().get(*at) else { continue };
            let by = self.by(*at, part.credits);
            numbers.push(*at);
            parts.push(PartProgress {
                id: part.id.clone(),
                name: part.name.clone(),
                group: part.group.clone(),
                credits: part.credits,
                level: part.level,
                state: if by.is_empty() { self.blocked(NearTarget::Part(*at)) } else { State::Met },
                by,
            });
        }
        (numbers, parts)
    }

    pub(crate) fn by(&self, part: usize, worth: Credits) -> Vec<Counted> {
        match self.owners.get(part).copied().flatten().and_then(|owner| self.assignment.parts.get(&owner)) {
            None => Vec::new(),
            Some(PartFill::Way { by, .. }) => by.iter().filter_map(|badge| self.counted(*badge, worth)).collect(),
            Some(PartFill::Exemption { decision }) => {
                let decision = self.model.decisions.get(*decision);
                let counted = decision.map(|decision| {
                    Counted::new(decision.reference.clone(), String::new(), decision.decided, worth, true)
                });
                counted.into_iter().collect()
            }
        }
    }

    /// The first that shows a part.
    pub(crate) fn shown_by(&self, part: usize) -> Option<CredentialRef> {
        match self.owners.get(part).copied().flatten().and_then(|owner| self.assignment.parts.get(&owner))? {
            PartFill::Way { by, .. } => Some(self.model.badge(*by.first()?)?.reference()),
            PartFill::Exemption { decision } => Some(self.model.decisions.get(*decision)?.reference.clone()),
        }
    }

    pub(crate) fn counted(&self, badge: usize, worth: Credits) -> Option<Counted> {
        let badge = self.model.badge(badge)?;
        Some(Counted::new(badge.reference(), badge.name().to_owned(), badge.awarded.day(), worth, false))
    }

    /// Open, or blocked by the first credential or decision that was meant for it and cannot count.
    fn blocked(&self, target: NearTarget) -> State {
        if let NearTarget::Part(part) = target {
            if let Some((credential, elsewhere)) = self.used_elsewhere(part) {
                return State::Blocked { credential, why: WhyUnused::AlreadyUsed { target: elsewhere } };
            }
            if let Some((credential, why)) = self.held_back(part) {
                return State::Blocked { credential, why };
            }
        }
        let near = &self.model.fits.near;
        let from = near.partition_point(|near| near.target < target);
        let mut near = near.iter().skip(from).take_while(|near| near.target == target);
        let blocked = near.find(|near| !self.is_taken(near.badge));
        let blocked = blocked.and_then(|near| Some((self.model.badge(near.badge)?, near)));
        blocked.map_or(State::Open, |(badge, near)| State::Blocked {
            credential: badge.reference(),
            why: near.why.clone(),
        })
    }

    /// A credential that would show the part alone, and what it is used for instead. An unused one would not block it.
    fn used_elsewhere(&self, part: usize) -> Option<(CredentialRef, String)> {
        let ways = self.model.fits.parts.get(part)?;
        let alone = || ways.iter().flat_map(WayFits::alone);
        if alone().any(|badge| !self.is_taken(badge)) {
            return None;
        }
        let used = alone().find(|badge| self.is_used(*badge))?;
        Some((self.model.badge(used)?.reference(), self.use_of(used)?))
    }

    /// The first decision or credential at hand that would show the part alone, where a limit holds back all of them.
    fn held_back(&self, part: usize) -> Option<(CredentialRef, WhyUnused)> {
        let model = self.model;
        let mut first = None;
        for decision in model.fits.exempt.get(part)?.iter().filter_map(|decision| model.decisions.get(*decision)) {
            let why = self.over_limit(&[part], model.bring_together(&[]))?;
            first = first.or_else(|| Some((decision.reference.clone(), why)));
        }
        for (way, fits) in model.fits.parts.get(part)?.iter().enumerate() {
            let shows = model.rules.shows(part, way);
            for badge in fits.alone().filter(|badge| !self.is_taken(*badge)) {
                let why = self.over_limit(shows, model.brings(badge))?;
                first = first.or_else(|| Some((model.badge(badge)?.reference(), why)));
            }
        }
        first
    }

    /// The limit that would be broken if these parts were shown so, besides all that is.
    pub(crate) fn over_limit(&self, shows: &[usize], brings: Brings) -> Option<WhyUnused> {
        if self.model.tree.limits.is_empty() {
            return None;
        }
        match self.overfull_with(shows, brings)? {
            Overfull::Choice { .. } => None,
            Overfull::Limit { limit, .. } => Some(credit_limit(limit)),
        }
    }

    pub(crate) fn overfull_with(&self, shows: &[usize], brings: Brings) -> Option<Overfull<'_>> {
        let tree = &self.model.tree;
        if tree.limits.is_empty() {
            return tree.find_overfull_choice(&self.filling, shows);
        }
        let mut filling = self.filling.clone();
        for (at, part) in shows.iter().enumerate() {
            filling.fill_part(*part, Some(brings.for_shown(at)));
        }
        tree.find_overfull(&filling)
    }

    /// Whether this very credential is used.
    pub(crate) fn is_used(&self, credential: usize) -> bool {
        self.used.get(credential).copied().flatten().is_some()
    }

    /// Whether the credential or a copy of it is used.
    pub(crate) fn is_taken(&self, badge: usize) -> bool {
        self.find_used_copy(badge).is_some()
    }

    pub(crate) fn find_used_copy(&self, badge: usize) -> Option<usize> {
        self.used_of.get(self.model.badge(badge)?.counts_as).copied().flatten()
    }

    /// The used exemption or award that rests on this badge.
    pub(crate) fn find_resting_on(&self, badge: usize) -> Option<&CredentialRef> {
        self.resting.get(&self.model.badge(badge)?.counts_as)
    }

    fn limits(&self) -> Vec<LimitProgress> {
        let tree = &self.model.tree;
        let limits = tree.limits.iter().map(|limit| LimitProgress {
            id: limit.limit.id.clone(),
            name: limit.limit.name.clone(),
            at_most: credits(limit.credits),
            counted: credits(tree.under_limit(limit, &self.filling)),
        });
        limits.collect()
    }

    /// What a used credential is used for: the id of the part, or of the requirement with the free slot.
    fn use_of(&self, credential: usize) -> Option<String> {
        match self.used.get(credential).copied().flatten()? {
            NearTarget::Part(part) => Some(self.model.part_id(part)),
            NearTarget::Slot(slot) => Some(self.model.tree.slots.get(slot)?.requirement.clone()),
        }
    }

    fn requirement(&self, at: usize, numbers: &[usize], parts: &[PartProgress]) -> RequirementProgress {
        let (Some(node), Some(measure)) = (self.model.tree.nodes.get(at), self.measures.get(at)) else {
            return RequirementProgress::empty();
        };
        let children = match &node.kind {
            Kind::All { of } | Kind::Choose { of, .. } => of.as_slice(),
            _ => &[],
        };
        let of: Vec<RequirementProgress> =
            children.iter().map(|child| self.requirement(*child, numbers, parts)).collect();
        let mut name = node.name.clone();
        let (asks, state) = match &node.kind {
            Kind::Part { part, .. } if self.model.rules.parts().get(*part).is_some_and(|part| part.is_award) => {
                let by = self.by(*part, Credits::ZERO);
                let state = if by.is_empty() { self.blocked(NearTarget::Part(*part)) } else { State::Met };
                (Asks::Award(by), state)
            }
            Kind::Part { part, .. } => {
                let progress = numbers.binary_search(part).ok().and_then(|place| parts.get(place));
                if let Some(progress) = progress.filter(|_| name.is_empty()) {
                    name = progress.name.clone();
                }
                (Asks::Part(self.model.part_id(*part)), progress.map_or(State::Open, |progress| progress.state.clone()))
            }
            Kind::Pool { at_least, counts_hours, .. } => {
                let from = node.parts.iter().map(|part| self.model.part_id(*part)).collect();
                let asks = if *counts_hours {
                    Asks::Hours { at_least: hours(*at_least), from }
                } else {
                    Asks::Credits { at_least: credits(*at_least), from }
                };
                (asks, self.pool_state(node, *measure, *at_least, *counts_hours))
            }
            Kind::All { .. } => (Asks::All, inner_state(*measure, &of, measure.leaves, node.asked)),
            Kind::Choose { at_least: 1, at_most: None, .. } => {
                let furthest = of.iter().filter(|child| matches!(child.state, State::Partly(_)));
                let state = furthest.max_by_key(|child| share(&child.state)).map(|child| child.state.clone());
                (Asks::Any, state.filter(|_| !measure.met).unwrap_or_else(|| inner_state(*measure, &of, 0, 1)))
            }
            Kind::Choose { at_least, at_most, .. } => {
                let number = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
                let have = u32::try_from(measure.have).unwrap_or(u32::MAX);
                let asks = Asks::Choose { at_least: number(*at_least), at_most: at_most.map(number) };
                (asks, inner_state(*measure, &of, have, number(*at_least)))
            }
        };
        let slots = match node.kind {
            Kind::Pool { .. } => node.slots.iter().filter_map(|slot| self.slot(*slot)).collect(),
            _ => Vec::new(),
        };
        RequirementProgress { id: node.id.clone(), name, asks, state, slots, of }
    }

    fn pool_state(&self, node: &Node, measure: Measure, at_least: u64, counts_hours: bool) -> State {
        if measure.met {
            State::Met
        } else if measure.have > 0 && counts_hours {
            State::Partly(Done::Hours { have: hours(measure.have), need: hours(at_least) })
        } else if measure.have > 0 {
            State::Partly(Done::Credits { have: credits(measure.have), need: credits(at_least) })
        } else {
            let states = node.slots.iter().map(|slot| self.blocked(NearTarget::Slot(*slot)));
            states.into_iter().find(|state| *state != State::Open).unwrap_or(State::Open)
        }
    }

    fn slot(&self, slot: usize) -> Option<SlotProgress> {
        let by = self.assignment.slots.get(&slot).map_or(&[][..], Vec::as_slice);
        let in_slot = self.model.tree.in_slot(slot, &self.filling, None);
        let counts_hours = self.model.tree.slots.get(slot)?.counts_hours;
        Some(SlotProgress {
            slot: self.model.tree.slots.get(slot)?.position,
            credits: credits(if counts_hours { in_slot * 100 } else { in_slot }),
            by: by
                .iter()
                .filter_map(|(badge, worth)| {
                    self.counted(*badge, credits(if counts_hours { *worth * 100 } else { *worth }))
                })
                .collect(),
        })
    }
}

/// Why what would go beyond a limit does not count.
pub(crate) fn credit_limit(limit: &AtMost) -> WhyUnused {
    WhyUnused::CreditLimit { limit: limit.limit.id.clone(), at_most: credits(limit.credits) }
}

/// Met, partly when anything below is, else open.
fn inner_state(measure: Measure, of: &[RequirementProgress], have: u32, need: u32) -> State {
    if measure.met {
        State::Met
    } else if of.iter().any(|child| matches!(child.state, State::Met | State::Partly(_))) {
        State::Partly(Done::Parts { have, need })
    } else {
        State::Open
    }
}

/// How far, in hundredths, to compare alternatives.
fn share(state: &State) -> u64 {
    match state {
        State::Partly(Done::Parts { have, need }) => u64::from(*have) * 100 / u64::from(*need).max(1),
        State::Partly(Done::Hours { have, need }) => u64::from(have.0) * 100 / u64::from(need.0).max(1),
        State::Partly(Done::Credits { have, need }) => {
            u64::from(have.hundredths()) * 100 / u64::from(need.hundredths()).max(1)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use stapel_credential::Hours;

    use super::*;

    #[test]
    fn how_far_something_is_comes_in_hundredths_of_what_it_asks() {
        let parts = |have, need| share(&State::Partly(Done::Parts { have, need }));
        let hours = |have, need| share(&State::Partly(Done::Hours { have: Hours(have), need: Hours(need) }));
        let credits = |have, need| {
            share(&State::Partly(Done::Credits { have: Credits::whole(have), need: Credits::whole(need) }))
        };
        assert_eq!((parts(3, 4), hours(30, 400), credits(5, 20)), (75, 7, 25));
        assert_eq!((parts(0, 0), hours(0, 0), credits(0, 0)), (0, 0, 0), "what asks nothing divides by nothing");
        assert_eq!((share(&State::Open), share(&State::Met)), (0, 0));
    }
}

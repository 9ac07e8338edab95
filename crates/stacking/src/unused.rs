//! Why does each credential at hand that fills nothing do so?

use std::collections::BTreeSet;

use stapel_credential::CredentialRef;

use crate::assignment::PartFill;
use crate::badge::Badge;
use crate::count::{Counter, credit_limit};
use crate::few::Few;
use crate::fits::WayFits;
use crate::measure::Overfull;
use crate::model::{Model, NearTarget};
use crate::progress::Unused;
use crate::why::WhyUnused;

/// For each credential the first of what it fits or nearly fits, found in one walk over all of it.
struct Chances {
    /// A part that is asked.
    asked: Vec<Option<usize>>,
    /// A part that is not.
    unasked: Vec<Option<usize>>,
    slot: Vec<Option<usize>>,
    /// Something asked that it does not fit, by its place among the near misses.
    near: Vec<Option<usize>>,
}

impl Chances {
    fn of(model: &Model<'_>) -> Self {
        let nothing = vec![None; model.badges().len()];
        let mut chances =
            Self { asked: nothing.clone(), unasked: nothing.clone(), slot: nothing.clone(), near: nothing };
        let note = |list: &mut Vec<Option<usize>>, badge: usize, what: usize| {
            list.get_mut(badge).into_iter().for_each(|place| *place = place.or(Some(what)));
        };
        for (part, ways) in model.fits.parts.iter().enumerate() {
            let list = if model.asks(part) { &mut chances.asked } else { &mut chances.unasked };
            ways.iter().flat_map(WayFits::badges).for_each(|badge| note(list, badge, part));
        }
        for (slot, fitting) in model.fits.slots.iter().enumerate() {
            for (badge, _) in fitting {
                note(&mut chances.slot, *badge, slot);
            }
        }
        for (at, near) in model.fits.near.iter().enumerate() {
            if !matches!(near.target, NearTarget::Part(part) if !model.asks(part)) {
                note(&mut chances.near, near.badge, at);
            }
        }
        chances
    }
}

impl Counter<'_> {
    /// Why each credential and decision that fills nothing does so. Exact copies of one that counts are not worth a line.
    pub(crate) fn unused(&self) -> Vec<Unused> {
        let chances = Chances::of(self.model);
        let mut unused: Vec<Unused> = Vec::with_capacity(self.model.badges().len());
        let mut at = 0;
        for copies in self.model.badges().chunk_by(|one, other| one.identity == other.identity) {
            let Some(badge) = copies.first() else { continue };
            if !(at..at + copies.len()).any(|copy| self.is_used(copy)) {
                let (near, why) = self.why_unused(at, badge, &chances);
                unused.push(Unused { credential: badge.reference(), name: badge.name().to_owned(), near, why });
            }
            at += copies.len();
        }
        if !self.model.decisions.is_empty() {
            unused.extend(self.unused_decisions());
            unused.sort_by(|one, other| one.credential.cmp(&other.credential));
        }
        unused
    }

    fn why_unused(&self, at: usize, badge: &Badge<'_>, chances: &Chances) -> (Option<String>, WhyUnused) {
        let model = self.model;
        if badge.holder() != Some(model.holder()) {
            return (None, WhyUnused::OtherHolder { holder: badge.holder().cloned() });
        }
        if let Some(copy) = self.find_used_copy(at).and_then(|copy| model.badge(copy)) {
            return (None, WhyUnused::CopyOf { credential: copy.reference() });
        }
        if let Some(by) = self.find_resting_on(at) {
            return (None, WhyUnused::UsedUp { by: by.clone() });
        }
        let first = |list: &[Option<usize>]| list.get(at).copied().flatten();
        if let Some(part) = first(&chances.asked) {
            return (Some(model.part_id(part)), self.why_not_in_part(part, at));
        }
        if let Some(slot) = first(&chances.slot) {
            return self.why_not_in_slot(slot);
        }
        if let Some(near) = first(&chances.near).and_then(|near| model.fits.near.get(near)) {
            let target = match near.target {
                NearTarget::Part(part) => Some(model.part_id(part)),
                NearTarget::Slot(slot) => model.tree.slots.get(slot).map(|slot| slot.requirement.clone()),
            };
            return (target, near.why.clone());
        }
        match first(&chances.unasked) {
            Some(part) => (Some(model.part_id(part)), WhyUnused::NotAsked { part: model.part_id(part) }),
            None => (None, WhyUnused::FitsNothing),
        }
    }

    fn why_not_in_part(&self, part: usize, badge: usize) -> WhyUnused {
        let id = self.model.part_id(part);
        if let Some(by) = self.shown_by(part) {
            return WhyUnused::AlreadyShown { part: id, by };
        }
        match self.overfull_with(&[part], self.model.brings(badge)) {
            Some(Overfull::Choice { choice, at_most }) => {
                let at_most = u32::try_from(at_most).unwrap_or(u32::MAX);
                return WhyUnused::LimitReached { requirement: choice.label(), at_most };
            }
            Some(Overfull::Limit { limit, .. }) => return credit_limit(limit),
            None => {}
        }
        let ways = self.model.fits.parts.get(part).map_or(&[][..], Few::as_slice);
        let is_alone = ways.iter().any(|fits| fits.alone().any(|fitting| fitting == badge));
        if is_alone { WhyUnused::NotNeeded { target: id } } else { WhyUnused::NotAlone { part: id } }
    }

    fn why_not_in_slot(&self, slot: usize) -> (Option<String>, WhyUnused) {
        let requirement = self.model.tree.slots.get(slot).map(|slot| slot.requirement.clone()).unwrap_or_default();
        let why = if self.pool_met.get(slot) == Some(&Some(true)) {
            WhyUnused::PoolFull { requirement: requirement.clone() }
        } else {
            WhyUnused::NotNeeded { target: requirement.clone() }
        };
        (Some(requirement), why)
    }

    fn unused_decisions(&self) -> Vec<Unused> {
        let used: BTreeSet<&CredentialRef> = self
            .assignment
            .parts
            .values()
            .filter_map(|fill| match fill {
                PartFill::Exemption { decision } => self.model.decisions.get(*decision),
                PartFill::Way { .. } => None,
            })
            .map(|decision| &decision.reference)
            .collect();
        let mut unused: Vec<Unused> = Vec::new();
        for decision in self.model.decisions.iter().filter(|decision| !used.contains(&decision.reference)) {
            let (near, why) = match &decision.parts {
                Err(why) => (None, why.clone()),
                Ok(parts) => {
                    let part = parts
                        .iter()
                        .find(|part| self.model.asks(**part))
                        .or(parts.first())
                        .copied()
                        .unwrap_or_default();
                    let id = self.model.part_id(part);
                    let why = match self.shown_by(part) {
                        _ if !self.model.asks(part) => WhyUnused::NotAsked { part: id.clone() },
                        Some(by) => WhyUnused::AlreadyShown { part: id.clone(), by },
                        None => {
                            let held_back = self.over_limit(&[part], self.model.bring_together(&[]));
                            held_back.unwrap_or_else(|| WhyUnused::NotNeeded { target: id.clone() })
                        }
                    };
                    (Some(id), why)
                }
            };
            if unused.last().is_none_or(|last| last.credential != decision.reference) {
                unused.push(Unused { credential: decision.reference.clone(), name: String::new(), near, why });
            }
        }
        unused
    }
}

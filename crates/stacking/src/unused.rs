//! Why does each credential at hand that fills nothing do so?

use std::collections::BTreeSet;

use stapel_credential::{CredentialRef, Credits};

use crate::assignment::PartFill;
use crate::count::Counter;
use crate::measure::Overfull;
use crate::model::NearTarget;
use crate::progress::Unused;
use crate::tree::{Kind, credits};
use crate::why::WhyUnused;

impl Counter<'_> {
    /// Why each credential and decision that fills nothing does so. Exact copies of one that counts are not worth a line.
    pub(crate) fn unused(&self) -> Vec<Unused> {
        let counted: BTreeSet<&CredentialRef> =
            self.used.iter().filter_map(|used| self.model.badges.get(*used)).map(|badge| &badge.reference).collect();
        let mut unused: Vec<Unused> = Vec::new();
        for (at, badge) in self.model.badges.iter().enumerate() {
            if counted.contains(&badge.reference)
                || unused.last().is_some_and(|last| last.credential == badge.reference)
            {
                continue;
            }
            let (near, why) = self.why_unused(at, badge.holder.as_ref() == Some(&self.model.holder));
            unused.push(Unused { credential: badge.reference.clone(), name: badge.name.clone(), near, why });
        }
        unused.extend(self.unused_decisions());
        unused.sort_by(|one, other| one.credential.cmp(&other.credential));
        unused
    }

    fn why_unused(&self, badge: usize, own: bool) -> (Option<String>, WhyUnused) {
        let model = self.model;
        if !own {
            let holder = model.badges.get(badge).and_then(|badge| badge.holder.clone());
            return (None, WhyUnused::OtherHolder { holder });
        }
        if let Some(copy) = self.find_used_copy(badge) {
            return (None, WhyUnused::CopyOf { credential: copy.clone() });
        }
        if let Some(by) = self.find_resting_on(badge) {
            return (None, WhyUnused::UsedUp { by });
        }
        let fits = |part: &usize| {
            model.fits.parts.get(*part).is_some_and(|ways| ways.iter().any(|fits| fits.badges().contains(&badge)))
        };
        let (asked, unasked): (Vec<usize>, Vec<usize>) =
            (0..model.rules.parts().len()).filter(fits).partition(|part| model.asks(*part));
        if let Some(part) = asked.first() {
            return (Some(model.part_id(*part)), self.why_not_in_part(*part, badge));
        }
        for (slot, fitting) in model.fits.slots.iter().enumerate() {
            if fitting.iter().any(|(fits, _)| *fits == badge) {
                return self.why_not_in_slot(slot);
            }
        }
        let near = |near: &&crate::model::Near| {
            near.badge == badge
                && match near.target {
                    NearTarget::Part(part) => model.asks(part),
                    NearTarget::Slot(_) => true,
                }
        };
        if let Some(near) = model.fits.near.iter().find(near) {
            let target = match near.target {
                NearTarget::Part(part) => Some(model.part_id(part)),
                NearTarget::Slot(slot) => model.tree.slots.get(slot).map(|slot| slot.requirement.clone()),
            };
            return (target, near.why.clone());
        }
        match unasked.first() {
            Some(part) => (Some(model.part_id(*part)), WhyUnused::NotAsked { part: model.part_id(*part) }),
            None => (None, WhyUnused::FitsNothing),
        }
    }

    fn why_not_in_part(&self, part: usize, badge: usize) -> WhyUnused {
        let id = self.model.part_id(part);
        if let Some(by) = self.by(part, Credits::ZERO).first() {
            return WhyUnused::AlreadyShown { part: id, by: by.credential().clone() };
        }
        let mut filling = self.filling.clone();
        filling.fill_part(part, Some(self.model.brings(badge)));
        match self.model.tree.find_overfull(&filling) {
            Some(Overfull::Choice { choice, at_most }) => {
                let at_most = u32::try_from(at_most).unwrap_or(u32::MAX);
                return WhyUnused::LimitReached { requirement: choice.label(), at_most };
            }
            Some(Overfull::Limit { limit, .. }) => {
                return WhyUnused::CreditLimit { limit: limit.limit.id.clone(), at_most: credits(limit.credits) };
            }
            None => {}
        }
        let ways = self.model.fits.parts.get(part).map_or(&[][..], Vec::as_slice);
        let alone = ways.iter().any(|fits| fits.alone().contains(&badge));
        if alone { WhyUnused::NotNeeded { target: id } } else { WhyUnused::NotAlone { part: id } }
    }

    fn why_not_in_slot(&self, slot: usize) -> (Option<String>, WhyUnused) {
        let requirement = self.model.tree.slots.get(slot).map(|slot| slot.requirement.clone()).unwrap_or_default();
        let pool = self
            .model
            .tree
            .nodes
            .iter()
            .zip(&self.measures)
            .find(|(node, _)| matches!(node.kind, Kind::Pool { .. }) && node.slots.contains(&slot));
        let why = if pool.is_some_and(|(_, measure)| measure.met) {
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
                    let shown = self.by(part, Credits::ZERO);
                    let why = match shown.first() {
                        _ if !self.model.asks(part) => WhyUnused::NotAsked { part: id.clone() },
                        Some(by) => WhyUnused::AlreadyShown { part: id.clone(), by: by.credential().clone() },
                        None => WhyUnused::NotNeeded { target: id.clone() },
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

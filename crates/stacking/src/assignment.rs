//! Which credential fills what? An assignment that holds: found by search, or read from a plan.

use std::collections::BTreeMap;

use stapel_credential::{Fill, Plan, Target};

use crate::badge::Badge;
use crate::few::Few;
use crate::filling::Filling;
use crate::model::{Model, NearTarget};

/// An assignment in which every credential fits what it fills, and no badge fills two things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// By part.
    pub(crate) parts: BTreeMap<usize, PartFill>,
    /// By free slot: credentials, and what each counts in hundredths.
    pub(crate) slots: BTreeMap<usize, Vec<(usize, u64)>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PartFill {
    Way { way: usize, by: Few<usize> },
    Exemption { decision: usize },
}

impl PartFill {
    /// Fills the part, and what it shows besides.
    pub(crate) fn put(&self, part: usize, model: &Model<'_>, filling: &mut Filling) {
        match self {
            Self::Way { way, by } => {
                let brings = model.bring_together(by);
                for (at, part) in model.rules.shows(part, *way).iter().enumerate() {
                    filling.fill_part(*part, Some(brings.for_shown(at)));
                }
            }
            Self::Exemption { .. } => filling.fill_part(part, Some(model.bring_together(&[]))),
        }
    }
}

/// Puts credentials, each with what it counts, into a free slot.
pub(crate) fn put_in_slot(slot: usize, by: &[(usize, u64)], model: &Model<'_>, filling: &mut Filling) {
    for (badge, worth) in by {
        filling.fill_slot(slot, *worth, model.brings(*badge), true);
    }
}

impl Assignment {
    /// What it fills.
    pub(crate) fn filling(&self, model: &Model<'_>) -> Filling {
        let mut filling = model.tree.nothing();
        for (part, fill) in &self.parts {
            fill.put(*part, model, &mut filling);
        }
        for (slot, by) in &self.slots {
            put_in_slot(*slot, by, model, &mut filling);
        }
        filling
    }

    /// Whether anything in it shows the part.
    pub(crate) fn shows(&self, model: &Model<'_>, part: usize) -> bool {
        self.parts.iter().any(|(owner, fill)| match fill {
            PartFill::Way { way, .. } => model.rules.shows(*owner, *way).contains(&part),
            PartFill::Exemption { .. } => *owner == part,
        })
    }

    /// The credentials that it uses, by number, each with what for.
    pub(crate) fn uses(&self) -> impl Iterator<Item = (usize, NearTarget)> {
        let in_parts = self.parts.iter().flat_map(|(part, fill)| {
            let by = match fill {
                PartFill::Way { by, .. } => by.as_slice(),
                PartFill::Exemption { .. } => &[],
            };
            by.iter().map(|badge| (*badge, NearTarget::Part(*part)))
        });
        let in_slots =
            self.slots.iter().flat_map(|(slot, by)| by.iter().zip(std::iter::repeat(NearTarget::Slot(*slot))));
        in_parts.chain(in_slots.map(|((badge, _), slot)| (*badge, slot)))
    }

    /// How many credentials it uses; an exemption counts once for each part.
    pub(crate) fn size(&self) -> usize {
        self.uses().count() + self.parts.values().filter(|fill| matches!(fill, PartFill::Exemption { .. })).count()
    }

    /// The plan that says so, ordered by target.
    pub(crate) fn to_plan(&self, model: &Model<'_>) -> Plan {
        let badge = |badge: &usize| model.badge(*badge).map(Badge::reference);
        let mut fills: Vec<Fill> = self
            .parts
            .iter()
            .map(|(part, fill)| {
                let id = model.part_id(*part);
                match fill {
                    PartFill::Way { way, by } => {
                        Fill { target: Target::Part { id, way: *way }, by: by.iter().filter_map(badge).collect() }
                    }
                    PartFill::Exemption { decision } => Fill {
                        target: Target::Exemption { id },
                        by: model
                            .decisions
                            .get(*decision)
                            .map(|decision| decision.reference.clone())
                            .into_iter()
                            .collect(),
                    },
                }
            })
            .collect();
        fills.extend(self.slots.iter().filter_map(|(slot, by)| {
            let slot = model.tree.slots.get(*slot)?;
            let target = Target::Slot { requirement: slot.requirement.clone(), slot: slot.position };
            Some(Fill { target, by: by.iter().filter_map(|(number, _)| badge(number)).collect() })
        }));
        fills.sort_by(|one, other| one.target.cmp(&other.target));
        Plan { programme: model.edition.clone(), ask: model.ask.clone(), fills }
    }
}

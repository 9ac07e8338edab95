//! Which credential fills what? An assignment that holds: found by search, or read from a plan.

use std::collections::BTreeMap;

use stapel_credential::{Fill, Plan, Target};

use crate::filling::Filling;
use crate::model::Model;

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
    Way { way: usize, by: Vec<usize> },
    Exemption { decision: usize },
}

impl Assignment {
    /// What it fills.
    pub(crate) fn filling(&self, model: &Model<'_>) -> Filling {
        let mut filling = model.tree.nothing();
        for (part, fill) in &self.parts {
            match fill {
                PartFill::Way { way, by } => {
                    let brings = model.bring_together(by);
                    let shows = model.rules.shows(*part, *way);
                    for (at, part) in shows.iter().enumerate() {
                        filling.fill_part(*part, Some(brings.for_shown(at)));
                    }
                }
                PartFill::Exemption { .. } => filling.fill_part(*part, Some(model.bring_together(&[]))),
            }
        }
        for (slot, by) in &self.slots {
            for (badge, worth) in by {
                filling.fill_slot(*slot, *worth, model.brings(*badge), true);
            }
        }
        filling
    }

    /// What fills a part, and the part under which the plan says so.
    pub(crate) fn find_fill(&self, model: &Model<'_>, part: usize) -> Option<(usize, &PartFill)> {
        let shows = |owner: usize, fill: &PartFill| match fill {
            PartFill::Way { way, .. } => model.rules.shows(owner, *way).contains(&part),
            PartFill::Exemption { .. } => owner == part,
        };
        let own = self.parts.get_key_value(&part);
        let own = own.into_iter().chain(&self.parts);
        own.map(|(owner, fill)| (*owner, fill)).find(|(owner, fill)| shows(*owner, fill))
    }

    /// The credentials that it uses, by number.
    pub(crate) fn used(&self) -> impl Iterator<Item = usize> {
        let in_parts = self.parts.values().flat_map(|fill| match fill {
            PartFill::Way { by, .. } => by.as_slice(),
            PartFill::Exemption { .. } => &[],
        });
        in_parts.copied().chain(self.slots.values().flatten().map(|(badge, _)| *badge))
    }

    /// How many credentials it uses; an exemption counts once for each part.
    pub(crate) fn size(&self) -> usize {
        self.used().count() + self.parts.values().filter(|fill| matches!(fill, PartFill::Exemption { .. })).count()
    }

    /// The plan that says so, ordered by target.
    pub(crate) fn to_plan(&self, model: &Model<'_>) -> Plan {
        let badge = |badge: &usize| model.badges.get(*badge).map(|badge| badge.reference.clone());
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

//! Which credential fills what? An assignment that holds: found by search, or read from a plan that is not trusted.

use std::collections::BTreeMap;

use stapel_credential::{CredentialRef, Fill, Plan, Target};

use crate::error::PlanError;
use crate::model::Model;
use crate::tree::Filling;
use crate::why::WhyUnused;

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
        let parts = (0..model.rules.parts().len()).map(|part| self.parts.contains_key(&part)).collect();
        let sum = |slot: usize| self.slots.get(&slot).map_or(0, |by| by.iter().map(|(_, worth)| worth).sum());
        Filling { parts, slots: (0..model.tree.slots.len()).map(sum).collect() }
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

    /// Reads a plan without trusting anything in it.
    ///
    /// # Errors
    /// [`PlanError`] with the first line that fails.
    pub(crate) fn read(model: &Model<'_>, plan: &Plan) -> Result<Self, PlanError> {
        let mut reader = Reader { model, taken: BTreeMap::new(), filled: BTreeMap::new(), assignment: Self::default() };
        for (at, fill) in plan.fills.iter().enumerate() {
            reader.line(at + 1, fill)?;
        }
        Ok(reader.assignment)
    }
}

struct Reader<'a> {
    model: &'a Model<'a>,
    /// By badge: the line on which it counts, and under which identity.
    taken: BTreeMap<usize, (usize, CredentialRef)>,
    /// By part (without its way) or slot: the line that fills it.
    filled: BTreeMap<Place, usize>,
    assignment: Assignment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Part(usize),
    Slot(usize),
}

impl Reader<'_> {
    fn line(&mut self, line: usize, fill: &Fill) -> Result<(), PlanError> {
        let target = &fill.target;
        let unknown = || PlanError::UnknownTarget { line, target: target.clone() };
        match target {
            Target::Part { id, way } => {
                let part = self.asked_part(id).ok_or_else(unknown)?;
                let model = self.model;
                let matches = model.fits.parts.get(part).and_then(|ways| ways.get(*way)).ok_or_else(unknown)?;
                self.fill(Place::Part(part), line, target)?;
                takes(matches.len(), line, fill)?;
                let mut by = Vec::with_capacity(fill.by.len());
                for (at, (fitting, reference)) in matches.iter().zip(&fill.by).enumerate() {
                    let fits = |badge: usize| fitting.contains(&badge).then_some(0);
                    let why = |badge: usize| model.why_not_match(part, *way, at, badge);
                    by.push(self.take(line, target, reference, &fits, &why)?.0);
                }
                self.assignment.parts.insert(part, PartFill::Way { way: *way, by });
            }
            Target::Slot { requirement, slot } => {
                let model = self.model;
                let slot = model.find_slot(requirement, *slot).ok_or_else(unknown)?;
                self.fill(Place::Slot(slot), line, target)?;
                if fill.by.is_empty() {
                    return Err(wrong_number(line, fill, "at least 1 credential"));
                }
                let worths = model.fits.slots.get(slot).ok_or_else(unknown)?;
                let mut by = Vec::with_capacity(fill.by.len());
                for reference in &fill.by {
                    let fits =
                        |badge: usize| worths.iter().find(|(number, _)| *number == badge).map(|(_, worth)| *worth);
                    let why = |badge: usize| model.why_not_slot(slot, badge);
                    by.push(self.take(line, target, reference, &fits, &why)?);
                }
                by.sort_unstable();
                self.assignment.slots.insert(slot, by);
            }
            Target::Exemption { id } => {
                let part = self.asked_part(id).ok_or_else(unknown)?;
                self.fill(Place::Part(part), line, target)?;
                takes(1, line, fill)?;
                let decision = self.decision(line, fill, part)?;
                self.assignment.parts.insert(part, PartFill::Exemption { decision });
            }
        }
        match self.model.tree.find_overfull(&self.assignment.filling(self.model)) {
            None => Ok(()),
            Some((choice, at_most)) => Err(PlanError::TooMany {
                line,
                target: target.clone(),
                requirement: choice.label(),
                at_most: u32::try_from(at_most).unwrap_or(u32::MAX),
            }),
        }
    }

    fn asked_part(&self, id: &str) -> Option<usize> {
        self.model.rules.find_position(id).filter(|part| self.model.asks(*part))
    }

    fn fill(&mut self, place: Place, line: usize, target: &Target) -> Result<(), PlanError> {
        match self.filled.insert(place, line) {
            None => Ok(()),
            Some(first) => Err(PlanError::FilledTwice { line, target: target.clone(), first }),
        }
    }

    /// Takes a credential for a target: of all with this identity the one that fits and counts most.
    fn take(
        &mut self,
        line: usize,
        target: &Target,
        reference: &CredentialRef,
        fits: &dyn Fn(usize) -> Option<u64>,
        why: &dyn Fn(usize) -> WhyUnused,
    ) -> Result<(usize, u64), PlanError> {
        let same = |(_, badge): &(usize, &crate::badge::Badge)| badge.reference == *reference;
        let mut candidates = self.model.badges.iter().enumerate().filter(same).peekable();
        let Some((first, badge)) = candidates.peek().copied() else {
            return Err(PlanError::Missing { line, credential: reference.clone() });
        };
        if let Some((first, other)) = self.taken.get(&badge.counts_as) {
            let (credential, first, other) = (reference.clone(), *first, other.clone());
            return Err(if other == credential {
                PlanError::UsedTwice { line, credential, first }
            } else {
                PlanError::CountedTwice { line, credential, other, first }
            });
        }
        let fitting = candidates.filter_map(|(number, badge)| Some((number, badge.counts_as, fits(number)?)));
        let Some((number, badge, worth)) =
            fitting.max_by_key(|(number, _, worth)| (*worth, std::cmp::Reverse(*number)))
        else {
            return Err(PlanError::DoesNotFit {
                line,
                credential: reference.clone(),
                target: target.clone(),
                why: Box::new(why(first)),
            });
        };
        self.taken.insert(badge, (line, reference.clone()));
        Ok((number, worth))
    }

    fn decision(&self, line: usize, fill: &Fill, part: usize) -> Result<usize, PlanError> {
        let Some(reference) = fill.by.first() else { return Err(wrong_number(line, fill, "1 decision")) };
        let mut why = None;
        for (number, decision) in self.model.decisions.iter().enumerate() {
            if decision.reference != *reference {
                continue;
            }
            match &decision.parts {
                Ok(parts) if parts.contains(&part) => return Ok(number),
                Ok(_) => why = Some(WhyUnused::FitsNothing),
                Err(reason) => why = Some(reason.clone()),
            }
        }
        let credential = reference.clone();
        Err(match why {
            None => PlanError::Missing { line, credential },
            Some(why) => PlanError::DoesNotFit { line, credential, target: fill.target.clone(), why: Box::new(why) },
        })
    }
}

impl Model<'_> {
    fn why_not_match(&self, part: usize, way: usize, at: usize, badge: usize) -> WhyUnused {
        let wanted = self.rules.parts().get(part).and_then(|part| part.ways.get(way)).and_then(|way| way.all.get(at));
        self.why_not(badge, |badge| wanted.and_then(|wanted| self.judge.fits(wanted, badge).err()))
    }

    fn why_not_slot(&self, slot: usize, badge: usize) -> WhyUnused {
        let slot = self.tree.slots.get(slot);
        self.why_not(badge, |badge| slot.and_then(|slot| self.judge.worth_in_slot(&slot.rule, badge).err()))
    }

    fn why_not(&self, badge: usize, judge: impl Fn(&crate::badge::Badge) -> Option<WhyUnused>) -> WhyUnused {
        let badge = self.badges.get(badge);
        match badge {
            Some(badge) if badge.holder.as_ref() != Some(&self.holder) => {
                WhyUnused::OtherHolder { holder: badge.holder.clone() }
            }
            _ => badge.and_then(judge).unwrap_or(WhyUnused::FitsNothing),
        }
    }
}

fn takes(wanted: usize, line: usize, fill: &Fill) -> Result<(), PlanError> {
    match (wanted, fill.target.clone()) {
        (wanted, _) if wanted == fill.by.len() => Ok(()),
        (1, Target::Exemption { .. }) => Err(wrong_number(line, fill, "1 decision")),
        (1, _) => Err(wrong_number(line, fill, "1 credential")),
        (wanted, _) => Err(wrong_number(line, fill, &format!("{wanted} credentials"))),
    }
}

fn wrong_number(line: usize, fill: &Fill, wanted: &str) -> PlanError {
    PlanError::WrongNumber { line, target: fill.target.clone(), wanted: wanted.to_owned(), found: fill.by.len() }
}

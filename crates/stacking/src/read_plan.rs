//! Does a plan hold, line by line? Read without trusting anything in it.

use std::collections::{BTreeMap, BTreeSet};

use stapel_credential::{CredentialRef, Fill, Plan, Target};

use crate::assignment::{Assignment, PartFill, put_in_slot};
use crate::badge::{Badge, Identity};
use crate::error::PlanError;
use crate::few::Few;
use crate::fit::Judge;
use crate::fits::WayFits;
use crate::measure::Overfull;
use crate::model::Model;
use crate::tree::{Slot, credits};
use crate::why::WhyUnused;

impl Assignment {
    /// Reads a plan without trusting anything in it.
    ///
    /// # Errors
    /// [`PlanError`] with the first line that fails.
    pub(crate) fn read(model: &Model<'_>, plan: &Plan) -> Result<Self, PlanError> {
        let mut reader = Reader {
            model,
            taken: vec![None; model.badges().len()],
            used_up: BTreeMap::new(),
            parts: vec![None; model.tree.part_count()],
            slots: vec![None; model.tree.slots.len()],
            places: Vec::with_capacity(plan.fills.len()),
            assignment: Self::default(),
        };
        for (at, fill) in plan.fills.iter().enumerate() {
            let found = reader.line(at + 1, fill);
            // Bounds are broken for good, so that they are looked at once; a line before the one that fails may break one.
            if found.is_err() || at + 1 == plan.fills.len() {
                reader.keep_to_bounds(plan)?;
                found?;
            }
        }
        Ok(reader.assignment)
    }
}

struct Reader<'a> {
    model: &'a Model<'a>,
    /// Of each badge: the line on which it counts, and under which identity.
    taken: Vec<Option<(usize, &'a CredentialRef)>>,
    /// By badge: the exemption or award that rests on it.
    used_up: BTreeMap<usize, &'a CredentialRef>,
    /// Of each part (without its way) and slot: the line that fills it.
    parts: Vec<Option<usize>>,
    slots: Vec<Option<usize>>,
    /// What each line read so far is about.
    places: Vec<Place>,
    assignment: Assignment,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Part(usize),
    Slot(usize),
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: usize, fill: &'a Fill) -> Result<(), PlanError> {
        let target = &fill.target;
        let unknown = || PlanError::UnknownTarget { line, target: target.clone() };
        match target {
            Target::Part { id, way } => {
                let part = self.asked_part(id).ok_or_else(unknown)?;
                let model = self.model;
                let fits = model.fits.parts.get(part).and_then(|ways| ways.get(*way)).ok_or_else(unknown)?;
                for shown in model.rules.shows(part, *way) {
                    self.fill(Place::Part(*shown), line, target)?;
                }
                let by = match fits {
                    WayFits::All(matches) => self.matches(line, fill, part, *way, matches)?,
                    WayFits::Outcomes { by, need } => self.outcomes(line, fill, part, *way, by, *need)?,
                };
                self.put(part, PartFill::Way { way: *way, by });
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
                    let place = |badge: usize| worths.binary_search_by_key(&badge, |(number, _)| *number).ok();
                    let fits = |badge: usize| worths.get(place(badge)?).map(|(_, worth)| *worth);
                    let why = |badge: usize| model.why_not_slot(slot, badge);
                    by.push(self.take(line, target, reference, &fits, &why)?);
                }
                by.sort_unstable();
                self.places.push(Place::Slot(slot));
                self.assignment.slots.insert(slot, by);
            }
            Target::Exemption { id } => {
                let part = self.asked_part(id).ok_or_else(unknown)?;
                self.fill(Place::Part(part), line, target)?;
                takes(1, line, fill)?;
                let decision = self.decision(line, fill, part)?;
                self.put(part, PartFill::Exemption { decision });
            }
        }
        Ok(())
    }

    fn put(&mut self, part: usize, fill: PartFill) {
        self.places.push(Place::Part(part));
        self.assignment.parts.insert(part, fill);
    }

    /// Finds the first line that fills more than may count.
    fn keep_to_bounds(&self, plan: &Plan) -> Result<(), PlanError> {
        let tree = &self.model.tree;
        if !tree.has_bounds() || tree.find_overfull(&self.assignment.filling(self.model)).is_none() {
            return Ok(());
        }
        let mut filling = tree.nothing();
        for (at, (fill, place)) in plan.fills.iter().zip(&self.places).enumerate() {
            match place {
                Place::Part(part) => {
                    self.assignment.parts.get(part).into_iter().for_each(|by| by.put(*part, self.model, &mut filling));
                }
                Place::Slot(slot) => {
                    let by = self.assignment.slots.get(slot).map_or(&[][..], Vec::as_slice);
                    put_in_slot(*slot, by, self.model, &mut filling);
                }
            }
            tree.find_overfull(&filling).map_or(Ok(()), |overfull| Err(too_much(at + 1, &fill.target, &overfull)))?;
        }
        Ok(())
    }

    /// One credential for each match, in order.
    fn matches(
        &mut self,
        line: usize,
        fill: &'a Fill,
        part: usize,
        way: usize,
        matches: &[Few<usize>],
    ) -> Result<Few<usize>, PlanError> {
        takes(matches.len(), line, fill)?;
        let model = self.model;
        let mut by = Few::None;
        for (at, (fitting, reference)) in matches.iter().zip(&fill.by).enumerate() {
            let fits = |badge: usize| fitting.contains(&badge).then_some(0);
            let why = |badge: usize| model.why_not_match(part, way, at, badge);
            by.push(self.take(line, &fill.target, reference, &fits, &why)?.0);
        }
        Ok(by)
    }

    /// Any number of credentials that cover enough outcomes together.
    fn outcomes(
        &mut self,
        line: usize,
        fill: &'a Fill,
        part: usize,
        way: usize,
        covering: &[(usize, u64)],
        need: u32,
    ) -> Result<Few<usize>, PlanError> {
        let model = self.model;
        let covers = |badge: usize| covering.iter().find(|(of, _)| *of == badge).map(|(_, bits)| *bits);
        let mut by = Few::None;
        let mut covered = 0;
        for reference in &fill.by {
            let fits = |badge: usize| covers(badge).map(|_| 0);
            let why = |badge: usize| model.why_not_outcomes(part, way, badge);
            let (badge, _) = self.take(line, &fill.target, reference, &fits, &why)?;
            covered |= covers(badge).unwrap_or(0);
            by.push(badge);
        }
        if covered.count_ones() < need {
            let target = fill.target.clone();
            return Err(PlanError::OutcomesMissing { line, target, wanted: need, covered: covered.count_ones() });
        }
        for (badge, reference) in by.iter().zip(&fill.by) {
            let others = by.iter().filter(|other| *other != badge).filter_map(|other| covers(*other));
            if others.fold(0, |all, bits| all | bits).count_ones() >= need {
                let (target, credential) = (fill.target.clone(), reference.clone());
                return Err(PlanError::Superfluous { line, target, credential });
            }
        }
        Ok(by)
    }

    fn asked_part(&self, id: &str) -> Option<usize> {
        self.model.rules.find_position(id).filter(|part| self.model.asks(*part))
    }

    fn fill(&mut self, place: Place, line: usize, target: &Target) -> Result<(), PlanError> {
        let filled = match place {
            Place::Part(part) => self.parts.get_mut(part),
            Place::Slot(slot) => self.slots.get_mut(slot),
        };
        match filled.and_then(|filled| filled.replace(line)) {
            None => Ok(()),
            Some(first) => Err(PlanError::FilledTwice { line, target: target.clone(), first }),
        }
    }

    /// Takes a credential for a target: of all with this identity the one that fits and counts most.
    fn take(
        &mut self,
        line: usize,
        target: &Target,
        reference: &'a CredentialRef,
        fits: &dyn Fn(usize) -> Option<u64>,
        why: &dyn Fn(usize) -> WhyUnused,
    ) -> Result<(usize, u64), PlanError> {
        let model = self.model;
        let candidates = model.shelf.with_identity(Identity::of(reference));
        let Some((first, badge)) = candidates.clone().next().and_then(|first| Some((first, model.badge(first)?)))
        else {
            return Err(PlanError::Missing { line, credential: reference.clone() });
        };
        if let Some(Some((first, other))) = self.taken.get(badge.counts_as) {
            let (credential, first, other) = (reference.clone(), *first, (*other).clone());
            return Err(if other == credential {
                PlanError::UsedTwice { line, credential, first }
            } else {
                PlanError::CountedTwice { line, credential, other, first }
            });
        }
        if let Some(by) = self.used_up.get(&badge.counts_as) {
            return Err(PlanError::UsedUp { line, credential: reference.clone(), by: (*by).clone() });
        }
        let counts_as = |number: usize| model.badge(number).map(|badge| badge.counts_as);
        let fitting = candidates.filter_map(|number| Some((number, counts_as(number)?, fits(number)?)));
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
        self.taken.get_mut(badge).into_iter().for_each(|place| *place = Some((line, reference)));
        if let Some(badge) = model.badge(number) {
            self.use_up(line, reference, badge.made_of())?;
        }
        Ok((number, worth))
    }

    /// What an exemption or award rests on counts for nothing else, neither before nor after.
    fn use_up(&mut self, line: usize, by: &'a CredentialRef, badges: &BTreeSet<usize>) -> Result<(), PlanError> {
        for badge in badges {
            let other = self.used_up.insert(*badge, by).filter(|other| *other != by);
            if let Some(Some((_, credential))) = self.taken.get(*badge) {
                return Err(PlanError::UsedUp { line, credential: (*credential).clone(), by: by.clone() });
            }
            if let Some(other) = other {
                return Err(PlanError::UsedUp { line, credential: by.clone(), by: other.clone() });
            }
        }
        Ok(())
    }

    fn decision(&mut self, line: usize, fill: &'a Fill, part: usize) -> Result<usize, PlanError> {
        let Some(reference) = fill.by.first() else { return Err(wrong_number(line, fill, "1 decision")) };
        let mut why = None;
        let model = self.model;
        for (number, decision) in model.decisions.iter().enumerate() {
            if decision.reference != *reference {
                continue;
            }
            match &decision.parts {
                Ok(parts) if parts.contains(&part) => {
                    self.use_up(line, reference, &decision.rests_on)?;
                    return Ok(number);
                }
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
        let way = self.rules.parts().get(part).and_then(|part| part.ways.get(way)).map(|way| &way.way);
        if way.is_some_and(|way| way.supplements) {
            return WhyUnused::OnlySupplements { part: self.part_id(part) };
        }
        let wanted = way.and_then(|way| way.all.get(at));
        self.why_not(badge, |badge| wanted.and_then(|wanted| self.judge.fits(wanted, badge).err()))
    }

    fn why_not_outcomes(&self, part: usize, way: usize, badge: usize) -> WhyUnused {
        let way = self.rules.parts().get(part).and_then(|part| part.ways.get(way));
        let outcomes = way.and_then(|way| way.way.outcomes.as_ref());
        self.why_not(badge, |badge| {
            let outcomes = outcomes?;
            let covers = outcomes.of.iter().any(|outcome| badge.outcomes().any(|of| of == outcome));
            self.judge.fits(&outcomes.fits, badge).err().filter(|_| covers)
        })
    }

    fn why_not_slot(&self, slot: usize, badge: usize) -> WhyUnused {
        let slot = self.tree.slots.get(slot);
        self.why_not(badge, |badge| slot.and_then(|slot| slot_error(&self.judge, slot, badge)))
    }

    fn why_not(&self, badge: usize, judge: impl Fn(&Badge<'_>) -> Option<WhyUnused>) -> WhyUnused {
        let badge = self.badge(badge);
        match badge {
            Some(badge) if badge.holder() != Some(self.holder()) => {
                WhyUnused::OtherHolder { holder: badge.holder().cloned() }
            }
            _ => badge.and_then(judge).unwrap_or(WhyUnused::FitsNothing),
        }
    }
}

fn slot_error(judge: &Judge<'_>, slot: &Slot, badge: &Badge<'_>) -> Option<WhyUnused> {
    if slot.counts_hours {
        judge.hours_in_slot(&slot.rule, badge).err()
    } else {
        judge.worth_in_slot(&slot.rule, badge).err()
    }
}

fn too_much(line: usize, target: &Target, overfull: &Overfull<'_>) -> PlanError {
    let target = target.clone();
    match overfull {
        Overfull::Choice { choice, at_most } => PlanError::TooMany {
            line,
            target,
            requirement: choice.label(),
            at_most: u32::try_from(*at_most).unwrap_or(u32::MAX),
        },
        Overfull::Limit { limit, counted } => PlanError::OverLimit {
            line,
            target,
            limit: limit.limit.id.clone(),
            counted: credits(*counted),
            at_most: credits(limit.credits),
        },
    }
}

fn takes(wanted: usize, line: usize, fill: &Fill) -> Result<(), PlanError> {
    match (wanted, &fill.target) {
        (wanted, _) if wanted == fill.by.len() => Ok(()),
        (1, Target::Exemption { .. }) => Err(wrong_number(line, fill, "1 decision")),
        (1, _) => Err(wrong_number(line, fill, "1 credential")),
        (wanted, _) => Err(wrong_number(line, fill, &format!("{wanted} credentials"))),
    }
}

fn wrong_number(line: usize, fill: &Fill, wanted: &str) -> PlanError {
    PlanError::WrongNumber { line, target: fill.target.clone(), wanted: wanted.to_owned(), found: fill.by.len() }
}

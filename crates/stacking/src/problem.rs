//! What is there to decide? Items that may be filled, and the badges that could fill them, reduced before any search.

use std::collections::BTreeSet;

use crate::assignment::{Assignment, PartFill};
use crate::draft::{Draft, drafts, reduce};
use crate::few::Few;
use crate::filling::{Brings, Filling};
use crate::fits::WayFits;
use crate::matching::{Demands, Matching};
use crate::model::Model;
use crate::twins;

/// Something that may be filled: a part, several parts in one stroke, or a place in a free slot for one badge.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) place: Place,
    /// The parts that it shows.
    pub(crate) shows: Vec<usize>,
    /// What it is worth: hundredths, or hours in a slot of hours.
    pub(crate) worth: u64,
    /// The ways to fill it.
    pub(crate) options: Vec<Choice>,
    /// One demand that every badge of every option fits.
    pub(crate) any_badge: usize,
    /// Filling it takes nothing that anything else could use.
    pub(crate) is_free_standing: bool,
    /// Items with the same number are interchangeable: the same worth, in the same places, by interchangeable badges.
    pub(crate) twins: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Part(usize),
    /// A part and all that this way of it covers.
    Cover {
        part: usize,
        way: usize,
    },
    Slot {
        slot: usize,
        badge: usize,
    },
}

/// One way to fill an item.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) by: By,
    /// What it needs of the matching: first one demand for each credential that fills, then the badges that are used up with it.
    pub(crate) demands: Vec<usize>,
    /// How many of the demands are for credentials that fill.
    pub(crate) fillers: usize,
    /// What the credentials bring.
    pub(crate) brings: Brings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// A decision; what it rests on is used up once, however many parts it exempts from.
    Exemption { decision: usize },
    /// One badge, by any of the ways that ask one.
    Single,
    /// Several badges together, in this way.
    Together { way: usize },
}

impl Choice {
    /// How many credentials it uses.
    pub(crate) fn cost(&self) -> u64 {
        match self.by {
            By::Exemption { .. } => 1,
            By::Single | By::Together { .. } => u64::try_from(self.fillers).unwrap_or(u64::MAX),
        }
    }
}

impl Item {
    /// The fewest credentials that fill it.
    pub(crate) fn least_cost(&self) -> u64 {
        self.options.iter().map(Choice::cost).min().unwrap_or(0)
    }

    /// What it brings a pool at most: hours, or its worth where the condition can hold.
    pub(crate) fn worth_in_pool(&self, counts_hours: bool, condition: Option<usize>) -> u64 {
        let counts = |choice: &&Choice| condition.is_none_or(|bit| choice.brings.all >> bit & 1 == 1);
        let hours = self.options.iter().filter(counts).map(|choice| choice.brings.hours).max();
        match hours {
            None => 0,
            Some(hours) if counts_hours && !self.shows.is_empty() => hours,
            Some(_) => self.worth,
        }
    }

    /// Whether a decision could fill it.
    pub(crate) fn takes_exemption(&self) -> bool {
        self.options.iter().any(|choice| matches!(choice.by, By::Exemption { .. }))
    }
}

pub(crate) struct Problem<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) items: Vec<Item>,
    pub(crate) demands: Demands,
    pub(crate) badges: usize,
    pub(crate) items_of_part: Vec<Vec<usize>>,
    pub(crate) items_of_slot: Vec<Vec<usize>>,
    /// There are more ways to fill something than are tried.
    pub(crate) is_cut_short: bool,
}

impl<'a> Problem<'a> {
    pub(crate) fn new(model: &'a Model<'a>) -> Self {
        let (mut drafts, is_cut_short) = drafts(model);
        reduce(&mut drafts);
        let twins = twins::number(model, &drafts);
        let mut problem = Self {
            model,
            items: Vec::with_capacity(drafts.len()),
            demands: Demands::default(),
            badges: model.badges().iter().map(|badge| badge.counts_as + 1).max().unwrap_or(0),
            items_of_part: vec![Vec::new(); model.rules.parts().len()],
            items_of_slot: vec![Vec::new(); model.tree.slots.len()],
            is_cut_short,
        };
        for (draft, twins) in drafts.into_iter().zip(twins) {
            problem.add(draft, twins);
        }
        problem
    }

    fn add(&mut self, draft: Draft, twins: usize) {
        let any_badge = self.demands.add(draft.fillers().into_iter().collect());
        let options = draft.options.into_iter().map(|option| {
            let fillers = option.matches.len();
            let used_up = option.used_up.into_iter().map(|badge| BTreeSet::from([badge]));
            let demands = option.matches.into_iter().chain(used_up);
            let demands = demands.map(|badges| self.demands.add(badges.into_iter().collect())).collect();
            Choice { by: option.by, demands, fillers, brings: option.brings }
        });
        let options = options.collect();
        let number = self.items.len();
        let slot = match draft.place {
            Place::Slot { slot, .. } => self.items_of_slot.get_mut(slot),
            Place::Part(_) | Place::Cover { .. } => None,
        };
        if let Some(items) = slot {
            items.push(number);
        }
        for part in &draft.shows {
            if let Some(items) = self.items_of_part.get_mut(*part) {
                items.push(number);
            }
        }
        self.items.push(Item {
            place: draft.place,
            shows: draft.shows,
            worth: draft.worth,
            options,
            any_badge,
            is_free_standing: draft.is_free_standing,
            twins,
        });
    }

    /// The only item that shows the part.
    pub(crate) fn find_only_item(&self, part: usize) -> Option<usize> {
        match self.items_of_part.get(part).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }

    /// Fills an item by one of its options.
    pub(crate) fn fill(&self, filling: &mut Filling, item: usize, option: usize) {
        self.change(filling, item, option, true);
    }

    /// Empties an item that this option fills.
    pub(crate) fn empty(&self, filling: &mut Filling, item: usize, option: usize) {
        self.change(filling, item, option, false);
    }

    fn change(&self, filling: &mut Filling, item: usize, option: usize, filled: bool) {
        let Some(item) = self.items.get(item) else { return };
        let Some(brings) = item.options.get(option).map(|choice| choice.brings) else { return };
        match item.place {
            Place::Slot { slot, .. } => filling.fill_slot(slot, item.worth, brings, filled),
            Place::Part(_) | Place::Cover { .. } => {
                for (at, part) in item.shows.iter().enumerate() {
                    filling.fill_part(*part, filled.then_some(brings.for_shown(at)));
                }
            }
        }
    }

    /// Fills an item as well as any of its options could.
    pub(crate) fn hope(&self, filling: &mut Filling, item: usize) {
        let Some(item) = self.items.get(item) else { return };
        match (item.place, item.options.first()) {
            (Place::Slot { slot, .. }, Some(choice)) => filling.fill_slot(slot, item.worth, choice.brings, true),
            _ => {
                for choice in &item.options {
                    for (at, part) in item.shows.iter().enumerate() {
                        filling.hope_for_part(*part, choice.brings.for_shown(at));
                    }
                }
            }
        }
    }

    /// The assignment that fills these items by these options, with the smallest identities that can do it.
    pub(crate) fn assign(&self, chosen: &[(usize, usize)]) -> Assignment {
        let mut decided = BTreeSet::new();
        let mut choices: Vec<(&Item, &Choice, usize)> = Vec::with_capacity(chosen.len());
        let mut wanted: Vec<usize> = Vec::with_capacity(chosen.len());
        for (item, option) in chosen {
            let Some(item) = self.items.get(*item) else { continue };
            let Some(choice) = item.options.get(*option) else { continue };
            choices.push((item, choice, wanted.len()));
            let is_new = match choice.by {
                By::Exemption { decision } => decided.insert(decision),
                By::Single | By::Together { .. } => true,
            };
            wanted.extend(choice.demands.iter().filter(|_| is_new));
        }
        let given = self.give_smallest(&wanted);
        let mut assignment = Assignment::default();
        for (item, choice, from) in choices {
            let badges = given.iter().skip(from).take(choice.fillers).copied().flatten();
            let badges: Vec<usize> = badges.collect();
            match (item.place, choice.by) {
                (Place::Slot { slot, badge }, _) => {
                    let fitting = self.model.fits.slots.get(slot).map_or(&[][..], Vec::as_slice);
                    let member = fitting.iter().filter(|(number, _)| self.badge_of(*number) == Some(badge));
                    let best = member.max_by_key(|(number, worth)| (*worth, std::cmp::Reverse(*number)));
                    assignment.slots.entry(slot).or_default().extend(best.copied());
                }
                (Place::Part(part), By::Exemption { decision }) => {
                    assignment.parts.insert(part, PartFill::Exemption { decision });
                }
                (Place::Part(part), By::Single) => {
                    if let Some(fill) = badges.first().and_then(|badge| self.single_fill(part, *badge)) {
                        assignment.parts.insert(part, fill);
                    }
                }
                (Place::Part(part), By::Together { way }) | (Place::Cover { part, way }, _) => {
                    let fits = |at: usize, badge: usize| self.find_fitting(part, way, at, badge);
                    let by = badges.iter().enumerate().filter_map(|(at, badge)| fits(at, *badge)).collect();
                    assignment.parts.insert(part, PartFill::Way { way, by });
                }
            }
        }
        for by in assignment.slots.values_mut() {
            by.sort_unstable();
        }
        assignment
    }

    /// A badge for each of these demands. The sets of badges that can meet them all form a matroid, so taking each badge in
    /// order of identity where it still helps gives the smallest set.
    fn give_smallest(&self, wanted: &[usize]) -> Vec<Option<usize>> {
        let mut wanted_by = vec![Vec::new(); self.badges];
        for (at, demand) in wanted.iter().enumerate() {
            for badge in self.demands.badges(*demand) {
                if let Some(list) = wanted_by.get_mut(*badge) {
                    list.push(at);
                }
            }
        }
        let mut badges = Demands::default();
        for list in wanted_by {
            badges.add(list);
        }
        let mut matching = Matching::new(self.badges, wanted.len());
        for badge in 0..self.badges {
            matching.meet(badge, &badges);
        }
        (0..wanted.len()).map(|at| matching.demand_of(at)).collect()
    }

    fn badge_of(&self, credential: usize) -> Option<usize> {
        self.model.badge(credential).map(|badge| badge.counts_as)
    }

    /// The first credential of a badge that fits a match of a way, or that covers some of its outcomes.
    fn find_fitting(&self, part: usize, way: usize, at: usize, badge: usize) -> Option<usize> {
        let is_it = |credential: &usize| self.badge_of(*credential) == Some(badge);
        match self.model.fits.parts.get(part)?.get(way)? {
            WayFits::All(matches) => matches.get(at)?.iter().copied().find(is_it),
            WayFits::Outcomes { by, .. } => by.iter().map(|(credential, _)| *credential).find(is_it),
        }
    }

    fn single_fill(&self, part: usize, badge: usize) -> Option<PartFill> {
        let ways = self.model.fits.parts.get(part)?;
        ways.iter().enumerate().filter(|(way, _)| self.model.rules.shows(part, *way).len() == 1).find_map(
            |(way, fits)| {
                let by = fits.alone().find(|credential| self.badge_of(*credential) == Some(badge))?;
                Some(PartFill::Way { way, by: Few::One(by) })
            },
        )
    }
}

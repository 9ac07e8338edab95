//! What is there to decide? Items that may be filled, and the badges that could fill them, reduced before any search.

use std::collections::{BTreeMap, BTreeSet};

use crate::assignment::{Assignment, PartFill};
use crate::matching::{Demands, Matching};
use crate::model::Model;
use crate::tree::Filling;
use crate::twins;

/// Something that may be filled: a part, or a place in a free slot for one badge.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) place: Place,
    /// What it is worth, in hundredths.
    pub(crate) worth: u64,
    /// The ways to fill it; none is tried unless the ones before it fail.
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
    Slot { slot: usize, badge: usize },
}

/// One way to fill an item.
#[derive(Debug, Clone)]
pub(crate) enum Choice {
    Exemption {
        decision: usize,
    },
    /// One badge, by any of the ways that ask one.
    Single {
        demand: usize,
    },
    /// Several badges together.
    Together {
        way: usize,
        demands: Vec<usize>,
    },
}

impl Choice {
    pub(crate) fn demands(&self) -> &[usize] {
        match self {
            Self::Exemption { .. } => &[],
            Self::Single { demand } => std::slice::from_ref(demand),
            Self::Together { demands, .. } => demands,
        }
    }

    /// How many credentials it uses.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Exemption { .. } | Self::Single { .. } => 1,
            Self::Together { demands, .. } => u64::try_from(demands.len()).unwrap_or(u64::MAX),
        }
    }
}

impl Item {
    /// The fewest credentials that fill it.
    pub(crate) fn least_cost(&self) -> u64 {
        self.options.iter().map(Choice::cost).min().unwrap_or(0)
    }
}

pub(crate) struct Problem<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) items: Vec<Item>,
    pub(crate) demands: Demands,
    pub(crate) badges: usize,
    pub(crate) item_of_part: Vec<Option<usize>>,
    pub(crate) items_of_slot: Vec<Vec<usize>>,
}

/// An item before its demands are numbered.
pub(crate) struct Draft {
    pub(crate) place: Place,
    pub(crate) worth: u64,
    pub(crate) exemption: Option<usize>,
    /// The badges that fill it alone.
    pub(crate) single: BTreeSet<usize>,
    /// Ways of several badges: the number of the way, and for each of its matches the badges that fit.
    pub(crate) together: Vec<(usize, Vec<BTreeSet<usize>>)>,
    pub(crate) is_free_standing: bool,
}

impl Draft {
    fn badges(&self) -> BTreeSet<usize> {
        let together = self.together.iter().flat_map(|(_, matches)| matches).flatten();
        self.single.iter().chain(together).copied().collect()
    }
}

impl<'a> Problem<'a> {
    pub(crate) fn new(model: &'a Model<'a>) -> Self {
        let mut drafts = drafts(model);
        reduce(&mut drafts);
        let twins = twins::number(model, &drafts);
        let mut problem = Self {
            model,
            items: Vec::with_capacity(drafts.len()),
            demands: Demands::default(),
            badges: model.badges.iter().map(|badge| badge.counts_as + 1).max().unwrap_or(0),
            item_of_part: vec![None; model.rules.parts().len()],
            items_of_slot: vec![Vec::new(); model.tree.slots.len()],
        };
        for (draft, twins) in drafts.into_iter().zip(twins) {
            problem.add(draft, twins);
        }
        problem
    }

    fn add(&mut self, draft: Draft, twins: usize) {
        let any_badge = self.demands.add(draft.badges().into_iter().collect());
        let mut options = Vec::new();
        if let Some(decision) = draft.exemption {
            options.push(Choice::Exemption { decision });
        }
        if !draft.single.is_empty() {
            options.push(Choice::Single { demand: self.demands.add(draft.single.into_iter().collect()) });
        }
        for (way, matches) in draft.together {
            let demands = matches.into_iter().map(|badges| self.demands.add(badges.into_iter().collect())).collect();
            options.push(Choice::Together { way, demands });
        }
        let number = self.items.len();
        match draft.place {
            Place::Part(part) => {
                if let Some(place) = self.item_of_part.get_mut(part) {
                    *place = Some(number);
                }
            }
            Place::Slot { slot, .. } => {
                if let Some(items) = self.items_of_slot.get_mut(slot) {
                    items.push(number);
                }
            }
        }
        let is_free_standing = draft.is_free_standing;
        self.items.push(Item { place: draft.place, worth: draft.worth, options, any_badge, is_free_standing, twins });
    }

    /// Nothing filled.
    pub(crate) fn nothing(&self) -> Filling {
        Filling { parts: vec![false; self.item_of_part.len()], slots: vec![0; self.items_of_slot.len()] }
    }

    /// Fills an item, or empties it again.
    pub(crate) fn set(&self, filling: &mut Filling, item: usize, filled: bool) {
        let Some(item) = self.items.get(item) else { return };
        match item.place {
            Place::Part(part) => {
                if let Some(place) = filling.parts.get_mut(part) {
                    *place = filled;
                }
            }
            Place::Slot { slot, .. } => {
                if let Some(sum) = filling.slots.get_mut(slot) {
                    *sum = if filled { *sum + item.worth } else { sum.saturating_sub(item.worth) };
                }
            }
        }
    }

    /// The assignment that fills these items by these options, with the smallest identities that can do it.
    pub(crate) fn assign(&self, chosen: &[(usize, usize)]) -> Assignment {
        let choices: Vec<(&Item, &Choice)> = chosen
            .iter()
            .filter_map(|(item, option)| {
                let item = self.items.get(*item)?;
                Some((item, item.options.get(*option)?))
            })
            .collect();
        let wanted: Vec<usize> = choices.iter().flat_map(|(_, choice)| choice.demands()).copied().collect();
        let given = self.give_smallest(&wanted);
        let mut assignment = Assignment::default();
        let mut next = given.into_iter();
        for (item, choice) in choices {
            let badges: Vec<usize> = next.by_ref().take(choice.demands().len()).flatten().collect();
            match (item.place, choice) {
                (Place::Part(part), Choice::Exemption { decision }) => {
                    assignment.parts.insert(part, PartFill::Exemption { decision: *decision });
                }
                (Place::Part(part), Choice::Single { .. }) => {
                    if let Some(fill) = badges.first().and_then(|badge| self.single_fill(part, *badge)) {
                        assignment.parts.insert(part, fill);
                    }
                }
                (Place::Part(part), Choice::Together { way, .. }) => {
                    let fits = |at: usize, badge: usize| self.find_fitting(part, *way, at, badge);
                    let by = badges.iter().enumerate().filter_map(|(at, badge)| fits(at, *badge)).collect();
                    assignment.parts.insert(part, PartFill::Way { way: *way, by });
                }
                (Place::Slot { slot, badge }, _) => {
                    let fitting = self.model.fits.slots.get(slot).map_or(&[][..], Vec::as_slice);
                    let member = fitting.iter().filter(|(number, _)| self.badge_of(*number) == Some(badge));
                    let best = member.max_by_key(|(number, worth)| (*worth, std::cmp::Reverse(*number)));
                    assignment.slots.entry(slot).or_default().extend(best.copied());
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
        self.model.badges.get(credential).map(|badge| badge.counts_as)
    }

    fn find_fitting(&self, part: usize, way: usize, at: usize, badge: usize) -> Option<usize> {
        let fitting = self.model.fits.parts.get(part)?.get(way)?.get(at)?;
        fitting.iter().copied().find(|credential| self.badge_of(*credential) == Some(badge))
    }

    fn single_fill(&self, part: usize, badge: usize) -> Option<PartFill> {
        let ways = self.model.fits.parts.get(part)?;
        let mut single = ways.iter().enumerate().filter(|(_, way)| way.len() == 1);
        single.find_map(|(way, _)| Some(PartFill::Way { way, by: vec![self.find_fitting(part, way, 0, badge)?] }))
    }
}

fn drafts(model: &Model<'_>) -> Vec<Draft> {
    let numbers = |fitting: &[usize]| -> BTreeSet<usize> {
        fitting.iter().filter_map(|credential| model.badges.get(*credential)).map(|badge| badge.counts_as).collect()
    };
    let mut drafts = Vec::new();
    for (part, ways) in model.fits.parts.iter().enumerate().filter(|(part, _)| model.asks(*part)) {
        let exemption = model.fits.exempt.get(part).copied().flatten();
        let mut draft = Draft {
            place: Place::Part(part),
            worth: model.tree.worth(part),
            exemption,
            single: BTreeSet::new(),
            together: Vec::new(),
            is_free_standing: exemption.is_some(),
        };
        // An exemption uses no badge, so that nothing is gained by any other way.
        for (way, matches) in ways.iter().enumerate().filter(|_| exemption.is_none()) {
            match matches.as_slice() {
                [only] => draft.single.extend(numbers(only)),
                several if several.iter().all(|fitting| !fitting.is_empty()) => {
                    draft.together.push((way, several.iter().map(|fitting| numbers(fitting)).collect()));
                }
                _ => {}
            }
        }
        if exemption.is_some() || !draft.single.is_empty() || !draft.together.is_empty() {
            drafts.push(draft);
        }
    }
    for (slot, fitting) in model.fits.slots.iter().enumerate() {
        let mut worths: BTreeMap<usize, u64> = BTreeMap::new();
        for (credential, worth) in fitting {
            if let Some(badge) = model.badges.get(*credential) {
                let best = worths.entry(badge.counts_as).or_default();
                *best = (*best).max(*worth);
            }
        }
        drafts.extend(worths.into_iter().map(|(badge, worth)| Draft {
            place: Place::Slot { slot, badge },
            worth,
            exemption: None,
            single: BTreeSet::from([badge]),
            together: Vec::new(),
            is_free_standing: false,
        }));
    }
    drafts
}

/// A badge that fits one item alone fills it at least as well as any other could: the item needs no other, and so others
/// become free for what else they fit. Repeated until nothing changes; what remains contested is usually little.
fn reduce(drafts: &mut [Draft]) {
    let mut uses: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        for badge in draft.badges() {
            uses.entry(badge).or_default().insert(at);
        }
    }
    let mut waiting: BTreeSet<usize> = (0..drafts.len()).collect();
    while let Some(at) = waiting.pop_first() {
        let Some(draft) = drafts.get_mut(at).filter(|draft| !draft.is_free_standing) else { continue };
        let alone = |badge: &&usize| uses.get(badge).is_some_and(|items| items.len() == 1);
        let Some(own) = draft.single.iter().find(alone).copied() else { continue };
        let others = draft.badges();
        draft.single = BTreeSet::from([own]);
        draft.together.clear();
        draft.is_free_standing = true;
        for badge in others.into_iter().filter(|badge| *badge != own) {
            if let Some(items) = uses.get_mut(&badge) {
                items.remove(&at);
                waiting.extend(items.iter());
            }
        }
    }
}

//! What could fill what, before the search numbers it? Every option of every item, and the reduction that leaves little to decide.

use std::collections::{BTreeMap, BTreeSet};

use crate::filling::Brings;
use crate::fits::WayFits;
use crate::model::Model;
use crate::problem::{By, Place};

/// So many ways to combine credentials are tried for one part; where there are more, the search says that it was cut short.
const MAX_COMBINATIONS: usize = 64;

/// An item before its demands are numbered.
pub(crate) struct Draft {
    pub(crate) place: Place,
    pub(crate) shows: Vec<usize>,
    pub(crate) worth: u64,
    pub(crate) options: Vec<DraftChoice>,
    pub(crate) is_free_standing: bool,
}

/// An option before its demands are numbered. Badges by number.
pub(crate) struct DraftChoice {
    pub(crate) by: By,
    /// For each credential that fills: the badges that could.
    pub(crate) matches: Vec<BTreeSet<usize>>,
    /// The badges that are used up with it.
    pub(crate) used_up: BTreeSet<usize>,
    pub(crate) brings: Brings,
}

impl Draft {
    /// Every badge that could fill it, alone or with others.
    pub(crate) fn fillers(&self) -> BTreeSet<usize> {
        self.options.iter().flat_map(|option| &option.matches).flatten().copied().collect()
    }

    /// Every badge that filling it could take.
    fn takes(&self) -> BTreeSet<usize> {
        let used_up = self.options.iter().flat_map(|option| &option.used_up).copied();
        self.fillers().into_iter().chain(used_up).collect()
    }
}

/// Everything that could be filled, and whether there are more ways to do so than are listed.
pub(crate) fn drafts(model: &Model<'_>) -> (Vec<Draft>, bool) {
    let mut drafter = Drafter::new(model);
    let mut drafts = Vec::new();
    for part in (0..model.rules.parts().len()).filter(|part| model.asks(*part)) {
        drafts.extend(drafter.part(part));
        drafts.extend(drafter.covers(part));
    }
    for slot in 0..model.tree.slots.len() {
        drafts.extend(drafter.slot(slot));
    }
    (drafts, drafter.is_cut_short)
}

struct Drafter<'a> {
    model: &'a Model<'a>,
    /// Of each badge: what it brings, as far as it matters, and what is used up with it.
    brings: Vec<Brings>,
    used_up: Vec<BTreeSet<usize>>,
    is_cut_short: bool,
}

impl<'a> Drafter<'a> {
    fn new(model: &'a Model<'a>) -> Self {
        let badges = model.badges().iter().map(|badge| badge.counts_as + 1).max().unwrap_or(0);
        let mut brings: Vec<Option<Brings>> = vec![None; badges];
        let mut used_up = vec![BTreeSet::new(); badges];
        for (at, badge) in model.badges().iter().enumerate() {
            let one = model.tree.that_matters(model.brings(at));
            // Copies may state different things: none is promised more than all of them state.
            if let Some(known) = brings.get_mut(badge.counts_as) {
                let less = |other: Brings| Brings { hours: other.hours.min(one.hours), ..other.and(one) };
                *known = Some(known.map_or(one, less));
            }
            if let Some(known) = used_up.get_mut(badge.counts_as) {
                known.extend(badge.made_of());
            }
        }
        let brings = brings.into_iter().map(Option::unwrap_or_default).collect();
        Self { model, brings, used_up, is_cut_short: false }
    }

    fn numbers(&self, credentials: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        credentials.filter_map(|at| self.model.badge(at)).map(|badge| badge.counts_as).collect()
    }

    fn brings(&self, badge: usize) -> Brings {
        self.brings.get(badge).copied().unwrap_or_default()
    }

    fn used_up(&self, badge: usize) -> BTreeSet<usize> {
        self.used_up.get(badge).cloned().unwrap_or_default()
    }

    /// Badges that bring the same and use nothing up stand together; others alone. In order of their smallest identity.
    fn alike(&self, badges: &BTreeSet<usize>) -> Vec<BTreeSet<usize>> {
        let mut groups: Vec<(Option<Brings>, BTreeSet<usize>)> = Vec::new();
        for badge in badges {
            let kind = Some(self.brings(*badge)).filter(|_| self.used_up(*badge).is_empty());
            match groups.iter_mut().find(|(of, _)| kind.is_some() && *of == kind) {
                Some((_, group)) => {
                    group.insert(*badge);
                }
                None => groups.push((kind, BTreeSet::from([*badge]))),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// One option for each way to take one group for each match.
    fn options(&mut self, by: By, matches: &[BTreeSet<usize>]) -> Vec<DraftChoice> {
        let mut combinations: Vec<Vec<BTreeSet<usize>>> = vec![Vec::new()];
        for badges in matches {
            let groups = self.alike(badges);
            let longer = combinations.iter().flat_map(|before| {
                groups.iter().map(|group| before.iter().chain([group]).cloned().collect::<Vec<_>>())
            });
            combinations = longer.collect();
            if combinations.len() > MAX_COMBINATIONS {
                self.is_cut_short = true;
                combinations.truncate(MAX_COMBINATIONS);
            }
        }
        combinations.into_iter().map(|matches| self.option(by, matches)).collect()
    }

    fn option(&self, by: By, matches: Vec<BTreeSet<usize>>) -> DraftChoice {
        let firsts: Vec<usize> = matches.iter().filter_map(|group| group.first().copied()).collect();
        let brings = firsts.iter().map(|badge| self.brings(*badge)).reduce(Brings::and).unwrap_or_default();
        let used_up = firsts.iter().flat_map(|badge| self.used_up(*badge)).collect();
        DraftChoice { by, matches, used_up, brings }
    }

    fn part(&mut self, part: usize) -> Option<Draft> {
        let model = self.model;
        let mut options = Vec::new();
        for &decision in model.fits.exempt.get(part)? {
            let used_up = model.decisions.get(decision).map(|of| of.rests_on.clone()).unwrap_or_default();
            let brings = Brings { any: model.exemption_mask, all: model.exemption_mask, hours: 0 };
            options.push(DraftChoice { by: By::Exemption { decision }, matches: Vec::new(), used_up, brings });
        }
        // An exemption that takes nothing, where nothing else is asked of what fills, leaves no reason for another way.
        let free = |option: &DraftChoice| option.used_up.is_empty() && !model.tree.asks_what_fills();
        let is_free_standing = options.iter().any(free);
        if is_free_standing {
            options.retain(free);
            options.truncate(1);
        } else {
            let ways = model.fits.parts.get(part)?;
            let own = || ways.iter().enumerate().filter(|(way, _)| model.rules.shows(part, *way).len() == 1);
            let single: BTreeSet<usize> = own().flat_map(|(_, fits)| self.numbers(fits.alone())).collect();
            if !single.is_empty() {
                options.extend(self.options(By::Single, &[single]));
            }
            for (way, fits) in own() {
                options.extend(self.together(way, fits, 2));
            }
        }
        let place = Place::Part(part);
        (!options.is_empty()).then(|| self.draft(place, vec![part], options, is_free_standing))
    }

    /// The ways of a part that show others too, one item each.
    fn covers(&mut self, part: usize) -> Vec<Draft> {
        let model = self.model;
        let mut drafts = Vec::new();
        for (way, fits) in model.fits.parts.get(part).into_iter().flatten().enumerate() {
            let shows = model.rules.shows(part, way);
            let options = if shows.len() > 1 { self.together(way, fits, 1) } else { Vec::new() };
            if !options.is_empty() {
                drafts.push(self.draft(Place::Cover { part, way }, shows.to_vec(), options, false));
            }
        }
        drafts
    }

    fn draft(&self, place: Place, shows: Vec<usize>, options: Vec<DraftChoice>, is_free_standing: bool) -> Draft {
        let worth = shows.iter().map(|part| self.model.tree.worth(*part)).sum();
        Draft { place, shows, worth, options, is_free_standing }
    }

    /// The options of a way that takes at least so many credentials.
    fn together(&mut self, way: usize, fits: &WayFits, fewest: usize) -> Vec<DraftChoice> {
        let by = By::Together { way };
        match fits {
            WayFits::All(matches) if matches.len() < fewest || matches.iter().any(|fitting| fitting.is_empty()) => {
                Vec::new()
            }
            WayFits::All(matches) => {
                let matches: Vec<BTreeSet<usize>> =
                    matches.iter().map(|fitting| self.numbers(fitting.iter().copied())).collect();
                self.options(by, &matches)
            }
            WayFits::Outcomes { by: covering, need } => {
                let covers = self.minimal_covers(covering, *need);
                let long_enough = covers.into_iter().filter(|cover| cover.len() >= fewest);
                long_enough
                    .map(|cover| self.option(by, cover.into_iter().map(|badge| BTreeSet::from([badge])).collect()))
                    .collect()
            }
        }
    }

    /// The sets of badges that cover enough outcomes, none of which can be left out.
    fn minimal_covers(&mut self, covering: &[(usize, u64)], need: u32) -> Vec<Vec<usize>> {
        let mut bits: BTreeMap<usize, u64> = BTreeMap::new();
        for (credential, covered) in covering {
            if let Some(badge) = self.model.badge(*credential) {
                bits.entry(badge.counts_as).or_insert(*covered);
            }
        }
        let badges: Vec<(usize, u64)> = bits.into_iter().collect();
        let mut found: Vec<Vec<usize>> = Vec::new();
        let mut steps = 0;
        let mut waiting: std::collections::VecDeque<(usize, Vec<usize>, u64)> = [(0, Vec::new(), 0)].into();
        while let Some((from, chosen, covered)) = waiting.pop_front() {
            if covered.count_ones() >= need {
                let union = |without: usize| {
                    let rest = chosen.iter().filter(|badge| **badge != without);
                    rest.filter_map(|badge| badges.iter().find(|(of, _)| of == badge)).fold(0, |all, (_, of)| all | of)
                };
                if chosen.iter().all(|badge| u64::count_ones(union(*badge)) < need) {
                    found.push(chosen);
                }
                continue;
            }
            steps += 1;
            if found.len() >= MAX_COMBINATIONS || steps > 50 * MAX_COMBINATIONS {
                self.is_cut_short = true;
                break;
            }
            for (at, (badge, more)) in badges.iter().enumerate().skip(from) {
                if more & !covered != 0 {
                    waiting.push_back((at + 1, chosen.iter().copied().chain([*badge]).collect(), covered | more));
                }
            }
        }
        found
    }

    fn slot(&self, slot: usize) -> Vec<Draft> {
        let fitting = self.model.fits.slots.get(slot).map_or(&[][..], Vec::as_slice);
        let mut worths: BTreeMap<usize, u64> = BTreeMap::new();
        for (credential, worth) in fitting {
            if let Some(badge) = self.model.badge(*credential) {
                let best = worths.entry(badge.counts_as).or_default();
                *best = (*best).max(*worth);
            }
        }
        let draft = |(badge, worth)| Draft {
            place: Place::Slot { slot, badge },
            shows: Vec::new(),
            worth,
            options: vec![self.option(By::Single, vec![BTreeSet::from([badge])])],
            is_free_standing: false,
        };
        worths.into_iter().map(draft).collect()
    }
}

/// A badge that fits one item alone and brings no less than any other fills it at least as well: the item needs no other, and
/// so others become free for what else they fit. Repeated until nothing changes; what remains contested is usually little.
pub(crate) fn reduce(drafts: &mut [Draft]) {
    let mut uses: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        for badge in draft.takes() {
            uses.entry(badge).or_default().insert(at);
        }
    }
    let mut waiting: BTreeSet<usize> = (0..drafts.len()).collect();
    while let Some(at) = waiting.pop_first() {
        let Some(draft) = drafts.get_mut(at).filter(|draft| !draft.is_free_standing) else { continue };
        let alone = |badge: &&usize| uses.get(badge).is_some_and(|items| items.len() == 1);
        let best = draft.options.iter().enumerate().find_map(|(number, option)| {
            let single = option.by == By::Single || (option.matches.len() == 1 && option.used_up.is_empty());
            let own = option.matches.first().filter(|_| single && option.used_up.is_empty())?.iter().find(alone)?;
            let is_best = draft.options.iter().all(|other| option.brings.is_as_good_as(other.brings));
            is_best.then_some((number, *own))
        });
        let Some((number, own)) = best else { continue };
        let others = draft.takes();
        draft.options = draft.options.drain(..).skip(number).take(1).collect();
        draft.options.iter_mut().for_each(|option| option.matches = vec![BTreeSet::from([own])]);
        draft.is_free_standing = true;
        for badge in others.into_iter().filter(|badge| *badge != own) {
            if let Some(items) = uses.get_mut(&badge) {
                items.remove(&at);
                waiting.extend(items.iter());
            }
        }
    }
}

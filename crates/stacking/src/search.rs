//! Which assignment is best? Branch and bound over what to fill, exact within its budget.
//!
//! The items are reduced first ([`Problem::new`]). A greedy assignment is the first answer. Then each item is filled or left
//! open in turn; bipartite matching says whether everything chosen can be filled at once, and a branch ends where its best
//! outlook is no better than the answer at hand. The order is fixed by worth, programme and identity, so the answer is too.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::assignment::Assignment;
use crate::bound::{Mandatory, Worth, mandatory};
use crate::excess::Excess;
use crate::filling::Filling;
use crate::find::Budget;
use crate::matching::Matching;
use crate::measure::Measure;
use crate::model::Model;
use crate::problem::{By, Item, Place, Problem};
use crate::relax::Prices;
use crate::state::{Mark, State, new_demands};
use crate::tree::{AtMost, Kind};

/// Above so many items nothing beyond the first answer and its bound is tried: each is a level of the search.
const MAX_ITEMS: usize = 2_000;

/// So many items are weighed in one step.
const ITEMS_A_STEP: usize = 256;

/// So many states each level of the search keeps: its own, and those with the item filled and left.
const STATES_A_LEVEL: u64 = 3;

/// This share of the steps is taken before exchanges are tried.
const FIRST_SHARE: u64 = 8;

/// So often the prices are bettered that bound the credentials: at first, and in each state.
const FIRST_ROUNDS: usize = 300;
const ROUNDS: usize = 5;

/// The best assignment, and a bound when the budget ended before it was certain that there is none better.
pub(crate) fn search(model: &Model<'_>, budget: Budget) -> (Assignment, Option<Worth>) {
    if model.fits.are_none(&model.tree.asked) {
        return (Assignment::default(), None);
    }
    let problem = Problem::new(model);
    let mut search = Search::new(&problem, budget);
    let start = search.start();
    search.greedy(start.clone());
    let mut bound = search.outlook(&mut start.clone(), FIRST_ROUNDS);
    if !problem.is_cut_short && !bound.is_better_than(search.best.worth) {
        return (problem.assign(&search.best.chosen), None);
    }
    if problem.is_cut_short {
        // What was left out may reach everything.
        let root = model.tree.root();
        let (leaves, counted) = root.map_or((0, 0), |root| (root.asked, root.most_asked));
        bound = Worth { complete: true, leaves, counted, hours: u64::from(u32::MAX), used: 0 };
        search.ended_early = true;
    }
    if problem.items.len() > MAX_ITEMS {
        search.steps_left = 0;
    }
    if bound.gain() == search.best.worth.gain() {
        // Most searches end soon. Where one does not, a better answer than the first prunes more than the steps are worth.
        let rest = search.steps_left - search.steps_left / FIRST_SHARE;
        search.steps_left -= rest;
        search.descend(start.clone());
        search.steps_left += rest;
        if !search.ended_early {
            return (problem.assign(&search.best.chosen), None);
        }
        search.ended_early = problem.is_cut_short;
        search.exchange(&start);
        bound = search.outlook(&mut start.clone(), FIRST_ROUNDS);
    }
    search.descend(start);
    let assignment = problem.assign(&search.best.chosen);
    (assignment, search.ended_early.then_some(bound))
}

pub(crate) struct Search<'a> {
    pub(crate) problem: &'a Problem<'a>,
    pub(crate) mandatory: Vec<Mandatory>,
    pub(crate) excess: Excess,
    /// Of each item, whether it stands under a choice of which only so many may count.
    limited: Vec<bool>,
    /// In which order items are decided.
    pub(crate) order: Vec<usize>,
    /// Of each item, the next in that order with which it is interchangeable.
    next_twin: Vec<Option<usize>>,
    pub(crate) best: Best,
    pub(crate) steps_left: u64,
    bytes_left: u64,
    ended_early: bool,
    pub(crate) measures: Vec<Measure>,
    pub(crate) prices: Prices,
}

pub(crate) struct Best {
    pub(crate) worth: Worth,
    /// Items, each with the option that fills it.
    pub(crate) chosen: Vec<(usize, usize)>,
}

fn is_limited(problem: &Problem<'_>, item: &Item) -> bool {
    let tree = &problem.model.tree;
    let is_meant = |limit: &AtMost| item.options.iter().any(|choice| choice.brings.any >> limit.condition & 1 == 1);
    tree.limits.iter().any(is_meant)
        || tree.nodes.iter().any(|node| {
            matches!(node.kind, Kind::Choose { at_most: Some(_), .. })
                && match item.place {
                    Place::Part(_) | Place::Cover { .. } => item.shows.iter().any(|part| node.parts.contains(part)),
                    Place::Slot { slot, .. } => node.slots.contains(&slot),
                }
        })
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem<'a>, budget: Budget) -> Self {
        let nothing = Worth { complete: false, leaves: 0, counted: 0, hours: 0, used: 0 };
        let mut search = Self {
            problem,
            mandatory: mandatory(problem),
            excess: Excess::new(&problem.model.tree),
            limited: problem.items.iter().map(|item| is_limited(problem, item)).collect(),
            order: Vec::new(),
            next_twin: Vec::new(),
            best: Best { worth: nothing, chosen: Vec::new() },
            steps_left: budget.steps,
            bytes_left: budget.bytes,
            ended_early: false,
            measures: Vec::new(),
            prices: Prices::new(),
        };
        search.best.worth = search.measure(&problem.model.tree.nothing(), 0);
        search.settle_order();
        search
    }

    fn start(&self) -> State {
        State {
            marks: vec![Mark::Open; self.problem.items.len()],
            matching: Matching::new(self.problem.demands.count(), self.problem.badges),
            certain: self.problem.model.tree.nothing(),
            decisions: BTreeSet::new(),
            used: 0,
            decided: 0,
        }
    }

    pub(crate) fn measure(&mut self, filling: &Filling, used: u64) -> Worth {
        let measure = self.problem.model.tree.measure(filling, &mut self.measures);
        Worth { complete: measure.met, leaves: measure.leaves, counted: measure.counted, hours: measure.hours, used }
    }

    pub(crate) fn item(&self, item: usize) -> Option<&'a Item> {
        self.problem.items.get(item)
    }

    /// First what is missed when it stays open, largest first; then the rest, smallest first, since it is the small that
    /// can be left open.
    fn settle_order(&mut self) {
        let mut all = self.problem.model.tree.nothing();
        for item in 0..self.problem.items.len() {
            self.problem.hope(&mut all, item);
        }
        let full = self.measure(&all, 0).gain();
        let worth = |search: &Self, item: usize| search.item(item).map_or(0, |item| item.worth);
        let (mut needed, mut rest) = (Vec::new(), Vec::new());
        let mut is_needed: Vec<Option<bool>> = vec![None; self.problem.items.len()];
        for (item, Item { twins, .. }) in self.problem.items.iter().enumerate() {
            // Without one of several interchangeable items all comes to the same as without another.
            let known = is_needed.get(*twins).copied().flatten();
            let is_missed = known.unwrap_or_else(|| {
                let mut rest_of = all.clone();
                self.problem.empty(&mut rest_of, item, 0);
                self.measure(&rest_of, 0).gain() < full
            });
            is_needed.get_mut(*twins).into_iter().for_each(|place| *place = Some(is_missed));
            if is_missed { needed.push(item) } else { rest.push(item) }
        }
        needed.sort_by_key(|item| (Reverse(worth(self, *item)), *item));
        rest.sort_by_key(|item| (worth(self, *item), Reverse(*item)));
        self.order = needed.into_iter().chain(rest).collect();
        self.next_twin = vec![None; self.problem.items.len()];
        let mut latest: BTreeMap<usize, usize> = BTreeMap::new();
        for item in self.order.iter().rev() {
            let Some(twins) = self.item(*item).map(|item| item.twins) else { continue };
            let later = latest.insert(twins, *item);
            if let Some(place) = self.next_twin.get_mut(*item) {
                *place = later;
            }
        }
    }

    pub(crate) fn step_cost(&self) -> u64 {
        size(1 + self.problem.items.len() / ITEMS_A_STEP)
    }

    /// Keeps the state's filled items as the answer, where they are better.
    pub(crate) fn take(&mut self, state: &State) {
        let worth = self.measure(&state.certain, state.used);
        if worth.is_better_than(self.best.worth) {
            let chosen = state.marks.iter().enumerate().filter_map(|(item, mark)| match mark {
                Mark::Filled(option) => Some((item, *option)),
                _ => None,
            });
            self.best = Best { worth, chosen: chosen.collect() };
        }
    }

    /// Fills an item by the first option that can be had.
    pub(crate) fn fill(&self, state: &mut State, item: usize) -> bool {
        let options = self.item(item).map_or(0, |item| item.options.len());
        (0..options).any(|option| self.fill_by(state, item, option))
    }

    pub(crate) fn fill_by(&self, state: &mut State, item: usize, option: usize) -> bool {
        let Some(found) = self.item(item) else { return false };
        let Some(choice) = found.options.get(option) else { return false };
        if state.shows_already(found) || self.exceeds_limit(state, item, option) {
            return false;
        }
        let demands = new_demands(state, choice);
        let before = (demands.len() > 1).then(|| state.matching.clone());
        for demand in demands {
            if !state.matching.meet(*demand, &self.problem.demands) {
                if let Some(before) = before {
                    state.matching = before;
                }
                return false;
            }
        }
        if let By::Exemption { decision } = choice.by {
            state.decisions.insert(decision);
        }
        state.set(item, Mark::Filled(option));
        state.used += choice.cost();
        self.problem.fill(&mut state.certain, item, option);
        true
    }

    pub(crate) fn exceeds_limit(&self, state: &State, item: usize, option: usize) -> bool {
        if !self.limited.get(item).copied().unwrap_or(false) {
            return false;
        }
        let mut filling = state.certain.clone();
        self.problem.fill(&mut filling, item, option);
        self.problem.model.tree.find_overfull(&filling).is_some()
    }

    fn descend(&mut self, mut state: State) {
        let outlook = self.outlook(&mut state, ROUNDS);
        self.descend_to(state, outlook);
    }

    /// Looks through what is below a state of this outlook.
    fn descend_to(&mut self, mut state: State, outlook: Worth) {
        if !outlook.is_better_than(self.best.worth) {
            return;
        }
        while self.order.get(state.decided).is_some_and(|item| state.mark(*item) != Mark::Open) {
            state.decided += 1;
        }
        let Some(item) = self.order.get(state.decided).copied() else {
            self.take(&state);
            return;
        };
        let (steps, bytes) = (self.step_cost(), state.bytes() * STATES_A_LEVEL);
        if self.steps_left < steps || self.bytes_left < bytes {
            self.ended_early = true;
            return;
        }
        self.steps_left -= steps;
        self.bytes_left -= bytes;
        self.branch(&state, item, outlook);
        self.bytes_left += bytes;
    }

    /// Fills the item and leaves it, whichever promises more first.
    fn branch(&mut self, state: &State, item: usize, outlook: Worth) {
        let mut left = state.clone();
        left.set(item, Mark::Left);
        let reach = self.reach(&mut left);
        let when_left = reach.worth;
        let mut later = None;
        if when_left.gain() == outlook.gain() {
            let outlook = self.weigh(&mut left, reach, ROUNDS);
            self.descend_to(left, outlook);
        } else {
            later = Some(left);
        }
        for option in 0..self.item(item).map_or(0, |item| item.options.len()) {
            let mut filled = state.clone();
            if self.fill_by(&mut filled, item, option) && self.fill_twins(&mut filled, item) {
                self.descend(filled);
            }
        }
        if let Some(left) = later.filter(|_| when_left.is_better_than(self.best.worth)) {
            self.descend(left);
        }
    }

    /// Of interchangeable items the later ones are filled first: any other assignment has a mirror image that does so.
    fn fill_twins(&self, state: &mut State, item: usize) -> bool {
        let mut next = self.next_twin.get(item).copied().flatten();
        while let Some(twin) = next {
            match state.mark(twin) {
                Mark::Filled(_) => {}
                Mark::Open if self.fill(state, twin) => {}
                Mark::Open | Mark::Left => return false,
            }
            next = self.next_twin.get(twin).copied().flatten();
        }
        true
    }
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

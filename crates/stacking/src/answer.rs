//! What is a good answer before everything is weighed? All that fits, without what is not needed; then one thing for several.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::problem::{Choice, Place};
use crate::search::Search;
use crate::state::{Mark, State};

impl Search<'_> {
    /// The first answer: everything that fits, what is needed and large first; then whatever is not needed is left again,
    /// small first.
    pub(crate) fn greedy(&mut self, mut state: State) {
        let order = self.by_worth();
        let needed = |search: &mut Self, state: &State, gain: (u32, u64, u64), item: usize| {
            let mut with = state.certain.clone();
            search.problem.hope(&mut with, item);
            search.measure(&with, 0).gain() > gain
        };
        let mut gain = self.measure(&state.certain, 0).gain();
        // Twice: what adds nothing alone may add once others are there.
        for only_needed in [true, false] {
            for &item in &order {
                if state.mark(item) == Mark::Open
                    && (!only_needed || needed(self, &state, gain, item))
                    && self.fill(&mut state, item)
                {
                    gain = self.measure(&state.certain, 0).gain();
                }
            }
        }
        self.shed(&mut state, &order);
        self.take(&state);
    }

    /// Leaves again whatever is not needed, the last of the order first.
    fn shed(&mut self, state: &mut State, order: &[usize]) {
        let goal = self.measure(&state.certain, 0).gain();
        for &item in order.iter().rev() {
            let Mark::Filled(option) = state.mark(item) else { continue };
            self.problem.empty(&mut state.certain, item, option);
            if self.measure(&state.certain, 0).gain() == goal {
                state.set(item, Mark::Left);
                let cost = self.item(item).and_then(|item| item.options.get(option)).map_or(0, Choice::cost);
                state.used = state.used.saturating_sub(cost);
            } else {
                self.problem.fill(&mut state.certain, item, option);
            }
        }
    }

    /// One item more may leave several others without need: what counts in two pools at once stands for one in each.
    pub(crate) fn exchange(&mut self, start: &State) {
        let order = self.by_worth();
        loop {
            let answer = self.again(start);
            let known = self.best.worth;
            // Of what is worth the same in one slot, one is tried.
            let mut tried = BTreeSet::new();
            for &item in &order {
                let Some(found) = self.item(item).filter(|_| answer.mark(item) == Mark::Open) else { continue };
                if matches!(found.place, Place::Slot { slot, .. } if !tried.insert((slot, found.worth))) {
                    continue;
                }
                let Some(left) = self.steps_left.checked_sub(self.step_cost()) else { return };
                self.steps_left = left;
                let mut state = answer.clone();
                if self.fill(&mut state, item) {
                    self.shed(&mut state, &order);
                    self.take(&state);
                }
                if self.best.worth != known {
                    break;
                }
            }
            if self.best.worth == known {
                return;
            }
        }
    }

    /// The answer at hand as a state that more can be filled in.
    fn again(&self, start: &State) -> State {
        let mut state = start.clone();
        for (item, option) in &self.best.chosen {
            self.fill_by(&mut state, *item, *option);
        }
        state
    }

    /// Items that are worth most first.
    fn by_worth(&self) -> Vec<usize> {
        let mut order = self.order.clone();
        order.sort_by_key(|item| (Reverse(self.item(*item).map_or(0, |item| item.worth)), *item));
        order
    }
}

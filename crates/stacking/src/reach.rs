//! How far can a state of a search still come, and what does it cost at least?

use crate::bound::{Outlook, Worth, shortfall};
use crate::cover::Cover;
use crate::filling::Filling;
use crate::relax::Relaxed;
use crate::search::Search;
use crate::state::{Mark, State, new_demands};

/// The best that a state could come to.
pub(crate) struct Reach {
    possible: Filling,
    /// Leaf requirements that are met by all that is possible, one by one.
    leaves: u32,
    /// Nothing of what is possible is lost for certain.
    is_whole: bool,
    pub(crate) worth: Worth,
}

impl Search<'_> {
    /// `freeable` is found when it is first asked for: the badges that are free or can be freed.
    fn could_fill(&self, state: &State, item: usize, freeable: &mut Option<Vec<bool>>) -> bool {
        let Some(found) = self.item(item) else { return false };
        if state.shows_already(found) {
            return false;
        }
        let demands = &self.problem.demands;
        let mut could_meet = |demand: &usize| {
            let badges = demands.badges(*demand);
            badges.iter().any(|badge| state.matching.demand_of(*badge).is_none()) || {
                let freeable = freeable.get_or_insert_with(|| state.matching.freeable(demands));
                badges.iter().any(|badge| freeable.get(*badge).copied().unwrap_or(false))
            }
        };
        found.options.iter().enumerate().any(|(option, choice)| {
            (found.is_free_standing || new_demands(state, choice).iter().all(&mut could_meet))
                && !self.exceeds_limit(state, item, option)
        })
    }

    /// The best that the state could come to, at least as good as anything below it. Items that can no longer be filled are
    /// left, and with `rounds` also those that would take as many credentials as the answer at hand.
    pub(crate) fn outlook(&mut self, state: &mut State, rounds: usize) -> Worth {
        let reach = self.reach(state);
        self.weigh(state, reach, rounds)
    }

    /// What the state could come to at no cost. Items that can no longer be filled are left.
    pub(crate) fn reach(&mut self, state: &mut State) -> Reach {
        let mut possible = state.certain.clone();
        let mut freeable = None;
        for item in 0..self.problem.items.len() {
            if state.mark(item) == Mark::Open {
                if self.could_fill(state, item, &mut freeable) {
                    self.problem.hope(&mut possible, item);
                } else {
                    state.set(item, Mark::Left);
                }
            }
        }
        let tree = &self.problem.model.tree;
        let whole = tree.measure(&possible, &mut self.measures);
        let is_open = |item: usize| state.mark(item) == Mark::Open;
        let (missed, credits) = shortfall(self.problem, &self.mandatory, &state.matching, is_open);
        let lost = self.excess.lost(tree, &state.certain, &possible, &self.measures);
        let missed = missed.max(lost.leaves);
        let leaves = whole.leaves.saturating_sub(missed);
        let most = if missed == 0 { whole.counted } else { whole.most };
        let counted = most.saturating_sub(credits.max(lost.credits));
        let hours = tree.most_hours(&self.measures);
        let worth = Worth { complete: whole.met && missed == 0, leaves, counted, hours, used: state.used };
        Reach { possible, leaves: whole.leaves, is_whole: missed == 0 && lost.credits == 0, worth }
    }

    /// What it costs at least to come so far. Asked right after the reach was found, whose measures it needs.
    pub(crate) fn weigh(&mut self, state: &mut State, reach: Reach, rounds: usize) -> Worth {
        let Reach { possible, leaves, is_whole, worth } = reach;
        // What it costs decides only against an answer that is as good.
        if rounds == 0 || worth.gain() != self.best.worth.gain() {
            return worth;
        }
        let is_open = |item: usize| state.mark(item) == Mark::Open;
        let outlook = Outlook {
            problem: self.problem,
            certain: &state.certain,
            possible: &possible,
            measures: &self.measures,
            is_open: &is_open,
        };
        let used = state.used + outlook.need(leaves.saturating_sub(self.best.worth.leaves));
        let worth = Worth { used, ..worth };
        if !is_whole || used >= self.best.worth.used {
            return worth;
        }
        let goal = self.best.worth.used - state.used;
        let relaxed = Relaxed::solve(Cover::of(&outlook), &mut self.prices, goal, rounds);
        for item in 0..self.problem.items.len() {
            if state.mark(item) == Mark::Open && relaxed.excludes(item, goal) {
                state.set(item, Mark::Left);
            }
        }
        Worth { used: used.max(state.used + relaxed.least()), ..worth }
    }
}

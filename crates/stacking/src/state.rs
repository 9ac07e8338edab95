//! What is decided so far in a search?

use std::collections::BTreeSet;

use crate::filling::Filling;
use crate::matching::Matching;
use crate::problem::{By, Choice, Item};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Open,
    Left,
    Filled(usize),
}

#[derive(Clone)]
pub(crate) struct State {
    pub(crate) marks: Vec<Mark>,
    pub(crate) matching: Matching,
    pub(crate) certain: Filling,
    /// The decisions that are used: what they rest on is taken already.
    pub(crate) decisions: BTreeSet<usize>,
    pub(crate) used: u64,
    /// How far in the order everything is decided.
    pub(crate) decided: usize,
}

impl State {
    /// A part is shown once: what shows several shows all of them or none.
    pub(crate) fn shows_already(&self, item: &Item) -> bool {
        item.shows.iter().any(|part| self.certain.is_filled(*part))
    }

    /// How much it holds, the same on every machine: what each of its entries takes on 64 bits.
    pub(crate) fn bytes(&self) -> u64 {
        let entries = self.marks.len() + self.matching.size() + self.certain.size() + self.decisions.len();
        u64::try_from(entries).unwrap_or(u64::MAX).saturating_mul(16)
    }

    pub(crate) fn mark(&self, item: usize) -> Mark {
        self.marks.get(item).copied().unwrap_or(Mark::Left)
    }

    pub(crate) fn set(&mut self, item: usize, mark: Mark) {
        if let Some(place) = self.marks.get_mut(item) {
            *place = mark;
        }
    }
}

/// What a choice needs of the matching: nothing more, where its decision is used already.
pub(crate) fn new_demands<'a>(state: &State, choice: &'a Choice) -> &'a [usize] {
    match choice.by {
        By::Exemption { decision } if state.decisions.contains(&decision) => &[],
        _ => &choice.demands,
    }
}

//! What is filled, and what do the credentials that fill it bring?

/// What is filled: by what kind of credential each part, and how much stands in each free slot before its limit. What the
/// credentials bring is kept only where the rules ask for it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filling {
    parts: Vec<bool>,
    brings: Vec<Brings>,
    slots: Vec<u64>,
    /// Of each slot, each condition: the share of what stands in it for which the condition holds.
    by_condition: Vec<u64>,
    conditions: usize,
}

/// What the credentials that fill a part bring, besides filling it. Conditions are one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Brings {
    /// The conditions that hold for any of them.
    pub(crate) any: u64,
    /// The conditions that hold for all of them.
    pub(crate) all: u64,
    /// The hours at work that they state.
    pub(crate) hours: u64,
}

impl Brings {
    /// What one credential more brings.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { any: self.any | other.any, all: self.all & other.all, hours: self.hours.saturating_add(other.hours) }
    }

    /// What a further part of the same stroke gets: hours count once, for the part that the way belongs to.
    pub(crate) fn for_shown(self, at: usize) -> Self {
        if at == 0 { self } else { Self { hours: 0, ..self } }
    }

    /// The best of either: limits from above count it only if both must be counted.
    pub(crate) fn or_better(self, other: Self) -> Self {
        Self { any: self.any & other.any, all: self.all | other.all, hours: self.hours.max(other.hours) }
    }

    /// Whether it is at least as good as the other, whatever is asked.
    pub(crate) fn is_as_good_as(self, other: Self) -> bool {
        self.any & !other.any == 0 && other.all & !self.all == 0 && self.hours >= other.hours
    }
}

impl Filling {
    /// Nothing filled.
    pub(crate) fn nothing(parts: usize, slots: usize, conditions: usize, keeps_brings: bool) -> Self {
        Self {
            parts: vec![false; parts],
            brings: vec![Brings::default(); if keeps_brings { parts } else { 0 }],
            slots: vec![0; slots],
            by_condition: vec![0; slots * conditions],
            conditions,
        }
    }

    /// How many entries it holds.
    pub(crate) fn size(&self) -> usize {
        self.parts.len() + 2 * self.brings.len() + self.slots.len() + self.by_condition.len()
    }

    pub(crate) fn is_filled(&self, part: usize) -> bool {
        self.parts.get(part).copied().unwrap_or(false)
    }

    /// What fills the part brings; nothing where nothing asks for it.
    pub(crate) fn brings(&self, part: usize) -> Option<Brings> {
        self.is_filled(part).then(|| self.brings.get(part).copied().unwrap_or_default())
    }

    /// What stands in a slot; perhaps only that for which a condition holds.
    pub(crate) fn in_slot(&self, slot: usize, condition: Option<usize>) -> u64 {
        let found = match condition {
            None => self.slots.get(slot),
            Some(condition) => self.by_condition.get(slot * self.conditions + condition),
        };
        found.copied().unwrap_or(0)
    }

    pub(crate) fn fill_part(&mut self, part: usize, brings: Option<Brings>) {
        if let Some(place) = self.parts.get_mut(part) {
            *place = brings.is_some();
        }
        if let Some(place) = self.brings.get_mut(part) {
            *place = brings.unwrap_or_default();
        }
    }

    /// Fills a part that this or something better may fill.
    pub(crate) fn hope_for_part(&mut self, part: usize, brings: Brings) {
        let known = self.brings(part).filter(|_| !self.brings.is_empty());
        self.fill_part(part, Some(known.map_or(brings, |known| known.or_better(brings))));
    }

    /// Puts something into a slot, or takes it out again.
    pub(crate) fn fill_slot(&mut self, slot: usize, worth: u64, brings: Brings, filled: bool) {
        let change = |sum: &mut u64| *sum = if filled { *sum + worth } else { sum.saturating_sub(worth) };
        self.slots.get_mut(slot).into_iter().for_each(change);
        let of_slot = self.by_condition.iter_mut().skip(slot * self.conditions).take(self.conditions);
        for (_, sum) in of_slot.enumerate().filter(|(condition, _)| brings.all >> condition & 1 == 1) {
            change(sum);
        }
    }
}

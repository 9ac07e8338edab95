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

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Brings = Brings { any: 0b0111, all: 0b0110, hours: 3 };
    const OTHER: Brings = Brings { any: 0b1110, all: 0b1010, hours: 5 };

    #[test]
    fn what_any_brings_is_joined_and_what_all_bring_is_shared() {
        assert_eq!(ONE.and(OTHER), Brings { any: 0b1111, all: 0b0010, hours: 8 });
    }

    #[test]
    fn the_better_of_two_is_as_good_as_either() {
        let better = ONE.or_better(OTHER);
        assert_eq!(better, Brings { any: 0b0110, all: 0b1110, hours: 5 });
        assert!(better.is_as_good_as(ONE) && better.is_as_good_as(OTHER) && ONE.is_as_good_as(ONE));
        let worse = [Brings { any: 0b1111, ..ONE }, Brings { all: 0b0100, ..ONE }, Brings { hours: 2, ..ONE }];
        assert!(worse.iter().all(|worse| !worse.is_as_good_as(ONE) && ONE.is_as_good_as(*worse)));
    }

    #[test]
    fn each_slot_keeps_its_own_amount_for_each_condition() {
        let mut filling = Filling::nothing(3, 3, 2, true);
        assert_eq!(filling.size(), 3 + 2 * 3 + 3 + 6);
        for (slot, worth) in [(0, 10), (1, 20), (2, 40)] {
            filling.fill_slot(slot, worth, Brings { any: 0b10, all: 0b10, hours: 0 }, true);
        }
        let in_slots = |condition| [0, 1, 2].map(|slot| filling.in_slot(slot, condition));
        assert_eq!((in_slots(None), in_slots(Some(0)), in_slots(Some(1))), ([10, 20, 40], [0; 3], [10, 20, 40]));
        filling.fill_slot(1, 20, Brings { any: 0b10, all: 0b10, hours: 0 }, false);
        assert_eq!((filling.in_slot(1, None), filling.in_slot(1, Some(1))), (0, 0));
    }

    #[test]
    fn a_part_is_hoped_for_with_the_better_of_what_may_fill_it() {
        let mut filling = Filling::nothing(1, 0, 4, true);
        filling.hope_for_part(0, ONE);
        filling.hope_for_part(0, OTHER);
        assert_eq!(filling.brings(0), Some(ONE.or_better(OTHER)));
    }
}

//! What is filled, and what do the credentials that fill it bring?

/// What is filled: by what kind of credential each part, and how much stands in each free slot before its limit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filling {
    parts: Vec<Option<Brings>>,
    slots: Vec<SlotSum>,
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

#[derive(Debug, Clone, Default)]
struct SlotSum {
    sum: u64,
    /// Of each condition: the part of the sum for which it holds.
    by_condition: Vec<u64>,
}

impl Brings {
    /// What one credential more brings.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { any: self.any | other.any, all: self.all & other.all, hours: self.hours.saturating_add(other.hours) }
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
    pub(crate) fn nothing(parts: usize, slots: usize, conditions: usize) -> Self {
        let slot = SlotSum { sum: 0, by_condition: vec![0; conditions] };
        Self { parts: vec![None; parts], slots: vec![slot; slots] }
    }

    pub(crate) fn is_filled(&self, part: usize) -> bool {
        self.brings(part).is_some()
    }

    pub(crate) fn brings(&self, part: usize) -> Option<Brings> {
        self.parts.get(part).copied().flatten()
    }

    /// What stands in a slot; perhaps only that for which a condition holds.
    pub(crate) fn in_slot(&self, slot: usize, condition: Option<usize>) -> u64 {
        self.slots.get(slot).map_or(0, |slot| match condition {
            None => slot.sum,
            Some(condition) => slot.by_condition.get(condition).copied().unwrap_or(0),
        })
    }

    pub(crate) fn fill_part(&mut self, part: usize, brings: Option<Brings>) {
        if let Some(place) = self.parts.get_mut(part) {
            *place = brings;
        }
    }

    /// Fills a part that this or something better may fill.
    pub(crate) fn hope_for_part(&mut self, part: usize, brings: Brings) {
        if let Some(place) = self.parts.get_mut(part) {
            *place = Some(place.map_or(brings, |other| other.or_better(brings)));
        }
    }

    /// Puts something into a slot, or takes it out again.
    pub(crate) fn fill_slot(&mut self, slot: usize, worth: u64, brings: Brings, filled: bool) {
        let Some(slot) = self.slots.get_mut(slot) else { return };
        let change = |sum: &mut u64| *sum = if filled { *sum + worth } else { sum.saturating_sub(worth) };
        change(&mut slot.sum);
        for (condition, sum) in slot.by_condition.iter_mut().enumerate() {
            if brings.all >> condition & 1 == 1 {
                change(sum);
            }
        }
    }
}

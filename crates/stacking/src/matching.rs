//! Can all of these be filled at once, each by a badge of its own? Bipartite matching by augmenting paths (Kuhn 1955).

/// Which badges fit each demand; badges and demands are numbered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Demands {
    badges: Vec<Vec<usize>>,
    /// The other way round.
    fitted_by: Vec<Vec<usize>>,
}

/// Which badge is given to which demand. A demand once met stays met, though perhaps by another badge.
#[derive(Debug, Clone)]
pub(crate) struct Matching {
    badge_of: Vec<Option<usize>>,
    demand_of: Vec<Option<usize>>,
}

impl Demands {
    /// Adds a demand that these badges fit, and says its number.
    pub(crate) fn add(&mut self, badges: Vec<usize>) -> usize {
        let demand = self.badges.len();
        for badge in &badges {
            if self.fitted_by.len() <= *badge {
                self.fitted_by.resize_with(badge + 1, Vec::new);
            }
            self.fitted_by.get_mut(*badge).into_iter().for_each(|demands| demands.push(demand));
        }
        self.badges.push(badges);
        demand
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.badges.len()
    }

    /// The badges that fit.
    pub(crate) fn badges(&self, demand: usize) -> &[usize] {
        self.badges.get(demand).map_or(&[], Vec::as_slice)
    }

    /// The demands that a badge fits.
    fn fitted_by(&self, badge: usize) -> &[usize] {
        self.fitted_by.get(badge).map_or(&[], Vec::as_slice)
    }
}

impl Matching {
    /// Nothing given yet.
    pub(crate) fn new(demands: usize, badges: usize) -> Self {
        Self { badge_of: vec![None; demands], demand_of: vec![None; badges] }
    }

    /// How many entries it holds.
    pub(crate) fn size(&self) -> usize {
        self.badge_of.len() + self.demand_of.len()
    }

    /// The badge given to a demand.
    pub(crate) fn badge_of(&self, demand: usize) -> Option<usize> {
        self.badge_of.get(demand).copied().flatten()
    }

    /// The demand that a badge is given to.
    pub(crate) fn demand_of(&self, badge: usize) -> Option<usize> {
        self.demand_of.get(badge).copied().flatten()
    }

    /// Meets one more demand, moving badges among the met ones where that helps. False, and nothing changed, when that is impossible.
    pub(crate) fn meet(&mut self, demand: usize, demands: &Demands) -> bool {
        // The shortest path of all needs no search: a badge that nothing has.
        if let Some(badge) = demands.badges(demand).iter().copied().find(|badge| self.is_free(*badge)) {
            self.give(badge, demand);
            return true;
        }
        let Some((last, came_from)) = self.find_path(demand, demands) else { return false };
        let mut badge = last;
        while let Some(taker) = came_from.get(badge).copied().flatten() {
            let given_up = self.badge_of(taker);
            self.give(badge, taker);
            match given_up {
                Some(next) if taker != demand => badge = next,
                _ => break,
            }
        }
        true
    }

    fn is_free(&self, badge: usize) -> bool {
        matches!(self.demand_of.get(badge), Some(None))
    }

    fn give(&mut self, badge: usize, demand: usize) {
        self.demand_of.get_mut(badge).into_iter().for_each(|place| *place = Some(demand));
        self.badge_of.get_mut(demand).into_iter().for_each(|place| *place = Some(badge));
    }

    /// Which badges are free, or can be freed by moving others: a demand could be met if it fits one of them.
    pub(crate) fn freeable(&self, demands: &Demands) -> Vec<bool> {
        let mut found: Vec<bool> = self.demand_of.iter().map(Option::is_none).collect();
        let mut waiting: Vec<usize> = (0..found.len()).filter(|badge| self.demand_of(*badge).is_none()).collect();
        while let Some(badge) = waiting.pop() {
            for given in demands.fitted_by(badge).iter().filter_map(|demand| self.badge_of(*demand)) {
                if let Some(place @ false) = found.get_mut(given) {
                    *place = true;
                    waiting.push(given);
                }
            }
        }
        found
    }

    /// Breadth first: the free badge at the end of a shortest augmenting path, and from which demand each badge was reached.
    fn find_path(&self, demand: usize, demands: &Demands) -> Option<(usize, Vec<Option<usize>>)> {
        let mut came_from = vec![None; self.demand_of.len()];
        let mut queue = std::collections::VecDeque::from([demand]);
        while let Some(demand) = queue.pop_front() {
            for &badge in demands.badges(demand) {
                match came_from.get_mut(badge) {
                    Some(reached @ None) => *reached = Some(demand),
                    _ => continue,
                }
                match self.demand_of.get(badge).copied().flatten() {
                    None => return Some((badge, came_from)),
                    Some(holder) => queue.push_back(holder),
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_moves_to_make_room() {
        let mut demands = Demands::default();
        let (first, second) = (demands.add(vec![0, 1]), demands.add(vec![0]));
        let mut matching = Matching::new(2, 2);
        assert!(matching.meet(first, &demands));
        assert_eq!(matching.freeable(&demands), [true, true], "0 is given, and 1 would do instead");
        assert!(matching.meet(second, &demands));
        assert_eq!((matching.badge_of(first), matching.badge_of(second)), (Some(1), Some(0)));
    }

    #[test]
    fn what_cannot_be_met_changes_nothing() {
        let mut demands = Demands::default();
        let (first, second) = (demands.add(vec![0]), demands.add(vec![0]));
        let mut matching = Matching::new(2, 1);
        assert!(matching.meet(first, &demands));
        assert_eq!(matching.freeable(&demands), [false]);
        assert!(!matching.meet(second, &demands));
        assert_eq!((matching.badge_of(first), matching.badge_of(second)), (Some(0), None));
    }
}

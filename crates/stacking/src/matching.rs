//! Can all of these be filled at once, each by a badge of its own? Bipartite matching by augmenting paths (Kuhn 1955).

/// Which badges fit each demand; badges and demands are numbered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Demands(Vec<Vec<usize>>);

/// Which badge is given to which demand. A demand once met stays met, though perhaps by another badge.
#[derive(Debug, Clone)]
pub(crate) struct Matching {
    badge_of: Vec<Option<usize>>,
    demand_of: Vec<Option<usize>>,
}

impl Demands {
    /// Adds a demand that these badges fit, and says its number.
    pub(crate) fn add(&mut self, badges: Vec<usize>) -> usize {
        self.0.push(badges);
        self.0.len() - 1
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The badges that fit.
    pub(crate) fn badges(&self, demand: usize) -> &[usize] {
        self.0.get(demand).map_or(&[], Vec::as_slice)
    }
}

impl Matching {
    /// Nothing given yet.
    pub(crate) fn new(demands: usize, badges: usize) -> Self {
        Self { badge_of: vec![None; demands], demand_of: vec![None; badges] }
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
        let Some((last, came_from)) = self.find_path(demand, demands) else { return false };
        let mut badge = last;
        while let Some(taker) = came_from.get(badge).copied().flatten() {
            let given_up = self.badge_of(taker);
            if let Some(place) = self.demand_of.get_mut(badge) {
                *place = Some(taker);
            }
            if let Some(place) = self.badge_of.get_mut(taker) {
                *place = Some(badge);
            }
            match given_up {
                Some(next) if taker != demand => badge = next,
                _ => break,
            }
        }
        true
    }

    /// Whether one more demand could be met.
    pub(crate) fn could_meet(&self, demand: usize, demands: &Demands) -> bool {
        demands.badges(demand).iter().any(|badge| self.demand_of(*badge).is_none())
            || self.find_path(demand, demands).is_some()
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
        assert!(matching.could_meet(second, &demands));
        assert!(matching.meet(second, &demands));
        assert_eq!((matching.badge_of(first), matching.badge_of(second)), (Some(1), Some(0)));
    }

    #[test]
    fn what_cannot_be_met_changes_nothing() {
        let mut demands = Demands::default();
        let (first, second) = (demands.add(vec![0]), demands.add(vec![0]));
        let mut matching = Matching::new(2, 1);
        assert!(matching.meet(first, &demands));
        assert!(!matching.meet(second, &demands));
        assert_eq!((matching.badge_of(first), matching.badge_of(second)), (Some(0), None));
    }
}

//! How few credentials can reach a set of sums at least? By Lagrange multipliers, in whole numbers: the same on every machine.
//!
//! For any price of each sum, what is chosen costs at least the prices of all that is needed, less what the items are paid
//! beyond what they cost (Lagrangian relaxation; Held and Karp 1971). Prices are raised where too little is chosen and lowered
//! where there is too much, by Polyak's step; any price gives a bound that holds, so nothing hangs on how good they become.

use std::collections::BTreeMap;

use crate::cover::{Cover, Of, Row};

/// One credential.
const ONE: i64 = 1 << 32;

/// The prices of the sums found best so far, by name.
pub(crate) type Prices = BTreeMap<(Of, usize, u64), i64>;

/// What is known of every choice that reaches the sums.
#[derive(Debug, Clone)]
pub(crate) struct Relaxed {
    /// What it costs at least, in parts of [`ONE`].
    bound: i64,
    /// By item: what it costs more than it is paid, in parts of [`ONE`].
    beyond: Vec<i64>,
}

impl Relaxed {
    /// Solves as far as it takes to see that no choice costs less than `goal`, and at most for so many rounds.
    pub(crate) fn solve(cover: Cover, prices: &mut Prices, goal: u64, rounds: usize) -> Self {
        let goal = i64::try_from(goal).unwrap_or(i64::MAX / ONE).min(i64::MAX / ONE - 1);
        let Cover { rows, costs } = cover;
        let (rows, forced) = settle(rows, costs.len());
        let known = rows.iter().map(|row| prices.get(&row.name).copied().unwrap_or(0)).collect();
        let mut solver = Solver { rows: &rows, costs: &costs, forced: &forced, prices: known };
        let (mut best, mut slopes) = solver.evaluate();
        let mut best_prices = solver.prices.clone();
        let (mut halvings, mut in_vain) = (0_u32, 0);
        for _ in 0..rounds {
            // Above goal - 1 means goal at least, since credentials are whole.
            if best.bound > (goal - 1) * ONE || !solver.step(&slopes, goal * ONE - best.bound, halvings) {
                break;
            }
            let (found, found_slopes) = solver.evaluate();
            slopes = found_slopes;
            if found.bound > best.bound {
                best = found;
                best_prices.clone_from(&solver.prices);
                in_vain = 0;
            } else {
                in_vain += 1;
                if in_vain == 4 {
                    (in_vain, halvings) = (0, halvings + 1);
                    solver.prices.clone_from(&best_prices);
                    slopes = solver.evaluate().1;
                }
            }
        }
        prices.extend(rows.iter().map(|row| row.name).zip(best_prices));
        best
    }

    /// The fewest credentials.
    pub(crate) fn least(&self) -> u64 {
        u64::try_from((self.bound + ONE - 1).div_euclid(ONE)).unwrap_or(0)
    }

    /// Whether every choice with this item costs as much as the goal.
    pub(crate) fn excludes(&self, item: usize, goal: u64) -> bool {
        let beyond = self.beyond.get(item).copied().unwrap_or(0);
        let goal = i64::try_from(goal).unwrap_or(i64::MAX / ONE).min(i64::MAX / ONE - 1);
        beyond > 0 && self.bound.saturating_add(beyond) > (goal - 1) * ONE
    }
}

/// What must be chosen whatever the price, and the rows that remain of the others.
fn settle(mut rows: Vec<Row>, count: usize) -> (Vec<Row>, Vec<bool>) {
    let mut forced = vec![false; count];
    loop {
        let mut found = false;
        for row in &rows {
            let most: i64 = row.of.iter().map(|(_, weight)| (*weight).max(0)).sum();
            for (item, _) in row.of.iter().filter(|(_, weight)| *weight > most - row.need) {
                forced.get_mut(*item).into_iter().for_each(|place| *place = true);
                found = true;
            }
        }
        if !found {
            break;
        }
        let is_forced = |item: usize| forced.get(item).copied().unwrap_or(false);
        for row in &mut rows {
            row.need -= row.of.iter().filter(|(item, _)| is_forced(*item)).map(|(_, weight)| weight).sum::<i64>();
            row.of.retain(|(item, _)| !is_forced(*item));
        }
        rows.retain(|row| row.need > row.of.iter().map(|(_, weight)| (*weight).min(0)).sum());
    }
    (rows, forced)
}

struct Solver<'a> {
    rows: &'a [Row],
    costs: &'a [i64],
    forced: &'a [bool],
    prices: Vec<i64>,
}

impl Solver<'_> {
    /// The bound by these prices, and by how much each row falls short of what is chosen by them.
    fn evaluate(&self) -> (Relaxed, Vec<i64>) {
        let mut beyond: Vec<i64> = self.costs.iter().map(|cost| cost * ONE).collect();
        let mut bound = 0;
        for (row, price) in self.rows.iter().zip(&self.prices) {
            bound += row.need * price;
            for (item, weight) in &row.of {
                beyond.get_mut(*item).into_iter().for_each(|beyond| *beyond -= weight * price);
            }
        }
        for (beyond, forced) in beyond.iter_mut().zip(self.forced) {
            bound += if *forced { *beyond } else { (*beyond).min(0) };
            if *forced {
                *beyond = 0;
            }
        }
        let is_chosen = |item: usize| beyond.get(item).is_some_and(|beyond| *beyond < 0);
        let chosen =
            |row: &Row| row.of.iter().filter(|(item, _)| is_chosen(*item)).map(|(_, weight)| weight).sum::<i64>();
        let slopes = self.rows.iter().map(|row| row.need - chosen(row)).collect();
        (Relaxed { bound, beyond }, slopes)
    }

    /// Changes the prices along the slopes; false when there is nowhere to go.
    fn step(&mut self, slopes: &[i64], distance: i64, halvings: u32) -> bool {
        const UNIT: i64 = 1 << 16;
        // Rows of large weights and small ones are made alike.
        let largest = |row: &Row| row.of.iter().map(|(_, weight)| weight.abs()).max().unwrap_or(1);
        let scaled: Vec<i64> = self.rows.iter().zip(slopes).map(|(row, slope)| slope * UNIT / largest(row)).collect();
        let may_move = |slope: i64, price: i64| slope > 0 || price > 0;
        let moving = scaled.iter().zip(&self.prices).filter(|(slope, price)| may_move(**slope, **price));
        let norm: i128 = moving.map(|(slope, _)| i128::from(*slope).pow(2)).sum();
        if norm == 0 || halvings > 24 {
            return false;
        }
        let factor = (i128::from(distance) * i128::from(UNIT) * i128::from(UNIT) / norm) >> halvings;
        let moved = |((row, slope), price): ((&Row, &i64), &i64)| {
            let step = i64::try_from((factor * i128::from(*slope)) >> 16).unwrap_or(0);
            (price + step / largest(row)).max(0)
        };
        let rows = || self.rows.iter().zip(&scaled).zip(&self.prices);
        self.prices = rows().map(moved).collect();
        true
    }
}

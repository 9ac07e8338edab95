//! How many corners of QR codes does the reader of codes see in this picture? It matches each to each two others, and copies the
//! picture for every match: a sheet full of corners would keep it busy for hours, so they are counted first.
//!
//! Counted as `rqrr` 0.10 finds them: black, white, black, white, black along a line in the ratio 1:1:3:1:1, of which the outer
//! two belong to one black area and the middle to another of 10 to 70 % of it.

use std::collections::BTreeSet;

/// Five runs of a line, of which the first and the last may belong to one ring.
struct Hit {
    left: usize,
    stone: usize,
    right: usize,
}

/// A run of black pixels of a line, and the area that it belongs to.
#[derive(Clone, Copy)]
struct Run {
    begin: usize,
    end: usize,
    area: usize,
}

/// Areas of black pixels that touch each other, as they grow together.
#[derive(Default)]
struct Areas {
    parents: Vec<usize>,
    sizes: Vec<usize>,
}

impl Areas {
    fn begin(&mut self, size: usize) -> usize {
        self.parents.push(self.parents.len());
        self.sizes.push(size);
        self.parents.len() - 1
    }

    fn root(&mut self, mut area: usize) -> usize {
        while let Some(parent) = self.parents.get(area).copied().filter(|parent| *parent != area) {
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(own) = self.parents.get_mut(area) {
                *own = above;
            }
            area = above;
        }
        area
    }

    fn size(&self, root: usize) -> usize {
        self.sizes.get(root).copied().unwrap_or_default()
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return;
        }
        let (small, large) = if self.size(one) < self.size(other) { (one, other) } else { (other, one) };
        let both = self.size(small) + self.size(large);
        if let (Some(parent), Some(size)) = (self.parents.get_mut(small), self.sizes.get_mut(large)) {
            (*parent, *size) = (large, both);
        }
    }
}

/// The number of corners in a picture of so many pixels, of which that function says which are black.
pub(crate) fn count(wide: usize, high: usize, is_black: impl Fn(usize, usize) -> bool) -> usize {
    let mut areas = Areas::default();
    let mut hits = Vec::new();
    let mut above: Vec<Run> = Vec::new();
    for y in 0..high {
        let mut line: Vec<Run> = Vec::new();
        let mut x = 0;
        while x < wide {
            let begin = x;
            while x < wide && is_black(x, y) {
                x += 1;
            }
            if x > begin {
                line.push(Run { begin, end: x, area: areas.begin(x - begin) });
            }
            x += 1;
        }
        let mut upper = above.iter().peekable();
        for run in &line {
            while let Some(over) = upper.peek().filter(|over| over.begin < run.end) {
                if over.end > run.begin {
                    areas.join(over.area, run.area);
                }
                if over.end > run.end {
                    // It may reach over the next run of this line as well.
                    break;
                }
                upper.next();
            }
        }
        for three in line.windows(3) {
            if let [left, stone, right] = three
                && is_in_ratio(*left, *stone, *right)
            {
                hits.push(Hit { left: left.area, stone: stone.area, right: right.area });
            }
        }
        above = line;
    }
    let mut rings = BTreeSet::new();
    for Hit { left, stone, right } in hits {
        let (left, stone, right) = (areas.root(left), areas.root(stone), areas.root(right));
        let share = areas.size(stone) * 100 / areas.size(right).max(1);
        if left == right && stone != right && (11..70).contains(&share) {
            rings.insert(right);
        }
    }
    rings.len()
}

/// As `rqrr` tests its five runs, in whole pixels.
fn is_in_ratio(left: Run, stone: Run, right: Run) -> bool {
    let runs = [
        left.end - left.begin,
        stone.begin - left.end,
        stone.end - stone.begin,
        right.begin - stone.end,
        right.end - right.begin,
    ];
    let [one, two, middle, four, five] = runs;
    let mean = (one + two + four + five) / 4;
    let off = mean * 3 / 4;
    let near = |run: usize, of: usize| (of * mean - off..=of * mean + off).contains(&run);
    near(one, 1) && near(two, 1) && near(middle, 3) && near(four, 1) && near(five, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORNER: [&str; 7] = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];

    fn counted(lines: &[&str]) -> usize {
        let wide = lines.iter().map(|line| line.len()).max().unwrap_or_default();
        count(wide, lines.len(), |x, y| lines[y].as_bytes().get(x) == Some(&b'#'))
    }

    #[test]
    fn a_corner_counts_once_and_two_count_twice() {
        assert_eq!(counted(&CORNER), 1);
        let beside: Vec<String> = CORNER.iter().map(|line| format!("{line}.{line}")).collect();
        let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
        assert_eq!(counted(&beside), 2);
        assert_eq!(counted(&[CORNER.as_slice(), &["......."], &CORNER].concat()), 2);
    }

    #[test]
    fn a_stone_that_touches_its_ring_or_a_ring_in_two_halves_is_none() {
        let joined = ["#######", "#.....#", "#.###.#", "#.###.#", "#.#####", "#.....#", "#######"];
        assert_eq!(counted(&joined), 0);
        let halves = ["###.###", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "###.###"];
        assert_eq!(counted(&halves), 0);
    }

    #[test]
    fn what_grows_together_further_down_is_one_ring() {
        let open_above = ["#.....#", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];
        assert_eq!(counted(&open_above), 1);
        let wide_cap = ["#########", "#.#...#.#", "#.#####.#"];
        assert_eq!(counted(&wide_cap), 0);
    }
}

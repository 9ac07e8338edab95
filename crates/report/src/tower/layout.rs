//! Where does each block stand? Rows of blocks for each floor, as wide as their credits say.

use crate::lettering::{self, wrap};
use crate::view::{Block, BlockState, Floor, View};

/// The picture's width; about a phone's, so that letters keep their size there.
pub(super) const WIDTH: f64 = 400.0;
/// The margin at both sides.
pub(super) const LEFT: f64 = 14.0;
/// The width of the slabs.
pub(super) const SLAB_WIDTH: f64 = WIDTH - 2.0 * LEFT;
/// How far a slab reaches beyond its blocks.
pub(super) const OVERHANG: f64 = 5.0;
/// The room for blocks.
pub(super) const ROOM: f64 = SLAB_WIDTH - 2.0 * OVERHANG;
/// Between blocks.
pub(super) const GAP: f64 = 4.0;
/// The size of a block's name.
pub(super) const NAME_SIZE: f64 = 11.5;
/// The size of what a block is worth.
pub(super) const WORTH_SIZE: f64 = 10.5;
/// What a block keeps free beside what it is worth: the margins and the sign.
const BESIDE_WORTH: f64 = 30.0;
/// Between the lines of a block's name.
pub(super) const NAME_LEADING: f64 = 13.5;
/// The size of a slab's name.
pub(super) const SLAB_SIZE: f64 = 12.0;

/// No block is narrower: a sign, an amount and a word must fit.
const NARROWEST: f64 = 76.0;

/// A floor with few credits may be drawn so much wider, so that its names fit.
const WIDENING: f64 = 1.5;

/// A row may be so much too wide; its blocks are then drawn a little narrower.
const CROWDING: f64 = 1.16;

/// A floor with its rows, the lowest first.
pub(super) struct FloorPlan<'a> {
    pub(super) floor: &'a Floor,
    /// The name on its slab, in one or two lines.
    pub(super) name: Vec<String>,
    pub(super) rows: Vec<Row<'a>>,
}

/// Blocks that stand side by side.
pub(super) struct Row<'a> {
    pub(super) height: f64,
    pub(super) blocks: Vec<Placed<'a>>,
}

/// A block in its place.
pub(super) struct Placed<'a> {
    pub(super) block: &'a Block,
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) name: Vec<String>,
    /// What it is worth, with its unit.
    pub(super) worth: String,
}

/// All floors, the lowest first.
pub(super) fn floors(view: &View) -> Vec<FloorPlan<'_>> {
    let crowded = view.floors.iter().map(|floor| floor.blocks.len()).sum::<usize>() > 24;
    let per_credit = scale(view, if crowded { 4.2 } else { 3.0 });
    view.floors
        .iter()
        .map(|floor| FloorPlan {
            floor,
            name: wrap(&floor.title(), SLAB_SIZE, SLAB_WIDTH - 84.0, 2),
            rows: rows(view, floor, per_credit, if crowded { 2 } else { 3 }),
        })
        .collect()
}

/// Units of width for a hundredth of a credit: so that as many blocks of the middle worth as asked fill a row.
fn scale(view: &View, per_row: f64) -> f64 {
    let mut credits: Vec<u32> =
        view.floors.iter().flat_map(|floor| &floor.blocks).map(|block| block.credits.hundredths()).collect();
    credits.sort_unstable();
    let middle = credits.get(credits.len() / 2).copied().unwrap_or(1).max(1);
    (ROOM - (per_row - 1.0) * GAP) / per_row / f64::from(middle)
}

/// A block before it has its place.
#[derive(Clone, Copy)]
struct Wish<'a> {
    block: &'a Block,
    /// As its credits say, but never below the least.
    width: f64,
    /// What its words need.
    least: f64,
}

fn rows<'a>(view: &View, floor: &'a Floor, per_credit: f64, most_lines: usize) -> Vec<Row<'a>> {
    let wishes = wishes(view, &floor.blocks, per_credit, most_lines);
    let fewest = pack(&wishes, ROOM * CROWDING).len();
    // The same number of rows, as even as they come: no lonely block on top when it can be helped.
    let rows = (70..=100)
        .map(|percent| pack(&wishes, ROOM * CROWDING * f64::from(percent) / 100.0))
        .find(|rows| rows.len() == fewest)
        .unwrap_or_else(|| pack(&wishes, ROOM * CROWDING));
    // One scale for the whole floor: within it, the same credits are as wide.
    let widest = rows.iter().map(|row| row.iter().map(|wish| wish.width).sum::<f64>() + gaps(row)).fold(1.0, f64::max);
    let stretch = (ROOM / widest).clamp(1.0, WIDENING);
    rows.into_iter().map(|row| place(view, &row, stretch, most_lines)).collect()
}

fn wishes<'a>(view: &View, blocks: &'a [Block], per_credit: f64, most_lines: usize) -> Vec<Wish<'a>> {
    let mut wishes: Vec<Wish<'_>> =
        blocks.iter().map(|block| Wish { block, width: 0.0, least: least(view, block, most_lines) }).collect();
    // More credits are never narrower, and the same credits are the same width, however long the names.
    let mut by_credits: Vec<&mut Wish<'_>> = wishes.iter_mut().collect();
    by_credits.sort_by_key(|wish| wish.block.credits);
    let mut needed = NARROWEST;
    for same in by_credits.chunk_by_mut(|one, other| one.block.credits == other.block.credits) {
        needed = same.iter().map(|wish| wish.least).fold(needed, f64::max);
        for wish in same {
            wish.least = needed;
            wish.width = (f64::from(wish.block.credits.hundredths()) * per_credit).clamp(needed, ROOM);
        }
    }
    wishes
}

/// Fills one row after the other, in order.
fn pack<'a>(wishes: &[Wish<'a>], room: f64) -> Vec<Vec<Wish<'a>>> {
    let mut rows: Vec<Vec<Wish<'a>>> = Vec::new();
    let (mut used, mut needed) = (f64::INFINITY, f64::INFINITY);
    for wish in wishes {
        if used + GAP + wish.width > room || needed + GAP + wish.least > ROOM {
            rows.push(Vec::new());
            (used, needed) = (-GAP, -GAP);
        }
        used += GAP + wish.width;
        needed += GAP + wish.least;
        if let Some(row) = rows.last_mut() {
            row.push(*wish);
        }
    }
    rows
}

fn worth(view: &View, block: &Block) -> String {
    block.worth(view)
}

/// So wide that the longest word of the name needs no hyphen, within reason, and that what it is worth is never cut.
fn least(view: &View, block: &Block, most_lines: usize) -> f64 {
    let amount = lettering::width(&worth(view, block), WORTH_SIZE) + BESIDE_WORTH;
    let longest = block.name.split_whitespace().map(|word| lettering::width(word, NAME_SIZE)).fold(0.0, f64::max);
    (longest + 17.0).clamp(NARROWEST, if most_lines < 3 { 84.0 } else { 108.0 }).max(amount)
}

fn gaps(row: &[Wish<'_>]) -> f64 {
    GAP * f64::from(u32::try_from(row.len().saturating_sub(1)).unwrap_or(0))
}

fn place<'a>(view: &View, row: &[Wish<'a>], stretch: f64, most_lines: usize) -> Row<'a> {
    let widths = fitted(row, stretch);
    let whole = widths.iter().sum::<f64>() + gaps(row);
    let mut x = LEFT + OVERHANG + (ROOM - whole) / 2.0;
    let mut blocks = Vec::new();
    for (Wish { block, .. }, wide) in row.iter().zip(widths) {
        let name = wrap(&block.name, NAME_SIZE, wide - 16.0, most_lines);
        blocks.push(Placed { block, x, width: wide, name, worth: worth(view, block) });
        x += wide + GAP;
    }
    let lines = blocks.iter().map(|placed| placed.name.len()).max().unwrap_or(1).max(1);
    let lines = f64::from(u32::try_from(lines).unwrap_or(1));
    let partly = row.iter().any(|wish| matches!(wish.block.state, BlockState::Partly { .. }));
    Row { height: 7.0 + lines * NAME_LEADING + 20.0 + if partly { 6.0 } else { 0.0 }, blocks }
}

/// The widths of a row: as the credits say, but a row that nearly fills its slab is drawn to fill it (a ragged edge of a few
/// units only looks like a mistake), and none is narrower than its words need.
fn fitted(row: &[Wish<'_>], stretch: f64) -> Vec<f64> {
    let room = ROOM - gaps(row);
    let sum: f64 = row.iter().map(|wish| wish.width * stretch).sum();
    let target = if sum > 0.8 * room { room } else { sum };
    // Beyond what each needs, the room is shared as the wishes go: rows are packed so that the least always fits.
    let least: f64 = row.iter().map(|wish| wish.least).sum();
    let beyond: f64 = row.iter().map(|wish| wish.width * stretch - wish.least).sum();
    let factor = if beyond > 0.0 { ((target - least) / beyond).max(0.0) } else { 0.0 };
    row.iter()
        .map(|wish| {
            if beyond > 0.0 {
                wish.least + (wish.width * stretch - wish.least) * factor
            } else {
                wish.least * target / least
            }
        })
        .collect()
}

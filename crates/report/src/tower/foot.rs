//! What stands under the tower? The ground, the scale of credits, what this is, and what the signs mean.

use super::draw::{Pen, swatch};
use super::layout::{LEFT, OVERHANG, ROOM, WIDTH};
use super::palette;
use super::scene::{Anchor, Face, Look, Path, Shape, Stroke};
use super::words::{caveat, edition};
use crate::lettering::{width, wrap};
use crate::view::{BlockState, Tally};

/// How wide sentences may be: a font that is wider than most stays on the card as well.
const WRITTEN: f64 = ROOM * 0.93;

impl Pen<'_> {
    pub(super) fn ground(&mut self, y: f64) -> f64 {
        let ground = Path::from(LEFT - 4.0, y + 1.0).line(WIDTH - LEFT + 4.0, y + 1.0);
        self.add(Shape::Path(ground, Look::line(Stroke::round(palette::ROOF, 3.0))));
        y + 3.0
    }

    /// A slim scale of credits: what counts, of what is asked.
    pub(super) fn scale(&mut self, y: f64) -> f64 {
        let (view, words) = (self.view, self.words);
        let left = LEFT + OVERHANG;
        self.rect([left, y, ROOM, 6.0], 3.0, Look::solid(palette::TROUGH));
        let filled = ROOM * view.share();
        if filled > 0.0 {
            self.rect([left, y, filled.max(6.0), 6.0], 3.0, Look::solid(palette::SCALE));
        }
        for tick in 0..=4 {
            let x = left + ROOM * f64::from(tick) / 4.0;
            let mark = Path::from(x, y + 9.0).line(x, y + 13.0);
            self.add(Shape::Path(mark, Look::line(Stroke::plain(palette::OUTLINE, 1.0))));
        }
        let y = y + 31.0;
        let credits = words.tally(Tally::Credits { have: view.counted, need: view.needed }, view.unit);
        self.lettered((left, y), 14.0, palette::INK, (Face::Bold, Anchor::Start), &credits);
        self.lettered((left + ROOM, y), 12.0, palette::QUIET, (Face::Plain, Anchor::End), &words.parts(view));
        y
    }

    pub(super) fn caption(&mut self, y: f64) -> f64 {
        let view = self.view;
        let mut y = y - 7.0;
        let left = LEFT + OVERHANG;
        let said = [edition(view), caveat(view).to_owned()];
        for line in said.iter().flat_map(|text| wrap(text, 12.0, WRITTEN, 2)) {
            self.text(left, y, 12.0, palette::QUIET, &line);
            y += 16.0;
        }
        for line in view.illustrative.iter().flat_map(|text| wrap(text, 11.0, WRITTEN, 3)) {
            self.lettered((left, y), 11.0, palette::QUIET, (Face::Slanted, Anchor::Start), &line);
            y += 15.0;
        }
        y - 16.0
    }

    /// What the patterns and signs mean.
    pub(super) fn legend(&mut self, y: f64) -> f64 {
        let words = self.words;
        let mut states =
            vec![BlockState::Filled, BlockState::Partly { have: 1, need: 2 }, BlockState::Open, BlockState::Blocked];
        if self.view.floors.iter().flat_map(|floor| &floor.blocks).any(|block| block.state == BlockState::Spare) {
            states.push(BlockState::Spare);
        }
        let left = LEFT + OVERHANG;
        let (mut x, mut y) = (left, y);
        for state in states {
            let word = words.state(state);
            let wide = 30.0 + width(word, 11.0) + 12.0;
            if x + wide - 12.0 > left + ROOM {
                x = left;
                y += 22.0;
            }
            for shape in swatch(state, x, y, palette::floor(0)) {
                self.add(shape);
            }
            self.text(x + 29.0, y + 12.0, 11.0, palette::INK, word);
            x += wide;
        }
        y + 16.0
    }
}

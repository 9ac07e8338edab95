//! What stands under the tower? The ground, the scale of credits, what this is, and what the signs mean.

use std::fmt::Write as _;

use super::draw::{Pen, Text};
use super::layout::{LEFT, OVERHANG, ROOM, WIDTH};
use super::palette;
use super::words::{caveat, edition};
use crate::lettering::{width, wrap};
use crate::view::{BlockState, Tally};

impl Pen<'_> {
    pub(super) fn ground(&mut self, y: f64) -> f64 {
        let _ = writeln!(
            self.out,
            "<path d=\"M{:.1} {:.1}H{:.1}\" stroke=\"{}\" stroke-width=\"3\" stroke-linecap=\"round\"/>",
            LEFT - 4.0,
            y + 1.0,
            WIDTH - LEFT + 4.0,
            palette::ROOF
        );
        y + 3.0
    }

    /// A slim scale of credits: what counts, of what is asked.
    pub(super) fn scale(&mut self, y: f64) -> f64 {
        let (view, words) = (self.view, self.words);
        let left = LEFT + OVERHANG;
        self.rect((left, y, ROOM, 6.0), 3.0, &format!("fill=\"{}\"", palette::TROUGH));
        let filled = ROOM * view.share();
        if filled > 0.0 {
            self.rect((left, y, filled.max(6.0), 6.0), 3.0, &format!("fill=\"{}\"", palette::SCALE));
        }
        for tick in 0..=4 {
            let x = left + ROOM * f64::from(tick) / 4.0;
            let _ = writeln!(
                self.out,
                "<path d=\"M{x:.1} {:.1}v4\" stroke=\"{}\" stroke-width=\"1\"/>",
                y + 9.0,
                palette::OUTLINE
            );
        }
        let y = y + 31.0;
        let credits = words.tally(Tally::Credits { have: view.counted, need: view.needed }, view.unit);
        self.text(&Text { x: left, y, size: 14.0, fill: palette::INK, extra: " font-weight=\"600\"" }, &credits);
        self.text(
            &Text { x: left + ROOM, y, size: 12.0, fill: palette::QUIET, extra: " text-anchor=\"end\"" },
            &words.parts(view),
        );
        y
    }

    pub(super) fn caption(&mut self, y: f64) -> f64 {
        let view = self.view;
        let mut y = y - 7.0;
        let left = LEFT + OVERHANG;
        for line in wrap(&edition(view), 12.0, ROOM, 2) {
            self.text(&Text { x: left, y, size: 12.0, fill: palette::QUIET, extra: "" }, &line);
            y += 16.0;
        }
        for line in wrap(caveat(view), 12.0, ROOM, 2) {
            self.text(&Text { x: left, y, size: 12.0, fill: palette::QUIET, extra: "" }, &line);
            y += 16.0;
        }
        for line in view.illustrative.iter().flat_map(|text| wrap(text, 11.0, ROOM, 3)) {
            self.text(&Text { x: left, y, size: 11.0, fill: palette::QUIET, extra: " font-style=\"italic\"" }, &line);
            y += 15.0;
        }
        y - 16.0
    }

    /// What the patterns and signs mean.
    pub(super) fn legend(&mut self, spare: bool, y: f64) -> f64 {
        let words = self.words;
        let mut states =
            vec![BlockState::Filled, BlockState::Partly { have: 1, need: 2 }, BlockState::Open, BlockState::Blocked];
        if spare {
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
            self.swatch(state, x, y);
            self.text(&Text { x: x + 29.0, y: y + 12.0, size: 11.0, fill: palette::INK, extra: "" }, word);
            x += wide;
        }
        y + 16.0
    }

    fn swatch(&mut self, state: BlockState, x: f64, y: f64) {
        let at = (x + 0.7, y + 0.7, 22.6, 14.6);
        let outline = |fill: &str, dashes: &str| {
            format!("fill=\"{fill}\" stroke=\"{}\" stroke-width=\"1.4\"{dashes}", palette::OUTLINE)
        };
        match state {
            BlockState::Filled => self.rect((x, y, 24.0, 16.0), 4.0, &format!("fill=\"{}\"", palette::floor(0))),
            BlockState::Partly { .. } => self.rect(at, 4.0, &outline(palette::PARTLY, "")),
            BlockState::Open => self.rect(at, 4.0, &outline("none", " stroke-dasharray=\"4 3\"")),
            BlockState::Blocked => self.rect(at, 4.0, &outline(&self.hatch.clone(), "")),
            BlockState::Spare => {
                self.rect(at, 4.0, &outline("none", " stroke-dasharray=\"0.1 3.5\" stroke-linecap=\"round\""));
            }
        }
        let ink = if state == BlockState::Filled { palette::ON_FILL } else { palette::INK };
        self.sign(state, x + 12.0, y + 8.0, 0.85, ink);
    }
}

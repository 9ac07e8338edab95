//! How are blocks, slabs and signs drawn?

use std::fmt::Write as _;

use super::layout::{FloorPlan, LEFT, NAME_LEADING, NAME_SIZE, Placed, SLAB_SIZE, SLAB_WIDTH, WIDTH};
use super::palette;
use super::words::Words;
use crate::lettering::{cut, escape};
use crate::view::{BlockState, Tally, View, share};

/// Fonts that most systems have; none is fetched.
pub(super) const SANS: &str =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";

/// Writes the shapes of one picture.
pub(super) struct Pen<'a> {
    pub(super) view: &'a View,
    pub(super) words: Words,
    /// The fill of what is blocked.
    pub(super) hatch: String,
    pub(super) out: String,
}

/// Where and how a line of text stands.
pub(super) struct Text<'a> {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) fill: &'a str,
    /// Further attributes, with a space before each.
    pub(super) extra: &'a str,
}

impl<'a> Pen<'a> {
    pub(super) fn new(view: &'a View) -> Self {
        Self { view, words: Words::of(view.language), hatch: format!("url(#h{})", view.mark()), out: String::new() }
    }

    pub(super) fn into_text(self) -> String {
        self.out
    }

    pub(super) fn text(&mut self, at: &Text<'_>, text: &str) {
        let Text { x, y, size, fill, extra } = at;
        let _ = writeln!(
            self.out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" fill=\"{fill}\"{extra}>{}</text>",
            escape(text)
        );
    }

    pub(super) fn rect(&mut self, (x, y, wide, high): (f64, f64, f64, f64), radius: f64, look: &str) {
        let _ = writeln!(
            self.out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" rx=\"{radius}\" {look}/>"
        );
    }

    /// The rows of a floor and the slab on which they stand.
    pub(super) fn floor(&mut self, plan: &FloorPlan<'_>, index: usize, y: f64) -> f64 {
        let mut y = y;
        let colour = palette::floor(index);
        for row in plan.rows.iter().rev() {
            for placed in &row.blocks {
                self.block(placed, colour, y, row.height);
            }
            y += row.height + 3.0;
        }
        let high = 9.0 + 15.0 * count(plan.name.len().max(1));
        self.rect((LEFT, y, SLAB_WIDTH, high), 6.0, &format!("fill=\"{}\"", palette::SLAB));
        for (line, name) in plan.name.iter().enumerate() {
            let at = y + 16.0 + 15.0 * count(line);
            self.text(
                &Text { x: LEFT + 12.0, y: at, size: SLAB_SIZE, fill: palette::INK, extra: " font-weight=\"600\"" },
                name,
            );
        }
        let tally = match plan.floor.tally {
            Tally::Parts { have, need } => format!("{have}/{need}"),
            Tally::Credits { have, need } => {
                let language = self.view.language;
                format!("{}/{}", language.amount(have), language.credits(need, self.view.unit))
            }
        };
        let met = plan.floor.tally.is_met();
        let right = WIDTH - LEFT - if met { 27.0 } else { 12.0 };
        self.text(
            &Text { x: right, y: y + 16.0, size: SLAB_SIZE, fill: palette::INK, extra: " text-anchor=\"end\"" },
            &tally,
        );
        if met {
            self.sign(BlockState::Filled, WIDTH - LEFT - 16.0, y + 12.0, 0.9, palette::INK);
        }
        y + high + 3.0
    }

    fn block(&mut self, placed: &Placed<'_>, colour: &str, y: f64, high: f64) {
        let Placed { block, x, width: wide, name } = placed;
        let (x, wide) = (*x, *wide);
        let state = block.state;
        let _ = writeln!(self.out, "<g><title>{}</title>", escape(&self.words.block(self.view, block)));
        let whole = (x, y, wide, high);
        // A stroke stands on the middle of its line: half of it would fall outside.
        let inner = (x + 0.7, y + 0.7, wide - 1.4, high - 1.4);
        let outline = |fill: &str, dashes: &str| {
            format!("fill=\"{fill}\" stroke=\"{}\" stroke-width=\"1.4\"{dashes}", palette::OUTLINE)
        };
        match state {
            BlockState::Filled => {
                self.rect(whole, 6.0, &format!("fill=\"{colour}\""));
                // Light from above: an edge, no colour of its own.
                let _ = writeln!(
                    self.out,
                    "<path d=\"M{:.1} {:.1}h{:.1}\" stroke=\"#fff\" stroke-opacity=\".28\" stroke-width=\"1.2\" stroke-linecap=\"round\"/>",
                    x + 6.0,
                    y + 1.4,
                    wide - 12.0
                );
                let _ = writeln!(
                    self.out,
                    "<path d=\"M{x:.1} {:.1}v1a6 6 0 0 0 6 6h{:.1}a6 6 0 0 0 6 -6v-1a6 6 0 0 1 -6 4h-{:.1}a6 6 0 0 1 -6 -4z\" fill-opacity=\".2\"/>",
                    y + high - 7.0,
                    wide - 12.0,
                    wide - 12.0
                );
            }
            BlockState::Partly { have, need } => {
                self.rect(inner, 6.0, &outline(palette::PARTLY, ""));
                let bar = (x + 8.0, y + high - 8.0, wide - 16.0, 4.0);
                self.rect(bar, 2.0, &format!("fill=\"{}\"", palette::HATCH_LINE));
                self.rect((bar.0, bar.1, bar.2 * share(have, need), bar.3), 2.0, &format!("fill=\"{colour}\""));
            }
            BlockState::Open => self.rect(inner, 6.0, &outline("none", " stroke-dasharray=\"5 4\"")),
            BlockState::Blocked => self.rect(inner, 6.0, &outline(&self.hatch.clone(), "")),
            BlockState::Spare => {
                self.rect(inner, 6.0, &outline("none", " stroke-dasharray=\"0.1 4\" stroke-linecap=\"round\""));
            }
        }
        let (ink, quiet) = match state {
            BlockState::Filled => (palette::ON_FILL, palette::ON_FILL),
            BlockState::Spare => (palette::QUIET, palette::QUIET),
            BlockState::Partly { .. } | BlockState::Open | BlockState::Blocked => (palette::INK, palette::INK),
        };
        for (index, line) in name.iter().enumerate() {
            let at = y + 17.0 + NAME_LEADING * count(index);
            self.text(&Text { x: x + 8.0, y: at, size: NAME_SIZE, fill: ink, extra: "" }, line);
        }
        let foot = y + high - if matches!(state, BlockState::Partly { .. }) { 13.0 } else { 9.0 };
        self.sign(state, x + 13.0, foot - 3.6, 0.85, quiet);
        let worth = self.view.language.credits(block.credits, self.view.unit);
        let worth = cut(&worth, 10.5, wide - 30.0);
        self.text(&Text { x: x + 22.0, y: foot, size: 10.5, fill: quiet, extra: "" }, &worth);
        self.out.push_str("</g>\n");
    }

    /// A sign of about ten units around a middle.
    pub(super) fn sign(&mut self, state: BlockState, x: f64, y: f64, scale: f64, colour: &str) {
        let shape = match state {
            BlockState::Filled => "<path d=\"M-4.2 .4l3 3.2l5.6 -7\" stroke-linecap=\"round\" stroke-linejoin=\"round\" stroke-width=\"2.2\"/>".to_owned(),
            BlockState::Partly { .. } => format!("<circle r=\"4.2\"/><path d=\"M0 -4.2A4.2 4.2 0 0 0 0 4.2z\" fill=\"{colour}\"/>"),
            BlockState::Open => "<circle r=\"4.2\"/>".to_owned(),
            BlockState::Blocked => "<circle r=\"4.2\"/><path d=\"M-2.9 2.9L2.9 -2.9\"/>".to_owned(),
            BlockState::Spare => "<path d=\"M-4 0H4\" stroke-linecap=\"round\"/>".to_owned(),
        };
        let _ = writeln!(
            self.out,
            "<g transform=\"translate({x:.1} {y:.1}) scale({scale})\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\">{shape}</g>"
        );
    }
}

pub(super) fn count(items: usize) -> f64 {
    f64::from(u32::try_from(items).unwrap_or(u32::MAX))
}

//! What stands on a progress sheet? The tower, every part with how far it is, and what does not count.

use pdf_writer::types::StructRole;

use super::SheetHead;
use super::head::{self, Line, NOTE};
use super::paper::{MARGIN, Paper, ROOM, WIDE};
use super::table::{CELL, Column, STRONG, Table};
use super::words as sheet;
use crate::tower::scene::Band;
use crate::tower::words::{Words, caveat, edition, tally_text, unused};
use crate::tower::{palette, sign, swatch};
use crate::view::{BlockState, View};
use crate::words::{check, sentence};
use stapel_verifier::CheckKind;

/// The tower's own width.
const DRAWN: f64 = 400.0;
/// Smaller, its names could not be read on paper.
const SMALLEST: f64 = 0.66;
/// Over several pages it is as large as this.
const SPREAD: f64 = 0.9;
/// Larger, it would shout.
const LARGEST: f64 = 1.1;

impl View {
    /// The progress as a sheet of paper: a PDF document on A4, tagged, with real text.
    pub fn progress_sheet(&self, head: &SheetHead<'_>) -> Vec<u8> {
        let (language, words) = (self.language, Words::of(self.language));
        let mut paper = Paper::new(language, caveat(self));
        let lines = [
            Line::new(check(CheckKind::Holder, language), head.holder),
            Line::new(sheet::programme(language), edition(self)),
            Line::new(sheet::as_of(language), language.day(head.as_of)),
        ];
        head::write(&mut paper, sheet::progress(language), &words.toward(self), "", &lines);
        paper.y += 4.0;
        paper.paragraph(StructRole::P, STRONG, MARGIN, ROOM, caveat(self));
        if let Some(illustrative) = &self.illustrative {
            paper.paragraph(StructRole::P, NOTE, MARGIN, ROOM, illustrative);
        }
        paper.y += 14.0;
        self.figure_and_tables(&mut paper);
        paper.finish(&words.title(self), caveat(self))
    }

    /// The tower, every part, and what does not count.
    pub(super) fn figure_and_tables(&self, paper: &mut Paper) {
        let story = Words::of(self.language).story(self);
        paper.told(StructRole::Figure, Some(story), |paper| tower(paper, &self.tower_bands(0.0, false)));
        self.parts_table(paper);
        self.unused_table(paper);
    }

    fn parts_table(&self, paper: &mut Paper) {
        let (language, words) = (self.language, Words::of(self.language));
        head::section(paper, sheet::asked(language));
        let columns = [
            Column { head: sheet::part(language), x: 26.0, room: 156.0, right: false },
            Column { head: sheet::size(language), x: 184.0, room: 58.0, right: true },
            Column { head: sheet::state(language), x: 256.0, room: ROOM - 256.0, right: false },
        ];
        Table { columns: &columns }.write(paper, |table, paper| {
            for (index, floor) in self.floors.iter().enumerate() {
                let tally = tally_text(floor.tally, self.unit, language);
                let met = if floor.tally.is_met() {
                    sign(BlockState::Filled, (0.0, 0.0), 0.85, palette::INK)
                } else {
                    Vec::new()
                };
                table.slab(paper, &floor.title(), &tally, &met);
                for block in &floor.blocks {
                    let before = swatch(block.state, 0.0, 0.0, palette::floor(index));
                    let credits = block.worth(self);
                    let how_far = sentence(&words.how_far(block));
                    table.row(paper, &before, &[(CELL, &block.name), (CELL, &credits), (CELL, &how_far)]);
                }
            }
        });
    }

    fn unused_table(&self, paper: &mut Paper) {
        if self.unused.is_empty() {
            return;
        }
        head::section(paper, unused(self.language));
        let columns = [
            Column { head: sheet::badge(self.language), x: 0.0, room: 200.0, right: false },
            Column { head: sheet::why(self.language), x: 216.0, room: ROOM - 216.0, right: false },
        ];
        Table { columns: &columns }.write(paper, |table, paper| {
            for unused in &self.unused {
                table.row(paper, &[], &[(CELL, &unused.name), (CELL, &unused.why)]);
            }
        });
    }
}

/// The tower on what is left of this page, or, when it is too high, over as many as it takes.
fn tower(paper: &mut Paper, bands: &[Band]) {
    let whole = bands.last().map_or(0.0, |band| band.bottom);
    // A point less: the sum of the strips may be a hair more than the whole.
    let fits = (paper.left() - 1.0) / whole.max(1.0);
    let scale = if fits >= SMALLEST { fits.min(LARGEST) } else { SPREAD };
    for band in bands {
        paper.need((band.bottom - band.top) * scale);
        let origin = ((WIDE - DRAWN * scale) / 2.0, paper.y - band.top * scale);
        paper.shapes(&band.shapes, origin, scale);
        paper.y += (band.bottom - band.top) * scale;
    }
}

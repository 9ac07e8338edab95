//! How is a table written? Rows that no page break cuts, under a head that every page repeats.

use pdf_writer::types::StructRole;

use super::paper::{MARGIN, Paper, ROOM, Style};
use crate::tower::palette;
use crate::tower::scene::{Face, Shape};

pub(super) const CELL: Style = Style::new(Face::Plain, 9.5, palette::INK);
pub(super) const STRONG: Style = Style::new(Face::Bold, 9.5, palette::INK);
const HEAD: Style = Style::new(Face::Bold, 8.5, palette::QUIET);
const PADDING: f64 = 4.0;

/// One column.
pub(super) struct Column<'a> {
    pub(super) head: &'a str,
    /// From the left margin.
    pub(super) x: f64,
    pub(super) room: f64,
    /// Whether its texts end at its right side.
    pub(super) right: bool,
}

/// A table with its columns.
pub(super) struct Table<'a> {
    pub(super) columns: &'a [Column<'a>],
}

impl Table<'_> {
    /// Writes the table; the rows are what that function writes.
    pub(super) fn write(&self, paper: &mut Paper, rows: impl FnOnce(&Self, &mut Paper)) {
        paper.need(80.0);
        paper.element(StructRole::Table, |paper| {
            paper.element(StructRole::TR, |paper| self.head(paper));
            rows(self, paper);
        });
    }

    fn head(&self, paper: &mut Paper) {
        let base = paper.y + HEAD.size;
        for column in self.columns {
            paper.element(StructRole::TH, |paper| column.text(paper, base, HEAD, column.head));
        }
        paper.y += HEAD.leading + 3.0;
        paper.rule(paper.y);
        paper.y += 1.0;
    }

    /// Room for so much, if need be on a new page under the same head.
    fn need(&self, paper: &mut Paper, high: f64) {
        if paper.need(high) {
            paper.quietly(|paper| self.head_again(paper));
        }
    }

    fn head_again(&self, paper: &mut Paper) {
        let base = paper.y + HEAD.size;
        for column in self.columns {
            column.text(paper, base, HEAD, column.head);
        }
        paper.y += HEAD.leading + 3.0;
        paper.rule(paper.y);
        paper.y += 1.0;
    }

    /// A row across all columns, on a slab; it stays with the row below it.
    pub(super) fn slab(&self, paper: &mut Paper, name: &str, tally: &str, sign: &[Shape]) {
        let aside = STRONG.width(tally) + 40.0;
        let lines = STRONG.wrap(name, ROOM - 16.0 - aside);
        let high = STRONG.leading * super::count(lines.len()) + 6.0;
        self.need(paper, high + 4.0 + 3.0 * CELL.leading);
        paper.y += 4.0;
        let top = paper.y;
        paper.quietly(|paper| {
            paper.bar([MARGIN, top, ROOM, high], 4.0, palette::SLAB);
            paper.shapes(sign, (MARGIN + ROOM - 14.0, top + high / 2.0), 1.0);
        });
        paper.element(StructRole::TR, |paper| {
            paper.element(StructRole::TH, |paper| {
                for (index, line) in lines.iter().enumerate() {
                    let base = top + 3.0 + STRONG.size + STRONG.leading * super::count(index);
                    paper.text(MARGIN + 8.0, base, STRONG, line);
                }
            });
            paper.element(StructRole::TD, |paper| {
                paper.text_ending(MARGIN + ROOM - 26.0, top + 3.0 + STRONG.size, CELL, tally);
            });
        });
        paper.y = top + high;
    }

    /// A row; what stands before it is drawn at its left.
    pub(super) fn row(&self, paper: &mut Paper, before: &[Shape], cells: &[(Style, &str)]) {
        let wrapped: Vec<(Style, Vec<String>)> = self
            .columns
            .iter()
            .zip(cells)
            .map(|(column, (style, text))| (*style, style.wrap(text, column.room)))
            .collect();
        let most = wrapped.iter().map(|(style, lines)| style.leading * super::count(lines.len())).fold(0.0, f64::max);
        let high = most + 2.0 * PADDING;
        self.need(paper, high);
        let top = paper.y;
        paper.quietly(|paper| paper.shapes(before, (MARGIN, top + PADDING), 0.72));
        paper.element(StructRole::TR, |paper| {
            for (column, (style, lines)) in self.columns.iter().zip(&wrapped) {
                paper.element(StructRole::TD, |paper| {
                    for (index, line) in lines.iter().enumerate() {
                        let base = top + PADDING + style.size + style.leading * super::count(index);
                        column.text(paper, base, *style, line);
                    }
                });
            }
        });
        paper.y = top + high;
        paper.rule(paper.y);
    }
}

impl Column<'_> {
    fn text(&self, paper: &mut Paper, base: f64, style: Style, text: &str) {
        if self.right {
            paper.text_ending(MARGIN + self.x + self.room, base, style, text);
        } else {
            paper.text(MARGIN + self.x, base, style, text);
        }
    }
}

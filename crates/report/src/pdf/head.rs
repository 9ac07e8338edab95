//! What stands at the head of every sheet? What it is, its title, and the few facts that come first.

use pdf_writer::types::StructRole;

use super::paper::{MARGIN, Paper, ROOM, Style};
use crate::tower::scene::{Colour, Face};
use crate::tower::{filled, palette, sign};
use crate::view::BlockState;

const KIND: Style = Style::new(Face::Bold, 10.0, palette::SCALE);
const UNDER: Style = Style::new(Face::Plain, 12.0, palette::QUIET);
const LABEL: Style = Style::new(Face::Plain, 9.5, palette::QUIET);
const FACT: Style = Style::new(Face::Bold, 10.5, palette::INK);
const ASIDE: Style = Style::new(Face::Plain, 9.5, palette::QUIET);
pub(super) const SECTION: Style = Style::new(Face::Bold, 13.0, palette::INK);
pub(super) const NOTE: Style = Style::new(Face::Slanted, 9.5, palette::QUIET);
pub(super) const BODY: Style = Style::new(Face::Plain, 10.5, palette::INK);
const LABELS: f64 = 86.0;

/// A fact of the head.
pub(super) struct Line {
    pub(super) label: String,
    pub(super) value: String,
    /// What stands back behind it.
    pub(super) aside: String,
}

impl Line {
    pub(super) fn new(label: &str, value: impl Into<String>) -> Self {
        Self { label: label.to_owned(), value: value.into(), aside: String::new() }
    }
}

/// The title as large as it fits on one line; a long one stands on more.
fn title_style(title: &str, room: f64, colour: Colour) -> Style {
    let style = |size: f64| Style { leading: size * 1.18, ..Style::new(Face::Bold, size, colour) };
    [24.0, 22.0, 20.0, 18.0, 16.5]
        .map(style)
        .into_iter()
        .find(|style| style.width(title) <= room)
        .unwrap_or(style(20.0))
}

/// Writes the head on the paper itself.
pub(super) fn write(paper: &mut Paper, kind: &str, title: &str, under: &str, lines: &[Line]) {
    paper.paragraph(StructRole::P, KIND, MARGIN, ROOM, kind);
    paper.y += 3.0;
    paper.paragraph(StructRole::H1, title_style(title, ROOM, palette::INK), MARGIN, ROOM, title);
    if !under.is_empty() {
        paper.y += 2.0;
        paper.paragraph(StructRole::P, UNDER, MARGIN, ROOM, under);
    }
    facts(paper, lines);
}

/// Writes kind and title on a block like those of which towers are built.
pub(super) fn write_on_block(paper: &mut Paper, kind: &str, title: &str, lines: &[Line]) {
    const INSIDE: f64 = 18.0;
    let room = ROOM - 2.0 * INSIDE - 44.0;
    let style = title_style(title, room, palette::ON_FILL);
    let kind_style = Style { colour: palette::ON_FILL, ..KIND };
    let heights = [(kind_style, kind), (style, title)]
        .map(|(style, text)| super::count(style.wrap(text, room).len()) * style.leading);
    let high = heights.iter().sum::<f64>() + 2.0 * INSIDE + 3.0;
    let top = paper.y;
    paper.quietly(|paper| {
        paper.shapes(&filled([MARGIN, top, ROOM, high], palette::floor(0)), (0.0, 0.0), 1.0);
        let at = (MARGIN + ROOM - INSIDE - 16.0, top + high / 2.0 - 1.0);
        paper.shapes(&sign(BlockState::Filled, at, 3.0, palette::ON_FILL), (0.0, 0.0), 1.0);
    });
    paper.y = top + INSIDE - 3.0;
    paper.paragraph(StructRole::P, kind_style, MARGIN + INSIDE, room, kind);
    paper.y += 3.0;
    paper.paragraph(StructRole::H1, style, MARGIN + INSIDE, room, title);
    paper.y = top + high + 6.0;
    facts(paper, lines);
}

fn facts(paper: &mut Paper, lines: &[Line]) {
    paper.y += 9.0;
    for line in lines.iter().filter(|line| !line.value.is_empty()) {
        paper.need(FACT.leading);
        let base = paper.y + FACT.size;
        paper.element(StructRole::P, |paper| {
            paper.text(MARGIN, base, LABEL, &line.label);
            for value in FACT.wrap(&line.value, ROOM - LABELS) {
                paper.text(MARGIN + LABELS, paper.y + FACT.size, FACT, &value);
                paper.y += FACT.leading;
            }
            for aside in ASIDE.wrap(&line.aside, ROOM - LABELS) {
                paper.text(MARGIN + LABELS, paper.y + ASIDE.size - 1.0, ASIDE, &aside);
                paper.y += ASIDE.leading;
            }
        });
        paper.y += 3.0;
    }
}

/// The title of a section.
pub(super) fn section(paper: &mut Paper, title: &str) {
    if !paper.need(110.0) {
        paper.y += 16.0;
    }
    paper.paragraph(StructRole::H2, SECTION, MARGIN, ROOM, title);
    paper.y += 5.0;
}

//! How are blocks, slabs and signs drawn?

use super::layout::{FloorPlan, LEFT, NAME_LEADING, NAME_SIZE, Placed, SLAB_SIZE, SLAB_WIDTH, WIDTH, WORTH_SIZE};
use super::palette;
use super::scene::{Anchor, Band, Colour, Face, Fill, Look, Path, Shape, Stroke, Text};
use super::words::Words;
use crate::view::{BlockState, Tally, View, share};

/// Draws one picture, strip by strip from the top.
pub(super) struct Pen<'a> {
    pub(super) view: &'a View,
    pub(super) words: Words,
    pub(super) bands: Vec<Band>,
    shapes: Vec<Shape>,
    /// Where the strip at hand begins.
    top: f64,
}

impl<'a> Pen<'a> {
    pub(super) fn new(view: &'a View, top: f64) -> Self {
        Self { view, words: Words::of(view.language), bands: Vec::new(), shapes: Vec::new(), top }
    }

    /// Ends a strip: above it a page may break.
    pub(super) fn cut(&mut self, bottom: f64) {
        let shapes = std::mem::take(&mut self.shapes);
        self.bands.push(Band { top: self.top, bottom, shapes });
        self.top = bottom;
    }

    pub(super) fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    pub(super) fn text(&mut self, x: f64, y: f64, size: f64, colour: Colour, text: &str) {
        self.lettered((x, y), size, colour, (Face::Plain, Anchor::Start), text);
    }

    pub(super) fn lettered(
        &mut self,
        (x, y): (f64, f64),
        size: f64,
        colour: Colour,
        (face, anchor): (Face, Anchor),
        text: &str,
    ) {
        self.add(Shape::Text(Text { x, y, size, face, anchor, colour, words: text.to_owned() }));
    }

    pub(super) fn rect(&mut self, at: [f64; 4], radius: f64, look: Look) {
        self.add(Shape::Rect { at, radius, look });
    }

    /// The rows of a floor and the slab on which they stand.
    pub(super) fn floor(&mut self, plan: &FloorPlan<'_>, index: usize, y: f64) -> f64 {
        let mut y = y;
        let colour = palette::floor(index);
        for (number, row) in plan.rows.iter().enumerate().rev() {
            for placed in &row.blocks {
                self.block(placed, colour, y, row.height);
            }
            y += row.height + 3.0;
            // The lowest row stays with its slab.
            if number > 0 {
                self.cut(y);
            }
        }
        let high = 9.0 + 15.0 * count(plan.name.len().max(1));
        self.rect([LEFT, y, SLAB_WIDTH, high], 6.0, Look::solid(palette::SLAB));
        for (line, name) in plan.name.iter().enumerate() {
            let at = y + 16.0 + 15.0 * count(line);
            self.lettered((LEFT + 12.0, at), SLAB_SIZE, palette::INK, (Face::Bold, Anchor::Start), name);
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
        self.lettered((right, y + 16.0), SLAB_SIZE, palette::INK, (Face::Plain, Anchor::End), &tally);
        if met {
            self.sign(BlockState::Filled, (WIDTH - LEFT - 16.0, y + 12.0), 0.9, palette::INK);
        }
        y += high + 3.0;
        self.cut(y);
        y
    }

    fn block(&mut self, placed: &Placed<'_>, colour: Colour, y: f64, high: f64) {
        let Placed { block, x, width: wide, name, worth } = placed;
        let (x, wide) = (*x, *wide);
        let state = block.state;
        self.add(Shape::Open(self.words.block(self.view, block)));
        let whole = [x, y, wide, high];
        let shapes = if state == BlockState::Filled { filled(whole, colour) } else { body(state, whole, 6.0, colour) };
        for shape in shapes {
            self.add(shape);
        }
        match state {
            BlockState::Partly { have, need } => {
                let (left, long) = (x + 8.0, wide - 16.0);
                self.rect([left, y + high - 8.0, long, 4.0], 2.0, Look::solid(palette::HATCH_LINE));
                self.rect([left, y + high - 8.0, long * share(have, need), 4.0], 2.0, Look::solid(colour));
            }
            BlockState::Filled | BlockState::Open | BlockState::Blocked | BlockState::Spare => {}
        }
        let ink = match state {
            BlockState::Filled => palette::ON_FILL,
            BlockState::Spare => palette::QUIET,
            BlockState::Partly { .. } | BlockState::Open | BlockState::Blocked => palette::INK,
        };
        for (index, line) in name.iter().enumerate() {
            self.text(x + 8.0, y + 17.0 + NAME_LEADING * count(index), NAME_SIZE, ink, line);
        }
        let foot = y + high - if matches!(state, BlockState::Partly { .. }) { 13.0 } else { 9.0 };
        self.sign(state, (x + 13.0, foot - 3.6), 0.85, ink);
        self.text(x + 22.0, foot, WORTH_SIZE, ink, worth);
        self.add(Shape::Close);
    }

    fn sign(&mut self, state: BlockState, at: (f64, f64), scale: f64, colour: Colour) {
        for shape in sign(state, at, scale, colour) {
            self.add(shape);
        }
    }
}

/// A block without words: each state has its own pattern.
fn body(state: BlockState, whole: [f64; 4], radius: f64, colour: Colour) -> Vec<Shape> {
    // A stroke stands on the middle of its line: half of it would fall outside.
    let [x, y, wide, high] = whole;
    let inner = [x + 0.7, y + 0.7, wide - 1.4, high - 1.4];
    let outlined = |fill: Fill, dash: Option<(f64, f64)>, round: bool| Shape::Rect {
        at: inner,
        radius,
        look: Look { fill, stroke: Some(Stroke { colour: palette::OUTLINE, width: 1.4, dash, round }) },
    };
    vec![match state {
        BlockState::Filled => Shape::Rect { at: whole, radius, look: Look::solid(colour) },
        BlockState::Partly { .. } => outlined(Fill::Solid(palette::PARTLY), None, false),
        BlockState::Open => outlined(Fill::Nothing, Some((radius * 5.0 / 6.0, radius * 4.0 / 6.0)), false),
        BlockState::Blocked => outlined(Fill::Hatch, None, false),
        BlockState::Spare => outlined(Fill::Nothing, Some((0.1, radius * 4.0 / 6.0)), true),
    }]
}

/// A block that is there, without words: light from above and shade below, no colour of its own.
pub(crate) fn filled(whole: [f64; 4], colour: Colour) -> Vec<Shape> {
    let [x, y, wide, high] = whole;
    let (edge, shade) = (colour.toward(Colour(255, 255, 255), 28), colour.toward(Colour(0, 0, 0), 20));
    let light = Path::from(x + 6.0, y + 1.4).line(x + wide - 6.0, y + 1.4);
    let (low, right, up) = (y + high, x + wide, y + high - 7.0);
    let foot = Path::from(x, up)
        .line(x, up + 1.0)
        .corner((x, low), (x + 6.0, low))
        .line(right - 6.0, low)
        .corner((right, low), (right, up + 1.0))
        .line(right, up)
        .corner((right, up + 4.0), (right - 6.0, up + 4.0))
        .line(x + 6.0, up + 4.0)
        .corner((x, up + 4.0), (x, up))
        .close();
    let mut shapes = body(BlockState::Filled, whole, 6.0, colour);
    shapes.push(Shape::Path(light, Look::line(Stroke::round(edge, 1.2))));
    shapes.push(Shape::Path(foot, Look::solid(shade)));
    shapes
}

/// A small block with its sign, 24 by 16, for legends and tables.
pub(crate) fn swatch(state: BlockState, x: f64, y: f64, colour: Colour) -> Vec<Shape> {
    let ink = if state == BlockState::Filled { palette::ON_FILL } else { palette::INK };
    let mut shapes = body(state, [x, y, 24.0, 16.0], 4.5, colour);
    shapes.extend(sign(state, (x + 12.0, y + 8.0), 0.85, ink));
    shapes
}

/// A sign of about ten units around a middle.
pub(crate) fn sign(state: BlockState, (x, y): (f64, f64), scale: f64, colour: Colour) -> Vec<Shape> {
    let at = |dx: f64, dy: f64| (x + dx * scale, y + dy * scale);
    let line = |points: &[(f64, f64)], width: f64| {
        let mut points = points.iter().map(|(dx, dy)| at(*dx, *dy));
        let (first_x, first_y) = points.next().unwrap_or((x, y));
        let path = points.fold(Path::from(first_x, first_y), |path, (x, y)| path.line(x, y));
        Shape::Path(path, Look::line(Stroke::round(colour, width * scale)))
    };
    let ring =
        || Shape::Circle { at: (x, y), radius: 4.2 * scale, look: Look::line(Stroke::plain(colour, 1.6 * scale)) };
    match state {
        BlockState::Filled => vec![line(&[(-4.2, 0.4), (-1.2, 3.6), (4.4, -3.4)], 2.2)],
        BlockState::Partly { .. } => {
            let (top_x, top_y) = at(0.0, -4.2);
            let left = Path::from(top_x, top_y)
                .corner(at(-4.2, -4.2), at(-4.2, 0.0))
                .corner(at(-4.2, 4.2), at(0.0, 4.2))
                .close();
            vec![ring(), Shape::Path(left, Look::solid(colour))]
        }
        BlockState::Open => vec![ring()],
        BlockState::Blocked => vec![ring(), line(&[(-2.9, 2.9), (2.9, -2.9)], 1.6)],
        BlockState::Spare => vec![line(&[(-4.0, 0.0), (4.0, 0.0)], 1.6)],
    }
}

pub(super) fn count(items: usize) -> f64 {
    f64::from(u32::try_from(items).unwrap_or(u32::MAX))
}

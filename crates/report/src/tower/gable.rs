//! How is the top drawn? A stepped gable with a window and a flag, or a plain slab where no award stands at the end.

use super::draw::{Pen, count, sign};
use super::layout::{LEFT, ROOM, SLAB_WIDTH, WIDTH};
use super::palette;
use super::scene::{Anchor, Colour, Face, Fill, Look, Path, Shape, Stroke};
use crate::lettering::{cut, wrap};
use crate::view::{AwardView, BlockState, View};

pub(crate) const MIDDLE: f64 = WIDTH / 2.0;
const STEP_RADIUS: f64 = 7.0;

impl Pen<'_> {
    /// The gable with its flag, or a plain slab where no award stands at the end.
    pub(super) fn top(&mut self, y: f64) -> f64 {
        let view = self.view;
        let y = match view.goal.find_award() {
            Some(award) => self.gable(view, award, y),
            None => self.lintel(view, y),
        };
        self.cut(y);
        y
    }

    fn lintel(&mut self, view: &View, y: f64) -> f64 {
        let lines = wrap(&view.programme, 17.0, ROOM - 28.0, 2);
        let high = 18.0 + 21.0 * count(lines.len());
        self.rect([LEFT, y, SLAB_WIDTH, high], 7.0, Look::solid(palette::SLAB));
        self.lines(&lines, y + 24.0, 21.0, 17.0, palette::INK);
        y + high + 3.0
    }

    fn lines(&mut self, lines: &[String], first: f64, leading: f64, size: f64, colour: Colour) {
        for (index, line) in lines.iter().enumerate() {
            let y = first + leading * count(index);
            self.lettered((MIDDLE, y), size, colour, (Face::Title, Anchor::Middle), line);
        }
    }

    fn gable(&mut self, view: &View, award: &AwardView, y: f64) -> f64 {
        let mut size = 19.0;
        let mut lines = wrap(&award.name, size, ROOM - 36.0, 2);
        if lines.iter().any(|line| line.contains('…')) {
            size = 15.0;
            lines = wrap(&award.name, size, ROOM - 36.0, 3);
        }
        let leading = size + 4.0;
        let pole = if view.complete { y + 34.0 } else { y };
        // Three steps, from the top: the window, the kind of award, its name.
        let (window, kind, name) = (46.0, 26.0, 16.0 + leading * count(lines.len()));
        let eaves = pole + window + kind + name;
        let halves = [44.0, 128.0, SLAB_WIDTH / 2.0];
        let levels = [pole, pole + window, pole + window + kind];
        let outline = stepped(halves, levels, eaves);
        let built = view.complete;
        if built {
            self.flag(y, pole);
            self.add(Shape::Path(outline, Look::solid(palette::ROOF)));
        } else {
            let stroke = Stroke { dash: Some((6.0, 4.0)), ..Stroke::plain(palette::OUTLINE, 1.4) };
            let look = Look { fill: Fill::Solid(palette::PAPER), stroke: Some(stroke) };
            self.add(Shape::Path(outline, look));
        }
        self.window(view, pole + window / 2.0 + 3.0);
        let (ink, quiet) = if built { (palette::ON_FILL, palette::ON_FILL) } else { (palette::INK, palette::QUIET) };
        let kind_text = cut(&award.kind, 12.0, 236.0);
        let at = (MIDDLE, pole + window + 19.0);
        self.lettered(at, 12.0, quiet, (Face::Plain, Anchor::Middle), &kind_text);
        self.lines(&lines, pole + window + kind + leading - 1.0, leading, size, ink);
        eaves + 3.0
    }

    fn flag(&mut self, y: f64, pole: f64) {
        let staff = Path::from(MIDDLE, y).line(MIDDLE, pole);
        self.add(Shape::Path(staff, Look::line(Stroke::round(palette::ROOF, 2.4))));
        let (left, top) = (MIDDLE + 1.2, y + 2.0);
        let cloth = Path::from(left, top)
            .curve([left + 9.0, top - 5.0, left + 17.0, top + 5.0, left + 30.0, top])
            .line(left + 30.0, top + 15.0)
            .curve([left + 17.0, top + 20.0, left + 9.0, top + 10.0, left, top + 15.0])
            .close();
        self.add(Shape::Path(cloth, Look::solid(palette::FLAG)));
    }

    /// The round window shows the share that counts; a tick when nothing is missing.
    fn window(&mut self, view: &View, y: f64) {
        let (at, radius) = ((MIDDLE, y), 14.0);
        if view.complete {
            self.add(Shape::Circle { at, radius, look: Look::solid(palette::FLAG) });
            for shape in sign(BlockState::Filled, at, 1.55, palette::ROOF) {
                self.add(shape);
            }
            return;
        }
        self.add(Shape::Circle { at, radius, look: Look::solid(palette::TROUGH) });
        let share = view.share();
        if share > 0.0 {
            self.add(Shape::Path(Path::slice(at, radius, share), Look::solid(palette::SCALE)));
        }
        self.add(Shape::Circle { at, radius, look: Look::line(Stroke::plain(palette::OUTLINE, 1.4)) });
    }
}

/// The outline of a stepped gable, symmetric around the middle, with rounded steps.
pub(crate) fn stepped(halves: [f64; 3], levels: [f64; 3], eaves: f64) -> Path {
    let [a, b, c] = halves;
    let [top, second, third] = levels;
    // The steps up at the left, and the same ones down at the right.
    let mut path =
        Path::from(MIDDLE - c + STEP_RADIUS, eaves).corner((MIDDLE - c, eaves), (MIDDLE - c, eaves - STEP_RADIUS));
    for (half, level) in [(c, third), (b, second), (a, top)] {
        let x = MIDDLE - half;
        path = path.line(x, level + STEP_RADIUS).corner((x, level), (x + STEP_RADIUS, level));
        if half > a {
            let next = if half > b { b } else { a };
            path = path.line(MIDDLE - next, level);
        }
    }
    for (half, level, below) in [(a, top, second), (b, second, third), (c, third, eaves)] {
        let x = MIDDLE + half;
        path = path.line(x - STEP_RADIUS, level).corner((x, level), (x, level + STEP_RADIUS));
        path = if half < c { path.line(x, below) } else { path.line(x, below - STEP_RADIUS) };
    }
    path.corner((MIDDLE + c, eaves), (MIDDLE + c - STEP_RADIUS, eaves)).close()
}

//! How is the top drawn? A stepped gable with a window and a flag, or a plain slab where no award stands at the end.

use std::fmt::Write as _;

use super::draw::{Pen, Text, count};
use super::layout::{LEFT, ROOM, SLAB_WIDTH, WIDTH};
use super::palette;
use crate::lettering::{cut, wrap};
use crate::view::{AwardView, BlockState, View};

const SERIF: &str = "'Iowan Old Style', 'Palatino Linotype', Georgia, 'Noto Serif', serif";

const MIDDLE: f64 = WIDTH / 2.0;
const STEP_RADIUS: f64 = 7.0;

impl Pen<'_> {
    /// The gable with its flag, or a plain slab where no award stands at the end.
    pub(super) fn top(&mut self, y: f64) -> f64 {
        let view = self.view;
        match view.goal.find_award() {
            Some(award) => self.gable(view, award, y),
            None => self.lintel(view, y),
        }
    }

    fn lintel(&mut self, view: &View, y: f64) -> f64 {
        let lines = wrap(&view.programme, 17.0, ROOM - 28.0, 2);
        let high = 18.0 + 21.0 * count(lines.len());
        self.rect((LEFT, y, SLAB_WIDTH, high), 7.0, &format!("fill=\"{}\"", palette::SLAB));
        self.lines(&lines, y + 24.0, 21.0, 17.0, palette::INK);
        y + high + 3.0
    }

    fn lines(&mut self, lines: &[String], first: f64, leading: f64, size: f64, fill: &str) {
        let extra = format!(" text-anchor=\"middle\" font-family=\"{SERIF}\" font-weight=\"600\"");
        for (index, line) in lines.iter().enumerate() {
            self.text(&Text { x: MIDDLE, y: first + leading * count(index), size, fill, extra: &extra }, line);
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
            let _ = writeln!(self.out, "<path d=\"{outline}\" fill=\"{}\"/>", palette::ROOF);
        } else {
            let _ = writeln!(
                self.out,
                "<path d=\"{outline}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.4\" stroke-dasharray=\"6 4\"/>",
                palette::PAPER,
                palette::OUTLINE
            );
        }
        self.window(view, pole + window / 2.0 + 3.0);
        let (ink, quiet) = if built { (palette::ON_FILL, palette::ON_FILL) } else { (palette::INK, palette::QUIET) };
        let kind_text = cut(&award.kind, 12.0, 236.0);
        self.text(
            &Text { x: MIDDLE, y: pole + window + 19.0, size: 12.0, fill: quiet, extra: " text-anchor=\"middle\"" },
            &kind_text,
        );
        self.lines(&lines, pole + window + kind + leading - 1.0, leading, size, ink);
        eaves + 3.0
    }

    fn flag(&mut self, y: f64, pole: f64) {
        let _ = writeln!(
            self.out,
            "<path d=\"M{MIDDLE} {y:.1}V{pole:.1}\" stroke=\"{}\" stroke-width=\"2.4\" stroke-linecap=\"round\"/>",
            palette::ROOF
        );
        let _ = writeln!(
            self.out,
            "<path d=\"M{:.1} {:.1}c9 -5 17 5 30 0v15c-13 5 -21 -5 -30 0z\" fill=\"{}\"/>",
            MIDDLE + 1.2,
            y + 2.0,
            palette::FLAG
        );
    }

    /// The round window shows the share that counts; a tick when nothing is missing.
    fn window(&mut self, view: &View, y: f64) {
        let radius = 14.0;
        if view.complete {
            let _ =
                writeln!(self.out, "<circle cx=\"{MIDDLE}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{}\"/>", palette::FLAG);
            self.sign(BlockState::Filled, MIDDLE, y, 1.55, palette::ROOF);
            return;
        }
        let _ =
            writeln!(self.out, "<circle cx=\"{MIDDLE}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{}\"/>", palette::TROUGH);
        let share = view.share();
        if share > 0.0 {
            let angle = share * std::f64::consts::TAU;
            let (dx, dy) = (angle.sin() * radius, angle.cos() * radius);
            let large = i32::from(share > 0.5);
            let _ = writeln!(
                self.out,
                "<path d=\"M{MIDDLE} {y:.1}V{:.1}A{radius} {radius} 0 {large} 1 {:.2} {:.2}z\" fill=\"{}\"/>",
                y - radius,
                MIDDLE + dx,
                y - dy,
                palette::SCALE
            );
        }
        let _ = writeln!(
            self.out,
            "<circle cx=\"{MIDDLE}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.4\"/>",
            palette::OUTLINE
        );
    }
}

/// The outline of a stepped gable, symmetric around the middle, with rounded steps.
fn stepped(halves: [f64; 3], levels: [f64; 3], eaves: f64) -> String {
    let r = STEP_RADIUS;
    let [a, b, c] = halves;
    let [top, second, third] = levels;
    let left = MIDDLE - c;
    format!(
        "M{:.1} {top:.1}H{:.1}a{r} {r} 0 0 1 {r} {r}V{second:.1}H{:.1}a{r} {r} 0 0 1 {r} {r}V{third:.1}H{:.1}a{r} {r} 0 0 1 {r} {r}\
         V{:.1}a{r} {r} 0 0 1 -{r} {r}H{:.1}a{r} {r} 0 0 1 -{r} -{r}V{:.1}a{r} {r} 0 0 1 {r} -{r}H{:.1}V{:.1}a{r} {r} 0 0 1 {r} -{r}\
         H{:.1}V{:.1}a{r} {r} 0 0 1 {r} -{r}z",
        MIDDLE - a + r,
        MIDDLE + a - r,
        MIDDLE + b - r,
        MIDDLE + c - r,
        eaves - r,
        left + r,
        third + r,
        MIDDLE - b,
        second + r,
        MIDDLE - a,
        top + r,
    )
}

//! How are outlines, dashes and stripes written as PDF? In its own coordinates, from the lower left.

use pdf_writer::Content;
use pdf_writer::types::{LineCapStyle, LineJoinStyle};

use super::paper::HIGH;
use crate::tower::palette;
use crate::tower::scene::{Colour, Path, Step, Stroke};

/// Where the origin of shapes stands, and how large they are.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) scale: f64,
}

impl Place {
    pub(super) const PAGE: Self = Self { x: 0.0, y: 0.0, scale: 1.0 };

    /// A page of PDF has its origin at the lower left.
    fn at(self, x: f64, y: f64) -> (f32, f32) {
        (points(self.x + x * self.scale), points(HIGH - self.y - y * self.scale))
    }
}

pub(super) fn outline(content: &mut Content, path: &Path, place: Place) {
    for step in &path.steps {
        match *step {
            Step::Move(x, y) => {
                let (x, y) = place.at(x, y);
                content.move_to(x, y);
            }
            Step::Line(x, y) => {
                let (x, y) = place.at(x, y);
                content.line_to(x, y);
            }
            Step::Curve([ax, ay, bx, by, x, y]) => {
                let ((ax, ay), (bx, by), (x, y)) = (place.at(ax, ay), place.at(bx, by), place.at(x, y));
                content.cubic_to(ax, ay, bx, by, x, y);
            }
            Step::Close => {
                content.close_path();
            }
        }
    }
}

pub(super) fn pull(content: &mut Content, stroke: Stroke, scale: f64) {
    let Colour(red, green, blue) = stroke.colour;
    content.set_stroke_rgb(part(red), part(green), part(blue)).set_line_width(points(stroke.width * scale));
    if let Some((drawn, left_out)) = stroke.dash {
        content.set_dash_pattern([points(drawn * scale), points(left_out * scale)], 0.0);
    }
    if stroke.round {
        content.set_line_cap(LineCapStyle::RoundCap).set_line_join(LineJoinStyle::RoundJoin);
    }
}

/// Stripes within an outline.
pub(super) fn hatch(content: &mut Content, path: &Path, place: Place) {
    let (mut left, mut top, mut right, mut low) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    for step in &path.steps {
        if let Step::Move(x, y) | Step::Line(x, y) | Step::Curve([.., x, y]) = *step {
            (left, right) = (left.min(x), right.max(x));
            (top, low) = (top.min(y), low.max(y));
        }
    }
    content.save_state();
    outline(content, path, place);
    content.clip_nonzero().end_path();
    let Colour(red, green, blue) = palette::HATCH_GROUND;
    content.set_fill_rgb(part(red), part(green), part(blue));
    outline(content, path, place);
    content.fill_nonzero();
    pull(content, Stroke::plain(palette::HATCH_LINE, palette::HATCH_WIDTH), place.scale);
    let (high, every) = (low - top, palette::HATCH_EVERY * std::f64::consts::SQRT_2);
    let mut x = left - high;
    while x < right {
        let stripe = Path::from(x, low).line(x + high, top);
        outline(content, &stripe, place);
        x += every;
    }
    content.stroke().restore_state();
}

/// A number of the page in hundredths: finer than any printer, and shorter to write.
#[expect(clippy::cast_possible_truncation, reason = "PDF's numbers are single; a page is a few hundred points")]
pub(super) fn points(value: f64) -> f32 {
    ((value * 100.0).round() / 100.0) as f32
}

/// A part of a colour, from 0 to 1.
pub(super) fn part(value: u8) -> f32 {
    (f32::from(value) / 255.0 * 1000.0).round() / 1000.0
}

//! What is a picture made of? Shapes that SVG and PDF can both write, so that the tower is drawn once.

use std::fmt;

/// How far a cubic's handles reach toward the corner that it rounds, so that it looks like a quarter of an ellipse.
const HANDLE: f64 = 0.552_28;

/// A colour of the screen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

impl Colour {
    /// Between this one and another: 0 is this one, 100 the other.
    pub(crate) fn toward(self, other: Self, percent: u16) -> Self {
        let mix = |one: u8, two: u8| {
            let sum = u16::from(one) * (100 - percent.min(100)) + u16::from(two) * percent.min(100);
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// What fills a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fill {
    Nothing,
    Solid(Colour),
    /// The stripes of what is blocked.
    Hatch,
}

/// A line along a shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) colour: Colour,
    pub(crate) width: f64,
    /// Drawn and left out, in turns.
    pub(crate) dash: Option<(f64, f64)>,
    /// Round ends and corners.
    pub(crate) round: bool,
}

impl Stroke {
    pub(crate) const fn plain(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: None, round: false }
    }

    pub(crate) const fn round(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: None, round: true }
    }
}

/// What a shape looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Look {
    pub(crate) fill: Fill,
    pub(crate) stroke: Option<Stroke>,
}

impl Look {
    pub(crate) const fn solid(colour: Colour) -> Self {
        Self { fill: Fill::Solid(colour), stroke: None }
    }

    pub(crate) const fn line(stroke: Stroke) -> Self {
        Self { fill: Fill::Nothing, stroke: Some(stroke) }
    }
}

/// One step along an outline, in absolute coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Step {
    Move(f64, f64),
    Line(f64, f64),
    Curve([f64; 6]),
    Close,
}

/// An outline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    pub(crate) steps: Vec<Step>,
    at: (f64, f64),
}

impl Path {
    pub(crate) fn from(x: f64, y: f64) -> Self {
        Self { steps: vec![Step::Move(x, y)], at: (x, y) }
    }

    pub(crate) fn line(mut self, x: f64, y: f64) -> Self {
        self.steps.push(Step::Line(x, y));
        self.at = (x, y);
        self
    }

    pub(crate) fn curve(mut self, curve: [f64; 6]) -> Self {
        self.steps.push(Step::Curve(curve));
        self.at = (curve[4], curve[5]);
        self
    }

    /// A quarter of an ellipse to that place, rounding that corner.
    pub(crate) fn corner(self, (cx, cy): (f64, f64), (x, y): (f64, f64)) -> Self {
        let toward = |from: f64, corner: f64| from + HANDLE * (corner - from);
        let (fx, fy) = self.at;
        self.curve([toward(fx, cx), toward(fy, cy), toward(x, cx), toward(y, cy), x, y])
    }

    pub(crate) fn close(mut self) -> Self {
        self.steps.push(Step::Close);
        self
    }

    pub(crate) fn rounded([x, y, wide, high]: [f64; 4], radius: f64) -> Self {
        let radius = radius.min(wide / 2.0).min(high / 2.0);
        let (right, low) = (x + wide, y + high);
        Self::from(x + radius, y)
            .line(right - radius, y)
            .corner((right, y), (right, y + radius))
            .line(right, low - radius)
            .corner((right, low), (right - radius, low))
            .line(x + radius, low)
            .corner((x, low), (x, low - radius))
            .line(x, y + radius)
            .corner((x, y), (x + radius, y))
            .close()
    }

    pub(crate) fn sharp([x, y, wide, high]: [f64; 4]) -> Self {
        Self::from(x, y).line(x + wide, y).line(x + wide, y + high).line(x, y + high).close()
    }

    /// Both outlines, as one.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.steps.extend(other.steps);
        self.at = other.at;
        self
    }

    pub(crate) fn circle((x, y): (f64, f64), radius: f64) -> Self {
        Self::rounded([x - radius, y - radius, 2.0 * radius, 2.0 * radius], radius)
    }

    /// A slice of a disc, clockwise from the top: a share from 0 to 1.
    pub(crate) fn slice((x, y): (f64, f64), radius: f64, share: f64) -> Self {
        let angle = share.clamp(0.0, 1.0) * std::f64::consts::TAU;
        let pieces = 8.0;
        let each = angle / pieces;
        // Handles of a circle's arc: four thirds of the tangent of a quarter of its angle.
        let reach = radius * 4.0 / 3.0 * (each / 4.0).tan();
        let on = |angle: f64| (x + radius * angle.sin(), y - radius * angle.cos());
        let mut path = Self::from(x, y).line(x, y - radius);
        for piece in 0..8 {
            let (from, to) = (each * f64::from(piece), each * f64::from(piece + 1));
            let ((ax, ay), (bx, by)) = (on(from), on(to));
            path = path.curve([
                ax + reach * from.cos(),
                ay + reach * from.sin(),
                bx - reach * to.cos(),
                by - reach * to.sin(),
                bx,
                by,
            ]);
        }
        path.close()
    }
}

/// Which letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Plain,
    Bold,
    Slanted,
    /// The name of the award.
    Title,
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A line of text; its place is on the base line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) size: f64,
    pub(crate) face: Face,
    pub(crate) anchor: Anchor,
    pub(crate) colour: Colour,
    pub(crate) words: String,
}

/// One thing to draw.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    Rect {
        at: [f64; 4],
        radius: f64,
        look: Look,
    },
    Circle {
        at: (f64, f64),
        radius: f64,
        look: Look,
    },
    Path(Path, Look),
    Text(Text),
    /// What follows belongs together and is told by this text.
    Open(String),
    Close,
}

/// A strip of the picture that no page break may cut.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Band {
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) shapes: Vec<Shape>,
}

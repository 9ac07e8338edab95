//! How are shapes written as SVG?

use std::fmt::Write as _;

use super::palette;
use super::scene::{Anchor, Face, Fill, Look, Path, Shape, Step, Text};
use crate::lettering::escape;

/// Fonts that most systems have; none is fetched.
pub(crate) const SANS: &str =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";
const SERIF: &str = "'Iowan Old Style', 'Palatino Linotype', Georgia, 'Noto Serif', serif";

/// The stripes, as a pattern of that id.
pub(super) fn hatch(id: &str) -> String {
    format!(
        "<defs><pattern id=\"{id}\" width=\"{0}\" height=\"{0}\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"{0}\" height=\"{0}\" fill=\"{1}\"/><rect width=\"{2}\" height=\"{0}\" \
         fill=\"{3}\"/></pattern></defs>",
        palette::HATCH_EVERY,
        palette::HATCH_GROUND,
        palette::HATCH_WIDTH,
        palette::HATCH_LINE
    )
}

/// Writes a shape as one line; stripes are the pattern of that id.
pub(crate) fn shape(out: &mut String, shape: &Shape, hatch: &str) {
    let _ = match shape {
        Shape::Rect { at: [x, y, wide, high], radius, look } => writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" rx=\"{radius}\" {}/>",
            attributes(look, hatch)
        ),
        Shape::Circle { at: (x, y), radius, look } => {
            writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.2}\" {}/>", attributes(look, hatch))
        }
        Shape::Path(path, look) => writeln!(out, "<path d=\"{}\" {}/>", outline(path), attributes(look, hatch)),
        Shape::Text(text) => writeln!(out, "{}", line(text)),
        Shape::Open(title) => writeln!(out, "<g><title>{}</title>", escape(title)),
        Shape::Close => writeln!(out, "</g>"),
    };
}

fn attributes(look: &Look, hatch: &str) -> String {
    let mut out = match look.fill {
        Fill::Nothing => "fill=\"none\"".to_owned(),
        Fill::Solid(colour) => format!("fill=\"{colour}\""),
        Fill::Hatch => format!("fill=\"url(#{hatch})\""),
    };
    if let Some(stroke) = &look.stroke {
        let _ = write!(out, " stroke=\"{}\" stroke-width=\"{:.2}\"", stroke.colour, stroke.width);
        if let Some((drawn, left_out)) = stroke.dash {
            let _ = write!(out, " stroke-dasharray=\"{drawn} {left_out}\"");
        }
        if stroke.round {
            out.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        }
    }
    out
}

fn outline(path: &Path) -> String {
    let mut out = String::new();
    for step in &path.steps {
        let _ = match step {
            Step::Move(x, y) => write!(out, "M{x:.1} {y:.1}"),
            Step::Line(x, y) => write!(out, "L{x:.1} {y:.1}"),
            Step::Curve([ax, ay, bx, by, x, y]) => write!(out, "C{ax:.1} {ay:.1} {bx:.1} {by:.1} {x:.1} {y:.1}"),
            Step::Close => write!(out, "z"),
        };
    }
    out
}

fn line(text: &Text) -> String {
    let face = match text.face {
        Face::Plain => String::new(),
        Face::Bold => " font-weight=\"600\"".to_owned(),
        Face::Slanted => " font-style=\"italic\"".to_owned(),
        Face::Title => format!(" font-family=\"{SERIF}\" font-weight=\"600\""),
    };
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{}\" fill=\"{}\"{anchor}{face}>{}</text>",
        text.x,
        text.y,
        text.size,
        text.colour,
        escape(&text.words)
    )
}

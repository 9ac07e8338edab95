//! What does a badge look like that brings no picture of its own? A gable with its name, on who awarded it and when.

use std::fmt::Write as _;

use stapel_credential::AchievementCredential;

use crate::language::Language;
use crate::lettering::{escape, plain, wrap};
use crate::tower::gable::{MIDDLE, stepped};
use crate::tower::palette;
use crate::tower::scene::{Anchor, Colour, Face, Look, Path, Shape, Stroke, Text};
use crate::tower::svg;

/// Width and height.
const SIDE: f64 = 2.0 * MIDDLE;
const EAVES: f64 = 286.0;

/// A plain picture of a badge, as an SVG document without scripts, fonts and ids: its name, its issuer and its day.
///
/// It carries no mark of approval: whether the badge is accepted is found by verifying it, and is true of a day.
pub fn badge_picture(badge: &AchievementCredential, language: Language) -> String {
    let achievement = &badge.credential_subject.achievement;
    let name = plain(&achievement.name);
    let issuer = plain(badge.issuer.name.as_deref().unwrap_or(badge.issuer.id.as_str()));
    let day = language.day_of(badge.award_instant());
    // Badges of one achievement look the same, and those of another mostly do not.
    let colour = palette::floor(achievement.id.as_str().bytes().map(usize::from).sum());
    let mut shapes = vec![
        Shape::Path(stepped([46.0, 108.0, 166.0], [34.0, 88.0, 132.0], EAVES), Look::solid(colour)),
        Shape::Circle { at: (MIDDLE, 70.0), radius: 19.0, look: Look::solid(palette::FLAG) },
        Shape::Path(Path::from(MIDDLE, 51.0).line(MIDDLE, 89.0), Look::line(Stroke::plain(colour, 3.0))),
        Shape::Path(Path::from(MIDDLE - 19.0, 70.0).line(MIDDLE + 19.0, 70.0), Look::line(Stroke::plain(colour, 3.0))),
        Shape::Rect { at: [18.0, EAVES + 4.0, SIDE - 36.0, 12.0], radius: 6.0, look: Look::solid(palette::SLAB) },
    ];
    let large = wrap(&name, 30.0, 290.0, 3);
    let (size, lines) =
        if large.iter().any(|line| line.contains('…')) { (22.0, wrap(&name, 22.0, 296.0, 5)) } else { (30.0, large) };
    // In the middle between the lowest step and the eaves.
    let leading = size * 1.2;
    let above = (EAVES - 132.0 - leading * count(lines.len())) / 2.0;
    shapes.extend(column(&lines, 132.0 + above, size, palette::ON_FILL, Face::Title));
    let lines = wrap(&issuer, 19.0, SIDE - 48.0, 2);
    let below = EAVES + 26.0 + 19.0 * 1.2 * count(lines.len());
    shapes.extend(column(&lines, EAVES + 26.0, 19.0, palette::INK, Face::Bold));
    shapes.extend(column(std::slice::from_ref(&day), below, 16.0, palette::QUIET, Face::Plain));
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE:.0} {SIDE:.0}\" role=\"img\" lang=\"{}\" font-family=\"{}\">",
        language.tag(),
        svg::SANS
    );
    let _ = writeln!(out, "<title>{}</title>\n<desc>{}, {day}</desc>", escape(&name), escape(&issuer));
    let _ = writeln!(out, "<rect width=\"{SIDE:.0}\" height=\"{SIDE:.0}\" rx=\"28\" fill=\"{}\"/>", palette::PAPER);
    for shape in &shapes {
        svg::shape(&mut out, shape, "");
    }
    out.push_str("</svg>\n");
    out
}

/// Lines in the middle, one below the other.
fn column(lines: &[String], top: f64, size: f64, colour: Colour, face: Face) -> Vec<Shape> {
    let shape = |(index, line): (usize, &String)| {
        let y = top + size * (0.95 + 1.2 * count(index));
        Shape::Text(Text { x: MIDDLE, y, size, colour, face, anchor: Anchor::Middle, words: line.clone() })
    };
    lines.iter().enumerate().map(shape).collect()
}

/// A handful of lines.
fn count(lines: usize) -> f64 {
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX))
}

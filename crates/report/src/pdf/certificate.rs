//! What stands on a printed certificate? What the badge states, and a code with which anyone checks it.

use pdf_writer::types::StructRole;
use stapel_credential::{AchievementCredential, EuFact};
use stapel_verifier::CheckKind;

use super::head::{self, BODY, Line};
use super::paper::{MARGIN, Paper, ROOM, Style};
use super::table::{CELL, STRONG};
use super::words as sheet;
use super::{CertificateHead, attached};
use crate::badge::{Fact, certificate_facts, kind};
use crate::language::Language;
use crate::qr::{Matrix, QrError};
use crate::tower::palette;
use crate::tower::scene::{Face, Look, Path, Shape};
use crate::words::{check, terms};

const LABELS: f64 = 118.0;
/// The least side of a code.
const CODE: f64 = 108.0;
/// The least side of its modules, 0.45 mm: what a phone reads from paper at arm's length.
const MODULE: f64 = 1.3;
const PADDING: f64 = 10.0;
const SMALL: Style = Style::new(Face::Plain, 8.5, palette::QUIET);
const LABEL: Style = Style::new(Face::Plain, 9.5, palette::QUIET);

pub(super) fn write(
    badge: &AchievementCredential,
    head: &CertificateHead<'_>,
    language: Language,
) -> Result<Vec<u8>, QrError> {
    let CertificateHead { holder, code, signed } = *head;
    let matrix = code.map(Matrix::for_paper).transpose()?;
    let title = &badge.credential_subject.achievement.name;
    let facts = certificate_facts(badge, language);
    let mut paper = Paper::new(language, sheet::presenter(language));
    let mut lines = Vec::new();
    if let Some(holder) = holder {
        let aside = sheet::name_as_given(language).to_owned();
        lines.push(Line { aside, ..Line::new(check(CheckKind::Holder, language), holder) });
    }
    let issuer = badge.issuer.name.clone().unwrap_or_else(|| badge.issuer.id.to_string());
    lines.push(Line::new(&terms::say(EuFact::AwardingBody, language), issuer));
    let day = language.day_of(badge.award_instant());
    lines.push(Line::new(&terms::say(EuFact::IssuingDate, language), day));
    let kind = kind(badge, language).unwrap_or_else(|| sheet::badge(language).to_owned());
    head::write_on_block(&mut paper, &kind, title, &lines);
    paper.y += 8.0;
    // Title and date stand in the head.
    for fact in facts.iter().filter(|fact| !matches!(fact.mandatory, Some(EuFact::Title | EuFact::IssuingDate))) {
        row(&mut paper, fact, language);
    }
    paper.rule(paper.y);
    paper.y += 18.0;
    proof(&mut paper, matrix.as_ref(), code, language);
    paper.attached = signed.map(attached).into_iter().collect();
    Ok(paper.finish(title, sheet::presenter(language)))
}

/// A label and what the badge states, a line or more for each value.
fn row(paper: &mut Paper, fact: &Fact, language: Language) {
    let nothing = [sheet::not_stated(language).to_owned()];
    let joined = [fact.values.join("; ")];
    // Short values share a line.
    let short = CELL.width(&joined[0]) <= ROOM - LABELS && !joined[0].contains(" · ");
    let values = match fact.values.as_slice() {
        [] => nothing.as_slice(),
        _ if short => joined.as_slice(),
        values => values,
    };
    for (index, value) in values.iter().enumerate() {
        let lines = CELL.wrap(value, ROOM - LABELS);
        paper.need(CELL.leading * super::count(lines.len()) + 6.0);
        if index == 0 {
            paper.rule(paper.y);
            paper.y += 4.0;
        } else {
            paper.y += 2.0;
        }
        paper.element(StructRole::P, |paper| {
            if index == 0 {
                paper.text(MARGIN, paper.y + CELL.size, LABEL, &fact.label);
            }
            for line in &lines {
                paper.text(MARGIN + LABELS, paper.y + CELL.size, CELL, line);
                paper.y += CELL.leading;
            }
        });
    }
    paper.y += 4.0;
}

/// The code, and what it and the paper prove.
fn proof(paper: &mut Paper, matrix: Option<&Matrix>, code: Option<&str>, language: Language) {
    let Some((matrix, code)) = matrix.zip(code) else {
        paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, sheet::presenter(language));
        return;
    };
    let side = CODE.max(MODULE * super::count(matrix.rows.len()));
    let high = side + 2.0 * PADDING;
    paper.need(high);
    let top = paper.y;
    paper.quietly(|paper| paper.bar([MARGIN, top, ROOM, high], 8.0, palette::PAPER));
    let told = format!("{} {code}", sheet::check(language));
    paper.told(StructRole::Figure, Some(told), |paper| modules(paper, matrix, side, (MARGIN + PADDING, top + PADDING)));
    let left = MARGIN + side + 2.0 * PADDING + 6.0;
    let room = MARGIN + ROOM - PADDING - left;
    paper.y = top + PADDING + 10.0;
    paper.paragraph(StructRole::P, Style { size: 11.5, leading: 15.5, ..STRONG }, left, room, sheet::check(language));
    paper.y += 2.0;
    paper.paragraph(StructRole::P, BODY, left, room, sheet::presenter(language));
    paper.y += 4.0;
    // The code's own text, as far as it fits beside the code.
    let lines = SMALL.wrap(code, room);
    let fits = (top + high - PADDING - paper.y) / SMALL.leading;
    if super::count(lines.len()) <= fits {
        paper.element(StructRole::P, |paper| {
            for line in &lines {
                paper.text(left, paper.y + SMALL.size, SMALL, line);
                paper.y += SMALL.leading;
            }
        });
    }
    paper.y = top + high;
}

/// The dark modules, on white.
fn modules(paper: &mut Paper, matrix: &Matrix, side: f64, (x, y): (f64, f64)) {
    let each = side / super::count(matrix.rows.len());
    paper.bar([x, y, side, side], 4.0, palette::WHITE);
    let mut dark: Option<Path> = None;
    for (index, row) in matrix.rows.iter().enumerate() {
        let (mut column, top) = (0, y + each * super::count(index));
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&true) {
                // A hair higher than a module, so that no printer leaves white between two rows.
                let at = [x + each * super::count(column), top, each * super::count(run.len()), each + 0.1];
                dark = Some(dark.map_or_else(|| Path::sharp(at), |path| path.and(Path::sharp(at))));
            }
            column += run.len();
        }
    }
    if let Some(dark) = dark {
        paper.shapes(&[Shape::Path(dark, Look::solid(palette::BLACK))], (0.0, 0.0), 1.0);
    }
}

//! What stands on the sheet of a bundle? Its theme and its badges, and that it claims no qualification.

use std::collections::BTreeSet;

use pdf_writer::types::StructRole;
use stapel_credential::{AchievementCredential, Bundle, EuFact};
use stapel_verifier::CheckKind;

use super::SheetHead;
use super::head::{self, BODY, Line};
use super::paper::{MARGIN, Paper, ROOM, Style};
use super::table::{CELL, Column, STRONG, Table};
use super::words as sheet;
use crate::badge::{mandatory_fact, sector};
use crate::language::Language;
use crate::lettering::{cut_by, wrap_by};
use crate::tower::scene::{Colour, Face};
use crate::tower::{filled, palette, sign, swatch};
use crate::view::BlockState;
use crate::words::{check, terms};

pub(super) fn write(
    bundle: &Bundle,
    badges: &[&AchievementCredential],
    head: &SheetHead<'_>,
    language: Language,
) -> Vec<u8> {
    let mut paper = Paper::new(language, sheet::no_claim(language));
    let issuers: BTreeSet<&str> = badges.iter().map(|badge| badge.issuer.id.as_str()).collect();
    let sectors: BTreeSet<String> = badges.iter().map(|badge| sector(badge, language)).collect();
    let lines = [
        Line::new(check(CheckKind::Holder, language), head.holder),
        Line::new(sheet::as_of(language), language.day(head.as_of)),
    ];
    let collected = sheet::collected(language, badges.len(), issuers.len());
    head::write(&mut paper, sheet::bundle(language), &bundle.title, &collected, &lines);
    paper.y += 6.0;
    if let Some(theme) = &bundle.theme {
        paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, theme);
        paper.y += 6.0;
    }
    paper.paragraph(StructRole::P, STRONG, MARGIN, ROOM, sheet::no_claim(language));
    paper.y += 16.0;
    let units: Vec<Unit<'_>> = badges.iter().map(|badge| Unit::of(badge, &sectors, language)).collect();
    wall(&mut paper, &units);
    paper.y += 18.0;
    let issuer = terms::say(EuFact::AwardingBody, language);
    let (level, workload) = (terms::say(EuFact::Level, language), terms::say(EuFact::Workload, language));
    let columns = [
        Column { head: sheet::badge(language), x: 26.0, room: 140.0, right: false },
        Column { head: &issuer, x: 176.0, room: 116.0, right: false },
        Column { head: sheet::sector(language), x: 302.0, room: 72.0, right: false },
        Column { head: &level, x: 382.0, room: 48.0, right: false },
        Column { head: &workload, x: 432.0, room: ROOM - 432.0, right: true },
    ];
    Table { columns: &columns }.write(&mut paper, |table, paper| {
        for unit in &units {
            let cells = [
                (STRONG, unit.name),
                (CELL, unit.issuer.as_str()),
                (CELL, unit.sector.as_str()),
                (CELL, &unit.level),
                (CELL, &unit.workload),
            ];
            table.row(paper, &swatch(BlockState::Filled, 0.0, 0.0, unit.colour), &cells);
        }
    });
    paper.finish(&bundle.title, sheet::no_claim(language))
}

/// A badge of the bundle, in words.
struct Unit<'a> {
    name: &'a str,
    issuer: String,
    sector: String,
    level: String,
    workload: String,
    /// A colour a sector; the sector's name stands in the table.
    colour: Colour,
}

impl<'a> Unit<'a> {
    fn of(badge: &'a AchievementCredential, sectors: &BTreeSet<String>, language: Language) -> Self {
        let sector = sector(badge, language);
        Self {
            name: &badge.credential_subject.achievement.name,
            issuer: badge.issuer.name.clone().unwrap_or_else(|| badge.issuer.id.to_string()),
            level: mandatory_fact(badge, EuFact::Level, language),
            workload: mandatory_fact(badge, EuFact::Workload, language),
            colour: palette::floor(sectors.iter().position(|known| *known == sector).unwrap_or(0)),
            sector,
        }
    }
}

/// A wall of blocks, two in a row: no gable stands on it.
fn wall(paper: &mut Paper, units: &[Unit<'_>]) {
    const GAP: f64 = 5.0;
    const INSIDE: f64 = 11.0;
    // The table has the whole name.
    const MOST: usize = 3;
    let wide = (ROOM - GAP) / 2.0;
    let name = Style::new(Face::Bold, 11.5, palette::ON_FILL);
    let under = Style::new(Face::Plain, 9.5, palette::ON_FILL);
    let names: Vec<&str> = units.iter().map(|unit| unit.name).collect();
    paper.told(StructRole::Figure, Some(names.join("; ")), |paper| {
        for row in units.chunks(2) {
            let lines: Vec<Vec<String>> = row
                .iter()
                .map(|unit| wrap_by(unit.name, wide - 2.0 * INSIDE, MOST, &|text| name.width(text)))
                .collect();
            let most = lines.iter().map(Vec::len).max().unwrap_or(1);
            let high = super::count(most) * name.leading + under.leading + 24.0;
            paper.need(high);
            let (top, mut x) = (paper.y, MARGIN);
            for (unit, lines) in row.iter().zip(&lines) {
                paper.shapes(&filled([x, top, wide, high], unit.colour), (0.0, 0.0), 1.0);
                for (index, line) in lines.iter().enumerate() {
                    let base = top + 9.0 + name.size + super::count(index) * name.leading;
                    paper.text(x + INSIDE, base, name, line);
                }
                let room = wide - 2.0 * INSIDE - 14.0;
                let issuer = cut_by(&unit.issuer, room, &|text| under.width(text));
                let base = top + high - 13.0;
                let tick = sign(BlockState::Filled, (x + INSIDE + 4.5, base - 3.2), 0.85, palette::ON_FILL);
                paper.shapes(&tick, (0.0, 0.0), 1.0);
                paper.text(x + INSIDE + 14.0, base, under, &issuer);
                x += wide + GAP;
            }
            paper.y = top + high + GAP;
        }
    });
}

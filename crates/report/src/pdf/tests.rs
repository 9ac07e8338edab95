//! Does every sheet stay within its margins, however long its texts and however many its parts?

#[path = "../../tests/support/printed.rs"]
#[allow(clippy::allow_attributes, unreachable_pub, dead_code, reason = "shared with the tests in tests/")]
mod printed;

use stapel_credential::{AchievementCredential, Bundle, CreditUnit, Credits, Day};

use super::paper::{HIGH, MARGIN, WIDE};
use super::widths::width;
use super::{CertificateHead, SheetHead, bundle_sheet, certificate};
use crate::language::Language;
use crate::tower::scene::Face;
use crate::view::{AwardView, Block, BlockState, Floor, Goal, Tally, UnusedView, View};
use printed::{Line, pages};

const FULL: &str = include_str!("../../../credential/tests/documents/full-badge.json");
const LONG: &str =
    "Ontwikkelingsgerichteondersteuningsplannen opstellen met de cliënt, WWWWWWWWWWWWWWWW en het netwerk";

fn head(holder: &str) -> SheetHead<'_> {
    SheetHead { holder, as_of: Day::parse("2026-11-22").unwrap() }
}

/// So many floors of so many parts, in all states.
fn programme(floors: u32, parts: u32, name: &str) -> View {
    let states = [
        BlockState::Filled,
        BlockState::Open,
        BlockState::Partly { have: 1, need: 3 },
        BlockState::Blocked,
        BlockState::Spare,
    ];
    let part = |number: u32| Block {
        name: format!("{name} {number}"),
        credits: Credits::from_hundredths(100 + 12_345 * (number % 7)),
        state: states[(number % 5) as usize],
        note: number.is_multiple_of(2).then(|| format!("“{name}”: Het niveau is NLQF 3, en NLQF 4 is nodig.")),
    };
    let floor = |number: u32| Floor {
        name: format!("B1-K{number} {name}"),
        asks: Some("kies 2 van 4".to_owned()),
        tally: Tally::Parts { have: 2, need: 4 },
        blocks: (0..parts).map(|part_number| part(number * parts + part_number)).collect(),
    };
    View {
        language: Language::Nl,
        programme: name.to_owned(),
        edition: "2026".to_owned(),
        illustrative: Some("Illustratief.".to_owned()),
        goal: Goal::Award(AwardView { name: name.to_owned(), kind: "mbo-diploma · NLQF 4".to_owned() }),
        complete: false,
        counted: Credits::whole(100),
        needed: Credits::whole(4800),
        met: 3,
        asked: floors * parts,
        unit: CreditUnit::Sbu,
        floors: (0..floors).map(floor).collect(),
        limits: Vec::new(),
        unused: vec![UnusedView { name: name.to_owned(), why: format!("{name}.") }],
    }
}

fn wide(line: &Line) -> f64 {
    width(&line.text, if line.bold { Face::Bold } else { Face::Plain }, line.size)
}

fn stays_within_the_margins(bytes: &[u8]) {
    for (page, lines) in pages(bytes).iter().enumerate() {
        for line in lines {
            let inside = line.x >= MARGIN - 0.01
                && line.x + wide(line) <= WIDE - MARGIN + 0.01
                && line.y >= 40.0
                && line.y + line.size <= HIGH - 60.0;
            assert!(inside, "page {}: {line:?} reaches {:.1}", page + 1, line.x + wide(line));
        }
    }
}

/// No line is written over another.
fn no_line_covers_another(bytes: &[u8]) {
    for lines in pages(bytes) {
        for (index, one) in lines.iter().enumerate() {
            for other in &lines[index + 1..] {
                let apart = one.x + wide(one) <= other.x
                    || other.x + wide(other) <= one.x
                    || (one.y - other.y).abs() >= 0.6 * one.size.min(other.size);
                assert!(apart, "{one:?} and {other:?}");
            }
        }
    }
}

fn sheets() -> Vec<Vec<u8>> {
    let mut badge = AchievementCredential::parse(FULL).unwrap();
    badge.credential_subject.achievement.name = LONG.repeat(3);
    badge.issuer.name = Some(LONG.repeat(2));
    let many = vec![&badge; 40];
    let bundle = Bundle { title: LONG.repeat(2), theme: Some(LONG.repeat(9)) };
    vec![
        programme(3, 4, "Zorg").progress_sheet(&head("Michelle")),
        programme(6, 10, "Module van de opleiding").progress_sheet(&head("Michelle")),
        programme(9, 7, LONG).progress_sheet(&head(LONG)),
        programme(0, 0, "").progress_sheet(&head("")),
        certificate(
            &badge,
            &CertificateHead { holder: Some(LONG), code: Some(&"https://controle.example/".repeat(60)), signed: None },
            Language::En,
        )
        .unwrap(),
        bundle_sheet(&bundle, &many, &head(LONG), Language::En),
    ]
}

#[test]
fn no_text_leaves_the_margins() {
    for sheet in sheets() {
        stays_within_the_margins(&sheet);
    }
}

#[test]
fn no_text_covers_another() {
    for sheet in sheets() {
        no_line_covers_another(&sheet);
    }
}

#[test]
fn a_long_programme_takes_as_many_pages_as_it_needs() {
    let count = |floors, parts| pages(&programme(floors, parts, "Module").progress_sheet(&head("Michelle"))).len();
    assert_eq!((count(2, 3), count(6, 10), count(12, 20)), (2, 6, 17));
    let sheet = programme(6, 10, "Module").progress_sheet(&head("Michelle"));
    for (index, lines) in pages(&sheet).iter().enumerate() {
        assert_eq!(lines.last().unwrap().text, format!("pagina {} van 6", index + 1));
    }
}

#[test]
fn every_part_stands_in_the_tower_and_in_the_table() {
    let view = programme(6, 10, "Module");
    let text: Vec<String> =
        pages(&view.progress_sheet(&head("Michelle"))).concat().into_iter().map(|line| line.text).collect();
    for block in view.floors.iter().flat_map(|floor| &floor.blocks) {
        assert_eq!(text.iter().filter(|line| **line == block.name).count(), 2, "{}", block.name);
    }
}

#[test]
fn a_page_that_goes_on_repeats_the_head_of_its_table() {
    let all = pages(&programme(6, 10, "Module").progress_sheet(&head("Michelle")));
    let tables: Vec<bool> = all.iter().map(|lines| lines.iter().any(|line| line.text == "Omvang")).collect();
    assert_eq!(tables, [false, false, true, true, true, false]);
}

#[test]
fn a_name_that_the_font_lacks_is_kept_for_reading_aloud() {
    let sheet = programme(1, 1, "Zorg").progress_sheet(&head("Şahin Łukasz"));
    assert!(pages(&sheet)[0].iter().any(|line| line.text == "Sahin Lukasz"));
    // UTF-16 with its mark (ISO 32000-1 §7.9.2.2): U+015E first.
    let written = String::from_utf8_lossy(&sheet).into_owned();
    assert!(written.contains("/ActualText<FEFF015E"), "{}", written.split("ActualText").nth(1).unwrap_or_default());
}

#[test]
fn a_text_without_end_is_cut_in_time() {
    let mut badge = AchievementCredential::parse(FULL).unwrap();
    badge.credential_subject.achievement.name = "a".repeat(200_000);
    badge.issuer.name = Some("een ".repeat(50_000));
    let sheet = certificate(&badge, &CertificateHead { holder: None, code: None, signed: None }, Language::Nl).unwrap();
    assert!(pages(&sheet).len() < 10, "{} pages", pages(&sheet).len());
}

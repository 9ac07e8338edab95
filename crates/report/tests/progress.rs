//! Does a real progress, found from signed badges, become the right words and pictures?

mod support;

use stapel_credential::{Ask, Question};
use stapel_report::view::{BlockState, Goal, Tally, View};
use stapel_report::{Language, bars, progress_lines, tower_svg};
use support::{jochem, michelle, michelle_answers};

#[test]
fn a_whole_diploma_is_a_complete_tower_that_confers_nothing() {
    let progress = jochem(12);
    assert!(progress.complete);
    let view = View::of(&progress, Language::Nl);
    assert_eq!((view.met, view.asked), (12, 12));
    assert!(view.floors.iter().flat_map(|floor| &floor.blocks).all(|block| block.state == BlockState::Filled));
    let svg = tower_svg(&progress, Language::Nl);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let told: String = document.descendants().filter_map(|node| node.text()).collect();
    assert!(told.contains("Alles is aangetoond. Uitreiken kan alleen de instelling."), "{told}");
    for language in Language::ALL {
        let said = tower_svg(&progress, language) + &bars(&progress, language, 80, false);
        for word in ["awarded", "Awarded", "uitgereikt", "Uitgereikt", "gediplomeerd"] {
            assert!(!said.contains(word), "{word}");
        }
    }
}

#[test]
fn every_part_stands_in_the_tower_once() {
    let svg = tower_svg(&jochem(5), Language::Nl);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let titles: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("g"))
        .filter_map(|node| node.children().find(|child| child.has_tag_name("title"))?.text())
        .collect();
    assert_eq!(titles.len(), 12);
    assert_eq!(titles.iter().filter(|title| title.contains("aangetoond – “")).count(), 5, "{titles:?}");
    assert!(
        titles.contains(&"Medicatie bewaken, 480 SBU: aangetoond – “Medicatie bewaken”, 1 juli 2026."),
        "{titles:?}"
    );
    assert!(titles.contains(&"Beroepspraktijkvorming, 480 SBU: nog open."), "{titles:?}");
}

#[test]
fn floors_follow_the_requirements_and_choices_leave_spare_blocks() {
    let view = View::of(&michelle(), Language::Nl);
    let floors: Vec<String> =
        view.floors.iter().map(|floor| format!("{} {:?} {:?}", floor.name, floor.asks, floor.tally)).collect();
    assert_eq!(
        floors,
        [
            "B1-K1 Zorg en ondersteuning verlenen None Parts { have: 3, need: 3 }",
            "B1-K2 Zorg organiseren None Parts { have: 0, need: 2 }",
            "B1-K3 Eén verdieping van drie Some(\"kies 1 van 3\") Parts { have: 1, need: 1 }",
            "Keuzedelen None Credits { have: Credits(24000), need: Credits(48000) }",
        ]
    );
    let states: Vec<BlockState> = view.floors[2].blocks.iter().map(|block| block.state).collect();
    assert_eq!(states, [BlockState::Spare, BlockState::Filled, BlockState::Spare]);
    let pool: Vec<(&str, BlockState)> =
        view.floors[3].blocks.iter().map(|block| (block.name.as_str(), block.state)).collect();
    assert_eq!(pool, [("Zorg en technologie", BlockState::Filled), ("Nog vrij te kiezen", BlockState::Open)]);
    assert!(matches!(view.floors[3].tally, Tally::Credits { .. }));
    let blocked = &view.floors[1].blocks[1];
    assert_eq!(blocked.state, BlockState::Blocked);
    assert_eq!(blocked.note.as_deref(), Some("“Kwaliteit en veiligheid”: Het niveau is NLQF 3, en NLQF 4 is nodig."));
    let Goal::Award(award) = &view.goal else { panic!("no award") };
    assert_eq!(award.kind, "mbo-diploma · NLQF 4 · crebo 25655");
}

/// Of a programme there is mostly more than was asked, and of a core task more than one part.
#[test]
fn an_answer_about_a_part_is_no_progress_in_the_whole() {
    let asked = |ask| michelle_answers(&Question { programme: None, ask });
    let part = asked(Ask::Part("zorg-01".to_owned()));
    let view = View::of(&part, Language::Nl);
    assert_eq!((view.goal, view.complete, view.floors.len()), (Goal::Answer, true, 1));
    assert_eq!(view.floors[0].name, "Het gevraagde onderdeel");
    let said = bars(&part, Language::Nl, 80, false) + &tower_svg(&part, Language::Nl);
    assert!(said.contains("Gevraagd ") && said.contains("1 van 1 gevraagd") && !said.contains("Totaal"), "{said}");
    assert!(!said.contains("B1-K1") && said.contains("meer is niet gevraagd"), "{said}");
    let group = asked(Ask::Group("B1-K1".to_owned()));
    let said = bars(&group, Language::En, 80, false) + &tower_svg(&group, Language::En);
    assert!(
        said.contains("B1-K1") && said.contains("3 of 3 asked") && said.contains("nothing else was asked"),
        "{said}"
    );
}

#[test]
fn the_bars_say_what_counts_what_is_missing_and_what_does_not_count() {
    assert_eq!(bars(&michelle(), Language::Nl, 80, false), include_str!("expected/michelle-nl.txt"));
    assert_eq!(bars(&michelle(), Language::En, 60, false), include_str!("expected/michelle-en.txt"));
}

#[test]
fn colour_adds_nothing_but_colour() {
    let progress = michelle();
    let coloured = bars(&progress, Language::Nl, 80, true);
    assert!(coloured.contains("\u{1b}[32m"));
    let mut plain = String::new();
    for piece in coloured.split('\u{1b}') {
        plain.push_str(if plain.is_empty() && !coloured.starts_with('\u{1b}') {
            piece
        } else {
            piece.split_once('m').map_or(piece, |(_, rest)| rest)
        });
    }
    assert_eq!(plain, bars(&progress, Language::Nl, 80, false));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 60, 80, 100] {
        for line in bars(&michelle(), Language::Nl, width, false).lines() {
            assert!(line.chars().count() <= width, "{width}: {line:?}");
        }
    }
}

#[test]
fn the_pictures_of_the_documentation_are_up_to_date() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/pictures/");
    for (name, bytes) in support::pictures::all() {
        let kept = std::fs::read(format!("{folder}{name}")).unwrap();
        assert!(kept == bytes, "{name} differs: cargo run -p stapel-report --example pictures -- docs/pictures");
    }
}

#[test]
fn who_listens_hears_words_and_no_drawings() {
    for (language, achieved, open) in
        [(Language::Nl, ", behaald", ": nog open"), (Language::En, ", achieved", ": still open")]
    {
        let lines = progress_lines(&michelle(), language);
        let all = lines.join("\n");
        assert!(!all.contains(['█', '░', '✓', '◐', '○', '⊘', '←', '•']) && !all.contains("  "), "{all}");
        assert!(all.contains(achieved) || all.contains(": behaald") || all.contains(": achieved"), "{all}");
        assert!(all.contains(open), "{all}");
        // Nothing that is drawn is left unsaid: each word of the bars is among what is read aloud.
        let drawn = bars(&michelle(), language, 120, false);
        for word in drawn.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)) {
            assert!(all.contains(word), "{word} is not said: {all}");
        }
    }
}

//! Is every tower well-formed, complete without colour, and safe against hostile names?

use roxmltree::Document;
use stapel_credential::{CreditUnit, Credits};
use stapel_report::Language;
use stapel_report::view::{AwardView, Block, BlockState, Floor, Goal, Tally, View};

fn block(name: &str, credits: u32, state: BlockState) -> Block {
    Block { name: name.to_owned(), credits: Credits::whole(credits), state, note: None }
}

fn floor(name: &str, blocks: Vec<Block>) -> Floor {
    let need = blocks.iter().filter(|block| block.state != BlockState::Spare).count();
    let have = blocks.iter().filter(|block| block.state == BlockState::Filled).count();
    Floor { name: name.to_owned(), asks: None, tally: Tally::Parts { have, need }, blocks }
}

fn view(language: Language, award: Option<(&str, &str)>, floors: Vec<Floor>) -> View {
    let all = || floors.iter().flat_map(|floor| &floor.blocks).filter(|block| block.state != BlockState::Spare);
    let counted = all().filter(|block| block.state == BlockState::Filled).map(|block| block.credits).sum();
    let needed = all().map(|block| block.credits).sum();
    let complete = floors.iter().all(|floor| floor.tally.is_met());
    View {
        language,
        programme: award.map_or("Samen bouwen met hout", |(name, _)| name).to_owned(),
        edition: "2026".to_owned(),
        illustrative: None,
        goal: award.map_or(Goal::NoAward, |(name, kind)| {
            Goal::Award(AwardView { name: name.to_owned(), kind: kind.to_owned() })
        }),
        met: u32::try_from(all().filter(|block| block.state == BlockState::Filled).count()).unwrap_or(u32::MAX),
        asked: u32::try_from(all().count()).unwrap_or(u32::MAX),
        complete,
        counted,
        needed,
        unit: CreditUnit::Sbu,
        floors,
        limits: Vec::new(),
        unused: Vec::new(),
    }
}

/// A programme with a pool and a choice.
fn pool() -> View {
    let mut view = view(
        Language::Nl,
        Some(("Technicus Smart Energy", "branchecertificaat · NLQF 4")),
        vec![
            floor(
                "Basis",
                vec![
                    block("Elektrotechniek", 12, BlockState::Filled),
                    block("Meten en regelen", 6, BlockState::Filled),
                ],
            ),
            floor(
                "Specialisatie",
                vec![
                    block("Warmtepompen", 8, BlockState::Filled),
                    block("Zonnestroom", 8, BlockState::Spare),
                    block("Batterijopslag", 8, BlockState::Spare),
                ],
            ),
            Floor {
                name: "Vrije ruimte rond energietransitie".to_owned(),
                asks: None,
                tally: Tally::Credits { have: Credits::from_hundredths(750), need: Credits::whole(15) },
                blocks: vec![
                    block("Waterstof in de praktijk", 5, BlockState::Filled),
                    Block {
                        credits: Credits::from_hundredths(250),
                        ..block("Data van slimme meters", 1, BlockState::Filled)
                    },
                    Block {
                        credits: Credits::from_hundredths(750),
                        ..block("Nog vrij te kiezen", 1, BlockState::Open)
                    },
                ],
            },
        ],
    );
    view.unit = CreditUnit::Ec;
    view
}

const LONG_NAME: &str =
    "Ontwikkelingsgerichteondersteuningsplannen opstellen met de cliënt en het netwerk rond de cliënt";
const HOSTILE: &str = "</title><script>alert(\"x\")</script>&<a href='javascript:x'>\u{202e}";

/// Long and hostile names, a part that is partly there, one that is blocked.
fn long() -> View {
    view(
        Language::Nl,
        Some((
            "Persoonlijk begeleider specifieke doelgroepen in de gehandicaptenzorg en de maatschappelijke ondersteuning van gezinnen",
            "mbo-certificaat (specialistisch) · NLQF 4 · crebo 25655 · uitgebreid",
        )),
        vec![
            floor(
                "B1-K1 Bieden van ondersteuning bij ontwikkelingsgericht leven, wonen, werken en vrijetijdsbesteding aan specifieke doelgroepen",
                vec![
                    block("Inventariseert ondersteuningsvragen", 40, BlockState::Filled),
                    block(LONG_NAME, 40, BlockState::Blocked),
                    block("Aanvullende beroepspraktijkvorming", 120, BlockState::Partly { have: 80, need: 120 }),
                ],
            ),
            floor(HOSTILE, vec![block(HOSTILE, 2, BlockState::Open), block("A&B <i>", 4, BlockState::Filled)]),
        ],
    )
}

fn sixty() -> View {
    let state = |part: u32, group: u32| {
        if (part * 3 + group * 5) % 7 < 4 { BlockState::Filled } else { BlockState::Open }
    };
    let group = |group: u32| {
        let part = |part: u32| {
            block(
                &format!("Module {}.{} van de opleiding", group + 1, part + 1),
                3 + (part * 7 + group) % 4,
                state(part, group),
            )
        };
        floor(&format!("Kerntaak {}", group + 1), (0..10).map(part).collect())
    };
    view(Language::Nl, Some(("Bachelor Elektrotechniek", "hbo-bachelor · NLQF 6")), (0..6).map(group).collect())
}

fn no_award() -> View {
    let blocks = vec![block("Houtbouw", 120, BlockState::Filled), block("Circulair ontwerp", 120, BlockState::Filled)];
    view(Language::Nl, None, vec![floor("Modules", blocks)])
}

fn empty() -> View {
    view(Language::En, Some(("Nothing", "certificate")), Vec::new())
}

fn all() -> Vec<View> {
    vec![pool(), long(), sixty(), no_award(), empty()]
}

#[test]
fn every_tower_is_well_formed_and_tells_itself() {
    for view in all() {
        let svg = view.tower_svg();
        let document = Document::parse(&svg).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        assert!(root.attribute("viewBox").unwrap().starts_with("0 0 400 "));
        let ids: Vec<&str> = root.attribute("aria-labelledby").unwrap().split(' ').collect();
        for id in ids {
            let told = document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
            assert!(told.text().is_some_and(|text| text.len() > 20));
        }
        let desc = document.descendants().find(|node| node.has_tag_name("desc")).unwrap().text().unwrap();
        for block in view.floors.iter().flat_map(|floor| &floor.blocks).filter(|block| block.name != HOSTILE) {
            assert!(desc.contains(&block.name), "{} is not told", block.name);
        }
    }
}

#[test]
fn a_tower_runs_nothing_and_fetches_nothing() {
    for view in all() {
        let svg = view.tower_svg();
        let document = Document::parse(&svg).unwrap();
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            assert!(
                ["svg", "title", "desc", "defs", "pattern", "rect", "g", "path", "text", "circle"].contains(&name),
                "{name}"
            );
            for attribute in node.attributes() {
                assert!(
                    !attribute.name().starts_with("on") && !attribute.name().contains("href"),
                    "{}",
                    attribute.name()
                );
                assert!(!attribute.value().contains("url(") || attribute.value().starts_with("url(#h"));
            }
        }
        assert!(!svg.contains('\u{202e}'));
    }
}

#[test]
fn a_name_that_is_cut_stands_in_full_in_its_title() {
    let svg = long().tower_svg();
    let document = Document::parse(&svg).unwrap();
    let drawn: Vec<&str> =
        document.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
    assert!(drawn.iter().any(|text| text.ends_with('…')), "{drawn:?}");
    assert!(
        document
            .descendants()
            .any(|node| node.has_tag_name("title") && node.text().is_some_and(|text| text.starts_with(LONG_NAME)))
    );
}

#[test]
fn every_state_has_its_own_pattern_and_sign() {
    // The look of one block by state: everything but its place and colour.
    let look = |state: BlockState| {
        let svg = view(Language::Nl, None, vec![floor("Eén", vec![block("Naam", 10, state)])]).tower_svg();
        let document = Document::parse(&svg).unwrap();
        let group = document
            .descendants()
            .find(|node| node.has_tag_name("g") && node.children().any(|child| child.has_tag_name("title")))
            .unwrap();
        group
            .descendants()
            .filter(|node| ["rect", "path", "circle"].contains(&node.tag_name().name()))
            .map(|node| {
                format!(
                    "{} {:?} {:?} {:?}",
                    node.tag_name().name(),
                    node.attribute("stroke-dasharray"),
                    node.attribute("d").filter(|path| path.len() < 40),
                    node.attribute("fill").map(|fill| fill.starts_with("url")),
                )
            })
            .collect::<Vec<_>>()
    };
    let states = [
        BlockState::Filled,
        BlockState::Partly { have: 1, need: 2 },
        BlockState::Open,
        BlockState::Blocked,
        BlockState::Spare,
    ];
    for (index, one) in states.iter().enumerate() {
        for other in &states[index + 1..] {
            assert_ne!(look(*one), look(*other), "{one:?} and {other:?}");
        }
    }
}

#[test]
fn the_legend_names_every_state() {
    let svg = pool().tower_svg();
    for word in ["aangetoond", "deels", "nog open", "telt nu niet", "niet nodig"] {
        assert!(svg.contains(&format!(">{word}</text>")), "{word}");
    }
}

#[test]
fn nothing_suggests_an_award_where_there_is_none() {
    let svg = no_award().tower_svg();
    assert!(svg.contains("Dit programma leidt niet tot een diploma."));
    assert!(!svg.contains("#c8882b"), "no flag");
}

#[test]
fn no_block_leaves_the_picture_or_covers_another() {
    for view in all() {
        let svg = view.tower_svg();
        let document = Document::parse(&svg).unwrap();
        let number = |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let blocks: Vec<[f64; 4]> = document
            .descendants()
            .filter(|node| node.has_tag_name("g"))
            .filter_map(|node| node.children().find(|child| child.has_tag_name("rect")))
            .map(|rect| ["x", "y", "width", "height"].map(|name| number(&rect, name)))
            .collect();
        for (index, [x, y, wide, high]) in blocks.iter().enumerate() {
            assert!(*x >= 14.0 && x + wide <= 386.5, "{x} {wide}");
            for [left, top, width, height] in &blocks[index + 1..] {
                let apart = x + wide <= *left || left + width <= *x || y + high <= *top || top + height <= *y;
                assert!(apart, "two blocks overlap");
            }
        }
    }
}

#[test]
fn two_towers_on_one_page_do_not_share_ids() {
    let ids = |view: &View| {
        let svg = view.tower_svg();
        let document = Document::parse(&svg).unwrap();
        document.descendants().filter_map(|node| node.attribute("id").map(str::to_owned)).collect::<Vec<_>>()
    };
    assert!(ids(&pool()).iter().all(|id| !ids(&long()).contains(id)));
}

#[test]
fn what_a_block_is_worth_is_never_cut() {
    for amount in [3, 320, 1600, 12_345, 1_234_567] {
        let states = [BlockState::Filled, BlockState::Partly { have: 1, need: 2 }, BlockState::Open, BlockState::Spare];
        let blocks =
            states.map(|state| Block { credits: Credits::from_hundredths(amount), ..block("Zorg", 1, state) }).to_vec();
        let floors = (0..9).map(|number| floor(&format!("Kerntaak {number}"), blocks.clone())).collect();
        let svg = view(Language::Nl, None, floors).tower_svg();
        let worth = format!(">{}</text>", Language::Nl.credits(Credits::from_hundredths(amount), CreditUnit::Sbu));
        assert_eq!(svg.matches(&worth).count(), 36, "{worth}");
    }
}

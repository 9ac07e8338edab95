//! Can the language say every stacking pattern of the 36 projects? S1 to S3, S5 to S7, S9, S10, S13 to S15, each as a small
//! programme and what badges come to in it; S4, S8, S11 and S12 stand in `patterns_levels`.

use stapel_credential::Question;
use stapel_report::Language;
use stapel_report::view::{Goal, View};
use stapel_tests::town::Town;

/// A purse with a badge for each of these parts, as the programme wants them.
macro_rules! with {
    ($town:expr, $($part:expr),* $(,)?) => { $town.purse(vec![$($town.badge($part)),*]) };
}
pub(crate) use with;

#[test]
fn s1_certificates_give_exemptions_inside_an_existing_diploma_programme() {
    let town = Town::of("patterns/s01.json");
    let certificate = |name: &str| {
        town.badge("a")
            .says("id", format!("urn:achievement:{name}").into())
            .says("name", name.into())
            .id(&format!("urn:badge:{name}"))
    };
    let held = || town.purse(vec![certificate("x"), certificate("y"), town.badge("d")]);
    assert_eq!(
        held().toward("diploma"),
        [
            "not complete",
            "open a",
            "open b",
            "open c",
            "met d",
            "limit vrijstellingen: 0 of at most 720",
            "unused x: nothing in this programme asks for it",
            "unused y: nothing in this programme asks for it",
        ],
        "without the board's decision a certificate is no exemption"
    );
    assert_eq!(
        held().exempt(&["a", "b"], &["urn:badge:x"]).exempt(&["c"], &["urn:badge:y"]).toward("diploma"),
        [
            "complete",
            "met a by exemption",
            "met b by exemption",
            "met c by exemption",
            "met d",
            "limit vrijstellingen: 720 of at most 720",
            "unused x: urn:decision:a+b of BOARD rests on it already, and a badge counts once",
            "unused y: urn:decision:c of BOARD rests on it already, and a badge counts once",
        ]
    );
    assert_eq!(
        with!(town, "a").exempt(&["a", "b", "c", "d"], &[]).toward("diploma"),
        [
            "complete",
            "met a",
            "met b by exemption",
            "met c by exemption",
            "met d by exemption",
            "limit vrijstellingen: 720 of at most 720",
        ]
    );
    assert_eq!(
        town.purse(Vec::new()).exempt(&["a", "b", "c", "d"], &[]).toward("diploma"),
        [
            "not complete",
            "met a by exemption",
            "met b by exemption",
            "met c by exemption",
            "blocked d: at most 720 credits of vrijstellingen count",
            "limit vrijstellingen: 720 of at most 720",
        ],
        "no more is exempt than the programme allows, whatever the board decided"
    );
}

#[test]
fn s2_modules_give_mbo_certificates_and_a_diploma_only_with_its_own_requirements() {
    let town = Town::of("patterns/s02.json");
    let three = with!(town, "a", "b", "c");
    assert_eq!(three.toward("certificaat-1")[0], "complete");
    assert_eq!(three.toward("certificaat-2")[0], "complete");
    assert_eq!(three.toward("diploma"), ["not complete", "met a", "met b", "met c", "open nederlands", "open examen"]);
    let all = with!(town, "a", "b", "c", "nederlands", "examen");
    assert_eq!(all.toward("diploma")[0], "complete");
}

#[test]
fn s3_a_badge_per_module_is_worth_something_when_one_stops_midway() {
    let town = Town::of("patterns/s03.json");
    assert_eq!(
        with!(town, "b").toward("certificaat"),
        ["not complete", "open a", "met b", "open c", "open d", "requirement twee: 1 of 2"]
    );
    let two = with!(town, "b", "d");
    assert_eq!(two.toward("certificaat"), ["complete", "open a", "met b", "open c", "met d"]);
    assert_eq!(two.toward("diploma"), ["not complete", "open a", "met b", "open c", "met d"]);
    assert_eq!(with!(town, "a", "b", "c", "d").toward("diploma")[0], "complete");
}

#[test]
fn s5_all_modules_give_the_diploma_and_some_have_value_alone() {
    let town = Town::of("patterns/s05.json");
    let welder = with!(town, "lassen");
    assert_eq!(welder.toward("lassen"), ["complete", "met lassen"]);
    assert_eq!(
        welder.toward("draaien"),
        ["not complete", "open draaien", "unused lassen: it fits lassen, which is not asked for here"]
    );
    assert_eq!(welder.toward("diploma"), ["not complete", "met lassen", "open draaien", "open burgerschap"]);
    let alone: Vec<&str> = town.rules().awards.iter().map(|award| award.id.as_str()).collect();
    assert_eq!(alone, ["lassen", "draaien", "diploma"], "citizenship alone leads to nothing");
}

#[test]
fn s6_the_same_modules_count_separately_and_together() {
    let town = Town::of("patterns/s06.json");
    let held = with!(town, "a", "c");
    for (award, line) in [("module-a", "complete"), ("module-b", "not complete"), ("module-c", "complete")] {
        assert_eq!(held.toward(award)[0], line, "{award}");
    }
    assert_eq!(held.toward("diploma"), ["not complete", "met a", "open b", "met c"]);
}

#[test]
fn s7_the_rules_change_and_each_edition_counts_by_its_own() {
    let (before, after) = (Town::of("patterns/s07-2024.json"), Town::of("patterns/s07.json"));
    let decision = || before.decision(&["kern"], &[]);
    assert_eq!(
        with!(before, "praktijk").with_decision(decision()).toward("diploma"),
        ["complete", "met kern by exemption", "met praktijk"]
    );
    assert_eq!(
        with!(after, "praktijk").with_decision(decision()).toward("diploma"),
        [
            "not complete",
            "open kern-1",
            "open kern-2",
            "met praktijk",
            "unused urn:decision:kern: the decision is about edition \"2024\" with other rules than these",
        ]
    );
    assert_eq!(
        after.purse(vec![before.badge("kern"), after.badge("praktijk")]).toward("diploma"),
        ["complete", "met kern-1", "met kern-2", "met praktijk"],
        "what showed the old part shows both new ones, by the transition"
    );
    assert_eq!(with!(after, "kern-1", "kern-2", "praktijk").toward("diploma")[0], "complete");
}

#[test]
fn s9_several_awards_come_from_the_same_parts() {
    let town = Town::of("patterns/s09.json");
    let held = with!(town, "a", "b");
    let answers: Vec<String> = ["verklaring", "mbo-certificaat", "branche", "diploma"]
        .iter()
        .map(|award| held.toward(award)[0].clone())
        .collect();
    assert_eq!(answers, ["complete", "complete", "complete", "not complete"]);
    assert_eq!(held.toward("diploma"), ["not complete", "met a", "met b", "open c"]);
    assert_eq!(
        with!(town, "c").toward("branche"),
        ["not complete", "open b", "unused c: it fits c, which is not asked for here"]
    );
}

#[test]
fn s10_four_modules_that_stand_alone_are_one_programme() {
    let town = Town::of("patterns/s10.json");
    let held = with!(town, "a", "b", "c");
    assert_eq!(
        held.toward("certificaat-c"),
        [
            "complete",
            "met c",
            "unused a: it fits a, which is not asked for here",
            "unused b: it fits b, which is not asked for here"
        ]
    );
    assert_eq!(held.toward("opleiding"), ["not complete", "met a", "met b", "met c", "open d"]);
    assert_eq!(with!(town, "a", "b", "c", "d").toward("opleiding")[0], "complete");
}

#[test]
fn s13_the_board_decides_on_evidence_and_only_the_gaps_are_proven() {
    let town = Town::of("patterns/s13.json");
    let decided = || town.purse(Vec::new()).exempt(&["a", "b", "c", "d", "f"], &[]);
    assert_eq!(
        decided().toward("diploma"),
        [
            "not complete",
            "met a by exemption",
            "met b by exemption",
            "met c by exemption",
            "met d by exemption",
            "open e",
            "open f",
        ],
        "no decision exempts from f"
    );
    assert_eq!(with!(town, "e", "f").exempt(&["a", "b", "c", "d"], &[]).toward("diploma")[0], "complete");
}

#[test]
fn s14_a_diploma_a_sector_statement_and_a_certificate_stand_side_by_side() {
    let town = Town::of("patterns/s14.json");
    let safe = town.badge("vca").by("BRANCH");
    let held = town.purse(vec![town.badge("a"), town.badge("b"), safe.clone()]);
    assert_eq!(
        held.toward("branche"),
        ["complete", "met a", "met vca", "unused b: it fits b, which is not asked for here"]
    );
    assert_eq!(held.toward("mbo-certificaat")[0], "complete");
    assert_eq!(
        held.toward("diploma"),
        ["not complete", "met a", "met b", "open c", "unused vca: it fits vca, which is not asked for here"]
    );
    let by_school = town.purse(vec![town.badge("a"), safe.clone().by("ISSUER")]);
    assert_eq!(
        by_school.toward("branche"),
        ["not complete", "met a", "blocked vca: its issuer was not of a kind that is asked: sector"],
        "what a sector recognises, a school does not state"
    );
    let old = town.purse(vec![town.badge("a"), safe.awarded("2016-01-04")]);
    assert_eq!(
        old.toward("branche"),
        ["not complete", "met a", "blocked vca: it was awarded on 2016-01-04, 3975 days ago; at most 3650 are allowed"]
    );
}

#[test]
fn s15_a_route_without_an_award_says_how_far_it_is_and_names_none() {
    let town = Town::of("patterns/s15.json");
    let found = with!(town, "a", "b", "c").found(None);
    assert!(found.progress.award.is_none());
    assert_eq!(found.plan.ask, Question::progress(None).ask);
    assert_eq!(stapel_tests::told::told(&found.progress), ["complete", "met a", "met b", "met c"]);
    let text = stapel_tests::town::fixture("patterns/s15.json").to_lowercase();
    for language in [Language::Nl, Language::En] {
        let tower = stapel_report::tower_svg(&found.progress, language).to_lowercase();
        assert_eq!(View::of(&found.progress, language).goal, Goal::NoAward);
        let said = ["dit programma leidt niet tot een diploma.", "this programme does not lead to a diploma."];
        assert!(said.iter().any(|sentence| tower.contains(sentence)), "{tower}");
        let told = said.iter().fold(tower, |told, sentence| told.replace(sentence, ""));
        for word in ["diploma", "certifica", "kwalificatie", "qualification"] {
            assert!(!told.contains(word), "{language:?}: {word} in {told}");
            assert!(!text.contains(word), "{word}");
        }
    }
}

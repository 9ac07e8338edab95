//! Can the language say the patterns of levels and ladders: S4, S8, S11 and S12?

use stapel_credential::Rule;
use stapel_tests::draft::Draft;
use stapel_tests::town::Town;

use crate::patterns::with;

#[test]
fn s4_units_of_a_level_build_up_to_the_diploma_of_that_level() {
    let town = Town::of("patterns/s04.json");
    let held = with!(town, "2a", "2b", "3a");
    assert_eq!(held.toward("niveau-2")[..3], ["complete", "met 2a", "met 2b"]);
    assert_eq!(held.toward("niveau-3")[..3], ["not complete", "met 3a", "open 3b"]);
    let low = town.purse(vec![town.badge("3a").level("NLQF 2"), town.badge("3b")]);
    assert_eq!(low.toward("niveau-3"), ["not complete", "blocked 3a: its level NLQF 2 is lower than NLQF 3", "met 3b"]);
    let european = town.purse(vec![town.badge("3a").level("EQF 7"), town.badge("3b").level("NLQF 4")]);
    assert_eq!(
        european.toward("niveau-3"),
        [
            "not complete",
            "blocked 3a: its level EQF 7 cannot be compared with NLQF 3: levels of different frameworks are never converted",
            "met 3b",
        ],
        "a higher level is enough, another framework is none"
    );
}

/// The mbo certificate that the second rung asks to be held.
fn certificate(town: &Town) -> Draft {
    let diploma = town.rules().find_award("diploma").expect("the diploma");
    let Rule::All(of) = &diploma.requirement.rule else { panic!("{diploma:?}") };
    let Rule::Award(wanted) = &of[0].rule else { panic!("{of:?}") };
    town.badge_for("mbo-certificaat", wanted)
}

#[test]
fn s8_the_ladder_goes_from_testimonia_to_a_certificate_and_if_one_wants_to_the_diploma() {
    let town = Town::of("patterns/s08.json");
    assert_eq!(with!(town, "t1", "t2").toward("certificaat"), ["not complete", "met t1", "met t2", "open t3"]);
    let rung = with!(town, "t1", "t2", "t3");
    assert_eq!(rung.toward("certificaat"), ["complete", "met t1", "met t2", "met t3"]);
    assert_eq!(
        rung.toward("diploma")[..3],
        ["not complete", "open algemeen", "requirement trede: open"],
        "testimonia are no certificate before the institution awards it"
    );
    let held = || town.purse(vec![town.badge("t1"), town.badge("t2"), town.badge("t3"), town.badge("algemeen")]);
    let made_of = ["urn:badge:t1", "urn:badge:t2", "urn:badge:t3"];
    let diploma = held().awarded(certificate(&town), town.rules().id.as_str(), &made_of);
    assert_eq!(diploma.toward("diploma")[..3], ["complete", "met algemeen", "requirement trede: held"]);
    let other = held().awarded(certificate(&town).says("credentialKind", "deelnamebewijs".into()), "urn:x", &made_of);
    assert_eq!(
        other.toward("diploma")[..3],
        [
            "not complete",
            "met algemeen",
            "requirement trede: blocked, it is not of a kind that is asked: mbo-certificaat-beroepsgericht",
        ]
    );
}

#[test]
fn s11_a_diploma_and_an_elective_certificate_stand_beside_each_other() {
    let town = Town::of("patterns/s11.json");
    let held = with!(town, "a", "b", "helpende-plus");
    assert_eq!(
        held.toward("diploma"),
        ["complete", "met a", "met b", "unused helpende-plus: it fits helpende-plus, which is not asked for here"]
    );
    assert_eq!(held.toward("keuzedeel")[..2], ["complete", "met helpende-plus"]);
    let elsewhere = town.purse(vec![town.badge("helpende-plus").by("SECOND")]);
    assert_eq!(
        elsewhere.toward("keuzedeel"),
        ["complete", "met helpende-plus"],
        "the code counts by any school that may certify it"
    );
    let company = town.purse(vec![town.badge("helpende-plus").by("COMPANY")]);
    assert_eq!(
        company.toward("keuzedeel"),
        ["not complete", "blocked helpende-plus: its issuer was not of a kind that is asked: mbo"]
    );
}

#[test]
fn s11_a_shared_part_counts_toward_both_diplomas_of_a_double_qualification() {
    let town = Town::of("patterns/s11-double.json");
    let held = with!(town, "winkel", "horen");
    assert_eq!(held.toward("audicien"), ["complete", "met winkel", "met horen"]);
    assert_eq!(
        held.toward("opticien"),
        ["not complete", "met winkel", "open zien", "unused horen: it fits horen, which is not asked for here"]
    );
}

#[test]
fn s12_a_short_entree_diploma_goes_with_a_certificate_one_level_up() {
    let town = Town::of("patterns/s12.json");
    let held = with!(town, "werken", "groen-1", "groen-2");
    assert_eq!(held.toward("entree")[..3], ["complete", "met werken", "met groen-1"]);
    assert_eq!(held.toward("certificaat")[..2], ["complete", "met groen-2"]);
    let low = town.purse(vec![town.badge("groen-2").level("NLQF 1")]);
    assert_eq!(low.toward("certificaat"), ["not complete", "blocked groen-2: its level NLQF 1 is lower than NLQF 2"]);
}

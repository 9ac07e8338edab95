//! Can the language say the five examples of practice?

use serde_json::json;
use stapel_credential::Rule;
use stapel_tests::town::Town;

use crate::patterns::with;

#[test]
fn practice_route_work_counts_by_its_hours_and_where_it_was_judged() {
    let town = Town::of("practice/praktijkroute.json");
    let task = |part: &str, hours: u32| town.badge(part).hours(hours);
    let first = town.purse(vec![task("taak-1", 400)]);
    assert_eq!(first.toward("verklaring")[0], "complete");
    assert_eq!(
        first.toward("diploma"),
        ["not complete", "met taak-1", "open taak-2", "requirement praktijk: 400 of 600 hours"]
    );
    assert_eq!(
        town.purse(vec![task("taak-1", 400), task("taak-2", 200)]).toward("diploma"),
        ["complete", "met taak-1", "met taak-2"]
    );
    assert_eq!(
        town.purse(vec![task("taak-1", 400), task("taak-2", 120)]).toward("diploma"),
        ["not complete", "met taak-1", "met taak-2", "requirement praktijk: 520 of 600 hours"],
        "every task shown is not yet every hour worked"
    );
    let classroom = town.purse(vec![task("taak-1", 400).setting("institution")]);
    assert_eq!(
        classroom.toward("diploma")[1],
        "blocked taak-1: it was not assessed in a setting that is asked: workplace"
    );
}

#[test]
fn tailored_education_a_branch_ladder_also_feeds_an_mbo_diploma() {
    let town = Town::of("practice/onderwijs-op-maat.json");
    let ladder = || with!(town, "begeleiden", "gedrag", "medisch", "nederlands", "bpv");
    assert_eq!(
        with!(town, "begeleiden", "gedrag").toward("branchediploma"),
        ["not complete", "met begeleiden", "met gedrag", "open medisch"]
    );
    assert_eq!(ladder().toward("branchediploma")[..4], ["complete", "met begeleiden", "met gedrag", "met medisch"]);
    assert_eq!(ladder().toward("diploma")[0], "complete", "by the certificates themselves");

    let diploma = town.rules().find_award("diploma").expect("the diploma");
    let Rule::All(of) = &diploma.requirement.rule else { panic!("{diploma:?}") };
    let Rule::Any(ways) = &of[0].rule else { panic!("{of:?}") };
    let Rule::Award(wanted) = &ways[0].rule else { panic!("{ways:?}") };
    let branch = || town.badge_for("branchediploma", wanted);
    let by_diploma = town.purse(vec![branch(), town.badge("nederlands"), town.badge("bpv")]);
    let lines = by_diploma.toward("diploma");
    assert_eq!(lines[0], "complete", "by the branch diploma alone: {lines:?}");
    let school = town.purse(vec![branch().by("ISSUER"), town.badge("nederlands"), town.badge("bpv")]);
    let lines = school.toward("diploma");
    assert_eq!(lines[0], "not complete", "a branch diploma is the branch's to give");
    assert!(
        lines.contains(&"requirement branche: blocked, the programme does not take it from ISSUER".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn chemistry_recognised_certificates_of_two_institutions_make_one_diploma_with_enough_of_the_own() {
    let town = Town::of("practice/chemie-bbl.json");
    let college = |part: &str| town.badge_of_way(part, 1);
    let held = town.purse(vec![town.badge("monsters"), college("meten")]);
    assert_eq!(held.toward("analist"), ["complete", "met monsters", "met meten"]);
    let all = town.purse(vec![town.badge("monsters"), college("meten"), town.badge("proces"), town.badge("veilig")]);
    assert_eq!(all.toward("diploma")[0], "complete");
    let low = town.purse(vec![college("meten").level("EQF 3")]);
    assert_eq!(low.toward("analist")[2], "blocked meten: its level EQF 3 is lower than EQF 4");
}

#[test]
fn learning_lab_a_group_assignment_counts_for_each_by_a_badge_that_says_the_own_contribution() {
    let town = Town::of("practice/learning-lab.json");
    let own = |holder: &str, text: &str| {
        let id = format!("urn:badge:opdracht-1:{holder}");
        town.badge("opdracht-1").id(&id).about(holder).holder_says("ownContribution", json!(text))
    };
    let mine = own(stapel_tests::town::HOLDER, "Bouwde de meetopstelling en schreef de helft van het verslag.");
    let hers = own("did:example:groepsgenoot", "Sprak met de opdrachtgever en rekende de meting door.");
    let said = mine.clone().into_text()["credentialSubject"]["ownContribution"].clone();
    assert_eq!(said, "Bouwde de meetopstelling en schreef de helft van het verslag.");
    let both = town.purse(vec![mine, hers.clone(), town.badge("reflectie")]);
    assert_eq!(
        both.toward("certificaat"),
        [
            "not complete",
            "met opdracht-1",
            "open opdracht-2",
            "met reflectie",
            "unused opdracht-1: it is about did:example:groepsgenoot, not about the holder",
        ]
    );
    assert_eq!(
        town.purse(vec![hers]).toward("certificaat").last().map(String::as_str),
        Some("unused opdracht-1: it is about did:example:groepsgenoot, not about the holder")
    );
}

#[test]
fn timber_building_one_of_three_specialisations_is_chosen_and_no_more_than_one_counts() {
    let town = Town::of("practice/houtbouw.json");
    let kern = with!(town, "hout", "circulair");
    assert_eq!(
        kern.toward("diploma"),
        [
            "not complete",
            "met hout",
            "met circulair",
            "open prefab",
            "open restauratie",
            "open rekenen",
            "requirement verdieping: open"
        ]
    );
    let elsewhere =
        town.purse(vec![town.badge("hout"), town.badge("circulair"), town.badge("rekenen").by("UNIVERSITY")]);
    assert_eq!(elsewhere.toward("diploma")[0], "complete", "the third is given by a university too");
    let two = with!(town, "hout", "circulair", "prefab", "restauratie");
    assert_eq!(
        two.toward("diploma"),
        [
            "complete",
            "met hout",
            "met circulair",
            "met prefab",
            "open restauratie",
            "open rekenen",
            "unused restauratie: at most 1 of verdieping count",
        ]
    );
}

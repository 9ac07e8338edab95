//! Is the catalogue of the 36 projects what the source says, and can every programme of it be read?

use std::collections::BTreeMap;
use std::path::Path;

use stapel_credential::Programme;
use stapel_stacking::Rules;
use stapel_tests::catalogue::{Project, files};
use stapel_tests::town::cast;

/// The programmes of the catalogue, by file name, as they lie there.
fn catalogue() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/catalogue");
    let entries = std::fs::read_dir(&folder).expect("the catalogue");
    let read = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().expect("UTF-8");
        name.ends_with(".json").then(|| (name, std::fs::read_to_string(entry.path()).expect("a file")))
    };
    entries.filter_map(|entry| read(entry.expect("an entry"))).collect()
}

fn programme(name: &str, text: &str) -> Programme {
    serde_json::from_str(&cast().play(text)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn source() -> Option<String> {
    let file = stapel_tests::vectors::find("..")?.join("flexprojects.json");
    Some(std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
}

#[test]
fn every_programme_of_the_catalogue_is_read_without_an_error_and_says_what_is_invented() {
    let all = catalogue();
    assert_eq!(all.len(), 36);
    let mut ids = Vec::new();
    for (name, text) in &all {
        let programme = programme(name, text);
        if let Err(errors) = Rules::read(&programme) {
            panic!("{name}: {errors:?}");
        }
        assert!(programme.illustrative.text("nl").starts_with("Illustratief: "), "{name}");
        assert!(programme.illustrative.text("en").starts_with("Illustrative: "), "{name}");
        ids.push(programme.id);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 36, "each project is a programme of its own");
}

#[test]
fn names_codes_and_levels_are_those_of_the_source() {
    let Some(source) = source() else { return };
    let all = catalogue();
    let projects: Vec<Project> = serde_json::from_str(&source).expect("a list of projects");
    let mut codes = 0;
    for project in &projects {
        let name = format!("{}.json", project.number.to_lowercase());
        let programme = programme(&name, all.get(&name).unwrap_or_else(|| panic!("{name} is absent")));
        assert_eq!(programme.edition, project.year.to_string(), "{name}");
        assert_eq!(programme.awards.len(), project.qualifications.len(), "{name}");
        for (award, of) in programme.awards.iter().zip(&project.qualifications) {
            assert_eq!(award.name.text("nl"), of.name, "{name}");
            assert_eq!(award.code.as_ref().map(ToString::to_string), of.code(), "{name}");
            assert_eq!(
                award.level.map(|level| level.to_string()),
                of.level.map(|level| format!("NLQF {level}")),
                "{name}"
            );
            codes += usize::from(of.crebo.is_some());
        }
    }
    let given = source.matches("\"crebo\": \"").count();
    assert_eq!((projects.len(), codes), (36, given), "every code of the source stands in the catalogue");
}

#[test]
fn the_catalogue_is_what_its_generator_writes() {
    let Some(source) = source() else { return };
    let written: BTreeMap<String, String> = files(&source).into_iter().collect();
    assert_eq!(catalogue(), written, "run: cargo run -p stapel-tests --example catalogue");
}

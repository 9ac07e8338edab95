//! Is everything that is invented labelled so, and every code of a register that of the source?

use std::path::{Path, PathBuf};

use serde_json::Value;
use stapel_credential::Programme;
use stapel_stacking::Rules;
use stapel_tests::town::cast;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// Every file below these folders whose name ends so.
fn files(folders: &[&str], ending: &str) -> Vec<(String, String)> {
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| fixtures().join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.display().to_string().ends_with(ending) {
                let text = std::fs::read_to_string(&path).expect("a file");
                found.push((path.display().to_string(), text));
            }
        }
    }
    found.sort();
    found
}

fn routes() -> Vec<String> {
    [2, 3, 4, 5, 6, 8].iter().map(|number| format!("routes/route-{number}")).collect()
}

/// The programmes of the routes, patterns and examples of practice.
fn programmes() -> Vec<(String, Value)> {
    let routes = routes();
    let mut folders: Vec<&str> = routes.iter().map(String::as_str).collect();
    folders.extend(["patterns", "practice"]);
    let read = |(path, text): (String, String)| Some((path, serde_json::from_str(&text).expect("JSON")));
    files(&folders, ".json")
        .into_iter()
        .filter_map(read)
        .filter(|(_, json): &(_, Value)| json.get("parts").is_some())
        .collect()
}

#[test]
fn every_programme_can_be_read_and_says_what_is_invented() {
    let all = programmes();
    assert_eq!(all.len(), 7 + 17 + 5, "routes, patterns, practice");
    for (path, json) in all {
        for (language, word) in [("nl", "Illustratief: "), ("en", "Illustrative: ")] {
            let label = json["illustrative"][language].as_str().unwrap_or_else(|| panic!("{path}: no label"));
            assert!(label.starts_with(word), "{path}: {label}");
        }
        let rules: Programme =
            serde_json::from_str(&cast().with("THIRD", stapel_tests::badge::did(1)).play(&json.to_string()))
                .unwrap_or_else(|error| panic!("{path}: {error}"));
        if let Err(errors) = Rules::read(&rules) {
            panic!("{path}: {errors:?}");
        }
    }
}

#[test]
fn every_achievement_and_institution_of_the_routes_says_that_it_is_illustrative() {
    let routes = routes();
    let folders: Vec<&str> = routes.iter().map(String::as_str).collect();
    let achievements: Vec<(String, Value)> = files(&folders, ".json")
        .into_iter()
        .map(|(path, text)| (path, serde_json::from_str::<Value>(&text).expect("JSON")))
        .filter(|(_, json)| json.get("achievement").is_some())
        .collect();
    assert_eq!(achievements.len(), 7 + 6 + 8 + 6 + 4 + 3);
    for (path, json) in achievements {
        let description = json["achievement"]["description"].as_str().expect("a description");
        assert!(description.ends_with("(Illustratief.)"), "{path}: {description}");
        assert!(json["achievement"].get("otherIdentifier").is_none(), "{path} claims a code of a register");
    }
    for (path, text) in files(&folders, "trust-list.csv") {
        for line in text.lines().skip(1) {
            assert!(line.split(',').nth(1).expect("a name").ends_with("(illustratief)"), "{path}: {line}");
        }
    }
}

#[test]
fn every_code_of_a_register_stands_in_the_source() {
    let Some(folder) = stapel_tests::vectors::find("..") else { return };
    let source = std::fs::read_to_string(folder.join("flexprojects.json")).expect("the source");
    let mut codes = Vec::new();
    for (path, json) in programmes() {
        for word in json.to_string().split('"') {
            if let Some(code) = word.strip_prefix("crebo:").or_else(|| word.strip_prefix("kcode:")) {
                assert!(source.contains(&format!("\"{code}\"")), "{path}: {code}");
                codes.push(code.to_owned());
            }
        }
    }
    codes.sort();
    codes.dedup();
    assert_eq!(codes, ["25047", "25498", "K0905"]);
}

//! Do the papers of the project say what is there? The README's map, the links, and what each paper must hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::MetadataCommand;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the project")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The rows of the README's map: folder and level.
fn map() -> BTreeMap<String, Option<u8>> {
    let readme = read("README.md");
    let section = readme.split("\n## Map of the tree\n").nth(1).and_then(|rest| rest.split("\n## ").next());
    let rows = section.expect("the map").lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        (cells[1].trim_matches('`').to_owned(), cells[2].parse().ok())
    })
    .collect()
}

#[test]
fn the_map_of_the_readme_is_the_workspace() {
    let map = map();
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo metadata answers");
    let packages: BTreeSet<String> = metadata
        .packages
        .iter()
        .map(|package| {
            let folder = package.manifest_path.parent().expect("a folder").canonicalize().expect("it is there");
            folder.strip_prefix(root()).expect("inside the project").to_str().expect("UTF-8").to_owned()
        })
        .collect();
    for folder in &packages {
        let row = map.get(folder).unwrap_or_else(|| panic!("{folder} is not in the README's map"));
        assert!(row.is_some() || folder == "tests", "{folder} has no level in the README's map");
    }
    for (folder, level) in &map {
        assert!(root().join(folder).is_dir(), "the README's map names {folder}, which is not there");
        assert!(level.is_none() || packages.contains(folder), "{folder} has a level and is no package");
    }
    for entry in std::fs::read_dir(root()).expect("the project").flatten() {
        let name = entry.file_name().into_string().expect("UTF-8");
        let passing = name.starts_with('.') || ["target", "tour", "crates"].contains(&name.as_str());
        assert!(passing || !entry.path().is_dir() || map.contains_key(&name), "{name} is not in the README's map");
    }
}

/// The levels of the README are those that `architecture.rs` holds the arrows to.
#[test]
fn the_levels_of_the_readme_are_those_of_the_architecture_test() {
    let architecture = read("tests/tests/architecture.rs");
    for (folder, level) in map() {
        let Some(level) = level else { continue };
        let name = match folder.as_str() {
            "wallet-cli" => "stapel".to_owned(),
            "issuer-service" => "stapel-issuer-service".to_owned(),
            other => format!("stapel-{}", other.trim_start_matches("crates/")),
        };
        assert!(architecture.contains(&format!("(\"{name}\", {level}),")), "{name} has another level there");
    }
}

#[test]
fn the_papers_of_the_project_are_there() {
    for (paper, needles) in [
        ("README.md", &["./demo", "./test", "## A tour", "## Map of the tree", "## What is there"][..]),
        ("CONTRIBUTING.md", &["./test", ".ci/run", "## Commits"]),
        ("SECURITY.md", &["Report a weakness", "| **trusted** |", "| not trusted |", "## Known limits"]),
        ("CHANGELOG.md", &["## Unreleased", "### Added", "### Security"]),
        ("LICENSE", &["Apache License, Version 2.0", "MIT licence"]),
        ("LICENSE-APACHE", &["Apache License", "Version 2.0, January 2004"]),
        ("LICENSE-MIT", &["Permission is hereby granted, free of charge"]),
        ("docs/performance.md", &["|"]),
        ("deny.toml", &["[licenses]", "[bans]"]),
        ("fixtures/README.md", &["where from"]),
        ("fixtures/contexts/README.md", &["|"]),
        ("fixtures/routes/README.md", &["| `route-1/` |", "| `route-9/` |"]),
        ("fixtures/vectors/README.md", &["|"]),
        ("fixtures/keys/README.md", &["TEST ONLY"]),
        ("fuzz/README.md", &["cargo"]),
        ("issuer-service/README.md", &["stapel-issuer", "--help"]),
    ] {
        let text = read(paper);
        for needle in needles {
            assert!(text.contains(needle), "{paper} does not say {needle}");
        }
    }
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("license = \"MIT OR Apache-2.0\""));
}

#[test]
fn every_link_between_the_papers_leads_somewhere() {
    let mut broken = Vec::new();
    for paper in [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "docs/performance.md",
        "docs/verify.md",
        "fuzz/README.md",
    ] {
        let text = read(paper);
        let folder = root().join(paper).parent().expect("a folder").to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if !link.is_empty() && !link.contains("://") && !folder.join(link).exists() {
                broken.push(format!("{paper}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_folder_of_fixtures_is_in_their_index() {
    let index = read("fixtures/README.md");
    for entry in std::fs::read_dir(root().join("fixtures")).expect("the fixtures").flatten() {
        let name = entry.file_name().into_string().expect("UTF-8");
        let listed = !entry.path().is_dir() || index.contains(&format!("| `{name}/` |"));
        assert!(listed, "fixtures/README.md does not say what {name}/ is, proves and where it is from");
    }
}

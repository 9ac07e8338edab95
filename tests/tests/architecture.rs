//! Do arrows go only to lower rooms? The dependency direction of README, "Map of the tree".

use std::collections::BTreeMap;

use cargo_metadata::{DependencyKind, MetadataCommand};

/// The level of each package. An arrow goes only to a lower one; packages of one level do not know each other.
const LEVELS: [(&str, u8); 19] = [
    ("stapel-credential", 0),
    ("stapel-keys", 0),
    ("stapel-status", 0),
    ("stapel-openid", 0),
    ("stapel-fetch", 0),
    ("stapel-bake", 0),
    ("stapel-jsonld", 1),
    ("stapel-did", 1),
    ("stapel-intake", 1),
    ("stapel-proof", 2),
    ("stapel-verifier", 3),
    ("stapel-stacking", 4),
    ("stapel-report", 5),
    ("stapel-verifier-page", 6),
    ("stapel-issuer", 6),
    ("stapel-wallet", 6),
    ("stapel", 7),
    ("stapel-issuer-service", 7),
    ("stapel-tests", 9),
];

/// What the pure rooms must not bring in, each with its reason.
const BANNED_IN_PURE_ROOMS: [(&str, &str); 7] = [
    ("tokio", "no async runtime"),
    ("axum", "no HTTP"),
    ("reqwest", "no HTTP"),
    ("rusqlite", "no SQL"),
    ("getrandom", "randomness comes in as an argument"),
    ("clap", "no terminal"),
    ("rayon", "no threads of their own"),
];

fn packages() -> BTreeMap<String, cargo_metadata::Package> {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo metadata answers");
    metadata.packages.into_iter().map(|package| (package.name.to_string(), package)).collect()
}

#[test]
fn every_package_has_a_level() {
    let levels: BTreeMap<&str, u8> = LEVELS.into();
    for name in packages().keys() {
        assert!(levels.contains_key(name.as_str()), "{name} has no level: give it one here and in the README");
    }
    assert_eq!(packages().len(), LEVELS.len(), "a level is listed for a package that is not there");
}

#[test]
fn arrows_go_only_to_lower_levels() {
    let levels: BTreeMap<&str, u8> = LEVELS.into();
    let mut wrong = Vec::new();
    for (name, package) in packages() {
        let level = levels[name.as_str()];
        for dependency in &package.dependencies {
            // A test may look down from anywhere.
            let Some(below) = levels.get(dependency.name.as_str()) else { continue };
            if dependency.kind == DependencyKind::Normal && *below >= level {
                wrong.push(format!("{name} (level {level}) knows {} (level {below})", dependency.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn issuer_and_wallet_do_not_know_each_other() {
    let packages = packages();
    for (name, other) in [
        ("stapel-issuer", "stapel-wallet"),
        ("stapel-wallet", "stapel-issuer"),
        ("stapel", "stapel-issuer"),
        ("stapel", "stapel-issuer-service"),
        ("stapel-issuer-service", "stapel-wallet"),
        ("stapel-issuer-service", "stapel"),
    ] {
        let known = packages[name].dependencies.iter().any(|d| d.kind == DependencyKind::Normal && d.name == other);
        assert!(!known, "{name} knows {other}: all they share is standards");
    }
}

#[test]
fn pure_rooms_bring_in_no_runtime_no_sql_no_http_no_randomness() {
    for (name, level) in LEVELS {
        if level > 5 || name == "stapel-fetch" {
            continue;
        }
        for dependency in &packages()[name].dependencies {
            if dependency.kind != DependencyKind::Normal || (name == "stapel-keys" && dependency.name == "getrandom") {
                continue;
            }
            let banned = BANNED_IN_PURE_ROOMS.iter().find(|(banned, _)| *banned == dependency.name);
            assert!(banned.is_none(), "{name} brings in {}: {}", dependency.name, banned.map_or("", |(_, why)| why));
        }
    }
}

/// What a library of level 6 must not bring in: it knows its verbs, and nothing of where they are called from.
const BANNED_IN_LIBRARIES: [(&str, &[&str]); 2] = [
    ("stapel-issuer", &["rusqlite", "axum", "reqwest", "tokio", "clap"]),
    ("stapel-wallet", &["axum", "reqwest", "tokio", "clap"]),
];

#[test]
fn the_libraries_of_issuer_and_wallet_know_no_server_no_network_and_no_terminal() {
    let packages = packages();
    for (name, banned) in BANNED_IN_LIBRARIES {
        for dependency in &packages[name].dependencies {
            let normal = dependency.kind == DependencyKind::Normal;
            assert!(!normal || !banned.contains(&dependency.name.as_str()), "{name} brings in {}", dependency.name);
        }
    }
}

#[test]
fn every_package_takes_the_lint_table() {
    for (name, package) in packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).expect("a manifest");
        if name == "stapel-tests" {
            // Tests alone, where what cannot be prepared fails the test: it repeats what must hold even so.
            assert!(manifest.contains("[lints.rust]\nunsafe_code = \"forbid\"\nunused_must_use = \"deny\"\n"));
        } else {
            assert!(manifest.contains("\n[lints]\nworkspace = true\n"), "{name} does not take the lint table");
        }
    }
}

#[test]
fn one_crate_alone_signs_draws_randomness_and_fetches() {
    for (wanted, owner) in [("ed25519-dalek", "stapel-keys"), ("getrandom", "stapel-keys"), ("reqwest", "stapel-fetch")]
    {
        for (name, package) in packages() {
            let uses = package.dependencies.iter().any(|d| d.kind == DependencyKind::Normal && d.name == wanted);
            assert!(!uses || name == owner, "{name} uses {wanted}; only {owner} may");
        }
    }
}

#[test]
fn every_dependency_is_written_in_the_root_with_its_reason() {
    let root =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml")).expect("the root manifest");
    let section =
        root.split("[workspace.dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).expect("the section");
    let mut previous = "";
    for line in section.lines() {
        let ours = line.starts_with("stapel-");
        if !line.is_empty() && !line.starts_with('#') && !ours {
            assert!(line.contains(" # ") || previous.starts_with("# "), "no reason beside: {line}");
        }
        previous = line;
    }
    for (name, package) in packages() {
        for dependency in &package.dependencies {
            assert!(
                root.contains(&format!("\n{} = ", dependency.name)),
                "{name}: {} is not in the root",
                dependency.name
            );
        }
    }
}

#[test]
fn no_room_grows_past_four_hundred_lines() {
    let mut long = Vec::new();
    for package in packages().values() {
        let folder = package.manifest_path.parent().expect("a folder").join("src");
        let mut folders = vec![folder.into_std_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                    let text = std::fs::read_to_string(&path).expect("a source file");
                    let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
                    if lines > 400 {
                        long.push(format!("{}: {lines} lines before its tests", path.display()));
                    }
                }
            }
        }
    }
    assert!(long.is_empty(), "cut by noun, not by size:\n{}", long.join("\n"));
}

#[test]
fn every_source_file_says_first_which_question_it_answers() {
    for package in packages().values() {
        let folder = package.manifest_path.parent().expect("a folder").join("src");
        let mut folders = vec![folder.into_std_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    let text = std::fs::read_to_string(&path).expect("a source file");
                    assert!(text.starts_with("//! "), "{} does not say which question it answers", path.display());
                }
            }
        }
    }
}

//! Does every case of `fixtures/vectors` come out as its folder says, for the reason that its index names?
//!
//! The files are made from the scenes beside this file: `STAPEL_WRITE_VECTORS=1 cargo test -p stapel-verifier vectors`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use stapel_verifier::{Case, CaseVerdict, CheckKind, Outcome};

use crate::scene::{Scene, because, checks, deciding, kind_name};
use crate::world::{fixtures, named};

/// A case with the outcome and the reason that it must have.
#[derive(Clone)]
pub(crate) struct Vector {
    pub(crate) folder: &'static str,
    pub(crate) name: &'static str,
    pub(crate) check: CheckKind,
    pub(crate) because: &'static str,
    pub(crate) proves: &'static str,
    pub(crate) scene: Scene,
}

macro_rules! outcomes {
    ($($folder:ident)*) => {$(
        pub(crate) fn $folder(
            name: &'static str,
            check: CheckKind,
            because: &'static str,
            proves: &'static str,
            scene: Scene,
        ) -> Vector {
            Vector { folder: stringify!($folder), name, check, because, proves, scene }
        }
    )*};
}
outcomes!(accepted undecided refused);

/// Every vector, signed once for all tests.
pub(crate) fn all() -> &'static [Vector] {
    static ALL: LazyLock<Vec<Vector>> = LazyLock::new(|| {
        let mut all = [
            crate::accepted::vectors(),
            crate::undecided::vectors(),
            crate::refused::vectors(),
            crate::jwt::vectors(),
            crate::tricks_with_keys::vectors(),
            crate::tricks_with_lists::vectors(),
            crate::tricks_with_proofs::vectors(),
            crate::tricks_with_datasets::vectors(),
            crate::data_model::vectors(),
            crate::institutions::vectors(),
        ]
        .concat();
        all.sort_by_key(|vector| ["accepted", "undecided", "refused"].iter().position(|name| *name == vector.folder));
        all
    });
    &ALL
}

/// The vector of that name.
pub(crate) fn find(name: &str) -> &'static Vector {
    let found: Vec<&Vector> = all().iter().filter(|vector| vector.name == name).collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

/// One row of the index: file, check, because, what it proves.
type Row = [String; 4];

impl Vector {
    fn file(&self) -> String {
        format!("{}/{}.json", self.folder, self.name)
    }

    fn row(&self) -> Row {
        [self.file(), kind_name(self.check), self.because.to_owned(), self.proves.to_owned()]
    }
}

const HEAD: &str = "\
# Cases with a known answer

Each file is a `stapel_verifier::Case`: document, dossier, policy, audience and now, so that its verdict is replayed without network
and clock. The folder is the answer. A document that is not strict JSON stands as one JSON string, which is its text. The keys are
those of `../keys`, TEST ONLY; every name and badge is invented (illustrative). A test replays every file, and compares the files
with the scenes that they are made from, in `crates/verifier/tests/verifier`. To make them again:

```text
STAPEL_WRITE_VECTORS=1 cargo test -p stapel-verifier vectors
```

A refused case fails at the check named, and at no other; an undecided one lacks what is named; an accepted one passes all checks.
The reason is the `because` of the finding's JSON.

| file | check | because | what it proves |
|---|---|---|---|
";

fn index(vectors: &[Vector]) -> String {
    let mut index = HEAD.to_owned();
    for [file, check, because, proves] in vectors.iter().map(Vector::row) {
        writeln!(index, "| `{file}` | {check} | {because} | {proves} |").unwrap();
    }
    index
}

fn file_text(vector: &Vector) -> String {
    let mut text = serde_json::to_string_pretty(&vector.scene.case()).unwrap();
    text.push('\n');
    text
}

fn read_index() -> Vec<Row> {
    let text = std::fs::read_to_string(fixtures("vectors/README.md")).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
            let [file, check, because, proves] = cells[..] else { panic!("a row of four cells: {line}") };
            [file.trim_end_matches('`'), check, because, proves].map(str::to_owned)
        })
        .collect()
}

/// Every finding, for the message of a test that fails.
fn told(verdict: &CaseVerdict) -> String {
    let lines = checks(verdict).into_iter().map(|check| {
        format!("{}: {} ({:?})", kind_name(check.kind), named(&check.result.reason().to_string()), check.result)
    });
    format!("{:?}\n{}", verdict.outcome(), lines.collect::<Vec<_>>().join("\n"))
}

/// What is wrong with what came out, if anything.
fn surprise(row: &Row, verdict: &CaseVerdict) -> Option<String> {
    let [file, check, reason, _] = row;
    let folder = match verdict.outcome() {
        Outcome::Accepted | Outcome::AcceptedWithRemarks => "accepted",
        Outcome::Undecided => "undecided",
        Outcome::Refused => "refused",
    };
    if !file.starts_with(&format!("{folder}/")) {
        return Some(format!("{file} came out {}", told(verdict)));
    }
    let checks = checks(verdict);
    let deciding: BTreeSet<(String, String)> =
        deciding(verdict, &checks).into_iter().map(|check| (kind_name(check.kind), because(check))).collect();
    if !deciding.contains(&(check.clone(), reason.clone())) {
        return Some(format!("{file}: {check} {reason} is not among {}", told(verdict)));
    }
    let has_more = folder == "refused" && deciding.len() > 1;
    has_more.then(|| format!("{file} is refused for more than its trick: {}", told(verdict)))
}

fn no_surprise(surprises: impl Iterator<Item = String>) {
    let surprises: Vec<String> = surprises.collect();
    assert!(surprises.is_empty(), "{}", surprises.join("\n\n"));
}

#[test]
fn vectors_are_as_their_scenes_make_them() {
    let vectors = all();
    if std::env::var("STAPEL_WRITE_VECTORS").as_deref() == Ok("1") {
        for folder in ["accepted", "undecided", "refused"] {
            let folder = fixtures("vectors").join(folder);
            if folder.is_dir() {
                std::fs::remove_dir_all(&folder).unwrap();
            }
            std::fs::create_dir_all(&folder).unwrap();
        }
        for vector in vectors {
            std::fs::write(fixtures("vectors").join(vector.file()), file_text(vector)).unwrap();
        }
        std::fs::write(fixtures("vectors/README.md"), index(vectors)).unwrap();
    }
    no_surprise(vectors.iter().filter_map(|vector| surprise(&vector.row(), &vector.scene.replay())));
    for vector in vectors {
        let stored = std::fs::read_to_string(fixtures("vectors").join(vector.file())).unwrap_or_default();
        assert_eq!(stored, file_text(vector), "{}: STAPEL_WRITE_VECTORS=1 makes it again", vector.file());
    }
    assert_eq!(std::fs::read_to_string(fixtures("vectors/README.md")).unwrap(), index(vectors));
}

#[test]
fn vectors_come_out_as_their_index_says() {
    no_surprise(read_index().iter().filter_map(|row| {
        let text = std::fs::read_to_string(fixtures("vectors").join(&row[0])).unwrap();
        let case = Case::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", row[0]));
        surprise(row, &case.replay())
    }));
}

#[test]
fn vectors_are_all_in_the_index_and_are_many() {
    let rows: BTreeSet<String> = read_index().into_iter().map(|[file, ..]| file).collect();
    let mut files = BTreeMap::new();
    for folder in ["accepted", "undecided", "refused"] {
        for entry in std::fs::read_dir(fixtures("vectors").join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(rows.contains(&format!("{folder}/{name}")), "{folder}/{name} is not in the index");
            *files.entry(folder).or_insert(0) += 1;
        }
    }
    assert_eq!(rows.len(), files.values().sum::<usize>());
    assert!(files["undecided"] + files["refused"] >= 150, "{files:?}");
}

#[test]
fn a_case_replays_to_the_same_verdict() {
    for vector in all() {
        let case = vector.scene.case();
        let verdict = serde_json::to_string(&case.replay()).unwrap();
        let stored = serde_json::to_string(&case).unwrap();
        let again = Case::parse(&stored).unwrap_or_else(|error| panic!("{}: {error}", vector.name));
        assert_eq!(again.document_text(), vector.scene.document, "{}", vector.name);
        assert_eq!(serde_json::to_string(&again).unwrap(), stored, "{}", vector.name);
        assert_eq!(serde_json::to_string(&again.replay()).unwrap(), verdict, "{}", vector.name);
        assert_eq!(serde_json::to_string(&again.replay()).unwrap(), verdict, "{}, asked twice", vector.name);
    }
}

//! What if the machine dies while badges are signed? Killed at fifty random points: none signed twice, none lost, no place used twice.
//!
//! The test starts itself as a child that signs, kills it with SIGKILL after a random time, and starts it again on what is left.

use std::collections::BTreeSet;
use std::env;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::school::{School, board, csv_of, decision, new_store, now, registrar, service};
use stapel_issuer::{CompletionFilter, CsvMode, Cursor, Repository as _, StageName};
use stapel_issuer_service::store::sqlite::SqliteStore;

const COMPLETIONS: usize = 10_000;
const KILLS: u32 = 50;
/// The longest that a child lives, beside what it takes to start.
const LIFE: Duration = Duration::from_millis(60);
/// Names the database for the child.
const DATABASE: &str = "STAPEL_TEST_KILLED_DATABASE";
/// Chooses the same points again.
const SEED: &str = "STAPEL_TEST_SEED";

#[test]
fn no_badge_is_lost_or_signed_twice_when_the_machine_dies() {
    if let Ok(path) = env::var(DATABASE) {
        return sign_until_killed(Path::new(&path));
    }
    let seed = env::var(SEED).ok().and_then(|text| text.parse().ok()).unwrap_or_else(any_seed);
    println!("{SEED}={seed} repeats the points at which the machine dies");
    let folder = tempfile::tempdir().unwrap();
    let path = prepare(folder.path());
    let mut random = Random(seed);
    let mut midway = 0;
    for _ in 0..KILLS {
        let before = signed(&path);
        kill_after(&path, Duration::from_micros(random.next() % u64::try_from(LIFE.as_micros()).unwrap()));
        let after = signed(&path);
        assert!(after >= before, "a badge that was stored is gone");
        midway += u32::from(after > before && after < COMPLETIONS as u64);
        nothing_twice(&path);
    }
    println!(
        "{midway} of {KILLS} children died between their first badge and the last of all; {} badges then",
        signed(&path)
    );
    assert!(midway > 0, "no child was killed while it signed: the points are badly chosen");
    run_to_the_end(&path);
    assert_eq!(signed(&path), COMPLETIONS as u64, "every completion has its badge");
    nothing_twice(&path);
}

/// A database with ten thousand approved completions.
fn prepare(folder: &Path) -> PathBuf {
    let store = new_store(folder);
    let school = School::new();
    school.open_doors(&store);
    let records = school.records(&store);
    let report = records.record_csv(&registrar(), csv_of(COMPLETIONS).as_bytes(), CsvMode::RefuseWholeFile, now());
    assert_eq!(report.unwrap().recorded.len(), COMPLETIONS);
    let approvals = records.approve_recorded(&board(), None, &decision(), now()).unwrap();
    assert_eq!(approvals.approved, COMPLETIONS);
    store.path().to_owned()
}

fn sign_until_killed(path: &Path) {
    let store = SqliteStore::open(path).unwrap();
    let batch = NonZeroUsize::new(40).unwrap();
    School::new().issuer(&store).sign_approved(&service(), batch, now()).unwrap();
}

fn child(path: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "killed::no_badge_is_lost_or_signed_twice_when_the_machine_dies"]);
    command.env(DATABASE, path).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn kill_after(path: &Path, life: Duration) {
    let mut child = child(path).spawn().unwrap();
    // Until it has begun there is nothing to interrupt.
    thread::sleep(Duration::from_millis(10) + life);
    child.kill().unwrap();
    child.wait().unwrap();
}

fn run_to_the_end(path: &Path) {
    assert!(child(path).status().unwrap().success());
}

fn signed(path: &Path) -> u64 {
    SqliteStore::open(path).unwrap().count_credentials().unwrap()
}

/// Each signed completion has one badge that names it, each place one badge, and each badge a place that was counted.
fn nothing_twice(path: &Path) {
    let store = SqliteStore::open(path).unwrap();
    let lists = store.status_lists().unwrap();
    let handed_out: u64 = lists.iter().map(|list| u64::from(list.next)).sum();
    let (mut places, mut ids) = (BTreeSet::new(), BTreeSet::new());
    let mut total = 0;
    let mut after = Some(Cursor::default());
    while let Some(from) = after {
        let page = store.completions(&CompletionFilter::default(), from, 5_000).unwrap();
        after = page.next;
        for completion in page.items {
            total += 1;
            match completion.stage.name() {
                StageName::Approved => {}
                StageName::Signed => {
                    assert!(ids.insert(completion.stage.issued().unwrap().credential.clone()), "one badge for two");
                }
                other => panic!("completion {} is {other}", completion.id),
            }
        }
    }
    assert_eq!(total, COMPLETIONS, "no completion is lost");
    for id in &ids {
        let badge = store.find_credential(id).unwrap().unwrap();
        assert!(places.insert((badge.status_list, badge.status_index)), "a place was used twice");
    }
    assert_eq!(ids.len() as u64, store.count_credentials().unwrap(), "a badge without its completion");
    assert_eq!(handed_out, ids.len() as u64, "places and badges are counted in one transaction");
}

fn any_seed() -> u64 {
    u64::from_le_bytes(stapel_keys::random::bytes().unwrap())
}

/// The generator `SplitMix64` (Steele, Lea, Flood 2014): the points need no better.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

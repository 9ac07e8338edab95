//! What if the machine dies while badges are signed? Killed at fifty random points: none signed twice, none lost, no place used twice.
//!
//! The test starts itself as a child that signs, kills it with SIGKILL after a random time, and starts it again on what is left.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::school::{School, board, csv_of, database, decision, new_store, now, registrar, service};
use rusqlite::Connection;
use stapel_credential::{AchievementCredential, CredentialStatus};
use stapel_issuer::{CsvMode, StatusListId};
use stapel_issuer_service::store::sqlite::SqliteStore;

const COMPLETIONS: usize = 10_000;
/// So many children must die after their first badge and before the last of all.
const KILLS: u32 = 50;
/// Whoever dies too early or too late does not count, so more are tried; these must be enough.
const TRIES: u32 = 150;
/// Signed in one transaction, so that there are many points between two.
const BATCH: NonZeroUsize = NonZeroUsize::new(40).unwrap();
/// So many badges a child should come to on average: enough for a few transactions.
const BADGES_A_LIFE: f64 = 130.0;
/// What a child says when it begins to sign.
const BEGUN: &str = "signing begins";
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
    let prepared = prepare(folder.path());
    let mut random = Random(seed);
    let mut pace = Speed::default();
    let (mut midway, mut tries) = (0, 0);
    // On a machine that is faster than it seemed the children may come to the end; then all begins again.
    while midway < KILLS {
        let path = folder.path().join(format!("from-{tries}.db"));
        fs::copy(&prepared, &path).unwrap();
        let mut ledger = Ledger::default();
        let mut before = 0;
        while midway < KILLS && before < COMPLETIONS {
            assert!(tries < TRIES, "only {midway} of {tries} children died while they signed");
            tries += 1;
            let life = kill_after(&path, pace.life(&mut random));
            let after = ledger.compare(&path);
            pace.note(after - before, life);
            midway += u32::from(after > before && after < COMPLETIONS);
            before = after;
        }
        run_to_the_end(&path);
        assert_eq!(ledger.compare(&path), COMPLETIONS, "every completion has its badge");
    }
    println!("{midway} of {tries} children died between their first badge and the last of all");
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
    drop(store);
    let path = database(folder);
    assert!(!path.with_extension("db-wal").exists(), "all of it stands in the one file that is copied");
    path
}

fn sign_until_killed(path: &Path) {
    let store = SqliteStore::open(path).unwrap();
    let school = School::new();
    let issuer = school.issuer(&store);
    println!("{BEGUN}");
    issuer.sign_approved(&service(), BATCH, now()).unwrap();
}

fn child(path: &Path) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "killed::no_badge_is_lost_or_signed_twice_when_the_machine_dies", "--nocapture"]);
    command.env(DATABASE, path).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Kills a child some time after it began to sign: how long it signed at least.
fn kill_after(path: &Path, life: Duration) -> Duration {
    let mut child = child(path);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().ends_with(BEGUN)), "the child did not begin");
    let begun = instant();
    thread::sleep(life);
    child.kill().unwrap();
    let lived = begun.elapsed();
    child.wait().unwrap();
    lived
}

#[expect(clippy::disallowed_methods, reason = "a test that measures how fast this machine signs")]
fn instant() -> Instant {
    Instant::now()
}

fn run_to_the_end(path: &Path) {
    assert!(child(path).wait_with_output().unwrap().status.success());
}

/// How fast the children sign on this machine, with all that runs beside.
#[derive(Default)]
struct Speed {
    badges: f64,
    seconds: f64,
}

impl Speed {
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    fn note(&mut self, badges: usize, life: Duration) {
        // Earlier lives count less and less.
        self.badges = self.badges * 0.8 + badges as f64;
        self.seconds = self.seconds * 0.8 + life.as_secs_f64();
    }

    /// Between nothing and twice what the badges of a life take.
    fn life(&self, random: &mut Random) -> Duration {
        let rate = if self.badges > 0.0 { self.badges / self.seconds } else { 2_000.0 };
        let longest = (2.0 * BADGES_A_LIFE / rate).clamp(0.01, 2.0);
        Duration::from_secs_f64(longest * random.share())
    }
}

/// A badge as it was stored.
#[derive(Debug, PartialEq)]
struct Stored {
    id: String,
    learner: String,
    list: String,
    index: u32,
    text: String,
}

/// The badges that were seen, by completion: none may ever be gone, or another.
#[derive(Default)]
struct Ledger(BTreeMap<String, Stored>);

impl Ledger {
    /// Compares what is stored with what was seen before: how many badges there are now.
    fn compare(&mut self, path: &Path) -> usize {
        let now = stored(path);
        for (completion, before) in &self.0 {
            assert_eq!(now.get(completion), Some(before), "the badge of {completion} was lost or signed again");
        }
        let new = now.iter().filter(|(completion, _)| !self.0.contains_key(*completion));
        let school = School::new();
        new.for_each(|(_, badge)| says_the_same(&school, badge));
        self.0 = now;
        self.0.len()
    }
}

/// All badges, when none is without its completion, none takes the place of another, and each place was counted.
fn stored(path: &Path) -> BTreeMap<String, Stored> {
    let database = Connection::open(path).unwrap();
    let count = |sql: &str| {
        let count: u32 = database.query_row(sql, [], |row| row.get(0)).unwrap();
        count as usize
    };
    let mut statement = database
        .prepare(
            "SELECT c.id, k.id, c.learner, l.id, k.status_index, k.document FROM credentials AS k
             JOIN completions AS c ON c.seq = k.completion JOIN status_lists AS l ON l.seq = k.status_list",
        )
        .unwrap();
    let row = |row: &rusqlite::Row<'_>| {
        let (id, learner, list) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok((row.get(0)?, Stored { id, learner, list, index: row.get(4)?, text: row.get(5)? }))
    };
    let rows: Vec<(String, Stored)> = statement.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap();
    let total = rows.len();
    let of_all = |what: &str, distinct: usize| assert_eq!(distinct, total, "{what} is used twice");
    of_all("a badge", count("SELECT count(DISTINCT id) FROM credentials"));
    of_all("a place", count("SELECT count(*) FROM (SELECT DISTINCT status_list, status_index FROM credentials)"));
    let badges: BTreeMap<String, Stored> = rows.into_iter().collect();
    of_all("a completion", badges.len());
    assert_eq!(count("SELECT count(*) FROM completions"), COMPLETIONS, "no completion is lost");
    assert_eq!(count("SELECT count(*) FROM completions WHERE stage = 'signed'"), total, "a badge without its stage");
    assert_eq!(count("SELECT count(*) FROM completions WHERE stage = 'approved'"), COMPLETIONS - total);
    assert_eq!(
        count("SELECT coalesce(sum(next), 0) FROM status_lists"),
        total,
        "places and badges are counted together"
    );
    badges
}

/// The signed text names the badge, the learner and the place of its row.
fn says_the_same(school: &School, Stored { id, learner, list, index, text }: &Stored) {
    let badge = AchievementCredential::parse(text).unwrap();
    assert_eq!(badge.id.as_str(), id);
    assert_eq!(badge.credential_subject.id.unwrap().as_str(), learner);
    let Some(CredentialStatus::Bitstring(status)) = badge.credential_status else { panic!("no status") };
    let list = StatusListId::parse(list).unwrap().address(&school.institution).unwrap();
    assert_eq!((status.index, status.list), (*index, list), "the text of {id} names another place");
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

    /// From 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "more points than anybody can tell apart")]
    fn share(&mut self) -> f64 {
        self.next() as f64 / u64::MAX as f64
    }
}

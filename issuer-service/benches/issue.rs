//! How fast are 10,000 completions issued from CSV, against only inserting the same rows (R)? `cargo bench -p stapel-issuer-service --bench issue`
//!
//! One run measures both, on the same disk, with the same tables, indexes, pragmas and transactions of 500; it prints the rates
//! and their ratio, the median of several rounds.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot go on stops")]

#[path = "../tests/store/school.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod school;

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use school::{School, board, csv_of, database, decision, new_store, now, registrar, service};
use stapel_issuer::{BATCH, CsvMode};
use stapel_issuer_service::store::sqlite::SqliteStore;

const COMPLETIONS: u32 = 10_000;
const ROUNDS: usize = 5;

fn main() {
    let base = env!("CARGO_TARGET_TMPDIR");
    let mut rounds: Vec<Round> = (0..ROUNDS).map(|_| round(Path::new(base))).collect();
    rounds.sort_by(|left, right| left.ratio().total_cmp(&right.ratio()));
    let Some(median) = rounds.get(ROUNDS / 2) else { return };
    let rate = |time: Duration| f64::from(COMPLETIONS) / time.as_secs_f64();
    println!("R, raw insertion of the same rows:   {:>7.0} completions/s", rate(median.raw));
    println!("issued from CSV:                     {:>7.0} completions/s", rate(median.issue()));
    println!("  record from CSV                    {:>7.0} completions/s", rate(median.record));
    println!("  approve                            {:>7.0} completions/s", rate(median.approve));
    println!("  sign and store                     {:>7.0} completions/s", rate(median.sign));
    println!("ratio, at least 0.5:                 {:>7.2} R", median.ratio());
    let all: Vec<String> = rounds.iter().map(|round| format!("{:.2}", round.ratio())).collect();
    println!("all rounds:                          {} R", all.join(" "));
}

struct Round {
    record: Duration,
    approve: Duration,
    sign: Duration,
    raw: Duration,
}

impl Round {
    fn issue(&self) -> Duration {
        self.record + self.approve + self.sign
    }

    fn ratio(&self) -> f64 {
        self.raw.as_secs_f64() / self.issue().as_secs_f64()
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let answer = work();
    (start.elapsed(), answer)
}

fn round(base: &Path) -> Round {
    let folder = tempfile::tempdir_in(base).expect("a folder");
    let store = new_store(folder.path());
    let school = School::new();
    school.open_doors(&store);
    let completions = COMPLETIONS as usize;
    let csv = csv_of(completions);
    let (records, issuer) = (school.records(&store), school.issuer(&store));
    let (record, report) =
        timed(|| records.record_csv(&registrar(), csv.as_bytes(), CsvMode::RefuseWholeFile, now()).expect("recorded"));
    assert_eq!(report.recorded.len(), completions);
    let (approve, approvals) =
        timed(|| records.approve_recorded(&board(), None, &decision(), now()).expect("approved"));
    assert_eq!(approvals.approved, completions);
    let (sign, signed) = timed(|| issuer.sign_approved(&service(), BATCH, now()).expect("signed"));
    assert_eq!(signed.signed, completions);
    drop(store);
    let raw = raw(base, &database(folder.path()));
    Round { record, approve, sign, raw }
}

/// The same rows into a new database of the same shape, by prepared statements in transactions of 500.
fn raw(base: &Path, issued: &Path) -> Duration {
    let folder = tempfile::tempdir_in(base).expect("a folder");
    let path = database(folder.path());
    SqliteStore::migrate(&path, now()).expect("a database");
    let from = Connection::open(issued).expect("the issued database");
    let mut to = Connection::open(&path).expect("the raw database");
    for (pragma, value) in [
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        ("cache_size", "-32768"),
        ("wal_autocheckpoint", "4000"),
    ] {
        to.pragma_update(None, pragma, value).expect("a pragma");
    }
    for table in ["achievements", "status_lists"] {
        insert(&to, table, &rows(&from, table));
    }
    let (completions, credentials) = (rows(&from, "completions"), rows(&from, "credentials"));
    let (time, ()) = timed(|| {
        for (completions, credentials) in completions.chunks(BATCH.get()).zip(credentials.chunks(BATCH.get())) {
            let transaction = to.transaction().expect("a transaction");
            insert(&transaction, "completions", completions);
            insert(&transaction, "credentials", credentials);
            transaction.commit().expect("a commit");
        }
    });
    time
}

fn rows(from: &Connection, table: &str) -> Vec<Vec<Value>> {
    let mut statement = from.prepare(&format!("SELECT * FROM {table} ORDER BY rowid")).expect("a table");
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).expect("rows");
    rows.collect::<Result<_, _>>().expect("rows")
}

fn insert(to: &Connection, table: &str, rows: &[Vec<Value>]) {
    let columns = rows.first().map_or(0, Vec::len);
    let marks = vec!["?"; columns].join(",");
    let mut statement = to.prepare_cached(&format!("INSERT INTO {table} VALUES ({marks})")).expect("a statement");
    for row in rows {
        statement.execute(params_from_iter(row)).expect("a row");
    }
}

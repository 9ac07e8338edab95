//! What if the SQLite file is absent, newer, older, open to others, full, locked, or contradicts itself?

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::school::{School, at, board, csv_of, database, decision, new_store, now, registrar, service};
use rusqlite::Connection;
use stapel_issuer::{BATCH, CompletionFilter, CsvMode, Cursor, Repository as _, StageName};
use stapel_issuer_service::store::sqlite::SqliteStore;

fn open_error(path: &Path) -> String {
    SqliteStore::open(path).unwrap_err().to_string()
}

#[test]
fn a_database_that_cannot_be_used_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path());
    let shown = path.display();
    assert_eq!(open_error(&path), format!("there is no database {shown}; make one first"));

    let migrated = SqliteStore::migrate(&path, now()).unwrap();
    assert_eq!((migrated.from, migrated.to), (0, 2));
    let again = SqliteStore::migrate(&path, now()).unwrap();
    assert_eq!((again.from, again.to), (2, 2), "a step is applied once");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);

    Connection::open(&path).unwrap().execute("INSERT INTO migrations VALUES (7, 0)", []).unwrap();
    let newer = format!("the database {shown} has version 7, this program knows up to 2; use the newer program");
    assert_eq!(open_error(&path), newer);
    assert_eq!(SqliteStore::migrate(&path, now()).unwrap_err().to_string(), newer);

    Connection::open(&path).unwrap().execute("DELETE FROM migrations", []).unwrap();
    assert_eq!(
        open_error(&path),
        format!("the database {shown} has version 0, this program needs 2; run: stapel-issuer migrate"),
    );

    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(
        open_error(&path),
        format!("the database {shown} has mode 640, so others can read it; run: chmod 600 {shown}"),
    );
}

#[test]
fn the_log_beside_the_database_is_closed_to_others_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(folder.path());
    School::new().open_doors(&store);
    let mut seen = 0;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
        seen += 1;
    }
    assert!(seen >= 2, "the write-ahead log is there");
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let school = School::new();
    let store = new_store(folder.path());
    school.open_doors(&store);
    school.records(&store).record_csv(&registrar(), csv_of(200).as_bytes(), CsvMode::KeepGood, now()).unwrap();
    school.records(&store).approve_recorded(&board(), None, &decision(), now()).unwrap();
    // Room for some batches of badges, not for all.
    store.limit_pages(180).unwrap();
    let batch = std::num::NonZeroUsize::new(20).unwrap();
    let error = school.issuer(&store).sign_approved(&service(), batch, now()).unwrap_err();
    let stored = store.count_credentials().unwrap();
    assert_eq!(
        error.to_string(),
        format!(
            "the disk or the database is full; {stored} badges are signed and stored, the others wait; \
             make room and sign again"
        ),
    );
    assert!(stored > 0 && stored < 200 && stored.is_multiple_of(20), "whole batches: {stored}");
    let mut csv = String::from("achievement,learner,awarded,own_contribution\n");
    for number in 1..2000 {
        writeln!(csv, "WOND-1,s{number},2026-11-20,{}", "a".repeat(390)).unwrap();
    }
    let error = school.records(&store).record_csv(&registrar(), csv.as_bytes(), CsvMode::KeepGood, now());
    assert_eq!(
        error.unwrap_err().to_string(),
        "the disk or the database is full; nothing was changed, make room and try again",
    );
    let recorded = CompletionFilter { stage: Some(StageName::Recorded), ..CompletionFilter::default() };
    assert_eq!(store.completions(&recorded, Cursor::default(), 10).unwrap().items, [], "a file is taken whole");

    store.limit_pages(1_000_000).unwrap();
    school.issuer(&store).sign_approved(&service(), BATCH, now()).unwrap();
    assert_eq!(store.count_credentials().unwrap(), 200, "with room again, the rest is signed");
    let handed_out: u32 = store.status_lists().unwrap().iter().map(|list| list.next).sum();
    assert_eq!(handed_out, 200);
}

#[test]
fn a_locked_database_is_waited_for_and_then_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(folder.path());
    let school = School::new();
    school.open_doors(&store);
    let (locked, is_locked) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let path = database(folder.path());
    let holder = thread::spawn(move || {
        let mut other = Connection::open(path).unwrap();
        let transaction = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
        locked.send(()).unwrap();
        let _ = released.recv_timeout(Duration::from_secs(30));
        drop(transaction);
    });
    is_locked.recv().unwrap();
    let records = school.records(&store);
    let error = records.record_csv(&registrar(), csv_of(1).as_bytes(), CsvMode::KeepGood, now()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "another process has been writing to the database for 5 s; nothing was changed, try again later",
    );
    assert!(store.find_institution().unwrap().is_some(), "reading needs no waiting");
    release.send(()).unwrap();
    holder.join().unwrap();
    let report = records.record_csv(&registrar(), csv_of(1).as_bytes(), CsvMode::KeepGood, now()).unwrap();
    assert_eq!(report.recorded.len(), 1);
}

#[test]
fn a_row_that_cannot_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(folder.path());
    let school = School::new();
    school.open_doors(&store);
    let records = school.records(&store);
    let report = records.record_csv(&registrar(), csv_of(1).as_bytes(), CsvMode::KeepGood, now()).unwrap();
    let id = report.recorded[0];
    let raw = Connection::open(database(folder.path())).unwrap();
    let said = |change: &str, undo: &str| {
        raw.execute(&format!("UPDATE completions SET {change}"), []).unwrap();
        let sentence = store.find_completion(id).unwrap_err().to_string();
        raw.execute(&format!("UPDATE completions SET {undo}"), []).unwrap();
        sentence
    };
    let expected = |column: &str| {
        format!(
            "the database contradicts itself: column {column} of row {id} in table completions cannot be read or does not fit the rest of its row"
        )
    };
    for (change, undo, column) in [
        ("stage = 'signed'", "stage = 'recorded'", "approved_by"),
        ("claimed_at = 1", "claimed_at = NULL", "claimed_at"),
        ("approved_by = 'board-1'", "approved_by = NULL", "approved_at"),
        ("ended_by = 'board-1', ended_reason = 'x'", "ended_by = NULL, ended_reason = NULL", "ended_at"),
        ("offer_hash = x'00'", "offer_hash = NULL", "offer_hash"),
        ("learner = 'nobody'", "learner = 'did:key:z6MkLearner0'", "learner"),
        ("awarded = '2026-02-30'", "awarded = '2026-11-20'", "awarded"),
        ("further = '{\"grade\":1}'", "further = '{}'", "further"),
    ] {
        assert_eq!(said(change, undo), expected(column), "{change}");
    }
    assert!(store.find_completion(id).unwrap().is_some());
}

#[test]
fn the_database_itself_refuses_a_second_badge_and_a_place_used_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(folder.path());
    let school = School::new();
    school.open_doors(&store);
    school.records(&store).record_csv(&registrar(), csv_of(2).as_bytes(), CsvMode::KeepGood, now()).unwrap();
    school.records(&store).approve_recorded(&board(), None, &decision(), now()).unwrap();
    school.issuer(&store).sign_approved(&service(), BATCH, at("2026-11-22T10:00:00Z")).unwrap();
    let raw = Connection::open(database(folder.path())).unwrap();
    let refused = |sql: &str| raw.execute(sql, []).unwrap_err().to_string();
    let same =
        "SELECT completion, id || 'x', holder, status_list, status_index + 1, signed_at, document FROM credentials";
    assert_eq!(refused(&format!("INSERT INTO credentials {same}")), "UNIQUE constraint failed: credentials.completion",);
    assert_eq!(
        refused("UPDATE credentials SET status_index = 7"),
        "UNIQUE constraint failed: credentials.status_list, credentials.status_index",
    );
    let next = "UPDATE status_lists SET next = entries + 1";
    assert_eq!(refused(next), "CHECK constraint failed: next BETWEEN 0 AND entries");
}

//! What if a status list is full? Another one follows: every badge has a place of its own, and both lists are served whole.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use rusqlite::Connection;
use stapel_credential::StatusListCredential;
use stapel_issuer::{BATCH, CsvMode, Repository as _};
use stapel_status::StatusList;

use crate::school::{School, board, csv_of, database, decision, new_store, now, registrar, service};

/// How many places the standard asks of a list (Bitstring Status List 1.0 §3.1.1 step 1: 16 KiB).
const ENTRIES: u32 = 131_072;

#[test]
fn a_full_list_is_followed_by_another() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(folder.path());
    let school = School::new();
    school.open_doors(&store);
    let records = school.records(&store);
    let report = records.record_csv(&registrar(), csv_of(41).as_bytes(), CsvMode::RefuseWholeFile, now()).unwrap();
    let first = report.recorded[0];
    records.approve(&board(), &[first], &decision(), now()).unwrap().remove(0).unwrap();
    assert_eq!(school.issuer(&store).sign_approved(&service(), BATCH, now()).unwrap().signed, 1);
    // As if 131,054 badges more had been signed: seventeen places are left.
    let raw = Connection::open(database(folder.path())).unwrap();
    assert_eq!(raw.execute("UPDATE status_lists SET next = entries - 17", []).unwrap(), 1);

    records.approve_recorded(&board(), None, &decision(), now()).unwrap();
    let batch = NonZeroUsize::new(25).unwrap();
    assert_eq!(school.issuer(&store).sign_approved(&service(), batch, now()).unwrap().signed, 40);
    let lists = store.status_lists().unwrap();
    let filled: Vec<_> = lists.iter().map(|list| (list.entries, list.next)).collect();
    assert_eq!(filled, [(ENTRIES, ENTRIES), (ENTRIES, 23)], "no place is left out, none taken before its turn");

    let (mut places, mut by_list) = (BTreeSet::new(), BTreeMap::new());
    for id in report.recorded {
        let badge = store.find_credential_of(id).unwrap().unwrap();
        assert!(places.insert((badge.status_list, badge.status_index)), "a place was used twice");
        *by_list.entry(badge.status_list).or_insert(0) += 1;
    }
    assert_eq!((by_list[&lists[0].id], by_list[&lists[1].id]), (18, 23));
    for list in lists {
        let text = school.issuer(&store).status_list(list.id, now()).unwrap().text;
        let credential = StatusListCredential::parse(&text).unwrap();
        let bits = StatusList::decode(&credential.credential_subject.encoded_list).unwrap();
        assert!(bits.len() >= ENTRIES as usize, "{}", bits.len());
    }
}

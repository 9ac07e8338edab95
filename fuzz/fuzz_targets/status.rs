//! Does a status list unpack within its caps, and to the bits that it holds?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_status::{MAXIMUM_ENTRIES, MINIMUM_ENTRIES, StatusList};

fuzz_target!(|text: &str| {
    let Ok(list) = StatusList::decode(text) else { return };
    assert!((MINIMUM_ENTRIES..=MAXIMUM_ENTRIES).contains(&list.len()));
    assert_eq!(list.find(list.len()), None);
    assert!(list.find(list.len() - 1).is_some());
    assert_eq!(StatusList::decode(&list.encode()).as_ref(), Ok(&list));
});

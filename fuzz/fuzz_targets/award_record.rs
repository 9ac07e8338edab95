//! Is an award record that can be read the same after it is written, with the same digest?
#![no_main]

use libfuzzer_sys::fuzz_target;
use stapel_credential::AwardRecord;
use stapel_stacking::HeldRecord;

fuzz_target!(|text: &str| {
    let Ok(held) = HeldRecord::parse(text) else { return };
    let written = serde_json::to_string(held.record()).expect("what was read can be written");
    assert_eq!(AwardRecord::parse(&written).as_ref(), Ok(held.record()));
    let again = HeldRecord::parse(&written).expect("what was written can be read");
    assert_eq!(again.digest(), held.digest());
});

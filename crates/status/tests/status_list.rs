//! Does a status list read and write bits where the standard puts them, and refuse what is not one?
#![expect(clippy::unwrap_used, reason = "in a test, what fails should panic")]

use std::io::Write as _;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use stapel_status::{MAXIMUM_ENCODED_LENGTH, MAXIMUM_ENTRIES, MINIMUM_ENTRIES, StatusError, StatusList};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn multibase(bytes: &[u8]) -> String {
    format!("u{}", URL_SAFE_NO_PAD.encode(bytes))
}

fn refusal(text: &str) -> String {
    StatusList::decode(text).unwrap_err().to_string()
}

#[test]
fn index_zero_is_the_leftmost_bit() {
    let mut bytes = vec![0; MINIMUM_ENTRIES / 8];
    bytes[0] = 0b1000_0000;
    bytes[1] = 0b0000_0001;
    let list = StatusList::decode(&multibase(&gzip(&bytes))).unwrap();
    let set: Vec<usize> = (0..list.len()).filter(|&index| list.find(index) == Some(true)).collect();
    assert_eq!(set, [0, 15]);
}

#[test]
fn a_bit_is_set_and_cleared_without_touching_its_neighbours() {
    let mut list = StatusList::new(MINIMUM_ENTRIES).unwrap();
    list.set(94_566, true).unwrap();
    list.set(94_567, true).unwrap();
    list.set(94_566, false).unwrap();
    let found: Vec<_> = (94_565..94_569).map(|index| list.find(index)).collect();
    assert_eq!(found, [Some(false), Some(false), Some(true), Some(false)]);
    assert_eq!(format!("{list:?}"), "StatusList { entries: 131072, set: 1 }");
}

#[test]
fn an_index_beyond_the_end_is_no_entry() {
    let mut list = StatusList::new(MINIMUM_ENTRIES).unwrap();
    assert_eq!(list.find(MINIMUM_ENTRIES - 1), Some(false));
    assert_eq!(list.find(MINIMUM_ENTRIES), None);
    assert_eq!(list.find(usize::MAX), None);
    assert_eq!(
        list.set(131_072, true).unwrap_err().to_string(),
        "index 131072 is beyond the end of the status list, which has 131072 entries numbered from 0"
    );
}

#[test]
fn a_new_list_has_a_length_the_standard_and_memory_allow() {
    let refusal = |entries| StatusList::new(entries).unwrap_err().to_string();
    assert_eq!(
        refusal(131_071),
        "a status list has 131071 entries; Bitstring Status List 1.0 asks for at least 131072"
    );
    assert_eq!(
        refusal(131_073),
        "a status list of 131073 entries does not fill whole bytes; the number must be a multiple of 8"
    );
    assert_eq!(refusal(8_388_616), "a status list of 8388616 entries is longer than the 8388608 taken here");
    assert_eq!(StatusList::new(131_080).unwrap().len(), 131_080);
    assert_eq!(StatusList::new(MAXIMUM_ENTRIES).unwrap().len(), MAXIMUM_ENTRIES);
}

#[test]
fn the_examples_of_the_standard_are_lists_without_a_set_bit() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/bitstring-status-list");
    if !std::path::Path::new(folder).is_dir() {
        assert!(std::env::var("STAPEL_REQUIRE_VECTORS").as_deref() != Ok("1"), "{folder} is absent");
        println!("{folder} is absent: the examples of the standard are not tested");
        return;
    }
    for name in ["example-02.json", "example-04.json"] {
        let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
        let credential: serde_json::Value = serde_json::from_str(&text).unwrap();
        let encoded = credential["credentialSubject"]["encodedList"].as_str().unwrap();
        let list = StatusList::decode(encoded).unwrap();
        assert_eq!(list, StatusList::new(MINIMUM_ENTRIES).unwrap(), "{name}");
    }
}

#[test]
fn the_same_list_always_gives_the_same_short_text() {
    let text = StatusList::new(MINIMUM_ENTRIES).unwrap().encode();
    assert!(text.starts_with("uH4sI"), "{text}");
    assert!(text.len() < 100, "{} characters for an empty list", text.len());
    assert_eq!(text, StatusList::new(MINIMUM_ENTRIES).unwrap().encode());
}

#[test]
fn a_list_that_does_not_compress_at_all_fits_under_the_cap() {
    let mut list = StatusList::new(MAXIMUM_ENTRIES).unwrap();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for index in 0..MAXIMUM_ENTRIES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        list.set(index, state & (1 << 33) != 0).unwrap();
    }
    let text = list.encode();
    assert!(text.len() > 1_398_000 && text.len() <= MAXIMUM_ENCODED_LENGTH, "{} characters", text.len());
    assert_eq!(StatusList::decode(&text).unwrap(), list);
}

#[test]
fn a_decompression_bomb_is_refused_before_it_fills_memory() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    let megabyte = vec![0; 1 << 20];
    for _ in 0..400 {
        encoder.write_all(&megabyte).unwrap();
    }
    let bomb = multibase(&encoder.finish().unwrap());
    assert!(bomb.len() < MAXIMUM_ENCODED_LENGTH, "the bomb must reach the decompressor");
    let before = peak_memory_kib();
    assert_eq!(refusal(&bomb), "the encoded status list decompresses to more than 1048576 bytes, the most taken here");
    if let (Some(before), Some(after)) = (before, peak_memory_kib()) {
        assert!(after - before < 64 * 1024, "peak memory grew by {} KiB for a bomb of 400 MiB", after - before);
    }
}

/// The greatest memory this process has ever held, where the system tells (Linux).
fn peak_memory_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn one_byte_over_the_greatest_length_is_refused_and_the_greatest_length_is_taken() {
    assert_eq!(
        StatusList::decode(&multibase(&gzip(&vec![0; MAXIMUM_ENTRIES / 8 + 1]))),
        Err(StatusError::DecompressedTooLarge)
    );
    assert_eq!(StatusList::decode(&multibase(&gzip(&vec![0; MAXIMUM_ENTRIES / 8]))).unwrap().len(), MAXIMUM_ENTRIES);
}

#[test]
fn a_text_over_the_cap_is_refused_unread() {
    assert_eq!(
        refusal(&format!("u{}", "A".repeat(1_500_000))),
        "the encoded status list has 1500001 characters, more than the 1500000 taken here"
    );
}

#[test]
fn a_list_below_the_minimum_is_refused() {
    assert_eq!(
        refusal(&multibase(&gzip(&[0; 16_383]))),
        "a status list has 131064 entries; Bitstring Status List 1.0 asks for at least 131072"
    );
    assert_eq!(
        refusal(&multibase(&gzip(&[]))),
        "a status list has 0 entries; Bitstring Status List 1.0 asks for at least 131072"
    );
}

#[test]
fn the_older_encoding_is_refused_by_name() {
    let text = StatusList::new(MINIMUM_ENTRIES).unwrap().encode();
    assert_eq!(
        refusal(&text[1..]),
        "the encoded status list has no multibase prefix 'u': this is the older encoding of Status List 2021, which is \
         not read here"
    );
}

#[test]
fn another_prefix_and_none_are_refused() {
    assert_eq!(
        refusal("z3BMQEAAADCoPVPbQwfoA"),
        "the encoded status list begins with 'z'; Bitstring Status List 1.0 asks for the multibase prefix 'u'"
    );
    assert_eq!(
        refusal("é"),
        "the encoded status list begins with 'é'; Bitstring Status List 1.0 asks for the multibase prefix 'u'"
    );
    assert_eq!(refusal(""), "the encoded status list is empty");
}

#[test]
fn text_that_is_not_base64url_without_padding_is_refused() {
    assert_eq!(
        refusal("uH4sI*AAA"),
        "the encoded status list is not base64url without padding: invalid symbol 42, offset 4."
    );
    assert!(matches!(StatusList::decode("uH4sIAA=="), Err(StatusError::NotBase64Url { .. })));
    assert!(matches!(StatusList::decode("uH4sI+/AA"), Err(StatusError::NotBase64Url { .. })));
}

#[test]
fn gzip_cut_off_at_any_byte_is_refused() {
    let whole = gzip(&vec![0; MINIMUM_ENTRIES / 8]);
    for length in 0..whole.len() {
        let error = StatusList::decode(&multibase(&whole[..length])).unwrap_err();
        assert_eq!(error, StatusError::CutOff { length });
    }
    assert_eq!(
        refusal(&multibase(&whole[..20])),
        "the encoded status list is cut off: its GZIP data ends after 20 bytes, before its end mark"
    );
}

#[test]
fn bytes_after_the_end_and_a_second_member_are_refused() {
    let mut bytes = gzip(&vec![0; MINIMUM_ENTRIES / 8]);
    let second = gzip(b"x");
    bytes.push(7);
    assert_eq!(
        refusal(&multibase(&bytes)),
        "the encoded status list goes on after the end of its GZIP data (bytes left over: 1)"
    );
    bytes.pop();
    bytes.extend(&second);
    assert_eq!(StatusList::decode(&multibase(&bytes)), Err(StatusError::TrailingBytes { count: second.len() }));
}

#[test]
fn bytes_that_are_not_gzip_or_were_altered_are_refused() {
    assert_eq!(
        refusal(&multibase(b"a list of badges, and no GZIP")),
        "the encoded status list is not sound GZIP: invalid gzip header"
    );
    let mut bytes = gzip(&vec![0; MINIMUM_ENTRIES / 8]);
    let crc = bytes.len() - 8;
    bytes[crc] ^= 1;
    assert_eq!(
        refusal(&multibase(&bytes)),
        "the encoded status list is not sound GZIP: corrupt gzip stream does not have a matching checksum"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_set_is_found_after_encoding_and_decoding(
        eighths in MINIMUM_ENTRIES / 8..MINIMUM_ENTRIES / 4,
        places in proptest::collection::btree_set(0..MINIMUM_ENTRIES, 0..200),
    ) {
        let mut list = StatusList::new(eighths * 8).unwrap();
        for &place in &places {
            list.set(place, true).unwrap();
        }
        let received = StatusList::decode(&list.encode()).unwrap();
        prop_assert_eq!(received.len(), eighths * 8);
        let found: std::collections::BTreeSet<usize> =
            (0..received.len()).filter(|&index| received.find(index) == Some(true)).collect();
        prop_assert_eq!(found, places);
    }

    #[test]
    fn no_text_makes_the_decoder_panic(text in "u?(H4sI)?[A-Za-z0-9_-]{0,200}\\PC{0,3}") {
        prop_assert!(StatusList::decode(&text).is_err());
    }

    #[test]
    fn one_altered_byte_never_gives_another_list(position in 10_usize..60, value in any::<u8>()) {
        let list = StatusList::new(MINIMUM_ENTRIES).unwrap();
        let mut bytes = gzip(&vec![0; MINIMUM_ENTRIES / 8]);
        let position = position % bytes.len();
        bytes[position] = value;
        if let Ok(received) = StatusList::decode(&multibase(&bytes)) {
            prop_assert_eq!(received, list);
        }
    }
}

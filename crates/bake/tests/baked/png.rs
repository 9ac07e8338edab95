//! PNG: the sound ones, and each trick by its name.

use stapel_bake::{BakeError, Format, Kind, MAX_PICTURE_BYTES, MAX_TEXT_BYTES, PngError, bake, extract};

use crate::pictures::{JSON, JWS, badge, chunk, decoded, deflated, end, header, itxt, pixels, png, png_with};

fn refused(picture: &[u8]) -> String {
    let error = extract(picture).unwrap_err();
    assert!(!matches!(error, BakeError::NoBadge { .. }), "a broken picture is no picture without a badge");
    // What cannot be read is not written into either; but a badge that cannot be read is replaced.
    error.to_string()
}

fn broken(picture: &[u8]) -> String {
    let sentence = refused(picture);
    assert_eq!(bake(picture, JSON).unwrap_err().to_string(), sentence);
    sentence
}

/// A picture whose badge alone is at fault: baking mends it.
fn spoilt(picture: &[u8]) -> String {
    let sentence = refused(picture);
    assert_eq!(extract(&bake(picture, JSON).unwrap()).unwrap().text, JSON);
    sentence
}

#[test]
fn a_badge_goes_in_and_comes_out() {
    let picture = png_with(&[]);
    for (text, kind) in [(JSON, Kind::Json), (JWS, Kind::Jws)] {
        let baked = bake(&picture, text).unwrap();
        assert_eq!(baked, png_with(&[badge(text)]), "one chunk more, before the pixels");
        let found = extract(&baked).unwrap();
        assert_eq!((found.text.as_str(), found.kind, found.format), (text, kind, Format::Png));
        let (pixels, texts) = decoded(&baked);
        assert_eq!(pixels, decoded(&picture).0, "another decoder sees the same picture");
        assert_eq!(texts, [("openbadgecredential".to_owned(), text.to_owned())], "and finds the badge");
    }
}

#[test]
fn white_space_around_a_badge_is_left_out() {
    assert_eq!(bake(&png_with(&[]), &format!("\n {JSON}\r\n")).unwrap(), png_with(&[badge(JSON)]));
    assert_eq!(extract(&png_with(&[badge(&format!(" {JWS}\n"))])).unwrap().text, JWS);
}

#[test]
fn every_other_chunk_keeps_its_bytes_and_its_place() {
    let comment = chunk(b"tEXt", b"Comment\0made by hand");
    let title = itxt("Title", [1, 0], &deflated("Zorg – één".as_bytes()));
    let private = chunk(b"prVt", &[0, 255, 1]);
    let mut wrong_sum = chunk(b"tIME", &[7, 234, 11, 22, 9, 0, 0]);
    *wrong_sum.last_mut().unwrap() ^= 1;
    let tail = b"what follows the picture".to_vec();
    let before = [header(), comment.clone(), title.clone()];
    let after = [pixels(), private, wrong_sum, end(), tail];
    let picture = png(&[&before[..], &after[..]].concat());
    let expected = png(&[&before[..], &[badge(JSON)], &after[..]].concat());
    assert_eq!(bake(&picture, JSON).unwrap(), expected);
    assert_eq!(bake(&expected, JSON).unwrap(), expected);
    // One that stands elsewhere, and two of them, are replaced by one.
    let elsewhere = png(&[&before[..1], &[badge(JWS)], &before[1..], &after[..2], &[badge(JWS)], &after[2..]].concat());
    assert_eq!(bake(&elsewhere, JSON).unwrap(), expected);
    assert!(matches!(extract(&elsewhere), Err(BakeError::SeveralBadges { format: Format::Png, found: 2 })));
}

#[test]
fn a_compressed_badge_is_read_and_written_again_without_compression() {
    let picture = png_with(&[itxt("openbadgecredential", [1, 0], &deflated(JSON.as_bytes()))]);
    assert_eq!(extract(&picture).unwrap().text, JSON);
    assert_eq!(bake(&picture, JSON).unwrap(), png_with(&[badge(JSON)]));
}

#[test]
fn language_and_translated_keyword_are_passed_over() {
    let data = ["openbadgecredential\0\0\0nl-NL\0bewijs\0".as_bytes(), JSON.as_bytes()].concat();
    assert_eq!(extract(&png_with(&[chunk(b"iTXt", &data)])).unwrap().text, JSON);
}

#[test]
fn a_picture_without_a_badge_says_so() {
    let others = [
        itxt("openbadgecredentials", [0, 0], JSON.as_bytes()),
        itxt("openbadgecredentia", [0, 0], JSON.as_bytes()),
        itxt("OpenBadgeCredential", [0, 0], JSON.as_bytes()),
        itxt("", [0, 0], b"openbadgecredential"),
        chunk(b"tEXt", b"openbadgecredential\0{}"),
        chunk(b"iTXt", b"openbadgecredential"),
        chunk(b"iTXt", b""),
    ];
    for other in others {
        let error = extract(&png_with(&[other])).unwrap_err();
        assert_eq!(error, BakeError::NoBadge { format: Format::Png });
        assert_eq!(error.to_string(), "the PNG picture carries no badge");
    }
    // What follows the end of the picture is no part of it.
    let behind = [png_with(&[]), badge(JSON), end()].concat();
    assert_eq!(extract(&behind), Err(BakeError::NoBadge { format: Format::Png }));
}

#[test]
fn an_older_badge_is_named_as_such() {
    let url = b"https://badges.example/assertion/1";
    for older in [itxt("openbadges", [0, 0], url), chunk(b"tEXt", &[&b"openbadges\0"[..], url].concat())] {
        let picture = png_with(std::slice::from_ref(&older));
        let error = extract(&picture).unwrap_err();
        assert_eq!(error, BakeError::OlderBadge { format: Format::Png });
        let both = bake(&picture, JSON).unwrap();
        assert_eq!(both, png_with(&[older, badge(JSON)]), "it stays where it is");
        assert_eq!(extract(&both).unwrap().text, JSON);
    }
}

#[test]
fn a_truncated_picture_is_refused_wherever_it_ends() {
    let whole = png_with(&[badge(JSON)]);
    for length in 8..whole.len() {
        let sentence = broken(&whole[..length]);
        assert!(
            sentence.starts_with("the PNG picture is broken: the file ends inside the chunk at byte "),
            "{sentence}"
        );
    }
    assert_eq!(extract(&whole[..7]), Err(BakeError::UnknownFormat));
}

#[test]
fn an_altered_byte_of_what_matters_is_refused() {
    let whole = png_with(&[badge(JSON)]);
    for at in 8..whole.len() {
        for bit in [0x01, 0x20, 0x80] {
            let mut altered = whole.clone();
            altered[at] ^= bit;
            // A chunk may be made into one that nobody knows (iTXt into ITXt is critical; into kTXt is not ours).
            match extract(&altered) {
                Err(BakeError::Png(_) | BakeError::NoBadge { .. }) => {}
                other => panic!("byte {at}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_wrong_sum_is_refused_with_both_sums() {
    let mut spoilt = badge(JSON);
    *spoilt.last_mut().unwrap() ^= 0xff;
    let sentence = broken(&png_with(&[spoilt]));
    assert!(sentence.starts_with("the PNG picture is broken: the iTXt chunk at byte 33 was altered: its CRC is "));
}

#[test]
fn a_huge_length_is_refused_without_reserving_it() {
    for (length, found) in [
        (0xffff_ffff_u32, PngError::Length { at: 33, length: 0xffff_ffff }),
        (0x8000_0000, PngError::Length { at: 33, length: 0x8000_0000 }),
        (0x7fff_ffff, PngError::CutOff { at: 33 }),
        (5_000, PngError::CutOff { at: 33 }),
    ] {
        let mut chunk = badge(JSON);
        chunk[..4].copy_from_slice(&length.to_be_bytes());
        assert_eq!(extract(&png_with(&[chunk])), Err(found.into()));
    }
}

#[test]
fn chunks_out_of_their_place_are_refused() {
    let misplaced = |kind: &str, at| BakeError::Png(PngError::Misplaced { kind: kind.to_owned(), at });
    for (chunks, error) in [
        (vec![badge(JSON), header(), pixels(), end()], misplaced("iTXt", 8)),
        (vec![header(), header(), pixels(), end()], misplaced("IHDR", 33)),
        (vec![chunk(b"IHDR", &[0; 12]), pixels(), end()], misplaced("IHDR", 8)),
        (vec![header(), chunk(b"IDAT", &[]), chunk(b"IEND", &[0])], misplaced("IEND", 45)),
        (vec![header(), badge(JSON), end()], PngError::NoPixels.into()),
        (vec![header(), chunk(b"iTX\0", &[]), pixels(), end()], PngError::Type { at: 33 }.into()),
        (vec![header(), pixels()], PngError::CutOff { at: 33 + pixels().len() }.into()),
        (vec![], PngError::CutOff { at: 8 }.into()),
    ] {
        assert_eq!(extract(&png(&chunks)), Err(error));
    }
}

#[test]
fn a_million_chunks_are_refused() {
    let many = png_with(&vec![chunk(b"tEXt", b""); 1_000_000]);
    assert_eq!(broken(&many), "the PNG picture is broken: it has more than 65536 chunks");
    // Three chunks are there already. One that has no room for a badge is refused when it is baked, not when it is read.
    let full = png_with(&vec![chunk(b"tEXt", b""); 65_536 - 3]);
    assert_eq!(extract(&full), Err(BakeError::NoBadge { format: Format::Png }));
    assert_eq!(bake(&full, JSON), Err(PngError::TooManyChunks { limit: 65_536 }.into()));
    let with_badge = png_with(&[vec![badge(JWS)], vec![chunk(b"tEXt", b""); 65_536 - 4]].concat());
    assert_eq!(extract(&bake(&with_badge, JSON).unwrap()).unwrap().text, JSON, "a badge makes room for another");
}

#[test]
fn a_compressed_bomb_is_refused_while_it_unpacks() {
    // A hundred times the cap, in a hundred kilobytes.
    let bomb = deflated(&vec![b' '; 100 * MAX_TEXT_BYTES]);
    assert!(bomb.len() < 110_000);
    assert_eq!(
        spoilt(&png_with(&[itxt("openbadgecredential", [1, 0], &bomb)])),
        "the credential has more than 1048576 bytes"
    );
}

#[test]
fn a_credential_as_long_as_the_cap_is_taken_and_one_byte_more_is_not() {
    let long = |length: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(length - 8));
    let picture = png_with(&[]);
    let longest = long(MAX_TEXT_BYTES);
    assert_eq!(longest.len(), MAX_TEXT_BYTES);
    assert_eq!(extract(&bake(&picture, &longest).unwrap()).unwrap().text, longest);
    let packed = itxt("openbadgecredential", [1, 0], &deflated(longest.as_bytes()));
    assert_eq!(extract(&png_with(&[packed])).unwrap().text, longest);
    let longer = long(MAX_TEXT_BYTES + 1);
    assert_eq!(bake(&picture, &longer), Err(BakeError::TextTooLong));
    assert_eq!(extract(&png_with(&[badge(&longer)])), Err(BakeError::TextTooLong));
    let packed = itxt("openbadgecredential", [1, 0], &deflated(longer.as_bytes()));
    assert_eq!(extract(&png_with(&[packed])), Err(BakeError::TextTooLong));
}

#[test]
fn a_text_that_cannot_be_read_is_refused_with_its_place() {
    let mut cut = deflated(JSON.as_bytes());
    cut.truncate(cut.len() - 5);
    let mut no_sum = deflated(JSON.as_bytes());
    *no_sum.last_mut().unwrap() ^= 1;
    let followed = [deflated(JSON.as_bytes()), vec![0]].concat();
    for (chunk, fault) in [
        (itxt("openbadgecredential", [2, 0], b"{}"), "compression flag 2 does not exist"),
        (itxt("openbadgecredential", [1, 1], &deflated(b"{}")), "compression method 1 does not exist"),
        (itxt("openbadgecredential", [0, 0], b"{\"name\": \"\xff\"}"), "its text is not UTF-8"),
        (itxt("openbadgecredential", [0, 0], b"{\"name\": \"\xed\xa0\x80\"}"), "its text is not UTF-8"),
        (itxt("openbadgecredential", [1, 0], b"{}"), "its zlib data is broken: "),
        (itxt("openbadgecredential", [1, 0], b""), "its zlib data "),
        (itxt("openbadgecredential", [1, 0], &cut), "its zlib data "),
        (itxt("openbadgecredential", [1, 0], &no_sum), "its zlib data is broken: "),
        (itxt("openbadgecredential", [1, 0], &followed), "1 bytes follow its zlib data"),
        (chunk(b"iTXt", b"openbadgecredential\0"), "it ends after its keyword"),
        (chunk(b"iTXt", b"openbadgecredential\0\0"), "it ends after its keyword"),
        (chunk(b"iTXt", b"openbadgecredential\0\0\0"), "it ends before its text"),
        (chunk(b"iTXt", b"openbadgecredential\0\0\0nl\0bewijs"), "it ends before its text"),
    ] {
        let sentence = spoilt(&png_with(&[chunk]));
        let wanted = format!("the PNG picture is broken: the iTXt chunk at byte 33 cannot be read: {fault}");
        assert!(sentence.starts_with(&wanted), "{sentence}\n{wanted}");
    }
}

#[test]
fn what_is_no_credential_by_its_shape_is_neither_taken_nor_baked() {
    let picture = png_with(&[]);
    for text in
        ["", "https://badges.example/1", "{", "[]", "null", "a.b", "a.b.", "a..c", "a.b.c.d", "a.b.c~d~", "a.b.ç"]
    {
        assert!(matches!(bake(&picture, text), Err(BakeError::NotACredential { .. })), "{text}");
        assert!(matches!(extract(&png_with(&[badge(text)])), Err(BakeError::NotACredential { .. })), "{text}");
    }
}

#[test]
fn what_is_no_picture_is_refused_by_its_first_bytes() {
    let jpeg: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";
    let text_mode = png_with(&[]).iter().copied().filter(|byte| *byte != b'\r').collect::<Vec<u8>>();
    for bytes in [b"", jpeg, b"GIF89a", JSON.as_bytes(), b"\xfe\xff\0<\0s\0v\0g", text_mode.as_slice()] {
        assert_eq!(extract(bytes), Err(BakeError::UnknownFormat));
        assert_eq!(bake(bytes, JSON), Err(BakeError::UnknownFormat));
    }
}

#[test]
fn a_picture_over_the_cap_is_not_looked_at() {
    let mut huge = png_with(&[badge(JSON)]);
    huge.resize(MAX_PICTURE_BYTES + 1, 0);
    assert_eq!(broken(&huge), "the picture has 16777217 bytes, more than the 16777216 that are read");
    huge.pop();
    assert_eq!(extract(&huge).unwrap().text, JSON);
}

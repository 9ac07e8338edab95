//! Which pictures are there to test with? All are made here.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

pub(crate) const JSON: &str =
    r#"{"type": ["VerifiableCredential", "AchievementCredential"], "name": "Zorg \u2013 één"}"#;
pub(crate) const JWS: &str = "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.c2lnbmF0dXJl-_";
pub(crate) const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">\n  <circle r=\"4\"/>\n</svg>\n";

/// A chunk with its length and CRC.
pub(crate) fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

/// A PNG of these chunks.
pub(crate) fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

pub(crate) fn header() -> Vec<u8> {
    // 3 by 2, eight bits of grey.
    chunk(b"IHDR", &[0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0])
}

pub(crate) fn pixels() -> Vec<u8> {
    chunk(b"IDAT", &deflated(&[0, 10, 20, 30, 0, 40, 50, 60]))
}

pub(crate) fn end() -> Vec<u8> {
    chunk(b"IEND", &[])
}

/// A sound picture with these chunks before its pixels.
pub(crate) fn png_with(chunks: &[Vec<u8>]) -> Vec<u8> {
    png(&[&[header()], chunks, &[pixels(), end()]].concat())
}

pub(crate) fn itxt(keyword: &str, flags: [u8; 2], text: &[u8]) -> Vec<u8> {
    chunk(b"iTXt", &[keyword.as_bytes(), &[0], &flags, &[0, 0], text].concat())
}

/// The chunk that `bake` writes.
pub(crate) fn badge(text: &str) -> Vec<u8> {
    itxt("openbadgecredential", [0, 0], text.as_bytes())
}

pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What an independent decoder reads: pixels, and the texts of all `iTXt` chunks by keyword.
pub(crate) fn decoded(picture: &[u8]) -> (Vec<u8>, Vec<(String, String)>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    let texts = &reader.info().utf8_text;
    (pixels, texts.iter().map(|text| (text.keyword.clone(), text.get_text().unwrap())).collect())
}

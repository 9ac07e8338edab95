//! How do the bits of a status list become text, and how is foreign text taken in without harm?

use std::io::{Read as _, Write as _};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};

use crate::{MAXIMUM_ENTRIES, StatusError};

/// The longest encoded text taken, in bytes: base64url of [`MAXIMUM_ENTRIES`] bits that do not compress at all, and some
/// room for GZIP's own headers.
pub const MAXIMUM_ENCODED_LENGTH: usize = 1_500_000;

const MAXIMUM_BYTES: usize = MAXIMUM_ENTRIES / 8;

/// The first three bytes of every GZIP stream (RFC 1952 §2.3: identification and DEFLATE) in base64url.
const GZIP_IN_BASE64URL: &str = "H4sI";

/// Level 6: level 9 takes far longer for hardly a byte less.
const LEVEL: Compression = Compression::new(6);

#[expect(clippy::expect_used, reason = "writing into a Vec does not fail")]
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), LEVEL);
    encoder.write_all(bytes).expect("a Vec takes all bytes");
    let compressed = encoder.finish().expect("a Vec takes all bytes");
    let mut text = String::from("u");
    URL_SAFE_NO_PAD.encode_string(compressed, &mut text);
    text
}

pub(crate) fn decode(text: &str) -> Result<Vec<u8>, StatusError> {
    if text.len() > MAXIMUM_ENCODED_LENGTH {
        return Err(StatusError::EncodedTooLong { length: text.len() });
    }
    let Some(base64url) = text.strip_prefix('u') else {
        return Err(match text.chars().next() {
            None => StatusError::Empty,
            Some(_) if text.starts_with(GZIP_IN_BASE64URL) => StatusError::StatusList2021,
            Some(found) => StatusError::WrongPrefix { found },
        });
    };
    let compressed = URL_SAFE_NO_PAD
        .decode(base64url)
        .map_err(|error| StatusError::NotBase64Url { reason: lowercase_first(&error.to_string()) })?;
    decompress(&compressed)
}

fn decompress(compressed: &[u8]) -> Result<Vec<u8>, StatusError> {
    // One byte over the cap is enough to know that the cap is broken, and reading up to the end is what checks the CRC.
    let mut member = GzDecoder::new(compressed).take(MAXIMUM_BYTES as u64 + 1);
    let mut bytes = Vec::new();
    member.read_to_end(&mut bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => StatusError::CutOff { length: compressed.len() },
        _ => StatusError::NotGzip { reason: error.to_string() },
    })?;
    if bytes.len() > MAXIMUM_BYTES {
        return Err(StatusError::DecompressedTooLarge);
    }
    match member.into_inner().into_inner() {
        [] => Ok(bytes),
        left_over => Err(StatusError::TrailingBytes { count: left_over.len() }),
    }
}

fn lowercase_first(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

//! Where in a PNG does its credential stand? One walk over the chunks answers for taking out and for putting in.
//!
//! Our own walk, and not crate `png`: that one decodes a picture and writes another, and what it does not know is lost;
//! here every chunk but ours has to keep its bytes. CRC-32 and inflating come from flate2, which reads status lists too.

use std::io::Read as _;
use std::ops::Range;

use flate2::Crc;
use flate2::bufread::ZlibDecoder;

use crate::kind::PNG_SIGNATURE;
use crate::{BakeError, Format, MAX_TEXT_BYTES, PngError};

/// OB 3.0 §5.3.1.1.
const KEYWORD: &[u8] = b"openbadgecredential";
/// Open Badges 1 and 2: Badge Baking 1.0, "PNG".
const OLDER_KEYWORD: &[u8] = b"openbadges";
/// More than any picture within the cap on its size has, with the smallest IDAT chunks that encoders make.
const MAX_CHUNKS: usize = 65_536;
/// The longest chunk (PNG §5.3).
const MAX_CHUNK_BYTES: u32 = 0x7fff_ffff;
/// Length, type and CRC of a chunk.
const FRAME: usize = 12;

/// A chunk as it stands in the file.
struct Chunk<'a> {
    at: usize,
    kind: [u8; 4],
    data: &'a [u8],
    /// What the CRC is over.
    typed: &'a [u8],
    stated: u32,
}

/// What matters here of a PNG.
struct Survey<'a> {
    /// The chunks with our keyword.
    badges: Vec<Chunk<'a>>,
    /// Whether there is a badge of Open Badges 1 or 2.
    older: bool,
    /// Where the pixels begin.
    pixels: usize,
}

pub(crate) fn extract(picture: &[u8]) -> Result<String, BakeError> {
    let Survey { badges, older, .. } = survey(picture)?;
    match badges.as_slice() {
        [] if older => Err(BakeError::OlderBadge { format: Format::Png }),
        [] => Err(BakeError::NoBadge { format: Format::Png }),
        [badge] => badge.text(),
        several => Err(BakeError::SeveralBadges { format: Format::Png, found: several.len() }),
    }
}

pub(crate) fn bake(picture: &[u8], credential: &str) -> Result<Vec<u8>, BakeError> {
    let survey = survey(picture)?;
    let chunk = write(credential)?;
    let mut out = Vec::with_capacity(picture.len() + chunk.len());
    let mut kept = 0;
    let mut keep = |until: usize, out: &mut Vec<u8>, from: usize| {
        out.extend_from_slice(picture.get(kept..until).unwrap_or_default());
        kept = from;
    };
    // iTXt may stand anywhere between IHDR and IEND (PNG §5.6); before the pixels, a reader finds it soonest.
    let mut badges: Vec<Range<usize>> = survey.badges.iter().map(Chunk::range).collect();
    badges.push(survey.pixels..survey.pixels);
    badges.sort_by_key(|range| range.start);
    for range in badges {
        keep(range.start, &mut out, range.end);
        if range.is_empty() {
            out.extend_from_slice(&chunk);
        }
    }
    keep(picture.len(), &mut out, picture.len());
    Ok(out)
}

fn survey(picture: &[u8]) -> Result<Survey<'_>, PngError> {
    let mut at = PNG_SIGNATURE.len();
    let (mut badges, mut older, mut pixels) = (Vec::new(), false, None);
    for number in 0..MAX_CHUNKS {
        let chunk = Chunk::read(picture, at)?;
        at = chunk.range().end;
        let is_header = &chunk.kind == b"IHDR";
        if is_header != (number == 0) || (is_header && chunk.data.len() != 13) {
            return Err(chunk.misplaced());
        }
        // A critical chunk has a capital first (PNG §5.4); what else is wrong is no reason to refuse a picture.
        let is_text = &chunk.kind == b"iTXt";
        if is_text || chunk.kind.first().is_some_and(u8::is_ascii_uppercase) {
            chunk.check()?;
        }
        match &chunk.kind {
            b"IDAT" => {
                pixels.get_or_insert(chunk.at);
            }
            b"IEND" if !chunk.data.is_empty() => return Err(chunk.misplaced()),
            // What follows IEND is no part of the picture: it is not looked at, and kept.
            b"IEND" => return Ok(Survey { badges, older, pixels: pixels.ok_or(PngError::NoPixels)? }),
            b"iTXt" if chunk.has(KEYWORD) => badges.push(chunk),
            b"iTXt" | b"tEXt" => older |= chunk.has(OLDER_KEYWORD),
            _ => {}
        }
    }
    Err(PngError::TooManyChunks { limit: MAX_CHUNKS })
}

impl<'a> Chunk<'a> {
    fn read(picture: &'a [u8], at: usize) -> Result<Self, PngError> {
        let cut_off = PngError::CutOff { at };
        let Some((length, rest)) = picture.get(at..).and_then(|rest| rest.split_first_chunk()) else {
            return Err(cut_off);
        };
        let length = u32::from_be_bytes(*length);
        if length > MAX_CHUNK_BYTES {
            return Err(PngError::Length { at, length });
        }
        let Some((typed, rest)) = rest.split_at_checked(4 + length as usize) else { return Err(cut_off) };
        let (Some((kind, data)), Some((stated, _))) = (typed.split_first_chunk(), rest.split_first_chunk()) else {
            return Err(cut_off);
        };
        if !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(PngError::Type { at });
        }
        Ok(Self { at, kind: *kind, data, typed, stated: u32::from_be_bytes(*stated) })
    }

    fn range(&self) -> Range<usize> {
        self.at..self.at + FRAME + self.data.len()
    }

    fn name(&self) -> String {
        String::from_utf8_lossy(&self.kind).into_owned()
    }

    fn misplaced(&self) -> PngError {
        PngError::Misplaced { kind: self.name(), at: self.at }
    }

    fn check(&self) -> Result<(), PngError> {
        let (found, stated) = (crc(self.typed), self.stated);
        if found == stated { Ok(()) } else { Err(PngError::Crc { kind: self.name(), at: self.at, found, stated }) }
    }

    fn has(&self, keyword: &[u8]) -> bool {
        self.data.strip_prefix(keyword).is_some_and(|rest| rest.first() == Some(&0))
    }

    fn fault(&self, fault: impl Into<String>) -> BakeError {
        PngError::Text { at: self.at, fault: fault.into() }.into()
    }

    /// PNG §11.3.3.4: keyword, 0, compression flag, compression method, language tag, 0, translated keyword, 0, text.
    fn text(&self) -> Result<String, BakeError> {
        let [compressed, method, rest @ ..] = self.data.get(KEYWORD.len() + 1..).unwrap_or_default() else {
            return Err(self.fault("it ends after its keyword"));
        };
        let mut fields = rest.splitn(3, |byte| *byte == 0);
        let (Some(_language), Some(_translated), Some(text)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(self.fault("it ends before its text"));
        };
        let bytes = match (compressed, method) {
            (0, _) if text.len() > MAX_TEXT_BYTES => return Err(BakeError::TextTooLong),
            (0, _) => text.to_vec(),
            (1, 0) => self.inflate(text)?,
            (1, other) => return Err(self.fault(format!("compression method {other} does not exist"))),
            (other, _) => return Err(self.fault(format!("compression flag {other} does not exist"))),
        };
        let text = String::from_utf8(bytes).map_err(|_| self.fault("its text is not UTF-8"))?;
        Ok(text.trim().to_owned())
    }

    /// One byte over the cap is enough to know that the cap is broken; reading up to the end checks the checksum.
    fn inflate(&self, text: &[u8]) -> Result<Vec<u8>, BakeError> {
        let mut inflated = ZlibDecoder::new(text).take(MAX_TEXT_BYTES as u64 + 1);
        let mut bytes = Vec::new();
        inflated.read_to_end(&mut bytes).map_err(|error| self.fault(format!("its zlib data is broken: {error}")))?;
        if bytes.len() > MAX_TEXT_BYTES {
            return Err(BakeError::TextTooLong);
        }
        match inflated.into_inner().into_inner() {
            [] => Ok(bytes),
            left_over => Err(self.fault(format!("{} bytes follow its zlib data", left_over.len()))),
        }
    }
}

/// An uncompressed `iTXt` chunk without language and translated keyword, as OB 3.0 §5.3.1.1 shows it.
fn write(credential: &str) -> Result<Vec<u8>, BakeError> {
    let typed = [b"iTXt", KEYWORD, &[0, 0, 0, 0, 0], credential.as_bytes()].concat();
    let length = u32::try_from(typed.len() - 4).map_err(|_| BakeError::TextTooLong)?;
    Ok([&length.to_be_bytes(), typed.as_slice(), &crc(&typed).to_be_bytes()].concat())
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

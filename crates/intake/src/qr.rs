//! What do the QR codes in this photo say (ISO/IEC 18004)?

use std::panic::{AssertUnwindSafe, catch_unwind};

use rqrr::PreparedImage;

use crate::corners;
use crate::grey::{self, Grey};
use crate::{FileKind, IntakeError, Item, one, text};

/// A picture with more corners of codes than this is no photo of a badge; see [`corners`].
const MAX_CORNERS: usize = 60;
/// So many codes of one picture are read.
const MAX_CODES: usize = 10;

/// Every code that can be read, one at least.
pub(crate) fn open(kind: FileKind, bytes: &[u8]) -> Result<Vec<Item>, IntakeError> {
    // The decoders of foreign pictures are others' code, which may stop where it should answer.
    let found = catch_unwind(AssertUnwindSafe(|| grey::read(kind, bytes).map(codes)))
        .unwrap_or_else(|_| Err(IntakeError::BrokenPicture { why: "its decoder stopped".to_owned() }))?;
    if found.is_empty() {
        return Err(IntakeError::NoCode);
    }
    let mut items = Vec::new();
    for code in found {
        items.extend(one(text(code.into())));
    }
    Ok(items)
}

fn codes(picture: Grey) -> Vec<Vec<u8>> {
    let Grey { wide, high, shades } = picture;
    let shade = |x: usize, y: usize| shades.get(y * wide + x).copied().unwrap_or(u8::MAX);
    let mut prepared = PreparedImage::prepare_from_greyscale(wide, high, shade);
    // 1 is black.
    if corners::count(wide, high, |x, y| prepared.get_pixel_at(x, y) == 1) > MAX_CORNERS {
        return Vec::new();
    }
    let mut found: Vec<Vec<u8>> = Vec::new();
    for grid in prepared.detect_grids() {
        let mut content = Vec::new();
        if grid.decode_to(&mut content).is_ok() && !found.contains(&content) {
            found.push(content);
        }
        if found.len() == MAX_CODES {
            break;
        }
    }
    found
}

//! Which shades of grey has this photo? As few pixels as a code needs, in memory that the photo's size does not set.

use std::io::Cursor;

use png::{ColorType, Limits, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::{FileKind, IntakeError, MAX_PIXELS, MAX_PIXELS_AT_ONCE};

/// A side of the picture that is looked at has at most so many pixels: a code that fills a tenth of a photo still has four for
/// each of its modules.
const MAX_SIDE: usize = 2_000;
/// So many passes over a progressive JPEG: hundreds of them are an attack on the time.
const MAX_SCANS: usize = 20;
/// What the PNG decoder may hold beside the lines.
const PNG_BYTES: usize = 8 * 1024 * 1024;

/// A picture in shades of grey, line by line from the top.
pub(crate) struct Grey {
    pub(crate) wide: usize,
    pub(crate) high: usize,
    pub(crate) shades: Vec<u8>,
}

pub(crate) fn read(kind: FileKind, bytes: &[u8]) -> Result<Grey, IntakeError> {
    if kind == FileKind::Png { png(bytes) } else { jpeg(bytes) }
}

fn png(bytes: &[u8]) -> Result<Grey, IntakeError> {
    let broken = |error: png::DecodingError| IntakeError::BrokenPicture { why: error.to_string() };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: PNG_BYTES });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(broken)?;
    let info = reader.info();
    let (wide, high) = (pixels(info.width), pixels(info.height));
    let at_once = info.interlaced;
    let mut shrunk = Shrunk::new(wide, high, at_once)?;
    let (colour, _) = reader.output_color_type();
    let shade = |pixel: &[u8]| shade_of(colour, pixel);
    let samples = colour.samples();
    if at_once {
        let size = reader.output_buffer_size().ok_or(IntakeError::TooManyPixels { found: usize::MAX })?;
        let mut whole = vec![0; size];
        reader.next_frame(&mut whole).map_err(broken)?;
        for line in whole.chunks_exact(wide.saturating_mul(samples).max(1)) {
            shrunk.line(line.chunks_exact(samples).map(shade));
        }
    } else {
        while let Some(row) = reader.next_row().map_err(broken)? {
            shrunk.line(row.data().chunks_exact(samples).map(shade));
        }
    }
    Ok(shrunk.finish())
}

/// A pixel over white paper, as people see it.
fn shade_of(colour: ColorType, pixel: &[u8]) -> u8 {
    match (colour, pixel) {
        (ColorType::Grayscale, [grey]) => *grey,
        (ColorType::GrayscaleAlpha, [grey, alpha]) => over_white(*grey, *alpha),
        (ColorType::Rgb, [red, green, blue]) => luma(*red, *green, *blue),
        (ColorType::Rgba, [red, green, blue, alpha]) => over_white(luma(*red, *green, *blue), *alpha),
        _ => u8::MAX,
    }
}

/// ITU-R BT.601 in 256ths.
fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

fn over_white(grey: u8, alpha: u8) -> u8 {
    let (grey, alpha) = (u32::from(grey), u32::from(alpha));
    u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}

fn jpeg(bytes: &[u8]) -> Result<Grey, IntakeError> {
    let options = DecoderOptions::new_safe()
        .set_max_width(MAX_PIXELS)
        .set_max_height(MAX_PIXELS)
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let broken = |error: zune_jpeg::errors::DecodeErrors| IntakeError::BrokenPicture { why: error.to_string() };
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let (wide, high) = decoder.dimensions().unwrap_or_default();
    let mut shrunk = Shrunk::new(wide, high, is_progressive(bytes))?;
    for line in decoder.decode().map_err(broken)?.chunks_exact(wide.max(1)) {
        shrunk.line(line.iter().copied());
    }
    Ok(shrunk.finish())
}

/// Whether a frame of this JPEG comes in several passes (SOF2, SOF6, SOF10; T.81 §B.2.2). Walks the segments before the first scan.
fn is_progressive(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xff, marker, tail @ ..] = rest {
        match (marker, tail) {
            // A fill byte.
            (0xff, _) => rest = rest.get(1..).unwrap_or_default(),
            (0xc2 | 0xc6 | 0xca, _) => return true,
            (0xda, _) => return false,
            (0x01 | 0xd0..=0xd8, _) => rest = tail,
            (_, [high, low, ..]) => {
                rest = tail.get(usize::from(u16::from_be_bytes([*high, *low]))..).unwrap_or_default();
            }
            _ => return false,
        }
    }
    // Not as we expect it: take the worst.
    true
}

fn pixels(side: u32) -> usize {
    usize::try_from(side).unwrap_or(usize::MAX)
}

/// A picture that is made smaller as its lines come: each pixel is the mean of a square.
struct Shrunk {
    /// How many pixels of the original a side of the square has.
    square: usize,
    wide: usize,
    sums: Vec<u32>,
    lines: usize,
    shades: Vec<u8>,
}

impl Shrunk {
    fn new(wide: usize, high: usize, at_once: bool) -> Result<Self, IntakeError> {
        let found = wide.saturating_mul(high);
        if found == 0 || found > if at_once { MAX_PIXELS_AT_ONCE } else { MAX_PIXELS } {
            return Err(IntakeError::TooManyPixels { found });
        }
        let square = wide.max(high).div_ceil(MAX_SIDE);
        let wide = wide / square;
        if wide == 0 {
            return Err(IntakeError::NoCode);
        }
        Ok(Self { square, wide, sums: vec![0; wide], lines: 0, shades: Vec::with_capacity(wide * (high / square)) })
    }

    fn line(&mut self, shades: impl Iterator<Item = u8>) {
        for (at, shade) in shades.enumerate() {
            if let Some(sum) = self.sums.get_mut(at / self.square) {
                *sum += u32::from(shade);
            }
        }
        self.lines += 1;
        if self.lines == self.square {
            self.lines = 0;
            let of = u32::try_from(self.square * self.square).unwrap_or(u32::MAX);
            self.shades.extend(self.sums.iter().map(|sum| u8::try_from(sum / of).unwrap_or(u8::MAX)));
            self.sums.fill(0);
        }
    }

    fn finish(self) -> Grey {
        Grey { wide: self.wide, high: self.shades.len() / self.wide, shades: self.shades }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pixel_is_the_mean_of_its_square() {
        let mut shrunk = Shrunk { square: 2, wide: 2, sums: vec![0; 2], lines: 0, shades: Vec::new() };
        for line in [[0, 100, 10, 10, 255], [100, 200, 20, 20, 255], [1, 2, 3, 4, 5]] {
            shrunk.line(line.into_iter());
        }
        let grey = shrunk.finish();
        assert_eq!((grey.wide, grey.high, grey.shades), (2, 1, vec![100, 15]));
    }

    #[test]
    fn what_is_clear_is_white_paper() {
        assert_eq!(shade_of(ColorType::Rgba, &[0, 0, 0, 0]), 255);
        assert_eq!(shade_of(ColorType::Rgba, &[0, 0, 0, 255]), 0);
        assert_eq!(shade_of(ColorType::GrayscaleAlpha, &[100, 128]), 177);
        assert_eq!(shade_of(ColorType::Rgb, &[255, 255, 255]), 255);
    }

    #[test]
    fn passes_are_found_before_the_first_scan() {
        let jpeg =
            |frame: u8| [b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff".as_slice(), &[frame], b"\x00\x03a\xff\xda"].concat();
        assert!(is_progressive(&jpeg(0xc2)) && !is_progressive(&jpeg(0xc0)));
        assert!(is_progressive(b"\xff\xd8\xff\xe0\xff\xff") && is_progressive(b"\xff\xd8nonsense"));
    }
}

//! What stands on a printed sheet? Reads it back with a reader that shares no code with the writer.

use std::fmt::Write as _;

use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Object, Stream};

/// A line of text where it stands, in points from the lower left.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    pub text: String,
}

/// The lines of each page, in the order in which they were written.
pub fn pages(bytes: &[u8]) -> Vec<Vec<Line>> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    pdf.pages().iter().map(|page| lines(page.page_stream().unwrap())).collect()
}

fn lines(stream: &[u8]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut operations = TypedIter::new(stream);
    let (mut x, mut y, mut size, mut bold) = (0.0, 0.0, 0.0, false);
    while let Some(operation) = operations.next() {
        match operation {
            TypedInstruction::BeginText(_) => (x, y) = (0.0, 0.0),
            TypedInstruction::TextFont(font) => {
                bold = font.0.as_ref() == b"F2";
                size = font.1.as_f64();
            }
            TypedInstruction::NextLine(step) => {
                x += step.0.as_f64();
                y += step.1.as_f64();
            }
            TypedInstruction::ShowText(shown) => {
                let text = shown.0.as_bytes().iter().map(|code| letter(*code)).collect();
                lines.push(Line { x, y, size, bold, text });
            }
            _ => {}
        }
    }
    lines
}

/// `WinAnsiEncoding`: Latin-1 but for what stands between 0x80 and 0x9f.
fn letter(code: u8) -> char {
    const HIGH: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";
    match code {
        0x80..=0x9f => HIGH.chars().nth(usize::from(code - 0x80)).unwrap(),
        other => char::from(other),
    }
}

/// All text, page by page.
pub fn text(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (index, page) in pages(bytes).iter().enumerate() {
        writeln!(out, "--- {}", index + 1).unwrap();
        for line in page {
            writeln!(out, "{}", line.text).unwrap();
        }
    }
    out
}

/// The text of the code on the last page: draws the dark modules, which are the only black shape, and reads them.
pub fn code(bytes: &[u8]) -> String {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let last = pdf.pages().iter().last().unwrap();
    let (mut black, mut corners) = (false, Vec::new());
    let mut operations = TypedIter::new(last.page_stream().unwrap());
    while let Some(operation) = operations.next() {
        match operation {
            TypedInstruction::NonStrokeColorDeviceRgb(rgb) => {
                black = [rgb.0, rgb.1, rgb.2].iter().all(|part| part.as_f64() < 0.001);
            }
            TypedInstruction::MoveTo(to) if black => corners.push((to.0.as_f64(), to.1.as_f64())),
            TypedInstruction::LineTo(to) if black => corners.push((to.0.as_f64(), to.1.as_f64())),
            TypedInstruction::FillPathNonZero(_) => black = false,
            _ => {}
        }
    }
    let left = corners.iter().map(|(x, _)| *x).fold(f64::MAX, f64::min) - 12.0;
    let top = corners.iter().map(|(_, y)| *y).fold(f64::MIN, f64::max) + 12.0;
    let run = |corners: &[(f64, f64)]| match corners {
        [from, _, to, _] => Some([from.0 - left, top - from.1, to.0 - left, top - to.1]),
        _ => None,
    };
    let runs: Vec<[f64; 4]> = corners.chunks(4).filter_map(run).collect();
    // Four pixels a point.
    let wide = 4 * 132;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide, wide, |x, y| {
        let [x, y] = [x, y].map(|pixel| f64::from(u32::try_from(pixel).unwrap()) / 4.0 + 0.125);
        let dark = |[left, top, right, low]: &[f64; 4]| x >= *left && x < *right && y >= *top && y < *low;
        if runs.iter().any(dark) { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids.first().unwrap().decode().unwrap().1
}

/// The files that go with the sheet, by the names in its catalog.
pub fn attached(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
    let Some(names) = catalog.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles")) else {
        return Vec::new();
    };
    let list: Array<'_> = names.get("Names").unwrap();
    let specs = list.iter::<Object<'_>>().filter_map(|object| match object {
        Object::Dict(spec) => Some(spec),
        _ => None,
    });
    let file = |spec: Dict<'_>| {
        let name = spec.get::<hayro_syntax::object::String<'_>>("F").unwrap();
        let stream = spec.get::<Dict<'_>>("EF").unwrap().get::<Stream<'_>>("F").unwrap();
        (String::from_utf8(name.as_bytes().to_vec()).unwrap(), stream.decoded().unwrap().to_vec())
    };
    specs.map(file).collect()
}

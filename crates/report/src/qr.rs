//! How does a link get from a screen or from paper into a phone? As a QR code (ISO/IEC 18004).

use fast_qr::{ECL, QRBuilder};

/// The light border that readers need, in modules (ISO/IEC 18004 §6.3.8).
const QUIET: usize = 4;

/// Why there is no QR code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QrError {
    /// More than the largest code holds.
    #[error("a text of {bytes} bytes does not fit into a QR code")]
    TooLong {
        /// The length of the text in bytes.
        bytes: usize,
    },
}

/// Dark modules by row and column, with the quiet zone around them.
pub(crate) struct Matrix {
    pub(crate) rows: Vec<Vec<bool>>,
}

impl Matrix {
    /// For paper: it survives a stain or a fold (correction level M).
    pub(crate) fn for_paper(text: &str) -> Result<Self, QrError> {
        Self::of(text, ECL::M)
    }

    fn of(text: &str, correction: ECL) -> Result<Self, QrError> {
        let code = QRBuilder::new(text).ecl(correction).build().map_err(|_| QrError::TooLong { bytes: text.len() })?;
        let wide = code.size + 2 * QUIET;
        let mut rows = vec![vec![false; wide]; QUIET];
        for modules in code.data.chunks(code.size).take(code.size) {
            let mut row = vec![false; QUIET];
            row.extend(modules.iter().map(|module| module.value()));
            row.resize(wide, false);
            rows.push(row);
        }
        rows.resize(wide, vec![false; wide]);
        Ok(Self { rows })
    }
}

/// The code as an SVG document: dark on white, with its quiet zone. It survives a stain or a fold (correction level M).
///
/// # Errors
/// [`QrError::TooLong`] for more than 2,331 bytes.
pub fn qr_svg(text: &str) -> Result<String, QrError> {
    use std::fmt::Write as _;

    let matrix = Matrix::for_paper(text)?;
    let wide = matrix.rows.len();
    let mut path = String::new();
    for (y, row) in matrix.rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&true) {
                let _ = write!(path, "M{x} {y}h{}v1h-{}z", run.len(), run.len());
            }
            x += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {wide}\" width=\"100%\" style=\"max-width:18rem\" \
         role=\"img\" shape-rendering=\"crispEdges\"><title>QR</title>\
         <rect width=\"{wide}\" height=\"{wide}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>\n"
    ))
}

/// The code in half blocks, two modules a character: light modules are drawn, for terminals that are dark.
/// Correction level L keeps it narrow; on a screen nothing stains.
///
/// # Errors
/// [`QrError::TooLong`] for more than 2,953 bytes.
pub fn qr_terminal(text: &str) -> Result<String, QrError> {
    let matrix = Matrix::of(text, ECL::L)?;
    let mut out = String::new();
    for pair in matrix.rows.chunks(2) {
        let upper = pair.first().map_or(&[][..], Vec::as_slice);
        let lower = pair.get(1);
        for (x, dark) in upper.iter().enumerate() {
            // Below the last row there is paper: light.
            let below = lower.and_then(|row| row.get(x)).copied().unwrap_or(false);
            out.push(match (dark, below) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFER: &str = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fschool.example%2Foffers%2F7f3a";

    fn read(rows: &[Vec<bool>]) -> String {
        const SCALE: usize = 4;
        let wide = rows.len() * SCALE;
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(
                wide,
                wide,
                |x, y| {
                    if rows[y / SCALE][x / SCALE] { 0 } else { 255 }
                },
            );
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_reader_reads_what_was_written() {
        let svg = qr_svg(OFFER).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let wide: usize =
            document.root_element().attribute("viewBox").unwrap().split(' ').next_back().unwrap().parse().unwrap();
        let path = document.descendants().find_map(|node| node.attribute("d")).unwrap();
        let mut rows = vec![vec![false; wide]; wide];
        for run in path.split('z').filter(|run| !run.is_empty()) {
            let (at, length) = run[1..].split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = length.split_once('v').unwrap().0.parse().unwrap();
            rows[y][x..x + length].fill(true);
        }
        assert_eq!(read(&rows), OFFER);
    }

    #[test]
    fn a_reader_reads_the_terminal() {
        let text = qr_terminal(OFFER).unwrap();
        let mut rows = Vec::new();
        for line in text.lines() {
            rows.push(line.chars().map(|block| matches!(block, '▄' | ' ')).collect::<Vec<_>>());
            rows.push(line.chars().map(|block| matches!(block, '▀' | ' ')).collect::<Vec<_>>());
        }
        rows.truncate(rows[0].len());
        assert_eq!(read(&rows), OFFER);
        assert!(rows[..4].iter().flatten().all(|dark| !dark), "quiet zone");
        assert!(rows[0].len() <= 80, "{} columns", rows[0].len());
    }

    #[test]
    fn too_long_a_text_is_refused() {
        assert_eq!(
            qr_svg(&"a".repeat(3000)).unwrap_err().to_string(),
            "a text of 3000 bytes does not fit into a QR code"
        );
        assert!(qr_terminal(&"a".repeat(3000)).is_err());
    }
}

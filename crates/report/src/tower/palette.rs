//! Which colours? Earth and brick on warm paper; every pair that carries text or meaning meets WCAG 2.2 AA.

/// The ground of the picture.
pub(super) const PAPER: &str = "#fbf6ec";
/// Text.
pub(super) const INK: &str = "#2f2823";
/// Text that may stand back.
pub(super) const QUIET: &str = "#65594d";
/// Text on a filled block or gable.
pub(super) const ON_FILL: &str = "#fffaf2";
/// Slabs between floors.
pub(super) const SLAB: &str = "#e8dcc6";
/// The empty part of a scale.
pub(super) const TROUGH: &str = "#e8dcc6";
/// Outlines of what is not there yet.
pub(super) const OUTLINE: &str = "#857462";
/// Blocks that are partly there.
pub(super) const PARTLY: &str = "#f6e7d3";
/// Hatched blocks: ground and line.
pub(super) const HATCH_GROUND: &str = "#f3eadb";
/// Hatched blocks: ground and line.
pub(super) const HATCH_LINE: &str = "#dccdb5";
/// The flag.
pub(super) const FLAG: &str = "#c8882b";
/// The gable of a complete tower, the pole, the ground.
pub(super) const ROOF: &str = "#4a2f28";
/// The filled part of the scale at the foot.
pub(super) const SCALE: &str = "#a3492f";

/// Filled blocks, a colour a floor.
const FLOORS: [&str; 6] = ["#a3492f", "#8a5f17", "#5c6a35", "#2d6a66", "#4c5f86", "#7d4a66"];

/// The colour of the floor at that place, from the bottom.
pub(super) fn floor(index: usize) -> &'static str {
    FLOORS.get(index % FLOORS.len()).copied().unwrap_or(ROOF)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, "relative luminance".
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_text_meets_wcag_aa() {
        let mut pairs = vec![(ON_FILL, ROOF)];
        pairs.extend([PAPER, SLAB, PARTLY, HATCH_GROUND, HATCH_LINE].map(|ground| (INK, ground)));
        pairs.extend([PAPER, SLAB, PARTLY].map(|ground| (QUIET, ground)));
        pairs.extend(FLOORS.map(|ground| (ON_FILL, ground)));
        for (text, ground) in pairs {
            assert!(contrast(text, ground) >= 4.5, "{text} on {ground}: {:.2}", contrast(text, ground));
        }
    }

    #[test]
    fn every_outline_and_mark_meets_wcag_aa() {
        let mut pairs =
            vec![(OUTLINE, PAPER), (OUTLINE, PARTLY), (OUTLINE, HATCH_GROUND), (ROOF, PAPER), (SCALE, TROUGH)];
        pairs.extend(FLOORS.map(|mark| (mark, PARTLY)));
        for (mark, ground) in pairs {
            assert!(contrast(mark, ground) >= 3.0, "{mark} on {ground}: {:.2}", contrast(mark, ground));
        }
    }
}

//! Which colours? Earth and brick on warm paper; every pair that carries text or meaning meets WCAG 2.2 AA.

use super::scene::Colour;

/// The paper of a QR code.
pub(crate) const WHITE: Colour = Colour(0xff, 0xff, 0xff);
/// The modules of a QR code.
pub(crate) const BLACK: Colour = Colour(0x00, 0x00, 0x00);
/// The ground of the picture.
pub(crate) const PAPER: Colour = Colour(0xfb, 0xf6, 0xec);
/// Text.
pub(crate) const INK: Colour = Colour(0x2f, 0x28, 0x23);
/// Text that may stand back.
pub(crate) const QUIET: Colour = Colour(0x65, 0x59, 0x4d);
/// Text on a filled block or gable.
pub(crate) const ON_FILL: Colour = Colour(0xff, 0xfa, 0xf2);
/// Slabs between floors.
pub(crate) const SLAB: Colour = Colour(0xe8, 0xdc, 0xc6);
/// The empty part of a scale.
pub(crate) const TROUGH: Colour = Colour(0xe8, 0xdc, 0xc6);
/// Outlines of what is not there yet.
pub(crate) const OUTLINE: Colour = Colour(0x85, 0x74, 0x62);
/// Blocks that are partly there.
pub(crate) const PARTLY: Colour = Colour(0xf6, 0xe7, 0xd3);
/// Hatched blocks: ground and line.
pub(crate) const HATCH_GROUND: Colour = Colour(0xf3, 0xea, 0xdb);
/// Hatched blocks: ground and line.
pub(crate) const HATCH_LINE: Colour = Colour(0xdc, 0xcd, 0xb5);
/// Hatched blocks: from one line to the next.
pub(crate) const HATCH_EVERY: f64 = 7.0;
/// Hatched blocks: how wide a line is.
pub(crate) const HATCH_WIDTH: f64 = 2.4;
/// The flag.
pub(crate) const FLAG: Colour = Colour(0xc8, 0x88, 0x2b);
/// The gable of a complete tower, the pole, the ground.
pub(crate) const ROOF: Colour = Colour(0x4a, 0x2f, 0x28);
/// The filled part of the scale at the foot.
pub(crate) const SCALE: Colour = Colour(0xa3, 0x49, 0x2f);

/// Filled blocks, a colour a floor.
const FLOORS: [Colour; 6] = [
    Colour(0xa3, 0x49, 0x2f),
    Colour(0x8a, 0x5f, 0x17),
    Colour(0x5c, 0x6a, 0x35),
    Colour(0x2d, 0x6a, 0x66),
    Colour(0x4c, 0x5f, 0x86),
    Colour(0x7d, 0x4a, 0x66),
];

/// The colour of the floor at that place, from the bottom.
pub(crate) fn floor(index: usize) -> Colour {
    FLOORS.get(index % FLOORS.len()).copied().unwrap_or(ROOF)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, "relative luminance".
    fn luminance(colour: Colour) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.0) + 0.7152 * channel(colour.1) + 0.0722 * channel(colour.2)
    }

    fn contrast(one: Colour, other: Colour) -> f64 {
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

//! What does a progress look like? A tower: blocks on slabs, the award as a stepped gable on top, the credits as a scale at its foot.

mod draw;
mod foot;
mod gable;
mod layout;
mod palette;
pub(crate) mod words;

use std::fmt::Write as _;

use crate::lettering::escape;
use crate::view::{BlockState, View};

use draw::Pen;
use layout::{LEFT, WIDTH};
use words::Words;

impl View {
    /// The tower as an SVG document: no scripts, no fonts, no addresses to fetch; made for a phone's width and for paper.
    ///
    /// Each state has a pattern and a sign besides its colour, and the whole is told again in `<title>` and `<desc>`.
    pub fn tower_svg(&self) -> String {
        let words = Words::of(self.language);
        let floors: Vec<layout::FloorPlan> = layout::floors(self);
        let mut pen = Pen::new(self);
        let mut y = 18.0;
        y = pen.top(y);
        for (index, floor) in floors.iter().enumerate().rev() {
            y = pen.floor(floor, index, y);
        }
        y = pen.ground(y);
        y = pen.scale(y + 16.0);
        y = pen.caption(y + 26.0);
        let spare = self.floors.iter().flat_map(|floor| &floor.blocks).any(|block| block.state == BlockState::Spare);
        y = pen.legend(spare, y + 14.0);
        let height = y + 14.0;

        let id = self.mark();
        let title = escape(&words.title(self));
        let story = escape(&words.story(self));
        let language = self.language.tag();
        let mut out = String::new();
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"100%\" \
             style=\"max-width:44rem\" role=\"img\" lang=\"{language}\" aria-labelledby=\"t{id} d{id}\" font-family=\"{}\">",
            draw::SANS
        );
        let _ = writeln!(out, "<title id=\"t{id}\">{title}</title>\n<desc id=\"d{id}\">{story}</desc>");
        let _ = writeln!(
            out,
            "<defs><pattern id=\"h{id}\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect width=\"7\" height=\"7\" fill=\"{}\"/><rect width=\"2.4\" height=\"7\" \
             fill=\"{}\"/></pattern></defs>",
            palette::HATCH_GROUND,
            palette::HATCH_LINE
        );
        let _ = writeln!(
            out,
            "<rect width=\"{WIDTH}\" height=\"{height:.0}\" rx=\"{:.0}\" fill=\"{}\"/>",
            LEFT,
            palette::PAPER
        );
        out.push_str(&pen.into_text());
        out.push_str("</svg>\n");
        out
    }

    /// Tells the ids of one picture from those of another on the same page (FNV-1a, not for security).
    pub(crate) fn mark(&self) -> String {
        let text = format!("{self:?}");
        let hash = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        format!("{:08x}", hash >> 32)
    }
}

//! What does a progress look like? A tower: blocks on slabs, the award as a stepped gable on top, the credits as a scale at its foot.

mod draw;
mod foot;
pub(crate) mod gable;
mod layout;
pub(crate) mod palette;
pub(crate) mod scene;
pub(crate) mod svg;
pub(crate) mod words;

use std::fmt::Write as _;

use crate::lettering::escape;
use crate::view::View;

use draw::Pen;
pub(crate) use draw::{filled, sign, swatch};
use layout::{LEFT, WIDTH};
use scene::Band;
use words::Words;

impl View {
    /// The tower as an SVG document: no scripts, no fonts, no addresses to fetch; made for a phone's width and for paper.
    ///
    /// Each state has a pattern and a sign besides its colour, and the whole is told again in `<title>` and `<desc>`.
    pub fn tower_svg(&self) -> String {
        let words = Words::of(self.language);
        let bands = self.tower_bands(18.0, true);
        let height = bands.last().map_or(0.0, |band| band.bottom) + 14.0;
        let id = self.mark();
        let title = escape(&words.title(self));
        let story = escape(&words.story(self));
        let language = self.language.tag();
        let hatch = format!("h{id}");
        let mut out = String::new();
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"100%\" \
             style=\"max-width:44rem\" role=\"img\" lang=\"{language}\" aria-labelledby=\"t{id} d{id}\" font-family=\"{}\">",
            svg::SANS
        );
        let _ = writeln!(out, "<title id=\"t{id}\">{title}</title>\n<desc id=\"d{id}\">{story}</desc>");
        let _ = writeln!(out, "{}", svg::hatch(&hatch));
        let _ = writeln!(
            out,
            "<rect width=\"{WIDTH}\" height=\"{height:.0}\" rx=\"{LEFT:.0}\" fill=\"{}\"/>",
            palette::PAPER
        );
        for shape in bands.iter().flat_map(|band| &band.shapes) {
            svg::shape(&mut out, shape, &hatch);
        }
        out.push_str("</svg>\n");
        out
    }

    /// The tower in strips from the top, 400 units wide, with its scale and legend; a caption only when nothing else tells it.
    pub(crate) fn tower_bands(&self, top: f64, caption: bool) -> Vec<Band> {
        let floors = layout::floors(self);
        let mut pen = Pen::new(self, top);
        let mut y = pen.top(top);
        for (index, floor) in floors.iter().enumerate().rev() {
            y = pen.floor(floor, index, y);
        }
        y = pen.ground(y);
        y = pen.scale(y + 16.0);
        if caption {
            y = pen.caption(y + 26.0);
        }
        y = pen.legend(y + 14.0);
        pen.cut(y);
        pen.bands
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

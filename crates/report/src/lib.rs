//! What do people see? Verdicts, progress, badges and offers as sentences (Dutch and English), as tower, bars and QR code.
//!
//! The one place for words and pictures that wallet, issuer and verifier share. Pure: no clock, no files, no fonts.
//! It is long because everything is said twice, once in each language.
//!
//! * [`answer_text`]: the one answer about a document, for who reads nothing else.
//! * [`intake_sentence`]: why there is nothing to verify in a file.
//! * [`verdict_text`], [`findings_text`], [`presentation_text`]: the answer first, then a line for each check, then advice.
//! * [`tower_svg`], [`bars`]: a progress; both draw a [`view::View`]. Neither ever says "awarded": only an issuer does.
//! * [`pdf`]: progress, certificate and bundle on paper.
//! * [`recount_text`]: an award that was counted again from its record.
//! * [`ways_on`]: what is still to be done, with who offers it.
//! * [`badge_text`], [`badge_facts`]: everything that a badge states, the eleven European facts first; [`answer_facts`]: what an
//!   employer wants to know first.
//! * [`question_text`], [`answered_text`]: what is asked, and whether it was answered.
//! * [`badge_picture`]: a plain picture for a badge that brings none.
//! * [`offer_text`], [`qr_svg`], [`qr_terminal`]: how a badge gets to its holder.

mod answer;
mod badge;
mod bars;
mod intake;
mod language;
mod lettering;
mod offer;
pub mod pdf;
mod picture;
mod progress;
mod qr;
mod question;
mod recount;
mod tower;
mod verdict;
pub mod view;
mod ways_on;
pub mod words;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use stapel_stacking::Progress;

pub use answer::{AnswerText, answer_text, is_passed_on, state, unreadable_text};
pub use badge::{Fact, answer_facts, badge_facts, badge_text};
pub use intake::intake_sentence;
pub use language::{Language, LanguageError};
pub use offer::{Offer, offer_text};
pub use picture::badge_picture;
pub use qr::{QrError, qr_svg, qr_terminal};
pub use question::{answered_text, question_text, stands_alone};
pub use recount::{RecountText, counted_title, later_title, recount_text, recount_told};
pub use verdict::{CheckLine, Mark, VerdictText, findings_text, presentation_text, presented_texts, verdict_text};
pub use ways_on::ways_on;

/// How pages look, of institution and verifier alike: a style sheet.
pub const PAGE_STYLE: &str = include_str!("page.css");

/// A progress as a tower of blocks: an SVG document without scripts and fonts, readable without colour.
pub fn tower_svg(progress: &Progress, language: Language) -> String {
    view::View::of(progress, language).tower_svg()
}

/// A picture as an address that carries it (RFC 2397), for an `img` of a page that may fetch nothing.
pub fn data_uri(svg: &str) -> String {
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))
}

/// A progress for a terminal so many columns wide.
pub fn bars(progress: &Progress, language: Language, width: usize, colour: bool) -> String {
    view::View::of(progress, language).bars(width, colour)
}

/// A progress in lines without drawings and signs, for a screen reader: the same as [`bars`] tells.
pub fn progress_lines(progress: &Progress, language: Language) -> Vec<String> {
    view::View::of(progress, language).lines()
}

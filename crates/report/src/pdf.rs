//! What do people print? Four sheets of one template on A4: a progress, a certificate, a bundle, an answer.
//!
//! PDF 1.7 with the standard fonts, so that a sheet is small and any reader shows it; tagged for screen readers, with
//! title, language and page numbers. The same facts make the same bytes: no clock, no random ids.
//!
//! Helvetica is not embedded and writes Western European letters alone: what it lacks is written by the nearest letters
//! (`Ş` as `S`) or a question mark, and kept in full for searching and reading aloud (`ActualText`).

mod answer;
mod bundle;
mod certificate;
mod head;
mod ink;
mod letters;
mod paper;
mod progress;
mod structure;
mod table;
mod widths;
mod words;

use stapel_credential::{AchievementCredential, Bundle, Day};
use stapel_stacking::Progress;
use stapel_verifier::Outcome;

use self::paper::Attached;
use crate::badge::Fact;
use crate::language::Language;
use crate::qr::QrError;
use crate::verdict::CheckLine;
use crate::view::View;

/// What the program that prints a sheet knows and the documents do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetHead<'a> {
    /// How the holder is called.
    pub holder: &'a str,
    /// The day on which everything was verified and counted.
    pub as_of: Day,
}

/// What stands on a certificate beside what the badge states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CertificateHead<'a> {
    /// How the holder is called; marked as given by the holder, since no badge vouches for it.
    pub holder: Option<&'a str>,
    /// The text of its QR code: a link where the badge is checked, or the badge.
    pub code: Option<&'a str>,
    /// The badge as its issuer signed it, to go with the sheet as an attached file: whoever has the PDF can verify it.
    pub signed: Option<&'a str>,
}

/// A progress: the tower, every part with how far it is, what does not count and why. It awards nothing and says so.
pub fn progress_sheet(progress: &Progress, head: &SheetHead<'_>, language: Language) -> Vec<u8> {
    View::of(progress, language).progress_sheet(head)
}

/// A badge as a certificate: what it states, with a QR code. Whether the badge is genuine is for the caller.
///
/// # Errors
/// [`QrError::TooLong`] for a code of more than 2,331 bytes.
pub fn certificate(
    badge: &AchievementCredential,
    head: &CertificateHead<'_>,
    language: Language,
) -> Result<Vec<u8>, QrError> {
    certificate::write(badge, head, language)
}

/// A themed collection: each badge with issuer, sector, level and workload. It claims no qualification and says so.
pub fn bundle_sheet(
    bundle: &Bundle,
    badges: &[&AchievementCredential],
    head: &SheetHead<'_>,
    language: Language,
) -> Vec<u8> {
    bundle::write(bundle, badges, head, language)
}

/// The answer about a document, as it stands on a sheet for a personnel file.
#[derive(Debug, Clone, Copy)]
pub struct AnswerSheet<'a> {
    /// Which of the four it is.
    pub outcome: Outcome,
    /// The state in a few words.
    pub state: &'a str,
    /// The answer in a sentence or two.
    pub sentence: &'a str,
    /// What an accepted file does not prove, or what it is if it is no badge.
    pub note: Option<&'a str>,
    /// What the document is called, by its own word.
    pub name: Option<&'a str>,
    /// The file it came in.
    pub source: Option<&'a str>,
    /// Its exact text, and those of what was looked at beside it: they go with the sheet as attached files.
    pub documents: &'a [String],
    /// Whether it answers what was asked, if anything was.
    pub answered: Option<&'a str>,
    /// When it was checked.
    pub checked_on: Option<&'a str>,
    /// Whether it was withdrawn, and as of when that is known.
    pub status: Option<&'a str>,
    /// What whoever reads it can do.
    pub advice: &'a [String],
    /// What it states, or claims.
    pub facts: &'a [Fact],
    /// How far that is confirmed, where it is a claim.
    pub claims_note: Option<&'a str>,
    /// The progress that was computed again.
    pub progress: Option<&'a Progress>,
    /// The awards that were counted again.
    pub awards: &'a [AwardSheet<'a>],
    /// The documents in it.
    pub parts: &'a [PartSheet],
    /// Each check.
    pub lines: &'a [CheckLine],
}

/// An award that was counted again, on such a sheet.
#[derive(Debug, Clone)]
pub struct AwardSheet<'a> {
    /// What came of it, line by line.
    pub said: Vec<&'a str>,
    /// What the plan comes to, where it holds.
    pub progress: Option<&'a Progress>,
}

/// A document within a presentation, on such a sheet.
#[derive(Debug, Clone)]
pub struct PartSheet {
    /// What it is called.
    pub name: String,
    /// The answer about it.
    pub headline: String,
    /// What it states.
    pub facts: Vec<Fact>,
}

/// So many documents go with a sheet at most, as many as are read of one again; of more none does, and the sheet says so.
pub const MAX_ATTACHED: usize = 30;

/// Answers, each on pages of its own. A sheet is no proof, and says so; it carries the documents, and says on which `page` it
/// can be checked again.
pub fn answer_sheet(answers: &[AnswerSheet<'_>], page: Option<&str>, language: Language) -> Vec<u8> {
    answer::write(answers, page, language)
}

fn attached(signed: &str) -> Attached {
    let is_json = signed.trim_start().starts_with('{');
    let (name, media) = if is_json { ("badge.json", "application/json") } else { ("badge.jwt", "application/jwt") };
    Attached { name: name.to_owned(), media, text: signed.to_owned() }
}

fn count(items: usize) -> f64 {
    f64::from(u32::try_from(items).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;

//! What does somebody put into a personnel file? The answers as a PDF.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use stapel_report::Language;
use stapel_report::pdf::{AnswerSheet, AwardSheet, PartSheet, answer_sheet};

use crate::PAGE;
use crate::one::{AwardTold, One};
use crate::words::Words;

/// The media type of a sheet.
pub(crate) const PDF: &str = "application/pdf";

/// The answers on sheets of paper.
pub(crate) fn pdf(answers: &[One], address: Option<&str>, language: Language) -> Response {
    let words = Words::of(language);
    let page = address.map(|address| format!("{address}{PAGE}"));
    let told: Vec<(Vec<AwardSheet<'_>>, Vec<PartSheet>)> = answers
        .iter()
        .map(|one| {
            let parts = one.parts.iter().map(|part| PartSheet {
                name: part.name.clone(),
                headline: part.headline.clone(),
                facts: part.facts.clone(),
            });
            (one.awards.iter().map(award).collect(), parts.collect())
        })
        .collect();
    let sheets: Vec<AnswerSheet<'_>> = answers
        .iter()
        .zip(&told)
        .map(|(one, (awards, parts))| AnswerSheet {
            outcome: one.outcome,
            state: one.state,
            sentence: &one.sentence,
            note: one.what.or(one.note),
            name: one.name.as_deref(),
            source: one.source.as_deref(),
            documents: &one.documents,
            answered: one.answered.as_deref(),
            checked_on: one.checked_on.as_deref(),
            status: one.status.as_deref(),
            advice: &one.advice,
            facts: &one.facts,
            claims_note: one.claims_note(words),
            progress: one.tower.as_ref().map(|tower| &tower.progress),
            awards,
            parts,
            lines: &one.lines,
        })
        .collect();
    let name = format!("attachment; filename=\"{}\"", words.pdf_name);
    ([(CONTENT_TYPE, PDF.to_owned()), (CONTENT_DISPOSITION, name)], answer_sheet(&sheets, page.as_deref(), language))
        .into_response()
}

fn award(award: &AwardTold) -> AwardSheet<'_> {
    let mut said = vec![award.headline.as_str()];
    if let Some(told) = &award.told {
        if !told.later.is_empty() {
            said.push(award.later_title);
            said.extend(told.later.iter().map(String::as_str));
        }
        said.push(award.counted_title);
        said.extend(told.counted.iter().map(String::as_str));
        said.push(told.rests_on);
    }
    AwardSheet { said, progress: award.tower.as_ref().map(|tower| &tower.progress) }
}

//! What stands on the sheet of an answer? The answer first, then what the document states, and each check: for a personnel file.

use pdf_writer::types::StructRole;

use super::head::{self, BODY, Line, NOTE};
use super::paper::{Attached, MARGIN, Paper, ROOM};
use super::table::{CELL, Column, STRONG, Table};
use super::words as sheet;
use super::{AnswerSheet, AwardSheet, MAX_ATTACHED, attached};
use crate::language::Language;
use crate::tower::{palette, sign, swatch};
use crate::verdict::{CheckLine, Mark};
use crate::view::{BlockState, View};

/// The longest name of an attached file, in characters.
const MAX_FILE_NAME: usize = 60;

pub(super) fn write(answers: &[AnswerSheet<'_>], page: Option<&str>, language: Language) -> Vec<u8> {
    let with_it = with_it(answers);
    let again = match with_it.len() {
        0 if answers.iter().all(|answer| answer.documents.is_empty()) => None,
        0 => Some(sheet::keep_the_files(language).to_owned()),
        count => Some(sheet::check_again(language, count, page)),
    };
    let foot = sheet::answer_foot(language);
    let mut paper = Paper::new(language, foot);
    if answers.len() > 1 {
        summary(&mut paper, answers, again.as_deref(), language);
    }
    for (index, answer) in answers.iter().enumerate() {
        if index > 0 || answers.len() > 1 {
            paper.turn();
        }
        let again = again.as_deref().filter(|_| answers.len() == 1);
        one(&mut paper, answer, again, language);
    }
    paper.attached = with_it;
    let title = match answers {
        [one] => one.name.unwrap_or(one.state),
        _ => sheet::answers(language),
    };
    paper.finish(title, sheet::answer(language))
}

/// What goes with the sheet, so that whoever has it can check again: each document once, none where they are too many.
fn with_it(answers: &[AnswerSheet<'_>]) -> Vec<Attached> {
    let mut files: Vec<Attached> = Vec::new();
    for (answer, document) in answers.iter().flat_map(|answer| answer.documents.iter().map(move |one| (answer, one))) {
        if files.iter().any(|known| known.text == *document) {
            continue;
        }
        if files.len() == MAX_ATTACHED {
            return Vec::new();
        }
        let file = attached(document);
        let name = answer.source.and_then(file_name).unwrap_or_else(|| file.name.clone());
        files.push(Attached { name, ..file });
    }
    if files.len() > 1 {
        // The tree of names wants them in order.
        files.iter_mut().zip(1..).for_each(|(file, number)| file.name = format!("{number:02} {}", file.name));
    }
    files
}

/// The name of a file in letters that every reader of PDF writes alike, without the folders or files that it came in; nothing
/// where a folder's sign ends it, as in many a link.
fn file_name(source: &str) -> Option<String> {
    let last = source.rsplit(['/', '\\', '›']).next().unwrap_or_default().trim();
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' };
    (!last.is_empty()).then(|| last.chars().take(MAX_FILE_NAME).map(plain).collect())
}

/// Of several documents: which came out how, before anything else.
fn summary(paper: &mut Paper, answers: &[AnswerSheet<'_>], again: Option<&str>, language: Language) {
    let checked = answers.iter().find_map(|answer| answer.checked_on).unwrap_or_default();
    let lines = [Line::new(sheet::checked(language), checked)];
    let title = sheet::documents(language, answers.len());
    head::write(paper, sheet::answers(language), &title, "", &lines);
    paper.y += 6.0;
    let columns = [
        Column { head: sheet::document(language), x: 0.0, room: 250.0, right: false },
        Column { head: sheet::ended(language), x: 262.0, room: ROOM - 262.0, right: false },
    ];
    Table { columns: &columns }.write(paper, |table, paper| {
        for answer in answers {
            let name = answer.source.or(answer.name).unwrap_or_else(|| sheet::document(language));
            table.row(paper, &[], &[(CELL, name), (STRONG, answer.state)]);
        }
    });
    paper.y += 8.0;
    if let Some(again) = again {
        paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, again);
    }
}

fn one(paper: &mut Paper, answer: &AnswerSheet<'_>, again: Option<&str>, language: Language) {
    let digest = answer.documents.first().map(|text| stapel_credential::Digest::of(text.as_bytes()).to_string());
    let lines = [
        Line::new(sheet::document(language), answer.name.unwrap_or_default()),
        Line::new(sheet::file(language), answer.source.unwrap_or_default()),
        Line::new(sheet::checked(language), answer.checked_on.unwrap_or_default()),
        Line::new(sheet::digest(language), digest.unwrap_or_default()),
    ];
    head::write(paper, sheet::answer(language), answer.state, "", &lines);
    paper.y += 6.0;
    if let Some(answered) = answer.answered {
        paper.paragraph(StructRole::P, STRONG, MARGIN, ROOM, answered);
    }
    paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, answer.sentence);
    if let Some(note) = answer.note {
        paper.paragraph(StructRole::P, STRONG, MARGIN, ROOM, note);
    }
    if let Some(status) = answer.status {
        paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, status);
    }
    if let Some(again) = again {
        paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, again);
    }
    if !answer.advice.is_empty() {
        head::section(paper, sheet::advice(language));
        for advice in answer.advice {
            paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, advice);
        }
    }
    facts(paper, answer, language);
    for award in answer.awards {
        write_award(paper, award, language);
    }
    if let Some(progress) = answer.progress {
        head::section(paper, sheet::progress(language));
        View::of(progress, language).figure_and_tables(paper);
    }
    for part in answer.parts {
        head::section(paper, &part.name);
        paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, &part.headline);
        stated(paper, &part.facts, language);
    }
    checks(paper, answer.lines, language);
}

/// What the document states; where it is not accepted, as a claim.
fn facts(paper: &mut Paper, answer: &AnswerSheet<'_>, language: Language) {
    if answer.facts.is_empty() {
        return;
    }
    match answer.claims_note {
        None => head::section(paper, sheet::states(language)),
        Some(note) => {
            head::section(paper, sheet::claims(language));
            paper.paragraph(StructRole::P, NOTE, MARGIN, ROOM, note);
        }
    }
    stated(paper, answer.facts, language);
}

fn stated(paper: &mut Paper, facts: &[crate::badge::Fact], language: Language) {
    if facts.is_empty() {
        return;
    }
    let columns = [
        Column { head: sheet::fact(language), x: 0.0, room: 132.0, right: false },
        Column { head: sheet::value(language), x: 144.0, room: ROOM - 144.0, right: false },
    ];
    Table { columns: &columns }.write(paper, |table, paper| {
        for fact in facts {
            let value =
                if fact.values.is_empty() { sheet::not_stated(language).to_owned() } else { fact.values.join("; ") };
            table.row(paper, &[], &[(STRONG, &fact.label), (CELL, &value)]);
        }
    });
}

fn write_award(paper: &mut Paper, award: &AwardSheet<'_>, language: Language) {
    head::section(paper, sheet::recount(language));
    for line in &award.said {
        paper.paragraph(StructRole::P, BODY, MARGIN, ROOM, line);
    }
    if let Some(progress) = award.progress {
        View::of(progress, language).figure_and_tables(paper);
    }
}

/// Every check with how it ended, in a word as well as by a sign.
fn checks(paper: &mut Paper, lines: &[CheckLine], language: Language) {
    if lines.is_empty() {
        return;
    }
    // The head of a table does not stand alone at the foot of a page.
    paper.need(170.0);
    head::section(paper, sheet::checks(language));
    let columns = [
        Column { head: sheet::check_head(language), x: 26.0, room: 96.0, right: false },
        Column { head: sheet::ended(language), x: 128.0, room: 66.0, right: false },
        Column { head: sheet::why_so(language), x: 200.0, room: ROOM - 200.0, right: false },
    ];
    Table { columns: &columns }.write(paper, |table, paper| {
        for line in lines {
            let before = match line.mark {
                Mark::Pass | Mark::Remark => sign(BlockState::Filled, (6.0, 6.0), 0.85, palette::INK),
                Mark::Nothing | Mark::Unknown | Mark::Fail => swatch(BlockState::Open, 0.0, 0.0, palette::INK),
            };
            table.row(
                paper,
                &before,
                &[(STRONG, line.what), (CELL, sheet::mark(line.mark, language)), (CELL, &line.why)],
            );
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(sources: &[Option<&str>]) -> Vec<String> {
        let documents: Vec<_> = (0..sources.len()).map(|number| [format!("{{\"id\": {number}}}")]).collect();
        let answers: Vec<AnswerSheet<'_>> = sources
            .iter()
            .zip(&documents)
            .map(|(source, documents)| AnswerSheet {
                outcome: stapel_verifier::Outcome::Accepted,
                state: "",
                sentence: "",
                note: None,
                name: None,
                source: *source,
                documents,
                answered: None,
                checked_on: None,
                status: None,
                advice: &[],
                facts: &[],
                claims_note: None,
                progress: None,
                awards: &[],
                parts: &[],
                lines: &[],
            })
            .collect();
        with_it(&answers).into_iter().map(|file| file.name).collect()
    }

    #[test]
    fn an_attached_file_has_the_name_that_it_came_with() {
        // One that came out of such a sheet keeps its number.
        assert_eq!(named(&[Some("uitslag.pdf › 01 Sanne.json")]), ["01 Sanne.json"]);
        assert_eq!(named(&[Some("01 01 a.json")]), ["01 01 a.json"]);
        assert_eq!(named(&[Some("a.json"), Some("map/b.json"), None]), ["01 a.json", "02 b.json", "03 badge.json"]);
        assert_eq!(named(&[Some("https://school.example/badges/")]), ["badge.json"]);
    }
}

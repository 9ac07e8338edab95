//! Which completions does a school's CSV file state, and which of its rows cannot be taken, and why?

use serde::Serialize;
use stapel_credential::{Basis, Credits, Day, Did, Hours, Pathway, Workplace};

use crate::achievement::AchievementCode;
use crate::completion::{CompletionId, FurtherFacts, LearnerRef, SchoolRef};
use crate::csv::{self, Column, CsvError, Row, RowError};
use crate::error::CompletionError;
use crate::new_completion::NewCompletion;

/// What happens to the good rows of a file in which others cannot be taken.
///
/// The columns: `achievement` (its code), `awarded` (a day, 2026-11-22), one of `learner` (the school's own reference) and
/// `did` (the wallet's) in each row; and if wanted `grade`, `credits` (2,5 or 2.5), `basis` (course, workplace,
/// prior-learning, dialogue, foreign-qualification; several with a space between), `pathway` (bol, bbl, derde-leerweg,
/// voltijd, deeltijd, duaal, extraneus), `workplace` (the company), `workplace_setting`, `workplace_from`,
/// `workplace_until`, `workplace_hours` and `own_contribution`. The first row names them, in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvMode {
    /// They are recorded; the others are reported.
    KeepGood,
    /// Nothing is recorded.
    RefuseWholeFile,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CsvReport {
    /// The new completions, in the order of the file.
    pub recorded: Vec<CompletionId>,
    /// Rows that were recorded before, in this file or earlier, and as which completion.
    pub duplicates: Vec<(usize, CompletionId)>,
    /// Rows that could not be taken.
    pub errors: Vec<RowError>,
}

const COLUMNS: [Column; 14] = [
    Column { name: "achievement", needed: true },
    Column { name: "learner", needed: false },
    Column { name: "did", needed: false },
    Column { name: "awarded", needed: true },
    Column { name: "grade", needed: false },
    Column { name: "credits", needed: false },
    Column { name: "basis", needed: false },
    Column { name: "pathway", needed: false },
    Column { name: "workplace", needed: false },
    Column { name: "workplace_setting", needed: false },
    Column { name: "workplace_from", needed: false },
    Column { name: "workplace_until", needed: false },
    Column { name: "workplace_hours", needed: false },
    Column { name: "own_contribution", needed: false },
];
const ACHIEVEMENT: usize = 0;
const LEARNER: usize = 1;
const DID: usize = 2;
const AWARDED: usize = 3;
const GRADE: usize = 4;
const CREDITS: usize = 5;
const BASIS: usize = 6;
const PATHWAY: usize = 7;
const WORKPLACE: usize = 8;
const SETTING: usize = 9;
const FROM: usize = 10;
const UNTIL: usize = 11;
const HOURS: usize = 12;
const CONTRIBUTION: usize = 13;

/// The completions of the good rows, and what is wrong with the others.
type Read = (Vec<(Row, NewCompletion)>, Vec<RowError>);

/// Reads the file: the completions of the good rows, and what is wrong with the others.
pub(crate) fn read(bytes: &[u8]) -> Result<Read, CsvError> {
    let table = csv::read(bytes, &COLUMNS)?;
    let mut errors = table.errors;
    let mut completions = Vec::with_capacity(table.rows.len());
    for row in table.rows {
        match completion(&row) {
            Ok(completion) => completions.push((row, completion)),
            Err(error) => errors.push(error),
        }
    }
    Ok((completions, errors))
}

/// What is wrong with a row whose cells are good each by itself.
pub(crate) fn row_error(row: &Row, error: &CompletionError) -> RowError {
    let column = match error {
        CompletionError::Future { .. } => AWARDED,
        CompletionError::Text { member } => match *member {
            "grade" => GRADE,
            "workplaceCompany" => WORKPLACE,
            "workplaceSetting" => SETTING,
            _ => CONTRIBUTION,
        },
        CompletionError::Learner => LEARNER,
        _ => ACHIEVEMENT,
    };
    refuse(row, column, error)
}

fn refuse(row: &Row, column: usize, cause: &impl ToString) -> RowError {
    RowError {
        row: row.number,
        column: COLUMNS.get(column).map_or("", |column| column.name).to_owned(),
        value: row.cell(column).unwrap_or_default().to_owned(),
        cause: cause.to_string(),
    }
}

fn completion(row: &Row) -> Result<NewCompletion, RowError> {
    let achievement = read_cell(row, ACHIEVEMENT, AchievementCode::parse)?
        .ok_or_else(|| refuse(row, ACHIEVEMENT, &"the cell is empty"))?;
    let learner = match (read_cell(row, DID, Did::parse)?, read_cell(row, LEARNER, SchoolRef::parse)?) {
        (Some(did), None) => LearnerRef::Did(did),
        (None, Some(school)) => LearnerRef::School(school),
        _ => return Err(refuse(row, LEARNER, &CompletionError::Learner)),
    };
    let awarded = read_cell(row, AWARDED, Day::parse)?.ok_or_else(|| refuse(row, AWARDED, &"the cell is empty"))?;
    let further = FurtherFacts {
        grade: row.cell(GRADE).map(str::to_owned),
        credits: read_cell(row, CREDITS, Credits::parse)?,
        basis: row
            .cell(BASIS)
            .into_iter()
            .flat_map(str::split_whitespace)
            .map(|word| Basis::find(word).ok_or_else(|| refuse(row, BASIS, &unknown(word, Basis::ALL))))
            .collect::<Result<_, _>>()?,
        pathway: read_cell(row, PATHWAY, |word| Pathway::find(word).ok_or_else(|| unknown(word, Pathway::ALL)))?,
        workplace: workplace(row)?.into_iter().collect(),
        own_contribution: row.cell(CONTRIBUTION).map(str::to_owned),
    };
    NewCompletion::new(achievement, learner, awarded, further).map_err(|error| row_error(row, &error))
}

fn workplace(row: &Row) -> Result<Option<Workplace>, RowError> {
    let Some(company) = row.cell(WORKPLACE) else {
        return match [SETTING, FROM, UNTIL, HOURS].into_iter().find(|column| row.cell(*column).is_some()) {
            Some(_) => Err(refuse(row, WORKPLACE, &"the row says more of a workplace, but not which company")),
            None => Ok(None),
        };
    };
    let hours = |text: &str| text.parse().map(Hours).map_err(|_| format!("{text:?} is not a whole number of hours"));
    Ok(Some(Workplace {
        workplace_company: company.to_owned(),
        workplace_setting: row.cell(SETTING).map(str::to_owned),
        workplace_from: read_cell(row, FROM, Day::parse)?,
        workplace_until: read_cell(row, UNTIL, Day::parse)?,
        workplace_hours: read_cell(row, HOURS, hours)?,
    }))
}

fn read_cell<T, E: ToString>(
    row: &Row,
    column: usize,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<Option<T>, RowError> {
    row.cell(column).map(parse).transpose().map_err(|cause| refuse(row, column, &cause))
}

fn unknown<T: ToString>(word: &str, words: &[T]) -> String {
    let words: Vec<_> = words.iter().map(ToString::to_string).collect();
    format!("{word:?} is none of {}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<String> {
        read(text.as_bytes()).unwrap().1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_school_s_file_from_a_spreadsheet_is_read() {
        let text = "\u{feff}Achievement;Learner;Awarded;Grade;Credits;Basis;Workplace;Workplace_hours\r\n\
                    ZORG-1;s1001;2026-11-20;8,5;2,5;course workplace;Zorggroep Voorbeeld;240\r\n";
        let (rows, errors) = read(text.as_bytes()).unwrap();
        assert_eq!(errors, []);
        let further = &rows[0].1.further;
        assert_eq!(further.grade.as_deref(), Some("8,5"));
        assert_eq!(further.credits, Some(Credits::from_hundredths(250)));
        assert_eq!(further.basis, [Basis::Course, Basis::Workplace]);
        assert_eq!(further.workplace[0].workplace_hours, Some(Hours(240)));
    }

    #[test]
    fn each_error_names_row_column_value_and_cause() {
        let text = "achievement,learner,did,awarded,credits,pathway,workplace_hours,basis\n\
                    M1,s1,,2026-02-30,,,,\n\
                    M1,s1,,2026-02-20,2.555,,,\n\
                    \n\
                    M1,s1,,2026-02-20,,BOL,,\n\
                    M1,,,2026-02-20,,,,\n\
                    M1,s1,did:key:z6Mk,2026-02-20,,,,\n\
                    M 1,s1,,2026-02-20,,,,\n\
                    M1,,did:web,2026-02-20,,,,\n\
                    M1,s1,,2026-02-20,,,12,\n\
                    M1,s1,,,,,,\n\
                    M1,s1,,2026-02-20,,,,course exam\n";
        assert_eq!(
            errors(text),
            [
                "row 2, column awarded: \"2026-02-30\" is not a day such as 2026-11-22",
                "row 3, column credits: \"2.555\" is not an amount of credits: from 0 to 10000000, with at most two decimals",
                "row 5, column pathway: \"BOL\" is none of bol, bbl, derde-leerweg, voltijd, deeltijd, duaal, extraneus",
                "row 6, column learner: a completion names its learner once: by the wallet's did or by the school's own learner reference",
                "row 7, column learner: a completion names its learner once: by the wallet's did or by the school's own learner reference",
                "row 8, column achievement: \"M 1\" is not a code of an achievement: 1 to 64 letters, digits, dots, colons, dashes or underscores",
                "row 9, column did: \"did:web\" is not a DID such as did:web:school.example or did:key:z6Mk…",
                "row 10, column workplace: the row says more of a workplace, but not which company",
                "row 11, column awarded: the cell is empty",
                "row 12, column basis: \"exam\" is none of course, workplace, prior-learning, dialogue, foreign-qualification",
            ],
        );
        let first = &read(text.as_bytes()).unwrap().1[0];
        assert_eq!((first.row, first.column.as_str(), first.value.as_str()), (2, "awarded", "2026-02-30"));
    }
}

//! How do verdicts become a file of rows: CSV for a spreadsheet, JSON for a program? Row by row, so that nothing is held.

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use stapel_credential::Timestamp;

use super::row::Row;
use crate::error::Failure;
use crate::file::NewFile;

/// A report that is being written.
pub(super) struct Report {
    path: PathBuf,
    checked_at: Timestamp,
    form: Form,
}

enum Form {
    Csv(Box<csv::Writer<NewFile>>),
    Json(BufWriter<NewFile>),
}

impl Report {
    /// Begins one, of the kind that its name says.
    pub(super) fn begin(path: &Path, force: bool, checked_at: Timestamp) -> Result<Self, Failure> {
        let end = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
        let is_csv = match end.as_deref() {
            Some("csv") => true,
            Some("json") => false,
            _ => return Err(Failure::ReportName { path: path.to_owned() }),
        };
        let file = NewFile::begin(path, force, false)?;
        let mut report = Self {
            path: path.to_owned(),
            checked_at,
            form: if is_csv { Form::Csv(Box::new(to_csv(file))) } else { Form::Json(BufWriter::new(file)) },
        };
        let begun = match &mut report.form {
            Form::Csv(csv) => {
                csv.write_record(Row::default().cells(checked_at).map(|(name, _)| name)).map_err(Into::into)
            }
            Form::Json(json) => json.write_all(b"["),
        };
        begun.map_err(|source| report.failed(source))?;
        Ok(report)
    }

    pub(super) fn add(&mut self, row: &Row, is_first: bool) -> Result<(), Failure> {
        let added = match &mut self.form {
            Form::Csv(csv) => {
                let cells = row.cells(self.checked_at).map(|(_, cell)| harmless(cell));
                csv.write_record(cells).map_err(io::Error::from)
            }
            Form::Json(json) => {
                let row = row.json(self.checked_at);
                write!(json, "{}\n{row}", if is_first { "" } else { "," })
            }
        };
        added.map_err(|source| self.failed(source))
    }

    /// Gives the file its name.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let Self { path, form, .. } = self;
        let failed = |source| Failure::Write { what: path.display().to_string(), source };
        let file = match form {
            Form::Csv(csv) => csv.into_inner().map_err(|error| failed(error.into_error()))?,
            Form::Json(mut json) => {
                json.write_all(b"\n]\n").map_err(failed)?;
                json.into_inner().map_err(|error| failed(error.into_error()))?
            }
        };
        file.close()
    }

    fn failed(&self, source: io::Error) -> Failure {
        Failure::Write { what: self.path.display().to_string(), source }
    }
}

/// RFC 4180: lines end in CR LF.
fn to_csv(file: NewFile) -> csv::Writer<NewFile> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file)
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"): names and files are chosen by strangers.
fn harmless(cell: String) -> String {
    let begins_one = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    if cell.starts_with(begins_one) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_is_text() {
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A"] {
            assert_eq!(harmless(evil.to_owned()), format!("'{evil}"));
        }
        for good in ["", "Zorg", "did:key:z6Mk", "2026-11-22", "'=1", "a=1", "12"] {
            assert_eq!(harmless(good.to_owned()), good);
        }
    }
}

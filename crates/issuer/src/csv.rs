//! What stands in this CSV file, and in which row as its writer sees it? RFC 4180, as spreadsheets really write it.

use stapel_credential::uri::MAX_URI_BYTES;

/// The largest file that is read, in bytes.
pub const MAX_CSV_BYTES: usize = 32 * 1024 * 1024;
/// The most rows that are read, the header not counted.
pub const MAX_CSV_ROWS: usize = 100_000;
/// The longest cell that is read, in bytes.
const MAX_CELL_BYTES: usize = MAX_URI_BYTES;

/// Why a file was refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// Over the cap.
    #[error("the file has {actual} bytes; at most {MAX_CSV_BYTES} are read")]
    TooLarge {
        /// The size, in bytes.
        actual: usize,
    },
    /// Over the cap.
    #[error("the file has more than {MAX_CSV_ROWS} rows; split it")]
    TooManyRows,
    /// Not UTF-8.
    #[error("row {row} is not UTF-8 text; save the file as \"CSV UTF-8\"")]
    NotUtf8 {
        /// The row as in the file, counted from 1.
        row: usize,
    },
    /// Nothing in it.
    #[error("the file is empty; its first row must name the columns: {known}")]
    Empty {
        /// The columns that are known.
        known: String,
    },
    /// A column that nobody knows.
    #[error("row 1 names a column {column:?}, which is not known; the columns are {known}")]
    UnknownColumn {
        /// The name in the file.
        column: String,
        /// The columns that are known.
        known: String,
    },
    /// A column that stands twice.
    #[error("row 1 names the column {column} twice")]
    ColumnTwice {
        /// The name.
        column: String,
    },
    /// A column that must be there.
    #[error("row 1 names no column {column}, which is needed")]
    MissingColumn {
        /// The name.
        column: String,
    },
    /// A quote that never ends.
    #[error("a quotation mark in row {row} is never closed")]
    OpenQuote {
        /// The row as in the file, counted from 1.
        row: usize,
    },
    /// Rows that cannot be taken, when the whole file was to be taken or none of it.
    #[error("{} of the rows cannot be taken, so none was: {}", .errors.len(), first_of(.errors))]
    Rows {
        /// What is wrong, row by row.
        errors: Vec<RowError>,
    },
}

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[error("row {row}, column {column}: {cause}")]
pub struct RowError {
    /// The row as in the file, counted from 1, the header and empty rows included.
    pub row: usize,
    /// The column's name.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why it cannot be taken.
    pub cause: String,
}

fn first_of(errors: &[RowError]) -> String {
    errors.first().map(ToString::to_string).unwrap_or_default()
}

/// A column that a file may have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether the header must name it.
    pub needed: bool,
}

/// The rows of a file, each with one cell for each known column.
pub(crate) struct Table {
    /// The rows that have the right number of cells.
    pub rows: Vec<Row>,
    /// Those that do not.
    pub errors: Vec<RowError>,
}

/// One row: its cells in the order of the known columns, empty where the file has no such column.
pub(crate) struct Row {
    /// As in the file, counted from 1.
    pub number: usize,
    cells: Vec<String>,
}

impl Row {
    /// The cell of the known column at `index`, trimmed; `None` when it is empty.
    pub(crate) fn cell(&self, index: usize) -> Option<&str> {
        self.cells.get(index).map(String::as_str).filter(|cell| !cell.is_empty())
    }
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// Reads a file: with or without byte order mark, separated by `,`, `;` or tabs, lines ended by LF or CRLF.
pub(crate) fn read(bytes: &[u8], columns: &[Column]) -> Result<Table, CsvError> {
    if bytes.len() > MAX_CSV_BYTES {
        return Err(CsvError::TooLarge { actual: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        CsvError::NotUtf8 { row: 1 + before.split(|byte| *byte == b'\n').count().saturating_sub(1) }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = delimiter(text);
    let mut records = Reader { rest: text, delimiter, row: 0 };
    let empty = || CsvError::Empty { known: names(columns) };
    let header = records.next().ok_or_else(empty)??;
    let places = places(&header, columns).map_err(|error| match error {
        CsvError::Empty { .. } => empty(),
        other => other,
    })?;
    let mut table = Table { rows: Vec::new(), errors: Vec::new() };
    for record in records {
        let Record { row, cells } = record?;
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if table.rows.len() + table.errors.len() >= MAX_CSV_ROWS {
            return Err(CsvError::TooManyRows);
        }
        match arrange(row, cells, &places, columns) {
            Ok(row) => table.rows.push(row),
            Err(error) => table.errors.push(error),
        }
    }
    Ok(table)
}

/// Which known column each cell of a row belongs to.
fn places(header: &Record, columns: &[Column]) -> Result<Vec<usize>, CsvError> {
    let mut named: Vec<&str> = header.cells.iter().map(String::as_str).collect();
    while named.last().is_some_and(|name| name.is_empty()) {
        named.pop();
    }
    if named.is_empty() {
        return Err(CsvError::Empty { known: String::new() });
    }
    let mut places = Vec::with_capacity(named.len());
    for name in named {
        let lower = name.to_lowercase();
        let place = columns.iter().position(|column| column.name == lower).ok_or_else(|| CsvError::UnknownColumn {
            column: name.chars().take(80).collect(),
            known: names(columns),
        })?;
        if places.contains(&place) {
            return Err(CsvError::ColumnTwice { column: lower });
        }
        places.push(place);
    }
    match columns.iter().enumerate().find(|(place, column)| column.needed && !places.contains(place)) {
        Some((_, column)) => Err(CsvError::MissingColumn { column: column.name.to_owned() }),
        None => Ok(places),
    }
}

fn arrange(number: usize, cells: Vec<String>, places: &[usize], columns: &[Column]) -> Result<Row, RowError> {
    let found = cells.len();
    if found < places.len() {
        let missing = places.get(found).and_then(|place| columns.get(*place)).map_or("", |column| column.name);
        return Err(RowError {
            row: number,
            column: missing.to_owned(),
            value: String::new(),
            cause: format!(
                "the row ends before this column: it has {found} cells where the header has {}",
                places.len()
            ),
        });
    }
    let mut arranged = vec![String::new(); columns.len()];
    for (at, cell) in cells.into_iter().enumerate() {
        match places.get(at).and_then(|place| arranged.get_mut(*place).zip(columns.get(*place))) {
            Some((_, column)) if cell.len() > MAX_CELL_BYTES => {
                return Err(RowError {
                    row: number,
                    column: column.name.to_owned(),
                    value: cell.chars().take(80).collect(),
                    cause: format!("the cell has {} bytes; at most {MAX_CELL_BYTES} are read", cell.len()),
                });
            }
            Some((slot, _)) => *slot = cell,
            None if cell.is_empty() => {}
            None => {
                return Err(RowError {
                    row: number,
                    column: format!("{}", at + 1),
                    value: cell.chars().take(80).collect(),
                    cause: format!(
                        "the row has {found} cells where the header has {}; a cell with the separator in it stands in quotation marks",
                        places.len()
                    ),
                });
            }
        }
    }
    Ok(Row { number, cells: arranged })
}

/// The one of `;`, `,` and tab that stands most often in the first line.
fn delimiter(text: &str) -> char {
    let header = text.lines().next().unwrap_or_default();
    [',', ';', '\t'].into_iter().rev().max_by_key(|mark| header.matches(*mark).count()).unwrap_or(',')
}

struct Record {
    row: usize,
    cells: Vec<String>,
}

/// The records of a text, empty lines included.
struct Reader<'t> {
    rest: &'t str,
    delimiter: char,
    row: usize,
}

impl Iterator for Reader<'_> {
    type Item = Result<Record, CsvError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        self.row += 1;
        let mut cells = Vec::new();
        loop {
            let Some((cell, end)) = self.cell() else {
                self.rest = "";
                return Some(Err(CsvError::OpenQuote { row: self.row }));
            };
            cells.push(cell);
            if end == End::Row {
                return Some(Ok(Record { row: self.row, cells }));
            }
        }
    }
}

#[derive(PartialEq)]
enum End {
    Cell,
    Row,
}

impl Reader<'_> {
    /// Takes one cell, trimmed, and what ends it. `None` when a quotation mark is never closed.
    fn cell(&mut self) -> Option<(String, End)> {
        let mut cell = String::new();
        if let Some(mut inside) = self.rest.trim_start_matches(' ').strip_prefix('"') {
            loop {
                let at = inside.find('"')?;
                let (head, tail) = inside.split_at(at);
                cell.push_str(head);
                inside = tail.strip_prefix('"')?;
                match inside.strip_prefix('"') {
                    Some(after) => {
                        cell.push('"');
                        inside = after;
                    }
                    None => break,
                }
            }
            self.rest = inside;
        }
        let end = self.rest.find([self.delimiter, '\n', '\r']).unwrap_or(self.rest.len());
        let (head, tail) = self.rest.split_at(end);
        cell.push_str(head);
        let (rest, end) = match tail.strip_prefix(self.delimiter) {
            Some(rest) => (rest, End::Cell),
            None => {
                (tail.strip_prefix("\r\n").or_else(|| tail.strip_prefix(['\n', '\r'])).unwrap_or_default(), End::Row)
            }
        };
        self.rest = rest;
        Some((cell.trim().to_owned(), end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column { name: "code", needed: true },
        Column { name: "name", needed: false },
        Column { name: "day", needed: true },
    ];

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        read(text.as_bytes(), COLUMNS).unwrap().rows.into_iter().map(|row| (row.number, row.cells)).collect()
    }

    fn refused(bytes: &[u8]) -> String {
        read(bytes, COLUMNS).err().expect("refused").to_string()
    }

    #[test]
    fn every_separator_line_end_and_byte_order_mark_is_read_alike() {
        let expected = vec![(2, vec!["a".to_owned(), "b c".to_owned(), "d".to_owned()])];
        for text in [
            "code,name,day\na,b c,d\n",
            "code;name;day\r\na;b c;d\r\n",
            "\u{feff}code;name;day\r\na;b c;d",
            "CODE\tname\tday\ra\tb c\td\r",
            "code, name ,day\na, b c ,d",
            "day,code,name,,\nd,a,b c,,\n",
            "\"code\",\"name\",\"day\"\n\"a\",\"b c\",\"d\"",
        ] {
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quoted_cell_may_hold_separators_quotes_and_lines() {
        let text = "code,name,day\na,\"b, \"\"c\"\"\nd\",e\nf,g,h\n";
        assert_eq!(rows(text)[0].1[1], "b, \"c\"\nd");
        assert_eq!(rows(text)[1].0, 3);
    }

    #[test]
    fn empty_rows_are_passed_over_but_counted() {
        let text = "code,name,day\n\na,b,c\n,,\n\nd,e,f\n";
        assert_eq!(rows(text).iter().map(|(number, _)| *number).collect::<Vec<_>>(), [3, 6]);
    }

    #[test]
    fn a_row_with_too_few_or_too_many_cells_is_named() {
        let table = read(b"code,name,day\na,b\nc,d,e,f\ng,h,i\n", COLUMNS).unwrap();
        assert_eq!(table.rows.len(), 1);
        assert_eq!(
            table.errors.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "row 2, column day: the row ends before this column: it has 2 cells where the header has 3",
                "row 3, column 4: the row has 4 cells where the header has 3; a cell with the separator in it stands in quotation marks",
            ],
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        assert_eq!(refused(b""), "the file is empty; its first row must name the columns: code, name, day");
        assert_eq!(refused(b"\n\n"), "the file is empty; its first row must name the columns: code, name, day");
        assert_eq!(
            refused(b"code,title,day\n"),
            "row 1 names a column \"title\", which is not known; the columns are code, name, day",
        );
        assert_eq!(refused(b"code,day,code\n"), "row 1 names the column code twice");
        assert_eq!(refused(b"code,name\n"), "row 1 names no column day, which is needed");
        assert_eq!(refused(b"code,day\na,\"b\nc,d\n"), "a quotation mark in row 2 is never closed");
        assert_eq!(refused(b"code,day\na,b\nc,\xe9\n"), "row 3 is not UTF-8 text; save the file as \"CSV UTF-8\"");
        let large = vec![b'a'; MAX_CSV_BYTES + 1];
        assert_eq!(refused(&large), "the file has 33554433 bytes; at most 33554432 are read");
        let many = format!("code,day\n{}", "a,b\n".repeat(MAX_CSV_ROWS + 1));
        assert_eq!(refused(many.as_bytes()), "the file has more than 100000 rows; split it");
    }
}

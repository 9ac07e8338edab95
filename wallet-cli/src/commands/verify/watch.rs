//! `stapel verify --watch`: what changed in a folder since the last time, and what expires when? Runs and ends; cron comes back.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stapel_credential::Timestamp;
use stapel_credential::json as strict;
use stapel_report::Language;
use stapel_verifier::{Outcome, SeenTrustList};
use stapel_wallet::WalletError;

use super::bench::Bench;
use super::report::Report;
use super::row::{Change, Facts, Row, state};
use super::telling::Counts;
use super::{Keep, KeepWhole, judge_all, page};
use crate::crew;
use crate::error::Failure;
use crate::file::{self, NewFile};
use crate::folder::Source;
use crate::output::{self, Output};
use crate::progress_bar::Bar;
use crate::session::Session;
use crate::words::{Column, Many, Say, say};

/// The form of the state file.
const VERSION: u32 = 1;

/// What is asked for.
pub(super) struct Watched<'a> {
    /// The file that remembers the last time.
    pub(super) state: &'a Path,
    /// Within how many days an end is told.
    pub(super) soon: u16,
    pub(super) page: Option<(NewFile, &'a Path)>,
    pub(super) report: Option<(Report, &'a Path)>,
}

/// What is remembered until the next time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct State {
    stapel_watch: u32,
    checked_at: Timestamp,
    documents: BTreeMap<String, Remembered>,
    /// The editions of trust lists that were seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    trust_lists: Vec<SeenTrustList>,
}

/// One document, as it was.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Remembered {
    state: String,
    achievement: String,
    issuer: String,
    issuer_name: String,
    is_name_confirmed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_until: Option<Timestamp>,
}

/// What is to be told of the folder.
pub(super) struct Overview {
    pub(super) checked_at: Timestamp,
    /// When it was checked before, if it was.
    pub(super) since: Option<Timestamp>,
    pub(super) soon: u16,
    pub(super) counts: Counts,
    pub(super) changed: Vec<Row>,
    pub(super) expiring: Vec<Row>,
    pub(super) not_accepted: Vec<Row>,
}

impl State {
    /// What was remembered, if anything was.
    fn load(path: &Path) -> Result<Option<Self>, Failure> {
        let what = path.display().to_string();
        let text = match file::read_here(&what) {
            Err(Failure::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let wrong = |reason: String| Failure::NotAState { path: path.to_owned(), reason };
        strict::parse_within(&text, strict::MAX_COLLECTION_BYTES).map_err(|error| wrong(error.to_string()))?;
        let state: Self = strict::view(&text).map_err(|error| wrong(error.to_string()))?;
        if state.stapel_watch != VERSION {
            return Err(wrong(format!("it is of version {}, and version {VERSION} is read here", state.stapel_watch)));
        }
        Ok(Some(state))
    }
}

impl Remembered {
    fn new(row: &Row, outcome: Outcome) -> Self {
        let Facts { name, issuer, issuer_name, is_name_confirmed, valid_until, .. } = row.facts.clone();
        Self { state: state(outcome), achievement: name, issuer, issuer_name, is_name_confirmed, valid_until }
    }

    fn was_accepted(&self) -> bool {
        [Outcome::Accepted, Outcome::AcceptedWithRemarks].map(state).contains(&self.state)
    }

    /// The row of a document that is there no longer.
    fn gone(self, file: String) -> Row {
        let facts = Facts {
            name: self.achievement,
            issuer: self.issuer,
            issuer_name: self.issuer_name,
            is_name_confirmed: self.is_name_confirmed,
            valid_until: self.valid_until,
            ..Facts::default()
        };
        Row { file, facts, change: Some(Change::Gone), ..Row::default() }
    }
}

fn change(before: Option<&Remembered>, outcome: Outcome) -> Option<Change> {
    let Some(before) = before else { return Some(Change::New) };
    match outcome {
        Outcome::Accepted | Outcome::AcceptedWithRemarks => (!before.was_accepted()).then_some(Change::AcceptedAgain),
        _ if before.state == state(outcome) => None,
        Outcome::Undecided => Some(Change::NowUndecided),
        Outcome::Refused => Some(Change::NowRefused),
    }
}

/// The newest editions of what was seen and what is at hand.
///
/// An older one is an error: it may vouch for whom the newer one no longer does.
fn newest(mut seen: Vec<SeenTrustList>, now: Vec<SeenTrustList>) -> Result<Vec<SeenTrustList>, Failure> {
    for edition in now {
        match seen.iter_mut().find(|seen| (&seen.anchor, &seen.list) == (&edition.anchor, &edition.list)) {
            Some(kept) if kept.sequence > edition.sequence => {
                let (name, offered, kept) = (edition.list.to_string(), edition.sequence, kept.sequence);
                return Err(WalletError::OlderTrustList { name, offered, kept }.into());
            }
            Some(kept) => *kept = edition,
            None => seen.push(edition),
        }
    }
    Ok(seen)
}

pub(super) fn run(
    watched: Watched<'_>,
    bench: &Bench,
    sources: &[Source],
    threads: NonZeroUsize,
    session: &Session,
) -> Result<Output, Failure> {
    let Watched { state, soon, page, mut report } = watched;
    let before = State::load(state)?;
    let seen = before.as_ref().map(|before| before.trust_lists.clone()).unwrap_or_default();
    let trust_lists = newest(seen, bench.editions())?;
    // What stands there is known to be ours: it may be replaced.
    let state = NewFile::begin(state, true, true)?;
    let since = before.as_ref().map(|before| before.checked_at);
    let mut gone = before.map(|before| before.documents).unwrap_or_default();
    let mut documents = BTreeMap::new();
    let mut overview = Overview::new(bench.now, since, soon);
    let bar = Bar::new(sources.len(), session);
    let judge = |source: &Source| judge_all(source, bench, Keep { whole: KeepWhole::Nothing, text: false }, session);
    let mut tell = |row: Row| {
        let is_first = overview.counts.all() == 0;
        if let Some((report, _)) = &mut report {
            report.add(&row, is_first)?;
        }
        overview.add(row);
        Ok::<(), Failure>(())
    };
    crew::in_order(sources, threads, judge, |judged| {
        bar.step();
        judged.into_iter().try_for_each(|one| {
            let outcome = one.outcome;
            let row = Row { change: change(gone.remove(&one.name).as_ref(), outcome), ..one.row };
            documents.insert(one.name, Remembered::new(&row, outcome));
            tell(row)
        })
    })?;
    drop(bar);
    for (file, remembered) in gone {
        tell(remembered.gone(file))?;
    }
    if let Some((report, path)) = report {
        report.finish()?;
        output::say(&say(&Say::Many(Many::ReportWritten { path }), session.language));
    }
    if let Some((file, path)) = page {
        file.finish(page::page(&overview, path, session.language)?)?;
        output::say(&say(&Say::Many(Many::PageWritten { path }), session.language));
    }
    // Last: what could not be told is told again the next time.
    let remembered = State { stapel_watch: VERSION, checked_at: bench.now, documents, trust_lists };
    state.finish(format!("{:#}\n", json!(remembered)))?;
    let outcome = overview.counts.outcome();
    Ok(Output::new(overview.text(session.language), &overview.json()).ending(outcome))
}

impl Overview {
    fn new(checked_at: Timestamp, since: Option<Timestamp>, soon: u16) -> Self {
        let (changed, expiring, not_accepted) = (Vec::new(), Vec::new(), Vec::new());
        Self { checked_at, since, soon, counts: Counts::default(), changed, expiring, not_accepted }
    }

    fn add(&mut self, row: Row) {
        if let Some(outcome) = row.state {
            self.counts += outcome;
        }
        if row.days_left(self.checked_at).is_some_and(|days| days <= self.soon.into()) {
            self.expiring.push(row.clone());
        }
        if row.state.is_some() && !row.is_accepted() {
            self.not_accepted.push(row.clone());
        }
        // The first time everything is new: that is no news.
        if self.since.is_some() && row.change.is_some() {
            self.changed.push(row);
        }
    }

    fn json(&self) -> Value {
        let rows = |rows: &[Row]| rows.iter().map(|row| row.json(self.checked_at)).collect::<Vec<_>>();
        json!({
            "outcome": self.counts.outcome(),
            "checkedAt": self.checked_at,
            "since": self.since,
            "counts": self.counts,
            "changed": rows(&self.changed),
            "expiring": rows(&self.by_end()),
            "notAccepted": rows(&self.not_accepted),
        })
    }

    /// What ends first comes first.
    fn by_end(&self) -> Vec<Row> {
        let mut rows = self.expiring.clone();
        rows.sort_by_key(|row| row.facts.valid_until);
        rows
    }

    pub(super) fn tables(&self, language: Language) -> Vec<Table> {
        let said = |what: Many<'_>| say(&Say::Many(what), language);
        let mut tables = Vec::new();
        if self.since.is_some() {
            let row = |row: &Row| {
                let change = row.change.map_or(String::new(), |change| said(Many::Change { change }));
                let why = row.why.as_ref().map_or(String::new(), |why| why.sentence.clone());
                vec![row.file.clone(), change, name(row, language), why]
            };
            tables.push(Table {
                caption: said(Many::Changed),
                none: said(Many::NothingChanged),
                columns: columns(&[Column::File, Column::Change, Column::Achievement, Column::Reason], language),
                rows: self.changed.iter().map(row).collect(),
            });
        }
        let row = |row: &Row| {
            let until = row.facts.valid_until.map_or(String::new(), |until| language.day_of(until));
            let days = row.days_left(self.checked_at).map_or(String::new(), |days| days.to_string());
            vec![row.file.clone(), until, days, name(row, language), issuer(row, language)]
        };
        tables.push(Table {
            caption: said(Many::ExpiresSoon { days: self.soon }),
            none: said(Many::NothingExpires { days: self.soon }),
            columns: columns(
                &[Column::File, Column::Until, Column::DaysLeft, Column::Achievement, Column::Issuer],
                language,
            ),
            rows: self.by_end().iter().map(row).collect(),
        });
        let row = |row: &Row| {
            let word = row.state.map_or("", |state| stapel_report::words::outcome(state, language));
            let why = row.why.as_ref().map_or(String::new(), |why| why.sentence.clone());
            vec![row.file.clone(), word.to_owned(), name(row, language), issuer(row, language), why]
        };
        tables.push(Table {
            caption: said(Many::NotAccepted),
            none: said(Many::AllAccepted),
            columns: columns(
                &[Column::File, Column::State, Column::Achievement, Column::Issuer, Column::Reason],
                language,
            ),
            rows: self.not_accepted.iter().map(row).collect(),
        });
        tables
    }

    /// The sentences above the tables.
    pub(super) fn lead(&self, language: Language) -> String {
        let at = language.minute_of(self.checked_at);
        let since = self.since.map(|since| language.minute_of(since));
        say(&Say::Many(Many::Watched { at: &at, since: since.as_deref() }), language)
    }

    pub(super) fn summary(&self, language: Language) -> String {
        say(&Say::Many(Many::Summary { counts: self.counts }), language)
    }

    fn text(&self, language: Language) -> String {
        let tables = self.tables(language).iter().map(Table::text).collect::<Vec<_>>().join("\n");
        format!("{}\n{}\n\n{tables}", self.lead(language), self.summary(language))
    }
}

/// Cells under headings; the first of a row says what it is about.
pub(super) struct Table {
    pub(super) caption: String,
    /// What is said where there is no row.
    pub(super) none: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    fn text(&self) -> String {
        if self.rows.is_empty() {
            return format!("{}\n", self.none);
        }
        let lines: Vec<Vec<String>> = std::iter::once(&self.columns)
            .chain(&self.rows)
            .map(|row| row.iter().map(|cell| output::plain(cell)).collect())
            .collect();
        let mut widths = vec![0; self.columns.len()];
        for line in &lines {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = cell.chars().count().max(*width);
            }
        }
        let mut text = format!("{}\n", self.caption);
        for line in &lines {
            let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            text.push_str(format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end());
            text.push('\n');
        }
        text
    }
}

fn columns(columns: &[Column], language: Language) -> Vec<String> {
    columns.iter().map(|column| say(&Say::Many(Many::Column { column: *column }), language)).collect()
}

/// What a document calls itself: a claim, unless it is accepted.
fn name(row: &Row, language: Language) -> String {
    claimed(&row.facts.name, row.is_accepted(), language)
}

/// Who issued it, by a trust list's word or by its own.
fn issuer(row: &Row, language: Language) -> String {
    let Facts { issuer, issuer_name, is_name_confirmed, .. } = &row.facts;
    if issuer_name.is_empty() {
        return claimed(issuer, row.is_accepted(), language);
    }
    claimed(issuer_name, *is_name_confirmed && row.is_accepted(), language)
}

fn claimed(what: &str, is_confirmed: bool, language: Language) -> String {
    if is_confirmed || what.is_empty() { what.to_owned() } else { say(&Say::Many(Many::Claimed { what }), language) }
}

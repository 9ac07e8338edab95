//! How are the answers on many documents told? Of a few everything; of many how many there are of each, and those not accepted.

use std::ops::AddAssign;

use serde::Serialize;
use serde_json::json;
use stapel_report::words as sentences;
use stapel_verifier::Outcome;

use super::bench::Judged;
use super::report::Report;
use super::row::Row;
use super::told::Told;
use crate::error::Failure;
use crate::output::{self, Output, plain};
use crate::progress_bar::Bar;
use crate::session::Session;
use crate::words::{Many, Say, say};

/// Of how many documents everything is told.
pub(super) const FEW: usize = 20;

/// The answer on one document.
pub(super) struct One {
    pub(super) name: String,
    pub(super) outcome: Outcome,
    pub(super) row: Row,
    pub(super) whole: Whole,
    /// The document itself, where it is wanted.
    pub(super) text: Option<String>,
}

/// The whole answer, as far as it is told. Of thousands it goes where it was made: nothing of it waits.
pub(super) enum Whole {
    Judged(Box<Judged>),
    Json(String),
    Nothing,
}

/// How many documents are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Counts {
    pub(crate) accepted: usize,
    pub(crate) accepted_with_remarks: usize,
    pub(crate) undecided: usize,
    pub(crate) refused: usize,
}

impl AddAssign<Outcome> for Counts {
    fn add_assign(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Accepted => self.accepted += 1,
            Outcome::AcceptedWithRemarks => self.accepted_with_remarks += 1,
            Outcome::Undecided => self.undecided += 1,
            Outcome::Refused => self.refused += 1,
        }
    }
}

impl Counts {
    pub(crate) fn all(self) -> usize {
        self.accepted + self.accepted_with_remarks + self.undecided + self.refused
    }

    /// The worst of all.
    pub(crate) fn outcome(self) -> Outcome {
        match self {
            Self { refused: 1.., .. } => Outcome::Refused,
            Self { undecided: 1.., .. } => Outcome::Undecided,
            Self { accepted_with_remarks: 1.., .. } => Outcome::AcceptedWithRemarks,
            Self { .. } => Outcome::Accepted,
        }
    }
}

/// Takes the answers as they come, in order.
pub(super) struct Telling<'a> {
    session: &'a Session,
    bar: &'a Bar,
    report: Option<Report>,
    counts: Counts,
    /// The first ones, as long as they are few.
    first: Vec<One>,
    are_many: bool,
}

impl<'a> Telling<'a> {
    pub(super) fn new(report: Option<Report>, bar: &'a Bar, session: &'a Session) -> Self {
        Self { session, bar, report, counts: Counts::default(), first: Vec::new(), are_many: false }
    }

    pub(super) fn take(&mut self, one: One) -> Result<(), Failure> {
        let is_first = self.counts == Counts::default();
        self.counts += one.outcome;
        if let Some(report) = &mut self.report {
            report.add(&one.row, is_first)?;
        }
        if self.are_many {
            return self.brief(&one, false);
        }
        self.first.push(one);
        if self.first.len() > FEW {
            self.are_many = true;
            for (number, one) in std::mem::take(&mut self.first).iter().enumerate() {
                self.brief(one, number == 0)?;
            }
        }
        Ok(())
    }

    /// What is told of one of many.
    fn brief(&self, one: &One, is_first: bool) -> Result<(), Failure> {
        let text = if self.session.json {
            let json = match &one.whole {
                Whole::Judged(judged) => &judged.json(&one.name, self.session),
                Whole::Json(json) => json,
                Whole::Nothing => "null",
            };
            format!("{}{json}", if is_first { "{\"documents\": [\n" } else { "," })
        } else if one.row.is_accepted() {
            return Ok(());
        } else {
            not_accepted(&one.row, self.session)
        };
        self.bar.aside(|| output::print_part(&text))
    }

    pub(super) fn finish(mut self) -> Result<Output, Failure> {
        if let Some(report) = self.report.take() {
            report.finish()?;
        }
        let outcome = self.counts.outcome();
        if self.are_many {
            let text = if self.session.json {
                format!("],\n\"outcome\": {}}}", json!(outcome))
            } else {
                say(&Say::Many(Many::Summary { counts: self.counts }), self.session.language)
            };
            self.bar.aside(|| output::print_part(&text))?;
            return Ok(Output::printed().ending(outcome));
        }
        let judged = |one: One| match one.whole {
            Whole::Judged(judged) => Some((one.name, *judged)),
            Whole::Json(_) | Whole::Nothing => None,
        };
        let mut all: Vec<(String, Judged)> = self.first.into_iter().filter_map(judged).collect();
        if let [(_, Judged::Failed(_))] = all.as_slice()
            && let Some((_, Judged::Failed(failure))) = all.pop()
        {
            return Err(failure);
        }
        let session = self.session;
        let many = all.len() > 1;
        let text = |(name, judged): &(String, Judged)| {
            let text = judged.text(session);
            if many { format!("== {name}\n{text}") } else { text }
        };
        let texts: Vec<String> = all.iter().map(text).collect();
        let documents: Vec<Told<'_>> = all.iter().map(|(name, judged)| judged.told(name, session)).collect();
        Ok(Output::new(texts.join("\n"), &json!({ "outcome": outcome, "documents": documents })).ending(outcome))
    }
}

/// One line on a document that is not accepted.
pub(super) fn not_accepted(row: &Row, session: &Session) -> String {
    let word = row.state.map_or("", |state| sentences::outcome(state, session.language));
    let why = row.why.as_ref().map_or("", |why| why.sentence.as_str());
    format!("{}: {word}. {why}", plain(&row.file))
}

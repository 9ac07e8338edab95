//! `stapel verify`: is what somebody shows genuine, valid and by somebody who may? Needs no wallet.

mod bench;
mod contexts;
mod page;
mod report;
mod row;
mod telling;
mod told;
mod watch;

use std::num::NonZeroUsize;
use std::path::Path;

use serde_json::json;
use stapel_verifier::{Audience, Case};

use self::bench::Judged;
pub(crate) use self::bench::{Bench, Brought};
use self::report::Report;
pub(crate) use self::row::{Change, Row};
pub(crate) use self::telling::Counts;
use self::telling::{FEW, One, Telling, Whole};
use crate::cli::Verify;
use crate::crew;
use crate::error::Failure;
use crate::file::{self, Document, NewFile};
use crate::folder::{Source, Sources};
use crate::output::{self, Output};
use crate::progress_bar::Bar;
use crate::session::Session;
use crate::words::{Many, Say, say};

pub(crate) fn run(asked: &Verify, session: &Session) -> Result<Output, Failure> {
    if let Some(case) = &asked.case {
        return replay(case, asked.question.as_deref(), session);
    }
    let written: Vec<&Path> =
        [&asked.report, &asked.watch, &asked.page].into_iter().flatten().map(AsRef::as_ref).collect();
    let sources = Sources::find(&asked.files, &written)?;
    if asked.case_out.is_some() && sources.all.len() != 1 {
        return Err(Failure::OneCase { given: sources.all.len() });
    }
    if asked.record.is_some() && sources.all.len() != 1 {
        return Err(Failure::OneRecord { given: sources.all.len() });
    }
    let case_out = asked.case_out.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    let now = asked.as_of.unwrap_or(session.now);
    let report = asked.report.as_deref().map(|path| Report::begin(path, asked.force, now)).transpose()?;
    let bench = bench(asked, session)?;
    tell_passed_over(&sources, session);
    if let Some(state) = &asked.watch {
        let begin = |path| Ok::<_, Failure>((NewFile::begin(path, asked.force, false)?, path));
        let watched = watch::Watched {
            state,
            soon: asked.soon,
            page: asked.page.as_deref().map(begin).transpose()?,
            report: report.zip(asked.report.as_deref()),
        };
        return watch::run(watched, &bench, &sources.all, threads(asked.threads), session);
    }
    let bar = Bar::new(sources.all.len(), session);
    let mut telling = Telling::new(report, &bar, session);
    let mut case = None;
    let whole = match sources.all.len() {
        ..=FEW => KeepWhole::Judged,
        _ if session.json => KeepWhole::Json,
        _ => KeepWhole::Nothing,
    };
    let keep = Keep { whole, text: case_out.is_some() };
    let judge = |source: &Source| judge_all(source, &bench, keep, session);
    crew::in_order(&sources.all, threads(asked.threads), judge, |judged| {
        bar.step();
        // An archive is one file and several documents.
        match judged.len() {
            1 => {}
            given if case_out.is_some() => return Err(Failure::OneCase { given }),
            given if asked.record.is_some() => return Err(Failure::OneRecord { given }),
            _ => {}
        }
        judged.into_iter().try_for_each(|mut one| {
            case = case.take().or(one.text.take());
            telling.take(one)
        })
    })?;
    if let (Some(file), Some(path), Some(text)) = (case_out, asked.case_out.as_deref(), case) {
        file.finish(format!("{:#}\n", json!(bench.case(&text))))?;
        output::say(&say(&Say::CaseWritten { path }, session.language));
    }
    let output = telling.finish();
    drop(bar);
    if let (Ok(_), Some(path)) = (&output, &asked.report) {
        output::say(&say(&Say::Many(Many::ReportWritten { path }), session.language));
    }
    output
}

/// On how many threads.
pub(crate) fn threads(asked: Option<u16>) -> NonZeroUsize {
    asked.and_then(|number| NonZeroUsize::new(number.into())).unwrap_or_else(crew::all_cores)
}

/// What was passed over in a folder is said, so that nobody takes it for accepted.
pub(crate) fn tell_passed_over(sources: &Sources, session: &Session) {
    if sources.passed_over > 0 {
        output::say(&say(&Say::Many(Many::PassedOver { number: sources.passed_over }), session.language));
    }
}

/// The documents of a source.
pub(crate) fn read(source: &Source, session: &Session) -> Result<Vec<Document>, Failure> {
    match source {
        Source::Named(what) => file::read_documents(what, &session.network),
        Source::Found(path) => file::documents_at(path),
        Source::Closed(path, error) => {
            Err(Failure::Read { what: path.display().to_string(), source: error.kind().into() })
        }
    }
}

/// What is kept beside the row.
#[derive(Debug, Clone, Copy)]
struct Keep {
    whole: KeepWhole,
    /// The document itself.
    text: bool,
}

/// How the whole answer is kept.
#[derive(Debug, Clone, Copy)]
enum KeepWhole {
    Judged,
    Json,
    Nothing,
}

/// The answer on each document of a source; what cannot be read is an answer, too.
fn judge_all(source: &Source, bench: &Bench, keep: Keep, session: &Session) -> Vec<One> {
    let documents = match read(source, session) {
        Ok(documents) => documents,
        Err(failure) => {
            return vec![failed(&source.name(), failure, keep, session)];
        }
    };
    let judged = documents.into_iter().map(|document| match document.text {
        Ok(text) => {
            let judged = bench.judge(&text, session);
            one(document.name, text, judged, keep, session)
        }
        Err(failure) => failed(&document.name, failure, keep, session),
    });
    judged.collect()
}

fn failed(name: &str, failure: Failure, keep: Keep, session: &Session) -> One {
    one(name.to_owned(), String::new(), Judged::Failed(failure), Keep { text: false, ..keep }, session)
}

fn one(name: String, text: String, judged: Judged, keep: Keep, session: &Session) -> One {
    let row = Row::new(&name, &text, &judged, session.language);
    let outcome = judged.outcome();
    let whole = match keep.whole {
        KeepWhole::Judged => Whole::Judged(Box::new(judged)),
        KeepWhole::Json => Whole::Json(judged.json(&name, session)),
        KeepWhole::Nothing => Whole::Nothing,
    };
    One { name, outcome, row, whole, text: keep.text.then_some(text) }
}

/// Gives the answer of a case again: by its own dossier, policy and clock.
fn replay(path: &str, question: Option<&str>, session: &Session) -> Result<Output, Failure> {
    let case = Case::parse(&file::read_here(path)?)?;
    let text = case.document_text().into_owned();
    let record = case.award_record_text().map(std::borrow::Cow::into_owned);
    let mut bench = Bench::of(case.dossier, case.policy, case.now);
    (bench.audience, bench.record) = (case.audience, record);
    if let Some(question) = question {
        bench.ask_as_it_is(&file::read_here(question)?)?;
    }
    let judged = bench.look(&text);
    let bar = Bar::new(1, session);
    let mut telling = Telling::new(None, &bar, session);
    let keep = Keep { whole: KeepWhole::Judged, text: false };
    telling.take(one(path.to_owned(), text, judged, keep, session))?;
    telling.finish()
}

fn bench(asked: &Verify, session: &Session) -> Result<Bench, Failure> {
    let brought = Brought {
        dossier: asked.dossier.as_deref(),
        trust: &asked.trust,
        anchors: &asked.anchor,
        pins: &asked.pin,
        contexts: &asked.contexts,
    };
    let mut bench = Bench::new(&brought, asked.as_of.unwrap_or(session.now), session)?;
    bench.audience = Audience { domain: asked.domain.clone(), challenge: asked.challenge.clone() };
    if let Some(question) = &asked.question {
        bench.ask(&file::read_here(question)?, session)?;
    }
    bench.record = asked.record.as_deref().map(file::read_here).transpose()?;
    Ok(bench)
}

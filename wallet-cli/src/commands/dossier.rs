//! `stapel dossier`: what do verdicts on these documents rest on? Fetched now, into one file, for a machine without a network.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use stapel_credential::json as strict;
use stapel_report::words as sentences;
use stapel_verifier::{Dossier, Missing, Outcome};

use super::verify::{Bench, Brought, read as read_source, tell_passed_over, threads};
use crate::cli;
use crate::crew;
use crate::error::Failure;
use crate::file::{self, NewFile};
use crate::folder::{Source, Sources};
use crate::output::{self, Output, plain};
use crate::progress_bar::Bar;
use crate::session::Session;
use crate::words::{self, Many, Say, say};

/// What is in a dossier, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Contents {
    pub(crate) documents: usize,
    pub(crate) controllers: usize,
    pub(crate) status_lists: usize,
    pub(crate) trust_lists: usize,
    pub(crate) contexts: usize,
}

/// Reads a dossier, strictly.
pub(super) fn read(path: &Path) -> Result<Dossier, Failure> {
    let text = file::read_here(&path.display().to_string())?;
    let wrong = |error: strict::JsonError| Failure::NotADossier { path: path.to_owned(), reason: error.to_string() };
    strict::parse_within(&text, strict::MAX_COLLECTION_BYTES).map_err(wrong)?;
    strict::view(&text).map_err(wrong)
}

pub(super) fn run(asked: &cli::Dossier, session: &Session) -> Result<Output, Failure> {
    let sources = Sources::find(&asked.files, &[&asked.out])?;
    let file = NewFile::begin(&asked.out, asked.force, false)?;
    let brought =
        Brought { trust: &asked.trust, anchors: &asked.anchor, contexts: &asked.contexts, ..Brought::default() };
    let bench = Bench::new(&brought, asked.as_of.unwrap_or(session.now), session)?;
    tell_passed_over(&sources, session);
    let (mut missing, mut unread, mut documents) = (BTreeSet::new(), Vec::new(), 0);
    let bar = Bar::new(sources.all.len(), session);
    let why = |failure: &Failure| words::failure(failure, session.language);
    let look = |source: &Source| -> Vec<Result<BTreeSet<Missing>, (String, String)>> {
        let documents = match read_source(source, session) {
            Ok(documents) => documents,
            Err(failure) => return vec![Err((source.name(), why(&failure)))],
        };
        let each = documents.into_iter().map(|document| match document.text {
            Ok(text) => Ok(bench.missing(&text, session).into_iter().collect()),
            Err(failure) => Err((document.name, why(&failure))),
        });
        each.collect()
    };
    crew::in_order(&sources.all, threads(asked.threads), look, |found| {
        bar.step();
        for one in found {
            match one {
                Ok(needed) => {
                    documents += 1;
                    missing.extend(needed);
                }
                Err(failed) => unread.push(failed),
            }
        }
        Ok::<(), Failure>(())
    })?;
    drop(bar);
    // Each document as it was received, not as a tree would write it again.
    let written = serde_json::to_string(&*bench.dossier())
        .map_err(|error| Failure::Write { what: asked.out.display().to_string(), source: error.into() })?;
    if written.len() > strict::MAX_COLLECTION_BYTES {
        let what = asked.out.display().to_string();
        return Err(Failure::TooLarge { what, limit: strict::MAX_COLLECTION_BYTES });
    }
    let contents = Contents { documents, ..Contents::of(&json!(*bench.dossier())) };
    file.finish(written + "\n")?;
    let whole = missing.is_empty() && unread.is_empty();
    let text = told(asked, contents, &missing, &unread, session);
    let unread = unread.iter().map(|(source, error)| json!({ "source": source, "error": error }));
    let json = json!({
        "dossier": asked.out,
        "contents": contents,
        "missing": missing,
        "unread": unread.collect::<Vec<_>>(),
    });
    // What lacks something gives no other verdict than it would here, but perhaps one that a later fetch would give.
    Ok(Output::new(text, &json).ending(if whole { Outcome::Accepted } else { Outcome::Undecided }))
}

impl Contents {
    fn of(dossier: &Value) -> Self {
        let members = |name: &str| dossier.get(name).and_then(Value::as_object).map_or(0, serde_json::Map::len);
        let lists = dossier.get("trustLists").and_then(Value::as_array).map_or(0, Vec::len);
        Self {
            documents: 0,
            controllers: members("controllers"),
            status_lists: members("statusLists"),
            trust_lists: lists,
            contexts: members("contexts"),
        }
    }
}

fn told(
    asked: &cli::Dossier,
    contents: Contents,
    missing: &BTreeSet<Missing>,
    unread: &[(String, String)],
    session: &Session,
) -> String {
    let language = session.language;
    let mut lines = vec![say(&Say::Many(Many::DossierWritten { path: &asked.out, contents }), language)];
    lines.extend(missing.iter().map(|missing| format!("  {}", sentences::missing(missing, language))));
    lines.extend(unread.iter().map(|(source, error)| format!("  {}: {error}", plain(source))));
    output::say(&say(&Say::Many(Many::DossierIsNoTrust), language));
    lines.join("\n")
}

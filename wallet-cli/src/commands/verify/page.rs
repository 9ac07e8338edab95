//! How does an overview read as a web page? One file that needs no other and runs no script.

use std::io;
use std::path::Path;

use askama::Template;
use stapel_report::{Language, PAGE_STYLE};

use super::watch::{Overview, Table};
use crate::error::Failure;
use crate::words::{Many, Say, say};

#[derive(Template)]
#[template(path = "overview.html")]
struct Page {
    language: &'static str,
    title: String,
    style: &'static str,
    lead: String,
    summary: String,
    tables: Vec<Table>,
    note: String,
}

/// The page.
pub(super) fn page(overview: &Overview, path: &Path, language: Language) -> Result<String, Failure> {
    let said = |what: Many<'_>| say(&Say::Many(what), language);
    let page = Page {
        language: language.tag(),
        title: said(Many::PageTitle),
        style: PAGE_STYLE,
        lead: overview.lead(language),
        summary: overview.summary(language),
        tables: overview.tables(language),
        note: said(Many::PageNote),
    };
    page.render().map_err(|error| Failure::Write { what: path.display().to_string(), source: io::Error::other(error) })
}

//! What do people see in a browser? Plain pages in Dutch and English: no scripts, readable on a phone and by a screen reader.

mod achievement;
mod badge;
mod claim;
mod home;
mod negotiation;
mod words;

pub(crate) use achievement::achievement;
pub(crate) use badge::{badge, change_badge_page};
pub(crate) use claim::claim;
pub(crate) use home::home;

use askama::Template;
use axum::extract::State;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Response};

use self::negotiation::Reader;
use self::words::Words;
use crate::app::App;
use crate::error::Problem;
use crate::routes::{HOME, STYLE};
use crate::words::Language;

/// What every page has around it.
struct Shell {
    language: Language,
    words: &'static Words,
    institution: String,
    title: String,
    home: String,
    style: String,
    /// The same page in Dutch and in English.
    dutch: String,
    english: String,
    /// Whether search engines are asked to leave it out.
    hidden: bool,
}

impl Shell {
    /// `query` is what the page needs behind `?`, without the language.
    fn new(app: &App, reader: Reader, title: &str, query: &str) -> Self {
        let addresses = &app.office.addresses;
        let more = if query.is_empty() { String::new() } else { format!("&{query}") };
        let home = addresses.path(HOME, &[]);
        Self {
            language: reader.language,
            words: Words::of(reader.language),
            institution: app.office.institution.name().to_owned(),
            title: title.to_owned(),
            home: format!("{home}?lang={}", reader.language.tag()),
            style: addresses.path(STYLE, &[]),
            dutch: format!("?lang=nl{more}"),
            english: format!("?lang=en{more}"),
            hidden: false,
        }
    }

    fn hidden(self) -> Self {
        Self { hidden: true, ..self }
    }
}

/// Something is not there, or went wrong.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    sentence: String,
}

fn page(status: StatusCode, language: Language, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let headers: [(HeaderName, &str); 2] =
                [(CONTENT_LANGUAGE, language.tag()), (VARY, "Accept, Accept-Language")];
            (status, headers, Html(html)).into_response()
        }
        Err(error) => Problem::internal(error).into_response(),
    }
}

/// A problem as a page.
fn problem_page(app: &App, reader: Reader, problem: &Problem) -> Response {
    let words = Words::of(reader.language);
    let title = if problem.status() == StatusCode::NOT_FOUND { words.not_found } else { words.failed };
    let sentence = if problem.status() == StatusCode::NOT_FOUND { String::new() } else { problem.detail().to_owned() };
    let shell = Shell::new(app, reader, title, "").hidden();
    page(problem.status(), reader.language, &ProblemPage { shell, sentence })
}

/// Whoever asks for JSON and not for a page.
fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("json") && !accept.contains("text/html")
}

/// Where nothing is.
pub(crate) async fn not_found(State(app): State<App>, reader: Reader, headers: HeaderMap) -> Response {
    let problem = Problem::not_found("there is nothing at this address");
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("text/html") { problem_page(&app, reader, &problem) } else { problem.into_response() }
}

pub(crate) async fn style() -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, stapel_report::PAGE_STYLE).into_response()
}

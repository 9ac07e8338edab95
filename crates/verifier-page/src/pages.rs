//! What does somebody see who checks a document in a browser? A form, and for each document an answer.

use askama::Template;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use stapel_report::Language;

use crate::desk::{Asked, Desk, Given};
use crate::one::One;
use crate::reader::Reader;
use crate::words::Words;

/// So many documents are judged of one form; the page says it.
const MAX_DOCUMENTS: usize = 200;

#[derive(Template)]
#[template(path = "form.html")]
struct FormPage {
    language: Language,
    words: &'static Words,
    title: &'static str,
    root: &'static str,
    problem: Option<&'static str>,
    /// Where somebody came from with a link to be checked.
    link: String,
    asks: bool,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    language: Language,
    words: &'static Words,
    title: &'static str,
    root: &'static str,
    problem: &'static str,
}

#[derive(Template)]
#[template(path = "answer.html")]
struct AnswerPage {
    language: Language,
    words: &'static Words,
    title: &'static str,
    root: &'static str,
    /// Of the headings within an answer: below its own, if it has one.
    level: u8,
    answers: Vec<One>,
}

/// What the address of the form may say.
#[derive(Deserialize)]
pub(crate) struct Prefilled {
    /// A link to be checked: it stands in the form, and nothing is fetched before somebody sends it.
    link: Option<String>,
}

pub(crate) async fn form(
    State(desk): State<Desk>,
    reader: Reader,
    prefilled: Result<Query<Prefilled>, QueryRejection>,
) -> Response {
    let link = prefilled.ok().and_then(|Query(prefilled)| prefilled.link).unwrap_or_default();
    form_page(&desk, reader.language, StatusCode::OK, None, link)
}

fn form_page(
    desk: &Desk,
    language: Language,
    status: StatusCode,
    problem: Option<&'static str>,
    link: String,
) -> Response {
    let words = Words::of(language);
    let asks = desk.address().is_some();
    page(status, language, &FormPage { language, words, title: words.title, root: "", problem, link, asks })
}

/// A page that says what went wrong, from which one gets on.
pub(crate) fn problem_page(
    language: Language,
    status: StatusCode,
    problem: &'static str,
    root: &'static str,
) -> Response {
    let words = Words::of(language);
    page(status, language, &ProblemPage { language, words, title: words.title, root, problem })
}

pub(crate) async fn nothing_here(reader: Reader) -> Response {
    problem_page(reader.language, StatusCode::NOT_FOUND, Words::of(reader.language).not_found, "/")
}

pub(crate) async fn style() -> Response {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, stapel_report::PAGE_STYLE).into_response()
}

pub(crate) async fn answer(
    State(desk): State<Desk>,
    reader: Reader,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let language = reader.language;
    let words = Words::of(language);
    let given = match form {
        Ok(form) => read(form, words).await,
        Err(_) => Err((StatusCode::BAD_REQUEST, words.broken)),
    };
    let given = match given {
        Ok(given) => given,
        Err((status, problem)) => return form_page(&desk, language, status, Some(problem), String::new()),
    };
    let Ok(judged) = desk.judge(given, Asked::default(), MAX_DOCUMENTS).await else {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        return form_page(&desk, language, status, Some(words.too_many), String::new());
    };
    let answers: Vec<One> = judged.into_iter().map(|judged| One::of(judged, language)).collect();
    let has_heading = answers.len() > 1 || answers.iter().any(|one| one.source.is_some());
    let level = if has_heading { 3 } else { 2 };
    page(StatusCode::OK, language, &AnswerPage { language, words, title: words.answer, root: "", level, answers })
}

/// The files and the text of a form, one at least; empty fields are none.
async fn read(mut form: Multipart, words: &'static Words) -> Result<Vec<Given>, (StatusCode, &'static str)> {
    let trouble = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => (StatusCode::PAYLOAD_TOO_LARGE, words.too_large),
        status => (status, words.broken),
    };
    let mut given: Vec<Given> = Vec::new();
    while let Some(field) = form.next_field().await.map_err(trouble)? {
        let source = field.file_name().map(str::to_owned).filter(|name| !name.is_empty());
        let bytes = field.bytes().await.map_err(trouble)?;
        if bytes.iter().any(|byte| !byte.is_ascii_whitespace()) {
            given.push(Given::File(source, bytes.into()));
        }
    }
    match given.len() {
        0 => Err((StatusCode::BAD_REQUEST, words.nothing_given)),
        1..=MAX_DOCUMENTS => Ok(given),
        _ => Err((StatusCode::PAYLOAD_TOO_LARGE, words.too_many)),
    }
}

pub(crate) fn page(status: StatusCode, language: Language, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let headers = [(CONTENT_LANGUAGE, language.tag()), (VARY, "Accept-Language")];
            (status, headers, Html(html)).into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

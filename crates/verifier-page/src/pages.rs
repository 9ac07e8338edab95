//! What does somebody see who checks a document in a browser? A form, and for each document an answer.

use askama::Template;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use stapel_report::Language;

use crate::desk::{Asked, Desk, Given};
use crate::one::One;
use crate::reader::Reader;
use crate::sheet;
use crate::whole::gather;
use crate::words::Words;

/// So many documents are judged of one form; the page says it.
const MAX_DOCUMENTS: usize = 200;
/// The most that the page of an answer carries to be checked again, in bytes.
const MAX_AGAIN_BYTES: usize = 512 * 1024;

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
    /// Whether it was the page of who asked something.
    asked: bool,
    /// Whether whoever is here may have something to check.
    checks: bool,
    /// Whether nothing is wrong.
    well: bool,
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
    /// Whether a holder can be asked.
    asks: bool,
    /// Name and base64 of what can be checked again from this page.
    again: Vec<(String, String)>,
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
    let (title, asked, checks) = (words.title, false, true);
    page(status, language, &ProblemPage { language, words, title, root, problem, asked, checks, well: false })
}

/// There is no such question for who looks at its page: who asked it, and who got the wrong address, both learn what to do.
pub(crate) fn no_question_page(language: Language) -> Response {
    let words = Words::of(language);
    let (title, problem, root, asked, checks) = (words.asking.not_here, words.asking.asked_gone, "../../", true, true);
    page(
        StatusCode::NOT_FOUND,
        language,
        &ProblemPage { language, words, title, root, problem, asked, checks, well: false },
    )
}

/// Who was to answer need do nothing any more: it has ended, or it was answered.
pub(crate) fn no_request_page(is_answered: bool, language: Language) -> Response {
    let words = Words::of(language);
    let (status, problem) = if is_answered {
        (StatusCode::GONE, words.asking.request_answered)
    } else {
        (StatusCode::NOT_FOUND, words.asking.request_gone)
    };
    let (title, root, asked, checks, well) = (words.asking.request, "../../", false, false, is_answered);
    page(status, language, &ProblemPage { language, words, title, root, problem, asked, checks, well })
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
    match answers(&desk, form, language).await {
        Ok(answers) => {
            let (words, again) = (Words::of(language), again(&answers));
            let asks = desk.address().is_some();
            let has_heading = answers.len() > 1 || answers.iter().any(|one| one.source.is_some());
            let level = if has_heading { 3 } else { 2 };
            let page_of = AnswerPage { language, words, title: words.answer, root: "", level, answers, asks, again };
            page(StatusCode::OK, language, &page_of)
        }
        Err(response) => response,
    }
}

/// The same, as a sheet to keep.
pub(crate) async fn report(
    State(desk): State<Desk>,
    reader: Reader,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    match answers(&desk, form, reader.language).await {
        Ok(answers) => sheet::pdf(&answers, desk.address(), reader.language),
        Err(response) => response,
    }
}

async fn answers(
    desk: &Desk,
    form: Result<Multipart, MultipartRejection>,
    language: Language,
) -> Result<Vec<One>, Response> {
    let words = Words::of(language);
    let given = match form {
        Ok(form) => read(form, words).await,
        Err(_) => Err((StatusCode::BAD_REQUEST, words.broken)),
    };
    let wrong = |status, problem| form_page(desk, language, status, Some(problem), String::new());
    let given = given.map_err(|(status, problem)| wrong(status, problem))?;
    let judged = desk.judge(given, Asked::default(), MAX_DOCUMENTS).await;
    let judged = judged.map_err(|_| wrong(StatusCode::PAYLOAD_TOO_LARGE, words.too_many))?;
    Ok(judged.into_iter().map(|judged| One::of(judged, language)).collect())
}

/// What was handed in, to be checked again, where it does not make the page too large.
fn again(answers: &[One]) -> Vec<(String, String)> {
    let texts = answers.iter().flat_map(|one| one.documents.iter().chain(&one.handed).map(|text| (&one.source, text)));
    let texts: Vec<(&Option<String>, &String)> = texts.collect();
    if texts.iter().map(|(_, text)| text.len()).sum::<usize>() > MAX_AGAIN_BYTES {
        return Vec::new();
    }
    texts.into_iter().map(|(source, text)| (source.clone().unwrap_or_default(), STANDARD.encode(text))).collect()
}

/// The files and the text of a form, one at least; empty fields are none.
async fn read(mut form: Multipart, words: &'static Words) -> Result<Vec<Given>, (StatusCode, &'static str)> {
    let trouble = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => (StatusCode::PAYLOAD_TOO_LARGE, words.too_large),
        status => (status, words.broken),
    };
    let mut given: Vec<Given> = Vec::new();
    let mut named = None;
    while let Some(mut field) = form.next_field().await.map_err(trouble)? {
        let source = field.file_name().map(str::to_owned).filter(|name| !name.is_empty());
        let name = field.name().map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(trouble)? {
            gather(&mut bytes, &piece);
        }
        match name.as_deref() {
            // Of the page of an answer: what was checked there, letter by letter, by the name that it had.
            Some("source") => {
                named = String::from_utf8(bytes).ok().filter(|name| !name.is_empty());
                continue;
            }
            Some("document") => {
                let bytes = STANDARD.decode(&bytes).map_err(|_| (StatusCode::BAD_REQUEST, words.broken))?;
                given.push(Given::File(named.take(), bytes.into()));
                continue;
            }
            _ => {}
        }
        // An empty file was chosen all the same; where none was, the browser sends one without a name.
        if source.is_some() || bytes.iter().any(|byte| !byte.is_ascii_whitespace()) {
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

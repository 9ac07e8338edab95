//! How does an employer ask first, and how does the answer find its way back to the one who asked?
//!
//! The employer composes a question and gets a link and a QR code; the learner's wallet fetches the question at the link, and
//! posts its answer; the answer is on the page of the session that asked, and nowhere else. The messages are those of
//! `stapel_openid`, so that another transport of OpenID4VP changes nothing but the addresses.

use askama::Template;
use axum::Form;
use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use stapel_credential::{Ask, VerifiablePresentation};
use stapel_proof::Signed;
use stapel_report::{Language, data_uri, qr_svg, question_text};
use stapel_verifier::{Audience, CheckKind, CheckResult};

use crate::REQUESTS;
use crate::desk::{Asked, Desk, Given};
use crate::one::One;
use crate::pages::{no_question_page, no_request_page, page};
use crate::reader::Reader;
use crate::request_store::{OpenRequest, RequestState};
use crate::words::Words;

/// The cookie of the session that asked; it lasts as long as any of its questions may be open.
pub(crate) const COOKIE_NAME: &str = "stapel-asked";
/// As it is named in the answer.
pub(crate) const ANSWER: &str = "answer";
#[derive(Template)]
#[template(path = "asked.html")]
struct AskedPage {
    language: Language,
    words: &'static Words,
    title: &'static str,
    root: &'static str,
    question: String,
    link: String,
    code: Option<String>,
    about: Option<String>,
    note: Option<String>,
    /// Of the headings within an answer.
    level: u8,
    answers: Vec<One>,
    /// How long the question is open yet.
    left: String,
    /// When this is.
    looked: String,
    /// Nobody is asked on the page of an answer to a question.
    asks: bool,
}

#[derive(Template)]
#[template(path = "request.html")]
struct RequestPage {
    language: Language,
    words: &'static Words,
    title: &'static str,
    root: &'static str,
    question: String,
    link: String,
    host: String,
    code: Option<String>,
    /// As who asks calls themselves.
    name: Option<String>,
    about: Option<String>,
    left: String,
}

/// The secret of this browser's session, if it has asked before.
pub(crate) fn session_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(';'));
    let mut named = cookies.filter_map(|cookie| cookie.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='));
    let is_token =
        |value: &&str| value.len() == 43 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    named.find(is_token).map(str::to_owned)
}

/// The page of the one who asked: the link and the code, and then the answer.
pub(crate) async fn asked(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    let language = reader.language;
    let words = Words::of(language);
    let session = session_of(&headers).unwrap_or_default();
    let Some((open, state)) = desk.requests().look(&id, &session, desk.now()) else {
        return no_question_page(language);
    };
    let question = question_text(&open.question, desk.programmes().find(&open.question), language);
    let left = left(&open, &desk, language);
    let answers = match state {
        RequestState::Waiting => Vec::new(),
        RequestState::Answered(presentation) => {
            let is_part = !matches!(open.question.ask, Ask::Award(_));
            let asked = Asked { audience: audience(&open), question: Some(open.question) };
            let judged = desk.judge(vec![Given::Text(presentation)], asked, 1).await.unwrap_or_default();
            let answers = judged.into_iter().map(|judged| One::of(judged, language));
            answers.map(|one| if is_part { one.no_more_than_asked(words) } else { one }).collect()
        }
    };
    let link = format!("{}{REQUESTS}/{id}", desk.address().unwrap_or_default());
    let code = qr_svg(&link).ok().map(|code| data_uri(&code));
    let title = if answers.is_empty() { words.asking.asked } else { words.answer };
    let root = "../../";
    let asked = AskedPage {
        language,
        words,
        title,
        root,
        question,
        link,
        code,
        about: open.about,
        note: open.note,
        level: 2,
        answers,
        left,
        looked: language.minute_of(desk.now()),
        asks: false,
    };
    page(StatusCode::OK, language, &asked)
}

/// Forgets a question with its answer, at once; another site cannot ask for it, since the cookie does not go with its forms.
pub(crate) async fn forget(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    let is_forgotten = desk.requests().forget(&id, &session_of(&headers).unwrap_or_default());
    let said = if is_forgotten { "&forgotten=yes" } else { "" };
    (StatusCode::SEE_OTHER, [(LOCATION, format!("../ask?lang={}{said}", reader.language.tag()))]).into_response()
}

/// How long it is open yet, in whole minutes, hours or days: what every clock shows alike.
fn left(open: &OpenRequest, desk: &Desk, language: Language) -> String {
    language.lasting((open.expires.unix_seconds() - desk.now().unix_seconds() + 59) / 60)
}

fn audience(open: &OpenRequest) -> Audience {
    Audience { domain: Some(open.request.client_id()), challenge: Some(open.request.nonce().to_owned()) }
}

/// What is asked: for a wallet the message, for a person what to do with the link.
pub(crate) async fn request(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    let language = reader.language;
    let words = Words::of(language);
    let accepts = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let for_people = accepts.contains("text/html");
    let Some((open, is_answered)) = desk.requests().find(&id, desk.now()) else {
        if for_people {
            return no_request_page(false, language);
        }
        return refused(StatusCode::NOT_FOUND, "this question is not open: it has ended, or was never asked");
    };
    if !for_people {
        return ([(CONTENT_TYPE, "application/json")], open.request.to_json()).into_response();
    }
    if is_answered {
        return no_request_page(true, language);
    }
    let question = question_text(&open.question, desk.programmes().find(&open.question), language);
    let address = desk.address().unwrap_or_default();
    let link = format!("{address}{REQUESTS}/{id}");
    let code = qr_svg(&link).ok().map(|code| data_uri(&code));
    let host = address.split("://").nth(1).unwrap_or_default().to_owned();
    let request = RequestPage {
        language,
        words,
        title: words.asking.request,
        root: "../../",
        question,
        link,
        host,
        code,
        name: open.request.client_name().map(str::to_owned),
        left: left(&open, &desk, language),
        about: open.about,
    };
    page(StatusCode::OK, language, &request)
}

/// The form that a wallet posts (OpenID4VP §8.2).
#[derive(Deserialize)]
pub(crate) struct Posted {
    vp_token: String,
}

/// Takes the answer of a wallet: one that its holder signed for this question. Whether it holds is judged when it is looked at.
pub(crate) async fn answer(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    form: Result<Form<Posted>, FormRejection>,
) -> Response {
    let now = desk.now();
    let posted = match form {
        Ok(Form(posted)) => posted,
        Err(rejection) => return refused(rejection.status(), &rejection.body_text()),
    };
    let Some((open, _)) = desk.requests().find(&id, now) else {
        return refused(StatusCode::NOT_FOUND, "this question is not open: it has ended, or was never asked");
    };
    let presentation = match open.request.read_answer(&posted.vp_token) {
        Ok(presentation) => presentation,
        Err(error) => return refused(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    // A stranger who saw the code must not use up the question with something else.
    if let Err(error) = Signed::<VerifiablePresentation>::parse(&presentation) {
        return refused(StatusCode::BAD_REQUEST, &error.to_string());
    }
    let asked = Asked { audience: audience(&open), question: None };
    let judged = desk.judge(vec![Given::Text(presentation.clone())], asked, 1).await.unwrap_or_default();
    let looked = match judged.into_iter().next().map(|judged| judged.result) {
        Some(Ok(looked)) => looked,
        Some(Err(error)) => return refused(StatusCode::BAD_REQUEST, &error.to_string()),
        None => return refused(StatusCode::BAD_REQUEST, "there is no presentation in the answer"),
    };
    let own = [CheckKind::Proof, CheckKind::Key, CheckKind::Audience];
    let mut checks = looked.answer.findings().checks().iter().filter(|check| own.contains(&check.kind));
    if let Some(reason) = checks.find_map(|check| match &check.result {
        CheckResult::Fail(reason) => Some(reason.to_string()),
        _ => None,
    }) {
        return refused(StatusCode::BAD_REQUEST, &reason);
    }
    match desk.requests().answer(&id, presentation, now) {
        Ok(()) => Json(json!({})).into_response(),
        Err(error) => refused(StatusCode::CONFLICT, &error.to_string()),
    }
}

/// An error as OAuth writes it (RFC 6749 §5.2), which OpenID4VP §8.2 leaves open.
fn refused(status: StatusCode, description: &str) -> Response {
    (status, Json(json!({ "error": "invalid_request", "error_description": description }))).into_response()
}

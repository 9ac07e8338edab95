//! How does an employer ask first, and how does the answer find its way back to the one who asked?
//!
//! The employer composes a question and gets a link and a QR code; the learner's wallet fetches the question at the link, and
//! posts its answer; the answer is on the page of the session that asked, and nowhere else. The messages are those of
//! `stapel_openid`, so that another transport of OpenID4VP changes nothing but the addresses.

use askama::Template;
use axum::Form;
use axum::Json;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use stapel_credential::{Ask, Level, Match, OutcomeAsk, Question, Uri, VerifiablePresentation};
use stapel_keys::random;
use stapel_openid::{DcqlQuery, Endpoint, PresentationRequest};
use stapel_proof::Signed;
use stapel_report::{Language, data_uri, qr_svg, question_text};
use stapel_verifier::{Audience, CheckKind, CheckResult};

use crate::desk::{Asked, Desk, Given};
use crate::one::One;
use crate::pages::{page, problem_page};
use crate::programmes::Choice;
use crate::reader::Reader;
use crate::request_store::{OpenRequest, RequestState};
use crate::words::Words;
use crate::{ANSWERS, REQUESTS};

/// The cookie of the session that asked; it lasts as long as any of its questions may be open.
const COOKIE_NAME: &str = "stapel-asked";
/// As it is named in the answer.
const ANSWER: &str = "answer";
/// The longest outcome that is read.
const MAX_OUTCOME_BYTES: usize = 1_000;
/// The longest name of who asks.
const MAX_NAME_CHARACTERS: usize = 80;

/// How long a question is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// They are talking now.
    Quarter,
    /// The link goes by message.
    Day,
    /// The other may be away.
    Week,
}

impl Open {
    /// As the form says it.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    fn seconds(self) -> u64 {
        match self {
            Self::Quarter => 15 * 60,
            Self::Day => 24 * 60 * 60,
            Self::Week => 7 * 24 * 60 * 60,
        }
    }
}

#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    language: Language,
    words: &'static Words,
    title: &'static str,
    root: &'static str,
    problem: Option<&'static str>,
    /// What the form says already.
    filled: Composed,
    levels: Vec<String>,
    years: Vec<String>,
    choices: Vec<(String, Vec<Choice>)>,
}

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
    until: String,
    /// Of the headings within an answer.
    level: u8,
    answers: Vec<One>,
    /// How long the question is open yet.
    minutes: i64,
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
    /// As who asks calls themselves.
    name: Option<String>,
    until: String,
}

/// What the form says.
#[derive(Debug, Deserialize, Default)]
pub(crate) struct Composed {
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    years: String,
    #[serde(default)]
    choice: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    open: String,
}

/// The form; `?outcome=` fills in about what somebody asks, such as the achievement of a badge that was checked.
pub(crate) async fn form(
    State(desk): State<Desk>,
    reader: Reader,
    filled: Result<Query<Composed>, QueryRejection>,
) -> Response {
    let filled = filled.map(|Query(filled)| filled).unwrap_or_default();
    ask_page(&desk, reader.language, StatusCode::OK, None, filled)
}

fn ask_page(
    desk: &Desk,
    language: Language,
    status: StatusCode,
    problem: Option<&'static str>,
    filled: Composed,
) -> Response {
    let words = Words::of(language);
    if desk.address().is_none() {
        return problem_page(language, StatusCode::NOT_FOUND, words.not_found, "../");
    }
    let levels = ["NLQF", "EQF"].iter().flat_map(|framework| (1..=8).map(move |level| format!("{framework} {level}")));
    let (levels, years) = (levels.collect(), (1..=10).map(|years| years.to_string()).collect());
    let choices = desk.programmes().choices(language);
    let title = words.asking.title;
    page(status, language, &AskPage { language, words, title, root: "../", problem, filled, levels, years, choices })
}

pub(crate) async fn ask(
    State(desk): State<Desk>,
    reader: Reader,
    headers: HeaderMap,
    form: Result<Form<Composed>, FormRejection>,
) -> Response {
    let language = reader.language;
    let words = Words::of(language);
    let Ok(Form(composed)) = form else {
        return ask_page(&desk, language, StatusCode::BAD_REQUEST, Some(words.broken), Composed::default());
    };
    let Some(address) = desk.address() else {
        return problem_page(language, StatusCode::NOT_FOUND, words.not_found, "../");
    };
    let read = composed.question(&desk, words).and_then(|question| Ok((question, composed.asker(words)?)));
    let (question, asker) = match read {
        Ok(read) => read,
        Err(problem) => return ask_page(&desk, language, StatusCode::BAD_REQUEST, Some(problem), composed),
    };
    let made = open(&desk, address, question, &asker, session_of(&headers));
    let Some((id, session)) = made else {
        return ask_page(&desk, language, StatusCode::SERVICE_UNAVAILABLE, Some(words.busy), composed);
    };
    let secure = if address.starts_with("https:") { "; Secure" } else { "" };
    let longest = Open::Week.seconds();
    // Without a path the cookie is for the folder of this address, and a relative one leads on below it: these pages may stand
    // under a path of the institution's own.
    let cookie = format!("{COOKIE_NAME}={session}; Max-Age={longest}; HttpOnly; SameSite=Lax{secure}");
    let location = format!("asked/{id}?lang={}", language.tag());
    (StatusCode::SEE_OTHER, [(LOCATION, location), (SET_COOKIE, cookie)]).into_response()
}

/// Who asks, and for how long.
struct Asker {
    name: Option<String>,
    open: Open,
}

/// Opens a question; gives its name and the secret of the session that may see the answer.
fn open(
    desk: &Desk,
    address: &str,
    question: Question,
    asker: &Asker,
    session: Option<String>,
) -> Option<(String, String)> {
    let id = random::token().ok()?;
    let session = match session {
        Some(session) => session,
        None => random::token().ok()?,
    };
    let (now, nonce) = (desk.now(), random::token().ok()?);
    let expires = now.after(std::time::Duration::from_secs(asker.open.seconds()));
    let outcome = match &question.ask {
        Ask::Outcome(ask) => Some(ask.outcome.as_str()),
        _ => None,
    };
    let response_uri = Endpoint::parse(&format!("{address}{ANSWERS}/{id}")).ok()?;
    let request = PresentationRequest::new(response_uri, nonce, DcqlQuery::badges(ANSWER, outcome)).ok()?;
    let request = request.asking(json!(question)).until(expires.unix_seconds());
    let request = asker.name.iter().fold(request, |request, name| request.named(name));
    let open = OpenRequest { request, question, session: session.clone(), expires };
    desk.requests().open(&id, open, now).ok()?;
    Some((id, session))
}

impl Composed {
    /// The question, or what is wrong with the form.
    fn question(&self, desk: &Desk, words: &'static Words) -> Result<Question, &'static str> {
        if !self.choice.is_empty() {
            return desk.programmes().question(&self.choice).ok_or(words.broken);
        }
        let outcome = self.outcome.trim();
        if outcome.is_empty() {
            return Err(words.asking.nothing);
        }
        let uri = Some(outcome).filter(|outcome| outcome.len() <= MAX_OUTCOME_BYTES);
        let outcome = uri.and_then(|outcome| Uri::parse(outcome).ok()).ok_or(words.asking.no_address)?;
        let minimum_level = match self.level.as_str() {
            "" => Vec::new(),
            level => vec![Level::parse(level).map_err(|_| words.broken)?],
        };
        let maximum_age_days = match self.years.as_str() {
            "" => None,
            years => {
                let years: u32 = years.parse().map_err(|_| words.broken)?;
                Some(years.checked_mul(365).filter(|days| (1..=36_500).contains(days)).ok_or(words.broken)?)
            }
        };
        let fits = Match { minimum_level, maximum_age_days, ..Match::default() };
        Ok(Question { programme: None, ask: Ask::Outcome(Box::new(OutcomeAsk { outcome, fits, vouched_by: None })) })
    }

    /// Who asks, or what is wrong with the form.
    fn asker(&self, words: &'static Words) -> Result<Asker, &'static str> {
        let name = Some(self.name.trim()).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().count() > MAX_NAME_CHARACTERS) {
            return Err(words.asking.long_name);
        }
        let (opens, chosen) = (words.asking.opens(), self.open.as_str());
        let open = opens.into_iter().map(|(open, _)| open).find(|open| chosen.is_empty() || open.value() == chosen);
        Ok(Asker { name: name.map(str::to_owned), open: open.ok_or(words.broken)? })
    }
}

/// The secret of this browser's session, if it has asked before.
fn session_of(headers: &HeaderMap) -> Option<String> {
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
        return problem_page(language, StatusCode::NOT_FOUND, words.asking.asked_gone, "../../");
    };
    let question = question_text(&open.question, desk.programmes().find(&open.question), language);
    let answers = match state {
        RequestState::Waiting => Vec::new(),
        RequestState::Answered(presentation) => {
            let asked = Asked { audience: audience(&open), question: Some(open.question) };
            let judged = desk.judge(vec![Given::Text(presentation)], asked, 1).await;
            judged.unwrap_or_default().into_iter().map(|judged| One::of(judged, language)).collect()
        }
    };
    let link = format!("{}{REQUESTS}/{id}", desk.address().unwrap_or_default());
    let code = qr_svg(&link).ok().map(|code| data_uri(&code));
    let title = if answers.is_empty() { words.asking.asked } else { words.answer };
    let until = language.minute_of(open.expires);
    let left = open.expires.unix_seconds() - desk.now().unix_seconds();
    let minutes = (left + 59) / 60;
    let root = "../../";
    let asked = AskedPage {
        language,
        words,
        title,
        root,
        question,
        link,
        code,
        until,
        level: 2,
        answers,
        minutes,
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
    desk.requests().forget(&id, &session_of(&headers).unwrap_or_default());
    (StatusCode::SEE_OTHER, [(LOCATION, format!("../ask?lang={}", reader.language.tag()))]).into_response()
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
    let Some(open) = desk.requests().find(&id, desk.now()) else {
        if for_people {
            return problem_page(language, StatusCode::NOT_FOUND, words.asking.asked_gone, "../../");
        }
        return refused(StatusCode::NOT_FOUND, "this question is not open: it has ended, or was never asked");
    };
    if !for_people {
        return ([(CONTENT_TYPE, "application/json")], open.request.to_json()).into_response();
    }
    let question = question_text(&open.question, desk.programmes().find(&open.question), language);
    let address = desk.address().unwrap_or_default();
    let link = format!("{address}{REQUESTS}/{id}");
    let host = address.split("://").nth(1).unwrap_or_default().to_owned();
    let request = RequestPage {
        language,
        words,
        title: words.asking.request,
        root: "../../",
        question,
        link,
        host,
        name: open.request.client_name().map(str::to_owned),
        until: language.minute_of(open.expires),
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
    let Some(open) = desk.requests().find(&id, now) else {
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

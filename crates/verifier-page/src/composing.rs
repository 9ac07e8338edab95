//! How does an employer compose a question?

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use stapel_credential::{Ask, Level, Match, OutcomeAsk, Question, Uri};
use stapel_keys::random;
use stapel_openid::{DcqlQuery, Endpoint, PresentationRequest};
use stapel_report::Language;
use url::form_urlencoded;

use crate::ANSWERS;
use crate::ask::{ANSWER, COOKIE_NAME, session_of};
use crate::desk::Desk;
use crate::pages::{page, problem_page};
use crate::programmes::Choice;
use crate::reader::Reader;
use crate::request_store::OpenRequest;
use crate::words::Words;

/// The longest outcome that is read.
const MAX_OUTCOME_BYTES: usize = 1_000;
/// The longest name of who asks, of what they ask for and of whom they ask.
const MAX_NAME_CHARACTERS: usize = 200;

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
    /// That, for the link to the other language.
    carried: String,
    levels: Vec<String>,
    years: Vec<String>,
    choices: Vec<(String, Vec<Choice>)>,
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
    #[serde(default)]
    about: String,
    #[serde(default)]
    note: String,
    /// Whether a question was forgotten just now.
    #[serde(default)]
    forgotten: String,
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
    let mut carried = form_urlencoded::Serializer::new(String::new());
    carried.append_pair("outcome", &filled.outcome).append_pair("about", &filled.about);
    let carried = carried.finish();
    let (title, root) = (words.asking.title, "../");
    let asking = AskPage { language, words, title, root, problem, filled, carried, levels, years, choices };
    page(status, language, &asking)
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
    let made = open(&desk, address, question, asker, session_of(&headers));
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
    about: Option<String>,
    note: Option<String>,
    open: Open,
}

/// Opens a question; gives its name and the secret of the session that may see the answer.
fn open(
    desk: &Desk,
    address: &str,
    question: Question,
    asker: Asker,
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
    let Asker { about, note, .. } = asker;
    let open = OpenRequest { request, question, session: session.clone(), about, note, expires };
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
        let named = |name: &str| Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        let [name, about, note] = [&self.name, &self.about, &self.note].map(|name| named(name));
        if [&name, &about, &note].into_iter().flatten().any(|name| name.chars().count() > MAX_NAME_CHARACTERS) {
            return Err(words.asking.long_name);
        }
        let (opens, chosen) = (words.asking.opens(), self.open.as_str());
        let open = opens.into_iter().map(|(open, _)| open).find(|open| chosen.is_empty() || open.value() == chosen);
        Ok(Asker { name, about, note, open: open.ok_or(words.broken)? })
    }
}

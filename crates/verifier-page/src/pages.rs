//! What does somebody see who checks a document in a browser? A form, and for each document an answer.

use askama::Template;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::response::{Html, IntoResponse, Response};
use stapel_credential::AchievementCredential;
use stapel_proof::Signed;
use stapel_report::{
    AnswerText, CheckLine, Fact, Language, Mark, answer_text, badge_facts, bars, data_uri, findings_text,
    presented_texts, state, tower_svg, unreadable_text,
};
use stapel_stacking::{Answer, ProgressAnswer, Verdicts};
use stapel_verifier::{CheckResult, Findings, Outcome, Reason};

use crate::desk::{Desk, Looked};
use crate::reader::Reader;
use crate::received::text_of;
use crate::words::Words;

/// So many documents are judged of one form; the page says it.
const MAX_DOCUMENTS: usize = 50;
/// How wide the progress is told in letters.
const COLUMNS: usize = 56;

#[derive(Template)]
#[template(path = "form.html")]
struct FormPage {
    language: Language,
    words: &'static Words,
    title: &'static str,
    problem: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "answer.html")]
struct AnswerPage {
    language: Language,
    words: &'static Words,
    title: &'static str,
    answers: Vec<One>,
}

/// The answer about one document.
struct One {
    source: Option<String>,
    class: &'static str,
    sign: char,
    state: &'static str,
    name: Option<String>,
    sentence: String,
    checked_on: Option<String>,
    advice: Vec<String>,
    /// Whether what it says is confirmed: only then it is more than a claim.
    confirmed: bool,
    facts: Vec<Fact>,
    tower: Option<String>,
    bars: String,
    parts: Vec<Part>,
    lines: Vec<CheckLine>,
}

/// A document within a presentation.
struct Part {
    sign: char,
    name: String,
    headline: String,
    lines: Vec<CheckLine>,
}

/// What was handed in: the name of its file, if it was one, and its bytes.
type Given = (Option<String>, Vec<u8>);

pub(crate) async fn form(reader: Reader) -> Response {
    form_with(reader.language, StatusCode::OK, None)
}

fn form_with(language: Language, status: StatusCode, problem: Option<&'static str>) -> Response {
    let words = Words::of(language);
    page(status, language, &FormPage { language, words, title: words.title, problem })
}

pub(crate) async fn nothing_here(reader: Reader) -> Response {
    form_with(reader.language, StatusCode::NOT_FOUND, Some(Words::of(reader.language).not_found))
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
        Err((status, problem)) => return form_with(language, status, Some(problem)),
    };
    let mut answers = Vec::with_capacity(given.len());
    for (source, bytes) in given {
        answers.push(One::of(&desk, source, bytes, language).await);
    }
    page(StatusCode::OK, language, &AnswerPage { language, words, title: words.answer, answers })
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
            given.push((source, bytes.into()));
        }
    }
    match given.len() {
        0 => Err((StatusCode::BAD_REQUEST, words.nothing_given)),
        1..=MAX_DOCUMENTS => Ok(given),
        _ => Err((StatusCode::PAYLOAD_TOO_LARGE, words.too_many)),
    }
}

impl One {
    async fn of(desk: &Desk, source: Option<String>, bytes: Vec<u8>, language: Language) -> Self {
        let text = match text_of(bytes) {
            Ok(text) => text,
            Err(error) => return Self::something_else(source, &error, language),
        };
        match desk.judge(text.clone()).await {
            Ok(looked) => Self::judged(source, &text, &looked, language),
            Err(error) => match error.findings() {
                Some(findings) => Self::unreadable(source, &findings, language),
                None => Self::something_else(source, &error, language),
            },
        }
    }

    fn judged(source: Option<String>, text: &str, looked: &Looked, language: Language) -> Self {
        let answer = &looked.answer;
        let told = answer_text(answer, language);
        let own = findings_text(answer.findings(), language);
        let mut advised = vec![answer.findings()];
        let mut parts = Vec::new();
        if let Verdicts::Presentation(verdict) = &answer.verdicts {
            advised.extend(verdict.presented.iter().map(|(_, presented)| presented.findings()));
            for (name, text) in presented_texts(verdict, language) {
                let sign = class(text.outcome).1;
                parts.push(Part { sign, name, headline: text.headline, lines: text.lines });
            }
        }
        let badge = claimed(answer, text);
        let (tower, bars) = match &answer.progress {
            Some(ProgressAnswer::Recomputed(progress)) => {
                (Some(data_uri(&tower_svg(progress, language))), bars(progress, language, COLUMNS, false))
            }
            _ => (None, String::new()),
        };
        Self {
            name: badge.as_ref().map(|badge| badge.credential_subject.achievement.name.clone()),
            checked_on: Some(language.day_of(looked.now)),
            advice: advice(&advised, language),
            confirmed: matches!(told.outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks),
            facts: badge.map(|badge| badge_facts(&badge, language)).unwrap_or_default(),
            tower,
            bars,
            parts,
            lines: own.lines,
            ..Self::bare(source, told)
        }
    }

    /// A text that is no document, or one that is bent: told as every verifier of ours tells it.
    fn unreadable(source: Option<String>, findings: &Findings, language: Language) -> Self {
        let told = unreadable_text(findings, language);
        let lines = findings_text(findings, language).lines;
        Self { advice: advice(&[findings], language), lines, ..Self::bare(source, told) }
    }

    /// Something else than we read: nothing is known against it.
    fn something_else(source: Option<String>, error: &dyn std::error::Error, language: Language) -> Self {
        let words = Words::of(language);
        let (outcome, sentence) = (Outcome::Undecided, format!("{} ({error})", words.unreadable));
        let told = AnswerText { outcome, state: state(outcome, language), sentence };
        Self { advice: vec![words.unreadable_advice.to_owned()], ..Self::bare(source, told) }
    }

    /// The answer without what the document says.
    fn bare(source: Option<String>, told: AnswerText) -> Self {
        let (class, sign) = class(told.outcome);
        Self {
            source,
            class,
            sign,
            state: told.state,
            name: None,
            sentence: told.sentence,
            checked_on: None,
            advice: Vec::new(),
            confirmed: false,
            facts: Vec::new(),
            tower: None,
            bars: String::new(),
            parts: Vec::new(),
            lines: Vec::new(),
        }
    }
}

/// What whoever reads the page can do, each once: the settings of this verifier are not theirs.
fn advice(advised: &[&Findings], language: Language) -> Vec<String> {
    let words = Words::of(language);
    let checks = advised.iter().flat_map(|findings| findings.checks());
    let mut all: Vec<String> = Vec::new();
    for check in checks.filter(|check| !matches!(check.result, CheckResult::Pass(_))) {
        let one = match check.result.reason() {
            Reason::IssuerUnknown { .. } => Some(words.issuer_unknown),
            Reason::KeyMissing { .. } | Reason::StatusListMissing { .. } => Some(words.try_again),
            Reason::AudienceNotAsked { .. } => Some(words.not_asked),
            reason => stapel_report::words::advice(reason, language),
        };
        if let Some(one) = one.filter(|one| !all.iter().any(|known| known == one)) {
            all.push(one.to_owned());
        }
    }
    all
}

/// The badge as it was verified, or as it says of itself.
fn claimed(answer: &Answer, text: &str) -> Option<AchievementCredential> {
    let Verdicts::Badge(verdict) = &answer.verdicts else { return None };
    let unverified = || Signed::<AchievementCredential>::parse(text.trim()).ok();
    match verdict.accepted() {
        Some(badge) => Some(badge.content().clone()),
        None => unverified().map(|signed| signed.peek_unverified().clone()),
    }
}

/// How a state looks: it differs in its border and its sign, not in colour alone.
fn class(outcome: Outcome) -> (&'static str, char) {
    match outcome {
        Outcome::Accepted => ("accepted", Mark::Pass.sign()),
        Outcome::AcceptedWithRemarks => ("remarks", Mark::Remark.sign()),
        Outcome::Undecided => ("undecided", Mark::Unknown.sign()),
        Outcome::Refused => ("refused", Mark::Fail.sign()),
    }
}

fn page(status: StatusCode, language: Language, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let headers = [(CONTENT_LANGUAGE, language.tag()), (VARY, "Accept-Language")];
            (status, headers, Html(html)).into_response()
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

//! `POST /api/verify`: one document or a list of them, the answers as JSON. No side effects.

use std::fmt;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use stapel_credential::Timestamp;
use stapel_stacking::{AnswerBody, RecountAnswer};
use stapel_verifier::{Findings, Outcome};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::cache::Stale;
use crate::desk::{Asked, Desk, Given, Judged, MAX_TEXT_BYTES};
use crate::one::One;
use crate::reader::Reader;
use crate::recounting::Award;
use crate::sheet;
use crate::whole::Whole;

/// So many documents are judged in one call.
const MAX_DOCUMENTS: usize = 1_000;

/// What is said of this for programs.
pub(crate) async fn openapi() -> Response {
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("openapi.json")).into_response()
}

/// Lets pages of the chosen origins call (Fetch standard §3.3); without any, a browser lets none.
pub(crate) fn origins(desk: &Desk) -> CorsLayer {
    let origins = AllowOrigin::list(desk.origins().iter().cloned());
    CorsLayer::new().allow_origin(origins).allow_methods([Method::GET, Method::POST]).allow_headers([CONTENT_TYPE])
}

/// The body is a file as it is: JSON, a compact JWT, a picture, a photo of a QR code, a PDF with its badge, a ZIP archive of
/// these, or a link; or a JSON list of documents and compact JWTs. A diploma's award record may stand beside it. Who accepts
/// `application/pdf` gets the sheet for a personnel file. What is refused or undecided is an answer (200), and so is a
/// file in which nothing can be read; a list that cannot be read, and too much at once, are a problem (RFC 9457).
pub(crate) async fn verify(
    State(desk): State<Desk>,
    reader: Reader,
    headers: HeaderMap,
    body: Result<Whole, Response>,
) -> Response {
    let bytes = match body {
        Ok(Whole(bytes)) => bytes,
        Err(problem) => return problem,
    };
    let given = match given(bytes) {
        Ok(given) => given,
        Err(sentence) => return problem(StatusCode::BAD_REQUEST, "not-a-list", &sentence),
    };
    let Ok(judged) = desk.judge(given, Asked::default(), MAX_DOCUMENTS).await else {
        let sentence = format!("more than {MAX_DOCUMENTS} documents are not judged in one call");
        return problem(StatusCode::PAYLOAD_TOO_LARGE, "too-many", &sentence);
    };
    if wants_pdf(&headers) {
        let answers: Vec<One> = judged.into_iter().map(|judged| One::of(judged, reader.language)).collect();
        return sheet::pdf(&answers, desk.address(), reader.language);
    }
    let documents: Vec<Told<'_>> = judged.iter().map(told).collect();
    let outcome = documents.iter().fold(Outcome::Accepted, |all, told| all.and(told.outcome));
    Json(Answers { outcome, documents }).into_response()
}

/// Whether a sheet is asked for by name, and JSON is not (RFC 9110 §12.5.1); who takes anything gets JSON.
fn wants_pdf(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(','));
    let types: Vec<&str> = accepted.map(|one| one.split(';').next().unwrap_or_default().trim()).collect();
    let names = |wanted: &str| types.iter().any(|one| one.eq_ignore_ascii_case(wanted));
    names(sheet::PDF) && !names("application/json")
}

/// The documents of a list, each as it stands there; anything else is one file.
fn given(bytes: Bytes) -> Result<Vec<Given>, String> {
    if bytes.trim_ascii_start().first() != Some(&b'[') {
        return Ok(vec![Given::File(None, bytes)]);
    }
    let Items(items) = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    if items.is_empty() {
        return Err(format!("the list is empty; from 1 to {MAX_DOCUMENTS} documents are judged in one call"));
    }
    Ok(items)
}

/// The documents of a list, each as it stands there. Nothing is made of what is in them: a list of millions of small values would
/// become a hundred times as large.
struct Items(Vec<Given>);

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Items;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of documents")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element::<&RawValue>()? {
                    if items.len() == MAX_DOCUMENTS {
                        let limit = format!("at most {MAX_DOCUMENTS} documents are judged in one call");
                        return Err(A::Error::custom(limit));
                    }
                    // Not worth a copy.
                    if item.get().len() > MAX_TEXT_BYTES {
                        items.push(Given::TooLarge(item.get().len()));
                        continue;
                    }
                    // A JWT is a JSON string in a list.
                    let text = serde_json::from_str::<String>(item.get());
                    items.push(Given::Text(text.unwrap_or_else(|_| item.get().to_owned())));
                }
                Ok(Items(items))
            }
        }

        deserializer.deserialize_seq(List)
    }
}

/// What is answered, written as it is.
#[derive(Serialize)]
struct Answers<'a> {
    outcome: Outcome,
    documents: Vec<Told<'a>>,
}

/// The answer about one document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    outcome: Outcome,
    #[serde(flatten)]
    of: Of<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    awards: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stale: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Of<'a> {
    Document(AnswerBody<'a>),
    Malformed { document: &'static str, verdict: Findings },
    Nothing { document: &'static str, error: String },
}

const UNREADABLE: &str = "unreadable";

fn told(judged: &Judged) -> Told<'_> {
    let (outcome, of) = match &judged.result {
        Ok(looked) => (looked.outcome(), Of::Document(looked.answer.body())),
        Err(error) => match error.findings() {
            // As it is read nowhere else either.
            Some(verdict) => (verdict.outcome(), Of::Malformed { document: UNREADABLE, verdict }),
            // Nothing is known against something else than we read.
            None => (Outcome::Undecided, Of::Nothing { document: UNREADABLE, error: error.to_string() }),
        },
    };
    let looked = judged.result.as_ref().ok();
    let stale = |stale: &Stale| json!({ "url": stale.url(), "fetchedAt": stale.fetched_at });
    Told {
        outcome,
        of,
        as_of: looked.map(|looked| looked.now),
        awards: looked.map(|looked| looked.awards.iter().map(award).collect()).unwrap_or_default(),
        stale: looked.map(|looked| looked.stale.iter().map(stale).collect()).unwrap_or_default(),
        source: judged.source.as_deref(),
    }
}

/// An award that was counted again.
fn award(award: &Award) -> Value {
    let outcome = award.answer.outcome();
    match &award.answer {
        RecountAnswer::Holds(recount) => json!({ "diploma": award.name, "outcome": outcome, "recount": recount }),
        RecountAnswer::Fails(error) => {
            json!({ "diploma": award.name, "outcome": outcome, "error": error.to_string() })
        }
        _ => json!({ "diploma": award.name, "outcome": outcome }),
    }
}

/// Why nothing was judged (RFC 9457).
pub(crate) fn problem(status: StatusCode, kind: &str, detail: &str) -> Response {
    let body = json!({
        "type": format!("urn:stapel:problem:{kind}"),
        "title": "Nothing was judged",
        "status": status.as_u16(),
        "detail": detail,
    });
    (status, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

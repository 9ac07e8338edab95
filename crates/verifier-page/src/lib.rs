//! The verifier for people without software: a page on which a file is dropped, a page on which a question is asked first, and an
//! API. No account, no database, no scripts; documents are not kept, but for the answer to a question, some minutes and in memory.
//!
//! [`router`] answers under `/verify` and `/api/verify`; [`routes`] does so within another service. By whom badges may be
//! issued, and whether anything is fetched, is for the operator to say: see [`Desk`].

mod admission;
mod api;
mod ask;
mod cache;
mod composing;
mod desk;
mod one;
mod pages;
mod programmes;
mod reader;
mod received;
mod recounting;
mod request_store;
mod sheet;
mod whole;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use stapel_openid::MAX_ANSWER_BYTES;

pub use desk::{Desk, Front, Known, Sources};
pub use request_store::{MemoryRequests, NotTaken, OpenRequest, RequestState, RequestStore};

/// Where the page is.
pub const PAGE: &str = "/verify";
/// Where its answer is had as a PDF.
pub const REPORT: &str = "/verify/report.pdf";
/// Where its style sheet is.
pub const STYLE: &str = "/verify/style.css";
/// Where somebody composes a question.
pub const ASK: &str = "/verify/ask";
/// Where the one who asked finds the answer.
pub const ASKED: &str = "/verify/asked";
/// Where a wallet finds what is asked.
pub const REQUESTS: &str = "/verify/requests";
/// Where a wallet answers.
pub const ANSWERS: &str = "/verify/answers";
/// Where programs ask.
pub const API: &str = "/api/verify";
/// What is said of it for programs (`OpenAPI` 3.1).
pub const OPENAPI: &str = "/api/openapi.json";

/// The most bytes that are read of one request: an archive of thousands of badges or a photo, and what a form puts around it.
pub const MAX_REQUEST_BYTES: usize = 16 * 1024 * 1024 + 64 * 1024;

/// The most bytes that are read of the form that composes a question.
const MAX_QUESTION_BYTES: usize = 16 * 1024;

/// No scripts at all; styles of our own, pictures that stand in the page itself, and the form sends to this address alone.
const CSP: &str =
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, CSP),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// The page and the API, to stand among the addresses of another service.
pub fn routes<S: Clone + Send + Sync + 'static>(desk: &Desk) -> Router<S> {
    Router::new()
        .route(PAGE, get(pages::form).post(pages::answer))
        .route(REPORT, post(pages::report))
        .route(STYLE, get(pages::style))
        .route(API, post(api::verify).layer(api::origins(desk)))
        .route(OPENAPI, get(api::openapi).layer(api::origins(desk)))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES))
        .merge(asking())
        .layer(from_fn_with_state(desk.clone(), admission::admit))
        .layer(map_response(with_headers))
        .with_state(desk.clone())
}

/// Asking first. A form encodes most of JSON's signs in three bytes each.
fn asking() -> Router<Desk> {
    Router::new()
        .route(ASK, get(composing::form).post(composing::ask).layer(DefaultBodyLimit::max(MAX_QUESTION_BYTES)))
        .route(&format!("{ASKED}/{{id}}"), get(ask::asked).post(ask::forget))
        .route(&format!("{REQUESTS}/{{id}}"), get(ask::request))
        .route(&format!("{ANSWERS}/{{id}}"), post(ask::answer))
        .layer(DefaultBodyLimit::max(3 * MAX_ANSWER_BYTES))
}

/// A service of its own: the bare address leads to the page.
pub fn router(desk: &Desk) -> Router {
    routes(desk)
        .route("/", get(|| async { Redirect::temporary(PAGE) }))
        .fallback(pages::nothing_here)
        .layer(map_response(with_headers))
}

async fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

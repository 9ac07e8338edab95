//! What happens to every request before and after its handler: places, time, security headers, one log line.

use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::Problem;

/// No scripts at all; styles and pictures of our own.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const FIXED: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, CSP),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// The router with the guard around it.
pub(crate) fn around(router: Router<App>, app: &App) -> Router<App> {
    router.layer(from_fn_with_state(app.clone(), guard))
}

async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    // The pattern, not the path: paths hold codes and names.
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let response = answer(&app, request, next).await;
    tracing::info!(%method, route, status = response.status().as_u16(), "answered");
    with_headers(&app, response)
}

async fn answer(app: &App, request: Request, next: Next) -> Response {
    let Ok(place) = app.places.try_acquire() else {
        return Problem::busy("too many requests are being answered at this moment; try again in a few seconds")
            .into_response();
    };
    let seconds = app.config.request_seconds;
    let response = tokio::time::timeout(Duration::from_secs(seconds), next.run(request)).await.unwrap_or_else(|_| {
        let detail = format!("there was no answer within {seconds} s; what was asked may still be done");
        Problem::new(StatusCode::GATEWAY_TIMEOUT, "timeout", "It took too long", detail).into_response()
    });
    drop(place);
    response
}

fn with_headers(app: &App, mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if app.office.addresses.base().starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

//! Who may hand something in at this moment? Large documents go few at a time, so that they neither fill the memory nor hold up
//! the many small ones; nobody holds a place for ever.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use crate::desk::Desk;

/// The largest request that counts as small, in bytes: a badge has a few thousand.
const SMALL_BYTES: u64 = 256 * 1024;
/// So many small requests are taken at once; the others wait.
const SMALL_PLACES: usize = 64;
/// So many large ones; the others are asked to come back.
const LARGE_PLACES: usize = 3;
/// How long a small request waits for a place.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a request may take from its first byte to the answer, fetching included.
const LIMIT: Duration = Duration::from_mins(1);

/// The places.
pub(crate) struct Places {
    small: Semaphore,
    large: Semaphore,
}

impl Default for Places {
    fn default() -> Self {
        Self { small: Semaphore::new(SMALL_PLACES), large: Semaphore::new(LARGE_PLACES) }
    }
}

/// Lets a request in, or sends it away. One that does not say how long it is counts as large.
pub(crate) async fn admit(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    if *request.method() != Method::POST {
        return next.run(request).await;
    }
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let places = desk.places();
    let place = if length.is_some_and(|length| length <= SMALL_BYTES) {
        tokio::time::timeout(PATIENCE, places.small.acquire()).await.ok().and_then(Result::ok)
    } else {
        places.large.try_acquire().ok()
    };
    let Some(_place) = place else {
        return away(
            StatusCode::SERVICE_UNAVAILABLE,
            "Het is druk. Probeer het over een paar seconden opnieuw. / Busy: try again in a few seconds.",
        );
    };
    match tokio::time::timeout(LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => away(StatusCode::REQUEST_TIMEOUT, "Dit duurde te lang. / This took too long."),
    }
}

fn away(status: StatusCode, sentence: &'static str) -> Response {
    (status, [(RETRY_AFTER, "5")], sentence).into_response()
}

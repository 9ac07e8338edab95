//! What is the whole body of a request, read into one place?

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Bytes, HttpBody as _};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;

use crate::MAX_REQUEST_BYTES;
use crate::api::problem;

/// A body up to this has the room that it needs, in bytes.
const SMALL_BYTES: usize = 1024 * 1024;
/// Larger ones have this.
const ROOM: usize = 33 * 1024 * 1024;

/// A body of at most [`MAX_REQUEST_BYTES`]. Its pieces are not kept until it is complete, so that it is in memory once and not twice.
pub(crate) struct Whole(pub(crate) Bytes);

/// Why a body is not there.
#[derive(Debug, thiserror::Error)]
enum WholeError {
    /// It is larger than is read.
    #[error("the body is larger than the {MAX_REQUEST_BYTES} bytes that are read")]
    TooLarge,
    /// The connection broke.
    #[error("the body did not arrive whole: {0}")]
    Broken(axum::Error),
}

impl WholeError {
    /// As HTTP says it.
    fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken(_) => StatusCode::BAD_REQUEST,
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Whole {
    type Rejection = Response;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Response> {
        let whole = read(request).await;
        whole.map(Self).map_err(|error| problem(error.status(), "body", &error.to_string()))
    }
}

/// Adds a piece. What is large gets more room than is ever written to, and memory that nobody has written to is none. glibc gives
/// back at once what is larger than 32 MiB, and what is smaller it keeps for the next time, by each thread (mallopt(3),
/// `M_MMAP_THRESHOLD`).
pub(crate) fn gather(whole: &mut Vec<u8>, piece: &[u8]) {
    if whole.len() + piece.len() > SMALL_BYTES && whole.capacity() < ROOM {
        let small = std::mem::replace(whole, Vec::with_capacity(ROOM));
        whole.extend_from_slice(&small);
    }
    whole.extend_from_slice(piece);
}

async fn read(request: Request) -> Result<Bytes, WholeError> {
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > MAX_REQUEST_BYTES) {
        return Err(WholeError::TooLarge);
    }
    let mut body = request.into_body();
    let mut next = async || poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
    let mut whole = Vec::with_capacity(length.unwrap_or_default().min(SMALL_BYTES));
    while let Some(frame) = next().await {
        // Trailers say nothing here.
        let Ok(piece) = frame.map_err(WholeError::Broken)?.into_data() else { continue };
        if whole.len() + piece.len() > MAX_REQUEST_BYTES {
            return Err(WholeError::TooLarge);
        }
        gather(&mut whole, &piece);
    }
    Ok(whole.into())
}

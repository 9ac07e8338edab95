//! How does a request bring its JSON? Strictly read, and only as JSON: a page of another site cannot send that without asking first.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use stapel_credential::json;

use super::VcApi;
use crate::error::Problem;

/// The body, read.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<VcApi> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &VcApi) -> Result<Self, Problem> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "media-type",
                "The body is of another kind",
                "send JSON: Content-Type: application/json",
            ));
        }
        let bytes = Bytes::from_request(request, api).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                "The body is too large",
                "the body has more bytes than are read here",
            ),
            _ => Problem::bad_request("the body did not arrive completely"),
        })?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Problem::bad_request("the body is not UTF-8 text"))?;
        json::parse_within(text, json::MAX_COLLECTION_BYTES).map_err(Problem::bad_request)?;
        json::view(text).map(Self).map_err(Problem::bad_request)
    }
}

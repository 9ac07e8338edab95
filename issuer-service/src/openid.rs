//! How does a wallet claim its badge? OpenID4VCI 1.0 with a pre-authorised code: offer, metadata, token, nonce, credential.

mod claim;
mod metadata;

pub(crate) use claim::{credential, nonce, offer, token};
pub(crate) use metadata::{authorization_server_metadata, issuer_metadata};

use axum::http::StatusCode;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A message of the standard. Without a further header it is never cached.
fn message(status: u16, json: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(CONTENT_TYPE, "application/json"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")], json).into_response()
}

//! What does the VC-API offer, and with what in its hands? An issuer and a verifier for conformance suites and coordinators, with a
//! key that lives as long as the process. Not for production: it signs whatever it is sent, for whoever asks on this machine.
//!
//! The calls are those of the W3C CCG's VC API: `/credentials/issue`, `/credentials/verify`, `/presentations/verify`,
//! `/credentials/status`. It knows no institution and no database, and fetches nothing.

mod asked;
mod body;
mod contexts;
mod envelope;
mod home;
mod issue;
mod lists;
mod report;
mod status;
pub(crate) mod tls;
mod verify;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};
use stapel_credential::{Did, DidUrl, Timestamp, json};
use stapel_did::{did_key, did_key_verification_method};
use stapel_jsonld::Contexts;
use stapel_keys::SigningKey;
use tokio::sync::Semaphore;

use crate::error::Problem;
use crate::failure::Failure;
use crate::routes::{
    HOME, VC_API_ISSUE, VC_API_LIST, VC_API_LIST_PUBLISH, VC_API_STATUS, VC_API_VERIFY, VC_API_VERIFY_PRESENTATION,
};
use lists::Lists;

/// A credential with what stands around it in a request.
const MAX_CREDENTIAL_BODY: usize = json::MAX_DOCUMENT_BYTES + 64 * 1024;
/// How many requests are worked on at once; the others wait.
const PLACES: usize = 16;

/// The VC-API while it runs.
#[derive(Clone)]
pub(crate) struct VcApi(Arc<Inner>);

struct Inner {
    key: SigningKey,
    issuer: Did,
    method: DidUrl,
    /// Without a slash at the end.
    base: String,
    contexts: Contexts,
    lists: Mutex<Lists>,
    places: Semaphore,
    clock: fn() -> Timestamp,
}

impl VcApi {
    /// With this key, answering under `base`.
    pub(crate) fn new(key: SigningKey, base: String, clock: fn() -> Timestamp) -> Result<Self, Failure> {
        let public = key.verifying_key();
        Ok(Self(Arc::new(Inner {
            issuer: did_key(&public),
            method: did_key_verification_method(&public),
            key,
            base,
            contexts: contexts::known().map_err(|error| Failure::Argument(error.to_string()))?,
            lists: Mutex::new(Lists::default()),
            places: Semaphore::new(PLACES),
            clock,
        })))
    }

    /// The did:key under which it issues.
    pub(crate) fn issuer(&self) -> &Did {
        &self.0.issuer
    }

    fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    /// A list is changed in one step, so one that was left behind by a panic is whole.
    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.0.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs or verifies where that may take its time.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let _place = self.0.places.acquire().await.map_err(Problem::internal)?;
        let api = self.clone();
        tokio::task::spawn_blocking(move || work(&api))
            .await
            .unwrap_or_else(|_| Err(Problem::internal("the work for this request stopped unexpectedly")))
    }
}

/// All of it.
pub(crate) fn router(api: &VcApi) -> Router {
    let presentations = Router::new()
        .route(VC_API_VERIFY_PRESENTATION.0, post(verify::presentation))
        .layer(DefaultBodyLimit::max(json::MAX_COLLECTION_BYTES));
    Router::new()
        .route(HOME.0, get(home::home))
        .route(VC_API_ISSUE.0, post(issue::issue))
        .route(VC_API_VERIFY.0, post(verify::credential))
        .route(VC_API_STATUS.0, post(status::change))
        .route(VC_API_LIST.0, get(status::list))
        .route(VC_API_LIST_PUBLISH.0, post(status::publish))
        .layer(DefaultBodyLimit::max(MAX_CREDENTIAL_BODY))
        .merge(presentations)
        .fallback(nothing_here)
        .method_not_allowed_fallback(other_method)
        .layer(map_response(with_headers))
        .with_state(api.clone())
}

async fn nothing_here() -> Problem {
    Problem::not_found("the VC-API has no such address; GET / lists those that there are")
}

async fn other_method() -> Problem {
    let detail = "this address answers to another method; GET / lists them";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "The method is another", detail)
}

async fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

//! What does the institution publish for programs? Its DID document, status lists, programmes, catalogue, trust list.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use stapel_credential::Uri;
use stapel_did::ControllerDocument;
use stapel_issuer::{IssuerError, StatusListId};
use stapel_verifier::Missing;

use crate::app::App;
use crate::desk::achievements::AchievementView;
use crate::desk::programmes::ProgrammeView;
use crate::error::Problem;
use crate::routes::{PROGRAMME, STATUS, TRUST_LIST};

/// The media type of a verifiable credential (VC Data Model 2.0 §6.2).
const VC: &str = "application/vc";
/// Whoever asks sees a revocation within five minutes; the list's own end is a day away.
const MINUTES: &str = "public, max-age=300";

/// A document that anybody may read, from any web page.
fn public(body: String, media_type: &'static str) -> Response {
    let headers: [(HeaderName, &str); 3] =
        [(CONTENT_TYPE, media_type), (CACHE_CONTROL, MINUTES), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (headers, body).into_response()
}

pub(crate) async fn did_document(State(app): State<App>) -> Result<Response, Problem> {
    Ok(public(own_document(&app)?, "application/did"))
}

fn own_document(app: &App) -> Result<String, Problem> {
    let institution = &app.office.institution;
    let methods = [(institution.verification_method().clone(), app.verifying_key())];
    let document = ControllerDocument::new(institution.did().clone(), &methods).map_err(Problem::internal)?;
    Ok(document.to_json())
}

/// What a verifier lacks, where it is published here: our DID document or one of our status lists. May block.
pub(crate) fn find(app: &App, missing: &Missing) -> Option<String> {
    match missing {
        Missing::Controller { did, .. } if did == app.office.institution.did() => own_document(app).ok(),
        Missing::StatusList { url } => {
            let ours = app.office.addresses.url(STATUS, &[""]);
            let id = StatusListId::parse(url.as_str().strip_prefix(&ours)?).ok()?;
            Some(app.issuer().ok()?.status_list(id, app.now()).ok()?.text)
        }
        _ => None,
    }
}

/// Signed anew when a bit changed or the last signature is an hour old; it holds for a day.
pub(crate) async fn status_list(
    State(app): State<App>,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = StatusListId::parse(&list).map_err(Problem::not_found)?;
    let snapshot = app.work(move |app| app.issuer()?.status_list(id, app.now()).map_err(Problem::from)).await?;
    let tag = format!("\"{}-{}\"", snapshot.revision, snapshot.signed_at.unix_seconds());
    let seen = headers.get(IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let mut response = if seen { StatusCode::NOT_MODIFIED.into_response() } else { public(snapshot.text, VC) };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(MINUTES));
    Ok(response)
}

pub(crate) async fn programmes(State(app): State<App>) -> Result<Response, Problem> {
    let found = app.work(|app| crate::desk::programmes::list(app.office.repository.as_ref())).await?;
    Ok(public(json!(found).to_string(), "application/json"))
}

pub(crate) async fn programme(State(app): State<App>, Path(programme): Path<String>) -> Result<Response, Problem> {
    let found = app
        .work(move |app| {
            let address = app.office.addresses.url(PROGRAMME, &[&programme]);
            let id = Uri::parse(&address).map_err(Problem::not_found)?;
            app.office.repository.find_programme_credential(&id).map_err(Problem::from)
        })
        .await?;
    let found = found.ok_or_else(|| Problem::not_found("this institution published no such programme"))?;
    Ok(public(found.text, VC))
}

pub(crate) async fn catalogue(State(app): State<App>) -> Result<Response, Problem> {
    let catalogue: Value = app
        .work(|app| {
            let found = app.office.records().catalogue().map_err(IssuerError::from)?;
            let achievements: Vec<_> = found.achievements.into_iter().map(AchievementView::new).collect();
            let programmes: Vec<_> = found.programmes.iter().map(ProgrammeView::new).collect();
            let institution = app.office.institution.profile();
            Ok::<_, IssuerError>(
                json!({ "institution": institution, "achievements": achievements, "programmes": programmes }),
            )
        })
        .await?;
    Ok(public(catalogue.to_string(), "application/json"))
}

/// The newest edition of the trust list whose id is this very address.
pub(crate) async fn trust_list(State(app): State<App>) -> Result<Response, Problem> {
    let found = app
        .work(|app| {
            let id = Uri::parse(&app.office.addresses.url(TRUST_LIST, &[])).map_err(Problem::internal)?;
            app.office.repository.find_trust_list(&id).map_err(Problem::from)
        })
        .await?;
    let found = found.ok_or_else(|| Problem::not_found("this institution published no trust list here"))?;
    Ok(public(found.text, VC))
}

/// For whoever watches the service: whether it answers and reaches its records.
pub(crate) async fn health(State(app): State<App>) -> Result<Json<Value>, Problem> {
    app.work(|app| app.office.repository.find_institution()).await?;
    Ok(Json(json!({ "status": "ok" })))
}

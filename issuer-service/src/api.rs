//! What can the school's own systems ask? The JSON API: each handler is extractors, one question of the desk, a response.

pub(crate) mod board;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use stapel_issuer::{Action, ActorId, AuditEntry, CsvMode, Institution, SigningReport};

use crate::app::App;
use crate::desk::achievements::{self, AchievementView};
use crate::desk::completions::{self, CompletionView, Listing, RecordedView, Wanted};
use crate::desk::credentials::{self, StatusChange, StatusChanged, StatusRequest};
use crate::desk::decisions::{self, Approval, Rejection};
use crate::desk::keys::{self, MadeKey, NewKey};
use crate::desk::offers::{self, OfferRequest, Offers};
use crate::desk::overview::{self, Overview};
use crate::desk::programmes::{self, Checked, ProgrammeView};
use crate::desk::{Decided, DeskError};
use crate::error::Problem;
use crate::extract::{Body, Caller, Params};

type Answer<T> = Result<Json<T>, Problem>;

/// Where a listing goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct After {
    after: Option<i64>,
}

/// Which badges are listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhichCredentials {
    #[serde(default)]
    revoked: bool,
    after: Option<i64>,
}

/// What happens to the good rows of a file in which others cannot be taken.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mode {
    #[serde(default)]
    mode: BadRows,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
enum BadRows {
    KeepGood,
    #[default]
    RefuseWholeFile,
}

pub(crate) async fn institution(State(app): State<App>, Caller(by): Caller) -> Answer<Institution> {
    by.permit(Action::Read).map_err(DeskError::from)?;
    Ok(Json(app.office.institution.clone()))
}

pub(crate) async fn achievements(State(app): State<App>, Caller(by): Caller) -> Answer<Vec<AchievementView>> {
    app.work(move |app| achievements::list(&app.office.records(), &by)).await.map(Json)
}

pub(crate) async fn add_achievement(
    State(app): State<App>,
    Caller(by): Caller,
    body: Body,
) -> Result<(StatusCode, Json<AchievementView>), Problem> {
    let added = app
        .work(move |app| achievements::add(&app.office.records(), &by, body.text()?, app.now()).map_err(Problem::from))
        .await?;
    Ok((StatusCode::CREATED, Json(added)))
}

pub(crate) async fn programmes(State(app): State<App>, Caller(by): Caller) -> Answer<Vec<ProgrammeView>> {
    by.permit(Action::Read).map_err(DeskError::from)?;
    app.work(|app| programmes::list(app.office.repository.as_ref())).await.map(Json)
}

pub(crate) async fn check_programme(State(app): State<App>, Caller(by): Caller, body: Body) -> Answer<Checked> {
    by.permit(Action::Read).map_err(DeskError::from)?;
    app.work(move |_| programmes::check(body.text()?).map_err(Problem::from)).await.map(Json)
}

pub(crate) async fn publish_programme(
    State(app): State<App>,
    Caller(by): Caller,
    body: Body,
) -> Result<(StatusCode, Json<ProgrammeView>), Problem> {
    let published = app
        .work(move |app| programmes::publish(&app.issuer()?, &by, body.text()?, app.now()).map_err(Problem::from))
        .await?;
    Ok((StatusCode::CREATED, Json(published)))
}

pub(crate) async fn completions(
    State(app): State<App>,
    Caller(by): Caller,
    Params(wanted): Params<Wanted>,
) -> Answer<Listing<CompletionView>> {
    app.work(move |app| completions::list(&app.office.records(), &by, &wanted)).await.map(Json)
}

pub(crate) async fn completion(
    State(app): State<App>,
    Caller(by): Caller,
    Path(id): Path<String>,
) -> Answer<CompletionView> {
    app.work(move |app| completions::find(&app.office.records(), &by, &id)).await.map(Json)
}

pub(crate) async fn record(
    State(app): State<App>,
    Caller(by): Caller,
    Params(Mode { mode }): Params<Mode>,
    body: Body,
) -> Answer<RecordedView> {
    let mode = match mode {
        BadRows::KeepGood => CsvMode::KeepGood,
        BadRows::RefuseWholeFile => CsvMode::RefuseWholeFile,
    };
    app.work(move |app| {
        let records = app.office.records();
        if body.is("text/csv") {
            completions::record_csv(&records, &by, &body.bytes, mode, app.now()).map_err(Problem::from)
        } else {
            completions::record_json(&records, &by, body.text()?, app.now()).map_err(Problem::from)
        }
    })
    .await
    .map(Json)
}

pub(crate) async fn approve(State(app): State<App>, Caller(by): Caller, body: Body) -> Answer<Decided> {
    let wanted: Approval = body.json()?;
    decided(app.work(move |app| decisions::approve(&app.office.records(), &by, &wanted, app.now())).await?)
}

pub(crate) async fn reject(State(app): State<App>, Caller(by): Caller, body: Body) -> Answer<Decided> {
    let wanted: Rejection = body.json()?;
    decided(app.work(move |app| decisions::reject(&app.office.records(), &by, &wanted, app.now())).await?)
}

/// Some were changed, or there was nothing to change: that is an answer. All were refused: that is a problem.
fn decided(decided: Decided) -> Answer<Decided> {
    if decided.changed == 0 && !decided.refused.is_empty() {
        return Err(Problem::all_refused(decided.refused));
    }
    Ok(Json(decided))
}

pub(crate) async fn sign(State(app): State<App>, Caller(by): Caller) -> Answer<SigningReport> {
    app.work(move |app| {
        let issuer = app.issuer()?;
        issuer.sign_approved(&by, stapel_issuer::BATCH, app.now()).map_err(Problem::from)
    })
    .await
    .map(Json)
}

pub(crate) async fn offer(State(app): State<App>, Caller(by): Caller, body: Body) -> Answer<Offers> {
    let wanted: OfferRequest = body.json()?;
    let offers = app
        .work(move |app| offers::offer(&app.office.records(), &app.office.addresses, &by, &wanted, app.now()))
        .await?;
    if offers.offers.is_empty() && !offers.refused.is_empty() {
        return Err(Problem::all_refused(offers.refused));
    }
    Ok(Json(offers))
}

pub(crate) async fn credentials(
    State(app): State<App>,
    Caller(by): Caller,
    Params(WhichCredentials { revoked, after }): Params<WhichCredentials>,
) -> Answer<Listing<CompletionView>> {
    app.work(move |app| credentials::list(&app.office.records(), &by, revoked, after)).await.map(Json)
}

pub(crate) async fn revoke(app: State<App>, by: Caller, body: Body) -> Answer<StatusChanged> {
    change(app, by, &body, StatusChange::Revoke).await
}

pub(crate) async fn suspend(app: State<App>, by: Caller, body: Body) -> Answer<StatusChanged> {
    change(app, by, &body, StatusChange::Suspend).await
}

pub(crate) async fn reinstate(app: State<App>, by: Caller, body: Body) -> Answer<StatusChanged> {
    change(app, by, &body, StatusChange::Reinstate).await
}

async fn change(
    State(app): State<App>,
    Caller(by): Caller,
    body: &Body,
    change: StatusChange,
) -> Answer<StatusChanged> {
    let request: StatusRequest = body.json()?;
    app.work(move |app| credentials::change_status(&app.office.records(), &by, change, &request, app.now()))
        .await
        .map(Json)
}

pub(crate) async fn status(State(app): State<App>, Caller(by): Caller) -> Answer<Overview> {
    app.work(move |app| overview::overview(&app.office.records(), &by)).await.map(Json)
}

pub(crate) async fn audit(
    State(app): State<App>,
    Caller(by): Caller,
    Params(After { after }): Params<After>,
) -> Answer<Listing<AuditEntry>> {
    app.work(move |app| overview::audit(&app.office.records(), &by, after)).await.map(Json)
}

pub(crate) async fn keys(State(app): State<App>, Caller(by): Caller) -> Answer<Vec<stapel_issuer::ApiKey>> {
    app.work(move |app| keys::list(app.office.repository.as_ref(), &by)).await.map(Json)
}

pub(crate) async fn add_key(
    State(app): State<App>,
    Caller(by): Caller,
    body: Body,
) -> Result<(StatusCode, Json<MadeKey>), Problem> {
    let new: NewKey = body.json()?;
    let made = app.work(move |app| keys::add(app.office.repository.as_ref(), &by, new, app.now())).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

pub(crate) async fn end_key(
    State(app): State<App>,
    Caller(by): Caller,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    let name = ActorId::parse(&name).map_err(Problem::not_found)?;
    app.work(move |app| keys::end(app.office.repository.as_ref(), &by, &name, app.now())).await?;
    Ok(StatusCode::NO_CONTENT)
}

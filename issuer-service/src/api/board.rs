//! What can the examination board's and the registrar's systems ask about exemptions and awards?

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::Answer;
use crate::app::App;
use crate::desk::awards::{self, AwardView, Diploma, NewApproval, NewAward, PlanNamed, Proposed};
use crate::desk::exemptions::{self, ExemptionView, Granted, NewExemption};
use crate::error::Problem;
use crate::extract::{Body, Caller};
use crate::lookup::Lookup;

pub(crate) async fn exemptions(State(app): State<App>, Caller(by): Caller) -> Answer<Vec<ExemptionView>> {
    app.work(move |app| exemptions::list(&app.office.records(), &by)).await.map(Json)
}

pub(crate) async fn exempt(
    State(app): State<App>,
    Caller(by): Caller,
    body: Body,
) -> Result<(StatusCode, Json<Granted>), Problem> {
    let new: NewExemption = body.json_within()?;
    let granted = app
        .work(move |app| exemptions::grant(&app.issuer()?, &by, &new.draft()?, app.now()).map_err(Problem::from))
        .await?;
    let status = if granted.already { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(granted)))
}

pub(crate) async fn awards(State(app): State<App>, Caller(by): Caller) -> Answer<Vec<AwardView>> {
    app.work(move |app| awards::list(&app.office.records(), &by)).await.map(Json)
}

pub(crate) async fn propose_award(
    State(app): State<App>,
    Caller(by): Caller,
    body: Body,
) -> Result<(StatusCode, Json<Proposed>), Problem> {
    let new: NewAward = body.json_within()?;
    let proposed = app
        .work(move |app| awards::propose(&app.issuer()?, &lookup(app), &by, new, app.now()).map_err(Problem::from))
        .await?;
    let status = if proposed.already { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(proposed)))
}

pub(crate) async fn approve_award(State(app): State<App>, Caller(by): Caller, body: Body) -> Answer<AwardView> {
    let wanted: NewApproval = body.json()?;
    app.work(move |app| awards::approve(&app.office.records(), &by, &wanted, app.now())).await.map(Json)
}

pub(crate) async fn sign_award(State(app): State<App>, Caller(by): Caller, body: Body) -> Answer<Diploma> {
    let PlanNamed { plan } = body.json()?;
    app.work(move |app| awards::sign(&app.issuer()?, &lookup(app), &by, plan, app.now()).map_err(Problem::from))
        .await
        .map(Json)
}

fn lookup(app: &App) -> Lookup {
    Lookup::new(app.verifying_key(), app.config.dev_loopback.clone())
}

//! What is this achievement? A page for people; the Open Badges achievement itself for programs that accept JSON.

use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use stapel_credential::{
    AchievementCredential, AchievementSubject, EuFact, Timestamp, Uri, UriError, VerifiableCredential,
};
use stapel_issuer::{AchievementCode, AchievementRecord, Institution};
use stapel_report::{Fact, badge_facts};

use super::negotiation::Reader;
use super::{Shell, page, problem_page, wants_json};
use crate::app::App;
use crate::error::Problem;
use crate::routes::ACHIEVEMENT;
use crate::words::Language;

#[derive(Template)]
#[template(path = "achievement.html")]
struct AchievementPage {
    shell: Shell,
    /// The language of the achievement's own words.
    tongue: String,
    description: String,
    criteria: String,
    facts: Vec<Fact>,
}

pub(crate) async fn achievement(
    State(app): State<App>,
    Path(name): Path<String>,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    let json = wants_json(&headers);
    let record = match app.work(move |app| find(app, &name)).await {
        Ok(record) => record,
        Err(problem) if json => return problem.into_response(),
        Err(problem) => return problem_page(&app, reader, &problem),
    };
    if json {
        let headers =
            [(CONTENT_TYPE, "application/json"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (VARY, "Accept, Accept-Language")];
        return (headers, serde_json::json!(record.achievement).to_string()).into_response();
    }
    let template = AchievementPage {
        shell: Shell::new(&app, reader, &record.achievement.name, ""),
        tongue: record.achievement.in_language.as_ref().map_or("nl".to_owned(), ToString::to_string),
        description: record.achievement.description.clone(),
        criteria: record.achievement.criteria.narrative.clone().unwrap_or_default(),
        facts: facts(&app.office.institution, &record, app.now(), reader.language),
    };
    page(StatusCode::OK, reader.language, &template)
}

/// By the last part of its id, or by the institution's own code.
fn find(app: &App, name: &str) -> Result<AchievementRecord, Problem> {
    let repository = app.office.repository.as_ref();
    let address = app.office.addresses.url(ACHIEVEMENT, &[name]);
    let by_id = match Uri::parse(&address) {
        Ok(id) => repository.find_achievement_by_id(&id)?,
        Err(_) => None,
    };
    let found = match (by_id, AchievementCode::parse(name)) {
        (None, Ok(code)) => repository.find_achievement(&code)?,
        (found, _) => found,
    };
    found.ok_or_else(|| Problem::not_found("this institution has no such achievement"))
}

/// What every badge of it states. What would differ from badge to badge (number, days, learner) is left out, and so is what
/// stands above.
fn facts(institution: &Institution, record: &AchievementRecord, now: Timestamp, language: Language) -> Vec<Fact> {
    let later = now.after(Duration::from_hours(24 * 400));
    let one = badge(institution, record, now, "urn:uuid:00000000-0000-4000-8000-000000000000");
    let other = badge(institution, record, later, "urn:uuid:11111111-1111-4111-8111-111111111111");
    let (Ok(one), Ok(other)) = (one, other) else { return Vec::new() };
    let other = badge_facts(&other, language);
    let description = record.achievement.description.as_str();
    let above = [Some(description), record.achievement.criteria.narrative.as_deref()];
    badge_facts(&one, language)
        .into_iter()
        .filter(|fact| other.contains(fact) && fact.mandatory != Some(EuFact::Learner))
        .filter(|fact| fact.mandatory.is_some() || !fact.values.is_empty())
        .filter(|fact| !matches!(fact.values.as_slice(), [value] if above.contains(&Some(value))))
        .collect()
}

/// A badge that nobody has: what the sentences are made of.
fn badge(
    institution: &Institution,
    record: &AchievementRecord,
    now: Timestamp,
    id: &str,
) -> Result<AchievementCredential, UriError> {
    let subject = AchievementSubject::new(None, record.achievement.clone());
    Ok(VerifiableCredential {
        context: Vec::new(),
        id: Uri::parse(id)?,
        types: Vec::new(),
        name: None,
        description: None,
        image: None,
        issuer: institution.profile(),
        valid_from: now,
        valid_until: None,
        awarded_date: None,
        credential_subject: subject,
        credential_status: None,
        credential_schema: Vec::new(),
        evidence: Vec::new(),
        endorsement: Vec::new(),
        endorsement_jwt: Vec::new(),
        related_resource: Vec::new(),
        refresh_service: Vec::new(),
        terms_of_use: Vec::new(),
    })
}

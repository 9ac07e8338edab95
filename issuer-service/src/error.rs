//! How does the service say no? RFC 9457 problem documents, one for each kind of error.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use stapel_issuer::{
    AchievementError, AwardError, ClaimError, CompletionError, CsvError, ExemptionError, IssuerError, NotChanged,
    PublishError, RepositoryError, RowError, TransitionError,
};
use stapel_openid::OpenIdError;

use crate::attempts::PERIOD_SECONDS;
use crate::desk::{DeskError, Refused};

/// Where the kinds of problems are explained.
pub(crate) const TYPES: &str = "https://w3id.org/stapel/problems#";

/// A problem document (RFC 9457).
#[derive(Debug)]
pub(crate) struct Problem(Box<Document>);

#[derive(Debug)]
struct Document {
    status: StatusCode,
    /// The last part of its `type`.
    kind: &'static str,
    title: &'static str,
    detail: String,
    /// Rows of a CSV file that could not be taken.
    rows: Vec<RowError>,
    /// Completions that were left as they are.
    refused: Vec<Refused>,
    retry_after: Option<i64>,
}

#[expect(clippy::needless_pass_by_value, reason = "an error stands alone in map_err(Problem::internal)")]
impl Problem {
    pub(crate) fn new(status: StatusCode, kind: &'static str, title: &'static str, detail: impl ToString) -> Self {
        Self(Box::new(Document {
            status,
            kind,
            title,
            detail: detail.to_string(),
            rows: Vec::new(),
            refused: Vec::new(),
            retry_after: None,
        }))
    }

    pub(crate) fn internal(detail: impl ToString) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The service failed", detail)
    }

    pub(crate) fn bad_request(detail: impl ToString) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", "The request cannot be read", detail)
    }

    pub(crate) fn not_found(detail: impl ToString) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing here", detail)
    }

    pub(crate) fn unauthenticated(detail: impl ToString) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "An API key is needed", detail)
    }

    pub(crate) fn too_many_attempts() -> Self {
        let mut problem = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-attempts",
            "Too many wrong codes",
            format!("too many wrong codes or keys came from this address; try again in {PERIOD_SECONDS} seconds"),
        );
        problem.0.retry_after = Some(PERIOD_SECONDS);
        problem
    }

    pub(crate) fn busy(detail: impl ToString) -> Self {
        let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "The service is busy", detail);
        problem.0.retry_after = Some(5);
        problem
    }

    fn unprocessable(kind: &'static str, title: &'static str, detail: impl ToString) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, kind, title, detail)
    }

    fn conflict(kind: &'static str, title: &'static str, detail: impl ToString) -> Self {
        Self::new(StatusCode::CONFLICT, kind, title, detail)
    }

    /// None of the completions was changed: the problem of the first, with all of them.
    pub(crate) fn all_refused(refused: Vec<Refused>) -> Self {
        let mut problem = match refused.first() {
            Some(first) => not_changed(&first.error),
            None => Self::bad_request("no completion was named"),
        };
        problem.0.refused = refused;
        problem
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }

    pub(crate) fn detail(&self) -> &str {
        &self.0.detail
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(document) = self;
        let mut json = json!({
            "type": format!("{TYPES}{}", document.kind),
            "title": document.title,
            "status": document.status.as_u16(),
            "detail": document.detail,
        });
        if let Some(members) = json.as_object_mut() {
            if !document.rows.is_empty() {
                members.insert("errors".to_owned(), json!(document.rows));
            }
            if !document.refused.is_empty() {
                members.insert("refused".to_owned(), json!(document.refused));
            }
        }
        let mut response = (document.status, json.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if document.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = document.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Issuer(error) => error.into(),
            DeskError::AllOrSome
            | DeskError::Argument(_)
            | DeskError::UnknownBasis { .. }
            | DeskError::CredentialOrDigest
            | DeskError::NoCredential => Self::bad_request(error),
            DeskError::Rules(_) => Self::unprocessable("programme", "The programme was refused", error),
            DeskError::OtherPurpose { .. } => Self::conflict("status", "The badge's status cannot change so", error),
            DeskError::UnknownCompletion(_) | DeskError::UnknownCredential(_) => Self::not_found(error),
            DeskError::Offer(error) => error.into(),
        }
    }
}

impl From<RepositoryError> for Problem {
    fn from(error: RepositoryError) -> Self {
        stored(&error, &error)
    }
}

impl From<IssuerError> for Problem {
    fn from(error: IssuerError) -> Self {
        match &error {
            IssuerError::NotPermitted(_) => {
                Self::new(StatusCode::FORBIDDEN, "not-permitted", "This role may not do that", error)
            }
            IssuerError::NotChanged(not) => not_changed(not),
            IssuerError::Transition(transition) => transition_problem(transition),
            IssuerError::Achievement(AchievementError::OtherId { .. }) => {
                Self::conflict("achievement", "The achievement was refused", error)
            }
            IssuerError::Achievement(_) => Self::unprocessable("achievement", "The achievement was refused", error),
            IssuerError::Completion(CompletionError::Json(_)) => Self::bad_request(error),
            IssuerError::Completion(_) => Self::unprocessable("completion", "The completion was refused", error),
            IssuerError::Csv(csv) | IssuerError::Publish(PublishError::Csv(csv)) => csv_problem(csv),
            IssuerError::Claim(claim) => claim_problem(claim),
            IssuerError::Publish(PublishError::EditionTaken { .. }) => {
                Self::conflict("edition-taken", "This edition was published before", error)
            }
            IssuerError::Publish(_) => Self::unprocessable("programme", "The programme was refused", error),
            IssuerError::Exemption(ExemptionError::UnknownProgramme { .. })
            | IssuerError::Award(AwardError::UnknownPlan { .. })
            | IssuerError::UnknownCredential { .. }
            | IssuerError::UnknownStatusList { .. }
            | IssuerError::UnknownApiKey { .. } => Self::not_found(error),
            IssuerError::Exemption(_) => Self::unprocessable("exemption", "The exemption was refused", error),
            IssuerError::Award(award) => award_problem(award),
            IssuerError::EndedAlready { .. } | IssuerError::NotSuspended { .. } => {
                Self::conflict("status", "The status cannot change so", error)
            }
            IssuerError::Meanwhile { .. } => Self::conflict("meanwhile", "It changed in the meantime", error),
            IssuerError::ApiKeyTaken { .. } => Self::conflict("api-key-taken", "The name is in use", error),
            IssuerError::Repository(repository) => stored(repository, &error),
            IssuerError::InPart { cause, .. } => match cause.as_ref() {
                IssuerError::Repository(repository) => stored(repository, &error),
                _ => Self::internal(error),
            },
            _ => Self::internal(error),
        }
    }
}

impl From<OpenIdError> for Problem {
    fn from(error: OpenIdError) -> Self {
        Self::internal(error)
    }
}

impl From<stapel_issuer::SignFailure> for Problem {
    fn from(error: stapel_issuer::SignFailure) -> Self {
        Self::internal(error)
    }
}

/// The store did not answer; `sentence` is what is said about it.
fn stored(error: &RepositoryError, sentence: &impl ToString) -> Problem {
    match error {
        RepositoryError::Busy { .. } => Problem::busy(sentence.to_string()),
        RepositoryError::Full => {
            Problem::new(StatusCode::INSUFFICIENT_STORAGE, "full", "There is no room left", sentence.to_string())
        }
        _ => Problem::internal(sentence.to_string()),
    }
}

fn not_changed(error: &NotChanged) -> Problem {
    match error {
        NotChanged::Transition(transition) => transition_problem(transition),
        unknown => Problem::not_found(unknown),
    }
}

fn transition_problem(error: &TransitionError) -> Problem {
    match error {
        TransitionError::RecordedBySame { .. } => {
            Problem::new(StatusCode::FORBIDDEN, "four-eyes", "Nobody approves what they recorded", error)
        }
        TransitionError::Text { .. } => Problem::unprocessable("text", "A text is missing or too long", error),
        _ => Problem::conflict("stage", "The completion is at another stage", error),
    }
}

fn award_problem(error: &AwardError) -> Problem {
    match error {
        AwardError::ProposedBySame { .. } => {
            Problem::new(StatusCode::FORBIDDEN, "four-eyes", "Nobody approves what they proposed", error)
        }
        AwardError::NotApproved { .. }
        | AwardError::ApprovedAlready { .. }
        | AwardError::OtherAchievement { .. }
        | AwardError::Ended { .. } => Problem::conflict("award", "The award is at another stage", error),
        _ => Problem::unprocessable("award", "The award was refused", error),
    }
}

fn csv_problem(error: &CsvError) -> Problem {
    let mut problem = Problem::unprocessable("csv", "The file was refused", error);
    if let CsvError::Rows { errors } = error {
        problem.0.rows.clone_from(errors);
    }
    problem
}

pub(crate) fn claim_problem(error: &ClaimError) -> Problem {
    let status = match error {
        ClaimError::UnknownCode => StatusCode::NOT_FOUND,
        ClaimError::SpentCode | ClaimError::ExpiredCode { .. } => StatusCode::GONE,
        ClaimError::UnknownToken | ClaimError::ExpiredToken { .. } => StatusCode::UNAUTHORIZED,
        _ => StatusCode::CONFLICT,
    };
    Problem::new(status, "claim", "The badge cannot be claimed so", error)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn said(error: RepositoryError) -> (u16, String, Option<i64>) {
        let Problem(document) = Problem::from(IssuerError::from(error));
        (document.status.as_u16(), document.detail, document.retry_after)
    }

    #[test]
    fn a_full_disk_and_a_locked_database_say_that_nothing_was_changed() {
        assert_eq!(
            said(RepositoryError::Full),
            (507, "the disk or the database is full; nothing was changed, make room and try again".to_owned(), None),
        );
        let sentence = "another process has been writing to the database for 5 s; nothing was changed, try again later";
        let busy = RepositoryError::Busy { waited: Duration::from_secs(5) };
        assert_eq!(said(busy), (503, sentence.to_owned(), Some(5)));
    }

    #[test]
    fn what_was_done_in_part_has_the_status_of_what_stopped_it() {
        let in_part = |cause: RepositoryError| {
            let Problem(document) = Problem::from(IssuerError::InPart {
                step: stapel_issuer::Step::Approve,
                done: 2_000,
                cause: Box::new(cause.into()),
            });
            (document.status.as_u16(), document.detail)
        };
        let full = "the disk or the database is full; 2000 completions are approved, the others wait; \
                    make room and approve again";
        assert_eq!(in_part(RepositoryError::Full), (507, full.to_owned()));
        let busy = "another process has been writing to the database for 5 s; 2000 completions are approved, \
                    the others wait; approve again later";
        let waited = Duration::from_secs(5);
        assert_eq!(in_part(RepositoryError::Busy { waited }), (503, busy.to_owned()));
        let silent = "the database did not answer: disk I/O error; 2000 completions are approved, the others wait; \
                      put that right and approve again";
        let reason = "disk I/O error".to_owned();
        assert_eq!(in_part(RepositoryError::Unavailable { reason }), (500, silent.to_owned()));
    }
}

//! How is a verification told? Every check with its reason, and what of it decided.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};
use stapel_verifier::{Check, CheckKind, CheckResult, Findings, Reason};

use super::asked::Asked;
use crate::error::TYPES;

const DATA_MODEL: &str = "https://www.w3.org/TR/vc-data-model#";
const DATA_INTEGRITY: &str = "https://w3id.org/security#";
const STATUS_LIST: &str = "https://www.w3.org/ns/credentials/status-list#";

/// What came of a verification.
#[derive(Debug)]
pub(super) struct Report {
    asked: Asked,
    checks: Vec<Value>,
    warnings: Vec<Value>,
    errors: Vec<Value>,
}

impl Report {
    pub(super) fn new(asked: Asked) -> Self {
        Self { asked, checks: Vec::new(), warnings: Vec::new(), errors: Vec::new() }
    }

    /// Adds the findings about the document itself, or about the credential of that number in it.
    pub(super) fn add(&mut self, findings: &Findings, credential: Option<usize>) {
        for check in findings.checks() {
            // Nobody is trusted or distrusted here, and who did not ask for an audience hears nothing of it.
            if check.kind == CheckKind::Trust || matches!(check.result.reason(), Reason::AudienceNotAsked { .. }) {
                continue;
            }
            let is_asked = self.asked.includes(check.kind);
            self.checks.push(line(check, is_asked, credential));
            match (&check.result, is_asked) {
                (CheckResult::Pass(_), _) => {}
                (CheckResult::Fail(_) | CheckResult::Unknown(_), true) => self.errors.push(problem(check, credential)),
                // That a credential is about somebody else than who shows it is nothing to be warned of unasked.
                (CheckResult::Fail(_) | CheckResult::Unknown(_), false) if check.kind == CheckKind::Holder => {}
                _ => self.warnings.push(problem(check, credential)),
            }
        }
    }

    /// 200 when every check that was asked for passed; else 400, as a problem document that carries them.
    pub(super) fn into_response(self, title: &str) -> Response {
        let verified = self.errors.is_empty();
        let mut body = json!({
            "verified": verified,
            "checks": self.checks,
            "warnings": self.warnings,
            "errors": self.errors,
        });
        if verified {
            return (StatusCode::OK, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response();
        }
        let detail = body.pointer("/errors/0/detail").cloned().unwrap_or_default();
        if let Some(members) = body.as_object_mut() {
            members.insert("type".to_owned(), format!("{TYPES}not-verified").into());
            members.insert("title".to_owned(), title.into());
            members.insert("status".to_owned(), StatusCode::BAD_REQUEST.as_u16().into());
            members.insert("detail".to_owned(), detail);
        }
        (StatusCode::BAD_REQUEST, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

fn line(check: &Check, is_asked: bool, credential: Option<usize>) -> Value {
    let reason = check.result.reason();
    let result = match check.result {
        CheckResult::Pass(_) => "pass",
        CheckResult::Remark(_) => "remark",
        CheckResult::Unknown(_) => "unknown",
        CheckResult::Fail(_) => "fail",
    };
    let mut members = Map::new();
    members.insert("check".to_owned(), json!(check.kind));
    members.insert("result".to_owned(), result.into());
    members.insert("asked".to_owned(), is_asked.into());
    members.insert("reason".to_owned(), json!(reason));
    members.insert("sentence".to_owned(), reason.to_string().into());
    with_place(members, credential)
}

fn problem(check: &Check, credential: Option<usize>) -> Value {
    let reason = check.result.reason();
    let because = json!(reason).get("because").cloned().unwrap_or_default();
    let (title, detail) = match check.result {
        CheckResult::Unknown(_) => ("It could not be checked", format!("could not be checked: {reason}")),
        CheckResult::Remark(_) | CheckResult::Pass(_) => ("It holds, with a remark", reason.to_string()),
        CheckResult::Fail(_) => ("It does not hold", reason.to_string()),
    };
    let mut members = Map::new();
    members.insert("type".to_owned(), kind(reason, because.as_str().unwrap_or_default()).into());
    members.insert("title".to_owned(), title.into());
    members.insert("detail".to_owned(), detail.into());
    members.insert("check".to_owned(), json!(check.kind));
    members.insert("because".to_owned(), because);
    with_place(members, credential)
}

fn with_place(mut members: Map<String, Value>, credential: Option<usize>) -> Value {
    if let Some(index) = credential {
        members.insert("credential".to_owned(), index.into());
    }
    Value::Object(members)
}

/// The standards' names for what is wrong (VC Data Model 2.0 §7.3, VC Data Integrity §4.7, Bitstring Status List 1.0 §3.5), and our
/// own where they have none.
fn kind(reason: &Reason, because: &str) -> String {
    let (standard, name) = match reason {
        Reason::Malformed { .. } | Reason::ResourceAltered { .. } => (DATA_MODEL, "MALFORMED_VALUE_ERROR"),
        Reason::Expired { .. } | Reason::NotYetValid { .. } | Reason::EndsBeforeItBegins { .. } => {
            (DATA_MODEL, "RANGE_ERROR")
        }
        Reason::Altered { .. }
        | Reason::WrongPurpose { .. }
        | Reason::WrongAlgorithm { .. }
        | Reason::UnknownSuite { .. }
        | Reason::KeyOfAnother { .. }
        | Reason::KeyRefused { .. }
        | Reason::KeyMissing { .. }
        | Reason::KeyUnreadable { .. }
        | Reason::KeyNotReached
        | Reason::ProofExpired { .. } => (DATA_INTEGRITY, "PROOF_VERIFICATION_ERROR"),
        Reason::ContextUnknown { .. } => (DATA_INTEGRITY, "PROOF_TRANSFORMATION_ERROR"),
        Reason::NotWhatWasSigned { .. } => (DATA_INTEGRITY, "DATA_LOSS_DETECTION_ERROR"),
        Reason::ForAnother { .. } => (DATA_INTEGRITY, "INVALID_DOMAIN_ERROR"),
        Reason::OtherChallenge { .. } => (DATA_INTEGRITY, "INVALID_CHALLENGE_ERROR"),
        Reason::StatusListMissing { .. } => (STATUS_LIST, "STATUS_RETRIEVAL_ERROR"),
        Reason::StatusListUnusable { .. } | Reason::StatusListStale { .. } => {
            (STATUS_LIST, "STATUS_VERIFICATION_ERROR")
        }
        _ => (TYPES, because),
    };
    format!("{standard}{name}")
}

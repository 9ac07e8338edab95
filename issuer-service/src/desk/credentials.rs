//! Which badges were signed, and which of them no longer hold?

use serde::{Deserialize, Serialize};
use stapel_credential::{StatusPurpose, Timestamp, Uri};
use stapel_issuer::{Action, Actor, CompletionFilter, CompletionId, Cursor, Records, StageName};

use super::completions::{CompletionView, Listing, PAGE};
use super::{DeskError, word};

/// A change of a badge's status bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusChange {
    Revoke,
    Suspend,
    Reinstate,
}

/// Which badge, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusRequest {
    pub(crate) credential: Uri,
    #[serde(default)]
    pub(crate) reason: String,
}

/// What became of the badge.
#[derive(Debug, Serialize)]
pub(crate) struct StatusChanged {
    pub(crate) credential: Uri,
    /// What a badge was made of; an exemption or diploma has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) completion: Option<CompletionId>,
    /// `revoked`, `suspended` or `valid`.
    pub(crate) status: &'static str,
}

/// Signed badges (`Signed`) or those whose bit is set (`Revoked`), one piece of the listing.
pub(crate) fn list(
    records: &Records<'_>,
    by: &Actor,
    revoked: bool,
    after: Option<i64>,
) -> Result<Listing<CompletionView>, DeskError> {
    by.permit(Action::Read)?;
    let stage = if revoked { StageName::Revoked } else { StageName::Signed };
    let filter = CompletionFilter { stage: Some(stage), ..CompletionFilter::default() };
    let page = records.repository().completions(&filter, Cursor(after.unwrap_or_default()), PAGE)?;
    Ok(Listing { items: page.items.iter().map(CompletionView::new).collect(), next: page.next.map(|cursor| cursor.0) })
}

/// Revokes, suspends or reinstates a badge, as its achievement allows.
pub(crate) fn change_status(
    records: &Records<'_>,
    by: &Actor,
    change: StatusChange,
    request: &StatusRequest,
    now: Timestamp,
) -> Result<StatusChanged, DeskError> {
    by.permit(if change == StatusChange::Reinstate { Action::Reinstate } else { Action::Revoke })?;
    let credential = &request.credential;
    let repository = records.repository();
    let issued = repository.find_credential(credential)?;
    let list = match &issued {
        Some(issued) => issued.status_list,
        None => match repository.find_document(credential)? {
            Some(document) => document.status_list,
            None => return Err(DeskError::UnknownCredential(credential.clone())),
        },
    };
    let purpose = repository.find_status_list(list)?.map_or(StatusPurpose::Revocation, |list| list.purpose);
    let wanted = match change {
        StatusChange::Revoke => StatusPurpose::Revocation,
        StatusChange::Suspend => StatusPurpose::Suspension,
        // The library refuses to reinstate what was revoked.
        StatusChange::Reinstate => purpose,
    };
    if purpose != wanted {
        return Err(DeskError::OtherPurpose { asked: word(wanted), possible: word(purpose) });
    }
    let completion = match (change, issued) {
        (StatusChange::Reinstate, Some(_)) => Some(records.reinstate(by, credential, now)?.id),
        (_, Some(_)) => Some(records.revoke(by, credential, &request.reason, now)?.id),
        (StatusChange::Reinstate, None) => {
            records.reinstate_document(by, credential, now)?;
            None
        }
        (_, None) => {
            records.revoke_document(by, credential, &request.reason, now)?;
            None
        }
    };
    let status = if change == StatusChange::Reinstate { "valid" } else { word(purpose) };
    Ok(StatusChanged { credential: credential.clone(), completion, status })
}

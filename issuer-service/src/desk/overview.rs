//! How much waits at which stage, and how full are the status lists?

use std::collections::BTreeMap;

use serde::Serialize;
use stapel_issuer::{Action, Actor, AuditEntry, CompletionFilter, Cursor, Records, StageName};

use super::DeskError;
use super::completions::{Listing, PAGE};

/// The state of the records.
#[derive(Debug, Serialize)]
pub(crate) struct Overview {
    /// How many completions wait, by stage.
    pub(crate) waiting: BTreeMap<&'static str, usize>,
    pub(crate) credentials: u64,
    pub(crate) status_lists: Vec<StatusListView>,
}

/// One status list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusListView {
    pub(crate) id: String,
    pub(crate) purpose: String,
    pub(crate) entries: u32,
    pub(crate) taken: u32,
}

/// Counts what waits and what was signed.
pub(crate) fn overview(records: &Records<'_>, by: &Actor) -> Result<Overview, DeskError> {
    by.permit(Action::Read)?;
    let repository = records.repository();
    let mut waiting = BTreeMap::new();
    for stage in [StageName::Recorded, StageName::Approved, StageName::Offered, StageName::Claimed] {
        waiting.insert(stage.as_str(), count(records, stage)?);
    }
    let status_lists = repository.status_lists()?.into_iter().map(|list| StatusListView {
        id: list.id.to_string(),
        purpose: list.purpose.to_string(),
        entries: list.entries,
        taken: list.next,
    });
    Ok(Overview { waiting, credentials: repository.count_credentials()?, status_lists: status_lists.collect() })
}

fn count(records: &Records<'_>, stage: StageName) -> Result<usize, DeskError> {
    let filter = CompletionFilter { stage: Some(stage), ..CompletionFilter::default() };
    let (mut count, mut after) = (0, Cursor::default());
    loop {
        let page = records.repository().completions(&filter, after, 5_000)?;
        count += page.items.len();
        match page.next {
            Some(next) => after = next,
            None => return Ok(count),
        }
    }
}

/// One piece of the audit log.
pub(crate) fn audit(records: &Records<'_>, by: &Actor, after: Option<i64>) -> Result<Listing<AuditEntry>, DeskError> {
    by.permit(Action::ReadAudit)?;
    let page = records.repository().audit_log(Cursor(after.unwrap_or_default()), PAGE)?;
    Ok(Listing { items: page.items, next: page.next.map(|cursor| cursor.0) })
}

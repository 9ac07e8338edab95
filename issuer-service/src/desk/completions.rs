//! Who completed what, and how far has it come?

use serde::{Deserialize, Serialize};
use stapel_credential::{Day, Timestamp};
use stapel_issuer::{
    AchievementCode, Action, Actor, Completion, CompletionFilter, CompletionId, CsvMode, CsvReport, Cursor, LearnerRef,
    NewCompletion, Recorded, Records, RowError, Stage, StageName,
};

use super::DeskError;

/// How many completions one answer lists at most.
pub(crate) const PAGE: usize = 500;

/// One completion as listings show it. It names a learner: never logged.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompletionView {
    pub(crate) id: CompletionId,
    achievement: String,
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    did: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    learner: Option<String>,
    awarded: Day,
    stage: StageName,
    recorded_by: String,
    recorded_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approval_body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approval_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer_expires: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) credential: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A piece of a listing.
#[derive(Serialize)]
pub(crate) struct Listing<T> {
    pub(crate) items: Vec<T>,
    /// To be given as `after` for the next piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<i64>,
}

/// Which completions are listed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    pub(crate) stage: Option<StageName>,
    pub(crate) achievement: Option<AchievementCode>,
    pub(crate) after: Option<i64>,
}

/// What became of completions that were to be recorded.
#[derive(Debug, Default, Serialize)]
pub(crate) struct RecordedView {
    pub(crate) recorded: Vec<CompletionId>,
    pub(crate) duplicates: Vec<Duplicate>,
    pub(crate) errors: Vec<RowError>,
}

/// One that was recorded before.
#[derive(Debug, Serialize)]
pub(crate) struct Duplicate {
    /// The row of the file, for CSV; the place in the list, counted from 1, for JSON.
    pub(crate) row: usize,
    /// The completion as which it is recorded.
    pub(crate) completion: CompletionId,
}

impl CompletionView {
    pub(crate) fn new(completion: &Completion) -> Self {
        let approved = completion.stage.approved();
        let issued = completion.stage.issued();
        Self {
            id: completion.id,
            achievement: completion.facts.achievement.code.to_string(),
            version: completion.facts.achievement.version,
            did: completion.facts.learner.did().map(ToString::to_string),
            learner: match &completion.facts.learner {
                LearnerRef::School(school) => Some(school.as_str().to_owned()),
                LearnerRef::Did(_) => None,
            },
            awarded: completion.facts.awarded,
            stage: completion.stage.name(),
            recorded_by: completion.recorded_by.to_string(),
            recorded_at: completion.recorded_at,
            approved_by: approved.map(|approved| approved.by.to_string()),
            approval_body: approved.map(|approved| approved.decision.body.clone()),
            approval_reference: approved.and_then(|approved| approved.decision.reference.clone()),
            offer_expires: match &completion.stage {
                Stage::Offered(_, offer) => Some(offer.expires),
                _ => None,
            },
            credential: issued.map(|issued| issued.credential.to_string()),
            signed_at: issued.map(|issued| issued.at),
            reason: match &completion.stage {
                Stage::Rejected(ended) | Stage::Revoked(_, _, ended) => Some(ended.reason.clone()),
                _ => None,
            },
        }
    }

    /// One line for people: id, stage, achievement, day, learner.
    pub(crate) fn line(&self) -> String {
        let learner = self.learner.as_deref().or(self.did.as_deref()).unwrap_or_default();
        format!("{}  {:<9}  {}  {}  {learner}", self.id, self.stage.as_str(), self.awarded, self.achievement)
    }
}

/// One piece of the listing.
pub(crate) fn list(records: &Records<'_>, by: &Actor, wanted: &Wanted) -> Result<Listing<CompletionView>, DeskError> {
    by.permit(Action::Read)?;
    let filter = CompletionFilter { stage: wanted.stage, achievement: wanted.achievement.clone(), with_did: None };
    let page = records.repository().completions(&filter, Cursor(wanted.after.unwrap_or_default()), PAGE)?;
    Ok(Listing { items: page.items.iter().map(CompletionView::new).collect(), next: page.next.map(|cursor| cursor.0) })
}

/// One completion.
pub(crate) fn find(records: &Records<'_>, by: &Actor, id: &str) -> Result<CompletionView, DeskError> {
    by.permit(Action::Read)?;
    let unknown = || DeskError::UnknownCompletion(id.chars().take(80).collect());
    let parsed = CompletionId::parse(id).map_err(|_| unknown())?;
    records.repository().find_completion(parsed)?.map(|found| CompletionView::new(&found)).ok_or_else(unknown)
}

/// Records completions given as JSON: one, or a list.
pub(crate) fn record_json(
    records: &Records<'_>,
    by: &Actor,
    text: &str,
    now: Timestamp,
) -> Result<RecordedView, DeskError> {
    let completions = if text.trim_start().starts_with('[') {
        let texts: Vec<stapel_credential::RawJson> =
            stapel_credential::json::view(text).map_err(stapel_issuer::CompletionError::from)?;
        texts.iter().map(|text| NewCompletion::parse(text.as_str())).collect::<Result<Vec<_>, _>>()?
    } else {
        vec![NewCompletion::parse(text)?]
    };
    let mut view = RecordedView::default();
    for (index, recorded) in records.record(by, completions, now)?.into_iter().enumerate() {
        match recorded {
            Recorded::New(id) => view.recorded.push(id),
            Recorded::Duplicate(of) => view.duplicates.push(Duplicate { row: index + 1, completion: of }),
        }
    }
    Ok(view)
}

/// Records completions from a school's CSV file.
pub(crate) fn record_csv(
    records: &Records<'_>,
    by: &Actor,
    bytes: &[u8],
    mode: CsvMode,
    now: Timestamp,
) -> Result<RecordedView, DeskError> {
    let CsvReport { recorded, duplicates, errors } = records.record_csv(by, bytes, mode, now)?;
    let duplicates = duplicates.into_iter().map(|(row, completion)| Duplicate { row, completion }).collect();
    Ok(RecordedView { recorded, duplicates, errors })
}

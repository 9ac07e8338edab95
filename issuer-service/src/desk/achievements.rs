//! What does the institution award?

use serde::Serialize;
use stapel_credential::{Achievement, Timestamp};
use stapel_issuer::{AchievementDraft, AchievementRecord, Action, Actor, Records};

use super::DeskError;

/// One achievement as listings show it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AchievementView {
    code: String,
    version: u32,
    status_purpose: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    validity_months: Option<u16>,
    added: Timestamp,
    achievement: Achievement,
}

impl AchievementView {
    pub(crate) fn new(record: AchievementRecord) -> Self {
        Self {
            code: record.reference.code.to_string(),
            version: record.reference.version,
            status_purpose: record.status_purpose.to_string(),
            validity_months: record.validity.map(|validity| validity.months.get()),
            added: record.added,
            achievement: record.achievement,
        }
    }

    /// `ZORG-01 (version 1) Basiszorg verlenen`
    pub(crate) fn line(&self) -> String {
        format!("{} (version {}) {}", self.code, self.version, self.achievement.name)
    }

    pub(crate) fn id(&self) -> &str {
        self.achievement.id.as_str()
    }
}

/// Adds the first or the next version.
pub(crate) fn add(records: &Records<'_>, by: &Actor, text: &str, now: Timestamp) -> Result<AchievementView, DeskError> {
    let draft = AchievementDraft::parse(text)?;
    Ok(AchievementView::new(records.add_achievement(by, draft, now)?))
}

/// The newest version of each.
pub(crate) fn list(records: &Records<'_>, by: &Actor) -> Result<Vec<AchievementView>, DeskError> {
    by.permit(Action::Read)?;
    Ok(records.repository().achievements()?.into_iter().map(AchievementView::new).collect())
}

//! What does the institution award? Achievements by code and version, complete before anything is issued under them.

use std::fmt;
use std::num::NonZeroU16;

use serde::{Deserialize, Serialize};
use stapel_credential::{
    Achievement, AchievementSubject, AchievementType, CredentialKind, Day, EuFact, JsonError, StatusPurpose, Timestamp,
    Uri, json, missing_facts,
};

use crate::institution::Institution;
use crate::text::is_plain_name;

/// The institution's own code of an achievement: 1 to 64 of `a-z A-Z 0-9 . _ : -`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AchievementCode(String);

/// One version of an achievement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AchievementRef {
    /// The institution's own code.
    pub code: AchievementCode,
    /// Counts up from 1.
    pub version: u32,
}

/// One version of an achievement, as badges state it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AchievementRecord {
    /// Its code and version.
    pub reference: AchievementRef,
    /// What it is, as it stands in every badge.
    pub achievement: Achievement,
    /// With our extension or without.
    pub form: Form,
    /// For how long its badges hold; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// What a set status bit means: fixed, since Open Badges has room for one entry a badge.
    pub status_purpose: StatusPurpose,
    /// When this version was added.
    pub added: Timestamp,
}

/// With our extension, or without for verifiers that refuse inline contexts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// With every fact.
    #[default]
    Extended,
    /// Open Badges alone.
    Plain,
}

/// For how many months after the award a badge holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Validity {
    /// In months.
    pub months: NonZeroU16,
}

/// An achievement that somebody wants to add.
///
/// As JSON: `{"code", "form"?: "extended" | "plain", "validityMonths"?, "statusPurpose"?: "revocation" | "suspension",
/// "achievement": {…}}`, where `achievement` is that of Open Badges with our extension; its `id` may be left out.
#[derive(Debug, Clone, PartialEq)]
pub struct AchievementDraft {
    code: AchievementCode,
    form: Form,
    validity: Option<Validity>,
    status_purpose: StatusPurpose,
    achievement: serde_json::Map<String, serde_json::Value>,
}

/// Why an achievement was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AchievementError {
    /// Not such JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Not a code.
    #[error("{text:?} is not a code of an achievement: 1 to 64 letters, digits, dots, colons, dashes or underscores")]
    Code {
        /// The text given.
        text: String,
    },
    /// Not a purpose that a badge can have.
    #[error("the status purpose of an achievement is revocation or suspension, not {purpose}")]
    StatusPurpose {
        /// The purpose given.
        purpose: StatusPurpose,
    },
    /// A microcredential without all that the Council Recommendation of 16 June 2022 asks for.
    #[error("the microcredential {code} lacks {} of the eleven facts of the Council Recommendation of 16 June 2022: {}",
            .missing.len(), facts(.missing))]
    Incomplete {
        /// The code.
        code: AchievementCode,
        /// What is missing.
        missing: Vec<EuFact>,
    },
    /// The version before it is called otherwise.
    #[error(
        "version {version} of {code} has the id {id}, but the version before it has {earlier}: all versions have one id"
    )]
    OtherId {
        /// The code.
        code: AchievementCode,
        /// The version that was to be added.
        version: u32,
        /// The id given.
        id: Uri,
        /// The id until now.
        earlier: Uri,
    },
}

fn facts(missing: &[EuFact]) -> String {
    missing.iter().map(|fact| format!("{fact} ({})", fact.path())).collect::<Vec<_>>().join(", ")
}

impl AchievementCode {
    /// Reads a code.
    ///
    /// # Errors
    /// [`AchievementError::Code`] for anything else.
    pub fn parse(text: &str) -> Result<Self, AchievementError> {
        if is_plain_name(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(AchievementError::Code { text: text.chars().take(80).collect() })
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AchievementCode {
    type Error = AchievementError;
    fn try_from(text: String) -> Result<Self, AchievementError> {
        Self::parse(&text)
    }
}

impl From<AchievementCode> for String {
    fn from(code: AchievementCode) -> Self {
        code.0
    }
}

impl fmt::Display for AchievementCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for AchievementRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} version {}", self.code, self.version)
    }
}

impl Validity {
    /// The first day on which a badge awarded on `awarded` no longer holds; the last day of the month where that month is shorter.
    pub fn until(self, awarded: Day) -> Day {
        let (year, month, day) = awarded.parts();
        let months = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(self.months.get());
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        // 28 is in every month, so at most three steps down.
        (28..=day)
            .rev()
            .chain([day.min(28)])
            .find_map(|day| Day::parse(&format!("{year:04}-{month:02}-{day:02}")).ok())
            .unwrap_or(awarded)
    }
}

impl AchievementDraft {
    /// Reads the JSON described at [`AchievementDraft`].
    ///
    /// # Errors
    /// [`AchievementError`] with the JSON path.
    pub fn parse(text: &str) -> Result<Self, AchievementError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Members {
            code: String,
            #[serde(default)]
            form: Form,
            validity_months: Option<Validity>,
            status_purpose: Option<StatusPurpose>,
            achievement: serde_json::Map<String, serde_json::Value>,
        }
        json::parse(text)?;
        let members: Members = json::view(text)?;
        let status_purpose = members.status_purpose.unwrap_or(StatusPurpose::Revocation);
        if !matches!(status_purpose, StatusPurpose::Revocation | StatusPurpose::Suspension) {
            return Err(AchievementError::StatusPurpose { purpose: status_purpose });
        }
        let draft = Self {
            code: AchievementCode::parse(&members.code)?,
            form: members.form,
            validity: members.validity_months,
            status_purpose,
            achievement: members.achievement,
        };
        // A wrong member is found now, with its path, whatever the id will be.
        draft.achievement(Uri::parse("urn:uuid:00000000-0000-4000-8000-000000000000").ok())?;
        Ok(draft)
    }

    /// The code.
    pub fn code(&self) -> &AchievementCode {
        &self.code
    }

    /// The achievement, with `id` where the draft has none.
    fn achievement(&self, id: Option<Uri>) -> Result<Achievement, AchievementError> {
        let mut members = self.achievement.clone();
        if let (false, Some(id)) = (members.contains_key("id"), id) {
            members.insert("id".to_owned(), id.to_string().into());
        }
        members.entry("type").or_insert_with(|| vec!["Achievement"].into());
        let text = serde_json::Value::Object(members).to_string();
        json::view(&text).map_err(|error| match error {
            JsonError::Shape { path, message } => {
                JsonError::Shape { path: path.replacen('$', "$.achievement", 1), message }.into()
            }
            other => other.into(),
        })
    }

    /// The next version after `earlier`, complete. `fresh_id` is for the first version, when the draft brings none.
    pub(crate) fn into_record(
        self,
        institution: &Institution,
        earlier: Option<&AchievementRecord>,
        fresh_id: Uri,
        now: Timestamp,
    ) -> Result<AchievementRecord, AchievementError> {
        let version = earlier.map_or(1, |earlier| earlier.reference.version.saturating_add(1));
        let id = earlier.map_or(fresh_id, |earlier| earlier.achievement.id.clone());
        let mut achievement = self.achievement(Some(id))?;
        if let Some(earlier) = earlier.filter(|earlier| earlier.achievement.id != achievement.id) {
            return Err(AchievementError::OtherId {
                code: self.code,
                version,
                id: achievement.id,
                earlier: earlier.achievement.id.clone(),
            });
        }
        achievement.human_code.get_or_insert_with(|| self.code.to_string());
        achievement.version.get_or_insert_with(|| version.to_string());
        if is_microcredential(&achievement) {
            let holder = institution.did().to_uri();
            let subject = AchievementSubject::new(Some(holder), achievement.clone());
            let missing = missing_facts(&institution.profile(), Some(now), &subject);
            if !missing.is_empty() {
                return Err(AchievementError::Incomplete { code: self.code, missing });
            }
        }
        Ok(AchievementRecord {
            reference: AchievementRef { code: self.code, version },
            achievement,
            form: self.form,
            validity: self.validity,
            status_purpose: self.status_purpose,
            added: now,
        })
    }
}

fn is_microcredential(achievement: &Achievement) -> bool {
    achievement.achievement_type == Some(AchievementType::MicroCredential)
        || achievement.credential_kind.contains(&CredentialKind::Microcredential)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validity_ends_on_the_same_day_of_the_month_or_its_last() {
        let until = |months, day| {
            Validity { months: NonZeroU16::new(months).unwrap() }.until(Day::parse(day).unwrap()).to_string()
        };
        assert_eq!(until(24, "2026-11-22"), "2028-11-22");
        assert_eq!(until(1, "2027-01-31"), "2027-02-28");
        assert_eq!(until(1, "2028-01-31"), "2028-02-29");
        assert_eq!(until(2, "2026-11-30"), "2027-01-30");
        assert_eq!(until(12, "2028-02-29"), "2029-02-28");
        assert_eq!(until(1, "2026-12-05"), "2027-01-05");
    }

    #[test]
    fn a_draft_names_the_path_of_what_is_wrong() {
        let refused = |text: &str| AchievementDraft::parse(text).unwrap_err().to_string();
        assert_eq!(
            refused(r#"{"code":"a b","achievement":{}}"#),
            "\"a b\" is not a code of an achievement: 1 to 64 letters, digits, dots, colons, dashes or underscores",
        );
        assert_eq!(
            refused(r#"{"code":"M1","statusPurpose":"refresh","achievement":{}}"#),
            "the status purpose of an achievement is revocation or suspension, not refresh",
        );
        assert_eq!(
            refused(r#"{"code":"M1","achievement":{"name":"a","description":"b","criteria":{},"creditUnit":"hours"}}"#),
            "$.achievement.creditUnit: unknown variant `hours`, expected `EC` or `SBU`",
        );
    }
}

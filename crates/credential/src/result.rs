//! With what result? Grades, scores and levels, and what they mean (OB 3.0 `Result`, `ResultDescription`, `RubricCriterionLevel`).

use serde::{Deserialize, Serialize};

use crate::alignment::Alignment;
use crate::text::{one_or_many, vocabulary};
use crate::uri::Uri;

vocabulary! {
    /// What kind of result is described (OB 3.0 `ResultTypeEnum`), or an `ext:` word.
    ResultType, "a resultType", {
        GradePointAverage = "GradePointAverage",
        LetterGrade = "LetterGrade",
        Percent = "Percent",
        PerformanceLevel = "PerformanceLevel",
        PredictedScore = "PredictedScore",
        RawScore = "RawScore",
        Result = "Result",
        RubricCriterion = "RubricCriterion",
        RubricCriterionLevel = "RubricCriterionLevel",
        RubricScore = "RubricScore",
        ScaledScore = "ScaledScore",
        Status = "Status",
    }
}

/// How far the achievement is (OB 3.0 `ResultStatusTypeEnum`, closed).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ResultStatus {
    /// Completed.
    Completed,
    /// Enrolled.
    Enrolled,
    /// Failed.
    Failed,
    /// In progress.
    InProgress,
    /// On hold.
    OnHold,
    /// Completed, not final.
    Provisional,
    /// Withdrew.
    Withdrew,
}

/// One result of the holder (OB 3.0 `Result`; the name would shadow Rust's).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AchievementResult {
    /// Contains `Result`.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// The id of the rubric level that was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achieved_level: Option<Uri>,
    /// Outcomes that this result is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub alignment: Vec<Alignment>,
    /// The id of the description that this is a result of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_description: Option<Uri>,
    /// How far the achievement is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ResultStatus>,
    /// The grade or score, as the description says to read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// What a result of this achievement means (OB 3.0 `ResultDescription`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultDescription {
    /// What results refer to.
    pub id: Uri,
    /// Contains `ResultDescription`.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// Outcomes that results are about.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub alignment: Vec<Alignment>,
    /// Values from low to high.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub allowed_value: Vec<String>,
    /// The name of the result.
    pub name: String,
    /// The id of the rubric level that is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_level: Option<Uri>,
    /// The value that is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_value: Option<String>,
    /// The kind of result.
    pub result_type: ResultType,
    /// Levels from low to high.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub rubric_criterion_level: Vec<RubricCriterionLevel>,
    /// The highest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_max: Option<String>,
    /// The lowest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_min: Option<String>,
}

/// One level of a rubric (OB 3.0 `RubricCriterionLevel`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RubricCriterionLevel {
    /// What results refer to.
    pub id: Uri,
    /// Contains `RubricCriterionLevel`.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// Outcomes that this level is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub alignment: Vec<Alignment>,
    /// What the level asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The level, in the rubric's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The name of the level.
    pub name: String,
    /// Points for the level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
}

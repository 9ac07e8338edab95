//! Which outcome, level or framework does an achievement correspond to (OB 3.0 `Alignment`)?

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::level::{Level, LevelError, LevelFramework};
use crate::text::{one_or_many, vocabulary};
use crate::uri::Uri;

vocabulary! {
    /// What an alignment points to (OB 3.0 `AlignmentTargetTypeEnum`), or an `ext:` word.
    TargetType, "a targetType", {
        Competency = "ceasn:Competency",
        Credential = "ceterms:Credential",
        CfItem = "CFItem",
        CfRubric = "CFRubric",
        CfRubricCriterion = "CFRubricCriterion",
        CfRubricCriterionLevel = "CFRubricCriterionLevel",
        Ctdl = "CTDL",
    }
}

/// The `targetType` of alignments that name a level of a qualifications framework.
pub const QUALIFICATION_LEVEL: &str = "ext:QualificationLevel";

/// One learning outcome, level or node of a framework (OB 3.0 `Alignment`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct Alignment {
    /// Contains `Alignment`.
    #[serde(rename = "type", with = "one_or_many")]
    pub types: Vec<String>,
    /// A code within the framework.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// What the learner can do, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_description: Option<String>,
    /// The name of the outcome or level.
    pub target_name: String,
    /// The name of the framework.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
    /// What is pointed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_type: Option<TargetType>,
    /// The stable address of the outcome or level.
    pub target_url: Uri,
}

impl Alignment {
    /// A learning outcome.
    pub fn outcome(target_name: impl Into<String>, target_url: Uri) -> Self {
        Self {
            types: vec!["Alignment".to_owned()],
            target_code: None,
            target_description: None,
            target_name: target_name.into(),
            target_framework: None,
            target_type: Some(TargetType::CfItem),
            target_url,
        }
    }

    /// A level of EQF or NLQF.
    pub fn level_of(level: Level, target_url: Uri) -> Self {
        Self {
            target_code: Some(level.code()),
            target_framework: Some(level.framework().to_string()),
            target_type: Some(TargetType::Extension(QUALIFICATION_LEVEL.to_owned())),
            ..Self::outcome(level.to_string(), target_url)
        }
    }

    /// Whether it names a learning outcome.
    pub fn is_outcome(&self) -> bool {
        matches!(self.target_type, Some(TargetType::CfItem | TargetType::Competency))
    }

    /// The level that it names, if it names one of EQF or NLQF.
    pub fn level(&self) -> Option<Level> {
        self.stated_level()?.ok()
    }

    fn stated_level(&self) -> Option<Result<Level, LevelError>> {
        let target_type = self.target_type.as_ref()?;
        if target_type.as_str() != QUALIFICATION_LEVEL {
            return None;
        }
        // Another country's framework is no error; a level that EQF or NLQF do not have is one.
        let framework: LevelFramework = self.target_framework.as_deref()?.parse().ok()?;
        Some(Level::new(framework, self.target_code.as_deref().unwrap_or_default()))
    }
}

impl Serialize for Alignment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Alignment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let alignment = Self::deserialize(deserializer)?;
        match alignment.stated_level() {
            Some(Err(error)) => Err(serde::de::Error::custom(error)),
            _ => Ok(alignment),
        }
    }
}

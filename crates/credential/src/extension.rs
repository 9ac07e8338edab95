//! What do Dutch and European rules ask that Open Badges has no slot for? The objects of our extension.
//!
//! The terms and their addresses stand in [`crate::context`], the words in [`crate::words`]. They are fixed: released versions
//! are read for ever.

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::credits::Hours;
use crate::timestamp::Day;
use crate::uri::Uri;
pub use crate::words::{
    AiUse, AssessmentMethod, AssessorRole, AssuranceKind, Basis, CredentialKind, IdentityCheck, Participation, Pathway,
    RecognitionState, Sector, Setting, StackForm, Supervision,
};

/// One way in which the achievement is assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// How.
    pub assessment_method: AssessmentMethod,
    /// By whom, as a role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessor_role: Option<AssessorRole>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_setting: Option<Setting>,
    /// Under whose eyes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_supervision: Option<Supervision>,
    /// How the learner's identity was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_verification: Option<IdentityCheck>,
    /// Whether artificial intelligence took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_ai_use: Option<AiUse>,
    /// More about it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_note: Option<String>,
}

/// Who or what guards the quality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QualityAssurance {
    /// What stands behind it.
    pub assurance_kind: AssuranceKind,
    /// The name of the body or mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance_name: Option<String>,
    /// Its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance_url: Option<Uri>,
}

/// What the unit may count toward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stackability {
    /// Alone or toward something.
    pub stack_form: StackForm,
    /// The name of what it may count toward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack_name: Option<String>,
    /// The id of the programme that it may count toward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack_programme: Option<Uri>,
    /// The code of the award that it may count toward, such as `crebo:25655`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack_code: Option<Code>,
}

/// Whether an authority or a sector recognises it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recognition {
    /// How far it has come.
    pub recognition_state: RecognitionState,
    /// The authority or body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition_authority: Option<String>,
    /// Its reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition_reference: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition_date: Option<Day>,
}

/// Which body approved the award. No person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// The body, such as an examination board.
    pub approval_body: String,
    /// Its reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_reference: Option<String>,
    /// The day of its decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_date: Option<Day>,
}

/// Where the holder learned at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workplace {
    /// The company.
    pub workplace_company: String,
    /// The department or kind of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_setting: Option<String>,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_from: Option<Day>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_until: Option<Day>,
    /// The hours worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_hours: Option<Hours>,
}

/// Who taught, if another than the issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// The DID or URL.
    #[serde(default, deserialize_with = "crate::uri::present", skip_serializing_if = "Option::is_none")]
    pub id: Option<Uri>,
    /// The name.
    pub name: String,
}

//! What does this verifier demand, and whom does it trust?

use serde::{Deserialize, Serialize};
use stapel_credential::Did;

/// The choices of a verifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policy {
    /// Whose trust lists count.
    pub trust_anchors: Vec<Did>,
    /// Issuers that need no trust list.
    pub pinned_issuers: Vec<Did>,
    /// How many seconds after its end a status list is still taken, with a remark. Zero: never.
    pub accept_stale_status_seconds: u64,
    /// By how many seconds clocks may differ.
    pub clock_tolerance_seconds: u64,
    /// Whether credentials and presentations of foreign kinds are read, too, by what the VC Data Model says of all of them. Else what
    /// is not of a kind that we know is refused: it is no badge.
    #[serde(skip_serializing_if = "is_false")]
    pub any_credential: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            trust_anchors: Vec::new(),
            pinned_issuers: Vec::new(),
            accept_stale_status_seconds: 0,
            clock_tolerance_seconds: 60,
            any_credential: false,
        }
    }
}

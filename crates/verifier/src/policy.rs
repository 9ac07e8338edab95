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
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            trust_anchors: Vec::new(),
            pinned_issuers: Vec::new(),
            accept_stale_status_seconds: 0,
            clock_tolerance_seconds: 60,
        }
    }
}

//! What does this verifier demand, and whom does it trust?

use serde::{Deserialize, Serialize};
use stapel_credential::{Did, Uri};

/// The choices of a verifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policy {
    /// Whose trust lists count.
    pub trust_anchors: Vec<Did>,
    /// Issuers that need no trust list.
    pub pinned_issuers: Vec<Did>,
    /// Editions of trust lists that were seen before: an older one does not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seen_trust_lists: Vec<SeenTrustList>,
    /// How many seconds after its end a status list is still taken, with a remark. Zero: never.
    pub accept_stale_status_seconds: u64,
    /// By how many seconds clocks may differ.
    pub clock_tolerance_seconds: u64,
    /// Whether credentials and presentations of foreign kinds are read, too, by what the VC Data Model says of all of them. Else what
    /// is not of a kind that we know is refused: it is no badge.
    #[serde(skip_serializing_if = "is_false")]
    pub any_credential: bool,
}

/// Which edition of a trust list was the newest when somebody last looked. Whoever keeps these from one time to the next cannot be
/// given an older edition again, which would vouch for whom it no longer does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SeenTrustList {
    /// Who signs the list.
    pub anchor: Did,
    /// The list's identity, the same for all its editions.
    pub list: Uri,
    /// The number of the edition.
    pub sequence: u64,
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
            seen_trust_lists: Vec::new(),
            accept_stale_status_seconds: 0,
            clock_tolerance_seconds: 60,
            any_credential: false,
        }
    }
}

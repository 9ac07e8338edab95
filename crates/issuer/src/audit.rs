//! Who did what, and when? The lines of the audit log: no names of people, no bodies of credentials.

use serde::Serialize;
use stapel_credential::Timestamp;

use crate::role::{Action, ActorId, Role};

/// One line of the audit log, written in the same transaction as the change that it tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: ActorId,
    /// In which role.
    pub role: Role,
    /// What.
    pub action: Action,
    /// The identifier or code of what was changed.
    pub object: String,
    /// How many things.
    pub count: u32,
}

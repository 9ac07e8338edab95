//! Who may do what? Roles, those who act in them, and the permits without which nothing is changed.

use std::fmt;

use serde::{Deserialize, Serialize};
use stapel_credential::Timestamp;

use crate::audit::AuditEntry;

/// What an API key, or somebody at the command line, acts as. Nobody both records and approves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// Records completions, manages achievements and programmes, hands out claim codes.
    Registrar,
    /// Approves and rejects completions, revokes badges.
    ExaminationBoard,
    /// Signs what was approved; the service itself acts so.
    Signer,
    /// Sets up the institution, its achievements and programmes, trust lists and API keys.
    Administrator,
    /// Reads everything, the audit log too, and changes nothing.
    Auditor,
}

/// Something that changes the records, or reads what not everybody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Set up or change the institution.
    SetUpInstitution,
    /// Add a version of an achievement.
    AddAchievement,
    /// Publish an edition of a programme.
    PublishProgramme,
    /// Sign a trust list.
    PublishTrustList,
    /// Record completions.
    Record,
    /// Approve completions.
    Approve,
    /// Reject completions.
    Reject,
    /// Sign approved completions.
    Sign,
    /// Hand out one-time codes.
    Offer,
    /// Take a one-time code from a wallet.
    Redeem,
    /// Exempt a learner from parts of a programme.
    Exempt,
    /// Put an award before the examination board.
    ProposeAward,
    /// Approve a plan that leads to an award.
    ApproveAward,
    /// Sign the diploma of an approved plan.
    SignAward,
    /// Set the status bit of a badge.
    Revoke,
    /// Clear the status bit of a suspended badge.
    Reinstate,
    /// Make an API key.
    CreateApiKey,
    /// End an API key.
    EndApiKey,
    /// Read completions, badges and keys.
    Read,
    /// Read the audit log.
    ReadAudit,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] =
        [Self::Registrar, Self::ExaminationBoard, Self::Signer, Self::Administrator, Self::Auditor];

    /// The word in JSON, configuration and command lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registrar => "registrar",
            Self::ExaminationBoard => "examination-board",
            Self::Signer => "signer",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The roles in which one may do it.
    pub fn that_may(action: Action) -> &'static [Self] {
        match action {
            Action::SetUpInstitution | Action::PublishTrustList | Action::CreateApiKey | Action::EndApiKey => {
                &[Self::Administrator]
            }
            Action::AddAchievement | Action::PublishProgramme => &[Self::Registrar, Self::Administrator],
            Action::Record | Action::ProposeAward => &[Self::Registrar],
            Action::Approve
            | Action::Reject
            | Action::Revoke
            | Action::Reinstate
            | Action::Exempt
            | Action::ApproveAward => &[Self::ExaminationBoard],
            Action::Offer => &[Self::Registrar, Self::Signer],
            Action::Sign | Action::SignAward | Action::Redeem => &[Self::Signer],
            Action::Read => &Self::ALL,
            Action::ReadAudit => &[Self::Administrator, Self::Auditor],
        }
    }
}

impl Action {
    const ALL: [(Self, &'static str, &'static str); 20] = [
        (Self::SetUpInstitution, "set-up-institution", "set up the institution"),
        (Self::AddAchievement, "add-achievement", "add achievements"),
        (Self::PublishProgramme, "publish-programme", "publish programmes"),
        (Self::PublishTrustList, "publish-trust-list", "publish trust lists"),
        (Self::Record, "record", "record completions"),
        (Self::Approve, "approve", "approve completions"),
        (Self::Reject, "reject", "reject completions"),
        (Self::Sign, "sign", "sign badges"),
        (Self::Offer, "offer", "hand out claim codes"),
        (Self::Redeem, "redeem", "take claim codes"),
        (Self::Exempt, "exempt", "grant exemptions"),
        (Self::ProposeAward, "propose-award", "propose awards"),
        (Self::ApproveAward, "approve-award", "approve awards"),
        (Self::SignAward, "sign-award", "sign diplomas"),
        (Self::Revoke, "revoke", "revoke badges"),
        (Self::Reinstate, "reinstate", "reinstate badges"),
        (Self::CreateApiKey, "create-api-key", "create API keys"),
        (Self::EndApiKey, "end-api-key", "end API keys"),
        (Self::Read, "read", "read the records"),
        (Self::ReadAudit, "read-audit", "read the audit log"),
    ];

    /// The word in the audit log.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(action, ..)| *action == self).map_or("", |(_, name, _)| name)
    }

    /// The action of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, found, _)| *found == name).map(|(action, ..)| *action)
    }

    fn verb(self) -> &'static str {
        Self::ALL.iter().find(|(action, ..)| *action == self).map_or("", |(.., verb)| verb)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Who acts: the name of an API key or of an account, never that of a person. 1 to 64 of `a-z A-Z 0-9 . _ : -`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActorId(String);

/// A text that names no actor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not a name for an API key or account: 1 to 64 letters, digits, dots, colons, dashes or underscores"
)]
pub struct ActorIdError {
    text: String,
}

impl ActorId {
    /// Reads the name of an API key or account.
    ///
    /// # Errors
    /// [`ActorIdError`] when it is empty, over 64 characters, or has other characters.
    pub fn parse(text: &str) -> Result<Self, ActorIdError> {
        if crate::text::is_plain_name(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ActorIdError { text: text.chars().take(80).collect() })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ActorId {
    type Error = ActorIdError;
    fn try_from(text: String) -> Result<Self, ActorIdError> {
        Self::parse(&text)
    }
}

impl From<ActorId> for String {
    fn from(id: ActorId) -> Self {
        id.0
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody who acts in a role: whoever holds an API key, or works at the command line of the institution's own machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    id: ActorId,
    role: Role,
}

/// Somebody may not do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{id} acts as {role}, which may not {}; that is for {}", .action.verb(), roles(Role::that_may(*.action)))]
pub struct NotPermitted {
    /// Who asked.
    pub id: ActorId,
    /// In which role.
    pub role: Role,
    /// For what.
    pub action: Action,
}

fn roles(roles: &[Role]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" or ")
}

/// Proof that somebody's role allows something. Only [`Actor::permit`] makes one, and without one nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit<'a> {
    actor: &'a Actor,
    action: Action,
}

impl Actor {
    /// Somebody whom the caller has authenticated, acting in that role.
    pub fn new(id: ActorId, role: Role) -> Self {
        Self { id, role }
    }

    /// Who.
    pub fn id(&self) -> &ActorId {
        &self.id
    }

    /// In which role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Asks whether the role allows it.
    ///
    /// # Errors
    /// [`NotPermitted`], which names the roles that do.
    pub fn permit(&self, action: Action) -> Result<Permit<'_>, NotPermitted> {
        if Role::that_may(action).contains(&self.role) {
            Ok(Permit { actor: self, action })
        } else {
            Err(NotPermitted { id: self.id.clone(), role: self.role, action })
        }
    }
}

impl Permit<'_> {
    /// Who was permitted.
    pub fn actor(&self) -> &Actor {
        self.actor
    }

    /// The line of the audit log that goes with the change: `object` is an identifier or code, never a name of a person.
    pub fn entry(&self, at: Timestamp, object: impl Into<String>, count: usize) -> AuditEntry {
        AuditEntry {
            at,
            actor: self.actor.id.clone(),
            role: self.actor.role,
            action: self.action,
            object: object.into(),
            count: u32::try_from(count).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_both_records_and_approves() {
        for role in Role::ALL {
            let may = |action| Role::that_may(action).contains(&role);
            assert!(!(may(Action::Record) && may(Action::Approve)), "{role}");
            assert!(!(may(Action::ProposeAward) && may(Action::ApproveAward)), "{role}");
        }
    }

    #[test]
    fn an_auditor_only_reads() {
        for (action, ..) in Action::ALL {
            let reads = matches!(action, Action::Read | Action::ReadAudit);
            assert_eq!(Role::that_may(action).contains(&Role::Auditor), reads, "{action}");
        }
    }

    #[test]
    fn a_refusal_names_the_roles_that_may() {
        let actor = Actor::new(ActorId::parse("balie-1").unwrap(), Role::Registrar);
        assert_eq!(
            actor.permit(Action::Approve).unwrap_err().to_string(),
            "balie-1 acts as registrar, which may not approve completions; that is for examination-board",
        );
        assert_eq!(
            actor.permit(Action::ReadAudit).unwrap_err().to_string(),
            "balie-1 acts as registrar, which may not read the audit log; that is for administrator or auditor",
        );
    }

    #[test]
    fn every_action_has_its_name_back() {
        for (action, name, _) in Action::ALL {
            assert_eq!(Action::find(name), Some(action));
            assert_eq!(serde_json::to_value(action).unwrap(), name);
        }
        for role in Role::ALL {
            assert_eq!(Role::find(role.name()), Some(role));
        }
    }

    #[test]
    fn the_name_of_an_actor_is_plain() {
        for good in ["a", "cli:registrar", "balie-1", "A.b_c"] {
            assert!(ActorId::parse(good).is_ok(), "{good}");
        }
        assert_eq!(
            ActorId::parse("Anna Bakker").unwrap_err().to_string(),
            "\"Anna Bakker\" is not a name for an API key or account: 1 to 64 letters, digits, dots, colons, dashes or underscores",
        );
    }
}

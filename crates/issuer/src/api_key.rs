//! Who is it that presents this token? API keys, each of which carries one role.

use serde::Serialize;
use stapel_credential::Timestamp;

use crate::error::IssuerError;
use crate::repository::{Added, Repository, RepositoryError};
use crate::role::{Action, Actor, ActorId, Role};
use crate::secret::{Secret, SecretHash};

/// An API key: its token is stored only as a hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    /// Its name, which stands in the audit log.
    pub name: ActorId,
    /// Its one role.
    pub role: Role,
    /// Of its token.
    #[serde(skip)]
    pub hash: SecretHash,
    /// Since when.
    pub created: Timestamp,
    /// From when it no longer holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
}

/// Makes an API key with one role. The token is returned once; its hash is stored.
///
/// # Errors
/// [`IssuerError::ApiKeyTaken`] when the name is or was in use.
pub fn create_api_key(
    repository: &dyn Repository,
    by: &Actor,
    name: ActorId,
    role: Role,
    now: Timestamp,
) -> Result<(ApiKey, Secret), IssuerError> {
    let permit = by.permit(Action::CreateApiKey)?;
    let token = Secret::generate()?;
    let key = ApiKey { name, role, hash: token.hash(), created: now, ended: None };
    match repository.add_api_key(&key, &permit.entry(now, key.name.as_str(), 1))? {
        Added::Added => Ok((key, token)),
        Added::Taken => Err(IssuerError::ApiKeyTaken { name: key.name }),
    }
}

/// Ends an API key.
///
/// # Errors
/// [`IssuerError::UnknownApiKey`] when there is none of that name that still holds.
pub fn end_api_key(repository: &dyn Repository, by: &Actor, name: &ActorId, now: Timestamp) -> Result<(), IssuerError> {
    let permit = by.permit(Action::EndApiKey)?;
    if repository.end_api_key(name, now, &permit.entry(now, name.as_str(), 1))? {
        Ok(())
    } else {
        Err(IssuerError::UnknownApiKey { name: name.clone() })
    }
}

/// Who presents this token? `None` when it is of no key that holds.
///
/// # Errors
/// [`RepositoryError`] when the store does not answer.
pub fn find_actor(repository: &dyn Repository, token: &str, now: Timestamp) -> Result<Option<Actor>, RepositoryError> {
    let key = repository.find_api_key(SecretHash::of(token))?;
    Ok(key.filter(|key| key.ended.is_none_or(|ended| now < ended)).map(|key| Actor::new(key.name, key.role)))
}

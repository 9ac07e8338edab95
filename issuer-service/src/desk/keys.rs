//! Who may use the API, and as what?

use serde::{Deserialize, Serialize};
use stapel_credential::Timestamp;
use stapel_issuer::{Action, Actor, ActorId, ApiKey, Repository, Role, create_api_key, end_api_key, find_actor};

use super::DeskError;

/// A key that is to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    pub(crate) name: ActorId,
    pub(crate) role: Role,
}

/// A key that was made: its token is shown this once.
#[derive(Serialize)]
pub(crate) struct MadeKey {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) token: String,
}

/// Makes a key.
pub(crate) fn add(repository: &dyn Repository, by: &Actor, new: NewKey, now: Timestamp) -> Result<MadeKey, DeskError> {
    let (key, token) = create_api_key(repository, by, new.name, new.role, now)?;
    Ok(MadeKey { name: key.name.to_string(), role: key.role, token: token.expose().to_owned() })
}

/// All keys, ended ones too, without their tokens.
pub(crate) fn list(repository: &dyn Repository, by: &Actor) -> Result<Vec<ApiKey>, DeskError> {
    by.permit(Action::Read)?;
    Ok(repository.api_keys()?)
}

/// Ends a key.
pub(crate) fn end(repository: &dyn Repository, by: &Actor, name: &ActorId, now: Timestamp) -> Result<(), DeskError> {
    Ok(end_api_key(repository, by, name, now)?)
}

/// Who presents this token, if it is of a key that holds.
pub(crate) fn who(repository: &dyn Repository, token: &str, now: Timestamp) -> Result<Option<Actor>, DeskError> {
    Ok(find_actor(repository, token, now)?)
}

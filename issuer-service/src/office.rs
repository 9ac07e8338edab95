//! What do command line and service share? The records of one institution, and its key where something is signed.

use std::sync::Arc;

use stapel_issuer::{Actor, ActorId, Institution, Issuer, Records, Repository, Role, SignFailure};
use stapel_keys::Signer;

use crate::failure::Failure;
use crate::folder::Folder;
use crate::routes::Addresses;

/// The institution's office: its records.
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) repository: Arc<dyn Repository>,
    pub(crate) institution: Institution,
    pub(crate) addresses: Addresses,
}

impl Office {
    pub(crate) fn new(repository: Arc<dyn Repository>, institution: Institution) -> Self {
        let addresses = Addresses::of(&institution);
        Self { repository, institution, addresses }
    }

    /// The office of that data folder.
    pub(crate) fn open(folder: &Folder) -> Result<Self, Failure> {
        let repository = folder.open_store()?;
        let institution = folder.institution(repository.as_ref())?;
        Ok(Self::new(repository, institution))
    }

    pub(crate) fn records(&self) -> Records<'_> {
        Records::new(self.repository.as_ref(), &self.institution)
    }

    /// The institution with its key.
    pub(crate) fn issuer<'a>(&'a self, signer: &'a dyn Signer) -> Result<Issuer<'a>, SignFailure> {
        let named = self.institution.verification_method().fragment();
        // `init` names the key after itself, so that a folder with another institution's key is found before it signs.
        if named
            .is_some_and(|fragment| fragment.starts_with("z6Mk") && fragment != signer.verifying_key().to_multikey())
        {
            return Err(SignFailure::KeyOfAnother { did: self.institution.did().clone() });
        }
        Issuer::new(self.records(), signer)
    }
}

/// Who acts when the service itself redeems codes and signs what was claimed.
pub(crate) fn service_actor() -> Result<Actor, Failure> {
    Ok(Actor::new(ActorId::parse("service")?, Role::Signer))
}

/// Who acts when somebody who holds folder and passphrase manages API keys at the command line.
pub(crate) fn local_administrator() -> Result<Actor, Failure> {
    Ok(Actor::new(ActorId::parse("command-line")?, Role::Administrator))
}

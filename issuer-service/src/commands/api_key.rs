//! `api-key`: who may use the API, and as what?

use serde_json::json;
use stapel_issuer::{Actor, ActorId, Role};

use super::ActingAs;
use crate::clock;
use crate::desk::keys::{self, NewKey};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::{Office, local_administrator};
use crate::output::Output;
use crate::passphrase::PassphraseSource;
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Make a key; its token is printed once
    Add {
        /// Its name, which stands in the audit log: an account or a desk, never a person
        #[arg(long)]
        name: String,
        /// registrar, examination-board, signer, administrator or auditor
        #[arg(long, value_parser = role)]
        role: Role,
        #[command(flatten)]
        proof: AdministratorProof,
    },
    /// List the keys, without their tokens
    List {
        #[command(flatten)]
        proof: AdministratorProof,
    },
    /// End a key
    Remove {
        /// Its name
        name: String,
        #[command(flatten)]
        proof: AdministratorProof,
    },
}

/// An administrator's API key, or the passphrase of the signing key: whoever has folder and passphrase may do anything.
#[derive(Debug, clap::Args)]
pub(crate) struct AdministratorProof {
    #[command(flatten)]
    acting: ActingAs,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

fn role(text: &str) -> Result<Role, String> {
    Role::find(text).ok_or_else(|| {
        let names: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("the roles are {}", names.join(", "))
    })
}

pub(crate) fn run(folder: &Folder, verb: Verb, language: Language) -> Result<Output, Failure> {
    let office = Office::open(folder)?;
    let repository = office.repository.as_ref();
    let administrator = |proof: &AdministratorProof| -> Result<Actor, Failure> {
        proof.acting.actor_or(repository, || {
            folder.open_key(&proof.passphrase, language)?;
            local_administrator()
        })
    };
    match verb {
        Verb::Add { name, role, proof } => {
            let new = NewKey { name: ActorId::parse(&name)?, role };
            let made = keys::add(repository, &administrator(&proof)?, new, clock::now())?;
            Ok(Output::new(made.token.clone(), &made))
        }
        Verb::List { proof } => {
            let found = keys::list(repository, &administrator(&proof)?)?;
            let lines: Vec<_> = found
                .iter()
                .map(|key| {
                    let ended =
                        key.ended.map(|at| language.either(format!("  beëindigd {at}"), format!("  ended {at}")));
                    format!("{:<24} {:<18} {}{}", key.name, key.role, key.created, ended.unwrap_or_default())
                })
                .collect();
            Ok(Output::new(lines.join("\n"), &found))
        }
        Verb::Remove { name, proof } => {
            let name = ActorId::parse(&name)?;
            keys::end(repository, &administrator(&proof)?, &name, clock::now())?;
            let text = language.either(format!("{name} is beëindigd"), format!("{name} was ended"));
            Ok(Output::new(text, &json!({ "ended": name })))
        }
    }
}

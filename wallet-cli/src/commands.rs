//! Which verb does what? One file each.

mod bundle;
mod catalogue;
mod dossier;
mod exemption;
mod helps;
mod id;
mod init;
mod keep;
mod leave;
mod list;
mod lock;
mod nearest;
mod passphrase;
mod present;
mod programme;
mod programmes;
mod progress;
mod receive;
mod recover;
mod show;
mod trust;
mod unlock;
mod verify;

pub(crate) use self::dossier::Contents;
pub(crate) use self::verify::{Change, Counts};
use crate::cli::Verb;
use crate::error::Failure;
use crate::output::Output;
use crate::session::Session;

/// Does what was asked.
pub(crate) fn run(verb: &Verb, session: &Session) -> Result<Output, Failure> {
    match verb {
        Verb::Init(asked) => init::run(asked, session),
        Verb::Id => id::run(session),
        Verb::Receive(asked) => receive::run(asked, session),
        Verb::List => list::run(session),
        Verb::Show(asked) => show::run(asked, session),
        Verb::Programme(asked) => programme::run(asked, session),
        Verb::Trust(asked) => trust::run(asked, session),
        Verb::Progress(asked) => progress::run(asked, session),
        Verb::Nearest(asked) => nearest::run(asked, session),
        Verb::Helps(asked) => helps::run(asked, session),
        Verb::Catalogue(asked) => catalogue::run(asked, session),
        Verb::Present(asked) => present::run(asked, session),
        Verb::Bundle(asked) => bundle::run(asked, session),
        Verb::Exemption(asked) => exemption::run(asked, session),
        Verb::Verify(asked) => verify::run(asked, session),
        Verb::Dossier(asked) => dossier::run(asked, session),
        Verb::Unlock(asked) => unlock::run(asked, session),
        Verb::Lock => lock::run(session),
        Verb::Recover(asked) => recover::run(asked, session),
        Verb::Passphrase(asked) => passphrase::run(asked, session),
    }
}

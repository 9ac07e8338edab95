//! `stapel passphrase`: how is the passphrase changed?

use serde_json::json;
use stapel_keys::KdfCost;

use crate::cli::NewPassphrase;
use crate::error::Failure;
use crate::output::Output;
use crate::passphrase;
use crate::session::Session;
use crate::words::{Say, say};

pub(crate) fn run(asked: &NewPassphrase, session: &Session) -> Result<Output, Failure> {
    let path = session.existing()?;
    // By the old passphrase, even while the wallet is unlocked: who sits down at an open wallet must not take it over.
    let old = passphrase::ask(session.passphrase_file.as_deref(), session.language)?;
    let mut wallet = stapel_wallet::Wallet::open(&path, &old)?;
    let new = passphrase::choose(asked.new_passphrase_file.as_deref(), session.language)?;
    wallet.change_passphrase(&new, KdfCost::standard())?;
    Ok(Output::new(say(&Say::PassphraseChanged, session.language), &json!({ "changed": true })))
}

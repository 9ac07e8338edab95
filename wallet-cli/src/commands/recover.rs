//! `stapel recover`: what if the passphrase is forgotten?

use serde_json::json;
use stapel_keys::KdfCost;
use stapel_wallet::Wallet;

use crate::cli::Recover;
use crate::error::Failure;
use crate::output::Output;
use crate::passphrase;
use crate::session::Session;
use crate::words::{Say, say};

pub(crate) fn run(asked: &Recover, session: &Session) -> Result<Output, Failure> {
    let path = session.existing()?;
    let words = passphrase::recovery_words(asked.words_from.as_deref(), session.language)?;
    let mut wallet = Wallet::open_with_recovery(&path, &words)?;
    let passphrase = passphrase::choose(asked.new.new_passphrase_file.as_deref(), session.language)?;
    wallet.change_passphrase(&passphrase, KdfCost::standard())?;
    Ok(Output::new(say(&Say::Recovered, session.language), &json!({ "recovered": true, "did": wallet.id() })))
}

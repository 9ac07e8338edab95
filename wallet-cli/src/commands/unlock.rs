//! `stapel unlock`: how does the wallet stay open for some minutes?

use serde_json::json;

use crate::cli::Unlock;
use crate::error::Failure;
use crate::keyring;
use crate::output::Output;
use crate::passphrase;
use crate::session::Session;
use crate::words::{Say, say};

pub(crate) fn run(asked: &Unlock, session: &Session) -> Result<Output, Failure> {
    let path = session.existing()?;
    // By the passphrase each time: an open wallet must not keep itself open.
    let passphrase = passphrase::ask(session.passphrase_file.as_deref(), session.language)?;
    let wallet = stapel_wallet::Wallet::open(&path, &passphrase)?;
    keyring::keep(wallet.path(), &wallet.data_key(), asked.minutes)
        .map_err(|reason| Failure::NoSafePlace { reason })?;
    let text = say(&Say::Unlocked { minutes: asked.minutes }, session.language);
    Ok(Output::new(text, &json!({ "unlocked": true, "minutes": asked.minutes })))
}

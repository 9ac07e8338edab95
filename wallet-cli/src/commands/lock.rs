//! `stapel lock`: how is the wallet closed before its time?

use serde_json::json;

use crate::error::Failure;
use crate::keyring;
use crate::output::Output;
use crate::session::Session;
use crate::words::{Say, say};

pub(crate) fn run(session: &Session) -> Result<Output, Failure> {
    let was_open = keyring::forget(&session.existing()?);
    Ok(Output::new(
        say(&Say::Locked { was_open }, session.language),
        &json!({ "unlocked": false, "wasUnlocked": was_open }),
    ))
}

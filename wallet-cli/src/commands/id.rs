//! `stapel id`: by which DID do others know this wallet?

use serde_json::json;

use crate::error::Failure;
use crate::output::Output;
use crate::session::Session;

pub(crate) fn run(session: &Session) -> Result<Output, Failure> {
    let wallet = session.open()?;
    Ok(Output::new(wallet.id().as_str(), &json!({ "did": wallet.id() })))
}

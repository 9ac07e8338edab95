//! `stapel programme`: toward what can one work?

use serde_json::json;
use stapel_verifier::DocumentKind;
use stapel_wallet::{Incoming, WalletError};

use super::keep::keep;
use super::list::{rows, table};
use crate::cli::Programme;
use crate::error::{Failure, Kind};
use crate::file;
use crate::output::Output;
use crate::session::Session;
use crate::words::{Say, say};

pub(crate) fn run(asked: &Programme, session: &Session) -> Result<Output, Failure> {
    let mut wallet = session.open()?;
    match asked {
        Programme::Add { from } => {
            let text = file::read(from, &session.network)?;
            match Incoming::read(&text).map_err(WalletError::from)? {
                Incoming::Document(DocumentKind::Programme) => keep(&text, &mut wallet, session),
                _ => Err(Failure::OtherKind { wanted: Kind::Programme }),
            }
        }
        Programme::List => {
            let programmes = wallet.programmes()?;
            let text = if programmes.is_empty() {
                say(&Say::NoProgrammes, session.language)
            } else {
                table(&programmes, session)
            };
            Ok(Output::new(text, &json!({ "programmes": rows(&programmes) })))
        }
    }
}

//! `migrate`: is the database of this program's version?

use serde_json::json;

use crate::clock;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::output::Output;
use crate::words::{Either as _, Language};

pub(crate) fn run(folder: &Folder, language: Language) -> Result<Output, Failure> {
    if !folder.store_path().is_file() {
        return Err(Failure::NotSetUp { folder: folder.path().to_owned() });
    }
    let migrated = folder.migrate_store(clock::now())?;
    let (from, to) = (migrated.from, migrated.to);
    let text = if from == to {
        language.either(format!("versie {to}: niets te doen"), format!("version {to}: nothing to do"))
    } else {
        language.either(format!("van versie {from} naar {to}"), format!("from version {from} to {to}"))
    };
    Ok(Output::new(text, &json!({ "from": from, "to": to })))
}

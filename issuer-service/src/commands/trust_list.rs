//! `trust-list`: whom does this body vouch for, and for which codes?

use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use stapel_credential::Uri;
use stapel_issuer::TrustListDraft;

use super::{ActingAs, in_file, read_bytes, write_public};
use crate::clock;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::passphrase::PassphraseSource;
use crate::routes::{MAX_FILE_BYTES, TRUST_LIST};
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Sign the next edition
    Make {
        /// CSV: did, name, kind, from; and perhaps funding, brin, country, code, until
        file: PathBuf,
        /// The list's name: every answer that rests on it says it
        #[arg(long, value_name = "NAME")]
        name: String,
        /// The list's id, the same for all editions (default: where `serve` publishes it)
        #[arg(long, value_name = "URI")]
        id: Option<String>,
        /// The number this edition must get; editions count up by themselves
        #[arg(long, value_name = "N")]
        sequence: Option<u64>,
        /// For how many days it holds
        #[arg(long, value_name = "DAYS", default_value_t = 30)]
        valid_days: u16,
        /// Where the signed list is written
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        acting: ActingAs,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
}

pub(crate) fn run(folder: &Folder, verb: Verb, language: Language) -> Result<Output, Failure> {
    let Verb::Make { file, name, id, sequence, valid_days, out, acting, passphrase } = verb;
    let office = Office::open(folder)?;
    let by = acting.actor(office.repository.as_ref())?;
    let list = Uri::parse(&id.unwrap_or_else(|| office.addresses.url(TRUST_LIST, &[])))?;
    let earlier = office.repository.find_trust_list(&list)?.map_or(0, |earlier| earlier.sequence);
    if let Some(asked) = sequence.filter(|asked| *asked != earlier.saturating_add(1)) {
        return Err(Failure::Argument(format!(
            "the next edition of {list} has number {}, not {asked}; nothing was signed",
            earlier.saturating_add(1)
        )));
    }
    let csv = read_bytes(&file, MAX_FILE_BYTES as u64)?;
    let draft = TrustListDraft { list, name, valid_for: Duration::from_hours(24 * u64::from(valid_days)) };
    let key = folder.open_key(&passphrase, language)?;
    let published = office
        .issuer(&key)?
        .publish_trust_list(&by, &draft, &csv, clock::now())
        .map_err(|error| in_file(&file)(error.into()))?;
    let Some(path) = out else {
        return Ok(Output::new(
            published.text.clone(),
            &json!({
                "list": published.list, "sequence": published.sequence, "text": published.text,
            }),
        ));
    };
    write_public(&path, &published.text)?;
    let text = language.either(
        format!("{}, uitgave {}: {}", draft.name, published.sequence, path.display()),
        format!("{}, edition {}: {}", draft.name, published.sequence, path.display()),
    );
    let json = json!({ "list": published.list, "sequence": published.sequence, "file": path });
    Ok(Output::new(text, &json))
}

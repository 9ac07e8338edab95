//! Which vocabularies does the verifier bring along? A folder with JSON-LD contexts, each pinned by its digest.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use stapel_credential::{Digest, json};
use stapel_verifier::{Dossier, KindError};
use stapel_wallet::{IncomingError, WalletError};

use crate::error::Failure;
use crate::file;

/// The file that says which context stands in which file.
const INDEX: &str = "contexts.json";

/// One context of the folder.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Pinned {
    /// The name of the file in the folder.
    file: String,
    /// The digest of its exact bytes, as `relatedResource` writes it (`sha256-` and base64).
    #[serde(rename = "digestSRI")]
    digest_sri: Digest,
}

/// Adds the contexts that `contexts.json` of the folder names: `{"https://terms.example/v1": {"file": "terms.json",
/// "digestSRI": "sha256-…"}}`. They are pinned by whoever made that file; nothing is fetched.
///
/// # Errors
/// A file that cannot be read, an index of another shape, bytes with another digest, an address that the program knows already
/// with other bytes.
pub(super) fn add(folder: &Path, dossier: &mut Dossier) -> Result<(), Failure> {
    let read = |name: &str| file::read_here(&folder.join(name).to_string_lossy());
    let index = read(INDEX)?;
    let wrong = |error| Failure::from(WalletError::from(IncomingError::from(KindError::Json(error))));
    json::parse(&index).map_err(wrong)?;
    let pinned: BTreeMap<String, Pinned> = json::view(&index).map_err(wrong)?;
    for (url, context) in &pinned {
        let text = read(&context.file)?;
        dossier.add_context(url, &text, &context.digest_sri).map_err(WalletError::from)?;
    }
    Ok(())
}

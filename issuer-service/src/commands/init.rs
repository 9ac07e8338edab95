//! `init`: how does an institution begin?

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;
use stapel_credential::{Did, DidUrl, Uri};
use stapel_did::{Resolution, did_key, did_key_verification_method, resolve};
use stapel_issuer::{ActorId, Institution, InstitutionText, Repository, Role, set_up};
use stapel_keys::{KdfCost, KeyFile, SigningKey};
use stapel_openid::IssuerIdentifier;

use super::{create_private, write_secret};
use crate::clock;
use crate::desk::keys::{self, MadeKey, NewKey};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::office::local_administrator;
use crate::output::Output;
use crate::passphrase::{self, PassphraseSource};
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The institution's name, as it stands in every badge
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Issue as did:web under this host, perhaps with port and path: badges.school.example/zorg
    #[arg(long, value_name = "HOST[:PORT][/PATH]", conflicts_with = "did_key", required_unless_present = "did_key")]
    did_web: Option<String>,
    /// Issue as did:key: needs no web host, but the key can never change
    #[arg(long)]
    did_key: bool,
    /// Country of the institution (ISO 3166-1 alpha-2)
    #[arg(long, value_name = "NL")]
    country: String,
    /// BRIN code, for a Dutch school
    #[arg(long, value_name = "25LP")]
    brin: Option<String>,
    /// Where this service will answer, without a slash at the end
    #[arg(long, value_name = "URL")]
    base_url: String,
    /// The institution's own web site
    #[arg(long, value_name = "HOMEPAGE")]
    url: Option<String>,
    /// Write the API keys into this folder, one file each (mode 0600), instead of printing them
    #[arg(long, value_name = "DIR")]
    api_keys_to: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

/// The roles that get a key, and the file of each.
const KEYS: [(Role, &str); 5] = [
    (Role::Administrator, "admin.key"),
    (Role::Registrar, "registrar.key"),
    (Role::ExaminationBoard, "board.key"),
    (Role::Signer, "signer.key"),
    (Role::Auditor, "auditor.key"),
];

pub(crate) fn run(folder: &Folder, arguments: &Arguments, language: Language) -> Result<Output, Failure> {
    let base_url = base_url(&arguments.base_url)?;
    folder.create()?;
    folder.migrate_store(clock::now())?;
    let repository = folder.open_store()?;
    if let Some(institution) = repository.find_institution()? {
        let name = institution.name().to_owned();
        return Err(Failure::SetUpAlready { folder: folder.path().to_owned(), name });
    }
    let key = key(folder, &arguments.passphrase, language)?;
    let (did, verification_method) = names(arguments.did_web.as_deref(), &key)?;
    let institution = Institution::new(InstitutionText {
        name: arguments.name.clone(),
        did: did.clone(),
        verification_method,
        country: arguments.country.clone(),
        brin: arguments.brin.clone(),
        base_url,
        url: arguments.url.as_deref().map(Uri::parse).transpose()?,
    })?;
    let made = api_keys(&repository)?;
    set_up(repository.as_ref(), &local_administrator()?, &institution, clock::now())?;
    let files = match &arguments.api_keys_to {
        Some(directory) => Some(write_keys(directory, &made)?),
        None => None,
    };
    Ok(report(&institution, &made, files.as_deref(), language))
}

/// https, or plain http on this machine for development.
fn base_url(text: &str) -> Result<Uri, Failure> {
    // A slash at the end is so common a slip that it is taken away.
    let text = text.strip_suffix('/').unwrap_or(text);
    IssuerIdentifier::parse(text).map_err(|error| Failure::Argument(error.to_string()))?;
    Ok(Uri::parse(text)?)
}

/// A new key; that of an `init` which did not come to its end is used again.
fn key(folder: &Folder, source: &PassphraseSource, language: Language) -> Result<SigningKey, Failure> {
    if folder.key_path().exists() {
        return folder.open_key(source, language);
    }
    let passphrase = passphrase::choose(source, language)?;
    let key = SigningKey::generate()?;
    KeyFile::create(&folder.key_path(), &key, &passphrase, KdfCost::standard())?;
    Ok(key)
}

/// The DID, and the key under it. The key of a did:web is named after itself, so that it is never taken for another.
fn names(did_web: Option<&str>, key: &SigningKey) -> Result<(Did, DidUrl), Failure> {
    let verifying = key.verifying_key();
    let Some(place) = did_web else {
        return Ok((did_key(&verifying), did_key_verification_method(&verifying)));
    };
    let place = place.strip_prefix("https://").unwrap_or(place).trim_end_matches('/');
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.replace(':', "%3A");
    let parts: Vec<_> = std::iter::once(host.as_str()).chain(path.split('/').filter(|part| !part.is_empty())).collect();
    let did = Did::parse(&format!("did:web:{}", parts.join(":")))?;
    resolve(&did).map_err(|error| Failure::Argument(error.to_string()))?;
    let method = did.with_fragment(&verifying.to_multikey())?;
    Ok((did, method))
}

/// One key for each role. Those of an `init` that did not come to its end are ended: nobody saw them.
fn api_keys(repository: &Arc<dyn Repository>) -> Result<Vec<MadeKey>, Failure> {
    let by = local_administrator()?;
    let earlier = repository.api_keys()?;
    KEYS.iter()
        .map(|(role, _)| {
            let mut name = role.name().to_owned();
            let mut count = 1;
            while let Some(key) = earlier.iter().find(|key| key.name.as_str() == name) {
                if key.ended.is_none() {
                    keys::end(repository.as_ref(), &by, &key.name, clock::now())?;
                }
                count += 1;
                name = format!("{}-{count}", role.name());
            }
            let new = NewKey { name: ActorId::parse(&name)?, role: *role };
            Ok(keys::add(repository.as_ref(), &by, new, clock::now())?)
        })
        .collect()
}

fn write_keys(directory: &Path, made: &[MadeKey]) -> Result<Vec<PathBuf>, Failure> {
    create_private(directory)?;
    made.iter()
        .zip(KEYS)
        .map(|(key, (_, file))| {
            let path = directory.join(file);
            write_secret(&path, &format!("{}\n", key.token))?;
            Ok(path)
        })
        .collect()
}

fn report(institution: &Institution, made: &[MadeKey], files: Option<&[PathBuf]>, language: Language) -> Output {
    let document = match resolve(institution.did()) {
        Ok(Resolution::Fetch(url)) => Some(url),
        _ => None,
    };
    let mut text = format!("{}\n{}", institution.name(), institution.did());
    if let Some(document) = &document {
        text.push_str(&language.either(
            format!("\nhet DID-document moet te lezen zijn op {document}; `serve` geeft het daar"),
            format!("\nthe DID document must be readable at {document}; `serve` gives it there"),
        ));
    }
    let mut lines = vec![text];
    lines.push(
        language
            .either(
                "\nAPI-sleutels, één voor elke rol; ze worden maar één keer getoond:",
                "\nAPI keys, one for each role; they are shown only once:",
            )
            .to_owned(),
    );
    let shown: Vec<_> = made
        .iter()
        .enumerate()
        .map(|(index, key)| {
            let file = files.and_then(|files| files.get(index)).map(|path| path.display().to_string());
            lines.push(format!("  {:<18} {}", key.name, file.as_deref().unwrap_or(&key.token)));
            let token = file.is_none().then_some(&key.token);
            json!({ "name": key.name, "role": key.role, "file": file, "token": token })
        })
        .collect();
    let json = json!({
        "name": institution.name(),
        "did": institution.did(),
        "verificationMethod": institution.verification_method(),
        "didDocument": document,
        "baseUrl": institution.base_url(),
        "apiKeys": shown,
    });
    Output::new(lines.join("\n"), &json)
}

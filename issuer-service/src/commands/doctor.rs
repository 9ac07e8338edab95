//! `doctor`: is everything in order?

use serde_json::json;
use stapel_issuer::Role;
use stapel_keys::KeyFile;

use crate::config::Config;
use crate::folder::Folder;
use crate::office::Office;
use crate::output::Output;
use crate::passphrase::PassphraseSource;
use crate::words::{Either as _, Language};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Open the signing key too (asks for the passphrase)
    #[arg(long)]
    open_key: bool,
    #[command(flatten)]
    passphrase: PassphraseSource,
}

/// One thing that was looked at: what, and what was found.
struct Finding {
    what: &'static str,
    found: Result<String, String>,
}

pub(crate) fn run(folder: &Folder, arguments: &Arguments, language: Language) -> Output {
    let mut findings = vec![
        Finding { what: language.either("map", "folder"), found: folder_mode(folder) },
        Finding { what: language.either("instellingen", "settings"), found: settings(folder) },
        Finding { what: language.either("sleutelbestand", "key file"), found: key_file(folder) },
    ];
    match Office::open(folder) {
        Err(failure) => {
            findings.push(Finding { what: language.either("database", "database"), found: Err(failure.to_string()) });
        }
        Ok(office) => findings.extend(records(&office, language)),
    }
    if arguments.open_key {
        let opened = Office::open(folder).and_then(|office| {
            let key = folder.open_key(&arguments.passphrase, language)?;
            office.issuer(&key)?;
            Ok(key.verifying_key().to_multikey())
        });
        let found = opened.map_err(|failure| failure.to_string());
        findings.push(Finding { what: language.either("sleutel", "key"), found });
    }
    let wrong = findings.iter().any(|finding| finding.found.is_err());
    let lines: Vec<_> = findings
        .iter()
        .map(|Finding { what, found }| match found {
            Ok(text) => format!("ok     {what}: {text}"),
            Err(text) => format!("{}  {what}: {text}", language.either("FOUT ", "WRONG")),
        })
        .collect();
    let json: Vec<_> = findings
        .iter()
        .map(|Finding { what, found }| {
            let (ok, text) = match found {
                Ok(text) => (true, text),
                Err(text) => (false, text),
            };
            json!({ "what": what, "ok": ok, "found": text })
        })
        .collect();
    Output::new(lines.join("\n"), &json).refused(wrong)
}

fn folder_mode(folder: &Folder) -> Result<String, String> {
    let metadata = std::fs::metadata(folder.path()).map_err(|error| format!("{}: {error}", folder.path().display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = metadata.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let path = folder.path().display();
            return Err(format!("{path} has mode {mode:03o}, so others can look into it; run: chmod 700 {path}"));
        }
    }
    Ok(folder.path().display().to_string())
}

fn settings(folder: &Folder) -> Result<String, String> {
    Config::load(&folder.config_path()).map(|config| config.listen.to_string()).map_err(|error| error.to_string())
}

fn key_file(folder: &Folder) -> Result<String, String> {
    KeyFile::load(&folder.key_path()).map(|file| file.public_key().to_multikey()).map_err(|error| error.to_string())
}

fn records(office: &Office, language: Language) -> Vec<Finding> {
    let repository = office.repository.as_ref();
    let institution = &office.institution;
    let mut findings = vec![Finding {
        what: language.either("instelling", "institution"),
        found: Ok(format!("{}, {}", institution.name(), institution.did())),
    }];
    let badges = repository.count_credentials().map_err(|error| error.to_string());
    findings.push(Finding { what: language.either("badges", "badges"), found: badges.map(|count| count.to_string()) });
    let keys = repository.api_keys().map_err(|error| error.to_string()).and_then(|keys| {
        let held = |role| keys.iter().any(|key| key.role == role && key.ended.is_none());
        match [Role::Registrar, Role::ExaminationBoard, Role::Signer].into_iter().find(|role| !held(*role)) {
            Some(role) => Err(format!("no key has the role {role}; make one with: stapel-issuer api-key add")),
            None => Ok(keys.iter().filter(|key| key.ended.is_none()).count().to_string()),
        }
    });
    findings.push(Finding { what: language.either("API-sleutels", "API keys"), found: keys });
    let lists = repository.status_lists().map_err(|error| error.to_string());
    let lists = lists.map(|lists| {
        let taken: u32 = lists.iter().map(|list| list.next).sum();
        format!("{} ({taken})", lists.len())
    });
    findings.push(Finding { what: language.either("statuslijsten", "status lists"), found: lists });
    findings
}

//! Which programmes are looked at together: those that are kept and those named on the command line?

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use stapel_credential::ProgrammeCredential;
use stapel_report::{findings_text, words as sentences};
use stapel_verifier::Verified;
use stapel_wallet::{MAX_PROGRAMMES, NotCounted, Wallet, WalletError, WhyNotCounted, read_programmes};

use crate::error::Failure;
use crate::file;
use crate::output::plain;
use crate::session::Session;
use crate::words::{self, Ahead, Say, say};

/// The programmes that can be counted toward, and what was passed over.
pub(super) struct Programmes {
    pub(super) verified: Vec<Verified<ProgrammeCredential>>,
    pub(super) passed_over: Vec<PassedOver>,
}

/// Something that is not counted toward.
pub(super) struct PassedOver {
    /// A programme with its edition, or a file.
    name: String,
    why: String,
}

impl Programmes {
    /// Reads and verifies them, with what has to be fetched. A folder stands for the `.json` files directly in it.
    pub(super) fn gather(from: &[String], wallet: &mut Wallet, session: &Session) -> Result<Self, Failure> {
        let (mut signed, mut passed_over) = (Vec::new(), Vec::new());
        for what in from {
            for source in files(what)? {
                let text = file::read(&source, &session.network)?;
                let read = match read_programmes(&text) {
                    Ok(read) => read,
                    Err(error @ WalletError::TooManyProgrammes { .. }) => return Err(error.into()),
                    Err(error) => vec![Err(error)],
                };
                for each in read {
                    match each {
                        Ok(programme) => signed.push(programme),
                        Err(error) => {
                            let why = words::failure(&error.into(), session.language);
                            passed_over.push(PassedOver { name: plain(&source), why });
                        }
                    }
                }
                if signed.len() > MAX_PROGRAMMES {
                    return Err(WalletError::TooManyProgrammes { found: signed.len() }.into());
                }
            }
        }
        let (now, all) = (session.now, wallet.with_kept_programmes(signed)?);
        session.network.supply(wallet, |wallet| wallet.missing_for_programmes(&all, now), now);
        let (verified, not_accepted) = wallet.verify_programmes(&all, now)?;
        let mut gathered = Self { verified, passed_over };
        gathered.pass_over(&not_accepted, session);
        Ok(gathered)
    }

    pub(super) fn pass_over(&mut self, not_counted: &[NotCounted], session: &Session) {
        self.passed_over.extend(not_counted.iter().map(|each| PassedOver::of(each, session)));
    }

    /// How many were passed over, and with `all` which and why.
    pub(super) fn passed_over_text(&self, all: bool, session: &Session) -> Option<String> {
        if self.passed_over.is_empty() {
            return None;
        }
        let head = Ahead::PassedOver { number: self.passed_over.len(), all };
        let mut lines = vec![say(&Say::Ahead(head), session.language)];
        if all {
            lines.extend(self.passed_over.iter().map(|each| format!("  – {}: {}", each.name, each.why)));
        }
        Some(lines.join("\n"))
    }

    pub(super) fn passed_over_json(&self) -> Value {
        self.passed_over.iter().map(|each| json!({ "what": each.name, "why": each.why })).collect()
    }
}

impl PassedOver {
    fn of(not_counted: &NotCounted, session: &Session) -> Self {
        let language = session.language;
        let why = match &not_counted.why {
            WhyNotCounted::NotAccepted(findings) => findings_text(findings, language).headline,
            WhyNotCounted::Stacking(error) => sentences::stacking_error(error, language),
            other => format!("{other:?}"),
        };
        let (name, edition) = (not_counted.name.text(language.tag()), &not_counted.programme.edition);
        Self { name: format!("{} ({})", plain(name), plain(edition)), why }
    }
}

/// What is to be read: a folder's `.json` files in the order of their names, or the thing itself.
fn files(what: &str) -> Result<Vec<String>, Failure> {
    if file::is_address(what) || !Path::new(what).is_dir() {
        return Ok(vec![what.to_owned()]);
    }
    let failed = |source| Failure::Read { what: what.to_owned(), source };
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(what).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|end| end == "json") && path.is_file() {
            paths.push(path);
        }
    }
    if paths.len() > MAX_PROGRAMMES {
        return Err(WalletError::TooManyProgrammes { found: paths.len() }.into());
    }
    paths.sort();
    let texts = paths.into_iter().map(|path| {
        path.into_os_string().into_string().map_err(|name| Failure::NotText { what: name.display().to_string() })
    });
    texts.collect()
}

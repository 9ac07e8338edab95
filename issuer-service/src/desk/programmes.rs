//! Which programmes are there, and do the rules of a new one hold together?

use std::fmt;

use serde::Serialize;
use stapel_credential::{Programme, Timestamp, json};
use stapel_issuer::{Actor, Issuer, PublishError, PublishedProgramme, Repository, RepositoryError};
use stapel_stacking::{RuleAdvice, RuleError, Rules};

use super::DeskError;

/// One edition of a programme as listings show it.
#[derive(Debug, Serialize)]
pub(crate) struct ProgrammeView {
    /// The programme, the same for all editions.
    pub(crate) programme: String,
    pub(crate) edition: String,
    pub(crate) name: String,
    /// Where the signed document is.
    pub(crate) credential: String,
    pub(crate) published: Timestamp,
}

/// What a programme asks and what is to be said of its rules, as a check tells it.
#[derive(Debug, Serialize)]
pub(crate) struct Checked {
    pub(crate) programme: String,
    pub(crate) edition: String,
    pub(crate) name: String,
    pub(crate) awards: usize,
    pub(crate) parts: usize,
    /// Why it cannot be signed; then there is no advice.
    pub(crate) errors: Vec<Remark>,
    /// What is allowed and probably not meant.
    pub(crate) advice: Vec<Remark>,
}

/// What is to be said of a rule.
#[derive(Debug, Serialize)]
pub(crate) struct Remark {
    /// Its JSON path within the programme.
    pub(crate) path: String,
    /// What is wrong, and what to do about it.
    pub(crate) sentence: String,
}

impl Remark {
    /// From `path: sentence`; no path holds a colon.
    fn new(line: &RuleError) -> Self {
        let line = line.to_string();
        let (path, sentence) = line.split_once(": ").unwrap_or(("$", &line));
        Self { path: path.to_owned(), sentence: sentence.to_owned() }
    }
}

impl From<RuleAdvice> for Remark {
    fn from(advice: RuleAdvice) -> Self {
        Self { path: advice.path, sentence: advice.doubt.to_string() }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.sentence)
    }
}

impl ProgrammeView {
    pub(crate) fn new(published: &PublishedProgramme) -> Self {
        let content = stapel_credential::ProgrammeCredential::parse(&published.text).ok();
        let name = content.map(|content| content.credential_subject.programme.name.text("nl").to_owned());
        Self {
            programme: published.programme.to_string(),
            edition: published.edition.clone(),
            name: name.unwrap_or_default(),
            credential: published.credential.to_string(),
            published: published.published,
        }
    }
}

/// Reads rules and looks whether they hold together; nothing is published.
pub(crate) fn check(text: &str) -> Result<Checked, DeskError> {
    let checked = examine(text)?;
    if checked.errors.is_empty() {
        Ok(checked)
    } else {
        Err(DeskError::Rules(checked.errors.iter().map(ToString::to_string).collect()))
    }
}

/// Reads rules and tells everything that is to be said of them, mistakes too.
pub(crate) fn examine(text: &str) -> Result<Checked, DeskError> {
    json::parse(text).map_err(PublishError::from)?;
    let programme: Programme = json::view(text).map_err(PublishError::from)?;
    let (errors, advice) = match Rules::read(&programme) {
        Ok(rules) => (Vec::new(), rules.advice().into_iter().map(Remark::from).collect()),
        Err(errors) => (errors.iter().map(Remark::new).collect(), Vec::new()),
    };
    Ok(Checked {
        programme: programme.id.to_string(),
        name: programme.name.text("nl").to_owned(),
        awards: programme.awards.len(),
        parts: programme.parts.len(),
        edition: programme.edition,
        errors,
        advice,
    })
}

/// Signs and publishes an edition whose rules hold together.
pub(crate) fn publish(issuer: &Issuer<'_>, by: &Actor, text: &str, now: Timestamp) -> Result<ProgrammeView, DeskError> {
    check(text)?;
    Ok(ProgrammeView::new(&issuer.publish_programme(by, text, now)?))
}

/// All editions; they are public.
pub(crate) fn list(repository: &dyn Repository) -> Result<Vec<ProgrammeView>, RepositoryError> {
    Ok(repository.programmes()?.iter().map(ProgrammeView::new).collect())
}

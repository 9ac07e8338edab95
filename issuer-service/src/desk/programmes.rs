//! Which programmes are there, and do the rules of a new one hold together?

use serde::Serialize;
use stapel_credential::{Programme, Timestamp, json};
use stapel_issuer::{Actor, Issuer, PublishError, PublishedProgramme, Repository, RepositoryError};
use stapel_stacking::Rules;

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

/// What a programme asks, as a check tells it.
#[derive(Debug, Serialize)]
pub(crate) struct Checked {
    pub(crate) programme: String,
    pub(crate) edition: String,
    pub(crate) name: String,
    pub(crate) awards: usize,
    pub(crate) parts: usize,
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
    json::parse(text).map_err(PublishError::from)?;
    let programme: Programme = json::view(text).map_err(PublishError::from)?;
    let rules =
        Rules::read(&programme).map_err(|errors| DeskError::Rules(errors.iter().map(ToString::to_string).collect()))?;
    let programme = rules.programme();
    Ok(Checked {
        programme: programme.id.to_string(),
        edition: programme.edition.clone(),
        name: programme.name.text("nl").to_owned(),
        awards: programme.awards.len(),
        parts: programme.parts.len(),
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

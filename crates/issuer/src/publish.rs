//! What does the institution publish besides badges? Programmes, trust lists, and the catalogue of both.

use std::time::Duration;

use stapel_credential::context::document_contexts;
use stapel_credential::{
    JsonError, Programme, ProgrammeCredential, ProgrammeSubject, Timestamp, TrustList, TrustListSubject, Uri,
    VerifiableCredential, json,
};
use stapel_keys::random;
use stapel_stacking::{RuleError, Rules};

use crate::achievement::AchievementRecord;
use crate::csv::CsvError;
use crate::envelope::envelope;
use crate::error::IssuerError;
use crate::issued::{PublishedProgramme, PublishedTrustList};
use crate::issuer::Issuer;
use crate::records::Records;
use crate::repository::{Added, RepositoryError};
use crate::role::{Action, Actor};
use crate::trust_csv;

/// Why a programme or a trust list was not published.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// Not such JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The rules contradict themselves.
    #[error("the rules of the programme do not hold together: {}", list(.errors))]
    Rules {
        /// Every contradiction, with its place and what to do.
        errors: Vec<RuleError>,
    },
    /// The edition was published before with other rules.
    #[error(
        "edition {edition} of {programme} was published with other rules; rules never change, publish a new edition"
    )]
    EditionTaken {
        /// The programme.
        programme: Uri,
        /// The edition.
        edition: String,
    },
    /// The file of trusted issuers.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// A name is missing.
    #[error("a trust list needs a name of 1 to 400 characters on one line: every answer names it")]
    Name,
    /// Nobody in it.
    #[error("the trust list names nobody")]
    Nobody,
}

/// A trust list that is to be published: who is in it comes from CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustListDraft {
    /// The list, the same for all its editions.
    pub list: Uri,
    /// Its name: every answer that rests on it says it.
    pub name: String,
    /// For how long this edition holds.
    pub valid_for: Duration,
}

/// What the institution offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    /// The newest version of each achievement, by code.
    pub achievements: Vec<AchievementRecord>,
    /// All editions of its programmes.
    pub programmes: Vec<PublishedProgramme>,
}

impl Records<'_> {
    /// What the institution offers.
    ///
    /// # Errors
    /// [`RepositoryError`] when the store does not answer.
    pub fn catalogue(&self) -> Result<Catalogue, RepositoryError> {
        Ok(Catalogue { achievements: self.repository().achievements()?, programmes: self.repository().programmes()? })
    }
}

impl Issuer<'_> {
    /// Signs and publishes one edition of a programme, given as the JSON of its rules. The same rules again are the same
    /// publication.
    ///
    /// # Errors
    /// [`PublishError`] when the rules cannot be read, or the edition was published with other rules.
    pub fn publish_programme(
        &self,
        by: &Actor,
        rules: &str,
        now: Timestamp,
    ) -> Result<PublishedProgramme, IssuerError> {
        let permit = by.permit(Action::PublishProgramme)?;
        let programme = read_programme(rules)?;
        let repository = self.records().repository();
        let (id, edition) = (programme.id.clone(), programme.edition.clone());
        if let Some(earlier) = repository.find_programme(&id, &edition)? {
            let published = ProgrammeCredential::parse(&earlier.text).map_err(PublishError::from)?;
            return if published.credential_subject.programme == programme {
                Ok(earlier)
            } else {
                Err(PublishError::EditionTaken { programme: id, edition }.into())
            };
        }
        let credential = self.records().institution().address(&format!("programmes/{}", random::uuid_v4()?))?;
        let mut content: VerifiableCredential<ProgrammeSubject> = envelope(
            document_contexts(),
            credential.clone(),
            "ProgrammeCredential",
            self.records().institution().signer(),
            (now, None),
            ProgrammeSubject { id: id.clone(), programme },
        );
        content.name = Some(content.credential_subject.programme.name.text("nl").to_owned());
        let text = self.sign(content, now)?.text().to_owned();
        let published = PublishedProgramme { credential, programme: id, edition, published: now, text };
        let entry = permit.entry(now, format!("{} {}", published.programme, published.edition), 1);
        match repository.add_programme(&published, &entry)? {
            Added::Added => Ok(published),
            Added::Taken => Err(IssuerError::Meanwhile { what: format!("programme {}", published.programme) }),
        }
    }

    /// Signs and stores the next edition of a trust list. The columns of the CSV: `did`, `name`, `kind` (mbo, hbo, wo,
    /// sector, employer, evc-provider, examination-board), `from` (a day); and if wanted `funding` (funded, private),
    /// `brin`, `country`, `code` (crebo:25655), `until` (the first day on which it no longer holds). Each row with a code
    /// is a mandate; rows of one DID are one issuer; a row without a code says from when to when the issuer is vouched for.
    ///
    /// # Errors
    /// [`PublishError`] when the file cannot be read, or one of its rows cannot be taken.
    pub fn publish_trust_list(
        &self,
        by: &Actor,
        draft: &TrustListDraft,
        csv: &[u8],
        now: Timestamp,
    ) -> Result<PublishedTrustList, IssuerError> {
        let permit = by.permit(Action::PublishTrustList)?;
        if !crate::text::is_one_line(&draft.name) {
            return Err(PublishError::Name.into());
        }
        let issuers = trust_csv::read(csv).map_err(PublishError::Csv)?;
        if issuers.is_empty() {
            return Err(PublishError::Nobody.into());
        }
        let repository = self.records().repository();
        let sequence = repository.find_trust_list(&draft.list)?.map_or(1, |earlier| earlier.sequence.saturating_add(1));
        let id = Uri::parse(&format!("urn:uuid:{}", random::uuid_v4()?))?;
        let mut content: VerifiableCredential<TrustListSubject> = envelope(
            document_contexts(),
            id,
            "TrustListCredential",
            self.records().institution().signer(),
            (now, Some(now.after(draft.valid_for))),
            TrustListSubject {
                id: draft.list.clone(),
                trust_list: TrustList { name: draft.name.clone(), sequence, issuers },
            },
        );
        content.name = Some(draft.name.clone());
        let text = self.sign(content, now)?.text().to_owned();
        let published = PublishedTrustList { list: draft.list.clone(), sequence, published: now, text };
        let entry = permit.entry(now, format!("{} {sequence}", draft.list), 1);
        match repository.add_trust_list(&published, &entry)? {
            Added::Added => Ok(published),
            Added::Taken => Err(IssuerError::Meanwhile { what: format!("trust list {}", draft.list) }),
        }
    }
}

fn read_programme(rules: &str) -> Result<Programme, PublishError> {
    json::parse(rules)?;
    let programme: Programme = json::view(rules)?;
    Rules::read(&programme).map_err(|errors| PublishError::Rules { errors })?;
    Ok(programme)
}

pub(crate) fn list(errors: &[RuleError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

//! How does a completion get from the registrar's desk to the point where it may be signed? Everything that needs no key.

use std::time::Duration;

use stapel_credential::{StatusPurpose, Timestamp};
use stapel_keys::random;

use crate::achievement::{AchievementCode, AchievementDraft, AchievementRecord};
use crate::completion::{Completion, CompletionFacts, CompletionId, LearnerRef};
use crate::csv::CsvError;
use crate::error::{CompletionError, IssuerError, Step};
use crate::institution::Institution;
use crate::issued::IssuedCredential;
use crate::new_completion::NewCompletion;
use crate::record_csv::{self, CsvMode, CsvReport};
use crate::repository::{Added, CompletionFilter, Cursor, Insertion, NotChanged, Repository, RepositoryError};
use crate::role::{Action, Actor};
use crate::secret::Secret;
use crate::stage::{Decision, Ended, Offer, StageName, TransitionError};
use stapel_credential::Uri;

/// How many completions are approved in one transaction.
const APPROVE_AT_ONCE: usize = 2_000;

/// The institution's records: what is recorded, approved, offered and revoked. Nothing here signs, so no key is needed.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    repository: &'a dyn Repository,
    institution: &'a Institution,
}

/// What became of a completion that was to be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It was recorded.
    New(CompletionId),
    /// It was recorded before; nothing was changed.
    Duplicate(CompletionId),
}

/// A one-time code for a wallet: shown once.
#[derive(Debug, Clone)]
pub struct OfferedCode {
    /// For which completion.
    pub completion: Completion,
    /// The code.
    pub code: Secret,
    /// From when it is refused.
    pub expires: Timestamp,
}

/// What became of many completions that were to be approved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Approvals {
    /// How many were approved.
    pub approved: usize,
    /// Why others were not.
    pub refused: Vec<NotChanged>,
}

/// Sets up the institution, or changes what badges will say of it.
///
/// # Errors
/// [`IssuerError`] when the role does not allow it or the store does not answer.
pub fn set_up(
    repository: &dyn Repository,
    by: &Actor,
    institution: &Institution,
    now: Timestamp,
) -> Result<(), IssuerError> {
    let permit = by.permit(Action::SetUpInstitution)?;
    Ok(repository.save_institution(institution, &permit.entry(now, institution.did().as_str(), 1))?)
}

impl<'a> Records<'a> {
    /// The records of that institution in that store.
    pub fn new(repository: &'a dyn Repository, institution: &'a Institution) -> Self {
        Self { repository, institution }
    }

    /// The store.
    pub fn repository(&self) -> &'a dyn Repository {
        self.repository
    }

    /// The institution.
    pub fn institution(&self) -> &'a Institution {
        self.institution
    }

    /// Adds the first or the next version of an achievement.
    ///
    /// # Errors
    /// [`IssuerError::Achievement`] when it is an incomplete microcredential or changes its id.
    pub fn add_achievement(
        &self,
        by: &Actor,
        draft: AchievementDraft,
        now: Timestamp,
    ) -> Result<AchievementRecord, IssuerError> {
        let permit = by.permit(Action::AddAchievement)?;
        let earlier = self.repository.find_achievement(draft.code())?;
        let fresh = self.institution.address(&format!("achievements/{}", random::uuid_v4()?))?;
        let record = draft.into_record(self.institution, earlier.as_ref(), fresh, now)?;
        let entry = permit.entry(now, record.reference.to_string(), 1);
        match self.repository.add_achievement(&record, &entry)? {
            Added::Added => Ok(record),
            Added::Taken => Err(IssuerError::Meanwhile { what: format!("achievement {}", record.reference.code) }),
        }
    }

    /// Records completions. Those that are recorded already are left as they are, and said so.
    ///
    /// # Errors
    /// [`IssuerError::Completion`] when one of them cannot be taken; then none is.
    pub fn record(
        &self,
        by: &Actor,
        completions: Vec<NewCompletion>,
        now: Timestamp,
    ) -> Result<Vec<Recorded>, IssuerError> {
        let permit = by.permit(Action::Record)?;
        let mut known = Achievements::default();
        let completions = completions
            .into_iter()
            .map(|new| self.completion(&mut known, by, new, now))
            .collect::<Result<Vec<_>, _>>()?;
        let entry = permit.entry(now, "completions", completions.len());
        let insertions = self.repository.add_completions(&completions, &entry)?;
        Ok(completions
            .iter()
            .zip(insertions)
            .map(|(completion, insertion)| match insertion {
                Insertion::Inserted => Recorded::New(completion.id),
                Insertion::Duplicate { of } => Recorded::Duplicate(of),
            })
            .collect())
    }

    /// Records completions from a CSV file, in one transaction. The columns stand at [`CsvMode`].
    ///
    /// # Errors
    /// [`IssuerError::Csv`] when the file cannot be read, or when a row cannot be taken and `mode` refuses the whole file.
    pub fn record_csv(
        &self,
        by: &Actor,
        bytes: &[u8],
        mode: CsvMode,
        now: Timestamp,
    ) -> Result<CsvReport, IssuerError> {
        let permit = by.permit(Action::Record)?;
        let (rows, mut errors) = record_csv::read(bytes)?;
        let mut known = Achievements::default();
        let (mut numbers, mut completions) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        for (row, new) in rows {
            match self.completion(&mut known, by, new, now) {
                Ok(completion) => {
                    numbers.push(row.number);
                    completions.push(completion);
                }
                Err(IssuerError::Completion(error)) => errors.push(record_csv::row_error(&row, &error)),
                Err(other) => return Err(other),
            }
        }
        errors.sort_by_key(|error| error.row);
        if mode == CsvMode::RefuseWholeFile && !errors.is_empty() {
            return Err(CsvError::Rows { errors }.into());
        }
        let mut report = CsvReport { recorded: Vec::new(), duplicates: Vec::new(), errors };
        if completions.is_empty() {
            return Ok(report);
        }
        let entry = permit.entry(now, "completions", completions.len());
        let insertions = self.repository.add_completions(&completions, &entry)?;
        for ((number, completion), insertion) in numbers.into_iter().zip(&completions).zip(insertions) {
            match insertion {
                Insertion::Inserted => report.recorded.push(completion.id),
                Insertion::Duplicate { of } => report.duplicates.push((number, of)),
            }
        }
        Ok(report)
    }

    fn completion(
        &self,
        known: &mut Achievements,
        by: &Actor,
        new: NewCompletion,
        now: Timestamp,
    ) -> Result<Completion, IssuerError> {
        // The day begins first 14 hours before UTC's.
        let latest = now.after(Duration::from_hours(14)).day();
        if new.awarded > latest {
            return Err(CompletionError::Future { awarded: new.awarded, today: now.day() }.into());
        }
        let achievement = known.find(self.repository, &new.achievement)?;
        let Some(achievement) = achievement else {
            return Err(CompletionError::UnknownAchievement { code: new.achievement }.into());
        };
        Ok(Completion {
            id: CompletionId::new(random::uuid_v4()?),
            facts: CompletionFacts { achievement, learner: new.learner, awarded: new.awarded, further: new.further },
            recorded_by: by.id().clone(),
            recorded_at: now,
            stage: crate::stage::Stage::Recorded,
        })
    }

    /// Approves completions that somebody else recorded. Each is approved or refused on its own.
    ///
    /// # Errors
    /// [`IssuerError`] when the role does not allow it or the store does not answer.
    pub fn approve(
        &self,
        by: &Actor,
        completions: &[CompletionId],
        decision: &Decision,
        now: Timestamp,
    ) -> Result<Vec<Result<Completion, NotChanged>>, IssuerError> {
        let permit = by.permit(Action::Approve)?;
        let entry = permit.entry(now, object(completions), completions.len());
        let step = |completion: Completion| completion.approve(by, decision.clone(), now);
        Ok(self.repository.change_completions(completions, &step, &entry)?)
    }

    /// Approves all that is recorded, of one achievement or of all, in transactions of some thousands.
    ///
    /// # Errors
    /// As [`Records::approve`]; [`IssuerError::InPart`] when some were approved before, which stay.
    pub fn approve_recorded(
        &self,
        by: &Actor,
        achievement: Option<&AchievementCode>,
        decision: &Decision,
        now: Timestamp,
    ) -> Result<Approvals, IssuerError> {
        let permit = by.permit(Action::Approve)?;
        let entry = permit.entry(now, achievement.map_or("completions", AchievementCode::as_str), 0);
        let filter =
            CompletionFilter { stage: Some(StageName::Recorded), achievement: achievement.cloned(), with_did: None };
        let step = |completion: Completion| completion.approve(by, decision.clone(), now);
        let (mut approvals, mut after) = (Approvals::default(), Cursor::default());
        loop {
            let page = self.repository.change_filtered(&filter, after, APPROVE_AT_ONCE, &step, &entry);
            let page = page.map_err(|error| IssuerError::from(error).after(Step::Approve, approvals.approved))?;
            for outcome in page.items {
                match outcome {
                    Ok(_) => approvals.approved += 1,
                    Err(refused) => approvals.refused.push(refused),
                }
            }
            match page.next {
                Some(next) => after = next,
                None => return Ok(approvals),
            }
        }
    }

    /// Rejects completions.
    ///
    /// # Errors
    /// [`IssuerError`] when the role does not allow it, the reason is missing, or the store does not answer.
    pub fn reject(
        &self,
        by: &Actor,
        completions: &[CompletionId],
        reason: &str,
        now: Timestamp,
    ) -> Result<Vec<Result<Completion, NotChanged>>, IssuerError> {
        let permit = by.permit(Action::Reject)?;
        let ended = Ended::new(by, now, reason)?;
        let entry = permit.entry(now, object(completions), completions.len());
        let step = |completion: Completion| completion.reject(ended.clone());
        Ok(self.repository.change_completions(completions, &step, &entry)?)
    }

    /// Hands out a one-time code for each completion that is approved and names no DID. An earlier code of the same
    /// completion is void from then on.
    ///
    /// # Errors
    /// [`IssuerError`] when the role does not allow it or the store does not answer.
    pub fn offer(
        &self,
        by: &Actor,
        completions: &[CompletionId],
        valid_for: Duration,
        now: Timestamp,
    ) -> Result<Vec<Result<OfferedCode, NotChanged>>, IssuerError> {
        let permit = by.permit(Action::Offer)?;
        let expires = now.after(valid_for);
        let codes = completions.iter().map(|_| Secret::generate()).collect::<Result<Vec<_>, _>>()?;
        let offers: std::collections::BTreeMap<_, _> =
            completions.iter().zip(&codes).map(|(id, code)| (*id, Offer { code_hash: code.hash(), expires })).collect();
        let step = |completion: Completion| match offers.get(&completion.id) {
            Some(offer) => completion.offer(offer.clone()),
            None => Ok(completion),
        };
        let entry = permit.entry(now, object(completions), completions.len());
        let changed = self.repository.change_completions(completions, &step, &entry)?;
        Ok(changed
            .into_iter()
            .zip(codes)
            .map(|(outcome, code)| outcome.map(|completion| OfferedCode { completion, code, expires }))
            .collect())
    }

    /// Sets the status bit of a badge: revoked for ever, or suspended where its achievement says so.
    ///
    /// # Errors
    /// [`IssuerError::UnknownCredential`]; [`IssuerError::NotChanged`] when it is revoked already.
    pub fn revoke(
        &self,
        by: &Actor,
        credential: &Uri,
        reason: &str,
        now: Timestamp,
    ) -> Result<Completion, IssuerError> {
        let permit = by.permit(Action::Revoke)?;
        let ended = Ended::new(by, now, reason)?;
        let issued = self.load_credential(credential)?;
        let step = |completion: Completion| completion.revoke(ended.clone());
        self.one(&[issued.completion], &step, &permit.entry(now, credential.as_str(), 1))
    }

    /// Clears the status bit of a suspended badge.
    ///
    /// # Errors
    /// [`TransitionError::RevocationIsFinal`] when it was revoked, not suspended.
    pub fn reinstate(&self, by: &Actor, credential: &Uri, now: Timestamp) -> Result<Completion, IssuerError> {
        let permit = by.permit(Action::Reinstate)?;
        let issued = self.load_credential(credential)?;
        let list = self.repository.find_status_list(issued.status_list)?;
        if list.is_none_or(|list| list.purpose != StatusPurpose::Suspension) {
            return Err(TransitionError::RevocationIsFinal { completion: issued.completion }.into());
        }
        self.one(&[issued.completion], &Completion::reinstate, &permit.entry(now, credential.as_str(), 1))
    }

    fn one(
        &self,
        id: &[CompletionId; 1],
        step: &crate::repository::Transition<'_>,
        entry: &crate::audit::AuditEntry,
    ) -> Result<Completion, IssuerError> {
        let changed = self.repository.change_completions(id, step, entry)?;
        let [completion] = id;
        let unknown = NotChanged::Unknown { completion: *completion };
        Ok(changed.into_iter().next().unwrap_or(Err(unknown))?)
    }

    fn load_credential(&self, id: &Uri) -> Result<IssuedCredential, IssuerError> {
        self.repository.find_credential(id)?.ok_or_else(|| IssuerError::UnknownCredential { id: id.clone() })
    }
}

/// What the audit log calls them: the id of one, else only that they are completions.
fn object(completions: &[CompletionId]) -> String {
    match completions {
        [one] => one.to_string(),
        _ => "completions".to_owned(),
    }
}

/// The newest versions, looked up once a call.
#[derive(Default)]
struct Achievements(std::collections::BTreeMap<AchievementCode, Option<crate::achievement::AchievementRef>>);

impl Achievements {
    fn find(
        &mut self,
        repository: &dyn Repository,
        code: &AchievementCode,
    ) -> Result<Option<crate::achievement::AchievementRef>, RepositoryError> {
        if let Some(found) = self.0.get(code) {
            return Ok(found.clone());
        }
        let found = repository.find_achievement(code)?.map(|record| record.reference);
        self.0.insert(code.clone(), found.clone());
        Ok(found)
    }
}

impl Recorded {
    /// Which completion it is.
    pub fn id(self) -> CompletionId {
        match self {
            Self::New(id) | Self::Duplicate(id) => id,
        }
    }
}

impl OfferedCode {
    /// The school's own reference of the learner, to know whom to send the code.
    pub fn learner(&self) -> &LearnerRef {
        &self.completion.facts.learner
    }
}

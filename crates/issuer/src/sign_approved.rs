//! How are thousands of approved completions signed fast, and none of them twice?
//!
//! Batches are signed on all cores while the batch before is written. A batch is signed for the next places of a status list
//! before they are taken; the places, the badges and the completions' new stage are then written in one transaction, which
//! signs again if somebody else took those places in between. Whatever happens at whatever point, a completion has either no
//! badge or one that is stored, and a badge that is not stored was never seen by anybody.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use serde::Serialize;
use stapel_credential::{Did, StatusPurpose, Timestamp, Uri};
use stapel_keys::random;

use crate::achievement::AchievementRef;
use crate::badge::{Particulars, Template};
use crate::completion::{Completion, CompletionId};
use crate::error::{IssuerError, SignFailure, Step};
use crate::issued::IssuedCredential;
use crate::issuer::Issuer;
use crate::repository::{CompletionFilter, Cursor, Issuance, IssueBatch, Prepared};
use crate::role::{Action, Actor, Permit};
use crate::stage::StageName;
use crate::status::StatusListRecord;

/// How many completions are signed in one transaction, unless the caller says otherwise.
pub const BATCH: NonZeroUsize = NonZeroUsize::new(500).unwrap();
/// Below this number a thread costs more than it saves.
const WORTH_A_THREAD: usize = 16;

/// What was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct SigningReport {
    /// How many badges were signed and stored.
    pub signed: usize,
    /// How many completions somebody else signed at the same moment.
    pub skipped: usize,
}

/// One batch, on its way from the signers to the writer.
struct Batch {
    completions: Arc<Vec<Completion>>,
    templates: Arc<Templates>,
    prepared: Prepared,
}

/// The achievements that are needed, each looked up once.
#[derive(Default, Clone)]
pub(crate) struct Templates(BTreeMap<AchievementRef, Arc<Template>>);

/// Whether the writer came to the end.
enum Written {
    All,
    NoRoom,
}

impl Issuer<'_> {
    /// Signs all completions that are approved and name a DID, in transactions of `batch`.
    ///
    /// # Errors
    /// [`IssuerError`] when the role does not allow it, the key does not sign or the store does not answer;
    /// [`IssuerError::InPart`] when badges were stored before, which stay.
    pub fn sign_approved(&self, by: &Actor, batch: NonZeroUsize, now: Timestamp) -> Result<SigningReport, IssuerError> {
        let permit = by.permit(Action::Sign)?;
        let mut report = SigningReport::default();
        for purpose in [StatusPurpose::Revocation, StatusPurpose::Suspension] {
            loop {
                match self.run(&permit, purpose, batch.get(), now, &mut report) {
                    Ok(Written::NoRoom) => {}
                    Ok(Written::All) => break,
                    Err(error) => return Err(error.after(Step::Sign, report.signed)),
                }
            }
        }
        Ok(report)
    }

    fn run(
        &self,
        permit: &Permit<'_>,
        purpose: StatusPurpose,
        batch: usize,
        now: Timestamp,
        report: &mut SigningReport,
    ) -> Result<Written, IssuerError> {
        thread::scope(|scope| {
            let (sender, receiver) = sync_channel::<Batch>(1);
            let writer = scope.spawn(move || {
                for batch in receiver {
                    if let Written::NoRoom = self.write(permit, purpose, batch, now, report)? {
                        return Ok(Written::NoRoom);
                    }
                }
                Ok::<_, IssuerError>(Written::All)
            });
            let fed = self.feed(&sender, purpose, batch, now);
            drop(sender);
            let written = writer.join().map_err(|_| SignFailure::Thread)??;
            fed.map(|()| written)
        })
    }

    /// Reads and signs batch after batch, until there are no more or the writer has stopped.
    fn feed(
        &self,
        sender: &SyncSender<Batch>,
        purpose: StatusPurpose,
        batch: usize,
        now: Timestamp,
    ) -> Result<(), IssuerError> {
        let repository = self.records.repository();
        let filter = CompletionFilter { stage: Some(StageName::Approved), achievement: None, with_did: Some(true) };
        let mut templates = Templates::default();
        let mut open: Option<StatusListRecord> = None;
        let mut after = Some(Cursor::default());
        while let Some(from) = after {
            let page = repository.completions(&filter, from, batch)?;
            after = page.next;
            let mut completions = page.items;
            for completion in &completions {
                self.load_template(&mut templates, completion)?;
            }
            completions.retain(|completion| templates.purpose(completion) == Some(purpose));
            let shared = Arc::new(templates.clone());
            while !completions.is_empty() {
                let mut list = match open.take().filter(|list| list.room() > 0) {
                    Some(list) => list,
                    None => self.list_with_room(purpose, &mut open)?,
                };
                let room = usize::try_from(list.room()).unwrap_or(usize::MAX).min(completions.len());
                let later = completions.split_off(room);
                let signed = self.sign_all(&shared, &completions, &list, list.next, now)?;
                let prepared = Prepared { list: list.id, first: list.next, credentials: signed };
                list.next = list.next.saturating_add(u32::try_from(room).unwrap_or(u32::MAX));
                open = Some(list);
                let ready = Batch {
                    completions: Arc::new(std::mem::replace(&mut completions, later)),
                    templates: Arc::clone(&shared),
                    prepared,
                };
                if sender.send(ready).is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The first list is the one the store calls open; once that was filled here, the store does not know so yet.
    fn list_with_room(
        &self,
        purpose: StatusPurpose,
        open: &mut Option<StatusListRecord>,
    ) -> Result<StatusListRecord, IssuerError> {
        match open.take() {
            None => self.open_status_list(purpose),
            Some(_) => self.add_status_list(purpose),
        }
    }

    fn write(
        &self,
        permit: &Permit<'_>,
        purpose: StatusPurpose,
        batch: Batch,
        now: Timestamp,
        report: &mut SigningReport,
    ) -> Result<Written, IssuerError> {
        let Batch { completions, templates, prepared } = batch;
        let ids: Vec<CompletionId> = completions.iter().map(|completion| completion.id).collect();
        let entry = permit.entry(now, prepared.list.to_string(), ids.len());
        let sign_now = |list: &StatusListRecord, first: u32| self.sign_all(&templates, &completions, list, first, now);
        let issue = IssueBatch { completions: &ids, from: StageName::Approved, purpose, prepared: Some(prepared) };
        match self.records.repository().issue(issue, &sign_now, &entry)? {
            Issuance::Issued { skipped } => {
                report.signed += ids.len().saturating_sub(skipped.len());
                report.skipped += skipped.len();
                Ok(Written::All)
            }
            Issuance::NoRoom => Ok(Written::NoRoom),
            Issuance::NotSigned(failure) => Err(failure.into()),
        }
    }

    /// Signs on all cores, in the order of the completions.
    fn sign_all(
        &self,
        templates: &Templates,
        completions: &[Completion],
        list: &StatusListRecord,
        first: u32,
        now: Timestamp,
    ) -> Result<Vec<IssuedCredential>, SignFailure> {
        let order = list.permutation()?;
        let address = list.id.address(self.records.institution())?;
        let some = |completions: &[Completion], first: u32| {
            completions
                .iter()
                .zip(first..)
                .map(|(completion, counter)| {
                    let holder = completion.facts.learner.did();
                    let place = Place { list, address: &address, index: order.index_of(counter)? };
                    self.sign_one(templates, completion, holder, &place, now)
                })
                .collect::<Result<Vec<_>, SignFailure>>()
        };
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let share = completions.len().div_ceil(cores).max(WORTH_A_THREAD);
        if completions.len() <= share {
            return some(completions, first);
        }
        thread::scope(|scope| {
            let some = &some;
            let mut signers = Vec::with_capacity(cores);
            let mut counter = first;
            for chunk in completions.chunks(share) {
                signers.push(scope.spawn(move || some(chunk, counter)));
                counter = counter.saturating_add(u32::try_from(chunk.len()).unwrap_or(u32::MAX));
            }
            let mut signed = Vec::with_capacity(completions.len());
            for signer in signers {
                signed.extend(signer.join().map_err(|_| SignFailure::Thread)??);
            }
            Ok(signed)
        })
    }

    /// Signs one badge, for the holder of that DID.
    pub(crate) fn sign_one(
        &self,
        templates: &Templates,
        completion: &Completion,
        holder: Option<&Did>,
        place: &Place<'_>,
        now: Timestamp,
    ) -> Result<IssuedCredential, SignFailure> {
        let template = templates.0.get(&completion.facts.achievement);
        let (Some(template), Some(holder)) = (template, holder) else {
            return Err(SignFailure::AchievementGone {
                reference: completion.facts.achievement.clone(),
                completion: completion.id,
            });
        };
        let id = Uri::parse(&format!("urn:uuid:{}", random::uuid_v4()?))?;
        let badge = template.badge(
            completion,
            Particulars { id: id.clone(), holder, status_list: place.address, status_index: place.index, now },
        );
        Ok(IssuedCredential {
            id,
            completion: completion.id,
            holder: holder.clone(),
            status_list: place.list.id,
            status_index: place.index,
            signed_at: now,
            text: self.sign(badge, now)?.text().to_owned(),
        })
    }

    /// Looks up the achievement of that completion, unless it is known.
    pub(crate) fn load_template(&self, templates: &mut Templates, completion: &Completion) -> Result<(), IssuerError> {
        let reference = &completion.facts.achievement;
        if !templates.0.contains_key(reference) {
            let record = self.records.repository().find_achievement_version(reference)?.ok_or_else(|| {
                SignFailure::AchievementGone { reference: reference.clone(), completion: completion.id }
            })?;
            let template = Template::new(record, self.records.institution().profile());
            templates.0.insert(reference.clone(), Arc::new(template));
        }
        Ok(())
    }
}

/// A place in a status list.
pub(crate) struct Place<'a> {
    pub list: &'a StatusListRecord,
    pub address: &'a Uri,
    pub index: u32,
}

impl Templates {
    /// The status purpose of the completion's achievement, if it was looked up.
    pub(crate) fn purpose(&self, completion: &Completion) -> Option<StatusPurpose> {
        self.0.get(&completion.facts.achievement).map(|template| template.purpose())
    }
}

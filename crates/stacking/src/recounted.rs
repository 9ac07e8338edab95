//! Does an award hold that is counted again, decades later, from the record that its diploma fixes?

use std::collections::BTreeSet;

use stapel_credential::{AchievementCredential, Timestamp};
use stapel_proof::{peek_document_unverified, text_within};
use stapel_verifier::{Audience, Dossier, Missing, Outcome, Policy, Verified};

use crate::award::{Recount, RecountError, recount};
use crate::held::HeldRecord;
use crate::shown::{Answer, Verdicts, verify_document};

/// What came of an award that was to be counted again.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum RecountAnswer {
    /// It holds.
    Holds(Box<Recount>),
    /// It does not hold, or cannot be confirmed: see [`RecountError::outcome`].
    Fails(Box<RecountError>),
    /// Not counted again, since the diploma itself is not accepted.
    NotReached,
}

impl RecountAnswer {
    /// Counts the award of a diploma again from its record, as of its day. Nothing is needed but the record and whom the
    /// verifier trusts; what is at hand tells besides what was revoked since.
    ///
    /// None when the answer is about something else than a diploma.
    pub fn new(answer: &Answer, record: &str, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Option<Self> {
        let Verdicts::Badge(verdict) = &answer.verdicts else { return None };
        Some(match verdict.accepted() {
            Some(diploma) => Self::of(diploma, record, dossier, policy, now),
            None => Self::NotReached,
        })
    }

    /// As [`RecountAnswer::new`], of a diploma that is accepted.
    pub fn of(
        diploma: &Verified<AchievementCredential>,
        record: &str,
        dossier: &Dossier,
        policy: &Policy,
        now: Timestamp,
    ) -> Self {
        match recount(diploma, record, policy, Some((dossier, now))) {
            Ok(recount) => Self::Holds(Box::new(recount)),
            Err(error) => Self::Fails(Box::new(error)),
        }
    }

    /// The answer in one word; none of its own when it was not reached.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Holds(recount) if recount.later.is_empty() => Outcome::Accepted,
            Self::Holds(_) => Outcome::AcceptedWithRemarks,
            Self::Fails(error) => error.outcome(),
            Self::NotReached => Outcome::Undecided,
        }
    }
}

/// What would have to be fetched to tell which documents of a record were revoked since. The award itself needs none of it;
/// a record that cannot be read needs nothing.
pub fn missing_for_record(record: &str, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Vec<Missing> {
    let Ok(held) = HeldRecord::parse(record) else { return Vec::new() };
    let mut missing = BTreeSet::new();
    for document in &held.record().documents {
        let text = &*text_within(document);
        let Ok(answer) = verify_document(text, dossier, policy, &Audience::default(), now) else { continue };
        let can_be_revoked = match &answer.verdicts {
            Verdicts::Badge(_) | Verdicts::Decision(_) => names_a_list(text),
            _ => false,
        };
        if can_be_revoked {
            missing.extend(answer.missing());
        }
    }
    missing.into_iter().collect()
}

fn names_a_list(text: &str) -> bool {
    let status = stapel_credential::json::parse(&peek_document_unverified(text))
        .ok()
        .and_then(|tree| tree.find("credentialStatus").map(|status| !status.as_items().is_empty()));
    status.unwrap_or_default()
}

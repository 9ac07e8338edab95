//! Was this award counted rightly on its day? Recomputed from the award record, decades later, without a network.

use std::collections::BTreeSet;

use serde::Serialize;
use stapel_credential::json::{self, JsonError};
use stapel_credential::{
    AchievementCredential, AchievementSubject, AwardRecord, CredentialRef, Digest, ExemptionDecisionCredential,
    ExemptionSubject, ProgrammeCredential, ProgrammeSubject, Timestamp, Uri, VerifiableCredential,
};
use stapel_proof::{jcs, peek_document_unverified, text_within};
use stapel_verifier::{
    CheckKind, CheckResult, Claims, Dossier, Findings, Outcome, Policy, Reason, Trust, Verified, verify_text,
};

use crate::badge::Holdings;
use crate::check::check;
use crate::error::PlanError;
use crate::held::HeldRecord;
use crate::progress::Progress;

/// An award, recounted as of its day.
///
/// What it rests on: the diploma's issuer fixed the record by its digest, so which keys a `did:web` had and which bits a
/// status list had on that day is that issuer's word. Everything else (signatures, trust lists of the verifier's own
/// anchors, every rule of the programme) was computed again.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Recount {
    /// As of when it was counted.
    pub awarded: Timestamp,
    /// The digest of the plan that the board approved.
    pub plan: Digest,
    /// What the plan comes to.
    pub progress: Progress,
    /// What the board decided, where the plan alone does not complete the award.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// What was counted.
    pub counted: Vec<CredentialRef>,
    /// What was revoked or suspended after the award, as far as the verifier knows: that takes nothing from the award.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<EndedLater>,
}

/// A document behind an award that no longer holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EndedLater {
    /// Which.
    pub credential: CredentialRef,
    /// What the newest status list says.
    pub reason: Reason,
}

/// Why an award was not confirmed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RecountError {
    /// Not a record.
    #[error("the award record cannot be read: {0}")]
    Record(#[from] JsonError),
    /// Another record, or an altered one.
    #[error("the diploma names no award record with digest {digest}: this is another record, or it was altered")]
    OtherRecord {
        /// The digest of the record at hand.
        digest: Digest,
    },
    /// The record is about another learner or day.
    #[error(
        "the award record is about {holder} on {awarded}, but the diploma about {} on {diploma_awarded}",
        diploma_holder.as_ref().map_or("nobody in particular", Uri::as_str)
    )]
    OtherAward {
        /// The holder in the record.
        holder: Uri,
        /// The day in the record.
        awarded: Timestamp,
        /// The holder in the diploma.
        diploma_holder: Option<Uri>,
        /// The day in the diploma.
        diploma_awarded: Timestamp,
    },
    /// The plan is not the one that the board approved.
    #[error("the plan in the award record has digest {found}, but the board approved {approved}")]
    OtherPlan {
        /// The digest of the plan in the record.
        found: Digest,
        /// What the record says was approved.
        approved: Digest,
    },
    /// The rules are not those that the diploma names.
    #[error("the diploma does not name the programme {found} that the award record counts toward")]
    OtherProgramme {
        /// The digest of the programme in the record.
        found: Digest,
    },
    /// The programme of the plan is not in the record.
    #[error("the award record holds no programme with digest {wanted}")]
    NoProgramme {
        /// The digest that the plan names.
        wanted: Digest,
    },
    /// A document in the record did not hold on that day.
    #[error("document {number} of the award record {} {awarded}: {}", held(*.outcome), sentences(.reasons))]
    Document {
        /// Which, counted from 1.
        number: usize,
        /// The day of the award.
        awarded: Timestamp,
        /// Refused, or undecided with what this verifier has and trusts.
        outcome: Outcome,
        /// Why.
        reasons: Vec<Reason>,
    },
    /// What is listed as counted is not what the documents and the plan say.
    #[error(
        "the award record lists {listed}, which is not among its documents as it is listed, or which the plan does not count"
    )]
    Listed {
        /// What is listed.
        listed: CredentialRef,
    },
    /// The plan counts something that is not listed.
    #[error("the plan counts {counted}, which the award record does not list")]
    NotListed {
        /// What is counted.
        counted: CredentialRef,
    },
    /// The plan claims more than was shown.
    #[error("the plan does not hold: {0}")]
    Plan(#[from] PlanError),
    /// Not everything was shown.
    #[error("the plan does not complete the award, and the award record has no decision of the board")]
    Incomplete,
}

impl RecountError {
    /// Whether something is false, or could only not be told.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Document { outcome, .. } => *outcome,
            _ => Outcome::Refused,
        }
    }
}

/// Recounts an award as of its day: the record is the one that the diploma names, every document in it held then by the
/// evidence in it and the verifier's own anchors, and the plan completes the award, or the board decided so.
///
/// `today` is what the verifier has now, to tell what was revoked since; nothing is fetched. Where the trust lists of the
/// record leave it undecided, those of today are asked too, as far as they held on that day: an institution trusts itself
/// without a list, which says nothing to anybody else.
///
/// # Errors
/// [`RecountError`] with the first thing that does not hold.
pub fn recount(
    diploma: &Verified<AchievementCredential>,
    record: &str,
    policy: &Policy,
    today: Option<(&Dossier, Timestamp)>,
) -> Result<Recount, RecountError> {
    // The editions of trust lists that were the newest then are asked, whatever came since.
    let policy = &Policy { seen_trust_lists: Vec::new(), ..policy.clone() };
    let held = HeldRecord::parse(record)?;
    let (digest, record) = (held.digest(), held.record());
    fixed_by(diploma.content(), record, digest)?;
    let found = plan_digest(record)?;
    if found != record.plan_digest {
        return Err(RecountError::OtherPlan { found, approved: record.plan_digest });
    }
    let evidence: Dossier = json::view(record.evidence.as_str())?;
    let first = count(diploma.content(), record, &evidence, policy, today);
    match (today, &first) {
        (Some((dossier, _)), Err(why)) if why.outcome() == Outcome::Undecided => {
            count(diploma.content(), record, &evidence.with_trust_lists_of(dossier), policy, today).or(first)
        }
        _ => first,
    }
}

fn count(
    diploma: &AchievementCredential,
    record: &AwardRecord,
    evidence: &Dossier,
    policy: &Policy,
    today: Option<(&Dossier, Timestamp)>,
) -> Result<Recount, RecountError> {
    let documents = Documents::read(record, evidence, policy)?;
    let wanted = record.plan.programme.digest;
    let programme = documents.programmes.iter().find(|programme| programme.digest() == wanted);
    let programme = programme.ok_or(RecountError::NoProgramme { wanted })?;
    if !names(diploma, &programme.content().id, wanted) {
        return Err(RecountError::OtherProgramme { found: wanted });
    }
    let counted = documents.counted(record)?;
    let Documents { badges, decisions, .. } = &documents;
    let records: Vec<_> = record.records.iter().map(|one| HeldRecord::parse(one.as_str())).collect::<Result<_, _>>()?;
    let holdings = Holdings { holder: &record.holder, credentials: badges, decisions, records: &records };
    let trust = Trust::new(evidence, policy, record.awarded_date);
    let progress = check(programme, &record.plan, &holdings, &trust, record.awarded_date)?;
    if !progress.complete && record.decision.is_none() {
        return Err(RecountError::Incomplete);
    }
    Ok(Recount {
        awarded: record.awarded_date,
        plan: record.plan_digest,
        progress,
        decision: record.decision.clone(),
        counted,
        later: today.map(|(dossier, now)| documents.ended(dossier, policy, now)).unwrap_or_default(),
    })
}

/// Whether the diploma names a document with this id and digest.
fn names(diploma: &AchievementCredential, id: &Uri, digest: Digest) -> bool {
    diploma.related_resource.iter().any(|related| related.id == *id && related.digest_sri == Some(digest))
}

fn fixed_by(diploma: &AchievementCredential, record: &AwardRecord, digest: Digest) -> Result<(), RecountError> {
    if !names(diploma, &record.id, digest) {
        return Err(RecountError::OtherRecord { digest });
    }
    let holder = diploma.credential_subject.id.as_ref();
    if holder == Some(&record.holder) && diploma.award_instant() == record.awarded_date {
        return Ok(());
    }
    Err(RecountError::OtherAward {
        holder: record.holder.clone(),
        awarded: record.awarded_date,
        diploma_holder: holder.cloned(),
        diploma_awarded: diploma.award_instant(),
    })
}

fn plan_digest(record: &AwardRecord) -> Result<Digest, RecountError> {
    let text = serde_json::to_string(&record.plan)
        .map_err(|error| JsonError::Shape { path: "$.plan".to_owned(), message: error.to_string() })?;
    Ok(jcs::digest_text(&text)?)
}

/// The documents of a record, each verified as of the award.
#[derive(Default)]
struct Documents {
    programmes: Vec<Verified<ProgrammeCredential>>,
    badges: Vec<Verified<AchievementCredential>>,
    decisions: Vec<Verified<ExemptionDecisionCredential>>,
}

impl Documents {
    fn read(record: &AwardRecord, evidence: &Dossier, policy: &Policy) -> Result<Self, RecountError> {
        let mut documents = Self::default();
        let at = record.awarded_date;
        for (number, document) in (1..).zip(&record.documents) {
            let text = &*text_within(document);
            let document = peek_document_unverified(text);
            let tree = json::parse(&document)?;
            let is = |kind: &str| {
                tree.find("type").is_some_and(|types| types.as_items().iter().any(|it| it.as_str() == Some(kind)))
            };
            if is("ProgrammeCredential") {
                documents.programmes.push(accepted::<ProgrammeSubject>(text, evidence, policy, at, number)?);
            } else if is("ExemptionDecisionCredential") {
                documents.decisions.push(accepted::<ExemptionSubject>(text, evidence, policy, at, number)?);
            } else {
                documents.badges.push(accepted::<AchievementSubject>(text, evidence, policy, at, number)?);
            }
        }
        Ok(documents)
    }

    fn references(&self) -> BTreeSet<(CredentialRef, Digest)> {
        let badges = self.badges.iter().map(|badge| (badge.reference(), badge.digest()));
        badges.chain(self.decisions.iter().map(|decision| (decision.reference(), decision.digest()))).collect()
    }

    /// The list of what was counted, which other counts rely on, says what documents and plan say.
    fn counted(&self, record: &AwardRecord) -> Result<Vec<CredentialRef>, RecountError> {
        let used: BTreeSet<&CredentialRef> = record.plan.fills.iter().flat_map(|fill| &fill.by).collect();
        let known = self.references();
        let mut listed = BTreeSet::new();
        for one in &record.counted {
            let reference = one.reference();
            if !used.contains(&reference) || !known.contains(&(reference.clone(), one.digest)) || !self.achieves(one) {
                return Err(RecountError::Listed { listed: reference });
            }
            listed.insert(reference);
        }
        if let Some(counted) = used.into_iter().find(|used| !listed.contains(*used)) {
            return Err(RecountError::NotListed { counted: counted.clone() });
        }
        Ok(listed.into_iter().collect())
    }

    /// Whether the achievement that is listed is the badge's own; a decision has none.
    fn achieves(&self, one: &stapel_credential::CountedCredential) -> bool {
        let badge = self.badges.iter().find(|badge| badge.digest() == one.digest);
        badge.map(|badge| &badge.content().credential_subject.achievement.id) == one.achievement.as_ref()
    }

    fn ended(&self, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Vec<EndedLater> {
        let of_badge = |badge: &Verified<AchievementCredential>| {
            (badge.reference(), status::<AchievementSubject>(badge.text(), dossier, policy, now))
        };
        let of_decision = |decision: &Verified<ExemptionDecisionCredential>| {
            (decision.reference(), status::<ExemptionSubject>(decision.text(), dossier, policy, now))
        };
        let all = self.badges.iter().map(of_badge).chain(self.decisions.iter().map(of_decision));
        all.filter_map(|(credential, reason)| Some(EndedLater { credential, reason: reason? })).collect()
    }
}

fn accepted<S: Claims>(
    text: &str,
    evidence: &Dossier,
    policy: &Policy,
    awarded: Timestamp,
    number: usize,
) -> Result<Verified<VerifiableCredential<S>>, RecountError> {
    let verdict = verify_text::<VerifiableCredential<S>>(text, evidence, policy, awarded);
    let (outcome, reasons) = (verdict.outcome(), reasons(verdict.findings()));
    verdict.into_accepted().ok_or(RecountError::Document { number, awarded, outcome, reasons })
}

/// What is false; if nothing is, what could not be checked.
fn reasons(findings: &Findings) -> Vec<Reason> {
    let is_refused = findings.outcome() == Outcome::Refused;
    let wanted = |result: &CheckResult| match result {
        CheckResult::Fail(_) => is_refused,
        CheckResult::Unknown(_) => !is_refused,
        _ => false,
    };
    let checks = findings.checks().iter().filter(|check| wanted(&check.result));
    checks.map(|check| check.result.reason().clone()).collect()
}

/// Why the newest authentic status list at hand says that it ended, if it does.
fn status<S: Claims>(text: &str, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Option<Reason> {
    let verdict = verify_text::<VerifiableCredential<S>>(text, dossier, policy, now);
    match verdict.findings().find(CheckKind::Status) {
        Some(CheckResult::Fail(reason)) => Some(reason.clone()),
        _ => None,
    }
}

fn held(outcome: Outcome) -> &'static str {
    if outcome == Outcome::Refused { "did not hold on" } else { "cannot be confirmed for" }
}

fn sentences(reasons: &[Reason]) -> String {
    reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

//! Which awards were proposed, and which of them did the examination board approve?

use serde::{Deserialize, Serialize};
use stapel_credential::{AwardRecord, CredentialRef, Digest, Plan, ProgrammeRef, Timestamp, Uri, json};
use stapel_proof::jcs;
use stapel_stacking::Progress;
use stapel_verifier::{Audience, Dossier, Policy};

use crate::achievement::{AchievementCode, AchievementRecord, AchievementRef};
use crate::award_error::AwardError;
use crate::document::one_line;
use crate::error::IssuerError;
use crate::examine::{Examined, examine};
use crate::records::Records;
use crate::repository::Added;
use crate::role::{Action, Actor, ActorId};
use crate::stage::Decision;

/// What a learner sent, and what it is to become.
#[derive(Debug, Clone)]
pub struct AwardRequest {
    /// The signed progress presentation.
    pub presentation: String,
    /// The achievement that the diploma states.
    pub achievement: AchievementCode,
    /// Signed trust lists.
    pub trust_lists: Vec<String>,
    /// Whose trust lists count; the institution trusts itself without.
    pub policy: Policy,
    /// What the presentation must have been made for, where that was asked.
    pub audience: Audience,
}

/// A progress presentation that was verified and put before the board. Names the learner: it is kept until the learner's
/// record is erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwardProposal {
    /// The digest of the plan: what the board approves.
    pub plan_digest: Digest,
    /// Whose award it would be.
    pub holder: Uri,
    /// In which edition.
    pub programme: ProgrammeRef,
    /// The id of the award within the programme, if it leads to any.
    pub award: Option<String>,
    /// The achievement that the diploma states.
    pub achievement: AchievementRef,
    /// Whether the plan completed the award when it was proposed.
    pub complete: bool,
    /// What counts, may be an award made of other badges, and came without its award record: nobody can tell whether what it
    /// was made of counts a second time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_record: Vec<CredentialRef>,
    /// The presentation, as it came.
    pub presentation: String,
    /// The trust lists that came along.
    pub trust_lists: Vec<String>,
    /// Whose trust lists count.
    pub policy: Policy,
    /// What the presentation had to be made for.
    pub audience: Audience,
    /// Who proposed it.
    pub proposed_by: ActorId,
    /// When: as of then the holder's own proof holds.
    pub proposed_at: Timestamp,
}

/// What the board said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwardApproval {
    /// Who entered it.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
    /// Body, reference and day, as they stand in the diploma.
    pub approval: Decision,
    /// What it decided about what was not shown, where the plan alone does not complete the award.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// A proposed award, approved or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Award {
    /// What was proposed.
    pub proposal: AwardProposal,
    /// The approval, once there is one.
    pub approval: Option<AwardApproval>,
}

/// What came of a proposal.
#[derive(Debug, Clone)]
pub struct ProposedAward {
    /// The proposal as it is stored.
    pub award: Award,
    /// The progress, recomputed now.
    pub progress: Progress,
    /// Whether the same plan was proposed before: then nothing was stored.
    pub already: bool,
}

impl AwardProposal {
    /// A dossier with the trust lists alone. The caller adds what [`AwardError::NotVerified`] says is missing: so every
    /// status list is looked at anew.
    ///
    /// # Errors
    /// [`AwardError::TrustList`].
    pub fn dossier(&self) -> Result<Dossier, AwardError> {
        dossier(&self.trust_lists)
    }
}

impl AwardRequest {
    /// As [`AwardProposal::dossier`].
    ///
    /// # Errors
    /// [`AwardError::TrustList`].
    pub fn dossier(&self) -> Result<Dossier, AwardError> {
        dossier(&self.trust_lists)
    }
}

fn dossier(trust_lists: &[String]) -> Result<Dossier, AwardError> {
    let mut dossier = Dossier::default();
    for list in trust_lists {
        dossier.add_trust_list(list.trim())?;
    }
    Ok(dossier)
}

impl Records<'_> {
    /// Verifies a progress presentation, recomputes its plan, and puts it before the board. The same plan again is the same
    /// proposal.
    ///
    /// # Errors
    /// [`AwardError`] when something does not hold, or cannot be told with this dossier.
    pub fn propose_award(
        &self,
        by: &Actor,
        request: &AwardRequest,
        dossier: &Dossier,
        now: Timestamp,
    ) -> Result<ProposedAward, IssuerError> {
        let permit = by.permit(Action::ProposeAward)?;
        let achievement = self.repository().find_achievement(&request.achievement)?;
        let achievement =
            achievement.ok_or_else(|| AwardError::UnknownAchievement { code: request.achievement.clone() })?;
        let policy = self.trusting_itself(&request.policy);
        let examined = examine(&request.presentation, dossier, &policy, &request.audience, (now, now))?;
        fits(&achievement, &examined.progress)?;
        let plan = &examined.plan;
        let proposal = AwardProposal {
            plan_digest: plan_digest(plan)?,
            holder: examined.holder.clone(),
            programme: plan.programme.clone(),
            award: examined.progress.award.as_ref().map(|award| award.id.clone()),
            achievement: achievement.reference,
            complete: examined.progress.complete,
            without_record: examined.without_record.clone(),
            presentation: request.presentation.clone(),
            trust_lists: request.trust_lists.clone(),
            policy,
            audience: request.audience.clone(),
            proposed_by: by.id().clone(),
            proposed_at: now,
        };
        let Examined { progress, .. } = examined;
        let entry = permit.entry(now, proposal.plan_digest.to_string(), 1);
        match self.repository().add_award(&proposal, &entry)? {
            Added::Added => Ok(ProposedAward { award: Award { proposal, approval: None }, progress, already: false }),
            Added::Taken => {
                let award = self.load_award(&proposal.plan_digest)?;
                if award.proposal.achievement != proposal.achievement {
                    let (plan, achievement) = (proposal.plan_digest, award.proposal.achievement);
                    return Err(AwardError::OtherAchievement { plan, achievement }.into());
                }
                Ok(ProposedAward { award, progress, already: true })
            }
        }
    }

    /// Approves a plan by its digest, by another than who proposed it. The same approval again changes nothing.
    ///
    /// # Errors
    /// [`AwardError::Incomplete`] without a decision, when the plan does not complete the award.
    pub fn approve_award(
        &self,
        by: &Actor,
        plan: &Digest,
        approval: Decision,
        decision: Option<&str>,
        now: Timestamp,
    ) -> Result<Award, IssuerError> {
        let permit = by.permit(Action::ApproveAward)?;
        let decision = decision.map(|text| one_line("decision", text)).transpose()?;
        let award = self.load_award(plan)?;
        if award.proposal.proposed_by == *by.id() {
            return Err(AwardError::ProposedBySame { plan: *plan, by: by.id().clone() }.into());
        }
        if !award.proposal.complete && decision.is_none() {
            return Err(AwardError::Incomplete { plan: *plan }.into());
        }
        let approval = AwardApproval { by: by.id().clone(), at: now, approval, decision };
        let same = |known: &AwardApproval| known.approval == approval.approval && known.decision == approval.decision;
        match award.approval {
            Some(known) if same(&known) => return Ok(Award { approval: Some(known), ..award }),
            Some(known) => {
                let reference = known.approval.reference.unwrap_or_default();
                return Err(AwardError::ApprovedAlready { plan: *plan, by: known.by, reference }.into());
            }
            None => {}
        }
        if !self.repository().approve_award(plan, &approval, &permit.entry(now, plan.to_string(), 1))? {
            return Err(IssuerError::Meanwhile { what: format!("plan {plan}") });
        }
        Ok(Award { approval: Some(approval), ..award })
    }

    /// All awards that were proposed, in their order.
    ///
    /// # Errors
    /// [`IssuerError`] when the role does not allow it or the store does not answer.
    pub fn awards(&self, by: &Actor) -> Result<Vec<Award>, IssuerError> {
        by.permit(Action::Read)?;
        Ok(self.repository().awards()?)
    }

    /// The award of that plan.
    ///
    /// # Errors
    /// [`AwardError::UnknownPlan`].
    pub fn load_award(&self, plan: &Digest) -> Result<Award, IssuerError> {
        Ok(self.repository().find_award(plan)?.ok_or(AwardError::UnknownPlan { plan: *plan })?)
    }

    /// An institution needs nobody to vouch for itself.
    fn trusting_itself(&self, policy: &Policy) -> Policy {
        let mut policy = policy.clone();
        if !policy.pinned_issuers.contains(self.institution().did()) {
            policy.pinned_issuers.push(self.institution().did().clone());
        }
        policy
    }
}

/// SHA-256 over the JCS form of the plan: by this the board approves it.
///
/// # Errors
/// [`AwardError::Json`] when the plan has no JSON form that all read the same way.
pub fn plan_digest(plan: &Plan) -> Result<Digest, AwardError> {
    let text = serde_json::to_string(plan).map_err(AwardError::write)?;
    Ok(jcs::digest_text(&text)?)
}

/// The text of a record, which can be read again, and its digest.
pub(crate) fn record_text(record: &AwardRecord) -> Result<(String, Digest), AwardError> {
    let text = serde_json::to_string(record).map_err(AwardError::write)?;
    let digest = jcs::digest(&json::parse_within(&text, json::MAX_COLLECTION_BYTES)?);
    AwardRecord::parse(&text)?;
    Ok((text, digest))
}

/// A diploma states what the programme leads to: its kind and its code.
fn fits(achievement: &AchievementRecord, progress: &Progress) -> Result<(), AwardError> {
    let Some(award) = &progress.award else { return Err(AwardError::NoAward) };
    let (code, stated) = (achievement.reference.code.clone(), &achievement.achievement);
    if !stated.credential_kind.is_empty() && !stated.credential_kind.contains(&award.kind) {
        let what = format!("the kind {}", award.kind.as_str());
        return Err(AwardError::DoesNotFit { code, award: award.id.clone(), what });
    }
    match &award.code {
        Some(wanted) if !stated.codes().contains(wanted) => {
            Err(AwardError::DoesNotFit { code, award: award.id.clone(), what: format!("the code {wanted}") })
        }
        _ => Ok(()),
    }
}

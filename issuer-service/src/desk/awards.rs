//! Which awards were proposed, approved and signed?

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use stapel_credential::{CredentialRef, Day, Did, Digest, RawJson, Timestamp, Uri};
use stapel_issuer::{
    AchievementCode, Actor, Award, AwardRequest, Decision, DocumentKind, Issuer, Records, SignedAward,
};
use stapel_stacking::Progress;
use stapel_verifier::{Audience, Policy};

use super::DeskError;
use super::decisions::BODY;
use super::exemptions::raw;
use crate::lookup::Lookup;

/// An award that is proposed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewAward {
    pub(crate) presentation: RawJson,
    pub(crate) achievement: AchievementCode,
    #[serde(default)]
    pub(crate) trust_lists: Vec<RawJson>,
    #[serde(default)]
    pub(crate) anchors: Vec<Did>,
    #[serde(default)]
    pub(crate) audience: Audience,
}

/// An approval of the board.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewApproval {
    /// The digest of the plan.
    pub(crate) plan: Digest,
    pub(crate) reference: String,
    pub(crate) body: Option<String>,
    /// The day of the decision; today where none is named.
    pub(crate) day: Option<Day>,
    /// Why it is awarded though the plan alone does not complete it.
    pub(crate) decision: Option<String>,
}

/// Which plan is to be signed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanNamed {
    pub(crate) plan: Digest,
}

/// An award as listings show it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AwardView {
    pub(crate) plan: Digest,
    /// `proposed`, `approved`, `signed`, or `ended` when the diploma was revoked or suspended.
    pub(crate) stage: &'static str,
    pub(crate) holder: Uri,
    pub(crate) programme: String,
    pub(crate) edition: String,
    pub(crate) award: Option<String>,
    pub(crate) achievement: String,
    /// Whether the plan alone completes the award.
    pub(crate) complete: bool,
    /// What counts and came without its award record: what it was made of may count twice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) without_record: Vec<CredentialRef>,
    /// Whose trust lists counted: the board approves on their word.
    pub(crate) anchors: Vec<Did>,
    pub(crate) reference: Option<String>,
    pub(crate) decision: Option<String>,
    pub(crate) credential: Option<Uri>,
}

/// What came of a proposal.
#[derive(Debug, Serialize)]
pub(crate) struct Proposed {
    #[serde(flatten)]
    pub(crate) award: AwardView,
    pub(crate) already: bool,
    pub(crate) progress: Progress,
}

/// A diploma with its award record.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Diploma {
    pub(crate) plan: Digest,
    pub(crate) credential: Uri,
    pub(crate) holder: Uri,
    pub(crate) signed: Timestamp,
    /// Whether it was signed before.
    pub(crate) already: bool,
    #[serde(rename = "diploma")]
    pub(crate) document: Box<RawValue>,
    pub(crate) record: Box<RawValue>,
}

impl AwardView {
    fn new(award: &Award, stage: &'static str, credential: Option<Uri>) -> Self {
        let Award { proposal, approval } = award;
        let approval = approval.as_ref();
        Self {
            plan: proposal.plan_digest,
            stage,
            holder: proposal.holder.clone(),
            programme: proposal.programme.id.to_string(),
            edition: proposal.programme.edition.clone(),
            award: proposal.award.clone(),
            achievement: proposal.achievement.to_string(),
            complete: proposal.complete,
            without_record: proposal.without_record.clone(),
            anchors: proposal.policy.trust_anchors.clone(),
            reference: approval.and_then(|approval| approval.approval.reference.clone()),
            decision: approval.and_then(|approval| approval.decision.clone()),
            credential,
        }
    }

    fn unsigned(award: &Award) -> Self {
        Self::new(award, if award.approval.is_some() { "approved" } else { "proposed" }, None)
    }
}

impl NewAward {
    fn request(self) -> AwardRequest {
        AwardRequest {
            presentation: self.presentation.as_str().to_owned(),
            achievement: self.achievement,
            trust_lists: self.trust_lists.iter().map(|list| list.as_str().to_owned()).collect(),
            policy: Policy { trust_anchors: self.anchors, ..Policy::default() },
            audience: self.audience,
        }
    }
}

/// Verifies a presentation, looking up what it lacks, and puts its plan before the board.
pub(crate) fn propose(
    issuer: &Issuer<'_>,
    lookup: &Lookup,
    by: &Actor,
    new: NewAward,
    now: Timestamp,
) -> Result<Proposed, DeskError> {
    by.permit(stapel_issuer::Action::ProposeAward)?;
    let request = new.request();
    let dossier = request.dossier().map_err(stapel_issuer::IssuerError::from)?;
    let ask = |dossier: &_| issuer.records().propose_award(by, &request, dossier, now);
    let proposed = lookup.until_decided(issuer, dossier, now, ask)?;
    Ok(Proposed { award: AwardView::unsigned(&proposed.award), already: proposed.already, progress: proposed.progress })
}

/// Approves a plan by its digest.
pub(crate) fn approve(
    records: &Records<'_>,
    by: &Actor,
    wanted: &NewApproval,
    now: Timestamp,
) -> Result<AwardView, DeskError> {
    let body = wanted.body.as_deref().unwrap_or(BODY);
    let day = wanted.day.unwrap_or_else(|| now.day());
    let approval = Decision::new(body, Some(&wanted.reference), Some(day))?;
    let award = records.approve_award(by, &wanted.plan, approval, wanted.decision.as_deref(), now)?;
    Ok(AwardView::unsigned(&award))
}

/// Verifies everything once more and signs.
pub(crate) fn sign(
    issuer: &Issuer<'_>,
    lookup: &Lookup,
    by: &Actor,
    plan: Digest,
    now: Timestamp,
) -> Result<Diploma, DeskError> {
    by.permit(stapel_issuer::Action::SignAward)?;
    let dossier = issuer.records().load_award(&plan)?.proposal.dossier().map_err(stapel_issuer::IssuerError::from)?;
    let ask = |dossier: &_| issuer.sign_award(by, &plan, dossier, now);
    let SignedAward { document, already } = lookup.until_decided(issuer, dossier, now, ask)?;
    Ok(Diploma {
        plan,
        credential: document.id,
        holder: document.holder,
        signed: document.signed_at,
        already,
        document: raw(document.text)?,
        record: raw(document.record.unwrap_or_default())?,
    })
}

/// All awards that were proposed.
pub(crate) fn list(records: &Records<'_>, by: &Actor) -> Result<Vec<AwardView>, DeskError> {
    let diplomas = records.documents(by, DocumentKind::Diploma)?;
    let view = |award: &Award| match diplomas.iter().find(|diploma| diploma.request == award.proposal.plan_digest) {
        None => AwardView::unsigned(award),
        Some(diploma) => {
            let stage = if diploma.ended.is_some() { "ended" } else { "signed" };
            AwardView::new(award, stage, Some(diploma.id.clone()))
        }
    };
    Ok(records.awards(by)?.iter().map(view).collect())
}

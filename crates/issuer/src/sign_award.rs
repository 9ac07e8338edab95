//! How does an approved plan become a diploma and its award record?

use std::collections::BTreeSet;

use stapel_credential::{
    AwardRecord, CountedCredential, CredentialRef, Did, Digest, RawJson, RelatedResource, Timestamp, Uri,
};
use stapel_proof::within_json;
use stapel_verifier::Dossier;

use crate::award::{Award, AwardApproval, plan_digest, record_text};
use crate::award_error::AwardError;
use crate::badge::{Particulars, Template};
use crate::document::{DocumentKind, IssuedDocument, new_id};
use crate::error::{IssuerError, SignFailure};
use crate::examine::{Examined, examine};
use crate::issuer::Issuer;
use crate::role::{Action, Actor};
use crate::status::StatusListRecord;

/// A diploma with its award record.
#[derive(Debug, Clone)]
pub struct SignedAward {
    /// The diploma; its `record` is the award record.
    pub document: IssuedDocument,
    /// Whether it was signed before: then nothing was signed now.
    pub already: bool,
}

impl Issuer<'_> {
    /// Verifies and counts everything behind an approved plan once more, as of now, then signs the diploma. A plan that was
    /// signed before gives the same diploma.
    ///
    /// # Errors
    /// [`AwardError`] when the board did not approve it, or something does not hold any more.
    pub fn sign_award(
        &self,
        by: &Actor,
        plan: &Digest,
        dossier: &Dossier,
        now: Timestamp,
    ) -> Result<SignedAward, IssuerError> {
        let permit = by.permit(Action::SignAward)?;
        if let Some(signed) = self.find_signed_award(plan)? {
            return Ok(signed);
        }
        let Award { proposal, approval } = self.records().load_award(plan)?;
        let approval = approval.ok_or(AwardError::NotApproved { plan: *plan })?;
        let received = proposal.proposed_at;
        let examined = examine(&proposal.presentation, dossier, &proposal.policy, &proposal.audience, (received, now))?;
        let found = plan_digest(&examined.plan)?;
        if found != *plan || examined.holder != proposal.holder {
            return Err(AwardError::UnknownPlan { plan: found }.into());
        }
        if !examined.progress.complete && approval.decision.is_none() {
            return Err(AwardError::Incomplete { plan: *plan }.into());
        }
        let reference = &proposal.achievement;
        let achievement = self.records().repository().find_achievement_version(reference)?;
        let achievement = achievement.ok_or_else(|| AwardError::UnknownAchievement { code: reference.code.clone() })?;
        let holder = Did::parse(proposal.holder.as_str())?;
        let record = record(&examined, &approval, *plan, dossier, now)?;
        let (record_id, programme) = (record.id.clone(), &examined.programme);
        let (record, digest) = record_text(&record)?;
        let related = vec![
            RelatedResource::new(programme.content().id.clone(), programme.digest()),
            RelatedResource::new(record_id, digest),
        ];
        let template = Template::new(achievement, self.records().institution().profile());
        let id = new_id()?;
        let sign = |list: &StatusListRecord, next: u32| -> Result<IssuedDocument, SignFailure> {
            let entry = self.status_entry(list, next)?;
            let place = Particulars {
                id: id.clone(),
                holder: &holder,
                status_list: &entry.list,
                status_index: entry.index,
                now,
            };
            let mut diploma = template.diploma(&approval.approval, place);
            diploma.related_resource.clone_from(&related);
            Ok(IssuedDocument {
                id: id.clone(),
                kind: DocumentKind::Diploma,
                holder: proposal.holder.clone(),
                request: *plan,
                reference: approval.approval.reference.clone(),
                status_list: list.id,
                status_index: entry.index,
                signed_by: by.id().clone(),
                signed_at: now,
                text: self.sign(diploma, now)?.text().to_owned(),
                record: Some(record.clone()),
                ended: None,
            })
        };
        let what = (DocumentKind::Diploma, plan, template.purpose());
        let (document, already) = self.issue_document(what, &sign, &permit.entry(now, plan.to_string(), 1))?;
        Ok(SignedAward { document, already })
    }

    /// The diploma of that plan, if it was signed and holds.
    ///
    /// # Errors
    /// [`AwardError::Ended`] when it was revoked.
    pub fn find_signed_award(&self, plan: &Digest) -> Result<Option<SignedAward>, IssuerError> {
        let found = self.records().repository().find_diploma(plan)?;
        match found {
            Some(IssuedDocument { ended: Some(ended), .. }) => {
                Err(AwardError::Ended { plan: *plan, at: ended.at }.into())
            }
            found => Ok(found.map(|document| SignedAward { document, already: true })),
        }
    }
}

/// Everything that was counted, with the evidence as it stands.
fn record(
    examined: &Examined,
    approval: &AwardApproval,
    plan_digest: Digest,
    dossier: &Dossier,
    now: Timestamp,
) -> Result<AwardRecord, IssuerError> {
    let used: BTreeSet<&CredentialRef> = examined.plan.fills.iter().flat_map(|fill| &fill.by).collect();
    let mut texts = vec![examined.programme.text()];
    let mut counted = Vec::new();
    let mut add = |reference: CredentialRef, digest: Digest, text, achievement: Option<Uri>| {
        // The same credential shown twice is one.
        if used.contains(&reference) && !texts.contains(&text) {
            texts.push(text);
            let CredentialRef { issuer, id } = reference;
            counted.push(CountedCredential { issuer, id, digest, achievement });
        }
    };
    for badge in &examined.badges {
        let achievement = badge.content().credential_subject.achievement.id.clone();
        add(badge.reference(), badge.digest(), badge.text(), Some(achievement));
    }
    for decision in &examined.decisions {
        add(decision.reference(), decision.digest(), decision.text(), None);
    }
    counted.sort_by_key(CountedCredential::reference);
    let raw = |text: &str| RawJson::parse(text).map_err(|error| AwardError::Write(serde::ser::Error::custom(error)));
    let within = |text: &str| within_json(text).map_err(|error| AwardError::Write(serde::ser::Error::custom(error)));
    let evidence = serde_json::to_string(dossier).map_err(AwardError::write)?;
    Ok(AwardRecord {
        id: new_id()?,
        kind: "AwardRecord".to_owned(),
        holder: examined.holder.clone(),
        awarded_date: now,
        plan: examined.plan.clone(),
        plan_digest,
        counted,
        decision: approval.decision.clone(),
        records: examined.records.clone(),
        documents: texts.into_iter().map(within).collect::<Result<_, _>>()?,
        evidence: raw(&evidence)?,
    })
}

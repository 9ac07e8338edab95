//! What stands in a badge, and where? One completion becomes one Open Badges 3.0 credential.

use stapel_credential::context::{badge_contexts, plain_badge_contexts};
use stapel_credential::{
    Achievement, AchievementCredential, AchievementResult, AchievementSubject, Approval, ContextEntry,
    CredentialStatus, Day, Did, Profile, ResultStatus, StatusListEntry, StatusPurpose, Timestamp, Uri,
};

use crate::achievement::{AchievementRecord, Form};
use crate::completion::Completion;
use crate::stage::Decision;

/// What all badges of one version of an achievement share, made once.
pub(crate) struct Template {
    record: AchievementRecord,
    contexts: Vec<ContextEntry>,
    issuer: Profile,
}

/// What is different for each badge besides its completion.
pub(crate) struct Particulars<'a> {
    /// The badge's id.
    pub id: Uri,
    /// The wallet's DID.
    pub holder: &'a Did,
    /// Where the status list is.
    pub status_list: &'a Uri,
    /// Which bit of it.
    pub status_index: u32,
    /// When it is signed.
    pub now: Timestamp,
}

impl Template {
    pub(crate) fn new(mut record: AchievementRecord, issuer: Profile) -> Self {
        let contexts = match record.form {
            Form::Extended => badge_contexts(),
            Form::Plain => {
                without_extension(&mut record.achievement);
                plain_badge_contexts()
            }
        };
        Self { record, contexts, issuer }
    }

    /// What a set status bit of its badges means.
    pub(crate) fn purpose(&self) -> StatusPurpose {
        self.record.status_purpose
    }

    /// The badge of that completion.
    pub(crate) fn badge(&self, completion: &Completion, particulars: Particulars<'_>) -> AchievementCredential {
        let achievement = &self.record.achievement;
        let facts = &completion.facts;
        let further = &facts.further;
        let mut subject = AchievementSubject::new(Some(particulars.holder.to_uri()), achievement.clone());
        subject.credits_earned = further.credits.or(achievement.credits_available);
        subject.result = further.grade.iter().map(|grade| result(achievement, grade)).collect();
        if self.record.form == Form::Extended {
            subject.basis.clone_from(&further.basis);
            subject.pathway = further.pathway;
            subject.workplace.clone_from(&further.workplace);
            subject.own_contribution.clone_from(&further.own_contribution);
            subject.approval = completion.stage.approved().map(|approved| approval(&approved.decision));
        }
        self.envelope(subject, facts.awarded, particulars)
    }

    /// The diploma that a board approved: awarded at the moment of signing.
    pub(crate) fn diploma(&self, decision: &Decision, particulars: Particulars<'_>) -> AchievementCredential {
        let achievement = &self.record.achievement;
        let mut subject = AchievementSubject::new(Some(particulars.holder.to_uri()), achievement.clone());
        subject.credits_earned = achievement.credits_available;
        if self.record.form == Form::Extended {
            subject.approval = Some(approval(decision));
        }
        let now = particulars.now;
        let mut diploma = self.envelope(subject, now.day(), particulars);
        diploma.awarded_date = Some(now);
        diploma
    }

    fn envelope(
        &self,
        subject: AchievementSubject,
        awarded: Day,
        particulars: Particulars<'_>,
    ) -> AchievementCredential {
        AchievementCredential {
            context: self.contexts.clone(),
            id: particulars.id,
            types: vec!["VerifiableCredential".to_owned(), "AchievementCredential".to_owned()],
            name: Some(self.record.achievement.name.clone()),
            description: None,
            image: None,
            issuer: self.issuer.clone(),
            valid_from: particulars.now,
            valid_until: self.record.validity.map(|validity| validity.until(awarded).start()),
            awarded_date: Some(awarded.start()),
            credential_subject: subject,
            credential_status: Some(CredentialStatus::Bitstring(StatusListEntry {
                id: None,
                purpose: self.record.status_purpose,
                index: particulars.status_index,
                list: particulars.status_list.clone(),
            })),
            credential_schema: Vec::new(),
            evidence: Vec::new(),
            endorsement: Vec::new(),
            endorsement_jwt: Vec::new(),
            related_resource: Vec::new(),
            refresh_service: Vec::new(),
            terms_of_use: Vec::new(),
        }
    }
}

fn approval(decision: &Decision) -> Approval {
    Approval {
        approval_body: decision.body.clone(),
        approval_reference: decision.reference.clone(),
        approval_date: decision.day,
    }
}

fn result(achievement: &Achievement, grade: &str) -> AchievementResult {
    AchievementResult {
        types: vec!["Result".to_owned()],
        achieved_level: None,
        alignment: Vec::new(),
        result_description: achievement.result_description.first().map(|description| description.id.clone()),
        status: Some(ResultStatus::Completed),
        value: Some(grade.to_owned()),
    }
}

/// What is left are outcomes and levels in `alignment`, credits, criteria, and codes in `otherIdentifier`.
fn without_extension(achievement: &mut Achievement) {
    achievement.credit_unit = None;
    achievement.credential_kind.clear();
    achievement.assessment.clear();
    achievement.participation.clear();
    achievement.quality_assurance.clear();
    achievement.prerequisites.clear();
    achievement.stackability.clear();
    achievement.recognition.clear();
    achievement.legal_basis.clear();
    achievement.sector = None;
}

//! What does counting need to know of a verified credential?

use std::collections::BTreeSet;
use std::rc::Rc;

use stapel_credential::{
    AchievementCredential, AchievementSubject, Basis, Code, CredentialKind, CredentialRef, CreditUnit, Credits, Did,
    Digest, ExemptionDecisionCredential, Level, ResultDescription, Sector, Setting, Timestamp, Uri,
};
use stapel_verifier::Verified;

use crate::held::HeldRecord;

/// What a holder has: verified credentials and decisions, in any order, copies and all.
#[derive(Debug, Clone, Copy)]
pub struct Holdings<'a> {
    /// The holder. What is about anybody else never counts.
    pub holder: &'a Uri,
    /// The badges.
    pub credentials: &'a [Verified<AchievementCredential>],
    /// The decisions of examination boards.
    pub decisions: &'a [Verified<ExemptionDecisionCredential>],
    /// The records of awards; one counts where a verified diploma of the holder fixes it by its digest.
    pub records: &'a [HeldRecord],
}

/// What identifies a credential, without a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Identity<'a> {
    issuer: &'a Uri,
    id: &'a Uri,
}

impl<'a> Identity<'a> {
    pub(crate) fn new(issuer: &'a Uri, id: &'a Uri) -> Self {
        Self { issuer, id }
    }

    pub(crate) fn of(reference: &'a CredentialRef) -> Self {
        Self::new(&reference.issuer, &reference.id)
    }

    pub(crate) fn issuer(self) -> &'a Uri {
        self.issuer
    }

    pub(crate) fn id(self) -> &'a Uri {
        self.id
    }

    pub(crate) fn to_reference(self) -> CredentialRef {
        CredentialRef { issuer: self.issuer.clone(), id: self.id.clone() }
    }
}

/// The facts of one credential that matter for counting. Hundreds are read for every count, so that texts are borrowed.
#[derive(Debug, Clone)]
pub(crate) struct Badge<'a> {
    pub(crate) identity: Identity<'a>,
    /// Shared by all that come from one issuer.
    pub(crate) issuer: Option<Rc<Did>>,
    pub(crate) name: &'a str,
    pub(crate) holder: Option<&'a Uri>,
    pub(crate) achievement: &'a Uri,
    pub(crate) codes: Vec<Code>,
    pub(crate) levels: Vec<Level>,
    pub(crate) kinds: &'a [CredentialKind],
    pub(crate) awarded: Timestamp,
    pub(crate) credits: Option<Credits>,
    pub(crate) unit: Option<CreditUnit>,
    /// None when nobody has it: it is pretended.
    credential: Option<&'a Verified<AchievementCredential>>,
    pub(crate) version: Option<&'a String>,
    pub(crate) sector: Option<Sector>,
    pub(crate) settings: Vec<Setting>,
    pub(crate) bases: &'a [Basis],
    pub(crate) results: Vec<Grade<'a>>,
    /// Hours at work, where it states any.
    pub(crate) hours: u64,
    pub(crate) outcomes: BTreeSet<&'a Uri>,
    /// The programmes toward an award of which it counted already.
    pub(crate) shared_with: BTreeSet<&'a Uri>,
    /// Of a held award whose record is at hand: the badges that it was made of.
    pub(crate) made_of: BTreeSet<usize>,
    /// Credentials with the same number are one badge, which counts once.
    pub(crate) counts_as: usize,
}

/// A result and the scale that it stands on, from low to high.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grade<'a> {
    pub(crate) value: &'a str,
    pub(crate) scale: &'a [String],
}

impl<'a> Badge<'a> {
    /// The facts of a credential.
    pub(crate) fn of(credential: &'a Verified<AchievementCredential>) -> Self {
        Self::beside(None, credential)
    }

    /// The facts of a credential that perhaps comes from the same issuer as another.
    pub(crate) fn beside(other: Option<&Self>, credential: &'a Verified<AchievementCredential>) -> Self {
        let content = credential.content();
        let identity = Identity::new(&content.issuer.id, &content.id);
        let known = other.filter(|other| other.identity.issuer == identity.issuer).map(|other| other.issuer.clone());
        let issuer = known.unwrap_or_else(|| identity.issuer.as_did().map(Rc::new));
        Self::read(identity, issuer, &content.credential_subject, content.award_instant(), Some(credential))
    }

    /// The facts of a badge by what it says of its subject.
    pub(crate) fn new(
        identity: Identity<'a>,
        issuer: Option<Rc<Did>>,
        subject: &'a AchievementSubject,
        awarded: Timestamp,
    ) -> Self {
        Self::read(identity, issuer, subject, awarded, None)
    }

    fn read(
        identity: Identity<'a>,
        issuer: Option<Rc<Did>>,
        subject: &'a AchievementSubject,
        awarded: Timestamp,
        credential: Option<&'a Verified<AchievementCredential>>,
    ) -> Self {
        let achievement = &subject.achievement;
        let results = subject.result.iter().filter_map(|result| grade(result, &achievement.result_description));
        let hours = subject.workplace.iter().filter_map(|work| work.workplace_hours);
        Self {
            identity,
            issuer,
            name: &achievement.name,
            holder: subject.id.as_ref(),
            achievement: &achievement.id,
            codes: achievement.codes(),
            levels: achievement.levels().collect(),
            kinds: &achievement.credential_kind,
            awarded,
            credits: subject.credits_earned.or(achievement.credits_available),
            unit: achievement.credit_unit,
            credential,
            version: achievement.version.as_ref(),
            sector: achievement.sector,
            settings: achievement.assessment.iter().filter_map(|assessment| assessment.assessment_setting).collect(),
            bases: &subject.basis,
            results: results.collect(),
            hours: hours.map(|hours| u64::from(hours.0)).sum(),
            outcomes: achievement.outcomes().map(|outcome| &outcome.target_url).collect(),
            shared_with: BTreeSet::new(),
            made_of: BTreeSet::new(),
            counts_as: 0,
        }
    }

    pub(crate) fn reference(&self) -> CredentialRef {
        self.identity.to_reference()
    }

    pub(crate) fn credential(&self) -> Option<&'a Verified<AchievementCredential>> {
        self.credential
    }

    /// The digest of the whole document: it is taken when it is first asked for, and most counts never ask.
    pub(crate) fn digest(&self) -> Option<Digest> {
        self.credential.map(Verified::digest)
    }
}

fn grade<'a>(result: &'a stapel_credential::AchievementResult, scales: &'a [ResultDescription]) -> Option<Grade<'a>> {
    let of = |scale: &&ResultDescription| result.result_description.as_ref() == Some(&scale.id);
    let scale = scales.iter().find(of).map_or(&[][..], |scale| scale.allowed_value.as_slice());
    Some(Grade { value: result.value.as_deref()?, scale })
}

//! What does counting need to know of a verified credential?

use std::collections::BTreeSet;
use std::rc::Rc;

use stapel_credential::{
    Achievement, AchievementCredential, AchievementSubject, Basis, Code, CodeScheme, CredentialKind, CredentialRef,
    CreditUnit, Credits, Did, Digest, ExemptionDecisionCredential, IdentifierEntry, Level, ResultDescription, Sector,
    Setting, Timestamp, Uri,
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
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identity<'a> {
    issuer: &'a Uri,
    id: &'a Uri,
}

/// Ids tell nearly all apart, and issuers are long and few.
impl PartialEq for Identity<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.issuer == other.issuer
    }
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

/// One credential as counting sees it. Hundreds are read for every count, of which most facts are never asked: they are read
/// from the credential when they are.
#[derive(Debug, Clone)]
pub(crate) struct Badge<'a> {
    pub(crate) identity: Identity<'a>,
    /// Shared by all that come from one issuer.
    pub(crate) issuer: Option<Rc<Did>>,
    pub(crate) awarded: Timestamp,
    subject: &'a AchievementSubject,
    /// None when nobody has it: it is pretended.
    credential: Option<&'a Verified<AchievementCredential>>,
    /// What records of awards say of it, where any is at hand.
    recorded: Option<Box<Recorded<'a>>>,
    /// Credentials with the same number are one badge, which counts once.
    pub(crate) counts_as: usize,
}

#[derive(Debug, Clone, Default)]
struct Recorded<'a> {
    /// The programmes toward an award of which it counted already.
    shared_with: BTreeSet<&'a Uri>,
    /// Of a held award: the badges that it was made of.
    made_of: BTreeSet<usize>,
}

/// A result and the scale that it stands on, from low to high.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grade<'a> {
    pub(crate) value: &'a str,
    pub(crate) scale: &'a [String],
}

impl<'a> Badge<'a> {
    /// The facts of a credential that perhaps comes from the same issuer as another.
    pub(crate) fn beside(other: Option<&Self>, credential: &'a Verified<AchievementCredential>) -> Self {
        let content = credential.content();
        let identity = Identity::new(&content.issuer.id, &content.id);
        let known = other.filter(|other| other.identity.issuer == identity.issuer).map(|other| other.issuer.clone());
        let issuer = known.unwrap_or_else(|| identity.issuer.as_did().map(Rc::new));
        let badge = Self::new(identity, issuer, &content.credential_subject, content.award_instant());
        Self { credential: Some(credential), ..badge }
    }

    /// The facts of a badge by what it says of its subject.
    pub(crate) fn new(
        identity: Identity<'a>,
        issuer: Option<Rc<Did>>,
        subject: &'a AchievementSubject,
        awarded: Timestamp,
    ) -> Self {
        Self { identity, issuer, awarded, subject, credential: None, recorded: None, counts_as: 0 }
    }

    /// As a record of an award says: it counted toward this programme.
    pub(crate) fn share_with(&mut self, programme: &'a Uri) {
        self.recorded.get_or_insert_default().shared_with.insert(programme);
    }

    /// As a record of an award says: it was made of these badges.
    pub(crate) fn make_of(&mut self, badges: impl Iterator<Item = usize>) {
        self.recorded.get_or_insert_default().made_of.extend(badges);
    }

    /// Forgets what records say.
    pub(crate) fn forget_records(&mut self) {
        self.recorded = None;
    }

    /// Whether it counted toward an award of this programme already.
    pub(crate) fn is_shared_with(&self, programme: &Uri) -> bool {
        self.recorded.as_ref().is_some_and(|recorded| recorded.shared_with.contains(programme))
    }

    /// Of a held award whose record is at hand: the badges that it was made of.
    pub(crate) fn made_of(&self) -> &BTreeSet<usize> {
        static NOTHING: BTreeSet<usize> = BTreeSet::new();
        self.recorded.as_ref().map_or(&NOTHING, |recorded| &recorded.made_of)
    }

    fn what(&self) -> &'a Achievement {
        &self.subject.achievement
    }

    pub(crate) fn name(&self) -> &'a str {
        &self.what().name
    }

    pub(crate) fn holder(&self) -> Option<&'a Uri> {
        self.subject.id.as_ref()
    }

    pub(crate) fn achievement(&self) -> &'a Uri {
        &self.what().id
    }

    pub(crate) fn codes(&self) -> Vec<Code> {
        self.what().codes()
    }

    /// Every text that may be a code.
    pub(crate) fn code_texts(&self) -> impl Iterator<Item = &'a str> {
        let own = self.what().human_code.as_deref();
        self.what().other_identifier.iter().map(|entry| entry.identifier.as_str()).chain(own)
    }

    /// Whether [`Badge::codes`] has this one.
    pub(crate) fn has_code(&self, code: &Code) -> bool {
        let is_it = |entry: &IdentifierEntry| {
            entry.identifier == code.value()
                && CodeScheme::find_identifier_type(entry.identifier_type.as_str()) == Some(code.scheme())
        };
        let is_own = code.scheme() == CodeScheme::Own && self.what().human_code.as_deref() == Some(code.value());
        is_own || self.what().other_identifier.iter().any(is_it)
    }

    pub(crate) fn levels(&self) -> impl Iterator<Item = Level> {
        self.what().levels()
    }

    pub(crate) fn kinds(&self) -> &'a [CredentialKind] {
        &self.what().credential_kind
    }

    pub(crate) fn credits(&self) -> Option<Credits> {
        self.subject.credits_earned.or(self.what().credits_available)
    }

    pub(crate) fn unit(&self) -> Option<CreditUnit> {
        self.what().credit_unit
    }

    pub(crate) fn version(&self) -> Option<&'a String> {
        self.what().version.as_ref()
    }

    pub(crate) fn sector(&self) -> Option<Sector> {
        self.what().sector
    }

    pub(crate) fn settings(&self) -> impl Iterator<Item = Setting> {
        self.what().assessment.iter().filter_map(|assessment| assessment.assessment_setting)
    }

    pub(crate) fn bases(&self) -> &'a [Basis] {
        &self.subject.basis
    }

    pub(crate) fn results(&self) -> impl Iterator<Item = Grade<'a>> {
        self.subject.result.iter().filter_map(|result| grade(result, &self.what().result_description))
    }

    /// Hours at work, where it states any.
    pub(crate) fn hours(&self) -> u64 {
        let hours = self.subject.workplace.iter().filter_map(|work| work.workplace_hours);
        hours.map(|hours| u64::from(hours.0)).sum()
    }

    pub(crate) fn outcomes(&self) -> impl Iterator<Item = &'a Uri> {
        self.what().outcomes().map(|outcome| &outcome.target_url)
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

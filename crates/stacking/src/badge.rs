//! What does counting need to know of a verified credential? And which of them are one badge?

use std::collections::{BTreeMap, BTreeSet};

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

/// The facts of one credential that matters for counting.
#[derive(Debug, Clone)]
pub(crate) struct Badge {
    pub(crate) reference: CredentialRef,
    pub(crate) issuer: Option<Did>,
    pub(crate) name: String,
    pub(crate) holder: Option<Uri>,
    pub(crate) achievement: Uri,
    pub(crate) codes: Vec<Code>,
    pub(crate) levels: Vec<Level>,
    pub(crate) kinds: Vec<CredentialKind>,
    pub(crate) awarded: Timestamp,
    pub(crate) credits: Option<Credits>,
    pub(crate) unit: Option<CreditUnit>,
    pub(crate) digest: Digest,
    pub(crate) version: Option<String>,
    pub(crate) sector: Option<Sector>,
    pub(crate) settings: Vec<Setting>,
    pub(crate) bases: Vec<Basis>,
    pub(crate) results: Vec<Grade>,
    /// Hours at work, where it states any.
    pub(crate) hours: u64,
    pub(crate) outcomes: BTreeSet<Uri>,
    /// The programmes toward an award of which it counted already.
    pub(crate) shared_with: BTreeSet<Uri>,
    /// Of a held award whose record is at hand: the badges that it was made of.
    pub(crate) made_of: BTreeSet<usize>,
    /// Credentials with the same number are one badge, which counts once.
    pub(crate) counts_as: usize,
}

/// A result and the scale that it stands on, from low to high.
#[derive(Debug, Clone)]
pub(crate) struct Grade {
    pub(crate) value: String,
    pub(crate) scale: Vec<String>,
}

/// All credentials ordered by identity, so that the order in which they came has no effect, and numbered by badge.
pub(crate) fn read(
    holdings: &Holdings<'_>,
    pretended: Vec<Badge>,
    is_repeatable: impl Fn(&Badge) -> bool,
) -> Vec<Badge> {
    let mut credentials: Vec<&Verified<AchievementCredential>> = holdings.credentials.iter().collect();
    credentials.sort_by_cached_key(|credential| (credential.reference(), credential.digest()));
    let mut badges: Vec<Badge> = credentials.iter().map(|credential| facts(credential)).collect();
    badges.extend(pretended);
    number(&mut badges, &is_repeatable);
    for credential in
        credentials.iter().filter(|held| held.content().credential_subject.id.as_ref() == Some(holdings.holder))
    {
        note_record(&mut badges, credential, holdings.records, &is_repeatable);
    }
    badges
}

/// What a held award was made of counts with it no second time, and is known to be shared.
fn note_record(
    badges: &mut [Badge],
    award: &Verified<AchievementCredential>,
    records: &[HeldRecord],
    is_repeatable: &impl Fn(&Badge) -> bool,
) {
    let fixed = award.content().related_resource.iter().filter_map(|resource| resource.digest_sri);
    for record in fixed.filter_map(|digest| records.iter().find(|record| record.digest() == digest)) {
        let counted = badges.iter().filter(|badge| {
            badge.holder == award.content().credential_subject.id
                && record.counted(&badge.reference, Some(&badge.achievement).filter(|_| !is_repeatable(badge)))
        });
        let made_of: BTreeSet<usize> = counted.map(|badge| badge.counts_as).collect();
        let reference = award.reference();
        let number = badges.iter().find(|badge| badge.reference == reference).map(|badge| badge.counts_as);
        for badge in badges.iter_mut() {
            if made_of.contains(&badge.counts_as) {
                badge.shared_with.insert(record.programme().clone());
            }
            if number == Some(badge.counts_as) {
                badge.made_of.extend(made_of.iter().filter(|part| Some(**part) != number));
            }
        }
    }
}

pub(crate) fn facts(credential: &Verified<AchievementCredential>) -> Badge {
    let content = credential.content();
    let subject = &content.credential_subject;
    facts_of(content.reference(), content.issuer_did(), subject, content.award_instant(), credential.digest())
}

pub(crate) fn facts_of(
    reference: CredentialRef,
    issuer: Option<Did>,
    subject: &AchievementSubject,
    awarded: Timestamp,
    digest: Digest,
) -> Badge {
    let achievement = &subject.achievement;
    Badge {
        reference,
        issuer,
        name: achievement.name.clone(),
        holder: subject.id.clone(),
        achievement: achievement.id.clone(),
        codes: achievement.codes(),
        levels: achievement.levels().collect(),
        kinds: achievement.credential_kind.clone(),
        awarded,
        credits: subject.credits_earned.or(achievement.credits_available),
        unit: achievement.credit_unit,
        digest,
        version: achievement.version.clone(),
        sector: achievement.sector,
        settings: achievement.assessment.iter().filter_map(|assessment| assessment.assessment_setting).collect(),
        bases: subject.basis.clone(),
        results: subject.result.iter().filter_map(|result| grade(result, &achievement.result_description)).collect(),
        hours: subject.workplace.iter().filter_map(|work| work.workplace_hours).map(|hours| u64::from(hours.0)).sum(),
        outcomes: achievement.outcomes().map(|outcome| outcome.target_url.clone()).collect(),
        shared_with: BTreeSet::new(),
        made_of: BTreeSet::new(),
        counts_as: 0,
    }
}

fn grade(result: &stapel_credential::AchievementResult, scales: &[ResultDescription]) -> Option<Grade> {
    let of = |scale: &&ResultDescription| result.result_description.as_ref() == Some(&scale.id);
    let scale = scales.iter().find(of).map(|scale| scale.allowed_value.clone()).unwrap_or_default();
    Some(Grade { value: result.value.clone()?, scale })
}

/// A badge counts once: credentials of one issuer and subject that share their id or their achievement get one number; what
/// the programme calls repeatable shares its day too. Numbers follow the order of the smallest identity.
fn number(badges: &mut [Badge], is_repeatable: &impl Fn(&Badge) -> bool) {
    let mut groups = Groups((0..badges.len()).collect());
    let mut by_id: BTreeMap<&CredentialRef, usize> = BTreeMap::new();
    let mut by_achievement = BTreeMap::new();
    for (at, badge) in badges.iter().enumerate() {
        let same_id = *by_id.entry(&badge.reference).or_insert(at);
        let day = is_repeatable(badge).then(|| badge.awarded.day());
        let what = (&badge.reference.issuer, &badge.achievement, badge.holder.as_ref(), day);
        let same_achievement = *by_achievement.entry(what).or_insert(at);
        groups.join(at, same_id);
        groups.join(at, same_achievement);
    }
    let mut numbers = BTreeMap::new();
    for (at, badge) in badges.iter_mut().enumerate() {
        let next = numbers.len();
        badge.counts_as = *numbers.entry(groups.find(at)).or_insert(next);
    }
}

/// Disjoint sets; the smallest member names its set.
struct Groups(Vec<usize>);

impl Groups {
    fn find(&self, mut member: usize) -> usize {
        while let Some(above) = self.0.get(member).copied().filter(|above| *above != member) {
            member = above;
        }
        member
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        if let Some(above) = self.0.get_mut(one.max(other)) {
            *above = one.min(other);
        }
    }
}

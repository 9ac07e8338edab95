//! What does counting need to know of a verified credential? And which of them are one badge?

use std::collections::BTreeMap;

use stapel_credential::{
    AchievementCredential, Code, CredentialKind, CredentialRef, CreditUnit, Credits, Did, ExemptionDecisionCredential,
    Level, Timestamp, Uri,
};
use stapel_verifier::Verified;

/// What a holder has: verified credentials and decisions, in any order, copies and all.
#[derive(Debug, Clone, Copy)]
pub struct Holdings<'a> {
    /// The holder. What is about anybody else never counts.
    pub holder: &'a Uri,
    /// The badges.
    pub credentials: &'a [Verified<AchievementCredential>],
    /// The decisions of examination boards.
    pub decisions: &'a [Verified<ExemptionDecisionCredential>],
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
    /// Credentials with the same number are one badge, which counts once.
    pub(crate) counts_as: usize,
}

/// All credentials ordered by identity, so that the order in which they came has no effect, and numbered by badge.
pub(crate) fn read(holdings: &Holdings<'_>) -> Vec<Badge> {
    let mut credentials: Vec<&Verified<AchievementCredential>> = holdings.credentials.iter().collect();
    credentials.sort_by_cached_key(|credential| (credential.reference(), credential.digest()));
    let mut badges: Vec<Badge> = credentials.into_iter().map(facts).collect();
    number(&mut badges);
    badges
}

fn facts(credential: &Verified<AchievementCredential>) -> Badge {
    let content = credential.content();
    let subject = &content.credential_subject;
    let achievement = &subject.achievement;
    Badge {
        reference: content.reference(),
        issuer: content.issuer_did(),
        name: achievement.name.clone(),
        holder: subject.id.clone(),
        achievement: achievement.id.clone(),
        codes: achievement.codes(),
        levels: achievement.levels().collect(),
        kinds: achievement.credential_kind.clone(),
        awarded: content.award_instant(),
        credits: subject.credits_earned.or(achievement.credits_available),
        unit: achievement.credit_unit,
        counts_as: 0,
    }
}

/// A badge counts once: credentials of one issuer and subject that share their id or their achievement get one number.
/// Numbers follow the order of the smallest identity.
fn number(badges: &mut [Badge]) {
    let mut groups = Groups((0..badges.len()).collect());
    let mut by_id: BTreeMap<&CredentialRef, usize> = BTreeMap::new();
    let mut by_achievement: BTreeMap<(&Uri, &Uri, Option<&Uri>), usize> = BTreeMap::new();
    for (at, badge) in badges.iter().enumerate() {
        let same_id = *by_id.entry(&badge.reference).or_insert(at);
        let what = (&badge.reference.issuer, &badge.achievement, badge.holder.as_ref());
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

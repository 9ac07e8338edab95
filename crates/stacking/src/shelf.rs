//! What does a holder have, which of it is one badge, and what could be meant by a match? Read once, however many programmes
//! it is held against.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use stapel_credential::{AchievementCredential, Code, ExemptionDecisionCredential, Match, Uri};
use stapel_verifier::Verified;

use crate::badge::{Badge, Holdings, Identity};
use crate::held::HeldRecord;

/// Everything at hand, ordered by identity, so that the order in which it came has no effect.
#[derive(Debug, Clone)]
pub(crate) struct Shelf<'a> {
    pub(crate) holdings: Holdings<'a>,
    pub(crate) badges: Vec<Badge<'a>>,
    /// Of each, whether it is the holder's.
    own: Vec<bool>,
    /// Of copies only the first.
    pub(crate) decisions: Vec<&'a Verified<ExemptionDecisionCredential>>,
    /// Where the credentials of each issuer stand.
    issuers: Vec<(&'a Uri, Range<usize>)>,
    /// By what matches ask for first, so that not every credential is held against every match.
    by_achievement: Vec<(&'a Uri, usize)>,
    by_code: Vec<(Code, usize)>,
    by_outcome: Vec<(&'a Uri, usize)>,
}

impl<'a> Shelf<'a> {
    /// Reads everything, with badges that nobody has: for what if, and never for progress.
    pub(crate) fn new(holdings: &Holdings<'a>, pretended: Vec<Badge<'a>>) -> Self {
        let mut badges: Vec<Badge<'a>> = Vec::with_capacity(holdings.credentials.len());
        for credential in ordered(holdings.credentials) {
            badges.push(Badge::beside(badges.last(), credential));
        }
        if !pretended.is_empty() {
            badges.extend(pretended);
            badges.sort_by(|one, other| one.identity.cmp(&other.identity));
        }
        let mut decisions: Vec<_> = holdings.decisions.iter().collect();
        decisions.sort_by_cached_key(|decision| (decision.reference(), decision.digest()));
        decisions.dedup_by_key(|decision| decision.digest());
        let mut by_achievement: Vec<_> = (0..).zip(&badges).map(|(at, badge)| (badge.achievement, at)).collect();
        by_achievement.sort_unstable();
        let outcomes = (0..).zip(&badges).flat_map(|(at, badge)| badge.outcomes.iter().map(move |of| (*of, at)));
        let mut by_outcome: Vec<(&'a Uri, usize)> = outcomes.collect();
        by_outcome.sort_unstable();
        let codes = (0..).zip(&badges).flat_map(|(at, badge)| badge.codes.iter().map(move |code| (code.clone(), at)));
        let mut by_code: Vec<(Code, usize)> = codes.collect();
        by_code.sort_unstable();
        let mut issuers: Vec<(&'a Uri, Range<usize>)> = Vec::new();
        for (at, badge) in badges.iter().enumerate() {
            match issuers.last_mut() {
                Some((issuer, range)) if *issuer == badge.identity.issuer() => range.end = at + 1,
                _ => issuers.push((badge.identity.issuer(), at..at + 1)),
            }
        }
        let own = badges.iter().map(|badge| badge.holder == Some(holdings.holder)).collect();
        let mut shelf =
            Self { holdings: *holdings, badges, own, decisions, issuers, by_achievement, by_code, by_outcome };
        shelf.number(&|_| false);
        shelf
    }

    /// A badge counts once: credentials of one issuer and subject that share their id or their achievement get one number;
    /// what the programme calls repeatable shares its day too. Numbers follow the order of the smallest identity.
    pub(crate) fn number(&mut self, is_repeatable: &dyn Fn(&Badge<'_>) -> bool) {
        let mut groups = Groups((0..self.badges.len()).collect());
        for (at, pair) in self.badges.windows(2).enumerate() {
            if matches!(pair, [one, other] if one.identity == other.identity) {
                groups.join(at, at + 1);
            }
        }
        for of_one in self.by_achievement.chunk_by(|(one, _), (other, _)| one == other) {
            let mut seen: Vec<(usize, _)> = Vec::with_capacity(of_one.len());
            for (_, at) in of_one.iter().filter(|_| of_one.len() > 1) {
                let Some(badge) = self.badges.get(*at) else { continue };
                let day = is_repeatable(badge).then(|| badge.awarded.day());
                let what = (badge.identity.issuer(), badge.holder, day);
                match seen.iter().find(|(_, known)| *known == what) {
                    Some((first, _)) => groups.join(*at, *first),
                    None => seen.push((*at, what)),
                }
            }
        }
        let mut numbers: Vec<Option<usize>> = vec![None; self.badges.len()];
        let mut next = 0;
        for (at, badge) in self.badges.iter_mut().enumerate() {
            let Some(number) = numbers.get_mut(groups.find(at)) else { continue };
            badge.counts_as = *number.get_or_insert_with(|| {
                next += 1;
                next - 1
            });
            badge.shared_with = BTreeSet::new();
            badge.made_of = BTreeSet::new();
        }
        self.note_records(is_repeatable);
    }

    fn note_records(&mut self, is_repeatable: &dyn Fn(&Badge<'_>) -> bool) {
        if self.holdings.records.is_empty() {
            return;
        }
        let own = self.badges.iter().filter(|badge| badge.holder == Some(self.holdings.holder));
        let awards: Vec<_> = own.filter_map(Badge::credential).collect();
        for award in awards {
            self.note_record(award, is_repeatable);
        }
    }

    /// What a held award was made of counts with it no second time, and is known to be shared.
    fn note_record(&mut self, award: &'a Verified<AchievementCredential>, is_repeatable: &dyn Fn(&Badge<'_>) -> bool) {
        let content = award.content();
        let identity = Identity::new(&content.issuer.id, &content.id);
        let records = self.holdings.records;
        let fixed = content.related_resource.iter().filter_map(|resource| resource.digest_sri);
        let fixed = fixed.filter_map(|digest| records.iter().find(|record| record.digest() == digest));
        for record in fixed.flat_map(HeldRecord::all) {
            let counted = self.badges.iter().filter(|badge| {
                badge.holder == content.credential_subject.id.as_ref()
                    && record.counted(badge.identity, Some(badge.achievement).filter(|_| !is_repeatable(badge)))
            });
            let made_of: BTreeSet<usize> = counted.map(|badge| badge.counts_as).collect();
            let number = self.badges.iter().find(|badge| badge.identity == identity).map(|badge| badge.counts_as);
            for badge in &mut self.badges {
                if made_of.contains(&badge.counts_as) {
                    badge.shared_with.insert(record.programme());
                }
                if number == Some(badge.counts_as) {
                    badge.made_of.extend(made_of.iter().filter(|part| Some(**part) != number));
                }
            }
        }
    }

    /// The credentials with this identity, by number.
    pub(crate) fn with_identity(&self, identity: Identity<'_>) -> Range<usize> {
        let place = self.issuers.binary_search_by(|(issuer, _)| (*issuer).cmp(identity.issuer()));
        let Some((_, of_issuer)) = place.ok().and_then(|place| self.issuers.get(place)) else { return 0..0 };
        let badges = self.badges.get(of_issuer.clone()).unwrap_or_default();
        let from = badges.partition_point(|badge| badge.identity.id() < identity.id());
        let same = badges.iter().skip(from).take_while(|badge| badge.identity.id() == identity.id()).count();
        of_issuer.start + from..of_issuer.start + from + same
    }

    /// Writes down the holder's own credentials that could fit, in order.
    pub(crate) fn find_candidates(&self, wanted: &Match, found: &mut Vec<usize>) {
        found.clear();
        if !wanted.achievement.is_empty() {
            wanted.achievement.iter().for_each(|id| found.extend(having(&self.by_achievement, id)));
        } else if !wanted.code.is_empty() {
            wanted.code.iter().for_each(|code| found.extend(having(&self.by_code, code)));
        } else {
            found.extend(0..self.badges.len());
        }
        found.retain(|at| self.is_own(*at));
        if wanted.achievement.len() + wanted.code.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
    }

    /// The holder's own credentials that show an outcome, in order.
    pub(crate) fn showing<'b>(&'b self, outcome: &'b Uri) -> impl Iterator<Item = usize> + use<'a, 'b> {
        having(&self.by_outcome, outcome).filter(|at| self.is_own(*at))
    }

    fn is_own(&self, at: usize) -> bool {
        self.own.get(at).copied().unwrap_or(false)
    }
}

/// Ordered by identity, and copies by their digest: that is taken for them alone. Issuers are few and their names long, so
/// that they are compared once and stand for themselves by number.
fn ordered(credentials: &[Verified<AchievementCredential>]) -> Vec<&Verified<AchievementCredential>> {
    let issuers: BTreeSet<&Uri> = credentials.iter().map(|credential| &credential.content().issuer.id).collect();
    let numbers: BTreeMap<&Uri, usize> = issuers.into_iter().zip(0..).collect();
    let keyed = credentials.iter().map(|credential| {
        let content = credential.content();
        (numbers.get(&content.issuer.id).copied(), &content.id, credential)
    });
    let mut keyed: Vec<_> = keyed.collect();
    keyed.sort_by(|(issuer, id, one), (of_issuer, of_id, other)| {
        (issuer, id).cmp(&(of_issuer, of_id)).then_with(|| one.digest().cmp(&other.digest()))
    });
    keyed.into_iter().map(|(_, _, credential)| credential).collect()
}

/// Where a key stands in an ordered index.
fn having<'a, K, Q>(index: &'a [(K, usize)], key: &'a Q) -> impl Iterator<Item = usize> + use<'a, K, Q>
where
    K: std::borrow::Borrow<Q>,
    Q: Ord,
{
    let from = index.partition_point(|(known, _)| known.borrow() < key);
    index.iter().skip(from).take_while(move |(known, _)| known.borrow() == key).map(|(_, at)| *at)
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

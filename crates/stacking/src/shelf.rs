//! What does a holder have, which of it is one badge, and what could be meant by a match? Read once, however many programmes
//! it is held against.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use stapel_credential::{AchievementCredential, ExemptionDecisionCredential, Match, Uri};
use stapel_verifier::Verified;

use crate::badge::{Badge, Holdings, Identity};
use crate::held::HeldRecord;
use crate::index::Index;

/// Everything at hand, ordered by identity, so that the order in which it came has no effect.
#[derive(Debug, Clone)]
pub(crate) struct Shelf<'a> {
    pub(crate) holdings: Holdings<'a>,
    pub(crate) badges: Vec<Badge<'a>>,
    /// Of each, whether it is the holder's.
    own: Vec<bool>,
    /// Of copies only the first.
    pub(crate) decisions: Vec<&'a Verified<ExemptionDecisionCredential>>,
    by_id: Index,
    /// By what matches ask for first, so that not every credential is held against every match.
    by_achievement: Index,
    /// Read when a match first asks for them.
    by_code: OnceCell<Index>,
    by_outcome: OnceCell<Index>,
}

impl<'a> Shelf<'a> {
    /// Reads everything, with badges that nobody has: for what if, and never for progress.
    pub(crate) fn new(holdings: &Holdings<'a>, pretended: Vec<Badge<'a>>) -> Self {
        let mut badges: Vec<Badge<'a>> = Vec::with_capacity(holdings.credentials.len() + pretended.len());
        for credential in holdings.credentials {
            badges.push(Badge::beside(badges.last(), credential));
        }
        badges.extend(pretended);
        let badges = ordered(badges);
        let mut decisions: Vec<_> = holdings.decisions.iter().collect();
        decisions.sort_by_cached_key(|decision| (decision.reference(), decision.digest()));
        decisions.dedup_by_key(|decision| decision.digest());
        let by_id = Index::of(badges.iter().map(|badge| badge.identity.id().as_str()));
        let by_achievement = Index::of(badges.iter().map(|badge| badge.achievement().as_str()));
        let own = badges.iter().map(|badge| badge.holder() == Some(holdings.holder)).collect();
        let (by_code, by_outcome) = (OnceCell::new(), OnceCell::new());
        let mut shelf =
            Self { holdings: *holdings, badges, own, decisions, by_id, by_achievement, by_code, by_outcome };
        shelf.number(&|_| false);
        shelf
    }

    /// A badge counts once: credentials of one issuer and subject that share their id or their achievement get one number;
    /// what the programme calls repeatable shares its day too. Numbers follow the order of the smallest identity.
    pub(crate) fn number(&mut self, is_repeatable: &dyn Fn(&Badge<'_>) -> bool) {
        let numbers = self.one_badge(is_repeatable);
        for (at, badge) in self.badges.iter_mut().enumerate() {
            badge.counts_as = numbers.get(at).copied().unwrap_or(at);
            badge.forget_records();
        }
        self.note_records(is_repeatable);
    }

    /// The number of each credential; nothing where each is a badge of its own.
    fn one_badge(&self, is_repeatable: &dyn Fn(&Badge<'_>) -> bool) -> Vec<usize> {
        if !self.by_id.may_repeat() && !self.by_achievement.may_repeat() {
            return Vec::new();
        }
        let mut groups = Groups((0..self.badges.len()).collect());
        for (at, pair) in self.badges.windows(2).enumerate() {
            if matches!(pair, [one, other] if one.identity == other.identity) {
                groups.join(at, at + 1);
            }
        }
        for alike in self.by_achievement.alike() {
            let mut seen = Vec::new();
            for (at, badge) in alike.filter_map(|at| Some((at, self.badges.get(at)?))) {
                let day = is_repeatable(badge).then(|| badge.awarded.day());
                let what = (badge.identity.issuer(), badge.achievement(), badge.holder(), day);
                match seen.iter().find(|(_, known)| *known == what) {
                    Some((first, _)) => groups.join(at, *first),
                    None => seen.push((at, what)),
                }
            }
        }
        let mut numbers: Vec<Option<usize>> = vec![None; self.badges.len()];
        let mut next = 0..;
        let number = |at: usize| {
            let number = numbers.get_mut(groups.find(at))?;
            *number = number.or_else(|| next.next());
            *number
        };
        (0..self.badges.len()).filter_map(number).collect()
    }

    fn note_records(&mut self, is_repeatable: &dyn Fn(&Badge<'_>) -> bool) {
        if self.holdings.records.is_empty() {
            return;
        }
        let own = self.badges.iter().filter(|badge| badge.holder() == Some(self.holdings.holder));
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
                badge.holder() == content.credential_subject.id.as_ref()
                    && record.counted(badge.identity, Some(badge.achievement()).filter(|_| !is_repeatable(badge)))
            });
            let made_of: BTreeSet<usize> = counted.map(|badge| badge.counts_as).collect();
            let number = self.badges.iter().find(|badge| badge.identity == identity).map(|badge| badge.counts_as);
            for badge in &mut self.badges {
                if made_of.contains(&badge.counts_as) {
                    badge.share_with(record.programme());
                }
                if number == Some(badge.counts_as) {
                    badge.make_of(made_of.iter().copied().filter(|part| Some(*part) != number));
                }
            }
        }
    }

    /// The credentials with this identity, by number.
    pub(crate) fn with_identity(&self, identity: Identity<'_>) -> Range<usize> {
        let has_it = |at: &usize| self.badges.get(*at).is_some_and(|badge| badge.identity == identity);
        let mut found = self.by_id.find(identity.id().as_str()).filter(has_it);
        // They stand together, since the shelf is ordered by identity.
        found.next().map_or(0..0, |first| first..first + 1 + found.count())
    }

    /// Writes down the holder's own credentials that could fit, in order.
    pub(crate) fn find_candidates(&self, wanted: &Match, found: &mut Vec<usize>) {
        found.clear();
        if !wanted.achievement.is_empty() {
            for id in &wanted.achievement {
                let is_it = |at: &usize| self.badges.get(*at).is_some_and(|badge| badge.achievement() == id);
                found.extend(self.by_achievement.find(id.as_str()).filter(is_it));
            }
        } else if !wanted.code.is_empty() {
            let by_code = self.by_code.get_or_init(|| self.index(Badge::code_texts));
            for code in &wanted.code {
                let has_it = |at: &usize| self.badges.get(*at).is_some_and(|badge| badge.has_code(code));
                found.extend(by_code.find(code.value()).filter(has_it));
            }
        } else {
            found.extend(0..self.badges.len());
        }
        found.retain(|at| self.is_own(*at));
        if wanted.achievement.len() + wanted.code.len() > 1 {
            found.sort_unstable();
        }
        found.dedup();
    }

    /// The holder's own credentials that show an outcome, in order.
    pub(crate) fn showing<'b>(&'b self, outcome: &'b Uri) -> impl Iterator<Item = usize> + use<'a, 'b> {
        let by_outcome = self.by_outcome.get_or_init(|| self.index(|badge| badge.outcomes().map(Uri::as_str)));
        let shows_it =
            move |at: &usize| self.badges.get(*at).is_some_and(|badge| badge.outcomes().any(|of| of == outcome));
        by_outcome.find(outcome.as_str()).filter(shows_it).filter(|at| self.is_own(*at))
    }

    fn index<'b, T: Iterator<Item = &'b str>>(&'b self, texts: impl Fn(&'b Badge<'a>) -> T) -> Index {
        Index::at((0..).zip(&self.badges).flat_map(|(at, badge)| std::iter::repeat(at).zip(texts(badge))))
    }

    fn is_own(&self, at: usize) -> bool {
        self.own.get(at).copied().unwrap_or(false)
    }
}

/// Ordered by identity, and copies by their digest: that is taken for them alone. Issuers are few and their names long, so
/// that they are compared once and stand for themselves by number; of ids the first bytes that differ tell nearly all.
fn ordered<'a>(badges: Vec<Badge<'a>>) -> Vec<Badge<'a>> {
    let of_one_issuer = || badges.chunk_by(|one, other| one.identity.issuer() == other.identity.issuer());
    let issuers: BTreeSet<_> = of_one_issuer().filter_map(<[_]>::first).map(|badge| badge.identity.issuer()).collect();
    let numbers: BTreeMap<_, u32> = issuers.into_iter().zip(0..).collect();
    let numbers = of_one_issuer().flat_map(|of_one| {
        let number = of_one.first().and_then(|badge| numbers.get(badge.identity.issuer()).copied());
        std::iter::repeat_n(number.unwrap_or_default(), of_one.len())
    });
    let id = |badge: &Badge<'a>| badge.identity.id().as_str();
    let same = badges.windows(2).fold(usize::MAX, |same, pair| match pair {
        [one, other] => same_bytes(id(one), id(other), same),
        _ => same,
    });
    let keys = numbers.zip(&badges).map(|(number, badge)| u128::from(number) << 64 | bytes_from(id(badge), same));
    let mut order: Vec<(u128, usize)> = keys.zip(0..).collect();
    order.sort_unstable_by(|(one, at), (other, of_other)| {
        one.cmp(other).then_with(|| {
            let (Some(one), Some(other)) = (badges.get(*at), badges.get(*of_other)) else { return Ordering::Equal };
            let what = |badge: &Badge<'a>| (badge.credential().is_none(), badge.digest());
            id(one).cmp(id(other)).then_with(|| what(one).cmp(&what(other))).then(at.cmp(of_other))
        })
    });
    let order: Vec<usize> = order.into_iter().map(|(_, at)| at).collect();
    in_order(badges, &order)
}

/// Puts at each place what stands where the order says.
fn in_order<T>(mut list: Vec<T>, order: &[usize]) -> Vec<T> {
    for to in 0..list.len().min(order.len()) {
        let mut from = to;
        // What stood there may have been moved away already, to where another was wanted.
        loop {
            from = order.get(from).copied().unwrap_or(to);
            if from >= to {
                break;
            }
        }
        list.swap(to, from);
    }
    list
}

/// So many bytes are the same at the start of both, at most as many as before.
fn same_bytes(one: &str, other: &str, before: usize) -> usize {
    match (one.as_bytes().get(..before), other.as_bytes().get(..before)) {
        (Some(one), Some(other)) if one == other => before,
        _ => one.bytes().zip(other.bytes()).take(before).take_while(|(one, other)| one == other).count(),
    }
}

/// Eight bytes from here on, as a number that orders as they do; no text has a byte of zero where another ends.
fn bytes_from(text: &str, from: usize) -> u128 {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
    u64::from_be_bytes(bytes).into()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_put_in_any_order() {
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 2, 3, 0], [3, 0, 1, 2], [2, 0, 3, 1]] {
            let wanted: Vec<usize> = order.iter().map(|at| at * 10).collect();
            assert_eq!(in_order(vec![0, 10, 20, 30], &order), wanted);
        }
    }
}

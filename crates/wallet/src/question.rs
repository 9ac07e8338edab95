//! What was asked, and with how little can the holder answer it?

use std::cmp::Reverse;
use std::collections::BTreeSet;

use stapel_credential::json;
use stapel_credential::{
    AchievementSubject, Ask, CredentialRef, OutcomeAsk, ProgrammeSubject, Question, Timestamp, Uri,
    VerifiablePresentation,
};
use stapel_proof::Signed;
use stapel_stacking::{Budget, Found, Holdings, WhyUnused, answers, find};
use stapel_verifier::{Audience, Dossier, Outcome, Policy, verify_presentation};

use crate::error::WalletError;
use crate::kept::{KeptBadge, KeptDocument};
use crate::present::{Contents, Showing, of_plan};
use crate::progress::Counting;
use crate::shelf::Used;
use crate::wallet::Wallet;

/// So many sets of credentials are tried, besides leaving out one after the other.
const MOST_TRIED: usize = 1_000;

/// A question as it reached the holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedQuestion {
    /// What is asked.
    pub question: Question,
    /// Who asks, when the question is signed and the signature was checked.
    pub asker: Option<Uri>,
}

impl AskedQuestion {
    /// Reads a question: plain JSON, or a presentation of the asker that carries one.
    ///
    /// # Errors
    /// [`WalletError::Question`], [`WalletError::QuestionNotGenuine`], [`WalletError::NoQuestion`].
    pub fn read(text: &str, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Result<Self, WalletError> {
        let text = text.trim();
        let tree = json::parse_within(text, json::MAX_COLLECTION_BYTES).map_err(WalletError::Question)?;
        if tree.find("type").is_none() {
            return Ok(Self { question: Question::parse(text).map_err(WalletError::Question)?, asker: None });
        }
        let signed = Signed::<VerifiablePresentation>::parse(text)?;
        let verdict = verify_presentation(&signed, dossier, policy, &Audience::default(), now);
        let outcome = verdict.findings.outcome();
        if outcome == Outcome::Refused {
            return Err(WalletError::QuestionNotGenuine { findings: verdict.findings });
        }
        let question = verdict.question.ok_or(WalletError::NoQuestion)?;
        Ok(Self { question, asker: verdict.holder.filter(|_| outcome != Outcome::Undecided) })
    }
}

impl Wallet {
    /// Reads a question with what this wallet has. Ask [`Wallet::missing_for`] first.
    ///
    /// # Errors
    /// As [`AskedQuestion::read`].
    pub fn read_question(&self, text: &str, now: Timestamp) -> Result<AskedQuestion, WalletError> {
        AskedQuestion::read(text, self.dossier(), &self.policy, now)
    }

    /// Answers a question with the fewest credentials that satisfy it; of a question about a programme, with the programme
    /// and the plan. Ask [`Wallet::missing`] first. A programme is given where the question names none.
    ///
    /// Credentials are left out one after the other as long as the rest satisfies; then smaller sets are tried, up to a
    /// fixed number, so in a large wallet with many alternatives a smaller set may exist.
    ///
    /// # Errors
    /// [`WalletError::NotSatisfied`], [`WalletError::NoneAnswers`]: then nothing is signed. As [`Wallet::progress`].
    pub fn answer(
        &mut self,
        question: &Question,
        programme: Option<&KeptDocument<ProgrammeSubject>>,
        showing: &Showing,
        budget: Budget,
        now: Timestamp,
    ) -> Result<Signed<VerifiablePresentation>, WalletError> {
        if let Ask::Outcome(ask) = &question.ask {
            let badge = self.best_for(ask, now)?;
            let mut contents = Contents { question: Some(question.clone()), ..Contents::default() };
            contents.add(badge.signed.text(), badge.peek_unverified());
            return self.sign(contents, showing, now);
        }
        let programme = match programme {
            Some(programme) => programme.clone(),
            None => self.asked_programme(question)?,
        };
        let counting = self.holdings(&programme, now)?;
        let search = Search { counting: &counting, question, budget };
        let found = search.fewest()?;
        self.sign(of_plan(&counting, &found.plan, question), showing, now)
    }

    fn asked_programme(&self, question: &Question) -> Result<KeptDocument<ProgrammeSubject>, WalletError> {
        let mut kept = self.programmes()?;
        let Some(asked) = &question.programme else {
            let number = kept.len();
            return match kept.pop() {
                Some(only) if number == 1 => Ok(only),
                _ => Err(WalletError::WhichProgramme { number }),
            };
        };
        let found = kept.into_iter().find(|kept| kept.signed.digest() == asked.digest);
        found.ok_or_else(|| WalletError::ProgrammeNotHere { programme: Box::new(asked.clone()) })
    }

    /// The badge that answers; of several, the one awarded last.
    fn best_for(&mut self, ask: &OutcomeAsk, now: Timestamp) -> Result<KeptBadge, WalletError> {
        let trust = self.trust(now);
        let mut used = Used::default();
        let mut closest: Option<(String, Box<WhyUnused>)> = None;
        let mut answering = Vec::new();
        for kept in self.load_all::<AchievementSubject>()? {
            let verdict = self.judge(&kept.signed, now);
            used.note(kept.peek_unverified(), verdict.findings());
            let Some(verified) = verdict.accepted() else { continue };
            match answers(ask, verified, &trust, now) {
                Ok(()) => answering.push(kept),
                Err(WhyUnused::FitsNothing) => {}
                Err(why) => closest = closest.or_else(|| Some((kept.name(), Box::new(why)))),
            }
        }
        self.remember(&used)?;
        let last = answering
            .into_iter()
            .max_by_key(|kept| (kept.peek_unverified().award_instant(), Reverse(kept.reference())));
        last.ok_or(WalletError::NoneAnswers { closest })
    }
}

/// The search for the fewest credentials that satisfy a question.
struct Search<'a> {
    counting: &'a Counting,
    question: &'a Question,
    budget: Budget,
}

impl Search<'_> {
    fn fewest(&self) -> Result<Found, WalletError> {
        let mut found = self.with(|_| true)?;
        let progress = &found.progress;
        if !progress.complete {
            return Err(WalletError::NotSatisfied {
                met: progress.requirements_met,
                asked: progress.requirements_asked,
            });
        }
        let is_beside = |why: &WhyUnused| {
            matches!(why, WhyUnused::FitsNothing | WhyUnused::OtherHolder { .. } | WhyUnused::NotAsked { .. })
        };
        let unused = progress.unused.iter().filter(|unused| !is_beside(&unused.why)).map(|unused| &unused.credential);
        let candidates: BTreeSet<CredentialRef> = unused.cloned().chain(used(&found)).collect();
        for credential in used(&found) {
            let shown = used(&found);
            if !shown.contains(&credential) {
                continue;
            }
            let fewer = self.with(|each| *each != credential && shown.contains(each))?;
            if fewer.progress.complete {
                found = fewer;
            }
        }
        let candidates: Vec<CredentialRef> = candidates.into_iter().collect();
        let sizes = 1..used(&found).len();
        for set in sizes.flat_map(|size| Sets::of(candidates.len(), size)).take(MOST_TRIED) {
            let shown: Vec<&CredentialRef> = set.iter().filter_map(|at| candidates.get(*at)).collect();
            let smaller = self.with(|each| shown.contains(&each))?;
            if smaller.progress.complete {
                return Ok(smaller);
            }
        }
        Ok(found)
    }

    /// The best plan with these credentials alone.
    fn with(&self, is_shown: impl Fn(&CredentialRef) -> bool) -> Result<Found, WalletError> {
        let held = &self.counting.held;
        let credentials: Vec<_> = held.credentials.iter().filter(|each| is_shown(&each.reference())).cloned().collect();
        let decisions: Vec<_> = held.decisions.iter().filter(|each| is_shown(&each.reference())).cloned().collect();
        let shown = Holdings { credentials: &credentials, decisions: &decisions, ..held.holdings() };
        Ok(find(&self.counting.programme, self.question, &shown, &held.trust, held.now, self.budget)?)
    }
}

fn used(found: &Found) -> BTreeSet<CredentialRef> {
    found.plan.fills.iter().flat_map(|fill| &fill.by).cloned().collect()
}

/// Every set of so many of the numbers below a limit, in order.
struct Sets {
    limit: usize,
    next: Option<Vec<usize>>,
}

impl Sets {
    fn of(limit: usize, size: usize) -> Self {
        Self { limit, next: (size <= limit).then(|| (0..size).collect()) }
    }
}

impl Iterator for Sets {
    type Item = Vec<usize>;

    fn next(&mut self) -> Option<Vec<usize>> {
        let set = self.next.take()?;
        let size = set.len();
        let mut after = set.clone();
        // The last number that can still grow grows; those after it follow it closely.
        let grows = (0..size).rev().find(|at| set.get(*at).is_some_and(|number| *number + size < self.limit + at));
        if let Some(at) = grows {
            let from = set.get(at).copied().unwrap_or_default() + 1;
            after.truncate(at);
            after.extend(from..from + size - at);
            self.next = Some(after);
        }
        Some(set)
    }
}

#[cfg(test)]
mod tests {
    use super::Sets;

    #[test]
    fn every_set_of_a_size_comes_once_in_order() {
        let sets: Vec<Vec<usize>> = Sets::of(4, 2).collect();
        assert_eq!(sets, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert_eq!(Sets::of(3, 3).count(), 1);
        assert_eq!(Sets::of(10, 4).count(), 210);
        assert_eq!(Sets::of(2, 3).count(), 0);
    }
}

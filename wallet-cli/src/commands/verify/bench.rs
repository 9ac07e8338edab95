//! What does a verdict rest on, but for the document? Shared by all that are judged; what is missing is fetched once for all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use stapel_credential::{Ask, Did, Timestamp, TrustListCredential};
use stapel_proof::Signed;
use stapel_stacking::{ShownError, verify_document};
use stapel_verifier::{
    Audience, Case, DocumentKind, Dossier, Findings, Missing, Outcome, Policy, SeenTrustList, Trust,
};
use stapel_wallet::{
    Answer, Answered, AskedQuestion, Incoming, ROUNDS, RecountAnswer, Verdicts, WalletError, missing_for_record,
};

use super::contexts;
use crate::commands::dossier;
use crate::error::Failure;
use crate::file;
use crate::session::Session;

/// What came of one document.
pub(super) enum Judged {
    /// A verdict.
    Answered(Box<Judgement>),
    /// It cannot be read as any of our documents.
    Unreadable(Findings),
    /// It could not be tried.
    Failed(Failure),
}

/// The verdict on one document, with what else was to be found out of it.
pub(super) struct Judgement {
    pub(super) answer: Answer,
    /// Whether it answers what was asked, if anything was.
    pub(super) question: Option<Question>,
    /// Whether the award holds, if it was to be counted again.
    pub(super) recount: Option<Recounting>,
}

/// An award counted again, and from which record.
pub(super) struct Recounting {
    pub(super) answer: RecountAnswer,
    pub(super) record: String,
}

/// Whether a presentation satisfies a question.
pub(super) struct Question {
    pub(super) answered: Answered,
    /// The presentation's own question; the verifier asked none.
    pub(super) own: bool,
}

/// Where the evidence comes from that somebody brings along, and whom it is to be by.
#[derive(Debug, Default)]
pub(crate) struct Brought<'a> {
    pub(crate) dossier: Option<&'a Path>,
    pub(crate) trust: &'a [String],
    pub(crate) anchors: &'a [Did],
    pub(crate) pins: &'a [Did],
    pub(crate) contexts: &'a [PathBuf],
}

/// Everything that an answer rests on, but for the document.
pub(crate) struct Bench {
    dossier: RwLock<Dossier>,
    policy: Policy,
    pub(super) audience: Audience,
    pub(super) question: Option<stapel_credential::Question>,
    /// The record of the award that is to be counted again.
    pub(super) record: Option<String>,
    pub(crate) now: Timestamp,
    /// What was asked of the network, and whether it was had. Who asks for the same waits; who asks for another thing does not.
    asked: Mutex<BTreeMap<Missing, Arc<OnceLock<bool>>>>,
}

impl Bench {
    pub(crate) fn new(brought: &Brought<'_>, now: Timestamp, session: &Session) -> Result<Self, Failure> {
        let mut dossier = match brought.dossier {
            None => Dossier::default(),
            Some(path) => dossier::read(path)?,
        };
        for folder in brought.contexts {
            contexts::add(folder, &mut dossier)?;
        }
        let policy = Policy {
            trust_anchors: brought.anchors.to_vec(),
            pinned_issuers: brought.pins.to_vec(),
            ..Policy::default()
        };
        let mut bench = Self::of(dossier, policy, now);
        for list in brought.trust {
            bench.add_trust_list(&file::read(list, &session.network)?, session)?;
        }
        Ok(bench)
    }

    /// With what is at hand.
    pub(super) fn of(dossier: Dossier, policy: Policy, now: Timestamp) -> Self {
        let (dossier, asked) = (RwLock::new(dossier), Mutex::default());
        Self { dossier, policy, audience: Audience::default(), question: None, record: None, now, asked }
    }

    /// What was fetched so far.
    pub(crate) fn dossier(&self) -> RwLockReadGuard<'_, Dossier> {
        self.dossier.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Which editions of trust lists count here.
    pub(super) fn editions(&self) -> Vec<SeenTrustList> {
        Trust::new(&self.dossier(), &self.policy, self.now).editions()
    }

    /// Reads the question that what is shown must answer.
    pub(super) fn ask(&mut self, text: &str, session: &Session) -> Result<(), Failure> {
        self.judge(text, session);
        self.ask_as_it_is(text)
    }

    /// As [`Bench::ask`], with what is there.
    pub(super) fn ask_as_it_is(&mut self, text: &str) -> Result<(), Failure> {
        let question = AskedQuestion::read(text, &self.dossier(), &self.policy, self.now)?.question;
        self.question = Some(question);
        Ok(())
    }

    /// A list that does not count is said at once: without it every answer would be "undecided".
    fn add_trust_list(&mut self, text: &str, session: &Session) -> Result<(), Failure> {
        if Incoming::read(text).map_err(WalletError::from)? != Incoming::Document(DocumentKind::TrustList) {
            return Err(Failure::OtherKind { wanted: crate::error::Kind::TrustList });
        }
        let signed = Signed::<TrustListCredential>::parse(text.trim()).map_err(WalletError::from)?;
        let list = signed.peek_unverified();
        let name = list.credential_subject.trust_list.name.clone();
        if !list.issuer_did().is_some_and(|did| self.policy.trust_anchors.contains(&did)) {
            return Err(WalletError::NotAnAnchor { name, issuer: list.issuer.id.clone() }.into());
        }
        match self.judge(text, session) {
            Judged::Answered(judged) if is_accepted(judged.answer.outcome()) => {}
            Judged::Answered(judged) => {
                return Err(WalletError::TrustListNotTaken { name, findings: judged.answer.findings().clone() }.into());
            }
            Judged::Unreadable(findings) => return Err(WalletError::TrustListNotTaken { name, findings }.into()),
            Judged::Failed(failure) => return Err(failure),
        }
        let dossier = self.dossier.get_mut().unwrap_or_else(PoisonError::into_inner);
        dossier.add_trust_list(text.trim()).map_err(WalletError::from)?;
        Ok(())
    }

    /// The answer, after what is missing was fetched.
    pub(super) fn judge(&self, text: &str, session: &Session) -> Judged {
        let answer = self.settle(session, |dossier| {
            let answer = verify_document(text, dossier, &self.policy, &self.audience, self.now);
            let missing = answer.as_ref().map(Answer::missing).unwrap_or_default();
            (answer, missing)
        });
        // The award needs nothing of this: it tells what was revoked since.
        if let (Some(record), Ok(Answer { verdicts: Verdicts::Badge(_), .. })) = (&self.record, &answer)
            && !session.network.is_offline()
        {
            let missing = |dossier: &Dossier| missing_for_record(record, dossier, &self.policy, self.now);
            self.settle(session, |dossier| ((), missing(dossier)));
        }
        self.judged(answer)
    }

    /// The answer with what is there.
    pub(super) fn look(&self, text: &str) -> Judged {
        let answer = verify_document(text, &self.dossier(), &self.policy, &self.audience, self.now);
        self.judged(answer)
    }

    /// What would still have to be fetched for a decision on this text.
    pub(crate) fn missing(&self, text: &str, session: &Session) -> Vec<Missing> {
        match self.judge(text, session) {
            Judged::Answered(judged) => judged.answer.missing(),
            Judged::Unreadable(_) | Judged::Failed(_) => Vec::new(),
        }
    }

    /// What comes of a question to the dossier, after what was missing for it was fetched.
    fn settle<A>(&self, session: &Session, ask: impl Fn(&Dossier) -> (A, Vec<Missing>)) -> A {
        let mut known = BTreeSet::new();
        let (mut answer, mut missing) = ask(&self.dossier());
        for _ in 0..ROUNDS {
            missing.retain(|each| known.insert(each.clone()));
            if missing.iter().filter(|each| self.fetch(each, session)).count() == 0 {
                break;
            }
            (answer, missing) = ask(&self.dossier());
        }
        answer
    }

    /// Whether it is in the dossier now; nothing is fetched a second time.
    fn fetch(&self, missing: &Missing, session: &Session) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let had = Arc::clone(asked.entry(missing.clone()).or_default());
        drop(asked);
        *had.get_or_init(|| session.network.add(missing, &self.dossier))
    }

    fn judged(&self, answer: Result<Answer, ShownError>) -> Judged {
        match answer {
            Ok(answer) => {
                let question = self.question(&answer);
                match self.recount(&answer) {
                    Ok(recount) => Judged::Answered(Box::new(Judgement { answer, question, recount })),
                    Err(failure) => Judged::Failed(failure),
                }
            }
            Err(error) => match error.findings() {
                Some(findings) => Judged::Unreadable(findings),
                None => Judged::Failed(WalletError::from(error).into()),
            },
        }
    }

    /// Whether it satisfies our question, else the one that it names itself. How far an award is, its progress says.
    fn question(&self, answer: &Answer) -> Option<Question> {
        let named = match &answer.verdicts {
            Verdicts::Presentation(verdict) => {
                verdict.question.as_ref().filter(|named| !matches!(named.ask, Ask::Award(_)))
            }
            _ => None,
        };
        let (asked, own) = self.question.as_ref().map(|asked| (asked, false)).or(named.map(|named| (named, true)))?;
        let trust = Trust::new(&self.dossier(), &self.policy, self.now);
        Some(Question { answered: answer.answers(asked, &trust, self.now), own })
    }

    fn recount(&self, answer: &Answer) -> Result<Option<Recounting>, Failure> {
        let Some(record) = &self.record else { return Ok(None) };
        let answer = RecountAnswer::new(answer, record, &self.dossier(), &self.policy, self.now);
        let answer = answer.ok_or(Failure::OtherKind { wanted: crate::error::Kind::Diploma })?;
        Ok(Some(Recounting { answer, record: record.clone() }))
    }

    pub(super) fn case(&self, text: &str) -> Case {
        let policy = self.policy_for(text);
        let case = Case::new(text.trim(), self.dossier().clone(), policy, self.audience.clone(), self.now);
        match &self.record {
            Some(record) => case.with_award_record(record),
            None => case,
        }
    }

    /// A trust list is by an anchor, and an anchor needs nobody to vouch for it.
    fn policy_for(&self, text: &str) -> Policy {
        let mut policy = self.policy.clone();
        if matches!(Incoming::read(text), Ok(Incoming::Document(DocumentKind::TrustList))) {
            policy.pinned_issuers.extend(policy.trust_anchors.iter().cloned());
        }
        policy
    }
}

pub(super) fn is_accepted(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks)
}

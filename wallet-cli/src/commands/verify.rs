//! `stapel verify`: is what somebody shows genuine, valid and by somebody who may? Needs no wallet.

mod contexts;
mod told;

use serde_json::json;
use stapel_credential::{Ask, Timestamp, TrustListCredential};
use stapel_proof::Signed;
use stapel_verifier::{
    Audience, Case, CaseVerdict, DocumentKind, Dossier, Findings, KindError, Outcome, Policy, Trust,
};
use stapel_wallet::{
    Answer, Answered, AskedQuestion, Incoming, IncomingError, RecountAnswer, Verdicts, WalletError, missing_for_record,
    verify_document,
};

use self::told::told;
use crate::cli::Verify;
use crate::error::Failure;
use crate::file::{self, NewFile};
use crate::output::{self, Output};
use crate::session::Session;
use crate::words::{Say, say};

/// What came of one document.
enum Judged {
    /// A verdict.
    Answered(Box<Judgement>),
    /// It cannot be read as any of our documents.
    Unreadable(Findings),
    /// It could not be tried.
    Failed(Failure),
}

/// The verdict on one document, with what else was to be found out of it.
struct Judgement {
    answer: Answer,
    /// Whether it answers what was asked, if anything was.
    question: Option<Question>,
    /// Whether the award holds, if it was to be counted again.
    recount: Option<Recounting>,
}

/// An award counted again, and from which record.
struct Recounting {
    answer: RecountAnswer,
    record: String,
}

/// Everything that an answer rests on, but for the document.
struct Bench {
    dossier: Dossier,
    policy: Policy,
    audience: Audience,
    question: Option<stapel_credential::Question>,
    /// The record of the award that is to be counted again.
    record: Option<String>,
    now: Timestamp,
}

/// Whether a presentation satisfies a question.
struct Question {
    answered: Answered,
    /// The presentation's own question; the verifier asked none.
    own: bool,
}

pub(crate) fn run(asked: &Verify, session: &Session) -> Result<Output, Failure> {
    if let Some(case) = &asked.case {
        return replay(case, asked.question.as_deref(), session);
    }
    if asked.case_out.is_some() && asked.files.len() != 1 {
        return Err(Failure::OneCase { given: asked.files.len() });
    }
    if asked.record.is_some() && asked.files.len() != 1 {
        return Err(Failure::OneRecord { given: asked.files.len() });
    }
    let case_out = asked.case_out.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    let mut bench = Bench::new(asked, session)?;
    let mut judged = Vec::new();
    let mut case = None;
    for what in &asked.files {
        match file::read_badge(what, &session.network) {
            Ok(text) => {
                judged.push((what.as_str(), bench.judge(&text, session)));
                case = Some(bench.case(&text));
            }
            Err(failure) => judged.push((what.as_str(), Judged::Failed(failure))),
        }
    }
    if let (Some(file), Some(path), Some(case)) = (case_out, asked.case_out.as_deref(), case) {
        file.finish(format!("{:#}\n", json!(case)))?;
        output::say(&say(&Say::CaseWritten { path }, session.language));
    }
    told(judged, session)
}

/// Gives the answer of a case again: by its own dossier, policy and clock.
fn replay(path: &str, question: Option<&str>, session: &Session) -> Result<Output, Failure> {
    let case = Case::parse(&file::read_here(path)?)?;
    let text = case.document_text().into_owned();
    let record = case.award_record_text().map(std::borrow::Cow::into_owned);
    let (dossier, policy, audience, now) = (case.dossier, case.policy, case.audience, case.now);
    let mut bench = Bench { dossier, policy, audience, question: None, record, now };
    if let Some(question) = question {
        let text = file::read_here(question)?;
        bench.question = Some(AskedQuestion::read(&text, &bench.dossier, &bench.policy, now)?.question);
    }
    told(vec![(path, bench.look(&text))], session)
}

impl Bench {
    fn new(asked: &Verify, session: &Session) -> Result<Self, Failure> {
        let policy =
            Policy { trust_anchors: asked.anchor.clone(), pinned_issuers: asked.pin.clone(), ..Policy::default() };
        let audience = Audience { domain: asked.domain.clone(), challenge: asked.challenge.clone() };
        let now = asked.as_of.unwrap_or(session.now);
        let mut bench = Self { dossier: Dossier::default(), policy, audience, question: None, record: None, now };
        for folder in &asked.contexts {
            contexts::add(folder, &mut bench.dossier)?;
        }
        if let Some(question) = &asked.question {
            let text = file::read_here(question)?;
            bench.complete(&text, session);
            bench.question = Some(AskedQuestion::read(&text, &bench.dossier, &bench.policy, now)?.question);
        }
        for list in &asked.trust {
            bench.add_trust_list(&file::read(list, &session.network)?, session)?;
        }
        bench.record = asked.record.as_deref().map(file::read_here).transpose()?;
        Ok(bench)
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
        self.dossier.add_trust_list(text.trim()).map_err(WalletError::from)?;
        Ok(())
    }

    /// The answer, after what is missing was fetched.
    fn judge(&mut self, text: &str, session: &Session) -> Judged {
        self.complete(text, session);
        self.look(text)
    }

    fn complete(&mut self, text: &str, session: &Session) {
        let (policy, audience, now) = (self.policy_for(text), &self.audience, self.now);
        session.network.complete(&mut self.dossier, |dossier| {
            verify_document(text, dossier, &policy, audience, now).map(|answer| answer.missing()).unwrap_or_default()
        });
        // The award needs nothing of this: it tells what was revoked since.
        let is_badge = matches!(Incoming::read(text), Ok(Incoming::Document(DocumentKind::Badge)));
        if let Some(record) = self.record.as_deref().filter(|_| is_badge && !session.network.is_offline()) {
            session
                .network
                .complete(&mut self.dossier, |dossier| missing_for_record(record, dossier, &self.policy, now));
        }
    }

    /// The answer with what is there.
    fn look(&self, text: &str) -> Judged {
        match verify_document(text, &self.dossier, &self.policy_for(text), &self.audience, self.now) {
            Ok(answer) => {
                let question = self.question(&answer);
                match self.recount(&answer) {
                    Ok(recount) => Judged::Answered(Box::new(Judgement { answer, question, recount })),
                    Err(failure) => Judged::Failed(failure),
                }
            }
            Err(
                error @ (WalletError::Document(_) | WalletError::Incoming(IncomingError::Kind(KindError::Json(_)))),
            ) => match self.case(text).replay() {
                CaseVerdict::Credential(findings) => Judged::Unreadable(findings),
                CaseVerdict::Presentation(_) => Judged::Failed(error.into()),
            },
            Err(error) => Judged::Failed(error.into()),
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
        let trust = Trust::new(&self.dossier, &self.policy, self.now);
        Some(Question { answered: answer.answers(asked, &trust, self.now), own })
    }

    fn recount(&self, answer: &Answer) -> Result<Option<Recounting>, Failure> {
        let Some(record) = &self.record else { return Ok(None) };
        if !matches!(answer.verdicts, Verdicts::Badge(_)) {
            return Err(Failure::OtherKind { wanted: crate::error::Kind::Diploma });
        }
        let answer = RecountAnswer::new(answer, record, &self.dossier, &self.policy, self.now)?;
        Ok(Some(Recounting { answer, record: record.clone() }))
    }

    fn case(&self, text: &str) -> Case {
        let policy = self.policy_for(text);
        let case = Case::new(text.trim(), self.dossier.clone(), policy, self.audience.clone(), self.now);
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

fn is_accepted(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks)
}

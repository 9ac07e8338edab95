//! `stapel verify`: is what somebody shows genuine, valid and by somebody who may? Needs no wallet.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use stapel_credential::{Ask, Timestamp, TrustListCredential, Uri};
use stapel_proof::Signed;
use stapel_report::{badge_text, bars, findings_text, presentation_text, words as sentences};
use stapel_verifier::{
    Audience, Case, CaseVerdict, Dossier, Findings, Outcome, Policy, PresentationVerdict, Presented, Trust,
};
use stapel_wallet::{
    Answer, Answered, AskedQuestion, Incoming, IncomingError, ProgressAnswer, Verdicts, WalletError, verify_document,
};

use crate::cli::Verify;
use crate::error::Failure;
use crate::file::{self, NewFile};
use crate::output::{self, Output, plain};
use crate::session::Session;
use crate::words::{self, Say, Shown, say};

/// What came of one document.
enum Judged {
    /// With whether it answers what was asked, if anything was.
    Answered(Box<Answer>, Option<Question>),
    /// It cannot be read as any of our documents.
    Unreadable(Findings),
    /// It could not be tried.
    Failed(Failure),
}

/// Everything that an answer rests on, but for the document.
struct Bench {
    dossier: Dossier,
    policy: Policy,
    audience: Audience,
    question: Option<stapel_credential::Question>,
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
    let case_out = asked.case_out.as_deref().map(|path| NewFile::begin(path, asked.force, false)).transpose()?;
    let mut bench = Bench::new(asked, session)?;
    let mut judged = Vec::new();
    let mut case = None;
    for what in &asked.files {
        match file::read(what, &session.network) {
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
    let (dossier, policy, audience, now) = (case.dossier, case.policy, case.audience, case.now);
    let mut bench = Bench { dossier, policy, audience, question: None, now };
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
        let mut bench = Self { dossier: Dossier::default(), policy, audience, question: None, now };
        if let Some(question) = &asked.question {
            let text = file::read_here(question)?;
            bench.complete(&text, session);
            bench.question = Some(AskedQuestion::read(&text, &bench.dossier, &bench.policy, now)?.question);
        }
        for list in &asked.trust {
            bench.add_trust_list(&file::read(list, &session.network)?, session)?;
        }
        Ok(bench)
    }

    /// A list that does not count is said at once: without it every answer would be "undecided".
    fn add_trust_list(&mut self, text: &str, session: &Session) -> Result<(), Failure> {
        if Incoming::read(text).map_err(WalletError::from)? != Incoming::TrustList {
            return Err(Failure::OtherKind { wanted: crate::error::Kind::TrustList });
        }
        let signed = Signed::<TrustListCredential>::parse(text.trim()).map_err(WalletError::from)?;
        let list = signed.peek_unverified();
        let name = list.credential_subject.trust_list.name.clone();
        if !list.issuer_did().is_some_and(|did| self.policy.trust_anchors.contains(&did)) {
            return Err(WalletError::NotAnAnchor { name, issuer: list.issuer.id.clone() }.into());
        }
        match self.judge(text, session) {
            Judged::Answered(answer, _) if is_accepted(answer.outcome()) => {}
            Judged::Answered(answer, _) => {
                return Err(WalletError::TrustListNotTaken { name, findings: answer.findings().clone() }.into());
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
    }

    /// The answer with what is there.
    fn look(&self, text: &str) -> Judged {
        match verify_document(text, &self.dossier, &self.policy_for(text), &self.audience, self.now) {
            Ok(answer) => {
                let question = self.question(&answer);
                Judged::Answered(Box::new(answer), question)
            }
            Err(error @ (WalletError::Document(_) | WalletError::Incoming(IncomingError::Json(_)))) => {
                match self.case(text).replay() {
                    CaseVerdict::Credential(findings) => Judged::Unreadable(findings),
                    CaseVerdict::Presentation(_) => Judged::Failed(error.into()),
                }
            }
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

    fn case(&self, text: &str) -> Case {
        let policy = self.policy_for(text);
        Case::new(text.trim(), self.dossier.clone(), policy, self.audience.clone(), self.now)
    }

    /// A trust list is by an anchor, and an anchor needs nobody to vouch for it.
    fn policy_for(&self, text: &str) -> Policy {
        let mut policy = self.policy.clone();
        if matches!(Incoming::read(text), Ok(Incoming::TrustList)) {
            policy.pinned_issuers.extend(policy.trust_anchors.iter().cloned());
        }
        policy
    }
}

fn is_accepted(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks)
}

impl Judged {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Answered(_, Some(Question { answered: Answered::NotSatisfied { .. }, own: false })) => {
                Outcome::Refused
            }
            Self::Answered(answer, _) => answer.outcome(),
            Self::Unreadable(findings) => findings.outcome(),
            Self::Failed(failure) if failure.exit_code() == Outcome::Refused.exit_code() => Outcome::Refused,
            Self::Failed(_) => Outcome::Undecided,
        }
    }

    fn text(&self, session: &Session) -> String {
        let language = session.language;
        let (answer, question) = match self {
            Self::Answered(answer, question) => (answer, question),
            Self::Unreadable(findings) => return findings_text(findings, language).to_string(),
            Self::Failed(failure) => {
                let advice = words::advice(failure, language).map_or(String::new(), |advice| format!("  → {advice}\n"));
                return format!("{}\n{advice}", words::failure(failure, language));
            }
        };
        let text = match &answer.verdicts {
            Verdicts::Presentation(verdict) => presented(verdict, question.as_ref(), session),
            Verdicts::Badge(verdict) => {
                let facts = verdict.accepted().map(|badge| format!("\n{}", badge_text(badge.content(), language)));
                format!("{}{}", findings_text(verdict.findings(), language), facts.unwrap_or_default())
            }
            _ => findings_text(answer.findings(), language).to_string(),
        };
        match &answer.progress {
            Some(ProgressAnswer::Recomputed(progress)) => {
                format!("{text}\n{}", bars(progress, language, output::columns(), output::colour()))
            }
            Some(ProgressAnswer::Fails(error)) => format!("{text}\n{}\n", sentences::plan_error(error, language)),
            _ => text,
        }
    }

    fn json(&self, what: &str, session: &Session) -> Value {
        let mut json =
            Map::from_iter([("source".to_owned(), json!(what)), ("outcome".to_owned(), json!(self.outcome()))]);
        let mut add = |name: &str, value: Value| json.insert(name.to_owned(), value);
        match self {
            Self::Answered(answer, question) => {
                if let Some(Question { answered, own }) = question {
                    add("question", json!({ "of": if *own { "holder" } else { "verifier" }, "result": answered }));
                }
                if let Verdicts::Presentation(verdict) = &answer.verdicts
                    && verdict.bundle.is_some()
                {
                    add("claimsQualification", json!(false));
                }
                if let Some(ProgressAnswer::Recomputed(progress)) = &answer.progress {
                    add("progress", json!(progress));
                }
                if let Some(ProgressAnswer::Fails(error)) = &answer.progress {
                    add("planError", json!(error.to_string()));
                }
                // The kind of document, and its verdict.
                if let Value::Object(verdict) = json!(answer.verdicts) {
                    json.extend(verdict);
                }
            }
            Self::Unreadable(findings) => {
                add("document", json!("unreadable"));
                add("verdict", json!(findings));
            }
            Self::Failed(failure) => {
                add("error", json!(words::failure(failure, session.language)));
            }
        }
        Value::Object(json)
    }
}

/// What is shown, headed by what it is: the answer to a question, a bundle, a request.
fn presented(verdict: &PresentationVerdict, question: Option<&Question>, session: &Session) -> String {
    let language = session.language;
    let mut heads = Vec::new();
    if let Some(Question { answered, own }) = question {
        heads.push(say(&Say::Shown(Shown::Answered { answered, own: *own }), language));
    }
    if let Some(bundle) = &verdict.bundle {
        let of = verdict.presented.iter().filter_map(|(credential, presented)| match presented {
            Presented::Badge(_) => credential.as_ref().map(|credential| &credential.issuer),
            _ => None,
        });
        let issuers: Vec<&Uri> = of.collect();
        let theme = bundle.theme.as_deref().map(plain);
        let (title, badges) = (plain(&bundle.title), issuers.len());
        let issuers = issuers.into_iter().collect::<BTreeSet<_>>().len();
        heads.push(say(
            &Say::Shown(Shown::Bundle { title: &title, theme: theme.as_deref(), badges, issuers }),
            language,
        ));
    }
    if let Some(request) = &verdict.request {
        heads.push(say(&Say::Shown(Shown::Request { request }), language));
    }
    heads.push(presentation_text(verdict, language));
    heads.join("\n\n")
}

fn told(mut judged: Vec<(&str, Judged)>, session: &Session) -> Result<Output, Failure> {
    if let [(_, Judged::Failed(_))] = judged.as_slice()
        && let Some((_, Judged::Failed(failure))) = judged.pop()
    {
        return Err(failure);
    }
    let many = judged.len() > 1;
    let texts: Vec<String> = judged
        .iter()
        .map(|(what, judged)| {
            let text = judged.text(session);
            if many { format!("== {what}\n{text}") } else { text }
        })
        .collect();
    let outcome = judged.iter().fold(Outcome::Accepted, |worst, (_, judged)| worst.and(judged.outcome()));
    let documents: Vec<Value> = judged.iter().map(|(what, judged)| judged.json(what, session)).collect();
    Ok(Output::new(texts.join("\n"), &json!({ "outcome": outcome, "documents": documents })).ending(outcome))
}

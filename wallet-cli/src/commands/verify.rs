//! `stapel verify`: is what somebody shows genuine, valid and by somebody who may? Needs no wallet.

use serde_json::{Map, Value, json};
use stapel_credential::{Timestamp, TrustListCredential};
use stapel_proof::Signed;
use stapel_report::{badge_text, bars, findings_text, presentation_text, words as sentences};
use stapel_verifier::{Audience, Case, CaseVerdict, Dossier, Findings, Outcome, Policy};
use stapel_wallet::{Answer, Incoming, IncomingError, ProgressAnswer, Verdicts, WalletError, verify_document};

use crate::cli::Verify;
use crate::error::Failure;
use crate::file::{self, NewFile};
use crate::output::{self, Output};
use crate::session::Session;
use crate::words::{self, Say, say};

/// What came of one document.
enum Judged {
    Answered(Box<Answer>),
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
    now: Timestamp,
}

pub(crate) fn run(asked: &Verify, session: &Session) -> Result<Output, Failure> {
    if let Some(case) = &asked.case {
        return replay(case, session);
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
        file.finish(&format!("{:#}\n", json!(case)))?;
        output::say(&say(&Say::CaseWritten { path }, session.language));
    }
    told(judged, session)
}

/// Gives the answer of a case again: by its own dossier, policy and clock.
fn replay(path: &str, session: &Session) -> Result<Output, Failure> {
    let case = Case::parse(&file::read_here(path)?)?;
    let text = case.document_text().into_owned();
    let bench = Bench { dossier: case.dossier, policy: case.policy, audience: case.audience, now: case.now };
    told(vec![(path, bench.look(&text))], session)
}

impl Bench {
    fn new(asked: &Verify, session: &Session) -> Result<Self, Failure> {
        let policy =
            Policy { trust_anchors: asked.anchor.clone(), pinned_issuers: asked.pin.clone(), ..Policy::default() };
        let audience = Audience { domain: asked.domain.clone(), challenge: asked.challenge.clone() };
        let now = asked.as_of.unwrap_or(session.now);
        let mut bench = Self { dossier: Dossier::default(), policy, audience, now };
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
            Judged::Answered(answer) if is_accepted(answer.outcome()) => {}
            Judged::Answered(answer) => {
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
        let (policy, audience, now) = (self.policy_for(text), &self.audience, self.now);
        session.network.complete(&mut self.dossier, |dossier| {
            verify_document(text, dossier, &policy, audience, now).map(|answer| answer.missing()).unwrap_or_default()
        });
        self.look(text)
    }

    /// The answer with what is there.
    fn look(&self, text: &str) -> Judged {
        match verify_document(text, &self.dossier, &self.policy_for(text), &self.audience, self.now) {
            Ok(answer) => Judged::Answered(Box::new(answer)),
            Err(error @ (WalletError::Document(_) | WalletError::Incoming(IncomingError::Json(_)))) => {
                match self.case(text).replay() {
                    CaseVerdict::Credential(findings) => Judged::Unreadable(findings),
                    CaseVerdict::Presentation(_) => Judged::Failed(error.into()),
                }
            }
            Err(error) => Judged::Failed(error.into()),
        }
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
            Self::Answered(answer) => answer.outcome(),
            Self::Unreadable(findings) => findings.outcome(),
            Self::Failed(failure) if failure.exit_code() == Outcome::Refused.exit_code() => Outcome::Refused,
            Self::Failed(_) => Outcome::Undecided,
        }
    }

    fn text(&self, session: &Session) -> String {
        let language = session.language;
        let answer = match self {
            Self::Answered(answer) => answer,
            Self::Unreadable(findings) => return findings_text(findings, language).to_string(),
            Self::Failed(failure) => {
                let advice = words::advice(failure, language).map_or(String::new(), |advice| format!("  → {advice}\n"));
                return format!("{}\n{advice}", words::failure(failure, language));
            }
        };
        let text = match &answer.verdicts {
            Verdicts::Presentation(verdict) => presentation_text(verdict, language),
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
            Self::Answered(answer) => {
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

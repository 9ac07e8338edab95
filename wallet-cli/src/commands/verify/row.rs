//! What is said of one document in one row: of an overview, a report, or the memory of a watched folder?

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value, json};
use stapel_credential::{
    AchievementCredential, AchievementSubject, ExemptionSubject, ProgrammeSubject, Subject, Timestamp,
    TrustListSubject, Uri, VerifiableCredential,
};
use stapel_proof::{Document, Signed};
use stapel_report::{Language, words as sentences};
use stapel_verifier::{
    CheckKind, CheckResult, Findings, Outcome, PresentationVerdict, Presented, Reason, Verdict, Verified,
};
use stapel_wallet::{Answered, Verdicts, WalletError};

use super::bench::{Judged, Judgement, Question, Recounting, is_accepted};
use crate::error::Failure;
use crate::output::plain;
use crate::words::{self, Say, Shown, say};

/// How an issuer is called that the verifier pinned, in the place of a trust list.
const PINNED: &str = "(pinned)";
/// Between several names in one cell.
const AND: &str = "; ";

/// One document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) file: String,
    /// None of a document that is gone.
    pub(crate) state: Option<Outcome>,
    pub(crate) facts: Facts,
    /// Which trust list vouches for the issuer.
    pub(crate) vouched_by: String,
    /// Of when the word is that it was not revoked.
    pub(crate) status_as_of: Option<Timestamp>,
    /// Why it is not simply accepted.
    pub(crate) why: Option<Why>,
    /// What changed since the last time, where a folder is watched.
    pub(crate) change: Option<Change>,
}

/// What changed since the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Change {
    New,
    Gone,
    NowRefused,
    NowUndecided,
    AcceptedAgain,
}

/// What it says of itself; unless it is accepted, these are claims.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) document: &'static str,
    pub(crate) name: String,
    pub(crate) issuer: String,
    pub(crate) issuer_name: String,
    /// Whether the name is that of a trust list.
    pub(crate) is_name_confirmed: bool,
    pub(crate) holder: String,
    pub(crate) awarded: Option<Timestamp>,
    pub(crate) valid_from: Option<Timestamp>,
    pub(crate) valid_until: Option<Timestamp>,
}

/// The first reason, as a code that stays and as a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Why {
    pub(crate) code: String,
    pub(crate) sentence: String,
}

/// How a row calls a document that has a name.
trait Named: Subject {
    const DOCUMENT: &'static str;
    fn name(&self) -> String;
}

impl Named for AchievementSubject {
    const DOCUMENT: &'static str = "badge";
    fn name(&self) -> String {
        plain(&self.achievement.name)
    }
}

impl Named for ProgrammeSubject {
    const DOCUMENT: &'static str = "programme";
    fn name(&self) -> String {
        plain(self.programme.name.text(Language::Nl.tag()))
    }
}

impl Named for ExemptionSubject {
    const DOCUMENT: &'static str = "decision";
    fn name(&self) -> String {
        String::new()
    }
}

impl Named for TrustListSubject {
    const DOCUMENT: &'static str = "trust-list";
    fn name(&self) -> String {
        plain(&self.trust_list.name)
    }
}

impl Row {
    pub(super) fn new(file: &str, text: &str, judged: &Judged, language: Language) -> Self {
        let outcome = judged.outcome();
        let row = Self { file: file.to_owned(), state: Some(outcome), ..Self::default() };
        match judged {
            Judged::Answered(judged) => row.answered(text, judged, language),
            Judged::Unreadable(findings) => Self {
                facts: Facts { document: "unreadable", ..Facts::default() },
                why: why(findings, outcome, language),
                ..row
            },
            Judged::Failed(failure) => {
                let sentence = format!("{}.", words::failure(failure, language));
                Self { why: Some(Why { code: code_of(failure).to_owned(), sentence }), ..row }
            }
        }
    }

    fn answered(self, text: &str, judged: &Judgement, language: Language) -> Self {
        let findings = match &judged.answer.verdicts {
            Verdicts::Badge(verdict) => self.of(verdict, text),
            Verdicts::Programme(verdict) => self.of(verdict, text),
            Verdicts::Decision(verdict) => self.of(verdict, text),
            Verdicts::TrustList(verdict) => self.of(verdict, text),
            Verdicts::Presentation(verdict) => self.presented(verdict),
            _ => self,
        };
        let outcome = judged.outcome();
        let why = if judged.answer.outcome() == outcome {
            let worst = match &judged.answer.verdicts {
                Verdicts::Presentation(verdict) => worst_of(verdict, outcome),
                _ => judged.answer.findings(),
            };
            why(worst, outcome, language)
        } else {
            Some(beyond(judged, language))
        };
        Self { why, ..findings }
    }

    fn of<S: Named>(self, verdict: &Verdict<VerifiableCredential<S>>, text: &str) -> Self
    where
        VerifiableCredential<S>: Document,
    {
        let findings = verdict.findings();
        let (vouched_by, confirmed) = voucher(findings);
        let facts = match verdict.accepted() {
            Some(verified) => {
                let facts = Facts::of(verified.content());
                match confirmed {
                    Some(issuer_name) => Facts { issuer_name, is_name_confirmed: true, ..facts },
                    None => facts,
                }
            }
            // It was read a moment ago, so it can be read again; the verdict keeps nothing that could be mistaken for a fact.
            None => Signed::parse(text.trim())
                .map_or_else(|_| Facts::default(), |signed| Facts::of(signed.peek_unverified())),
        };
        Self { facts, vouched_by, status_as_of: status_as_of(findings), ..self }
    }

    /// The credentials shown, in one row.
    fn presented(self, verdict: &PresentationVerdict) -> Self {
        let holder = verdict.holder.as_ref().map_or(String::new(), ToString::to_string);
        let accepted = verdict.presented.iter().filter_map(|(_, shown)| match shown {
            Presented::Badge(badge) => badge.accepted(),
            _ => None,
        });
        let badges: Vec<&AchievementCredential> = accepted.map(Verified::content).collect();
        let issuers =
            verdict.presented.iter().filter_map(|(credential, _)| Some(credential.as_ref()?.issuer.to_string()));
        let lists = verdict.presented.iter().map(|(_, shown)| voucher(shown.findings()).0);
        let facts = Facts {
            document: "presentation",
            name: joined(badges.iter().map(|badge| badge.credential_subject.name())),
            issuer: joined(issuers),
            issuer_name: joined(badges.iter().map(|badge| plain(badge.issuer.name.as_deref().unwrap_or_default()))),
            is_name_confirmed: false,
            holder,
            awarded: None,
            valid_from: None,
            valid_until: badges.iter().filter_map(|badge| badge.valid_until).min(),
        };
        let status_as_of = verdict.presented.iter().filter_map(|(_, shown)| status_as_of(shown.findings())).min();
        Self { facts, vouched_by: joined(lists), status_as_of, ..self }
    }

    /// Whether what it says is more than a claim.
    pub(crate) fn is_accepted(&self) -> bool {
        self.state.is_some_and(is_accepted)
    }

    /// How many days are left of an accepted document that ends.
    pub(crate) fn days_left(&self, now: Timestamp) -> Option<i64> {
        let until = self.facts.valid_until.filter(|_| self.is_accepted())?;
        Some(until.day().days_since(now.day()).max(0))
    }

    /// Each column, by its name.
    pub(crate) fn cells(&self, checked_at: Timestamp) -> [(&'static str, String); 19] {
        let Facts { document, name, issuer, issuer_name, holder, .. } = &self.facts;
        let at = |instant: Option<Timestamp>| instant.map_or(String::new(), |instant| instant.to_string());
        let name_is = match (issuer_name.is_empty(), self.facts.is_name_confirmed) {
            (true, _) => "",
            (false, true) => "confirmed",
            (false, false) => "claimed",
        };
        let facts_are = match (document.is_empty() || issuer.is_empty(), self.is_accepted()) {
            (true, _) => "",
            (false, true) => "verified",
            (false, false) => "claimed",
        };
        let (code, reason) = self.why.as_ref().map_or(("", ""), |why| (why.code.as_str(), why.sentence.as_str()));
        [
            ("file", self.file.clone()),
            ("state", self.state.map_or(String::new(), state)),
            ("document", (*document).to_owned()),
            ("facts_are", facts_are.to_owned()),
            ("achievement", name.clone()),
            ("issuer", issuer.clone()),
            ("issuer_name", issuer_name.clone()),
            ("issuer_name_is", name_is.to_owned()),
            ("vouched_by", self.vouched_by.clone()),
            ("holder", holder.clone()),
            ("awarded", at(self.facts.awarded)),
            ("valid_from", at(self.facts.valid_from)),
            ("valid_until", at(self.facts.valid_until)),
            ("status_as_of", at(self.status_as_of)),
            ("reason_code", code.to_owned()),
            ("reason", reason.to_owned()),
            ("checked_at", checked_at.to_string()),
            ("expires_in_days", self.days_left(checked_at).map_or(String::new(), |days| days.to_string())),
            ("change", self.change.map_or(String::new(), |change| text_of(&json!(change)))),
        ]
    }
}

impl Row {
    /// The columns as members; an empty one is null.
    pub(crate) fn json(&self, checked_at: Timestamp) -> Value {
        let member = |(name, cell): (&str, String)| {
            let value = match name {
                "expires_in_days" => json!(self.days_left(checked_at)),
                _ if cell.is_empty() => Value::Null,
                _ => json!(cell),
            };
            (name.to_owned(), value)
        };
        self.cells(checked_at).into_iter().map(member).collect::<Map<_, _>>().into()
    }
}

/// The code of a state, as `--json` has it.
pub(crate) fn state(outcome: Outcome) -> String {
    text_of(&json!(outcome))
}

impl Facts {
    fn of<S: Named>(credential: &VerifiableCredential<S>) -> Self {
        Self {
            document: S::DOCUMENT,
            name: credential.credential_subject.name(),
            issuer: credential.issuer.id.to_string(),
            issuer_name: plain(credential.issuer.name.as_deref().unwrap_or_default()),
            is_name_confirmed: false,
            holder: credential.credential_subject.id().map_or(String::new(), Uri::to_string),
            awarded: credential.awarded_date,
            valid_from: Some(credential.valid_from),
            valid_until: credential.valid_until,
        }
    }
}

/// The trust list that vouches, and the name by which it knows the issuer.
fn voucher(findings: &Findings) -> (String, Option<String>) {
    match findings.find(CheckKind::Trust) {
        Some(CheckResult::Pass(Reason::Vouched { name, list, .. })) => (plain(list), Some(plain(name))),
        Some(CheckResult::Pass(Reason::Pinned { .. })) => (PINNED.to_owned(), None),
        _ => (String::new(), None),
    }
}

fn status_as_of(findings: &Findings) -> Option<Timestamp> {
    findings.checks().iter().find_map(|check| match check.result.reason() {
        Reason::NotRevoked { as_of }
        | Reason::NotRevokedStale { as_of, .. }
        | Reason::Revoked { as_of }
        | Reason::Suspended { as_of } => Some(*as_of),
        _ => None,
    })
}

/// The checks that made the answer what it is: those of the presentation, else of its worst part.
fn worst_of(verdict: &PresentationVerdict, outcome: Outcome) -> &Findings {
    let parts = verdict.presented.iter().map(|(_, shown)| shown.findings());
    std::iter::once(&verdict.findings)
        .chain(parts)
        .find(|findings| findings.outcome() == outcome)
        .unwrap_or(&verdict.findings)
}

fn why(findings: &Findings, outcome: Outcome, language: Language) -> Option<Why> {
    let decides = |result: &CheckResult| match outcome {
        Outcome::Refused => matches!(result, CheckResult::Fail(_)),
        Outcome::Undecided => matches!(result, CheckResult::Unknown(_)),
        Outcome::AcceptedWithRemarks => matches!(result, CheckResult::Remark(_)),
        Outcome::Accepted => false,
    };
    let reason = findings.checks().iter().find(|check| decides(&check.result))?.result.reason();
    let because = json!(reason).get("because").map_or(String::new(), text_of);
    Some(Why { code: because, sentence: plain(&sentences::reason(reason, language)) })
}

/// What speaks against it beyond the document itself: the question that was asked, the award that was counted again.
fn beyond(judged: &Judgement, language: Language) -> Why {
    let (code, sentence) = match (&judged.question, &judged.recount) {
        (Some(Question { answered: answered @ Answered::NotSatisfied { .. }, own }), _) => {
            ("question-not-satisfied", say(&Say::Shown(Shown::Answered { answered, own: *own }), language))
        }
        (_, Some(Recounting { answer: stapel_wallet::RecountAnswer::Fails(error), .. })) => {
            ("award-does-not-hold", sentences::recount_error(error, language))
        }
        _ => ("not-recounted", say(&Say::Shown(Shown::NotRecounted), language)),
    };
    Why { code: code.to_owned(), sentence: plain(&sentence) }
}

fn code_of(failure: &Failure) -> &'static str {
    match failure {
        Failure::Fetch(_) | Failure::Offline { .. } => "not-fetched",
        Failure::TooLarge { .. } => "too-large",
        Failure::Wallet(WalletError::Incoming(_))
        | Failure::NotText { .. }
        | Failure::Picture(_)
        | Failure::NothingInFile { .. }
        | Failure::IsLink { .. } => "no-document",
        Failure::Read { .. } => "cannot-be-read",
        _ => "could-not-be-tried",
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Each once, in order.
fn joined(texts: impl Iterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    let once: Vec<String> = texts.filter(|text| !text.is_empty() && seen.insert(text.clone())).collect();
    once.join(AND)
}

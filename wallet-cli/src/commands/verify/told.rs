//! How is the answer on one document told, as text and as JSON?

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};
use stapel_credential::Uri;
use stapel_report::{badge_text, bars, findings_text, presentation_text, recount_text, words as sentences};
use stapel_stacking::{AnswerBody, HeldRecord};
use stapel_verifier::{Findings, Outcome, PresentationVerdict, Presented};
use stapel_wallet::{Answered, ProgressAnswer, RecountAnswer, Verdicts};

use super::bench::{Judged, Judgement, Question, Recounting};
use crate::output::{self, plain};
use crate::session::Session;
use crate::words::{self, Say, Shown, say};

impl Judged {
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::Answered(judged) => judged.outcome(),
            Self::Unreadable(findings) => findings.outcome(),
            Self::Failed(failure) if failure.exit_code() == Outcome::Refused.exit_code() => Outcome::Refused,
            Self::Failed(_) => Outcome::Undecided,
        }
    }

    pub(super) fn text(&self, session: &Session) -> String {
        let language = session.language;
        let Judgement { answer, question, recount } = match self {
            Self::Answered(judged) => judged.as_ref(),
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
        let text = match recount {
            Some(recount) => format!("{text}\n{}", recount.text(session)),
            None => text,
        };
        match &answer.progress {
            Some(ProgressAnswer::Recomputed(progress)) => {
                format!("{text}\n{}", bars(progress, language, output::columns(), output::colour()))
            }
            Some(ProgressAnswer::Fails(error)) => format!("{text}\n{}\n", sentences::plan_error(error, language)),
            _ => text,
        }
    }

    pub(super) fn told<'a>(&'a self, what: &'a str, session: &Session) -> Told<'a> {
        let (mut recount, mut question) = (None, None);
        let of = match self {
            Self::Answered(judged) => {
                recount = judged.recount.as_ref().map(|recount| recount.json(session));
                question = judged.question.as_ref().map(Question::json);
                Of::Answer(judged.answer.body())
            }
            Self::Unreadable(findings) => Of::Unreadable { document: "unreadable", verdict: findings },
            Self::Failed(failure) => Of::Failed { error: words::failure(failure, session.language) },
        };
        Told { source: what, outcome: self.outcome(), recount, question, of }
    }

    /// That, written.
    pub(super) fn json(&self, what: &str, session: &Session) -> String {
        serde_json::to_string(&self.told(what, session))
            .unwrap_or_else(|error| json!({ "source": what, "error": error.to_string() }).to_string())
    }
}

/// The answer on a document, as `--json` writes it: with a question or an award to recount, the outcome is on these too.
#[derive(Serialize)]
pub(super) struct Told<'a> {
    source: &'a str,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    recount: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<Value>,
    #[serde(flatten)]
    of: Of<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Of<'a> {
    Answer(AnswerBody<'a>),
    Unreadable { document: &'static str, verdict: &'a Findings },
    Failed { error: String },
}

impl Question {
    fn json(&self) -> Value {
        json!({ "of": if self.own { "holder" } else { "verifier" }, "result": self.answered })
    }
}

impl Judgement {
    pub(super) fn outcome(&self) -> Outcome {
        if let Some(Question { answered: Answered::NotSatisfied { .. }, own: false }) = self.question {
            return Outcome::Refused;
        }
        match &self.recount {
            // What is not accepted was not recounted, and says itself why.
            Some(Recounting { answer: RecountAnswer::NotReached, .. }) | None => self.answer.outcome(),
            Some(recount) => self.answer.outcome().and(recount.answer.outcome()),
        }
    }
}

impl Recounting {
    fn text(&self, session: &Session) -> String {
        let language = session.language;
        match (&self.answer, HeldRecord::parse(&self.record)) {
            (RecountAnswer::Holds(recount), Ok(held)) => {
                recount_text(recount, held.record(), language, output::columns(), output::colour())
            }
            (RecountAnswer::Fails(error), _) => {
                let outcome = sentences::outcome(error.outcome(), language);
                format!("{outcome}. {}\n", sentences::recount_error(error, language))
            }
            _ => format!("{}\n", say(&Say::Shown(Shown::NotRecounted), language)),
        }
    }

    fn json(&self, session: &Session) -> Value {
        let outcome = self.answer.outcome();
        match &self.answer {
            RecountAnswer::Holds(recount) => json!({ "outcome": outcome, "award": recount }),
            RecountAnswer::Fails(error) => {
                json!({ "outcome": outcome, "error": sentences::recount_error(error, session.language) })
            }
            _ => json!({ "outcome": outcome, "error": say(&Say::Shown(Shown::NotRecounted), session.language) }),
        }
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

//! How is the answer on one document told, as text and as JSON?

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use stapel_credential::Uri;
use stapel_report::{badge_text, bars, findings_text, presentation_text, recount_text, words as sentences};
use stapel_stacking::HeldRecord;
use stapel_verifier::{Outcome, PresentationVerdict, Presented};
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

    pub(super) fn json(&self, what: &str, session: &Session) -> Value {
        let mut json =
            Map::from_iter([("source".to_owned(), json!(what)), ("outcome".to_owned(), json!(self.outcome()))]);
        let mut add = |name: &str, value: Value| json.insert(name.to_owned(), value);
        match self {
            Self::Answered(judged) => {
                let Judgement { answer, question, recount } = judged.as_ref();
                if let Some(recount) = recount {
                    add("recount", recount.json(session));
                }
                if let Some(Question { answered, own }) = question {
                    add("question", json!({ "of": if *own { "holder" } else { "verifier" }, "result": answered }));
                }
                if let Value::Object(mut answer) = json!(answer) {
                    // With a question or an award to recount, the answer is on these too.
                    answer.remove("outcome");
                    json.extend(answer);
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

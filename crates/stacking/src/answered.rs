//! Does what somebody shows answer what was asked?

use serde::Serialize;
use stapel_credential::{Ask, CredentialRef, Question, Timestamp};
use stapel_verifier::{Outcome, PresentationVerdict, Trust};

use crate::shown::{Answer, ProgressAnswer, Verdicts, find_programme};
use crate::{WhyUnused, answers};

/// Whether a presentation satisfies a question: recomputed, whatever it says of itself. Answers stand alone: what satisfies
/// two questions one after the other does not add up, since a credential may have been used in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
#[non_exhaustive]
pub enum Answered {
    /// It does.
    Satisfied {
        /// By these credentials.
        by: Vec<CredentialRef>,
    },
    /// It does not.
    NotSatisfied {
        /// Why.
        why: WhyNotSatisfied,
    },
    /// It is not known, since not everything that was shown is accepted.
    NotReached,
}

/// Why a presentation does not satisfy a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "because")]
#[non_exhaustive]
pub enum WhyNotSatisfied {
    /// It is no presentation: nobody shows it.
    NoPresentation,
    /// It has no plan, or one that does not hold.
    NoPlan,
    /// Its plan is about another edition of a programme, or another programme.
    OtherProgramme,
    /// Its plan answers something else.
    OtherAsk,
    /// Something is missing.
    Incomplete {
        /// Leaf requirements met.
        met: u32,
        /// Leaf requirements asked.
        asked: u32,
    },
    /// No credential shows the outcome as it is asked.
    NoneAnswers {
        /// Those that come close, each with why it does not.
        close: Vec<(CredentialRef, WhyUnused)>,
    },
}

impl Answer {
    /// Whether this document satisfies that question, by the trust with which it was verified.
    pub fn answers(&self, question: &Question, trust: &Trust, now: Timestamp) -> Answered {
        let not = |why| Answered::NotSatisfied { why };
        let Verdicts::Presentation(verdict) = &self.verdicts else { return not(WhyNotSatisfied::NoPresentation) };
        match self.outcome() {
            Outcome::Accepted | Outcome::AcceptedWithRemarks => {}
            _ if matches!(self.progress, Some(ProgressAnswer::Fails(_))) => return not(WhyNotSatisfied::NoPlan),
            _ => return Answered::NotReached,
        }
        if let Ask::Outcome(ask) = &question.ask {
            let mut close = Vec::new();
            for badge in verdict.badges() {
                match answers(ask, &badge, trust, now) {
                    Ok(()) => return Answered::Satisfied { by: vec![badge.reference()] },
                    Err(WhyUnused::FitsNothing) => {}
                    Err(why) => close.push((badge.reference(), why)),
                }
            }
            return not(WhyNotSatisfied::NoneAnswers { close });
        }
        let (Some(plan), Some(ProgressAnswer::Recomputed(progress))) = (&verdict.plan, &self.progress) else {
            return not(WhyNotSatisfied::NoPlan);
        };
        if question.programme.as_ref().is_some_and(|asked| *asked != progress.programme) {
            return not(WhyNotSatisfied::OtherProgramme);
        }
        if !is_asked(&question.ask, &plan.ask, verdict) {
            return not(WhyNotSatisfied::OtherAsk);
        }
        if !progress.complete {
            let (met, asked) = (progress.requirements_met, progress.requirements_asked);
            return not(WhyNotSatisfied::Incomplete { met, asked });
        }
        let mut by: Vec<CredentialRef> = plan.fills.iter().flat_map(|fill| &fill.by).cloned().collect();
        by.sort();
        by.dedup();
        Answered::Satisfied { by }
    }
}

/// Whether a plan for `planned` is one for what is asked: the award need not be named where there is one alone.
fn is_asked(asked: &Ask, planned: &Ask, verdict: &PresentationVerdict) -> bool {
    let is_only = |id: &String| {
        let programme = verdict.plan.as_ref().and_then(|plan| find_programme(verdict, plan));
        programme.is_some_and(|programme| {
            matches!(programme.content().credential_subject.programme.awards.as_slice(), [only] if only.id == *id)
        })
    };
    asked == planned || matches!((asked, planned), (Ask::Award(None), Ask::Award(Some(id))) if is_only(id))
}

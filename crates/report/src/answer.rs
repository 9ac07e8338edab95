//! What is the one answer about a document? A state, and a sentence that needs no other.

use stapel_stacking::{Answer, Verdicts};
use stapel_verifier::{CheckKind, CheckResult, Findings, Outcome, Presented};

use crate::language::Language;
use crate::verdict::findings_text;
use crate::words;

/// The answer as somebody reads it who reads nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerText {
    /// Which of the four it is.
    pub outcome: Outcome,
    /// The state in a few words.
    pub state: &'static str,
    /// The answer in a sentence or two: who vouches for the issuer, or what is wrong, or what is missing.
    pub sentence: String,
}

/// The answer about a document.
pub fn answer_text(answer: &Answer, language: Language) -> AnswerText {
    let outcome = answer.outcome();
    let sentence = match (&answer.verdicts, outcome) {
        (Verdicts::Presentation(verdict), Outcome::Accepted | Outcome::AcceptedWithRemarks) => {
            let shown = verdict.presented.iter().filter(|(_, one)| matches!(one, Presented::Badge(_))).count();
            let all = match (language, shown) {
                (Language::Nl, 1) => {
                    "De houder zelf laat het zien, en het ene bewijs daarin is geaccepteerd.".to_owned()
                }
                (Language::Nl, _) => {
                    format!("De houder zelf laat het zien, en alle {shown} bewijzen daarin zijn geaccepteerd.")
                }
                (Language::En, 1) => "Its holder shows it, and the one badge in it is accepted.".to_owned(),
                (Language::En, _) => format!("Its holder shows it, and all {shown} badges in it are accepted."),
            };
            with_remarks(all, answer.findings(), language)
        }
        (Verdicts::Presentation(verdict), _) if verdict.findings.outcome() != outcome => {
            // One of the parts is the cause: the worst says why.
            let worst = verdict.presented.iter().map(|(_, one)| one.findings()).find(|one| one.outcome() == outcome);
            worst.map_or_else(String::new, |findings| reason(findings, language))
        }
        (_, Outcome::Accepted | Outcome::AcceptedWithRemarks) => {
            let findings = answer.findings();
            let said =
                [CheckKind::Trust, CheckKind::Validity].into_iter().filter_map(|kind| passed(findings, kind, language));
            with_remarks(said.collect::<Vec<_>>().join(" "), findings, language)
        }
        _ => reason(answer.findings(), language),
    };
    AnswerText { outcome, state: state(outcome, language), sentence }
}

/// The answer about a text that could not be read.
pub fn unreadable_text(findings: &Findings, language: Language) -> AnswerText {
    let outcome = findings.outcome();
    AnswerText { outcome, state: state(outcome, language), sentence: reason(findings, language) }
}

/// The state in a few words.
pub fn state(outcome: Outcome, language: Language) -> &'static str {
    match outcome {
        Outcome::Accepted => language.pick("Echt en nog geldig", "Genuine and still valid"),
        Outcome::AcceptedWithRemarks => {
            language.pick("Echt en nog geldig, met een opmerking", "Genuine and still valid, with a remark")
        }
        Outcome::Undecided => language.pick("Nog niet te zeggen", "Cannot be said yet"),
        Outcome::Refused => language.pick("Niet geaccepteerd", "Not accepted"),
    }
}

fn passed(findings: &Findings, kind: CheckKind, language: Language) -> Option<String> {
    let check = findings.checks().iter().find(|check| check.kind == kind)?;
    matches!(check.result, CheckResult::Pass(_)).then(|| words::reason(check.result.reason(), language))
}

fn with_remarks(said: String, findings: &Findings, language: Language) -> String {
    let remarks = findings.checks().iter().filter(|check| matches!(check.result, CheckResult::Remark(_)));
    let remarks = remarks.map(|check| words::reason(check.result.reason(), language));
    std::iter::once(said).chain(remarks).filter(|one| !one.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Why it is not accepted: the headline without its first word, which the state says already.
fn reason(findings: &Findings, language: Language) -> String {
    let text = findings_text(findings, language);
    let word = format!("{}. ", words::outcome(text.outcome, language));
    text.headline.strip_prefix(&word).unwrap_or(&text.headline).to_owned()
}

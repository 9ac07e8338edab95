//! What is the one answer about a document? A state, and a sentence that needs no other.

use stapel_stacking::{Answer, Verdicts};
use stapel_verifier::{Check, CheckKind, CheckResult, Findings, Outcome, Presented, Reason};

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
    /// Until when its holder lets it be seen, if that is known.
    pub until: Option<String>,
}

/// The answer about a document.
pub fn answer_text(answer: &Answer, language: Language) -> AnswerText {
    let outcome = answer.outcome();
    let sentence = match (&answer.verdicts, outcome) {
        (Verdicts::Presentation(verdict), Outcome::Accepted | Outcome::AcceptedWithRemarks) => {
            let badges = verdict.presented.iter().filter(|(_, one)| matches!(one, Presented::Badge(_))).count();
            let parts = verdict.presented.iter().map(|(_, one)| one.findings());
            let shown = (!is_passed_on(&verdict.findings)).then(|| shown(language).to_owned());
            let said = [shown, of_badges(badges, language)];
            let said = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
            with_remarks(said, std::iter::once(answer.findings()).chain(parts), language)
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
            with_remarks(said.collect::<Vec<_>>().join(" "), [findings], language)
        }
        _ => reason(answer.findings(), language),
    };
    let until = match &answer.verdicts {
        Verdicts::Presentation(verdict) if matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks) => {
            shown_until(&verdict.findings, language)
        }
        _ => None,
    };
    AnswerText { outcome, state: state(outcome, language), sentence: without_codes(&sentence), until }
}

/// A sentence without the identifiers that stand in brackets in it; the checks have them.
fn without_codes(sentence: &str) -> String {
    let mut said = sentence.to_owned();
    while let Some(from) = said.find(" (did:")
        && let Some(length) = said.get(from..).and_then(|rest| rest.find(')'))
    {
        said.replace_range(from..=from + length, "");
    }
    said
}

/// The answer about a text that could not be read.
pub fn unreadable_text(findings: &Findings, language: Language) -> AnswerText {
    let outcome = findings.outcome();
    AnswerText { outcome, state: state(outcome, language), sentence: reason(findings, language), until: None }
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

/// Whether it may have come from somebody else than its holder: nobody here asked for it.
pub fn is_passed_on(findings: &Findings) -> bool {
    findings.checks().iter().any(|check| matches!(check.result.reason(), Reason::AudienceNotAsked { .. }))
}

/// What is true of the badges in it, whoever shows them.
fn of_badges(badges: usize, language: Language) -> Option<String> {
    Some(match (language, badges) {
        (_, 0) => return None,
        (Language::Nl, 1) => "Het ene bewijs daarin is geaccepteerd.".to_owned(),
        (Language::Nl, _) => format!("Alle {badges} bewijzen daarin zijn geaccepteerd."),
        (Language::En, 1) => "The one badge in it is accepted.".to_owned(),
        (Language::En, _) => format!("All {badges} badges in it are accepted."),
    })
}

fn shown(language: Language) -> &'static str {
    language.pick("De houder zelf laat het zien.", "Its holder shows it.")
}

/// Until when its holder lets it be seen.
fn shown_until(findings: &Findings, language: Language) -> Option<String> {
    let until = findings.checks().iter().find_map(|check| match check.result {
        CheckResult::Pass(Reason::ValidUntilProofEnds { until }) => Some(language.minute_of(until)),
        _ => None,
    })?;
    Some(match language {
        Language::Nl => format!(
            "De houder laat het zien tot {until}; vraag het daarna opnieuw. Hoelang een bewijs geldt, staat bij dat bewijs."
        ),
        Language::En => format!(
            "The holder shows it until {until}; ask again after that. How long a badge is valid is said with that badge."
        ),
    })
}

/// What is said, and then every remark once, whichever document it is on.
fn with_remarks<'a>(said: String, findings: impl IntoIterator<Item = &'a Findings>, language: Language) -> String {
    let mut sentences = vec![said];
    for check in findings.into_iter().flat_map(Findings::checks) {
        if let CheckResult::Remark(why) = &check.result {
            let remark = words::reason(why, language);
            if !sentences.contains(&remark) {
                sentences.push(remark);
            }
        }
    }
    sentences.retain(|one| !one.is_empty());
    sentences.join(" ")
}

/// Why it is not accepted: the headline without its first word, which the state says already.
fn reason(findings: &Findings, language: Language) -> String {
    let text = findings_text(findings, language);
    let word = format!("{}. ", words::outcome(text.outcome, language));
    let said = text.headline.strip_prefix(&word).unwrap_or(&text.headline);
    let is_unknown = |check: &Check| matches!(check.result, CheckResult::Unknown(Reason::IssuerUnknown { .. }));
    if text.outcome == Outcome::Undecided && findings.checks().iter().any(is_unknown) {
        let known = language.pick(
            "De uitgever is hier niet bekend. Dat betekent niet dat het vals is.",
            "The issuer is not known here. That does not mean that it is forged.",
        );
        return format!("{known} {said}");
    }
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_brackets_are_left_to_the_checks() {
        let said = "Signed by A (did:key:z6Mk#z6Mk) and (really) B (did:web:b.example).";
        assert_eq!(without_codes(said), "Signed by A and (really) B.");
        assert_eq!(without_codes("It ends (did:key:z6Mk"), "It ends (did:key:z6Mk");
    }

    #[test]
    fn every_remark_is_told_once_whichever_document_it_is_on() {
        let mut own = Findings::default();
        own.add(CheckKind::Progress, CheckResult::Pass(Reason::ProgressHolds));
        let mut part = Findings::default();
        part.add(CheckKind::Status, CheckResult::Remark(Reason::NoStatus));
        let said = of_badges(2, Language::En).unwrap();
        let told = with_remarks(said, [&own, &part, &part], Language::En);
        let remark = words::reason(&Reason::NoStatus, Language::En);
        assert_eq!(told, format!("All 2 badges in it are accepted. {remark}"));
        assert_eq!(with_remarks(shown(Language::Nl).to_owned(), [&own], Language::Nl), "De houder zelf laat het zien.");
    }

    #[test]
    fn what_nobody_here_asked_for_may_have_been_passed_on() {
        let of = |reason: Reason| {
            let mut findings = Findings::default();
            findings.add(CheckKind::Audience, CheckResult::Remark(reason));
            is_passed_on(&findings)
        };
        assert!(of(Reason::AudienceNotAsked { domain: None }) && !of(Reason::NoStatus));
        assert_eq!(of_badges(0, Language::Nl), None);
        assert_eq!(of_badges(1, Language::Nl).unwrap(), "Het ene bewijs daarin is geaccepteerd.");
    }

    #[test]
    fn what_is_malformed_is_not_accepted_and_says_why() {
        let mut findings = Findings::default();
        let message = "$.id: the member stands twice in its object".to_owned();
        findings.add(CheckKind::Structure, CheckResult::Fail(Reason::Malformed { message: message.clone() }));
        for (language, state) in [(Language::Nl, "Niet geaccepteerd"), (Language::En, "Not accepted")] {
            let told = unreadable_text(&findings, language);
            assert_eq!((told.outcome, told.state), (Outcome::Refused, state));
            assert!(told.sentence.contains(&message) && !told.sentence.starts_with("Refused"), "{}", told.sentence);
        }
    }
}

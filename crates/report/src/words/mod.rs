//! How is each fact said? One sentence for each variant that verifier and stacking know, in Dutch and in English.

mod en;
mod nl;
mod nl_advice;
mod samples;
pub mod terms;

use std::collections::BTreeMap;

use stapel_credential::{Code, CodeScheme, CredentialRef, CreditUnit};
use stapel_stacking::{
    Counted, LimitProgress, PlanError, Progress, RecountError, RequirementProgress, StackingError, WhyUnused,
};
use stapel_verifier::{CheckKind, Missing, Outcome, Reason};

use crate::language::Language;
#[cfg(test)]
pub(crate) use samples::variants_of;

/// The reason of a check, as a sentence.
pub fn reason(reason: &Reason, language: Language) -> String {
    sentence(&match language {
        Language::Nl => nl::reason(reason),
        Language::En => en::reason(reason),
    })
}

/// What one can do about a reason that is no pass; nothing for most.
pub fn advice(reason: &Reason, language: Language) -> Option<&'static str> {
    match language {
        Language::Nl => nl_advice::advice(reason),
        Language::En => en::advice(reason),
    }
}

/// What a check looks at, in a word or two.
pub fn check(kind: CheckKind, language: Language) -> &'static str {
    match language {
        Language::Nl => nl::check(kind),
        Language::En => en::check(kind),
    }
}

/// What is missing for a decision.
pub fn missing(missing: &Missing, language: Language) -> String {
    sentence(&match language {
        Language::Nl => nl::missing(missing),
        Language::En => en::missing(missing),
    })
}

/// The answer in a word or two.
pub fn outcome(outcome: Outcome, language: Language) -> &'static str {
    match outcome {
        Outcome::Accepted => language.pick("Geaccepteerd", "Accepted"),
        Outcome::AcceptedWithRemarks => language.pick("Geaccepteerd, met opmerkingen", "Accepted, with remarks"),
        Outcome::Undecided => language.pick("Niet te beslissen", "Undecided"),
        Outcome::Refused => language.pick("Afgewezen", "Refused"),
    }
}

/// Why a credential does not count here, as a sentence.
pub fn why_unused(why: &WhyUnused, names: &Names, language: Language) -> String {
    sentence(&match language {
        Language::Nl => nl::why_unused(why, names),
        Language::En => en::why_unused(why, names),
    })
}

/// What a limit from above lets count, and what counts of it.
pub fn limit(limit: &LimitProgress, unit: CreditUnit, language: Language) -> String {
    let name = match limit.name.text(language.tag()) {
        "" => limit.id.as_str(),
        name => name,
    };
    let (counted, at_most) = (language.amount(limit.counted), language.credits(limit.at_most, unit));
    match language {
        Language::Nl => format!("{name}: {counted} van hoogstens {at_most}"),
        Language::En => format!("{name}: {counted} of at most {at_most}"),
    }
}

/// Why a plan was refused, as a sentence.
pub fn plan_error(error: &PlanError, language: Language) -> String {
    sentence(&match language {
        Language::Nl => nl::plan_error(error),
        Language::En => error.to_string(),
    })
}

/// Why nothing was counted, as a sentence.
pub fn stacking_error(error: &StackingError, language: Language) -> String {
    sentence(&match language {
        Language::Nl => nl::stacking_error(error),
        Language::En => error.to_string(),
    })
}

/// Why an award was not confirmed by its record, as a sentence.
pub fn recount_error(error: &RecountError, language: Language) -> String {
    sentence(&crate::recount::error(error, language))
}

/// The names that people know parts, requirements and credentials by.
#[derive(Debug, Clone, Default)]
pub struct Names {
    parts: BTreeMap<String, String>,
    /// How each is spoken of, quotation marks and all.
    credentials: BTreeMap<CredentialRef, String>,
}

impl Names {
    /// All names that stand in a progress.
    pub fn of(progress: &Progress, language: Language) -> Self {
        let mut names = Self::default();
        let mut open: Vec<&RequirementProgress> = vec![&progress.requirements];
        while let Some(requirement) = open.pop() {
            if let Some(id) = &requirement.id {
                names.add(id, requirement.name.text(language.tag()));
            }
            let counted = requirement.slots.iter().flat_map(|slot| &slot.by);
            names.credentials.extend(counted.filter_map(|counted| named(counted, language)));
            open.extend(&requirement.of);
        }
        for part in &progress.parts {
            names.add(&part.id, part.name.text(language.tag()));
            names.credentials.extend(part.by.iter().filter_map(|counted| named(counted, language)));
        }
        for limit in &progress.limits {
            names.add(&limit.id, limit.name.text(language.tag()));
        }
        let unused = progress.unused.iter().filter(|unused| !unused.name.is_empty());
        names.credentials.extend(unused.map(|unused| (unused.credential.clone(), format!("“{}”", unused.name))));
        names
    }

    fn add(&mut self, id: &str, name: &str) {
        if !name.is_empty() {
            self.parts.insert(id.to_owned(), name.to_owned());
        }
    }

    /// How a credential is spoken of, quotation marks and all, if that is known.
    pub(crate) fn find_credential(&self, credential: &CredentialRef) -> Option<&str> {
        self.credentials.get(credential).map(String::as_str)
    }

    /// The name of a part or requirement in quotation marks, or its id.
    pub(crate) fn part(&self, id: &str) -> String {
        format!("“{}”", self.parts.get(id).map_or(id, String::as_str))
    }

    /// The name of a credential in quotation marks, or its identity.
    pub(crate) fn credential(&self, credential: &CredentialRef, language: Language) -> String {
        self.credentials.get(credential).map_or_else(
            || format!("{} {} {}", credential.id, language.pick("van", "of"), credential.issuer),
            Clone::clone,
        )
    }
}

/// What a credential that counts is called in a sentence.
fn named(counted: &Counted, language: Language) -> Option<(CredentialRef, String)> {
    let phrase = if counted.is_exemption() {
        format!("{} {}", language.pick("de vrijstelling van", "the exemption of"), language.day(counted.awarded()))
    } else if counted.name().is_empty() {
        return None;
    } else {
        format!("“{}”", counted.name())
    };
    Some((counted.credential().clone(), phrase))
}

/// A code of a register as people know it; others as they are written.
fn code(code: &Code, language: Language) -> String {
    let value = code.value();
    match code.scheme() {
        CodeScheme::Crebo => format!("{} {value} (crebo)", language.pick("opleiding", "programme")),
        CodeScheme::Kcode => format!("{} {value}", language.pick("keuzedeel", "elective")),
        _ => code.to_string(),
    }
}

/// A text as a sentence of its own: a capital first, a full stop last.
pub(crate) fn sentence(text: &str) -> String {
    let text = crate::lettering::plain(text.trim());
    let mut letters = text.chars();
    let mut out: String = match letters.next() {
        // An identifier keeps its small letter.
        Some(first) if !text.starts_with("did:") && !text.starts_with("http") && !text.starts_with("urn:") => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => text.clone(),
    };
    if !out.ends_with(['.', '!', '?']) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use stapel_credential::{Day, Timestamp};

    use super::samples::{checks, missings, reasons, whys};
    use super::*;

    /// Every fact of the value, as each language writes it.
    fn facts(value: &Value, language: Language, out: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    if !["because", "missing", "reason"].contains(&name.as_str()) {
                        facts(value, language, out);
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| facts(item, language, out)),
            Value::String(text) => out.push(if let Ok(instant) = Timestamp::parse(text) {
                language.day_of(instant)
            } else if let Ok(day) = Day::parse(text) {
                language.day(day)
            } else {
                text.clone()
            }),
            Value::Number(number) => out.push(number.to_string()),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn loses_no_fact(value: &impl serde::Serialize, say: impl Fn(Language) -> String) {
        for language in Language::ALL {
            let (said, mut expected) = (say(language), Vec::new());
            facts(&serde_json::to_value(value).unwrap(), language, &mut expected);
            for fact in expected {
                // People know a code by the name of its register: "programme 25655 (crebo)".
                let value = Code::parse(&fact).map_or(fact, |code| code.value().to_owned());
                assert!(said.contains(&value), "{language:?}: {said:?} has lost {value:?}");
            }
        }
    }

    #[test]
    fn of_who_went_into_another_it_is_said_that_it_was_allowed_then() {
        let of = |with_successor: bool| {
            let vouched = reasons().into_iter().find_map(|each| match each {
                Reason::Vouched { name, list, codes, successor } => {
                    Some(Reason::Vouched { name, list, codes, successor: successor.filter(|_| with_successor) })
                }
                _ => None,
            });
            Language::ALL.map(|language| reason(vouched.as_ref().unwrap(), language))
        };
        let ([then_nl, then_en], [now_nl, now_en]) = (of(true), of(false));
        assert!(then_nl.contains("mocht toen bewijzen geven") && then_en.contains("was allowed then to certify"));
        assert!(now_nl.contains("mag bewijzen geven") && now_en.contains("may certify"));
    }

    #[test]
    fn no_sentence_loses_a_fact() {
        for each in reasons() {
            loses_no_fact(&each, |language| reason(&each, language));
        }
        for each in missings() {
            loses_no_fact(&each, |language| missing(&each, language));
        }
        for each in whys() {
            loses_no_fact(&each, |language| why_unused(&each, &Names::default(), language));
        }
    }

    /// The enums are open to other crates, so the compiler cannot name a missing sentence; their own source can.
    #[test]
    fn both_languages_have_every_message() {
        let verifier = include_str!("../../../verifier/src/reason.rs");
        let checks_source = include_str!("../../../verifier/src/check.rs");
        let stacking = include_str!("../../../stacking/src/why.rs");
        let names = |texts: Vec<String>| {
            let mut names: Vec<String> = texts
                .iter()
                .map(|text| text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned())
                .collect();
            names.sort();
            names
        };
        let debug = |items: &[&dyn std::fmt::Debug]| items.iter().map(|item| format!("{item:?}")).collect::<Vec<_>>();
        let (reasons, missings, whys, checks) = (reasons(), missings(), whys(), checks());
        let of = |items: Vec<&dyn std::fmt::Debug>| names(debug(&items));
        assert_eq!(of(reasons.iter().map(|item| item as _).collect()), variants_of(verifier, "Reason"));
        assert_eq!(of(missings.iter().map(|item| item as _).collect()), variants_of(checks_source, "Missing"));
        assert_eq!(of(checks.iter().map(|item| item as _).collect()), variants_of(checks_source, "CheckKind"));
        assert_eq!(of(whys.iter().map(|item| item as _).collect()), variants_of(stacking, "WhyUnused"));
        for each in &reasons {
            let (dutch, english) = (reason(each, Language::Nl), reason(each, Language::En));
            assert_ne!(dutch, english, "{each:?} has no Dutch sentence");
            assert_eq!(advice(each, Language::Nl).is_some(), advice(each, Language::En).is_some(), "{each:?}");
        }
        for each in &missings {
            assert_ne!(missing(each, Language::Nl), missing(each, Language::En), "{each:?}");
        }
        for each in &whys {
            let say = |language| why_unused(each, &Names::default(), language);
            assert_ne!(say(Language::Nl), say(Language::En), "{each:?}");
        }
        for each in checks {
            assert!(!check(each, Language::Nl).is_empty() && !check(each, Language::En).is_empty());
        }
    }

    #[test]
    fn every_refusal_of_a_plan_has_a_dutch_sentence() {
        let (errors, dutch) = (include_str!("../../../stacking/src/error.rs"), include_str!("nl.rs"));
        for name in ["PlanError", "StackingError"] {
            let variants = variants_of(errors, name);
            assert!(variants.len() > 5, "{name}: {variants:?}");
            for variant in variants {
                assert!(dutch.contains(&format!("{name}::{variant}")), "{name}::{variant} has no Dutch sentence");
            }
        }
    }

    #[test]
    fn sentences_read_as_people_speak() {
        let expired = Reason::Expired {
            until: Timestamp::parse("2026-03-01T00:00:00Z").unwrap(),
            now: Timestamp::parse("2026-11-22T09:00:00Z").unwrap(),
            days: 266,
        };
        assert_eq!(
            reason(&expired, Language::Nl),
            "Het is verlopen op 1 maart 2026. Dat is 266 dagen vóór 22 november 2026."
        );
        assert_eq!(reason(&expired, Language::En), "It expired on 1 March 2026, 266 days before 22 November 2026.");
        let unknown = Reason::IssuerUnknown { issuer: "did:web:school.example".parse().unwrap() };
        assert_eq!(
            reason(&unknown, Language::Nl),
            "did:web:school.example is hier niet bekend: geen vertrouwenslijst noemt deze uitgever. Dat is geen slecht teken."
        );
        let old = WhyUnused::TooOld { awarded: Day::parse("2015-07-01").unwrap(), age_days: 4162, maximum_days: 1826 };
        assert_eq!(
            why_unused(&old, &Names::default(), Language::Nl),
            "Het is behaald op 1 juli 2015, 4162 dagen geleden. Het mag hier hoogstens 1826 dagen oud zijn."
        );
        assert_eq!(
            why_unused(&old, &Names::default(), Language::En),
            "It was awarded on 1 July 2015, 4162 days ago; at most 1826 days are allowed."
        );
    }

    #[test]
    fn a_hostile_name_cannot_drive_the_terminal() {
        let reason_text = reason(&Reason::Malformed { message: "a\u{1b}[2Jb".to_owned() }, Language::En);
        assert!(!reason_text.contains('\u{1b}'), "{reason_text:?}");
    }
}

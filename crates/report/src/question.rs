//! What is asked, and was it answered?

use stapel_credential::{Ask, CreditsAsk, Match, OutcomeAsk, Programme, Question};
use stapel_stacking::{Answered, WhyNotSatisfied};

use crate::language::Language;
use crate::words::{self, Names};

/// What answers are not.
pub const fn stands_alone(language: Language) -> &'static str {
    language.pick(
        "Een antwoord staat op zichzelf: antwoorden op meer vragen tellen niet op, want hetzelfde bewijs kan in elk antwoord zitten.",
        "An answer stands alone: answers to several questions do not add up, since one badge may be in all of them.",
    )
}

/// A question as a request to its holder: “Show that …”. The programme gives the names of its parts, where it is at hand.
pub fn question_text(question: &Question, programme: Option<&Programme>, language: Language) -> String {
    let of = programme.map_or(String::new(), |programme| {
        let name = programme.name.text(language.tag());
        match language {
            Language::Nl => format!(" van “{name}”, uitgave {}", programme.edition),
            Language::En => format!(" of “{name}”, edition {}", programme.edition),
        }
    });
    let part_name = |id: &str| {
        let name = programme.and_then(|programme| programme.find_part(id)).map(|part| part.name.text(language.tag()));
        name.filter(|name| !name.is_empty()).map_or_else(|| id.to_owned(), |name| format!("{id} ({name})"))
    };
    match (&question.ask, language) {
        (Ask::Award(None), Language::Nl) => format!("Laat zien dat alles{of} is behaald."),
        (Ask::Award(None), Language::En) => format!("Show that everything{of} is achieved."),
        (Ask::Award(Some(id)), _) => {
            let award = programme.and_then(|programme| programme.find_award(id));
            let name = award.map_or(id.as_str(), |award| award.name.text(language.tag()));
            match language {
                Language::Nl => format!("Laat zien dat alles voor “{name}”{of} is behaald."),
                Language::En => format!("Show that everything for “{name}”{of} is achieved."),
            }
        }
        (Ask::Part(id), Language::Nl) => format!("Laat zien dat onderdeel {}{of} is behaald.", part_name(id)),
        (Ask::Part(id), Language::En) => format!("Show that part {}{of} is achieved.", part_name(id)),
        (Ask::Group(id), Language::Nl) => format!("Laat zien dat alle onderdelen van {id}{of} zijn behaald."),
        (Ask::Group(id), Language::En) => format!("Show that all parts of {id}{of} are achieved."),
        (Ask::Credits(ask), _) => credits(ask, programme, &of, language),
        (Ask::Outcome(ask), _) => outcome(ask, language),
        (_, Language::Nl) => "Deze vraag kent deze versie niet.".to_owned(),
        (_, Language::En) => "This version does not know this question.".to_owned(),
    }
}

fn credits(ask: &CreditsAsk, programme: Option<&Programme>, of: &str, language: Language) -> String {
    let amount = programme
        .map_or_else(|| language.amount(ask.at_least), |programme| language.credits(ask.at_least, programme.unit));
    let (level, group) = (ask.level, ask.group.as_deref());
    match language {
        Language::Nl => {
            let level = level.map_or(String::new(), |level| format!(" op niveau {level} of hoger"));
            let group = group.map_or(String::new(), |group| format!(" uit {group}"));
            format!("Laat {amount}{of} zien{group}{level}.")
        }
        Language::En => {
            let level = level.map_or(String::new(), |level| format!(" at level {level} or higher"));
            let group = group.map_or(String::new(), |group| format!(" from {group}"));
            format!("Show {amount}{of}{group}{level}.")
        }
    }
}

fn outcome(ask: &OutcomeAsk, language: Language) -> String {
    let OutcomeAsk { outcome, fits, vouched_by } = ask;
    let conditions = conditions(fits, language);
    let list = vouched_by.as_ref().map(|anchor| match language {
        Language::Nl => format!("van een uitgever op de vertrouwenslijst van {anchor}"),
        Language::En => format!("by an issuer on the trust list of {anchor}"),
    });
    let all: Vec<String> = conditions.into_iter().chain(list).collect();
    let besides = if all.is_empty() { String::new() } else { format!(": {}", language.list(&all)) };
    match language {
        Language::Nl => format!("Laat een bewijs zien van deze leeruitkomst of module ({outcome}){besides}."),
        Language::En => format!("Show a badge of this outcome or module ({outcome}){besides}."),
    }
}

/// What else must hold; what is not told here is in the question itself.
fn conditions(fits: &Match, language: Language) -> Vec<String> {
    let mut all = Vec::new();
    if !fits.minimum_level.is_empty() {
        let levels: Vec<String> = fits.minimum_level.iter().map(ToString::to_string).collect();
        all.push(match language {
            Language::Nl => format!("ten minste niveau {}", levels.join(" of ")),
            Language::En => format!("at least level {}", levels.join(" or ")),
        });
    }
    if let Some(days) = fits.maximum_age_days {
        all.push(match (language, days % 365) {
            (Language::Nl, 0) => format!("ten hoogste {} jaar oud", days / 365),
            (Language::En, 0) => format!("at most {} years old", days / 365),
            (Language::Nl, _) => format!("ten hoogste {days} dagen oud"),
            (Language::En, _) => format!("at most {days} days old"),
        });
    }
    let told = Match {
        minimum_level: fits.minimum_level.clone(),
        maximum_age_days: fits.maximum_age_days,
        ..Match::default()
    };
    if *fits != told {
        all.push(language.pick("en wat de vraag verder noemt", "and what else the question names").to_owned());
    }
    all
}

/// Whether it answers the question: the verifier's, or its holder's `own`.
pub fn answered_text(answered: &Answered, own: bool, language: Language) -> String {
    match language {
        Language::Nl => {
            let question = if own { "de vraag die er zelf in staat" } else { "uw vraag" };
            match answered {
                Answered::Satisfied { by } if by.len() == 1 => {
                    format!("Het voldoet aan {question}, met 1 bewijs of besluit.")
                }
                Answered::Satisfied { by } => {
                    format!("Het voldoet aan {question}, met {} bewijzen of besluiten.", by.len())
                }
                Answered::NotSatisfied { why } => {
                    format!("Het voldoet niet aan {question}: {}", why_not(why, language))
                }
                _ => format!(
                    "Of het voldoet aan {question}, is niet bekend: niet alles wat is getoond, is geaccepteerd."
                ),
            }
        }
        Language::En => {
            let question = if own { "the question that it names itself" } else { "your question" };
            match answered {
                Answered::Satisfied { by } if by.len() == 1 => {
                    format!("It satisfies {question}, with 1 badge or decision.")
                }
                Answered::Satisfied { by } => {
                    format!("It satisfies {question}, with {} badges or decisions.", by.len())
                }
                Answered::NotSatisfied { why } => format!("It does not satisfy {question}: {}", why_not(why, language)),
                _ => {
                    format!("Whether it satisfies {question} is not known: not everything that was shown is accepted.")
                }
            }
        }
    }
}

fn why_not(why: &WhyNotSatisfied, language: Language) -> String {
    let (dutch, english) = match why {
        WhyNotSatisfied::NoPresentation => {
            ("het is geen presentatie, dus niemand geeft antwoord.", "it is not a presentation, so nobody answers.")
        }
        WhyNotSatisfied::NoPlan => ("er is geen plan bij dat klopt.", "it has no plan that holds."),
        WhyNotSatisfied::OtherProgramme => (
            "het plan gaat over een ander programma of een andere uitgave.",
            "its plan is about another programme or edition.",
        ),
        WhyNotSatisfied::OtherAsk => ("het plan geeft antwoord op iets anders.", "its plan answers something else."),
        WhyNotSatisfied::Incomplete { met, asked } => {
            return match language {
                Language::Nl => format!("{met} van de {asked} eisen zijn vervuld."),
                Language::En => format!("{met} of {asked} requirements are met."),
            };
        }
        WhyNotSatisfied::NoneAnswers { close } => match close.first() {
            None => ("geen bewijs toont de leeruitkomst.", "no badge shows the outcome."),
            Some((_, why)) => return words::why_unused(why, &Names::default(), language),
        },
        _ => ("deze versie kent de reden niet.", "the reason is not known to this version."),
    };
    language.pick(dutch, english).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_a_request_in_plain_words() {
        let read = |text: &str| Question::parse(text).unwrap();
        let outcome =
            read(r#"{"ask":{"outcome":{"outcome":"urn:x:1","fits":{"minimumLevel":"NLQF 4","maximumAgeDays":1095}}}}"#);
        assert_eq!(
            question_text(&outcome, None, Language::Nl),
            "Laat een bewijs zien van deze leeruitkomst of module (urn:x:1): ten minste niveau NLQF 4 en ten hoogste 3 jaar oud."
        );
        assert_eq!(
            question_text(&outcome, None, Language::En),
            "Show a badge of this outcome or module (urn:x:1): at least level NLQF 4 and at most 3 years old."
        );
        let more = read(r#"{"ask":{"outcome":{"outcome":"urn:x:1","fits":{"issuerKind":["mbo"]}}}}"#);
        assert!(question_text(&more, None, Language::En).ends_with("and what else the question names."));
        let part = read(r#"{"ask":{"part":"B1-K1"}}"#);
        assert_eq!(question_text(&part, None, Language::En), "Show that part B1-K1 is achieved.");
        let group = read(r#"{"ask":{"group":"B1"}}"#);
        assert_eq!(question_text(&group, None, Language::Nl), "Laat zien dat alle onderdelen van B1 zijn behaald.");
        let credits = read(r#"{"ask":{"credits":{"atLeast":20,"level":"EQF 5","group":"keuze"}}}"#);
        assert_eq!(question_text(&credits, None, Language::En), "Show 20 from keuze at level EQF 5 or higher.");
    }

    #[test]
    fn each_answer_has_its_sentence() {
        let not = |why| Answered::NotSatisfied { why };
        let all = [
            Answered::Satisfied { by: Vec::new() },
            Answered::NotReached,
            not(WhyNotSatisfied::NoPresentation),
            not(WhyNotSatisfied::NoPlan),
            not(WhyNotSatisfied::OtherProgramme),
            not(WhyNotSatisfied::OtherAsk),
            not(WhyNotSatisfied::Incomplete { met: 1, asked: 2 }),
            not(WhyNotSatisfied::NoneAnswers { close: Vec::new() }),
        ];
        let mut told = std::collections::BTreeSet::new();
        for answered in &all {
            for language in [Language::Nl, Language::En] {
                for own in [true, false] {
                    assert!(told.insert(answered_text(answered, own, language)));
                }
            }
        }
        assert!(told.iter().all(|sentence| sentence.ends_with('.')));
    }
}

//! What is still to be done, told to a learner? The shortest ways on, as sentences.

use stapel_credential::CreditUnit;
use stapel_stacking::{OfferedBy, Step, WayOn};

use crate::language::Language;

/// So many offers of one step are named.
const NAMED: usize = 4;

/// One paragraph for each way: what it takes in all, then a line for each step with who offers it.
pub fn ways_on(ways: &[WayOn], unit: CreditUnit, language: Language) -> Vec<Vec<String>> {
    ways.iter().map(|way| paragraph(way, unit, language)).collect()
}

fn paragraph(way: &WayOn, unit: CreditUnit, language: Language) -> Vec<String> {
    let steps = way.steps.len();
    let credits = language.credits(way.credits, unit);
    let head = match (language, steps) {
        (Language::Nl, 1) => format!("Nog één stap, samen {credits}:"),
        (Language::En, 1) => format!("One step more, {credits} in all:"),
        (Language::Nl, _) => format!("Nog {steps} stappen, samen {credits}:"),
        (Language::En, _) => format!("{steps} steps more, {credits} in all:"),
    };
    std::iter::once(head).chain(way.steps.iter().map(|step| line(step, unit, language))).collect()
}

fn line(step: &Step, unit: CreditUnit, language: Language) -> String {
    let named = |name: &stapel_credential::Localised, id: &str| match name.text(language.tag()) {
        "" => id.to_owned(),
        name => name.to_owned(),
    };
    match (step, language) {
        (Step::Part { id, name, credits, offered_by }, _) => {
            format!("{} ({}){}", named(name, id), language.credits(*credits, unit), offered(offered_by, language))
        }
        (Step::Credits { requirement, name, credits, offered_by }, Language::Nl) => format!(
            "nog {} voor {}{}",
            language.credits(*credits, unit),
            named(name, requirement),
            offered(offered_by, language)
        ),
        (Step::Credits { requirement, name, credits, offered_by }, Language::En) => format!(
            "{} more for {}{}",
            language.credits(*credits, unit),
            named(name, requirement),
            offered(offered_by, language)
        ),
        (Step::Hours { requirement, hours }, Language::Nl) => {
            format!("nog {} uur in de praktijk voor {requirement}", hours.0)
        }
        (Step::Hours { requirement, hours }, Language::En) => {
            format!("{} more hours at work for {requirement}", hours.0)
        }
        (Step::Limit { limit, name, credits }, Language::Nl) => {
            format!("van wat meetelt moet nog {} zijn: {}", language.credits(*credits, unit), named(name, limit))
        }
        (Step::Limit { limit, name, credits }, Language::En) => {
            format!("of what counts, {} more must be: {}", language.credits(*credits, unit), named(name, limit))
        }
        (other, _) => format!("{other:?}"),
    }
}

fn offered(by: &[OfferedBy], language: Language) -> String {
    if by.is_empty() {
        return String::new();
    }
    let mut each: Vec<String> = by.iter().take(NAMED).map(|by| format!("“{}”, {}", by.title, by.issuer_name)).collect();
    match by.len().saturating_sub(NAMED) {
        0 => {}
        more => each.push(format!("{} {more} {}", language.pick("en nog", "and"), language.pick("meer", "more"))),
    }
    format!("; {}: {}", language.pick("te volgen als", "offered as"), each.join("; "))
}

#[cfg(test)]
mod tests {
    use stapel_credential::{Credits, Hours, Localised};

    use super::*;

    fn told(language: Language) -> Vec<Vec<String>> {
        let name = |nl: &str, en: &str| -> Localised {
            serde_json::from_value(serde_json::json!({"nl": nl, "en": en})).unwrap()
        };
        let by: Vec<OfferedBy> = Vec::new();
        let part = Step::Part {
            id: "b1".to_owned(),
            name: name("Basiszorg", "Basic care"),
            credits: Credits::whole(320),
            offered_by: by.clone(),
        };
        let free = Step::Credits {
            requirement: "keuze".to_owned(),
            name: name("Keuzedelen", "Electives"),
            credits: Credits::whole(240),
            offered_by: by,
        };
        let hours = Step::Hours { requirement: "bpv".to_owned(), hours: Hours(400) };
        let limit = Step::Limit {
            limit: "own".to_owned(),
            name: name("van ons zelf", "by ourselves"),
            credits: Credits::whole(60),
        };
        let way: WayOn = WayOn::of(vec![part, free, hours, limit], Credits::whole(560));
        ways_on(&[way], CreditUnit::Sbu, language)
    }

    #[test]
    fn each_step_is_a_sentence_in_both_languages() {
        assert_eq!(
            told(Language::Nl),
            [[
                "Nog 4 stappen, samen 560 SBU:",
                "Basiszorg (320 SBU)",
                "nog 240 SBU voor Keuzedelen",
                "nog 400 uur in de praktijk voor bpv",
                "van wat meetelt moet nog 60 SBU zijn: van ons zelf"
            ]]
        );
        assert_eq!(
            told(Language::En),
            [[
                "4 steps more, 560 SBU in all:",
                "Basic care (320 SBU)",
                "240 SBU more for Electives",
                "400 more hours at work for bpv",
                "of what counts, 60 SBU more must be: by ourselves"
            ]]
        );
    }
}

//! What is said of each document within a presentation?

use stapel_credential::AchievementCredential;
use stapel_report::{CheckLine, Fact, Language, VerdictText, answer_facts, presented_texts};
use stapel_verifier::{PresentationVerdict, Presented, Verified};

use super::{class, vouched};
use crate::words::Words;

/// So many facts of a badge among others: up to who gave it.
const FIRST_FACTS: usize = 10;

/// A document within a presentation.
pub(crate) struct Part {
    pub(crate) sign: char,
    pub(crate) name: String,
    pub(crate) headline: String,
    /// What it states, if it is a badge that is accepted.
    pub(crate) facts: Vec<Fact>,
    pub(crate) lines: Vec<CheckLine>,
}

/// Each of them: what it is and, where a trust list confirms it, by whom.
pub(super) fn parts_of(verdict: &PresentationVerdict, language: Language) -> Vec<Part> {
    let shown = verdict.presented.iter().map(|(_, presented)| presented);
    let part = |(presented, (name, text)): (&Presented, (String, VerdictText))| {
        let badge = match presented {
            Presented::Badge(verdict) => verdict.accepted().map(Verified::content),
            _ => None,
        };
        let by = badge.and_then(|_| vouched(presented.findings()));
        let more = match (presented, by) {
            (Presented::Programme(_), _) => Words::of(language).rules.to_owned(),
            (_, Some((by, _))) => format!(" {} {by}", language.pick("van", "by")),
            _ => String::new(),
        };
        let facts = badge.map(|badge| first_facts(badge, language)).unwrap_or_default();
        Part { sign: class(text.outcome).1, name: name + &more, headline: text.headline, facts, lines: text.lines }
    };
    shown.zip(presented_texts(verdict, language)).map(part).collect()
}

/// What an employer wants to know first of a badge among others.
fn first_facts(badge: &AchievementCredential, language: Language) -> Vec<Fact> {
    let mut facts = answer_facts(badge, language);
    facts.retain(|fact| !fact.values.is_empty());
    facts.truncate(FIRST_FACTS);
    facts
}

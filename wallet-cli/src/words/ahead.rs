//! What is said of what lies ahead: catalogues, ways on, what if, the nearest awards, where something helps?

use stapel_credential::CreditUnit;
use stapel_report::Language;
use stapel_stacking::{Nearness, Progress, WhatIf};
use stapel_wallet::{Filled, Goal, WouldHelp};

use crate::output::plain;

/// What is said of it; both languages match it without a rest.
#[derive(Debug)]
pub(crate) enum Ahead<'a> {
    CatalogueKept {
        name: &'a str,
        modules: usize,
        replaced: bool,
    },
    CatalogueRemoved {
        name: &'a str,
    },
    NoCatalogues,
    /// What a catalogue is not.
    Unsigned,
    Modules {
        number: usize,
    },
    WaysOn,
    /// Where it stands who offers what.
    FromCatalogues,
    /// How to learn who offers what.
    WhoOffers,
    WhatIf {
        planned: &'a [String],
        progress: &'a Progress,
        what_if: &'a WhatIf,
    },
    Near {
        number: usize,
        near: &'a Nearness,
        unit: CreditUnit,
    },
    /// What being near is not, and how many awards were not named.
    NotAwarded {
        further: usize,
    },
    NothingCounted,
    PassedOver {
        number: usize,
        all: bool,
    },
    Goal {
        goal: &'a Goal,
    },
    /// How many awards a badge does something for.
    Helps {
        name: &'a str,
        awards: usize,
    },
    Fills {
        goal: &'a Goal,
        filled: &'a [Filled],
    },
    CouldFit,
    DoesNothing {
        awards: usize,
        all: bool,
    },
    HelpsNowhereToday {
        name: &'a str,
        why: &'a str,
    },
    /// How many awards a module would do something for.
    WouldHelp {
        title: &'a str,
        institution: &'a str,
        awards: usize,
    },
    Gains {
        would: &'a WouldHelp,
    },
}

/// A programme with its edition and its award.
pub(super) fn goal(goal: &Goal, language: Language) -> String {
    let award = goal.award.as_ref().map(|award| award.name.text(language.tag()));
    let label = label(!goal.illustrative.is_empty(), language);
    format!("{}{label}", place(goal.name.text(language.tag()), &goal.programme.edition, award))
}

pub(super) fn place(name: &str, edition: &str, award: Option<&str>) -> String {
    let award = award.map_or(String::new(), |award| format!(", {}", plain(award)));
    format!("{} ({}){award}", plain(name), plain(edition))
}

/// That a programme is an example.
pub(super) fn label(illustrative: bool, language: Language) -> &'static str {
    match (illustrative, language) {
        (false, _) => "",
        (true, Language::Nl) => " [illustratief]",
        (true, Language::En) => " [illustrative]",
    }
}

/// The names of parts, each with its id where the name does not say it.
pub(super) fn parts(ids: &[String], progress: &Progress, language: Language) -> Vec<String> {
    let named = ids.iter().map(|id| {
        let name = progress.parts.iter().find(|part| part.id == *id).map(|part| part.name.text(language.tag()));
        match name.filter(|name| !name.is_empty()) {
            Some(name) => format!("{} ({})", plain(name), plain(id)),
            None => plain(id),
        }
    });
    named.collect()
}

/// What a badge fills: the name, or the id of what has none.
pub(super) fn filled(filled: &Filled, language: Language) -> String {
    match filled.name.text(language.tag()) {
        "" => plain(&filled.id),
        name => plain(name),
    }
}

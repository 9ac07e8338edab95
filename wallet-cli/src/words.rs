//! What does this program say to people, and in which language? Both languages are matched without a rest, so the compiler finds
//! a message that one of them misses. Verdicts and progress are said by `stapel-report`.

mod advice_nl;
mod ahead;
mod ahead_en;
mod ahead_nl;
mod en;
mod help;
mod many;
mod many_en;
mod many_nl;
mod nl;
mod shown;
mod shown_en;
mod shown_nl;
mod trouble_en;
mod trouble_nl;

use std::ffi::OsString;
use std::path::Path;

use stapel_credential::Did;
use stapel_report::Language;
use stapel_verifier::Missing;
use stapel_wallet::{Kept, LastOutcome, LastVerdict};

pub(crate) use self::ahead::Ahead;
pub(crate) use self::help::help;
pub(crate) use self::many::{Column, Many};
pub(crate) use self::shown::Shown;
use crate::error::Failure;

/// Everything said that is neither an error nor a verdict.
#[derive(Debug)]
pub(crate) enum Say<'a> {
    AskPassphrase,
    AskNewPassphrase,
    AskOnceMore,
    AskRecoveryWords,
    AskTxCode {
        issuer: &'a str,
        description: Option<&'a str>,
    },
    AskTrust {
        anchor: &'a Did,
    },
    AskPresent,
    /// The fetcher's own warning is English.
    Warning {
        text: &'a str,
        ports: &'a [u16],
    },
    NotTaken {
        missing: &'a Missing,
        why: &'a str,
    },
    NotFetched {
        missing: &'a Missing,
        why: &'a str,
    },
    NotFetchedOffline {
        url: &'a str,
    },
    WalletMade {
        path: &'a Path,
        did: &'a str,
    },
    RecoveryWords {
        numbered: &'a [String],
    },
    WordsWritten {
        path: &'a Path,
    },
    Kept {
        name: &'a str,
        kept: &'a Kept,
    },
    LaidBeside {
        path: &'a Path,
    },
    NoBadges,
    Exemptions,
    NoProgrammes,
    NotAcceptedToday,
    PerhapsBetter,
    SvgWritten {
        path: &'a Path,
    },
    Leaves {
        to: Option<&'a str>,
        until: Option<&'a str>,
        shows: &'a [String],
        holder: &'a str,
    },
    LeavesBadge {
        name: &'a str,
        issuer: &'a str,
        grades: usize,
    },
    LeavesProgramme {
        name: &'a str,
        edition: &'a str,
    },
    LeavesExemption,
    LeavesStatusList,
    LeavesPlan,
    /// Catalogues, ways on, the nearest awards, where something helps.
    Ahead(Ahead<'a>),
    /// Bundles, answers, requests, sheets and records.
    Shown(Shown<'a>),
    /// Many documents: counts, reports, dossiers, watched folders.
    Many(Many<'a>),
    PresentationWritten {
        path: &'a Path,
    },
    CaseWritten {
        path: &'a Path,
    },
    ListSays {
        name: &'a str,
        sequence: u64,
        until: Option<&'a str>,
        issuers: usize,
    },
    ListNotTaken {
        name: &'a str,
    },
    Pinned {
        did: &'a Did,
        new: bool,
    },
    Distrusted {
        did: &'a Did,
    },
    Anchors,
    PinnedIssuers,
    TrustLists,
    NobodyTrusted,
    Unlocked {
        minutes: u32,
    },
    Locked {
        was_open: bool,
    },
    Recovered,
    PassphraseChanged,
}

/// A message.
pub(crate) fn say(what: &Say<'_>, language: Language) -> String {
    match language {
        Language::Nl => nl::say(what),
        Language::En => en::say(what),
    }
}

/// What was last found of something kept, and when.
pub(crate) fn last(last: LastVerdict, language: Language) -> String {
    let day = language.day_of(last.at);
    match (language, last.outcome) {
        (Language::Nl, LastOutcome::Accepted) => format!("geaccepteerd op {day}"),
        (Language::Nl, LastOutcome::Undecided) => format!("niet te beslissen op {day}"),
        (Language::Nl, LastOutcome::Refused) => format!("afgewezen op {day}"),
        (Language::En, LastOutcome::Accepted) => format!("accepted on {day}"),
        (Language::En, LastOutcome::Undecided) => format!("undecided on {day}"),
        (Language::En, LastOutcome::Refused) => format!("refused on {day}"),
    }
}

/// Why something was not done, as one sentence.
pub(crate) fn failure(failure: &Failure, language: Language) -> String {
    match language {
        Language::Nl => trouble_nl::failure(failure),
        Language::En => trouble_en::failure(failure),
    }
}

/// What one can do about it.
pub(crate) fn advice(failure: &Failure, language: Language) -> Option<String> {
    match language {
        Language::Nl => advice_nl::advice(failure),
        Language::En => trouble_en::advice(failure),
    }
}

/// The language of this run: what `--lang` says, else what the locale says (POSIX: `LC_ALL`, then `LC_MESSAGES`, then `LANG`).
/// Looked at before the command line is read, since help and its errors are in a language, too.
pub(crate) fn choose(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Language {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let after = texts.iter().position(|text| *text == "--lang").and_then(|at| texts.get(at + 1).copied());
    let named = after.or_else(|| texts.iter().find_map(|text| text.strip_prefix("--lang=")));
    named.and_then(|text| Language::parse(text).ok()).unwrap_or_else(|| {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        Language::from_locale(&set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests;

//! How is it said in English? As the libraries say it, with dates as people write them and names for parts.

use stapel_stacking::WhyUnused;
use stapel_verifier::{CheckKind, Missing, Reason};

use super::Names;
use crate::language::Language;

const EN: Language = Language::En;

pub(super) fn check(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Structure => "Structure",
        CheckKind::Proof => "Signature",
        CheckKind::Key => "Key",
        CheckKind::Validity => "Validity",
        CheckKind::Status => "Revocation",
        CheckKind::Trust => "Trust",
        CheckKind::Holder => "Holder",
        CheckKind::Audience => "Audience",
        CheckKind::Progress => "Progress",
        _ => "Check",
    }
}

/// Only what has dates is said anew: the verifier's own sentences are English.
pub(super) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Altered { method } => {
            format!("the text was changed after it was signed, or was not signed by the key that it names ({method})")
        }
        Reason::AudienceNotAsked { domain: Some(domain) } => format!(
            "its holder made this for {domain}. Whether that is you, and whether it answers your question, cannot be told here"
        ),
        Reason::AudienceNotAsked { domain: None } => {
            "its holder made this for nobody in particular. Whether it came to you from its holder cannot be told here"
                .to_owned()
        }
        Reason::Valid { from, until } => match until {
            Some(until) => format!("it is valid from {} until {}", EN.day_of(*from), EN.day_of(*until)),
            None => format!("it has been valid since {}", EN.day_of(*from)),
        },
        Reason::ValidWithoutBeginning { until: Some(until) } => format!("it is valid until {}", EN.day_of(*until)),
        Reason::ValidUntilProofEnds { until } => {
            format!("it is valid now; its signature was made to hold until {}", EN.minute_of(*until))
        }
        Reason::Expired { until, now, days } => {
            let days = if *days == 1 { "1 day".to_owned() } else { format!("{days} days") };
            format!("it expired on {}, {days} before {}", EN.day_of(*until), EN.day_of(*now))
        }
        Reason::NotYetValid { from, now } => {
            format!("it is valid only from {}, and it is {} now", EN.minute_of(*from), EN.minute_of(*now))
        }
        Reason::ProofExpired { until, now } => format!(
            "the signature was made to hold until {} only, and it is {} now",
            EN.minute_of(*until),
            EN.minute_of(*now)
        ),
        Reason::EndsBeforeItBegins { from, until } => {
            format!("it would end on {}, before it begins on {}", EN.minute_of(*until), EN.minute_of(*from))
        }
        Reason::NotRevoked { as_of } => {
            format!("it is not revoked or suspended, by the list of {}", EN.day_of(*as_of))
        }
        Reason::NotRevokedStale { as_of, until } => format!(
            "it is not revoked or suspended, by the list of {}; a newer list should have come by {}",
            EN.day_of(*as_of),
            EN.day_of(*until)
        ),
        Reason::Revoked { as_of } => format!("its issuer revoked it (list of {})", EN.day_of(*as_of)),
        Reason::Suspended { as_of } => {
            format!("its issuer suspended it for the time being (list of {})", EN.day_of(*as_of))
        }
        Reason::StatusListStale { until, now } => format!(
            "whether it was revoked is not known: the status list at hand was valid until {}, and it is {} now",
            EN.minute_of(*until),
            EN.minute_of(*now)
        ),
        Reason::NoStatus => {
            "its issuer cannot make it invalid later: there is no list of revoked badges for it".to_owned()
        }
        Reason::Malformed { message } => format!("the document is not well formed: {message}"),
        Reason::KeyRefused { message } => format!("the key may not be used here: {message}"),
        Reason::KeyUnreadable { message } => format!("the key cannot be read: {message}"),
        Reason::Vouched { name, list, codes, successor } => {
            let codes: Vec<String> = codes.iter().map(|code| super::code(code, EN)).collect();
            // Who went into another may no longer; what counts is the day of the award.
            let may = if successor.is_some() { "was allowed then to certify" } else { "may certify" };
            let also = if codes.is_empty() { String::new() } else { format!(" and {may} {}", EN.list(&codes)) };
            let now = successor.as_ref().map_or_else(String::new, |by| {
                format!("; since {} {} ({}) has taken its place", EN.day(by.from), by.name, by.did)
            });
            format!("{name} is vouched for by the trust list {list}{also}{now}")
        }
        Reason::NotVouchedThen { name, list, day } => {
            format!("the trust list {list} does not vouch for {name} on {}", EN.day(*day))
        }
        Reason::NotAuthorised { name, list, code, day } => {
            format!(
                "according to the trust list {list}, {name} was not allowed to certify {} on {}",
                super::code(code, EN),
                EN.day(*day)
            )
        }
        other => other.to_string(),
    }
}

pub(super) fn advice(reason: &Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::Malformed { .. } => "Ask for the file again.",
        Reason::Altered { .. }
        | Reason::NotWhatWasSigned { .. }
        | Reason::WrongAlgorithm { .. }
        | Reason::KeyOfAnother { .. }
        | Reason::WrongPurpose { .. } => {
            "Do not rely on this file. Ask the holder for the original, or call the issuer by the number on its own website, not by one that came with the file."
        }
        Reason::UnknownSuite { .. } | Reason::KeyUnreadable { .. } | Reason::StatusKindUnknown { .. } => {
            "Try a newer version of Stapel."
        }
        Reason::ContextUnknown { .. } => {
            "Get the vocabulary from a source that you trust, and name the folder that it is in."
        }
        Reason::KeyMissing { .. } | Reason::StatusListMissing { .. } => "Try again with an internet connection.",
        Reason::KeyRefused { .. } => "Ask the issuer to sign it again.",
        Reason::Expired { .. } => "Ask the holder for a newer one.",
        Reason::NotYetValid { .. } => "Try again from that day.",
        Reason::ProofExpired { .. } => "Ask the holder to show it again, or for a newer one.",
        Reason::ForAnother { .. } | Reason::OtherChallenge { .. } => {
            "Ask the holder to show it again, in answer to this question."
        }
        Reason::StatusListStale { .. } | Reason::NotRevokedStale { .. } => "Fetch a new list and try again.",
        Reason::StatusListUnusable { .. } => "Try again later. If it stays so, tell the issuer.",
        Reason::Suspended { .. } => "Ask the issuer when the suspension ends.",
        Reason::Revoked { .. } => "Do not count it. Ask the issuer why it was revoked.",
        Reason::IssuerUnknown { .. } => "Add a trust list that names the issuer, or pin the issuer yourself.",
        Reason::NotVouchedThen { .. } | Reason::NotAuthorised { .. } => {
            "Do not count it: by that list its issuer was not allowed to give it. That need not be the fault of the holder: ask whether they have proof of this from another institution. If you think that the issuer may give it, call it (the number is on its own website), or ask whoever keeps the list."
        }
        Reason::KeysKeptByAnother { .. } => "Ask the issuer, or whoever keeps the list.",
        Reason::OfAnother { .. } => "Ask the holder for one of their own.",
        Reason::ProgressFails { .. } => "Ask the holder to have the progress computed again.",
        _ => return None,
    })
}

pub(super) fn missing(missing: &Missing) -> String {
    match missing {
        Missing::Controller { did, url } => format!("the keys of {did} are missing; they are published at {url}"),
        Missing::StatusList { url } => format!("the status list is missing; it is published at {url}"),
        other => format!("{other:?} is missing"),
    }
}

pub(super) fn why_unused(why: &WhyUnused, names: &Names) -> String {
    match why {
        WhyUnused::CopyOf { credential } => {
            format!("it is the same badge as {}, and a badge counts once", names.credential(credential, EN))
        }
        WhyUnused::AlreadyShown { part, by } => {
            format!("it fits {}, which {} shows already", names.part(part), names.credential(by, EN))
        }
        WhyUnused::AlreadyUsed { target } => format!("it is used for {} and counts once", names.part(target)),
        WhyUnused::PoolFull { requirement } => {
            format!("{} has all the credits that it asks", names.part(requirement))
        }
        WhyUnused::LimitReached { requirement, at_most } => {
            format!("at most {at_most} of {} count", names.part(requirement))
        }
        WhyUnused::NotNeeded { target } => {
            format!("it fits {}, but what is asked is shown without it", names.part(target))
        }
        WhyUnused::NotAlone { part } => {
            format!("it fits {} only together with others that are not at hand", names.part(part))
        }
        WhyUnused::NotAsked { part } => format!("it fits {}, which is not asked for here", names.part(part)),
        WhyUnused::IssuerNotAuthorised { code, day } => {
            format!("its issuer was not authorised for {code} on {}", EN.day(*day))
        }
        WhyUnused::OnlySupplements { part } => {
            format!("it supplements {}, and does not replace it", names.part(part))
        }
        WhyUnused::CreditLimit { limit, at_most } => {
            format!("at most {at_most} credits of {} count", names.part(limit))
        }
        WhyUnused::UsedUp { by } => {
            format!("{} rests on it already, and a badge counts once", names.credential(by, EN))
        }
        WhyUnused::ExemptionNotAllowed { part } => format!("no decision exempts from {}", names.part(part)),
        WhyUnused::TooOld { awarded, age_days, maximum_days } => format!(
            "it was awarded on {}, {age_days} days ago; at most {maximum_days} days are allowed",
            EN.day(*awarded)
        ),
        WhyUnused::MayNotDecide { issuer, day } => {
            format!("{issuer} was no examination board on {} and is not named by the programme", EN.day(*day))
        }
        other => other.to_string(),
    }
}

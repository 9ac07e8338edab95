//! How is it said in English?

use stapel_report::{Language, words};
use stapel_wallet::{Kept, WhyNotKept};

use super::{Say, ahead_en, last, many_en, shown_en};

pub(super) fn say(what: &Say<'_>) -> String {
    match what {
        Say::AskPassphrase => "Passphrase: ".to_owned(),
        Say::AskNewPassphrase => "New passphrase (at least 8 characters): ".to_owned(),
        Say::AskOnceMore => "Once more: ".to_owned(),
        Say::AskRecoveryWords => "The twenty-four recovery words, on one line: ".to_owned(),
        Say::AskTxCode { issuer, description } => match description {
            Some(description) => format!("{issuer} asks for a code ({description}): "),
            None => format!("{issuer} asks for a code: "),
        },
        Say::AskTrust { anchor } => {
            format!("Trust everybody on this list, and on later lists signed by {anchor}? [y/N] ")
        }
        Say::AskPresent => "Sign and write this? [y/N] ".to_owned(),
        Say::Warning { text, .. } => format!("Warning: {text}"),
        Say::NotTaken { missing, why } => format!("{} What was fetched is not used: {why}.", missing_words(missing)),
        Say::NotFetched { missing, why } => format!("{} It could not be fetched: {why}.", missing_words(missing)),
        Say::NotFetchedOffline { url } => format!("Not fetched, since --offline was given: {url}"),
        Say::WalletMade { path, did } => format!("Your wallet is {}\nYour DID is  {did}", path.display()),
        Say::RecoveryWords { numbered } => format!(
            "These are your recovery words. Write them down, in this order, and keep them in a safe place.\n\
             They are shown only now. Who has them can open your wallet; without them a forgotten passphrase is final.\n\n{}",
            in_columns(numbered)
        ),
        Say::WordsWritten { path } => {
            format!("The recovery words are in {}; bring that file to a safe place.", path.display())
        }
        Say::Kept { name, kept } => self::kept(name, kept),
        Say::LaidBeside { path } => {
            format!("The issuer sends it only once, so it is laid beside, in {}", path.display())
        }
        Say::NoBadges => "No badges yet. Begin with: stapel receive FILE|URL|LINK".to_owned(),
        Say::Exemptions => "Exemptions".to_owned(),
        Say::NoProgrammes => "No programmes yet. Begin with: stapel programme add FILE|URL".to_owned(),
        Say::NotAcceptedToday => "Kept, but not accepted today, so not counted".to_owned(),
        Say::PerhapsBetter => "The search ended before it was certain that nothing better is possible.".to_owned(),
        Say::SvgWritten { path } => format!("The tower is in {}", path.display()),
        Say::Leaves { to, until, shows, holder } => format!(
            "This leaves, for {}, {}:\n{}\n\
             Each badge leaves whole, as its issuer signed it: single facts cannot be hidden. Your DID goes along: {holder}",
            to.unwrap_or("whoever gets the file"),
            until.map_or("without an end".to_owned(), |until| format!("and holds until {until}")),
            bullets(shows)
        ),
        Say::LeavesBadge { name, issuer, grades } => match grades {
            0 => format!("badge “{name}” of {issuer}"),
            1 => format!("badge “{name}” of {issuer}, with a result"),
            grades => format!("badge “{name}” of {issuer}, with {grades} results"),
        },
        Say::LeavesProgramme { name, edition } => format!("programme “{name}” ({edition})"),
        Say::LeavesExemption => "an exemption".to_owned(),
        Say::LeavesStatusList => {
            "a status list, so that nobody has to ask the issuer whether it was revoked".to_owned()
        }
        Say::LeavesPlan => "the plan: which badge counts for what".to_owned(),
        Say::Ahead(what) => ahead_en::say(what),
        Say::Shown(what) => shown_en::say(what),
        Say::Many(what) => many_en::say(what),
        Say::PresentationWritten { path } => format!("Written: {}", path.display()),
        Say::CaseWritten { path } => {
            format!(
                "Everything that the answer rests on is in {0}; again with: stapel verify --case {0}",
                path.display()
            )
        }
        Say::ListSays { name, sequence, until, issuers } => {
            let until = until.map_or(String::new(), |until| format!(", valid until {until}"));
            format!("The trust list “{name}” (edition {sequence}{until}) vouches for {issuers}:")
        }
        Say::ListNotTaken { name } => format!("The trust list “{name}” is not taken."),
        Say::Pinned { did, new: true } => format!("From now on you trust {did}, without a list."),
        Say::Pinned { did, new: false } => format!("You trusted {did} already; nothing changed."),
        Say::Distrusted { did } => format!("You trust {did} no longer."),
        Say::Anchors => "Trust anchors (their lists count)".to_owned(),
        Say::PinnedIssuers => "Issuers that you trust yourself".to_owned(),
        Say::TrustLists => "Trust lists".to_owned(),
        Say::NobodyTrusted => {
            "You trust nobody yet. Begin with: stapel trust add FILE|URL --anchor DID, or stapel trust pin DID"
                .to_owned()
        }
        Say::Unlocked { minutes: 1 } => "The wallet is open for 1 minute; close it with: stapel lock".to_owned(),
        Say::Unlocked { minutes } => format!("The wallet is open for {minutes} minutes; close it with: stapel lock"),
        Say::Locked { was_open: true } => "The wallet is closed.".to_owned(),
        Say::Locked { was_open: false } => "The wallet was not open.".to_owned(),
        Say::Recovered => "The new passphrase holds. The recovery words stay as they are.".to_owned(),
        Say::PassphraseChanged => "The new passphrase holds; the old one no longer does.".to_owned(),
    }
}

fn missing_words(missing: &stapel_verifier::Missing) -> String {
    words::missing(missing, Language::En)
}

fn kept(name: &str, kept: &Kept) -> String {
    match kept {
        Kept::New => format!("“{name}” is kept."),
        Kept::AlreadyThere => format!("“{name}” was kept before; nothing changed."),
        Kept::Renewed => format!("“{name}” is kept, in the place of an earlier text of it."),
        Kept::NotKept(why) => format!("“{name}” is not kept: {}", self::not_kept(why)),
        other => format!("“{name}”: {other}"),
    }
}

fn not_kept(why: &WhyNotKept) -> String {
    match why {
        WhyNotKept::Refused => "a check failed.".to_owned(),
        WhyNotKept::OfAnother { subject, holder } => format!(
            "it is about {subject}, and this is the wallet of {holder}.\n  → look at it with `stapel verify`; only the wallet that it was issued to can keep and show it"
        ),
        WhyNotKept::OfNobody => {
            "it does not say whom it is about.\n  → ask its issuer for one that names your DID (`stapel id`)".to_owned()
        }
        WhyNotKept::OtherTextKept { last: found } => {
            format!("another text of it is kept, which was {}, and this one is no better.", last(*found, Language::En))
        }
        other => format!("{other}."),
    }
}

/// Numbered words, four in a line.
pub(super) fn in_columns(numbered: &[String]) -> String {
    let lines = numbered.chunks(4).map(|line| {
        let cells: Vec<String> = line.iter().map(|word| format!("{word:<14}")).collect();
        format!("  {}", cells.concat().trim_end())
    });
    lines.collect::<Vec<_>>().join("\n")
}

pub(super) fn bullets(lines: &[String]) -> String {
    lines.iter().map(|line| format!("  • {line}")).collect::<Vec<_>>().join("\n")
}

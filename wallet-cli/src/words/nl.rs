//! How is it said in Dutch, at level B1?

use stapel_report::{Language, words};
use stapel_wallet::{Kept, WhyNotKept};

use super::en::{bullets, in_columns};
use super::{Say, ahead_nl, last, many_nl, shown_nl};

pub(super) fn say(what: &Say<'_>) -> String {
    match what {
        Say::AskPassphrase => "Wachtwoordzin: ".to_owned(),
        Say::AskNewPassphrase => "Nieuwe wachtwoordzin (minstens 8 tekens): ".to_owned(),
        Say::AskOnceMore => "Nog een keer: ".to_owned(),
        Say::AskRecoveryWords => "De vierentwintig herstelwoorden, op één regel: ".to_owned(),
        Say::AskTxCode { issuer, description } => match description {
            Some(description) => format!("{issuer} vraagt om een code ({description}): "),
            None => format!("{issuer} vraagt om een code: "),
        },
        Say::AskTrust { anchor } => {
            format!("Vertrouwt u iedereen op deze lijst, en op latere lijsten van {anchor}? [j/N] ")
        }
        Say::AskPresent => "Wilt u dit ondertekenen en opslaan? [j/N] ".to_owned(),
        Say::Warning { ports, .. } => {
            let ports: Vec<String> = ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
            format!(
                "Let op: voor ontwikkelaars mag {} via gewone http worden gevraagd, zonder bewijs van naam; gebruik dit niet met echte bewijzen",
                ports.join(", ")
            )
        }
        Say::NotTaken { missing, why } => {
            format!("{} Wat is opgehaald, wordt niet gebruikt: {why}.", missing_words(missing))
        }
        Say::NotFetched { missing, why } => format!("{} Ophalen lukte niet: {why}.", missing_words(missing)),
        Say::NotFetchedOffline { url } => format!("Niet opgehaald, omdat --offline is gegeven: {url}"),
        Say::WalletMade { path, did } => format!("Uw wallet is {}\nUw DID is    {did}", path.display()),
        Say::RecoveryWords { numbered } => format!(
            "Dit zijn uw herstelwoorden. Schrijf ze op, in deze volgorde, en bewaar ze op een veilige plek.\n\
             U ziet ze alleen nu. Wie ze heeft, kan uw wallet openen; zonder deze woorden is een vergeten wachtwoordzin voorgoed verloren.\n\n{}",
            in_columns(numbered)
        ),
        Say::WordsWritten { path } => {
            format!("De herstelwoorden staan in {}; breng dat bestand naar een veilige plek.", path.display())
        }
        Say::Kept { name, kept } => self::kept(name, kept),
        Say::LaidBeside { path } => {
            format!("De uitgever stuurt het maar één keer; daarom staat het nu in {}", path.display())
        }
        Say::NoBadges => "Nog geen bewijzen. Begin met: stapel receive BESTAND|URL|LINK".to_owned(),
        Say::Exemptions => "Vrijstellingen".to_owned(),
        Say::NoProgrammes => "Nog geen programma's. Begin met: stapel programme add BESTAND|URL".to_owned(),
        Say::NotAcceptedToday => "Bewaard, maar vandaag niet geaccepteerd en dus niet meegeteld".to_owned(),
        Say::PerhapsBetter => "Het zoeken stopte voordat zeker was dat het niet beter kan.".to_owned(),
        Say::SvgWritten { path } => format!("De toren staat in {}", path.display()),
        Say::Leaves { to, until, shows, holder } => format!(
            "Dit gaat naar {} en geldt {}:\n{}\n\
             Elk bewijs gaat in zijn geheel mee, zoals de uitgever het heeft ondertekend: losse gegevens zijn niet te verbergen. Uw DID gaat mee: {holder}",
            to.unwrap_or("wie het bestand krijgt"),
            until.map_or("zonder einde".to_owned(), |until| format!("tot {until}")),
            bullets(shows)
        ),
        Say::LeavesBadge { name, issuer, grades } => match grades {
            0 => format!("bewijs “{name}” van {issuer}"),
            1 => format!("bewijs “{name}” van {issuer}, met een resultaat"),
            grades => format!("bewijs “{name}” van {issuer}, met {grades} resultaten"),
        },
        Say::LeavesProgramme { name, edition } => format!("programma “{name}” ({edition})"),
        Say::LeavesExemption => "een vrijstelling".to_owned(),
        Say::LeavesStatusList => {
            "een statuslijst, zodat niemand de uitgever hoeft te vragen of het is ingetrokken".to_owned()
        }
        Say::LeavesPlan => "het plan: welk bewijs waarvoor meetelt".to_owned(),
        Say::Ahead(what) => ahead_nl::say(what),
        Say::Shown(what) => shown_nl::say(what),
        Say::Many(what) => many_nl::say(what),
        Say::PresentationWritten { path } => format!("Opgeslagen: {}", path.display()),
        Say::CaseWritten { path } => {
            format!(
                "Alles waarop het antwoord rust, staat in {0}; nog eens met: stapel verify --case {0}",
                path.display()
            )
        }
        Say::ListSays { name, sequence, until, issuers } => {
            let until = until.map_or(String::new(), |until| format!(", geldig tot {until}"));
            format!("De vertrouwenslijst “{name}” (uitgave {sequence}{until}) staat in voor {issuers}:")
        }
        Say::ListNotTaken { name } => format!("De vertrouwenslijst “{name}” wordt niet gebruikt."),
        Say::Pinned { did, new: true } => format!("U vertrouwt {did} vanaf nu, zonder lijst."),
        Say::Pinned { did, new: false } => format!("U vertrouwde {did} al; er is niets veranderd."),
        Say::Distrusted { did } => format!("U vertrouwt {did} niet meer."),
        Say::Anchors => "Ankers van vertrouwen (hun lijsten tellen)".to_owned(),
        Say::PinnedIssuers => "Uitgevers die u zelf vertrouwt".to_owned(),
        Say::TrustLists => "Vertrouwenslijsten".to_owned(),
        Say::NobodyTrusted => {
            "U vertrouwt nog niemand. Begin met: stapel trust add BESTAND|URL --anchor DID, of stapel trust pin DID"
                .to_owned()
        }
        Say::Unlocked { minutes: 1 } => "De wallet is 1 minuut open; sluit hem met: stapel lock".to_owned(),
        Say::Unlocked { minutes } => format!("De wallet is {minutes} minuten open; sluit hem met: stapel lock"),
        Say::Locked { was_open: true } => "De wallet is gesloten.".to_owned(),
        Say::Locked { was_open: false } => "De wallet was niet open.".to_owned(),
        Say::Recovered => "De nieuwe wachtwoordzin geldt. De herstelwoorden blijven zoals ze zijn.".to_owned(),
        Say::PassphraseChanged => "De nieuwe wachtwoordzin geldt; de oude niet meer.".to_owned(),
    }
}

fn missing_words(missing: &stapel_verifier::Missing) -> String {
    words::missing(missing, Language::Nl)
}

fn kept(name: &str, kept: &Kept) -> String {
    match kept {
        Kept::New => format!("“{name}” is bewaard."),
        Kept::AlreadyThere => format!("“{name}” was al bewaard; er is niets veranderd."),
        Kept::Renewed => format!("“{name}” is bewaard, in plaats van een eerdere tekst ervan."),
        Kept::NotKept(why) => format!("“{name}” is niet bewaard: {}", self::not_kept(why)),
        other => format!("“{name}”: {other}"),
    }
}

fn not_kept(why: &WhyNotKept) -> String {
    match why {
        WhyNotKept::Refused => "een controle is niet goed.".to_owned(),
        WhyNotKept::OfAnother { subject, holder } => format!(
            "het gaat over {subject}, en dit is de wallet van {holder}.\n  → bekijk het met `stapel verify`; alleen de wallet waaraan het is uitgegeven, kan het bewaren en laten zien"
        ),
        WhyNotKept::OfNobody => {
            "er staat niet in over wie het gaat.\n  → vraag de uitgever om een bewijs met uw DID (`stapel id`)"
                .to_owned()
        }
        WhyNotKept::OtherTextKept { last: found } => format!(
            "er is een andere tekst van bewaard, die was {}, en deze is niet beter.",
            last(*found, Language::Nl)
        ),
        other => format!("{other}."),
    }
}

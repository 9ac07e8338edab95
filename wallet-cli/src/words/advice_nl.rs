//! What can be done about what went wrong, in Dutch?

use stapel_bake::BakeError;
use stapel_credential::BundleError;
use stapel_fetch::FetchError;
use stapel_openid::OpenIdError;
use stapel_verifier::KindError;
use stapel_wallet::{IncomingError, VaultError, WalletError};

use crate::error::{Failure, Kind, Wanted};
use crate::output::plain;

pub(super) fn advice(failure: &Failure) -> Option<String> {
    let text = match failure {
        Failure::Wallet(error) => return wallet_advice(error).map(str::to_owned),
        Failure::NobodyToAsk(Wanted::Passphrase) => "geef --passphrase-file BESTAND, of zet STAPEL_PASSPHRASE_FILE",
        Failure::NobodyToAsk(Wanted::NewPassphrase) => {
            "geef de nieuwe wachtwoordzin in een bestand: --passphrase-file BESTAND bij init, anders --new-passphrase-file BESTAND"
        }
        Failure::NobodyToAsk(Wanted::RecoveryWords) => "geef --words-from BESTAND",
        Failure::NobodyToAsk(Wanted::TransactionCode) => "geef --tx-code CODE",
        Failure::NobodyToAsk(Wanted::Yes) => "lees wat hierboven staat, en geef --yes als u akkoord gaat",
        Failure::RecoveryWords(_) => "vergelijk ze met uw papier, in de goede volgorde",
        Failure::Exists { .. } => "kies een andere naam, of geef --force waar de opdracht dat kent",
        Failure::Fetch(error) if error.is_unreachable() => {
            "controleer uw verbinding en probeer het opnieuw; dit zegt niets tegen het document"
        }
        Failure::Fetch(FetchError::PrivateAddress { .. } | FetchError::NotHttps { .. }) => {
            "vraag om een https-adres op het openbare internet, of om het bestand zelf"
        }
        Failure::NothingThere { .. } => "noem de bestanden zelf: die worden gelezen, hoe ze ook heten",
        Failure::TooManyFiles { .. } => "geef telkens een deel van de map",
        Failure::ReportName { .. } => "laat de naam eindigen op .csv voor een rekenblad, op .json voor een programma",
        Failure::NotAState { .. } => "geef een andere naam: het bestand wordt de eerste keer gemaakt",
        Failure::Offline { .. } => "probeer het zonder --offline",
        Failure::PresentationGiven => "controleer hem met: stapel verify BESTAND",
        Failure::OtherKind { wanted: Kind::Programme | Kind::TrustList } => {
            "een bewijs bewaart u met: stapel receive BESTAND"
        }
        Failure::OtherAnchor { .. } => {
            "vraag de DID na bij wie de lijst bijhoudt, op een andere manier dan door dit bestand"
        }
        Failure::OneCase { .. } | Failure::OneRecord { .. } => "controleer ze een voor een",
        Failure::NotToldWhere => "geef --to, --challenge en --out, of de link van wie het vraagt",
        Failure::AskerTells => "laat --to, --challenge en --out weg",
        Failure::AnswersElsewhere { .. } => "antwoord niet; vraag wie het vroeg om een link van zichzelf",
        Failure::AnswerNotTaken { .. } => "vraag om een nieuwe vraag",
        Failure::NoRecord { .. } => "bewaar het, met: stapel receive BESTAND",
        Failure::OtherKind { wanted: Kind::Diploma } => "geef het diploma zelf, met zijn toekenningsdossier",
        Failure::Bundle(BundleError::Claims { .. }) => "kies woorden voor wat de bewijzen gemeen hebben",
        Failure::NothingAccepted => "bekijk alle controles met: stapel show; of maak de bundel zonder --pdf",
        Failure::NotAccepted { .. } => "bekijk alle controles met: stapel show, zonder --pdf",
        Failure::IsLink { link, .. } => {
            return Some(format!("als u weet van wie hij is: stapel verify {}", plain(link)));
        }
        Failure::Picture(error) => return picture_advice(error).map(str::to_owned),
        Failure::PictureName { .. } | Failure::OtherPicture { .. } => {
            "laat de naam eindigen op .png of .svg, zoals het plaatje is"
        }
        Failure::NoPicture { .. } => "geef een PNG-plaatje met --picture BESTAND, of laat de naam eindigen op .svg",
        Failure::NoSafePlace { .. } => "geef --passphrase-file BESTAND (mode 0600) waar typen niet kan",
        Failure::NoHome => "geef --wallet BESTAND",
        Failure::Write { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => {
            "maak ruimte op de schijf en probeer het opnieuw"
        }
        _ => return None,
    };
    Some(text.to_owned())
}

fn picture_advice(error: &BakeError) -> Option<&'static str> {
    Some(match error {
        BakeError::NoBadge { .. } | BakeError::Png(_) | BakeError::Svg(_) => {
            "vraag om het plaatje zoals de uitgever het gaf, of om het bewijs als bestand (JSON): veel programma's laten weg wat in een plaatje zit als ze het versturen of opslaan"
        }
        BakeError::OlderBadge { .. } => "vraag de uitgever om Open Badges 3.0",
        BakeError::SeveralBadges { .. } | BakeError::NotACredential { .. } => "vraag om het bewijs als bestand (JSON)",
        BakeError::UnknownFormat => "neem een PNG- of SVG-plaatje",
        _ => return None,
    })
}

fn wallet_advice(error: &WalletError) -> Option<&'static str> {
    Some(match error {
        WalletError::Vault(error) => match error {
            VaultError::NoWallet { .. } => "maak er een met: stapel init, of noem een andere met --wallet BESTAND",
            VaultError::Exists { .. } => "noem een ander bestand met --wallet BESTAND",
            VaultError::WrongPassphrase { .. } => "probeer het opnieuw; is hij vergeten: stapel recover",
            VaultError::WrongRecoveryWords { .. } => "neem de woorden van deze wallet, in de goede volgorde",
            VaultError::WrongDataKey { .. } => "sluit hem met: stapel lock, en probeer het opnieuw",
            VaultError::Truncated { .. } | VaultError::Altered { .. } => {
                "zet een kopie van het bestand terug; er is nu niets aan veranderd"
            }
            VaultError::NotAVault { .. } => "noem uw wallet met --wallet BESTAND",
            VaultError::NewerVersion { .. } => "installeer een nieuwere versie van Stapel",
            VaultError::DiskFull { .. } => "maak ruimte op de schijf en probeer het opnieuw",
            VaultError::Busy { .. } => "wacht tot het klaar is, of stop het; er is niets veranderd",
            VaultError::OutOfMemory { .. } => "sluit andere programma's en probeer het opnieuw",
            _ => return None,
        },
        WalletError::NotAnAnchor { .. } => {
            "kent u de DID van het anker van elders: stapel trust add BESTAND --anchor DID"
        }
        WalletError::NotFound { what: "module" | "catalogue", .. } => {
            "kijk wat er is met: stapel catalogue list --modules; bewaar een aanbod met: stapel catalogue add URL"
        }
        WalletError::NotFound { .. } => "kijk wat er is met: stapel list, of stapel programme list",
        WalletError::ProgrammeDoesNotCount { .. } => {
            "vertrouw eerst de uitgever: stapel trust add BESTAND --anchor DID, of stapel trust pin DID"
        }
        WalletError::WouldBeRefused { .. } => "bekijk alle controles met: stapel show",
        WalletError::ProgrammeNotHere { .. } => "bewaar het eerst, met: stapel programme add BESTAND|URL",
        WalletError::WhichProgramme { .. } => "geef --programme PROGRAMMA",
        WalletError::NotSatisfied { .. } => "kijk wat er ontbreekt met: stapel progress PROGRAMMA",
        WalletError::NoExemption { .. } => "vraag om een beoordeling, met --assessment",
        WalletError::NoQuestion | WalletError::QuestionNotGenuine { .. } => "vraag opnieuw om de vraag",
        WalletError::RecordWithoutDiploma { .. } => "bewaar eerst het diploma, met: stapel receive BESTAND",
        WalletError::Document(_) => "vraag opnieuw om het bestand, zoals de uitgever het heeft ondertekend",
        WalletError::Incoming(IncomingError::Kind(KindError::Empty | KindError::Json(_) | KindError::NoType)) => {
            "vraag om het bewijs als bestand (JSON)"
        }
        WalletError::OpenId(OpenIdError::TokenRefused(_) | OpenIdError::CodesRefused(_)) => {
            "een aanbod werkt één keer en niet voor altijd: vraag de uitgever om een nieuw"
        }
        WalletError::OpenId(OpenIdError::CredentialRefused(_)) => "vraag de uitgever om een nieuw aanbod",
        WalletError::OpenId(OpenIdError::NotAnOfferLink { .. }) => "neem de hele link, tussen aanhalingstekens",
        WalletError::Catalogue(_) => {
            "vraag de instelling naar het adres van haar aanbod, dat vaak eindigt op /catalogue"
        }
        WalletError::TooManyProgrammes { .. } => "geef er minder tegelijk",
        WalletError::OlderStatusList { .. } | WalletError::OlderTrustList { .. } => "haal de nieuwste op",
        _ => return None,
    })
}

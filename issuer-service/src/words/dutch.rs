//! What went wrong at the command line, in Dutch? What the system or a library says inside a sentence keeps its own words.

use stapel_issuer::InstitutionError;
use stapel_keys::{KeyFileError, PassphraseError, UnwrapError};

use super::dutch_issuer;
use crate::config::ConfigError;
use crate::desk::DeskError;
use crate::failure::Failure;
use crate::store::sqlite::OpenError;

pub(crate) fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Issuer(error) => dutch_issuer::issuer(error),
        Failure::Repository(error) => dutch_issuer::repository(error),
        Failure::Store(error) => open(error),
        Failure::Desk(error) => desk(error),
        Failure::Institution(error) => institution(error),
        Failure::KeyFile(error) => key_file(error),
        Failure::Key { path, source } => {
            format!("het sleutelbestand {} ging niet open: {}", path.display(), unwrap(source))
        }
        Failure::Passphrase(error) => passphrase(error),
        Failure::NoPassphrase => "geen wachtwoordzin: er is geen terminal om hem te vragen".to_owned(),
        Failure::PassphrasesDiffer => "de twee wachtwoordzinnen zijn niet gelijk; er is niets geschreven".to_owned(),
        Failure::Prompt(error) => format!("de wachtwoordzin kon niet worden gevraagd: {error}"),
        Failure::Random(error) => format!("het systeem gaf geen toevalsgetallen ({error})"),
        Failure::Config(error) => config(error),
        Failure::NoFolder => "er is geen gegevensmap genoemd".to_owned(),
        Failure::NotSetUp { folder } => format!("in {} staat nog geen instelling", folder.display()),
        Failure::SetUpAlready { folder, name } => {
            format!("in {} staat al de instelling {name}; die is gebleven zoals ze was", folder.display())
        }
        Failure::Read { path, source } => format!("{} is niet te lezen: {source}", path.display()),
        Failure::TooLarge { path, limit } => {
            format!("{} is groter dan {limit} bytes en wordt niet gelezen", path.display())
        }
        Failure::NotText { path } => format!("{} is geen UTF-8-tekst", path.display()),
        Failure::Write { path, source } => format!("{} is niet te schrijven: {source}", path.display()),
        Failure::InFile { path, source } => format!("{}: {}", path.display(), self::failure(source)),
        Failure::NoApiKey => "dit commando handelt namens iemand: er is geen API-sleutel gegeven".to_owned(),
        Failure::UnknownApiKey => "deze API-sleutel is niet bekend, of is beëindigd".to_owned(),
        Failure::Argument(sentence) => format!("dit klopt niet: {sentence}"),
        Failure::Listen { address } => {
            format!("{address} is te bereiken vanaf andere computers, en deze dienst spreekt gewoon http")
        }
        Failure::Bind { address, source } => format!("de dienst kan niet luisteren op {address}: {source}"),
        Failure::Serve(error) => format!("de dienst stopte: {error}"),
        Failure::OnlyLoopback { address } => {
            format!("{address} is te bereiken vanaf andere computers, en de VC-API is alleen voor deze computer")
        }
        Failure::Tls { reason } => format!("TLS lukt niet: {reason}"),
    }
}

fn desk(error: &DeskError) -> String {
    match error {
        DeskError::Issuer(error) => dutch_issuer::issuer(error),
        DeskError::AllOrSome => {
            "noem afrondingen bij hun id, of vraag om alles: niet beide, en niet geen van beide".to_owned()
        }
        DeskError::Rules(errors) => format!("de regels van dit programma kloppen niet: {}", errors.join("; ")),
        DeskError::OtherPurpose { asked, possible } => format!(
            "badges van deze prestatie kunnen worden {}, niet {}; dat lag vast met de prestatie",
            ended(possible),
            ended(asked)
        ),
        DeskError::UnknownCompletion(id) => format!("er is geen afronding {id}"),
        DeskError::UnknownCredential(id) => format!("er is geen badge {id}"),
        DeskError::UnknownBasis { text, known } => format!("{text:?} is geen grondslag; kies uit {known}"),
        DeskError::CredentialOrDigest => {
            "een bewijsstuk is een credential of een digest: geef één van beide".to_owned()
        }
        DeskError::NoCredential => "dit bewijsstuk is geen ondertekende credential; geef de digest ervan".to_owned(),
        DeskError::Offer(error) => format!("het aanbod kan niet worden gemaakt ({error})"),
        DeskError::Argument(sentence) => format!("dit klopt niet: {sentence}"),
    }
}

fn ended(word: &str) -> &'static str {
    if word == "suspended" { "opgeschort" } else { "ingetrokken" }
}

fn open(error: &OpenError) -> String {
    match error {
        OpenError::Absent { path } => format!("er is geen database {}; maak er eerst een", path.display()),
        OpenError::File { path, cause } => format!("de database {} gaat niet open: {cause}", path.display()),
        OpenError::OpenToOthers { path, mode } => {
            format!(
                "de database {0} heeft mode {mode:o}, dus anderen kunnen hem lezen; doe: chmod 600 {0}",
                path.display()
            )
        }
        OpenError::Newer { path, found, known } => format!(
            "de database {} heeft versie {found}, dit programma kent ze tot {known}; gebruik het nieuwere programma",
            path.display()
        ),
        OpenError::Older { path, found, known } => format!(
            "de database {} heeft versie {found}, dit programma heeft {known} nodig; doe: stapel-issuer migrate",
            path.display()
        ),
        OpenError::Sql { path, cause } => {
            format!("de database {} gaat niet open: {}", path.display(), dutch_issuer::repository(cause))
        }
    }
}

fn institution(error: &InstitutionError) -> String {
    match error {
        InstitutionError::Name => "de instelling heeft een naam nodig van 1 tot 400 tekens op één regel".to_owned(),
        InstitutionError::Method { did } => {
            format!("{did} is geen did:web of did:key, waaronder instellingen uitgeven")
        }
        InstitutionError::ForeignKey { method, did } => format!("de sleutel {method} hoort niet bij {did}"),
        InstitutionError::Country { text } => {
            format!("{text:?} is geen landcode van twee hoofdletters (ISO 3166-1 alpha-2), zoals NL")
        }
        InstitutionError::Brin(error) => format!("dit is geen BRIN-code ({error})"),
        InstitutionError::BaseUrl { url } => {
            format!("{url} is geen webadres zoals https://badges.school.example, zonder schuine streep aan het eind")
        }
        other => other.to_string(),
    }
}

fn key_file(error: &KeyFileError) -> String {
    match error {
        KeyFileError::Exists { path } => {
            format!("{} bestaat al; een sleutelbestand wordt nooit overschreven", path.display())
        }
        KeyFileError::Read { path, source } => {
            format!("het sleutelbestand {} is niet te lezen: {source}", path.display())
        }
        KeyFileError::Write { path, source } => {
            format!("het sleutelbestand {} is niet te schrijven: {source}", path.display())
        }
        KeyFileError::TooLong { path } => format!("{} is te lang voor een sleutelbestand", path.display()),
        KeyFileError::Malformed { path, reason } => {
            format!("{} is geen sleutelbestand, of is beschadigd: {reason}", path.display())
        }
        KeyFileError::PublicKey { path, source } => {
            format!("het sleutelbestand {} noemt een onbruikbare publieke sleutel: {source}", path.display())
        }
        other => other.to_string(),
    }
}

fn unwrap(error: &UnwrapError) -> String {
    match error {
        UnwrapError::WrongPassphrase => "de wachtwoordzin klopt niet, of het bestand is veranderd".to_owned(),
        UnwrapError::OutOfMemory { memory_kib } => {
            format!("openen vraagt {memory_kib} KiB geheugen, en dat gaf het systeem niet")
        }
        UnwrapError::OtherKey => "het geheim erin hoort niet bij de publieke sleutel die ernaast staat".to_owned(),
        other => other.to_string(),
    }
}

fn passphrase(error: &PassphraseError) -> String {
    let file = "het bestand met de wachtwoordzin";
    match error {
        PassphraseError::Empty => "de wachtwoordzin is leeg".to_owned(),
        PassphraseError::TooShort { found } => {
            format!("de wachtwoordzin heeft {found} tekens; een nieuwe heeft er minstens 8")
        }
        PassphraseError::TooLong => "de wachtwoordzin is te lang".to_owned(),
        PassphraseError::Io { path, source } => format!("{file} {} is niet te lezen: {source}", path.display()),
        PassphraseError::OpenToOthers { path, mode } => {
            format!(
                "{file} {0} is voor anderen te lezen (mode {mode:04o}); sluit het met: chmod 600 {0}",
                path.display()
            )
        }
        PassphraseError::NotAFile { path } => {
            format!("{} is geen gewoon bestand met een wachtwoordzin", path.display())
        }
        PassphraseError::FileTooLong { path } => format!("{file} {} is te lang", path.display()),
        PassphraseError::NotText { path } => format!("{file} {} is geen UTF-8-tekst", path.display()),
        PassphraseError::EmptyFile { path } => format!("{file} {} is leeg", path.display()),
        other => other.to_string(),
    }
}

fn config(error: &ConfigError) -> String {
    match error {
        ConfigError::Read { path, source } => format!("{} is niet te lezen: {source}", path.display()),
        ConfigError::Toml { path, reason } => format!("{} klopt niet: {reason}", path.display()),
        ConfigError::Range { path, name, least, most, found } => {
            format!("{}: {name} loopt van {least} tot {most}, niet {found}", path.display())
        }
    }
}

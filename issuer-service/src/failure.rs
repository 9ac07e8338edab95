//! Why did a command not do what it was asked, what can be done about it, and how does the program end?

use std::io;
use std::path::PathBuf;

use stapel_issuer::{
    AchievementError, ActorIdError, AwardError, CompletionIdError, CsvError, InstitutionError, IssuerError, NotChanged,
    PublishError, RepositoryError, RowError, SignFailure, TransitionError,
};
use stapel_keys::{KeyFileError, PassphraseError, RandomError, UnwrapError};

use stapel_verifier::Outcome;

use crate::config::ConfigError;
use crate::desk::DeskError;
use crate::store::sqlite::OpenError;
use crate::words::{Either as _, Language, dutch};

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    #[error(transparent)]
    Store(#[from] OpenError),
    #[error(transparent)]
    Desk(DeskError),
    #[error(transparent)]
    Institution(#[from] InstitutionError),
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    #[error("the key file {} was not opened: {source}", path.display())]
    Key { path: PathBuf, source: UnwrapError },
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    #[error("no passphrase: there is no terminal to ask at")]
    NoPassphrase,
    #[error("the two passphrases differ; nothing was written")]
    PassphrasesDiffer,
    #[error("the passphrase could not be asked for: {0}")]
    Prompt(io::Error),
    #[error(transparent)]
    Random(#[from] RandomError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("no data folder was named")]
    NoFolder,
    #[error("{} holds no institution yet", folder.display())]
    NotSetUp { folder: PathBuf },
    #[error("{} holds the institution {name} already; it was left as it is", folder.display())]
    SetUpAlready { folder: PathBuf, name: String },
    #[error("{} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} has more than {limit} bytes and is not read", path.display())]
    TooLarge { path: PathBuf, limit: u64 },
    #[error("{} is not UTF-8 text", path.display())]
    NotText { path: PathBuf },
    #[error("{} cannot be written: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{}: {source}", path.display())]
    InFile { path: PathBuf, source: Box<Failure> },
    #[error("this command acts as somebody: no API key was given")]
    NoApiKey,
    #[error("this API key is not known, or was ended")]
    UnknownApiKey,
    #[error("{0}")]
    Argument(String),
    #[error("{address} can be reached from other machines, and this service speaks plain http")]
    Listen { address: std::net::SocketAddr },
    #[error("the service cannot listen on {address}: {source}")]
    Bind { address: std::net::SocketAddr, source: io::Error },
    #[error("the service stopped: {0}")]
    Serve(io::Error),
    #[error("{address} can be reached from other machines, and the VC-API is for this machine alone")]
    OnlyLoopback { address: std::net::SocketAddr },
    #[error("TLS cannot be spoken: {reason}")]
    Tls { reason: String },
}

impl Failure {
    /// 1 when it was refused, 2 when it could not be tried.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Issuer(error) => match error {
                IssuerError::Repository(_)
                | IssuerError::Sign(_)
                | IssuerError::Meanwhile { .. }
                | IssuerError::InPart { .. }
                // Nothing speaks against it: what is missing could not be had.
                | IssuerError::Award(AwardError::NotVerified { outcome: Outcome::Undecided, .. }) => 2,
                _ => 1,
            },
            Self::Desk(_)
            | Self::Institution(_)
            | Self::SetUpAlready { .. }
            | Self::UnknownApiKey
            | Self::Argument(_)
            | Self::Listen { .. }
            | Self::OnlyLoopback { .. } => 1,
            Self::InFile { source, .. } => source.exit_code(),
            _ => 2,
        }
    }

    /// What went wrong.
    pub(crate) fn sentence(&self, language: Language) -> String {
        language.either(dutch::failure as fn(&Self) -> String, ToString::to_string)(self)
    }

    /// The rows of a CSV file that could not be taken.
    pub(crate) fn rows(&self) -> &[RowError] {
        match self {
            Self::Issuer(
                IssuerError::Csv(CsvError::Rows { errors })
                | IssuerError::Publish(PublishError::Csv(CsvError::Rows { errors })),
            ) => errors,
            Self::InFile { source, .. } => source.rows(),
            _ => &[],
        }
    }

    /// What to do about it.
    pub(crate) fn advice(&self, language: Language) -> Option<String> {
        let (nl, en) = match self {
            Self::Issuer(error) => return issuer_advice(error, language),
            Self::Store(OpenError::Sql { cause, .. }) => return repository_advice(cause, language),
            Self::Repository(error) => return repository_advice(error, language),
            Self::InFile { source, .. } => return source.advice(language),
            Self::Key { source: UnwrapError::WrongPassphrase, .. } => (
                "probeer de wachtwoordzin opnieuw; is hij echt verloren, maak dan een nieuwe sleutel aan",
                "try the passphrase again; if it is really lost, a new key must be set up",
            ),
            Self::NoPassphrase => (
                "geef --passphrase-file BESTAND, of de systemd-credential stapel-issuer-passphrase",
                "give --passphrase-file FILE, or the systemd credential stapel-issuer-passphrase",
            ),
            Self::NoFolder => {
                ("geef --data MAP, of zet STAPEL_ISSUER_DATA", "give --data DIR, or set STAPEL_ISSUER_DATA")
            }
            Self::NotSetUp { .. } => ("begin met: stapel-issuer init", "begin with: stapel-issuer init"),
            Self::SetUpAlready { .. } => {
                ("kies voor een tweede instelling een andere map", "choose another folder for a second institution")
            }
            Self::NoApiKey => (
                "geef --api-key-file BESTAND, of zet STAPEL_API_KEY; init heeft voor elke rol een sleutel gemaakt",
                "give --api-key-file FILE, or set STAPEL_API_KEY; init made one key for each role",
            ),
            Self::UnknownApiKey => (
                "kijk met `api-key list` welke er zijn; maak een nieuwe met `api-key add`",
                "see with `api-key list` which there are; make a new one with `api-key add`",
            ),
            Self::Listen { .. } => (
                "zet er een proxy met https voor en geef --behind-proxy, of luister op 127.0.0.1",
                "put a proxy with https before it and give --behind-proxy, or listen on 127.0.0.1",
            ),
            Self::OnlyLoopback { .. } => (
                "luister op 127.0.0.1 of [::1]; het ondertekent voor iedereen die het bereikt",
                "listen on 127.0.0.1 or [::1]; it signs for whoever can reach it",
            ),
            Self::Tls { .. } => (
                "geef een certificaat en de sleutel ervan als PEM, of geen van beide, of --no-tls",
                "give a certificate and its key as PEM, or neither, or --no-tls",
            ),
            Self::Bind { .. } => (
                "kies een andere poort, of stop het programma dat hem gebruikt",
                "choose another port, or stop the program that uses it",
            ),
            Self::Write { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                ("maak ruimte op de schijf en probeer het opnieuw", "make room on the disk and try again")
            }
            _ => return None,
        };
        Some(language.either(nl, en).to_owned())
    }
}

fn repository_advice(error: &RepositoryError, language: Language) -> Option<String> {
    let (nl, en) = match error {
        RepositoryError::Busy { .. } => (
            "wacht tot het andere programma klaar is; `doctor` laat zien of de database antwoordt",
            "wait until the other program is done; `doctor` shows whether the database answers",
        ),
        RepositoryError::Full => {
            ("maak ruimte op de schijf en probeer het opnieuw", "make room on the disk and try again")
        }
        RepositoryError::Inconsistent(_) => {
            ("zet een reservekopie terug en meld dit", "restore a backup and report this")
        }
        _ => return None,
    };
    Some(language.either(nl, en).to_owned())
}

fn issuer_advice(error: &IssuerError, language: Language) -> Option<String> {
    let (nl, en) = match error {
        IssuerError::Repository(error) => return repository_advice(error, language),
        IssuerError::InPart { cause, .. } => return issuer_advice(cause, language),
        IssuerError::NotPermitted(_) => {
            ("gebruik de API-sleutel van iemand met die rol", "use the API key of somebody with that role")
        }
        IssuerError::Csv(CsvError::Rows { .. }) => (
            "verbeter de rijen hieronder, of geef --keep-good om de goede rijen toch op te nemen",
            "correct the rows below, or give --keep-good to record the good rows all the same",
        ),
        IssuerError::Csv(_) => (
            "verbeter het bestand en leg het opnieuw vast; er is niets van vastgelegd",
            "correct the file and record it again; nothing of it was recorded",
        ),
        IssuerError::Publish(PublishError::Csv(CsvError::Rows { .. })) => (
            "verbeter de rijen hieronder; een vertrouwenslijst met een gat erin wordt niet ondertekend",
            "correct the rows below; a trust list with a hole in it is not signed",
        ),
        IssuerError::Publish(PublishError::Csv(_)) => (
            "verbeter het bestand en maak de lijst opnieuw; er is niets ondertekend",
            "correct the file and make the list again; nothing was signed",
        ),
        IssuerError::NotChanged(NotChanged::Transition(TransitionError::RecordedBySame { .. })) => (
            "laat een ander lid van de examencommissie goedkeuren",
            "let another member of the examination board approve",
        ),
        IssuerError::Sign(SignFailure::KeyOfAnother { .. }) => (
            "in deze map staat de sleutel van een andere instelling",
            "this folder holds the key of another institution",
        ),
        IssuerError::Achievement(AchievementError::Incomplete { .. }) => (
            "vul wat ontbreekt aan; pas dan is het een microcredential",
            "add what is missing; only then it is a microcredential",
        ),
        _ => return None,
    };
    Some(language.either(nl, en).to_owned())
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Issuer(error) => Self::Issuer(error),
            other => Self::Desk(other),
        }
    }
}

impl From<ActorIdError> for Failure {
    fn from(error: ActorIdError) -> Self {
        Self::Argument(error.to_string())
    }
}

impl From<CompletionIdError> for Failure {
    fn from(error: CompletionIdError) -> Self {
        Self::Argument(error.to_string())
    }
}

impl From<SignFailure> for Failure {
    fn from(error: SignFailure) -> Self {
        Self::Issuer(error.into())
    }
}

impl From<stapel_credential::UriError> for Failure {
    fn from(error: stapel_credential::UriError) -> Self {
        Self::Argument(error.to_string())
    }
}

impl From<stapel_credential::TimeError> for Failure {
    fn from(error: stapel_credential::TimeError) -> Self {
        Self::Argument(error.to_string())
    }
}

impl From<TransitionError> for Failure {
    fn from(error: TransitionError) -> Self {
        Self::Issuer(error.into())
    }
}

impl From<AchievementError> for Failure {
    fn from(error: AchievementError) -> Self {
        Self::Issuer(error.into())
    }
}

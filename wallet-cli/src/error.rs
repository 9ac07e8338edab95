//! Why did a command not do what it was asked, and with which exit code does it end? The sentences stand in `words`.

use std::io;
use std::path::PathBuf;

use stapel_bake::{BakeError, Format};
use stapel_credential::{BundleError, Did};
use stapel_fetch::FetchError;
use stapel_intake::IntakeError;
use stapel_keys::{PassphraseError, RecoveryError};
use stapel_openid::OpenIdError;
use stapel_report::QrError;
use stapel_verifier::{CaseError, Findings, Outcome};
use stapel_wallet::{VaultError, WalletError};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The wallet says no.
    Wallet(WalletError),
    /// There is no passphrase.
    Passphrase(PassphraseError),
    /// The words are not recovery words.
    RecoveryWords(RecoveryError),
    /// There is no person at a terminal.
    NobodyToAsk(Wanted),
    /// The terminal does not answer.
    Prompt(io::Error),
    /// Typed twice, and not the same.
    PassphrasesDiffer,
    /// The person said no.
    Declined,
    /// Something named on the command line cannot be read.
    Read { what: String, source: io::Error },
    /// It is too large.
    TooLarge { what: String, limit: usize },
    /// It is not text.
    NotText { what: String },
    /// There is nothing to verify in a file.
    NothingInFile { what: String, error: IntakeError },
    /// There is a link in a file, and no document.
    IsLink { what: String, link: String },
    /// Something cannot be written.
    Write { what: String, source: io::Error },
    /// Something stands there already.
    Exists { path: PathBuf },
    /// A folder has nothing in it that is read.
    NothingThere { folder: PathBuf, passed_over: usize },
    /// More files than are read in one run.
    TooManyFiles { limit: usize },
    /// A report is named for neither of its two kinds.
    ReportName { path: PathBuf },
    /// A file is not what `stapel dossier` writes.
    NotADossier { path: PathBuf, reason: String },
    /// A file is not what `stapel verify --watch` remembers.
    NotAState { path: PathBuf, reason: String },
    /// Fetching failed.
    Fetch(FetchError),
    /// It would have to be fetched.
    Offline { url: String },
    /// A presentation is not kept.
    PresentationGiven,
    /// A programme or a trust list was asked for, and this is something else.
    OtherKind { wanted: Kind },
    /// The trust list is by somebody else than the anchor that was named.
    OtherAnchor { anchor: Did, found: String },
    /// A case cannot be read.
    Case(CaseError),
    /// A case holds one document.
    OneCase { given: usize },
    /// Nobody said for whom a presentation is and where it goes.
    NotToldWhere,
    /// Who asks tells for whom the answer is and where it goes.
    AskerTells,
    /// The answer would go to somebody else than the link led to.
    AnswersElsewhere { from: String, to: String },
    /// What is asked is no question that this wallet knows.
    CannotAnswer,
    /// Who asked did not take the answer.
    AnswerNotTaken { to: String, status: u16, why: String },
    /// A record belongs to one diploma.
    OneRecord { given: usize },
    /// No award record of this badge is kept.
    NoRecord { name: String },
    /// The words of a bundle claim something, or are none.
    Bundle(BundleError),
    /// Only what is accepted today is printed.
    NotAccepted { name: String, findings: Findings },
    /// A sheet of what is accepted today would be empty.
    NothingAccepted,
    /// The sheet cannot be drawn.
    Code(QrError),
    /// No badge comes out of a picture, or goes in.
    Picture(BakeError),
    /// A picture is named for neither of its two kinds.
    PictureName { path: PathBuf },
    /// The picture is of another kind than its name will say.
    OtherPicture { found: Format, wanted: Format },
    /// The badge has no picture of that kind.
    NoPicture { name: String },
    /// There is no safe place for the key.
    NoSafePlace { reason: String },
    /// No home folder.
    NoHome,
    /// The clock says nothing sensible.
    Clock { reason: String },
}

/// What would have been asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Passphrase,
    NewPassphrase,
    RecoveryWords,
    TransactionCode,
    Yes,
}

/// What kind of document was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Programme,
    TrustList,
    Diploma,
}

impl Failure {
    /// 1 when something was found to be wrong, 2 when it could not be decided or could not be tried.
    pub(crate) fn exit_code(&self) -> u8 {
        const REFUSED: u8 = 1;
        const COULD_NOT: u8 = 2;
        match self {
            Self::Wallet(error) => match error {
                WalletError::WouldBeRefused { .. }
                | WalletError::OlderStatusList { .. }
                | WalletError::OlderTrustList { .. }
                | WalletError::OtherTrustList { .. }
                | WalletError::NotAnAnchor { .. }
                | WalletError::QuestionNotGenuine { .. }
                | WalletError::NotSatisfied { .. }
                | WalletError::NoneAnswers { .. }
                | WalletError::NoExemption { .. }
                | WalletError::RecordOfAnother { .. }
                | WalletError::RecordWithoutDiploma { .. }
                | WalletError::OpenId(
                    OpenIdError::TokenRefused(_) | OpenIdError::CodesRefused(_) | OpenIdError::CredentialRefused(_),
                ) => REFUSED,
                WalletError::Document(error) if !error.is_undecided() => REFUSED,
                WalletError::ProgrammeDoesNotCount { findings, .. }
                | WalletError::TrustListNotTaken { findings, .. } => {
                    if findings.outcome() == Outcome::Refused {
                        REFUSED
                    } else {
                        COULD_NOT
                    }
                }
                _ => COULD_NOT,
            },
            Self::Declined | Self::OtherAnchor { .. } | Self::AnswersElsewhere { .. } => REFUSED,
            Self::NotAccepted { findings, .. } if findings.outcome() == Outcome::Refused => REFUSED,
            _ => COULD_NOT,
        }
    }
}

impl From<WalletError> for Failure {
    fn from(error: WalletError) -> Self {
        Self::Wallet(error)
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Self::Wallet(error.into())
    }
}

impl From<OpenIdError> for Failure {
    fn from(error: OpenIdError) -> Self {
        Self::Wallet(error.into())
    }
}

impl From<PassphraseError> for Failure {
    fn from(error: PassphraseError) -> Self {
        Self::Passphrase(error)
    }
}

impl From<RecoveryError> for Failure {
    fn from(error: RecoveryError) -> Self {
        Self::RecoveryWords(error)
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        Self::Fetch(error)
    }
}

impl From<BakeError> for Failure {
    fn from(error: BakeError) -> Self {
        Self::Picture(error)
    }
}

impl From<CaseError> for Failure {
    fn from(error: CaseError) -> Self {
        Self::Case(error)
    }
}

#[cfg(test)]
mod tests;

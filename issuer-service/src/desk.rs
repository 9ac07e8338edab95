//! What do people at the institution ask, at the command line and through the API alike? One function a question.

pub(crate) mod achievements;
pub(crate) mod awards;
pub(crate) mod completions;
pub(crate) mod credentials;
pub(crate) mod decisions;
pub(crate) mod exemptions;
pub(crate) mod keys;
pub(crate) mod offers;
pub(crate) mod overview;
pub(crate) mod programmes;

use serde::Serialize;
use stapel_credential::{StatusPurpose, Uri};
use stapel_issuer::{IssuerError, NotChanged, NotPermitted, PublishError, RepositoryError};
use stapel_keys::RandomError;
use stapel_openid::OpenIdError;

use crate::words::{Either as _, Language, dutch_issuer};

/// Why a request of the institution was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeskError {
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    #[error("name completions by their ids, or ask for all, not both and not neither")]
    AllOrSome,
    #[error("the rules of this programme do not hold together: {}", .0.join("; "))]
    Rules(Vec<String>),
    #[error("the badges of this achievement can be {possible}, not {asked}; that was fixed with the achievement")]
    OtherPurpose { asked: &'static str, possible: &'static str },
    #[error("there is no completion {0}")]
    UnknownCompletion(String),
    #[error("there is no badge {0}")]
    UnknownCredential(Uri),
    #[error("{text:?} is not a basis; it is one of {known}")]
    UnknownBasis { text: String, known: String },
    #[error("a piece of evidence is a credential or a digest: give one of both")]
    CredentialOrDigest,
    #[error("this piece of evidence is no signed credential; give its digest")]
    NoCredential,
    #[error(transparent)]
    Offer(#[from] OpenIdError),
    #[error("{0}")]
    Argument(String),
}

/// A completion that was left as it is, and why.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Refused {
    pub(crate) completion: String,
    pub(crate) cause: String,
    #[serde(skip)]
    pub(crate) error: NotChanged,
}

/// What became of a list of completions: each was changed or refused on its own.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Decided {
    pub(crate) changed: usize,
    pub(crate) refused: Vec<Refused>,
}

impl Refused {
    pub(crate) fn new(error: NotChanged) -> Self {
        let completion = match &error {
            NotChanged::Unknown { completion } => completion.to_string(),
            NotChanged::Transition(transition) => completion_of(transition),
            _ => String::new(),
        };
        Self { completion, cause: error.to_string(), error }
    }

    /// Why, for people.
    pub(crate) fn sentence(&self, language: Language) -> String {
        language.either(dutch_issuer::not_changed(&self.error), self.cause.clone())
    }
}

fn completion_of(error: &stapel_issuer::TransitionError) -> String {
    use stapel_issuer::TransitionError as E;
    match error {
        E::Stage { completion, .. }
        | E::RecordedBySame { completion, .. }
        | E::NeedsNoOffer { completion }
        | E::RevocationIsFinal { completion } => completion.to_string(),
        _ => String::new(),
    }
}

/// What a set bit of that purpose makes of a badge.
pub(crate) fn word(purpose: StatusPurpose) -> &'static str {
    match purpose {
        StatusPurpose::Suspension => "suspended",
        _ => "revoked",
    }
}

macro_rules! from_issuer {
    ($($error:ty),*) => {
        $(impl From<$error> for DeskError {
            fn from(error: $error) -> Self {
                Self::Issuer(error.into())
            }
        })*
    };
}
from_issuer!(
    RepositoryError,
    NotPermitted,
    NotChanged,
    PublishError,
    RandomError,
    stapel_issuer::SignFailure,
    stapel_issuer::AchievementError,
    stapel_issuer::ExemptionError,
    stapel_issuer::AwardError,
    stapel_issuer::CompletionError,
    stapel_issuer::TransitionError,
    stapel_issuer::ClaimError
);

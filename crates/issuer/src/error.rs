//! Why did the institution's request not succeed? One sentence each.

use stapel_credential::{Day, Timestamp, Uri, UriError};
use stapel_keys::RandomError;
use stapel_status::StatusError;

use crate::achievement::{AchievementCode, AchievementError, AchievementRef};
use crate::award_error::AwardError;
use crate::completion::CompletionId;
use crate::csv::CsvError;
use crate::exemption::ExemptionError;
use crate::publish::PublishError;
use crate::repository::{NotChanged, RepositoryError};
use crate::role::{ActorId, NotPermitted};
use crate::stage::TransitionError;

/// Why something was not done. Nothing was changed, unless it says [`IssuerError::InPart`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IssuerError {
    /// The role does not allow it.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// The store did not answer.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// The completion's stage does not allow it, or there is none.
    #[error(transparent)]
    NotChanged(#[from] NotChanged),
    /// What a person gave for a step is not enough.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// The achievement was refused.
    #[error(transparent)]
    Achievement(#[from] AchievementError),
    /// The completion was refused.
    #[error(transparent)]
    Completion(#[from] CompletionError),
    /// The file was refused.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// The claim was refused.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// The programme or trust list was refused.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The exemption was refused.
    #[error(transparent)]
    Exemption(#[from] ExemptionError),
    /// The award was refused.
    #[error(transparent)]
    Award(#[from] AwardError),
    /// It was revoked or suspended before.
    #[error("{id} was revoked or suspended before; nothing was changed")]
    EndedAlready {
        /// Its id.
        id: Uri,
    },
    /// There is no suspension to end.
    #[error("{id} is not suspended: what was revoked stays revoked")]
    NotSuspended {
        /// Its id.
        id: Uri,
    },
    /// It could not be signed.
    #[error(transparent)]
    Sign(#[from] SignFailure),
    /// There is no such badge.
    #[error("there is no badge {id}")]
    UnknownCredential {
        /// Its id.
        id: Uri,
    },
    /// There is no such status list.
    #[error("there is no status list {id}")]
    UnknownStatusList {
        /// Its id.
        id: String,
    },
    /// A request for many completions stopped part of the way: what was stored before stays.
    #[error("{}", in_part(*.step, *.done, .cause))]
    InPart {
        /// What was asked for.
        step: Step,
        /// How many completions it was done for.
        done: usize,
        /// Why it stopped.
        cause: Box<IssuerError>,
    },
    /// Another change came in between.
    #[error("{what} was changed by somebody else at the same moment; nothing was changed, try again")]
    Meanwhile {
        /// What.
        what: String,
    },
    /// The name of an API key is in use.
    #[error("there is or was an API key called {name}; names are not used twice, so that the audit log stays clear")]
    ApiKeyTaken {
        /// The name.
        name: ActorId,
    },
    /// There is no such key.
    #[error("there is no API key called {name} that still holds")]
    UnknownApiKey {
        /// The name.
        name: ActorId,
    },
}

/// What is done for many completions, in more than one transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Approving.
    Approve,
    /// Signing.
    Sign,
}

impl IssuerError {
    /// The same error, with how many completions were done before it.
    pub(crate) fn after(self, step: Step, done: usize) -> Self {
        if done == 0 { self } else { Self::InPart { step, done, cause: Box::new(self) } }
    }
}

fn in_part(step: Step, done: usize, cause: &IssuerError) -> String {
    let (again, done) = match (step, done) {
        (Step::Sign, 1) => ("sign again", "1 badge is signed and stored".to_owned()),
        (Step::Sign, _) => ("sign again", format!("{done} badges are signed and stored")),
        (Step::Approve, 1) => ("approve again", "1 completion is approved".to_owned()),
        (Step::Approve, _) => ("approve again", format!("{done} completions are approved")),
    };
    let (fact, remedy) = match cause {
        IssuerError::Repository(error) => {
            let remedy = match error {
                RepositoryError::Full => format!("make room and {again}"),
                RepositoryError::Busy { .. } => format!("{again} later"),
                _ => format!("put that right and {again}"),
            };
            (error.fact(), remedy)
        }
        other => (other.to_string(), format!("put that right and {again}")),
    };
    format!("{fact}; {done}, the others wait; {remedy}")
}

/// Why a completion was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompletionError {
    /// Not such JSON.
    #[error(transparent)]
    Json(#[from] stapel_credential::JsonError),
    /// No such achievement.
    #[error("there is no achievement {code}; add it first")]
    UnknownAchievement {
        /// The code given.
        code: AchievementCode,
    },
    /// Awarded in the future.
    #[error("awarded on {awarded}, which is after today, {today}")]
    Future {
        /// The day given.
        awarded: Day,
        /// Today in UTC.
        today: Day,
    },
    /// Both or neither.
    #[error("a completion names its learner once: by the wallet's did or by the school's own learner reference")]
    Learner,
    /// A text that is too long or has line breaks.
    #[error("{member} must have 1 to 400 characters on one line")]
    Text {
        /// Which.
        member: &'static str,
    },
}

/// Why a claim was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// There was never such a code.
    #[error("this claim code was never given out; check that it was copied completely")]
    UnknownCode,
    /// It was used, or replaced.
    #[error("this claim code was used before or replaced by a newer one; ask the school for a new code")]
    SpentCode,
    /// It was not used in time.
    #[error("this claim code expired at {at}; ask the school for a new code")]
    ExpiredCode {
        /// When.
        at: Timestamp,
    },
    /// Not a token of ours.
    #[error("this access token was never given out")]
    UnknownToken,
    /// It was not used in time.
    #[error("this access token expired at {at}; ask the school for a new claim code")]
    ExpiredToken {
        /// When.
        at: Timestamp,
    },
    /// Another wallet has it.
    #[error("this badge was already signed for another wallet")]
    AnotherHolder,
    /// The completion moved on: its code was replaced.
    #[error("this claim was replaced by a newer claim code; use that one")]
    Replaced,
}

/// Why a document was not signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignFailure {
    /// The key or the document.
    #[error(transparent)]
    Sign(#[from] stapel_proof::SignError),
    /// The status list.
    #[error(transparent)]
    Status(#[from] StatusError),
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// An address under the base URL is too long.
    #[error(transparent)]
    Address(#[from] UriError),
    /// The achievement that a completion names is not stored.
    #[error("the achievement {reference} of completion {completion} is not stored")]
    AchievementGone {
        /// Which.
        reference: AchievementRef,
        /// Of which completion.
        completion: CompletionId,
    },
    /// The signing thread stopped.
    #[error("a signing thread stopped unexpectedly")]
    Thread,
    /// The institution's DID is that of another key.
    #[error("the signing key is not the key of {did}")]
    KeyOfAnother {
        /// The institution's DID.
        did: stapel_credential::Did,
    },
}

impl From<RandomError> for IssuerError {
    fn from(error: RandomError) -> Self {
        Self::Sign(error.into())
    }
}

impl From<UriError> for IssuerError {
    fn from(error: UriError) -> Self {
        Self::Sign(error.into())
    }
}

//! How far has a completion come, and what may happen to it next? Each stage holds only what is known at that stage.

use std::fmt;

use serde::{Deserialize, Serialize};
use stapel_credential::{Day, Timestamp, Uri};

use crate::completion::{Completion, CompletionId, LearnerRef};
use crate::role::{Actor, ActorId};
use crate::secret::SecretHash;
use crate::text::is_one_line;

/// How far a completion has come.
///
/// `Recorded` → `Approved` → (with a DID) `Signed`, or (without) `Offered` → `Claimed` → `Signed`; `Rejected` instead of
/// `Approved`; `Revoked` after `Signed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Recorded; waits for the examination board.
    Recorded,
    /// Approved; waits for its signature (with a DID) or for an offer (without).
    Approved(Approved),
    /// A one-time code was handed out; waits for a wallet.
    Offered(Approved, Offer),
    /// A wallet took the code; waits for the proof of its DID.
    Claimed(Approved, Timestamp),
    /// Signed.
    Signed(Approved, Issued),
    /// The examination board said no.
    Rejected(Ended),
    /// The badge's status bit is set: revoked, or suspended where the achievement's badges are suspended.
    Revoked(Approved, Issued, Ended),
}

/// The name of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StageName {
    /// [`Stage::Recorded`]
    Recorded,
    /// [`Stage::Approved`]
    Approved,
    /// [`Stage::Offered`]
    Offered,
    /// [`Stage::Claimed`]
    Claimed,
    /// [`Stage::Signed`]
    Signed,
    /// [`Stage::Rejected`]
    Rejected,
    /// [`Stage::Revoked`]
    Revoked,
}

/// That a body approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// Who entered it.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
    /// What was decided.
    pub decision: Decision,
}

/// A decision of an examination board, as it stands in the badge: a body and its reference, no person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decision {
    /// The body, such as "Examencommissie Zorg".
    pub body: String,
    /// Its reference, such as a number of minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The day on which it decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}

/// A one-time code that was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Of the code.
    pub code_hash: SecretHash,
    /// From when it is refused.
    pub expires: Timestamp,
}

/// Where the badge is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The badge's id.
    pub credential: Uri,
    /// When it was signed.
    pub at: Timestamp,
}

/// Why it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Who entered it.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Why a completion did not go on to another stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransitionError {
    /// It is at another stage.
    #[error("completion {completion} is {stage}; only a completion that is {wanted} can be {verb}")]
    Stage {
        /// Which.
        completion: CompletionId,
        /// Where it is.
        stage: StageName,
        /// Where it should be.
        wanted: &'static str,
        /// What was asked.
        verb: &'static str,
    },
    /// Four eyes.
    #[error("{by} recorded completion {completion} and so cannot approve it; somebody else must")]
    RecordedBySame {
        /// Which.
        completion: CompletionId,
        /// Who.
        by: ActorId,
    },
    /// A text that a person must give is missing or too long.
    #[error("the {what} must have 1 to 400 characters on one line")]
    Text {
        /// Which text.
        what: &'static str,
    },
    /// The wallet's DID is known already.
    #[error("completion {completion} names the wallet's DID and is signed without a code")]
    NeedsNoOffer {
        /// Which.
        completion: CompletionId,
    },
    /// The same learner, achievement and day of award were recorded again.
    #[error(
        "completion {completion} was recorded again since, and one learner has one badge for one achievement and day"
    )]
    RecordedAgain {
        /// Which.
        completion: CompletionId,
    },
    /// A revocation is final.
    #[error("the badge of completion {completion} was revoked, which is final; only a suspension ends")]
    RevocationIsFinal {
        /// Which.
        completion: CompletionId,
    },
}

impl Stage {
    /// Its name.
    pub fn name(&self) -> StageName {
        match self {
            Self::Recorded => StageName::Recorded,
            Self::Approved(_) => StageName::Approved,
            Self::Offered(..) => StageName::Offered,
            Self::Claimed(..) => StageName::Claimed,
            Self::Signed(..) => StageName::Signed,
            Self::Rejected(_) => StageName::Rejected,
            Self::Revoked(..) => StageName::Revoked,
        }
    }

    /// The approval, from the stage on at which there is one.
    pub fn approved(&self) -> Option<&Approved> {
        match self {
            Self::Recorded | Self::Rejected(_) => None,
            Self::Approved(approved)
            | Self::Offered(approved, _)
            | Self::Claimed(approved, _)
            | Self::Signed(approved, _)
            | Self::Revoked(approved, ..) => Some(approved),
        }
    }

    /// Where the badge is, from the stage on at which there is one.
    pub fn issued(&self) -> Option<&Issued> {
        match self {
            Self::Signed(_, issued) | Self::Revoked(_, issued, _) => Some(issued),
            _ => None,
        }
    }
}

impl StageName {
    /// All stages, in their order.
    pub const ALL: [Self; 7] =
        [Self::Recorded, Self::Approved, Self::Offered, Self::Claimed, Self::Signed, Self::Rejected, Self::Revoked];

    /// The word in JSON, in tables and on command lines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Approved => "approved",
            Self::Offered => "offered",
            Self::Claimed => "claimed",
            Self::Signed => "signed",
            Self::Rejected => "rejected",
            Self::Revoked => "revoked",
        }
    }

    /// The stage of that name.
    pub fn find(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == text)
    }
}

impl fmt::Display for StageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Decision {
    /// A decision of that body.
    ///
    /// # Errors
    /// [`TransitionError::Text`] when the body or the reference is empty or too long.
    pub fn new(body: &str, reference: Option<&str>, day: Option<Day>) -> Result<Self, TransitionError> {
        let checked = |what, text: &str| {
            if is_one_line(text) { Ok(text.trim().to_owned()) } else { Err(TransitionError::Text { what }) }
        };
        Ok(Self {
            body: checked("name of the approving body", body)?,
            reference: reference.map(|text| checked("reference of the approval", text)).transpose()?,
            day,
        })
    }
}

impl Ended {
    /// An end with its reason.
    ///
    /// # Errors
    /// [`TransitionError::Text`] when the reason is empty or too long.
    pub fn new(by: &Actor, at: Timestamp, reason: &str) -> Result<Self, TransitionError> {
        if is_one_line(reason) {
            Ok(Self { by: by.id().clone(), at, reason: reason.trim().to_owned() })
        } else {
            Err(TransitionError::Text { what: "reason" })
        }
    }
}

impl Completion {
    fn refuse(&self, wanted: &'static str, verb: &'static str) -> TransitionError {
        TransitionError::Stage { completion: self.id, stage: self.stage.name(), wanted, verb }
    }

    /// `Recorded` → `Approved`, by another than who recorded it.
    ///
    /// # Errors
    /// [`TransitionError::Stage`] and [`TransitionError::RecordedBySame`].
    pub fn approve(self, by: &Actor, decision: Decision, at: Timestamp) -> Result<Self, TransitionError> {
        if self.stage != Stage::Recorded {
            return Err(self.refuse("recorded", "approved"));
        }
        if self.recorded_by == *by.id() {
            return Err(TransitionError::RecordedBySame { completion: self.id, by: self.recorded_by });
        }
        Ok(Self { stage: Stage::Approved(Approved { by: by.id().clone(), at, decision }), ..self })
    }

    /// `Recorded` → `Rejected`.
    ///
    /// # Errors
    /// [`TransitionError::Stage`].
    pub fn reject(self, ended: Ended) -> Result<Self, TransitionError> {
        match self.stage {
            Stage::Recorded => Ok(Self { stage: Stage::Rejected(ended), ..self }),
            _ => Err(self.refuse("recorded", "rejected")),
        }
    }

    /// `Approved`, `Offered` or `Claimed` → `Offered`, under a new code: a lost code is replaced, and the old one is void.
    ///
    /// # Errors
    /// [`TransitionError::Stage`], and [`TransitionError::NeedsNoOffer`] when the DID is known.
    pub fn offer(self, offer: Offer) -> Result<Self, TransitionError> {
        if matches!(self.facts.learner, LearnerRef::Did(_)) {
            return Err(TransitionError::NeedsNoOffer { completion: self.id });
        }
        match self.stage {
            Stage::Approved(approved) | Stage::Offered(approved, _) | Stage::Claimed(approved, _) => {
                Ok(Self { stage: Stage::Offered(approved, offer), ..self })
            }
            _ => Err(self.refuse("approved and not yet signed", "offered")),
        }
    }

    /// `Offered` → `Claimed`.
    ///
    /// # Errors
    /// [`TransitionError::Stage`].
    pub fn claim(self, at: Timestamp) -> Result<Self, TransitionError> {
        match self.stage {
            Stage::Offered(approved, _) => Ok(Self { stage: Stage::Claimed(approved, at), ..self }),
            _ => Err(self.refuse("offered", "claimed")),
        }
    }

    /// `Approved` (with a DID) or `Claimed` → `Signed`.
    ///
    /// # Errors
    /// [`TransitionError::Stage`].
    pub fn sign(self, issued: Issued) -> Result<Self, TransitionError> {
        match (self.stage, &self.facts.learner) {
            (Stage::Approved(approved), LearnerRef::Did(_)) | (Stage::Claimed(approved, _), LearnerRef::School(_)) => {
                Ok(Self { stage: Stage::Signed(approved, issued), ..self })
            }
            (stage, _) => Err(TransitionError::Stage {
                completion: self.id,
                stage: stage.name(),
                wanted: "approved with a DID, or claimed",
                verb: "signed",
            }),
        }
    }

    /// `Signed` → `Revoked`.
    ///
    /// # Errors
    /// [`TransitionError::Stage`].
    pub fn revoke(self, ended: Ended) -> Result<Self, TransitionError> {
        match self.stage {
            Stage::Signed(approved, issued) => Ok(Self { stage: Stage::Revoked(approved, issued, ended), ..self }),
            _ => Err(self.refuse("signed", "revoked")),
        }
    }

    /// `Revoked` → `Signed`, which only a suspension allows.
    ///
    /// # Errors
    /// [`TransitionError::Stage`].
    pub fn reinstate(self) -> Result<Self, TransitionError> {
        match self.stage {
            Stage::Revoked(approved, issued, _) => Ok(Self { stage: Stage::Signed(approved, issued), ..self }),
            _ => Err(self.refuse("suspended", "reinstated")),
        }
    }
}

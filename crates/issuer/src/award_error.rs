//! Why was an award not proposed, approved or signed?

use stapel_credential::{Ask, Digest, JsonError, Timestamp};
use stapel_proof::ProofError;
use stapel_stacking::PlanError;
use stapel_verifier::{DossierError, Missing, Outcome};

use crate::achievement::{AchievementCode, AchievementRef};
use crate::role::ActorId;

/// Why an award was not proposed, approved or signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AwardError {
    /// Not such a presentation.
    #[error("this is no signed presentation: {0}")]
    Presentation(#[from] ProofError),
    /// Not such a trust list.
    #[error(transparent)]
    TrustList(#[from] DossierError),
    /// It cannot be written as JSON that others read the same way.
    #[error("the award cannot be written: {0}")]
    Json(#[from] JsonError),
    /// It cannot be written at all.
    #[error("the award cannot be written: {0}")]
    Write(#[from] serde_json::Error),
    /// Nothing to count.
    #[error("the presentation shows no plan: ask the learner for progress toward the award")]
    NoPlan,
    /// The plan answers another question.
    #[error("the plan answers another question than how far the award is: {}", ask(.asked))]
    NotAnAward {
        /// What it answers.
        asked: Box<Ask>,
    },
    /// The plan has no line.
    #[error("the plan counts nothing")]
    NothingCounted,
    /// The programme leads to no award.
    #[error("the programme leads to no award")]
    NoAward,
    /// The programme was not shown along.
    #[error("the programme of the plan was not shown along")]
    NoProgramme,
    /// Something is false, or cannot be told.
    #[error("{}: {}", if *.outcome == Outcome::Refused { "refused" } else { "cannot be decided" }, .reasons.join("; "))]
    NotVerified {
        /// Refused or undecided.
        outcome: Outcome,
        /// What is wrong with what.
        reasons: Vec<String>,
        /// What has to be fetched.
        missing: Vec<Missing>,
    },
    /// The plan claims more than its credentials show.
    #[error("the plan does not hold: {0}")]
    Plan(#[from] PlanError),
    /// No such achievement.
    #[error("there is no achievement {code}; add it first")]
    UnknownAchievement {
        /// The code given.
        code: AchievementCode,
    },
    /// The achievement is of another kind or code.
    #[error("achievement {code} does not state award {award:?} of the programme: it lacks {what}")]
    DoesNotFit {
        /// The achievement.
        code: AchievementCode,
        /// The award.
        award: String,
        /// What it lacks.
        what: String,
    },
    /// Proposed before, for another diploma.
    #[error("plan {plan} was proposed before, for achievement {achievement}")]
    OtherAchievement {
        /// The plan.
        plan: Digest,
        /// The achievement proposed first.
        achievement: AchievementRef,
    },
    /// Nobody proposed it.
    #[error("no plan {plan} was proposed")]
    UnknownPlan {
        /// The digest given.
        plan: Digest,
    },
    /// Four eyes.
    #[error("{by} proposed plan {plan} and so cannot approve it; somebody else must")]
    ProposedBySame {
        /// The plan.
        plan: Digest,
        /// Who.
        by: ActorId,
    },
    /// Not everything is shown.
    #[error(
        "plan {plan} does not complete the award, and no decision of the board says why it is awarded nevertheless"
    )]
    Incomplete {
        /// The plan.
        plan: Digest,
    },
    /// Another approval stands.
    #[error("plan {plan} was approved before by {by} under reference {reference:?}; an approval does not change")]
    ApprovedAlready {
        /// The plan.
        plan: Digest,
        /// Who entered it.
        by: ActorId,
        /// Its reference.
        reference: String,
    },
    /// The board did not approve it.
    #[error("plan {plan} waits for the approval of the examination board")]
    NotApproved {
        /// The plan.
        plan: Digest,
    },
    /// The diploma ended.
    #[error("the diploma of plan {plan} was signed before and ended at {at}; it is not signed a second time")]
    Ended {
        /// The plan.
        plan: Digest,
        /// When.
        at: Timestamp,
    },
}

impl AwardError {
    pub(crate) fn write(error: serde_json::Error) -> Self {
        Self::Write(error)
    }

    /// What has to be fetched before it can be told.
    pub fn missing(&self) -> &[Missing] {
        match self {
            Self::NotVerified { missing, .. } => missing,
            _ => &[],
        }
    }
}

fn ask(ask: &Ask) -> &'static str {
    match ask {
        Ask::Award(_) => "an award",
        Ask::Part(_) => "a part",
        Ask::Group(_) => "a group",
        Ask::Credits(_) => "credits",
        _ => "an outcome",
    }
}

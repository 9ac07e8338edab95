//! Why does this credential not count here?

use serde::Serialize;
use stapel_credential::{Code, CredentialRef, CreditUnit, Credits, Day, Level, Uri};
use thiserror::Error;

/// Why a verified credential fills nothing, or why it cannot fill what it comes closest to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Error)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "reason")]
#[non_exhaustive]
pub enum WhyUnused {
    /// It is somebody else's.
    #[error("it is about {}, not about the holder", holder.as_ref().map_or("nobody in particular", |holder| holder.as_str()))]
    OtherHolder {
        /// Whom it is about.
        holder: Option<Uri>,
    },
    /// The same badge counts already, in another copy or under another id.
    #[error("it is the same badge as {credential}, and a badge counts once")]
    CopyOf {
        /// The one that counts.
        credential: CredentialRef,
    },
    /// What it fits is filled by another.
    #[error("it fits {part}, which {by} shows already")]
    AlreadyShown {
        /// The id of the part.
        part: String,
        /// What shows it.
        by: CredentialRef,
    },
    /// It shows something else, where it is worth more.
    #[error("it is used for {target} and counts once")]
    AlreadyUsed {
        /// The id of the part, or of the requirement with the free slot.
        target: String,
    },
    /// The pool that it fits has all it asks.
    #[error("{requirement} has all the credits that it asks")]
    PoolFull {
        /// The id of the requirement.
        requirement: String,
    },
    /// No more of these count.
    #[error("at most {at_most} of {requirement} count")]
    LimitReached {
        /// The id or name of the requirement.
        requirement: String,
        /// How many count at most.
        at_most: u32,
    },
    /// It fits, but nothing more is gained by it.
    #[error("it fits {target}, but what is asked is shown without it")]
    NotNeeded {
        /// The id of the part, or of the requirement with the free slot.
        target: String,
    },
    /// It fits only together with others that are not there.
    #[error("it fits {part} only together with others that are not at hand")]
    NotAlone {
        /// The id of the part.
        part: String,
    },
    /// It fits a part that this question does not ask for.
    #[error("it fits {part}, which is not asked for here")]
    NotAsked {
        /// The id of the part.
        part: String,
    },
    /// The programme takes it from other issuers.
    #[error("the programme does not take it from {issuer}")]
    OtherIssuer {
        /// Who issued it.
        issuer: Uri,
    },
    /// Nobody vouches that its issuer could certify this code then.
    #[error("its issuer was not authorised for {code} on {day}")]
    IssuerNotAuthorised {
        /// The code.
        code: Code,
        /// The day of the award.
        day: Day,
    },
    /// It is another kind of credential.
    #[error("it is not of a kind that is asked: {}", wanted.join(", "))]
    OtherKind {
        /// The kinds that are asked.
        wanted: Vec<String>,
    },
    /// Its issuer is not a body of the kind that is asked.
    #[error("its issuer was not of a kind that is asked: {}", wanted.join(", "))]
    OtherIssuerKind {
        /// The kinds that are asked.
        wanted: Vec<String>,
    },
    /// It is of another sector, or states none.
    #[error("it is not of a sector that is asked: {}", wanted.join(", "))]
    OtherSector {
        /// The sectors that are asked.
        wanted: Vec<String>,
    },
    /// Its description has another version.
    #[error("its version {} is not taken: {}", version.as_deref().unwrap_or("(none)"), wanted.join(", "))]
    OtherVersion {
        /// Its version.
        version: Option<String>,
        /// The versions that are taken.
        wanted: Vec<String>,
    },
    /// It was assessed somewhere else.
    #[error("it was not assessed in a setting that is asked: {}", wanted.join(", "))]
    OtherSetting {
        /// The settings that are asked.
        wanted: Vec<String>,
    },
    /// It rests on something else.
    #[error("it does not rest on what is asked: {}", wanted.join(", "))]
    OtherBasis {
        /// The bases that are asked.
        wanted: Vec<String>,
    },
    /// Its result is too low, or it states none.
    #[error("its result {} is lower than {wanted}", result.as_deref().unwrap_or("(none)"))]
    ResultTooLow {
        /// Its result.
        result: Option<String>,
        /// The result that is asked.
        wanted: String,
    },
    /// It supplements a part without replacing it.
    #[error("it supplements {part}, and does not replace it")]
    OnlySupplements {
        /// The id of the part.
        part: String,
    },
    /// What counts already reaches a limit of the programme.
    #[error("at most {at_most} credits of {limit} count")]
    CreditLimit {
        /// The id of the limit.
        limit: String,
        /// So many credits count at most.
        at_most: Credits,
    },
    /// A used exemption or award rests on it.
    #[error("{by} rests on it already, and a badge counts once")]
    UsedUp {
        /// The exemption or award.
        by: CredentialRef,
    },
    /// The part cannot be shown by exemption.
    #[error("no decision exempts from {part}")]
    ExemptionNotAllowed {
        /// The id of the part.
        part: String,
    },
    /// It states no hours at work.
    #[error("it states no hours at work")]
    NoHours,
    /// Its level is too low.
    #[error("its level {level} is lower than {wanted}")]
    LevelTooLow {
        /// Its level.
        level: Level,
        /// The level that is asked.
        wanted: Level,
    },
    /// Its level belongs to another framework, and nothing converts it.
    #[error("its level {level} cannot be compared with {wanted}: levels of different frameworks are never converted")]
    LevelOfAnotherFramework {
        /// Its level.
        level: Level,
        /// The level that is asked.
        wanted: Level,
    },
    /// It states no level.
    #[error("it states no level, and {wanted} is asked")]
    NoLevel {
        /// The level that is asked.
        wanted: Level,
    },
    /// It was awarded too long ago.
    #[error("it was awarded on {awarded}, {age_days} days ago; at most {maximum_days} are allowed")]
    TooOld {
        /// The day of the award.
        awarded: Day,
        /// Its age in days.
        age_days: i64,
        /// The highest age in days.
        maximum_days: u32,
    },
    /// It states no credits, so that a free slot has nothing to count.
    #[error("it states no credits, and a free slot counts a credential's own")]
    NoCredits,
    /// It states credits without saying what they count.
    #[error("it does not say what its credits count, and the programme counts {wanted}")]
    NoCreditUnit {
        /// The programme's unit.
        wanted: CreditUnit,
    },
    /// Its credits count something else, and nothing converts them.
    #[error("its credits are {unit}, and the programme counts {wanted}")]
    OtherCreditUnit {
        /// Its unit.
        unit: CreditUnit,
        /// The programme's unit.
        wanted: CreditUnit,
    },
    /// A decision by somebody who may not decide.
    #[error("{issuer} was no examination board on {day} and is not named in the programme's decidedBy")]
    MayNotDecide {
        /// Who decided.
        issuer: Uri,
        /// The day of the decision.
        day: Day,
    },
    /// A decision about another programme.
    #[error("the decision is about {programme}")]
    OtherProgramme {
        /// The programme that it is about.
        programme: Uri,
    },
    /// A decision about another edition, or about other rules under the same name.
    #[error("the decision is about edition {edition:?} with other rules than these")]
    OtherEdition {
        /// The edition that it is about.
        edition: String,
    },
    /// Nothing in the programme asks for it.
    #[error("nothing in this programme asks for it")]
    FitsNothing,
}

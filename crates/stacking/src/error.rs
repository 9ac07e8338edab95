//! Why is there no answer? Programmes, questions and plans that cannot be counted.

use stapel_credential::{Code, CredentialRef, Credits, Digest, ProgrammeRef, Target, Uri};
use thiserror::Error;

use crate::rule_error::RuleError;
use crate::why::WhyUnused;

/// Why nothing was counted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StackingError {
    /// The programme contradicts itself.
    #[error("the rules of {programme} do not hold together: {}", sentences(errors))]
    Rules {
        /// The programme.
        programme: Uri,
        /// Everything that is wrong with it.
        errors: Vec<RuleError>,
    },
    /// The body that signed the programme may not state rules for its award: else a learner signs an easy one.
    #[error("{issuer} may not state rules for {code}: {why}")]
    MayNotStateRules {
        /// Who signed the programme.
        issuer: Uri,
        /// The code of its award.
        code: Code,
        /// Why not.
        why: String,
    },
    /// The question is about another programme, another edition, or other rules under the same name.
    #[error("the question is about {asked}, not about {given}")]
    OtherProgramme {
        /// What the question names.
        asked: Box<ProgrammeRef>,
        /// What is at hand.
        given: Box<ProgrammeRef>,
    },
    /// The programme leads to several awards and the question names none.
    #[error("{programme} leads to several awards; ask for one of them: {}", awards.join(", "))]
    WhichAward {
        /// The programme.
        programme: Uri,
        /// The ids of its awards.
        awards: Vec<String>,
    },
    /// No such award.
    #[error("{programme} has no award {award:?}")]
    UnknownAward {
        /// The programme.
        programme: Uri,
        /// The id asked for.
        award: String,
    },
    /// No such part.
    #[error("{programme} has no part {part:?}")]
    UnknownPart {
        /// The programme.
        programme: Uri,
        /// The id asked for.
        part: String,
    },
    /// No such group.
    #[error("{programme} has no part in group {group:?}")]
    UnknownGroup {
        /// The programme.
        programme: Uri,
        /// The group asked for.
        group: String,
    },
    /// A question of a kind that this version does not know.
    #[error("this version cannot answer that question about {programme}")]
    UnknownAsk {
        /// The programme.
        programme: Uri,
    },
}

/// Why a plan was refused: the first line that fails. Lines are counted from 1, in the order of `fills`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The programme or the question of the plan cannot be counted.
    #[error(transparent)]
    Stacking(Box<StackingError>),
    /// The plan is about another programme.
    #[error("the plan is about {planned}, not about {given}")]
    OtherProgramme {
        /// The programme that the plan names.
        planned: Uri,
        /// The programme at hand.
        given: Uri,
    },
    /// The plan is about another edition.
    #[error("the plan is about edition {planned:?}, not about {given:?}")]
    OtherEdition {
        /// The edition that the plan names.
        planned: String,
        /// The edition at hand.
        given: String,
    },
    /// The plan was made for other rules under the same name.
    #[error("the plan was made for rules with digest {planned}, but the rules at hand have {given}")]
    OtherDigest {
        /// The digest that the plan names.
        planned: Digest,
        /// The digest of the programme at hand.
        given: Digest,
    },
    /// The plan leaves open which award it is about.
    #[error("the plan does not say which award it is about; the programme leads to one")]
    AwardOpen,
    /// There is no such part, way or slot, or the question does not ask for it.
    #[error("line {line}: nothing that is asked is called {target}")]
    UnknownTarget {
        /// The line.
        line: usize,
        /// What should be filled.
        target: Target,
    },
    /// It is filled on an earlier line already.
    #[error("line {line}: {target} is filled already, on line {first}")]
    FilledTwice {
        /// The line.
        line: usize,
        /// What is filled.
        target: Target,
        /// The earlier line.
        first: usize,
    },
    /// Not as many credentials as the way asks.
    #[error("line {line}: {target} takes {wanted}, and the plan names {found}")]
    WrongNumber {
        /// The line.
        line: usize,
        /// What is filled.
        target: Target,
        /// What it takes, e.g. `2 credentials`.
        wanted: String,
        /// How many are named.
        found: usize,
    },
    /// A credential that was not shown, or did not pass verification.
    #[error("line {line}: {credential} is not among the verified credentials")]
    Missing {
        /// The line.
        line: usize,
        /// The credential.
        credential: CredentialRef,
    },
    /// A credential that counts already.
    #[error("line {line}: {credential} counts already, on line {first}")]
    UsedTwice {
        /// The line.
        line: usize,
        /// The credential.
        credential: CredentialRef,
        /// The earlier line.
        first: usize,
    },
    /// The same badge under another id.
    #[error("line {line}: {credential} is the same badge as {other} on line {first}, and a badge counts once")]
    CountedTwice {
        /// The line.
        line: usize,
        /// The credential.
        credential: CredentialRef,
        /// The one that counts already.
        other: CredentialRef,
        /// The earlier line.
        first: usize,
    },
    /// A credential that does not fit.
    #[error("line {line}: {credential} does not fit {target}: {why}")]
    DoesNotFit {
        /// The line.
        line: usize,
        /// The credential.
        credential: CredentialRef,
        /// What it should fill.
        target: Target,
        /// Why it cannot.
        why: Box<WhyUnused>,
    },
    /// More of a choice than count.
    #[error("line {line}: {target} is one too many: at most {at_most} of {requirement} count")]
    TooMany {
        /// The line that goes too far.
        line: usize,
        /// What it fills.
        target: Target,
        /// The id or name of the choice.
        requirement: String,
        /// How many count at most.
        at_most: u32,
    },
    /// More than a limit of the programme lets count.
    #[error("line {line}: with {target}, {counted} credits of {limit} would count, and at most {at_most} may")]
    OverLimit {
        /// The line that goes too far.
        line: usize,
        /// What it fills.
        target: Target,
        /// The id of the limit.
        limit: String,
        /// What would count.
        counted: Credits,
        /// What may.
        at_most: Credits,
    },
    /// A credential that a used exemption or award rests on.
    #[error("line {line}: {credential} counts already, since {by} rests on it")]
    UsedUp {
        /// The line.
        line: usize,
        /// The credential.
        credential: CredentialRef,
        /// The exemption or award.
        by: CredentialRef,
    },
    /// A credential without which enough outcomes are covered: it would be used for nothing.
    #[error("line {line}: {target} is shown without {credential}; leave it out")]
    Superfluous {
        /// The line.
        line: usize,
        /// What is filled.
        target: Target,
        /// The credential.
        credential: CredentialRef,
    },
    /// Credentials that cover too few outcomes.
    #[error("line {line}: {target} takes {wanted} outcomes, and what is named covers {covered}")]
    OutcomesMissing {
        /// The line.
        line: usize,
        /// What is filled.
        target: Target,
        /// So many are asked.
        wanted: u32,
        /// So many are covered.
        covered: u32,
    },
}

fn sentences(errors: &[RuleError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl From<StackingError> for PlanError {
    fn from(error: StackingError) -> Self {
        Self::Stacking(Box::new(error))
    }
}

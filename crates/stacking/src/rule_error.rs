//! What is wrong with the rules of a programme, where, and what to do about it?

use stapel_credential::{Code, Credits, Day};
use thiserror::Error;

/// What is wrong with a rule, where (a JSON path within the programme), and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RuleError {
    /// An id stands twice where each must stand once.
    #[error("{path}: the id {id:?} stands twice; give each its own")]
    DuplicateId {
        /// Where the second one stands.
        path: String,
        /// The id.
        id: String,
    },
    /// An id without a character.
    #[error("{path}: the id is empty; give it a short name such as \"b1-k1-w1\"")]
    EmptyId {
        /// Where.
        path: String,
    },
    /// A part that the programme does not have.
    #[error("{path}: there is no part {part:?}; write the id of one of the parts")]
    UnknownPart {
        /// Where it is named.
        path: String,
        /// The name.
        part: String,
    },
    /// A group that no part belongs to.
    #[error("{path}: no part belongs to group {group:?}; write the group of one of the parts")]
    UnknownGroup {
        /// Where it is named.
        path: String,
        /// The name.
        group: String,
    },
    /// A list that must not be empty.
    #[error("{path}: the list is empty; name at least one, or leave the rule out")]
    EmptyList {
        /// Where.
        path: String,
    },
    /// `choose` asks for more than it lists.
    #[error("{path}: {at_least} must be chosen of {listed}; lower atLeast or list more")]
    ChoosesMoreThanThereAre {
        /// Where.
        path: String,
        /// How many must be chosen.
        at_least: u32,
        /// How many there are.
        listed: usize,
    },
    /// `choose` allows less than it asks for.
    #[error("{path}: at least {at_least} and at most {at_most} cannot both hold; raise atMost or lower atLeast")]
    ChooseContradictsItself {
        /// Where.
        path: String,
        /// How many must be chosen.
        at_least: u32,
        /// How many may count.
        at_most: u32,
    },
    /// A requirement that is met by nothing at all.
    #[error("{path}: at least 0 asks for nothing; raise atLeast or leave the rule out")]
    AsksNothing {
        /// Where.
        path: String,
    },
    /// A pool with free slots that no plan could name.
    #[error("{path}: a credits requirement with free slots needs an id, since plans name it; give it one")]
    FreeSlotWithoutId {
        /// Where.
        path: String,
    },
    /// A pool that can never hold what is asked of it.
    #[error(
        "{path}: {at_least} credits are asked, but the pool holds at most {holds}; lower atLeast or add to the pool"
    )]
    PoolTooSmall {
        /// Where.
        path: String,
        /// What is asked.
        at_least: Credits,
        /// All that its parts and slots can give.
        holds: Credits,
    },
    /// A match that every badge fits.
    #[error("{path}: every badge would fit; name an achievement or a code{}", if *.slot { ", or at least the issuers" } else { "" })]
    MatchesAnything {
        /// Where.
        path: String,
        /// Whether it is the match of a free slot.
        slot: bool,
    },
    /// An issuer's own code without the issuer.
    #[error("{path}: {code} is an issuer's own code and means nothing without its issuer; name the issuer too")]
    OwnCodeWithoutIssuer {
        /// Where.
        path: String,
        /// The code.
        code: Code,
    },
    /// A last day of entry that does not follow the first.
    #[error("{path}: entry ends on {until}, which is not after its start on {from}; correct one of the days")]
    NeverOpen {
        /// Where.
        path: String,
        /// The first day.
        from: Day,
        /// The first day on which entry is closed.
        until: Day,
    },
    /// A way that says nothing, or says it in two ways.
    #[error("{path}: a way has either all or outcomes, and supplements nothing that it also covers; write one of them")]
    WayUnclear {
        /// Where.
        path: String,
    },
    /// More outcomes than there are.
    #[error("{path}: {at_least} outcomes are asked of {listed}; lower atLeast or list more")]
    OutcomesUncoverable {
        /// Where.
        path: String,
        /// How many are asked.
        at_least: u32,
        /// How many are listed.
        listed: usize,
    },
    /// Too much of something: the search numbers it in one machine word.
    #[error("{path}: {found} {what}; at most {at_most} are taken: write several parts or fewer limits")]
    TooMany {
        /// Where.
        path: String,
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many may be.
        at_most: usize,
    },
    /// A part that nothing can show.
    #[error("{path}: part {part:?} has no way to show it and no exemption is allowed; add a way")]
    Unshowable {
        /// Where.
        path: String,
        /// The part.
        part: String,
    },
    /// An award requirement that no plan could name.
    #[error("{path}: an award requirement needs an id of its own, since plans name it; give it one that no part has")]
    AwardWithoutId {
        /// Where.
        path: String,
    },
    /// A limit that limits nothing, or whose condition is empty.
    #[error(
        "{path}: a limit needs atLeast or atMost, and a condition that says something; write them or leave the limit out"
    )]
    LimitSaysNothing {
        /// Where.
        path: String,
    },
    /// A limit that contradicts itself.
    #[error(
        "{path}: at least {at_least} and at most {at_most} credits cannot both hold; raise atMost or lower atLeast"
    )]
    LimitContradictsItself {
        /// Where.
        path: String,
        /// At least so many.
        at_least: Credits,
        /// At most so many.
        at_most: Credits,
    },
    /// More is asked than the whole programme holds.
    #[error(
        "{path}: at least {at_least} credits are asked of what counts, but all that can count is {holds}; lower atLeast"
    )]
    LimitTooHigh {
        /// Where.
        path: String,
        /// What is asked.
        at_least: Credits,
        /// All that can count.
        holds: Credits,
    },
    /// `exemption` beside other conditions: a decision of a board has no sector or age.
    #[error("{path}: exemption stands beside other conditions, which no exemption has; write two limits")]
    ExemptionMixed {
        /// Where.
        path: String,
    },
    /// Equivalent codes that are fewer than two.
    #[error("{path}: an equivalence needs two codes or more; add the other code")]
    EquivalentToNothing {
        /// Where.
        path: String,
    },
    /// A factor of nothing, or between the same units.
    #[error(
        "{path}: a conversion needs another unit than the programme's and a factor above 0; correct it or leave it out"
    )]
    ConvertsNothing {
        /// Where.
        path: String,
    },
}

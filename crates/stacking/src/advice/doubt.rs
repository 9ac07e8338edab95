//! What is probably not meant, in which words?

use stapel_credential::{Code, Credits};
use thiserror::Error;

/// What is probably not meant, and what to do about it. No error: a programme with it is read, signed and counted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RuleDoubt {
    /// A part that leads to no award.
    #[error("no award asks for part {part:?}; name it in a requirement, or leave it out")]
    UnaskedPart {
        /// The part.
        part: String,
    },
    /// A way that adds nothing to another.
    #[error("what fits here fits way {other} too; leave this way out")]
    WayWithin {
        /// The position of the wider way.
        other: usize,
    },
    /// What should only supplement a part replaces it by another way.
    #[error(
        "what fits here fits way {other} too and replaces the part by it; narrow way {other}, or leave this one out"
    )]
    SupplementsInVain {
        /// The position of the wider way.
        other: usize,
    },
    /// Nothing says whose badge it must be.
    #[error(
        "no issuer is named, so that what fits counts from everybody who is trusted; add issuer, issuerKind or authorisedFor{}",
        places_more(*.more)
    )]
    AnyIssuer {
        /// In so many further places of the programme.
        more: usize,
    },
    /// Two parts that one and the same badge shows, which counts once.
    #[error(
        "only the badge that shows part {other:?} shows this part too, and a badge counts once; let one way cover both, or name another module"
    )]
    SameBadge {
        /// The part before.
        other: String,
    },
    /// An outcome that is listed twice.
    #[error("the outcome stands before in this list and counts once; leave it out")]
    RepeatedOutcome,
    /// Parts are shown together, of which an award asks some but not the first.
    #[error(
        "award {award:?} asks for part {part:?}, but this shows it only with part {first:?}, which that award does not ask; write a way of {part:?} alone too"
    )]
    OutOfReach {
        /// The award.
        award: String,
        /// The part that it asks for.
        part: String,
        /// The part that comes first.
        first: String,
    },
    /// A transition from the edition itself.
    #[error("{edition:?} is this edition itself; write the earlier one")]
    SameEdition {
        /// The edition.
        edition: String,
    },
    /// An equivalence that changes nothing.
    #[error("nothing asks for any of these codes; name one of them in a way, or leave the equivalence out")]
    UnaskedCodes,
    /// A code in two equivalences.
    #[error("{code} stands in an earlier equivalence too; write one equivalence with all codes that mean the same")]
    OverlappingCodes {
        /// The code.
        code: Code,
    },
    /// A unit or an issuer for which something is said twice.
    #[error("{what} stands before in this list, and the first one holds; leave one of them out")]
    SaidBefore {
        /// The unit or the issuer.
        what: String,
    },
    /// An award that asks for itself.
    #[error("award {award:?} would have to be held before it can be had; name the award below it")]
    RequiresItself {
        /// The award.
        award: String,
    },
    /// Something that the rest of the award implies.
    #[error("whatever else the award asks meets this already; ask for more, or leave it out")]
    MetAlready,
    /// A choice whose upper bound binds nothing.
    #[error("of {listed} there are never more than {at_most}; lower atMost, or leave it out")]
    ChoiceLimitsNothing {
        /// How many may count.
        at_most: u32,
        /// How many are listed.
        listed: usize,
    },
    /// A choice whose upper bound cannot be kept.
    #[error(
        "at most {at_most} of these may count, but the award cannot be complete without parts of {touched}; raise atMost, or name no part in several of them"
    )]
    ChoiceImpossible {
        /// How many may count.
        at_most: u32,
        /// How many are touched at least.
        touched: usize,
    },
    /// A pool in which no part is.
    #[error("no part is in this pool, only its free slots count; correct what it says of parts, or leave that out")]
    NoPartInPool,
    /// A pool of which no hour can count.
    #[error(
        "nothing in this pool can state hours at work, so that it is never met; add parts with ways, or a free slot"
    )]
    NoHours,
    /// A pool whose condition holds for too little.
    #[error("{at_least} credits are asked, but no more than {holds} can be shown so; lower atLeast, or correct shown")]
    ShownTooLittle {
        /// What is asked.
        at_least: Credits,
        /// What can be shown so.
        holds: Credits,
    },
    /// A free slot in which nothing counts.
    #[error("a slot that counts at most 0 counts nothing; raise the limit, or leave the slot out")]
    SlotCountsNothing,
    /// A free slot whose limit for each credential binds nothing.
    #[error(
        "at most {each} each limits nothing, since all together count at most {all}; lower atMostEach, or leave it out"
    )]
    EachAboveAll {
        /// For each credential.
        each: Credits,
        /// For all of them.
        all: Credits,
    },
    /// A limit from below that cannot be reached.
    #[error(
        "at least {at_least} credits are asked, but no more than {holds} can be such; lower atLeast, or correct of"
    )]
    LimitUnreachable {
        /// What is asked.
        at_least: Credits,
        /// What can be such.
        holds: Credits,
    },
    /// A limit from above that cannot be kept.
    #[error(
        "at most {at_most} credits may be such, but the award cannot be complete with less than {needed}; raise atMost, or add other ways to show the parts"
    )]
    LimitImpossible {
        /// What may be such.
        at_most: Credits,
        /// What must be such.
        needed: Credits,
    },
    /// A limit from above that is always kept.
    #[error(
        "no more than {holds} credits can be such, so that at most {at_most} limits nothing; lower atMost, or leave the limit out"
    )]
    LimitsNothing {
        /// What may be such.
        at_most: Credits,
        /// What can be such.
        holds: Credits,
    },
}

fn places_more(places: usize) -> String {
    match places {
        0 => String::new(),
        1 => " (and in one place more)".to_owned(),
        _ => format!(" (and in {places} places more)"),
    }
}

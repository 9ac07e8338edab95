//! How far is it? The answer for people and for `--json`; it never says "awarded".

use serde::Serialize;
use stapel_credential::{
    Ask, Award, Code, CredentialKind, CredentialRef, CreditUnit, Credits, Day, Hours, Level, Localised, ProgrammeRef,
};

use crate::why::WhyUnused;

/// Progress in one edition of a programme. Made by [`crate::find`] and [`crate::check`] alone, by the same count.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Progress {
    /// In which edition.
    pub programme: ProgrammeRef,
    /// Its name.
    pub name: Localised,
    /// What about the programme is invented, when it is an example.
    #[serde(skip_serializing_if = "Localised::is_empty")]
    pub illustrative: Localised,
    /// What was asked.
    pub ask: Ask,
    /// The award that was asked for; none for a part, a group, or a programme that leads to no award.
    pub award: Option<AwardSummary>,
    /// What the credits count.
    pub unit: CreditUnit,
    /// What is asked, as a tree.
    pub requirements: RequirementProgress,
    /// Every part that is asked, in the programme's order.
    pub parts: Vec<PartProgress>,
    /// Every credential and decision at hand that fills nothing, ordered by identity.
    pub unused: Vec<Unused>,
    /// What the programme's limits from above let count, and what counts under them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitProgress>,
    /// Hours at work that count, never more than are asked.
    pub hours_counted: Hours,
    /// Credits that count, never more than are asked.
    pub credits_counted: Credits,
    /// Credits that are asked. Where there is a choice: by the way that is furthest.
    pub credits_needed: Credits,
    /// Leaf requirements that are met, of those that are asked.
    pub requirements_met: u32,
    /// Leaf requirements that are asked. A choice asks for so many times the largest of its alternatives.
    pub requirements_asked: u32,
    /// How many credentials fill something; an exemption counts once for each part.
    pub credentials_used: u32,
    /// Whether everything that is asked is shown. Only an authorised issuer awards.
    pub complete: bool,
}

/// How good a plan is: more requirements met, then more credits counted, then more hours, then fewer credentials used. Ordered from worse to better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// Whether everything that is asked is shown.
    pub complete: bool,
    /// Leaf requirements met.
    pub requirements_met: u32,
    /// Credits counted.
    pub credits_counted: Credits,
    /// Hours at work counted.
    pub hours_counted: Hours,
    /// Credentials used: fewer is better.
    pub credentials_used: std::cmp::Reverse<u32>,
}

/// A limit from above, and what counts under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LimitProgress {
    /// Its id within the award.
    pub id: String,
    /// Its name.
    pub name: Localised,
    /// So many credits count at most.
    pub at_most: Credits,
    /// So many count.
    pub counted: Credits,
}

/// The award that progress is toward.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AwardSummary {
    /// Its id within the programme.
    pub id: String,
    /// What kind of award.
    pub kind: CredentialKind,
    /// Its name.
    pub name: Localised,
    /// Its level.
    pub level: Option<Level>,
    /// Its code in a register.
    pub code: Option<Code>,
}

/// One node of what is asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RequirementProgress {
    /// Its id, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name; for a part without one of its own, the part's.
    pub name: Localised,
    /// What it asks.
    pub asks: Asks,
    /// How far it is.
    pub state: State,
    /// What fills its free slots.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<SlotProgress>,
    /// The requirements below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<RequirementProgress>,
}

/// What a requirement asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Asks {
    /// The part of this id; see [`Progress::parts`].
    Part(String),
    /// All below it.
    All,
    /// Any one below it.
    Any,
    /// Some of those below it.
    Choose {
        /// At least so many.
        at_least: u32,
        /// At most so many count.
        at_most: Option<u32>,
    },
    /// Credits from a pool.
    Credits {
        /// At least so many.
        at_least: Credits,
        /// The ids of the parts that the pool counts.
        from: Vec<String>,
    },
    /// Hours at work from a pool.
    Hours {
        /// At least so many.
        at_least: Hours,
        /// The ids of the parts that the pool counts.
        from: Vec<String>,
    },
    /// An award that is held, shown by these credentials.
    Award(Vec<Counted>),
}

/// How far something is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum State {
    /// Shown.
    Met,
    /// Shown in part.
    Partly(Done),
    /// Nothing shown yet.
    Open,
    /// Something at hand was meant for it, but cannot count.
    Blocked {
        /// What comes closest.
        credential: CredentialRef,
        /// Why it cannot count.
        why: WhyUnused,
    },
}

/// How much of how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// Counted in requirements: parts, or what else must be chosen.
    Parts {
        /// So many are there.
        have: u32,
        /// So many are asked.
        need: u32,
    },
    /// Counted in credits of the programme's unit.
    Credits {
        /// So many are there.
        have: Credits,
        /// So many are asked.
        need: Credits,
    },
    /// Counted in hours at work.
    Hours {
        /// So many are there.
        have: Hours,
        /// So many are asked.
        need: Hours,
    },
}

/// One part that is asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PartProgress {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Localised,
    /// The group that it belongs to.
    pub group: Option<String>,
    /// What it is worth here.
    pub credits: Credits,
    /// Its level.
    pub level: Option<Level>,
    /// Met, open or blocked.
    pub state: State,
    /// What fills it.
    pub by: Vec<Counted>,
}

/// One free slot of a pool.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SlotProgress {
    /// Its position in the pool, from 0.
    pub slot: usize,
    /// What counts in it, after its limits.
    pub credits: Credits,
    /// What fills it.
    pub by: Vec<Counted>,
}

/// A verified credential that fills something: made by counting alone.
///
/// ```
/// fn name(counted: &stapel_stacking::Counted) -> &str {
///     counted.name()
/// }
/// ```
///
/// Nobody else can make one:
///
/// ```compile_fail
/// fn forge(credential: stapel_credential::CredentialRef) -> stapel_stacking::Counted {
///     stapel_stacking::Counted { credential, name: String::new(), awarded: unreachable!(), worth: unreachable!(), exemption: false }
/// }
/// ```
///
/// It is written for people and programs to read:
///
/// ```
/// fn write(counted: &stapel_stacking::Counted) -> String {
///     serde_json::to_string(counted).unwrap()
/// }
/// ```
///
/// But it is never read back:
///
/// ```compile_fail
/// fn read(text: &str) -> stapel_stacking::Counted {
///     serde_json::from_str(text).unwrap()
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    credential: CredentialRef,
    name: String,
    awarded: Day,
    worth: Credits,
    exemption: bool,
}

/// A credential or decision at hand that fills nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Unused {
    /// Which.
    pub credential: CredentialRef,
    /// The name of its achievement; of a decision, nothing.
    pub name: String,
    /// What it comes closest to: the id of a part, or of a requirement with free slots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
    /// Why it fills nothing.
    pub why: WhyUnused,
}

impl Counted {
    pub(crate) fn new(credential: CredentialRef, name: String, awarded: Day, worth: Credits, exemption: bool) -> Self {
        Self { credential, name, awarded, worth, exemption }
    }

    /// Which credential.
    pub fn credential(&self) -> &CredentialRef {
        &self.credential
    }

    /// The name of its achievement; of an exemption, nothing.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When it was awarded or decided.
    pub fn awarded(&self) -> Day {
        self.awarded
    }

    /// What it counts for: of a part, the part's worth, together with the others that fill it; of a free slot, its own.
    pub fn worth(&self) -> Credits {
        self.worth
    }

    /// Whether it is a decision of an examination board.
    pub fn is_exemption(&self) -> bool {
        self.exemption
    }
}

impl Progress {
    /// How good it is.
    pub fn score(&self) -> Score {
        Score {
            complete: self.complete,
            requirements_met: self.requirements_met,
            credits_counted: self.credits_counted,
            hours_counted: self.hours_counted,
            credentials_used: std::cmp::Reverse(self.credentials_used),
        }
    }
}

impl RequirementProgress {
    /// Asks nothing, and so is met.
    pub(crate) fn empty() -> Self {
        let (name, slots, of) = (Localised::default(), Vec::new(), Vec::new());
        Self { id: None, name, asks: Asks::All, state: State::Met, slots, of }
    }
}

impl AwardSummary {
    pub(crate) fn of(award: &Award) -> Self {
        Self {
            id: award.id.clone(),
            kind: award.kind,
            name: award.name.clone(),
            level: award.level,
            code: award.code.clone(),
        }
    }
}

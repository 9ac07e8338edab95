//! What do tower and bars show? The words and numbers of a progress, in one language, ready to be drawn.

use stapel_credential::{CreditUnit, Credits};

use crate::language::Language;

/// One progress as people see it. It says nothing about trust: that was settled before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The language of all its words.
    pub language: Language,
    /// The programme's name.
    pub programme: String,
    /// Its edition.
    pub edition: String,
    /// What about the programme is invented, when it is an example.
    pub illustrative: Option<String>,
    /// What it works toward.
    pub goal: Goal,
    /// Whether everything that the award asks was shown.
    pub complete: bool,
    /// What counts, in the programme's unit.
    pub counted: Credits,
    /// What is asked in all.
    pub needed: Credits,
    /// How many requirements are met.
    pub met: u32,
    /// How many requirements there are.
    pub asked: u32,
    /// The programme's unit.
    pub unit: CreditUnit,
    /// Groups of parts, the first at the bottom.
    pub floors: Vec<Floor>,
    /// What the programme lets count at most, and what counts of it, as sentences.
    pub limits: Vec<String>,
    /// Credentials that count for nothing here.
    pub unused: Vec<UnusedView>,
}

/// What a progress works toward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// An award.
    Award(AwardView),
    /// Nothing: the programme leads to no award, and nothing may suggest that it does.
    NoAward,
    /// An answer to a question about a part or a group.
    Answer,
}

/// The award at the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardView {
    /// Its name.
    pub name: String,
    /// Its kind and level, e.g. `mbo-diploma · NLQF 4`.
    pub kind: String,
}

/// A group of parts, such as a core task, or one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    /// Its name.
    pub name: String,
    /// What it asks, when that is not simply all of it: `kies 2 van 4`.
    pub asks: Option<String>,
    /// How much counts of it, and how much it asks.
    pub tally: Tally,
    /// Its parts, the first at the bottom left.
    pub blocks: Vec<Block>,
}

/// How much counts, of how much that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tally {
    /// In parts.
    Parts {
        /// Counted.
        have: usize,
        /// Asked.
        need: usize,
    },
    /// In credits.
    Credits {
        /// Counted.
        have: Credits,
        /// Asked.
        need: Credits,
    },
}

/// One part, or one credential in a free slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// What it is worth here.
    pub credits: Credits,
    /// How far it is.
    pub state: BlockState,
    /// What fills it, or why nothing may.
    pub note: Option<String>,
}

impl Block {
    /// What it is worth, in the programme's unit; empty for hours and held awards, which are worth no credits.
    pub(crate) fn worth(&self, view: &View) -> String {
        if self.credits == Credits::ZERO { String::new() } else { view.language.credits(self.credits, view.unit) }
    }
}

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockState {
    /// Shown.
    Filled,
    /// Shown in part: so many of so many.
    Partly {
        /// What there is.
        have: u32,
        /// What is asked.
        need: u32,
    },
    /// Not shown yet.
    Open,
    /// There is something, but it may not count; the note says why.
    Blocked,
    /// Not shown and not needed: the choice that it belongs to is made.
    Spare,
}

/// A credential that counts for nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedView {
    /// Its name.
    pub name: String,
    /// Why it does not count, as a sentence.
    pub why: String,
}

impl Tally {
    /// Whether as much counts as is asked.
    pub fn is_met(self) -> bool {
        match self {
            Self::Parts { have, need } => have >= need,
            Self::Credits { have, need } => have >= need,
        }
    }

    /// From 0 to 1.
    pub(crate) fn share(self) -> f64 {
        match self {
            Self::Parts { have, need } => {
                share(u32::try_from(have).unwrap_or(u32::MAX), u32::try_from(need).unwrap_or(u32::MAX))
            }
            Self::Credits { have, need } => share(have.hundredths(), need.hundredths()),
        }
    }
}

pub(crate) fn share(have: u32, need: u32) -> f64 {
    if need == 0 { 1.0 } else { (f64::from(have) / f64::from(need)).min(1.0) }
}

impl Goal {
    /// The award, if it is one.
    pub fn find_award(&self) -> Option<&AwardView> {
        match self {
            Self::Award(award) => Some(award),
            Self::NoAward | Self::Answer => None,
        }
    }
}

impl Floor {
    /// Its name, with what it asks when that is not simply all of it.
    pub(crate) fn title(&self) -> String {
        match &self.asks {
            Some(asks) => format!("{} · {asks}", self.name),
            None => self.name.clone(),
        }
    }
}

impl View {
    /// From 0 to 1; below 1 as long as anything is missing.
    pub(crate) fn share(&self) -> f64 {
        if self.complete { 1.0 } else { share(self.counted.hundredths(), self.needed.hundredths()).min(0.99) }
    }
}

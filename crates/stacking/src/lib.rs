//! What do verified credentials come to, toward an award? Find a plan, check a plan; pure, and never "awarded".
//!
//! * [`Rules::read`] says whether a programme's rules hold together, as its issuer asks before signing.
//! * [`find`] searches the best plan: what a wallet does.
//! * [`check`] recomputes a plan in one pass, without search, and trusts nothing in it: what everyone else does.
//! * [`recount`] recomputes an award from its award record, decades later.
//!
//! Both count by the same function, so `check(find(x).plan)` is `find(x).progress`. Best means, in this order: what is asked
//! is complete; leaf requirements met; credits counted, never more than are asked; hours at work; fewest credentials used. Among plans that
//! are equally good, one is chosen by the programme's order and by identity: the order in which credentials come has no effect.
//!
//! What counts was verified: [`stapel_verifier::Verified`] comes in, [`Counted`] comes out, and neither can be forged.
//!
//! The crate is large for one noun, since reading rules, judging fits, searching and counting must share one model.
//!
//! ```
//! use stapel_credential::{Question, Timestamp, ProgrammeCredential};
//! use stapel_stacking::{Budget, Found, Holdings, StackingError};
//! use stapel_verifier::{Trust, Verified};
//!
//! fn progress(
//!     programme: &Verified<ProgrammeCredential>, holdings: &Holdings<'_>, trust: &Trust, now: Timestamp,
//! ) -> Result<Found, StackingError> {
//!     stapel_stacking::find(programme, &Question::progress(None), holdings, trust, now, Budget::default())
//! }
//! ```
//!
//! A programme or credential that was not verified does not even compile:
//!
//! ```compile_fail
//! use stapel_credential::{Question, Timestamp, ProgrammeCredential};
//! use stapel_stacking::{Budget, Found, Holdings, StackingError};
//! use stapel_verifier::{Trust, Verified};
//!
//! fn progress(
//!     programme: &ProgrammeCredential, holdings: &Holdings<'_>, trust: &Trust, now: Timestamp,
//! ) -> Result<Found, StackingError> {
//!     stapel_stacking::find(programme, &Question::progress(None), holdings, trust, now, Budget::default())
//! }
//! ```

mod advice;
mod answer;
mod answered;
mod answers;
mod assignment;
mod award;
mod badge;
mod bound;
mod check;
mod count;
mod cover;
mod draft;
mod error;
mod excess;
mod exemption;
mod few;
mod filling;
mod find;
mod fit;
mod fits;
mod held;
mod index;
mod many;
mod matching;
mod measure;
mod model;
mod offer;
mod problem;
mod progress;
mod reach;
mod read_plan;
mod read_rules;
mod recounted;
mod relax;
mod rule_error;
mod rule_path;
mod rules;
mod search;
mod shelf;
mod shown;
mod state;
mod tree;
mod twins;
mod unused;
mod ways_on;
mod why;

pub use advice::{RuleAdvice, RuleDoubt};
pub use answered::{Answered, WhyNotSatisfied};
pub use answers::answers;
pub use award::{EndedLater, Recount, RecountError, recount};
pub use badge::Holdings;
pub use check::check;
pub use error::{PlanError, StackingError};
pub use find::{Budget, Found, Optimality, find};
pub use held::HeldRecord;
pub use many::{Nearness, PassedOver, WhatIf, nearest, what_if};
pub use offer::{OfferedBy, Offering};
pub use progress::{
    Asks, AwardSummary, Counted, Done, LimitProgress, PartProgress, Progress, RequirementProgress, Score, SlotProgress,
    State, Unused,
};
pub use recounted::{RecountAnswer, missing_for_record};
pub use rule_error::RuleError;
pub use rules::Rules;
pub use shown::{Answer, AnswerBody, ProgressAnswer, ShownError, Verdicts, verify_badge, verify_document};
pub use ways_on::{Step, WayOn, ways_on};
pub use why::WhyUnused;

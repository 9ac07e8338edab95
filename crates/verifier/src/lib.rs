//! Is this document genuine, valid, not revoked, and by somebody who may? One pipeline, no fetching, no clock.
//!
//! [`verify`] is a pure function of the document, a [`Dossier`] of what was fetched, a [`Policy`] and now. What it lacks it
//! names as [`Missing`]; the caller fetches, adds it to the dossier and asks again. So every verdict can be replayed from
//! one file: a [`Case`].

mod batch;
mod case;
mod check;
mod dossier;
mod kind;
mod pipeline;
mod policy;
mod presentation;
mod reason;
mod shelved;
mod status;
mod trust;
mod verdict;

pub use batch::verify_texts;
pub use case::{Case, CaseError, CaseVerdict};
pub use check::{Check, CheckKind, CheckResult, Findings, Missing};
pub use dossier::{Dossier, DossierError};
pub use kind::{DocumentKind, KindError};
pub use pipeline::{Claims, Verifiable, unreadable, verify, verify_text};
pub use policy::Policy;
pub use presentation::{Audience, PresentationVerdict, Presented, Shown, verify_for_award, verify_presentation};
pub use reason::Reason;
pub use trust::{NotVouched, Trust, Vouched};
pub use verdict::{Outcome, Verdict, Verified};

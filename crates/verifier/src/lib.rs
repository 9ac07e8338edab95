//! Is this document genuine, valid, not revoked, and by somebody who may? One pipeline, no fetching, no clock.
//!
//! [`verify`] is a pure function of the document, a [`Dossier`] of what was fetched, a [`Policy`] and now. What it lacks it
//! names as [`Missing`]; the caller fetches, adds it to the dossier and asks again. So every verdict can be replayed from
//! one file: a [`Case`].
//!
//! ```
//! use stapel_credential::AchievementCredential;
//! use stapel_verifier::{Case, Outcome, verify_text};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A badge, what was fetched for it, whom we trust, and when we look: here all of it from a file.
//! let case = Case::parse(include_str!("../../../fixtures/vectors/accepted/badge.json"))?;
//! let verdict =
//!     verify_text::<AchievementCredential>(&case.document_text(), &case.dossier, &case.policy, case.now);
//! assert_eq!(verdict.outcome(), Outcome::Accepted);
//! for check in verdict.findings().checks() {
//!     println!("{:?}: {}", check.kind, check.result.reason());
//! }
//! let badge = verdict.accepted().ok_or("not accepted")?;
//! println!("{}", badge.content().credential_subject.achievement.name);
//! # Ok(())
//! # }
//! ```
//!
//! Many at once: [`verify_texts`], and the example `folder_to_csv`.

mod batch;
mod case;
mod check;
mod dossier;
mod keys_at;
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
pub use policy::{Policy, SeenTrustList};
pub use presentation::{Audience, PresentationVerdict, Presented, Shown, verify_for_award, verify_presentation};
pub use reason::Reason;
pub use trust::{NotVouched, SucceededBy, Trust, UnusableList, Vouched};
pub use verdict::{Outcome, Verdict, Verified};

//! How does an institution issue badges? Record, approve, sign, revoke; no HTTP, no SQL, no clock.
//!
//! * [`Records`]: what needs no key. Achievements, completions (singly and from CSV), approval by a second role, one-time
//!   codes, revocation.
//! * [`Issuer`]: what needs the key. Badges in bulk and on claim, status lists, programmes, trust lists.
//! * [`AwardRequest`], [`AwardProposal`], [`SignedAward`]: from a progress presentation over the board to a diploma;
//!   [`ExemptionDraft`]: what the board decides by itself.
//! * [`Repository`]: what is asked of a store; each method is one durable transaction.
//! * [`Actor`], [`Role`], [`Permit`]: who may do what. Every change takes a line of the audit log, and only a permit makes one.
//!
//! Over 2,500 lines, because the rules of issuing (who may, in which stage, with which sentence when not) are all here, so that
//! every store and every service has the same ones.
//!
//! A completion goes through the stages of [`Stage`]; each step is a function that consumes the completion.

mod achievement;
mod api_key;
mod audit;
mod award;
mod award_error;
mod badge;
mod claim;
mod completion;
mod csv;
mod document;
mod envelope;
mod error;
mod examine;
mod exemption;
mod institution;
mod issued;
mod issuer;
mod new_completion;
mod publish;
mod record_csv;
mod records;
mod repository;
mod role;
mod secret;
mod sign_approved;
mod sign_award;
mod stage;
mod status;
mod text;
mod trust_csv;

pub use achievement::{
    AchievementCode, AchievementDraft, AchievementError, AchievementRecord, AchievementRef, Form, Validity,
};
pub use api_key::{ApiKey, create_api_key, end_api_key, find_actor};
pub use audit::AuditEntry;
pub use award::{Award, AwardApproval, AwardProposal, AwardRequest, ProposedAward, plan_digest};
pub use award_error::AwardError;
pub use claim::{Claim, NONCE_VALIDITY, OFFER_VALIDITY, OpenSession, SESSION_VALIDITY};
pub use completion::{
    Completion, CompletionFacts, CompletionId, CompletionIdError, FurtherFacts, LearnerRef, SchoolRef, SchoolRefError,
};
pub use csv::{CsvError, MAX_CSV_BYTES, MAX_CSV_ROWS, RowError};
pub use document::{DocumentIssuance, DocumentKind, IssuedDocument, SignDocument};
pub use error::{ClaimError, CompletionError, IssuerError, SignFailure, Step};
pub use exemption::{ExemptionDraft, ExemptionError, GivenEvidence, GrantedExemption, KeptSalt, MAX_EVIDENCE};
pub use institution::{Country, Institution, InstitutionError, InstitutionText};
pub use issued::{ClaimSession, IssuedCredential, PublishedProgramme, PublishedTrustList};
pub use issuer::Issuer;
pub use new_completion::NewCompletion;
pub use publish::{Catalogue, PublishError, TrustListDraft};
pub use record_csv::{CsvMode, CsvReport};
pub use records::{Approvals, OfferedCode, Recorded, Records, set_up};
pub use repository::{
    Added, CompletionFilter, Cursor, DatabaseInconsistency, Insertion, Issuance, IssueBatch, NonceUse, NotChanged,
    Page, Prepared, Redemption, Repository, RepositoryError, SignNow, Stored, Transition,
};
pub use role::{Action, Actor, ActorId, ActorIdError, NotPermitted, Permit, Role};
pub use secret::{Secret, SecretHash};
pub use sign_approved::{BATCH, SigningReport};
pub use sign_award::SignedAward;
pub use stage::{Approved, Decision, Ended, Issued, Offer, Stage, StageName, TransitionError};
pub use status::{
    OrderKey, STATUS_ENTRIES, STATUS_RENEWAL, STATUS_VALIDITY, StatusBits, StatusListId, StatusListIdError,
    StatusListRecord, StatusSnapshot,
};
pub use text::MAX_TEXT;

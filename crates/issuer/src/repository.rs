//! What does the issuing library ask of a store? Coarse questions and changes, each one durable transaction.
//!
//! A store keeps nothing in memory that another process could contradict: many services may share one database. Changes are
//! decided on the state found inside the transaction. A test story for any store is in `issuer-service/tests/store/story.rs`.

use std::time::Duration;

use stapel_credential::{Digest, StatusPurpose, Timestamp, Uri};

use crate::achievement::{AchievementCode, AchievementRecord, AchievementRef};
use crate::api_key::ApiKey;
use crate::audit::AuditEntry;
use crate::award::{Award, AwardApproval, AwardProposal};
use crate::completion::{Completion, CompletionId};
use crate::document::{DocumentIssuance, DocumentKind, IssuedDocument, SignDocument};
use crate::error::SignFailure;
use crate::institution::Institution;
use crate::issued::{ClaimSession, IssuedCredential, PublishedProgramme, PublishedTrustList};
use crate::role::ActorId;
use crate::secret::SecretHash;
use crate::stage::{Ended, StageName, TransitionError};
use crate::status::{StatusBits, StatusListId, StatusListRecord, StatusSnapshot};

/// Why the store did not answer. Whatever it says, nothing was changed by the call.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RepositoryError {
    /// Somebody else is writing.
    #[error("{}; nothing was changed, try again later", self.fact())]
    Busy {
        /// How long was waited.
        waited: Duration,
    },
    /// No room.
    #[error("{}; nothing was changed, make room and try again", self.fact())]
    Full,
    /// What is stored cannot be.
    #[error(transparent)]
    Inconsistent(#[from] DatabaseInconsistency),
    /// Anything else.
    #[error("{}; nothing was changed", self.fact())]
    Unavailable {
        /// What the database says.
        reason: String,
    },
}

impl RepositoryError {
    /// What happened, without what became of the call.
    pub(crate) fn fact(&self) -> String {
        match self {
            Self::Busy { waited } => {
                format!("another process has been writing to the database for {} s", waited.as_secs())
            }
            Self::Full => "the disk or the database is full".to_owned(),
            Self::Inconsistent(inconsistency) => inconsistency.to_string(),
            Self::Unavailable { reason } => format!("the database did not answer: {reason}"),
        }
    }
}

/// A row that no version of this program writes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the database contradicts itself: column {column} of row {row} in table {table} cannot be read or does not fit the rest of its row"
)]
pub struct DatabaseInconsistency {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The key of the row.
    pub row: String,
}

/// What a store answers.
pub type Stored<T> = Result<T, RepositoryError>;

/// Where in a listing to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cursor(pub i64);

/// A piece of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The items, in the order in which they were added.
    pub items: Vec<T>,
    /// Where to go on, when there may be more.
    pub next: Option<Cursor>,
}

/// Whether something was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was.
    Added,
    /// There is one under that name already; nothing was changed.
    Taken,
}

/// What became of one completion of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insertion {
    /// It was added.
    Inserted,
    /// The same learner, achievement and day of award is recorded already (and neither rejected nor revoked).
    Duplicate {
        /// Which it is.
        of: CompletionId,
    },
}

/// Which completions are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompletionFilter {
    /// At this stage.
    pub stage: Option<StageName>,
    /// Of this achievement.
    pub achievement: Option<AchievementCode>,
    /// With a DID (`true`) or with a school's reference (`false`).
    pub with_did: Option<bool>,
}

/// Why a completion was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotChanged {
    /// There is none.
    #[error("there is no completion {completion}")]
    Unknown {
        /// Its id.
        completion: CompletionId,
    },
    /// Its stage does not allow it.
    #[error(transparent)]
    Transition(#[from] TransitionError),
}

/// What is to become of a completion: a pure step from one stage to the next.
pub type Transition<'a> = dyn Fn(Completion) -> Result<Completion, TransitionError> + 'a;

/// What came of presenting a one-time code.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Redemption {
    /// The code was open; now it is spent, and the session is stored.
    Redeemed(Box<Completion>),
    /// There was never such a code.
    Unknown,
    /// It was used, or replaced by a newer one.
    Spent,
    /// It was not used in time.
    Expired {
        /// When it ended.
        at: Timestamp,
    },
}

/// Badges that were signed ahead, for places that were free when they were signed.
#[derive(Debug)]
pub struct Prepared {
    /// The status list.
    pub list: StatusListId,
    /// What the list's counter must still be.
    pub first: u32,
    /// One for each completion of the batch, in its order; places `first`, `first + 1`, … of the list's secret order.
    pub credentials: Vec<IssuedCredential>,
}

/// Completions that are to be signed together.
#[derive(Debug)]
pub struct IssueBatch<'a> {
    /// Which; each is left alone if it is no longer at stage `from`.
    pub completions: &'a [CompletionId],
    /// `Approved` or `Claimed`.
    pub from: StageName,
    /// On lists of which purpose.
    pub purpose: StatusPurpose,
    /// Badges that were signed ahead; used only when their places are still the next ones.
    pub prepared: Option<Prepared>,
}

/// Signs the completions of a batch for places `first`, `first + 1`, … of the list: called inside the transaction when
/// nothing was prepared, or when others took the places in between.
pub type SignNow<'a> = dyn Fn(&StatusListRecord, u32) -> Result<Vec<IssuedCredential>, SignFailure> + Sync + 'a;

/// What came of a batch.
#[derive(Debug)]
#[non_exhaustive]
pub enum Issuance {
    /// The badges are stored, the places taken, and the completions signed: all or none.
    Issued {
        /// Completions that were no longer at their stage, and got no badge.
        skipped: Vec<CompletionId>,
    },
    /// No list of that purpose has room for the batch; nothing was changed.
    NoRoom,
    /// Signing failed; nothing was changed.
    NotSigned(SignFailure),
}

/// Whether a nonce was good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NonceUse {
    /// It was, and now is not any more.
    Taken,
    /// It was used before, has expired, or was never given.
    Refused,
}

/// Where records, badges and keys are kept. Each method is one durable transaction; each change takes the line of the audit
/// log that goes with it. Every method answers [`RepositoryError`] when the store cannot.
#[expect(clippy::missing_errors_doc, reason = "every method fails in the same way, which is said above")]
pub trait Repository: Send + Sync {
    /// The institution, once it was set up.
    fn find_institution(&self) -> Stored<Option<Institution>>;
    /// Sets up or changes the institution.
    fn save_institution(&self, institution: &Institution, audit: &AuditEntry) -> Stored<()>;

    /// Adds a version. `Taken` when that version of that code exists.
    fn add_achievement(&self, record: &AchievementRecord, audit: &AuditEntry) -> Stored<Added>;
    /// The newest version.
    fn find_achievement(&self, code: &AchievementCode) -> Stored<Option<AchievementRecord>>;
    /// One version.
    fn find_achievement_version(&self, reference: &AchievementRef) -> Stored<Option<AchievementRecord>>;
    /// The newest version of the achievement with this `Achievement.id`.
    fn find_achievement_by_id(&self, id: &Uri) -> Stored<Option<AchievementRecord>>;
    /// The newest version of each, by code.
    fn achievements(&self) -> Stored<Vec<AchievementRecord>>;

    /// Adds an edition. `Taken` when that edition of that programme exists.
    fn add_programme(&self, programme: &PublishedProgramme, audit: &AuditEntry) -> Stored<Added>;
    /// One edition.
    fn find_programme(&self, programme: &Uri, edition: &str) -> Stored<Option<PublishedProgramme>>;
    /// The edition whose signed document has this id.
    fn find_programme_credential(&self, credential: &Uri) -> Stored<Option<PublishedProgramme>>;
    /// All editions, in the order in which they were published.
    fn programmes(&self) -> Stored<Vec<PublishedProgramme>>;

    /// Adds an edition. `Taken` when that sequence number of that list exists.
    fn add_trust_list(&self, list: &PublishedTrustList, audit: &AuditEntry) -> Stored<Added>;
    /// The edition with the highest sequence number.
    fn find_trust_list(&self, list: &Uri) -> Stored<Option<PublishedTrustList>>;

    /// Adds all that are not duplicates, also of each other, and says of each what became of it, in their order.
    fn add_completions(&self, completions: &[Completion], audit: &AuditEntry) -> Stored<Vec<Insertion>>;
    /// The completion of that id.
    fn find_completion(&self, id: CompletionId) -> Stored<Option<Completion>>;
    /// Completions in the order in which they were recorded, at most `limit` of them after `after`.
    fn completions(&self, filter: &CompletionFilter, after: Cursor, limit: usize) -> Stored<Page<Completion>>;
    /// Moves each to its next stage, or says why not; those that can are changed, also when others cannot.
    ///
    /// A code that is replaced or taken is spent. The step to or from `Revoked` sets or clears the badge's status bit, and
    /// the list's revision counts up.
    fn change_completions(
        &self,
        ids: &[CompletionId],
        transition: &Transition<'_>,
        audit: &AuditEntry,
    ) -> Stored<Vec<Result<Completion, NotChanged>>>;

    /// As [`Repository::change_completions`], for at most `limit` completions after `after` to which the filter applies;
    /// the line of the audit log gets their number.
    fn change_filtered(
        &self,
        filter: &CompletionFilter,
        after: Cursor,
        limit: usize,
        transition: &Transition<'_>,
        audit: &AuditEntry,
    ) -> Stored<Page<Result<Completion, NotChanged>>>;

    /// Spends the open offer with this code, moves its completion to `Claimed` and stores the session (whose `completion`
    /// the store fills in).
    fn redeem_offer(
        &self,
        code: SecretHash,
        token: SecretHash,
        session_expires: Timestamp,
        now: Timestamp,
        audit: &AuditEntry,
    ) -> Stored<Redemption>;
    /// The session with this access token; expired ones too.
    fn find_session(&self, token: SecretHash) -> Stored<Option<ClaimSession>>;
    /// Stores a single-use nonce, and forgets those that have expired.
    fn add_nonce(&self, nonce: SecretHash, expires: Timestamp, now: Timestamp) -> Stored<()>;
    /// Takes a nonce: the second time it is refused.
    fn take_nonce(&self, nonce: SecretHash, now: Timestamp) -> Stored<NonceUse>;

    /// Adds a status list.
    fn add_status_list(&self, list: &StatusListRecord) -> Stored<Added>;
    /// The status list of that id.
    fn find_status_list(&self, id: StatusListId) -> Stored<Option<StatusListRecord>>;
    /// The oldest list of that purpose that has room.
    fn find_open_status_list(&self, purpose: StatusPurpose) -> Stored<Option<StatusListRecord>>;
    /// All lists, in the order in which they were added.
    fn status_lists(&self) -> Stored<Vec<StatusListRecord>>;
    /// The list with its set bits, read at one moment.
    fn find_status_bits(&self, id: StatusListId) -> Stored<Option<StatusBits>>;
    /// The newest signed text of the list.
    fn find_status_snapshot(&self, id: StatusListId) -> Stored<Option<StatusSnapshot>>;
    /// Stores a signed text, unless a newer revision, or the same revision signed later, is stored.
    fn save_status_snapshot(&self, id: StatusListId, snapshot: &StatusSnapshot) -> Stored<()>;

    /// Stores badges, takes their places and moves their completions to `Signed`, all in one transaction.
    fn issue(&self, batch: IssueBatch<'_>, sign_now: &SignNow<'_>, audit: &AuditEntry) -> Stored<Issuance>;
    /// The badge of that id.
    fn find_credential(&self, id: &Uri) -> Stored<Option<IssuedCredential>>;
    /// The badge of that completion.
    fn find_credential_of(&self, completion: CompletionId) -> Stored<Option<IssuedCredential>>;
    /// How many badges were signed.
    fn count_credentials(&self) -> Stored<u64>;

    /// Signs a document for the next place of a list of that purpose and stores it, unless the same is stored: of exemptions
    /// one that has not ended, of diplomas any. All in one transaction.
    fn issue_document(
        &self,
        kind: DocumentKind,
        request: &Digest,
        purpose: StatusPurpose,
        sign: &SignDocument<'_>,
        audit: &AuditEntry,
    ) -> Stored<DocumentIssuance>;
    /// The exemption or diploma of that id.
    fn find_document(&self, id: &Uri) -> Stored<Option<IssuedDocument>>;
    /// The diploma of that plan, ended or not.
    fn find_diploma(&self, plan: &Digest) -> Stored<Option<IssuedDocument>>;
    /// All exemptions or all diplomas, in the order in which they were signed.
    fn documents(&self, kind: DocumentKind) -> Stored<Vec<IssuedDocument>>;
    /// Ends a document and sets its status bit, or with `None` the other way round; `false` when it was so already.
    fn end_document(&self, id: &Uri, ended: Option<&Ended>, audit: &AuditEntry) -> Stored<bool>;

    /// Adds a proposed award. `Taken` when that plan was proposed.
    fn add_award(&self, proposal: &AwardProposal, audit: &AuditEntry) -> Stored<Added>;
    /// The award of that plan.
    fn find_award(&self, plan: &Digest) -> Stored<Option<Award>>;
    /// All awards, in the order in which they were proposed.
    fn awards(&self) -> Stored<Vec<Award>>;
    /// Notes the approval of a plan; `false` when there is no such plan, or it was approved.
    fn approve_award(&self, plan: &Digest, approval: &AwardApproval, audit: &AuditEntry) -> Stored<bool>;

    /// Adds a key. `Taken` when the name is in use, also by a key that has ended.
    fn add_api_key(&self, key: &ApiKey, audit: &AuditEntry) -> Stored<Added>;
    /// The key with this token; ended ones too.
    fn find_api_key(&self, token: SecretHash) -> Stored<Option<ApiKey>>;
    /// All keys.
    fn api_keys(&self) -> Stored<Vec<ApiKey>>;
    /// Ends a key; `false` when there is none of that name that has not ended.
    fn end_api_key(&self, name: &ActorId, at: Timestamp, audit: &AuditEntry) -> Stored<bool>;

    /// The audit log from the beginning.
    fn audit_log(&self, after: Cursor, limit: usize) -> Stored<Page<AuditEntry>>;
}

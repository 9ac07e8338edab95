//! Which transaction answers which question of the repository? A table of contents: the SQL is in the files beside.

use rusqlite::params;
use stapel_credential::{Digest, StatusPurpose, Timestamp, Uri};
use stapel_issuer::{
    AchievementCode, AchievementRecord, AchievementRef, ActorId, Added, ApiKey, AuditEntry, Award, AwardApproval,
    AwardProposal, ClaimSession, Completion, CompletionFilter, CompletionId, Cursor, DocumentIssuance, DocumentKind,
    Ended, Insertion, Institution, Issuance, IssueBatch, IssuedCredential, IssuedDocument, NonceUse, NotChanged, Page,
    PublishedProgramme, PublishedTrustList, Redemption, Repository, SecretHash, SignDocument, SignNow, StatusBits,
    StatusListId, StatusListRecord, StatusSnapshot, Stored, Transition,
};

use super::{SqliteStore, audit, board, catalogue, completions, credentials, offers, status};

impl Repository for SqliteStore {
    fn find_institution(&self) -> Stored<Option<Institution>> {
        self.read(catalogue::find_institution)
    }

    fn save_institution(&self, institution: &Institution, audit: &AuditEntry) -> Stored<()> {
        self.write(|tx| catalogue::save_institution(tx, institution, audit))
    }

    fn add_achievement(&self, record: &AchievementRecord, audit: &AuditEntry) -> Stored<Added> {
        self.write(|tx| catalogue::add_achievement(tx, record, audit))
    }

    fn find_achievement(&self, code: &AchievementCode) -> Stored<Option<AchievementRecord>> {
        self.read(|tx| catalogue::find_achievement(tx, code))
    }

    fn find_achievement_version(&self, reference: &AchievementRef) -> Stored<Option<AchievementRecord>> {
        self.read(|tx| catalogue::find_version(tx, reference))
    }

    fn find_achievement_by_id(&self, id: &Uri) -> Stored<Option<AchievementRecord>> {
        self.read(|tx| catalogue::find_achievement_by_id(tx, id))
    }

    fn achievements(&self) -> Stored<Vec<AchievementRecord>> {
        self.read(catalogue::achievements)
    }

    fn add_programme(&self, programme: &PublishedProgramme, audit: &AuditEntry) -> Stored<Added> {
        self.write(|tx| catalogue::add_programme(tx, programme, audit))
    }

    fn find_programme(&self, programme: &Uri, edition: &str) -> Stored<Option<PublishedProgramme>> {
        self.read(|tx| catalogue::find_programme(tx, programme, edition))
    }

    fn find_programme_credential(&self, credential: &Uri) -> Stored<Option<PublishedProgramme>> {
        self.read(|tx| catalogue::find_programme_credential(tx, credential))
    }

    fn programmes(&self) -> Stored<Vec<PublishedProgramme>> {
        self.read(|tx| catalogue::programmes(tx, "", []))
    }

    fn add_trust_list(&self, list: &PublishedTrustList, audit: &AuditEntry) -> Stored<Added> {
        self.write(|tx| catalogue::add_trust_list(tx, list, audit))
    }

    fn find_trust_list(&self, list: &Uri) -> Stored<Option<PublishedTrustList>> {
        self.read(|tx| catalogue::find_trust_list(tx, list))
    }

    fn add_completions(&self, new: &[Completion], audit: &AuditEntry) -> Stored<Vec<Insertion>> {
        self.write(|tx| completions::add(tx, new, audit))
    }

    fn find_completion(&self, id: CompletionId) -> Stored<Option<Completion>> {
        self.read(|tx| completions::find(tx, id))
    }

    fn completions(&self, filter: &CompletionFilter, after: Cursor, limit: usize) -> Stored<Page<Completion>> {
        self.read(|tx| completions::list(tx, filter, after, limit))
    }

    fn change_completions(
        &self,
        ids: &[CompletionId],
        transition: &Transition<'_>,
        audit: &AuditEntry,
    ) -> Stored<Vec<Result<Completion, NotChanged>>> {
        self.write(|tx| completions::change(tx, ids, transition, audit))
    }

    fn change_filtered(
        &self,
        filter: &CompletionFilter,
        after: Cursor,
        limit: usize,
        transition: &Transition<'_>,
        audit: &AuditEntry,
    ) -> Stored<Page<Result<Completion, NotChanged>>> {
        self.write(|tx| completions::change_filtered(tx, filter, after, limit, transition, audit))
    }

    fn redeem_offer(
        &self,
        code: SecretHash,
        token: SecretHash,
        session_expires: Timestamp,
        now: Timestamp,
        audit: &AuditEntry,
    ) -> Stored<Redemption> {
        self.write(|tx| offers::redeem(tx, code, token, session_expires, now, audit))
    }

    fn find_session(&self, token: SecretHash) -> Stored<Option<ClaimSession>> {
        self.read(|tx| offers::find_session(tx, token))
    }

    fn add_nonce(&self, nonce: SecretHash, expires: Timestamp, now: Timestamp) -> Stored<()> {
        self.write(|tx| offers::add_nonce(tx, nonce, expires, now))
    }

    fn take_nonce(&self, nonce: SecretHash, now: Timestamp) -> Stored<NonceUse> {
        self.write(|tx| offers::take_nonce(tx, nonce, now))
    }

    fn add_status_list(&self, list: &StatusListRecord) -> Stored<Added> {
        self.write(|tx| status::add(tx, list))
    }

    fn find_status_list(&self, id: StatusListId) -> Stored<Option<StatusListRecord>> {
        self.read(|tx| status::find(tx, id))
    }

    fn find_open_status_list(&self, purpose: StatusPurpose) -> Stored<Option<StatusListRecord>> {
        self.read(|tx| status::find_open(tx, purpose, 1))
    }

    fn status_lists(&self) -> Stored<Vec<StatusListRecord>> {
        self.read(|tx| status::lists(tx, "true", []))
    }

    fn find_status_bits(&self, id: StatusListId) -> Stored<Option<StatusBits>> {
        self.read(|tx| status::find_bits(tx, id))
    }

    fn find_status_snapshot(&self, id: StatusListId) -> Stored<Option<StatusSnapshot>> {
        self.read(|tx| status::find_snapshot(tx, id))
    }

    fn save_status_snapshot(&self, id: StatusListId, snapshot: &StatusSnapshot) -> Stored<()> {
        self.write(|tx| status::save_snapshot(tx, id, snapshot))
    }

    fn issue(&self, batch: IssueBatch<'_>, sign_now: &SignNow<'_>, audit: &AuditEntry) -> Stored<Issuance> {
        let changed_nothing = |issuance: &Issuance| !matches!(issuance, Issuance::Issued { .. });
        self.write_unless(changed_nothing, |tx| credentials::issue(tx, batch, sign_now, audit))
    }

    fn find_credential(&self, id: &Uri) -> Stored<Option<IssuedCredential>> {
        self.read(|tx| credentials::find(tx, "k.id = ?1", params![id.as_str()]))
    }

    fn find_credential_of(&self, completion: CompletionId) -> Stored<Option<IssuedCredential>> {
        self.read(|tx| credentials::find(tx, "c.id = ?1", params![completion.to_string()]))
    }

    fn count_credentials(&self) -> Stored<u64> {
        self.read(catalogue::count_credentials)
    }

    fn issue_document(
        &self,
        kind: DocumentKind,
        request: &Digest,
        purpose: StatusPurpose,
        sign: &SignDocument<'_>,
        audit: &AuditEntry,
    ) -> Stored<DocumentIssuance> {
        let changed_nothing = |issuance: &DocumentIssuance| !matches!(issuance, DocumentIssuance::Issued(_));
        self.write_unless(changed_nothing, |tx| board::issue(tx, kind, request, purpose, sign, audit))
    }

    fn find_document(&self, id: &Uri) -> Stored<Option<IssuedDocument>> {
        self.read(|tx| board::find(tx, id))
    }

    fn find_diploma(&self, plan: &Digest) -> Stored<Option<IssuedDocument>> {
        self.read(|tx| board::find_diploma(tx, plan))
    }

    fn documents(&self, kind: DocumentKind) -> Stored<Vec<IssuedDocument>> {
        self.read(|tx| board::of_kind(tx, kind))
    }

    fn end_document(&self, id: &Uri, ended: Option<&Ended>, audit: &AuditEntry) -> Stored<bool> {
        self.write(|tx| board::end(tx, id, ended, audit))
    }

    fn add_award(&self, proposal: &AwardProposal, audit: &AuditEntry) -> Stored<Added> {
        self.write(|tx| board::add_award(tx, proposal, audit))
    }

    fn find_award(&self, plan: &Digest) -> Stored<Option<Award>> {
        self.read(|tx| Ok(board::awards(tx, "plan = ?1", params![plan.to_string()])?.pop()))
    }

    fn awards(&self) -> Stored<Vec<Award>> {
        self.read(|tx| board::awards(tx, "true", []))
    }

    fn approve_award(&self, plan: &Digest, approval: &AwardApproval, audit: &AuditEntry) -> Stored<bool> {
        self.write(|tx| board::approve(tx, plan, approval, audit))
    }

    fn add_api_key(&self, key: &ApiKey, audit: &AuditEntry) -> Stored<Added> {
        self.write(|tx| audit::add_key(tx, key, audit))
    }

    fn find_api_key(&self, token: SecretHash) -> Stored<Option<ApiKey>> {
        self.read(|tx| audit::find_key(tx, token))
    }

    fn api_keys(&self) -> Stored<Vec<ApiKey>> {
        self.read(audit::keys)
    }

    fn end_api_key(&self, name: &ActorId, at: Timestamp, audit: &AuditEntry) -> Stored<bool> {
        self.write(|tx| audit::end_key(tx, name, at, audit))
    }

    fn audit_log(&self, after: Cursor, limit: usize) -> Stored<Page<AuditEntry>> {
        self.read(|tx| audit::log(tx, after, limit))
    }
}

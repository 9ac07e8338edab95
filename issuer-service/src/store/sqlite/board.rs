//! Exemptions and diplomas with the places that they take, and awards from proposal to approval.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use stapel_credential::{Digest, StatusPurpose, Timestamp, Uri};
use stapel_issuer::{
    ActorId, Added, AuditEntry, Award, AwardApproval, AwardProposal, DocumentIssuance, DocumentKind, Ended,
    IssuedDocument, SignDocument, StatusListId,
};

use super::catalogue::{audited, to_json};
use super::fault::Answer;
use super::read::{Columns, word};
use super::{audit, status};

pub(crate) fn issue(
    tx: &Transaction<'_>,
    kind: DocumentKind,
    request: &Digest,
    purpose: StatusPurpose,
    sign: &SignDocument<'_>,
    entry: &AuditEntry,
) -> Answer<DocumentIssuance> {
    let same = match kind {
        DocumentKind::Exemption => "d.kind = 'exemption' AND d.ended_at IS NULL AND d.request = ?1",
        DocumentKind::Diploma => DIPLOMA,
    };
    if let Some(document) = documents(tx, same, params![request.to_string()])?.pop() {
        return Ok(DocumentIssuance::Already(Box::new(document)));
    }
    let Some(list) = status::find_open(tx, purpose, 1)? else { return Ok(DocumentIssuance::NoRoom) };
    let document = match sign(&list, list.next) {
        Ok(document) => document,
        Err(failure) => return Ok(DocumentIssuance::NotSigned(failure)),
    };
    insert(tx, &document)?;
    tx.execute("UPDATE status_lists SET next = next + 1 WHERE id = ?1", [list.id.to_string()])?;
    audit::add(tx, entry)?;
    Ok(DocumentIssuance::Issued(Box::new(document)))
}

const DIPLOMA: &str = "d.kind = 'diploma' AND d.request = ?1";

fn insert(tx: &Transaction<'_>, document: &IssuedDocument) -> Answer<()> {
    tx.execute(
        "INSERT INTO documents
         (id, kind, holder, request, reference, status_list, status_index, signed_by, signed_at, document, record)
         SELECT ?1, ?2, ?3, ?4, ?5, seq, ?7, ?8, ?9, ?10, ?11 FROM status_lists WHERE id = ?6",
        params![
            document.id.as_str(),
            document.kind.as_str(),
            document.holder.as_str(),
            document.request.to_string(),
            document.reference,
            document.status_list.to_string(),
            document.status_index,
            document.signed_by.as_str(),
            document.signed_at.unix_seconds(),
            document.text,
            document.record,
        ],
    )?;
    Ok(())
}

pub(crate) fn find(tx: &Transaction<'_>, id: &Uri) -> Answer<Option<IssuedDocument>> {
    Ok(documents(tx, "d.id = ?1", params![id.as_str()])?.pop())
}

pub(crate) fn find_diploma(tx: &Transaction<'_>, plan: &Digest) -> Answer<Option<IssuedDocument>> {
    Ok(documents(tx, DIPLOMA, params![plan.to_string()])?.pop())
}

pub(crate) fn of_kind(tx: &Transaction<'_>, kind: DocumentKind) -> Answer<Vec<IssuedDocument>> {
    documents(tx, "d.kind = ?1", params![kind.as_str()])
}

fn documents(tx: &Transaction<'_>, condition: &str, params: impl rusqlite::Params) -> Answer<Vec<IssuedDocument>> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT d.*, l.id AS list_id FROM documents AS d JOIN status_lists AS l ON l.seq = d.status_list
         WHERE {condition} ORDER BY d.seq"
    ))?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(document(row)?);
    }
    Ok(found)
}

fn document(row: &Row<'_>) -> Answer<IssuedDocument> {
    let columns = Columns::of("documents", "id", row)?;
    let ended = match columns.optional_instant("ended_at")? {
        None => None,
        Some(at) => {
            Some(Ended { by: columns.text("ended_by", ActorId::parse)?, at, reason: columns.raw("ended_reason")? })
        }
    };
    Ok(IssuedDocument {
        id: columns.text("id", Uri::parse)?,
        kind: columns.text("kind", word(DocumentKind::find))?,
        holder: columns.text("holder", Uri::parse)?,
        request: columns.text("request", Digest::parse)?,
        reference: columns.raw("reference")?,
        status_list: columns.text("list_id", StatusListId::parse)?,
        status_index: columns.raw("status_index")?,
        signed_by: columns.text("signed_by", ActorId::parse)?,
        signed_at: columns.instant("signed_at")?,
        text: columns.raw("document")?,
        record: columns.raw("record")?,
        ended,
    })
}

pub(crate) fn end(tx: &Transaction<'_>, id: &Uri, ended: Option<&Ended>, entry: &AuditEntry) -> Answer<bool> {
    let changed: Option<(i64, i64)> = tx
        .query_row(
            "UPDATE documents SET ended_by = ?2, ended_at = ?3, ended_reason = ?4
             WHERE id = ?1 AND (ended_at IS NULL) = (?3 IS NOT NULL) RETURNING status_list, status_index",
            params![
                id.as_str(),
                ended.map(|ended| ended.by.as_str()),
                ended.map(|ended| Timestamp::unix_seconds(ended.at)),
                ended.map(|ended| &ended.reason),
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((list, place)) = changed else { return Ok(false) };
    let bit = match ended {
        Some(_) => "INSERT INTO status_bits (list, place) VALUES (?1, ?2)",
        None => "DELETE FROM status_bits WHERE list = ?1 AND place = ?2",
    };
    tx.execute(bit, [list, place])?;
    tx.execute("UPDATE status_lists SET revision = revision + 1 WHERE seq = ?1", [list])?;
    audit::add(tx, entry)?;
    Ok(true)
}

pub(crate) fn add_award(tx: &Transaction<'_>, proposal: &AwardProposal, entry: &AuditEntry) -> Answer<Added> {
    let added = tx.execute(
        "INSERT INTO awards (plan, proposal) VALUES (?1, ?2) ON CONFLICT (plan) DO NOTHING",
        params![proposal.plan_digest.to_string(), to_json(proposal)],
    )?;
    audited(tx, added, entry)
}

pub(crate) fn awards(tx: &Transaction<'_>, condition: &str, params: impl rusqlite::Params) -> Answer<Vec<Award>> {
    let mut statement = tx.prepare_cached(&format!("SELECT * FROM awards WHERE {condition} ORDER BY seq"))?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let columns = Columns::of("awards", "plan", row)?;
        let approval = columns.optional_text("approval", |text| serde_json::from_str(text))?;
        found.push(Award { proposal: columns.json("proposal")?, approval });
    }
    Ok(found)
}

pub(crate) fn approve(
    tx: &Transaction<'_>,
    plan: &Digest,
    approval: &AwardApproval,
    entry: &AuditEntry,
) -> Answer<bool> {
    let approved = tx.execute(
        "UPDATE awards SET approval = ?2 WHERE plan = ?1 AND approval IS NULL",
        params![plan.to_string(), to_json(approval)],
    )?;
    Ok(audited(tx, approved, entry)? == Added::Added)
}

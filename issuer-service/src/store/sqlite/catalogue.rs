//! The institution, its achievements, programmes and trust lists.

use rusqlite::{Row, Transaction, named_params, params};
use stapel_credential::Uri;
use stapel_issuer::{
    AchievementCode, AchievementRecord, AchievementRef, Added, AuditEntry, Institution, PublishedProgramme,
    PublishedTrustList,
};

use super::audit;
use super::fault::Answer;
use super::read::{Columns, stored};

pub(crate) fn find_institution(tx: &Transaction<'_>) -> Answer<Option<Institution>> {
    let mut statement = tx.prepare_cached("SELECT 'institution' AS key, document FROM institution")?;
    let mut rows = statement.query([])?;
    rows.next()?.map(|row| Columns::of("institution", "key", row)?.json("document")).transpose()
}

pub(crate) fn save_institution(tx: &Transaction<'_>, institution: &Institution, entry: &AuditEntry) -> Answer<()> {
    tx.execute(
        "INSERT INTO institution (one, document, changed_at) VALUES (1, ?1, ?2)
         ON CONFLICT (one) DO UPDATE SET document = excluded.document, changed_at = excluded.changed_at",
        params![to_json(institution), entry.at.unix_seconds()],
    )?;
    audit::add(tx, entry)
}

pub(crate) fn add_achievement(tx: &Transaction<'_>, record: &AchievementRecord, entry: &AuditEntry) -> Answer<Added> {
    let added = tx.execute(
        "INSERT INTO achievements (code, version, achievement_id, document) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (code, version) DO NOTHING",
        params![
            record.reference.code.as_str(),
            record.reference.version,
            record.achievement.id.as_str(),
            to_json(record)
        ],
    )?;
    audited(tx, added, entry)
}

pub(crate) fn find_achievement(tx: &Transaction<'_>, code: &AchievementCode) -> Answer<Option<AchievementRecord>> {
    one_achievement(tx, "WHERE code = ?1 ORDER BY version DESC LIMIT 1", params![code.as_str()])
}

pub(crate) fn find_version(tx: &Transaction<'_>, reference: &AchievementRef) -> Answer<Option<AchievementRecord>> {
    one_achievement(tx, "WHERE code = ?1 AND version = ?2", params![reference.code.as_str(), reference.version])
}

pub(crate) fn find_achievement_by_id(tx: &Transaction<'_>, id: &Uri) -> Answer<Option<AchievementRecord>> {
    one_achievement(tx, "WHERE achievement_id = ?1 ORDER BY version DESC LIMIT 1", params![id.as_str()])
}

fn one_achievement(
    tx: &Transaction<'_>,
    which: &str,
    params: impl rusqlite::Params,
) -> Answer<Option<AchievementRecord>> {
    let mut statement = tx.prepare_cached(&format!("SELECT code, document FROM achievements {which}"))?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(achievement).transpose()
}

pub(crate) fn achievements(tx: &Transaction<'_>) -> Answer<Vec<AchievementRecord>> {
    let mut statement = tx.prepare_cached(
        "SELECT code, document FROM achievements AS a
         WHERE version = (SELECT max(version) FROM achievements WHERE code = a.code) ORDER BY code",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(achievement(row)?);
    }
    Ok(found)
}

fn achievement(row: &Row<'_>) -> Answer<AchievementRecord> {
    Columns::of("achievements", "code", row)?.json("document")
}

pub(crate) fn add_programme(tx: &Transaction<'_>, published: &PublishedProgramme, entry: &AuditEntry) -> Answer<Added> {
    let added = tx.execute(
        "INSERT INTO programmes (credential, programme, edition, published_at, document)
         VALUES (:credential, :programme, :edition, :published_at, :document)
         ON CONFLICT (programme, edition) DO NOTHING",
        named_params! {
            ":credential": published.credential.as_str(),
            ":programme": published.programme.as_str(),
            ":edition": published.edition,
            ":published_at": published.published.unix_seconds(),
            ":document": published.text,
        },
    )?;
    audited(tx, added, entry)
}

pub(crate) fn find_programme(
    tx: &Transaction<'_>,
    programme: &Uri,
    edition: &str,
) -> Answer<Option<PublishedProgramme>> {
    let found = programmes(tx, "WHERE programme = ?1 AND edition = ?2", params![programme.as_str(), edition])?;
    Ok(found.into_iter().next())
}

pub(crate) fn find_programme_credential(tx: &Transaction<'_>, id: &Uri) -> Answer<Option<PublishedProgramme>> {
    Ok(programmes(tx, "WHERE credential = ?1", params![id.as_str()])?.into_iter().next())
}

pub(crate) fn programmes(
    tx: &Transaction<'_>,
    which: &str,
    params: impl rusqlite::Params,
) -> Answer<Vec<PublishedProgramme>> {
    let mut statement = tx.prepare_cached(&format!("SELECT * FROM programmes {which} ORDER BY seq"))?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let columns = Columns::of("programmes", "credential", row)?;
        found.push(PublishedProgramme {
            credential: columns.text("credential", Uri::parse)?,
            programme: columns.text("programme", Uri::parse)?,
            edition: columns.raw("edition")?,
            published: columns.instant("published_at")?,
            text: columns.raw("document")?,
        });
    }
    Ok(found)
}

pub(crate) fn add_trust_list(tx: &Transaction<'_>, list: &PublishedTrustList, entry: &AuditEntry) -> Answer<Added> {
    let added = tx.execute(
        "INSERT INTO trust_lists (list, sequence, published_at, document) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (list, sequence) DO NOTHING",
        params![list.list.as_str(), stored(list.sequence), list.published.unix_seconds(), list.text],
    )?;
    audited(tx, added, entry)
}

pub(crate) fn find_trust_list(tx: &Transaction<'_>, list: &Uri) -> Answer<Option<PublishedTrustList>> {
    let mut statement =
        tx.prepare_cached("SELECT * FROM trust_lists WHERE list = ?1 ORDER BY sequence DESC LIMIT 1")?;
    let mut rows = statement.query([list.as_str()])?;
    rows.next()?
        .map(|row| {
            let columns = Columns::of("trust_lists", "list", row)?;
            Ok(PublishedTrustList {
                list: list.clone(),
                sequence: columns.count("sequence")?,
                published: columns.instant("published_at")?,
                text: columns.raw("document")?,
            })
        })
        .transpose()
}

/// Writes the line of the audit log, if something was added.
pub(crate) fn audited(tx: &Transaction<'_>, added: usize, entry: &AuditEntry) -> Answer<Added> {
    if added == 0 {
        return Ok(Added::Taken);
    }
    audit::add(tx, entry)?;
    Ok(Added::Added)
}

/// Our own types have no map with other keys than text and no value that refuses to be written.
#[expect(clippy::expect_used, reason = "derived Serialize into a String does not fail")]
pub(crate) fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("derived Serialize into a String does not fail")
}

/// The number of rows in `credentials`.
pub(crate) fn count_credentials(tx: &Transaction<'_>) -> Answer<u64> {
    let count: i64 = tx.query_row("SELECT count(*) FROM credentials", [], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

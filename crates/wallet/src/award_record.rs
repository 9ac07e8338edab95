//! Where does the holder keep what her diplomas were made of?

use serde::{Deserialize, Serialize};
use stapel_credential::{AchievementSubject, Digest, Timestamp};
use stapel_stacking::HeldRecord;
use stapel_verifier::{CheckKind, CheckResult, Findings, KindError, Reason};

use crate::error::WalletError;
use crate::incoming::IncomingError;
use crate::kept::{KeptBadge, Unreadable};
use crate::receive::{Kept, Received};
use crate::vault::{Change, Content, EntryId, Kind, Vault, VaultError};
use crate::wallet::Wallet;

const WORD: &str = "award record";

/// The record of an award that is kept beside its diploma. It is not signed: the diploma fixes it by its digest.
#[derive(Debug, Clone)]
pub struct KeptRecord {
    /// Its number in the list of records, from 1.
    pub number: usize,
    /// What it says.
    pub record: HeldRecord,
    /// When it was kept.
    pub received: Timestamp,
    pub(crate) text: String,
    id: EntryId,
}

/// How it stands in the vault.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    text: String,
    received: Timestamp,
}

impl KeptRecord {
    /// Its text, as it was received.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Wallet {
    /// The award records, oldest first.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn award_records(&self) -> Result<Vec<KeptRecord>, VaultError> {
        let readable =
            self.vault.load_all(Kind::AwardRecord)?.into_iter().filter_map(|(id, text)| read(id, &text).ok());
        Ok(readable.enumerate().map(|(index, kept)| KeptRecord { number: index + 1, ..kept }).collect())
    }

    /// The badge that fixes this digest, if it is kept.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn find_diploma(&self, record: Digest) -> Result<Option<KeptBadge>, VaultError> {
        let all = self.load_all::<AchievementSubject>()?;
        Ok(all.into_iter().find(|kept| {
            kept.peek_unverified().related_resource.iter().any(|resource| resource.digest_sri == Some(record))
        }))
    }

    /// Takes a record out of the wallet, for good.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn remove_award_record(&mut self, kept: &KeptRecord) -> Result<(), VaultError> {
        self.vault.apply(&[Change::Remove { id: kept.id }])?;
        Ok(())
    }

    /// Keeps a record beside the diploma that fixes it.
    pub(crate) fn receive_award_record(&mut self, text: &str, now: Timestamp) -> Result<Received, WalletError> {
        let record = HeldRecord::parse(text).map_err(|error| IncomingError::from(KindError::from(error)))?;
        let (holder, digest) = (&record.record().holder, record.digest());
        if *holder != self.id.to_uri() {
            return Err(WalletError::RecordOfAnother { subject: holder.clone(), holder: self.id.clone() });
        }
        let Some(diploma) = self.find_diploma(digest)? else {
            return Err(WalletError::RecordWithoutDiploma { record: record.record().id.clone(), digest });
        };
        let kept = if self.award_records()?.iter().any(|kept| kept.record.digest() == digest) {
            Kept::AlreadyThere
        } else {
            let stored = Stored { text: text.to_owned(), received: now };
            let content = Content::new(serde_json::json!(stored).to_string().into_bytes());
            self.vault.apply(&[Change::Insert { kind: Kind::AwardRecord, content }])?;
            Kept::New
        };
        let mut findings = Findings::default();
        let kind = record.record().kind.clone();
        findings.add(CheckKind::Structure, CheckResult::Pass(Reason::WellFormed { kind }));
        Ok(Received { credential: diploma.reference(), name: diploma.name(), findings, kept })
    }
}

/// Every record that cannot be read.
pub(crate) fn load_unreadable(vault: &Vault) -> Result<Vec<Unreadable>, VaultError> {
    Ok(vault.load_all(Kind::AwardRecord)?.into_iter().filter_map(|(id, text)| read(id, &text).err()).collect())
}

fn read(id: EntryId, content: &[u8]) -> Result<KeptRecord, Unreadable> {
    let unreadable = |text: &str, reason: String| Unreadable { what: WORD, reason, text: text.to_owned() };
    let stored: Stored = serde_json::from_slice(content)
        .map_err(|error| unreadable(&String::from_utf8_lossy(content), error.to_string()))?;
    let record = HeldRecord::parse(&stored.text).map_err(|error| unreadable(&stored.text, error.to_string()))?;
    Ok(KeptRecord { number: 0, record, received: stored.received, text: stored.text, id })
}

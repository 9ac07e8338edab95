//! Under which secrets is the data key wrapped?

use std::path::Path;

use rusqlite::{Connection, params};
use sha2::{Digest as _, Sha256};
use stapel_keys::{DataKey, KdfCost, Passphrase, RecoveryWords, UnwrapError, WrapError, WrappedKey};

use super::error::VaultError;

/// What a slot's key is bound to.
const PASSPHRASE_DATA: &[u8] = b"stapel vault passphrase v1";
const RECOVERY_DATA: &[u8] = b"stapel vault recovery words v1";

#[derive(Debug, Clone, Copy)]
pub(super) enum SlotName {
    Passphrase,
    Recovery,
}

impl SlotName {
    fn number(self) -> i64 {
        match self {
            Self::Passphrase => 1,
            Self::Recovery => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Passphrase => "the key slot of the passphrase",
            Self::Recovery => "the key slot of the recovery words",
        }
    }
}

/// Both slots, each with its text as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    passphrase: (WrappedKey, String),
    recovery: (WrappedKey, String),
}

impl Slots {
    pub(super) fn wrap(
        key: &DataKey,
        passphrase: &Passphrase,
        cost: KdfCost,
        words: &RecoveryWords,
    ) -> Result<Self, VaultError> {
        Ok(Self {
            passphrase: with_text(WrappedKey::wrap(key, passphrase, cost, PASSPHRASE_DATA))?,
            recovery: with_text(WrappedKey::wrap_with_recovery(key, words, RECOVERY_DATA))?,
        })
    }

    pub(super) fn with_passphrase(
        &self,
        key: &DataKey,
        passphrase: &Passphrase,
        cost: KdfCost,
    ) -> Result<Self, VaultError> {
        let passphrase = with_text(WrappedKey::wrap(key, passphrase, cost, PASSPHRASE_DATA))?;
        Ok(Self { passphrase, recovery: self.recovery.clone() })
    }

    pub(super) fn with_recovery(&self, key: &DataKey, words: &RecoveryWords) -> Result<Self, VaultError> {
        let recovery = with_text(WrappedKey::wrap_with_recovery(key, words, RECOVERY_DATA))?;
        Ok(Self { passphrase: self.passphrase.clone(), recovery })
    }

    pub(super) fn open(&self, passphrase: &Passphrase) -> Result<DataKey, UnwrapError> {
        self.passphrase.0.unwrap(passphrase, PASSPHRASE_DATA)
    }

    pub(super) fn open_with_recovery(&self, words: &RecoveryWords) -> Result<DataKey, UnwrapError> {
        self.recovery.0.unwrap_with_recovery(words, RECOVERY_DATA)
    }

    pub(super) fn insert(&self, connection: &Connection, path: &Path) -> Result<(), VaultError> {
        for name in [SlotName::Passphrase, SlotName::Recovery] {
            let text = self.text(name);
            connection
                .execute(
                    "INSERT INTO slot (id, wrapped, checksum) VALUES (?1, ?2, ?3)",
                    params![name.number(), text, checksum(text)],
                )
                .map_err(VaultError::sqlite(path, "created"))?;
        }
        Ok(())
    }

    pub(super) fn replace(&self, connection: &Connection, path: &Path, name: SlotName) -> Result<(), VaultError> {
        let text = self.text(name);
        connection
            .execute(
                "UPDATE slot SET wrapped = ?2, checksum = ?3 WHERE id = ?1",
                params![name.number(), text, checksum(text)],
            )
            .map_err(VaultError::sqlite(path, "changed"))?;
        Ok(())
    }

    pub(super) fn load(connection: &Connection, path: &Path) -> Result<Self, VaultError> {
        Ok(Self {
            passphrase: load_slot(connection, path, SlotName::Passphrase)?,
            recovery: load_slot(connection, path, SlotName::Recovery)?,
        })
    }

    /// What the seal over all entries holds of them.
    pub(super) fn write_to(&self, data: &mut Vec<u8>) {
        for name in [SlotName::Passphrase, SlotName::Recovery] {
            data.extend(checksum(self.text(name)));
        }
    }

    fn text(&self, name: SlotName) -> &str {
        match name {
            SlotName::Passphrase => &self.passphrase.1,
            SlotName::Recovery => &self.recovery.1,
        }
    }
}

fn with_text(wrapped: Result<WrappedKey, WrapError>) -> Result<(WrappedKey, String), VaultError> {
    let wrapped = wrapped?;
    let text = serde_json::json!(wrapped).to_string();
    Ok((wrapped, text))
}

fn checksum(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

fn load_slot(connection: &Connection, path: &Path, name: SlotName) -> Result<(WrappedKey, String), VaultError> {
    let (text, found): (String, Vec<u8>) = connection
        .query_row("SELECT wrapped, checksum FROM slot WHERE id = ?1", [name.number()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => VaultError::altered(path, format!("{} is missing", name.words())),
            other => VaultError::sqlite(path, "read")(other),
        })?;
    if found != checksum(&text) {
        return Err(VaultError::altered(path, format!("{} does not have the checksum beside it", name.words())));
    }
    let wrapped =
        serde_json::from_str(&text).map_err(|error| VaultError::altered(path, format!("{}: {error}", name.words())))?;
    Ok((wrapped, text))
}

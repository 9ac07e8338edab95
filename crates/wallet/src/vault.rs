//! How does everything that a holder keeps rest in one file that only she can read?
//!
//! The file is an SQLite database of three tables. What can be read in it without a key: the format's version, the two key
//! slots (Argon2id's cost and salts), and how many entries of which kind and length there are.
//!
//! * `slot`: the data key, wrapped under the passphrase (1) and under the recovery words (2), each with a checksum, so that
//!   damage is told from a wrong passphrase.
//! * `entry`: one thing kept, sealed under the data key; its associated data is its kind and id.
//! * `seal`: one row, sealed over nothing; its associated data is the slots and each entry's id, kind, nonce and tag. It is
//!   renewed with every change: an entry that was taken out, put back or exchanged for an older one breaks it.
//!
//! Every change is one transaction with a rollback journal (`synchronous=EXTRA`: the folder is synced too), so at rest there
//! is one file, and a process that is killed loses nothing that was said to be kept. Opening reads and checks everything.

mod entry;
mod error;
mod file;
mod header;
mod lock;
mod slot;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, params};
use stapel_keys::{DataKey, KdfCost, Passphrase, RecoveryWords, SigningKey};
use zeroize::Zeroizing;

pub use self::entry::{Change, Content, EntryId, Kind};
use self::entry::{Mark, entry_data};
pub use self::error::{HeldBy, VaultError};
use self::file::{FORMAT, OpenFile, Place};
use self::lock::{Lock, pause};
use self::slot::{SlotName, Slots};

const SEAL_DOMAIN: &[u8] = b"stapel vault seal v1\0";
const SIGNING_KEY: EntryId = EntryId(1);

/// An open vault. No other process has it open at the same time. `Debug` shows its path alone.
pub struct Vault {
    connection: Connection,
    path: PathBuf,
    key: DataKey,
    slots: Slots,
    marks: BTreeMap<EntryId, Mark>,
    // Last: it is let go when the connection is closed.
    _lock: Lock,
}

impl Vault {
    /// Makes a new vault with a new signing key inside, of file mode 0600, whole or not at all. Never overwrites anything.
    ///
    /// Gives the recovery words, to be shown once: with them, or with the passphrase, it opens.
    ///
    /// # Errors
    /// [`VaultError::Exists`]; [`VaultError`] for what the system refuses.
    pub fn create(path: &Path, passphrase: &Passphrase, cost: KdfCost) -> Result<(Self, RecoveryWords), VaultError> {
        let place = Place::for_new(path)?;
        let lock = Lock::take(&place.path, pause)?;
        let key = DataKey::generate()?;
        let words = RecoveryWords::generate()?;
        let signing_key = SigningKey::generate()?;
        let slots = Slots::wrap(&key, passphrase, cost, &words)?;
        place.write_new(|connection, path| {
            file::lay_out(connection, path)?;
            slots.insert(connection, path)?;
            let content = signing_key.seed();
            let (sealed, mark) = entry::seal(&key, SIGNING_KEY, Kind::SigningKey, content.as_slice())?;
            entry::insert(connection, path, SIGNING_KEY, Kind::SigningKey, &sealed)?;
            let seal = key.seal(&seal_data(&slots, &BTreeMap::from([(SIGNING_KEY, mark)])), &[])?;
            connection
                .execute("INSERT INTO seal (id, sealed) VALUES (1, ?1)", params![seal])
                .map_err(VaultError::sqlite(path, "created"))?;
            Ok(())
        })?;
        let vault = Self::unlock(OpenFile::open(&place.path, lock)?, |_, _| Ok(key))?;
        Ok((vault, words))
    }

    /// Opens with the passphrase, and checks everything inside. Waits five seconds for another process to close it.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn open(path: &Path, passphrase: &Passphrase) -> Result<Self, VaultError> {
        Self::unlock(OpenFile::take(path)?, |slots, path| slots.open(passphrase).map_err(VaultError::unwrap(path)))
    }

    /// Opens with the recovery words, otherwise as [`Vault::open`].
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn open_with_recovery(path: &Path, words: &RecoveryWords) -> Result<Self, VaultError> {
        Self::unlock(OpenFile::take(path)?, |slots, path| {
            slots.open_with_recovery(words).map_err(VaultError::unwrap(path))
        })
    }

    /// Opens with the key of an unlocked session ([`Vault::data_key`]), otherwise as [`Vault::open`].
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongDataKey`] if the key opens nothing in it.
    pub fn open_with_data_key(path: &Path, key: DataKey) -> Result<Self, VaultError> {
        Self::unlock(OpenFile::take(path)?, |_, _| Ok(key))
    }

    fn unlock(
        file: OpenFile,
        key: impl FnOnce(&Slots, &Path) -> Result<DataKey, VaultError>,
    ) -> Result<Self, VaultError> {
        let OpenFile { connection, path, lock } = file;
        let slots = Slots::load(&connection, &path)?;
        let key = key(&slots, &path)?;
        let marks = entry::check_all(&connection, &path, &key)?;
        let seal: Vec<u8> = connection
            .query_row("SELECT sealed FROM seal WHERE id = 1", [], |row| row.get(0))
            .map_err(VaultError::sqlite(&path, "read"))?;
        key.open(&seal_data(&slots, &marks), &seal)
            .map_err(VaultError::unopened(&path, "the seal over all entries"))?;
        Ok(Self { connection, path, key, slots, marks, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The key under which everything is sealed. **Dangerous**: for the cache of an unlocked session alone.
    pub fn data_key(&self) -> DataKey {
        DataKey::from_bytes(&self.key.to_bytes())
    }

    /// The holder's signing key.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn signing_key(&self) -> Result<SigningKey, VaultError> {
        let content = self.load(SIGNING_KEY)?;
        let seed = Zeroizing::new(
            content
                .as_slice()
                .try_into()
                .map_err(|_| VaultError::altered(&self.path, "the signing key has another length"))?,
        );
        Ok(SigningKey::from_seed(*seed))
    }

    /// How many entries of that kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.marks.values().filter(|mark| mark.kind == kind).count()
    }

    /// The ids of all entries of that kind, oldest first.
    pub fn ids(&self, kind: Kind) -> Vec<EntryId> {
        self.marks.iter().filter(|(_, mark)| mark.kind == kind).map(|(id, _)| *id).collect()
    }

    /// All entries of that kind, oldest first.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn load_all(&self, kind: Kind) -> Result<Vec<(EntryId, Content)>, VaultError> {
        self.ids(kind).into_iter().map(|id| Ok((id, self.load(id)?))).collect()
    }

    /// What an entry holds.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn load(&self, id: EntryId) -> Result<Content, VaultError> {
        let mark = self.marks.get(&id).ok_or_else(|| self.no_entry(id))?;
        let sealed: Vec<u8> = self
            .connection
            .query_row("SELECT sealed FROM entry WHERE id = ?1", [id.0], |row| row.get(0))
            .map_err(VaultError::sqlite(&self.path, "read"))?;
        self.key
            .open(&entry_data(id, mark.kind), &sealed)
            .map_err(VaultError::unopened(&self.path, &format!("entry {}", id.0)))
    }

    /// Makes all changes or none, durably. Gives the ids of what was inserted, in order.
    ///
    /// # Errors
    /// [`VaultError`]; nothing was changed then.
    pub fn apply(&mut self, changes: &[Change]) -> Result<Vec<EntryId>, VaultError> {
        let missing = |id: EntryId| VaultError::NoEntry { path: self.path.clone(), id: id.0 };
        let mut marks = self.marks.clone();
        let mut inserted = Vec::new();
        let path = self.path.as_path();
        let transaction = self.connection.transaction().map_err(VaultError::sqlite(path, "changed"))?;
        for change in changes {
            match change {
                Change::Insert { kind, content } => {
                    let id = EntryId(marks.last_key_value().map_or(1, |(last, _)| last.0 + 1));
                    let (sealed, mark) = entry::seal(&self.key, id, *kind, content)?;
                    entry::insert(&transaction, path, id, *kind, &sealed)?;
                    marks.insert(id, mark);
                    inserted.push(id);
                }
                Change::Replace { id, content } => {
                    let kind = marks.get(id).ok_or_else(|| missing(*id))?.kind;
                    let (sealed, mark) = entry::seal(&self.key, *id, kind, content)?;
                    entry::replace(&transaction, path, *id, &sealed)?;
                    marks.insert(*id, mark);
                }
                Change::Remove { id } => {
                    marks.remove(id).ok_or_else(|| missing(*id))?;
                    entry::remove(&transaction, path, *id)?;
                }
            }
        }
        renew_seal(&transaction, path, &self.key, &self.slots, &marks)?;
        transaction.commit().map_err(VaultError::sqlite(path, "changed"))?;
        self.marks = marks;
        Ok(inserted)
    }

    /// Puts another passphrase in the place of the old one. The recovery words stay as they are.
    ///
    /// # Errors
    /// [`VaultError`]; the old passphrase still holds then.
    pub fn change_passphrase(&mut self, passphrase: &Passphrase, cost: KdfCost) -> Result<(), VaultError> {
        let slots = self.slots.with_passphrase(&self.key, passphrase, cost)?;
        self.replace_slot(slots, SlotName::Passphrase)
    }

    /// Draws new recovery words; the old ones no longer open this file.
    ///
    /// # Errors
    /// [`VaultError`]; the old words still hold then.
    pub fn renew_recovery_words(&mut self) -> Result<RecoveryWords, VaultError> {
        let words = RecoveryWords::generate()?;
        let slots = self.slots.with_recovery(&self.key, &words)?;
        self.replace_slot(slots, SlotName::Recovery)?;
        Ok(words)
    }

    fn replace_slot(&mut self, slots: Slots, name: SlotName) -> Result<(), VaultError> {
        let path = self.path.as_path();
        let transaction = self.connection.transaction().map_err(VaultError::sqlite(path, "changed"))?;
        slots.replace(&transaction, path, name)?;
        renew_seal(&transaction, path, &self.key, &slots, &self.marks)?;
        transaction.commit().map_err(VaultError::sqlite(path, "changed"))?;
        self.slots = slots;
        Ok(())
    }

    fn no_entry(&self, id: EntryId) -> VaultError {
        VaultError::NoEntry { path: self.path.clone(), id: id.0 }
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("path", &self.path).finish_non_exhaustive()
    }
}

fn renew_seal(
    transaction: &Transaction<'_>,
    path: &Path,
    key: &DataKey,
    slots: &Slots,
    marks: &BTreeMap<EntryId, Mark>,
) -> Result<(), VaultError> {
    let seal = key.seal(&seal_data(slots, marks), &[])?;
    transaction
        .execute("UPDATE seal SET sealed = ?1 WHERE id = 1", params![seal])
        .map_err(VaultError::sqlite(path, "changed"))?;
    Ok(())
}

fn seal_data(slots: &Slots, marks: &BTreeMap<EntryId, Mark>) -> Vec<u8> {
    let mut data = SEAL_DOMAIN.to_vec();
    data.extend(FORMAT.to_le_bytes());
    slots.write_to(&mut data);
    for (id, mark) in marks {
        mark.write_to(*id, &mut data);
    }
    data
}

#[cfg(test)]
mod tests;

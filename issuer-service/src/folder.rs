//! What is in the data folder, and how is it opened? `issuer.sqlite`, `key.json`, and perhaps `config.toml`.

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stapel_credential::Timestamp;
use stapel_issuer::{Institution, Repository};
use stapel_keys::{KeyFile, SigningKey};

use crate::failure::Failure;
use crate::passphrase::{self, PassphraseSource};
use crate::store::sqlite::{Migrated, SqliteStore};
use crate::words::Language;

/// For tests only: the number of pages beyond which the database is full.
const TEST_PAGES: &str = "STAPEL_TEST_PAGES";

/// The data folder of one institution.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder that `--data` or `STAPEL_ISSUER_DATA` names.
    pub(crate) fn named(path: Option<PathBuf>) -> Result<Self, Failure> {
        path.filter(|path| !path.as_os_str().is_empty()).map(Self).ok_or(Failure::NoFolder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn store_path(&self) -> PathBuf {
        self.0.join("issuer.sqlite")
    }

    pub(crate) fn key_path(&self) -> PathBuf {
        self.0.join("key.json")
    }

    /// Where badge pages that learners asked for are noted.
    pub(crate) fn seen_trust_lists_path(&self) -> PathBuf {
        self.0.join("seen-trust-lists.json")
    }

    pub(crate) fn badge_pages_path(&self) -> PathBuf {
        self.0.join("badge-pages")
    }

    pub(crate) fn config_path(&self) -> PathBuf {
        self.0.join("config.toml")
    }

    /// Makes the folder, closed to other users, unless it stands already.
    pub(crate) fn create(&self) -> Result<(), Failure> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder.create(&self.0).map_err(|source| Failure::Write { path: self.0.clone(), source })?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&self.0, fs::Permissions::from_mode(0o700))
                .map_err(|source| Failure::Write { path: self.0.clone(), source })?;
        }
        Ok(())
    }

    /// Opens the store, which must stand already.
    pub(crate) fn open_store(&self) -> Result<Arc<dyn Repository>, Failure> {
        if !self.store_path().is_file() {
            return Err(Failure::NotSetUp { folder: self.0.clone() });
        }
        let store = SqliteStore::open(&self.store_path())?;
        if let Some(pages) = std::env::var(TEST_PAGES).ok().and_then(|text| text.parse().ok()) {
            store.limit_pages(pages)?;
        }
        Ok(Arc::new(store))
    }

    /// Makes the store, or brings it to this program's version.
    pub(crate) fn migrate_store(&self, now: Timestamp) -> Result<Migrated, Failure> {
        Ok(SqliteStore::migrate(&self.store_path(), now)?)
    }

    /// The institution that was set up here.
    pub(crate) fn institution(&self, repository: &dyn Repository) -> Result<Institution, Failure> {
        repository.find_institution()?.ok_or_else(|| Failure::NotSetUp { folder: self.0.clone() })
    }

    /// Opens the signing key with the passphrase.
    pub(crate) fn open_key(&self, source: &PassphraseSource, language: Language) -> Result<SigningKey, Failure> {
        let file = KeyFile::load(&self.key_path())?;
        let passphrase = passphrase::ask(source, language)?;
        file.open(&passphrase).map_err(|source| Failure::Key { path: self.key_path(), source })
    }
}

//! What does every command begin with: which wallet, in which language, at what time?

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use stapel_credential::Timestamp;
use stapel_report::Language;
use stapel_wallet::{KeptBadge, VaultError, Wallet, WalletError};

use crate::cli::Everywhere;
use crate::error::Failure;
use crate::network::Network;
use crate::{clock, keyring, passphrase};

/// One run of the command.
#[derive(Debug)]
pub(crate) struct Session {
    /// The language of everything said.
    pub(crate) language: Language,
    /// When it runs.
    pub(crate) now: Timestamp,
    /// Whether the result is printed as JSON.
    pub(crate) json: bool,
    /// How anything is fetched.
    pub(crate) network: Network,
    /// The file with the passphrase, if one was named.
    pub(crate) passphrase_file: Option<PathBuf>,
    wallet: Option<PathBuf>,
}

impl Session {
    pub(crate) fn new(everywhere: &Everywhere, language: Language) -> Result<Self, Failure> {
        Ok(Self {
            language,
            now: clock::now()?,
            json: everywhere.json,
            network: Network::new(everywhere.offline, everywhere.dev_loopback.clone(), language),
            passphrase_file: everywhere.passphrase_file.clone(),
            wallet: everywhere.wallet.clone(),
        })
    }

    /// Where the wallet is, or comes to be.
    pub(crate) fn path(&self) -> Result<PathBuf, Failure> {
        match &self.wallet {
            Some(path) => Ok(path.clone()),
            None => Ok(Self::default_folder()?.join("wallet.stapel")),
        }
    }

    /// The folder that is made if need be; one that was named must be there.
    pub(crate) fn folder_to_make(&self) -> Result<Option<PathBuf>, Failure> {
        if self.wallet.is_some() { Ok(None) } else { Self::default_folder().map(Some) }
    }

    fn default_folder() -> Result<PathBuf, Failure> {
        etcetera::choose_base_strategy().map(|base| base.data_dir().join("stapel")).map_err(|_| Failure::NoHome)
    }

    /// Where the wallet is, for sure.
    pub(crate) fn existing(&self) -> Result<PathBuf, Failure> {
        let path = self.path()?;
        // Said before a passphrase is asked for nothing.
        if path.exists() { Ok(path) } else { Err(WalletError::from(VaultError::NoWallet { path }).into()) }
    }

    /// Opens the wallet: with the passphrase file that was named, else with the key of an unlocked session, else by asking.
    pub(crate) fn open(&self) -> Result<Wallet, Failure> {
        let path = self.existing()?;
        if self.passphrase_file.is_none()
            && let Some(wallet) = Self::open_unlocked(&path)?
        {
            return Ok(wallet);
        }
        let passphrase = passphrase::ask(self.passphrase_file.as_deref(), self.language)?;
        Ok(Wallet::open(&path, &passphrase)?)
    }

    /// Fetches what is missing for a verdict on these badges.
    pub(crate) fn supply_badges(&self, wallet: &mut Wallet, badges: &[KeptBadge]) {
        let missing =
            |wallet: &Wallet| badges.iter().flat_map(|kept| wallet.missing_for(kept.signed.text(), self.now)).collect();
        self.network.supply(wallet, missing, self.now);
    }

    fn open_unlocked(path: &Path) -> Result<Option<Wallet>, Failure> {
        let Some(key) = keyring::find(path) else { return Ok(None) };
        match Wallet::open_with_data_key(path, key) {
            // Another wallet took the place of the one that was unlocked.
            Err(WalletError::Vault(VaultError::WrongDataKey { .. })) => {
                keyring::forget(path);
                Ok(None)
            }
            other => Ok(Some(other?)),
        }
    }
}

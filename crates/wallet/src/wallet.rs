//! Whose wallet is this, how is it opened, and what does it need before it can judge?

use std::collections::BTreeSet;
use std::path::Path;

use stapel_credential::{
    AchievementSubject, Did, ExemptionSubject, ProgrammeSubject, Timestamp, TrustListSubject, VerifiableCredential,
};
use stapel_did::{did_key, did_key_verification_method};
use stapel_keys::{DataKey, KdfCost, Passphrase, RecoveryWords, SigningKey};
use stapel_proof::Signed;
use stapel_stacking::Verdicts;
use stapel_verifier::{Audience, Dossier, Missing, Policy, Verdict, verify};

use crate::award_record;
use crate::catalogue;
use crate::error::WalletError;
use crate::kept::{self, Keepsake, KeptDocument, Unreadable};
use crate::shelf::{ROUNDS, Shelf, Used};
use crate::trust::load_policy;
use crate::vault::{Vault, VaultError};
use crate::verify::verify_document;

/// An open wallet: a vault, its holder's key, and what was fetched so far. `Debug` shows its DID and path alone.
pub struct Wallet {
    pub(crate) vault: Vault,
    pub(crate) key: SigningKey,
    pub(crate) id: Did,
    pub(crate) shelf: Shelf,
    pub(crate) policy: Policy,
}

impl Wallet {
    /// Makes a new wallet with a new `did:key` of its own. The recovery words are to be shown once.
    ///
    /// # Errors
    /// [`VaultError`], as [`Vault::create`].
    pub fn create(path: &Path, passphrase: &Passphrase, cost: KdfCost) -> Result<(Self, RecoveryWords), WalletError> {
        let (vault, words) = Vault::create(path, passphrase, cost)?;
        Ok((Self::of(vault)?, words))
    }

    /// Opens with the passphrase.
    ///
    /// # Errors
    /// [`VaultError`], as [`Vault::open`].
    pub fn open(path: &Path, passphrase: &Passphrase) -> Result<Self, WalletError> {
        Self::of(Vault::open(path, passphrase)?)
    }

    /// Opens with the recovery words; [`Wallet::change_passphrase`] is what comes next.
    ///
    /// # Errors
    /// [`VaultError`], as [`Vault::open_with_recovery`].
    pub fn open_with_recovery(path: &Path, words: &RecoveryWords) -> Result<Self, WalletError> {
        Self::of(Vault::open_with_recovery(path, words)?)
    }

    /// Opens with the key of an unlocked session ([`Wallet::data_key`]).
    ///
    /// # Errors
    /// [`VaultError`], as [`Vault::open_with_data_key`].
    pub fn open_with_data_key(path: &Path, key: DataKey) -> Result<Self, WalletError> {
        Self::of(Vault::open_with_data_key(path, key)?)
    }

    fn of(vault: Vault) -> Result<Self, WalletError> {
        let key = vault.signing_key()?;
        let id = did_key(&key.verifying_key());
        let mut shelf = Shelf::load(&vault)?;
        let policy = load_policy(&vault)?;
        for list in kept::load_all::<TrustListSubject>(&vault)? {
            shelf.dossier.add_trust_list(list.signed.text())?;
        }
        Ok(Self { vault, key, id, shelf, policy })
    }

    /// The holder's DID: what an issuer writes into a badge.
    pub fn id(&self) -> &Did {
        &self.id
    }

    /// Where the vault is.
    pub fn path(&self) -> &Path {
        self.vault.path()
    }

    /// The key that opens the vault. **Dangerous**: for the cache of an unlocked session alone.
    pub fn data_key(&self) -> DataKey {
        self.vault.data_key()
    }

    /// Puts another passphrase in the place of the old one.
    ///
    /// # Errors
    /// [`VaultError`]; the old passphrase still holds then.
    pub fn change_passphrase(&mut self, passphrase: &Passphrase, cost: KdfCost) -> Result<(), VaultError> {
        self.vault.change_passphrase(passphrase, cost)
    }

    /// Draws new recovery words; the old ones no longer open the vault.
    ///
    /// # Errors
    /// [`VaultError`]; the old words still hold then.
    pub fn renew_recovery_words(&mut self) -> Result<RecoveryWords, VaultError> {
        self.vault.renew_recovery_words()
    }

    /// What was fetched so far, and the trust lists.
    pub fn dossier(&self) -> &Dossier {
        &self.shelf.dossier
    }

    /// What has to be fetched for a verdict on this text: what is not here, and keys that are not from today. A text that
    /// cannot be read needs nothing.
    pub fn missing_for(&self, text: &str, now: Timestamp) -> Vec<Missing> {
        let policy = self.policy_with_anchors_pinned();
        let Ok(answer) = verify_document(text, self.dossier(), &policy, &Audience::default(), now) else {
            return Vec::new();
        };
        let mut missing: BTreeSet<Missing> = answer.missing().into_iter().collect();
        missing.extend(answer.issuers().iter().filter_map(|issuer| self.shelf.find_stale(issuer, now)));
        missing.extend(match &answer.verdicts {
            Verdicts::Badge(_) => self.find_stale_list_of::<AchievementSubject>(text, now),
            Verdicts::Decision(_) => self.find_stale_list_of::<ExemptionSubject>(text, now),
            _ => None,
        });
        missing.into_iter().collect()
    }

    /// Also of one that is refused: a suspension may have ended.
    fn find_stale_list_of<S: Keepsake>(&self, text: &str, now: Timestamp) -> Option<Missing> {
        let signed = Signed::<VerifiableCredential<S>>::parse(text).ok()?;
        self.shelf.find_stale_list(signed.peek_unverified(), now)
    }

    /// What has to be fetched for a verdict on everything kept.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn missing(&self, now: Timestamp) -> Result<Vec<Missing>, WalletError> {
        let mut missing = BTreeSet::new();
        self.collect_missing::<AchievementSubject>(now, &mut missing)?;
        self.collect_missing::<ExemptionSubject>(now, &mut missing)?;
        self.collect_missing::<ProgrammeSubject>(now, &mut missing)?;
        self.collect_missing::<TrustListSubject>(now, &mut missing)?;
        Ok(missing.into_iter().collect())
    }

    fn collect_missing<S: Keepsake>(&self, now: Timestamp, missing: &mut BTreeSet<Missing>) -> Result<(), WalletError> {
        for kept in self.load_all::<S>()? {
            missing.extend(self.judge(&kept.signed, now).findings().missing().iter().cloned());
            let issuer = kept.peek_unverified().issuer_did();
            missing.extend(issuer.and_then(|issuer| self.shelf.find_stale(&issuer, now)));
            missing.extend(self.shelf.find_stale_list(kept.peek_unverified(), now));
        }
        Ok(())
    }

    /// Takes what was fetched.
    ///
    /// # Errors
    /// [`WalletError::Fetched`] if it is not what was wanted; [`WalletError::OlderStatusList`].
    pub fn add_fetched(&mut self, missing: &Missing, text: &str, now: Timestamp) -> Result<(), WalletError> {
        self.shelf.add(missing, text, now)
    }

    /// Asks what is missing, has it fetched, and asks again, at most [`ROUNDS`] times and for each thing once. `fetch` gives
    /// `None` for what could not be had. Gives what was fetched and not taken, and why.
    pub fn supply(
        &mut self,
        ask: impl Fn(&Self) -> Vec<Missing>,
        mut fetch: impl FnMut(&Missing) -> Option<String>,
        now: Timestamp,
    ) -> Vec<(Missing, WalletError)> {
        let mut asked = BTreeSet::new();
        let mut refused = Vec::new();
        for _ in 0..ROUNDS {
            let open: Vec<Missing> = ask(self).into_iter().filter(|missing| asked.insert(missing.clone())).collect();
            if open.is_empty() {
                break;
            }
            for missing in open {
                if let Some(text) = fetch(&missing)
                    && let Err(error) = self.add_fetched(&missing, &text, now)
                {
                    refused.push((missing, error));
                }
            }
        }
        refused
    }

    /// What is kept whole and cannot be read by this version of the program.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn unreadable(&self) -> Result<Vec<Unreadable>, VaultError> {
        let mut unreadable = kept::load_unreadable::<AchievementSubject>(&self.vault)?;
        unreadable.extend(kept::load_unreadable::<ExemptionSubject>(&self.vault)?);
        unreadable.extend(kept::load_unreadable::<ProgrammeSubject>(&self.vault)?);
        unreadable.extend(kept::load_unreadable::<TrustListSubject>(&self.vault)?);
        unreadable.extend(award_record::load_unreadable(&self.vault)?);
        unreadable.extend(catalogue::load_unreadable(&self.vault)?);
        Ok(unreadable)
    }

    pub(crate) fn load_all<S: Keepsake>(&self) -> Result<Vec<KeptDocument<S>>, VaultError> {
        kept::load_all(&self.vault)
    }

    pub(crate) fn judge<S: Keepsake>(
        &self,
        signed: &Signed<VerifiableCredential<S>>,
        now: Timestamp,
    ) -> Verdict<VerifiableCredential<S>> {
        let pinned;
        let policy = if S::KIND == crate::vault::Kind::TrustList {
            pinned = self.policy_with_anchors_pinned();
            &pinned
        } else {
            &self.policy
        };
        verify(signed, &self.shelf.dossier, policy, now)
    }

    /// Keeps what these verdicts rested on, for the day without a network.
    pub(crate) fn remember(&mut self, used: &Used) -> Result<(), VaultError> {
        self.shelf.save(&mut self.vault, used)
    }

    pub(crate) fn verification_method(&self) -> stapel_credential::DidUrl {
        did_key_verification_method(&self.key.verifying_key())
    }
}

impl std::fmt::Debug for Wallet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wallet").field("id", &self.id).field("path", &self.path()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use stapel_verifier::Outcome;

    use super::*;
    use crate::kept::{LastVerdict, content_of};
    use crate::vault::{Change, Kind};

    fn passphrase() -> Passphrase {
        Passphrase::new("open sesame".to_owned()).unwrap()
    }

    #[test]
    fn what_cannot_be_read_locks_nothing_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet");
        let (mut wallet, _) = Wallet::create(&path, &passphrase(), KdfCost::fast_for_tests()).unwrap();
        let now = Timestamp::parse("2026-11-22T09:00:00Z").unwrap();
        let content = content_of("{\"from\": \"another age\"}", now, LastVerdict::new(Outcome::Accepted, now));
        for kind in [Kind::Credential, Kind::TrustList] {
            wallet.vault.apply(&[Change::Insert { kind, content: content.clone() }]).unwrap();
        }
        drop(wallet);
        let wallet = Wallet::open(&path, &passphrase()).unwrap();
        assert_eq!(wallet.badges().unwrap().len(), 0);
        let unreadable = wallet.unreadable().unwrap();
        assert_eq!(unreadable.iter().map(|document| document.what).collect::<Vec<_>>(), ["badge", "trust list"]);
        assert_eq!(unreadable[0].text, "{\"from\": \"another age\"}");
        assert!(unreadable[0].reason.contains("missing"), "{}", unreadable[0].reason);
    }

    #[test]
    fn debug_shows_whose_and_where_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap().join("wallet");
        let (wallet, _) = Wallet::create(&path, &passphrase(), KdfCost::fast_for_tests()).unwrap();
        assert_eq!(format!("{wallet:?}"), format!("Wallet {{ id: {:?}, path: {path:?}, .. }}", wallet.id()));
    }
}

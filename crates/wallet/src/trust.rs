//! Whom does the holder trust?

use stapel_credential::{Did, Timestamp, TrustListCredential, TrustListSubject};
use stapel_proof::Signed;
use stapel_verifier::{Outcome, Policy, Trust};

use crate::error::WalletError;
use crate::kept::{LastVerdict, content_of};
use crate::receive::{Kept, Received};
use crate::shelf::Used;
use crate::vault::{Change, Content, Kind, Vault, VaultError};
use crate::wallet::Wallet;

pub(crate) fn load_policy(vault: &Vault) -> Result<Policy, VaultError> {
    let Some((id, content)) = vault.load_all(Kind::Policy)?.pop() else { return Ok(Policy::default()) };
    serde_json::from_slice(&content)
        .map_err(|error| VaultError::altered(vault.path(), format!("entry {id} cannot be read: {error}")))
}

impl Wallet {
    /// Whom the holder trusts, and what she demands.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The trust lists that count at `now`.
    pub fn trust(&self, now: Timestamp) -> Trust {
        Trust::new(self.dossier(), &self.policy, now)
    }

    /// Puts another policy in the place of the old one.
    ///
    /// # Errors
    /// [`VaultError`]; the old one still holds then.
    pub fn set_policy(&mut self, policy: Policy) -> Result<(), VaultError> {
        let content = Content::new(serde_json::json!(policy).to_string().into_bytes());
        let change = match self.vault.ids(Kind::Policy).pop() {
            Some(id) => Change::Replace { id, content },
            None => Change::Insert { kind: Kind::Policy, content },
        };
        self.vault.apply(&[change])?;
        self.policy = policy;
        Ok(())
    }

    /// From now on, trust lists of this DID count. Gives whether that is new.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn add_trust_anchor(&mut self, did: &Did) -> Result<bool, VaultError> {
        let mut policy = self.policy.clone();
        let is_new = add(&mut policy.trust_anchors, did);
        if is_new {
            self.set_policy(policy)?;
        }
        Ok(is_new)
    }

    /// From now on, this issuer needs no trust list. Gives whether that is new.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn pin_issuer(&mut self, did: &Did) -> Result<bool, VaultError> {
        let mut policy = self.policy.clone();
        let is_new = add(&mut policy.pinned_issuers, did);
        if is_new {
            self.set_policy(policy)?;
        }
        Ok(is_new)
    }

    /// Trusts this DID no longer, neither as an anchor nor as an issuer.
    ///
    /// # Errors
    /// [`WalletError::NotTrusted`]; [`VaultError`].
    pub fn distrust(&mut self, did: &Did) -> Result<(), WalletError> {
        let mut policy = self.policy.clone();
        policy.trust_anchors.retain(|known| known != did);
        policy.pinned_issuers.retain(|known| known != did);
        if policy == self.policy {
            return Err(WalletError::NotTrusted { did: did.clone() });
        }
        Ok(self.set_policy(policy)?)
    }

    /// A trust list is by an anchor, and an anchor needs nobody to vouch for it.
    pub(crate) fn policy_with_anchors_pinned(&self) -> Policy {
        let mut policy = self.policy.clone();
        policy.pinned_issuers.extend(policy.trust_anchors.iter().cloned());
        policy
    }

    /// Keeps a trust list of one of the anchors, in the place of its earlier edition.
    pub(crate) fn receive_trust_list(&mut self, text: &str, now: Timestamp) -> Result<Received, WalletError> {
        let signed: Signed<TrustListCredential> = Signed::parse(text)?;
        let content = signed.peek_unverified();
        let subject = &content.credential_subject;
        let (name, sequence) = (subject.trust_list.name.clone(), subject.trust_list.sequence);
        if !content.issuer_did().is_some_and(|did| self.policy.trust_anchors.contains(&did)) {
            return Err(WalletError::NotAnAnchor { name, issuer: content.issuer.id.clone() });
        }
        let verdict = self.judge(&signed, now);
        let findings = verdict.findings().clone();
        if verdict.accepted().is_none() {
            return Err(WalletError::TrustListNotTaken { name, findings });
        }
        let last = LastVerdict::new(Outcome::Accepted, now);
        let kept = self.load_all::<TrustListSubject>()?.into_iter().find(|kept| {
            let known = kept.peek_unverified();
            known.issuer.id == content.issuer.id && known.credential_subject.id == subject.id
        });
        let (how, change) = match kept {
            None => (Kept::New, Change::Insert { kind: Kind::TrustList, content: content_of(text, now, last) }),
            Some(kept) => {
                let known = kept.peek_unverified().credential_subject.trust_list.sequence;
                if sequence < known {
                    return Err(WalletError::OlderTrustList { name, offered: sequence, kept: known });
                }
                let same = kept.signed.digest() == signed.digest();
                if sequence == known && !same {
                    return Err(WalletError::OtherTrustList { name, sequence });
                }
                let how = if same { Kept::AlreadyThere } else { Kept::Renewed };
                let received = if same { kept.received } else { now };
                (how, Change::Replace { id: kept.id, content: content_of(text, received, last) })
            }
        };
        self.vault.apply(&[change])?;
        self.shelf.dossier.add_trust_list(text)?;
        let mut used = Used::default();
        used.note(content, &findings);
        self.remember(&used)?;
        Ok(Received { credential: content.reference(), name, findings, kept: how })
    }
}

fn add(all: &mut Vec<Did>, did: &Did) -> bool {
    let is_new = !all.contains(did);
    if is_new {
        all.push(did.clone());
    }
    is_new
}

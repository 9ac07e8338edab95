//! What is to be said of a document that somebody shows this wallet?

use stapel_credential::Timestamp;
use stapel_stacking::Answer;
use stapel_verifier::{Audience, Dossier, Policy};

use crate::error::WalletError;
use crate::wallet::Wallet;

impl Wallet {
    /// Verifies a document of somebody else with what this wallet has and trusts. Ask [`Wallet::missing_for`] first.
    ///
    /// # Errors
    /// As [`verify_document`].
    pub fn verify(&self, text: &str, audience: &Audience, now: Timestamp) -> Result<Answer, WalletError> {
        verify_document(text, self.dossier(), &self.policy_with_anchors_pinned(), audience, now)
    }
}

/// Verifies a document, whatever it is: [`stapel_stacking::verify_document`].
///
/// # Errors
/// [`WalletError::Incoming`] for what is none of these documents, [`WalletError::Document`] for what cannot be read.
pub fn verify_document(
    text: &str,
    dossier: &Dossier,
    policy: &Policy,
    audience: &Audience,
    now: Timestamp,
) -> Result<Answer, WalletError> {
    stapel_stacking::verify_document(text, dossier, policy, audience, now).map_err(WalletError::from)
}

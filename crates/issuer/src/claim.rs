//! How does a wallet get the badge that a school recorded under its own reference? Code, session, proof of a DID, badge.

use std::time::Duration;

use stapel_credential::{Did, Timestamp};

use crate::achievement::AchievementRecord;
use crate::completion::Completion;
use crate::error::{ClaimError, IssuerError, SignFailure};
use crate::issued::{ClaimSession, IssuedCredential};
use crate::issuer::Issuer;
use crate::records::Records;
use crate::repository::{Issuance, IssueBatch, NonceUse, Redemption};
use crate::role::{Action, Actor};
use crate::secret::{Secret, SecretHash};
use crate::sign_approved::{Place, Templates};
use crate::stage::StageName;
use crate::status::StatusListRecord;

/// For how long a wallet may ask for its badge after it gave the code.
pub const SESSION_VALIDITY: Duration = Duration::from_mins(10);
/// For how long a nonce may be used.
pub const NONCE_VALIDITY: Duration = Duration::from_mins(5);
/// For how long a code may be used, unless the school says otherwise.
pub const OFFER_VALIDITY: Duration = Duration::from_hours(24 * 30);

/// What a wallet gets for its code: shown once.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The access token.
    pub token: Secret,
    /// From when it is refused.
    pub expires: Timestamp,
    /// What it may ask for.
    pub completion: Completion,
}

/// A session that holds, and what it is about.
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// The session.
    pub session: ClaimSession,
    /// What is claimed.
    pub completion: Completion,
    /// Of which achievement.
    pub achievement: AchievementRecord,
}

impl Records<'_> {
    /// Takes a one-time code from a wallet and opens a session.
    ///
    /// # Errors
    /// [`ClaimError`] when the code was never given out, was used or replaced, or has expired.
    pub fn redeem(&self, by: &Actor, code: &str, now: Timestamp) -> Result<Claim, IssuerError> {
        let permit = by.permit(Action::Redeem)?;
        let token = Secret::generate()?;
        let expires = now.after(SESSION_VALIDITY);
        let entry = permit.entry(now, "claim", 1);
        match self.repository().redeem_offer(SecretHash::of(code), token.hash(), expires, now, &entry)? {
            Redemption::Redeemed(completion) => Ok(Claim { token, expires, completion: *completion }),
            Redemption::Unknown => Err(ClaimError::UnknownCode.into()),
            Redemption::Spent => Err(ClaimError::SpentCode.into()),
            Redemption::Expired { at } => Err(ClaimError::ExpiredCode { at }.into()),
        }
    }

    /// What the access token is about.
    ///
    /// # Errors
    /// [`ClaimError`] when the token was never given out or has expired.
    pub fn open_session(&self, token: &str, now: Timestamp) -> Result<OpenSession, IssuerError> {
        let repository = self.repository();
        let session = repository.find_session(SecretHash::of(token))?.ok_or(ClaimError::UnknownToken)?;
        if session.expires <= now {
            return Err(ClaimError::ExpiredToken { at: session.expires }.into());
        }
        let completion = repository.find_completion(session.completion)?.ok_or(ClaimError::UnknownToken)?;
        let reference = completion.facts.achievement.clone();
        let gone = SignFailure::AchievementGone { reference: reference.clone(), completion: completion.id };
        let achievement = repository.find_achievement_version(&reference)?.ok_or(gone)?;
        Ok(OpenSession { session, completion, achievement })
    }

    /// A fresh nonce, which a wallet signs to prove its DID (OpenID4VCI 1.0 §7).
    ///
    /// # Errors
    /// [`IssuerError`] when the store does not answer.
    pub fn fresh_nonce(&self, now: Timestamp) -> Result<(Secret, Timestamp), IssuerError> {
        let nonce = Secret::generate()?;
        let expires = now.after(NONCE_VALIDITY);
        self.repository().add_nonce(nonce.hash(), expires, now)?;
        Ok((nonce, expires))
    }

    /// Takes a nonce that a wallet signed: good once, within five minutes.
    ///
    /// # Errors
    /// [`IssuerError`] when the store does not answer.
    pub fn take_nonce(&self, nonce: &str, now: Timestamp) -> Result<NonceUse, IssuerError> {
        Ok(self.repository().take_nonce(SecretHash::of(nonce), now)?)
    }
}

impl Issuer<'_> {
    /// Signs the claimed badge for the wallet that has proven this DID, once. A wallet that lost the answer gets the same
    /// badge again while its session holds.
    ///
    /// # Errors
    /// [`ClaimError`] when the token does not hold, or the badge belongs to another wallet.
    pub fn sign_claim(
        &self,
        by: &Actor,
        token: &str,
        holder: &Did,
        now: Timestamp,
    ) -> Result<IssuedCredential, IssuerError> {
        let permit = by.permit(Action::Sign)?;
        let OpenSession { completion, achievement, .. } = self.records().open_session(token, now)?;
        let repository = self.records().repository();
        if completion.stage.name() == StageName::Claimed {
            let mut templates = Templates::default();
            self.load_template(&mut templates, &completion)?;
            let sign_now = |list: &StatusListRecord, first: u32| {
                let address = list.id.address(self.records().institution())?;
                let place = Place { list, address: &address, index: list.permutation()?.index_of(first)? };
                Ok(vec![self.sign_one(&templates, &completion, Some(holder), &place, now)?])
            };
            let entry = permit.entry(now, completion.id.to_string(), 1);
            loop {
                let batch = IssueBatch {
                    completions: &[completion.id],
                    from: StageName::Claimed,
                    purpose: achievement.status_purpose,
                    prepared: None,
                };
                match repository.issue(batch, &sign_now, &entry)? {
                    Issuance::Issued { .. } => break,
                    Issuance::NoRoom => {
                        self.add_status_list(achievement.status_purpose)?;
                    }
                    Issuance::NotSigned(failure) => return Err(failure.into()),
                }
            }
        }
        // Also when another request of this session signed in between: there is one badge, for one wallet.
        match repository.find_credential_of(completion.id)? {
            Some(issued) if issued.holder == *holder => Ok(issued),
            Some(_) => Err(ClaimError::AnotherHolder.into()),
            None => Err(ClaimError::Replaced.into()),
        }
    }
}

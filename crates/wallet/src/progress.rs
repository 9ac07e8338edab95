//! How far is the holder toward an award, with what she has?

use stapel_credential::{
    AchievementSubject, CredentialRef, ExemptionSubject, ProgrammeCredential, ProgrammeSubject, Question, Timestamp,
    VerifiableCredential,
};
use stapel_stacking::{Budget, Found, HeldRecord, Holdings, find};
use stapel_verifier::{Findings, Verified};

use crate::error::WalletError;
use crate::kept::{Keepsake, KeptDocument};
use crate::shelf::Used;
use crate::wallet::Wallet;

/// What a holder's credentials come to in a programme.
#[derive(Debug, Clone)]
pub struct Stack {
    /// The programme.
    pub programme: Verified<ProgrammeCredential>,
    /// The best plan, and the progress that it comes to.
    pub found: Found,
    /// What is kept and could not be counted, since it was not accepted today.
    pub left_out: Vec<LeftOut>,
}

/// A credential that is kept and was not accepted.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// Which.
    pub credential: CredentialRef,
    /// Its name.
    pub name: String,
    /// The checks.
    pub findings: Findings,
}

impl Wallet {
    /// Verifies everything that is kept once more and searches the best plan toward what is asked. Ask [`Wallet::missing`]
    /// first. Exactly the credentials of the plan are what [`Wallet::present_progress`] shows.
    ///
    /// # Errors
    /// [`WalletError::ProgrammeDoesNotCount`]; [`WalletError::Stacking`].
    pub fn progress(
        &mut self,
        programme: &KeptDocument<ProgrammeSubject>,
        question: &Question,
        budget: Budget,
        now: Timestamp,
    ) -> Result<Stack, WalletError> {
        self.holdings(programme, now)?.stack(self, question, budget, now)
    }

    pub(crate) fn holdings(
        &mut self,
        programme: &KeptDocument<ProgrammeSubject>,
        now: Timestamp,
    ) -> Result<Counting, WalletError> {
        let verdict = self.judge(&programme.signed, now);
        let mut used = Used::default();
        used.note(programme.peek_unverified(), verdict.findings());
        let Some(verified) = verdict.accepted().cloned() else {
            let (credential, findings) = (programme.reference(), verdict.findings().clone());
            return Err(WalletError::ProgrammeDoesNotCount { credential, findings });
        };
        let mut left_out = Vec::new();
        let credentials = self.accepted::<AchievementSubject>(now, &mut used, &mut left_out)?;
        let decisions = self.accepted::<ExemptionSubject>(now, &mut used, &mut left_out)?;
        self.remember(&used)?;
        let records = self.award_records()?.into_iter().map(|kept| kept.record).collect();
        Ok(Counting { programme: verified, credentials, decisions, records, left_out })
    }

    fn accepted<S: Keepsake>(
        &self,
        now: Timestamp,
        used: &mut Used,
        left_out: &mut Vec<LeftOut>,
    ) -> Result<Vec<Verified<VerifiableCredential<S>>>, WalletError> {
        let mut accepted = Vec::new();
        for kept in self.load_all::<S>()? {
            let verdict = self.judge(&kept.signed, now);
            used.note(kept.peek_unverified(), verdict.findings());
            match verdict.accepted() {
                Some(verified) => accepted.push(verified.clone()),
                None => left_out.push(LeftOut {
                    credential: kept.reference(),
                    name: kept.name(),
                    findings: verdict.findings().clone(),
                }),
            }
        }
        Ok(accepted)
    }
}

/// A programme and everything that was accepted today.
pub(crate) struct Counting {
    pub(crate) programme: Verified<ProgrammeCredential>,
    pub(crate) credentials: Vec<Verified<VerifiableCredential<AchievementSubject>>>,
    pub(crate) decisions: Vec<Verified<VerifiableCredential<ExemptionSubject>>>,
    pub(crate) records: Vec<HeldRecord>,
    left_out: Vec<LeftOut>,
}

impl Counting {
    pub(crate) fn stack(
        &self,
        wallet: &Wallet,
        question: &Question,
        budget: Budget,
        now: Timestamp,
    ) -> Result<Stack, WalletError> {
        let holder = wallet.id.to_uri();
        let (credentials, decisions, records) = (&self.credentials, &self.decisions, &self.records);
        let holdings = Holdings { holder: &holder, credentials, decisions, records };
        let found = find(&self.programme, question, &holdings, &wallet.trust(now), now, budget)?;
        Ok(Stack { programme: self.programme.clone(), found, left_out: self.left_out.clone() })
    }
}

//! How far is the holder toward an award, with what she has?

use std::collections::BTreeMap;

use stapel_credential::{
    AchievementSubject, CredentialRef, CreditUnit, Digest, ExemptionSubject, ProgrammeCredential, ProgrammeSubject,
    Question, Timestamp, Uri, VerifiableCredential,
};
use stapel_stacking::{
    Budget, Found, HeldRecord, Holdings, Nearness, Offering, WayOn, WhatIf, find, nearest, ways_on, what_if,
};
use stapel_verifier::{Findings, Trust, Verified};

use crate::error::WalletError;
use crate::kept::{Keepsake, KeptDocument};
use crate::programmes::NotCounted;
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
        self.holdings(programme, now)?.stack(question, budget)
    }

    /// Verifies a programme that is kept and everything that may count toward it.
    ///
    /// # Errors
    /// [`WalletError::ProgrammeDoesNotCount`]; [`WalletError::Vault`].
    pub fn holdings(
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
        self.remember(&used)?;
        Ok(Counting { programme: verified, held: self.accepted_today(now)? })
    }

    /// Verifies every badge and exemption that is kept once more. Ask [`Wallet::missing`] first.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn accepted_today(&mut self, now: Timestamp) -> Result<Accepted, WalletError> {
        let (mut used, mut left_out) = (Used::default(), Vec::new());
        let credentials = self.accepted::<AchievementSubject>(now, &mut used, &mut left_out)?;
        let decisions = self.accepted::<ExemptionSubject>(now, &mut used, &mut left_out)?;
        self.remember(&used)?;
        let records = self.award_records()?.into_iter().map(|kept| kept.record).collect();
        let (holder, trust) = (self.id.to_uri(), self.trust(now));
        Ok(Accepted { holder, credentials, decisions, records, left_out, trust, now })
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

/// Everything that is kept of the holder and was accepted.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub(crate) holder: Uri,
    pub(crate) credentials: Vec<Verified<VerifiableCredential<AchievementSubject>>>,
    pub(crate) decisions: Vec<Verified<VerifiableCredential<ExemptionSubject>>>,
    pub(crate) records: Vec<HeldRecord>,
    left_out: Vec<LeftOut>,
    pub(crate) trust: Trust,
    pub(crate) now: Timestamp,
}

/// A programme, and everything that may count toward it.
#[derive(Debug, Clone)]
pub struct Counting {
    /// The programme.
    pub programme: Verified<ProgrammeCredential>,
    /// What may count.
    pub held: Accepted,
}

impl Accepted {
    /// As counting takes it.
    pub fn holdings(&self) -> Holdings<'_> {
        let (credentials, decisions, records) = (&self.credentials, &self.decisions, &self.records);
        Holdings { holder: &self.holder, credentials, decisions, records }
    }

    /// What is kept and was not accepted.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Every award of these programmes, nearest first, each with what its credits count; and the programmes that could not be
    /// counted.
    pub fn nearest(
        &self,
        programmes: &[Verified<ProgrammeCredential>],
        budget: Budget,
    ) -> (Vec<(Nearness, CreditUnit)>, Vec<NotCounted>) {
        let by_digest: BTreeMap<Digest, &Verified<ProgrammeCredential>> =
            programmes.iter().map(|programme| (programme.digest(), programme)).collect();
        let (near, passed_over) = nearest(programmes, &self.holdings(), &self.trust, self.now, budget);
        let with_unit = near.into_iter().filter_map(|near| {
            let programme = by_digest.get(&near.programme.digest)?;
            let unit = programme.content().credential_subject.programme.unit;
            Some((near, unit))
        });
        let not_counted = passed_over.into_iter().filter_map(|passed| {
            by_digest.get(&passed.programme.digest).map(|programme| NotCounted::of(programme, passed.why))
        });
        (with_unit.collect(), not_counted.collect())
    }
}

impl Counting {
    /// The best plan toward what is asked.
    ///
    /// # Errors
    /// [`WalletError::Stacking`].
    pub fn stack(&self, question: &Question, budget: Budget) -> Result<Stack, WalletError> {
        let Accepted { trust, now, .. } = &self.held;
        let found = find(&self.programme, question, &self.held.holdings(), trust, *now, budget)?;
        Ok(Stack { programme: self.programme.clone(), found, left_out: self.held.left_out.clone() })
    }

    /// The shortest ways on, with who offers what is missing. Catalogues are not signed, so that is advice.
    ///
    /// # Errors
    /// [`WalletError::Stacking`].
    pub fn ways_on(
        &self,
        question: &Question,
        offered: &[Offering],
        budget: Budget,
    ) -> Result<Vec<WayOn>, WalletError> {
        let Accepted { trust, now, .. } = &self.held;
        Ok(ways_on(&self.programme, question, &self.held.holdings(), trust, *now, budget, offered)?)
    }

    /// What modules would change that are not finished yet. Nothing of it is shown.
    ///
    /// # Errors
    /// [`WalletError::Stacking`].
    pub fn what_if(&self, question: &Question, planned: &[Offering], budget: Budget) -> Result<WhatIf, WalletError> {
        let Accepted { trust, now, .. } = &self.held;
        Ok(what_if(&self.programme, question, &self.held.holdings(), planned, trust, *now, budget)?)
    }
}

//! Which programmes can be counted toward, of those that are kept and of those that somebody published elsewhere?

use std::collections::BTreeSet;

use stapel_credential::{Localised, ProgrammeCredential, ProgrammeRef, ProgrammeSubject, RawJson, Timestamp, json};
use stapel_proof::Signed;
use stapel_stacking::StackingError;
use stapel_verifier::{Findings, Missing, Verified, verify};

use crate::error::WalletError;
use stapel_verifier::KindError;

use crate::incoming::IncomingError;
use crate::shelf::Used;
use crate::wallet::Wallet;

/// The most programmes that are looked at together.
pub const MAX_PROGRAMMES: usize = 10_000;

/// A programme that is not counted toward.
#[derive(Debug, Clone)]
pub struct NotCounted {
    /// Which edition.
    pub programme: ProgrammeRef,
    /// Its name, by its own word.
    pub name: Localised,
    /// Why not.
    pub why: WhyNotCounted,
}

/// Why a programme is not counted toward.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum WhyNotCounted {
    /// It was not accepted today: these are the checks.
    NotAccepted(Findings),
    /// Its rules do not hold together, or its issuer may not state them.
    Stacking(Box<StackingError>),
}

impl NotCounted {
    pub(crate) fn of(programme: &Verified<ProgrammeCredential>, why: StackingError) -> Self {
        let rules = &programme.content().credential_subject.programme;
        let edition = ProgrammeRef { id: rules.id.clone(), edition: rules.edition.clone(), digest: programme.digest() };
        Self { programme: edition, name: rules.name.clone(), why: WhyNotCounted::Stacking(Box::new(why)) }
    }
}

/// Reads one signed programme, or a JSON array of at most [`MAX_PROGRAMMES`] of them: each is read or not for itself. Nothing
/// is verified.
///
/// # Errors
/// [`WalletError::Incoming`] for a text that is neither, [`WalletError::TooManyProgrammes`].
pub fn read_programmes(text: &str) -> Result<Vec<Result<Signed<ProgrammeCredential>, WalletError>>, WalletError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(IncomingError::from(KindError::Empty).into());
    }
    if !text.starts_with('[') {
        return Ok(vec![read_one(text)]);
    }
    json::parse_within(text, json::MAX_COLLECTION_BYTES)
        .map_err(|error| IncomingError::from(KindError::Json(error)))?;
    let documents: Vec<RawJson> = json::view(text).map_err(|error| IncomingError::from(KindError::Json(error)))?;
    if documents.len() > MAX_PROGRAMMES {
        return Err(WalletError::TooManyProgrammes { found: documents.len() });
    }
    Ok(documents.iter().map(|document| read_one(document.as_str())).collect())
}

fn read_one(text: &str) -> Result<Signed<ProgrammeCredential>, WalletError> {
    Ok(Signed::<ProgrammeCredential>::parse(text)?)
}

impl Wallet {
    /// The programmes that are kept together with these, each once.
    ///
    /// # Errors
    /// [`WalletError::Vault`]; [`WalletError::TooManyProgrammes`].
    pub fn with_kept_programmes(
        &self,
        further: Vec<Signed<ProgrammeCredential>>,
    ) -> Result<Vec<Signed<ProgrammeCredential>>, WalletError> {
        let kept = self.load_all::<ProgrammeSubject>()?.into_iter().map(|kept| kept.signed);
        let mut seen = BTreeSet::new();
        let all: Vec<_> = kept.chain(further).filter(|signed| seen.insert(signed.digest())).collect();
        if all.len() > MAX_PROGRAMMES {
            return Err(WalletError::TooManyProgrammes { found: all.len() });
        }
        Ok(all)
    }

    /// What has to be fetched for a verdict on these programmes.
    pub fn missing_for_programmes(&self, programmes: &[Signed<ProgrammeCredential>], now: Timestamp) -> Vec<Missing> {
        let mut missing = BTreeSet::new();
        for signed in programmes {
            let verdict = verify(signed, self.dossier(), &self.policy, now);
            missing.extend(verdict.findings().missing().iter().cloned());
            let issuer = signed.peek_unverified().issuer_did();
            missing.extend(issuer.and_then(|issuer| self.shelf.find_stale(&issuer, now)));
        }
        missing.into_iter().collect()
    }

    /// Those that are accepted today, and the others with the checks. Ask [`Wallet::missing_for_programmes`] first.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn verify_programmes(
        &mut self,
        programmes: &[Signed<ProgrammeCredential>],
        now: Timestamp,
    ) -> Result<(Vec<Verified<ProgrammeCredential>>, Vec<NotCounted>), WalletError> {
        let (mut accepted, mut others, mut used) = (Vec::new(), Vec::new(), Used::default());
        for signed in programmes {
            let verdict = verify(signed, self.dossier(), &self.policy, now);
            used.note(signed.peek_unverified(), verdict.findings());
            if let Some(verified) = verdict.accepted() {
                accepted.push(verified.clone());
                continue;
            }
            let rules = &signed.peek_unverified().credential_subject.programme;
            let (id, edition) = (rules.id.clone(), rules.edition.clone());
            others.push(NotCounted {
                programme: ProgrammeRef { id, edition, digest: signed.digest() },
                name: rules.name.clone(),
                why: WhyNotCounted::NotAccepted(verdict.findings().clone()),
            });
        }
        self.remember(&used)?;
        Ok((accepted, others))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_programme_or_an_array_is_read_each_for_itself() {
        let read = |text: &str| read_programmes(text).map(|all| all.len()).map_err(|error| error.to_string());
        assert_eq!(read("{}"), Ok(1));
        assert!(read_programmes("{}").unwrap().iter().all(Result::is_err));
        assert_eq!(read(" [{}, {\"type\": \"x\"}]"), Ok(2));
        assert_eq!(read("[]"), Ok(0));
        assert_eq!(read(" "), Err("there is nothing in it".to_owned()));
        assert!(read("[1,").unwrap_err().starts_with("it is not a document that is read here: "));
        let many = format!("[{}1]", "1,".repeat(MAX_PROGRAMMES));
        assert_eq!(read(&many), Err("10001 programmes were given; at most 10000 are looked at together".to_owned()));
    }
}

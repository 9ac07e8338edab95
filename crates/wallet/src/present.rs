//! What does the holder show, to whom, and until when?

use std::collections::BTreeSet;

use stapel_credential::context::document_contexts;
use stapel_credential::{
    Bundle, CredentialRef, CredentialStatus, Plan, ProgrammeSubject, Question, RawJson, Timestamp, Uri,
    VerifiableCredential, VerifiablePresentation,
};
use stapel_keys::random;
use stapel_proof::{ProofOptions, Signed, Unsecured};
use stapel_stacking::Budget;
use stapel_verifier::{Outcome, Verified};

use crate::error::WalletError;
use crate::kept::{Keepsake, KeptDocument};
use crate::progress::Stack;
use crate::shelf::Used;
use crate::vault::VaultError;
use crate::wallet::Wallet;

/// For whom something is shown, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Showing {
    /// Who asked: `proof.domain`. Without it the presentation can be passed on to anybody.
    pub domain: Option<String>,
    /// The single-use text of who asked: `proof.challenge`.
    pub challenge: Option<String>,
    /// Until when it holds: `proof.expires`.
    pub expires: Option<Timestamp>,
    /// Whether the status lists at hand go along, so that whoever looks need not ask the issuer.
    pub with_status_lists: bool,
    /// The title of a themed collection; it claims no qualification.
    pub bundle: Option<Bundle>,
}

/// What goes into a presentation.
#[derive(Default)]
struct Contents {
    texts: Vec<String>,
    status_lists: BTreeSet<Uri>,
}

impl Contents {
    fn add<S>(&mut self, text: &str, credential: &VerifiableCredential<S>) {
        if self.texts.iter().any(|known| known == text) {
            return;
        }
        self.texts.push(text.to_owned());
        if let Some(CredentialStatus::Bitstring(entry)) = &credential.credential_status {
            self.status_lists.insert(entry.list.clone());
        }
    }
}

impl Wallet {
    /// Shows these credentials, each as its issuer signed it, in a presentation that the holder signs. Each is verified
    /// first: one that would be refused is not shown, one that could not be checked is.
    ///
    /// # Errors
    /// [`WalletError::NothingChosen`], [`WalletError::WouldBeRefused`], [`WalletError::EndsInThePast`].
    pub fn present<S: Keepsake>(
        &mut self,
        chosen: &[KeptDocument<S>],
        showing: &Showing,
        now: Timestamp,
    ) -> Result<Signed<VerifiablePresentation>, WalletError> {
        if chosen.is_empty() {
            return Err(WalletError::NothingChosen);
        }
        let mut contents = Contents::default();
        let mut used = Used::default();
        for kept in chosen {
            let verdict = self.judge(&kept.signed, now);
            used.note(kept.peek_unverified(), verdict.findings());
            if verdict.outcome() == Outcome::Refused {
                let (credential, findings) = (kept.reference(), verdict.findings().clone());
                return Err(WalletError::WouldBeRefused { credential, findings });
            }
            contents.add(kept.signed.text(), kept.peek_unverified());
        }
        self.remember(&used)?;
        self.sign(contents, None, None, showing, now)
    }

    /// Shows the progress toward what is asked: the programme, the best plan, and exactly the credentials that it uses.
    /// Whoever receives it recomputes it.
    ///
    /// # Errors
    /// As [`Wallet::progress`] and [`Wallet::present`].
    pub fn present_progress(
        &mut self,
        programme: &KeptDocument<ProgrammeSubject>,
        question: &Question,
        showing: &Showing,
        budget: Budget,
        now: Timestamp,
    ) -> Result<(Signed<VerifiablePresentation>, Stack), WalletError> {
        let counting = self.holdings(programme, now)?;
        let stack = counting.stack(self, question, budget, now)?;
        let used: BTreeSet<&CredentialRef> = stack.found.plan.fills.iter().flat_map(|fill| &fill.by).collect();
        let mut contents = Contents::default();
        contents.add(counting.programme.text(), counting.programme.content());
        add_used(&mut contents, &counting.credentials, &used);
        add_used(&mut contents, &counting.decisions, &used);
        let plan = Some(stack.found.plan.clone());
        let presentation = self.sign(contents, plan, Some(question.clone()), showing, now)?;
        Ok((presentation, stack))
    }

    fn sign(
        &self,
        contents: Contents,
        plan: Option<Plan>,
        question: Option<Question>,
        showing: &Showing,
        now: Timestamp,
    ) -> Result<Signed<VerifiablePresentation>, WalletError> {
        if let Some(expires) = showing.expires.filter(|expires| *expires <= now) {
            return Err(WalletError::EndsInThePast { expires, now });
        }
        let Contents { mut texts, status_lists } = contents;
        if showing.with_status_lists {
            texts.extend(status_lists.iter().filter_map(|url| self.shelf.find_status_list(url)).map(str::to_owned));
        }
        let unreadable = |error| VaultError::altered(self.path(), format!("a document cannot be read: {error}"));
        let documents: Result<Vec<RawJson>, _> = texts.iter().map(|text| RawJson::parse(text)).collect();
        let name = Uri::parse(&format!("urn:uuid:{}", random::uuid_v4()?)).ok();
        let presentation = VerifiablePresentation {
            context: document_contexts(),
            id: name,
            types: vec!["VerifiablePresentation".to_owned()],
            holder: self.id.to_uri(),
            verifiable_credential: documents.map_err(unreadable)?,
            plan,
            question,
            bundle: showing.bundle.clone(),
        };
        let options = ProofOptions {
            domain: showing.domain.clone(),
            challenge: showing.challenge.clone(),
            expires: showing.expires,
            ..ProofOptions::authentication(self.verification_method(), now)
        };
        Ok(Unsecured::new(presentation).sign(&self.key, &options)?)
    }
}

fn add_used<S: Keepsake>(
    contents: &mut Contents,
    verified: &[Verified<VerifiableCredential<S>>],
    used: &BTreeSet<&CredentialRef>,
) {
    for credential in verified.iter().filter(|credential| used.contains(&credential.reference())) {
        contents.add(credential.text(), credential.content());
    }
}

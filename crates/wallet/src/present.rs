//! What does the holder show, to whom, and until when?

use std::collections::BTreeSet;

use stapel_credential::context::{document_contexts, extended_presentation_contexts};
use stapel_credential::{
    BoardRequest, Bundle, CredentialRef, CredentialStatus, Digest, Plan, ProgrammeSubject, Question, RawJson,
    Timestamp, Uri, VerifiableCredential, VerifiablePresentation,
};
use stapel_keys::random;
use stapel_proof::{ProofOptions, Signed, Unsecured, within_json};
use stapel_stacking::Budget;
use stapel_verifier::{Outcome, Verified};

use crate::error::WalletError;
use crate::kept::{Keepsake, KeptDocument};
use crate::progress::{Counting, Stack};
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
    /// Whether the award records of the diplomas that are shown go along. They name everything that was counted, so only by
    /// choice.
    pub with_award_records: bool,
    /// The title of a themed collection; it claims no qualification.
    pub bundle: Option<Bundle>,
}

/// What goes into a presentation.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) texts: Vec<String>,
    pub(crate) status_lists: BTreeSet<Uri>,
    /// What the documents fix by digest: award records among them.
    pub(crate) fixed: BTreeSet<Digest>,
    pub(crate) plan: Option<Plan>,
    pub(crate) question: Option<Question>,
    pub(crate) request: Option<BoardRequest>,
}

impl Contents {
    pub(crate) fn add<S>(&mut self, text: &str, credential: &VerifiableCredential<S>) {
        if self.texts.iter().any(|known| known == text) {
            return;
        }
        self.texts.push(text.to_owned());
        self.fixed.extend(credential.related_resource.iter().filter_map(|resource| resource.digest_sri));
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
        self.add_chosen(chosen, &mut contents, now)?;
        self.sign(contents, showing, now)
    }

    pub(crate) fn add_chosen<S: Keepsake>(
        &mut self,
        chosen: &[KeptDocument<S>],
        contents: &mut Contents,
        now: Timestamp,
    ) -> Result<(), WalletError> {
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
        Ok(self.remember(&used)?)
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
        let stack = counting.stack(question, budget)?;
        let presentation = self.sign(of_plan(&counting, &stack.found.plan, question), showing, now)?;
        Ok((presentation, stack))
    }

    pub(crate) fn sign(
        &self,
        contents: Contents,
        showing: &Showing,
        now: Timestamp,
    ) -> Result<Signed<VerifiablePresentation>, WalletError> {
        if let Some(expires) = showing.expires.filter(|expires| *expires <= now) {
            return Err(WalletError::EndsInThePast { expires, now });
        }
        let Contents { mut texts, status_lists, fixed, plan, question, request } = contents;
        if showing.with_status_lists {
            texts.extend(status_lists.iter().filter_map(|url| self.shelf.find_status_list(url)).map(str::to_owned));
        }
        let unreadable = |error| VaultError::altered(self.path(), format!("a document cannot be read: {error}"));
        let documents: Result<Vec<RawJson>, _> = texts.iter().map(|text| within_json(text)).collect();
        let records = if showing.with_award_records { self.award_records()? } else { Vec::new() };
        let shown = records.iter().filter(|kept| fixed.contains(&kept.record.digest()));
        let award_record: Result<Vec<RawJson>, _> = shown.map(|kept| RawJson::parse(kept.text())).collect();
        let award_record = award_record.map_err(unreadable)?;
        let is_plain = request.is_none() && award_record.is_empty();
        let name = Uri::parse(&format!("urn:uuid:{}", random::uuid_v4()?)).ok();
        let presentation = VerifiablePresentation {
            context: if is_plain { document_contexts() } else { extended_presentation_contexts() },
            id: name,
            types: vec!["VerifiablePresentation".to_owned()],
            holder: self.id.to_uri(),
            verifiable_credential: documents.map_err(unreadable)?,
            plan,
            question,
            bundle: showing.bundle.clone(),
            request,
            award_record,
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

/// The programme, the plan, and exactly the credentials that it uses.
pub(crate) fn of_plan(counting: &Counting, plan: &Plan, question: &Question) -> Contents {
    let used: BTreeSet<&CredentialRef> = plan.fills.iter().flat_map(|fill| &fill.by).collect();
    let mut contents = Contents { plan: Some(plan.clone()), question: Some(question.clone()), ..Contents::default() };
    contents.add(counting.programme.text(), counting.programme.content());
    add_used(&mut contents, &counting.held.credentials, &used);
    add_used(&mut contents, &counting.held.decisions, &used);
    contents
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

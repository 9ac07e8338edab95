//! What does the holder ask of an examination board, and with which evidence?

use stapel_credential::{
    Basis, BoardRequest, ProgrammeRef, ProgrammeSubject, RequestKind, Timestamp, VerifiablePresentation,
};
use stapel_proof::Signed;
use stapel_stacking::StackingError;

use crate::error::WalletError;
use crate::kept::{KeptBadge, KeptDocument};
use crate::present::{Contents, Showing};
use crate::shelf::Used;
use crate::wallet::Wallet;

/// What is to be asked of an examination board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// An exemption, or an assessment.
    pub kind: RequestKind,
    /// For these parts, by their ids.
    pub parts: Vec<String>,
    /// On what it should rest.
    pub basis: Option<Basis>,
    /// More about it.
    pub note: Option<String>,
}

impl Wallet {
    /// Asks the examination board of a programme, with badges as the evidence, in a presentation that the holder signs. Its
    /// answer, an exemption, comes back by [`Wallet::receive`].
    ///
    /// # Errors
    /// [`WalletError::NoParts`], [`WalletError::NoExemption`], [`StackingError::UnknownPart`],
    /// [`WalletError::ProgrammeDoesNotCount`]; as [`Wallet::present`].
    pub fn ask_board(
        &mut self,
        programme: &KeptDocument<ProgrammeSubject>,
        asking: &Asking,
        evidence: &[KeptBadge],
        showing: &Showing,
        now: Timestamp,
    ) -> Result<Signed<VerifiablePresentation>, WalletError> {
        let verdict = self.judge(&programme.signed, now);
        let mut used = Used::default();
        used.note(programme.peek_unverified(), verdict.findings());
        let Some(verified) = verdict.accepted() else {
            let (credential, findings) = (programme.reference(), verdict.findings().clone());
            return Err(WalletError::ProgrammeDoesNotCount { credential, findings });
        };
        self.remember(&used)?;
        let rules = &verified.content().credential_subject.programme;
        let programme =
            ProgrammeRef { id: rules.id.clone(), edition: rules.edition.clone(), digest: verified.digest() };
        if asking.parts.is_empty() {
            return Err(WalletError::NoParts);
        }
        let mut parts: Vec<String> = Vec::new();
        for asked in &asking.parts {
            let Some(part) = rules.find_part(asked) else {
                return Err(StackingError::UnknownPart { programme: programme.id, part: asked.clone() }.into());
            };
            if part.no_exemption && asking.kind == RequestKind::Exemption {
                return Err(WalletError::NoExemption { part: asked.clone() });
            }
            if !parts.contains(asked) {
                parts.push(asked.clone());
            }
        }
        let (kind, basis, note) = (asking.kind, asking.basis, asking.note.clone());
        let request = BoardRequest { kind, programme, parts, basis, note };
        let mut contents = Contents { request: Some(request), ..Contents::default() };
        self.add_chosen(evidence, &mut contents, now)?;
        self.sign(contents, showing, now)
    }
}

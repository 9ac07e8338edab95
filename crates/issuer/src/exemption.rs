//! How does an examination board exempt a learner from parts of a programme?

use std::collections::BTreeSet;

use stapel_credential::context::document_contexts;
use stapel_credential::{
    AchievementCredential, Basis, CitedEvidence, CredentialStatus, Did, Digest, Exemption, ExemptionDecisionCredential,
    ExemptionSubject, ProgrammeCredential, StatusPurpose, Timestamp, Uri,
};
use stapel_keys::random;
use stapel_proof::{ProofError, Signed};
use stapel_stacking::{RuleError, Rules};

use crate::document::{DocumentKind, IssuedDocument, new_id, one_line};
use crate::envelope::envelope;
use crate::error::IssuerError;
use crate::issuer::Issuer;
use crate::records::Records;
use crate::role::{Action, Actor};
use crate::status::StatusListRecord;

/// How many pieces of evidence a decision cites at most.
pub const MAX_EVIDENCE: usize = 64;

/// An exemption that a board wants to grant.
#[derive(Debug, Clone)]
pub struct ExemptionDraft {
    /// Whom it exempts.
    pub holder: Did,
    /// From parts of which programme.
    pub programme: Uri,
    /// Of which edition.
    pub edition: String,
    /// The signed programme, where another body published it.
    pub programme_text: Option<String>,
    /// The ids of the parts.
    pub parts: Vec<String>,
    /// On what basis.
    pub basis: Basis,
    /// What it rests on.
    pub evidence: Vec<GivenEvidence>,
    /// The decision's reference, which stands in its description.
    pub reference: Option<String>,
}

/// Evidence that a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenEvidence {
    /// A signed credential, by its digest: the salt is shown, so that it counts only once.
    Credential(Digest),
    /// Anything else, by the SHA-256 of its bytes: the salt is kept apart, since such digests can be guessed.
    Other(Digest),
}

/// The salt under which a decision cites evidence that is no credential. It is given once and kept nowhere: with it the
/// learner can show what the decision rested on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSalt {
    /// The position of the evidence, from 0, as it was given.
    pub position: usize,
    /// The SHA-256 of the evidence.
    pub evidence: Digest,
    /// The salt.
    pub salt: String,
}

/// What came of granting an exemption.
#[derive(Debug, Clone)]
pub struct GrantedExemption {
    /// The signed decision.
    pub document: IssuedDocument,
    /// Salts to give to the learner.
    pub salts: Vec<KeptSalt>,
    /// Whether the same was granted before and still holds: then nothing was signed.
    pub already: bool,
}

/// Why an exemption was not granted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExemptionError {
    /// No such edition here.
    #[error("this institution published no edition {edition} of {programme}; give the signed programme as a file")]
    UnknownProgramme {
        /// The programme.
        programme: Uri,
        /// The edition.
        edition: String,
    },
    /// The file is no signed programme.
    #[error("this is no signed programme: {0}")]
    Programme(#[from] ProofError),
    /// The file is another programme or edition.
    #[error("the file holds edition {found_edition} of {found}, not edition {edition} of {programme}")]
    OtherProgramme {
        /// The programme asked for.
        programme: Uri,
        /// The edition asked for.
        edition: String,
        /// The programme in the file.
        found: Uri,
        /// The edition in the file.
        found_edition: String,
    },
    /// Its rules contradict themselves.
    #[error("the rules of the programme do not hold together: {}", crate::publish::list(.errors))]
    Rules {
        /// Every contradiction.
        errors: Vec<RuleError>,
    },
    /// No parts.
    #[error("an exemption names at least one part")]
    NoParts,
    /// No such part.
    #[error("{programme} has no part {part:?}; its parts are {}", .parts.join(", "))]
    UnknownPart {
        /// The programme.
        programme: Uri,
        /// The id given.
        part: String,
        /// The ids that there are.
        parts: Vec<String>,
    },
    /// It must be shown.
    #[error("the programme allows no exemption from part {part:?}: it must be shown")]
    MustBeShown {
        /// Its id.
        part: String,
    },
    /// Somebody else decides.
    #[error("{did} may not exempt from parts of {programme}, which names who may: {}", .who.join(", "))]
    MayNotDecide {
        /// This institution.
        did: Did,
        /// The programme.
        programme: Uri,
        /// Who may.
        who: Vec<String>,
    },
    /// Too much evidence.
    #[error("a decision cites at most {MAX_EVIDENCE} pieces of evidence, not {found}")]
    TooMuchEvidence {
        /// How many were given.
        found: usize,
    },
}

impl GivenEvidence {
    /// A credential that can be read and carries a proof; else any file.
    pub fn of(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap_or_default().trim();
        let badge = Signed::<AchievementCredential>::parse(text).map(|signed| signed.digest());
        let digest =
            badge.or_else(|_| Signed::<ExemptionDecisionCredential>::parse(text).map(|signed| signed.digest()));
        digest.map_or_else(|_| Self::Other(Digest::of(bytes)), Self::Credential)
    }
}

impl Records<'_> {
    /// The edition that the draft is about.
    fn load_edition(&self, draft: &ExemptionDraft) -> Result<Signed<ProgrammeCredential>, IssuerError> {
        let (programme, edition) = (draft.programme.clone(), draft.edition.clone());
        let text = match &draft.programme_text {
            Some(text) => text.clone(),
            None => match self.repository().find_programme(&programme, &edition)? {
                Some(published) => published.text,
                None => return Err(ExemptionError::UnknownProgramme { programme, edition }.into()),
            },
        };
        let signed: Signed<ProgrammeCredential> = Signed::parse(text.trim()).map_err(ExemptionError::from)?;
        let found = &signed.peek_unverified().credential_subject.programme;
        if found.id != programme || found.edition != edition {
            let (found, found_edition) = (found.id.clone(), found.edition.clone());
            return Err(ExemptionError::OtherProgramme { programme, edition, found, found_edition }.into());
        }
        Ok(signed)
    }
}

impl Issuer<'_> {
    /// Signs and stores an exemption decision, with a place in a status list. The same decision again, while it holds, is
    /// the same document.
    ///
    /// # Errors
    /// [`IssuerError::NotPermitted`] for anybody but the examination board; [`ExemptionError`].
    pub fn grant_exemption(
        &self,
        by: &Actor,
        draft: &ExemptionDraft,
        now: Timestamp,
    ) -> Result<GrantedExemption, IssuerError> {
        let permit = by.permit(Action::Exempt)?;
        let reference =
            draft.reference.as_deref().map(|text| one_line("reference of the decision", text)).transpose()?;
        if draft.evidence.len() > MAX_EVIDENCE {
            return Err(ExemptionError::TooMuchEvidence { found: draft.evidence.len() }.into());
        }
        let signed = self.records().load_edition(draft)?;
        let parts = self.allowed_parts(draft, signed.peek_unverified())?;
        let (evidence, salts) = cite(&draft.evidence)?;
        let exemption = Exemption {
            programme: draft.programme.clone(),
            edition: draft.edition.clone(),
            digest: signed.digest(),
            parts,
            basis: draft.basis,
            evidence,
        };
        let holder = draft.holder.to_uri();
        let request = request_of(&holder, &exemption);
        let id = new_id()?;
        let sign = |list: &StatusListRecord, next: u32| {
            let mut content = envelope(
                document_contexts(),
                id.clone(),
                "ExemptionDecisionCredential",
                self.records().institution().signer(),
                (now, None),
                ExemptionSubject { id: holder.clone(), exemption: exemption.clone() },
            );
            content.description.clone_from(&reference);
            let entry = self.status_entry(list, next)?;
            let status_index = entry.index;
            content.credential_status = Some(CredentialStatus::Bitstring(entry));
            Ok(IssuedDocument {
                id: id.clone(),
                kind: DocumentKind::Exemption,
                holder: holder.clone(),
                request,
                reference: reference.clone(),
                status_list: list.id,
                status_index,
                signed_by: by.id().clone(),
                signed_at: now,
                text: self.sign(content, now)?.text().to_owned(),
                record: None,
                ended: None,
            })
        };
        let what = (DocumentKind::Exemption, &request, StatusPurpose::Revocation);
        let (document, already) = self.issue_document(what, &sign, &permit.entry(now, id.as_str(), 1))?;
        Ok(GrantedExemption { document, salts: if already { Vec::new() } else { salts }, already })
    }

    /// The parts, each once and in the programme's order.
    fn allowed_parts(
        &self,
        draft: &ExemptionDraft,
        credential: &ProgrammeCredential,
    ) -> Result<Vec<String>, ExemptionError> {
        let programme = &credential.credential_subject.programme;
        Rules::read(programme).map_err(|errors| ExemptionError::Rules { errors })?;
        let did = self.records().institution().did();
        let (named, kinds) = (&programme.decided_by, &programme.decided_by_kind);
        // Of what kind this institution is, only a verifier's trust list can say.
        if !named.is_empty() && kinds.is_empty() && !named.contains(did) {
            let who = named.iter().map(ToString::to_string).collect();
            return Err(ExemptionError::MayNotDecide { did: did.clone(), programme: programme.id.clone(), who });
        }
        let asked: BTreeSet<&str> = draft.parts.iter().map(String::as_str).collect();
        if asked.is_empty() {
            return Err(ExemptionError::NoParts);
        }
        for part in &asked {
            match programme.find_part(part) {
                None => {
                    let parts = programme.parts.iter().map(|part| part.id.clone()).collect();
                    let (programme, part) = (programme.id.clone(), (*part).to_owned());
                    return Err(ExemptionError::UnknownPart { programme, part, parts });
                }
                Some(part) if part.no_exemption => {
                    return Err(ExemptionError::MustBeShown { part: part.id.clone() });
                }
                Some(_) => {}
            }
        }
        let known = programme.parts.iter().map(|part| part.id.clone());
        Ok(known.filter(|part| asked.contains(part.as_str())).collect())
    }
}

/// Cites each piece under a salt of its own; of what is no credential the salt comes back and does not stand in the decision.
fn cite(evidence: &[GivenEvidence]) -> Result<(Vec<CitedEvidence>, Vec<KeptSalt>), IssuerError> {
    let (mut cited, mut salts) = (Vec::new(), Vec::new());
    for (position, given) in evidence.iter().enumerate() {
        let salt = random::token()?;
        match given {
            GivenEvidence::Credential(digest) => cited.push(CitedEvidence::of(digest, &salt)),
            GivenEvidence::Other(evidence) => {
                cited.push(CitedEvidence { digest: CitedEvidence::salted(evidence, &salt), salt: None });
                salts.push(KeptSalt { position, evidence: *evidence, salt });
            }
        }
    }
    Ok((cited, salts))
}

/// What makes two grants the same: everything that was decided, but not the salts.
fn request_of(holder: &Uri, exemption: &Exemption) -> Digest {
    let decided = serde_json::json!([holder, exemption.digest, exemption.parts, exemption.basis]);
    Digest::of(decided.to_string().as_bytes())
}

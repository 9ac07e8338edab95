//! From which parts did the board exempt whom?

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use stapel_credential::{Basis, Did, Digest, ExemptionDecisionCredential, RawJson, Timestamp, Uri};
use stapel_issuer::{Actor, DocumentKind, ExemptionDraft, GivenEvidence, IssuedDocument, Issuer, Records};

use super::DeskError;

/// An exemption that is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewExemption {
    pub(crate) holder: Did,
    pub(crate) programme: Uri,
    pub(crate) edition: String,
    /// The signed programme, where another body published it.
    pub(crate) programme_document: Option<RawJson>,
    pub(crate) parts: Vec<String>,
    /// `course`, `workplace`, `prior-learning` (also `evc`), `dialogue`, `foreign-qualification`.
    pub(crate) basis: String,
    #[serde(default)]
    pub(crate) evidence: Vec<NewEvidence>,
    pub(crate) reference: Option<String>,
}

/// One piece of evidence: a signed credential, or the SHA-256 of anything else, so that the file itself stays at home.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewEvidence {
    /// The credential.
    pub(crate) credential: Option<RawJson>,
    /// `sha256-…`
    pub(crate) digest: Option<Digest>,
}

/// What was granted.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Granted {
    #[serde(flatten)]
    pub(crate) exemption: ExemptionView,
    /// Salts of evidence that is no credential: shown this once, for the learner.
    pub(crate) salts: Vec<SaltView>,
    /// Whether the same was granted before and still holds.
    pub(crate) already: bool,
    /// The signed decision.
    pub(crate) document: Box<RawValue>,
}

/// The salt under which the decision cites a piece of evidence.
#[derive(Debug, Serialize)]
pub(crate) struct SaltView {
    /// Its position, from 0.
    pub(crate) position: usize,
    pub(crate) digest: Digest,
    pub(crate) salt: String,
}

/// An exemption as listings show it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExemptionView {
    pub(crate) credential: Uri,
    pub(crate) holder: Uri,
    pub(crate) programme: String,
    pub(crate) edition: String,
    pub(crate) parts: Vec<String>,
    pub(crate) basis: Option<Basis>,
    pub(crate) reference: Option<String>,
    pub(crate) granted: Timestamp,
    /// `valid` or `revoked`.
    pub(crate) status: &'static str,
}

impl ExemptionView {
    pub(crate) fn new(document: &IssuedDocument) -> Self {
        let exemption =
            ExemptionDecisionCredential::parse(&document.text).ok().map(|it| it.credential_subject.exemption);
        let exemption = exemption.as_ref();
        Self {
            credential: document.id.clone(),
            holder: document.holder.clone(),
            programme: exemption.map(|it| it.programme.to_string()).unwrap_or_default(),
            edition: exemption.map(|it| it.edition.clone()).unwrap_or_default(),
            parts: exemption.map(|it| it.parts.clone()).unwrap_or_default(),
            basis: exemption.map(|it| it.basis),
            reference: document.reference.clone(),
            granted: document.signed_at,
            status: if document.ended.is_some() { "revoked" } else { "valid" },
        }
    }
}

/// Reads the basis; `evc` is what the Netherlands call prior learning that was assessed.
pub(crate) fn basis(text: &str) -> Result<Basis, DeskError> {
    if text == "evc" {
        return Ok(Basis::PriorLearning);
    }
    Basis::find(text).ok_or_else(|| {
        let known: Vec<_> = Basis::ALL.iter().map(|basis| basis.as_str()).collect();
        DeskError::UnknownBasis { text: text.chars().take(80).collect(), known: known.join(", ") }
    })
}

impl NewEvidence {
    fn given(&self) -> Result<GivenEvidence, DeskError> {
        match (&self.credential, self.digest) {
            (Some(credential), None) => match GivenEvidence::of(credential.as_str().as_bytes()) {
                found @ GivenEvidence::Credential(_) => Ok(found),
                GivenEvidence::Other(_) => Err(DeskError::NoCredential),
            },
            (None, Some(digest)) => Ok(GivenEvidence::Other(digest)),
            _ => Err(DeskError::CredentialOrDigest),
        }
    }
}

impl NewExemption {
    /// The draft, with the evidence that stands in the request.
    pub(crate) fn draft(self) -> Result<ExemptionDraft, DeskError> {
        Ok(ExemptionDraft {
            holder: self.holder,
            programme: self.programme,
            edition: self.edition,
            programme_text: self.programme_document.map(|text| text.as_str().to_owned()),
            parts: self.parts,
            basis: basis(&self.basis)?,
            evidence: self.evidence.iter().map(NewEvidence::given).collect::<Result<_, _>>()?,
            reference: self.reference,
        })
    }
}

/// Grants an exemption.
pub(crate) fn grant(
    issuer: &Issuer<'_>,
    by: &Actor,
    draft: &ExemptionDraft,
    now: Timestamp,
) -> Result<Granted, DeskError> {
    let granted = issuer.grant_exemption(by, draft, now)?;
    let salts = granted.salts.into_iter();
    Ok(Granted {
        exemption: ExemptionView::new(&granted.document),
        salts: salts.map(|it| SaltView { position: it.position, digest: it.evidence, salt: it.salt }).collect(),
        already: granted.already,
        document: raw(granted.document.text)?,
    })
}

/// A signed text, byte for byte inside another document.
pub(crate) fn raw(text: String) -> Result<Box<RawValue>, DeskError> {
    RawValue::from_string(text).map_err(|error| DeskError::Argument(error.to_string()))
}

/// All exemptions.
pub(crate) fn list(records: &Records<'_>, by: &Actor) -> Result<Vec<ExemptionView>, DeskError> {
    Ok(records.documents(by, DocumentKind::Exemption)?.iter().map(ExemptionView::new).collect())
}

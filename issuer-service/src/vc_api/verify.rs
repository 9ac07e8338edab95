//! Does this credential or presentation hold, as far as was asked? By the one pipeline, with the status lists of this process alone.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use stapel_credential::{AnyCredential, AnyPresentation, Credential as _, Digest, RawJson, Timestamp, Uri};
use stapel_proof::{Cryptosuite, Document, ProofError, Signed};
use stapel_verifier::{
    Audience, CheckKind, CheckResult, Dossier, Findings, Policy, Reason, verify, verify_presentation,
};

use super::VcApi;
use super::asked::Asked;
use super::body::Body;
use super::contexts::{EXAMPLES, EXAMPLES_URL};
use super::envelope::Held;
use super::report::Report;
use crate::error::Problem;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CredentialRequest {
    verifiable_credential: RawJson,
    #[serde(default)]
    options: Option<Options>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PresentationRequest {
    verifiable_presentation: RawJson,
    #[serde(default)]
    options: Option<Options>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Options {
    checks: Vec<String>,
    challenge: Option<String>,
    domain: Option<String>,
    expected_proof_purpose: Option<String>,
}

pub(super) async fn credential(
    State(api): State<VcApi>,
    Body(request): Body<CredentialRequest>,
) -> Result<Response, Problem> {
    let options = request.options.unwrap_or_default();
    let asked = options.asked()?;
    let report = api.work(move |api| api.credential(&request.verifiable_credential, &options, asked)).await?;
    Ok(report.into_response("The credential was not verified"))
}

pub(super) async fn presentation(
    State(api): State<VcApi>,
    Body(request): Body<PresentationRequest>,
) -> Result<Response, Problem> {
    let options = request.options.unwrap_or_default();
    let asked = options.asked()?;
    let report = api.work(move |api| api.presentation(&request.verifiable_presentation, &options, asked)).await?;
    Ok(report.into_response("The presentation was not verified"))
}

impl Options {
    fn asked(&self) -> Result<Asked, Problem> {
        Ok(Asked::of(&self.checks)?.with_audience(self.challenge.is_some() || self.domain.is_some()))
    }

    fn audience(&self) -> Audience {
        Audience { domain: self.domain.clone(), challenge: self.challenge.clone() }
    }
}

impl VcApi {
    fn credential(&self, received: &RawJson, options: &Options, asked: Asked) -> Result<Report, Problem> {
        let mut report = Report::new(asked);
        let (dossier, now) = (self.dossier()?, self.now());
        match Held::Credential.take_out(received).map_err(ProofError::from).and_then(|text| Signed::parse(&text)) {
            Ok(signed) => {
                let policy = policy(&signed);
                let mut findings = verify(&signed, &dossier, &policy, now).findings().clone();
                look_at_proofs(&signed, options, &policy, now, &mut findings);
                if let Some(result) = made_for(&signed, options) {
                    findings.add(CheckKind::Audience, result);
                }
                report.add(&findings, None);
            }
            Err(error) => report.add(&unreadable(&error), None),
        }
        Ok(report)
    }

    fn presentation(&self, received: &RawJson, options: &Options, asked: Asked) -> Result<Report, Problem> {
        let mut report = Report::new(asked);
        let (dossier, now) = (self.dossier()?, self.now());
        match Held::Presentation.take_out(received).map_err(ProofError::from).and_then(|text| Signed::parse(&text)) {
            Ok(signed) => {
                let signed: Signed<AnyPresentation> = signed;
                let policy = Policy { any_credential: true, ..Policy::default() };
                let verdict = verify_presentation(&signed, &dossier, &policy, &options.audience(), now);
                let mut findings = verdict.findings;
                look_at_proofs(&signed, options, &policy, now, &mut findings);
                report.add(&findings, None);
                for (index, (_, presented)) in verdict.presented.iter().enumerate() {
                    report.add(presented.findings(), Some(index));
                }
            }
            Err(error) => report.add(&unreadable(&error), None),
        }
        Ok(report)
    }

    /// The status lists of this process, as they are now.
    fn dossier(&self) -> Result<Dossier, Problem> {
        let mut dossier = Dossier::default();
        dossier.add_context(EXAMPLES_URL, EXAMPLES, &Digest::of(EXAMPLES.as_bytes())).map_err(Problem::internal)?;
        let ids = self.lists().ids();
        for id in ids {
            let address = Uri::parse(&self.list_address(&id)).map_err(Problem::internal)?;
            dossier.add_status_list(&address, &self.signed_list(&id)?).map_err(Problem::internal)?;
        }
        Ok(dossier)
    }
}

/// Whoever issued it is trusted: trust is no question here.
fn policy(signed: &Signed<AnyCredential>) -> Policy {
    let issuer = signed.peek_unverified().issuer_id().as_did();
    Policy { any_credential: true, pinned_issuers: issuer.into_iter().collect(), ..Policy::default() }
}

/// What VC Data Integrity §4.4 asks of each proof beside its signature: the purpose that was expected, and its own end.
fn look_at_proofs<T: Document>(
    signed: &Signed<T>,
    options: &Options,
    policy: &Policy,
    now: Timestamp,
    findings: &mut Findings,
) {
    for proof in signed.proofs() {
        if let Some(expected) = &options.expected_proof_purpose
            && proof.purpose != *expected
        {
            let reason = Reason::WrongPurpose { expected: expected.clone(), found: proof.purpose.clone() };
            findings.add(CheckKind::Proof, CheckResult::Fail(reason));
        }
        let tolerance = std::time::Duration::from_secs(policy.clock_tolerance_seconds);
        // In the JWT of Open Badges the end is the document's, not the signature's: a question of its validity.
        let is_of_the_proof = !matches!(proof.cryptosuite, Cryptosuite::VcJwt(_));
        if let Some(until) = proof.expires.filter(|_| is_of_the_proof)
            && until < now.before(tolerance)
        {
            findings.add(CheckKind::Proof, CheckResult::Fail(Reason::ProofExpired { until, now }));
        }
    }
}

/// Of a presentation the pipeline says it; a credential may be made for somebody, too (VC Data Integrity §2.1, `domain`, `challenge`).
fn made_for(signed: &Signed<AnyCredential>, options: &Options) -> Option<CheckResult> {
    if options.domain.is_none() && options.challenge.is_none() {
        return None;
    }
    for proof in signed.proofs() {
        if let Some(expected) = &options.domain
            && !proof.domain.contains(expected)
        {
            let found = proof.domain.first().cloned();
            return Some(CheckResult::Fail(Reason::ForAnother { expected: expected.clone(), found }));
        }
        if options.challenge.is_some() && proof.challenge != options.challenge {
            return Some(CheckResult::Fail(Reason::OtherChallenge { found: proof.challenge.clone() }));
        }
    }
    Some(CheckResult::Pass(Reason::ForUs))
}

/// The findings of what is no signed document.
fn unreadable(error: &ProofError) -> Findings {
    let mut findings = Findings::default();
    let message = error.to_string();
    if error.is_undecided() {
        findings.add(CheckKind::Key, CheckResult::Unknown(Reason::KeyUnreadable { message }));
    } else {
        findings.add(CheckKind::Structure, CheckResult::Fail(Reason::Malformed { message }));
    }
    findings
}

#[cfg(test)]
mod tests {
    use stapel_credential::json::JsonError;

    use super::*;

    #[test]
    fn what_cannot_be_read_is_told_apart_from_what_is_wrong() {
        let shape = JsonError::Shape { path: "$".to_owned(), message: "x".to_owned() };
        let of = |error: ProofError| unreadable(&error).checks().to_vec();
        assert!(matches!(of(shape.into()).as_slice(), [check] if check.kind == CheckKind::Structure));
        let method = Uri::parse("https://a.example/keys/1").unwrap();
        let foreign = ProofError::ForeignMethod { path: "$.proof".to_owned(), method };
        assert!(matches!(of(foreign).as_slice(), [check] if check.kind == CheckKind::Key));
    }
}

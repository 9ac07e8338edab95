//! The one pipeline: structure, proof, control of the key, validity, status, trust.

use std::time::Duration;

use stapel_credential::{
    AchievementSubject, AnyCredential, Code, CodeScheme, Credential, CredentialRef, ExemptionSubject, ProgrammeSubject,
    Subject, Timestamp, TrustListSubject, Uri, VerifiableCredential, data_model, known_context_digests,
};
use stapel_proof::{Authentic, AuthenticateError, Document, KeyLookupError, ProofError, Signed};

use crate::check::{CheckKind, CheckResult, Findings, Missing};
use crate::dossier::Dossier;
use crate::keys_at::KeysAt;
use crate::policy::Policy;
use crate::reason::Reason;
use crate::status::Look;
use crate::trust::{NotVouched, Trust, Vouched};
use crate::verdict::Verdict;

/// What a credential claims in the name of public registers: the codes for which its issuer needs a mandate.
pub trait Claims: Subject {
    /// The codes of public registers that it certifies or rules over.
    fn claimed_codes(&self) -> Vec<Code>;
}

impl Claims for AchievementSubject {
    fn claimed_codes(&self) -> Vec<Code> {
        registered(self.achievement.codes())
    }
}

impl Claims for ProgrammeSubject {
    fn claimed_codes(&self) -> Vec<Code> {
        registered(self.programme.awards.iter().filter_map(|award| award.code.clone()).collect())
    }
}

impl Claims for ExemptionSubject {
    fn claimed_codes(&self) -> Vec<Code> {
        Vec::new()
    }
}

impl Claims for TrustListSubject {
    fn claimed_codes(&self) -> Vec<Code> {
        Vec::new()
    }
}

/// A credential that the pipeline verifies: one of our own kinds, or any.
pub trait Verifiable: Document + Credential {
    /// The codes of public registers for which its issuer needs a mandate.
    fn claimed_codes(&self) -> Vec<Code>;

    /// Its kind, in the words of its types.
    fn kind(&self) -> String;

    /// What identifies it, where it has an id.
    fn find_reference(&self) -> Option<CredentialRef> {
        Some(CredentialRef { issuer: self.issuer_id().clone(), id: self.id()?.clone() })
    }
}

impl<S: Claims> Verifiable for VerifiableCredential<S> {
    fn claimed_codes(&self) -> Vec<Code> {
        self.credential_subject.claimed_codes()
    }

    fn kind(&self) -> String {
        S::CREDENTIAL_TYPES.first().copied().unwrap_or_default().to_owned()
    }
}

/// Of a foreign kind it is known who issued it, not what that issuer may certify: it claims no code.
impl Verifiable for AnyCredential {
    fn claimed_codes(&self) -> Vec<Code> {
        Vec::new()
    }

    fn kind(&self) -> String {
        let more: Vec<&str> = self.types().iter().map(String::as_str).filter(|kind| *kind != BASE_TYPE).collect();
        if more.is_empty() { BASE_TYPE.to_owned() } else { more.join(", ") }
    }
}

const BASE_TYPE: &str = "VerifiableCredential";

fn registered(mut codes: Vec<Code>) -> Vec<Code> {
    codes.retain(|code| code.scheme() != CodeScheme::Own);
    codes
}

/// Verifies a credential. Pure: the same document, dossier, policy and now give the same verdict on every machine.
pub fn verify<T: Verifiable>(signed: &Signed<T>, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Verdict<T> {
    verify_with(signed, dossier, policy, &Trust::new(dossier, policy, now), now, None)
}

/// Reads and verifies a credential: text that cannot be read is refused, with the place and the cause.
pub fn verify_text<T: Verifiable>(text: &str, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Verdict<T> {
    match Signed::parse(text) {
        Ok(signed) => verify(&signed, dossier, policy, now),
        Err(error) => Verdict::conclude(None, unreadable(&error)),
    }
}

/// The findings of a text that could not be read as a signed document: malformed, with the place and the cause, or undecided
/// where it could not be read to its end.
pub fn unreadable(error: &ProofError) -> Findings {
    let mut findings = Findings::default();
    let message = error.to_string();
    if error.is_undecided() {
        findings.add(CheckKind::Key, CheckResult::Unknown(Reason::KeyUnreadable { message }));
    } else {
        findings.add(CheckKind::Structure, CheckResult::Fail(Reason::Malformed { message }));
    }
    findings
}

/// Who presents a credential.
#[derive(Clone, Copy)]
pub(crate) struct Presenter<'a> {
    pub(crate) holder: &'a Uri,
    /// Whether the holder's own proof was accepted: else it is a name that anybody can write.
    pub(crate) is_established: bool,
}

/// The pipeline, with trust applied once for many credentials, and with the one who presents if there is one.
pub(crate) fn verify_with<T: Verifiable>(
    signed: &Signed<T>,
    dossier: &Dossier,
    policy: &Policy,
    trust: &Trust,
    now: Timestamp,
    shown_by: Option<Presenter<'_>>,
) -> Verdict<T> {
    let content = signed.peek_unverified();
    let mut findings = Findings::default();
    findings.add(CheckKind::Structure, structure(content, dossier));
    let authentic = authenticate(signed, KeysAt { dossier, trust: Some(trust), now }, &mut findings);
    findings.add(CheckKind::Validity, validity(content.valid_from(), content.valid_until(), signed, policy, now));
    let look = Look { dossier, policy, trust, now };
    if content.statuses().is_empty() {
        findings.add(CheckKind::Status, CheckResult::Pass(Reason::NoStatus));
    }
    // Several entries are several questions: each has its answer.
    for entry in content.statuses() {
        let (status, missing) = look.status(content.issuer_id(), entry);
        findings.add(CheckKind::Status, status);
        if let Some(missing) = missing {
            findings.need(missing);
        }
    }
    findings.add(CheckKind::Trust, vouched(content, trust, now));
    if let Some(shown_by) = shown_by {
        findings.add(CheckKind::Holder, about(&content.subject_ids(), shown_by));
    }
    Verdict::conclude(authentic, findings)
}

/// The rules of the data model. That every term is mapped by the contexts, and that JSON and dataset say the same, is settled where the
/// proof is over a dataset: there an undefined term has no canonical form at all.
fn structure<T: Verifiable>(content: &T, dossier: &Dossier) -> CheckResult {
    if let Err(error) = data_model::check(content) {
        return CheckResult::Fail(Reason::Malformed { message: error.to_string() });
    }
    // VC Data Model 2.0 §5.3: what is at hand must be what the issuer fixed; what is not at hand is not asked for.
    let altered =
        content.related_resources().iter().find(|resource| match known_context_digests(resource.id.as_str()) {
            Some(digests) => !digests.iter().any(|digest| resource.may_be(digest)),
            None => dossier.find_resource(&resource.id).is_some_and(|text| !resource.agrees_with(text)),
        });
    match altered {
        Some(resource) => CheckResult::Fail(Reason::ResourceAltered { resource: resource.id.clone() }),
        None => CheckResult::Pass(Reason::WellFormed { kind: content.kind() }),
    }
}

/// Proof and key, as two findings: an altered text and a stranger's key are different news.
pub(crate) fn authenticate<T: Document>(
    signed: &Signed<T>,
    keys: KeysAt<'_>,
    findings: &mut Findings,
) -> Option<Authentic<T>> {
    let method = signed.proofs().next().map(|proof| proof.verification_method.clone());
    let intact = method.map(|method| CheckResult::Pass(Reason::Intact { method }));
    let error = match signed.authenticate(&keys) {
        Ok(authentic) => {
            if let Some(intact) = intact {
                findings.add(CheckKind::Proof, intact);
            }
            let controller = signed.peek_unverified().controller().clone();
            let keeper =
                controller.as_did().zip(keys.trust).and_then(|(did, trust)| trust.find_keeper(&did).map(str::to_owned));
            findings.add(
                CheckKind::Key,
                CheckResult::Pass(match keeper {
                    Some(list) => Reason::KeyKept { controller, list },
                    None => Reason::KeyOfController { controller },
                }),
            );
            return Some(authentic);
        }
        Err(error) => error,
    };
    let not_reached = CheckResult::Unknown(Reason::KeyNotReached);
    let (kind, result) = match error {
        AuthenticateError::BadSignature { method } => (CheckKind::Proof, CheckResult::Fail(Reason::Altered { method })),
        AuthenticateError::WrongPurpose { expected, found } => {
            (CheckKind::Proof, CheckResult::Fail(Reason::WrongPurpose { expected: expected.to_string(), found }))
        }
        AuthenticateError::WrongAlgorithm { method, algorithm, kind } => {
            let kind = kind.to_owned();
            (CheckKind::Proof, CheckResult::Fail(Reason::WrongAlgorithm { method, algorithm, kind }))
        }
        AuthenticateError::UnsupportedSuite { suite } => {
            (CheckKind::Proof, CheckResult::Unknown(Reason::UnknownSuite { suite }))
        }
        AuthenticateError::UnknownContext { url } => {
            (CheckKind::Proof, CheckResult::Unknown(Reason::ContextUnknown { url }))
        }
        AuthenticateError::NotWhatWasSigned(error) => {
            (CheckKind::Proof, CheckResult::Fail(Reason::NotWhatWasSigned { message: error.to_string() }))
        }
        AuthenticateError::NotByController { controller, found } => {
            (CheckKind::Key, CheckResult::Fail(Reason::KeyOfAnother { controller, found }))
        }
        AuthenticateError::KeyRefused(error) => {
            (CheckKind::Key, CheckResult::Fail(Reason::KeyRefused { message: error.to_string() }))
        }
        AuthenticateError::KeyUnknown(KeyLookupError::Missing { did, url }) => {
            findings.need(Missing::Controller { did: did.clone(), url: url.clone() });
            (CheckKind::Key, CheckResult::Unknown(Reason::KeyMissing { did, url }))
        }
        AuthenticateError::KeyUnknown(error) => {
            (CheckKind::Key, CheckResult::Unknown(Reason::KeyUnreadable { message: error.to_string() }))
        }
        error => (CheckKind::Proof, CheckResult::Unknown(Reason::KeyUnreadable { message: error.to_string() })),
    };
    findings.add(kind, result);
    if kind == CheckKind::Proof {
        findings.add(CheckKind::Key, not_reached);
    }
    None
}

pub(crate) fn validity<T: Document>(
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    signed: &Signed<T>,
    policy: &Policy,
    now: Timestamp,
) -> CheckResult {
    let tolerance = Duration::from_secs(policy.clock_tolerance_seconds);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        return CheckResult::Fail(Reason::EndsBeforeItBegins { from, until });
    }
    if let Some(from) = from
        && from > now.after(tolerance)
    {
        return CheckResult::Fail(Reason::NotYetValid { from, now });
    }
    if let Some(until) = until
        && until < now.before(tolerance)
    {
        return CheckResult::Fail(Reason::Expired { until, now, days: now.day().days_since(until.day()) });
    }
    match signed.proofs().filter_map(|proof| proof.expires).min() {
        Some(end) if end < now.before(tolerance) => CheckResult::Fail(Reason::ProofExpired { until: end, now }),
        Some(end) if until.is_none_or(|until| end < until) => {
            CheckResult::Pass(Reason::ValidUntilProofEnds { until: end })
        }
        _ => CheckResult::Pass(match from {
            Some(from) => Reason::Valid { from, until },
            None => Reason::ValidWithoutBeginning { until },
        }),
    }
}

fn vouched<T: Verifiable>(content: &T, trust: &Trust, now: Timestamp) -> CheckResult {
    let unknown = || CheckResult::Unknown(Reason::IssuerUnknown { issuer: content.issuer_id().clone() });
    let Some(issuer) = content.issuer_id().as_did() else { return unknown() };
    let codes = content.claimed_codes();
    // The day of the award decides; where no day stands in it, today.
    let award = content.awarded().or(content.valid_from()).unwrap_or(now);
    match trust.vouch_for_codes(&issuer, &codes, award.day()) {
        Ok(Vouched::Pinned) => CheckResult::Pass(Reason::Pinned { issuer }),
        Ok(Vouched::ByList { list, name, .. }) => {
            let successor = trust.find_successor(&issuer, now.day());
            CheckResult::Pass(Reason::Vouched { name, list, codes, successor })
        }
        Err(NotVouched::Unknown { .. }) => unknown(),
        Err(NotVouched::KeysKept { list, name, keeper }) => {
            CheckResult::Unknown(Reason::KeysKeptByAnother { name, list, keeper })
        }
        Err(NotVouched::NotThen { list, name, day }) => CheckResult::Fail(Reason::NotVouchedThen { name, list, day }),
        Err(NotVouched::NotAuthorised { list, name, code, day }) => {
            CheckResult::Fail(Reason::NotAuthorised { name, list, code, day })
        }
    }
}

/// Of several subjects one must be the holder.
fn about(subjects: &[Option<&Uri>], shown_by: Presenter<'_>) -> CheckResult {
    let holder = shown_by.holder.clone();
    if !subjects.contains(&Some(shown_by.holder)) {
        let subject = subjects.iter().find_map(|subject| *subject);
        let subject = subject.map_or_else(|| "nobody in particular".to_owned(), ToString::to_string);
        CheckResult::Fail(Reason::OfAnother { subject, holder })
    } else if shown_by.is_established {
        CheckResult::Pass(Reason::OfHolder { holder })
    } else {
        CheckResult::Unknown(Reason::HolderNotEstablished { holder })
    }
}

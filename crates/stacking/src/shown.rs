//! What is to be said of a document that somebody shows, whatever it is?

use serde::{Serialize, Serializer};
use stapel_credential::{
    AchievementCredential, AchievementSubject, Did, ExemptionDecisionCredential, Plan, ProgrammeCredential, Subject,
    Timestamp, TrustListCredential, VerifiableCredential, VerifiablePresentation,
};
use stapel_proof::{ProofError, Signed, is_jwt};
use stapel_verifier::{
    Audience, CheckKind, CheckResult, DocumentKind, Dossier, Findings, KindError, Missing, Outcome, Policy,
    PresentationVerdict, Presented, Reason, Trust, Verdict, Verified, unreadable, verify, verify_presentation,
};

use crate::{HeldRecord, Holdings, PlanError, Progress, check};

const PRESENTATION: &str = "VerifiablePresentation";

/// The verdict on one document, whatever it is.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "document", content = "verdict")]
#[non_exhaustive]
pub enum Verdicts {
    /// A badge or diploma.
    Badge(Verdict<AchievementCredential>),
    /// A programme.
    Programme(Verdict<ProgrammeCredential>),
    /// An exemption.
    Decision(Verdict<ExemptionDecisionCredential>),
    /// A trust list.
    TrustList(Verdict<TrustListCredential>),
    /// What a holder shows.
    Presentation(Box<PresentationVerdict>),
}

/// What came of the plan in a presentation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ProgressAnswer {
    /// Recomputed, and as the plan says.
    Recomputed(Box<Progress>),
    /// The plan claims more than its credentials show: the first line that fails.
    Fails(Box<PlanError>),
    /// Not recomputed, since something that was shown along was not accepted.
    NotReached,
}

/// The answer about one document.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The verdict. That on a presentation with a plan has the progress among its checks.
    pub verdicts: Verdicts,
    /// What came of the plan, if there was one.
    pub progress: Option<ProgressAnswer>,
    issuers: Vec<Did>,
}

impl Serialize for Answer {
    /// `outcome`, then the kind of `document` and its `verdict`; of a presentation what came of its plan besides, and that a
    /// bundle claims no qualification.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'a> {
            outcome: Outcome,
            #[serde(flatten)]
            body: AnswerBody<'a>,
        }
        Written { outcome: self.outcome(), body: self.body() }.serialize(serializer)
    }
}

/// An answer as it is written but for its outcome, for whoever knows more than the document and writes an outcome of their own.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerBody<'a> {
    #[serde(flatten)]
    verdicts: &'a Verdicts,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims_qualification: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<&'a Progress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan_error: Option<String>,
}

impl Answer {
    /// The answer without its outcome.
    pub fn body(&self) -> AnswerBody<'_> {
        let bundle = matches!(&self.verdicts, Verdicts::Presentation(verdict) if verdict.bundle.is_some());
        let (progress, plan_error) = match &self.progress {
            Some(ProgressAnswer::Recomputed(progress)) => (Some(progress.as_ref()), None),
            Some(ProgressAnswer::Fails(error)) => (None, Some(error.to_string())),
            Some(ProgressAnswer::NotReached) | None => (None, None),
        };
        AnswerBody { verdicts: &self.verdicts, claims_qualification: bundle.then_some(false), progress, plan_error }
    }

    /// The answer in one word.
    pub fn outcome(&self) -> Outcome {
        match &self.verdicts {
            Verdicts::Presentation(verdict) => verdict.outcome(),
            _ => self.findings().outcome(),
        }
    }

    /// The checks of the document itself; of a presentation, those of its parts aside.
    pub fn findings(&self) -> &Findings {
        match &self.verdicts {
            Verdicts::Badge(verdict) => verdict.findings(),
            Verdicts::Programme(verdict) => verdict.findings(),
            Verdicts::Decision(verdict) => verdict.findings(),
            Verdicts::TrustList(verdict) => verdict.findings(),
            Verdicts::Presentation(verdict) => &verdict.findings,
        }
    }

    /// What would have to be fetched for a decision.
    pub fn missing(&self) -> Vec<Missing> {
        match &self.verdicts {
            Verdicts::Presentation(verdict) => verdict.missing(),
            _ => self.findings().missing().to_vec(),
        }
    }

    /// Whose keys the answer rests on.
    pub fn issuers(&self) -> &[Did] {
        &self.issuers
    }
}

/// Why nothing is to be said of a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShownError {
    /// It is none of the documents that somebody shows.
    #[error(transparent)]
    Kind(#[from] KindError),
    /// It is of such a kind, but cannot be read.
    #[error(transparent)]
    Document(#[from] ProofError),
}

impl ShownError {
    /// The checks of a text that cannot be read, as [`stapel_verifier::verify_text`] has them: what is malformed is refused. None
    /// where it is something else than we read, against which nothing is known.
    pub fn findings(&self) -> Option<Findings> {
        match self {
            Self::Document(error) => Some(unreadable(error)),
            Self::Kind(KindError::Json(error)) => Some(unreadable(&error.clone().into())),
            Self::Kind(_) => None,
        }
    }
}

/// Verifies a document, whatever it is. The progress that a presentation claims is recomputed.
///
/// # Errors
/// [`ShownError`]
pub fn verify_document(
    text: &str,
    dossier: &Dossier,
    policy: &Policy,
    audience: &Audience,
    now: Timestamp,
) -> Result<Answer, ShownError> {
    let text = text.trim();
    if let Some(answer) = verify_badge(text, dossier, policy, now) {
        return Ok(answer);
    }
    let foreign = |kind: &str| Err(KindError::Foreign { types: vec![kind.to_owned()] }.into());
    match DocumentKind::read(text)? {
        DocumentKind::Badge => of(text, Verdicts::Badge, |signed| verify(signed, dossier, policy, now)),
        DocumentKind::Programme => of(text, Verdicts::Programme, |signed| verify(signed, dossier, policy, now)),
        DocumentKind::Decision => of(text, Verdicts::Decision, |signed| verify(signed, dossier, policy, now)),
        DocumentKind::TrustList => {
            // Nobody vouches for an anchor but whoever chose it.
            let mut policy = policy.clone();
            policy.pinned_issuers.extend(policy.trust_anchors.iter().cloned());
            of(text, Verdicts::TrustList, |signed| verify(signed, dossier, &policy, now))
        }
        DocumentKind::Presentation => {
            let signed = Signed::<VerifiablePresentation>::parse(text)?;
            let mut verdict = verify_presentation(&signed, dossier, policy, audience, now);
            let trust = Trust::new(dossier, policy, now);
            let progress = verdict.plan.clone().map(|plan| recompute(&mut verdict, &plan, &trust, now));
            let issuers = verdict.presented.iter().filter_map(|(credential, _)| credential.as_ref()?.issuer.as_did());
            let issuers = issuers.collect();
            Ok(Answer { verdicts: Verdicts::Presentation(Box::new(verdict)), progress, issuers })
        }
        DocumentKind::AwardRecord => foreign("AwardRecord"),
        _ => foreign("BitstringStatusListCredential"),
    }
}

/// As [`verify_document`], where the text is a badge at first sight: this takes a fraction of a millisecond, while of other documents
/// more is read and a progress is computed again. None where the longer way must tell what it is, or why it cannot be read.
pub fn verify_badge(text: &str, dossier: &Dossier, policy: &Policy, now: Timestamp) -> Option<Answer> {
    let signed = find_badge(text.trim())?;
    Some(answer(&signed, Verdicts::Badge, verify(&signed, dossier, policy, now)))
}

/// Most of what somebody shows is a badge, and thousands of them are read once, not once for their kind and once more. What is none,
/// or cannot be read, is left to the longer way, which says why.
fn find_badge(text: &str) -> Option<Signed<AchievementCredential>> {
    let says = |kind: &&str| text.contains(*kind);
    let may_be = is_jwt(text) || (!says(&PRESENTATION) && AchievementSubject::CREDENTIAL_TYPES.iter().any(says));
    let signed = may_be.then(|| Signed::<AchievementCredential>::parse(text).ok())??;
    let types = &signed.peek_unverified().types;
    let is_one = types.iter().any(|kind| AchievementSubject::CREDENTIAL_TYPES.contains(&kind.as_str()));
    // By its own word it may be several things: the order among these is that of `DocumentKind`.
    (is_one && !types.iter().any(|kind| kind == PRESENTATION)).then_some(signed)
}

fn of<S: Subject>(
    text: &str,
    verdicts: fn(Verdict<VerifiableCredential<S>>) -> Verdicts,
    verify: impl FnOnce(&Signed<VerifiableCredential<S>>) -> Verdict<VerifiableCredential<S>>,
) -> Result<Answer, ShownError> {
    let signed: Signed<VerifiableCredential<S>> = Signed::parse(text)?;
    let verdict = verify(&signed);
    Ok(answer(&signed, verdicts, verdict))
}

fn answer<S: Subject>(
    signed: &Signed<VerifiableCredential<S>>,
    verdicts: fn(Verdict<VerifiableCredential<S>>) -> Verdicts,
    verdict: Verdict<VerifiableCredential<S>>,
) -> Answer {
    let issuers = signed.peek_unverified().issuer_did().into_iter().collect();
    Answer { verdicts: verdicts(verdict), progress: None, issuers }
}

/// Recomputes the progress and adds what came of it to the checks. What is undecided must not read as a false plan, so
/// nothing is counted before everything that was shown is accepted.
fn recompute(verdict: &mut PresentationVerdict, plan: &Plan, trust: &Trust, now: Timestamp) -> ProgressAnswer {
    let all_accepted = matches!(verdict.outcome(), Outcome::Accepted | Outcome::AcceptedWithRemarks);
    let programme = find_programme(verdict, plan);
    let (Some(holder), Some(programme), true) = (&verdict.holder, programme, all_accepted) else {
        let message = if all_accepted {
            format!("the programme {} was not shown along", plan.programme.id)
        } else {
            "not everything that was shown is accepted".to_owned()
        };
        verdict.findings.add(CheckKind::Progress, CheckResult::Unknown(Reason::ProgressFails { message }));
        return ProgressAnswer::NotReached;
    };
    // One that cannot be read is one that nobody shows: it could only have taken something away.
    let records: Vec<HeldRecord> =
        verdict.award_records.iter().filter_map(|record| HeldRecord::parse(record.as_str()).ok()).collect();
    let (credentials, decisions) = (&verdict.badges(), &verdict.exemptions());
    let holdings = Holdings { holder, credentials, decisions, records: &records };
    let checked = check(&programme, plan, &holdings, trust, now);
    let (result, answer) = match checked {
        Ok(progress) => (CheckResult::Pass(Reason::ProgressHolds), ProgressAnswer::Recomputed(Box::new(progress))),
        Err(error) => {
            let message = error.to_string();
            (CheckResult::Fail(Reason::ProgressFails { message }), ProgressAnswer::Fails(Box::new(error)))
        }
    };
    verdict.findings.add(CheckKind::Progress, result);
    answer
}

pub(crate) fn find_programme(verdict: &PresentationVerdict, plan: &Plan) -> Option<Verified<ProgrammeCredential>> {
    let accepted = verdict.presented.iter().filter_map(|(_, presented)| match presented {
        Presented::Programme(verdict) => verdict.accepted(),
        _ => None,
    });
    let mut accepted: Vec<_> = accepted.cloned().collect();
    let exact = accepted.iter().position(|programme| programme.digest() == plan.programme.digest);
    // Without the exact one, the plan's own sentence says what is wrong with the one that was shown.
    (!accepted.is_empty()).then(|| accepted.swap_remove(exact.unwrap_or_default()))
}

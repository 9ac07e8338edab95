//! What does this holder show us, and does each part of it hold?

use serde::{Deserialize, Serialize};
use stapel_credential::{
    AchievementCredential, AnyCredential, AnyPresentation, BoardRequest, CredentialRef, ExemptionDecisionCredential,
    Plan, ProgrammeCredential, Question, RawJson, Timestamp, Uri, VerifiablePresentation, json,
};
use stapel_proof::{Document, Signed, peek_document_unverified, text_within};

use crate::check::{CheckKind, CheckResult, Findings};
use crate::dossier::Dossier;
use crate::keys_at::KeysAt;
use crate::pipeline::{Presenter, Verifiable, authenticate, unreadable, validity, verify_with};
use crate::policy::Policy;
use crate::reason::Reason;
use crate::trust::Trust;
use crate::verdict::{Outcome, Verdict, Verified};

/// Who asked, and with which single-use text. What is `None` is not compared.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Audience {
    /// `proof.domain`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// `proof.challenge`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge: Option<String>,
}

/// One credential of a presentation, with its verdict.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "verdict")]
#[non_exhaustive]
pub enum Presented {
    /// A badge or diploma.
    Badge(Verdict<AchievementCredential>),
    /// A programme.
    Programme(Verdict<ProgrammeCredential>),
    /// An exemption.
    Exemption(Verdict<ExemptionDecisionCredential>),
    /// A credential of a foreign kind, where the policy reads those.
    Foreign(Verdict<AnyCredential>),
    /// Something that could not be read as any of these.
    Unreadable(Findings),
}

/// What came of a presentation: the holder's own proof, then each credential.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PresentationVerdict {
    /// Who shows it, by its own word unless the proof passed.
    pub holder: Option<Uri>,
    /// The checks of the presentation itself.
    pub findings: Findings,
    /// The credentials shown, in their order, status lists aside.
    pub presented: Vec<(Option<CredentialRef>, Presented)>,
    /// The plan that came along, unchecked: `stapel_stacking::check` recomputes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// The question that it says it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// The title of a bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle: Option<stapel_credential::Bundle>,
    /// What it asks of an examination board, with what is shown as the evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<BoardRequest>,
    /// The award records that came along, unchecked: counting takes their word only where a verified diploma fixes them.
    #[serde(skip)]
    pub award_records: Vec<RawJson>,
}

impl Presented {
    /// The checks made.
    pub fn findings(&self) -> &Findings {
        match self {
            Self::Badge(verdict) => verdict.findings(),
            Self::Programme(verdict) => verdict.findings(),
            Self::Exemption(verdict) => verdict.findings(),
            Self::Foreign(verdict) => verdict.findings(),
            Self::Unreadable(findings) => findings,
        }
    }
}

impl PresentationVerdict {
    /// The badges that were accepted.
    pub fn badges(&self) -> Vec<Verified<AchievementCredential>> {
        self.presented
            .iter()
            .filter_map(|(_, presented)| match presented {
                Presented::Badge(verdict) => verdict.accepted().cloned(),
                _ => None,
            })
            .collect()
    }

    /// The exemptions that were accepted.
    pub fn exemptions(&self) -> Vec<Verified<ExemptionDecisionCredential>> {
        self.presented
            .iter()
            .filter_map(|(_, presented)| match presented {
                Presented::Exemption(verdict) => verdict.accepted().cloned(),
                _ => None,
            })
            .collect()
    }

    /// The first programme that was accepted.
    pub fn programme(&self) -> Option<&Verified<ProgrammeCredential>> {
        self.presented.iter().find_map(|(_, presented)| match presented {
            Presented::Programme(verdict) => verdict.accepted(),
            _ => None,
        })
    }

    /// The answer for the whole: as good as its worst part.
    pub fn outcome(&self) -> Outcome {
        self.presented
            .iter()
            .fold(self.findings.outcome(), |outcome, (_, presented)| outcome.and(presented.findings().outcome()))
    }

    /// What would have to be fetched for a decision, of the whole.
    pub fn missing(&self) -> Vec<crate::Missing> {
        let mut all = self.findings.clone();
        for (_, presented) in &self.presented {
            all.need_all(presented.findings());
        }
        all.missing().to_vec()
    }
}

/// A presentation that is verified: ours, or any.
pub trait Shown: Document {
    /// Who must have signed it.
    fn shown_by(&self) -> &Uri;

    /// The credentials shown.
    fn credentials(&self) -> &[RawJson];

    /// What stands in it of our own terms.
    fn ours(&self) -> Option<&VerifiablePresentation>;
}

impl Shown for VerifiablePresentation {
    fn shown_by(&self) -> &Uri {
        &self.holder
    }

    fn credentials(&self) -> &[RawJson] {
        &self.verifiable_credential
    }

    fn ours(&self) -> Option<&VerifiablePresentation> {
        Some(self)
    }
}

impl Shown for AnyPresentation {
    fn shown_by(&self) -> &Uri {
        self.shown_by()
    }

    fn credentials(&self) -> &[RawJson] {
        self.credentials()
    }

    fn ours(&self) -> Option<&VerifiablePresentation> {
        None
    }
}

/// Verifies a presentation: its own proof, that it was made for us, and each credential in it as being about its holder.
/// While the holder is not established by the presentation itself, no badge in it is accepted.
/// Status lists that were presented along are used. A plan in it is not judged here: stacking stands above.
pub fn verify_presentation<P: Shown>(
    signed: &Signed<P>,
    dossier: &Dossier,
    policy: &Policy,
    audience: &Audience,
    now: Timestamp,
) -> PresentationVerdict {
    let mut dossier = dossier.clone();
    for raw in signed.peek_unverified().credentials() {
        // An unusable list is left out: then the status stays unknown, and that is said.
        let text = text_within(raw);
        if let Kind::StatusList { id } = kind_of(&text) {
            dossier.add_presented_status_list(&id, &text);
        }
    }
    verify_for_award(signed, &dossier, policy, audience, now, now)
}

/// Verifies a presentation that came in at `received`: the holder's own proof as of then, since it need not hold for the
/// weeks that a board takes, and every credential in it as of `now`. What an institution asks before it signs an award.
///
/// Status lists that were presented along are not used: the holder chose them, and whoever awards looks for itself.
pub fn verify_for_award<P: Shown>(
    signed: &Signed<P>,
    dossier: &Dossier,
    policy: &Policy,
    audience: &Audience,
    received: Timestamp,
    now: Timestamp,
) -> PresentationVerdict {
    let content = signed.peek_unverified();
    let rest = content.credentials().iter().map(text_within).map(|text| (kind_of(&text), text));
    let rest = rest.filter(|(kind, _)| !matches!(kind, Kind::StatusList { .. }));
    let mut findings = Findings::default();
    let kind = "VerifiablePresentation".to_owned();
    findings.add(CheckKind::Structure, CheckResult::Pass(Reason::WellFormed { kind }));
    let trust = Trust::new(dossier, policy, now);
    authenticate(signed, KeysAt { dossier, trust: Some(&trust), now: received }, &mut findings);
    let made = signed.proofs().filter_map(|proof| proof.created).min().unwrap_or(received);
    findings.add(CheckKind::Validity, validity(Some(made), None, signed, policy, received));
    findings.add(CheckKind::Audience, compared(signed, audience));
    let is_established = matches!(findings.outcome(), Outcome::Accepted | Outcome::AcceptedWithRemarks);
    let shown_by = Presenter { holder: content.shown_by(), is_established };
    let presented = rest
        .map(|(kind, text)| match kind {
            Kind::Programme => of(&text, dossier, policy, &trust, now, None, Presented::Programme),
            Kind::Exemption => of(&text, dossier, policy, &trust, now, Some(shown_by), Presented::Exemption),
            Kind::Foreign if policy.any_credential => {
                of(&text, dossier, policy, &trust, now, Some(shown_by), Presented::Foreign)
            }
            _ => of(&text, dossier, policy, &trust, now, Some(shown_by), Presented::Badge),
        })
        .collect();
    let ours = content.ours();
    PresentationVerdict {
        holder: Some(content.shown_by().clone()),
        findings,
        presented,
        plan: ours.and_then(|ours| ours.plan.clone()),
        question: ours.and_then(|ours| ours.question.clone()),
        bundle: ours.and_then(|ours| ours.bundle.clone()),
        request: ours.and_then(|ours| ours.request.clone()),
        award_records: ours.map(|ours| ours.award_record.clone()).unwrap_or_default(),
    }
}

fn of<T: Verifiable>(
    text: &str,
    dossier: &Dossier,
    policy: &Policy,
    trust: &Trust,
    now: Timestamp,
    shown_by: Option<Presenter<'_>>,
    presented: fn(Verdict<T>) -> Presented,
) -> (Option<CredentialRef>, Presented) {
    match Signed::<T>::parse(text) {
        Ok(signed) => (
            signed.peek_unverified().find_reference(),
            presented(verify_with(&signed, dossier, policy, trust, now, shown_by)),
        ),
        Err(error) => (None, Presented::Unreadable(unreadable(&error))),
    }
}

fn compared<P: Shown>(signed: &Signed<P>, audience: &Audience) -> CheckResult {
    let domains: Vec<&String> = signed.proofs().flat_map(|proof| &proof.domain).collect();
    let found = domains.first().map(|domain| (*domain).clone());
    if let Some(expected) = &audience.domain
        && !(domains.contains(&expected) && signed.proofs().all(|proof| proof.domain.contains(expected)))
    {
        return CheckResult::Fail(Reason::ForAnother { expected: expected.clone(), found });
    }
    if let Some(expected) = &audience.challenge
        && !signed.proofs().all(|proof| proof.challenge.as_ref() == Some(expected))
    {
        let found = signed.proofs().find_map(|proof| proof.challenge.clone());
        return CheckResult::Fail(Reason::OtherChallenge { found });
    }
    if audience.domain.is_none() && audience.challenge.is_none() {
        return CheckResult::Remark(Reason::AudienceNotAsked { domain: found });
    }
    CheckResult::Pass(Reason::ForUs)
}

enum Kind {
    StatusList { id: Uri },
    Programme,
    Exemption,
    Badge,
    Foreign,
}

fn kind_of(text: &str) -> Kind {
    let text = peek_document_unverified(text);
    let Ok(tree) = json::parse(&text) else { return Kind::Badge };
    let is =
        |kind: &str| tree.find("type").is_some_and(|types| types.as_items().iter().any(|t| t.as_str() == Some(kind)));
    if is("BitstringStatusListCredential")
        && let Some(id) = tree.find("id").and_then(|id| id.as_str()).and_then(|id| Uri::parse(id).ok())
    {
        Kind::StatusList { id }
    } else if is("ProgrammeCredential") {
        Kind::Programme
    } else if is("ExemptionDecisionCredential") {
        Kind::Exemption
    } else if is("AchievementCredential") || is("OpenBadgeCredential") {
        Kind::Badge
    } else {
        Kind::Foreign
    }
}

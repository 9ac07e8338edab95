//! Does a progress presentation complete an award, everything verified and counted anew?

use stapel_credential::{
    AchievementCredential, Ask, CredentialRef, ExemptionDecisionCredential, Plan, ProgrammeCredential, RawJson,
    Timestamp, Uri, VerifiablePresentation,
};
use stapel_proof::Signed;
use stapel_stacking::{HeldRecord, Holdings, Progress, check};
use stapel_verifier::{
    Audience, CheckResult, Dossier, Findings, Outcome, Policy, PresentationVerdict, Presented, Trust, Verified,
    verify_for_award,
};

use crate::award_error::AwardError;

/// A presentation in which everything holds.
pub(crate) struct Examined {
    pub(crate) holder: Uri,
    pub(crate) plan: Plan,
    pub(crate) progress: Progress,
    pub(crate) programme: Verified<ProgrammeCredential>,
    pub(crate) badges: Vec<Verified<AchievementCredential>>,
    pub(crate) decisions: Vec<Verified<ExemptionDecisionCredential>>,
    /// The award records that came along and that an accepted badge fixes.
    pub(crate) records: Vec<RawJson>,
    /// What counts, may have been made of other badges, and came without its record.
    pub(crate) without_record: Vec<CredentialRef>,
}

/// Verifies everything: the presentation itself as of when it came in, what it holds as of now. Then recomputes the plan.
pub(crate) fn examine(
    text: &str,
    dossier: &Dossier,
    policy: &Policy,
    audience: &Audience,
    (received, now): (Timestamp, Timestamp),
) -> Result<Examined, AwardError> {
    let signed: Signed<VerifiablePresentation> = Signed::parse(text.trim())?;
    let plan = signed.peek_unverified().plan.clone().ok_or(AwardError::NoPlan)?;
    if !matches!(plan.ask, Ask::Award(_)) {
        return Err(AwardError::NotAnAward { asked: Box::new(plan.ask) });
    }
    if plan.fills.is_empty() {
        return Err(AwardError::NothingCounted);
    }
    let verdict = verify_for_award(&signed, dossier, policy, audience, received, now);
    let outcome = verdict.outcome();
    if !matches!(outcome, Outcome::Accepted | Outcome::AcceptedWithRemarks) {
        return Err(AwardError::NotVerified { outcome, reasons: reasons(&verdict), missing: verdict.missing() });
    }
    let holder = signed.peek_unverified().holder.clone();
    let programme = find_programme(&verdict, &plan).ok_or(AwardError::NoProgramme)?;
    let (badges, decisions) = (verdict.badges(), verdict.exemptions());
    let (records, held) = fixed(&verdict.award_records, &badges);
    let holdings = Holdings { holder: &holder, credentials: &badges, decisions: &decisions, records: &held };
    let trust = Trust::new(dossier, policy, now);
    let progress = check(&programme, &plan, &holdings, &trust, now)?;
    let without_record = without_record(&plan, &badges, &held);
    Ok(Examined { holder, plan, progress, programme, badges, decisions, records, without_record })
}

/// The badges that count and name further documents by digest, none of which came along as an award record.
fn without_record(plan: &Plan, badges: &[Verified<AchievementCredential>], held: &[HeldRecord]) -> Vec<CredentialRef> {
    let counts = |badge: &&Verified<AchievementCredential>| {
        plan.fills.iter().flat_map(|fill| &fill.by).any(|by| *by == badge.reference())
    };
    let lacks = |badge: &&Verified<AchievementCredential>| {
        let fixed: Vec<_> = badge.content().related_resource.iter().filter_map(|related| related.digest_sri).collect();
        !fixed.is_empty() && !held.iter().any(|record| fixed.contains(&record.digest()))
    };
    badges.iter().filter(counts).filter(lacks).map(Verified::reference).collect()
}

/// The records that a badge fixes by its digest; any other says nothing.
fn fixed(records: &[RawJson], badges: &[Verified<AchievementCredential>]) -> (Vec<RawJson>, Vec<HeldRecord>) {
    let is_fixed = |held: &HeldRecord| {
        let mut related = badges.iter().flat_map(|badge| &badge.content().related_resource);
        related.any(|related| related.digest_sri == Some(held.digest()))
    };
    let held = records.iter().filter_map(|raw| Some((raw.clone(), HeldRecord::parse(raw.as_str()).ok()?)));
    held.filter(|(_, held)| is_fixed(held)).unzip()
}

fn find_programme(verdict: &PresentationVerdict, plan: &Plan) -> Option<Verified<ProgrammeCredential>> {
    verdict.presented.iter().find_map(|(_, presented)| match presented {
        Presented::Programme(verdict) => {
            verdict.accepted().filter(|programme| programme.digest() == plan.programme.digest).cloned()
        }
        _ => None,
    })
}

/// What is wrong with what: first what is false, else what could not be checked.
fn reasons(verdict: &PresentationVerdict) -> Vec<String> {
    let is_refused = verdict.outcome() == Outcome::Refused;
    let of = |name: String, findings: &Findings| {
        let wanted = |result: &CheckResult| match result {
            CheckResult::Fail(_) => is_refused,
            CheckResult::Unknown(_) => !is_refused,
            _ => false,
        };
        let checks = findings.checks().iter().filter(|check| wanted(&check.result));
        checks.map(|check| format!("{name}: {}", check.result.reason())).collect::<Vec<_>>()
    };
    let mut reasons = of("the presentation".to_owned(), &verdict.findings);
    for (credential, presented) in &verdict.presented {
        let name = credential.as_ref().map_or_else(|| "a credential".to_owned(), ToString::to_string);
        reasons.extend(of(name, presented.findings()));
    }
    reasons
}

//! Which refusals of the examination board are said in both languages?

use stapel_credential::{Ask, Did, Digest, Timestamp, Uri};
use stapel_issuer::{AchievementCode, AchievementRef, ActorId, AwardError, ExemptionError, IssuerError};
use stapel_proof::ProofError;
use stapel_stacking::PlanError;
use stapel_verifier::{DossierError, Outcome};

/// One of each.
pub(super) fn refusals() -> Vec<IssuerError> {
    let uri = || Uri::parse("urn:uuid:1").unwrap();
    let (plan, by) = (Digest::of(b"plan"), ActorId::parse("desk-1").unwrap());
    let code = AchievementCode::parse("M1").unwrap();
    let edition = || "2026".to_owned();
    let at = Timestamp::parse("2026-11-22T09:00:00Z").unwrap();
    let json = || stapel_credential::json::parse("{").unwrap_err();
    let mut all: Vec<IssuerError> = vec![
        ExemptionError::UnknownProgramme { programme: uri(), edition: edition() }.into(),
        ExemptionError::Programme(ProofError::NoProof).into(),
        ExemptionError::OtherProgramme { programme: uri(), edition: edition(), found: uri(), found_edition: edition() }
            .into(),
        ExemptionError::Rules { errors: Vec::new() }.into(),
        ExemptionError::NoParts.into(),
        ExemptionError::UnknownPart { programme: uri(), part: "p9".to_owned(), parts: vec!["p1".to_owned()] }.into(),
        ExemptionError::MustBeShown { part: "p1".to_owned() }.into(),
        ExemptionError::MayNotDecide {
            did: Did::parse("did:web:school.example").unwrap(),
            programme: uri(),
            who: vec!["did:web:board.example".to_owned()],
        }
        .into(),
        ExemptionError::TooMuchEvidence { found: 65 }.into(),
        IssuerError::EndedAlready { id: uri() },
        IssuerError::NotSuspended { id: uri() },
    ];
    let awards = [
        AwardError::Presentation(ProofError::NoProof),
        AwardError::TrustList(DossierError::TrustList(ProofError::NoProof)),
        AwardError::Json(json()),
        AwardError::NoPlan,
        AwardError::NotAnAward { asked: Box::new(Ask::Part("p1".to_owned())) },
        AwardError::NothingCounted,
        AwardError::NoAward,
        AwardError::NoProgramme,
        AwardError::NotVerified { outcome: Outcome::Refused, reasons: vec!["x".to_owned()], missing: Vec::new() },
        AwardError::Plan(PlanError::AwardOpen),
        AwardError::UnknownAchievement { code: code.clone() },
        AwardError::DoesNotFit { code: code.clone(), award: "mbo".to_owned(), what: "the kind x".to_owned() },
        AwardError::OtherAchievement { plan, achievement: AchievementRef { code, version: 1 } },
        AwardError::UnknownPlan { plan },
        AwardError::ProposedBySame { plan, by: by.clone() },
        AwardError::Incomplete { plan },
        AwardError::ApprovedAlready { plan, by, reference: "7".to_owned() },
        AwardError::NotApproved { plan },
        AwardError::Ended { plan, at },
    ];
    all.extend(awards.into_iter().map(IssuerError::from));
    all
}

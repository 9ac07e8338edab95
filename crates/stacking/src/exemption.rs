//! From which parts is the holder exempt, and which decisions say nothing here?

use stapel_credential::{CredentialRef, Day, ExemptionDecisionCredential, IssuerKind, ProgrammeRef};
use stapel_verifier::{Trust, Verified};

use crate::badge::Holdings;
use crate::rules::Rules;
use crate::why::WhyUnused;

/// A decision at hand, and what it comes to in this programme.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) reference: CredentialRef,
    pub(crate) decided: Day,
    /// The parts that it exempts from, or why it exempts from none.
    pub(crate) parts: Result<Vec<usize>, WhyUnused>,
}

/// All decisions ordered by identity; of copies only the first.
pub(crate) fn read(holdings: &Holdings<'_>, rules: &Rules, edition: &ProgrammeRef, trust: &Trust) -> Vec<Decision> {
    let mut decisions: Vec<&Verified<ExemptionDecisionCredential>> = holdings.decisions.iter().collect();
    decisions.sort_by_cached_key(|decision| (decision.reference(), decision.digest()));
    decisions.dedup_by_key(|decision| decision.digest());
    decisions
        .into_iter()
        .map(|decision| Decision {
            reference: decision.reference(),
            decided: decision.content().award_instant().day(),
            parts: exempts(decision, holdings, rules, edition, trust),
        })
        .collect()
}

fn exempts(
    decision: &Verified<ExemptionDecisionCredential>,
    holdings: &Holdings<'_>,
    rules: &Rules,
    edition: &ProgrammeRef,
    trust: &Trust,
) -> Result<Vec<usize>, WhyUnused> {
    let content = decision.content();
    let subject = &content.credential_subject;
    let exemption = &subject.exemption;
    if subject.id != *holdings.holder {
        return Err(WhyUnused::OtherHolder { holder: Some(subject.id.clone()) });
    }
    if exemption.programme != edition.id {
        return Err(WhyUnused::OtherProgramme { programme: exemption.programme.clone() });
    }
    if exemption.edition != edition.edition || exemption.digest != edition.digest {
        return Err(WhyUnused::OtherEdition { edition: exemption.edition.clone() });
    }
    let day = content.award_instant().day();
    let may_decide = content.issuer_did().is_some_and(|issuer| {
        rules.programme().decided_by.contains(&issuer)
            || trust.find_kind(&issuer, day) == Some(IssuerKind::ExaminationBoard)
    });
    if !may_decide {
        return Err(WhyUnused::MayNotDecide { issuer: content.issuer.id.clone(), day });
    }
    let mut parts: Vec<usize> = exemption.parts.iter().filter_map(|part| rules.find_position(part)).collect();
    parts.sort_unstable();
    parts.dedup();
    if parts.is_empty() { Err(WhyUnused::FitsNothing) } else { Ok(parts) }
}

//! From which parts is the holder exempt, and which decisions say nothing here?

use std::collections::BTreeSet;

use stapel_credential::{CredentialRef, Day, Did, ExemptionDecisionCredential, IssuerKind, ProgrammeRef};
use stapel_verifier::{Trust, Verified};

use crate::badge::{Badge, Holdings};
use crate::rules::Rules;
use crate::why::WhyUnused;

/// A decision at hand, and what it comes to in this programme.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) reference: CredentialRef,
    pub(crate) decided: Day,
    /// The parts that it exempts from, or why it exempts from none.
    pub(crate) parts: Result<Vec<usize>, WhyUnused>,
    /// The badges of the holder on which it rests: where it is used, they count for nothing else.
    pub(crate) rests_on: BTreeSet<usize>,
}

/// All decisions ordered by identity; of copies only the first.
pub(crate) fn read(
    holdings: &Holdings<'_>,
    badges: &[Badge],
    rules: &Rules,
    edition: &ProgrammeRef,
    trust: &Trust,
) -> Vec<Decision> {
    let rests_on = |decision: &Verified<ExemptionDecisionCredential>| {
        let cited = &decision.content().credential_subject.exemption.evidence;
        let rests = |badge: &&Badge| cited.iter().any(|evidence| evidence.cites(&badge.digest));
        let own = badges.iter().filter(|badge| !cited.is_empty() && badge.holder.as_ref() == Some(holdings.holder));
        own.filter(rests).map(|badge| badge.counts_as).collect()
    };
    let mut decisions: Vec<&Verified<ExemptionDecisionCredential>> = holdings.decisions.iter().collect();
    decisions.sort_by_cached_key(|decision| (decision.reference(), decision.digest()));
    decisions.dedup_by_key(|decision| decision.digest());
    decisions
        .into_iter()
        .map(|decision| Decision {
            reference: decision.reference(),
            decided: decision.content().award_instant().day(),
            parts: exempts(decision, holdings, rules, edition, trust),
            rests_on: rests_on(decision),
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
    if !may_decide(rules, content.issuer_did().as_ref(), trust, day) {
        return Err(WhyUnused::MayNotDecide { issuer: content.issuer.id.clone(), day });
    }
    let known: Vec<usize> = exemption.parts.iter().filter_map(|part| rules.find_position(part)).collect();
    let allowed = |part: &usize| rules.parts().get(*part).is_some_and(|part| !part.part.no_exemption);
    let parts: BTreeSet<usize> = known.iter().copied().filter(allowed).collect();
    match known.first().and_then(|first| rules.parts().get(*first)) {
        _ if !parts.is_empty() => Ok(parts.into_iter().collect()),
        Some(part) => Err(WhyUnused::ExemptionNotAllowed { part: part.part.id.clone() }),
        None => Err(WhyUnused::FitsNothing),
    }
}

/// By name, by kind, or, where the programme names neither, as an examination board of the trust list.
fn may_decide(rules: &Rules, issuer: Option<&Did>, trust: &Trust, day: Day) -> bool {
    let programme = rules.programme();
    let Some(issuer) = issuer else { return false };
    let kind = trust.find_kind(issuer, day);
    let names_nobody = programme.decided_by.is_empty() && programme.decided_by_kind.is_empty();
    programme.decided_by.contains(issuer)
        || kind.is_some_and(|kind| programme.decided_by_kind.contains(&kind))
        || (names_nobody && kind == Some(IssuerKind::ExaminationBoard))
}

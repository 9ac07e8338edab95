//! From which parts is the holder exempt, and which decisions say nothing here?

use std::collections::BTreeSet;

use stapel_credential::{CredentialRef, Day, Did, ExemptionDecisionCredential, IssuerKind, ProgrammeRef, Uri};
use stapel_verifier::{Trust, Verified};

use crate::rules::Rules;
use crate::shelf::Shelf;
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

/// What each decision on the shelf comes to.
pub(crate) fn read(shelf: &Shelf<'_>, rules: &Rules<'_>, edition: &ProgrammeRef, trust: &Trust) -> Vec<Decision> {
    let holder = shelf.holdings.holder;
    let rests_on = |decision: &Verified<ExemptionDecisionCredential>| {
        let cited = &decision.content().credential_subject.exemption.evidence;
        let own = shelf.badges.iter().filter(|badge| !cited.is_empty() && badge.holder() == Some(holder));
        let digests = own.filter_map(|badge| Some((badge.counts_as, badge.digest()?)));
        digests.filter(|(_, digest)| cited.iter().any(|of| of.cites(digest))).map(|(badge, _)| badge).collect()
    };
    let read = |decision: &&Verified<ExemptionDecisionCredential>| {
        let parts = exempts(decision, holder, rules, edition, trust);
        Decision {
            reference: decision.reference(),
            decided: decision.content().award_instant().day(),
            // What exempts from nothing here is never used, and its evidence is held against no badge.
            rests_on: if parts.is_ok() { rests_on(decision) } else { BTreeSet::new() },
            parts,
        }
    };
    shelf.decisions.iter().map(read).collect()
}

fn exempts(
    decision: &Verified<ExemptionDecisionCredential>,
    holder: &Uri,
    rules: &Rules<'_>,
    edition: &ProgrammeRef,
    trust: &Trust,
) -> Result<Vec<usize>, WhyUnused> {
    let content = decision.content();
    let subject = &content.credential_subject;
    let exemption = &subject.exemption;
    if subject.id != *holder {
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
fn may_decide(rules: &Rules<'_>, issuer: Option<&Did>, trust: &Trust, day: Day) -> bool {
    let programme = rules.programme();
    let Some(issuer) = issuer else { return false };
    let kind = trust.find_kind(issuer, day);
    let names_nobody = programme.decided_by.is_empty() && programme.decided_by_kind.is_empty();
    programme.decided_by.contains(issuer)
        || kind.is_some_and(|kind| programme.decided_by_kind.contains(&kind))
        || (names_nobody && kind == Some(IssuerKind::ExaminationBoard))
}

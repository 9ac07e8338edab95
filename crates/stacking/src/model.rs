//! What could fill what? One question about one edition, with everything at hand, before anything is assigned.

use stapel_credential::{Ask, CodeScheme, ProgrammeCredential, ProgrammeRef, Timestamp, Uri};
use stapel_verifier::{Trust, Verified};

use crate::badge::{self, Badge, Holdings};
use crate::error::StackingError;
use crate::exemption::{self, Decision};
use crate::fit::Judge;
use crate::rules::Rules;
use crate::tree::{Tree, hundredths};
use crate::why::WhyUnused;

pub(crate) struct Model<'a> {
    pub(crate) rules: Rules,
    pub(crate) edition: ProgrammeRef,
    /// The question, with its award named.
    pub(crate) ask: Ask,
    pub(crate) tree: Tree,
    pub(crate) judge: Judge<'a>,
    pub(crate) holder: Uri,
    pub(crate) badges: Vec<Badge>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) fits: Fits,
}

/// What fits what, by number. Only the holder's own is in here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fits {
    /// Of each part, each way, each match: the credentials that fit.
    pub(crate) parts: Vec<Vec<Vec<Vec<usize>>>>,
    /// Of each free slot that is asked: the credentials that fit, and what each would count in hundredths.
    pub(crate) slots: Vec<Vec<(usize, u64)>>,
    /// Of each part: the first decision that exempts from it.
    pub(crate) exempt: Vec<Option<usize>>,
    /// Near misses in the order of the programme.
    pub(crate) near: Vec<Near>,
}

/// A credential that was meant for something and does not fit it.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub(crate) badge: usize,
    pub(crate) target: NearTarget,
    pub(crate) why: WhyUnused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NearTarget {
    Part(usize),
    Slot(usize),
}

impl<'a> Model<'a> {
    pub(crate) fn new(
        programme: &Verified<ProgrammeCredential>,
        ask: &Ask,
        holdings: &Holdings<'_>,
        trust: &'a Trust,
        now: Timestamp,
    ) -> Result<Self, StackingError> {
        let content = &programme.content().credential_subject.programme;
        let edition = edition(programme);
        let rules =
            Rules::read(content).map_err(|errors| StackingError::Rules { programme: edition.id.clone(), errors })?;
        let ask = rules.settle(ask)?;
        may_state_rules(programme, &rules, &ask, trust)?;
        let tree = Tree::of(&rules, &rules.requirement(&ask));
        let judge = Judge { trust, now, unit: content.unit };
        let badges = badge::read(holdings);
        let decisions = exemption::read(holdings, &rules, &edition, trust);
        let fits = Fits::new(&rules, &tree, &judge, holdings, &badges, &decisions);
        let holder = holdings.holder.clone();
        Ok(Self { rules, edition, ask, tree, judge, holder, badges, decisions, fits })
    }

    /// Whether the question asks for this part.
    pub(crate) fn asks(&self, part: usize) -> bool {
        self.tree.root().is_some_and(|root| root.parts.binary_search(&part).is_ok())
    }

    /// The position of a free slot that the question asks for.
    pub(crate) fn find_slot(&self, requirement: &str, position: usize) -> Option<usize> {
        self.tree.slots.iter().position(|slot| slot.requirement == requirement && slot.position == position)
    }

    pub(crate) fn part_id(&self, part: usize) -> String {
        self.rules.parts().get(part).map(|part| part.id.clone()).unwrap_or_default()
    }
}

/// The edition that a signed programme is, fixed by its digest.
pub(crate) fn edition(programme: &Verified<ProgrammeCredential>) -> ProgrammeRef {
    let content = &programme.content().credential_subject.programme;
    ProgrammeRef { id: content.id.clone(), edition: content.edition.clone(), digest: programme.digest() }
}

/// A programme counts only if its issuer may certify the award's code: else a learner signs an easy one. Where no award is
/// asked for, every award's code must hold, since parts and groups take their meaning from all of them.
fn may_state_rules(
    programme: &Verified<ProgrammeCredential>,
    rules: &Rules,
    ask: &Ask,
    trust: &Trust,
) -> Result<(), StackingError> {
    let content = programme.content();
    let day = content.award_instant().day();
    let asked = rules.find_award(ask);
    let awards = rules.programme().awards.iter().filter(|award| asked.is_none_or(|asked| asked.id == award.id));
    for code in awards.filter_map(|award| award.code.as_ref()).filter(|code| code.scheme() != CodeScheme::Own) {
        let refuse =
            |why| StackingError::MayNotStateRules { issuer: content.issuer.id.clone(), code: code.clone(), why };
        match content.issuer_did() {
            Some(issuer) => trust.may_certify(&issuer, code, day).map_err(|why| refuse(why.to_string()))?,
            None => return Err(refuse("it is not named by a DID".to_owned())),
        };
    }
    Ok(())
}

impl Fits {
    fn new(
        rules: &Rules,
        tree: &Tree,
        judge: &Judge<'_>,
        holdings: &Holdings<'_>,
        badges: &[Badge],
        decisions: &[Decision],
    ) -> Self {
        let mut near = Vec::new();
        let own = || badges.iter().enumerate().filter(|(_, badge)| badge.holder.as_ref() == Some(holdings.holder));
        let mut note = |badge, target, why| {
            if why != WhyUnused::FitsNothing {
                near.push(Near { badge, target, why });
            }
        };
        let mut parts = Vec::with_capacity(rules.parts().len());
        for (at, part) in rules.parts().iter().enumerate() {
            let mut ways = Vec::with_capacity(part.ways.len());
            for way in &part.ways {
                let mut matches = Vec::with_capacity(way.all.len());
                for wanted in &way.all {
                    let mut fitting = Vec::new();
                    for (number, badge) in own() {
                        match judge.fits(wanted, badge) {
                            Ok(()) => fitting.push(number),
                            Err(why) => note(number, NearTarget::Part(at), why),
                        }
                    }
                    matches.push(fitting);
                }
                ways.push(matches);
            }
            parts.push(ways);
        }
        let mut slots = Vec::with_capacity(tree.slots.len());
        for (at, slot) in tree.slots.iter().enumerate() {
            let mut fitting = Vec::new();
            for (number, badge) in own() {
                match judge.worth_in_slot(&slot.rule, badge) {
                    Ok(worth) => fitting.push((number, hundredths(worth))),
                    Err(why) => note(number, NearTarget::Slot(at), why),
                }
            }
            slots.push(fitting);
        }
        let exempts =
            |part: usize, decision: &Decision| decision.parts.as_ref().is_ok_and(|parts| parts.contains(&part));
        let exempt = (0..rules.parts().len())
            .map(|part| decisions.iter().position(|decision| exempts(part, decision)))
            .collect();
        Self { parts, slots, exempt, near }
    }
}

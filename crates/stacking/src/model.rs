//! What could fill what? One question about one edition, with everything at hand, before anything is assigned.

use std::rc::Rc;

use stapel_credential::{Ask, CodeScheme, Condition, ProgrammeCredential, ProgrammeRef, Timestamp, Uri};
use stapel_verifier::{Trust, Verified};

use crate::badge::Badge;
use crate::error::StackingError;
use crate::exemption::{self, Decision};
use crate::filling::Brings;
use crate::fit::Judge;
use crate::fits::Fits;
use crate::rules::{Rules, holds_for_exemption};
use crate::shelf::Shelf;
use crate::tree::Tree;
use crate::why::WhyUnused;

pub(crate) struct Model<'a> {
    pub(crate) rules: Rc<Rules<'a>>,
    pub(crate) edition: ProgrammeRef,
    /// The question, with its award named.
    pub(crate) ask: Ask,
    pub(crate) tree: Tree,
    pub(crate) judge: Judge<'a>,
    pub(crate) shelf: Rc<Shelf<'a>>,
    pub(crate) decisions: Vec<Decision>,
    /// Of each badge: which conditions of the tree hold for it, one bit each.
    masks: Vec<u64>,
    /// The conditions that hold for an exemption.
    pub(crate) exemption_mask: u64,
    pub(crate) fits: Fits,
}

/// A credential that was meant for something and does not fit it.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub(crate) badge: usize,
    pub(crate) target: NearTarget,
    pub(crate) why: WhyUnused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NearTarget {
    Part(usize),
    Slot(usize),
}

impl<'a> Model<'a> {
    /// The model of one question, by rules and a shelf that may serve many.
    pub(crate) fn new(
        programme: &Verified<ProgrammeCredential>,
        rules: Rc<Rules<'a>>,
        ask: &Ask,
        shelf: Rc<Shelf<'a>>,
        trust: &'a Trust,
        now: Timestamp,
    ) -> Result<Self, StackingError> {
        let edition = edition(programme);
        let ask = rules.settle(ask)?;
        may_state_rules(programme, &rules, &ask, trust)?;
        let tree = Tree::of(&rules, &rules.requirement(&ask), &rules.limits(&ask));
        let judge = Judge::new(rules.programme(), trust, now);
        let shelf = numbered(shelf, &rules, &judge);
        let decisions = exemption::read(&shelf, &rules, &edition, trust);
        let fits = Fits::new(&rules, &tree, &judge, &shelf, &decisions);
        let mask = |holds: &dyn Fn(&Condition) -> bool| {
            (0..)
                .zip(&tree.conditions)
                .filter(|(_, condition)| holds(condition))
                .fold(0, |mask, (bit, _)| mask | 1 << bit)
        };
        let masks = shelf.badges.iter().map(|badge| mask(&|condition| judge.holds(condition, badge))).collect();
        let exemption_mask = mask(&holds_for_exemption);
        Ok(Self { rules, edition, ask, tree, judge, shelf, decisions, masks, exemption_mask, fits })
    }

    /// Everything at hand, anybody's, ordered by identity.
    pub(crate) fn badges(&self) -> &[Badge<'a>] {
        &self.shelf.badges
    }

    pub(crate) fn badge(&self, number: usize) -> Option<&Badge<'a>> {
        self.shelf.badges.get(number)
    }

    pub(crate) fn holder(&self) -> &'a Uri {
        self.shelf.holdings.holder
    }

    /// What a credential brings with it, besides what it fills.
    pub(crate) fn brings(&self, badge: usize) -> Brings {
        if !self.tree.asks_what_fills() {
            return Brings::default();
        }
        let mask = self.masks.get(badge).copied().unwrap_or(0);
        let hours = if self.tree.counts_hours() { self.badge(badge).map_or(0, Badge::hours) } else { 0 };
        Brings { any: mask, all: mask, hours }
    }

    /// What several credentials bring together, or an exemption.
    pub(crate) fn bring_together(&self, badges: &[usize]) -> Brings {
        if !self.tree.asks_what_fills() {
            return Brings::default();
        }
        let mut together: Option<Brings> = None;
        for badge in badges {
            let one = self.brings(*badge);
            together = Some(together.map_or(one, |sum| sum.and(one)));
        }
        together.unwrap_or(Brings { any: self.exemption_mask, all: self.exemption_mask, hours: 0 })
    }

    /// Whether the question asks for this part.
    pub(crate) fn asks(&self, part: usize) -> bool {
        self.tree.asks(part)
    }

    /// The position of a free slot that the question asks for.
    pub(crate) fn find_slot(&self, requirement: &str, position: usize) -> Option<usize> {
        self.tree.slots.iter().position(|slot| slot.requirement == requirement && slot.position == position)
    }

    pub(crate) fn part_id(&self, part: usize) -> String {
        self.rules.parts().get(part).map(|part| part.part.id.clone()).unwrap_or_default()
    }
}

/// The shelf, its badges numbered as this programme wants it: what it calls repeatable counts again.
fn numbered<'a>(mut shelf: Rc<Shelf<'a>>, rules: &Rules<'_>, judge: &Judge<'_>) -> Rc<Shelf<'a>> {
    let repeatable: Vec<_> = rules.programme().repeatable.iter().map(|wanted| rules.widen(wanted)).collect();
    if !repeatable.is_empty() {
        let is_repeatable = |badge: &Badge<'_>| repeatable.iter().any(|wanted| judge.fits(wanted, badge).is_ok());
        Rc::make_mut(&mut shelf).number(&is_repeatable);
    }
    shelf
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
    rules: &Rules<'_>,
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

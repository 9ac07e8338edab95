//! Who offers what is missing? Modules of catalogues, held against the programme as if they had been earned today.

use serde::{Deserialize, Serialize};
use stapel_credential::{Achievement, AchievementSubject, CredentialRef, Did, Digest, Timestamp, Uri};

use crate::badge::{Badge, facts_of};
use crate::model::Model;

/// A module that an issuer offers, from its catalogue. Catalogues are not signed: this is advice, and nothing counts by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offering {
    /// Who offers it.
    pub issuer: Did,
    /// The issuer's name, as it calls itself.
    pub name: String,
    /// The module.
    pub achievement: Achievement,
}

/// Who offers something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OfferedBy {
    /// The issuer.
    pub issuer: Did,
    /// Its name, as it calls itself.
    pub issuer_name: String,
    /// The id of the achievement.
    pub achievement: Uri,
    /// Its title.
    pub title: String,
}

pub(crate) struct Offers<'a> {
    model: &'a Model<'a>,
    offered: Vec<(OfferedBy, Badge)>,
}

impl<'a> Offers<'a> {
    pub(crate) fn new(model: &'a Model<'a>, offerings: &[Offering]) -> Self {
        let offered = offerings.iter().map(|offering| {
            let achievement = &offering.achievement;
            let by = OfferedBy {
                issuer: offering.issuer.clone(),
                issuer_name: offering.name.clone(),
                achievement: achievement.id.clone(),
                title: achievement.name.clone(),
            };
            (by, pretend(&model.holder, offering, model.judge.now))
        });
        Self { model, offered: offered.collect() }
    }

    /// Who offers what would show a part, alone or as one of several.
    pub(crate) fn for_part(&self, part: usize) -> Vec<OfferedBy> {
        let ways = self.model.rules.parts().get(part).map_or(&[][..], |part| part.ways.as_slice());
        let fits = |badge: &Badge| {
            ways.iter().filter(|way| !way.way.supplements).any(|way| {
                let covers = |outcomes: &stapel_credential::Outcomes| {
                    outcomes.of.iter().any(|outcome| badge.outcomes.contains(outcome))
                        && self.model.judge.fits(&outcomes.fits, badge).is_ok()
                };
                way.way.all.iter().any(|wanted| self.model.judge.fits(wanted, badge).is_ok())
                    || way.way.outcomes.as_ref().is_some_and(covers)
            })
        };
        self.that(fits)
    }

    /// Who offers what would count in a free slot of credits.
    pub(crate) fn for_slot(&self, slot: usize) -> Vec<OfferedBy> {
        let Some(slot) = self.model.tree.slots.get(slot) else { return Vec::new() };
        self.that(|badge| self.model.judge.worth_in_slot(&slot.rule, badge).is_ok())
    }

    fn that(&self, fits: impl Fn(&Badge) -> bool) -> Vec<OfferedBy> {
        let mut found: Vec<OfferedBy> =
            self.offered.iter().filter(|(_, badge)| fits(badge)).map(|(by, _)| by.clone()).collect();
        found.sort();
        found.dedup();
        found
    }
}

/// The badge that the holder would have who finished the module today.
pub(crate) fn pretend(holder: &Uri, offering: &Offering, now: Timestamp) -> Badge {
    let subject = AchievementSubject::new(Some(holder.clone()), offering.achievement.clone());
    let issuer = offering.issuer.clone();
    let reference = CredentialRef { issuer: issuer.to_uri(), id: offering.achievement.id.clone() };
    facts_of(reference, Some(issuer), &subject, now, Digest::of(&[]))
}
